"""Ink on a scanned page that no recognised words cover: lines that the engine did not find. Of a table of contents it
found six lines of eleven, and the others where it was shown these alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageDraw

from policylib.readers.page_lines import TextLine
from policylib.readers.red_ink import Area
from policylib.readers.scan_lines import Sheet
from policylib.readers.scan_rules import shade_of

BESIDE = 40  # pixels on each side, with whose mean a pixel is compared: bars are dark to their middle
DARKER = 60  # than what is around it: type; grain and the other side of thin paper are paler
RULE = re.compile(rb"\xff{40,}")  # a straight run longer than the strokes of a text: rules, underlines, edges of photos
STEP = 4  # pixels of a cell; between the lines of a page are at least seven
FILLED = 0.25  # of a cell
HIGH = 3  # cells of a character: the dots of contents, and dashes, are less high
ASIDE = 6  # cells from one character to the next
HEIGHT = (12, 60)  # pixels of a line: the smallest type has 13; pictures and seals have more
WIDE = 1.25  # times its height: (1) has 1.4, a single hanzi 1.1; a single mark is as often a speck
DENSE = (0.3, 0.95)  # of its cells that have ink: scratches have few, bars and photos nearly all
AROUND = 0.35  # of their height, by which strokes reach out of the boxes of words
EDGE = 0.03  # of the page, where scanners leave shadows and where holes were punched
MARGIN = 10  # pixels around a line that is shown alone

Cell = tuple[int, int]


def unread_areas(black: Image.Image, lines: Iterable[TextLine], slope: float, sheet: Sheet) -> list[Area]:
    """Where, on the page set straight, there is ink like a line of type and none of these lines; from the top down.
    `black`: the page without red ink."""
    ink = shade_of(black, slope, BESIDE).point([255 * (value > DARKER) for value in range(256)])
    for _ in "level", "upright":
        ink = _without_rules(ink).transpose(Image.Transpose.TRANSPOSE)
    draw = ImageDraw.Draw(ink)
    for line in lines:
        around = AROUND * (line.top - line.bottom)
        left, right = line.left - around, line.right + around
        top, bottom = line.top + around / 2, line.bottom - around / 2
        draw.rectangle(
            (
                left / sheet.scale,
                ink.height - top / sheet.scale,
                right / sheet.scale,
                ink.height - bottom / sheet.scale,
            ),
            fill=0,
        )
    return sorted(_areas(ink), key=lambda area: (area.top, area.left))


def shown_alone(black: Image.Image, areas: Iterable[Area], slope: float) -> Image.Image:
    """The page set straight with nothing on it but these areas."""
    straight = black.rotate(math.degrees(slope), Image.Resampling.BILINEAR, fillcolor="white") if slope else black
    page = Image.new(black.mode, black.size, "white")
    for area in areas:
        left, top = max(area.left - MARGIN, 0), max(area.top - MARGIN, 0)
        page.paste(straight.crop((left, top, area.right + MARGIN, area.bottom + MARGIN)), (left, top))
    return page


def _without_rules(ink: Image.Image) -> Image.Image:
    """The ink without straight level runs."""
    data, width = ink.tobytes(), ink.width
    rows = (data[start : start + width] for start in range(0, len(data), width))
    return Image.frombytes("L", ink.size, b"".join(RULE.sub(_blank, row) for row in rows))


def _blank(run: re.Match[bytes]) -> bytes:
    return bytes(len(run[0]))


def _areas(ink: Image.Image) -> Iterator[Area]:
    """The lines of type in some ink."""
    small = ink.reduce(STEP)
    width, data = small.width, small.tobytes()
    cells = {divmod(place, width) for place, value in enumerate(data) if value > 255 * FILLED}
    high = {cell for part in _parts(cells, 1) if _extent(row for row, _ in part)[2] >= HIGH for cell in part}
    for part in _parts(high, ASIDE):
        top, bottom, rows = _extent(row for row, _ in part)
        left, right, columns = _extent(column for _, column in part)
        area = Area(left * STEP, top * STEP, right * STEP, bottom * STEP, seal=False)
        if DENSE[0] <= len(part) / (rows * columns) <= DENSE[1] and _is_line(area, ink.width):
            yield area


def _extent(places: Iterable[int]) -> tuple[int, int, int]:
    """The first place, the one behind the last, and how many between them."""
    found = list(places)
    first, last = min(found), max(found) + 1
    return first, last, last - first


def _is_line(area: Area, width: int) -> bool:
    height = area.bottom - area.top
    within = EDGE * width < area.left and area.right < (1 - EDGE) * width
    return within and HEIGHT[0] <= height <= HEIGHT[1] and area.right - area.left >= WIDE * height


def _parts(cells: set[Cell], aside: int) -> Sequence[list[Cell]]:
    """The cells, those together that touch, or that have so many columns at most from one to the next."""
    cells, parts = set(cells), []
    while cells:
        part = [cells.pop()]
        for row, column in part:
            near = {(row + down, column + right) for down in (-1, 0, 1) for right in range(-aside, aside + 1)} & cells
            cells -= near
            part.extend(near)
        parts.append(part)
    return parts
