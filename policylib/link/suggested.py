"""Held papers that may be the one meant, for a person to look at: a hint and never a link (T6, domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from policylib.link.catalogue import Catalogue
from policylib.link.organs import Registry
from policylib.link.similar_titles import may_be_meant
from policylib.model import Citation, Evidence, NumberKind, Relation, Unresolved, Work
from policylib.rule_sets import within

ENDS_THE_SAME: Final = "本库没有这份文件，有一份所废止的文件都在这份解读里，请核对是否同一份"
"""Why a held paper may be the one that an interpretation explains under another name."""
_LIKE: Final = "本库没有这份文件，有标题相近的，请核对是否同一份"
_ENDS: Final = ("repeals", "lapses")
_LEAST: Final = 2  # papers that are ended; one alone, others may end too


def near(title: str, catalogue: Catalogue, registry: Registry) -> tuple[str, ...]:
    """The keys of held papers that are nearly called so, but those of another place's maker: 《岚州市停车条例》 is not
    the State Council's 《停车条例》."""
    region = registry.region_of(title)
    return tuple(
        key for key in catalogue.suggest(title) if not region or _may_be_of(catalogue.works[key], region, registry)
    )


def _may_be_of(work: Work, region: str, registry: Registry) -> bool:
    """Whether a work can be of this region, by its issuer, else by the organ of its order; if neither tells, it can."""
    code = work.number.code if work.number and work.number.kind is not NumberKind.DOCUMENT else None
    maker = work.issuers[0] if work.issuers else code or ""
    theirs = registry.region_of(maker)
    if theirs:
        return within(theirs, region) or within(region, theirs)
    return registry.level_of(maker) != "central"


def nearly_named(relation: Relation, catalogue: Catalogue, registry: Registry) -> Iterator[Unresolved]:
    """A work that is cited, not held, and nearly named like a held one."""
    target = catalogue.works[relation.target]
    if target.held or not target.title or relation.kind == "mentions":
        return
    found = tuple(key for key in near(target.title, catalogue, registry) if key != relation.source)
    if found and not (target.numbers and all(catalogue.works[key].numbers for key in found)):
        yield _asked(relation, target, found, _LIKE)


def listed_so(
    kind: str, source: Work, target: Work, relations: Iterable[Relation], works: Mapping[str, Work]
) -> Iterator[Unresolved]:
    """The rows of a cleanup result, in this outcome, that name a work which is not held, nearly called like `target`:
    `reconcile` shows whoever checks the list that it may be the one, whatever numbers they bear."""
    if source.role != "cleanup" or not target.held or not target.title:
        return
    for one in relations:
        wanted = works.get(one.target) if (one.source, one.kind) == (source.key, kind) else None
        if wanted and not wanted.held and wanted.title and may_be_meant(wanted.title, target.title):
            yield _asked(one, wanted, (target.key,), _LIKE)


def worded_so(
    speaker: str, citation: Citation, evidence: Evidence, catalogue: Catalogue, registry: Registry
) -> Unresolved | None:
    """What an interpretation names in words, where held papers are nearly called so: 2024年第二批归类决定, and held
    关于发布2024年归类决定（Ⅱ）的公告."""
    found = tuple(key for key in near(citation.title or "", catalogue, registry) if key != speaker)
    reason = "解读没有用书名号写标题，本库有标题相近的，请核对是否同一份"
    return Unresolved(speaker, "interprets", citation.title or "", found, reason, evidence) if found else None


def ending_the_same(relations: Sequence[Relation], catalogue: Catalogue, registry: Registry) -> Iterator[Unresolved]:
    """A policy that is explained and not held, and a held one of that organ and year without a number: all the papers
    that the held one ends, two or more, the interpretation tells of."""
    ended: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for one in relations:
        told.setdefault(one.source, set()).add(one.target)
        if one.kind in _ENDS and one.mode == "act" and _may_be_unknown(catalogue.works[one.source]):
            ended.setdefault(one.source, set()).add(one.target)
    ending = {key: targets for key, targets in ended.items() if len(targets) >= _LEAST}
    for one in relations if ending else ():
        wanted = catalogue.works[one.target]
        if one.kind != "interprets" or wanted.held:
            continue
        others = told[one.source] - {one.target}
        like = [key for key, targets in ending.items() if targets <= others]
        same = tuple(sorted(key for key in like if _may_be(wanted, catalogue.works[key], registry)))
        if same:
            yield _asked(one, wanted, same, ENDS_THE_SAME)


def _asked(relation: Relation, wanted: Work, found: tuple[str, ...], reason: str) -> Unresolved:
    return Unresolved(
        relation.source, relation.kind, wanted.label, found, reason, relation.evidence, relation.mode, relation.detail,
        relation.since,
    )  # fmt: skip


def _may_be_unknown(work: Work) -> bool:
    return work.held and work.role == "policy" and not work.numbers and not work.cited_as


def _may_be(wanted: Work, held: Work, registry: Registry) -> bool:
    """Whether they are of one year and one organ."""
    year = wanted.number.year if wanted.number else None
    of_year = year is not None and held.day is not None and year == held.day.year
    return of_year and any(registry.same(a, b) == "same" for a in wanted.issuers for b in held.issuers)
