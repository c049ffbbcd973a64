"""Tables that Excel opens without harm."""

from __future__ import annotations

import builtins
import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import MissingDependency, PolicylibError
from policylib.export import write_table
from policylib.export.plain import plain_value
from policylib.export.sheet import xlsx_bytes
from policylib.export.table import cell, csv_text, json_text
from policylib.model import DocumentNumber

COLUMNS = (("number", "文号"), ("title", "标题"), ("dated", "成文日期"), ("held", "本库收有"), ("issuers", "发文机关"))
NUMBER = DocumentNumber.parse("岚政发〔2019〕5号")
ROWS = (
    {"number": NUMBER, "title": "=1+1", "dated": date(2019, 3, 1), "held": True, "issuers": ("甲", "乙")},
    {"number": None, "title": '第一行\r\n"第二行",\x00', "held": False, "surplus": "不导出"},
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+86", "'+86", id="plus"),
        pytest.param("-", "'-", id="dash"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("  =1", "'  =1", id="blank-before"),
        pytest.param("\r\n=1", "'\n=1", id="line-end-before"),
        pytest.param("\u00a0=1", "'\u00a0=1", id="no-break-space-before"),
        pytest.param("＝1+1", "'＝1+1", id="full-width"),
        pytest.param("岚政发〔2019〕5号", "岚政发〔2019〕5号", id="number"),
        pytest.param(-5, "-5", id="negative-number"),
        pytest.param(None, "", id="nothing"),
        pytest.param(False, "否", id="truth"),
        pytest.param(NUMBER, "岚政发〔2019〕5号", id="document-number"),
        pytest.param(("=甲", "乙"), "'=甲；乙", id="several"),
    ],
)
def test_cell(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_csv() -> None:
    text = csv_text(ROWS, COLUMNS)
    assert text.startswith("\ufeff文号,标题,成文日期,本库收有,发文机关\r\n")
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[1:] == [
        ["岚政发〔2019〕5号", "'=1+1", "2019-03-01", "是", "甲；乙"],
        ["", '第一行\n"第二行",\ufffd', "", "否", ""],
    ]


def test_json() -> None:
    assert json.loads(json_text(ROWS, COLUMNS)) == [
        {"number": "岚政发〔2019〕5号", "title": "=1+1", "dated": "2019-03-01", "held": True, "issuers": ["甲", "乙"]},
        {"number": None, "title": '第一行\r\n"第二行",\x00', "dated": None, "held": False, "issuers": None},
    ]


@given(st.text())
def test_a_text_comes_back_from_json_as_it_was(text: str) -> None:
    assert json.loads(json_text([{"title": text, "issuers": (text,)}], COLUMNS))[0]["title"] == text


def test_half_a_character_is_no_text_of_a_file(tmp_path: Path) -> None:
    write_table([{"title": "甲\ud800乙"}], COLUMNS, tmp_path / "清单.json")
    assert json.loads((tmp_path / "清单.json").read_text("utf-8"))[0]["title"] == "甲\ufffd乙"


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        (ROWS, ("number", "title"), "columns 的每一列要写键和表头两样.*不是 'number'"),
        (ROWS, ("ab",), "不是 'ab'"),
        ([("岚政发", "甲")], COLUMNS, "rows 的每一行要写成字典.*不是 "),
    ],
    ids=["names", "a name of two letters", "tuples"],
)
@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_columns_and_rows_in_another_form_are_told(
    tmp_path: Path, suffix: str, rows: Any, columns: Any, said: str
) -> None:
    with pytest.raises(PolicylibError, match=said):
        write_table(rows, columns, tmp_path / f"清单{suffix}")
    assert not list(tmp_path.iterdir())


@given(st.text(st.characters()))
def test_no_text_acts_as_a_formula(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".json"])
def test_write(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"清单{suffix}"
    write_table(ROWS, COLUMNS, path)
    assert path.read_bytes().decode().count("岚政发〔2019〕5号") == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["清单.docx", "清单"])
def test_unknown_suffix_lists_what_is_supported(tmp_path: Path, name: str) -> None:
    with pytest.raises(PolicylibError, match=r"表格支持的后缀：\.csv \.xlsx \.json"):
        write_table(ROWS, COLUMNS, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_workbook_is_ready_to_print_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    write_table((*ROWS, {"number": 7, "title": "字" * 40_000}), COLUMNS, path)
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:2] == [
        ("文号", "标题", "成文日期", "本库收有", "发文机关"),
        ("岚政发〔2019〕5号", "=1+1", "2019-03-01", "是", "甲；乙"),
    ]
    assert rows[3][0] == 7
    assert len(rows[3][1]) == 32_767, "Excel takes no more"
    assert rows[3][1].endswith("字……（太长，以下截去）")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}, "no formula"
    assert sheet["B2"].quotePrefix, "nor after somebody edits it"
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A2", "$1:$1", "landscape")
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)


def test_days_and_numbers_leave_the_room_of_a_page_to_sentences(tmp_path: Path) -> None:
    columns = (*COLUMNS, *((f"said{at}", f"原文{at}") for at in range(6)), ("decision", "会议决定"))
    long = {f"said{at}": "字" * 200 for at in range(6)}
    row = {**ROWS[0], **long, "dated": "2019-03-01（页面标注的成文日期与落款不一致，待核对）"}
    write_table([row], columns, tmp_path / "清单.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    wide = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert (wide["成文日期"], wide["会议决定"]) == (12, 16) and 20 < wide["原文0"] < 46
    assert sum(wide.values()) <= 230
    write_table([{**ROWS[0], "title": "字" * 200}], COLUMNS, tmp_path / "短.xlsx")
    assert openpyxl.load_workbook(tmp_path / "短.xlsx").active.column_dimensions["B"].width == 46


def test_a_workbook_of_the_same_rows_is_the_same(tmp_path: Path) -> None:
    one, other = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    for path in (one, other):
        write_table(ROWS, COLUMNS, path)
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert b"1980-01-01" in package.read("docProps/core.xml")


def test_an_empty_workbook_has_its_head(tmp_path: Path) -> None:
    write_table((), COLUMNS, tmp_path / "空.xlsx")
    assert openpyxl.load_workbook(tmp_path / "空.xlsx").active.max_row == 1


@given(st.text(st.characters()))
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([{"title": text}], (("title", "标题"),))))
    cell = book.active["A2"]
    assert cell.data_type in ("s", "n")
    assert (cell.value or "") == (plain_value(text) or "")


def test_a_workbook_without_its_component_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return whole(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependency, match=r"policylib\[sheets\].*\.csv"):
        xlsx_bytes([], COLUMNS)


def test_what_excel_cannot_hold_is_told_and_long_figures_stay(tmp_path: Path) -> None:
    rows = ({"number": 370301199001011234, "title": "字" * 32_767}, {"number": 12, "title": "字" * 32_768})
    told = write_table(rows, COLUMNS, str(tmp_path / "清单.xlsx"))
    assert told == ("第 3 行“标题”超过 32767 字，Excel 放不下，已截去后面的；要全文请存为 .csv 或 .json",)
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert [(one.value, one.data_type) for one in (sheet["A2"], sheet["A3"])] == [
        ("370301199001011234", "s"),
        (12, "n"),
    ]
    assert write_table(rows, COLUMNS, str(tmp_path / "清单.json")) == ()
    assert json.loads((tmp_path / "清单.json").read_text("utf-8"))[1]["title"] == "字" * 32_768
