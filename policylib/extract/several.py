"""Where another paper begins in the same file: 文件汇编, a gazette, a forwarding notice with the original behind it.

What another paper says is not said by this one: a notice that forwards another has not repealed what that one repeals.
So a paper ends where the cover of the next begins: behind its sign-off, a line that is another paper's number, beside
it that paper's title, then sentences and a sign-off of its own. A list of papers has no sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from policylib.extract.cover import is_number_line
from policylib.extract.folding import title_key
from policylib.extract.layout import Layout, Line, is_date_line
from policylib.extract.titles import doc_type_of
from policylib.model import NumberKind, NumberMention, Span

_BESIDE: Final = 4  # lines between a number and the title above or below it
_HEADING: Final = 60  # characters of a line of a heading
_OVER: Final = 3  # lines of a heading
_PAPERS: Final = ("通知", "公告", "通告", "意见", "决定", "函", "批复", "命令", "通报", "决议", "公报", "复函")


def next_paper(layout: Layout, numbers: Sequence[NumberMention]) -> int | None:
    """The index of the line with which another paper begins; None where the file has one paper."""
    numbered = _numbered_paper(layout, numbers)
    return _forwarded_paper(layout) if numbered is None else numbered


def _numbered_paper(layout: Layout, numbers: Sequence[NumberMention]) -> int | None:
    """The index of the line with which the cover of a paper begins that prints its number."""
    if layout.signoff is None:
        return None
    signed = layout.lines[layout.signoff].span.end
    behind = tuple(one for one in numbers if one.span.start >= signed and _is_whole(one))
    cover = layout.of("metadata", "header", "masthead", "title", "number")
    own = {
        one.number.key
        for line in cover
        for one in numbers
        if one.number and line.span.end <= signed and line.span.overlaps(one.span)
    }
    foreign = [one for one in behind if one.number and one.number.key not in own]
    last = _last_signed(layout.lines) if foreign else 0
    for index, inside in _by_line(layout.lines, foreign).items():
        line = layout.lines[index]
        if layout.signoff < index < last and line.role != "row" and is_number_line(line, tuple(inside)):
            title = _title_beside(layout.lines, index, layout.signoff)
            if title is not None and title < last:
                return _first_line(layout.lines, min(index, title), layout.signoff)
    return None


def forwarded_from(layout: Layout, titles: Iterable[str]) -> int | None:
    """The offset from which a notice that forwards these titles gives the words of what it forwards: behind its own
    sign-off, else below the forwarded title, on a line by itself or on up to three."""
    if layout.signoff is not None:
        return layout.lines[layout.signoff].span.end
    if layout.inline_signoff is not None:
        return layout.inline_signoff.end
    keys = {title_key(title) for title in titles}
    lines = layout.of("body", "annex")
    for index, line in enumerate(lines):
        if len(line.text) < _HEADING:
            heads = (lines[index : index + count] for count in range(1, _OVER + 1))
            if any(title_key("".join(one.text for one in head)) in keys for head in heads):
                return line.span.start
    return None


_FORWARDED: Final = ("通知", "公告", "通告", "决定", "函", "批复", "命令", "通报", "决议", "公报", "复函")
"""What stands by itself when it is forwarded. A 意见 or a 方案 of offices below gets its force by the notice that
forwards it, and what it asks for that notice asks for."""
_ANNEX: Final = r"附件?[\d一二三四五六七八九十]{0,3}[:：]?"
_ANNEX_LINE = re.compile(_ANNEX)
_SKIPPED = re.compile(rf"{_ANNEX}|\(.{{2,20}}\)")


def _forwarded_paper(layout: Layout) -> int | None:
    """The index of the line with which a forwarded paper begins that prints no number: behind the sign-off of a
    notice that forwards it, its title on up to four lines, as the notice names it, then sentences and a sign-off."""
    own = "".join(line.text for line in layout.of("title"))
    if layout.signoff is None or "转发" not in own:
        return None
    ahead = title_key("".join(line.text for line in layout.lines[: layout.signoff]))
    last = _last_signed(layout.lines)
    first = layout.signoff + 1
    while first < last and (_SKIPPED.fullmatch(layout.lines[first].text) or is_date_line(layout.lines[first])):
        first += 1
    for count in range(1, 5):
        heading = "".join(line.text for line in layout.lines[first : first + count])
        subject = heading[heading.find("关于") :] if "关于" in heading else ""
        if subject and "。" not in heading and doc_type_of(heading) in _FORWARDED and title_key(subject) in ahead:
            return first if first + count <= last else None
    return None


_SPOKEN: Final = re.compile(r"(?:报告|请示|意见|函|汇报)$")
_ADDRESSED: Final = re.compile(r"[^,。;]{2,40}:")


def annexes_of_others(layout: Layout) -> tuple[Span, ...]:
    """The annexes that are papers of other organs: behind the sign-off, below 附件1, the title of a 报告, 请示, 意见 or
    函 on up to three lines, and under it whom it addresses (国务院：) or a date that signs it, of which no own annex of
    a paper has any. What 我部 says there is not said by the paper that it is annexed to."""
    if layout.signoff is None:
        return ()
    own = title_key("".join(line.text for line in layout.of("title")))
    lines = layout.lines
    starts = [at for at in range(layout.signoff + 1, len(lines)) if _ANNEX_LINE.fullmatch(lines[at].text)]
    return tuple(
        Span(lines[start].span.start, lines[end - 1].span.end)
        for start, end in pairwise((*starts, len(lines)))
        if _speaks_itself(lines[start + 1 : end], own)
    )


def _speaks_itself(lines: Sequence[Line], own: str) -> bool:
    for count in range(1, _OVER + 1):
        heading = "".join(line.text for line in lines[:count])
        if len(heading) > 3 * _HEADING or "。" in heading:
            return False
        if _SPOKEN.search(heading):
            addressed = any(_ADDRESSED.fullmatch(line.text) for line in lines[count : count + 1])
            return title_key(heading) not in own and (addressed or any(is_date_line(line) for line in lines[-2:]))
    return False


def _by_line(lines: Sequence[Line], numbers: Sequence[NumberMention]) -> dict[int, list[NumberMention]]:
    """The numbers by the index of the line on which they stand, in order."""
    starts = [line.span.start for line in lines]
    found: dict[int, list[NumberMention]] = {}
    for one in numbers:
        found.setdefault(bisect_right(starts, one.span.start) - 1, []).append(one)
    return found


def _is_whole(mention: NumberMention) -> bool:
    number = mention.number
    return number is not None and number.kind is NumberKind.DOCUMENT and number.complete and not mention.repaired


def _title_beside(lines: Sequence[Line], index: int, signoff: int) -> int | None:
    """The index of the first line of the title below the number at `index` or above it, on a line or on two: 岚州市
    财政局关于加强 | 预算管理的通知."""
    below = range(index + 1, min(index + _BESIDE, len(lines)))
    above = range(max(signoff + 1, index - _BESIDE + 1), index)
    near: list[int] = [*below, *reversed(above)]
    for place in near:
        if _is_title(lines[place].text):
            return place
        inside = place + 1 in below or place + 1 in above
        if inside and "关于" in lines[place].text and _is_title(lines[place].text + lines[place + 1].text):
            return place
    return None


def _is_title(text: str) -> bool:
    return len(text) < 120 and "。" not in text and "关于" in text and doc_type_of(text) in _PAPERS


def _last_signed(lines: Sequence[Line]) -> int:
    """The index of the last sentence above the last date that stands alone: before it another paper must begin."""
    signed = next((place for place in reversed(range(len(lines))) if is_date_line(lines[place])), 0)
    sentences = (place for place in reversed(range(signed)) if lines[place].role != "row")
    return next((place for place in sentences if lines[place].text.endswith("。")), 0)


def _first_line(lines: Sequence[Line], index: int, signoff: int) -> int:
    """The line above with the organ's name on the head of the paper, if one is there: 岚州市财政局文件."""
    above = index - 1
    return above if above > signoff and lines[above].text.replace(" ", "").endswith("文件") else index
