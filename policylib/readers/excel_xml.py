"""Excel 2003 XML (SpreadsheetML), in which many systems export their tables under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from policylib.model.document import Document, Source
from policylib.readers.cell_format import LONG_DATE, shown
from policylib.readers.docx_numbering import Node, attribute, child, children
from policylib.readers.guard import Limits, check_xml
from policylib.readers.layout import compose
from policylib.readers.sheet import HIDDEN, Area, Sheet, no_workbook, sheet_lines

NAMED = {
    "Short Date": "yyyy/m/d", "Medium Date": "yyyy/m/d", "Long Date": LONG_DATE, "General Date": "yyyy/m/d h:mm",
    "Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00",
}  # fmt: skip
"""Formats that a file knows by name."""
LAST_COLUMN = 16_384


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a workbook. Raises DamagedFile, TooLarge, NoTextLayer. Problems: HIDDEN_TEXT."""
    check_xml(data, source.path, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise no_workbook(source.path) from error
    patterns = {
        attribute(style, "ID"): attribute(child(style, "NumberFormat"), "Format")
        for style in children(child(root, "Styles"), "Style")
    }
    worksheets = list(children(root, "Worksheet"))
    seen = [one for one in worksheets if _is_visible(one)]
    sheets = [_sheet(worksheet, patterns) for worksheet in seen]
    hides = len(seen) < len(worksheets) or any(sheet.hides for sheet in sheets)
    return compose(sheet_lines(sheets, source.path, limits), source, (HIDDEN,) if hides else ())


def _is_visible(worksheet: Node) -> bool:
    visible = child(child(worksheet, "WorksheetOptions"), "Visible")
    return visible is None or not (visible.text or "").startswith("Sheet")  # SheetHidden, SheetVeryHidden


def _sheet(worksheet: Node, patterns: dict[str, str]) -> Sheet:
    sheet = Sheet(attribute(worksheet, "Name"))
    table = child(worksheet, "Table")
    covered = 0  # columns are in order; a hostile file repeats them
    for place, column in _placed(table, "Column"):
        last = min(place + _figure(column, "Span", 0), LAST_COLUMN)
        if attribute(column, "Hidden") == "1":
            sheet.hidden_columns.update(range(max(place, covered + 1), last + 1))
        covered = max(covered, last)
    for row_place, row in _placed(table, "Row"):
        if attribute(row, "Hidden") == "1":
            sheet.hidden_rows.add(row_place)
        for place, cell in _placed(row, "Cell"):
            if text := _text(cell, patterns):
                sheet.cells[row_place, place] = text
            down, across = _figure(cell, "MergeDown", 0), _figure(cell, "MergeAcross", 0)
            if down or across:
                sheet.merged.append(Area(row_place, row_place + down, place, place + across))
    return sheet


def _placed(parent: Node | None, name: str) -> Iterator[tuple[int, Node]]:
    """The columns, rows or cells with their places, which count on from the last one that was stated."""
    place = 1
    for node in children(parent, name):
        place = _figure(node, "Index", place)
        yield place, node
        place += 1 + _figure(node, "MergeAcross" if name == "Cell" else "Span", 0)


def _figure(node: Node, name: str, default: int) -> int:
    text = attribute(node, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def _text(cell: Node, patterns: dict[str, str]) -> str:
    """A cell as the sheet shows it."""
    data = child(cell, "Data")
    if data is None:
        return ""
    text, kind = "".join(str(part) for part in data.itertext()), attribute(data, "Type")
    pattern = patterns.get(attribute(cell, "StyleID"), "")
    pattern = NAMED.get(pattern, pattern) or "General"
    try:
        if kind == "Number":
            return shown(float(text), pattern)
        if kind == "DateTime":
            return shown(datetime.fromisoformat(text), pattern)
    except ValueError:
        return text
    return shown(text == "1", pattern) if kind == "Boolean" else text
