"""Derived rows: works, relations, effects, what could not be resolved, the documents that they rest on, and the index.
Built again from facts and judgements in one transaction, whenever these are newer; order of arrival plays no part.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policylib.extract.folding import title_key
from policylib.library import index, store, whereabouts
from policylib.library.database import Database
from policylib.library.index import comparable
from policylib.library.on_demand import OnDemand
from policylib.library.record_json import decode, encode, shape
from policylib.library.store import Held
from policylib.model import Analysis, Effect, Judgement, Office, Relation, Unresolved, Work
from policylib.no_collecting import no_collecting
from policylib.tables import Tables

if TYPE_CHECKING:
    from policylib.link import Linked

_TEXTS = 16  # kept while linking, which asks for the text of a paper once for each of its claims
_ATTEMPTS = 3  # computed without the lock; then once with it, so that a busy neighbour cannot starve us


@dataclass(frozen=True, slots=True)
class Grounds:
    """What linking rests on besides facts and judgements. `mark` changes when any of it does."""

    tables: Tables
    office: Office
    mark: str


def is_stale(database: Database, mark: str) -> bool:
    """Whether an interrupted run, other tables or another version left the derived rows behind the facts, or other
    records wrote them."""
    behind = database.meta("facts") != database.meta("derived") or database.meta("engine") != mark
    return behind or database.meta("shape") != _shape()


def is_readable(database: Database) -> bool:
    """Whether the rows have the fields that this version of the model has, or none were derived yet. A field that was
    added would else be at its default in every row, without a word."""
    return database.meta("shape") in (_shape(), "")


def _shape() -> str:
    return shape(Work, Relation, Effect, Unresolved, Analysis, Held)


def rebuild(database: Database, grounds: Grounds) -> None:
    """Links all documents afresh and replaces the derived rows. Others can write while it thinks: then it thinks again.

    Raises LibraryLocked.
    """
    with no_collecting():
        for _ in range(_ATTEMPTS):
            facts = database.meta("facts")
            found = linked(database, grounds)
            with database.transaction():
                if database.meta("facts") == facts:
                    _replace(database, found, facts, grounds.mark)
                    return
        with database.transaction():
            _replace(database, linked(database, grounds), database.meta("facts"), grounds.mark)


def linked(database: Database, grounds: Grounds, but: Collection[Judgement] = ()) -> Linked:
    """All that follows from facts and judgements, without those that are left out."""
    from policylib.link import link

    @lru_cache(maxsize=_TEXTS)
    def text_of(sha256: str) -> str:
        return store.text_of(database, sha256) or ""

    analyses = tuple(store.analyses(database))
    office, said = grounds.office, [one for one in store.judgements(database) if one not in but]
    return link(
        analyses, text_of, said, grounds.tables, office.jurisdiction, profile=office.profile,
        read_on=whereabouts.fetched(database).get,
    )  # fmt: skip


def _replace(database: Database, linked: Linked, facts: str, mark: str) -> None:
    for table in ("work", "relation", "effect", "unresolved", "held"):
        database.run(f"delete from {table}")
    _save_works(database, linked.works)
    database.run_each(
        "insert into relation (source, target, record) values (?, ?, ?)",
        ((relation.source, relation.target, encode(relation)) for relation in linked.relations),
    )
    database.run_each(
        "insert into effect (work, record) values (?, ?)", ((effect.work, encode(effect)) for effect in linked.effects)
    )
    database.run_each(
        "insert into unresolved (source, record) values (?, ?)",
        ((one.source, encode(one)) for one in linked.unresolved),
    )
    database.run_each(
        "insert into held (sha256, record) values (?, ?)",
        ((one.sha256, encode(one)) for one in store.held_documents(database)),
    )
    index.fill(database)
    database.set_meta("derived", facts)
    database.set_meta("engine", mark)
    database.set_meta("shape", _shape())


def _save_works(database: Database, works: Sequence[Work]) -> None:
    identities = {sha256: identity for identity, sha256 in database.rows("select id, sha256 from document")}
    for number, work in enumerate(works, 1):
        database.run(
            "insert into work values (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, work.key, work.role, work.held, year_of(work), work.day and work.day.isoformat(), work.doc_type,
             encode(work)),
        )  # fmt: skip
        database.run_each("insert or ignore into name values (?, ?, ?)", ((*name, number) for name in _names(work)))
        database.run_each("insert or ignore into issuer values (?, ?)", ((issuer, number) for issuer in work.issuers))
        database.run_each(
            "insert or ignore into holding values (?, ?)",
            ((identities[sha256], number) for sha256 in (*work.documents, *work.annexes) if sha256 in identities),
        )


def year_of(work: Work) -> int | None:
    """The year by which people file it: that of its number, else of its date."""
    if work.number is not None and work.number.year:
        return work.number.year
    return work.day.year if work.day else None


def _names(work: Work) -> list[tuple[str, str]]:
    """Everything the work goes by, as (form, kind): numbers by key and as written, titles as they are compared."""
    borne = (*work.numbers, *work.cited_as)
    numbers = [(number.key, "number") for number in borne]
    written = [(comparable(str(number)), "written") for number in borne]
    numbers += [(number.key, "revising") for number in work.revised_by]
    titles = [(title_key(title), "title") for title in (work.title, work.called, *work.instruments) if title]
    aliases = [(title_key(alias), "alias") for alias in work.aliases]
    registration = [(work.registration_number, "registration")] if work.registration_number else []
    return [name for name in (*numbers, *written, *titles, *aliases, *registration) if name[0]]


# Out -----------------------------------------------------------------------------------------------------------


def works(database: Database, conditions: Iterable[tuple[str, Sequence[object]]] = ()) -> tuple[Work, ...]:
    """The works that meet all conditions (SQL on `work`, with its values), ordered by key."""
    where, values = _where(conditions)
    rows = database.rows(f"select record from work {where} order by key", values)
    return tuple(decode(Work, record) for (record,) in rows)


def as_work(record: str) -> Work:
    work: Work = decode(Work, record)
    return work


def works_by_id(database: Database, identities: Iterable[int]) -> dict[int, Work]:
    rows = database.rows(
        "select id, record from work where id in (select value from json_each(?))", (json.dumps(list(identities)),)
    )
    return {identity: as_work(record) for identity, record in rows}


def works_by_key(database: Database, keys: Iterable[str]) -> dict[str, Work]:
    rows = database.rows(
        "select key, record from work where key in (select value from json_each(?)) order by key",
        (json.dumps(list(keys)),),
    )
    return {key: as_work(record) for key, record in rows}


def work_ids(database: Database, conditions: Iterable[tuple[str, Sequence[object]]] = ()) -> set[int]:
    where, values = _where(conditions)
    return {identity for (identity,) in database.rows(f"select id from work {where}", values)}


def _where(conditions: Iterable[tuple[str, Sequence[object]]]) -> tuple[str, list[Any]]:
    given = tuple(conditions)
    clause = " and ".join(f"({sql})" for sql, _ in given)
    return (f"where {clause}" if clause else ""), [value for _, values in given for value in values]


def relations(database: Database, key: str | None = None) -> tuple[Relation, ...]:
    """All relations, or those that begin or end at a work, as linking ordered them."""
    where, values = ("", ()) if key is None else ("where source = ?1 or target = ?1", (key,))
    rows = database.rows(f"select record from relation {where} order by id", values)
    return tuple(decode(Relation, record) for (record,) in rows)


def effects(database: Database) -> Mapping[str, tuple[Effect, ...]]:
    """Every work's effects; read at once, and decoded as they are asked for."""
    grouped: dict[str, list[str]] = {}
    for work, record in database.rows("select work, record from effect order by id"):
        grouped.setdefault(work, []).append(record)
    return OnDemand(grouped, lambda work: tuple([decode(Effect, record) for record in grouped[work]]))


def effects_of(database: Database, key: str) -> tuple[Effect, ...]:
    rows = database.rows("select record from effect where work = ? order by id", (key,))
    return tuple(decode(Effect, record) for (record,) in rows)


def unresolved(database: Database, key: str | None = None) -> tuple[Unresolved, ...]:
    where, values = ("", ()) if key is None else ("where source = ?", (key,))
    rows = database.rows(f"select record from unresolved {where} order by id", values)
    return tuple(decode(Unresolved, record) for (record,) in rows)


def perhaps_meaning(database: Database, key: str) -> tuple[Unresolved, ...]:
    """What other works cite that fits this one among its candidates, and could not be linked."""
    asked = "where source <> ? and instr(record, ?) order by id"
    rows = database.rows(f"select record from unresolved {asked}", (key, json.dumps(key, ensure_ascii=False)))
    found = (decode(Unresolved, record) for (record,) in rows)
    return tuple(one for one in found if key in one.candidates)


def documents(database: Database, hashes: Iterable[str] | None = None) -> tuple[Held, ...]:
    """Every document with its paths, as it was when it was linked, in order of its first path; or those of these
    hashes, in their order."""
    if hashes is None:
        return tuple(decode(Held, record) for (record,) in database.rows("select record from held order by id"))
    wanted = tuple(hashes)
    rows = database.rows(
        "select sha256, record from held where sha256 in (select value from json_each(?))", (json.dumps(wanted),)
    )
    found = dict(rows)
    return tuple(decode(Held, found[one]) for one in wanted if one in found)
