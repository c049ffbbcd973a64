"""Which works a review is asked for: those of an organ, those from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policylib.library.organ_choice import OrganChoice, organs_meant
from policylib.link.organs import Registry
from policylib.model import Work


@dataclass(frozen=True, slots=True)
class Selection:
    """The keys of the works that were asked for. `undated`: how many more would be, if their day were known;
    `organs`: what the organ's name was taken for."""

    keys: frozenset[str]
    undated: int = 0
    organs: OrganChoice | None = None


def selected(
    works: Iterable[Work], organ: str = "", since: date | None = None, registry: Registry | None = None
) -> Selection:
    """The held works that an organ issued or drafted, and that are of a day or later; with neither, all.

    `organ` may be short: 科技局, 市财政局; with the `registry` of an office it means that of its region. A work
    without a date is of the year of its number; where that year is that of `since`, or none, nobody can tell, and it
    is counted apart.
    """
    held = [work for work in works if work.held]
    organs = None
    if organ:
        organs = _meant(held, organ, registry)
        held = [work for work in held if organs.taken.intersection((*work.issuers, *_drafters(work)))]
    verdicts = {work.key: _is_since(work, since) for work in held}
    kept = frozenset(key for key, verdict in verdicts.items() if verdict)
    return Selection(kept, sum(verdict is None for verdict in verdicts.values()), organs)


def _meant(works: Iterable[Work], organ: str, registry: Registry | None) -> OrganChoice:
    """Issuers and drafters apart, since papers spell drafters as they like; together where a region decides."""
    listed = list(works)
    issuers = {name for work in listed for name in work.issuers}
    drafters = {name for work in listed for name in _drafters(work)}
    if registry is not None and registry.jurisdiction:
        return organs_meant(issuers | drafters, organ, registry)
    return organs_meant(issuers, organ).joined(organs_meant(drafters, organ))


def _drafters(work: Work) -> tuple[str, ...]:
    return work.drafter.names if work.drafter else ()


def _is_since(work: Work, since: date | None) -> bool | None:
    if since is None:
        return True
    if work.day:
        return work.day >= since
    year = work.number.year if work.number else None
    return None if year is None or year == since.year else year > since.year
