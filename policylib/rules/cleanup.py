"""Whether a cleanup result is whole and can be carried out: every paper once, every row understood, as many as it says.
Source: domain.md §7.3, CLN-01, CLN-03, CLN-04, CLN-08, CLN-09, CLN-12."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from policylib.extract.deadlines import limit_in
from policylib.extract.folding import fold
from policylib.link.catalogue import similar
from policylib.link.cleanup_acts import Act, left_out, may_have_ended, scope_of, text_of
from policylib.link.open_ends import OpenEnd, renewed
from policylib.link.reconcile import ListedRow, parts_of
from policylib.link.status import status
from policylib.model import (
    Evidence,
    Finding,
    Found,
    NumberKind,
    Relation,
    Snapshot,
    Span,
    State,
    StatedCount,
    Work,
)
from policylib.rule_sets import validity_profile
from policylib.rules.annex_rows import RowPlace, row_places, together
from policylib.rules.cleanup_acts import acts_of, catch_alls, is_cut, issuers_policies, open_ends
from policylib.rules.context import Context
from policylib.rules.evidence import evidence_at, sentence
from policylib.rules.norms import CLEANED, REVIEW
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, normative_kind

_WORDS: Final = {
    "repeals": "废止",
    "lapses": "宣布失效",
    "partly_repeals": "部分废止",
    "retains": "继续有效",
    "extends": "继续有效",
    "amends": "修改",
}
_KEPT: Final = ("retains", "extends")  # 继续有效, and 继续有效，有效期至2027年12月31日
_SENTENCE = re.compile(r"[^。;\n]+")
_AMENDED: Final = ("修改", "修订")
_TERMS: Final = ("expiry", "extend")
_ONCE: Final = "请核对这两行：重复的删去一行；文号录错的，更正后重新公布"
_SHOWN: Final = 20  # papers that a finding names; the others are counted
_NAMESAKES: Final = 8  # papers of one number that are told apart; two is a fault already, which is another rule's


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.not-listed, .unmatched, .retained-expired, .amendment-overdue, .count, .catch-all."""
    return *_of_rows(context), *_of_outcomes(context), *_of_the_whole(context)


def _of_rows(context: Context) -> tuple[Rule, ...]:
    """Whether every paper has its row, and every row its paper: CLN-01, CLN-03."""
    listed = Rule(
        id="cleanup.not-listed",
        code="CLN-01",
        title="应清理的文件没有列入，或者列了两次",
        severity="error",
        basis=f"清理结果自己列了“继续有效”目录，范围内的文件应当各列一次；{CLEANED}",
        remedy="请核对清理范围；确属遗漏的补入清理结果并公布",
        check=partial(_check_listed, context=context),
        exemptions=(
            "清理结果没有“继续有效”目录的（只列废止、失效的，不必列全）",
            "清理前已废止、失效的",
            "范围以外的机关和时间（可在 policylib.toml 的 [cleanup] 下写明）",
        ),
    )
    unmatched = Rule(
        id="cleanup.unmatched",
        code="CLN-03",
        title="清理目录的一行对不上文件",
        severity="error",
        basis=REVIEW,
        remedy="请对照原件核实这一行的标题和文号，录错的更正后重新公布",
        check=_check_unmatched,
        exemptions=("本库没有收的文件",),
    )
    return listed, unmatched


def _of_outcomes(context: Context) -> tuple[Rule, ...]:
    """Whether what a row decides can be, and has been, carried out: CLN-04, CLN-08."""
    expired = Rule(
        id="cleanup.retained-expired",
        code="CLN-04",
        title="列为继续有效，而有效期在清理前已经届满",
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
        severity="warning",
        basis="清理结果自己写明的修改期限",
        remedy="请起草单位说明进度；已修改的，把新文件读入本库；不再修改的，予以废止",
        check=partial(_check_overdue, context=context),
        exemptions=("已修改、替代、延期、废止的", "清理结果没有写明期限的"),
    )
    return expired, overdue


def _of_the_whole(context: Context) -> tuple[Rule, ...]:
    """Whether the list is as long as the result says, and what becomes of all that is not in it: CLN-09, CLN-12."""
    count = Rule(
        id="cleanup.count",
        code="CLN-09",
        title="清理结果所说的件数与目录不符",
        severity="error",
        basis=f"清理结果自己写明的件数；{REVIEW}",
        remedy="请对照附件清点；录漏的补录，文中件数有误的更正",
        check=partial(_check_count, context=context),
        exemptions=("写明另行通知、不予公开的件数",),
    )
    catch_all = Rule(
        id="cleanup.catch-all",
        code="CLN-12",
        title="清理结果有兜底条款，请确认哪些文件因此失效",
        severity="warning",
        basis="清理结果自己写明的兜底条款",
        remedy="请逐件确认；确已失效的，请制发机关列明并公布，"
        "用 policylib judge 清理结果的文号 --accept 废止 那份文件 登记；"
        "仍有效的，用 policylib judge 文号 --exempt 理由 --rule CLN-12 登记，不再提示",
        check=partial(_check_catch_all, context=context),
    )
    return count, catch_all


# CLN-01, CLN-12: what should be in the list -----------------------------------------------------------------------


def _check_listed(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    by_issuer = issuers_policies(snapshot, context)
    sweeping = {one.act.key: one for one in catch_alls(snapshot, context)}
    for act in acts_of(snapshot, context):
        yield from _twice(rule, act, snapshot)
        if any(row.claim.relation in _KEPT for row in act.rows) and not is_cut(act):
            yield from _unlisted(rule, act, snapshot, context, by_issuer, sweeping.get(act.work.key))


def _unlisted(
    rule: Rule, act: Act, snapshot: Snapshot, context: Context, by_issuer: Mapping[str, list[Work]],
    sweeping: OpenEnd | None,
) -> Iterator[Finding]:  # fmt: skip
    """What should be listed and is not. Where a catch-all ends the rest, it may have been left out on purpose."""
    scope = scope_of(act, snapshot, context.office)
    asked = {work.key for work in sweeping.asked} if sweeping else set()
    for work in left_out(act, scope, snapshot, by_issuer):
        if work.number and work.number.kind is NumberKind.ORDER:  # 规章 are cleaned up apart
            continue
        words = sweeping.evidence if sweeping and work.key in asked else ()
        swept = "；该文写有兜底条款，未列入的可能已因此失效" if words else ""
        made = partial(rule.finding, evidence=(*scope.evidence, *words), related=(act.work.key,))
        if work.registration_number:
            message = f"在清理范围内，但没有列入{act.work.label}{swept}"
            yield made("fail", work.key, message)
        elif normative_kind(work, context.ruled(work, interpretation_profile)):
            message = f"不能判断是否应当列入{act.work.label}：{work.label}疑为规范性文件，但未见登记号{swept}"
            yield made("unknown", work.key, message, remedy="请补登记号；不是规范性文件的，用 policylib judge 登记理由")


def _twice(rule: Rule, act: Act, snapshot: Snapshot) -> Iterator[Finding]:
    """One paper in two rows of one outcome; two outcomes are a contradiction, which is another rule's."""
    seen: dict[tuple[str, str], list[tuple[RowPlace, ListedRow]]] = {}
    for place, row in zip(row_places(act.rows, snapshot.texts), act.rows, strict=True):
        citation, relation = row.claim.citation, row.claim.relation
        for number in () if citation.repaired else dict.fromkeys(citation.numbers):
            rows = seen.setdefault((number.key, relation), [])
            earlier = next((one for one in rows if _one_paper(one[1], row)), None)
            if earlier is None:
                rows += [(place, row)] if len(rows) < _NAMESAKES else []
                continue
            label = f"《{citation.title}》（{number}）" if citation.title else str(number)
            message = f"同一文号在“{_WORDS[relation]}”目录中列了两次（{together(earlier[0], place)}）：{label}"
            evidence = tuple(_quoted(snapshot, one) for one in (earlier[1], row))
            yield rule.finding("fail", act.work.key, message, evidence=evidence, remedy=_ONCE)


def _one_paper(one: ListedRow, other: ListedRow) -> bool:
    """Whether two rows of one number can mean one paper: two titles that differ are two papers that share a number."""
    titles = (one.claim.citation.title, other.claim.citation.title)
    return not all(titles) or similar(titles[0] or "", titles[1] or "")


def _quoted(snapshot: Snapshot, row: ListedRow) -> Evidence:
    return evidence_at(row.analysis.source, text_of(snapshot, row.analysis), row.claim.scope, "cleanup.row")


def _check_catch_all(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for one in catch_alls(snapshot, context):
        if one.hit:
            names = "；".join(work.label for work in one.hit[:_SHOWN]) + ("；…" if len(one.hit) > _SHOWN else "")
            message = f"本库有 {len(one.hit)} 件在范围内而未列入，按兜底条款可能已失效，请逐件确认：{names}"
            related = tuple(work.key for work in one.hit)
            yield rule.finding(
                "unknown", one.act.key, message, evidence=one.evidence, related=related, remedy=rule.remedy
            )


# CLN-03, CLN-04, CLN-08: rows that cannot be carried out -----------------------------------------------------------


def _check_unmatched(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    results = {work.key for work in snapshot.works if work.role == "cleanup" and work.held}
    for one in snapshot.unresolved:
        if one.source not in results or one.kind not in _WORDS:
            continue
        meant = [work for key in one.candidates if (work := snapshot.by_key.get(key))]
        known = [work for work in meant if work.held]
        cited = [work for work in meant if not work.held and work.numbers]
        clash = "标题" in one.reason and "文号" in one.reason and any(not work.number_repaired for work in known)
        fault = "文号与标题对不上" if clash else "对不上本库的文件"
        message = f"“{_WORDS[one.kind]}”目录有一行写的是{one.wanted}，{fault}（{one.reason}）"
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
        found = rule.finding(
            "fail", target.key,
            f"{act.label}要求这份文件在{until}前修改，到{snapshot.as_of}本库没有见到修改后的文件",
            evidence=(relation.evidence, *_said_until(snapshot, act, relation, until)), related=(act.key,),
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
    act, own = lapsing.act.number or lapsing.act.key, target.number or target.key
    how = f"确已失效的，用 policylib judge {act} --accept {_WORDS[lapsing.relation]} {own} 登记"
    return replace(
        found, message=f"{found.message}；按该清理结果，自{lapsing.since}起逾期可能已经失效，请确认",
        evidence=(*found.evidence, *lapsing.evidence), remedy=f"{found.remedy}；{how}",
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


# CLN-09 ------------------------------------------------------------------------------------------------------------


def _check_count(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for act in acts_of(snapshot, context):
        seen: set[tuple[str, int]] = set()
        for part in act.parts:
            for found in part.counts:
                stated = found.value
                meant = _KEPT if stated.relation == "retains" else (stated.relation,)
                rows = sum(1 for row in act.rows if row.claim.relation in meant)
                if rows + stated.unlisted == stated.count or (stated.relation, stated.count) in seen:
                    continue
                seen.add((stated.relation, stated.count))
                said = sentence(part.source, text_of(snapshot, part), found.span, found.rule)
                yield _miscounted(rule, act, found, rows, said)


def _miscounted(rule: Rule, act: Act, found: Found[StatedCount], rows: int, said: Evidence) -> Finding:
    stated = found.value
    word = _WORDS.get(stated.relation, stated.relation)
    besides = f"（另有{stated.unlisted}件不列）" if stated.unlisted else ""
    unread = sum(1 for part in act.parts for one in part.problems if one.rule == "cleanup.row-unread")
    make = partial(rule.finding, subject=act.work.key, evidence=(said,))
    if not rows:
        message = f"文中说{word}{stated.count}件，本文件中没有读到这份目录"
        return make("unknown", message=message, remedy="附件单独成文件的，请一并读入")
    message = f"文中说{word}{stated.count}件{besides}，目录读到{rows}行"
    if is_cut(act):
        return make("unknown", message=f"{message}；文件没有下载全", remedy="请重新下载全文再读入")
    if unread and rows + unread + stated.unlisted >= stated.count:
        return make("unknown", message=f"{message}，另有{unread}行没有读懂", remedy="请对照原件核对没有读懂的行")
    return make("fail", message=message)
