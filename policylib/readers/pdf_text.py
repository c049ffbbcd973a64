"""The printed lines of a PDF page. pdfium gives the characters of a page in one piece, broken into lines; only where
something depends on it is it asked where a character stands, because every question costs a call.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

from policylib.readers.layout import INVISIBLE
from policylib.readers.pdf_layout import CJK, HYPHENS, TYPESETTING_GAP, Glyph, TextLine, line_of

BREAK = re.compile("[\r\n]+")
HANZI = re.compile("[\u4e00-\u9fff]{2,}")
SAME_LEVEL = 0.3  # ems by which the middles of pieces of one printed line differ: marks are of another font
WIDE_GAP = 1.6  # ems between two pieces that stand on one line and do not belong together: columns, cells
HALF = re.compile("[\ud800-\udfff]")  # of a character beyond the first 65,536: pdfium counts the two one by one
BLANK = re.compile("[ \u00a0\t]+")
MARKS = "“”‘’"
UNSEEN = HYPHENS | INVISIBLE
ODD = re.compile(f"[{re.escape(''.join(map(chr, UNSEEN)))}]")


class Box(NamedTuple):
    """Where a character stands, in points from the lower left. The box is that of the type, not of the ink."""

    left: float
    bottom: float
    right: float
    top: float


class PageText:
    """The text of a page: `characters` as pdfium counts them, and where each of them stands."""

    def __init__(self, text: ctypes.Structure) -> None:
        self._text = text
        self._box = pdfium.FS_RECTF()
        self.characters = self._characters()

    def _characters(self) -> str:
        """All characters. The text in one piece skips those that have no Unicode, and then no place would fit."""
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(self._text, 0, count, buffer) == count + 1:
            return "".join(map(chr, buffer[:count]))
        return "".join(chr(pdfium.FPDFText_GetUnicode(self._text, place) & 0xFFFF) for place in range(count))

    def box(self, place: int) -> Box:
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._text, place, box)
        return Box(box.left, box.bottom, box.right, box.top)

    def is_generated(self, place: int) -> bool:
        """Whether a space is none of the file's, but was inferred from a gap."""
        return bool(pdfium.FPDFText_IsGenerated(self._text, place) == 1)

    def glyphs(self, start: int, end: int) -> Iterator[Glyph]:
        """The characters of a stretch, each with its box."""
        for place in range(start, end):
            character = self.characters[place]
            if character != "\0":
                box = self.box(place)
                generated = character in " \r\n" and self.is_generated(place)
                yield Glyph(whole(character), box.left, box.bottom, box.right, box.top, generated)

    def lines(self, page: int) -> list[TextLine]:
        """The printed lines, in the order in which they are drawn. Pieces with a wide gap between them are lines of
        their own. `place` of a line says where its characters begin and end."""
        found: list[TextLine] = []
        start = 0
        for end in [*(match.start() for match in BREAK.finditer(self.characters)), len(self.characters)]:
            found.extend(self._pieces(start, end, page))
            start = end
        return list(self._mended(found, page))

    def _mended(self, lines: Sequence[TextLine], page: int) -> Iterator[TextLine]:
        """The lines, those put together that pdfium broke where a program stepped back within one printed line."""
        for _, level in groupby(_numbered(lines), key=lambda pair: pair[0]):
            row = [line for _, line in level]
            if any(second.left < first.right - first.em / 4 for first, second in pairwise(row)):
                glyphs = [glyph for line in row for glyph in line.glyphs or self.glyphs(*line.place)]
                yield from _reordered(glyphs, max(line.em for line in row), page)
            else:
                yield from row

    def _pieces(self, start: int, end: int, page: int) -> Iterator[TextLine]:
        piece = self.characters[start:end]
        start += len(piece) - len(piece.lstrip())
        words = self.characters[start:end].rstrip()
        if not words:
            return
        em = self._em(start, words)
        begin = start
        gaps: list[int] = []
        blanks = [start + match.start() for match in BLANK.finditer(words)]
        found = [(place, *self._gap(place, start, start + len(words), em)) for place in blanks]
        if any(kind == "back" for _, _, kind in found) or self._is_late(start + len(words) - 1, start):
            yield from _reordered(self.glyphs(start, start + len(words)), em, page)
            return
        for place, gap, kind in found:
            if kind == "wide":
                yield self._line(begin, place, gaps, self._em(begin, self.characters[begin:place]), page)
                begin, gaps = gap, []
            elif kind == "typesetting":
                gaps.append(place)
        if begin > start:
            em = self._em(begin, self.characters[begin : start + len(words)])
        yield self._line(begin, start + len(words), gaps, em, page)

    def _gap(self, place: int, start: int, end: int, em: float) -> tuple[int, str]:
        """Where the words go on behind a space, and what the space is: wide, a small one that the typesetter left
        between hanzi and digits, a step back, or a real one ("")."""
        after = place
        while after < end and self.characters[after].isspace():
            after += 1
        before, behind = self.box(place - 1), self.box(after)
        width = behind.left - before.right
        if width > WIDE_GAP * em or abs(before.bottom + before.top - behind.bottom - behind.top) > em:
            return after, "wide"  # the second: pdfium takes the two lines of a narrow cell for one
        if self.is_generated(place) and (behind.left < before.left or self._is_late(place - 1, start)):
            return after, "back"
        beside = CJK.match(self.characters[place - 1]) or CJK.match(self.characters[after])
        small = beside and width < TYPESETTING_GAP * em and after == place + 1 and self.is_generated(place)
        return after, "typesetting" if small else ""

    def _is_late(self, place: int, start: int) -> bool:
        """Whether a quotation mark is drawn behind what it stands before."""
        return place > start and self.characters[place] in MARKS and self.box(place).left < self.box(place - 1).left

    def _line(self, start: int, end: int, gaps: list[int], em: float, page: int) -> TextLine:
        words = self.characters[start:end]
        first, last = self.box(start), self.box(start + len(words.rstrip()) - 1)
        for place in reversed(gaps):
            words = words[: place - start] + words[place - start + 1 :]
        text = whole(words.translate(UNSEEN) if ODD.search(words) else words).strip()
        return TextLine(
            text,
            min(first.left, last.left),
            min(first.bottom, last.bottom),
            max(first.right, last.right),
            max(first.top, last.top),
            em,
            page,
            (start, end),
        )

    def _em(self, start: int, words: str) -> float:
        """The size of the type: the distance of hanzi in the longest run of them, else the height of a box."""
        run = max(HANZI.finditer(words), key=lambda match: match.end() - match.start(), default=None)
        if run is None:
            box = self.box(start)
            return max(box.top - box.bottom, 1.0)
        first, last = self.box(start + run.start()), self.box(start + run.end() - 1)
        step = (last.left - first.left) / (run.end() - run.start() - 1)
        return max(step if step > 0 else first.top - first.bottom, 1.0)


def _numbered(lines: Sequence[TextLine]) -> Iterator[tuple[int, TextLine]]:
    """The lines with the number of the level on which they stand; lines on one level follow each other."""
    number = 0
    for place, line in enumerate(lines):
        if place and abs(line.middle - lines[place - 1].middle) > line.em * SAME_LEVEL:
            number += 1
        yield number, line


def _reordered(glyphs: Iterable[Glyph], em: float, page: int) -> Iterator[TextLine]:
    """The lines of a stretch that is not drawn from left to right: some programs draw quotation marks, which are of
    another font, behind the words before which they stand."""
    levels: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.generated or glyph.right <= glyph.left:
            continue
        if not levels or abs(glyph.bottom + glyph.top - levels[-1][0].bottom - levels[-1][0].top) > em:
            levels.append([])
        levels[-1].append(glyph)
    for level in levels:
        run: list[Glyph] = []
        for glyph in sorted(level, key=lambda glyph: glyph.left):
            if run and glyph.left - run[-1].right > WIDE_GAP * em:
                yield replace(line_of(run, page), em=em, glyphs=tuple(run))
                run = []
            run.append(glyph)
        yield replace(line_of(run, page), em=em, glyphs=tuple(run))


def whole(text: str) -> str:
    """The text with the two halves of rare characters put together; a half alone is lost."""
    if not HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
