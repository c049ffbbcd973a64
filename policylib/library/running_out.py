"""有效期至: which papers run out between two days (domain.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from policylib.errors import JudgementError, QueryError
from policylib.library.written_days import written_day
from policylib.model import Status, Work

_BETWEEN = ("..", "至", "到")


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


def days_meant(text: str, as_of: date) -> tuple[date, date]:
    """..2025-06-30 (from the day that is asked about), 2025-01-01..2025-06-30, 2025-01-01.., 2025, 2025-06-30 as first
    and last day.

    Raises QueryError.
    """
    bare = text.strip()
    sign = next((one for one in _BETWEEN if one in bare), None)
    if sign is None:
        return _part(bare, text)
    before, _, after = (part.strip() for part in bare.partition(sign))
    if not (before or after):
        raise QueryError(_should(text))
    first = _part(before, text)[0] if before else as_of
    last = _part(after, text)[1] if after else date.max
    if before and first > last:
        raise QueryError(f"日期写反了，应从早写到晚：{after}..{before}")
    return first, last


def _part(part: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a year, or of a day."""
    year = part.removesuffix("年")
    if len(year) == 4 and year.isascii() and year.isdecimal() and int(year):
        first = date(int(year), 1, 1)
        return first, date(int(year), 12, 31)
    try:
        one = date.fromisoformat(written_day(part))
    except JudgementError:
        raise QueryError(_should(whole)) from None
    return one, one


def _should(text: str) -> str:
    return f"有效期应写作 ..2025-06-30、2025-01-01..2025-06-30 或 2025，不是“{text}”"
