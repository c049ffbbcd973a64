"""Ruled tables from the lines that a PDF page draws: a grid of edges, and cells where edges enclose them.

pdfium tells each drawn path; tables that it draws as one net of lines are read here, some twenty times as fast as by
pdfplumber, which is asked only where the net has holes (`Net.clean`).
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import pypdfium2.raw as pdfium

from policylib.readers.pdf_calls import (
    Address,
    address_of,
    matrix_of,
    object_type,
    page_object,
    path_segment,
    segment_closes,
    segment_point,
    segment_type,
    segments_of,
)

TEXT, PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
MOVE, LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO
NEAR = 3.0  # points within which two lines are one: borders are drawn twice, or as thin rectangles
SHORT = 4.0  # points; shorter lines are dots, ticks and the thickness of borders
MARGIN = 3.0  # points by which an edge may stop short of the corner of its cell
SAME = 1.0  # points within which two stretches are one line: a border is often drawn cell by cell
MAX_CELLS = 20_000  # of one net; a page of the smallest type has 4,000
MAX_TOUCHES = 10 * MAX_CELLS  # of lines of one page; more are a drawing, and each costs a look


@dataclass(frozen=True, slots=True)
class Edge:
    """A line, upright or level: it stands at `at`, and runs from `low` to `high` on the other axis."""

    upright: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Net:
    """A table's lines. `rows[i][j]` is the number of the cell that covers row i and column j, from the upper left."""

    xs: tuple[float, ...]  # from the left
    ys: tuple[float, ...]  # from the top
    rows: tuple[tuple[int, ...], ...]
    clean: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]


def edges_of(page: object, most: int) -> list[Edge] | None:
    """The level and upright lines that a page draws; None where it draws more than `most`, or draws them inside forms,
    whose places are not those of the page."""
    found: list[Edge] = []
    places = range(pdfium.FPDFPage_CountObjects(page))
    things = list(map(page_object(), repeat(address_of(page)), places))
    for place, thing, kind in zip(places, things, map(object_type(), things), strict=True):
        if kind == TEXT:
            continue  # most are, and nothing else is asked of them
        if kind == pdfium.FPDF_PAGEOBJ_FORM and _draws(pdfium.FPDFPage_GetObject(page, place)):
            return None
        if kind == PATH:
            found.extend(_edges(Address(thing), most - len(found)))
            if len(found) >= most:
                return None
    return found


def _draws(form: object) -> bool:
    """Whether a form holds paths."""
    count = pdfium.FPDFFormObj_CountObjects(form)
    things = (pdfium.FPDFFormObj_GetObject(form, place) for place in range(min(count, 1000)))
    return any(pdfium.FPDFPageObj_GetType(thing) == PATH for thing in things)


def _edges(path: Address, most: int) -> Iterator[Edge]:
    matrix = pdfium.FS_MATRIX()
    matrix_of()(path, ctypes.byref(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    segment_at, point_of, kind_of, closes = path_segment(), segment_point(), segment_type(), segment_closes()
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    start = last = (0.0, 0.0)
    for place in range(min(segments_of()(path), most)):
        segment = segment_at(path, place)
        point_of(segment, to_x, to_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = kind_of(segment)
        if kind == MOVE:
            start = point
        elif kind == LINE:
            yield from edges_between(last, point)
        last = point
        if closes(segment):
            yield from edges_between(last, start)
            last = start


def edges_between(first: tuple[float, float], second: tuple[float, float]) -> Iterator[Edge]:
    """The edge that a line from one point to another makes; none where it leans or is short."""
    wide, high = abs(first[0] - second[0]), abs(first[1] - second[1])
    if wide <= 1 and high >= SHORT:
        yield Edge(True, (first[0] + second[0]) / 2, min(first[1], second[1]), max(first[1], second[1]))
    elif high <= 1 and wide >= SHORT:
        yield Edge(False, (first[1] + second[1]) / 2, min(first[0], second[0]), max(first[0], second[0]))


def nets_of(edges: Sequence[Edge]) -> list[Net]:
    """The nets of at least two columns, from the top down."""
    nets = [net for group in _touching(_whole(edges)) if (net := _net(group))]
    return sorted(nets, key=lambda net: (-net.ys[0], net.xs[0]))


def _whole(edges: Sequence[Edge]) -> list[Edge]:
    """The edges, those that are stretches of one line put together."""
    found = []
    for upright in (True, False):
        own = sorted((edge for edge in edges if edge.upright == upright), key=lambda edge: edge.at)
        begin = 0
        for place in range(1, len(own) + 1):
            if place == len(own) or own[place].at - own[place - 1].at > SAME:
                group = own[begin:place]
                at = sum(edge.at for edge in group) / len(group)
                stretches = _merged(sorted((edge.low, edge.high) for edge in group))
                found += [Edge(upright, at, low, high) for low, high in stretches]
                begin = place
    return found


def _touching(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges in groups that touch each other; none for a drawing of very many lines. Found by sweeping over the
    lines from the left, so that a page of many lines costs little."""
    parent = list(range(len(edges)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    level = [place for place, edge in enumerate(edges) if not edge.upright]
    level.sort(key=lambda place: edges[place].low)
    upright = sorted((place for place, edge in enumerate(edges) if edge.upright), key=lambda place: edges[place].at)
    running: list[int] = []
    begun = looks = 0
    for place in upright:
        edge = edges[place]
        while begun < len(level) and edges[level[begun]].low <= edge.at + MARGIN:
            running.append(level[begun])
            begun += 1
        looks += len(running)
        if looks > MAX_TOUCHES:
            return []
        running = [other for other in running if edges[other].high >= edge.at - MARGIN]
        for other in running:
            if edge.low - MARGIN <= edges[other].at <= edge.high + MARGIN:
                parent[root(other)] = root(place)
    groups: dict[int, list[Edge]] = {}
    for place, edge in enumerate(edges):
        groups.setdefault(root(place), []).append(edge)
    return list(groups.values())


def _net(edges: Sequence[Edge]) -> Net | None:
    levels = [edge for edge in edges if not edge.upright]
    sides = (min((edge.low for edge in levels), default=0.0), max((edge.high for edge in levels), default=0.0))
    xs = _places([*(edge.at for edge in edges if edge.upright), *sides])  # tables may be open at the sides
    rising = _places(edge.at for edge in edges if not edge.upright)
    ys = rising[::-1]
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MAX_CELLS:
        return None
    walls = _drawn(edges, True, xs)
    floors = _drawn(edges, False, rising)[::-1]
    cells = _Cells(len(ys) - 1, len(xs) - 1)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if column and not _covers(walls[column], ys[row + 1], ys[row]):
                cells.join((row, column - 1), (row, column))
            if row and not _covers(floors[row], xs[column], xs[column + 1]):
                cells.join((row - 1, column), (row, column))
    return Net(tuple(xs), tuple(ys), cells.rows(), cells.are_boxes())


def _places(values: Iterable[float]) -> list[float]:
    """The values, those that are near each other as one, in order."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _drawn(edges: Sequence[Edge], upright: bool, places: Sequence[float]) -> list[list[tuple[float, float]]]:
    """For each line of the net, in rising order, the stretches of it that are drawn, those that touch as one."""
    stretches: list[list[tuple[float, float]]] = [[] for _ in places]
    for edge in edges:
        if edge.upright == upright:
            above = bisect_left(places, edge.at)
            beside = range(max(above - 1, 0), min(above + 1, len(places)))
            nearest = min(beside, key=lambda place: abs(places[place] - edge.at))
            stretches[nearest].append((edge.low, edge.high))
    return [_merged(sorted(found)) for found in stretches]


def _merged(stretches: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for low, high in stretches:
        if merged and low <= merged[-1][1] + MARGIN:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _covers(stretches: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    place = bisect_right(stretches, low + MARGIN, key=lambda stretch: stretch[0]) - 1
    return place >= 0 and stretches[place][1] >= high - MARGIN


class _Cells:
    """The cells of a net while those without a wall between them grow together."""

    def __init__(self, rows: int, columns: int) -> None:
        self.size = (rows, columns)
        self.parent = list(range(rows * columns))

    def _root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = (row * self.size[1] + column for row, column in (one, other))
        self.parent[self._root(second)] = self._root(first)

    def rows(self) -> tuple[tuple[int, ...], ...]:
        rows, columns = self.size
        return tuple(tuple(self._root(row * columns + column) for column in range(columns)) for row in range(rows))

    def are_boxes(self) -> bool:
        """Whether every cell is a rectangle."""
        spans: dict[int, list[int]] = {}
        for row, cells in enumerate(self.rows()):
            for column, cell in enumerate(cells):
                span = spans.setdefault(cell, [row, row, column, column, 0])
                span[0], span[1] = min(span[0], row), max(span[1], row)
                span[2], span[3] = min(span[2], column), max(span[3], column)
                span[4] += 1
        return all(
            (bottom - top + 1) * (right - left + 1) == count for top, bottom, left, right, count in spans.values()
        )
