"""How far a text that was read agrees with the true one: `agreement(expected, document)`.

Both texts are aligned character by character, in order, without white space. Recall is the share of the true text that
was read, precision the share of the read text that is true. A line that is lost, doubled, or read in the wrong place
(two columns in one) costs all its characters; where lines break, and what metadata, running heads and navigation a
reader found besides, costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policylib.model import Document

UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
BESIDE = frozenset({"metadata", "header", "furniture"})  # blocks that the true text may have or lack
ANCHORS = (12, 5, 2)  # lengths of the passages that occur once in both texts and hold the alignment
SMALL = 40_000  # product of two lengths up to which the standard library's diff is quick


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the texts differ: what should stand there, what was read, and the true text before it."""

    before: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """1 is perfect. `differences` are in the order of the text, those that cost nothing left out."""

    recall: float
    precision: float
    differences: tuple[Difference, ...] = ()

    @property
    def lower(self) -> float:
        return min(self.recall, self.precision)


def bare(text: str) -> str:
    """A text without white space and without what nobody sees."""
    return UNSEEN.sub("", text)


def agreement(expected: str, document: Document, permitted: Iterable[str] = ()) -> Agreement:
    """How far a document says `expected`. `permitted` may stand in it or not: a title above the text, say.

    A merged cell may be repeated in every row that it covers, or stand once.
    """
    body = bare("".join(block.span.of(document.text) for block in document.blocks if block.kind not in BESIDE))
    beside = [block.span.of(document.text) for block in document.blocks if block.kind in BESIDE]
    allowed = [*map(bare, permitted), *repeated_cells(document)]
    return compare(bare(expected), body, lost_elsewhere=list(_with_values(beside)), allowed=allowed)


def _with_values(metadata: Iterable[str]) -> Iterator[str]:
    """Each text, and its label and its value: the reader may have put the colon between them."""
    for text in metadata:
        yield from dict.fromkeys(map(bare, (text, *text.split("："))))


def repeated_cells(document: Document) -> Iterator[str]:
    """What stands in a row and in the row above: each cell, and neighbours together."""
    above: tuple[str, ...] = ()
    for block in document.blocks:
        cells = tuple(bare(cell.of(document.text)) for cell in block.cells)
        run = ""
        for cell in cells:
            run = run + cell if cell in above else ""
            yield from dict.fromkeys((cell, run)) if run else ()
        above = cells


def compare(expected: str, got: str, lost_elsewhere: Sequence[str] = (), allowed: Sequence[str] = ()) -> Agreement:
    """The agreement of two bare texts. What is missing but found in `lost_elsewhere`, and what is too much but
    `allowed`, counts in neither."""
    differences: list[Difference] = []
    lost = found_beside = extra = excused = 0
    spare, pardon = Counter(lost_elsewhere), Counter(allowed)
    for start, end, left, right in gaps(expected, got):
        missing, surplus = expected[start:end], got[left:right]
        beside, forgiven = _covered(missing, spare), _covered(surplus, pardon)
        lost, found_beside = lost + len(missing) - beside, found_beside + beside
        extra, excused = extra + len(surplus) - forgiven, excused + forgiven
        if beside + forgiven < len(missing) + len(surplus):
            differences.append(Difference(expected[max(0, start - 20) : start], missing, surplus))
    return Agreement(
        recall=1 - lost / max(1, len(expected) - found_beside),
        precision=1 - extra / max(1, len(got) - excused),
        differences=tuple(differences),
    )


def _covered(piece: str, pool: Counter[str]) -> int:
    """How many characters of a piece are texts of the pool, each of which is used up. A piece may be turned round:
    of `甲乙甲乙` an alignment may call `乙甲` the repeated part."""
    covered = 0
    for text in sorted((text for text, left in pool.items() if text and left > 0), key=len, reverse=True):
        if len(text) == len(piece) and text in piece + piece:
            pool[text] -= 1
            return covered + len(text)
        while len(text) > 1 and pool[text] > 0 and text in piece:
            pool[text] -= 1
            piece, covered = piece.replace(text, "", 1), covered + len(text)
    return covered


# Alignment ------------------------------------------------------------------------------------------------------

Gap = tuple[int, int, int, int]  # [start, end) of the one text, [start, end) of the other


def gaps(one: str, other: str) -> Iterator[Gap]:
    """The places where two texts differ, in order."""
    i = j = 0
    for start, begin, length in [*_joined(_runs(one, other)), (len(one), len(other), 0)]:
        if start > i or begin > j:
            yield i, start, j, begin
        i, j = start + length, begin + length


Run = tuple[int, int, int]  # where it begins in the one text, in the other, its length


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last and run[0] == last[0] + last[2] and run[1] == last[1] + last[2]:
            last = (last[0], last[1], last[2] + run[2])
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _runs(one: str, other: str, i: int = 0, j: int = 0, sizes: Sequence[int] = ANCHORS) -> Iterator[Run]:
    """The passages that two texts share, in the order of both: equal ends, then what is unique, then the rest."""
    head = _common(one, other)
    if head:
        yield i, j, head
    one, other, i, j = one[head:], other[head:], i + head, j + head
    tail = _common(one[::-1], other[::-1])
    middle, opposite = one[: len(one) - tail], other[: len(other) - tail]
    if middle and opposite:
        if len(middle) * len(opposite) <= SMALL:
            matcher = SequenceMatcher(None, middle, opposite, autojunk=False)
            yield from ((i + a, j + b, size) for a, b, size in matcher.get_matching_blocks() if size)
        elif sizes:
            yield from _between(middle, opposite, i, j, sizes)
    if tail:
        yield i + len(middle), j + len(opposite), tail


def _between(one: str, other: str, i: int, j: int, sizes: Sequence[int]) -> Iterator[Run]:
    a = b = 0
    for start, begin, length in _joined(_anchors(one, other, sizes[0])):
        yield from _runs(one[a:start], other[b:begin], i + a, j + b, sizes[1:])
        yield i + start, j + begin, length
        a, b = start + length, begin + length
    yield from _runs(one[a:], other[b:], i + a, j + b, sizes[1:])


def _common(one: str, other: str) -> int:
    """The length of the common beginning, by halving: comparing slices is quick, comparing characters is not."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _anchors(one: str, other: str, size: int) -> Iterator[Run]:
    """Passages of one length that occur once in each text: the longest chain that is in the order of both."""
    places = _unique(other, size)
    pairs = [(start, places[passage]) for passage, start in _unique(one, size).items() if passage in places]
    a = b = 0
    for start, begin in _rising(sorted(pairs)):
        overlap = max(0, a - start, b - begin)
        if overlap < size and (overlap == 0 or a - start == b - begin):
            yield start + overlap, begin + overlap, size - overlap
            a, b = start + size, begin + size


def _unique(text: str, size: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for start in range(len(text) - size + 1):
        passage = text[start : start + size]
        seen[passage] = -1 if passage in seen else start
    return {passage: start for passage, start in seen.items() if start >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises in both."""
    ends: list[int] = []  # the lowest second member that ends a chain of each length
    chosen: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(chosen[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        chosen[length : length + 1] = [index]
    chain = []
    index = chosen[-1] if chosen else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
