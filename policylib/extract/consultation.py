"""From when until when a draft is open to comments (domain.md §4 draft_of, §8 重大决策预公开).

征求意见时间：2021年5月17日至6月16日 · 请于2021年6月16日前反馈意见 · 意见反馈截止时间为6月16日 · 征求意见期限为30日
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from policylib.extract.dates import make_date
from policylib.extract.numerals import chinese_number
from policylib.model import Span

_SENTENCE: Final = re.compile(r"[^。;\n]+")
_COMMENTS: Final = re.compile(r"意见|建议")
_TIME: Final = re.compile(r"反馈|时间|期限|截止|日前|日止|为期|之日起|即日起")
_DAY: Final = r"(?:(?P<{0}year>20\d\d)年)?(?P<{0}month>1[0-2]|0?[1-9])月(?P<{0}day>\d{{1,2}})日"
_RANGE: Final = re.compile(
    rf"{_DAY.format('first_')}[^。;\n\d]{{0,8}}?(?:至|到|[-—－–~～]{{1,2}}) ?{_DAY.format('last_')}"
)
_HOUR: Final = r"(?:[^。;\n\d]{0,4}?\d{1,2}[:时点]\d{0,2}分?)?"  # 6月16日下午17:00前
_UNTIL: Final = re.compile(
    rf"(?:至|到|截止[^。;\n\d]{{0,12}}?){_DAY.format('last_')}|{_DAY.format('before_')}{_HOUR}(?:之前|以前|前|止)"
)
_SPELL: Final = re.compile(
    r"(?:期限|时间|公示期|为期|之日起)[^。;\n\d]{0,8}?"
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>工作日|自然日|日|天)"
)
_SHORTENED: Final = re.compile(
    r"(?:情况紧急|时间紧迫|缩短)[^。\n]{0,40}(?:征求|公示|期限|时间)|(?:征求|期限|时间)[^。\n]{0,20}缩短"
)


@dataclass(frozen=True, slots=True)
class Consultation:
    """When comments are taken, and the sentence that says so. `first` is None where it only says until when; `count`
    days, or working days, where it gives neither."""

    span: Span
    first: date | None = None
    last: date | None = None
    count: int = 0
    working: bool = False


def consultation_in(folded: str, year: int | None) -> Consultation | None:
    """The first sentence that says when comments are taken. `year` is the paper's, for days without one."""
    for match in _SENTENCE.finditer(folded):
        words = match.group()
        if _COMMENTS.search(words) and _TIME.search(words) and (found := _read(words, year)):
            start = match.start() + len(words) - len(words.lstrip())
            return Consultation(Span(start, match.end()), *found)
    return None


def is_shortened(folded: str) -> bool:
    """Whether the page gives a reason for a shorter time: 因情况紧急，缩短征求意见期限."""
    return _SHORTENED.search(folded) is not None


def _read(words: str, year: int | None) -> tuple[date | None, date | None, int, bool] | None:
    if match := _RANGE.search(words):
        first = _day(match, "first_", year)
        last = _day(match, "last_", first.year if first else year)
        if first and last and last < first and not match["last_year"]:
            last = _day(match, "last_", first.year + 1)  # 12月20日至1月19日
        if first and last:
            return first, last, 0, False
    if (match := _UNTIL.search(words)) and (last := _day(match, "last_" if match["last_day"] else "before_", year)):
        return None, last, 0, False
    if (match := _SPELL.search(words)) and (count := chinese_number(match["count"])):
        return None, None, count, match["unit"] == "工作日"
    return None


def _day(match: re.Match[str], which: str, year: int | None) -> date | None:
    own = int(match[f"{which}year"] or year or 0)
    return make_date(own, int(match[f"{which}month"]), int(match[f"{which}day"])) if own else None
