"""What is known round one work of a library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policylib.library import derived, store
from policylib.library.database import Database
from policylib.model import Effect, Judgement, Relation, Unresolved, Work


@dataclass(frozen=True, slots=True)
class Links:
    """What is known round a work: its relations in both directions, what happened to it, what could not be linked,
    what people said of it. `others` are the works at the other ends, and those that may be meant, by key. `perhaps`:
    what others cite that fits it among other works, and could not be linked."""

    work: Work
    outgoing: tuple[Relation, ...]
    incoming: tuple[Relation, ...]
    effects: tuple[Effect, ...]
    unresolved: tuple[Unresolved, ...]
    others: Mapping[str, Work]
    judgements: tuple[Judgement, ...] = ()
    perhaps: tuple[Unresolved, ...] = ()


def links_of(database: Database, work: Work) -> Links:
    """What is known round the work."""
    relations = derived.relations(database, work.key)
    open_, perhaps = derived.unresolved(database, work.key), derived.perhaps_meaning(database, work.key)
    ends = {key for one in relations for key in (one.source, one.target)} | {one.source for one in perhaps}
    return Links(
        work=work,
        outgoing=tuple(relation for relation in relations if relation.source == work.key),
        incoming=tuple(relation for relation in relations if relation.target == work.key),
        effects=derived.effects_of(database, work.key),
        unresolved=open_,
        others=derived.works_by_key(database, ends.union(*(one.candidates for one in open_))),
        judgements=tuple(one for one in store.judgements(database) if work.key in (one.source, one.target)),
        perhaps=perhaps,
    )
