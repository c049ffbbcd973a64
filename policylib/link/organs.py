"""The registry of organs: one full name for the many ways in which documents name an organ.

    registry.canonical("市政府办公厅", "淄博市科学技术局")   淄博市人民政府办公厅
    registry.canonical("省委办公厅", "山东省/淄博市")        中共山东省委办公厅
    registry.canonical("科技部")                             科学技术部
    registry.canonical("县府办", "山东省/淄博市")            None: which county it is, nobody said

Names are spelled out, not modernised: 国土资源部 stays, and `same` follows it to 自然资源部.
Source: domain.md §3.3, §10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from policylib.link.organ_names import SUBUNIT_END, level, level_word, printed, tidy
from policylib.link.organ_places import OrganPlaces
from policylib.link.organ_spelling import GOVERNMENT, Spelling, long_body
from policylib.link.organ_split import Splitter
from policylib.table_rows import CodeRow
from policylib.tables import Tables

_SURE = ("A", "A-", "B")  # of codes: who can prove a number wrong

Sameness = Literal["same", "subunit", "successor", "predecessor", "different", "unknown"]

_OF_A_PROVINCE = re.compile("(?<!办公)厅$")
_ABOVE = re.compile("(?:(?<!办公)厅|部|署|总局)$")
_GOVERNMENT_OFFICE = re.compile(r"(?:人民政府|国务院)办公[厅室]$")
_PARTY_NAME = re.compile(r"^(?:中共中央|中共.*委员会)$")


class Registry:
    """The organs that `tables` know, seen from `jurisdiction` (a region path), which names without a context mean."""

    def __init__(self, tables: Tables, jurisdiction: str = "") -> None:
        self._tables = tables
        self._places = OrganPlaces(tables, jurisdiction)
        self._spelling = Spelling(tables, self._places)
        one_name = self._places.names | tables.aliases.keys()
        self._splitter = Splitter(
            self._places.gazetteer, one_name, self._places.national | tables.aliases.keys(), tables
        )
        self._former = {former: tuple(name for name, _ in rows) for former, rows in tables.renames.items()}
        self._bodies = frozenset(self._former_bodies())
        self._coded = frozenset(
            row.issuer for table in (tables.codes, tables.families) for rows in table.values() for row in rows
        )
        self._memory: dict[tuple[str, str], str | None] = {}
        self._acting: dict[tuple[str, str], str | None] = {}
        self._apart: dict[str, tuple[str, ...]] = {}
        self._governments: dict[str, bool] = {}
        self._offices: dict[str, bool] = {}

    def __reduce__(self) -> tuple[type[Registry], tuple[Tables, str]]:
        """Another process makes its own from the tables."""
        return Registry, (self._tables, self.jurisdiction)

    @property
    def jurisdiction(self) -> str:
        """The path of the region that names without a place mean; "" where none was given."""
        return self._places.jurisdiction

    # Names ---------------------------------------------------------------------------------------------------

    def canonical(self, name: str, context: str = "") -> str | None:
        """The full name of an organ, or None where it cannot be told (an unknown county, a class of organs).

        `context` is the full name of the organ that speaks, or a region path.
        """
        key = (name, context)
        if key not in self._memory:
            self._memory[key] = self._spelling.spelled_out(tidy(name), context)
        return self._memory[key]

    def of_the_place(self, name: str, context: str = "") -> str | None:
        """What a person means by a short name that an organ of the State has too, of a paper of the place of `context`:
        发改委 is 岚州市发展和改革委员会. "" where that cannot be told (社科院); None for every other name."""
        return self._spelling.of_the_place(tidy(name), context)

    def acting(self, name: str, context: str = "") -> str | None:
        """The full name of an organ that does something in a paper of `context`: who leads, drafts or explains. There
        发改委 is the place's own, while the 发改委 on whose paper it rests may be the State's (`canonical`)."""
        key = (name, context)
        if key not in self._acting:
            self._acting[key] = self.of_the_place(name, context) or self.canonical(name, context)
        return self._acting[key]

    def split(self, names: str) -> tuple[str, ...]:
        """The organs of a joint signature, as written: 市人事局市建设委员会 are two, 住房和城乡建设部 is one."""
        if names not in self._apart:
            self._apart[names] = self._splitter.split(names)
        return self._apart[names]

    def region_of(self, organ: str) -> str:
        """The path of the region whose organ it is; "" for central organs and where it cannot be told."""
        return self._places.region_of(organ)

    def level_of(self, organ: str) -> str:
        """central, provincial, prefecture, county; "" where it cannot be told."""
        path = self.region_of(organ)
        if path:
            return level(path)
        return "central" if self._places.is_central(tidy(organ)) or self._tables.aliases.get(organ) else ""

    @property
    def names(self) -> frozenset[str]:
        """The full names that the tables know."""
        return self._places.names

    def parted(self, organ: str) -> tuple[str, str]:
        """The place as it is printed, and the rest: 岚州市, 财政局, also of a national organ's branch
        (国家税务总局岚州市税务局); "" and the whole where it begins with none."""
        place = self._places.gazetteer.place(self._places.branch_of(organ) or organ, self.jurisdiction)
        return (place.printed, place.rest) if place and not place.ambiguous and place.rest else ("", organ)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """What local organs are called without their place, as far as the tables know: 财政局, 科学技术局. What a
        ministry or a province has, a city has too: 水利部, 水利厅, so 水利局."""
        bodies = {body.removeprefix("国家") for _, body in map(self.parted, self.names)}
        local = {body for place, body in map(self.parted, self.names) if place and not _OF_A_PROVINCE.search(body)}
        return frozenset((*local, *self._tables.abbreviations.values(), *(_ABOVE.sub("局", body) for body in bodies)))

    @property
    def short_bodies(self) -> Mapping[str, str]:
        """What bodies are called for short, as far as the tables know: 住建局 is 住房和城乡建设局."""
        return self._tables.abbreviations

    def knows(self, organ: str) -> bool:
        """Whether the tables have this full name; or know its place, and such an organ of any place."""
        if organ in self.names or organ in self._tables.aliases:
            return True
        place, body = self.parted(organ)
        region = self.region_of(organ) if place else ""
        return ("/" in region or region in self._tables.regions) and self.knows_body(body)

    def knows_body(self, body: str) -> bool:
        """Whether organs are called so without their place, or whose office it is: 水利局, 水利厅, 财政局办公室."""
        heads = (body[:length] for length in range(len(body) - 1, 1, -1) if SUBUNIT_END.search(body[length:]))
        return any(_OF_A_PROVINCE.sub("局", one) in self.bodies for one in (body, *heads))

    def is_government_office(self, name: str) -> bool:
        """Whether it is the office of a people's government (市政府办公厅, 淄博市人民政府办公室, 国办)."""
        if name not in self._offices:
            body = tidy(name).removeprefix(level_word(name) or "")
            spelled = self.canonical(name, self.jurisdiction) or long_body(body, self._tables.abbreviations)
            self._offices[name] = bool(_GOVERNMENT_OFFICE.search(spelled))
        return self._offices[name]

    def is_government(self, name: str) -> bool:
        """Whether it is a people's government itself, or the State Council."""
        if name not in self._governments:
            spelled = self.canonical(name, self.jurisdiction) or tidy(name)
            self._governments[name] = bool(GOVERNMENT.search(spelled))
        return self._governments[name]

    def same(self, a: str, b: str, on: date | None = None) -> Sameness:
        """What organ `b` is to organ `a` on a day.

        same · subunit: one is part of the other (司 of a 部) · successor: `b` has followed `a`, over any number of
        reorganisations until then · predecessor: `a` has followed `b` · different · unknown.
        """
        first, second = (self.canonical(name, self.jurisdiction) for name in (a, b))
        if first is None or second is None:
            return "same" if tidy(a) == tidy(b) and tidy(a) else "unknown"
        if first == second:
            return "same"
        if self._follows(first, second, on):
            return "successor"
        if self._follows(second, first, on):
            return "predecessor"
        if self._part_of(first, second) or self._part_of(second, first):
            return "subunit"
        if self._follows(first, second, None) or self._follows(second, first, None):
            return "unknown"  # the tables know of a reorganisation, but later than that day
        return self._unrelated(first, second)

    # Codes ---------------------------------------------------------------------------------------------------

    def issuers_of_code(self, code: str, region: str = "") -> tuple[str, ...]:
        """The organs that use a code: those of the code itself, else of the longest family that it begins with.

        Organs that share it are narrowed by `region` where that helps; else all of them are given.
        """
        return tuple(dict.fromkeys(row.issuer for row in self._rows_of_code(code, region)))

    def region_of_code(self, code: str) -> str:
        """The path of the region whose organs use the code, by its beginning; "" where several regions share that."""
        rows = self._tables.codes.get(code) or self._family(code)
        if not rows:
            rows = next((found for end in (2, 1) if (found := self._tables.region_prefixes.get(code[:end], ()))), ())
        paths = {row.region for row in rows if row.certainty != "C"}
        return paths.pop() if len(paths) == 1 else ""

    def code_agrees(self, code: str, issuer: str) -> bool | None:
        """Whether the code is this issuer's. False only where the table is sure and the code is nobody else's."""
        rows = self._rows_of_code(code, "")
        relations = {self.same(row.issuer, issuer) for row in rows}
        if relations & {"same", "successor", "predecessor", "subunit"}:
            return True
        doubtful = any(row.kind != "full" or row.certainty not in _SURE or "联合" in row.note for row in rows)
        if not rows or doubtful or relations != {"different"}:
            return None
        office_or_government = self.is_government(issuer) and any(self.is_government_office(row.issuer) for row in rows)
        return None if office_or_government else False

    def is_neighbours_code(self, code: str, issuer: str) -> bool:
        """Whether the code is surely another organ's of the issuer's own region: one of that region uses it, nobody who
        uses it has to do with the issuer, and the codes of the issuer itself are known, so that it is none of them."""
        rows, region = self._rows_of_code(code, ""), self.region_of(issuer)
        sure = all(row.certainty in _SURE and "联合" not in row.note and len(row.code) > 1 for row in rows)
        here = any(row.region == region for row in rows) and self.canonical(issuer, region) in self._coded
        if not (region and here and sure) or {self.same(row.issuer, issuer) for row in rows} != {"different"}:
            return False
        return not (self.is_government(issuer) and any(self.is_government_office(row.issuer) for row in rows))

    def _rows_of_code(self, code: str, region: str) -> tuple[CodeRow, ...]:
        rows = self._tables.codes.get(code) or self._family(code)
        for wanted in _upwards(region):
            narrowed = tuple(row for row in rows if row.region == wanted)
            if narrowed:
                return narrowed
        return rows

    def _family(self, code: str) -> tuple[CodeRow, ...]:
        for length in range(len(code), 0, -1):
            rows = self._tables.families.get(code[:length], ())
            # 林, 体, 审, 署 stand for many words: only before a short rest that is no local government's.
            if rows and (length > 1 or (len(code) <= 3 and not set("政府委") & set(code))):
                return rows
        return ()

    # Relations of organs -------------------------------------------------------------------------------------

    def _follows(self, former: str, later: str, on: date | None) -> bool:
        """Whether reorganisations up to the day lead from `former` to `later`; an office follows its organ."""
        seen, front = {former}, [former]
        while front:
            name = front.pop()
            for successor, since in self._tables.renames.get(name, ()):
                if successor not in seen and (on is None or since <= on):
                    seen.add(successor)
                    front.append(successor)
        if later in seen and later != former:
            return True
        for tail in ("办公厅", "办公室"):
            if former.endswith(tail) and later.endswith(("办公厅", "办公室")) and former[:-3] in self._former:
                return self._follows(former[:-3], later[:-3], on)
        return False

    def _part_of(self, organ: str, part: str) -> bool:
        row = self._tables.organs.get(part)
        if row is not None and row.kind == "subunit":
            return row.target == organ
        if GOVERNMENT.search(organ) or _PARTY_NAME.match(organ) or part in self._tables.organs:
            return False
        return part.startswith(organ) and bool(SUBUNIT_END.search(part[len(organ) :]))

    def _unrelated(self, a: str, b: str) -> Sameness:
        if _GOVERNMENT_OFFICE.search(a) and a[:-1] == b[:-1]:
            return "same"  # a government has one office, be it called 办公厅 or 办公室
        region = self.region_of(a)
        if region and region == self.region_of(b):
            place = printed(region)
            bodies = (a.removeprefix(place), b.removeprefix(place))
            if bodies in self._bodies or bodies[::-1] in self._bodies:
                return "unknown"  # reorganised so elsewhere; nobody has said so of this region
        return "different"

    def _former_bodies(self) -> Iterator[tuple[str, str]]:
        for former, successors in self._former.items():
            place = self._places.gazetteer.place(former)
            if place:
                yield from ((place.rest, name.removeprefix(place.printed)) for name in successors)


def _upwards(path: str) -> Iterator[str]:
    """山东省/淄博市/张店区, 山东省/淄博市, 山东省."""
    while path:
        yield path
        path = path.rpartition("/")[0]
