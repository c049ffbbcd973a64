"""The words of a document as evidence, with what stands beside them: the one way in which links and rules quote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from policylib.model import Evidence, Span

TextOf = Callable[[str], str]
"""The text of a document by its hash."""
CONTEXT: Final = 30  # characters either side of a quotation
LONGEST: Final = 240  # characters of a quotation that a reader can take in
_LEAST: Final = 120  # so many are shown of what is longer, though no mark stands behind them
_MARKS: Final = "，。；：、,;:\n"
_FIRM: Final = ("。；！？;!?\n", "：:")  # what ends a cut quotation before anything else
_AMID: Final = "、"
_STOPS: Final = f"{_MARKS}？！?!"
_PAIRS: Final = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "〔": "〕", "【": "】"}
_NEAR: Final = 40  # characters behind a heading within which the mark stands that ends it


def cut_at_marks(text: str, part: Span, whole: Span, keep: Span) -> Span:
    """A part of what would be quoted, its cut ends drawn in to the next mark, so that no word is cut (…加工和贮存企);
    `keep` stays in it."""
    start, end = part.start, part.end
    if start > whole.start:
        start = min((at + 1 for mark in _MARKS if (at := text.find(mark, start, keep.start)) >= 0), default=start)
    if end < whole.end:
        end = _firm_end(text, start, end, keep.end)
    return Span(start, end)


def _firm_end(text: str, start: int, end: int, least: int) -> int:
    """Where a cut quotation ends: behind the last sentence in it, else where it begins to give a list (主要内容如下：),
    else at a comma or before a bracket that stays open; amid names (财政部、) only where nothing else ends."""
    for marks in _FIRM:
        last = max(text.rfind(mark, least, end) for mark in marks) + 1
        if last and _before_open(text, start, last, least) == last:
            return last
    last = max(text.rfind(mark, least, end) for mark in _MARKS) + 1 or end
    whole = _before_open(text, start, last, least)
    comma = max(text.rfind(mark, least, end) for mark in _MARKS if mark != _AMID) + 1
    return comma if comma and text[whole - 1] == _AMID else whole


def _before_open(text: str, start: int, end: int, least: int) -> int:
    """The end of a cut quotation, drawn in before a bracket that opens in it and does not close: （海关总署2015年."""
    opened: list[tuple[str, int]] = []
    for place in range(start, end):
        if text[place] in _PAIRS:
            opened.append((_PAIRS[text[place]], place))
        elif opened and text[place] == opened[-1][0]:
            opened.pop()
    first = next((place for _, place in opened if place >= least), end)
    return first if first > start else end


def to_mark(text: str, span: Span) -> Span:
    """A place whose end cuts a sentence (一、…生产加工和贮存企), drawn out to the next mark where one is near,
    else drawn in to the last one."""
    if span.end >= len(text) or text[span.end] in _STOPS or text[span.end - 1 : span.end] in _STOPS:
        return span
    near = [at for mark in _STOPS if (at := text.find(mark, span.end, span.end + _NEAR)) >= 0]
    if near:
        return Span(span.start, min(near))
    last = max(text.rfind(mark, span.start, span.end) for mark in _MARKS)
    return Span(span.start, last if last > span.start else span.end)


def quote(
    sha256: str, path: str, text: str, span: Span, rule: str, *, context: int = CONTEXT, in_line: bool = False
) -> Evidence:
    """The words of `text` at `span` with `context` characters either side of them; `in_line`: none of another line."""
    before, after = text[max(0, span.start - context) : span.start], text[span.end : span.end + context]
    if in_line:
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    return Evidence(sha256, path, span, span.of(text), before, after, rule)


def shown(sha256: str, path: str, text: str, span: Span, rule: str) -> Evidence:
    """These words, as many of them as a reader can take in, with what stands round them."""
    most = Span(span.start, min(span.end, span.start + LONGEST))
    return quote(sha256, path, text, cut_at_marks(text, most, span, Span(span.start, span.start + _LEAST)), rule)
