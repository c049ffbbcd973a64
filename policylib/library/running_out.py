"""有效期至: which papers run out between two days (domain.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from policylib.library.field_words import days_meant
from policylib.model import Status, Work


def running_out(
    works: Iterable[Work], statuses: Mapping[str, Status], days: str, as_of: date, by_day: bool
) -> tuple[Work, ...]:
    """The works whose term ends in these `days`, both included; `by_day`: the earliest first, those of one day in the
    order in which they came.

    Raises QueryError.
    """
    first, last = days_meant(days, as_of)
    ends = [(statuses[work.key].last_day(work.expires), work) for work in works]
    kept = [(end, work) for end, work in ends if end and first <= end <= last]
    if by_day:
        kept.sort(key=lambda one: one[0])
    return tuple(work for _, work in kept)
