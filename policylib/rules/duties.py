"""Who does what until when: the tasks of the works of a library, with the last day worked out (domain.md §8)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from policylib.extract.folding import fold
from policylib.extract.responsible import is_class, is_inside_class
from policylib.extract.task_heads import COMPLETION, completion_field, head_of, tasks_of
from policylib.extract.task_items import own_number
from policylib.model import Analysis, Deadline, DeadlineNature, Evidence, Found, Snapshot, Span, Task, Work
from policylib.rule_sets import within
from policylib.rules.calendar import working_day_after
from policylib.rules.context import Context
from policylib.rules.evidence import evidence_at

# The event from which a term counts, if it is the paper's own: 本方案公布, 方案印发; never a bare 印发 (of what?).
_EVENT = re.compile(
    r"^(?P<this>本|该)?(?P<kind>[\u3400-\u9fff]{0,8}?)(?:正式)?(?P<act>公布|发布|公开|印发|下发|施行|实施|生效)$"
)
_PUBLISHED, _PRINTED = ("公布", "发布", "公开"), ("印发", "下发")
_NO_CALENDAR = "没有相应年份的节假日安排"
_REPAIRED = "日期缺了年月日的字，只能这样读，请对照原件"
_UNREADABLE = "看不出是哪一天，请对照原件"
_NO_PLANS: Final = ("interpretation", "draft")
Match = Literal["same", "subunit", "successor", "predecessor", "class"]
_ALL: Final = frozenset(("provincial", "prefecture", "county"))
# 各区县科技局, 各市、县（市、区）财政局: the organs of each place below the one that speaks. 各市场主体 names no place.
_EACH: Final = re.compile(
    r"各(?P<places>(?:级|省|自治区|直辖市|地级以上市|设区的?市|市(?!场|政(?!府)|容|直)|[区县旗州盟镇乡](?!属|直|级)|街道|"
    r"地(?!方)|[、()和及])+)(?P<body>.*)"
)
_SMALL_CITY: Final = re.compile(r"(?<=[县旗区])[、(和及]*市|市(?=、区\))")  # 县（市、区）: a city of a county's rank


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of a work. `place` numbers it in the work, from 1; `number` is the paper's own (（三）); `head` is what
    people call it. `deadline` are the words, `latest` the last day; `note` says how it was counted, or why it
    cannot be. `done`: what a person said of its completion."""

    work: Work
    place: int
    item: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str
    latest: date | None
    note: str
    evidence: Evidence
    done: str = ""
    nature: DeadlineNature = "once"
    number: str = ""

    @property
    def head(self) -> str:
        return head_of(self.item)

    @property
    def named(self) -> str:
        """第4项，原文（三）: its number, and the paper's where that is another."""
        return f"第{self.place}项{f'，原文{self.number}' if self.number not in ('', str(self.place)) else ''}"

    def is_late(self, on: date) -> bool:
        return self.latest is not None and self.latest < on and not self.done


def plans(snapshot: Snapshot, works: Iterable[Work] | None = None) -> Iterator[tuple[Work, tuple[Duty, ...]]]:
    """The works that give tasks, with these; of all that are held, the newest first, unless `works` are named."""
    if works is None:
        held = (work for work in snapshot.works if work.held and work.tasks and work.role not in _NO_PLANS)
        works = sorted(held, key=lambda one: (one.day or date.min, one.key), reverse=True)
    said = _completions(snapshot)
    for work in works:
        if found := _of(snapshot, work, said):
            yield work, found


def _of(snapshot: Snapshot, work: Work, said: Mapping[tuple[str, str], str]) -> tuple[Duty, ...]:
    found = tasks_of(work, snapshot.analyses.get, snapshot.texts.__getitem__)
    if found is None:
        return ()
    analysis, text, tasks = found
    return tuple(_duty(work, place, task, analysis, text, said) for place, task in enumerate(tasks, 1))


def _duty(
    work: Work, place: int, task: Task, analysis: Analysis, text: str, said: Mapping[tuple[str, str], str]
) -> Duty:
    latest, note = _latest(work, task.deadline, analysis) if task.deadline else (None, "")
    item = task.item.of(text)
    return Duty(
        work=work,
        place=place,
        item=item,
        lead=tuple(one.value for one in task.lead),
        support=tuple(one.value for one in task.support),
        deadline=task.deadline.span.of(text) if task.deadline else "",
        latest=latest,
        note=note,
        evidence=evidence_at(analysis.source, text, _words(task), "task"),
        done=said.get((work.key, completion_field(item))) or said.get((work.key, COMPLETION), ""),
        nature=task.deadline.value.nature if task.deadline else "once",
        number=own_number(text, task.item),
    )


def _words(task: Task) -> Span:
    """The words that name those responsible; of an order the whole sentence, and where nobody is named the task."""
    own = [one for one in (*task.lead, *task.support) if one.rule != "task.scope"]
    if not own or own[0].rule == "task.addressed":
        return task.item
    return Span(min(one.span.start for one in own), max(one.span.end for one in own))


def _completions(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    """What people said, by work and field; the last word counts, an empty one takes it back."""
    return {
        (one.source, one.field): one.value
        for one in snapshot.judgements
        if one.verdict == "set" and one.field.partition(":")[0] == COMPLETION
    }


# The last day ------------------------------------------------------------------------------------------------------


def _latest(work: Work, found: Found[Deadline], analysis: Analysis) -> tuple[date | None, str]:
    """The last day, and how it was counted; None with the reason where the day of the event is not known."""
    deadline = found.value
    if deadline.latest:
        return deadline.latest, _REPAIRED if found.rule.startswith("repair.") else ""
    if deadline.nature != "once":
        return None, _UNREADABLE if deadline.nature == "unknown" else ""
    start, note = _event_day(work, deadline.event, analysis)
    if start is None:
        return None, note
    counted = f"自{start}起算{'，' + note if note else ''}"
    if deadline.unit == "workday":
        day = working_day_after(start, deadline.count)
        return (day, counted) if day else (None, f"{counted}，{_NO_CALENDAR}")
    return (
        _months_after(start, deadline.count) if deadline.unit == "month" else start + timedelta(deadline.count)
    ), counted


def _event_day(work: Work, event: str, analysis: Analysis) -> tuple[date | None, str]:
    if not event:
        return None, "没有写从哪一天起算"
    match = _EVENT.match(event)
    if match is None or not (match["this"] or _is_own_kind(match["kind"], work)):
        return None, f"从“{event}”起算，哪一天不明"
    act = match["act"]
    if act in _PUBLISHED and work.published_on:
        return work.published_on, ""
    if act in _PUBLISHED:
        return work.dated, "公布日期不明，按成文日期" if work.dated else "公布日期不明"
    if act in _PRINTED:
        printed = analysis.elements.printed
        day = printed.value if printed else work.dated
        return day, "" if printed else "按成文日期" if day else "印发日期不明"
    return work.effective, "" if work.effective else "施行日期不明"


def _is_own_kind(kind: str, work: Work) -> bool:
    """方案 of a notice that issues a 工作方案; an empty kind is nobody's."""
    names = (work.doc_type or "", work.title or "", *work.instruments)
    return bool(kind) and any(name.endswith(kind) for name in names)


def _months_after(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


# Units -------------------------------------------------------------------------------------------------------------


def concerns(duty: Duty, unit: str, context: Context) -> Match | None:
    """What `unit` is to the nearest of those who lead or support: itself (市科技局 for 岚州市科学技术局 too), a
    part of it, its successor or predecessor, one of a class of organs of its own rank (各市科技局, of a province); None
    where it has no share that is named."""
    found = {_is(name, unit, duty.work, context) for name in (*duty.lead, *duty.support)}
    ranked: tuple[Match, ...] = ("same", "subunit", "successor", "predecessor", "class")
    return next((one for one in ranked if one in found), None)


def may_mean(duty: Duty, unit: str, context: Context) -> bool:
    """Whether it binds some units without a name, of which `unit` may be one: 有关部门, 各市 for an organ of one of the
    cities; 各业务科室 where the paper is the unit's own, or of its former name."""
    names = [name for name in (*duty.lead, *duty.support) if is_class(name)]
    classes = [name for name in names if not _is_of_others(name, unit, duty.work, context)]
    if any(not is_inside_class(name) for name in classes):
        return True
    issuer = speaker(duty.work, context)
    return bool(classes) and _stands_to(issuer, unit, duty.work, context) is not None


def _is(name: str, unit: str, work: Work, context: Context) -> Match | None:
    if name == unit:
        return "same"
    named = full_name(name, work, context)
    if is_class(name):
        return "same" if is_class(unit) and unit in name else _one_of(name, unit, work, context)
    return _stands_to(named, unit, work, context) if named else None


def _one_of(name: str, unit: str, work: Work, context: Context) -> Match | None:
    """Whether the unit is one of those organs: 各市科技局 in the mouth of its province, and not 各区县科技局."""
    each = _EACH.fullmatch(fold(name))
    full = context.organs.canonical(unit, context.office.jurisdiction)
    if each is None or full is None or not each["body"] or _is_of_others(name, unit, work, context):
        return None
    here = context.organs.canonical(each["body"], context.organs.region_of(full))
    return "class" if here and context.organs.same(full, here) in ("same", "successor", "predecessor") else None


def _is_of_others(name: str, unit: str, work: Work, context: Context) -> bool:
    """Whether a class of organs is of places below the unit's own, or of another region: of 市科技局 neither 各区县 nor
    各区县科技局 speaks, nor 各市科技局 of another province."""
    each = _EACH.fullmatch(fold(name))
    full = context.organs.canonical(unit, context.office.jurisdiction)
    rank = context.organs.level_of(full) if full else ""
    if each is None or full is None or not rank:
        return False
    issuer = speaker(work, context)
    wider = context.organs.region_of(issuer) or ("" if context.organs.level_of(issuer) == "central" else issuer)
    elsewhere = bool(wider) and not within(context.organs.region_of(full), wider)
    return elsewhere or rank not in _ranks(each["places"], context.organs.level_of(issuer))


def _ranks(places: str, speaks: str) -> frozenset[str]:
    """Of which rank places are, as one of the rank `speaks` calls them: 各市 are prefectures to a province, and of a
    county's rank to a prefecture."""
    if "级" in places.replace("地级", ""):
        return _ALL
    found = {"provincial"} if re.search("省|自治区|直辖市", places) else set()
    rest = re.sub("自治区|直辖市", "", places)
    found |= {"prefecture"} if re.search("设区的?市|地级以上市|[州盟地]", rest) else set()
    rest = re.sub("设区的?市|地级以上市", "", rest)
    found |= {"county"} if re.search("[区县旗]", rest) else set()
    if "市" in _SMALL_CITY.sub("", rest):
        found.add("prefecture" if speaks in ("central", "provincial") else "county")
    return frozenset(found)


def _stands_to(named: str, unit: str, work: Work, context: Context) -> Match | None:
    """What an organ, by its full name, is to the unit that a person or the work's issuer so calls."""
    issuer = speaker(work, context)
    for view in dict.fromkeys((context.office.jurisdiction, issuer)):
        wanted = context.organs.acting(unit, view) if view else None
        verdict = context.organs.same(wanted, named) if wanted else "unknown"
        if verdict in ("same", "subunit", "successor", "predecessor"):
            return verdict
    return None


def speaker(work: Work, context: Context) -> str:
    """The full name of the organ in whose mouth 市科技局 and 办公室 stand."""
    if not work.issuers:
        return context.office.jurisdiction
    return context.organs.canonical(work.issuers[0], context.office.jurisdiction) or work.issuers[0]


def full_name(name: str, work: Work, context: Context) -> str | None:
    """The full name of a unit as the work's issuer means it; 药监局 of the State Council is the national one.
    None where it cannot be told, or is no unit by name."""
    issuer = speaker(work, context)
    found = context.organs.acting(name, issuer)
    if found is None and context.organs.level_of(issuer) == "central":
        found = context.organs.canonical(f"国家{name}", issuer)
    return found
