"""Whether the rows of a cleanup result are understood and can be carried out.
Source: domain.md §7.3, CLN-03, CLN-04, CLN-08."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from policylib.extract.deadlines import limit_in
from policylib.extract.folding import fold
from policylib.link.cleanup_acts import may_have_ended, text_of
from policylib.link.open_ends import OpenEnd, extensions, renewed
from policylib.link.reconcile import parts_of
from policylib.link.status import status
from policylib.model import Evidence, Finding, Relation, Snapshot, Span, State, Work
from policylib.rule_sets import validity_profile
from policylib.rules.cleanup_acts import OUTCOMES
from policylib.rules.commands import accepting
from policylib.rules.context import Context
from policylib.rules.evidence import sentence
from policylib.rules.norms import REVIEW
from policylib.rules.open_ends import open_ends
from policylib.rules.rule import Rule

_SENTENCE = re.compile(r"[^。;\n]+")
_AMENDED: Final = ("修改", "修订")
_TERMS: Final = ("expiry", "extend")
_SHOWN: Final = 20  # papers that a finding names


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.unmatched, .retained-expired, .amendment-overdue."""
    unmatched = Rule(
        id="cleanup.unmatched",
        code="CLN-03",
        title="清理目录的一行对不上文件",
        asks="清理结果的目录逐行去找本库的文件，标题和文号是不是指同一份",
        severity="error",
        basis=REVIEW,
        remedy="请对照原件核实这一行的标题和文号，录错的更正后重新公布",
        check=_check_unmatched,
        exemptions=("本库没有收的文件",),
    )
    expired = Rule(
        id="cleanup.retained-expired",
        code="CLN-04",
        title="列为继续有效，而有效期在清理前已经届满",
        asks="清理结果列为继续有效的每份文件，写明的有效期在清理那天以前是不是已经届满",
        severity="error",
        basis="有效期以文件自己写明的为准；只列为继续有效、没有写明延长的，有效期不变",
        remedy="请按规定延长有效期或重新公布；不再需要的，改列失效",
        check=partial(_check_retained, context=context),
        exemptions=("清理前已延长有效期的",),
    )
    overdue = Rule(
        id="cleanup.amendment-overdue",
        code="CLN-08",
        title="列为需修改，到期没有见到新的文件",
        asks="清理结果列为需要修改、又写明期限的文件，期限过后本库有没有修改、替代或者废止它的文件",
        severity="warning",
        basis="清理结果自己写明的修改期限",
        remedy="请起草单位说明进度；已修改的，把新文件读入本库；不再修改的，予以废止",
        check=partial(_check_overdue, context=context),
        exemptions=("已修改、替代、废止的（只延长了有效期的不算）", "清理结果没有写明期限的"),
    )
    return unmatched, expired, overdue


def _check_unmatched(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    results = {work.key for work in snapshot.of_role.get("cleanup", ())}
    for one in snapshot.unresolved:
        if one.source not in results or one.kind not in OUTCOMES:
            continue
        meant = [work for key in one.candidates if (work := snapshot.by_key.get(key))]
        known = [work for work in meant if work.held]
        cited = [work for work in meant if not work.held and work.numbers]
        clash = "标题" in one.reason and "文号" in one.reason and any(not work.number_repaired for work in known)
        fault = "文号与标题对不上" if clash else "对不上本库的文件"
        message = f"“{OUTCOMES[one.kind]}”目录有一行写的是{one.wanted}，{fault}（{one.reason}）"
        message += f"；本库有：{_labels(known)}" if known else ""
        message += f"；别的文件引用过：{_labels(cited)}（本库没有原文）" if cited else ""
        named = tuple(words for work in cited[:_SHOWN] for words in _named_in(snapshot, work, one.source))
        yield rule.finding(
            "fail" if clash else "unknown", one.source, message, evidence=(one.evidence, *named),
            related=one.candidates,
            remedy=None if clash else "请对照原件核对；核实后用 policylib judge --accept 登记",
        )  # fmt: skip


def _labels(works: Sequence[Work]) -> str:
    return "；".join(work.label for work in works[:_SHOWN])


def _named_in(snapshot: Snapshot, work: Work, but: str) -> tuple[Evidence, ...]:
    """Where another paper names a work that is not held: what is known of it at all."""
    return tuple(one.evidence for one in snapshot.incoming.get(work.key, ()) if one.source != but)[:1]


def _check_retained(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for relation in snapshot.of_kind.get("retains", ()):
        if relation.mode != "act":
            continue
        act, target = snapshot.by_key.get(relation.source), snapshot.by_key.get(relation.target)
        if act is None or target is None or act.day is None:
            continue
        effects = snapshot.effects.get(target.key, ())
        if not any(one.kind in _TERMS and may_have_ended(one, act.day) for one in effects):
            continue
        before = status(target, effects, act.day)
        if before.state is State.EXPIRED and before.decisive:
            ended = before.decisive.until or before.decisive.effective
            message = f"有效期{ended}已经届满，{act.day}的{act.label}仍把这份文件列为继续有效"
            evidence = (relation.evidence, *((before.decisive.evidence,) if before.decisive.evidence else ()))
            found = rule.finding("fail", target.key, message, evidence=evidence, related=(act.key,))
            local = context.ruled(target, validity_profile)
            basis = f"{local.source}：有效期届满自动失效；{rule.basis}" if local.auto_expire else rule.basis
            yield replace(found, basis=basis)


def _check_overdue(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    lapsing = {(one.act.key, work.key): one for one in open_ends(snapshot, context) for work in one.hit if one.since}
    for relation in snapshot.of_kind.get("amends", ()):
        if relation.mode != "plan":
            continue
        act, target = snapshot.by_key.get(relation.source), snapshot.by_key.get(relation.target)
        if act is None or target is None:
            continue
        until = _day(relation.detail)
        if act.role != "cleanup" or until is None or until >= snapshot.as_of:
            continue
        if snapshot.is_dead(target.key) or target.key not in snapshot.statuses or renewed(target, act, snapshot):
            continue
        later = extensions(target, act, snapshot)
        names = "、".join(snapshot.by_key[one.source].label for one in later)
        only = f"，此后{names}只延长了有效期" if later else ""
        words = (relation.evidence, *_said_until(snapshot, act, relation, until), *(one.evidence for one in later))
        found = rule.finding(
            "fail", target.key,
            f"{act.label}要求这份文件在{until}前修改{only}，到{snapshot.as_of}本库没有见到修改后的文件",
            evidence=words, related=(act.key, *(one.source for one in later)),
        )  # fmt: skip
        yield _conditional(found, target, lapsing.get((act.key, target.key)))


def _said_until(snapshot: Snapshot, act: Work, relation: Relation, until: date) -> tuple[Evidence, ...]:
    """The sentence that gives the day until which the listed papers are to be amended (起草部门应当于2024年6月30日前
    完成修改), where the row itself has none."""
    year = act.day.year if act.day else None
    if _names_day(fold(relation.evidence.quote), Span(0, len(relation.evidence.quote)), year, until):
        return ()
    for part in parts_of(snapshot, act):
        text = text_of(snapshot, part)
        folded = fold(text)
        for found in _SENTENCE.finditer(folded):
            where = Span(*found.span())
            if any(word in found[0] for word in _AMENDED) and _names_day(folded, where, year, until):
                return (sentence(part.source, text, where, "cleanup.amended-until"),)
    return ()


def _names_day(folded: str, where: Span, year: int | None, day: date) -> bool:
    found = limit_in(folded, where.start, where.end, year)
    return found is not None and found.value.latest == day


def _conditional(found: Finding, target: Work, lapsing: OpenEnd | None) -> Finding:
    """Where the act says that what is not amended in time is void: that is to be asked, not decided."""
    if lapsing is None:
        return found
    how = f"确已失效的，用 {accepting(lapsing.act, OUTCOMES[lapsing.relation], target)} 登记"
    return replace(
        found, message=f"{found.message}；按该清理结果，自{lapsing.since}起逾期可能已经失效，请确认",
        evidence=(*found.evidence, *lapsing.evidence), remedy=f"{found.remedy}；{how}",
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
