"""The drafters that published cleanup lists name in a column of their own (domain.md §6.2 E2).

A column 起草部门 says in so many words who drafted each paper. 实施部门 and 责任单位 of a published list do not: who
carries a paper out, or answers for its cleanup, need not have drafted it, and the ladder has no rung for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from policylib.link.catalogue import Catalogue
from policylib.link.cited import Spoken
from policylib.link.organs import Registry
from policylib.link.quoting import quote
from policylib.model import Drafter, Relation, Span, Work

RULE: Final = "drafter.list"
_WEAKER: Final = ("proxy", "presumed")  # E4 to E6; what a paper or a person says of itself stands above a list
_AGREE: Final = ("same", "subunit", "successor", "predecessor")


def with_listed_drafters(
    catalogue: Catalogue,
    named: Iterable[tuple[Spoken, Relation]],
    kept: Iterable[Relation],
    registry: Registry,
    text_of: Callable[[str], str],
) -> Iterator[Work]:
    """The works of which a list tells the drafter, with it. Nothing is taken over by a repaired number, from a row that
    a person rejected, or where two lists name organs that are not one: people must tell."""
    rows = {one.edge for one in kept}
    by_work: dict[str, list[Drafter]] = {}
    for item, relation in sorted(named, key=_made):
        is_sure = not relation.repaired and relation.edge in rows
        if is_sure and (drafter := _drafter(item, registry, text_of)):
            by_work.setdefault(relation.target, []).append(drafter)
    for key, found in by_work.items():
        work = catalogue.works[key]
        if (work.drafter is None or work.drafter.certainty in _WEAKER) and _agree(found, registry):
            yield replace(work, drafter=found[0])


def _made(row: tuple[Spoken, Relation]) -> tuple[date, str, Span]:
    """The oldest list is nearest to the drafting."""
    item, relation = row
    return item.speaker.on or date.max, relation.source, item.claim.scope


def _drafter(item: Spoken, registry: Registry, text_of: Callable[[str], str]) -> Drafter | None:
    cell = item.claim.drafter
    if cell is None:
        return None
    context = item.speaker.organ
    names = tuple(registry.acting(name, context) or name for name in registry.split(cell.value))
    source = item.analysis.source
    evidence = quote(source.sha256, source.path, text_of(source.sha256), item.claim.scope, RULE)
    return Drafter(names, "E2", "stated", evidence) if names else None


def _agree(found: Sequence[Drafter], registry: Registry) -> bool:
    first = found[0].names
    return all(
        other.names == first or any(registry.same(a, b) in _AGREE for a in first for b in other.names)
        for other in found[1:]
    )
