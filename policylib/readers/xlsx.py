"""Excel workbooks (xlsx, xlsm, new et), read by openpyxl: values as shown, formulas as last computed.

openpyxl gives the cells, row by row. What is merged and hidden is read beside it, from the same parts: its other mode
makes a cell of every place of a merged area, and an area may be a whole sheet of 17 thousand million places.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml import etree

from policylib.model.document import Document, Problem, Source
from policylib.readers.cell_format import Value, is_built_in_date, shown
from policylib.readers.docx_numbering import Node, attribute, child, local
from policylib.readers.guard import Limits, check_package
from policylib.readers.layout import compose
from policylib.readers.sheet import HIDDEN, Area, Sheet, no_workbook, sheet_lines, sheets_package, too_many_cells

FAULTS = (
    etree.LxmlError,
    ParseError,
    zipfile.BadZipFile,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    OSError,
)
"""What openpyxl raises on packages that are no workbooks, seen in mutations of real ones."""
AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
FIRST_ROW = 1
DAYS = 2_958_466  # to the end of 9999


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a workbook. Raises MissingDependency, DamagedFile, EncryptedFile, TooLarge, NoTextLayer.

    Problems: HIDDEN_TEXT, NO_FORMULA_VALUE, MACRO.
    """
    reading = _read(data, source, limits)
    return compose(sheet_lines(reading.sheets, source.path, limits), source, reading.problems())


def sheets(data: bytes, source: Source, limits: Limits) -> list[Sheet]:
    """The sheets that are not hidden, with all their cells. Raises as `read` does."""
    return _read(data, source, limits).sheets


def _read(data: bytes, source: Source, limits: Limits) -> _Reading:
    check_package(data, source.path, limits)
    openpyxl = sheets_package("openpyxl", source.path)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(BytesIO(data)) as archive:
            warnings.simplefilter("ignore")  # openpyxl warns of every extension that it leaves out
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            reading = _Reading(archive, source.path, limits)
            for worksheet in book.worksheets:
                reading.add(worksheet)
    except (*FAULTS, RecursionError) as error:
        raise no_workbook(source.path) from error
    return reading


class _Reading:
    """The reading of one workbook: the sheets that are seen, and what was met on the way."""

    def __init__(self, archive: zipfile.ZipFile, path: str, limits: Limits) -> None:
        self.archive, self.path, self.limits = archive, path, limits
        self.sheets: list[Sheet] = []
        self.hidden = False
        self.uncomputed = 0
        self.visited = 0

    def add(self, worksheet: Any) -> None:
        if worksheet.sheet_state != "visible":
            self.hidden = True
            return
        sheet = Sheet(worksheet.title)
        self._layout(sheet, worksheet._worksheet_path)
        self._values(sheet, worksheet)
        self.sheets.append(sheet)
        self.hidden = self.hidden or sheet.hides

    def problems(self) -> tuple[Problem, ...]:
        found = [HIDDEN] if self.hidden else []
        if self.uncomputed:
            found.append(
                Problem(
                    "NO_FORMULA_VALUE", f"{self.uncomputed} 个公式没有保存计算结果，按空白读取；请用 Excel 打开后另存"
                )
            )
        if any(name.lower() == "xl/vbaproject.bin" for name in self.archive.namelist()):
            found.append(Problem("MACRO", "工作簿含宏，未执行"))
        return tuple(found)

    def _values(self, sheet: Sheet, worksheet: Any) -> None:
        """The filled cells. The size that a sheet states of itself is often wrong (A1) and is not believed."""
        worksheet.reset_dimensions()
        for row in worksheet.iter_rows(max_row=LAST_ROW):
            self.visited += len(row)
            if self.visited > self.limits.sheet_cells:
                raise too_many_cells(self.path, self.limits)
            for cell in row:
                if cell.value is not None and (text := _text(cell, worksheet.parent.epoch)):
                    sheet.cells[cell.row, cell.column] = text

    def _layout(self, sheet: Sheet, part: str) -> None:
        """What is merged and hidden, and the formulas without a result."""
        covered = 0  # columns are in order; a hostile file repeats them
        with self.archive.open(part) as stream:
            for _, node in etree.iterparse(
                stream, tag=("{*}row", "{*}col", "{*}mergeCell", "{*}c"), resolve_entities=False, no_network=True
            ):
                name = local(node)
                if name == "c":
                    self.uncomputed += _is_uncomputed(node)
                elif name == "mergeCell" and (match := AREA.fullmatch(attribute(node, "ref"))):
                    sheet.merged.append(Area(int(match[2]), int(match[4]), _column(match[1]), _column(match[3])))
                elif name == "row" and attribute(node, "hidden") in ("1", "true"):
                    sheet.hidden_rows.add(int(attribute(node, "r", "0")))
                elif name == "col" and attribute(node, "hidden") in ("1", "true"):
                    last = min(int(attribute(node, "max", "0")), LAST_COLUMN)
                    sheet.hidden_columns.update(range(max(int(attribute(node, "min", "0")), covered + 1), last + 1))
                    covered = max(covered, last)
                node.clear(keep_tail=False)
                while name == "row" and node.getprevious() is not None:
                    del node.getparent()[0]


def _is_uncomputed(cell: Node) -> bool:
    """Whether a cell has a formula without a result; an empty text is a result."""
    if child(cell, "f") is None or attribute(cell, "t") == "str":
        return False
    result = child(cell, "v")
    return result is None or not result.text


def _column(letters: str) -> int:
    """A 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _text(cell: Any, epoch: Any) -> str:
    """A cell as the sheet shows it."""
    value: Value = cell.value
    number = cell.style_array.numFmtId
    if isinstance(value, (int, float)) and is_built_in_date(number) and 0 <= value < DAYS:
        value = epoch + timedelta(days=value)
    return shown(value, cell.number_format, number)
