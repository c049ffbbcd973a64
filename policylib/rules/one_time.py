"""Papers that are done when their work is done (data/one_time.toml): a campaign, a call. Source: domain.md §5.1, §7."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.model import Analysis, Deadline, Evidence, Found, Snapshot, Span, Work
from policylib.rules.evidence import sentence
from policylib.tables import toml_rows

_LONG_AGO = timedelta(days=365)
"""No check, count or campaign that names no last day was seen to run longer."""
_JOBS = ("campaign", "job")  # who sits on a board does so until somebody else does
_SENTENCE = re.compile(r"[^。;\n]+")
_GOES_ON = ("returning", "standing")
_SPAN = re.compile(r"20\d\d年?(?:-|—|–|~|至|到)(20\d\d)年?")
_YEAR = re.compile(r"(20\d\d)年度?(?!以|\d|修|版)")
_PASSED_ON = re.compile(r"(?:转发|批转)[^\n]*")
_QUOTED = re.compile(r"(?<!印发)(?<!发布)(?<!公布)(?<!下发)(?<!颁布)[《〈][^\n]*[》〉]")
"""A title that is cited in another: 关于转发《…规划（2021—2025年）》的通知, 关于落实《…》的意见, but not
what a paper issues."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Why a paper has done its work, or may have (`sure`), and the words that say so."""

    reason: str
    evidence: tuple[Evidence, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Year:
    """The last year of which a title speaks, where it stands there, and the title without those that it cites."""

    last: int
    words: str
    own: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The last day that a paper names, which is over, and its words. `repaired`: the day had lost its marks."""

    last: date
    evidence: Evidence
    repaired: bool


def completed(snapshot: Snapshot, work: Work) -> Completed | None:
    """Whether the work that a paper asks for is over: its title names the year of its own task, which is, or it is of
    one time and its last day is. Nobody mends such a paper; the next cleanup declares it void. In doubt where the year
    is that of a title which it cites or passes on, or where it lays down rules that bind beyond the year. None where
    that cannot be told."""
    if year := _over(work, snapshot.as_of.year):
        return _year_over(snapshot, work, year)
    if done := finished(snapshot, work):
        doubt = "（日期缺了年月日的字，请对照原件）" if done.repaired else ""
        return Completed(f"一次性工作，文中所写的最后期限{done.last}已过{doubt}", (done.evidence,))
    return None


def perhaps_completed(snapshot: Snapshot, work: Work) -> Completed | None:
    """Why the work of a paper may be over, though that is nowhere said: its title is that of a check or campaign, it
    names no last day, and is older than a year (岚城管发〔2023〕5号: 决定开展一次…检查), or that of one round of what
    comes again, and its last days are over (规范性文件定期清理). A person is to look."""
    title = work.title or ""
    if work.expires or not work.documents or work.documents[0] not in snapshot.texts:
        return None
    if _is_any("round", fold(title)) and (done := _all_over(snapshot, work)):
        reason = f"是定期工作中的一次，文中所写的最后期限{done.last}已过，请核对：都已办结的，列入失效"
        return Completed(reason, (done.evidence,), sure=False)
    if not is_of_kind(title, _JOBS) or not work.day or work.day + _LONG_AGO > snapshot.as_of:
        return None
    if any(one.value.latest or one.value.nature in _GOES_ON for one in _asked_for(snapshot, work)):
        return None
    reason = (
        "标题所说的是一次性的工作，文中没有写最后期限，成文已满一年，请核对：已经办结、没有别的要求仍在执行的，列入失效"
    )
    return Completed(reason, tuple(_saying_once(snapshot, work)), sure=False)


def _saying_once(snapshot: Snapshot, work: Work) -> Iterator[Evidence]:
    """The sentence by which the work is done once; the title where none says so."""
    for analysis, text, start in _opened(snapshot, work):
        said = (Span(*one.span()) for one in _SENTENCE.finditer(fold(text), start) if _is_any("once", one[0]))
        yield from _shown(analysis, text, next(said, None), "one-time.once")


def _year_over(snapshot: Snapshot, work: Work, year: _Year) -> Completed:
    said = tuple(_naming(snapshot, work, year.words))
    if year.words not in year.own:
        reason = f"标题里的{year.last}年是所引、所转发的文件的，已过；本文件自己的要求是否都已办结，请核对"
        return Completed(reason, said, sure=False)
    of_task = _is_any("task", year.own) or _SPAN.search(year.own)
    if not of_task and (rule := next(_binding(snapshot, work), None)):
        reason = f"标题所说的{year.last}年已过，但文中有不随这一年结束的要求，请核对：都不再执行的，列入失效"
        return Completed(reason, (*said, rule), sure=False)
    return Completed(f"标题所说的{year.last}年已过，任务或适用期已满", said)


def _naming(snapshot: Snapshot, work: Work, words: str) -> Iterator[Evidence]:
    """The first sentence behind the title that names the year; the title where none does."""
    for analysis, text, start in _opened(snapshot, work):
        # 2020年3月20日 is a day, and not the year of a task
        named = re.compile(re.escape(words) + r"(?!\d{1,2}月)").search(fold(text), start)
        yield from _shown(analysis, text, Span(*named.span()) if named else None, "one-time.year")


def _binding(snapshot: Snapshot, work: Work) -> Iterator[Evidence]:
    """The sentences of a paper that lay down a rule, and name no last day."""
    for analysis, text, start in _opened(snapshot, work):
        folded = fold(text)
        for match in _SENTENCE.finditer(folded, start):
            if _is_any("rule", match[0]) and not deadline_in(folded, match.start(), match.end(), None):
                yield from _shown(analysis, text, Span(*match.span()), "one-time.rule")


def _opened(snapshot: Snapshot, work: Work) -> Iterator[tuple[Analysis, str, int]]:
    """The first file of a paper, if it is there: what it says, its text, and where that goes on behind the title."""
    for sha256 in work.documents[:1]:
        analysis, text = snapshot.analyses.get(sha256), snapshot.texts.get(sha256)
        if analysis is not None and text is not None:
            title = analysis.elements.title
            yield analysis, text, title.span.end if title else 0


def _shown(analysis: Analysis, text: str, span: Span | None, rule: str) -> Iterator[Evidence]:
    """The sentence round these words; the title where there are none."""
    title = analysis.elements.title
    if place := span or (title.span if title else None):
        yield sentence(analysis.source, text, place, rule)


def _is_any(array: str, words: str) -> bool:
    return any(one.search(words) for one in _patterns(array))


def is_one_time(title: str) -> bool:
    """Whether a title is that of a work which ends: 关于开展市级科技计划项目清理验收工作的通知."""
    bare = fold(title)
    return _is_any("kind", bare) and not _is_any("never", bare)


def is_of_kind(title: str, kinds: Collection[str]) -> bool:
    """Whether a title is that of such a work, of one of these kinds (the ids of the rows)."""
    bare = fold(title)
    rows = (row for row in toml_rows("one_time.toml", array="kind") if row["id"] in kinds)
    return any(re.search(str(row["pattern"]), bare) for row in rows) and is_one_time(title)


def finished(snapshot: Snapshot, work: Work) -> Finished | None:
    """The end of a work that is done once, where every last day which its paper names is over; None where the paper
    names none, has a term of its own, or asks for something that comes again (每月5日前) or goes on (长期坚持)."""
    return None if work.expires or not work.title or not is_one_time(work.title) else _all_over(snapshot, work)


def _all_over(snapshot: Snapshot, work: Work) -> Finished | None:
    found = _asked_for(snapshot, work)
    days = [(one.value.latest, one) for one in found if one.value.latest]
    if any(one.value.nature in _GOES_ON for one in found) or not days:
        return None
    last, said = max(days, key=lambda day: day[0])
    if last >= snapshot.as_of:
        return None
    sha256 = work.documents[0]
    words = sentence(snapshot.analyses[sha256].source, snapshot.texts[sha256], said.span, "one-time")
    return Finished(last, words, said.rule.startswith("repair."))


def _asked_for(snapshot: Snapshot, work: Work) -> list[Found[Deadline]]:
    """The last days that its first file names, and what it wants again or always."""
    year = work.day.year if work.day else None
    return [one for sha256 in work.documents[:1] for one in _deadlines(fold(snapshot.texts[sha256]), year)]


def _deadlines(folded: str, year: int | None) -> Iterator[Found[Deadline]]:
    for match in _SENTENCE.finditer(folded):
        if found := deadline_in(folded, match.start(), match.end(), year):
            yield found


@cache
def _patterns(array: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(str(row["pattern"])) for row in toml_rows("one_time.toml", array=array))


def _over(work: Work, year: int) -> _Year | None:
    """The last year of which the title of a plan speaks, where it is over: 2013—2017年, 2017年…要点."""
    title = fold(work.title or "")
    if "20" not in title:
        return None  # as most: they name no year
    own = _QUOTED.sub("", _PASSED_ON.sub("", title))
    spans = list(_SPAN.finditer(title))
    found = spans or (list(_YEAR.finditer(title)) if _is_dated(own) or _is_dated(title) else [])
    last = max(found, key=lambda one: int(one[1]), default=None)
    return _Year(int(last[1]), last[0], own) if last and int(last[1]) < year else None


def _is_dated(title: str) -> bool:
    return _is_any("task", title) or _is_any("general", title)
