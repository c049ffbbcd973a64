"""Numbers as people type them in a hurry, which the text of a paper is not read for (domain.md §2.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import find_numbers
from policylib.extract.codes import builtin_book
from policylib.extract.loose_numbers import loose_numbers, spelled_out
from policylib.model import DocumentNumber


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("岚科发2016年31号", "岚科发〔2016〕31号"),
        ("岚科发2016-31", "岚科发〔2016〕31号"),
        ("岚科发 2016 第031号", "岚科发〔2016〕31号"),
        ("2016年岚科发31号", "岚科发〔2016〕31号"),
        ("岚州市人民政府令9", "岚州市人民政府令第9号"),
        ("岚州市人民政府公告2021-3", "岚州市人民政府公告2021年第3号"),
        ("岚科发2016", None),
        ("2016-31", None),
        ("岚科发", None),
        ("关于印发2017年工作方案的通知", None),
    ],
)
def test_a_number_that_is_all_of_what_was_typed(typed: str, meant: str | None) -> None:
    assert spelled_out(typed) == meant


@given(
    st.text("岚科财教规办字发函", min_size=2, max_size=6),
    st.integers(1950, 2049),
    st.integers(1, 9999),
    st.sampled_from(["{}{}年{}号", "{}{}-{}", "{} {} {}号", "{}〔{}〕{}号", "{}({}){}", "{}{}第{}号"]),
)
def test_every_spelling_of_a_number_is_the_number(code: str, year: int, serial: int, shape: str) -> None:
    assert spelled_out(shape.format(code, year, serial)) == str(DocumentNumber(code, year, serial))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("根据国办发2017年26号文件，", [("国办发2017年26号", "国办发〔2017〕26号", True)]),
        ("按照国办发2017-26号要求", []),  # the text grammar has this one
        ("根据岚水发2017年26号，", [("岚水发2017年26号", "岚水发〔2017〕26号", False)]),
        ("海关总署公告2017年26号", []),
        ("于2017年26号楼", []),
        ("国办发〔2017〕26号", []),
    ],
)
def test_what_looks_like_a_number_in_a_text(text: str, seen: list[tuple[str, str, bool]]) -> None:
    taken = {one.span for one in find_numbers(text)}
    found = [one for one in loose_numbers(text, builtin_book()) if one.span not in taken]
    assert [(one.raw, str(one.number), one.known) for one in found] == seen
