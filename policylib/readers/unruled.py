"""Tables without any lines, as typewriters and scanners that lose thin lines leave them: told by a column that counts.

Nothing is a table here that might be running text: its first column counts 1, 2, 3, and between the columns there is a
band on which no word of any row stands. Where the rows cannot be parted for certain, the words stay lines of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from policylib.readers.page_lines import CJK, Glyph, TextLine, line_of
from policylib.readers.pdf_columns import from_the_top, rows_from_the_top
from policylib.readers.pdf_rows import LEAST_SERIALS, MOST_SERIAL, rows_beside
from policylib.readers.pdf_tables import Table, cell_text

LEAST_COLUMNS, MOST_COLUMNS = 3, 30  # a numbered list of paragraphs has two; more than 30 are no table of words
GAP = 0.3  # ems between characters at which a piece may be parted: recognition tells places to half an em
GUTTER = 0.15  # ems of the band between two columns that the longest words of all rows leave
WIDE = 1.0  # ems of a gap between two columns
WIDE_ROWS = 2  # that have so wide a gap over the band, or it is one of brackets below each other: 岚政发〔2014〕
AROUND_SERIAL = " .、"
HEADS = 3  # lines that the heads of columns may have
APART = 2.0  # times the usual distance of lines that the heads may stand above the rows

Row = list[TextLine]
Column = tuple[float, float]
"""Where the words of a column begin and end."""


def unruled_tables(lines: Sequence[TextLine]) -> list[Table]:
    """The tables in some lines of a page that stand in no ruled one, from the top down."""
    if sum(map(_may_count, lines)) < LEAST_SERIALS:
        return []  # as on most pages, whose lines need not be sorted to see it
    rows = [_words(row) for row in rows_from_the_top([line for line in lines if line.table is None and line.text])]
    tables = []
    above = 0
    for first, last in _counted(rows):
        table = _table(rows, above, first, last)
        if table:
            tables.append(table)
            above = last + 1
    return tables


def _words(row: Iterable[TextLine]) -> Row:
    """The pieces of a printed line, those apart that recognition took for one: 1 岚州市供水管理办法."""
    return [piece for line in row for piece in _parted(line)]


def _parted(line: TextLine) -> Iterator[TextLine]:
    run: list[Glyph] = []
    seen: Glyph | None = None
    for glyph in line.glyphs:
        if not glyph.text.isspace():
            if seen and glyph.left - seen.right > GAP * line.em:
                yield line_of(run, line.page)._replace(em=line.em)
                run = []
            seen = glyph
        run.append(glyph)
    yield line_of(run, line.page)._replace(em=line.em) if run else line


def _counted(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The first and last rows of stretches whose numbered rows count up by one, below each other."""
    chain: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        number = _serial(row)
        if number is None:
            continue
        if chain and not (number == chain[-1][1] + 1 and _is_below(row[0], rows[chain[-1][0]][0])):
            if len(chain) >= LEAST_SERIALS:
                yield chain[0][0], chain[-1][0]
            chain = []
        chain.append((place, number))
    if len(chain) >= LEAST_SERIALS:
        yield chain[0][0], chain[-1][0]


def _may_count(line: TextLine) -> bool:
    """Whether a row that begins with the line, or with what it may be parted into, may be numbered."""
    return bool(line.glyphs) or line.text.strip(AROUND_SERIAL).isdecimal()


def _serial(row: Row) -> int | None:
    text = row[0].text.strip(AROUND_SERIAL)
    if len(row) < LEAST_COLUMNS - 1 or not text.isdecimal() or len(text) > len(str(MOST_SERIAL)):
        return None
    return int(text)


def _is_below(line: TextLine, other: TextLine) -> bool:
    return line.left < other.right and line.right > other.left


def _table(rows: Sequence[Row], above: int, first: int, last: int) -> Table | None:
    """The table of some rows, with its heads, which stand no higher than row `above`."""
    last += _further(rows, first, last)
    body = rows[first : last + 1]
    columns = _columns(body)
    if not LEAST_COLUMNS <= len(columns) <= MOST_COLUMNS:
        return None
    cells = _by_column(body, columns)
    parts = rows_beside([line for line in cells[0] if line.text.strip(AROUND_SERIAL).isdecimal()], cells)
    if not parts:
        return None
    heads = _heads(rows[max(above, first - HEADS) : first], body, columns)
    found = [tuple(map(cell_text, part)) for part in parts]
    if heads:
        found.insert(0, tuple(map(cell_text, _by_column(heads, columns))))
    words = [word for row in (*heads, *body) for word in row]
    box = (
        min(word.left for word in words),
        min(word.bottom for word in words),
        max(word.right for word in words),
        max(word.top for word in words),
    )
    return Table(box, tuple(found), tuple(low for low, _ in columns))


def _by_column(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The lines of each column from the top down."""
    cells: list[Row] = [[] for _ in columns]
    for row in rows:
        for word in row:
            cells[_column(word, columns)].append(word)
    return [from_the_top(cell) for cell in cells]


def _further(rows: Sequence[Row], first: int, last: int) -> int:
    """How many rows below the last numbered one are further lines of its cells: no more than any other number has, and
    no farther below it."""
    own = [place for place in range(first, last + 1) if _serial(rows[place]) is not None]
    counted = set(own)
    most = max(after - before - 1 for before, after in pairwise(own))
    steps = [_distance(rows[place - 1], rows[place]) for place in range(first + 1, last + 1) if place not in counted]
    columns = _columns(rows[first : last + 1])
    count = 0
    for before, row in pairwise(rows[last : last + 1 + most]):
        fits = all(_column(word, columns) > 0 for word in row)
        if not steps or not fits or _distance(before, row) > max(steps) + row[0].em / 4:
            break
        count += 1
    return count


def _distance(row: Row, below: Row) -> float:
    return row[0].middle - below[0].middle


def _columns(rows: Sequence[Row]) -> list[Column]:
    """The bands on which words stand, parted by gutters on which none of any row does."""
    em = median(word.em for row in rows for word in row)
    found: list[Column] = []
    for word in sorted((word for row in rows for word in row), key=lambda word: word.left):
        if found and word.left < found[-1][1] + GUTTER * em:
            found[-1] = (found[-1][0], max(found[-1][1], word.right))
        else:
            found.append((word.left, word.right))
    wide = Counter(
        _behind(found, after.left)
        for row in rows
        for before, after in pairwise(row)
        if after.left - before.right > WIDE * em
    )
    sure: list[Column] = []
    for place, (low, high) in enumerate(found):
        if place and wide[place] < WIDE_ROWS:
            sure[-1] = (sure[-1][0], high)
        else:
            sure.append((low, high))
    return sure


def _behind(columns: Sequence[Column], left: float) -> int:
    """The column in which a word stands that begins there."""
    return bisect_right(columns, left, key=lambda column: column[0]) - 1


def _column(word: TextLine, columns: Sequence[Column]) -> int:
    """The column in which all of a word stands; -1 for one that reaches into two, or stands in none."""
    place = max(_behind(columns, word.left), 0)
    if place + 1 < len(columns) and word.left > columns[place][1]:
        place += 1  # a head that begins before its column, above the gutter
    into_next = place + 1 < len(columns) and word.right > columns[place + 1][0]
    return -1 if into_next or word.right < columns[place][0] or word.left > columns[place][1] else place


def _heads(rows: Sequence[Row], body: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The lines right above the rows that are the heads of their columns: one word at least above most of them."""
    heads: list[Row] = []
    below = body[0]
    usual = max(_distance(before, row) for before, row in pairwise(body))
    for row in reversed(rows):
        if _distance(row, below) > APART * usual or any(_column(word, columns) < 0 for word in row):
            break
        heads.insert(0, row)
        below = row
    while heads and len(heads[0]) == 1:
        heads.pop(0)  # a line above the heads: 单位：万元
    named = {_column(word, columns) for row in heads for word in row}
    has_words = all(CJK.search(word.text) for row in heads for word in row)
    return heads if len(named) >= LEAST_COLUMNS and has_words else []
