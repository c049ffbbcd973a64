"""Printed lines: the characters of a page put together, with their boxes in points, the origin at the lower left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from policylib.readers.layout import INVISIBLE

CJK = re.compile("[\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60‘’“”…—〔〕《》]")
HYPHENS = {0x02: "-", 0xFFFE: "-"}  # what pdfium makes of a hyphen at the end of a line
SHORT = 2.2  # ems that a full line may lack: a closing mark that may not begin the next line pushes two characters on
TYPESETTING_GAP = 0.7  # ems; a smaller space between hanzi and digits is a gap of the typesetter, not a character
WIDE_GAP = 1.6  # ems between two pieces that stand on one line and do not belong together: columns, cells
HANZI = re.compile("[\u4e00-\u9fff]{2}")
SAME_LINE = 0.5  # of the height that two pieces must share to stand on one line


class Glyph(NamedTuple):
    """A character and its box in points, the origin at the lower left. `generated`: a space that pdfium inferred."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    generated: bool = False


class TextLine(NamedTuple):
    """One printed line. A tuple, because to make a frozen dataclass takes longer than pdfium takes for a line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    em: float
    page: int
    place: tuple[int, int] = (0, 0)  # of its characters on the page
    glyphs: tuple[Glyph, ...] = ()  # from left to right, where they are drawn in another order
    table: int | None = None  # no line but the place of this table of the page
    across: bool = False  # both columns of its page
    gaps: int = 0  # wide ones, between pieces that were joined
    tag: int | None = None  # of the part of a tagged page that the whole line belongs to

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    def above(self, other: TextLine) -> float:
        """By how much it stands above another line."""
        return (self.bottom + self.top - other.bottom - other.top) / 2


def text_lines(glyphs: Sequence[Glyph], page: int) -> list[TextLine]:
    """The printed lines of a page, in the order in which they are drawn."""
    runs: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.text in "\r\n":
            runs.append([])
        else:
            if runs[-1] and not _same_line(runs[-1], glyph):
                runs.append([])
            runs[-1].append(glyph)
    merged: list[list[Glyph]] = []
    for run in filter(_is_seen, runs):
        if merged and _continues(merged[-1], run):
            merged[-1].append(Glyph(" ", run[0].left, run[0].bottom, run[0].left, run[0].top, generated=True))
            merged[-1].extend(run)
        else:
            merged.append(list(run))
    return [line for run in merged if (line := line_of(run, page)).text]


def _is_seen(run: list[Glyph]) -> bool:
    return any(not glyph.text.isspace() for glyph in run)


def _boxed(run: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in run if glyph.right > glyph.left and not glyph.text.isspace()]


def _same_line(run: list[Glyph], glyph: Glyph) -> bool:
    """Whether a glyph stands on the line of a run, by the last glyph of it that has a box."""
    last = next((previous for previous in reversed(run) if previous.right > previous.left), None)
    if last is None or glyph.right <= glyph.left:
        return True
    middle = (glyph.bottom + glyph.top) / 2
    height = max(last.top - last.bottom, glyph.top - glyph.bottom, 1.0)
    return abs(middle - (last.bottom + last.top) / 2) <= height * 0.9 and glyph.right > last.left - 2 * height


def _continues(run: list[Glyph], following: list[Glyph]) -> bool:
    """Whether a piece stands to the right of another on the same line."""
    first, second = _boxed(run), _boxed(following)
    if not first or not second:
        return False
    bottom, top = _band(first)
    other_bottom, other_top = _band(second)
    shared = min(top, other_top) - max(bottom, other_bottom)
    return shared > SAME_LINE * min(top - bottom, other_top - other_bottom) and second[0].left >= first[-1].right - 1


def _band(glyphs: list[Glyph]) -> tuple[float, float]:
    return median(glyph.bottom for glyph in glyphs), median(glyph.top for glyph in glyphs)


def line_of(run: list[Glyph], page: int) -> TextLine:
    """The line that some glyphs make; one without text where none of them is seen."""
    boxes = _boxed(run)
    if not boxes:
        return TextLine("", 0, 0, 0, 0, 1, page)
    return TextLine(
        joined_glyphs(run),
        min(glyph.left for glyph in boxes),
        min(glyph.bottom for glyph in boxes),
        max(glyph.right for glyph in boxes),
        max(glyph.top for glyph in boxes),
        _em(boxes),
        page,
    )


def _em(boxes: list[Glyph]) -> float:
    """The size of the type: the distance of neighbouring hanzi, else the height of the boxes."""
    steps = [
        second.left - first.left
        for first, second in pairwise(boxes)
        if CJK.match(first.text) and CJK.match(second.text) and second.left > first.left
    ]
    return max(median(steps) if steps else median(glyph.top - glyph.bottom for glyph in boxes), 1.0)


def joined_glyphs(run: Sequence[Glyph]) -> str:
    """The text of a run without the small gaps that typesetters put between hanzi and digits."""
    pieces: list[str] = []
    for place, glyph in enumerate(run):
        if glyph.generated and glyph.text == " " and _is_typesetting_gap(run, place):
            continue
        pieces.append(glyph.text)
    return "".join(pieces).translate(HYPHENS).translate(INVISIBLE).strip()


def _is_typesetting_gap(run: Sequence[Glyph], place: int) -> bool:
    if not 0 < place < len(run) - 1:
        return True
    before, after = run[place - 1], run[place + 1]
    if not (CJK.match(before.text) or CJK.match(after.text)):
        return False
    height = max(before.top - before.bottom, after.top - after.bottom, 1.0)
    return after.left - before.right < height * TYPESETTING_GAP


def join(first: str, second: str) -> str:
    """Two lines of a paragraph: hanzi and digits without a space, Latin words with one."""
    if not first or not second:
        return first + second
    before, after = first[-1], second[0]
    if CJK.match(before) or CJK.match(after) or (before.isdigit() and after.isdigit()):
        return first + second
    if before == "-" and after.islower() and first[-2:-1].islower():
        return first[:-1] + second
    return f"{first} {second}" if before.isalnum() and after.isalnum() else first + second
