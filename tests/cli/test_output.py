"""Text on a terminal, where Chinese characters are twice as wide: what fits, and that nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from policylib.cli.output import cell
from policylib.cli.terminal import lines_of
from policylib.cli.width import folded, shorten, width, within
from policylib.export.findings import quotation
from policylib.model import Evidence, Span

WORDS = st.text(alphabet="政策a1（〔）。 é\u0301😀", max_size=30)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("政策", 4), ("〔2017〕", 8), ("e\u0301", 1), ("ａ", 2)],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@given(WORDS, st.integers(2, 40), st.booleans())
def test_shortened_text_fits(text: str, cells: int, from_left: bool) -> None:
    short = shorten(text, cells, from_left=from_left)
    assert width(short) <= cells
    assert short == text or "…" in short


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8), st.integers(20, 120))
def test_rows_fit_and_lose_nothing(rows: list[tuple[str, str, str]], room: int) -> None:
    lines = list(map(unstyle, lines_of(["文号", "标题", "x"], rows, room)))
    assert all(width(line) <= room for line in lines)
    assert not letters("".join("".join(row) for row in rows)) - letters("".join(lines))


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@given(WORDS, st.integers(10, 30))
def test_folding_fits_and_loses_nothing_but_blanks(text: str, cells: int) -> None:
    lines = folded(text, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= cells for line in lines)


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("自印发之日起施行。", 16, ["自印发之日起施", "行。"]),
        ("（岚科发〔2016〕31号）", 15, ["（岚科发", "〔2016〕31号）"]),
        ("印发于2016年6月1日", 8, ["印发于", "2016年6", "月1日"]),
        ("一份 二份", 4, ["一份", "二份"]),
    ],
    ids=["no mark begins a line", "a bracket", "a year stays whole", "nor a blank"],
)
def test_where_lines_break(text: str, cells: int, lines: list[str]) -> None:
    assert folded(text, cells) == lines


HEADS = ("文号", "标题", "类别", "效力", "成文日期", "发文机关")
NOTICE = ("岚科发〔2016〕31号", "岚州市科学技术局关于印发《岚州市科技计划项目管理办法》的通知", "政策文件", "废止",
          "2016-08-22", "岚州市科学技术局")  # fmt: skip
NEWS = ("", "《岚州市科技计划项目管理办法》政策解读及其实施情况的简要说明", "解读", "不适用", "", "")


@given(st.integers(0, 12), st.sampled_from(["", "1. ", "12. "]), WORDS, st.integers(20, 60))
def test_prose_fits_and_loses_nothing_but_blanks(blanks: int, number: str, text: str, cells: int) -> None:
    line = f"{' ' * blanks}{number}{text * 4}"
    lines = within(line, cells)
    assert all(width(one) <= cells for one in lines)
    assert "".join("".join(lines).split()) == "".join(line.split())


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("  原因：没有它的原文", ["  原因：没有它的原文"]),
        ("  原因：本库没有它的原文，不知道有效期", ["  原因：本库没有它的", "    原文，不知道有效", "    期"]),
        ("1. [待核对] 本库没有这一份，请核对", ["1. [待核对] 本库没有", "   这一份，请核对"]),
        ("   怎样判断：读入原文。", ["   怎样判断：读入原", "     文。"]),
    ],
)
def test_prose_goes_on_under_its_words(line: str, lines: list[str]) -> None:
    assert within(line, 20) == lines


def test_a_narrow_terminal_shows_record_by_record() -> None:
    assert list(map(unstyle, lines_of(HEADS, [NOTICE, NEWS], 80))) == [
        "岚科发〔2016〕31号  政策文件  废止  成文日期：2016-08-22",
        "  岚州市科学技术局关于印发《岚州市科技计划项目管理办法》的通知",
        "  发文机关：岚州市科学技术局",
        "解读  不适用",
        "  《岚州市科技计划项目管理办法》政策解读及其实施情况的简要说明",
    ]


def test_a_wide_terminal_shows_a_table() -> None:
    assert list(map(unstyle, lines_of(HEADS, [NOTICE, NEWS], 106))) == [
        "文号                标题                                    类别      效力    成文日期    发文机关",
        "岚科发〔2016〕31号  岚州市科学技术局关于印发《岚州市科技计  政策文件  废止    2016-08-22  岚州市科学技术局",
        "                    划项目管理办法》的通知",
        "                    《岚州市科技计划项目管理办法》政策解读  解读      不适用",
        "                    及其实施情况的简要说明",
    ]


def test_without_rows_there_is_no_head() -> None:
    assert list(lines_of(HEADS, [], 80)) == []


def test_a_column_without_values_is_left_out() -> None:
    assert list(map(unstyle, lines_of(("表", "行数", "自加"), [("甲", "3", "")], 80))) == ["表  行数", "甲  3"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "是"),
        (False, ""),
        (3, "3"),
        (["甲", "乙"], "甲；乙"),
        ("甲\n\t乙", "甲 乙"),
        ("\x1b[2J", "[2J"),
    ],
)
def test_a_cell_is_one_line_without_control_characters(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_quoted_words_that_have_brackets_stand_between_others() -> None:
    """A mark begins with 【效力标注】: between the same brackets nobody sees where the quotation ends."""
    mark = Evidence("", "甲.html", Span(0, 4), "【效力标注】本文件已废止", "上", "下")
    assert quotation(mark) == "…上〖【效力标注】本文件已废止〗下…"
    assert quotation(Evidence("", "甲.html", Span(0, 4), "同时废止", "上", "下")) == "…上【同时废止】下…"


def test_only_a_state_is_coloured_and_no_line_of_a_sentence() -> None:
    heads = ("时间", "意见", "效力")
    said = (
        "2026-11-26",
        "确认《岚州市科学技术局清理结果》的关系：废止《岚州市科技计划项目管理办法》的通知",
        "失效（有效期届满）",
    )
    for room in range(70, 110):
        coloured = [part for line in lines_of(heads, [said], room) for part in line.split("\x1b[31m")[1:]]
        assert coloured
        assert all(part.startswith("失效") for part in coloured), room


@pytest.mark.parametrize("cells", range(20, 60, 3))
def test_a_command_is_never_broken_nor_joined(cells: int) -> None:
    advice = "没有文字层，请安装文字识别组件：pip install policylib[ocr]，装好后再运行 policylib add 文件夹"
    lines = folded(advice, cells)
    assert all(width(line) <= cells for line in lines)
    shown = " ".join(lines)
    assert "pipinstall" not in shown and "policylibadd" not in shown
    if cells > 26:
        assert any("pip install policylib[ocr]" in line for line in lines)
