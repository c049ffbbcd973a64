"""Workbooks that people fill in: text only, whatever a document says."""

from __future__ import annotations

import builtins
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import MissingDependency
from policylib.export import write_table
from policylib.export.plain import plain_text
from policylib.export.workbook import workbook

COLUMNS = (("number", "文号"), ("title", "标题"), ("organs", "单位"), ("held", "收有"))


def test_a_table_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_table([{"number": "岚政发〔2019〕5号", "title": '=HYPERLINK("甲")', "organs": ("甲", "乙"), "held": True}],
                COLUMNS, path)  # fmt: skip
    sheet = openpyxl.load_workbook(path).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["文号", "标题", "单位", "收有"],
        ["岚政发〔2019〕5号", '=HYPERLINK("甲")', "甲；乙", "是"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A2", "$1:$1", "landscape")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_no_cell_is_a_formula_and_no_text_is_lost(texts: list[str]) -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook(["甲"] * len(texts), [texts]))).active
    for cell, text in zip(sheet[2], texts, strict=True):
        assert cell.data_type != "f"
        assert (cell.value or "") == plain_text(text)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return whole(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependency, match=r"policylib\[sheets\].*\.csv"):
        workbook(["甲"], [])
