"""Sheets that people filled in, row by row: not papers to be analysed, but answers to be taken over."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from policylib.errors import DamagedFile, UnsupportedFormat
from policylib.model.document import Source
from policylib.readers import DEFAULT_LIMITS, Limits, bytes_of
from policylib.readers.csv import DELIMITERS, delimiter_of, rows
from policylib.readers.guard import check_size
from policylib.readers.sheet import Sheet, too_many_cells
from policylib.readers.sniff import format_of
from policylib.readers.text import decode

_WORKBOOKS = {"xlsx": "policylib.readers.xlsx", "xls": "policylib.readers.xls"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as the program that wrote the sheet shows it, and its filled cells by column, as shown."""

    line: int
    cells: Mapping[int, str]


def read_rows(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Row, ...]:
    """The rows that hold anything, of csv in any encoding that Chinese offices use, xlsx, xls or et; of a workbook
    those of all sheets that are not hidden, one sheet after the other, filtered rows too.

    Raises InputError.
    """
    data, name = bytes_of(path, limits), str(path)
    found = format_of(data, name).name
    if found in _WORKBOOKS:
        module = import_module(_WORKBOOKS[found])
        sheets: list[Sheet] = module.sheets(data, Source(name, "", "", found), limits)
        return tuple(row for sheet in sheets for row in _of_sheet(sheet, module.FIRST_ROW))
    if found in ("csv", "txt"):
        return _of_text(data, name, limits)
    raise UnsupportedFormat(f"{name}: 不是 csv、xlsx、xls 表格", "请用表格软件打开后另存为 .xlsx 或 .csv")


def _of_sheet(sheet: Sheet, first: int) -> list[Row]:
    """`first` is the number that the reader gives to the first row."""
    lines: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        if text.strip():
            lines.setdefault(row, {})[column] = text.strip()
    return [Row(row + 1 - first, lines[row]) for row in sorted(lines)]


def _of_text(data: bytes, name: str, limits: Limits) -> tuple[Row, ...]:
    check_size(len(data), limits.plain_bytes, name)
    text = decode(data)[0]
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
        raise DamagedFile(f"{name}: 表格文本不完整, 多半是引号不成对", "请用表格软件打开后另存") from error
    return tuple(found)
