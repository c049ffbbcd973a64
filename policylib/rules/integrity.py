"""Whether numbers can be trusted: one number, one document; a repaired number, seen whole somewhere.
Source: domain.md §2.5 NUM-05 and NUM-07, §2.6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import combinations

from policylib.link.organs import Registry
from policylib.model import Finding, NumberKind, Relation, Snapshot, Work, nested
from policylib.rules.context import Context
from policylib.rules.evidence import own_marks
from policylib.rules.rule import Rule
from policylib.tables import Tables

_TRIMMED = re.compile(r"[\s《》〈〉<>＜＞“”]+")
# A title that stands inside another names the same document only if it says something: 意见 stands in every 意见.
_TELLING = 6
# More works of one number than any misprint gives; the first ones show the fault.
_MANY = 40
_WRAPPED = re.compile(r"^.*?关于(?:印发|公布|发布)|的(?:通知|公告|通告)$")


def rules(context: Context) -> tuple[Rule, ...]:
    """integrity.number-reused, integrity.number-uncorroborated."""
    reused = Rule(
        id="integrity.number-reused",
        code="NUM-07",
        title="一号多文",
        asks="本库里编有同一个发文字号的文件，是不是其实有两份标题不同的",
        severity="error",
        basis="党政机关公文处理工作条例第九条：发文字号由发文机关代字、年份、发文顺序号组成，据此一文一号",
        remedy="请对照原件核实两份文件的发文字号，更正录错的一份；确属重号的，请由发文机关处理",
        check=partial(_check_reused, organs=context.organs, tables=context.tables),
        exemptions=("同一文件的通知与所印发的正文", "几个机关共用代字而发文机关不同"),
    )
    uncorroborated = Rule(
        id="integrity.number-uncorroborated",
        code="NUM-05",
        title="修复的文号未经印证",
        asks="原文的文号缺字、经推断补全的文件，别的文件、页面信息里有没有同样的文号来印证",
        severity="warning",
        basis="GB/T 9704-2012 7.2.5：发文字号由机关代字、年份、发文顺序号组成，年份用六角括号“〔〕”括入",
        remedy="文中文号有缺损，系推断补全；请对照原件确认，或更正",
        check=_check_uncorroborated,
    )
    return reused, uncorroborated


# NUM-07 --------------------------------------------------------------------------------------------------------


def _check_reused(rule: Rule, snapshot: Snapshot, *, organs: Registry, tables: Tables) -> Iterator[Finding]:
    first: dict[str, Work] = {}
    holders: dict[str, dict[str, Work]] = {}  # of the numbers that several works have
    for work in snapshot.works:
        if work.held and work.title:
            for number in work.numbers:
                if number.complete and (other := first.setdefault(number.key, work)) is not work:
                    holders.setdefault(number.key, {other.key: other})[work.key] = work
    for key, works in sorted(holders.items()):
        pairs = combinations(list(works.values())[:_MANY], 2)
        found = {work.key: work for pair in pairs if clash(*pair, key, organs, tables) for work in pair}
        clashing = [work for _, work in sorted(found.items())]
        if clashing:
            number = next(number for number in clashing[0].numbers if number.key == key)
            titles = "；".join(f"《{nested(work.title or '')}》" for work in clashing)
            repaired = any(work.number_repaired for work in clashing)
            yield rule.finding(
                "fail", clashing[0].key, f"同一文号{number}用于{len(clashing)}份不同的文件：{titles}",
                severity="warning" if repaired else "error", related=tuple(work.key for work in clashing[1:]),
                evidence=tuple(own for work in clashing for own in own_marks(snapshot, work, "number", "title")[:1]),
            )  # fmt: skip


def clash(one: Work, other: Work, key: str, organs: Registry, tables: Tables) -> bool:
    """Whether two works that bear one number are two papers of one series."""
    ours, theirs = _names(one), _names(other)
    if _core(one.title or "") == _core(other.title or "") or any(a in b or b in a for a in ours for b in theirs):
        return False
    if not one.issuers or not other.issuers or organs.same(one.issuers[0], other.issuers[0]) != "different":
        return True
    number = next(number for number in one.numbers if number.key == key)
    shared = len({row.issuer for row in tables.codes.get(number.code or "", ())}) > 1
    return not (shared and number.kind is NumberKind.DOCUMENT)


def _names(work: Work) -> list[str]:
    cores = (_core(name) for name in (work.title or "", *work.instruments, *work.aliases))
    return [core for core in cores if len(core) >= _TELLING]


def _core(title: str) -> str:
    """What two names of one document share: without wrapping, brackets and spaces."""
    return _WRAPPED.sub("", _TRIMMED.sub("", title))


# NUM-05 --------------------------------------------------------------------------------------------------------


def _check_uncorroborated(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    confirmed = {one.source: one.value for one in snapshot.judgements if one.verdict == "set" and one.field == "number"}
    cited: dict[str, dict[str, list[Relation]]] = {}
    for relation in snapshot.relations:
        if relation.repaired and relation.corroboration is None and not relation.judged:
            cited.setdefault(relation.source, {}).setdefault(relation.target, []).append(relation)
    for work in snapshot.works:
        repaired = work.held and work.number_repaired and work.number is not None
        if repaired and work.number_corroboration is None and not confirmed.get(work.key):
            evidence = (work.number_evidence,) if work.number_evidence else ()
            yield rule.finding("fail", work.key, f"本文件的文号{work.number}系修复所得，未经印证", evidence=evidence)
        for target, relations in sorted(cited[work.key].items()) if work.key in cited else ():
            named = snapshot.by_key.get(target)
            label = named.label if named else target
            yield rule.finding(
                "fail", work.key, f"所引文号系修复所得，未经印证：{label}",
                evidence=tuple(relation.evidence for relation in relations), related=(target,),
            )  # fmt: skip
