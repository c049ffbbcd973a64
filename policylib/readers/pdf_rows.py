"""Rows of a table that rules its columns but not its rows, by the numbers down its columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from policylib.readers.page_lines import TextLine
from policylib.readers.pdf_columns import on_one_line

LEAST_SERIALS = 3  # the number 12 in a narrow cell is two lines, 1 and 2
FIGURE = re.compile(r"[¥￥]?\d[\d,]*(?:\.\d+)?%?")
EQUAL = 0.5  # points by which distances that are one may differ
MOST_SERIAL = 999  # larger ones are years
NUMBERED_SHARE = 0.5  # of the lines of the column are numbers; the others are heads (序号) and sums (小计, 合计)

Column = Sequence[TextLine]
"""The lines in one cell of a ruled row, from the top down."""


def serials(columns: Sequence[Column]) -> Column:
    """The first column that counts its lines (1, 2, 3), with the heads and sums in it; empty where none does."""
    for column in columns:
        numbers = [int(text) for line in column if (text := line.text.strip(" .、()（）")).isdecimal()]
        counts = all(after == before + 1 for before, after in pairwise(numbers))
        enough = max(LEAST_SERIALS, NUMBERED_SHARE * len(column))
        if counts and len(numbers) >= enough and numbers[-1] <= MOST_SERIAL:
            return column
    return ()


def figures(columns: Sequence[Column]) -> Column:
    """The first column with figures one below the other that stand beside figures of another column: each line of both
    is of a row (金额, 10000.00, ¥10000.00 beside 税额, 600.00, ¥600.00). Empty where there is none."""
    counted = [[line for line in column if FIGURE.fullmatch(line.text.strip())] for column in columns]
    for place, own in enumerate(counted):
        for others in counted[place + 1 :]:
            if len(own) >= 2 and len(own) == len(others) and all(map(on_one_line, own, others)):
                return columns[place]
    return ()


def rows_beside(numbers: Column, columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """The lines of each column beside each number; nothing where that is not certain.

    What belongs to a number begins on its line, and nothing stands above the first one. Further lines of a title follow
    closer than the next row, or they might be the first lines of that row, whose number stands at its middle.
    """
    parts = [_parts(numbers, column) for column in columns]
    if not all(parts):
        return []
    return list(zip(*parts, strict=True))


def _parts(numbers: Column, column: Column) -> list[Column]:
    heights = [-number.middle for number in numbers]
    parts: list[list[TextLine]] = [[] for _ in numbers]
    within, between = 0.0, inf
    last: TextLine | None = None
    for line in column:
        above = bisect_right(heights, -line.middle) - 1
        near = range(max(above, 0), min(above + 2, len(numbers)))
        beside = next((place for place in near if on_one_line(numbers[place], line)), None)
        place = above if beside is None else beside
        if place < 0 or (beside is None and not parts[place]):
            return []
        distance = last.middle - line.middle if last else inf
        if parts[place]:
            within = max(within, distance)
        else:
            between = min(between, distance)
        parts[place].append(line)
        last = line
    return [*parts] if within < between - EQUAL else []
