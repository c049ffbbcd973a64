"""How much of what must be interpreted is: by organ and year; by whom; drafts too.
Source: domain.md §6.3 INT-11, INT-15, INT-17.

The findings of the first two speak of an organ in a year (岚州市科学技术局2021年), which they are `about`. The subject
is the first paper that counts, and `related` are the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from policylib.model import Evidence, Finding, Result, Snapshot, Work
from policylib.rules.contents import contents_profile
from policylib.rules.context import Context
from policylib.rules.currency import surely_dead
from policylib.rules.evidence import own_marks, proof_of_duty
from policylib.rules.interpretation import interpretations, unexplained
from policylib.rules.lexicon import tells_grounds
from policylib.rules.norms import TOGETHER
from policylib.rules.passages import paper
from policylib.rules.rule import Rule
from policylib.rules.scope import Duty, with_duties

# 局长就《X》答记者问; not 副局长, not 科长, 处长.
_HEAD = re.compile(
    r"(?<!副)(?:主要负责人|主要负责同志|党组书记|局长|厅长|部长|主任|市长|县长|区长|省长|委员长|行长|署长|关长)"
)
_HEAD_TEXT = 400  # the speaker is named in title and opening, or in the last lines
_NOTHING_LEFT = "没有解读的都已失效，不必补写；比率照当年的情况计，供总结时参考"
_PLACES: Mapping[Result, str] = MappingProxyType({"fail": "missing", "unknown": "unknown"})
_RATE_ELSEWHERE = "解读率没有全国统一的规定，外地的例子：平度市2021年要求解读率达到100%"
_HEAD_ELSEWHERE = (
    "外地的例子：辽政办〔2022〕43号要求主要负责人是第一解读人和责任人，云南省2018年要求主要负责人每年至少解读一次"
)
_QUOTED = 10  # of the papers that lack one, which are all named: so many quotations a reader can take in


def rules(context: Context, missing: Rule) -> tuple[Rule, ...]:
    """interpretation.rate, interpretation.first-person, interpretation.draft. `missing` is INT-01, which says what
    must be interpreted and is not."""
    local = context.ruled(None, contents_profile)
    wanted = f"{local.rate_source}：解读率不低于{local.rate_percent}%" if local.rate_source else _RATE_ELSEWHERE
    yearly = f"主要负责人每年至少解读{local.first_person_yearly}次"
    head = f"{local.first_person_source}：{yearly}" if local.first_person_source else _HEAD_ELSEWHERE
    rate = Rule(
        id="interpretation.rate",
        code="INT-15",
        title="解读率未达标",
        asks="每个机关每年成文、应当解读的文件，有解读的占百分之几，够不够规定的比率（全国通用的规则集是100%）",
        severity="info",
        basis=f"{TOGETHER}；{wanted}",
        remedy="请看“应解读未解读”各条，逐份补齐；不需解读的，登记理由，不再计入",
        check=partial(_check_rate, context=context, missing=missing),
        exemptions=("免予解读的不计入", "不能判断是否应解读的另计", "公开未满期限的不计入"),
    )
    first_person = Rule(
        id="interpretation.first-person",
        code="INT-11",
        title="主要负责人没有带头解读",
        asks="当年有应解读文件的机关，一年里由主要负责人解读的有几次，够不够规定的次数；当年过完才查",
        severity="info",
        basis=head,
        remedy="请安排主要负责人以发布会、访谈、署名文章等方式解读重要政策；已解读的，把材料读入库中",
        check=partial(_check_first_person, context=context, missing=missing),
        exemptions=("当年没有应解读的文件的", "当年尚未结束的"),
        on=False,
    )
    draft = Rule(
        id="interpretation.draft",
        code="INT-17",
        title="征求意见稿没有起草说明或者解读",
        asks="本单位、本地区的每份征求意见稿，本库有没有与它一同公开的起草说明、解读",
        severity="info",
        basis="外地的例子：辽政办〔2022〕43号要求公开征求意见时同时解读征求意见稿",
        remedy="请与征求意见稿同时公布起草说明或者解读",
        check=partial(_check_draft, context=context),
        exemptions=("征求意见的公告里已写明为什么起草、修订，或者主要内容、变化的",),
        on=False,
    )
    return rate, first_person, draft


@dataclass(slots=True)
class _Year:
    """The papers of one organ in one year that must be interpreted, and those of which that cannot be told."""

    sample: Work
    done: list[Work] = field(default_factory=list)
    missing: list[Work] = field(default_factory=list)
    unknown: list[Work] = field(default_factory=list)

    @property
    def due(self) -> int:
        return len(self.done) + len(self.missing)


def _years(snapshot: Snapshot, context: Context, missing: Rule) -> dict[str, _Year]:
    """The years by what they are called (岚州市科学技术局2021年), in order."""
    verdicts = {one.work.key: one.result for one in unexplained(snapshot, context)}
    field_ = f"exempt:{missing.id}"
    excused = {one.source: one.value for one in snapshot.judgements if one.verdict == "set" and one.field == field_}
    found: dict[str, _Year] = {}
    for work, duty in with_duties(snapshot, context):
        verdict = verdicts.get(work.key)
        place = _PLACES.get(verdict) if verdict else "done" if _is_done(snapshot, work, duty) else None
        if place is None or excused.get(work.key):
            continue
        year = (work.day.year if work.day else None) or (work.number.year if work.number else None)
        if year and work.issuers:
            name = f"{work.issuers[0]}{year}年"
            if name not in found:
                found[name] = _Year(work)
            getattr(found[name], place).append(work)
    return dict(sorted(found.items()))


def _is_done(snapshot: Snapshot, work: Work, duty: Duty) -> bool:
    """Whether it had to be interpreted, and is."""
    due = work.key in snapshot.interpretations and duty.verdict == "yes"
    return due and work.day is not None and work.day >= duty.profile.since


# INT-15 --------------------------------------------------------------------------------------------------------


def _check_rate(rule: Rule, snapshot: Snapshot, *, context: Context, missing: Rule) -> Iterator[Finding]:
    for name, year in _years(snapshot, context, missing).items():
        if not year.due:
            continue
        percent = 100 * len(year.done) / year.due
        if percent < context.ruled(year.sample, contents_profile).rate_percent:
            rest = f"；另有{len(year.unknown)}份不能判断是否应解读，没有计入" if year.unknown else ""
            dead = [surely_dead(snapshot, work) for work in year.missing]
            lacking = "；".join(
                f"{work.label}{'（已失效）' * gone}" for work, gone in zip(year.missing, dead, strict=True)
            )
            counted = f"应解读{year.due}份，已解读{len(year.done)}份{rest}"
            message = f"{name}解读率{percent:.0f}%（按本库所存计）：{counted}。没有解读的：{lacking}"
            remedy = _NOTHING_LEFT if all(dead) else rule.remedy + "；已失效的不必补写" * any(dead)
            first, *others = (work.key for work in year.missing)
            words = tuple(
                proof for work in year.missing[:_QUOTED] for proof in own_marks(snapshot, work, proof_of_duty(work))
            )
            yield rule.finding("fail", first, message, evidence=words, related=tuple(others), about=name, remedy=remedy)


# INT-11 --------------------------------------------------------------------------------------------------------


def _check_first_person(rule: Rule, snapshot: Snapshot, *, context: Context, missing: Rule) -> Iterator[Finding]:
    for name, year in _years(snapshot, context, missing).items():
        profile = context.ruled(year.sample, contents_profile)
        wanted, source = profile.first_person_yearly, profile.first_person_source
        over = (year.sample.day.year if year.sample.day else snapshot.as_of.year) < snapshot.as_of.year
        if not year.due or not over:
            continue
        told = [
            teller
            for work in year.done
            for relation in interpretations(snapshot, work)
            if (teller := snapshot.by_key.get(relation.source))
        ]
        count = sum(_by_head(snapshot, one) for one in told)
        if count < wanted:
            least = f"{source}：至少{wanted}次" if source else f"可参考外地规定：每年至少{wanted}次"
            message = f"{name}应解读{year.due}份，主要负责人解读{count}次（{least}）"
            first = (*year.done, *year.missing)[0].key
            words = _first_person_words(snapshot, year, told)
            related = tuple(one.key for one in told)
            yield rule.finding("fail", first, message, evidence=words, related=related, about=name)


def _first_person_words(snapshot: Snapshot, year: _Year, told: list[Work]) -> tuple[Evidence, ...]:
    """What shows that papers had to be interpreted, and by their titles the interpretations that no head gave."""
    due = (*year.done, *year.missing)[:_QUOTED]
    proofs = (one for work in due for one in own_marks(snapshot, work, proof_of_duty(work)))
    return (*proofs, *(one for work in told[:_QUOTED] for one in own_marks(snapshot, work, "title")))


def _by_head(snapshot: Snapshot, source: Work) -> bool:
    text = paper(snapshot, source)
    words = [source.title or "", *((text.text[:_HEAD_TEXT], text.text[-_HEAD_TEXT:]) if text else ())]
    return any(_HEAD.search(part) for part in words)


# INT-17 --------------------------------------------------------------------------------------------------------


def _check_draft(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in context.own(snapshot, "other"):
        if "征求" not in (work.title or ""):
            continue
        text = paper(snapshot, work)
        if interpretations(snapshot, work) or (text and tells_grounds(text.folded)):
            continue
        evidence = tuple(one.evidence for one in snapshot.outgoing.get(work.key, ()) if one.kind == "draft_of")
        if text is None:
            yield rule.finding("unknown", work.key, "不能判断征求意见时有没有说明：没有正文", evidence=evidence)
        else:
            message = "征求意见时没有起草说明，本库也没有对征求意见稿的解读"
            yield rule.finding("fail", work.key, message, evidence=evidence)
