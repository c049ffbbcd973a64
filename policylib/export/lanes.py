"""Where a work stands in the picture: its level (国家, 省, 市, 区县) and its short title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from policylib.tables import Tables

LANES = ("国家", "省", "市", "区县", "外地", "层级不明")
AWAY, UNKNOWN = 4, 5
_LEVELS = {"central": 0, "provincial": 1, "prefecture": 2, "county": 3}

_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# The deepest level named decides: 东岭省岚州市青山区人民政府 is a county's. 市场 and 城市 name no city.
_COUNTY = re.compile(r"(?<![治地社政])区(?!域|块)|县|旗(?=人民|委|政府)|[镇乡](?=人民|党|政府)|街道")
_CITY = re.compile(r"(?<!城)市(?!场|民|容)|自治州|地区行|行政公署")
_PROVINCE = re.compile(r"省|自治区|特别行政区")
_NATIONAL = re.compile(r"^(?:中华人民共和国|中共中央|中央|国务院|国家|全国|最高人民|中国)|部$|总局$|总署$|部办公厅$")
_NATIONAL_CODE = re.compile(r"国|中[办发纪组宣]|厅字")

_ISSUED = re.compile(r"(?:印发|转发|批转|公布|发布)[《〈](?P<name>[^》〉]{1,200})")
_BEYOND = re.compile(r"(?:实施)?(?:细则|办法|条例|意见|方案)")  # 《X》实施细则 is another paper than X
_INTERPRETED = re.compile(r"[《〈](?P<name>.{2,300})[》〉][^《〈]{0,20}(?:解读|图解|问答|读懂)")
_ABOUT = re.compile(r"^[^《〈]{0,60}?关于(?P<about>.+?)(?:的(?:通知|公告|通告|决定|意见|函|批复|命令|令))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where a picture is looked at. `places`: the works in the order of the office's lists, by key; `away`: those
    of other regions, which stand in a band of their own and not beside the office's city."""

    places: Mapping[str, int]
    away: Set[str]


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a work's origin."""

    issuers: tuple[str, ...]
    title: str
    code: str


def level_of_organ(name: str) -> int | None:
    """The lane of an organ by the words of its name; None when they do not tell (发展和改革委员会)."""
    if _COUNTY.search(name):
        return 3
    if name.startswith(_MUNICIPALITIES):
        return 1
    if _CITY.search(name):
        return 2
    if _PROVINCE.search(name):
        return 1
    return 0 if _NATIONAL.search(name) else None


def lanes(places: Iterable[Place], tables: Tables) -> tuple[int, ...]:
    """The lane of every work: by its issuers, else by its code (as used by works whose issuers tell, else as the
    tables know it), else by its title.

    A code that is new here counts with the codes that begin with the same character, where these agree.
    """
    works = tuple(places)
    own = [_by_issuers(place.issuers) for place in works]
    known = [(place.code, lane) for place, lane in zip(works, own, strict=True) if lane is not None and place.code]
    codes = {**_listed(tables), **_agreed(known)}
    initials = _agreed((code[:1], lane) for code, lane in known)
    return tuple(
        lane if lane is not None else _guess(place, codes, initials) for place, lane in zip(works, own, strict=True)
    )


def short_title(title: str) -> str:
    """What a title is about: 关于印发《X》的通知 gives X, 某某关于做好某事的通知 gives 做好某事, 《X》解读 as X."""
    interpreted = _INTERPRETED.match(title)
    if interpreted:
        return short_title(interpreted["name"])
    issued = _ISSUED.search(title)
    if issued:
        beyond = _BEYOND.match(title, issued.end() + 1)
        return f"{issued['name']}{beyond[0]}" if beyond else issued["name"]
    about = _ABOUT.match(title)
    return about["about"] if about else title


def _by_issuers(issuers: tuple[str, ...]) -> int | None:
    levels = [level for level in map(level_of_organ, issuers) if level is not None]
    return min(levels, default=None)


def _agreed(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    seen: dict[str, set[int]] = {}
    for code, lane in pairs:
        seen.setdefault(code, set()).add(lane)
    return {code: min(found) for code, found in seen.items() if len(found) == 1}


def _listed(tables: Tables) -> Mapping[str, int]:
    return _agreed((code, _LEVELS[row.level]) for code, rows in tables.codes.items() for row in rows if row.level)


def _guess(place: Place, codes: Mapping[str, int], initials: Mapping[str, int]) -> int:
    if place.code in codes:
        return codes[place.code]
    if _NATIONAL_CODE.match(place.code):
        return 0
    if place.code[:1] in initials:
        return initials[place.code[:1]]
    return _first(level_of_organ(place.code) if len(place.code) > 2 else None, _by_title(place.title), UNKNOWN)


def _by_title(title: str) -> int | None:
    """东岭省政务公开办法 is a province's; 市政设施管理办法 tells nothing, so the place needs a name."""
    return 0 if _NATIONAL.match(title) else level_of_organ(title.partition("关于")[0][1:12])


def _first(*levels: int | None) -> int:
    return next(level for level in levels if level is not None)
