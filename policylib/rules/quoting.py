"""Words of a document as evidence."""

from __future__ import annotations

from typing import Final

from policylib.model import Evidence, Source, Span

CONTEXT: Final = 30  # characters either side of a quotation
LONGEST: Final = 240
_STOPS: Final = "。；\n"


def words(source: Source, text: str, span: Span, rule: str) -> Evidence:
    """These words, with what stands round them."""
    end = min(span.end, span.start + LONGEST)
    span = Span(span.start, end)
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[end : end + CONTEXT]
    return Evidence(
        source.sha256, source.path, span, span.of(text), before.rpartition("\n")[2], after.partition("\n")[0], rule
    )


def sentence(source: Source, text: str, span: Span, rule: str) -> Evidence:
    """The sentence in which these words stand, as much of it as is short enough to show."""
    start = max((text.rfind(stop, max(0, span.start - LONGEST // 2), span.start) + 1 for stop in _STOPS), default=0)
    start = start or max(0, span.start - LONGEST // 2)
    ends = [place for stop in _STOPS if (place := text.find(stop, span.end, span.end + LONGEST // 2)) >= 0]
    return words(source, text, Span(start, min(ends, default=min(len(text), span.end + LONGEST // 2))), rule)
