"""Recognised words put together to printed lines: set straight, measured in points, joined where they touch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from policylib.readers.ocr import Piece, Point
from policylib.readers.page_lines import CJK, HANZI, SAME_LINE, Glyph, TextLine, join
from policylib.readers.pdf_columns import from_the_top
from policylib.readers.scan_marks import as_printed

LONG = 5  # times its height that a piece must be wide to show how a page is turned
NARROW = 0.55  # ems: digits, Latin letters and the marks among them
PADDING = 0.3  # of the height, by which boxes are wider than their words
SAME_SIZE = 0.16  # by which sizes differ that are one: boxes fit the words loosely
TOUCHING = 1.6  # ems between pieces of one line; with more between them they are lines of their own, as in columns
CELLS, ROWS = 3, 2  # pieces apart on one line, on so many lines: no running text has them


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of a picture in pixels, and its width in points."""

    pixels: tuple[int, int]
    width: float

    @property
    def scale(self) -> float:
        return self.width / self.pixels[0]


def slope_of(pieces: Sequence[Piece]) -> float:
    """By how much a page is turned clockwise, in radians: that of its long lines."""
    slopes = []
    for piece in pieces:
        first, second, third, _ = piece.corners
        if math.dist(first, second) > LONG * math.dist(second, third):
            slopes.append(math.atan2(second[1] - first[1], second[0] - first[0]))
    return median(slopes) if slopes else 0.0


def piece_lines(pieces: Sequence[Piece], sheet: Sheet, page: int, straight: Sequence[Piece] = ()) -> list[TextLine]:
    """Each piece as a line of its own, in the place and the size that it has on the page. `straight`: pieces from the
    page when it was set straight."""
    slope = slope_of(pieces)
    turned = [*((piece, slope) for piece in pieces), *((piece, 0.0) for piece in straight)]
    return _of_one_size(
        [_line(replace(piece, text=as_printed(piece.text)), turn, sheet, page) for piece, turn in turned]
    )


def printed_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """The printed lines of a page, from the top down, pieces joined where they touch."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (-line.middle, line.left)):
        row = next((row for row in reversed(rows[-3:]) if _in_row(row[-1], line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    joined = [line for row in rows for line in _joined(sorted(row, key=lambda line: line.left))]
    return [line._replace(text=as_printed(line.text)) for line in joined]


def spread(line: TextLine) -> Iterator[Glyph]:
    """The characters of a piece of which the engine does not tell where they are, spread over it."""
    step = (line.right - line.left) / max(sum(map(_width, line.text)), 1)
    left = line.left
    for character in line.text:
        right = left + _width(character) * step
        yield Glyph(character, left, line.bottom, right, line.top, generated=character == " ")
        left = right


def looks_tabular(lines: Sequence[TextLine]) -> bool:
    """Whether some lines of a page stand in several columns, as those of a table do."""
    rows: list[list[TextLine]] = []
    for line in lines:
        if rows and _in_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return sum(len(row) >= CELLS for row in rows) >= ROWS


def _line(piece: Piece, slope: float, sheet: Sheet, page: int) -> TextLine:
    first, second, third, fourth = (_turned(corner, slope, sheet) for corner in piece.corners)
    left, right = (first[0] + fourth[0]) / 2, (second[0] + third[0]) / 2
    top, bottom = (first[1] + second[1]) / 2, (third[1] + fourth[1]) / 2
    wide = sum(map(_width, piece.text))
    em = (right - left - PADDING * (top - bottom)) / max(wide, 1)
    line = TextLine(piece.text, left, bottom, right, top, max(em, 1.0), page, place=(0, len(piece.text)))
    return line._replace(glyphs=tuple(_glyphs(line, [_turned(point, slope, sheet)[0] for point in piece.middles])))


def _glyphs(line: TextLine, middles: Sequence[float]) -> Iterator[Glyph]:
    """The characters of a piece about their middles; none where these are not known of each."""
    if len(middles) != sum(not character.isspace() for character in line.text):
        return
    places = iter(middles)
    right = line.left
    for character in line.text:
        half = _width(character) * line.em / 2
        middle = right if character.isspace() else next(places)
        right = middle + half
        yield Glyph(character, middle - half, line.bottom, right, line.top, generated=character == " ")


def _width(character: str) -> float:
    """In ems."""
    return 1 if CJK.match(character) else NARROW


def _turned(corner: Point, slope: float, sheet: Sheet) -> Point:
    """A corner where it were if the page stood straight, in points from the lower left."""
    x, y = (place - side / 2 for place, side in zip(corner, sheet.pixels, strict=True))
    across = x * math.cos(slope) + y * math.sin(slope) + sheet.pixels[0] / 2
    down = y * math.cos(slope) - x * math.sin(slope) + sheet.pixels[1] / 2
    return across * sheet.scale, (sheet.pixels[1] - down) * sheet.scale


def _of_one_size(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those in about the size of the text in that very size. The fewer characters share what a box is wider
    than its words, the less their size is known: the last line of a paragraph is two of them and a full stop."""
    sizes = [line.em for line in lines for _ in range(len(line.text)) if HANZI.search(line.text)]
    if not sizes:
        return list(lines)
    usual = median(sizes)
    return [line._replace(em=usual) if abs(line.em - usual) <= _doubt(line, usual) else line for line in lines]


def _doubt(line: TextLine, usual: float) -> float:
    """By how much the size of a line may miss the usual one and be the same; boxes differ in width by half of what they
    are wider than their words."""
    return SAME_SIZE * usual + PADDING / 2 * (line.top - line.bottom) / max(sum(map(_width, line.text)), 1)


def _in_row(line: TextLine, other: TextLine) -> bool:
    shared = min(line.top, other.top) - max(line.bottom, other.bottom)
    apart = other.left > line.right - line.em or line.left > other.right - other.em
    return apart and shared > SAME_LINE * min(line.top - line.bottom, other.top - other.bottom)


def _joined(row: Sequence[TextLine]) -> list[TextLine]:
    """The pieces of a row, joined where they touch."""
    found: list[TextLine] = []
    for line in row:
        if found and line.left - found[-1].right < TOUCHING * line.em:
            before = found[-1]
            both = from_the_top([before, line])[0]
            found[-1] = both._replace(text=join(before.text, line.text), em=min(before.em, line.em), glyphs=())
        else:
            found.append(line)
    return found
