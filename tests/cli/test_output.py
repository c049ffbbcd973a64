"""Tables that line up although Chinese characters are twice as wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.cli.output import aligned, cell, folded, shorten, width

WORDS = st.text(alphabet="政策a1（〔é\u0301😀", max_size=30)


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


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8), st.integers(40, 120))
def test_columns_line_up_and_fit(lines: list[tuple[str, str, str]], room: int) -> None:
    rows = aligned(["文号", "标题", "x"], lines, room)
    assert len(rows) == len(lines) + 1
    assert all(width(row) <= room for row in rows)


@given(WORDS, st.integers(10, 30))
def test_folding_loses_nothing(text: str, cells: int) -> None:
    assert "".join(folded(text, cells)) == text


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
