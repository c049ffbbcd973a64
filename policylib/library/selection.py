"""Which works a review is asked for: those of an organ, those from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policylib.library.search import organs_meant
from policylib.model import Work


@dataclass(frozen=True, slots=True)
class Selection:
    """The keys of the works that were asked for. `undated`: how many more would be, if their day were known."""

    keys: frozenset[str]
    undated: int = 0


def selected(works: Iterable[Work], organ: str = "", since: date | None = None) -> Selection:
    """The held works that an organ issued or drafted, and that are of a day or later; with neither, all.

    `organ` may be short: 科技局, 市财政局. A work without a date is of the year of its number; where that year is that
    of `since`, or none, nobody can tell, and it is counted apart.
    """
    held = [work for work in works if work.held]
    if organ:
        issuers = organs_meant({name for work in held for name in work.issuers}, organ)
        drafters = organs_meant({name for work in held if work.drafter for name in work.drafter.names}, organ)
        held = [
            work
            for work in held
            if issuers.intersection(work.issuers) or (work.drafter and drafters.intersection(work.drafter.names))
        ]
    verdicts = {work.key: _is_since(work, since) for work in held}
    kept = frozenset(key for key, verdict in verdicts.items() if verdict)
    return Selection(kept, sum(verdict is None for verdict in verdicts.values()))


def _is_since(work: Work, since: date | None) -> bool | None:
    if since is None:
        return True
    if work.day:
        return work.day >= since
    year = work.number.year if work.number else None
    return None if year is None or year == since.year else year > since.year
