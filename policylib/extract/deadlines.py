"""Until when: the last day, or a term from an event, that a piece of text names (domain.md §8).

2019年3月底前 · 年底前 · 2020年2月15日前 · 公布后30个工作日内 · 完成时限：2024年6月
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from policylib.extract.dates import make_date
from policylib.extract.number_shapes import chinese_number
from policylib.model import Deadline, Found, Span

_DAY_NUMBER: Final = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_BY_DAY: Final = re.compile(
    r"(?<!\d)(?<!每年)(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>\d{1,2})日|(?P<end>底|末))(?:之前|以前|前)"
)
_BY_YEAR: Final = re.compile(r"(?:(?P<year>20\d\d)年年?|(?<!每)(?<!每年)年)(?:底|末)(?:之前|以前|前)|年内")
_WITHIN: Final = re.compile(
    rf"(?P<event>[\u3400-\u9fff]{{1,12}}?)(?:之日起|之后|后|起)(?P<count>{_DAY_NUMBER})个?(?P<unit>工作日|日|天|月)(?:之内|以内|内)"
)
_UNITS: Final = {"工作日": "workday", "日": "day", "天": "day", "月": "month"}
_EVENT_HEAD: Final = re.compile(r"^.*(?:在|自|于|应当?|并|须|要)(?=.)")
# What stands behind 完成时限： or in a column of that name needs no 前: 2024年6月, 6月底, 2024年.
_LIMIT: Final = re.compile(
    r"(?<!\d)(?<!每年)(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>\d{1,2})日|底|末)?|"
    r"(?<!\d)(?P<whole>20\d\d)年(?:年?[底末])?|(?<!每)年[底末]"
)


def deadline_in(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    """The first day or term by which something is to be done: 2019年3月底前, 年底前, 公布后30个工作日内.

    `latest` where a calendar is enough; a term counts from an event, whose day the caller knows. Returning duties
    (每年3月底前) have none.
    """
    found = [
        one
        for one in (_by_day(folded, start, end, year), _by_year(folded, start, end, year), _within(folded, start, end))
        if one
    ]
    return min(found, key=lambda one: one.span.start, default=None)


def limit_in(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    """The same of words that a label or a column says to be a time limit, where 2024年6月 means its last day."""
    found = deadline_in(folded, start, end, year)
    match = _LIMIT.search(folded, start, end) if found is None else None
    if match is None:
        return found
    own = int(match["year"] or match["whole"] or year or 0)
    month = int(match["month"] or 12)
    if not own:
        return None
    day = make_date(own, month, int(match["day"]) if match["day"] else monthrange(own, month)[1])
    return Found(Deadline(day), Span(*match.span()), "deadline.limit") if day else None


def _by_day(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    match = _BY_DAY.search(folded, start, end)
    own = int(match["year"]) if match and match["year"] else year
    if match is None or own is None:
        return None
    month = int(match["month"])
    day = make_date(own, month, int(match["day"]) if match["day"] else monthrange(own, month)[1])
    return Found(Deadline(day), Span(*match.span()), "deadline.day") if day else None


def _by_year(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    match = _BY_YEAR.search(folded, start, end)
    own = int(match["year"]) if match and match["year"] else year
    return Found(Deadline(date(own, 12, 31)), Span(*match.span()), "deadline.year") if match and own else None


def _within(folded: str, start: int, end: int) -> Found[Deadline] | None:
    match = _WITHIN.search(folded, start, end)
    count = chinese_number(match["count"]) if match else None
    if match is None or not count:
        return None
    event = _EVENT_HEAD.sub("", match["event"])
    span = Span(match.end("event") - len(event), match.end())
    return Found(Deadline(None, count, _UNITS[match["unit"]], event), span, "deadline.term")
