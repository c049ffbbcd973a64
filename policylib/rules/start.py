"""When a paper may begin to hold: not before it is published, and not at once. Source: domain.md §6.3 VAL-05, 06."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from policylib.model import Finding, Snapshot, Work
from policylib.rule_sets import LOCAL, ValidityProfile, validity_profile
from policylib.rules.context import Context
from policylib.rules.evidence import element_evidence, own_clause
from policylib.rules.rule import Rule
from policylib.rules.standing import Standing, bound, excuse

# A page goes up within 60 days of the sign-off (domain.md §2.6); one that is later may not be the first publication.
_FIRST_PAGE = timedelta(days=60)


def rules(context: Context) -> tuple[Rule, ...]:
    """validity.starts-early, validity.notice-short."""
    profile = context.ruled(None, validity_profile)
    early = Rule(
        id="validity.starts-early",
        code="VAL-05",
        title="施行早于公布",
        asks="写明了施行日期的文件，施行那天是不是早于成文、公布那天，文中有没有写明追溯",
        severity="warning",
        basis="国办发〔2018〕37号：未经公布的规范性文件不得作为行政管理依据；"
        "参照立法法第一百零四条对法规、规章的规定：不溯及既往，为更好地保护公民、法人和其他组织的权利和利益而作的特别规定除外",
        remedy="请核对成文、公布、施行三个日期，录错的更正；确需追溯的，在文中写明理由",
        check=partial(_check_early, context=context),
        exemptions=profile.reasons("validity.starts-early"),
    )
    short = Rule(
        id="validity.notice-short",
        code="VAL-06",
        title="公布到施行不足规定的日数",
        asks="本地规则规定公布满若干日才施行的，规范性文件从公布到施行隔了几日",
        severity="warning",
        basis=f"{profile.source or LOCAL}：公布之日起若干日以后施行",
        remedy="请核对公布、施行两个日期；确有理由即行施行的，登记理由，今后在文中写明",
        check=partial(_check_short, context=context),
        exemptions=("没有本地规则的地区", *profile.reasons("validity.notice-short")),
    )
    return early, short


# VAL-05 --------------------------------------------------------------------------------------------------------


def _check_early(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, profile, standing in bound(snapshot, context, everywhere=True):
        event = _before_what(work)
        if event and not (event == "published" and _is_still_to_come(work.published_on, snapshot)):
            yield _early(rule, snapshot, work, profile, standing, event)


def _is_still_to_come(published: date | None, snapshot: Snapshot) -> bool:
    """Whether the paper was published only after the day that is asked about."""
    return published is not None and published > snapshot.as_of


def _before_what(work: Work) -> str | None:
    """Which event the named first day is earlier than. 自印发之日起 names none, 实施日期 is the page's word."""
    named = _by_paper(work) and not (work.effective_evidence and work.effective_evidence.rule.endswith(".event"))
    start, dated, published = work.effective, work.dated, work.published_on
    if not named or start is None or dated is None:
        return None
    if start < dated:
        return "dated"
    return "published" if published and start < published <= dated + _FIRST_PAGE else None


def _early(
    rule: Rule, snapshot: Snapshot, work: Work, profile: ValidityProfile, standing: Standing, event: str
) -> Finding:
    clause = own_clause(snapshot, work, "effect")
    evidence = (*clause, *element_evidence(snapshot, work, event))
    reason = excuse(rule.id, work, profile, snapshot.texts, clause)
    if reason:
        return rule.finding("exempt", work.key, f"不适用：{reason}", evidence=evidence, remedy="")
    day = f"成文于{work.dated}" if event == "dated" else f"公布于{work.published_on}（据页面）"
    message = f"{work.effective}起施行，{day}，文中没有写明追溯"
    if standing.verdict == "unknown":
        message = f"不能判断是否合规：{message}；{standing.why}"
        return rule.finding("unknown", work.key, message, evidence=evidence, remedy="请核对三个日期，补登记号")
    return rule.finding("fail", work.key, message, evidence=evidence)


# VAL-06 --------------------------------------------------------------------------------------------------------


def _check_short(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, profile, standing in bound(snapshot, context):
        days = profile.min_days_before_effect
        if days and work.effective and _by_paper(work) and not _before_what(work):
            local = replace(rule, basis=f"{profile.source}：自公布之日起{days}日以后施行")
            yield from _short(local, snapshot, work, profile, standing, work.effective)


def _by_paper(work: Work) -> bool:
    """Whether the paper, or a person, gives its first day: 实施日期 of a page is often the day of the page."""
    return work.effective_evidence is not None and work.effective_evidence.rule.startswith(("validity.", "judgement"))


def _short(
    rule: Rule, snapshot: Snapshot, work: Work, profile: ValidityProfile, standing: Standing, start: date
) -> Iterator[Finding]:
    """A paper is published on its day at the earliest: what starts too soon after that does so for certain. By the day
    of the page alone nobody knows, for it may have been published elsewhere before."""
    wanted = profile.min_days_before_effect
    made = work.day
    published = None if _is_still_to_come(work.published_on, snapshot) else work.published_on
    since_made = (start - made).days if made else wanted
    since_page = (start - published).days if published and made and published <= made + _FIRST_PAGE else wanted
    if min(since_made, since_page) >= wanted:
        return
    event = "dated" if work.dated else "published"
    clause = own_clause(snapshot, work, "effect")
    evidence = (*clause, *element_evidence(snapshot, work, "published" if since_made >= wanted else event))
    reason = excuse(rule.id, work, profile, snapshot.texts, clause)
    if reason:
        yield rule.finding("exempt", work.key, f"不适用：{reason}", evidence=evidence, remedy="")
    elif since_made >= wanted:
        message = f"不能判断公布至施行够不够{wanted}日：页面{published}发布，{start}起施行，隔{max(0, since_page)}日"
        yield rule.finding("unknown", work.key, message, evidence=evidence, remedy="请核对首次公布的日期，登记公布日期")
    else:
        word = "成文" if work.dated else "公布"
        message = f"{made}{word}，{start}起施行，公布至施行不足{wanted}日，文中没有写明即行施行的理由"
        if standing.verdict == "unknown":
            message = f"不能判断是否合规：{message}；{standing.why}"
            yield rule.finding("unknown", work.key, message, evidence=evidence, remedy="请补登记号，或登记理由")
        else:
            yield rule.finding("fail", work.key, message, evidence=evidence)
