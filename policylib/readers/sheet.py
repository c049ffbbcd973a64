"""Sheets of a workbook as lines, the same for every spreadsheet format: titles are paragraphs, the rest are rows.

A cell merged sideways stands in its first column, one merged down in every row that it covers, as in Word tables.
Only what is filled costs anything: a sheet whose one cell is its last (XFD1048576) is small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from policylib.errors import DamagedFile, MissingDependency, TooLarge
from policylib.model.document import Problem
from policylib.readers.columns import own_cells
from policylib.readers.guard import Limits
from policylib.readers.layout import Line, clean

HIDDEN = Problem("HIDDEN_TEXT", "工作簿含隐藏的工作表、行或列，未读入正文")
Place = tuple[int, int]
"""Row and column; both count up, from whatever the format begins with."""


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells: first and last row, first and last column."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet: its filled cells as they are shown, and what is merged or hidden."""

    name: str = ""
    cells: dict[Place, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def hides(self) -> bool:
        """Whether something that is filled is hidden."""
        return any(row in self.hidden_rows or column in self.hidden_columns for row, column in self.cells)


_GIVEN = re.compile(r"(?:Sheet|工作表) ?\d*", re.IGNORECASE)
"""The name that a program gives to a sheet, which is no text of the paper: Sheet1, 工作表1."""


def sheet_lines(sheets: Sequence[Sheet], path: str, limits: Limits) -> Iterator[Line]:
    """The lines of the sheets that have any, each under its name where there are several and a person
    named it. Raises TooLarge."""
    filled = [sheet for sheet in sheets if any(clean(text) for text in sheet.cells.values())]
    left = limits.sheet_cells
    for sheet in filled:
        grid = _Grid.of(sheet)
        left -= grid.size
        if left < 0:
            raise too_many_cells(path, limits)
        if len(filled) > 1 and not _GIVEN.fullmatch(sheet.name.strip()):
            yield Line("heading", sheet.name)
        yield from grid.lines()


def row_lines(rows: Iterable[Sequence[str | None]]) -> Iterator[Line]:
    """Rows as lines: one in which a single cell is filled is a title or a remark, hence a paragraph."""
    for row in rows:
        filled = [cell for cell in own_cells(row) if clean(cell)]
        if len(filled) == 1:
            yield from (Line("paragraph", part) for part in filled[0].splitlines())
        elif filled:
            yield Line("row", cells=tuple(row))


def sheets_package(name: str, path: str) -> ModuleType:
    """A package of the extra `sheets`. Raises MissingDependency."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingDependency(
            f"{path}：读取 Excel 表格需要另装组件 {name}", '请运行 pip install "policylib[sheets]"'
        ) from error


def no_workbook(path: str) -> DamagedFile:
    """The error of a file that is no whole workbook."""
    return DamagedFile(f"{path}：不是完整的 Excel 工作簿", "请重新下载，或用 WPS、Excel 打开后另存")


def too_many_cells(path: str, limits: Limits) -> TooLarge:
    """The error of a table that would fill the memory."""
    return TooLarge(f"{path}：表格的单元格多于安全上限 {limits.sheet_cells} 个", "请删去空行空列，或拆分后再读")


@dataclass(frozen=True, slots=True)
class _Grid:
    """What is seen of a sheet: its rows and columns that hold something, and the merged areas by their first column."""

    cells: dict[Place, str]
    rows: list[int]
    columns: list[int]
    merged: dict[int, list[Area]]

    @classmethod
    def of(cls, sheet: Sheet) -> _Grid:
        filled = [place for place, text in sheet.cells.items() if clean(text)]
        rows = sorted({row for row, _ in filled} - sheet.hidden_rows)
        columns = {column for _, column in filled}
        after: dict[int, int] = {}  # a hidden column and the next one that is seen
        for column in sorted(sheet.hidden_columns, reverse=True):
            after[column] = after.get(column + 1, column + 1)
        merged: dict[int, list[Area]] = {}
        for area in sheet.merged:
            seen = after.get(area.left, area.left)
            if seen <= area.right and sheet.cells.get((area.top, area.left)):
                columns.add(seen)
                merged.setdefault(seen, []).append(area)
        for areas in merged.values():
            areas.sort(key=lambda area: (area.top, area.left))
        return cls(sheet.cells, rows, sorted(columns - sheet.hidden_columns), merged)

    @property
    def size(self) -> int:
        return len(self.rows) * len(self.columns)

    def lines(self) -> Iterator[Line]:
        place = dict.fromkeys(self.merged, 0)
        for row in self.rows:
            yield from row_lines([list(self._row(row, place))])

    def _row(self, row: int, place: dict[int, int]) -> Iterator[str | None]:
        """The cells of a row, None where one covers the column; `place` remembers how far each column has come in its
        areas."""
        covered = -1
        for column in self.columns:
            areas = self.merged.get(column, ())
            while areas and place[column] < len(areas) and areas[place[column]].bottom < row:
                place[column] += 1
            area = areas[place[column]] if areas and place[column] < len(areas) else None
            if column <= covered:
                yield None
            elif area is not None and area.top <= row:
                covered = area.right
                yield self.cells[area.top, area.left]
            else:
                yield self.cells.get((row, column), "")
