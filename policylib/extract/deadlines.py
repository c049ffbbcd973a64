"""Until when: the last day, or a term from an event, that a piece of text names (domain.md §8).

2019年3月底前 · 六月底前 · 年底前 · 一季度末前 · 2020年2月15日前 · 公布后30个工作日内 · 完成时限：2024年6月
Without a last day: 每月5日前 · 长期坚持 · 即时 (data/deadlines.toml).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from policylib.extract.dates import find_damaged_dates, make_date, settle
from policylib.extract.numerals import chinese_number
from policylib.model import Deadline, DeadlineNature, Found, Span
from policylib.tables import toml_rows

_DAY_NUMBER: Final = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_YEAR: Final = r"(?:(?P<year>(?<!\d)(?:19|20)\d\d|(?<![一二三四五六七八九〇零])[一二][一二三四五六七八九〇零]{3})年)?"
_MONTH: Final = r"(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_DAY: Final = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
_BEFORE: Final = "(?:之前|以前|前)"
# 2024年1月31日前登记的养老机构: which ones are meant, and not by when.
_DESCRIBES: Final = (
    "(?!(?:已经?|依法|正式|首次)?(?:登记|注册|设立|成立|取得|出生|参保|入学|毕业|购买|签订|存在|发生|入住|入职|领取|缴纳)"
    "[\u3400-\u9fff]{0,6}的)"
)
_BY_DAY: Final = re.compile(rf"(?<!每年){_YEAR}{_MONTH}(?:{_DAY}|底|末){_BEFORE}{_DESCRIBES}")
_BY_YEAR: Final = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)年年?|(?<!每)(?<!每年)(?<!\d)年)(?:底|末){_BEFORE}|(?<![\d一二两三四五六七八九十半几每当])年内"
)
_WITHIN: Final = re.compile(
    rf"(?P<event>[\u3400-\u9fff]{{1,12}}?)(?:之日起|之后|后|起)(?P<count>{_DAY_NUMBER})个?(?P<unit>工作日|日|天|月)(?:之内|以内|内)"
)
# A term that says no day to count from: 在3个工作日内.
_TERM: Final = re.compile(
    rf"[应须需当于在请要,]{{0,2}}(?P<at>(?P<count>{_DAY_NUMBER})个?(?P<unit>工作日|日|天|月)(?:之内|以内|内))"
)
_UNITS: Final = {"工作日": "workday", "日": "day", "天": "day", "月": "month"}
_EVENT_HEAD: Final = re.compile(r"^.*(?:在|自|于|应当?|并|须|要)(?=.)")
# 7月组织验收: it is to be done in that month. What was done, or begins then, is no time limit.
_IN_MONTH: Final = re.compile(
    rf"(?<![至到—–~年\-])(?<!每年)(?P<at>{_YEAR}{_MONTH})份?(?:组织|开展|举办|召开|完成|报送|上报)(?!了|的|以来|后)"
)
_NO_LATER: Final = "(?:不晚于|不迟于|最迟[于在]?)"
_AT_LATEST: Final = re.compile(rf"{_NO_LATER}{_YEAR}{_MONTH}(?:{_DAY}|底|末)")
_LOST: Final = r"20\d\d年?\d{2,4}日"
_DAMAGED: Final = re.compile(rf"(?<![\d.]){_LOST}{_BEFORE}|{_NO_LATER}{_LOST}")
# What stands behind 完成时限： or in a column of that name needs no 前: 2024年6月, 6月底, 2024年, 2024.6.30.
# Of 2024年3月至6月 the first month is no last one, and what begins in a month ends later.
_BEGINS: Final = "(?!起|开始|启动|以来|后)"
_RANGE: Final = r"(?:(?:(?P<since>20\d\d)年)?\d{1,2}(?:月(?:\d{1,2}日)?)?[至到—–~\-]{1,2})?"
_LIMIT: Final = re.compile(
    rf"(?<!\d)(?<!每年){_RANGE}(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>\d{{1,2}})日|份?[底末]?){_BEGINS}|"
    rf"(?<!\d)(?:20\d\d年?[至到—–~\-]{{1,2}})?(?P<whole>20\d\d)年(?!\d)(?:年?[底末])?{_BEGINS}|(?<!每)(?<!\d)年[底末]|"
    r"(?<!\d)(?P<y>20\d\d)(?P<mark>[./\-])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d)"
)
_MARKS: Final = " :。;,、\n"
_WORD: Final = re.compile(r"[\u3400-\u9fff\d]")
_NONE: Final = frozenset(("无", "空", "不限", "无时限", "无要求"))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A row of data/deadlines.toml: words that are a time limit and name no last day."""

    id: str
    nature: DeadlineNature
    limit_only: bool
    pattern: re.Pattern[str]


@cache
def _shapes() -> tuple[_Shape, ...]:
    return tuple(
        _Shape(row["id"], row["nature"], row.get("limit_only", False), re.compile(row["pattern"]))
        for row in toml_rows("deadlines.toml", array="deadline")
    )


class _Part(NamedTuple):
    """A part of a year with its last month: as prose says that something ends with it, and as a column does."""

    month: int
    prose: re.Pattern[str]
    cell: re.Pattern[str]


@cache
def _parts() -> tuple[_Part, ...]:
    rows = [(row["month"], row["words"]) for row in toml_rows("deadlines.toml", array="period")]
    begun = r"(?<!每年)(?<!每年第)"
    return tuple(
        _Part(
            month,
            re.compile(rf"{begun}{_YEAR}(?:{words})(?:[末底]{_BEFORE}|[末底]?(?:之内|以内|内)|[末底]?完成)"),
            re.compile(rf"{begun}{_YEAR}(?:{words})[末底]?{_BEGINS}(?!{_BEFORE})"),
        )
        for month, words in rows
    )


def deadline_in(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    """The first time limit by which something is to be done: 2019年3月底前, 年底前, 公布后30个工作日内, 每月5日前.

    `latest` where a calendar is enough; a term counts from an event, whose day the caller knows. Returning duties
    (每年3月底前) have neither, nor has a day that lost its marks (于2017111日前).
    """
    place = Span(start, end)
    readers: tuple[Callable[[str, Span, int | None], Found[Deadline] | None], ...] = (
        _damaged, _shaped, _by_day, _by_year, _by_part, _within, _in_month,
    )  # fmt: skip
    found = [one for read in readers if (one := read(folded, place, year))]
    return min(found, key=lambda one: one.span.start, default=None)


def limit_in(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    """The same of words that a label or a column says to be a time limit, where 2024年6月 means its last day, and 长期
    坚持 that there is none. Words that tell no day are a limit too, of nature unknown; a dash is none."""
    place = _bare(folded, Span(start, end))
    return (
        deadline_in(folded, place.start, place.end, year)
        or _limit(folded, place, year)
        or _part(folded, place, year)
        or _repaired(folded, place)
        or _shaped(folded, place, None, limit=True)
        or _unknown(folded, place)
    )


def _bare(folded: str, place: Span) -> Span:
    """The words without the marks beside them."""
    words = place.of(folded)
    start = place.start + len(words) - len(words.lstrip(_MARKS))
    return Span(start, max(start, place.start + len(words.rstrip(_MARKS))))


def _by_day(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    """2019年3月底前, 不晚于2019年3月31日."""
    found = [match for one in (_BY_DAY, _AT_LATEST) if (match := one.search(folded, place.start, place.end))]
    match = min(found, key=lambda one: one.start(), default=None)
    own = _year_of(match["year"], year) if match else None
    return _last_day(match, own, "deadline.day") if match and own else None


def _last_day(match: re.Match[str], year: int, rule: str) -> Found[Deadline] | None:
    """The day that it names, or the last of its month."""
    month = chinese_number(match["month"]) or 0
    number = match.groupdict().get("day")
    day = make_date(year, month, chinese_number(number) or 0) if number else _end_of(year, month)
    return Found(Deadline(day), Span(*match.span()), rule) if day else None


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_of(written: str | None, year: int | None) -> int | None:
    return chinese_number(written) if written else year


def _by_year(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    match = _BY_YEAR.search(folded, place.start, place.end)
    own = _year_of(match["year"], year) if match else None
    return Found(Deadline(date(own, 12, 31)), Span(*match.span()), "deadline.year") if match and own else None


def _by_part(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    """一季度末前, 2019年上半年内."""
    if "季度" not in (words := place.of(folded)) and "半年" not in words:
        return None
    found = [(month, match) for month, prose, _ in _parts() if (match := prose.search(folded, place.start, place.end))]
    return _end_of_part(found, year)


def _part(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    """一季度, 上半年; of several (一季度、三季度) the last is no more meant than the first."""
    found = [(month, match) for month, _, cell in _parts() if (match := cell.search(folded, place.start, place.end))]
    return _end_of_part(found, year) if len(found) == 1 else None


def _end_of_part(found: list[tuple[int, re.Match[str]]], year: int | None) -> Found[Deadline] | None:
    if not found:
        return None
    month, match = min(found, key=lambda one: one[1].start())
    own = _year_of(match["year"], year)
    return Found(Deadline(_end_of(own, month)), Span(*match.span()), "deadline.part") if own else None


def _in_month(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    match = _IN_MONTH.search(folded, place.start, place.end)
    own = _year_of(match["year"], year) if match else None
    if match is None or own is None:
        return None
    day = _end_of(own, chinese_number(match["month"]) or 0)
    return Found(Deadline(day), Span(*match.span("at")), "deadline.month")


def _within(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    match = _WITHIN.search(folded, place.start, place.end)
    count = chinese_number(match["count"]) if match else None
    if match is None or not count:
        return None
    event = _EVENT_HEAD.sub("", match["event"])
    span = Span(match.end("event") - len(event), match.end())
    return Found(Deadline(None, count, _UNITS[match["unit"]], event), span, "deadline.term")


def term_at(folded: str, start: int, end: int) -> Found[Deadline] | None:
    """A term at the beginning of the words, from no day that they say: 在3个工作日内."""
    match = _TERM.match(folded, start, end)
    count = chinese_number(match["count"]) if match else None
    if match is None or not count:
        return None
    return Found(Deadline(None, count, _UNITS[match["unit"]]), Span(*match.span("at")), "deadline.term")


def _shaped(folded: str, place: Span, year: int | None, limit: bool = False) -> Found[Deadline] | None:
    """每月5日前, and behind a label 长期坚持: the first that stands there, in its longest shape."""
    found = [
        (match.span(), shape)
        for shape in _shapes()
        if (limit or not shape.limit_only) and (match := shape.pattern.search(folded, place.start, place.end))
    ]
    if not found:
        return None
    span, shape = min(found, key=lambda one: (one[0][0], -one[0][1]))
    return Found(Deadline(nature=shape.nature), Span(*span), f"deadline.{shape.nature}")


def _damaged(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    """于2018531日前, 不晚于2018531日: the marks are lost (domain.md §2.6), and only one day splits so."""
    match = _DAMAGED.search(folded, place.start, place.end)
    return _repaired(folded, Span(*match.span())) if match else None


def _repaired(folded: str, place: Span) -> Found[Deadline] | None:
    """2018531, where a day is expected."""
    damaged = next(find_damaged_dates(folded, place.start, place.end), None)
    day = settle(damaged, None) if damaged else None
    return Found(Deadline(day.value), place, day.rule, day.confidence) if day else None


def _limit(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    match = _LIMIT.search(folded, place.start, place.end)
    if match is None:
        return None
    if match["y"]:
        day = make_date(int(match["y"]), int(match["m"]), int(match["d"]))
        return Found(Deadline(day), Span(*match.span()), "deadline.limit") if day else None
    own = int(match["year"] or match["since"] or match["whole"] or year or 0)
    if not own:
        return None
    if match["month"]:
        return _last_day(match, own, "deadline.limit")
    return Found(Deadline(date(own, 12, 31)), Span(*match.span()), "deadline.limit")


def _unknown(folded: str, place: Span) -> Found[Deadline] | None:
    """Words that are a limit because they stand where one belongs: 按上级要求."""
    words = place.of(folded)
    says = _WORD.search(words) and words not in _NONE
    return Found(Deadline(nature="unknown"), place, "deadline.unknown") if says else None
