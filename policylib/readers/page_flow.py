"""Pages with their printed lines and tables made into the lines of a document: in reading order, paragraphs and tables
over pages put together, running heads apart. The same for every format that knows pages only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median_low

from policylib.model.document import Problem
from policylib.readers.layout import Line, is_page_number
from policylib.readers.metadata import in_table
from policylib.readers.page_lines import TextLine
from policylib.readers.page_paragraphs import Frame, frame_of, paragraphs
from policylib.readers.pdf_columns import in_order
from policylib.readers.pdf_grid import Edge
from policylib.readers.pdf_tables import Table, joined
from policylib.readers.running_heads import HEAD_SHIFT, running_heads
from policylib.readers.unruled import unruled_tables

MARGIN_LINES = 6  # lines of a page that show where its text begins
APART = 2.0  # ems between a running head and the text below it, at least
THROUGH = 0.2  # of the height of a line: so far from its middle a line still strikes it out; an underline is at 0.4
BEYOND = 3.0  # points by which it may be longer than the words; the line of a table is longer


@dataclass(slots=True)
class Page:
    """A page, counted from 0: how wide it is in points, its printed lines and its tables. `characters`: all of them, in
    no order. `columns`: it was in two. `picture`: it is one, with no text upon it or next to none. `struck`: a line is
    drawn through words. `height`: in points, where it is known. `scanned`: its words were recognised."""

    index: int
    width: int
    lines: list[TextLine]
    tables: list[Table] = field(default_factory=list)
    characters: str = ""
    columns: bool = False
    picture: bool = False
    struck: bool = False
    height: float = 0.0
    scanned: bool = False


def put_in_order(page: Page) -> None:
    """Takes out what stands in tables, ruled or not, and leaves in its place a mark that reading comes past."""
    page.tables = [*page.tables, *unruled_tables(free_lines(page.lines, page.tables))]
    free = free_lines(page.lines, page.tables)
    marks = [_mark(place, table, page) for place, table in enumerate(page.tables)]
    page.lines, page.columns = in_order([*free, *marks], page.width)


def free_lines(lines: Sequence[TextLine], tables: Sequence[Table]) -> list[TextLine]:
    """The lines that stand in no table."""
    return [line for line in lines if not any(table.holds(line) for table in tables)] if tables else list(lines)


def _mark(place: int, table: Table, page: Page) -> TextLine:
    left, _, right, top = table.box
    return TextLine("", left, top - 1, right, top, 1.0, page.index + 1, table=place)


def lines_of_pages(pages: Sequence[Page]) -> list[Line]:
    """Paragraphs, rows in their place, and running heads at the end."""
    _align(pages)
    heads = running_heads([page.lines for page in pages])
    heads.update((page.index, place) for page in pages for place in _heads_across(page))
    frames = _frames(pages)
    found: list[Line] = []
    waiting: list[TextLine] = []
    table: tuple[Table, int] | None = None
    headers: dict[str, int] = {}

    def written() -> Iterator[Line]:
        if table:
            yield from _rows(table[0], table[1], first=not found)

    for page in pages:
        for place, line in enumerate(page.lines):
            if (page.index, place) in heads:
                headers.setdefault(line.text, page.index + 1)
            elif line.table is None:
                if table:
                    found.extend(written())
                    table = None
                waiting.append(line)
            else:
                own = page.tables[line.table]
                whole = joined(table[0], own) if table and table[1] <= page.index else None
                if table is None or whole is None:
                    found.extend(written())
                    found.extend(_paragraphs(waiting, frames, pages))
                    waiting = []
                    table = (own, page.index + 1)
                else:
                    table = (whole, table[1])
    found.extend(written())
    found.extend(_paragraphs(waiting, frames, pages))
    return [*found, *(Line("header", text, page=page) for text, page in headers.items() if not is_page_number(text))]


def _align(pages: Sequence[Page]) -> None:
    """Moves scanned pages sideways until their text begins in one place: a book has its margin left and right by turns,
    and paper is laid upon scanners by hand. Else a line full on one page would be short by the margin of another."""
    lefts: dict[int, float] = {}
    for page in pages:
        lines = [line for line in page.lines if line.table is None]
        if page.scanned and not page.columns and len(lines) >= MARGIN_LINES:
            lefts[page.index] = frame_of(lines, page.width).left
    if not lefts:
        return
    usual = median_low(lefts.values())
    for page in pages:
        shift = lefts.get(page.index, usual) - usual
        if shift:
            page.lines = [line._replace(left=line.left - shift, right=line.right - shift) for line in page.lines]


def _heads_across(page: Page) -> list[int]:
    """The place of a line above two columns that is a running head, though no other page has it: the name of a gazette.
    It stands in the margin, as far from the edge of the paper as the page number at the foot, and apart from the text.
    """
    if not page.columns or not page.height or len(page.lines) < 3:
        return []
    places = sorted(range(len(page.lines)), key=lambda place: page.lines[place].middle)
    foot, below, head = (page.lines[places[rank]] for rank in (0, -2, -1))
    in_margin = page.height - head.middle <= foot.middle + HEAD_SHIFT and is_page_number(foot.text)
    apart = head.middle - below.middle > APART * max(head.em, below.em)
    return [places[-1]] if head.across and in_margin and apart else []


def _frames(pages: Sequence[Page]) -> dict[tuple[int, bool], Frame]:
    """The text frame by the page's width, and by whether it is that of a column: landscape pages have their own, and
    what runs across both columns has that of the page."""
    found: dict[tuple[int, bool], list[TextLine]] = {}
    for page in pages:
        for line in page.lines:
            if line.table is None:
                found.setdefault(_kind(line, page), []).append(line)
    return {
        kind: frame_of(
            lines, max(line.right for line in lines) + min(line.left for line in lines) if kind[1] else kind[0]
        )
        for kind, lines in found.items()
    }


def _kind(line: TextLine, page: Page) -> tuple[int, bool]:
    return page.width, page.columns and not line.across


def _paragraphs(
    lines: Sequence[TextLine], frames: dict[tuple[int, bool], Frame], pages: Sequence[Page]
) -> Iterator[Line]:
    groups: Iterable[tuple[tuple[int, bool], Iterable[TextLine]]] = ((kind, lines) for kind in frames)
    if len(frames) > 1:
        groups = groupby(lines, key=lambda line: _kind(line, pages[line.page - 1]))
    for kind, group in groups:
        for text, page in paragraphs(list(group), frames[kind]):
            yield Line("paragraph", text, page=page)


def _rows(table: Table, page: int, first: bool) -> Iterator[Line]:
    """A table's rows; a label/value table that opens the document becomes metadata."""
    entries = in_table(table.rows) if first and page == 1 else []
    if entries:
        yield from (Line("metadata", str(entry), page=page) for entry in entries)
    else:
        yield from (Line("row", cells=row, page=page) for row in table.in_columns())


def unread_tables(pages: Sequence[int]) -> list[Problem]:
    """What is to be said of pages whose lines make no tables that can be told, counted from 0."""
    if not pages:
        return []
    return [Problem("TABLE_UNREAD", f"第 {names(pages)} 页的表格线无法识别，已按文字顺序读取")]


def unparted_tables(pages: Sequence[Page]) -> list[Problem]:
    """What is to be said of pages with tables whose rows or cells no line parts, nor anything else."""
    rows = [page.index for page in pages if any(table.unparted for table in page.tables)]
    cells = [page.index for page in pages if any(table.unruled for table in page.tables)]
    problems = []
    if rows:
        said = names(rows)
        problems.append(Problem("TABLE_UNREAD", f"第 {said} 页有表格各行之间没有横线，几行读成了一行，请对照原件"))
    if cells:
        said = names(cells)
        problems.append(Problem("TABLE_UNREAD", f"第 {said} 页有表格各列之间没有竖线，几格读成了一格，请对照原件"))
    return problems


def is_struck(edges: Iterable[Edge], lines: Sequence[TextLine]) -> bool:
    """Whether a level line runs through the middle of words, as in what is deleted; not below them, nor on beyond."""
    level = [edge for edge in edges if not edge.upright]
    if not level:
        return False
    ordered = sorted(lines, key=lambda line: line.middle)
    middles = [line.middle for line in ordered]
    reach = max((line.top - line.bottom for line in lines), default=0.0) * THROUGH
    for edge in level:
        near = ordered[bisect_left(middles, edge.at - reach) : bisect_right(middles, edge.at + reach)]
        if any(_runs_through(edge, line) for line in near):
            return True
    return False


def _runs_through(edge: Edge, line: TextLine) -> bool:
    return (
        abs(edge.at - line.middle) <= THROUGH * (line.top - line.bottom)
        and edge.high - edge.low >= line.em / 2
        and edge.low >= line.left - BEYOND
        and edge.high <= line.right + BEYOND
    )


def struck_text(pages: Sequence[Page]) -> list[Problem]:
    """What is to be said of pages on which words are struck out: they were read like all others."""
    found = [page.index for page in pages if page.struck]
    if not found:
        return []
    return [Problem("STRUCK_TEXT", f"第 {names(found)} 页有划了删除线的文字，仍按正文读入，请对照原件")]


def reordered(pages: Sequence[Page]) -> list[Problem]:
    """What is to be said of pages that were in two columns."""
    found = [page.index for page in pages if page.columns]
    return [Problem("COLUMNS_REORDERED", f"第 {names(found)} 页分两栏，已按先左后右读取，请对照原文")] if found else []


def names(pages: Sequence[int]) -> str:
    """Page numbers for a message, which begin with 1; of many the first."""
    return "、".join(str(page + 1) for page in pages[:20]) + (" 等" if len(pages) > 20 else "")
