"""All that rules, graph and exports take: a library at one moment, without its database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from policylib.model.analysis import Analysis, Role
from policylib.model.document import Link
from policylib.model.office import Office
from policylib.model.status import State, Status
from policylib.model.work import Effect, Judgement, Relation, Unresolved, Work


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that no library holds yet: what it says, and its text."""

    analysis: Analysis
    text: str

    @property
    def name(self) -> str:
        """What its findings have as their subject: the path of its file."""
        return self.analysis.source.path or self.analysis.source.sha256[:12]


@dataclass(frozen=True)
class Snapshot:
    """Works, relations and statuses as of a day. Everything is sorted, so equal libraries give equal snapshots.

    `renames` maps an organ's former name to its successors, as (name, since) pairs: 机构改革. `texts`, `analyses`
    and `links` are those of the documents, by hash; a library reads them as they are asked for, so it must still be
    open, in the thread that opened it; `whole` is for others. Its mappings keep a snapshot from being hashed. `drafts`
    are papers that are put to it, and of which only the rules of drafts speak.
    """

    as_of: date
    works: tuple[Work, ...] = ()
    relations: tuple[Relation, ...] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    unresolved: tuple[Unresolved, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    renames: Mapping[str, tuple[tuple[str, date], ...]] = field(default_factory=dict)
    effects: Mapping[str, tuple[Effect, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    analyses: Mapping[str, Analysis] = field(default_factory=dict, compare=False, repr=False)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict, compare=False, repr=False)
    office: Office = field(default_factory=Office)
    drafts: tuple[Draft, ...] = ()

    def whole(self) -> Snapshot:
        """The same with all statuses, texts and analyses read now: it needs no library, so another thread or process
        can have it. Of many papers that is much."""
        return replace(self, **self._read())

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)} | self._read()

    def _read(self) -> dict[str, Any]:
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: dict(value) for name, value in values.items() if isinstance(value, Mapping)}

    def is_dead(self, key: str) -> bool:
        """Whether a work is repealed, lapsed or expired on the day, as far as the library knows; of what is presumed
        too."""
        status = self.statuses.get(key)
        return status is not None and status.state.dead

    @cached_property
    def in_state(self) -> Mapping[State, tuple[str, ...]]:
        """The keys of the works by their state, for who looks for one state among all: it reads every status."""
        groups: defaultdict[State, list[str]] = defaultdict(list)
        for key, status in self.statuses.items():
            groups[status.state].append(key)
        return {state: tuple(group) for state, group in groups.items()}

    @cached_property
    def dead(self) -> frozenset[str]:
        """The keys of the works of which `is_dead` is true, for who asks it of all of them: it reads every status."""
        return frozenset(key for state, keys in self.in_state.items() if state.dead for key in keys)

    @cached_property
    def by_key(self) -> Mapping[str, Work]:
        return {work.key: work for work in self.works}

    @cached_property
    def of_role(self) -> Mapping[Role, tuple[Work, ...]]:
        """The works that are held by their role, for who looks for one role among all."""
        groups: dict[Role, list[Work]] = {}
        for work in self.works:
            if work.held:
                groups.setdefault(work.role, []).append(work)
        return {role: tuple(group) for role, group in groups.items()}

    @cached_property
    def of_kind(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations by their kind, for who looks for one kind among all."""
        return _grouped(self.relations, attrgetter("kind"))

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        return _grouped(self.relations, attrgetter("target"))

    @cached_property
    def interpretations(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations by which works interpret others, by the key of these."""
        done = (one for one in self.of_kind.get("interprets", ()) if one.mode != "plan")
        return _grouped(done, attrgetter("target"))

    @cached_property
    def interpreted(self) -> tuple[Work, ...]:
        """The works that others interpret."""
        return tuple(self.by_key[key] for key in sorted(self.interpretations) if key in self.by_key)

    @cached_property
    def unresolved_of(self) -> Mapping[str, tuple[Unresolved, ...]]:
        """What could not be linked, by the key of the work that cites it."""
        groups: dict[str, list[Unresolved]] = {}
        for one in self.unresolved:
            groups.setdefault(one.source, []).append(one)
        return {source: tuple(group) for source, group in groups.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations by the work that speaks, beside each other as they are sorted."""
        groups: dict[str, tuple[Relation, ...]] = {}
        for source, group in groupby(self.relations, attrgetter("source")):
            groups[source] = groups.get(source, ()) + tuple(group)
        return groups


def _grouped(relations: Iterable[Relation], key: Callable[[Relation], str]) -> Mapping[str, tuple[Relation, ...]]:
    groups: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[key(relation)].append(relation)
    return {name: tuple(group) for name, group in groups.items()}
