"""Ruled lines in the picture of a page: the level and upright edges of its tables, for `pdf_grid` to make nets of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from PIL import Image, ImageChops, ImageFilter

from policylib.readers.page_lines import TextLine
from policylib.readers.pdf_grid import Edge, Net, nets_of
from policylib.readers.scan_lines import Sheet

AROUND = 12  # pixels on each side, with whose mean a pixel is compared: the shade of a photo is no line
DARKER = 25  # than what is around it; thin lines come out grey when a page is made smaller
LONG = 60  # pixels of a level line, three hanzi; the longest stroke of a title has 45
HIGH = 24  # pixels of an upright line, a row of the smallest type
THICK = 8  # pixels; what is thicker is the edge of a photo or a picture
PART = 0.25  # of the longest run of a line, which others of it have that leans
TOUCH = 6  # pixels by which a wall may stop short of the line that it stands on
STROKE = 0.3  # of the height of words, by which a stroke that runs into a line may be longer than they are high
CORE = 0.2  # of the height of words at either edge, where a line below or above them may be
WALLS = 3  # that end side by side, two of them at the sides of a table
MOST = 4_000  # runs of dark pixels on a page and way; more are a picture, a dense table has half as many

FAINT = 8  # darker than beside it, a line that others of its table lead one to expect
BESIDE = 4  # pixels beside such a line; the words of its cells are further off
PARTS, ENOUGH = 8, 6  # of the stretch, in which the line must be seen; letters that lie there cover one or two
MOST_LOOKS = 2_000  # for faint lines on a page; each costs some 20 μs

Run = tuple[int, int]


@dataclass(slots=True)
class _Bar:
    """Dark runs of neighbouring rows that lie over each other, from `low` to `high`: the last of those rows, the
    longest run, how many pixels they have, and the sum of them times their rows."""

    row: int
    low: int
    high: int
    longest: int = 0
    pixels: int = 0
    moment: int = 0

    def add(self, row: int, low: int, high: int) -> None:
        self.row, self.low, self.high = row, min(self.low, low), max(self.high, high)
        self.longest = max(self.longest, high - low)
        self.pixels += high - low
        self.moment += (high - low) * row

    @property
    def middle(self) -> float:
        return self.moment / self.pixels + 0.5

    @property
    def is_thin(self) -> bool:
        return self.pixels < THICK * self.longest


def rules_of(image: Image.Image, slope: float, sheet: Sheet, words: Sequence[TextLine]) -> list[Edge]:
    """The lines of tables in points from the lower left, as if the page stood straight: it is turned by `slope`.

    An upright line counts only where it stands between level ones, which strokes of large characters do not; where the
    words of a cell touch its lines, strokes do, and are told by lying within the words.
    """
    shade = shade_of(image, slope)
    dark = _dark(shade)
    levels = list(_bars(dark, LONG))
    uprights = [bar for bar in _bars(dark.transpose(Image.Transpose.TRANSPOSE), HIGH) if _is_wall(bar, levels)]
    if not uprights:
        return []
    levels.extend(list(_lost_levels(uprights, levels)))
    height, scale = image.height, sheet.scale
    edges = [Edge(False, (height - bar.middle) * scale, bar.low * scale, bar.high * scale) for bar in levels]
    walls = [
        Edge(True, bar.middle * scale, (height - bar.high) * scale, (height - bar.low) * scale) for bar in uprights
    ]
    found = [edge for edge in (*edges, *walls) if not any(_is_stroke(edge, line) for line in words)]
    return [*found, *_faint_lines(found, shade, scale)]


def _faint_lines(edges: Sequence[Edge], shade: Image.Image, scale: float) -> Iterator[Edge]:
    """Stretches of lines that are too faint to be told from grain by themselves, where the rest of the line is seen: of
    a pale line the stretch between two walls is lost as a whole, and the cells above and below it become one."""
    lost = (edge for net in nets_of(edges) for edge in _not_drawn(net))
    return (edge for edge in islice(lost, MOST_LOOKS) if _is_seen(edge, shade, scale))


def _not_drawn(net: Net) -> Iterator[Edge]:
    """The stretches that a net without merged cells would have and this has not."""
    for row, cells in enumerate(net.rows):
        for column, cell in enumerate(cells):
            if row and net.rows[row - 1][column] == cell:
                yield Edge(False, net.ys[row], net.xs[column], net.xs[column + 1])
            if column and cells[column - 1] == cell:
                yield Edge(True, net.xs[column], net.ys[row + 1], net.ys[row])


def _is_seen(edge: Edge, shade: Image.Image, scale: float) -> bool:
    """Whether nearly all along a stretch something thin is darker than what lies on both sides of it."""
    low, high = round(edge.low / scale) + BESIDE, round(edge.high / scale) - BESIDE
    if high - low < PARTS:
        return False
    if edge.upright:
        at = round(edge.at / scale)
        strip = shade.crop((at - BESIDE, shade.height - high, at + BESIDE + 1, shade.height - low))
        strip = strip.transpose(Image.Transpose.TRANSPOSE)
    else:
        at = round(shade.height - edge.at / scale)
        strip = shade.crop((low, at - BESIDE, high, at + BESIDE + 1))
    data = strip.resize((PARTS, strip.height), Image.Resampling.BOX).tobytes()
    return sum(_has_peak(data[part::PARTS]) for part in range(PARTS)) >= ENOUGH


def _has_peak(across: bytes) -> bool:
    return max(across[2:-2]) - max(across[:2] + across[-2:]) >= FAINT


def shade_of(image: Image.Image, slope: float, around: int = AROUND) -> Image.Image:
    """By how much each pixel is darker than what is around it, the page set straight."""
    grey = image.convert("L")
    darker = ImageChops.subtract(grey.filter(ImageFilter.BoxBlur(around)), grey)
    return darker.rotate(math.degrees(slope), resample=Image.Resampling.BILINEAR) if slope else darker


def _dark(shade: Image.Image) -> Image.Image:
    """What is darker than what is around it, as white on black, a little fattened so that lines have no holes."""
    return shade.point([255 * (value > DARKER) for value in range(256)]).filter(ImageFilter.MaxFilter(3))


def _bars(dark: Image.Image, least: int) -> Iterator[_Bar]:
    """The level lines of a picture; none where it has too many."""
    growing: list[_Bar] = []
    seen = 0
    for row, runs in _runs(dark, least):
        seen += len(runs)
        if seen > MOST:
            return
        yield from (bar for bar in growing if bar.row < row - 1 and bar.is_thin)
        growing = [bar for bar in growing if bar.row >= row - 1]
        for low, high in runs:
            bar = next((bar for bar in growing if bar.low < high and low < bar.high), None)
            if bar is not None and high - low < PART * bar.longest:
                continue  # a stroke that touches the line, the ring of a seal
            if bar is None or bar.longest < PART * (high - low):
                growing.append(bar := _Bar(row, low, high))
            bar.add(row, low, high)
    yield from (bar for bar in growing if bar.is_thin)


def _runs(dark: Image.Image, least: int) -> Iterator[tuple[int, list[Run]]]:
    """The rows of a picture that have long runs of white, and those."""
    data, width = dark.tobytes(), dark.width
    wanted = re.compile(rb"\xff{%d,}" % least)
    for row in range(dark.height):
        runs = [match.span() for match in wanted.finditer(data, row * width, (row + 1) * width)]
        if runs:
            yield row, [(low - row * width, high - row * width) for low, high in runs]


def _is_wall(upright: _Bar, levels: Iterable[_Bar]) -> bool:
    """Whether an upright bar meets two level ones and ends on one: the line at its other end may be lost."""
    met = [
        level.middle
        for level in levels
        if level.low - TOUCH <= upright.middle <= level.high + TOUCH
        and upright.low - TOUCH <= level.middle <= upright.high + TOUCH
    ]
    return len(met) >= 2 and (abs(min(met) - upright.low) <= TOUCH or abs(max(met) - upright.high) <= TOUCH)


def _lost_levels(uprights: Sequence[_Bar], levels: Sequence[_Bar]) -> Iterator[_Bar]:
    """The upper and lower lines of tables that were not printed or not seen, where several walls end side by side."""
    for ends in ([(bar.low, bar.middle) for bar in uprights], [(bar.high, bar.middle) for bar in uprights]):
        for group in _side_by_side(sorted(ends)):
            at = round(fmean(end for end, _ in group))
            low, high = min(x for _, x in group), max(x for _, x in group)
            if len(group) >= WALLS and not any(
                abs(bar.middle - at) <= 2 * TOUCH and bar.low < high and low < bar.high for bar in levels
            ):
                yield _Bar(at, round(low), round(high), moment=at, pixels=1)


def _side_by_side(ends: Iterable[tuple[int, float]]) -> Iterator[list[tuple[int, float]]]:
    """The ends of walls, those at one height together."""
    group: list[tuple[int, float]] = []
    for end in ends:
        if group and end[0] - group[-1][0] > TOUCH:
            yield group
            group = []
        group.append(end)
    if group:
        yield group


def _is_stroke(edge: Edge, line: TextLine) -> bool:
    """Whether an edge is no longer than words and runs through them."""
    reach = STROKE * (line.top - line.bottom)
    if edge.upright:
        through = line.left < edge.at < line.right
        return through and line.bottom - reach <= edge.low and edge.high <= line.top + reach
    through = line.bottom + CORE * (line.top - line.bottom) < edge.at < line.top - CORE * (line.top - line.bottom)
    return through and line.left - reach <= edge.low and edge.high <= line.right + reach
