"""Characters of a PDF page put together: characters to lines, lines to paragraphs.

A PDF knows no paragraphs, and a number may be broken over two lines (`环发` / `[1999]285 号` in a real ministry file),
so lines are joined unless the layout says that a paragraph ends: a short line, an indent, a centred line, a wide gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from policylib.readers.layout import INVISIBLE, is_page_number

CJK = re.compile("[\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60‘’“”…—〔〕《》]")
HEADING = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附件|附[:：]|抄送|\d{1,3}[.．、](?!\d))"
)
WORD = re.compile("[（(《“‘〔\\[［【]*(?:[0-9A-Za-z.+×%/〔〕\\[\\]()（）［］-]+|.)[号年月日，。；：、！？）》”’】%]*")
SERIAL = re.compile(r"\d{1,3}[.、]? ")
UNIT = tuple("年月日号")  # after a digit: the line broke inside a date or a number
ENDING = tuple("。；：！？”）)》;:")
HYPHENS = {0x02: "-", 0xFFFE: "-"}  # what pdfium makes of a hyphen at the end of a line
SHORT = 2.2  # ems that a full line may lack: a closing mark that may not begin the next line pushes two characters on
FULL_SHARE = 0.1  # of the lines must end at one place to show the right margin
MARGINS = 2.2  # left margins; the right margin is seldom wider than two of them
WIDE_LINE = 0.7  # of the frame; a line so wide that stops in mid-sentence goes on in the next
WORD_GAP = 0.5  # ems
INDENT = 1.2  # ems; paragraphs are indented by two
MOST_INDENT = 4  # ems; what stands further in is centred, or a signature
FLUSH_LINES, FLUSH_SHARE = 20, 0.03
"""Of so many lines so few are indented where paragraphs are not. There a sentence that ends with a full line ends its
paragraph, in the prints of five laws 60 times of 72."""
CENTRED = 1.5  # ems by which the middle of a centred line may miss the middle of the page
SIZE_RATIO = 1.15  # headings are larger than text by a fifth at least (16 pt to 22 pt)
GAP_RATIO = 1.7  # of the usual distance of lines
TYPESETTING_GAP = 0.7  # ems; a smaller space between hanzi and digits is a gap of the typesetter, not a character
WIDE_GAP = 1.6  # ems between two pieces that stand on one line and do not belong together: columns, cells
ROW_GAPS = 2  # wide gaps in each of two lines that are rows of a table without lines; blanks to fill in are seldom so
HEAD_LINES = 2  # how many lines at the top and the bottom of a page may be running heads
HEAD_SHIFT = 12  # points by which a running head may be moved from page to page: paper is laid upon scanners by hand
BARE_SHARE = 0.4  # of the pages; a number alone is a page number only if it counts with the pages, else a table cell
REPEATS = 3  # on how many pages a line must stand in the same place to be a running head
FREQUENT = 3  # times that a distance must occur to mean something
SPACED_RATIO = 1.25  # of the line pitch; papers laid out by word processors have 1.5 and 1.67 between paragraphs
SPACED_SHARE = 0.7  # of the lines that end early
MARKS = re.compile(r"[\W_]")  # of which recognition takes one for another: 〔2020] and 〔2020〕
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


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of pages of one width begins and ends, and how far its lines are apart. `spaced`: paragraphs are
    set apart by more than lines, and nothing else need be asked. `flush`: they begin where all lines begin."""

    left: float
    right: float
    pitch: float
    spaced: bool = False
    flush: bool = False


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


def frame_of(lines: Sequence[TextLine], width: float) -> Frame:
    """The text frame of pages of one width: where many lines begin and end. Stamps and heads do not count.

    Where few lines are full (lists of names), the widest line shows the right margin; where that too ends far from the
    edge of the page (a title, a number, a few names), no line is full.
    """
    total = max(len(lines), 1)
    lefts = Counter(map(round, [line.left for line in lines]))
    rights = Counter(map(round, [line.right for line in lines]))
    enough = max(2, total * 0.05) if total > 3 else 1
    left = next((x for x in sorted(lefts) if _near(lefts, x) >= enough), min(lefts, default=0))
    full = max(3, total * FULL_SHARE)
    widest = max(rights, default=0)
    right = next((x for x in sorted(rights, reverse=True) if _near(rights, x) >= full), 0)
    if right == 0:
        right = max(widest, round(width - MARGINS * left))
    elif right < width - MARGINS * left:
        right = max(right, min(widest, round(width - left)))
    pairs = [
        (distance, right - first.right > SHORT * first.em)
        for first, second in pairwise(lines)
        if first.page == second.page and (distance := first.above(second)) > first.em * 0.8
    ]
    pitch = _pitch([distance for distance, _ in pairs])
    return Frame(left, right, pitch, _is_spaced(pairs, pitch), _is_flush(lines, left))


def _is_flush(lines: Sequence[TextLine], left: float) -> bool:
    """Whether no paragraph is indented, as on pages printed from the web."""
    indented = sum(INDENT * line.em < line.left - left < MOST_INDENT * line.em for line in lines)
    return len(lines) >= FLUSH_LINES and indented < FLUSH_SHARE * len(lines)


def _pitch(distances: Sequence[float]) -> float:
    """The distance of two lines of a paragraph: the smallest one that is frequent, else the usual one."""
    counts = Counter(map(round, distances))
    frequent = [step for step in counts if _near(counts, step, 1) >= max(FREQUENT, len(distances) * FULL_SHARE)]
    if not frequent:
        return median(distances) if distances else 0
    smallest = min(frequent)
    return median(distance for distance in distances if abs(distance - smallest) <= 1.5)


def _is_spaced(pairs: Sequence[tuple[float, bool]], pitch: float) -> bool:
    """Whether nearly every line that ends early has a wider gap behind it: then gaps part the paragraphs."""
    behind_short = [distance for distance, short in pairs if short]
    wide = sum(distance > SPACED_RATIO * pitch for distance in behind_short)
    return wide >= max(FREQUENT, len(behind_short) * SPACED_SHARE)


def _near(counts: Counter[int], x: int, reach: int = 3) -> int:
    return sum(counts[x + step] for step in range(-reach, reach + 1))


def paragraphs(lines: Sequence[TextLine], frame: Frame) -> list[tuple[str, int]]:
    """The paragraphs of some lines, each with the page on which it begins."""
    found: list[tuple[str, int]] = []
    previous: TextLine | None = None
    for line in lines:
        if previous is not None and not _begins(previous, line, frame):
            text, page = found[-1]
            found[-1] = (join(text, line.text), page)
        else:
            found.append((line.text, line.page))
        previous = line
    return found


def _begins(previous: TextLine, line: TextLine, frame: Frame) -> bool:
    """Whether a line begins a paragraph."""
    less, em = (previous.em, line.em) if previous.em < line.em else (line.em, previous.em)
    sized = em > SIZE_RATIO * less and _is_sized(previous) and _is_sized(line)
    if previous.text[-1:].isdigit() and line.text[:1] in UNIT:
        return False
    if line.text.startswith("〔") and CJK.match(previous.text[-1:]):
        return False  # a number cut behind its code; no paragraph begins with its year
    if (previous.gaps or line.gaps) and _are_rows(previous, line):
        return True
    distance = previous.above(line)
    same_page = previous.page == line.page and distance > 0
    if frame.spaced and same_page:
        return sized or distance > SPACED_RATIO * frame.pitch
    lacking = frame.right - previous.right
    if sized or (lacking > SHORT * previous.em and lacking > _room(previous, line, frame)):
        return True
    if line.left > frame.left + INDENT * em and line.left > previous.left - INDENT * em:
        return True
    if _is_centred(line, frame) or (same_page and distance > max(frame.pitch, em) * GAP_RATIO):
        return True
    if _are_tagged_as_one(previous, line):
        return False
    if frame.flush and previous.text.endswith("。"):
        return True
    return previous.text.endswith(ENDING) and HEADING.match(line.text) is not None


def _are_rows(previous: TextLine, line: TextLine) -> bool:
    """Whether one of two lines is a row of a table without lines."""
    return min(previous.gaps, line.gaps) >= ROW_GAPS or _is_counted(previous) or _is_counted(line)


def _is_counted(line: TextLine) -> bool:
    """Whether it is a numbered row of a table without lines: 3 供水管理办法 岚政发〔2013〕8号, far apart."""
    return line.gaps >= ROW_GAPS and SERIAL.match(line.text) is not None


def _are_tagged_as_one(previous: TextLine, line: TextLine) -> bool:
    """Whether the program that made a tagged page wrote both lines as one part of it: a paragraph, or words of one.
    Nothing follows from two tags, for a paragraph may have several."""
    return previous.tag is not None and previous.tag == line.tag and previous.page == line.page


def _is_sized(line: TextLine) -> bool:
    """Whether the size of its type is known: that of a few Latin letters or one hanzi is not."""
    return HANZI.search(line.text) is not None


def _room(previous: TextLine, line: TextLine, frame: Frame) -> float:
    """How much a line may lack of the frame and still be full: less than the next word, which did not fit.

    〔2018〕8号 is one word to most typesetters: a line before it may be six characters short.
    """
    room = SHORT * previous.em
    if previous.text.endswith("。"):
        return room
    if (
        not previous.text.endswith(ENDING)
        and previous.right - frame.left > WIDE_LINE * (frame.right - frame.left)
        and line.left < frame.left + INDENT * line.em
        and not HEADING.match(line.text)
    ):
        room = 2 * room
    match = WORD.match(line.text)
    word = match[0] if match else ""
    width = sum(previous.em if CJK.match(character) else previous.em * 0.6 for character in word)
    return max(room, width + WORD_GAP * previous.em)


def _is_centred(line: TextLine, frame: Frame) -> bool:
    middle = (frame.left + frame.right) / 2
    inset = min(line.left - frame.left, frame.right - line.right)
    return abs((line.left + line.right) / 2 - middle) < CENTRED * line.em and inset > 2 * line.em


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


def running_heads(pages: Sequence[Sequence[TextLine]]) -> set[tuple[int, int]]:
    """The places (page, line) of page numbers and of lines that stand in the same place on many pages."""
    places: dict[str, list[tuple[float, int, int]]] = {}
    bare: dict[int, list[tuple[int, int]]] = {}
    found: set[tuple[int, int]] = set()
    for page, lines in enumerate(pages):
        for rank, place in _edges(lines):
            text = lines[place].text.strip()
            if not text:
                continue
            if text.isdecimal() and len(text) <= 4:
                if rank == 0:
                    bare.setdefault(int(text) - page, []).append((page, place))
            elif is_page_number(text):
                found.add((page, place))
            else:
                # the very same text: 附件1, 附件2, 附件3 at the head of three pages are no running head
                places.setdefault(MARKS.sub("", text), []).append((lines[place].middle, page, place))
    for seen in chain.from_iterable(map(_together, places.values())):
        if len(seen) >= REPEATS or (len(seen) == len(pages) == 2):
            found.update(seen)
    for offset, seen in bare.items():
        if len(seen) >= max(2, len(pages) * BARE_SHARE) or (len(pages) == 1 and offset == 1):
            found.update(seen)
    return found


def _together(seen: list[tuple[float, int, int]]) -> list[list[tuple[int, int]]]:
    """The places (page, line) of equal lines, those of one height together."""
    groups: list[list[tuple[int, int]]] = []
    before = -inf
    for middle, page, place in sorted(seen):
        if middle - before > HEAD_SHIFT:
            groups.append([])
        groups[-1].append((page, place))
        before = middle
    return groups


def _edges(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """The lowest and the highest lines of a page with their rank from the edge, wherever they come in drawing order."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].bottom + lines[place].top)
    ranks: dict[int, int] = {}
    for side in (order, order[::-1]):
        for rank, place in enumerate(side[:HEAD_LINES]):
            ranks[place] = min(rank, ranks.get(place, rank))
    return [(rank, place) for place, rank in ranks.items()]
