"""What a web page says, found without a reader of the library: the measure of the readers stands on it.

Only what needs no judgement: the text of the element that holds the body, which a person has looked up, without what a
browser hides; its paragraphs; and its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from tests.readers.truth import bare

Cells = tuple[str, ...]
BREAK = "\ue000"  # between paragraphs, whatever white space the source has
BODY_IDS, BODY_CLASSES = ("UCAP-CONTENT", "zoomcon"), ("info_cont",)  # of the pages at hand, found by eye
UNSEEN = "//script|//style|//comment()|//*[contains(translate(@style, ' ', ''), 'display:none')]"
KEPT_BREAKS = (
    "descendant-or-self::*[ancestor-or-self::pre or ancestor-or-self::*[contains(@style, 'white-space: pre')]]"
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a file says. A row has one or two forms: a merged cell repeated in each row that it covers, or once.
    `paragraphs` are those outside tables; `around` is what the page shows around the text."""

    text: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[Cells, Cells], ...] = ()
    around: str = ""


def page_truth(markup: str, whole: bool = False) -> Truth:
    """What the body of a page says; of the `whole` page, with its navigation, where that is asked."""
    root = html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=True, encoding=None))
    for element in root.xpath(UNSEEN):
        element.drop_tree()
    body = root if whole else next(_bodies(root), root)
    if not whole and (head := root.find(".//head")) is not None:
        head.drop_tree()
    tables = {table: _rows(table) for table in body.iter("table")}
    rows = tuple(row for table in tables.values() for row in table)
    text = body.text_content()
    return Truth(text, tuple(_paragraphs(body, [table for table in tables if tables[table]])), rows)


def _paragraphs(body: Any, tables: Iterable[Any]) -> Iterator[str]:
    for table in tables:
        table.drop_tree()
    for element in body.iter("p", "div", "br", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6"):
        element.text, element.tail = BREAK + (element.text or ""), BREAK + (element.tail or "")
    for element in body.xpath(KEPT_BREAKS):
        element.text, element.tail = (text and text.replace("\n", BREAK) for text in (element.text, element.tail))
    yield from filter(None, map(bare, body.text_content().split(BREAK)))


def _bodies(root: Any) -> Iterator[Any]:
    for name in BODY_IDS:
        yield from root.xpath(f"//*[@id='{name}']")
    for name in BODY_CLASSES:
        yield from root.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def _rows(table: Any) -> tuple[tuple[Cells, Cells], ...]:
    """The rows of a table that holds data: at least two rows of two cells."""
    if table.find(".//table") is not None:
        return ()
    grid: list[tuple[Cells, Cells]] = []
    hanging: dict[int, tuple[int, str, int]] = {}  # column -> rows still to cover, text, columns that it covers
    for row in table.iter("tr"):
        repeated, once, column = [], [], 0
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        while cells or column in hanging:
            if column in hanging:
                left, text, width = hanging.pop(column)
                once.append("")
            else:
                cell = cells.pop(0)
                left, width = _number(cell, "rowspan"), _number(cell, "colspan")
                text = bare(cell.text_content())
                once.append(text)
            if left > 1:
                hanging[column] = (left - 1, text, width)
            repeated.append(text)
            column += width
        if any(repeated):
            grid.append((tuple(repeated), tuple(once)))
    wide = sum(1 for row, _ in grid if sum(map(bool, row)) > 1)
    return tuple(grid) if wide > 1 else ()


def _number(cell: Any, name: str) -> int:
    found = re.fullmatch(r"\s*(\d{1,3})\s*", cell.get(name) or "1")
    return max(1, int(found[1])) if found else 1
