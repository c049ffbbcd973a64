"""解读 in time: published together with the policy, or some working days later. Source: domain.md §6.3 INT-05."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from policylib.extract.dates import as_date, find_dates
from policylib.extract.folding import fold
from policylib.model import Evidence, Finding, Relation, Snapshot, Work
from policylib.rules.calendar import working_days
from policylib.rules.context import Context
from policylib.rules.interpretation import interpretations
from policylib.rules.rule import Rule
from policylib.rules.scope import InterpretationProfile, interpretation_profile

# 《X》已于2017年8月23日印发; 2024年1月24日，市科技局发布《X》: what stands behind the day. Not 2019年3月1日发布的《Y》.
_ISSUED = re.compile(r"[,]?[^。;,《》]{0,20}?(?P<act>印发|公布|发布|出台|下发)(?!的)")


def rules(context: Context) -> tuple[Rule, ...]:
    """interpretation.late."""
    late = Rule(
        id="interpretation.late",
        code="INT-05",
        title="解读晚于文件公开",
        asks="同时有公开日期的文件和它最早的一份解读，两个日期相隔几个工作日，超过期限（全国通用的规则集是3个工作日）没有",
        matter="解读时限",
        severity="error",
        basis="国办发〔2016〕80号：解读材料应与文件同步发布",
        remedy="请核对两个公布日期，录错的更正；确属晚发的，请说明原因存档，今后将解读材料与文件一并送审、同日发布",
        check=partial(_check_late, context=context),
        exemptions=("只看最早的一份解读",),
    )
    return (late,)


def _check_late(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work in snapshot.interpreted:
        if work.role == "policy":
            profile = context.ruled(work, interpretation_profile)
            yield from _late(rule, snapshot, work, interpretations(snapshot, work), profile)


def _late(
    rule: Rule, snapshot: Snapshot, work: Work, relations: tuple[Relation, ...], profile: InterpretationProfile
) -> Iterator[Finding]:
    dated = [
        (day, relation)
        for relation in relations
        if (source := snapshot.by_key.get(relation.source)) and (day := source.published_on)
    ]
    published = work.published_on
    if (published is None and not dated) or (published is not None and published > snapshot.as_of):
        return
    one_undated = len(dated) < len(relations)
    if published is None or (one_undated and not any(day <= published for day, _ in dated)):
        keys = tuple(sorted(relation.source for relation in relations))
        words = tuple(relation.evidence for relation in relations)
        message, whose = f"解读的公布日期不明，文件{published}公布", "解读"
        if published is None:
            first_day, _ = min(dated, key=lambda pair: (pair[0], pair[1].source))
            message, whose = _known(work, first_day, words, profile), "文件"
        message, remedy = f"不能判断解读是否及时：{message}", f"请核对{whose}的公布日期，补登后就能判断"
        yield rule.finding("unknown", work.key, message, evidence=words, related=keys, remedy=remedy)
        return
    day, first = min(dated, key=lambda pair: (pair[0], pair[1].source))
    made = partial(rule.finding, subject=work.key, evidence=(first.evidence,), related=(first.source,))
    if day < published:
        message = f"解读早于文件公开：解读{day}，文件{published}"
        yield made("fail", message=message, severity="info", remedy="请核对两个公布日期")
        return
    days, dates = working_days(published, day), f"文件{published}公布，解读{day}公布"
    if days is None:
        yield made("unknown", message=f"不能判断解读是否及时：没有{day.year}年的节假日安排", remedy="")
    elif days > profile.limit_working_days:
        message, basis = _too_late(profile, days, dates)
        yield replace(made("fail", message=message, severity="error"), basis=rule.basis + basis)
    elif days:
        message = f"解读晚于文件{days}个工作日，未超过{profile.limit_working_days}个：{dates}"
        yield made("pass", message=message, severity="info", remedy="")


def _known(work: Work, explained: date, words: tuple[Evidence, ...], profile: InterpretationProfile) -> str:
    """What is known where the day of publication is not: when it was explained, when it was made, and whether that is
    so far apart that it was late even if the policy was published as late as it may be."""
    made = (work.dated, "成文") if work.dated else next(filter(None, map(_issued, words)), None)
    if made is None or made[0] > explained:
        return f"解读{explained}发布，文件的公布日期不明"
    day, act = made
    days, allowed = working_days(day, explained), profile.publish_working_days + profile.limit_working_days
    late = days is not None and days > allowed
    doubt = f"，隔{days}个工作日，疑似晚发，请核对公布日期" if late else ""
    return f"解读{explained}发布；文件{day}{act}，公布日期不明{doubt}"


def _issued(words: Evidence) -> tuple[date, str] | None:
    """The day on which an interpretation says that its policy was issued, and the word."""
    folded = fold(words.quote)
    for found in find_dates(words.quote):
        act = _ISSUED.match(folded, found.span.end)
        if act:
            return as_date(found.value), f"{act['act']}（据解读）"
    return None


def _too_late(profile: InterpretationProfile, days: int, dates: str) -> tuple[str, str]:
    """The message, and what a regional rule adds to the basis."""
    limit, source = profile.limit_working_days, profile.limit_source
    allowed = f"规定不超过{limit}个" if source else f"超过{limit}个的算晚"
    basis = f"；{source}：最迟不超过{limit}个工作日" if source else ""
    return f"解读晚于文件{days}个工作日（{allowed}）：{dates}", basis
