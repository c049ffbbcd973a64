"""How much of an interpretation is taken from the policy: the share of its runs of eight characters that stand there.
Source: domain.md §6.3 INT-07. Linear in both texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policylib.model import Span
from policylib.rules.passages import Paper

_RUN = 8
_LETTERS = re.compile(r"[^\W_]+")  # letters and figures, as `str.isalnum` has them
_MARKS = "\n。,、:;《》()〔〕“” "
# Fewer runs than that are a title, a date and a greeting, which every interpretation shares with its policy.
_FEWEST = 200
# So many runs are looked at first; where fewer than so many percent of them stand in the policy, 60 of all never do.
_SAMPLES, _FIRST_LOOK = 40, 20


@dataclass(frozen=True, slots=True)
class Copied:
    """The share in percent, and the longest passage that both have: where it stands here, and where in the policy."""

    percent: float
    longest: Span
    source: Span


def copied(text: Paper, body: Span, original: Paper, limit: float = 0) -> Copied | None:
    """What `text` takes from `original`; None where it takes less than `limit` percent, or is too short to tell.

    Marks, spaces and line breaks are not compared, for copies change these.
    """
    here = _letters(text, body)
    runs = len(here) - _RUN + 1
    if runs < _FEWEST:
        return None
    whole = Span(0, len(original.text))
    there = _letters(original, whole)
    if limit > _FIRST_LOOK and not _looks_copied(here, there, runs):
        return None
    known = {there[start : start + _RUN] for start in range(len(there) - _RUN + 1)}
    hits = [here[start : start + _RUN] in known for start in range(runs)]
    percent = 100 * sum(hits) / runs
    if not percent or round(percent) < limit:
        return None
    start, length = _longest(hits)
    shared = here[start : start + length + _RUN - 1]
    at = there.find(shared)
    if at < 0:  # runs that touch here and stand apart there
        shared = shared[:_RUN]
        at = there.find(shared)
    end = len(shared) - 1
    places, origins = _places(text, body), _places(original, whole)
    return Copied(percent, Span(places[start], places[start + end] + 1), Span(origins[at], origins[at + end] + 1))


def _looks_copied(here: str, there: str, runs: int) -> bool:
    """Whether enough of some runs, evenly spread, stand there, that most of all may: nearly every text is told from its
    policy by them."""
    step = max(1, runs // _SAMPLES)
    looked = range(0, runs, step)
    found = [start for start in looked if here[start : start + _RUN] in there]
    return 100 * len(found) >= _FIRST_LOOK * len(looked)


def _letters(paper: Paper, within: Span) -> str:
    """The letters and figures of a text. To take out the marks that most texts have no others beside takes half as long
    as to put the letters together."""
    bare = within.of(paper.folded)
    for mark in _MARKS:
        bare = bare.replace(mark, "")
    return bare if bare.isalnum() else "".join(_LETTERS.findall(bare))


def _places(paper: Paper, within: Span) -> list[int]:
    """Where each of its letters and figures stands."""
    return [at for at in range(within.start, within.end) if paper.folded[at].isalnum()]


def _longest(hits: list[bool]) -> tuple[int, int]:
    """Where the longest run of true ones begins, and its length."""
    best = start = length = 0
    for index, hit in enumerate(hits):
        if not hit:
            length = 0
            continue
        length += 1
        if length > best:
            best, start = length, index - length + 1
    return start, best
