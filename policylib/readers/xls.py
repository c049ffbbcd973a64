"""Excel workbooks of 1997-2003 (xls, old et), read by xlrd: values as shown, formulas as last computed."""

from __future__ import annotations

import struct
from io import StringIO
from types import ModuleType
from typing import Any

from policylib.errors import EncryptedFile
from policylib.model.document import Document, Source
from policylib.readers.cell_format import shown
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import compose
from policylib.readers.sheet import HIDDEN, Area, Sheet, no_workbook, sheet_lines, sheets_package

FAULTS = (
    struct.error,
    AssertionError,
    AttributeError,
    ArithmeticError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
    MemoryError,
)
"""What xlrd raises on damaged files besides its own errors, seen in mutations of real ones."""
UNREADABLE_PASSWORD = "encrypted"
FIRST_ROW = 0


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a workbook. Raises MissingDependency, DamagedFile, EncryptedFile, TooLarge, NoTextLayer.

    Problems: HIDDEN_TEXT.
    """
    found, hides = _read(data, source, limits)
    return compose(sheet_lines(found, source.path, limits), source, (HIDDEN,) if hides else ())


def sheets(data: bytes, source: Source, limits: Limits) -> list[Sheet]:
    """The sheets that are not hidden, with all their cells. Raises as `read` does."""
    return _read(data, source, limits)[0]


def _read(data: bytes, source: Source, limits: Limits) -> tuple[list[Sheet], bool]:
    """The sheets that are seen, and whether something is hidden."""
    check_size(len(data), limits.plain_bytes, source.path)
    xlrd = sheets_package("xlrd", source.path)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        seen = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        found = [_sheet(sheet, book, xlrd) for sheet in seen]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *FAULTS, RecursionError) as error:
        if UNREADABLE_PASSWORD in str(error):
            raise EncryptedFile(f"{source.path}：文件有密码，无法读取", "请另存为无密码文件") from error
        raise no_workbook(source.path) from error
    return found, len(seen) < book.nsheets or any(sheet.hides for sheet in found)


def _sheet(sheet: Any, book: Any, xlrd: ModuleType) -> Sheet:
    """A sheet with its merged and hidden parts; merged areas are half-open in xlrd."""
    found = Sheet(
        sheet.name,
        merged=[Area(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row for row, settings in sheet.rowinfo_map.items() if settings.hidden},
        hidden_columns={column for column, settings in sheet.colinfo_map.items() if settings.hidden},
    )
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if text := _text(cell, book, xlrd):
                found.cells[row, column] = text
    return found


def _text(cell: Any, book: Any, xlrd: ModuleType) -> str:
    """A cell as the sheet shows it."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value), "")
    number = book.xf_list[cell.xf_index].format_key
    pattern = book.format_map[number].format_str if number in book.format_map else ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(_moment(cell.value, book.datemode, xlrd), pattern, number)
    return shown(cell.value, pattern, number)


def _moment(value: float, mode: int, xlrd: ModuleType) -> Any:
    """A day, or for less than one a time of day; the figure itself where there is no such day."""
    try:
        moment = xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError):
        return value
    return moment.time() if 0 <= value < 1 else moment
