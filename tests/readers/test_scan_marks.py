"""Printed marks as recognition writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib import find_numbers
from policylib.readers.scan_marks import as_printed


@pytest.mark.parametrize(
    ("recognised", "printed"),
    [
        ("各县区人民政府:", "各县区人民政府："),
        ("现公布如下:一、继续有效", "现公布如下：一、继续有效"),
        ("(此件公开发布)", "（此件公开发布）"),
        ("（试行)", "（试行）"),
        ("各市(州)能源部门,局机关各处室:", "各市（州）能源部门，局机关各处室："),
        ("海关总署负责)(四", "海关总署负责）（四"),
        ("档次:[Y]以上至[Y+(X-Y)×33%]以下;", "档次：［Y］以上至［Y+（X-Y）×33%］以下；"),
        ("以上至[Y+(X-", "以上至［Y+（X-"),
        ("省 (区、市) 人民政府", "省（区、市）人民政府"),
    ],
)
def test_marks_of_chinese_text_are_in_full_width(recognised: str, printed: str) -> None:
    assert as_printed(recognised) == printed


@pytest.mark.parametrize("text", ["10:30", "1,000.5", "f(x)", "GB/T 18483(2001)", "a[1], b; c?", "", "）", "(("])
def test_what_touches_no_hanzi_stays(text: str) -> None:
    assert as_printed(text) == text


@pytest.mark.parametrize(
    "recognised",
    [
        "岚政办发[2018]5号", "岚政办发〔2018]5号", "岚政办发[2018〕5号", "岚政办发〔2018)5号", "岚政办发【2018」5号",
        "岚政办发〔20 18〕5号", "岚政办发〔2：018〕5号", "岚政办发〔2018 5号", "岚政办发〔 2018 〕5号",
    ],
)  # fmt: skip
def test_the_year_of_a_number_stands_in_its_brackets(recognised: str) -> None:
    text = as_printed(recognised)
    assert text == "岚政办发〔2018〕5号"
    assert [str(mention.number) for mention in find_numbers(text)] == ["岚政办发〔2018〕5号"]


@pytest.mark.parametrize(
    "text",
    ["（2018）岚民终12号", "〔2018〕第5号", "（2018年）", "〔18〕5号", "［2018年］", "（2018 年）", "共2018 5号楼"],
)
def test_other_years_stay_as_they_are(text: str) -> None:
    assert as_printed(text) == text


@given(st.text(st.sampled_from("岚政发〔〕[]()（）［］:;,? 2018号“”x"), max_size=40))
def test_no_word_is_lost_or_invented(text: str) -> None:
    def words(line: str) -> str:
        return "".join(filter(str.isalnum, line))

    assert words(as_printed(text)) == words(text)
