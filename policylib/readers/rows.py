"""The rows of a list that an office keeps (csv, xlsx), each with the line that its program shows beside it.

As documents, the same files are read by `csv.py` and `xlsx.py`: there blank rows fall away and nobody counts lines.
"""

from __future__ import annotations

import csv as comma_separated
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policylib.errors import DamagedFile, UnsupportedFormat
from policylib.readers.csv import DELIMITERS, delimiter_of, rows
from policylib.readers.guard import DEFAULT_LIMITS, Limits, check_size
from policylib.readers.sheet import Sheet, too_many_cells
from policylib.readers.sniff import format_of
from policylib.readers.text import decode


@dataclass(frozen=True, slots=True)
class Row:
    """A row with anything in it. `line` counts from 1, as the program that made the file shows it."""

    line: int
    cells: tuple[str, ...]


def read_rows(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Row, ...]:
    """The rows of a csv in any encoding that Chinese offices use, or of the first filled sheet of an xlsx.

    Raises InputError (UnsupportedFormat, DamagedFile, TooLarge, MissingDependency).
    """
    file = Path(path)
    try:
        check_size(file.stat().st_size, limits.package_bytes, str(path))
        data = file.read_bytes()
    except OSError as error:
        raise DamagedFile(f"{path}: 无法打开（{error.strerror}）", "请核对路径和权限") from error
    found = format_of(data, str(path))
    if found.name == "xlsx":
        return tuple(_of_workbook(data, str(path), limits))
    if found.name not in ("csv", "txt"):
        raise UnsupportedFormat(f"{path}: 清单应为 csv 或 xlsx, 这是{found.title}", "请另存为“CSV UTF-8”或 .xlsx")
    check_size(len(data), limits.plain_bytes, str(path))
    return tuple(_of_text(decode(data)[0], str(path), limits))


def _of_text(text: str, path: str, limits: Limits) -> Iterator[Row]:
    cells = line = 0
    try:
        for fields in rows(text, delimiter_of(text) or DELIMITERS[0]):
            first, line = line + 1, line + 1 + sum(field.count("\n") for field in fields)
            cells += len(fields)
            if cells > limits.sheet_cells:
                raise too_many_cells(path, limits)
            if any(field.strip() for field in fields):
                yield Row(first, tuple(field.strip() for field in fields))
    except comma_separated.Error as error:
        raise DamagedFile(f"{path}: 表格文本不完整, 多半是引号不成对", "请用表格软件打开后另存") from error


def _of_workbook(data: bytes, path: str, limits: Limits) -> Iterator[Row]:
    from policylib.readers.xlsx import read_sheets  # loads openpyxl

    sheets, _ = read_sheets(data, path, limits)
    sheet = next((one for one in sheets if one.cells), Sheet())
    lines: dict[int, dict[int, str]] = {}
    for (line, column), text in sheet.cells.items():
        lines.setdefault(line, {})[column] = text.strip()
    for area in sheet.merged:  # one unit beside several papers
        text = sheet.cells.get((area.top, area.left), "").strip()
        for line in range(area.top, min(area.bottom, max(lines, default=0)) + 1):
            if line in lines:
                lines[line].setdefault(area.left, text)
    for line, cells in sorted(lines.items()):
        if any(cells.values()):
            yield Row(line, tuple(cells.get(column, "") for column in range(1, max(cells) + 1)))
