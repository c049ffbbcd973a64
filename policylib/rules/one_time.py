"""Papers that are done when their work is done (data/one_time.toml): a campaign, a call. Source: domain.md §5.1, §7."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.model import Deadline, Evidence, Found, Snapshot, Work
from policylib.rules.evidence import sentence
from policylib.tables import toml_rows

_SENTENCE = re.compile(r"[^。;\n]+")
_GOES_ON = ("returning", "standing")
_SPAN = re.compile(r"20\d\d年?(?:-|—|–|~|至|到)(20\d\d)年?")
_YEAR = re.compile(r"(20\d\d)年度?(?!以)")
_DATED_KINDS = re.compile(r"(?:要点|方案|计划|安排|活动|申报|评选|工作)[》〉]*(?:的通知|的意见)?$|行动|攻坚")


@dataclass(frozen=True, slots=True)
class Completed:
    """Why a paper has done its work, and the words that say so, where they are not those of the title."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The last day that a paper names, which is over, and its words. `repaired`: the day had lost its marks."""

    last: date
    evidence: Evidence
    repaired: bool


def completed(snapshot: Snapshot, work: Work) -> Completed | None:
    """Whether the work that a paper asks for is over: its title names a year that is, or it is of one time and its last
    day is. Nobody mends such a paper; the next cleanup declares it void. None where that cannot be told."""
    if year := _over(work, snapshot.as_of.year):
        return Completed(f"标题所说的{year}年已过，任务或适用期已满")
    if done := finished(snapshot, work):
        doubt = "（日期缺了年月日的字，请对照原件）" if done.repaired else ""
        return Completed(f"一次性工作，文中所写的最后期限{done.last}已过{doubt}", (done.evidence,))
    return None


def is_one_time(title: str) -> bool:
    """Whether a title is that of a work which ends: 关于开展市级科技计划项目清理验收工作的通知."""
    bare = fold(title)
    return any(one.search(bare) for one in _patterns("kind")) and not any(
        one.search(bare) for one in _patterns("never")
    )


def is_of_kind(title: str, kinds: Collection[str]) -> bool:
    """Whether a title is that of such a work, of one of these kinds (the ids of the rows)."""
    bare = fold(title)
    rows = (row for row in toml_rows("one_time.toml", array="kind") if row["id"] in kinds)
    return any(re.search(str(row["pattern"]), bare) for row in rows) and is_one_time(title)


def finished(snapshot: Snapshot, work: Work) -> Finished | None:
    """The end of a work that is done once, where every last day which its paper names is over; None where the paper
    names none, has a term of its own, or asks for something that comes again (每月5日前) or goes on (长期坚持)."""
    if work.expires or not work.title or not is_one_time(work.title):
        return None
    for sha256 in work.documents[:1]:
        found = list(_deadlines(fold(snapshot.texts[sha256]), work.day.year if work.day else None))
        days = [(one.value.latest, one) for one in found if one.value.latest]
        if any(one.value.nature in _GOES_ON for one in found) or not days:
            return None
        last, said = max(days, key=lambda day: day[0])
        if last < snapshot.as_of:
            source = snapshot.analyses[sha256].source
            words = sentence(source, snapshot.texts[sha256], said.span, "one-time")
            return Finished(last, words, said.rule.startswith("repair."))
    return None


def _deadlines(folded: str, year: int | None) -> Iterator[Found[Deadline]]:
    for match in _SENTENCE.finditer(folded):
        if found := deadline_in(folded, match.start(), match.end(), year):
            yield found


@cache
def _patterns(array: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(str(row["pattern"])) for row in toml_rows("one_time.toml", array=array))


def _over(work: Work, year: int) -> int | None:
    """The last year of which the title of a plan speaks, where it is over: 2013—2017年, 2017年…要点."""
    title = fold(work.title or "")
    if "20" not in title:
        return None  # as most: they name no year
    spans = [int(one[1]) for one in _SPAN.finditer(title)]
    years = spans or (
        [int(one[1]) for one in _YEAR.finditer(title)] if _DATED_KINDS.search(title.rstrip("》〉")) else []
    )
    last = max(years, default=None)
    return last if last is not None and last < year else None
