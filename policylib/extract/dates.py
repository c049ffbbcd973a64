"""Dates in every script of official papers, and the damaged ones (domain.md §1.1, §2.6).

2017年6月27日 · 2017-6-27 10:40:54 · 2017/06/27 · 二〇一七年六月二十七日 · 二OO六年 · 2017627 (with evidence only)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from policylib.extract.folding import fold
from policylib.extract.numerals import chinese_number
from policylib.model import Found, Span

_NOUGHTS = "O0oОоΟο"  # the letter of three alphabets, and the figure, for 〇: 二ОО二年
_YEAR_HAN = f"一二三四五六七八九〇零{_NOUGHTS}"
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?: ?年 ?(?P<m1>\d{1,2}) ?月 ?(?P<d1>\d{1,2}) ?日|"
    r"(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d))"
    r"(?:[ T]{0,3}(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)
_HAN_DATE = re.compile(
    rf"(?P<y>[{_YEAR_HAN}]{{4}}) ?年 ?(?P<m>[一二三四五六七八九十]{{1,2}}) ?月 ?"
    r"(?P<d>[一二三四五六七八九十]{1,3}) ?日"
)
DATE_BEGINS = re.compile(rf"[\d{_YEAR_HAN}]")
_DAMAGED = re.compile(r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d)年?(?P<rest>\d{2,4})(?P<day>日|)(?![\d年号.%])")
_MONTHS_AFTER = 60  # a page goes up within 60 days of the sign-off (domain.md §2.6)


@dataclass(frozen=True, slots=True)
class DamagedDate:
    """Digits that were a date before 年 and 月 were lost, with every reading that a calendar allows."""

    span: Span
    candidates: tuple[date, ...]


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[date | datetime]]:
    """Whole dates in `text[start:end]`, in order; a datetime where the time of day is written."""
    folded = fold(text[start:end])
    found = [*_arabic(folded, start), *_han(folded, start)]
    yield from sorted(found, key=lambda one: one.span.start)


def first_date(text: str, start: int = 0, end: int | None = None) -> Found[date | datetime] | None:
    return next(find_dates(text, start, end), None)


def _arabic(folded: str, offset: int) -> Iterator[Found[date | datetime]]:
    for match in _DATE.finditer(folded):
        day = make_date(int(match["y"]), int(match["m1"] or match["m2"]), int(match["d1"] or match["d2"]))
        if day is None:
            continue
        span = Span(match.start(), match.end()).shifted(offset)
        if match["hour"] and int(match["hour"]) < 24 and int(match["minute"]) < 60:
            moment = time(int(match["hour"]), int(match["minute"]), min(int(match["second"] or 0), 59))
            yield Found(datetime.combine(day, moment), span, "date.time")
        else:
            yield Found(day, span, "date.arabic")


def _han(folded: str, offset: int) -> Iterator[Found[date | datetime]]:
    for match in _HAN_DATE.finditer(folded):
        year = chinese_number(re.sub(f"[{_NOUGHTS}]", "〇", match["y"]))
        month, day = chinese_number(match["m"]), chinese_number(match["d"])
        if year and month and day and (value := make_date(year, month, day)):
            yield Found(value, Span(match.start(), match.end()).shifted(offset), "date.han")


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_damaged_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DamagedDate]:
    """2017627, 2017822日: digits that split into month and day in at least one way. Zero padding was never used."""
    for match in _DAMAGED.finditer(fold(text[start:end])):
        candidates = tuple(_splits(int(match["y"]), match["rest"]))
        if candidates:
            yield DamagedDate(Span(match.start(), match.end()).shifted(start), candidates)


def _splits(year: int, rest: str) -> Iterator[date]:
    for cut in (1, 2):
        month, day = rest[:cut], rest[cut:]
        if (
            day
            and month[0] != "0"
            and day[0] != "0"
            and len(day) <= 2
            and (value := make_date(year, int(month), int(day)))
        ):
            yield value


def settle(damaged: DamagedDate, published: date | None) -> Found[date] | None:
    """The one reading of a damaged date that fits: none when several do. The page's own publish time corroborates a
    reading when it falls on that day or up to 60 days after it."""
    near = [one for one in damaged.candidates if published and 0 <= (published - one).days <= _MONTHS_AFTER]
    if len(near) == 1:
        return Found(near[0], damaged.span, "repair.date.page_time", 0.95)
    if len(damaged.candidates) == 1 and (published is None or not near):
        return Found(damaged.candidates[0], damaged.span, "repair.date", 0.6 if published is None else 0.4)
    return None


def as_date(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
