"""The cells of a table in columns: the third cell of every row is of the third column, however cells are merged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MOST_COLUMNS: Final = 63
"""Of a table whose cells are put in columns; Word has no more. A small file could ask for millions of empty cells."""

Cells = tuple[str | None, ...]
"""The cells of a row by their columns. None: another cell, which is merged sideways, covers the column."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell, and where it begins and ends from the left, in whatever its format counts: columns, twips, points."""

    left: float
    right: float
    text: str


def own_cells(cells: Iterable[str | None]) -> tuple[str, ...]:
    """The cells that a row has, without the columns that they cover: 合计, None, 2件 gives 合计, 2件."""
    return tuple(cell for cell in cells if cell is not None)


def in_columns(rows: Sequence[Sequence[Placed]]) -> list[Cells]:
    """The rows of a table by its columns, which are those of its fullest row.

        序号 | 文件      | 结果        序号 | 文件 | None | 结果
        1    | 名称 | 文号 | 废止       1    | 名称 | 文号 | 废止

    A row that has as many cells as the fullest one has them in this order, wherever they begin: people drag borders,
    and paste tables of other widths below. The cells of another row go to the nearest columns of the last full row
    above it, or else of the next one below.
    """
    most = max(map(len, rows), default=0)
    if most > MOST_COLUMNS:
        return [tuple(cell.text for cell in row) for row in rows]
    full = next((row for row in rows if len(row) == most), ())
    found: list[Cells] = []
    for row in rows:
        if len(row) == most:
            full = row
            found.append(tuple(cell.text for cell in row))
        else:
            found.append(_placed(row, [cell.left for cell in full]))
    return found


def _placed(row: Sequence[Placed], columns: Sequence[float]) -> Cells:
    cells: list[str | None] = []
    for place, cell in enumerate(row):
        last = len(columns) - (len(row) - place)  # the cells behind need columns too
        column = min(max(_nearest(columns, cell.left), len(cells)), last)
        cells += [None] * (column - len(cells))
        cells.append(cell.text)
    end = max((cell.right for cell in row), default=0.0)
    covered = bisect_left(columns, end) - len(cells)
    return (*cells, *[None] * covered)


def _nearest(columns: Sequence[float], left: float) -> int:
    behind = bisect_left(columns, left)
    beside = range(max(behind - 1, 0), min(behind + 1, len(columns)))
    return min(beside, key=lambda place: abs(columns[place] - left))
