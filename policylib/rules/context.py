"""What all rules look at besides the snapshot: whose library it is, the organs, and the rule sets (domain.md §5.2)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from policylib.extract.organ_names import STATE
from policylib.link.organs import Registry
from policylib.model import NumberKind, Office, Role, Snapshot, State, Status, Work
from policylib.rule_sets import Profile, profiles, within
from policylib.tables import Tables

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Sets:
    """A combination of rule sets that holds somewhere at some time, and what was read from it."""

    rows: tuple[Profile, ...]
    read: dict[Callable[[tuple[Profile, ...]], Any], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """`organs` knows names in the office's own region."""

    tables: Tables
    office: Office = field(default_factory=Office)
    organs: Registry = field(init=False)
    _ours: dict[str, bool] = field(init=False, default_factory=dict, compare=False, repr=False)
    _sets: dict[tuple[str, date | None], _Sets] = field(init=False, default_factory=dict, compare=False, repr=False)
    _same: dict[tuple[str, ...], _Sets] = field(init=False, default_factory=dict, compare=False, repr=False)
    _shared: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "organs", Registry(self.tables, self.office.jurisdiction))

    def __reduce__(self) -> tuple[type[Context], tuple[Tables, Office]]:
        """Another process works out for itself what was worked out here."""
        return Context, (self.tables, self.office)

    def region_of(self, work: Work) -> str:
        """The region whose rules bind the work: that of its first issuer, else the office's own."""
        region = self.organs.region_of(work.issuers[0]) if work.issuers else ""
        return region or self.office.jurisdiction

    def is_ours(self, work: Work) -> bool:
        """Whether the office answers for the work: it was issued in its region. Of every work, where it names none; of
        one without an issuer, unless its number or its name is another region's (山东省行政程序规定) or its name that
        of a law of the State."""
        if not self.office.jurisdiction:
            return True
        if not work.issuers:
            region = self._region_by_name(work)
            return within(region, self.office.jurisdiction) if region else not (work.title or "").startswith(STATE)
        issuer = work.issuers[0]
        ours = self._ours.get(issuer)
        if ours is None:
            ours = self._ours[issuer] = within(self.organs.region_of(issuer), self.office.jurisdiction)
        return ours

    def is_told_ours(self, work: Work) -> bool:
        """Whether its issuer, its number or the place in its title says that it is the office's own: of a paper that
        others cite and nobody holds, silence says nothing (《中国高血压防治指南》, cited by 广州). Of every work, where
        the office names no region."""
        if not self.office.jurisdiction:
            return True
        region = self.organs.region_of(work.issuers[0]) if work.issuers else self._region_by_name(work)
        return bool(region) and within(region, self.office.jurisdiction)

    def _region_by_name(self, work: Work) -> str:
        """The region of a work without an issuer, by the code of its number, the organ of its order, or the place with
        which its title begins; "" where none tells."""
        number = work.number
        code = number.code if number and number.code else ""
        of_code = self.organs.region_of_code if number and number.kind is NumberKind.DOCUMENT else self.organs.region_of
        return (of_code(code) if code else "") or self.organs.region_of(work.title or "")

    def own(self, snapshot: Snapshot, *roles: Role) -> tuple[Work, ...]:
        """The works of these roles that are held and are the office's own, by role."""
        ours = self.shared(snapshot, Context.own, lambda: {
            role: tuple(filter(self.is_ours, works)) for role, works in snapshot.of_role.items()
        })  # fmt: skip
        return tuple(chain.from_iterable(ours.get(role, ()) for role in roles))

    def of_state(self, snapshot: Snapshot, states: Iterable[State], *roles: Role) -> Iterator[tuple[Work, Status]]:
        """Those of `own` that are in one of these states, with their status."""
        for key in (key for state in states for key in snapshot.in_state.get(state, ())):
            work = snapshot.by_key.get(key)
            if work and work.held and work.role in roles and self.is_ours(work):
                yield work, snapshot.statuses[key]

    def ruled(self, work: Work | None, read: Callable[[tuple[Profile, ...]], T]) -> T:
        """What `read` makes of the rule sets that bind a work; of None: that bind the office, on any day. Each
        combination of rule sets is read once."""
        region, on = (self.region_of(work), work.day) if work else (self.office.jurisdiction, None)
        sets = self._sets.get((region, on))
        if sets is None:
            rows = tuple(profiles(self.tables, region, on, self.office.profile))
            sets = self._same.setdefault(tuple(str(row["id"]) for row in rows), _Sets(rows))
            self._sets[region, on] = sets
        if read not in sets.read:
            sets.read[read] = read(sets.rows)
        found: T = sets.read[read]
        return found

    def shared(self, snapshot: Snapshot, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` finds in a snapshot, for the rules that build on the same: found once, and kept until another
        snapshot is asked about."""
        if self._shared.get(Snapshot) is not snapshot:
            self._shared.clear()
            self._shared[Snapshot] = snapshot
        if name not in self._shared:
            self._shared[name] = make()
        found: T = self._shared[name]
        return found
