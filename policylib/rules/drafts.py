"""征求意见稿: what became of each draft, and how long it was open to comments. Source: domain.md §4 draft_of, §8;
国务院令第713号第十五条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from policylib.extract.consultation import Consultation, consultation_in, is_shortened
from policylib.extract.folding import fold
from policylib.model import Evidence, Finding, Snapshot, Work
from policylib.rule_sets import Profile
from policylib.rules.calendar import working_day_after
from policylib.rules.context import Context
from policylib.rules.evidence import evidence_at
from policylib.rules.rule import Rule

# Who asks for ideas (公开征集规划编制意见建议) has no draft yet: 公开征集 needs the name of one, or 稿, 草案.
_DRAFT = re.compile(r"征求.{0,80}意见|征求意见稿|公开征集.{0,80}(?:》|稿[)）]?|草案[)）]?).{0,20}意见")
_FEEDBACK = re.compile(
    r"意见的?(?:采纳|反馈|征集|收集|汇总|处理|办理)?(?:情况|结果)|(?:采纳|反馈)情况|情况的?(?:反馈|说明|公告|公示)"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that asks for comments on a draft. `final` is what it became, as far as the library knows; `feedback` the
    papers that tell what comments came. `first` to `last` it was open, both counted in `days`; the words stand in
    `evidence`."""

    work: Work
    final: Work | None = None
    feedback: tuple[Work, ...] = ()
    first: date | None = None
    last: date | None = None
    days: int | None = None
    shortened: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ConsultationProfile:
    """How many days a draft must be open, and which regulation says so."""

    least_days: int = 30
    source: str = "国务院令第713号（重大行政决策程序暂行条例）第十五条"


def drafts(snapshot: Snapshot) -> Iterator[Draft]:
    """The drafts that the library holds, the newest first."""
    held = [work for work in snapshot.works if work.held and work.role != "interpretation"]
    titled = [(work, work.title) for work in held if work.title and "征" in work.title]  # few have it, all drafts do
    asking = [work for work, title in titled if _DRAFT.search(title) and not _FEEDBACK.search(title)]
    for work in sorted(asking, key=lambda one: (one.day or date.min, one.key), reverse=True):
        yield _draft(snapshot, work)


def _draft(snapshot: Snapshot, work: Work) -> Draft:
    targets = [one.target for one in snapshot.outgoing.get(work.key, ()) if one.kind == "draft_of"]
    known = [found for target in targets if (found := snapshot.by_key.get(target))]
    final = next((one for one in known if (one.held or one.numbers) and not _is_older(one, work)), None)
    beside = (one.source for target in targets for one in snapshot.incoming.get(target, ()) if one.kind == "draft_of")
    telling = (snapshot.by_key[key] for key in dict.fromkeys(beside) if key in snapshot.by_key)
    feedback = tuple(one for one in telling if one.title and _FEEDBACK.search(one.title))
    for sha256 in work.documents:
        analysis, text = snapshot.analyses.get(sha256), snapshot.texts.get(sha256)
        if analysis and text:
            folded = fold(text)
            spell = consultation_in(folded, work.day.year if work.day else None)
            first, last = _open(spell, work) if spell else (None, None)
            days = _days(first, last, spell) if spell else None
            words = evidence_at(analysis.source, text, spell.span, "consultation") if spell else None
            return Draft(work, final, feedback, first, last, days, is_shortened(folded), words)
    return Draft(work, final, feedback)


def _is_older(final: Work, draft: Work) -> bool:
    """A version of the same name that the draft is to replace."""
    return bool(final.day and draft.day and final.day < draft.day)


def _open(spell: Consultation, work: Work) -> tuple[date | None, date | None]:
    """The first and the last day; a page that names no first day is open from the day it was published."""
    first = spell.first or work.published_on or work.dated
    if spell.last or first is None:
        return first, spell.last
    last = working_day_after(first, spell.count) if spell.working else first + timedelta(spell.count)
    return first, last


def _days(first: date | None, last: date | None, spell: Consultation) -> int | None:
    """Both ends count, but 公布之日起30日 are 30."""
    if not (first and last and last >= first):
        return None
    return spell.count if spell.count and not spell.working else (last - first).days + 1


# The rule ----------------------------------------------------------------------------------------------------------


def rules(context: Context) -> tuple[Rule, ...]:
    """consultation.short."""
    profile = context.ruled(None, consultation_profile)
    return (
        Rule(
            id="consultation.short",
            code="DRF-01",
            title="征求意见的时间短",
            asks="本单位、本地区的征求意见稿，从公布到反馈截止给了几天，规定一般不少于30天",
            severity="info",
            basis=f"{profile.source}：公开征求意见的期限一般不少于{profile.least_days}日，因情况紧急等缩短的应当说明",
            remedy="属于重大行政决策的，请说明缩短的理由存档；不属于的不必处理，可用 policylib judge 登记",
            check=partial(_check, context=context),
            exemptions=("页面说明了缩短期限的理由", "外地和上级的征求意见"),
        ),
    )


def consultation_profile(profiles: Iterable[Profile]) -> ConsultationProfile:
    """What these rule sets say together, the later over the earlier."""
    found = ConsultationProfile()
    for profile in profiles:
        section = profile.get("consultation", {})
        if (least := section.get("least_days")) is not None:
            found = ConsultationProfile(least, str(section.get("source") or profile.get("source") or found.source))
    return found


def _check(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for draft in drafts(snapshot):
        if not context.is_ours(draft.work):
            continue
        least = context.ruled(draft.work, consultation_profile).least_days
        evidence = (draft.evidence,) if draft.evidence else ()
        if draft.days is None:
            message = "不能判断征求意见的时间够不够：没有读出起止日期"
            yield rule.finding("unknown", draft.work.key, message, evidence=evidence, remedy="请看原文")
        elif draft.days < least:
            message = f"征求意见{draft.days}天（{draft.first}至{draft.last}），不到{least}天"
            if draft.shortened:
                yield rule.finding(
                    "exempt", draft.work.key, f"{message}；已说明缩短的理由", evidence=evidence, remedy=""
                )
            else:
                yield rule.finding("fail", draft.work.key, message, evidence=evidence)
