"""解读: is there one, and by the organ that drafted the policy. Source: domain.md §6; 国办发〔2016〕80号."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from policylib.link.suggested import ENDS_THE_SAME
from policylib.model import Evidence, Finding, Relation, Result, Snapshot, Status, Work
from policylib.rules.calendar import working_days
from policylib.rules.commands import accepting
from policylib.rules.context import Context
from policylib.rules.currency import deaths_said, died
from policylib.rules.drafter import check_drafter
from policylib.rules.evidence import own_marks, proof_of_duty, together
from policylib.rules.linked import Link, linked
from policylib.rules.one_time import completed
from policylib.rules.revisions import last_revision, step_said, steps_of
from policylib.rules.rule import Rule
from policylib.rules.scope import Duty, InterpretationProfile, interpretation_profile, with_duties
from policylib.rules.undecided import question, question_shown

_WRITE = "由起草单位编写解读材料，与文件在同一栏目公开；确属不需解读的，请登记免予解读的理由"
_THERE_IS_ONE = (
    "页面上已有解读的链接，只是本库没有存：要留存的，打开链接把解读的网页保存下来读入；文件已失效，网页上标明失效即可"
)
_TOO_LATE = "文件已失效，不必补写解读；网页上标明文件已失效即可。不再提示的，可登记免予解读的理由"
_DONE = "期限已过，办结了的不必补写解读，清理时列入宣布失效。不再提示的，可登记免予解读的理由"
# Past the years of the holiday notices: so many days contain more than 20 working days, whatever the holidays.
_SURELY_LONG = 45


def rules(context: Context) -> tuple[Rule, ...]:
    """interpretation.missing, interpretation.not-by-drafter."""
    missing = Rule(
        id="interpretation.missing",
        code="INT-01",
        title="应解读未解读",
        severity="error",
        basis="国办发〔2016〕80号：起草部门应将解读方案和解读材料与文件同步组织、同步审签、同步部署",
        remedy=f"请{_WRITE}",
        check=partial(_check_missing, context=context),
        exempted="免予解读",
        asks="本单位、本地区应当解读的政策文件（有规范性文件登记号的，或者按文种、内容属于规范性文件的），公开后过了期限，本库有没有解读它的文件",
        exemptions=tuple(dict.fromkeys(row.reason for row in context.ruled(None, interpretation_profile).exempt)),
    )
    not_by_drafter = Rule(
        id="interpretation.not-by-drafter",
        code="INT-02、INT-03、INT-04",
        title="“谁起草、谁解读”不一致",
        matter="谁起草、谁解读",
        severity="error",
        basis="国办发〔2016〕80号：坚持“谁起草、谁解读”；部门联合发文由牵头部门解读，以政府名义印发的由起草部门解读",
        remedy="请由起草单位另行发布解读；若起草单位登记有误，请更正起草单位",
        check=partial(check_drafter, organs=context.organs, jurisdiction=context.office.jurisdiction),
        asks="已有解读的政策文件，起草单位（文件载明的、登记的、按署名推定的）与写解读的单位是不是同一个",
        exemptions=("有一份解读出自起草单位的，其他单位、专家、媒体的解读不再追究",),
    )
    return missing, not_by_drafter


def interpretations(snapshot: Snapshot, work: Work) -> tuple[Relation, ...]:
    """The relations by which other works interpret this one."""
    return snapshot.interpretations.get(work.key, ())


# INT-01 --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What INT-01 says of a work that has no interpretation. `remedy` is none where it is the rule's; `link` the words
    of a page that links an interpretation which is not here; `asked` the
    duty of one of which nobody can tell whether it must be interpreted."""

    work: Work
    result: Result
    message: str
    remedy: str | None = None
    link: Evidence | None = None
    asked: Duty | None = None


def _check_missing(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for one in unexplained(snapshot, context):
        yield _lacking(rule, snapshot, one)
    for work, duty in with_duties(snapshot, context):
        if duty.verdict == "yes" and not interpretations(snapshot, work) and is_of_time(work, duty.profile) is False:
            yield _of_another_time(rule, snapshot, work, duty.profile.since)


def _of_another_time(rule: Rule, snapshot: Snapshot, work: Work, since: date) -> Finding:
    """A paper that was made before the duty began, by the words that give its day: 成文于2012-12-19; 发布于 where its
    history says so. Of a text that was revised since that is told: the revision may need an interpretation."""
    steps = steps_of(snapshot, work)
    sent = next((one for one in steps if one.promulgates and one.day.value == work.day), None)
    message = f"不适用：{sent.verb if sent else '成文'}于{work.day or work.number}，解读的要求自{since}起"
    if sent:
        said = step_said(snapshot, work, replace(sent, span=sent.day.span))
    else:
        days = ("dated", "published") if work.day else ("number",)
        said = next((found for name in days if (found := own_marks(snapshot, work, name))), ())
    said = said or own_marks(snapshot, work, "title")
    later = last_revision(steps)
    if later and later.day.value >= since:
        message += f"；库中是{later.day.value}{later.verb}后的文本，{later.verb}的内容如需解读，请另行核对，本条没有查"
        said = (*said, *step_said(snapshot, work, later))
    return rule.finding("exempt", work.key, message, evidence=said, remedy="")


def _lacking(rule: Rule, snapshot: Snapshot, one: Unexplained) -> Finding:
    """The finding, with what makes it a paper that must be interpreted, and its title; of one that may be or need not
    be, with the title. That a work which holds no longer was never interpreted stays true, and counts in the rate of
    its year; but nobody is served by an explanation that is written now: a note, which says so. Nor of what has been
    done, by the same words as a basis is not looked for (CLN-06)."""
    work, result, message = one.work, one.result, one.message
    proof = (proof_of_duty(work),) if result == "fail" else ()
    marks = question_shown(snapshot, work, one.asked) if one.asked else own_marks(snapshot, work, *proof, "title")
    evidence = (one.link,) if one.link else together(snapshot, marks)
    status = _end_of(snapshot, work) if result != "exempt" else None
    if status is None and result == "fail" and (done := completed(snapshot, work)) and done.sure:
        return rule.finding(
            result, work.key, f"{message}；本文件{done.reason}", severity="info", evidence=(*evidence, *done.evidence),
            remedy=one.remedy if one.link else _DONE,
        )  # fmt: skip
    if status is None:
        return rule.finding(result, work.key, message, evidence=evidence, remedy=one.remedy)
    return rule.finding(
        result, work.key, f"{message}；文件{died(snapshot, status)}", severity="info",
        remedy=_THERE_IS_ONE if one.link else _TOO_LATE,
        evidence=(*evidence, *deaths_said(status)),
    )  # fmt: skip


def _end_of(snapshot: Snapshot, work: Work) -> Status | None:
    """The status of a work that is dead for sure."""
    status = snapshot.statuses[work.key] if work.key in snapshot.dead else None
    return status if status and status.is_sure else None


def unexplained(snapshot: Snapshot, context: Context) -> tuple[Unexplained, ...]:
    """The office's policies that have no interpretation, as far as one is missing, not needed, or that is unknown."""
    return context.shared(snapshot, unexplained, lambda: tuple(_unexplained(snapshot, context)))


def _unexplained(snapshot: Snapshot, context: Context) -> Iterator[Unexplained]:
    explained, may_explain = snapshot.interpretations, _possible(snapshot, context)
    for work, duty in with_duties(snapshot, context):
        if work.key not in explained and (found := _missing(work, duty, snapshot, context)):
            asked = found.result in ("fail", "unknown")
            link = linked(snapshot, work) if asked else None
            possible = snapshot.by_key.get(may_explain.get(work.key, "")) if asked else None
            yield _not_read(work, link) if link else _not_sure(found, possible) if possible else found


def _possible(snapshot: Snapshot, context: Context) -> Mapping[str, str]:
    """The held interpretations of which nobody knows what they explain, by the works that it may be; the first. One
    that explains a paper which is not held, be it nearly named like the work, is known to explain that; unless the work
    ends what that paper ends, and so may be it under the name that it got in the end."""

    def found() -> Mapping[str, str]:
        told = {one.source for one in snapshot.of_kind.get("interprets", ())}
        asked = [one for one in snapshot.unresolved if one.kind == "interprets"]
        open_ = [one for one in asked if one.source not in told or one.reason == ENDS_THE_SAME]
        return {key: one.source for one in reversed(open_) for key in one.candidates}

    return context.shared(snapshot, _possible, found)


def _not_sure(found: Unexplained, possible: Work) -> Unexplained:
    """Whoever holds what may be the interpretation is not told that there is none."""
    held = f"本库有一份解读，说的可能是它：{possible.label}"
    how = f"是它的解读的，写 {accepting(possible, '解读', found.work)}"
    if found.result == "fail":
        return replace(
            found, result="unknown", message=f"不能判断有没有解读：{held}", remedy=f"{how}；不是的，{_WRITE}"
        )
    other = f"；不是的，{found.remedy}" if found.remedy else ""
    return replace(found, message=f"{found.message}；{held}", remedy=how + other)


def _not_read(work: Work, link: Link) -> Unexplained:
    """The page of a policy that links its interpretation proves that there is one, though the library has no file."""
    asked, day = ("谁", f"（{link.day}）") if link.day else ("谁、何时", "")
    there = f"文件上列有解读{day}" if link.named else f"文件页面上有解读{day}的链接"
    remedy = "请找到这份解读" if link.named else "请打开这个链接"
    message = f"不能判断是{asked}解读：{there}，本库没有读入这份解读"
    return Unexplained(work, "unknown", message, f"{remedy}，把解读的网页保存下来读入", link.evidence)


def _missing(work: Work, duty: Duty, snapshot: Snapshot, context: Context) -> Unexplained | None:
    verdict, why, profile = duty.verdict, duty.why, duty.profile
    after = is_of_time(work, profile) if verdict != "no" else False
    if after is False:
        return None
    if verdict == "exempt":
        return Unexplained(work, "exempt", f"免予解读：{why}", "")
    if verdict == "unknown":
        asked = question(work, duty, snapshot, context)
        return Unexplained(work, "unknown", asked.message, asked.remedy, asked=duty)
    if after is None:
        return Unexplained(work, "unknown", "不能判断是否需要解读：成文日期、公布日期都不明", "请补成文日期")
    return _overdue(work, profile, why, snapshot)


def _overdue(work: Work, profile: InterpretationProfile, why: str, snapshot: Snapshot) -> Unexplained | None:
    """A work must be interpreted some working days after it was published; one whose day of publication is unknown
    should have been published within 20 working days of its date (政府信息公开条例第二十六条). Of one that is dead for
    sure days are counted until its end, since nobody waits for an explanation any more."""
    published = work.published_on
    start = published or work.dated
    if start is None:
        return Unexplained(work, "unknown", "不能判断解读是否逾期：公布日期不明", "请补公布日期")
    status = _end_of(snapshot, work)
    end = status.since if status and status.since and status.since < snapshot.as_of else None
    until = end or snapshot.as_of
    grace = profile.grace_working_days + (0 if published else profile.publish_working_days)
    days = working_days(start, until)
    late = days >= grace if days is not None else (until - start).days > _SURELY_LONG
    if late:
        spell = f"{days}个工作日" if days is not None else f"{(until - start).days}天"
        if published:
            spell = f"{'到失效时' if end else ''}已公开{spell}"
        else:
            spell = f"从成文到失效隔了{spell}" if end else f"成文已{spell}"
        return Unexplained(work, "fail", f"本库未见解读，{spell}；{why}")
    if days is None and published:
        return Unexplained(work, "unknown", f"不能判断解读是否逾期：没有{until.year}年的节假日安排", "")
    return None


def is_of_time(work: Work, profile: InterpretationProfile) -> bool | None:
    """Whether the work is of the time in which the duty holds; None where its date is unknown."""
    day = work.day
    if day is not None:
        return day >= profile.since
    year = work.number.year if work.number else None
    if year is None or year == profile.since.year:
        return None
    return year > profile.since.year or False
