"""Days as papers write them, and working days by the State Council's holiday notices. A year that no notice covers yet
is unknown, never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache


def spelled(day: date) -> str:
    """2021年3月5日, as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=1 << 16)  # a library has far fewer days than works
def working_days(start: date, end: date) -> int | None:
    """Working days after `start` up to and with `end`; negative where `end` comes first; None where a year is unknown.

    The first day is not counted: from Friday to Monday is 1.
    """
    if end < start:
        earlier = working_days(end, start)
        return None if earlier is None else -earlier
    total = -_until(start) if _covered(start.year, end.year) else None
    if total is None:
        return None
    return total + sum(_counts(year)[-1] for year in range(start.year, end.year)) + _until(end)


def working_day_after(start: date, count: int) -> date | None:
    """The `count`th working day after `start`, which is not counted; None where a year on the way is unknown.

    What is due 公布后30个工作日内 is due on the 30th at the latest.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        counts = _counts(day.year)
        if not counts:
            return None
        place = day.timetuple().tm_yday
        count -= counts[place] - counts[place - 1]
    return day


def _until(day: date) -> int:
    """Working days from the first of January up to and with the day."""
    return _counts(day.year)[day.timetuple().tm_yday]


def _covered(first: int, last: int) -> bool:
    return all(_counts(year) for year in range(first, last + 1))


@cache
def _counts(year: int) -> tuple[int, ...]:
    """Working days of the year up to each day (item 0 is none); empty for a year without a notice."""
    from chinese_calendar import is_workday

    counts = [0]
    day = date(year, 1, 1)
    try:
        while day.year == year:
            counts.append(counts[-1] + is_workday(day))
            day += timedelta(days=1)
    except NotImplementedError:
        return ()
    return tuple(counts)
