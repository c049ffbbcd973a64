"""Printed lines put together to paragraphs.

A page knows no paragraphs, and a number may be broken over two lines (`环发` / `[1999]285 号` in a real ministry file),
so lines are joined unless the layout says that a paragraph ends: a short line, an indent, a centred line, a wide gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policylib.readers.page_lines import CJK, HANZI, SHORT, TextLine, join

HEADING = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附件|附[:：]|抄送|\d{1,3}[.．、](?!\d))"
)
WORD = re.compile("[（(《“‘〔\\[［【]*(?:[0-9A-Za-z.+×%/〔〕\\[\\]()（）［］-]+|.)[号年月日，。；：、！？）》”’】%]*")
SERIAL = re.compile(r"\d{1,3}[.、]? ")
UNIT = tuple("年月日号")  # after a digit: the line broke inside a date or a number
ENDING = tuple("。；：！？”）)》;:")
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
ROW_GAPS = 2  # wide gaps in each of two lines that are rows of a table without lines; blanks to fill in are seldom so
FREQUENT = 3  # times that a distance must occur to mean something
SPACED_RATIO = 1.25  # of the line pitch; papers laid out by word processors have 1.5 and 1.67 between paragraphs
SPACED_SHARE = 0.7  # of the lines that end early


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of pages of one width begins and ends, and how far its lines are apart. `spaced`: paragraphs are
    set apart by more than lines, and nothing else need be asked. `flush`: they begin where all lines begin."""

    left: float
    right: float
    pitch: float
    spaced: bool = False
    flush: bool = False


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
