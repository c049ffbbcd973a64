"""The words by which an original is marked: rows of data/marks.toml with what they know and what they must not take."""

from __future__ import annotations

from typing import Any

import pytest

from policylib.marks import banner, in_title, label_says, own_mark
from policylib.tables import toml_rows

MARKS = toml_rows("marks.toml", array="mark")
LABELS = toml_rows("marks.toml", array="label")
KNOWN = {"own": own_mark, "banner": banner, "title": lambda title: found[0] if (found := in_title(title)) else None}
WORDS = {"有效", "废止", "失效", "部分失效", "已修改"}


@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["id"])
def test_row_knows_its_examples(row: dict[str, Any]) -> None:
    assert row["says"] in WORDS - {"有效"}
    for example in row["examples"]:
        mark = KNOWN[row["place"]](example)
        assert mark is not None, example
        assert (mark.says, mark.rule) == (row["says"], f"mark.{row['id']}"), example


@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["id"])
def test_row_leaves_its_counter_examples(row: dict[str, Any]) -> None:
    assert row["not_examples"]
    for example in row["not_examples"]:
        mark = KNOWN[row["place"]](example)
        assert mark is None or mark.rule != f"mark.{row['id']}", example


@pytest.mark.parametrize(
    "line",
    [
        "已废止",  # a radio button of the site's template, or a link to the repealed papers
        "有效 失效 废止",
        "本通知已将《岚州市政务公开办法》废止",
        "本通知已把岚政发〔2018〕28号废止。",
        "本办法自2020年12月31日起废止。",
        "该文件尚未废止。",
        "该文件已废止的，按照新规定执行。",
    ],
)
def test_no_banner(line: str) -> None:
    assert banner(line) is None


def test_spaces_and_half_width_marks_of_an_editor_do_no_harm() -> None:
    mark = own_mark("  【效力标注】 本文件已废止:据岚政发〔2018〕28号， 自 2018 年 11 月 23 日起废止。 ")
    assert mark is not None
    assert mark.says == "废止"


@pytest.mark.parametrize("row", LABELS, ids=lambda row: row["says"])
def test_label_values(row: dict[str, Any]) -> None:
    assert row["says"] in WORDS
    assert {label_says(word) for word in row["words"]} == {row["says"]}


@pytest.mark.parametrize("value", ["有效 失效 废止", "○有效 ●失效", "请选择", "是", "尚未生效", "2018-11-23"])
def test_other_label_values_say_nothing(value: str) -> None:
    assert label_says(value) is None


def test_label_in_other_brackets() -> None:
    assert label_says("失效(提前废止) ") == "废止"


@pytest.mark.parametrize("line", ["本文件已被" + "据" * 3000, "【效力标注】" + "。" * 3000, "（已" * 100_000])
def test_hostile_lines_take_no_time(line: str) -> None:
    assert banner(line) is None
    assert in_title(line) is None
