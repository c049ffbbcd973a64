"""OpenDocument spreadsheets (ods). A cell holds the text that it shows, so no format has to be applied."""

from __future__ import annotations

from collections.abc import Iterator

from policylib.model.document import Document, Source
from policylib.readers.docx_numbering import Node, attribute, children, local
from policylib.readers.guard import Limits, too_deep
from policylib.readers.layout import compose
from policylib.readers.odf import open_package, repeats
from policylib.readers.odt import Walk, rows_of
from policylib.readers.sheet import HIDDEN, Area, Sheet, sheet_lines, too_many_cells

UNSEEN = ("collapse", "filter")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a workbook. Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer. Problems: HIDDEN_TEXT."""
    package = open_package(data, source.path, limits)
    walk = Walk.of(package, source.path, limits)
    left = limits.sheet_cells
    sheets: list[Sheet] = []
    hides = False
    try:
        for table in children(package.body("spreadsheet"), "table"):
            if attribute(table, "style-name") in walk.hidden_styles:
                hides = True
                continue
            sheet = _sheet(table, walk, left)
            left -= len(sheet.cells)
            if left <= 0:
                raise too_many_cells(source.path, limits)
            sheets.append(sheet)
    except RecursionError as error:
        raise too_deep(source.path) from error
    hides = hides or walk.hidden or any(sheet.hides for sheet in sheets)
    return compose(sheet_lines(sheets, source.path, limits), source, (HIDDEN,) if hides else ())


def _sheet(table: Node, walk: Walk, most: int) -> Sheet:
    """A sheet, of at most so many filled cells: what is repeated a million times is mostly empty, but need not be."""
    sheet = Sheet(attribute(table, "name"))
    column = 0
    for node in _columns(table):
        count = repeats(node, "number-columns-repeated", MOST_COLUMNS)
        if attribute(node, "visibility") in UNSEEN and column < MOST_COLUMNS:
            sheet.hidden_columns.update(range(column, column + count))
        column += count
    row = 0
    for node in rows_of(table):
        filled = list(_cells(node, walk, row, sheet))
        for _ in range(repeats(node, "number-rows-repeated", MOST_ROWS) if filled else 0):
            if len(sheet.cells) >= most:
                return sheet
            sheet.cells.update(((row, place), text) for place, text in filled)
            if attribute(node, "visibility") in UNSEEN:
                sheet.hidden_rows.add(row)
            row += 1
        row += 0 if filled else repeats(node, "number-rows-repeated", MOST_ROWS)
    return sheet


def _cells(row: Node, walk: Walk, place: int, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The filled cells of a row with their columns; merged ones are noted in the sheet."""
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        if column >= MOST_COLUMNS:
            break
        count = repeats(cell, "number-columns-repeated", MOST_COLUMNS)
        text = "\n".join(line.text for line in walk.lines(cell)) if len(cell) else ""
        if text.strip() and local(cell) == "table-cell":
            down = repeats(cell, "number-rows-spanned", MOST_ROWS)
            across = repeats(cell, "number-columns-spanned", MOST_COLUMNS)
            if down > 1 or across > 1:
                sheet.merged.append(Area(place, place + down - 1, column, column + across - 1))
            yield from ((one, text) for one in range(column, column + count))
        column += count


def _columns(table: Node) -> Iterator[Node]:
    for node in table:
        if local(node) == "table-column":
            yield node
        elif local(node) in ("table-columns", "table-header-columns", "table-column-group"):
            yield from _columns(node)
