"""How much of an interpretation is taken from the policy: the share of its runs of eight characters that stand there.
Source: domain.md §6.3 INT-07. Linear in both texts."""

from __future__ import annotations

from dataclasses import dataclass

from policylib.model import Span
from policylib.rules.passages import Paper

_RUN = 8
# Fewer runs than that are a title, a date and a greeting, which every interpretation shares with its policy.
_FEWEST = 200


@dataclass(frozen=True, slots=True)
class Copied:
    """The share in percent, and the longest passage that both have: where it stands here, and where in the policy."""

    percent: float
    longest: Span
    source: Span


def copied(text: Paper, body: Span, original: Paper) -> Copied | None:
    """What `text` takes from `original`; None where it is too short to tell, or takes nothing.

    Marks, spaces and line breaks are not compared, for copies change these.
    """
    here, places = _letters(text, body)
    runs = len(here) - _RUN + 1
    if runs < _FEWEST:
        return None
    there, origins = _letters(original, Span(0, len(original.text)))
    known = {there[start : start + _RUN] for start in range(len(there) - _RUN + 1)}
    hits = [here[start : start + _RUN] in known for start in range(runs)]
    start, length = _longest(hits)
    if not length:
        return None
    shared = here[start : start + length + _RUN - 1]
    at = there.find(shared)
    if at < 0:  # runs that touch here and stand apart there
        shared = shared[:_RUN]
        at = there.find(shared)
    end = len(shared) - 1
    longest = Span(places[start], places[start + end] + 1)
    return Copied(100 * sum(hits) / runs, longest, Span(origins[at], origins[at + end] + 1))


def _letters(paper: Paper, within: Span) -> tuple[str, list[int]]:
    """The letters and figures of a text, and where each stands."""
    places = [at for at in range(within.start, within.end) if paper.folded[at].isalnum()]
    return "".join(paper.folded[at] for at in places), places


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
