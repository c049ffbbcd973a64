"""Red ink on a scanned page: the head of a paper, which is to be read, and seals, which hide what they are set upon."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops

RED = 60  # by how much red exceeds green and blue; paper that yellowed and the shade of a photo have 40 and less
CELLS = 140  # to the short side of a page: a cell of 1.5 mm, so that the characters of a line touch
WHITE = 180  # of the red channel; the ink of seals has 190 and more, and would stand in the background as a grey shade
FILLED = 0.04  # of a cell
SPECK = 4  # cells
REACH = range(-2, 3)  # cells: words upon a seal cut its ring
RULE = 40  # times its height that the red line below a head is wide
TALL = 0.13  # of the page's width; the largest characters of a head have 0.1, seals 0.2
SQUARE = (0.6, 1.67)  # width to height: round and oval seals
WIDE = 0.3  # of the page's width; a head on several lines is wider than any seal
HEAD = 0.4  # of the page's height, below which no head stands; several seals side by side do

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """Ink that hangs together, in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    seal: bool

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def flat(self) -> bool:
        return self.right - self.left > RULE * (self.bottom - self.top)

    @property
    def round(self) -> bool:
        return SQUARE[0] < (self.right - self.left) / (self.bottom - self.top) < SQUARE[1]

    def is_within(self, other: Area) -> bool:
        return other.holds((self.left + self.right) / 2, (self.top + self.bottom) / 2)


def without_red(image: Image.Image) -> Image.Image:
    """The page as its red channel shows it: red ink is as white as paper, and what it covers is dark."""
    red = image.convert("RGB").getchannel("R")
    return red.point([min(value * 255 // WHITE, 255) for value in range(256)])


def red_areas(image: Image.Image) -> list[Area]:
    """Where red ink is, from the top down; neither lines nor what is within a seal."""
    red, green, blue = image.convert("RGB").split()
    excess = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    areas = areas_of(excess.point([255 * (value > RED) for value in range(256)]))
    seals = [area for area in areas if area.seal]
    heads = [area for area in areas if not (area.seal or area.flat or any(map(area.is_within, seals)))]
    return sorted(seals + heads, key=lambda area: area.top)


def areas_of(ink: Image.Image) -> list[Area]:
    """The areas of some ink, which is white on black, in no order."""
    step = max(min(ink.size) // CELLS, 1)
    small = ink.reduce(step)
    width, data = small.width, small.tobytes()
    cells = {divmod(place, width) for place, value in enumerate(data) if value > 255 * FILLED}
    return [_area(part, step, ink.size) for part in _parts(cells) if len(part) >= SPECK]


def _parts(cells: set[Cell]) -> list[list[Cell]]:
    """The cells, those that touch together."""
    parts = []
    while cells:
        part = [cells.pop()]
        for row, column in part:
            near = {(row + down, column + right) for down in REACH for right in REACH} & cells
            cells -= near
            part.extend(near)
        parts.append(part)
    return parts


def _area(part: list[Cell], step: int, size: tuple[int, int]) -> Area:
    rows, columns = [row for row, _ in part], [column for _, column in part]
    left, top = min(columns) * step, min(rows) * step
    right, bottom = (max(columns) + 1) * step, (max(rows) + 1) * step
    return Area(left, top, right, bottom, _is_seal(right - left, bottom - top, top, size))


def _is_seal(width: int, height: int, top: int, size: tuple[int, int]) -> bool:
    if min(width, height) < TALL * min(size):
        return False
    round_ = SQUARE[0] < width / height < SQUARE[1] and width < WIDE * size[0]
    return round_ or top > HEAD * size[1]
