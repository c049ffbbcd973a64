"""Sheets that people filled in, row by row: not papers to be analysed, but answers to be taken over."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from policylib.errors import DamagedFile, UnsupportedFormat
from policylib.model.document import Source
from policylib.readers import DEFAULT_LIMITS, Limits, bytes_of
from policylib.readers.csv import DELIMITERS, delimiter_of, rows
from policylib.readers.encoding import decode
from policylib.readers.guard import check_size
from policylib.readers.sheet import Sheet, too_many_cells
from policylib.readers.sniff import format_of

_WORKBOOKS = {"xlsx": "policylib.readers.xlsx", "xls": "policylib.readers.xls"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet program shows it, its filled cells by column, as shown, and its sheet where
    the workbook has several."""

    line: int
    cells: Mapping[int, str]
    sheet: str = ""


def read_rows(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Row, ...]:
    """The rows that hold anything, of csv in any encoding that Chinese offices use, xlsx, xls or et; of a workbook
    those of all sheets that are not hidden, one sheet after the other, filtered rows too. What is merged down stands in
    each row that it covers: one unit beside several papers.

    Raises InputError.
    """
    data, name = bytes_of(path, limits), str(path)
    found = format_of(data, name).name
    if found in _WORKBOOKS:
        module = import_module(_WORKBOOKS[found])
        sheets: list[Sheet] = module.sheets(data, Source(name, "", "", found), limits)
        filled = [sheet for sheet in sheets if any(text.strip() for text in sheet.cells.values())]
        several = len(filled) > 1
        return tuple(row for sheet in filled for row in _of_sheet(sheet, module.FIRST_ROW, several, name, limits))
    if found in ("csv", "txt"):
        return _of_text(data, name, limits)
    raise UnsupportedFormat(f"{name}：不是 csv、xlsx、xls 表格", "请用表格软件打开后另存为 .xlsx 或 .csv")


def _of_sheet(sheet: Sheet, first: int, several: bool, name: str, limits: Limits) -> Iterator[Row]:
    """`first` is the number that the reader gives to the first row."""
    lines: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        if text.strip():
            lines.setdefault(row, {})[column] = text.strip()
    filled = sorted(lines)
    left = limits.sheet_cells  # areas of a hostile file cover each other
    for area in sheet.merged:
        text = sheet.cells.get((area.top, area.left), "").strip()
        covered = range(bisect_right(filled, area.top), bisect_right(filled, area.bottom)) if text else range(0)
        left -= len(covered)
        if left < 0:
            raise too_many_cells(name, limits)
        for at in covered:
            lines[filled[at]].setdefault(area.left, text)
    for row in filled:
        yield Row(row + 1 - first, lines[row], sheet.name if several else "")


def _of_text(data: bytes, name: str, limits: Limits) -> tuple[Row, ...]:
    """A cell with line breaks is one row, as in the program that opens the file; blank lines are rows."""
    check_size(len(data), limits.plain_bytes, name)
    text = decode(data).text
    found: list[Row] = []
    cells = 0
    try:
        for line, fields in enumerate(rows(text, delimiter_of(text) or DELIMITERS[0]), 1):
            cells += len(fields)
            if cells > limits.sheet_cells:
                raise too_many_cells(name, limits)
            filled = {column: field.strip() for column, field in enumerate(fields) if field.strip()}
            if filled:
                found.append(Row(line, filled))
    except csv.Error as error:
        raise DamagedFile(f"{name}：表格文本不完整，多半是引号不成对", "请用表格软件打开后另存") from error
    return tuple(found)
