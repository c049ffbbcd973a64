"""A library as rules, graph and exports take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from policylib.library import derived, store
from policylib.library.database import Database
from policylib.library.on_demand import OnDemand
from policylib.link.status import status
from policylib.model import Effect, Office, Snapshot, Status, Work
from policylib.tables import Tables


def snapshot_of(database: Database, day: date, tables: Tables, office: Office) -> Snapshot:
    """Everything that is derived, as it holds on a day. Texts and analyses are read when they are asked for."""
    works = derived.works(database)
    effects = derived.effects(database)
    linked = database.meta("derived")
    return Snapshot(
        as_of=day,
        works=works,
        relations=derived.relations(database),
        statuses=statuses(works, effects, day),
        unresolved=derived.unresolved(database),
        judgements=store.judgements(database),
        renames=tables.renames,
        effects=effects,
        texts=store.Stored(database, store.text_of, linked),
        analyses=store.Stored(database, store.analysis_of, linked),
        links=store.Stored(database, store.links_of, linked),
        office=office,
    )


def statuses(works: Iterable[Work], effects: Mapping[str, tuple[Effect, ...]], day: date) -> Mapping[str, Status]:
    """The status of each work by its key, folded as it is asked for: a draft cites ten papers, and no ten thousand."""
    known = {work.key: work for work in works}
    return OnDemand(known, lambda key: status(known[key], effects.get(key, ()), day))
