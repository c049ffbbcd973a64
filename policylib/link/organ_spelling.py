"""The full name of an organ out of what a document calls it: 市科技局, 省委办公厅, 我局, 国办 (domain.md §3.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policylib.extract.organ_names import STATE
from policylib.link.organ_names import (
    LEVEL_WORDS,
    ORGAN_END,
    SUBUNIT_END,
    at_level,
    level,
    level_word,
    printed,
)  # fmt: skip
from policylib.link.organ_places import NATIONAL, PARTY_PLACE, OrganPlaces
from policylib.tables import Tables

_SELF = re.compile(r"(?:我|本)(单位|机关|局|厅|部|委|办|院|中心|总局|署|会)(?=$|[办法组人政综秘])")
_SELF_ENDS = {
    "局": ("局",), "总局": ("总局",), "厅": ("厅", "办公厅"), "部": ("部",), "委": ("委员会", "委"), "署": ("署",),
    "办": ("办公室", "办"), "院": ("院",), "中心": ("中心",), "会": ("会",), "单位": ("",), "机关": ("",),
}  # fmt: skip
# 各区县人民政府, 有关部门, 教育部门: classes of organs, no organ.
_CLASS = re.compile(
    r"^(?:各|有关|相关|其他|其它|全市|全省|全县|全区|全国各|市直|省直|驻[市省县区])|(?:部门|单位|机构|企业|院校|等)$"
)
_STANDS_ALONE = re.compile(
    r"(?:公司|大学|学院|研究院|研究所|协会|学会|商会|基金会|银行|出版社|医院|管理委员会|管委会|海关)$"
)
# 国家发展改革委, 中科院, 国台办, 最高检, 科技部, 税务总局: the State's, whoever speaks.
_STATES = re.compile(r"^(?:[中国央全]|党中央|最高)|(?:部|总[局署社])$")
_PARTY_BODY = re.compile(r"^委(?:员会)?(?P<unit>.*)$")
GOVERNMENT = re.compile(r"(?:人民政府|国务院)$")


class Spelling:
    """Names spelled out by the tables, each in the region of who speaks, or of the jurisdiction."""

    def __init__(self, tables: Tables, places: OrganPlaces) -> None:
        self._tables = tables
        self._places = places
        self._gazetteer = places.gazetteer
        self._bodies = frozenset(tables.abbreviations.values())
        # 发改委 is the State's, 市民政局 of an office's own table is the city's: that one means nobody else.
        self._short_for_the_state = frozenset(name for name, whole in tables.aliases.items() if self._is_states(whole))

    def spelled_out(self, name: str, context: str) -> str | None:
        """The full name of a `tidy` name; None where it cannot be told. `context`: an organ's full name, or a path."""
        if name not in self._places.names and (not name or "、" in name or _CLASS.search(name)):
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

    def of_the_place(self, name: str, context: str) -> str | None:
        """What a `tidy` short name that the State's organs have too means of a paper of a place: 岚州市发展和改革委员会
        for 发改委. "" where the place may have one and its name cannot be told (社科院); None for all other names."""
        heads = (name[:length] for length in range(len(name), 1, -1))
        short = next((head for head in heads if head in self._short_for_the_state), "")
        has_one = long_body(name, self._tables.abbreviations) != name
        if not short or (_STATES.search(short) and not has_one):
            return None
        region = self._region(context)
        return (self._in_region(region, name) or "") if region and has_one else ""

    def _is_states(self, name: str) -> bool:
        return self._places.is_central(name) and self._gazetteer.place(name) is None

    def _national_name(self, name: str) -> str | None:
        aliases = self._tables.aliases
        name = name.removeprefix(STATE) or name
        if name in aliases:
            return aliases[name]
        if name in self._places.national:
            return name
        for length in range(len(name) - 1, 1, -1):
            head, tail = name[:length], name[length:]
            whole = aliases.get(head) or (head if head in self._places.national else None)
            if whole and SUBUNIT_END.search(tail) and not GOVERNMENT.search(whole) and whole != "中共中央":
                return whole + tail
        return (
            name if name in self._places.names and not self._places.regions.get(name) and NATIONAL.match(name) else None
        )

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
        party = bool(PARTY_PLACE.match(name))
        rest = PARTY_PLACE.sub("", name).removeprefix("共青团").removeprefix("政协")
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
        if place.printed + place.rest in self._places.names:
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
        known = any(name in names for names in (self._bodies, self._tables.abbreviations, self._tables.branches))
        if not region or not (known or re.search(r"[\u4e00-\u9fff](?:局|厅|委员会|法院|检察院)$|^人民政府", name)):
            return None
        if name.endswith("厅") and "办公厅" not in name:
            region = region.split("/")[0]
        whole = self._in_region(region, name)
        plausible = level(region) != "provincial" or name.endswith(("厅", "委", "会")) or whole in self._places.names
        return whole if plausible else None

    def _stands_alone(self, name: str) -> str | None:
        if self._gazetteer.place(name) and name not in self._places.names:
            return None
        if name in self._places.names or (NATIONAL.match(name) and ORGAN_END.search(name)):
            return name
        shortest = 9 if name.endswith(("管委会", "管理委员会")) else 4  # characters; 管委会 alone is anybody's
        return name if _STANDS_ALONE.search(name) and len(name) >= shortest else None

    def _in_region(self, path: str, body: str) -> str | None:
        place = printed(path)
        party = _PARTY_BODY.match(body)
        if body in ("共青团", "团委"):
            return f"共青团{place}委员会"
        if party:
            unit = party["unit"]
            unit = {"办": "办公厅" if level(path) == "provincial" else "办公室"}.get(unit, unit)
            unit = long_body(unit, self._tables.abbreviations) if unit else unit
            return f"中共{place}委{unit}" if unit else f"中共{place}委员会"
        if body in ("纪委", "纪律检查委员会"):
            return f"中共{place}纪律检查委员会"
        if body.startswith("政协"):
            return f"政协{place}委员会"
        if not body or _CLASS.search(body):
            return None
        if body in self._tables.branches:
            return f"{self._tables.branches[body]}{place}{body}"
        whole = place + long_body(body, self._tables.abbreviations)
        return self._as_known(whole, path) if body.startswith(("政府办", "府办")) and "公" not in body else whole

    def _as_known(self, office: str, path: str) -> str:
        """市府办: 办公厅 in a province, or where the tables know that office; else 办公室."""
        large, regions = office[:-1] + "厅", self._places.regions
        is_large = level(path) == "provincial" or (large in regions and office not in regions)
        return large if is_large else office

    def _region(self, context: str) -> str:
        if not context:
            return self._places.jurisdiction
        return context if self._is_path(context) else self._places.region_of(context) or ""

    def _is_path(self, context: str) -> bool:
        return (
            "/" in context
            or context in self._tables.regions
            or (context.endswith(LEVEL_WORDS) and not ORGAN_END.search(context))
        )


def long_body(body: str, abbreviations: Mapping[str, str]) -> str:
    """科学技术局办公室 for 科技局办公室: the longest abbreviation that the name begins with, and its sub-unit."""
    for length in range(len(body), 0, -1):
        tail = body[length:]
        if body[:length] in abbreviations and (not tail or (SUBUNIT_END.search(tail) and length > 1)):
            return abbreviations[body[:length]] + tail
    return body
