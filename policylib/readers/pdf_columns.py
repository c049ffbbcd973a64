"""Lines of a page in the order in which one reads: from the top down, two columns one after the other.

A PDF draws in any order: Word draws the red head of a paper, a text box, behind the last line of its page; gazettes
draw two columns row by row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from math import floor
from statistics import median

from policylib.readers.page_lines import CJK, SAME_LINE, TYPESETTING_GAP, WIDE_GAP, TextLine

COLUMN_LINES = 8  # on each side; a signature beside a date has two, a form has a few
FULL = 0.85  # of the column's width
FULL_SHARE = 0.5  # of the lines of a column are full, those of a table or a list are not
CROSSING = 0.2  # of the lines may run over the gutter: titles
STEP = 0.005  # of the page's width, by which places for a gutter differ: each costs a look at all lines
MIDDLE = (0.35, 0.65)  # of the page's width, where a gutter may be


def in_order(lines: Sequence[TextLine], width: float) -> tuple[list[TextLine], bool]:
    """The lines from the top down, and whether they were in two columns. The right column is moved onto the left one,
    so that paragraphs run on from one to the other."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return from_the_top(lines), False
    crossing = [line for line in lines if line.left < gutter < line.right]
    rest = [line for line in lines if not line.left < gutter < line.right]
    shift = min(line.left for line in rest if line.left >= gutter) - min(line.left for line in rest)
    edges = sorted(crossing, key=lambda line: -line.middle)
    heights = [-line.middle for line in edges]
    bands: list[list[TextLine]] = [[] for _ in range(len(edges) + 1)]
    for line in rest:
        bands[bisect_left(heights, -line.middle)].append(line)
    ordered: list[TextLine] = []
    for band, below in zip_longest(bands, edges):
        ordered += from_the_top([line for line in band if line.left < gutter])
        right = [line for line in band if line.left >= gutter]
        ordered += from_the_top([line._replace(left=line.left - shift, right=line.right - shift) for line in right])
        ordered += [below._replace(across=True)] if below else []
    return ordered, True


def _gutter(lines: Sequence[TextLine], width: float) -> float | None:
    """Where the band between two columns of text is, if there is one."""
    step, low, high = width * STEP, MIDDLE[0] * width, MIDDLE[1] * width
    starts = sorted({floor(line.left / step) for line in lines if low < line.left < high})
    if len(lines) < 2 * COLUMN_LINES or not starts:
        return None  # most pages, whose lines need not be sorted to see it
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    for start in starts:
        gutter = start * step - 1
        before, behind = bisect_right(rights, gutter), len(lefts) - bisect_left(lefts, gutter)
        if (
            min(before, behind) >= COLUMN_LINES
            and len(lines) - before - behind <= CROSSING * len(lines)
            and _is_text([line for line in lines if line.right <= gutter])
            and _is_text([line for line in lines if line.left >= gutter])
        ):
            return gutter
    return None


def _is_text(lines: Sequence[TextLine]) -> bool:
    """Whether most lines fill the column, as those of running text do."""
    wide = max(line.right for line in lines) - min(line.left for line in lines)
    return sum(line.right - line.left >= FULL * wide for line in lines) >= FULL_SHARE * len(lines)


def from_the_top(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines from the top down; pieces on one line from the left, joined."""
    return [row[0] if len(row) == 1 else _joined(row) for row in rows_from_the_top(lines)]


def rows_from_the_top(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The pieces of each line from the left, the lines from the top down."""
    ordered = sorted(lines, key=lambda line: (-line.bottom - line.top, line.left))
    rows: list[list[TextLine]] = []
    for line in ordered:
        if rows and on_one_line(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row if len(row) == 1 else sorted(row, key=lambda line: line.left) for row in rows]


def on_one_line(line: TextLine, other: TextLine) -> bool:
    """Whether two pieces stand on one line."""
    if line.bottom >= other.top:
        return False
    shared = min(line.top, other.top) - max(line.bottom, other.bottom)
    return shared > SAME_LINE * min(line.top - line.bottom, other.top - other.bottom)


def _joined(row: Sequence[TextLine]) -> TextLine:
    """Pieces of one line as one; those that lie over each other stay as they come."""
    text = row[0].text
    for before, line in pairwise(row):
        text += ("" if _is_close(before, line) else " ") + line.text
    return row[0]._replace(
        text=text,
        bottom=min(line.bottom for line in row),
        right=max(line.right for line in row),
        top=max(line.top for line in row),
        em=median(line.em for line in row),
        gaps=sum(line.left - before.right > WIDE_GAP * line.em for before, line in pairwise(row)),
        tag=row[0].tag if all(line.tag == row[0].tag for line in row) else None,
    )


def _is_close(before: TextLine, line: TextLine) -> bool:
    """Whether the gap is that of the typesetter between hanzi and digits: pdfium breaks a line there where the font
    changes, and 第 8 批 stands in three pieces."""
    beside = CJK.match(before.text[-1:]) or CJK.match(line.text[:1])
    return bool(beside) and line.left - before.right < TYPESETTING_GAP * max(before.em, line.em)
