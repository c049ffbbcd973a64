"""Where organs are: the region of each that the tables or its own name tell, and which are the State's.

Source: domain.md §3.3, §10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from policylib.link.organ_names import BRANCH, Gazetteer, tidy
from policylib.tables import Tables

NATIONAL: Final = re.compile(r"^(?:中国|国家|全国|中华|中央|国务院|中共中央|最高人民)")
PARTY_PLACE: Final = re.compile(r"^(?:中国共产党|中共)")


class OrganPlaces:
    """The names that `tables` know, seen from `jurisdiction`. `names`: all of them; `regions`: those whose region a row
    gives; `national`: those of central organs."""

    def __init__(self, tables: Tables, jurisdiction: str = "") -> None:
        self._tables = tables
        self._memory: dict[str, str] = {}
        self.jurisdiction = jurisdiction
        self.gazetteer = Gazetteer(tables.regions, jurisdiction)
        self.regions = dict(_issuer_regions(tables))
        self.names = frozenset((*self.regions, *tables.organs, *tables.renames, *_successors(tables)))
        self.national = frozenset(
            name for name in self.names if not self.regions.get(name, "") and self.is_central(name)
        )

    def region_of(self, organ: str) -> str:
        """The path of the region whose organ it is; "" for central organs and where it cannot be told."""
        if organ not in self._memory:
            self._memory[organ] = self._region_path(organ)
        return self._memory[organ]

    def _region_path(self, organ: str) -> str:
        if organ in self.regions:
            return self.regions[organ]
        name = tidy(organ)
        if name in self.regions or self.is_central(name):
            return self.regions.get(name, "")
        name = self.branch_of(name) or PARTY_PLACE.sub("", name).removeprefix("政协").removeprefix("共青团")
        place = self.gazetteer.place(name, self.jurisdiction)
        if place is None:
            return self.gazetteer.zone(name) or ""
        return "" if place.ambiguous else place.path

    def is_central(self, name: str) -> bool:
        """Whether it is an organ of the State or the Party as a whole, and no branch of one in a region."""
        if self.regions.get(name):
            return False
        known = name in self._tables.organs or name in self._tables.aliases
        return bool(known or NATIONAL.match(name) or name in self.regions) and not self.branch_of(name)

    def branch_of(self, name: str) -> str:
        """What follows a national organ in the name of its local branch: 国家税务总局山东省税务局."""
        for length in range(len(name) - 3, 3, -1):
            if name[:length] in self._tables.organs and BRANCH.search(name[length:]):
                return name[length:]
        return ""


def _issuer_regions(tables: Tables) -> Iterator[tuple[str, str]]:
    for rows in (*tables.families.values(), *tables.codes.values()):
        yield from ((row.issuer, row.region) for row in rows)
    for organ in tables.organs.values():
        if organ.region:
            yield organ.name, organ.region


def _successors(tables: Tables) -> Iterable[str]:
    return (name for rows in tables.renames.values() for name, _ in rows)
