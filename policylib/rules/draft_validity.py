"""The draft gate on 有效期: is it written, is it long enough and not too long, does the paper begin to hold too soon.
Source: domain.md §5.2, VAL-01, 02, 05, 06, asked while the draft can still be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from policylib.extract.validity import stated_months, states_term
from policylib.model import Draft, Evidence, Finding, NumberKind, Result, Snapshot, Work
from policylib.rule_sets import ValidityProfile, validity_profile
from policylib.rules.context import Context
from policylib.rules.draft_desk import Desk, Examined, quoted
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, must_interpret, normative_kind
from policylib.rules.standing import excuse
from policylib.rules.validity import allowed_words, is_outside, length, span_of

_LOCAL = "地方关于规范性文件有效期的规定，见 tables/profiles 中的 [validity]"


def rules(desk: Desk) -> Iterator[Rule]:
    """draft.validity-unstated, draft.term-out-of-range, draft.starts-soon, draft.term-reversed."""
    yield Rule(
        id="draft.validity-unstated", code="DFT-09", title="规范性文件稿件没有写明有效期", severity="warning",
        asks="本地规则要求写明有效期的，规范性文件的稿件里有没有写有效期或者失效日期",
        basis=_LOCAL,
        remedy="请写明施行日期和有效期，例如“本办法自2024年3月1日起施行，有效期至2029年2月28日”",
        check=partial(_check_unstated, desk=desk),
        exemptions=("所在地区没有要求写明有效期的", "不是规范性文件的"),
    )  # fmt: skip
    yield Rule(
        id="draft.term-out-of-range", code="DFT-11", title="稿件的有效期不在规定的年限内", severity="warning",
        asks="写了有效期的规范性文件稿件，期限长短在不在本地规则规定的年限内，试行、暂行的另有年限",
        basis=_LOCAL,
        remedy="请按规定的年限改写有效期；上级文件另定有效期的，在文中写明",
        check=partial(_check_range, desk=desk),
        exemptions=("所在地区没有规定年限的", "不是规范性文件的", "写明有效期与上级文件一致的"),
    )  # fmt: skip
    yield Rule(
        id="draft.starts-soon", code="DFT-12", title="稿件的施行日期太早", severity="warning",
        asks="写明施行日期的规范性文件稿件，从成文（没有日期的，从检查那天）到施行够不够本地规则规定的日数",
        basis=_LOCAL,
        remedy="请推后施行日期；确需即行施行或者追溯的，在文中写明理由",
        check=partial(_check_start, desk=desk),
        exemptions=("所在地区没有规定公布多少日以后施行的", "不是规范性文件的", "应急事项，文中写明了理由的"),
    )  # fmt: skip

    yield Rule(
        id="draft.term-reversed", code="DFT-13", title="稿件的有效期在施行以前就届满", severity="error",
        asks="写明了施行日期和失效日期的稿件，失效那天是不是在施行那天以前",
        basis="稿件自己写明的两个日期，不能同时成立",
        remedy="请核对施行日期和有效期，改正写错的一个",
        check=partial(_check_reversed, desk=desk),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Bound:
    """A draft that a rule set of validity binds. `work` is what it would be, made at the latest on the day of the
    check; `sure`: that it is a 规范性文件, else it may be one; `why` so."""

    examined: Examined
    work: Work
    profile: ValidityProfile
    sure: bool
    why: str

    def finding(self, rule: Rule, message: str, basis: str, evidence: tuple[Evidence, ...]) -> Finding:
        """What is wrong, or, of a draft that may be none, a question."""
        result: Result = "fail" if self.sure else "unknown"
        said = f"{message}；{self.why}" if self.sure else f"不能判断是否应当改正：{message}；{self.why}"
        name = self.examined.draft.name
        return replace(rule.finding(result, name, said, evidence=evidence), basis=basis)

    def is_excused(self, rule: str, evidence: tuple[Evidence, ...]) -> bool:
        draft = self.examined.draft
        texts = {draft.analysis.source.sha256: draft.text}
        return excuse(rule, self.work, self.profile, texts, evidence) is not None


def _bound(snapshot: Snapshot, desk: Desk) -> Iterator[_Bound]:
    for examined in desk.examined(snapshot):
        work = examined.work if examined.work.day else replace(examined.work, dated=snapshot.as_of)
        profile = desk.context.ruled(work, validity_profile)
        sure, why = _is_normative(work, desk.context, examined.draft)
        if profile.source and why:
            yield _Bound(examined, work, profile, sure, why)


def _start(examined: Examined) -> tuple[Evidence, ...]:
    """Where the draft says from when it holds."""
    start = examined.draft.analysis.elements.effective
    return (quoted(examined.draft, start.span, start.rule),) if start else ()


# DFT-09 --------------------------------------------------------------------------------------------------------


def _check_unstated(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for bound in _bound(snapshot, desk):
        draft = bound.examined.draft
        if not bound.profile.must_state_term or states_term(draft.text):
            continue
        elsewhere = "有效期" in draft.text
        missing = "文中提到有效期，但看不出说的是不是本文件" if elsewhere else "没有写明有效期"
        fails = bound.sure and not elsewhere
        message = f"{missing}；{bound.why}" if fails else f"不能判断是否应当写明有效期：{missing}；{bound.why}"
        found = rule.finding("fail" if fails else "unknown", draft.name, message, evidence=_start(bound.examined))
        yield replace(found, basis=bound.profile.source)


# DFT-11 --------------------------------------------------------------------------------------------------------


def _check_range(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for bound in _bound(snapshot, desk):
        allowed = bound.profile.years_of(bound.work)
        found = _too_long(bound, allowed) if allowed else None
        if found and not bound.is_excused("validity.term-out-of-range", found[1]):
            message = f"{found[0]}，规定是{span_of(allowed)}"
            yield bound.finding(rule, message, allowed_words(bound.work, bound.profile), found[1])


def _too_long(bound: _Bound, allowed: tuple[int, ...]) -> tuple[str, tuple[Evidence, ...]] | None:
    """The term of the draft, in years or by its last day, where that is not one of the allowed; and its words."""
    draft, work = bound.examined.draft, bound.work
    if stated := stated_months(draft.text):
        if 12 * allowed[0] <= stated.value <= 12 * allowed[1]:
            return None
        years, rest = divmod(stated.value, 12)
        words = (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")
        return f"有效期{words}", (quoted(draft, stated.span, stated.rule),)
    expires = draft.analysis.elements.expires
    if expires is None or work.effective is None or work.expires is None or work.expires < work.effective:
        return None
    if not is_outside(work, allowed):
        return None
    evidence = (quoted(draft, expires.span, expires.rule),)
    return f"{work.effective}起施行，{work.expires}届满，有效期{length(work)}", evidence


# DFT-12 --------------------------------------------------------------------------------------------------------


def _check_start(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for bound in _bound(snapshot, desk):
        start = bound.examined.draft.analysis.elements.effective
        made = bound.work.day
        if start is None or made is None or start.rule.endswith(".event"):
            continue  # 自印发之日起: whoever does not name the day names none that is too early
        found = _too_soon(bound, start.value, made)
        evidence = _start(bound.examined)
        if found and not bound.is_excused(found[0], evidence):
            yield bound.finding(rule, found[1], found[2], evidence)


def _too_soon(bound: _Bound, start: date, made: date) -> tuple[str, str, str] | None:
    """The rule that a published paper would break, what is wrong, and by which regulation."""
    days, source = bound.profile.min_days_before_effect, bound.profile.source
    dated = bound.examined.work.day is not None
    if start < made:
        basis = "国办发〔2018〕37号：未经公布的规范性文件不得作为行政管理依据"
        made_at = f"比成文日期（{made}）还早" if dated else f"比检查当天（{made}）还早，稿件那时还没有公布"
        return "validity.starts-early", f"稿件写{start}起施行，{made_at}，文中没有写明追溯", basis
    if (left := (start - made).days) < days:
        on = "成文当天" if dated else "检查当天"
        message = f"稿件写{start}起施行；即使{on}（{made}）就公布，离施行也只有{left}日，不足{days}日"
        return "validity.notice-short", message, f"{source}：自公布之日起{days}日以后施行"
    return None


# DFT-13 --------------------------------------------------------------------------------------------------------


def _check_reversed(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    """Of every draft, whatever its region says of terms."""
    for examined in desk.examined(snapshot):
        start, end = examined.draft.analysis.elements.effective, examined.draft.analysis.elements.expires
        if start and end and end.value < start.value:
            message = f"{start.value}起施行，有效期却到{end.value}，施行以前就已届满"
            evidence = tuple(dict.fromkeys(quoted(examined.draft, one.span, one.rule) for one in (start, end)))
            yield rule.finding("fail", examined.draft.name, message, evidence=evidence)


# What it is ----------------------------------------------------------------------------------------------------


def _is_normative(work: Work, context: Context, draft: Draft) -> tuple[bool, str]:
    """Whether the draft surely is a normative document, and why it may be one; "" where it is none."""
    if work.number is not None and work.number.kind is not NumberKind.DOCUMENT:
        return False, ""  # rules of government, announcements
    profile = context.ruled(work, interpretation_profile)
    duty = must_interpret(work, profile, {draft.analysis.source.sha256: draft.text})
    if duty.verdict in ("exempt", "no"):
        return False, ""
    code = work.number.code if work.number and work.number.code else ""
    if code.endswith(("规", "规字")):
        return True, f"文号{work.number}编入规范性文件"
    kind = normative_kind(work, profile)
    if duty.verdict == "yes":
        return True, duty.why
    return False, f"标题为“{kind}”，疑为规范性文件" if kind else ""
