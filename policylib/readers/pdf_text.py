"""The printed lines of a PDF page. pdfium gives the characters of a page in one piece, broken into lines; only where
something depends on it is it asked where a character stands, because every question costs a call.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

import pypdfium2.raw as pdfium

from policylib.readers.layout import INVISIBLE
from policylib.readers.page_lines import CJK, HYPHENS, TYPESETTING_GAP, WIDE_GAP, Glyph, TextLine, line_of
from policylib.readers.pdf_calls import Address, address_of, char_box, content_tag, is_generated, sides, text_object

WORDS = re.compile(r"\S(?:[^\r\n]*\S)?")
HANZI = re.compile("[\u4e00-\u9fff]{2,}")
SAME_LEVEL = 0.3  # ems by which the middles of pieces of one printed line differ: marks are of another font
TWO_LINES = 2.0  # ems that two lines are high, and no character
HALF = re.compile("[\ud800-\udfff]")  # of a character beyond the first 65,536: pdfium counts the two one by one
BLANK = re.compile("[ \u00a0\t]+")
MARKS = "“”‘’"
UNSEEN = HYPHENS | INVISIBLE
ODD = re.compile(f"[{re.escape(''.join(map(chr, UNSEEN)))}\ud800-\udfff]")
Box = tuple[float, float, float, float]
"""Where a character stands, in points from the lower left: left, top, right, bottom, in the order of pdfium. The box is
that of the type, not of the ink."""


def _boxes(text: Address) -> Callable[[int], Box]:
    """Tells where the character of a text at a place stands."""
    ask, filled = char_box(), pdfium.FS_RECTF()
    to_fill = ctypes.byref(filled)

    def box(place: int) -> Box:
        ask(text, place, to_fill)
        return sides(filled)

    return box


class _Gap(NamedTuple):
    """A space on a line, where the words go on behind it, and what it is: wide, a small one that the typesetter left
    between hanzi and digits, a step back, or a real one ("")."""

    place: int
    behind: int
    kind: Literal["wide", "typesetting", "back", ""]


class PageText:
    """The text of a page: `characters` as pdfium counts them, and where each of them stands. Of a tagged one the lines
    bear their tags."""

    def __init__(self, text: ctypes.Structure, tagged: bool = False) -> None:
        self._text, self._address = text, address_of(text)
        self.box = _boxes(self._address)
        self._generated = is_generated()
        self.characters = self._characters()
        self._is_tagged = tagged
        self._is_odd = ODD.search(self.characters) is not None

    def _characters(self) -> str:
        """All characters. The text in one piece skips those that have no Unicode, and then no place would fit."""
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(self._text, 0, count, buffer) == count + 1:
            text = bytes(buffer)[: 2 * count].decode("utf-16", "surrogatepass")
            return text if len(text) == count else "".join(map(chr, buffer[:count]))
        return "".join(chr(pdfium.FPDFText_GetUnicode(self._text, place) & 0xFFFF) for place in range(count))

    def is_generated(self, place: int) -> bool:
        """Whether a space is none of the file's, but was inferred from a gap."""
        return self._generated(self._address, place) == 1

    def glyphs(self, start: int, end: int) -> Iterator[Glyph]:
        """The characters of a stretch, each with its box."""
        for place in range(start, end):
            character = self.characters[place]
            if character != "\0":
                left, top, right, bottom = self.box(place)
                generated = character in " \r\n" and self.is_generated(place)
                yield Glyph(whole(character), left, bottom, right, top, generated)

    def lines(self, page: int) -> list[TextLine]:
        """The printed lines, in the order in which they are drawn. Pieces with a wide gap between them are lines of
        their own. `place` of a line says where its characters begin and end."""
        found: list[TextLine] = []
        for match in WORDS.finditer(self.characters):
            words = match[0]
            line = self._line(match.start(), words, (), page)
            for piece in self._pieces(line, words, page) if BLANK.search(words) or words[-1] in MARKS else (line,):
                if _is_of_two(piece) and not piece.glyphs:
                    found.extend(_reordered(self.glyphs(*piece.place), piece.em, page))
                else:
                    found.append(piece)
        return list(self._mended(found, page)) if _steps_back(found) else found

    def _tag(self, start: int, end: int) -> int | None:
        """The number of the marked content that the first and the last of some characters are in, on a tagged page;
        None where they are in none, or in two."""
        if not self._is_tagged or start == end:
            return None
        drawn, tag = text_object(), content_tag()
        number = tag(drawn(self._address, start))
        if number < 0 or (end > start + 1 and number != tag(drawn(self._address, end - 1))):
            return None
        return number

    def _mended(self, lines: Sequence[TextLine], page: int) -> Iterator[TextLine]:
        """The lines, those put together that pdfium broke where a program stepped back within one printed line."""
        for _, level in groupby(_numbered(lines), key=lambda pair: pair[0]):
            row = [line for _, line in level]
            if _steps_back(row):
                glyphs = [glyph for line in row for glyph in line.glyphs or self.glyphs(*line.place)]
                yield from _reordered(glyphs, max(line.em for line in row), page)
            else:
                yield from row

    def _pieces(self, line: TextLine, words: str, page: int) -> Iterator[TextLine]:
        """The lines that the words of a line make which have spaces between them."""
        start, end = line.place
        begin = start
        gaps: list[int] = []
        found = [self._gap(start, match, end, line.em) for match in BLANK.finditer(words)]
        kinds = {one.kind for one in found}
        if "back" in kinds or self._is_late(end - 1, start):
            yield from _reordered(self.glyphs(start, end), line.em, page)
            return
        if "wide" not in kinds:
            gaps = [one.place for one in found if one.kind]
            yield line._replace(text=self._text_of(start, words, gaps)) if gaps else line
            return
        for one in found:
            if one.kind == "wide":
                yield self._line(begin, self.characters[begin : one.place], gaps, page)
                begin, gaps = one.behind, []
            elif one.kind == "typesetting":
                gaps.append(one.place)
        yield self._line(begin, self.characters[begin:end], gaps, page)

    def _gap(self, start: int, blank: re.Match[str], end: int, em: float) -> _Gap:
        place, after = start + blank.start(), start + blank.end()
        while after < end and self.characters[after].isspace():
            after += 1
        before, behind = self.box(place - 1), self.box(after)
        width = behind[0] - before[2]
        if width > WIDE_GAP * em or abs(before[1] + before[3] - behind[1] - behind[3]) > em:
            return _Gap(place, after, "wide")  # the second: pdfium takes the two lines of a narrow cell for one
        if (behind[0] < before[0] or self._is_late(place - 1, start)) and self.is_generated(place):
            return _Gap(place, after, "back")
        if width >= TYPESETTING_GAP * em or after > place + 1 or not self.is_generated(place):
            return _Gap(place, after, "")
        beside = CJK.match(self.characters[place - 1]) or CJK.match(self.characters[after])
        return _Gap(place, after, "typesetting" if beside else "")

    def _is_late(self, place: int, start: int) -> bool:
        """Whether a quotation mark is drawn behind what it stands before."""
        return place > start and self.characters[place] in MARKS and self.box(place)[0] < self.box(place - 1)[0]

    def _line(self, start: int, words: str, gaps: Sequence[int], page: int) -> TextLine:
        """The line of some words, without the gaps of the typesetter."""
        last = start + len(words.rstrip()) - 1
        left, top, right, bottom = first = self.box(start)
        other_left, other_top, other_right, other_bottom = end = self.box(last)
        return TextLine(
            self._text_of(start, words, gaps),
            left if left < other_left else other_left,
            bottom if bottom < other_bottom else other_bottom,
            right if right > other_right else other_right,
            top if top > other_top else other_top,
            self._em(start, words, first, end),
            page,
            (start, start + len(words)),
            tag=self._tag(start, start + len(words)),
        )

    def _text_of(self, start: int, words: str, gaps: Sequence[int]) -> str:
        """Some words without the gaps of the typesetter and what nobody sees."""
        for gap in reversed(gaps):
            words = words[: gap - start] + words[gap - start + 1 :]
        if self._is_odd and ODD.search(words):
            words = whole(words.translate(UNSEEN))
        return words.strip()

    def _em(self, start: int, words: str, first: Box, last: Box) -> float:
        """The size of the type: the distance of hanzi in the longest run of them, else the height of a box. The first
        and last character of the words stand in these boxes."""
        runs = HANZI.findall(words)
        if not runs:
            return max(first[1] - first[3], 1.0)
        run = max(runs, key=len) if len(runs) > 1 else runs[0]
        begin = words.find(run)
        end = begin + len(run)
        if begin:
            first = self.box(start + begin)
        if end < len(words):
            last = self.box(start + end - 1)
        step = (last[0] - first[0]) / (len(run) - 1)
        return max(step if step > 0 else first[1] - first[3], 1.0)


def _is_of_two(line: TextLine) -> bool:
    """Whether the first and the last character stand on two lines: pdfium takes a line that ends in a formula and the
    next one for one. In a word that is written downwards they do too, but not far apart."""
    return line.top - line.bottom > TWO_LINES * line.em and line.right - line.left > TWO_LINES * line.em


def _steps_back(lines: Sequence[TextLine]) -> bool:
    """Whether one of the lines stands left of the end of the one before it, on the same level."""
    return any(
        abs(line.bottom + line.top - before.bottom - before.top) <= 2 * SAME_LEVEL * line.em
        and line.left < before.right - before.em / 4
        for before, line in pairwise(lines)
    )


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
                yield line_of(run, page)._replace(em=em, glyphs=tuple(run))
                run = []
            run.append(glyph)
        yield line_of(run, page)._replace(em=em, glyphs=tuple(run))


def whole(text: str) -> str:
    """The text with the two halves of rare characters put together; a half alone is lost."""
    if not HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
