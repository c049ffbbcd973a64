"""Lines of a page in the order in which one reads: from the top down, two columns one after the other.

A PDF draws in any order: Word draws the red head of a paper, a text box, behind the last line of its page; gazettes
draw two columns row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from policylib.readers.pdf_layout import CJK, SAME_LINE, TYPESETTING_GAP, TextLine

COLUMN_LINES = 8  # on each side; a signature beside a date has two, a form has a few
FULL = 0.85  # of the column's width
FULL_SHARE = 0.5  # of the lines of a column are full, those of a table or a list are not
CROSSING = 0.2  # of the lines may run over the gutter: titles
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
    ordered: list[TextLine] = []
    for above, below in pairwise([None, *edges, None]):
        band = [line for line in rest if _between(line, above, below)]
        ordered += from_the_top([line for line in band if line.left < gutter])
        right = [line for line in band if line.left >= gutter]
        ordered += from_the_top([replace(line, left=line.left - shift, right=line.right - shift) for line in right])
        ordered += [below] if below else []
    return ordered, True


def _between(line: TextLine, above: TextLine | None, below: TextLine | None) -> bool:
    return (above is None or line.middle < above.middle) and (below is None or line.middle >= below.middle)


def _gutter(lines: Sequence[TextLine], width: float) -> float | None:
    """Where the band between two columns of text is, if there is one."""
    starts = sorted({line.left for line in lines if MIDDLE[0] * width < line.left < MIDDLE[1] * width})
    for start in starts:
        gutter = start - 1
        left = [line for line in lines if line.right <= gutter]
        right = [line for line in lines if line.left >= gutter]
        crossing = len(lines) - len(left) - len(right)
        if (
            min(len(left), len(right)) >= COLUMN_LINES
            and crossing <= CROSSING * len(lines)
            and _is_text(left)
            and _is_text(right)
        ):
            return gutter
    return None


def _is_text(lines: Sequence[TextLine]) -> bool:
    """Whether most lines fill the column, as those of running text do."""
    wide = max(line.right for line in lines) - min(line.left for line in lines)
    return sum(line.right - line.left >= FULL * wide for line in lines) >= FULL_SHARE * len(lines)


def from_the_top(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines from the top down; pieces on one line from the left, joined."""
    ordered = sorted(lines, key=lambda line: (-line.middle, line.left))
    rows: list[list[TextLine]] = []
    for line in ordered:
        if rows and _on_one_line(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _on_one_line(line: TextLine, other: TextLine) -> bool:
    shared = min(line.top, other.top) - max(line.bottom, other.bottom)
    return shared > SAME_LINE * min(line.top - line.bottom, other.top - other.bottom)


def _joined(row: Sequence[TextLine]) -> TextLine:
    """Pieces of one line as one; those that lie over each other stay as they come."""
    if len(row) == 1:
        return row[0]
    text = row[0].text
    for before, line in pairwise(row):
        text += ("" if _is_close(before, line) else " ") + line.text
    return replace(
        row[0],
        text=text,
        bottom=min(line.bottom for line in row),
        right=max(line.right for line in row),
        top=max(line.top for line in row),
        em=median(line.em for line in row),
    )


def _is_close(before: TextLine, line: TextLine) -> bool:
    """Whether the gap is that of the typesetter between hanzi and digits: pdfium breaks a line there where the font
    changes, and 第 8 批 stands in three pieces."""
    beside = CJK.match(before.text[-1:]) or CJK.match(line.text[:1])
    return bool(beside) and line.left - before.right < TYPESETTING_GAP * max(before.em, line.em)
