"""In which order papers are listed where nothing better is known: those of the own office, then those of its region,
then the rest; within each the newest first, and what has no date last.

The office is that of `policylib.toml`. Without it, all papers are of one kind, and their days alone decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal, get_args

from policylib.errors import QueryError
from policylib.library.database import Database
from policylib.link.organs import Registry
from policylib.model import Office, Role, Work
from policylib.rule_sets import within
from policylib.tables import Tables

Sort = Literal["office", "number", "date", "title"]
"""office: as above. date: the newest first, whoever issued it. number, title: as they are written."""
OWN: Final = ("same", "subunit", "predecessor")  # under its former name it was the same office
_BY_ROLE: Mapping[Role, int] = {"policy": 0, "interpretation": 1}


class Nearness(IntEnum):
    """How near an organ stands to the office."""

    OWN = 0
    REGION = 1  # of its region, or of one in it: a city's office answers for what the districts ask
    ELSEWHERE = 2


@dataclass(frozen=True, slots=True)
class Order:
    """The places of all works of a library, by id and by key."""

    by_id: Mapping[int, int]
    by_key: Mapping[str, int]

    def sorted(self, works: Iterable[Work], sort: Sort = "office") -> tuple[Work, ...]:
        """The works as `sort` says; those that are alike in it stay in the order of the library.

        Raises QueryError for a `sort` that is none.
        """
        if sort not in get_args(Sort):
            raise QueryError(f"没有“{sort}”这种排序，可写：{'、'.join(get_args(Sort))}")
        found = sorted(works, key=lambda work: self.by_key[work.key])
        match sort:
            case "number":
                found.sort(key=lambda work: work.key)
            case "date":
                found.sort(key=lambda work: -work.day.toordinal() if work.day else 0)
            case "title":
                found.sort(key=lambda work: (work.title is None, work.title or ""))
        return tuple(found)

    def of_names(self, works: Iterable[Work]) -> tuple[Work, ...]:
        """Works that answer to one name: the policies, then their interpretations, then what else speaks of them."""
        return tuple(sorted(self.sorted(works), key=lambda work: by_role(work.role)))


def by_role(role: Role, first: Role = "policy") -> int:
    """The place of a role among those that answer to one name: policies, interpretations, the others; `first` before
    all of them."""
    return -1 if role == first else _BY_ROLE.get(role, len(_BY_ROLE))


def order(database: Database, tables: Tables, office: Office) -> Order:
    """The order of a library for an office. Of a joint paper, the organ nearest to the office counts."""
    near = nearest(database, tables, office)
    rows = database.rows("select id, key from work order by day is null, day desc, year desc, key")
    rows.sort(key=lambda row: near.get(row[0], Nearness.ELSEWHERE))
    return Order(
        {identity: place for place, (identity, _) in enumerate(rows)},
        {key: place for place, (_, key) in enumerate(rows)},
    )


def nearest(database: Database, tables: Tables, office: Office) -> Mapping[int, Nearness]:
    """The works that any organ near to the office issued, or interprets."""
    if not office.issuer and not office.jurisdiction:
        return {}
    nearness = _nearness(tables, office)
    found: dict[int, Nearness] = {}
    for work, organ in (
        *database.rows("select work, name from issuer"),
        *database.rows("select id, json_extract(record, '$.interpreter') from work where role = 'interpretation'"),
    ):
        if organ:
            found[work] = min(found.get(work, Nearness.ELSEWHERE), nearness(organ))
    return found


def _nearness(tables: Tables, office: Office) -> Callable[[str], Nearness]:
    """How near organs stand to the office, each asked once."""
    registry = Registry(tables, office.jurisdiction)
    region = office.jurisdiction or registry.region_of(office.issuer)
    known: dict[str, Nearness] = {}

    def nearness(organ: str) -> Nearness:
        if organ not in known:
            own = office.issuer and registry.same(office.issuer, organ) in OWN
            ours = region and within(registry.region_of(registry.canonical(organ) or organ), region)
            known[organ] = Nearness.OWN if own else Nearness.REGION if ours else Nearness.ELSEWHERE
        return known[organ]

    return nearness
