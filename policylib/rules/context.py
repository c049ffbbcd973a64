"""What all rules look at besides the snapshot: whose library it is, the organs, and the rule sets (domain.md §5.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from policylib.link.organs import Registry
from policylib.model import Office, Work
from policylib.rule_sets import Profile, profiles, within
from policylib.tables import Tables

T = TypeVar("T")
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Context:
    """`organs` knows names in the office's own region."""

    tables: Tables
    office: Office = field(default_factory=Office)
    organs: Registry = field(init=False)
    _rows: dict[tuple[str, date | None], tuple[Profile, ...]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _read: dict[object, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "organs", Registry(self.tables, self.office.jurisdiction))

    def region_of(self, work: Work) -> str:
        """The region whose rules bind the work: that of its first issuer, else the office's own."""
        region = self.organs.region_of(work.issuers[0]) if work.issuers else ""
        return region or self.office.jurisdiction

    def is_ours(self, work: Work) -> bool:
        """Whether the office answers for the work: it was issued in its region. Of every work, where it names none; of
        one without an issuer, unless its name is that of a law of the State."""
        if not self.office.jurisdiction:
            return True
        if not work.issuers:
            return not (work.title or "").startswith(_STATE)
        return within(self.organs.region_of(work.issuers[0]), self.office.jurisdiction)

    def ruled(self, work: Work | None, read: Callable[[tuple[Profile, ...]], T]) -> T:
        """What `read` makes of the rule sets that bind a work; of None: that bind the office, on any day. Each
        combination of rule sets is read once."""
        region, on = (self.region_of(work), work.day) if work else (self.office.jurisdiction, None)
        rows = self._rows.get((region, on))
        if rows is None:
            rows = self._rows[region, on] = tuple(profiles(self.tables, region, on, self.office.profile))
        key = (read, *(row["id"] for row in rows))
        if key not in self._read:
            self._read[key] = read(rows)
        found: T = self._read[key]
        return found
