"""任务分工: has every task a lead, are the units known, has the last day passed. Source: domain.md §6.3 TSK."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from policylib.extract.folding import fold
from policylib.extract.responsible import is_class
from policylib.extract.task_heads import head_of
from policylib.extract.task_items import without_lead
from policylib.extract.tasks import SCOPE
from policylib.model import Evidence, Finding, Result, Snapshot, Source, Span, Work
from policylib.rules.context import Context
from policylib.rules.duties import full_name, plans, speaker
from policylib.rules.evidence import evidence_at, sentence
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, is_statute

_VERDICTS: tuple[Result, ...] = ("fail", "unknown")
_SHOWN = 10  # pieces of evidence in one finding; a plan has a hundred tasks
_HEAD = 80
_GROUP = re.compile(r"等(?:有关|相关|\d+个|[一二三四五六七八九十]+个?)?(?:部门|单位)$")
_PLACE = re.compile(r"[区县市镇乡旗]$|街道$")
_INSIDE = re.compile(r"[科处室股组办队]$|中心$|机关党委$|机关工会$")
# 统称 (条例第九条), of whom a law speaks: 国务院林业行政主管部门, 市场监督管理部门, 县级以上地方各级人民政府.
_GENERIC = re.compile(
    r"部门$|^(?:国务院|[省市县乡镇]级(?:以上|以下)?|各级|地方|当地|所在地|本级|上级|下级|同级).*(?:机关|机构|政府|单位)$"
)
# A 厅 is a department of a province, or the office of a large government.
_HALL = re.compile(r"(?<!办公)厅$")


def rules(context: Context) -> tuple[Rule, ...]:
    """task.without-lead, task.unit-unknown, task.overdue."""
    without = Rule(
        id="task.without-lead",
        code="TSK-01",
        title="任务没有牵头单位",
        asks="分工方案里的各项任务，同级多数写了由谁负责的，哪几项没有写",
        severity="info",
        basis="本文件同级的其他各项写明了牵头单位或者责任单位",
        remedy="请核对是否漏写；确定牵头单位后，在补充通知或者任务分工表中写明",
        check=_check_lead,
        exemptions=(
            "同级各项多数也没有写责任单位",
            "另有一句写明以下各项由谁落实、不再列出",
            "总体要求、保障措施等不分工的部分",
        ),
    )
    unknown = Rule(
        id="task.unit-unknown",
        code="TSK-02",
        title="责任单位的名称不对，或者认不出",
        asks="分工方案里写的每个责任单位，在机关名录里或者本机关内设机构里找不找得到",
        severity="info",
        basis="党政机关公文处理工作条例第九条：写机关用全称、规范化简称或者同类型机关统称（对主送机关的规定，责任单位参照）",
        remedy="请核对名称；名称无误的，可在 tables/organs.csv 中登记这个机关或它的简称",
        check=partial(_check_units, context=context),
        exemptions=(
            "各相关科室、有关部门等没有具体所指的",
            "主管部门等统称",
            "发文机关的内设机构",
            "法律、法规、规章",
        ),
    )
    overdue = Rule(
        id="task.overdue",
        code="TSK-03",
        title="任务已过时限",
        asks="写明时限的各项任务，最迟的日期在检查那天以前过了，而没有登记完成的",
        severity="info",
        basis="文件自己写明的完成时限",
        remedy="已完成的请登记：policylib judge 文号 --set 完成情况=…（一项的写 完成情况2=…"
        " 或者文件自己的序号 完成情况（三）=…，序号见 policylib tasks）",
        check=_check_overdue,
        exemptions=("登记过完成情况的", "文件已废止、失效的", "时限算不出的"),
        on=False,  # the library knows of completion only what people register: off until they do
    )
    return without, unknown, overdue


def _heads(items: list[str]) -> str:
    shown = "；".join(f"“{head_of(item)}”" for item in items[:_SHOWN])
    return shown + ("等" if len(items) > _SHOWN else "")


# TSK-01 --------------------------------------------------------------------------------------------------------


def _check_lead(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    for work, tasks in plans(snapshot):
        analysis = snapshot.analyses[tasks[0].evidence.sha256]
        text = snapshot.texts[analysis.source.sha256]
        folded = fold(text)
        bare, covered = without_lead(folded, analysis.tasks)
        leaderless = [
            one.item
            for one in analysis.tasks
            if not one.lead and not any(by.rule == "task.scope" for by in one.support)
        ]
        places = [*bare, *(leaderless if 2 * len(leaderless) <= len(analysis.tasks) else ())]
        items = [span.of(text) for span in places]
        if items:
            yield rule.finding(
                "fail", work.key, f"{len(items)}项任务没有写明牵头单位，同级各项多数写了：{_heads(items)}",
                evidence=tuple(_head_evidence(one, text, analysis.source) for one in places[:_SHOWN]),
            )  # fmt: skip
        elif covered:
            message = f"{len(covered)}项任务没有逐一列出责任单位：文中另有一句写明由谁落实"
            words = tuple(
                sentence(analysis.source, text, Span(*one.span()), "task.scope")
                for one in islice(SCOPE.finditer(folded), 1)
            )
            yield rule.finding("exempt", work.key, message, evidence=words, remedy="")


def _head_evidence(span: Span, text: str, source: Source) -> Evidence:
    """The beginning of an item; an item may be a page long."""
    return evidence_at(source, text, Span(span.start, min(span.end, span.start + _HEAD)), "task")


# TSK-02 --------------------------------------------------------------------------------------------------------


def _check_units(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, tasks in plans(snapshot):
        if is_statute(work, context.ruled(work, interpretation_profile)):
            continue  # it lays down who is competent, and has no table of tasks
        units = {name: task for task in reversed(tasks) for name in (*task.lead, *task.support)}
        faults = {name: said for name in sorted(units) if (said := _fault(name, work, context))}
        for result in _VERDICTS:
            found = {name: why for name, (verdict, why) in faults.items() if verdict == result}
            if found:
                lead = "责任单位的名称不对" if result == "fail" else "不能判断是哪个责任单位"
                words = "；".join(f"{name}（{why}）" for name, why in found.items())
                evidence = tuple(dict.fromkeys(units[name].evidence for name in found))[:_SHOWN]
                yield rule.finding(result, work.key, f"{lead}：{words}", evidence=evidence)


def _fault(name: str, work: Work, context: Context) -> tuple[Result, str] | None:
    """What is wrong with the name of a unit, and how surely; None where it is known, or means a class of units."""
    bare = _GROUP.sub("", name)
    if is_class(bare) or _GENERIC.search(bare):
        return None
    issuer = speaker(work, context)
    full = full_name(bare, work, context)
    if full is None:
        known = _INSIDE.search(bare) or (_PLACE.search(bare) and context.organs.canonical(f"{bare}人民政府", issuer))
        return None if known else ("unknown", "机关名录里没有" if issuer else "发文机关和所在地区都不明")
    if _HALL.search(full) and context.organs.level_of(full) in ("prefecture", "county"):
        return "fail", "市、县没有以“厅”为名的部门"
    return _renamed(full, work, context)


def _renamed(full: str, work: Work, context: Context) -> tuple[Result, str] | None:
    later = context.tables.renames.get(full, ())
    gone = [(name, since) for name, since in later if work.day and since <= work.day]
    if not gone or full in context.tables.plates:
        return None
    return "fail", f"{gone[0][1]}起已改为{'、'.join(name for name, _ in gone)}"


# TSK-03 --------------------------------------------------------------------------------------------------------


def _check_overdue(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    for work, tasks in plans(snapshot):
        status = snapshot.statuses.get(work.key)
        if status is not None and status.state.dead:
            continue
        for task in tasks:
            if task.is_late(snapshot.as_of):
                days = (snapshot.as_of - task.latest).days if task.latest else 0
                note = f"；{task.note}" if task.note else ""
                yield rule.finding(
                    "fail", work.key,
                    f"{task.named}“{task.head}”的时限是{task.latest}（{task.deadline}{note}），已过{days}天，没有登记完成",
                    evidence=(task.evidence,),
                )  # fmt: skip
