"""Where words stand, and the sentences that have them: the words are looked for first, for most texts have few of them,
and to cut a text into sentences takes longer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from policylib.model import Span


def places_of(word: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where the word stands in `text[start:end]`, in order."""
    place = text.find(word, start, end)
    while place >= 0:
        yield place
        place = text.find(word, place + 1, end)


def sentences_with(
    words: Iterable[str], folded: str, marks: str, start: int = 0, end: int | None = None
) -> Iterator[Span]:
    """The sentences of `folded[start:end]` that have one of the words, in order. `marks` end a sentence and are part of
    it, but for a line break."""
    limit = len(folded) if end is None else end
    done = start
    for place in sorted(place for word in words for place in places_of(word, folded, start, end)):
        if place >= done:
            left = max(done, *(folded.rfind(mark, done, place) + 1 for mark in marks))
            if found := sentence_pattern(marks).match(folded, left, limit):
                done = found.end()
                yield Span(left, done)


@cache
def sentence_pattern(marks: str) -> re.Pattern[str]:
    """A sentence with the mark that ends it."""
    return re.compile(f"[^{marks}]+[{marks.strip()}]?")
