"""Tables of PDF pages: the texts in the cells of a net, and tables that go on over pages put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from policylib.readers.columns import Cells, Placed, in_columns
from policylib.readers.page_lines import SHORT, WIDE_GAP, Glyph, TextLine, join, line_of
from policylib.readers.pdf_columns import from_the_top, rows_from_the_top
from policylib.readers.pdf_grid import Net
from policylib.readers.pdf_headed import Headed, headed
from policylib.readers.pdf_rows import LEAST_SERIALS, Column, figures, rows_beside, serials

EDGE = 1.0  # points by which rounding moves a cell
UNPLACED = (0, 0)  # of a line that was put together, whose characters cannot be asked for
SAME_COLUMN = 4.0  # points by which the columns of a table may differ from page to page
UNRULED_GAPS, UNRULED_ROWS = 2, 2  # three pieces on each of two lines: no running text has them
RECENT = 60  # rows that tell whether a table counts them: a page of them
SERIAL_SHARE = 0.5  # of the rows begin with a number: then a row without one goes on from the page before

LABEL = re.compile("[^，。；：:！？0-9]{1,20}[：:]")  # 统一社会信用代码/纳税人识别号：
COLONS = ("：", ":")

CellLines = dict[int, list[TextLine]]
Glyphs = Callable[[TextLine], Iterable[Glyph]]
"""The characters of a line, each with its box."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its box (left, bottom, right, top), its rows by the columns of its net, and where those begin.
    `unparted`: a row of it is several that no line parts. `unruled`: a cell of it is several that no line parts."""

    box: tuple[float, float, float, float]
    rows: tuple[Cells, ...]
    columns: tuple[float, ...] = ()
    unparted: bool = False
    unruled: bool = False

    def in_columns(self) -> list[Cells]:
        """The rows by the columns that the table has for those who read it."""
        return in_columns([_placed(row) for row in self.rows])

    def holds(self, line: TextLine) -> bool:
        left, bottom, right, top = self.box
        x = (line.left + line.right) / 2
        return left - EDGE <= x <= right + EDGE and bottom - EDGE <= line.middle <= top + EDGE


def tables_of(nets: Sequence[Net], lines: Sequence[TextLine], glyphs: Glyphs) -> dict[Net, Table]:
    """The tables of a page by their nets, from the top down; one in a cell of another is words of that cell."""
    tables = {net: table for net in nets if (table := table_of(net, lines, glyphs))}
    inner = [net for net in nets if any(_is_in_cell(net, outer) for outer in tables if outer is not net)]
    if not inner:
        return tables
    for net in sorted(inner, key=lambda net: net.box[3] - net.box[1]):
        lines = _flattened(net, lines, glyphs)
    return {net: table for net in tables if net not in inner and (table := table_of(net, lines, glyphs))}


def _is_in_cell(inner: Net, outer: Net) -> bool:
    left, bottom, right, top = inner.box
    around = outer.box
    if not (around[0] < left and around[1] < bottom and right < around[2] and top < around[3]):
        return False
    falling = [-y for y in outer.ys]
    first = outer.rows[_place(falling, -top)][_place(outer.xs, left)]
    return first == outer.rows[_place(falling, -bottom)][_place(outer.xs, right)]


def _flattened(net: Net, lines: Sequence[TextLine], glyphs: Glyphs) -> list[TextLine]:
    """The lines, those in the net as one of its words cell by cell."""
    frame = Table(net.box, ())
    inside = [line for line in lines if frame.holds(line)]
    if not inside:
        return list(lines)
    cells = _cells(net, inside, glyphs)
    words = [
        cell_text(cells[cell]) for cell in dict.fromkeys(cell for row in net.rows for cell in row) if cell in cells
    ]
    left, _, right, top = net.box
    one = inside[0]._replace(
        text=f" {' '.join(words)} ", left=left, bottom=top - 1, right=right, top=top, place=UNPLACED
    )
    return [*(line for line in lines if not frame.holds(line)), one]


def table_of(net: Net, lines: Sequence[TextLine], glyphs: Glyphs) -> Table | None:
    """The table that a net and the lines of the page make; None where it is a frame round text or a form's ornament."""
    frame = Table(net.box, ())
    cells = _cells(net, [line for line in lines if frame.holds(line)], glyphs)
    parted = _parted(net, cells, glyphs)
    edges = tuple(sorted({*net.xs, *(low for one in parted.values() for low in one.columns[1:])}))
    texts = {cell: cell_text(own) for cell, own in cells.items()}
    rows: list[Cells] = []
    unparted = False
    for numbers in net.rows:
        if numbers[0] in parted:
            own = parted[numbers[0]]
            lefts = (net.xs[0], *own.columns[1:])
            rows.extend(_between(tuple(map(cell_text, row)), lefts, edges) for row in own.rows)
            continue
        counted, columns = _counted(numbers, net, cells)
        parts = rows_beside(counted, list(columns.values())) if counted else []
        unparted = unparted or (bool(counted) and not parts)
        found = [dict(zip(columns, map(cell_text, part), strict=True)) for part in parts] or [texts]
        rows.extend(_between(_row(numbers, one), net.xs[:-1], edges) for one in found)
    rows = [row for row in rows if any(row)]
    unruled = any(_is_tabular(rows_from_the_top(own)) for cell, own in cells.items() if cell not in parted)
    return Table(net.box, tuple(rows), edges, unparted, unruled) if is_table(rows) else None


def _parted(net: Net, cells: CellLines, glyphs: Glyphs) -> dict[int, Headed]:
    """The ruled rows of one cell, that is of no other row, which are several rows under heads; by that cell."""
    alone = [row[0] for row in net.rows if len(set(row)) == 1 and sum(row[0] in other for other in net.rows) == 1]
    return {cell: found for cell in alone if (found := headed(cells.get(cell, ()), glyphs))}


def _between(row: Cells, lefts: Sequence[float], edges: Sequence[float]) -> Cells:
    """A row whose cells begin at `lefts`, by the edges of the whole table: cells that are wider cover columns."""
    if len(lefts) == len(edges) - 1:
        return row
    places = [_behind(lefts, edge) for edge in edges[:-1]]
    return tuple(row[at] if not place or places[place - 1] != at else None for place, at in enumerate(places))


def _behind(lefts: Sequence[float], edge: float) -> int:
    """The last of some cells that begins at an edge or before it."""
    return max(bisect_right(lefts, edge) - 1, 0)


def _counted(numbers: Sequence[int], net: Net, cells: CellLines) -> tuple[Column, dict[int, Column]]:
    """The column that counts the lines of a ruled row, and all its columns by cell; nothing where there is none, or
    where a cell of the row reaches into another row."""
    own = set(numbers)
    if sum(len(cells.get(cell, ())) >= LEAST_SERIALS for cell in own) < 2:
        return (), {}
    columns: dict[int, Column] = {cell: from_the_top(cells.get(cell, ())) for cell in dict.fromkeys(numbers)}
    counted = serials(list(columns.values())) or figures(list(columns.values()))
    if counted and sum(not own.isdisjoint(row) for row in net.rows) > 1:
        return (), {}
    return counted, columns


def _placed(row: Cells) -> list[Placed]:
    starts = [place for place, cell in enumerate(row) if cell is not None]
    return [Placed(start, end, row[start] or "") for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]


def is_table(rows: Sequence[Cells]) -> bool:
    return len(rows) >= 2 and sum(sum(1 for cell in row if cell) >= 2 for row in rows) >= 2


def _cells(net: Net, lines: Iterable[TextLine], glyphs: Glyphs) -> CellLines:
    cells: CellLines = {}
    for line in lines:
        for cell, piece in _in_cells(line, net, glyphs):
            cells.setdefault(cell, []).append(piece)
    return cells


def _in_cells(line: TextLine, net: Net, glyphs: Glyphs) -> Iterator[tuple[int, TextLine]]:
    """The pieces of a line by cells. A line is asked for its characters only where it lies over a wall."""
    row = _place([-y for y in net.ys], -line.middle)
    first, last = (net.rows[row][_place(net.xs, x)] for x in (line.left + EDGE, line.right - EDGE))
    if first == last or line.place == UNPLACED:
        yield first, line
        return

    def cell_of(glyph_middle: float) -> int:
        return net.rows[row][_place(net.xs, glyph_middle)]

    for cell, run in groupby(line.glyphs or glyphs(line), key=lambda glyph: cell_of((glyph.left + glyph.right) / 2)):
        if (piece := line_of(list(run), line.page)).text:
            yield cell, piece


def _place(edges: Sequence[float], value: float) -> int:
    """Between which edges a value lies; the first or last place for what lies outside."""
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def cell_text(lines: Sequence[TextLine]) -> str:
    """The text of a cell, its lines joined; those that stand in columns without lines apart."""
    if len(lines) < 2:
        return lines[0].text if lines else ""
    rows = rows_from_the_top(lines)
    text = ""
    for apart, group in groupby(_marked(rows), key=lambda marked: marked[0]):
        own = [row for _, row in group]
        if not apart:
            words = _run_on(from_the_top([line for row in own for line in row]))
        elif _are_full(own):  # each column is a cell, whose words go on below
            words = " ".join(cell_text(column) for column in zip(*own, strict=True))
        else:
            words = " ".join(line.text for row in own for line in row)
        text = f"{text} {words}" if text else words
    return text


def _run_on(lines: Sequence[TextLine]) -> str:
    """The lines of a cell as one text, those apart that begin with a label: 名称：某公司, below it 地址、电话：."""
    text = ""
    for place, line in enumerate(lines):
        text = f"{text} {line.text}" if text and _begins_entry(lines, place) else join(text, line.text)
    return text


def _begins_entry(lines: Sequence[TextLine], place: int) -> bool:
    """Whether a line of a cell begins an entry, as the first one does: where each line is one, or the line above it
    ends early. Running text too may have a colon near the beginning of a line."""
    line, above = lines[place], lines[place - 1]
    if not LABEL.match(line.text) or not LABEL.match(lines[0].text) or abs(line.left - lines[0].left) > line.em / 2:
        return False
    short = max(one.right for one in lines) - above.right > SHORT * above.em
    return short or all(LABEL.match(one.text) for one in lines)


def _marked(rows: Sequence[Sequence[TextLine]]) -> Iterator[tuple[bool, Sequence[TextLine]]]:
    """The lines of a cell, each with whether it stands in columns with its neighbours, as a table without lines does:
    the pieces of both begin at the same places, or there are so many of them that nothing else has them."""
    tabular = _is_tabular(rows)
    for place, row in enumerate(rows):
        beside = [*rows[max(place - 1, 0) : place], *rows[place + 1 : place + 2]]
        aligned = any(_are_aligned(row, other) for other in beside)
        yield aligned or tabular, row


def _are_aligned(row: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    return len(row) == len(other) >= 2 and all(
        abs(one.left - below.left) < one.em / 2 and not one.text.isspace()
        for one, below in zip(row, other, strict=True)
    )


def _are_full(rows: Sequence[Sequence[TextLine]]) -> bool:
    """Whether the columns are so full, but for their last lines, that a word that goes on below had no room. Labels and
    their values are read across."""
    if not all(_are_aligned(row, rows[0]) for row in rows) or all(row[0].text.endswith(COLONS) for row in rows):
        return False
    gaps = [(second.left - first.right) / first.em for row in rows[:-1] for first, second in pairwise(row)]
    return max(gaps) < WIDE_GAP


def _is_tabular(rows: Sequence[Sequence[TextLine]]) -> bool:
    """Whether the lines of a cell are a table without lines: several of several pieces far apart."""
    apart = [sum(second.left - first.right > WIDE_GAP * first.em for first, second in pairwise(row)) for row in rows]
    return sum(gaps >= UNRULED_GAPS for gaps in apart) >= UNRULED_ROWS


def _row(numbers: Sequence[int], texts: Mapping[int, str]) -> Cells:
    """A cell merged sideways stands in its first column, one merged down in every row that it covers."""
    return tuple(
        None if place and cell == numbers[place - 1] else texts.get(cell, "") for place, cell in enumerate(numbers)
    )


def joined(upper: Table, lower: Table) -> Table | None:
    """Two tables that are one, cut by a page break: the same columns. Heads that are printed again are dropped, and a
    row that the break cut in two is put together."""
    if len(upper.columns) != len(lower.columns) or not upper.columns:
        return None
    if any(abs(one - other) > SAME_COLUMN for one, other in zip(upper.columns, lower.columns, strict=True)):
        return None
    repeated = 0
    while repeated < min(len(upper.rows), len(lower.rows)) and upper.rows[repeated] == lower.rows[repeated]:
        repeated += 1
    rows, rest = list(upper.rows), lower.rows[repeated:]
    if rest and _goes_on(rows, rest[0]):
        rows[-1] = tuple(_cell(first, second) for first, second in zip(rows[-1], rest[0], strict=True))
        rest = rest[1:]
    return replace(upper, rows=(*rows, *rest))


def _cell(first: str | None, second: str | None) -> str | None:
    return first if second is None else join(first or "", second)


def _goes_on(rows: Sequence[Cells], row: Cells) -> bool:
    """Whether a row at the head of a page is the rest of the last one: it has no serial number, and the others have."""
    recent = rows[-RECENT:]
    numbered = sum((above[0] or "").strip(" .、").isdigit() for above in recent)
    return (
        not row[0]
        and any(row)
        and [cell is None for cell in row] == [cell is None for cell in rows[-1]]
        and rows[-1][0] != ""
        and numbered >= max(1, SERIAL_SHARE * (len(recent) - 1))
    )
