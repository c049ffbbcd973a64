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
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from policylib.extract.organ_names import STATE
from policylib.link.organ_names import (
    BRANCH,
    LEVEL_WORDS,
    ORGAN_END,
    SUBUNIT_END,
    Gazetteer,
    at_level,
    level,
    level_word,
    printed,
    tidy,
)  # fmt: skip
from policylib.link.organ_split import Splitter
from policylib.tables import CodeRow, Tables

_SURE = ("A", "A-", "B")  # of codes: who can prove a number wrong

Sameness = Literal["same", "subunit", "successor", "predecessor", "different", "unknown"]

_SELF = re.compile(r"(?:我|本)(单位|机关|局|厅|部|委|办|院|中心|总局|署|会)(?=$|[办法组人政综秘])")
_SELF_ENDS = {
    "局": ("局",), "总局": ("总局",), "厅": ("厅", "办公厅"), "部": ("部",), "委": ("委员会", "委"), "署": ("署",),
    "办": ("办公室", "办"), "院": ("院",), "中心": ("中心",), "会": ("会",), "单位": ("",), "机关": ("",),
}  # fmt: skip
# 各区县人民政府, 有关部门, 教育部门: classes of organs, no organ.
_CLASS = re.compile(
    r"^(?:各|有关|相关|其他|其它|全市|全省|全县|全区|全国各|市直|省直|驻[市省县区])|(?:部门|单位|机构|企业|院校|等)$"
)
_NATIONAL = re.compile(r"^(?:中国|国家|全国|中华|中央|国务院|中共中央|最高人民)")
_STANDS_ALONE = re.compile(
    r"(?:公司|大学|学院|研究院|研究所|协会|学会|商会|基金会|银行|出版社|医院|管理委员会|管委会|海关)$"
)
_PARTY_PLACE = re.compile(r"^(?:中国共产党|中共)")
_PARTY_BODY = re.compile(r"^委(?:员会)?(?P<unit>.*)$")
_GOVERNMENT_OFFICE = re.compile(r"(?:人民政府|国务院)办公[厅室]$")
_GOVERNMENT = re.compile(r"(?:人民政府|国务院)$")
_PARTY_NAME = re.compile(r"^(?:中共中央|中共.*委员会)$")


class Registry:
    """The organs that `tables` know, seen from `jurisdiction` (a region path), which names without a context mean."""

    def __init__(self, tables: Tables, jurisdiction: str = "") -> None:
        self._tables = tables
        self._jurisdiction = jurisdiction
        self._gazetteer = Gazetteer(tables.regions, jurisdiction)
        self._regions = dict(_issuer_regions(tables))
        self._known = frozenset((*self._regions, *tables.organs, *tables.renames, *_successors(tables)))
        self._national = frozenset(
            name for name in self._known if not self._regions.get(name, "") and self._central(name)
        )
        one_name = self._known | tables.aliases.keys()
        self._splitter = Splitter(self._gazetteer, one_name, self._national | tables.aliases.keys(), tables)
        self._former = {former: tuple(name for name, _ in rows) for former, rows in tables.renames.items()}
        self._bodies = frozenset(self._former_bodies())
        self._coded = frozenset(
            row.issuer for table in (tables.codes, tables.families) for rows in table.values() for row in rows
        )
        self._memory: dict[tuple[str, str], str | None] = {}
        self._places: dict[str, str] = {}
        self._apart: dict[str, tuple[str, ...]] = {}
        self._governments: dict[str, bool] = {}
        self._offices: dict[str, bool] = {}

    @property
    def jurisdiction(self) -> str:
        """The path of the region that names without a place mean; "" where none was given."""
        return self._jurisdiction

    # Names ---------------------------------------------------------------------------------------------------

    def canonical(self, name: str, context: str = "") -> str | None:
        """The full name of an organ, or None where it cannot be told (an unknown county, a class of organs).

        `context` is the full name of the organ that speaks, or a region path.
        """
        key = (name, context)
        if key not in self._memory:
            self._memory[key] = self._spelled_out(tidy(name), context)
        return self._memory[key]

    def split(self, names: str) -> tuple[str, ...]:
        """The organs of a joint signature, as written: 市人事局市建设委员会 are two, 住房和城乡建设部 is one."""
        if names not in self._apart:
            self._apart[names] = self._splitter.split(names)
        return self._apart[names]

    def region_of(self, organ: str) -> str:
        """The path of the region whose organ it is; "" for central organs and where it cannot be told."""
        if organ not in self._places:
            self._places[organ] = self._region_path(organ)
        return self._places[organ]

    def _region_path(self, organ: str) -> str:
        if organ in self._regions:
            return self._regions[organ]
        name = tidy(organ)
        if name in self._regions or self._central(name):
            return self._regions.get(name, "")
        name = self._vertical(name) or _PARTY_PLACE.sub("", name).removeprefix("政协").removeprefix("共青团")
        place = self._gazetteer.place(name, self._jurisdiction)
        if place is None:
            return self._gazetteer.zone(name) or ""
        return "" if place.ambiguous else place.path

    def level_of(self, organ: str) -> str:
        """central, provincial, prefecture, county; "" where it cannot be told."""
        path = self.region_of(organ)
        if path:
            return level(path)
        return "central" if self._central(tidy(organ)) or self._tables.aliases.get(organ) else ""

    def is_government_office(self, name: str) -> bool:
        """Whether it is the office of a people's government (市政府办公厅, 淄博市人民政府办公室, 国办)."""
        if name not in self._offices:
            body = tidy(name).removeprefix(level_word(name) or "")
            spelled = self.canonical(name, self._jurisdiction) or _long_body(body, self._tables.abbreviations)
            self._offices[name] = bool(_GOVERNMENT_OFFICE.search(spelled))
        return self._offices[name]

    def is_government(self, name: str) -> bool:
        """Whether it is a people's government itself, or the State Council."""
        if name not in self._governments:
            spelled = self.canonical(name, self._jurisdiction) or tidy(name)
            self._governments[name] = bool(_GOVERNMENT.search(spelled))
        return self._governments[name]

    def same(self, a: str, b: str, on: date | None = None) -> Sameness:
        """What organ `b` is to organ `a` on a day.

        same · subunit: one is part of the other (司 of a 部) · successor: `b` has followed `a`, over any number of
        reorganisations until then · predecessor: `a` has followed `b` · different · unknown.
        """
        first, second = (self.canonical(name, self._jurisdiction) for name in (a, b))
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

    # Spelling out --------------------------------------------------------------------------------------------

    def _spelled_out(self, name: str, context: str) -> str | None:
        if name not in self._known and (not name or "、" in name or _CLASS.search(name)):
            return None
        national = self._national_name(name)
        if national:
            return national
        itself = self._itself(name, context)
        if itself is not None:
            return itself or None
        relative = name.lstrip("我本")
        found = self._relative(relative, context) or self._local(name, context)
        if found is None and self._gazetteer.zone(name) is None:
            found = self._bare(relative, context)
        return found or self._stands_alone(name)

    def _national_name(self, name: str) -> str | None:
        aliases = self._tables.aliases
        name = name.removeprefix(STATE) or name
        if name in aliases:
            return aliases[name]
        if name in self._national:
            return name
        for length in range(len(name) - 1, 1, -1):
            head, tail = name[:length], name[length:]
            whole = aliases.get(head) or (head if head in self._national else None)
            if whole and SUBUNIT_END.search(tail) and not _GOVERNMENT.search(whole) and whole != "中共中央":
                return whole + tail
        return name if name in self._known and not self._regions.get(name) and _NATIONAL.match(name) else None

    def _itself(self, name: str, context: str) -> str | None:
        """我局, 本委办公室: the organ that speaks. None where the name is no such word, "" where it cannot be told."""
        match = _SELF.match(name)
        if not match:
            return None
        if not context or self._is_path(context) or not context.endswith(_SELF_ENDS[match[1]]):
            return ""
        return context + name[match.end() :]

    def _relative(self, name: str, context: str) -> str | None:
        """市科技局, 省委办公厅, 自治区人民政府, 团市委: the region is the speaker's."""
        region = self._region(context)
        league = name.startswith("团") and name.endswith("委") and name[1:-1] in LEVEL_WORDS
        word = name[1:-1] if league else level_word(name)
        if word is None or not region:
            return None
        place = self._gazetteer.place(name, region)
        if place and not name.startswith(word + place.rest):
            return None  # 市中区教育局
        path = at_level(region, word)
        if path is None:
            return None
        return self._in_region(path, "共青团" if league else name[len(word) :])

    def _local(self, name: str, context: str) -> str | None:
        """淄博市科技局, 中共山东省委办公厅, 政协淄博市委员会: the name says its region."""
        party = bool(_PARTY_PLACE.match(name))
        rest = _PARTY_PLACE.sub("", name).removeprefix("共青团").removeprefix("政协")
        rest = rest.removeprefix("中国人民政治协商会议")
        place = self._gazetteer.place(rest, self._region(context))
        if place is None or not place.rest:
            return None
        if place.ambiguous:
            return None
        if name.startswith(("政协", "中国人民政治协商会议")):
            return f"政协{place.printed}委员会"
        if name.startswith("共青团"):
            return self._in_region(place.path, "共青团")
        if place.printed + place.rest in self._known:
            return place.printed + place.rest  # a full name that looks like a short one: 重庆市交通局
        committee = not party or place.rest.startswith(("委", "纪"))
        return self._in_region(place.path, place.rest if committee else "委" + place.rest)

    def _bare(self, name: str, context: str) -> str | None:
        """科技局, 办公室, 组织人事科: an organ of the speaker's region, or a part of the speaker."""
        region, speaker = self._region(context), "" if self._is_path(context) else context
        if level_word(name):
            return None
        if (
            name.startswith(("局", "厅", "委"))
            and speaker.endswith((name[0], "委员会"))
            and SUBUNIT_END.search(name[1:])
        ):
            return speaker + name[1:]
        if speaker and (name in ("办公室", "办公厅") or re.search(r"[科处司股]$", name)) and len(name) <= 12:
            return None if name in self._tables.abbreviations else speaker + name
        known = name in self._tables.abbreviations or name in self._tables.abbreviations.values()
        if not region or not (known or re.search(r"[\u4e00-\u9fff](?:局|厅|委员会|法院|检察院)$|^人民政府", name)):
            return None
        if name.endswith("厅") and "办公厅" not in name:
            region = region.split("/")[0]
        whole = self._in_region(region, name)
        plausible = level(region) != "provincial" or name.endswith(("厅", "委", "会")) or whole in self._known
        return whole if plausible else None

    def _stands_alone(self, name: str) -> str | None:
        if self._gazetteer.place(name) and name not in self._known:
            return None
        if name in self._known or (_NATIONAL.match(name) and ORGAN_END.search(name)):
            return name
        return (
            name
            if _STANDS_ALONE.search(name) and len(name) > (8 if name.endswith(("管委会", "管理委员会")) else 3)
            else None
        )

    def _in_region(self, path: str, body: str) -> str | None:
        place = printed(path)
        party = _PARTY_BODY.match(body)
        if body in ("共青团", "团委"):
            return f"共青团{place}委员会"
        if party:
            unit = party["unit"]
            unit = {"办": "办公厅" if level(path) == "provincial" else "办公室"}.get(unit, unit)
            unit = _long_body(unit, self._tables.abbreviations) if unit else unit
            return f"中共{place}委{unit}" if unit else f"中共{place}委员会"
        if body in ("纪委", "纪律检查委员会"):
            return f"中共{place}纪律检查委员会"
        if body.startswith("政协"):
            return f"政协{place}委员会"
        if not body or _CLASS.search(body):
            return None
        whole = place + _long_body(body, self._tables.abbreviations)
        return self._as_known(whole, path) if body.startswith(("政府办", "府办")) and "公" not in body else whole

    def _as_known(self, office: str, path: str) -> str:
        """市府办: 办公厅 in a province, or where the tables know that office; else 办公室."""
        large = office[:-1] + "厅"
        return (
            large if level(path) == "provincial" or (large in self._regions and office not in self._regions) else office
        )

    def _region(self, context: str) -> str:
        if not context:
            return self._jurisdiction
        return context if self._is_path(context) else self.region_of(context) or ""

    def _is_path(self, context: str) -> bool:
        return (
            "/" in context
            or context in self._tables.regions
            or (context.endswith(LEVEL_WORDS) and not ORGAN_END.search(context))
        )

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
        if _GOVERNMENT.search(organ) or _PARTY_NAME.match(organ) or part in self._tables.organs:
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
            place = self._gazetteer.place(former)
            if place:
                yield from ((place.rest, name.removeprefix(place.printed)) for name in successors)

    def _central(self, name: str) -> bool:
        if self._regions.get(name):
            return False
        known = name in self._tables.organs or name in self._tables.aliases
        return bool(known or _NATIONAL.match(name) or name in self._regions) and not self._vertical(name)

    def _vertical(self, name: str) -> str:
        """What follows a national organ in the name of its local branch: 国家税务总局山东省税务局."""
        for length in range(len(name) - 3, 3, -1):
            if name[:length] in self._tables.organs and BRANCH.search(name[length:]):
                return name[length:]
        return ""


def _long_body(body: str, abbreviations: Mapping[str, str]) -> str:
    """科学技术局办公室 for 科技局办公室: the longest abbreviation that the name begins with, and its sub-unit."""
    for length in range(len(body), 0, -1):
        tail = body[length:]
        if body[:length] in abbreviations and (not tail or (SUBUNIT_END.search(tail) and length > 1)):
            return abbreviations[body[:length]] + tail
    return body


def _issuer_regions(tables: Tables) -> Iterator[tuple[str, str]]:
    for rows in (*tables.families.values(), *tables.codes.values()):
        yield from ((row.issuer, row.region) for row in rows)
    for organ in tables.organs.values():
        if organ.region:
            yield organ.name, organ.region


def _successors(tables: Tables) -> Iterable[str]:
    return (name for rows in tables.renames.values() for name, _ in rows)


def _upwards(path: str) -> Iterator[str]:
    """山东省/淄博市/张店区, 山东省/淄博市, 山东省."""
    while path:
        yield path
        path = path.rpartition("/")[0]
