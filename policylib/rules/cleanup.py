"""Whether a cleanup result is whole: every paper once, as many as it says, and what a catch-all ends besides.
Source: domain.md §7.3, CLN-01, CLN-09, CLN-12; its rows are `cleanup_rows`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from policylib.link.cleanup_acts import Act, left_out, scope_of, text_of
from policylib.link.open_ends import OpenEnd
from policylib.link.reconcile import ListedRow
from policylib.link.similar_titles import similar
from policylib.model import Evidence, Finding, Found, NumberKind, Snapshot, StatedCount, Work
from policylib.rules import cleanup_rows
from policylib.rules.annex_rows import RowPlace, row_places, together
from policylib.rules.cleanup_acts import OUTCOMES, acts_of, is_cut, issuers_policies
from policylib.rules.context import Context
from policylib.rules.currency import with_end
from policylib.rules.evidence import evidence_at, sentence
from policylib.rules.norms import CLEANED, REVIEW
from policylib.rules.open_ends import catch_alls
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, normative_kind

_KEPT: Final = ("retains", "extends")  # 继续有效, and 继续有效，有效期至2027年12月31日
_ONCE: Final = "请核对这两行：重复的删去一行；文号录错的，更正后重新公布"
_SHOWN: Final = 20  # papers that a finding names; the others are counted
_NAMESAKES: Final = 8  # papers of one number that are told apart; two is a fault already, which is another rule's


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.not-listed, .unmatched, .retained-expired, .amendment-overdue, .count, .catch-all."""
    return _of_papers(context), *cleanup_rows.rules(context), *_of_the_whole(context)


def _of_papers(context: Context) -> Rule:
    """Whether every paper has its row, and only one: CLN-01."""
    return Rule(
        id="cleanup.not-listed",
        code="CLN-01",
        title="应清理的文件没有列入，或者列了两次",
        asks="列有“继续有效”目录的清理结果，它的机关在清理以前制发、当时还没有失效的文件，是不是每份都列了一次，只列了一次",
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


def _of_the_whole(context: Context) -> tuple[Rule, ...]:
    """Whether the list is as long as the result says, and what becomes of all that is not in it: CLN-09, CLN-12."""
    count = Rule(
        id="cleanup.count",
        code="CLN-09",
        title="清理结果所说的件数与目录不符",
        asks="清理结果正文里说的件数，与所附目录的行数对不对得上",
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
        asks="清理结果里写着未列入的一律废止、失效，或者逾期不修改就失效的，本库哪些文件会因此失效",
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
    seen: dict[tuple[str, str], list[int]] = {}
    places: tuple[RowPlace, ...] = ()
    for at, row in enumerate(act.rows):
        citation, relation = row.claim.citation, row.claim.relation
        for number in () if citation.repaired else dict.fromkeys(citation.numbers):
            if (named := (number.key, relation)) not in seen:
                seen[named] = [at]  # as most: what follows is done for two rows of one number only
                continue
            earlier = next((one for one in seen[named] if _one_paper(act.rows[one], row)), None)
            if earlier is None:
                seen[named] += [at] if len(seen[named]) < _NAMESAKES else []
                continue
            places = places or row_places(act.rows, snapshot.texts)
            label = f"《{citation.title}》（{number}）" if citation.title else str(number)
            where = together(places[earlier], places[at])
            message = f"同一文号在“{OUTCOMES[relation]}”目录中列了两次（{where}）：{label}"
            evidence = tuple(_quoted(snapshot, act.rows[one]) for one in (earlier, at))
            yield rule.finding("fail", act.work.key, message, evidence=evidence, remedy=_ONCE)


def _one_paper(one: ListedRow, other: ListedRow) -> bool:
    """Whether two rows of one number can mean one paper: two titles that differ are two papers that share a number."""
    titles = (one.claim.citation.title, other.claim.citation.title)
    return not all(titles) or similar(titles[0] or "", titles[1] or "")


def _quoted(snapshot: Snapshot, row: ListedRow) -> Evidence:
    return evidence_at(row.analysis.source, text_of(snapshot, row.analysis), row.claim.scope, "cleanup.row")


def _check_catch_all(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for one in catch_alls(snapshot, context):
        if works := one.asked:
            names = "；".join(_as_it_is(work, one, snapshot) for work in works[:_SHOWN])
            more = "；…" if len(works) > _SHOWN else ""
            message = f"本库有 {len(works)} 件在范围内而未列入，按兜底条款可能已失效，请逐件确认：{names}{more}"
            related = tuple(work.key for work in works)
            yield rule.finding(
                "unknown", one.act.key, message, evidence=one.evidence, related=related, remedy=rule.remedy
            )


def _as_it_is(work: Work, swept: OpenEnd, snapshot: Snapshot) -> str:
    """The paper; of one that is dead by now also that it is, for the clause may have ended it before."""
    return with_end(snapshot, work) if work in swept.gone else work.label


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
    word = OUTCOMES.get(stated.relation, stated.relation)
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
