"""Sheets as rows: what people filled in, and where."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from policylib.errors import DamagedFile, FileMissing, InputError, TooLarge, UnsupportedFormat
from policylib.readers import Limits
from policylib.readers.rows import read_rows

ROWS = (("编号", "", "单位"), ("", "", ""), ("甲", "", "市财政局\n市科技局"), ("乙", "x,y", ""))
EXPECTED = [(1, {0: "编号", 2: "单位"}), (3, {0: "甲", 2: "市财政局\n市科技局"}), (4, {0: "乙", 1: "x,y"})]


def rows(path: Path) -> list[tuple[int, dict[int, str]]]:
    found = [(row.line, dict(row.cells)) for row in read_rows(path)]
    first = min(column for _, cells in found for column in cells)
    return [(line, {column - first: text for column, text in cells.items()}) for line, cells in found]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gbk", ","), ("gbk", ";"), ("utf-16", "\t")],
)
def test_text_of_any_program(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = (delimiter.join(f'"{cell}"' if cell else "" for cell in row) for row in ROWS)
    (tmp_path / "表.csv").write_bytes("\r\n".join(lines).encode(encoding))
    assert rows(tmp_path / "表.csv") == EXPECTED


def test_workbooks_with_rows_as_the_program_counts_them(tmp_path: Path) -> None:
    book, old = openpyxl.Workbook(), xlwt.Workbook()
    sheet, old_sheet = book.active, old.add_sheet("甲")
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            if cell:
                sheet.cell(at + 1, column + 1, cell)
                old_sheet.write(at, column, cell)
    sheet.row_dimensions[3].hidden = True  # filtered away
    book.save(tmp_path / "表.xlsx")
    old.save(tmp_path / "表.xls")
    assert rows(tmp_path / "表.xlsx") == EXPECTED
    assert rows(tmp_path / "表.xls") == EXPECTED


def test_one_unit_beside_several_papers(tmp_path: Path) -> None:
    book, old = openpyxl.Workbook(), xlwt.Workbook()
    sheet, old_sheet = book.active, old.add_sheet("甲")
    for at, number in enumerate(("文号", "甲", "乙", "", "丙", "丁")):
        sheet.cell(at + 1, 1, number or None)
        old_sheet.write(at, 0, number)
    sheet["B1"], sheet["B2"] = "单位", "市财政局"
    sheet.merge_cells("B2:B5")
    old_sheet.write(0, 1, "单位")
    old_sheet.write_merge(1, 4, 1, 1, "市财政局")
    book.save(tmp_path / "表.xlsx")
    old.save(tmp_path / "表.xls")
    unit = {1: "市财政局"}
    wanted = [
        (1, {0: "文号", 1: "单位"}),
        (2, {0: "甲"} | unit),
        (3, {0: "乙"} | unit),
        (5, {0: "丙"} | unit),
        (6, {0: "丁"}),
    ]
    assert rows(tmp_path / "表.xlsx") == wanted
    assert rows(tmp_path / "表.xls") == wanted


def test_areas_that_cover_each_other_without_end_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in range(1, 41):
        book.active.cell(line, 1, "甲")
    book.active.merge_cells("C1:D2")
    book.save(tmp_path / "一.xlsx")
    with zipfile.ZipFile(tmp_path / "一.xlsx") as whole, zipfile.ZipFile(tmp_path / "多.xlsx", "w") as hostile:
        for name in whole.namelist():
            areas = b'<mergeCell ref="A1:A40"/>' * 10
            hostile.writestr(
                name, whole.read(name).replace(b'<mergeCell ref="C1:D2"', areas + b'<mergeCell ref="C1:D2"')
            )
    assert len(read_rows(tmp_path / "多.xlsx")) == 40
    with pytest.raises(TooLarge):
        read_rows(tmp_path / "多.xlsx", Limits(sheet_cells=300))


def test_rows_say_their_sheet_where_there_are_several(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "2023"
    book.active.append(["甲"])
    book.create_sheet("空")
    book.save(tmp_path / "一.xlsx")
    book.create_sheet("2024").append(["乙"])
    book.save(tmp_path / "二.xlsx")
    assert [(row.sheet, row.line) for row in read_rows(tmp_path / "一.xlsx")] == [("", 1)]
    assert [(row.sheet, row.line) for row in read_rows(tmp_path / "二.xlsx")] == [("2023", 1), ("2024", 1)]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("表.pdf", b"%PDF-1.4\n%%EOF", InputError),
        ("表.html", "<html><body>甲</body></html>".encode(), UnsupportedFormat),
        ("表.xlsx", b"PK\x03\x04xl/workbook.xml", DamagedFile),
    ],
)
def test_what_is_no_sheet_is_told(tmp_path: Path, name: str, data: bytes, error: type[InputError]) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error):
        read_rows(tmp_path / name)


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="找不到"):
        read_rows(tmp_path / "没有.csv")
