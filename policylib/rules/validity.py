"""有效期: is there one, of the right length, and can its dates be trusted. Source: domain.md §5.2, §6.3 VAL-01, 02, 07.

The terms are those of the rule set that binds the work by its region and its day; where none does, nothing is asked.
What to do when a term ends is in `expiry`, when it may begin in `start`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from policylib.extract.page_term import CONFLICT
from policylib.extract.validity import last_day
from policylib.model import Analysis, Effect, Evidence, Finding, Snapshot, Work
from policylib.rule_sets import LOCAL, ValidityProfile, validity_profile
from policylib.rules import expiry, start
from policylib.rules.context import Context
from policylib.rules.evidence import (
    analyses_of,
    own_clause,
    own_clauses,
    own_marks,
    proof_of_duty,
    unread_terms,
    words_at,
)
from policylib.rules.rule import Rule
from policylib.rules.standing import Standing, bound, excuse

# Some end a term of years on the day of its beginning, and not on the day before (domain.md §5.1).
_SLACK = timedelta(days=1)
# 自印发之日起 with a last day that the text names: which day it was printed is known only nearly.
_EVENT_SLACK = timedelta(days=60)
_DATE_PROBLEMS = ("repair.date", "term.refused", "conflict.dated", CONFLICT)
_OF_END = ("term.refused", CONFLICT)
# The problems of two days that differ; the other is that of the element.
_OF_TWO = ("conflict.dated", CONFLICT)


def rules(context: Context) -> tuple[Rule, ...]:
    """validity.term-missing, .term-out-of-range, .evaluation-due, .expired, .starts-early, .notice-short,
    .dates-doubtful."""
    profile = context.ruled(None, validity_profile)
    local = profile.source or LOCAL
    missing = Rule(
        id="validity.term-missing",
        code="VAL-01",
        title="没有规定有效期",
        asks="本地规则要求写明有效期的规范性文件，从那套规则施行起成文、现在仍有效的，文中有没有写有效期或者失效日期",
        severity="warning",
        basis=f"{local}：规范性文件应当规定有效期",
        remedy="请由起草单位补充规定有效期，重新登记、公布；有效期另有规定的，请登记失效日期",
        check=partial(_check_missing, context=context),
        exemptions=(
            "没有本地规则的地区",
            *profile.reasons("validity.term-missing"),
            "已废止、失效的文件",
            "后来的文件规定了有效期的",
            "批复、转发等不是规范性文件的",
        ),
    )
    out_of_range = Rule(
        id="validity.term-out-of-range",
        code="VAL-02",
        title="有效期不在规定的年限内",
        asks="写明了有效期的规范性文件，期限长短在不在成文时本地规则规定的年限内，试行、暂行的另有年限",
        severity="warning",
        basis=f"{local}：规范性文件的有效期有最短、最长年限",
        remedy="请核对施行日期和有效期；确属超出年限的，请在重新登记、公布时改正",
        check=partial(_check_range, context=context),
        exemptions=(
            "没有本地规则的地区",
            *profile.reasons("validity.term-out-of-range"),
            "与所依据、所转发的文件同日届满",
        ),
    )
    doubtful = Rule(
        id="validity.dates-doubtful",
        code="VAL-07",
        title="日期或者期限待核实",
        asks="每份文件的成文、施行、失效日期和有效期，是不是有缺字、互相矛盾或者读不懂的",
        severity="warning",
        basis="党政机关公文处理工作条例第九条、第二十条：成文日期署会议通过或者负责人签发的日期；签发前审核时间、数字是否准确",
        remedy="请对照原件核实，用 policylib judge 登记正确的日期",
        check=_check_doubtful,
        exemptions=("人工登记过日期的", "缺字的日期由页面发布时间印证的"),
    )
    return missing, out_of_range, *expiry.rules(context), *start.rules(context), doubtful


# VAL-01 --------------------------------------------------------------------------------------------------------


def _check_missing(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    locally: dict[str, Rule] = {}
    for work, profile, standing in bound(snapshot, context):
        if profile.must_state_term and work.expires is None:
            if profile.source not in locally:
                locally[profile.source] = replace(rule, basis=f"{profile.source}：规范性文件应当规定有效期")
            yield from _missing(locally[profile.source], snapshot, work, profile, standing)


def _missing(
    rule: Rule, snapshot: Snapshot, work: Work, profile: ValidityProfile, standing: Standing
) -> Iterator[Finding]:
    clause = own_clause(snapshot, work, "effect")
    if excused := _excused(rule, snapshot, work, profile, clause):
        yield excused
        return
    sure = standing.verdict == "yes"
    if not sure and not work.shows_its_term:
        return  # neither the kind nor the term is known: nothing to ask a person
    doubt = unread_terms(snapshot, work)
    if sure and doubt:
        message = f"不能判断有没有规定有效期：这句话或许说的就是期限。{standing.why}"
        yield rule.finding("unknown", work.key, message, evidence=doubt, remedy="请对照原件，登记失效日期")
    elif sure and not work.shows_its_term:
        message = f"不能判断有没有规定有效期：没有读到施行日期的条款，正文或者附件可能没有收全。{standing.why}"
        words = own_marks(snapshot, work, proof_of_duty(work), "title")
        remedy = "请把附件一并读入，或登记施行日期、失效日期"
        yield rule.finding("unknown", work.key, message, evidence=words, remedy=remedy)
    elif doubt:
        return  # nor is it here
    elif not sure:
        message = f"文中没有规定有效期，但不能判断是不是规范性文件：{standing.why}"
        yield rule.finding(
            "unknown", work.key, message, evidence=clause, remedy="请补登记号；不是规范性文件的，登记理由"
        )
    else:
        years = profile.default_years(work)
        default = f"；未规定的，有效期按{years}年算" if years else ""
        message = f"只规定了施行日期，没有规定有效期：{standing.why}{default}"
        yield rule.finding("fail", work.key, message, evidence=clause)


def _excused(
    rule: Rule, snapshot: Snapshot, work: Work, profile: ValidityProfile, clause: tuple[Evidence, ...]
) -> Finding | None:
    """Why the work needs no term of its own: a later paper gave it one, or the rule set excuses it."""
    effects = snapshot.effects.get(work.key, ())
    later = next((one for one in effects if one.kind == "extend" and one.until and _stands(one)), None)
    if later:
        by = snapshot.by_key.get(later.by or "")
        said = f"{by.label if by else later.by}已规定有效期至{later.until}"
        evidence = (later.evidence,) if later.evidence else ()
        return rule.finding("exempt", work.key, f"不适用：{said}", evidence=evidence, remedy="")
    reason = excuse(rule.id, work, profile, snapshot.texts, clause)
    if not reason:
        return None
    words = clause or own_marks(snapshot, work, "title")
    return rule.finding("exempt", work.key, f"不适用：{reason}", evidence=words, remedy="")


def _stands(effect: Effect) -> bool:
    return effect.certainty == "stated" and not effect.undone


# VAL-02 --------------------------------------------------------------------------------------------------------


def _check_range(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, profile, standing in bound(snapshot, context):
        if work.effective is None or work.expires is None or work.expires < work.effective:
            continue
        allowed = profile.years_of(work)
        if allowed and is_outside(work, allowed):
            local = replace(rule, basis=allowed_words(work, profile))
            yield _out_of_range(local, snapshot, work, profile, standing, allowed)


def allowed_words(work: Work, profile: ValidityProfile) -> str:
    """《某办法》（某令）：有效期为3至5年; of one on trial: 标注试行、暂行的，有效期为1至2年."""
    trial = "标注试行、暂行的，" if profile.trial_years and profile.is_trial(work) else ""
    return f"{profile.source}：{trial}有效期为{span_of(profile.years_of(work))}"


def span_of(years: tuple[int, ...]) -> str:
    """3至5年, 5年."""
    return f"{years[0]}年" if years[0] == years[1] else f"{years[0]}至{years[1]}年"


def is_outside(work: Work, allowed: tuple[int, ...]) -> bool:
    """Whether its first and its last day lie nearer to each other, or further apart, than these years allow."""
    first, last = work.effective, work.expires
    if first is None or last is None:
        return False
    event = work.effective_evidence is not None and work.effective_evidence.rule.endswith(".event")
    named = work.expires_evidence is None or work.expires_evidence.rule != "validity.term"
    slack = _EVENT_SLACK if event and named else _SLACK
    return not last_day(first, allowed[0]) - slack <= last <= last_day(first, allowed[1]) + slack


def _out_of_range(
    rule: Rule, snapshot: Snapshot, work: Work, profile: ValidityProfile, standing: Standing, allowed: tuple[int, ...]
) -> Finding:
    evidence = own_clauses(snapshot, work)
    row = excuse(rule.id, work, profile, snapshot.texts, evidence)
    if row:
        return rule.finding("exempt", work.key, f"不适用：{row}", evidence=evidence, remedy="")
    above = _ends_with(snapshot, work)
    if above:
        message = f"不适用：与{above.label}同日届满"
        return rule.finding("exempt", work.key, message, evidence=evidence, related=(above.key,), remedy="")
    term = f"{work.effective}起施行，{work.expires}届满，有效期{length(work)}"
    kind = "（试行、暂行的）" if profile.is_trial(work) else ""
    message = f"{term}，规定{kind}是{span_of(allowed)}：{standing.why}"
    if standing.verdict == "unknown":
        return rule.finding(
            "unknown", work.key, f"不能判断有效期是否合规：{message}", evidence=evidence, remedy="请补登记号"
        )
    return rule.finding("fail", work.key, message, evidence=evidence)


def _ends_with(snapshot: Snapshot, work: Work) -> Work | None:
    """The paper that it rests on or forwards, if that ends on the same day."""
    kinds = ("basis", "reference", "forwards", "issues", "supplements", "amends")
    above = (snapshot.by_key.get(one.target) for one in snapshot.outgoing.get(work.key, ()) if one.kind in kinds)
    return next((one for one in above if one and one.expires == work.expires and one.key != work.key), None)


def length(work: Work) -> str:
    """5年, or 2年10个月 where it is not whole years."""
    first, last = work.effective or date.min, (work.expires or date.min) + timedelta(days=1)
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "") or "不足一个月"


# VAL-07 --------------------------------------------------------------------------------------------------------


def _check_doubtful(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    said = {(one.source, one.field): one.value for one in snapshot.judgements if one.verdict == "set"}
    for work in (*snapshot.of_role.get("policy", ()), *snapshot.of_role.get("cleanup", ())):
        if work.problems and any(problem in work.problems for problem in _DATE_PROBLEMS):
            yield from _damaged(rule, snapshot, work, said)
        if work.effective and work.expires and work.expires < work.effective:
            message = f"失效日期{work.expires}早于施行日期{work.effective}"
            yield rule.finding("fail", work.key, message, evidence=own_clauses(snapshot, work))


def _damaged(rule: Rule, snapshot: Snapshot, work: Work, said: dict[tuple[str, str], str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for analysis in analyses_of(snapshot, work):
        for problem in analysis.problems:
            about = "expires" if problem.rule in _OF_END else "dated"
            known = said.get((work.key, about)) or (problem.rule == "repair.date" and _corroborated(analysis))
            if problem.rule in _DATE_PROBLEMS and not known and problem.message not in seen:
                seen.add(problem.message)
                evidence = words_at(snapshot, analysis, problem.span, problem.rule) if problem.span else ()
                other = getattr(analysis.elements, about) if problem.rule in _OF_TWO else None
                both = (*words_at(snapshot, analysis, other.span, other.rule), *evidence) if other else evidence
                yield rule.finding("fail", work.key, problem.message, evidence=both)


def _corroborated(analysis: Analysis) -> bool:
    dated = analysis.elements.dated
    return dated is not None and dated.rule == "repair.date.page_time"
