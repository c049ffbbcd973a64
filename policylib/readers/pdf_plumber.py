"""Tables where the drawn lines make no clean net: pdfplumber finds the cells, which takes it some hundred times as
long. The characters in them come from the text already read."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from io import BytesIO

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from policylib.readers.columns import Cells
from policylib.readers.page_lines import Glyph, join, text_lines
from policylib.readers.pdf_tables import EDGE, Table, is_table

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
"""pdfminer warns of every blemish of a damaged file on the screen, unless somebody listens."""
FAULTS = (
    MalformedPDFException,
    PdfminerException,
    PDFException,
    PSException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
)
"""What pdfminer raises on pages that pdfium reads; such a page keeps its text and has no rows."""
Box = tuple[float, float, float, float]


def tables_on(data: bytes, glyphs: Mapping[int, Sequence[Glyph]]) -> tuple[dict[int, list[Table]], list[int]]:
    """The tables of some pages, by page index, and the pages on which the search failed."""
    found: dict[int, list[Table]] = {}
    failed: list[int] = []
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            for index in sorted(glyphs):
                try:
                    found[index] = _tables(document.pages[index], glyphs[index])
                except (*FAULTS, RecursionError):
                    failed.append(index)
                document.pages[index].close()
    except (*FAULTS, RecursionError):
        failed = sorted(glyphs)
    return found, failed


def _tables(page: pdfplumber.page.Page, glyphs: Sequence[Glyph]) -> list[Table]:
    height = float(page.bbox[3])
    found = []
    for table in page.find_tables():
        grid = [[None if cell is None else _flip(cell, height) for cell in row.cells] for row in table.rows]
        rows = tuple(row for row in _rows(grid, glyphs) if any(row))
        if is_table(rows):
            found.append(Table(_flip(table.bbox, height), rows))
    return found


def _flip(box: Box, height: float) -> Box:
    left, top, right, bottom = box
    return left, height - bottom, right, height - top


def _rows(grid: Sequence[Sequence[Box | None]], glyphs: Sequence[Glyph]) -> list[Cells]:
    """The texts of a grid. A cell merged sideways stands in its first column, one merged down in every row that it
    covers."""
    texts = _cell_texts([box for row in grid for box in row if box is not None], glyphs)
    hanging: dict[int, Box] = {}
    rows: list[Cells] = []
    for row in grid:
        top = max((box[3] for box in row if box is not None), default=0.0)
        cells: list[str | None] = []
        for column, own in enumerate(row):
            above = hanging.get(column)
            box = own or (above if above is not None and above[1] < top - EDGE else None)
            if own is not None:
                hanging[column] = own
            cells.append(None if box is None else texts[box])
        rows.append(tuple(cells))
    return rows


def _cell_texts(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> dict[Box, str]:
    """The text in each cell, its lines joined."""
    inside: dict[Box, list[Glyph]] = {box: [] for box in boxes}
    last: Box | None = None
    ordered = sorted(boxes, key=lambda box: -box[3])
    for glyph in glyphs:
        if glyph.right > glyph.left:
            last = _cell_at(ordered, last, (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2)
        if last is not None:
            inside[last].append(glyph)
    texts = {}
    for box, own in inside.items():
        text = ""
        for line in text_lines(own, 0):
            text = join(text, line.text)
        texts[box] = text
    return texts


def _cell_at(boxes: Sequence[Box], last: Box | None, x: float, y: float) -> Box | None:
    if last is not None and _holds(last, x, y):
        return last
    return next((box for box in boxes if _holds(box, x, y)), None)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
