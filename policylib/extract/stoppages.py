"""Stops for a time: 自2021年6月1日至8月31日停止执行 suspends a document and does not end it (domain.md §4, §5.3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from policylib.extract.dates import make_date
from policylib.extract.numerals import chinese_number
from policylib.extract.validity import last_named_day, last_of

_YEAR: Final = r"(?:19|20)\d\d ?年 ?"
_DAY: Final = r"\d{1,2} ?月 ?\d{1,2} ?日"
_FROM_TO: Final = (
    rf"(?:[自从于在] ?)?(?P<year>{_YEAR})(?P<first>{_DAY})(?:零时)?(?:起|开始)?[,，]?(?:至|到|-)"
    rf"(?P<last_year>{_YEAR}|次年|当年)?(?P<last>{_DAY})(?:24时)?(?:止|期间|期内|之间|内)*"
)
DAYS: Final = re.sub(r"\?P<\w+>", "?:", _FROM_TO)
"""自2021年6月1日至8月31日, as a part of other patterns."""
_BEFORE: Final = rf"{_YEAR}{_DAY}(?:以前|之前|前)"
_STOPS = re.compile("停止|不再|终止|暂停|暂缓|中止")
_NO_TERM: Final = "(?<!期)(?<!期[自从为])(?<!限)(?<!限[自从为])"  # 本通知有效期自…至…，《X》停止执行
_TIME_AHEAD = re.compile(rf"{_NO_TERM}(?:{DAYS}|在?{_BEFORE})[,，]?[^,，。;；]{{0,16}}$")
_FOR: Final = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>年(?!\d)|个月|天|日(?!起))"
_TIME_BEHIND = re.compile(rf"(?:至|到){_YEAR}{_DAY}|{DAYS}|{_FOR}(?=[,，。;；]|$)")
_WINDOW = re.compile(_FROM_TO)
_UNTIL = re.compile(
    rf"(?:{_STOPS.pattern})[^。；《]{{0,60}}?(?:至|到)(?P<to>{_YEAR}(?:{_DAY}|\d{{1,2}} ?月[底末]?|[底末]))"
)
_FROM_NOW = re.compile(
    rf"(?:即日|本[\u3400-\u9fff]{{2,6}}(?:印发|发布|公布|施行|实施)之日)起?[,，]?"
    rf"(?:至|到)(?P<to>{_YEAR}(?:{_DAY}|\d{{1,2}} ?月[底末]?|[底末]))"
)
_TILL = re.compile(rf"(?P<to>{_YEAR}{_DAY})(?:以前|之前|前)[^。；]{{0,80}}?(?:{_STOPS.pattern})")
_LASTS = re.compile(
    rf"(?:{_STOPS.pattern})(?:执行|施行|实施|适用)(?:[,，]?(?:暂停|暂缓|停止)?(?:期限?|时间)(?:暂定|定)?(?:为|:)?)?{_FOR}"
)
_REACH: Final = 60  # characters between the days and the verb


def is_for_a_time(ahead: str, verb: str, behind: str) -> bool:
    """Whether a verb that stops a document gives the days of the stop, before it or behind it."""
    stop = next(reversed(list(_STOPS.finditer(verb))), None)
    if stop is None:
        return False
    ahead += verb[: stop.start()]
    return bool(_TIME_AHEAD.search(ahead[-_REACH:]) or _TIME_BEHIND.match(behind))


def window(words: str, since: date | None) -> tuple[date | None, date | None]:
    """First and last day of a stop, as a sentence gives them, the first None where it is the day of the act; what lasts
    three months lasts so from `since` on."""
    if match := _WINDOW.search(words):
        first = _day(match["year"], match["first"])
        named = match["last_year"] or "当年"
        last = _day(match["year"] if named in ("当年", "次年") else named, match["last"])
        return first, make_date(last.year + 1, last.month, last.day) if last and named == "次年" else last
    if match := _FROM_NOW.search(words) or _UNTIL.search(words) or _TILL.search(words):
        return None, last_named_day(match["to"].replace(" ", ""))
    match = _LASTS.search(words)
    return None, _lasting(match, since) if match and since else None


def _lasting(match: re.Match[str], since: date) -> date:
    count = chinese_number(match["count"]) or 0
    if match["unit"] in ("天", "日"):
        return since + timedelta(days=count - 1)
    return last_of(since, count * (12 if match["unit"] == "年" else 1))


def _day(year: str, words: str) -> date | None:
    """8月31日 of 2021年."""
    figures = [int(one) for one in re.findall(r"\d+", year + words)]
    return make_date(*figures) if len(figures) == 3 else None
