"""Where an organ's name says its region, and what is left: 淄博市张店区教体局 is 山东省/淄博市/张店区 and 教体局.

Region paths go from the province down, joined by "/". A place that no table knows (岚州市) is recognised by its form
and gets the path that the jurisdiction gives it, else its bare name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HAN = "\u3007\u3400-\u9fff"
LEVEL_WORDS = ("自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "州", "盟", "旗")
# Words that end like a place and are none.
_NO_PLACE = re.compile(
    r"(?:(?:^|型|心|都)城市|都市|社区|园区|辖区|景区|新区|城区|市区|校区|矿区|灾区|库区|片区|街区|开发区|高新区|经开区|示范区"
    r"|保税区|功能区|合作区|试验区|管理区|保护区|度假区|行政区|乡镇|村镇|城镇|城乡|全省|全市|全县|全区|各市|各县|各区)$"
)
_PLACE = re.compile(rf"[{HAN}]{{2,8}}?(?:省|自治区|自治州|自治县|市|县|区|盟|旗|乡|镇|街道)|[{HAN}]县")
_NOT_IN_PLACE = re.compile(r"[和与及的各等国会局厅部委院办室]|中央|中共|相关|有关|管理|监督|建设|服务|发展")
BODY = re.compile(
    r"人民政府|政府|府办?|委(?:$|办|组织|宣传|统战|政法|网信|编|改革|社会|员会)|纪委|监委|人大|政协|人民代表"
    r"|.{1,24}(?:局|厅|委员会|委|办公室|办|院|中心|[大支总]队|公司|会|站|所|馆|学校|大学|学院|处|社|行署|团|部|园)$"
    r"|.{1,24}(?:局|委员会|委|厅|办公室|政府).{1,10}[科股组]$"
)
# What a sub-unit's name ends with, when it follows the name of its organ.
SUBUNIT_END = re.compile(r"[司厅室局处科组股办]$|中心$|办公厅$|委员会$|支队$|大队$|总队$")
ORGAN_END = re.compile(
    r"(?:局|厅|委员会|委|(?<![东西南北中内外全])部|署|办公室|人民政府|政府|院|会议|联合会|总工会|人大|政协|总社|银行|办|中央)$"
)

# The local branch of a national organ: 国家税务总局山东省税务局 is one organ.
BRANCH = re.compile(
    r"(?:税务局|监管局|监督管理局|监管办公室|监察局|调查总队|分行|支行|海关|气象局|邮政管理局|专员办事处|特派办事处)$"
)
_NO_LEVEL = re.compile(r"市场|市容|市政(?![府协务办法])|区域|区划|县域|地区行署")
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Place:
    """A region that a name begins with: its path, its name as a masthead prints it, and what follows it."""

    path: str
    rest: str
    ambiguous: bool = False

    @property
    def printed(self) -> str:
        return printed(self.path)


def printed(path: str) -> str:
    """淄博市张店区 (a district goes with its city), 桓台县, 淄博市, 山东省."""
    parts = path.split("/")
    last = parts[-1]
    with_parent = len(parts) > 1 and last.endswith("区") and not last.endswith(("自治区", "地区", "林区"))
    return parts[-2] + last if with_parent else last


_ZONE = re.compile(
    r"(?:新区|开发区|高新区|园区|片区|示范区|合作区|保税区|试验区|度假区|矿区)(?:管理委员会|管委会|党工委|工作委员会)"
)


class Gazetteer:
    """The regions of the tables and of the jurisdiction."""

    def __init__(self, regions: Mapping[str, tuple[str, ...]], jurisdiction: str = "") -> None:
        self._regions = regions
        self._own = {part: _upto(jurisdiction, part) for part in jurisdiction.split("/") if part}
        self._longest = max((len(name) for name in (*regions, *self._own)), default=0)
        self._shorts = dict(self._short_names())

    def _short_names(self) -> Iterator[tuple[str, str]]:
        """重庆, 山东, 淄博: what provinces and cities are called without their 市 or 省, where it is one region's."""
        for name, paths in (*self._regions.items(), *((name, (path,)) for name, path in self._own.items())):
            if len(paths) == 1 and len(name) > 2 and name.endswith(("市", "省")) and level(paths[0]) != "county":
                yield name[:-1], paths[0]

    def zone(self, name: str) -> str | None:
        """The path of the region whose zone an organ administers: 重庆两江新区管理委员会, 岚州高新区管委会; "" where
        the name does not say it (两江新区管委会), None for other organs."""
        if not _ZONE.search(name):
            return None
        return next((path for length in (2, 3, 4) if (path := self._shorts.get(name[:length]))), "")

    def place(self, name: str, near: str = "") -> Place | None:
        """The region that `name` begins with, its parts taken one after the other (山东省淄博市张店区…).

        `near` decides between counties of one name; where it cannot, the place is `ambiguous`.
        """
        path, rest = "", name
        while True:
            found = self._known(rest, path) or self._formed(rest, path)
            if found is None:
                return Place(path, rest) if path else None
            part, candidates = found
            chosen = self._nearest(candidates, near)
            if chosen is None:
                return Place(candidates[0], rest[len(part) :], ambiguous=True)
            path, rest = chosen, rest[len(part) :]

    def _known(self, text: str, within: str) -> tuple[str, tuple[str, ...]] | None:
        for length in range(min(self._longest, len(text)), 1, -1):
            part = text[:length]
            paths = (self._own[part],) if part in self._own else self._regions.get(part, ())
            paths = tuple(path for path in paths if not within or path.startswith(within + "/"))
            if paths:
                return part, paths
        return None

    def _formed(self, text: str, within: str) -> tuple[str, tuple[str, ...]] | None:
        match = _PLACE.match(text)
        if not match or _NO_PLACE.search(match[0]) or _NOT_IN_PLACE.search(match[0]):
            return None
        if (within and match[0].endswith(("省", "自治区"))) or not BODY.match(text, match.end()):
            return None
        return match[0], (f"{within}/{match[0]}" if within else match[0],)

    @staticmethod
    def _nearest(paths: tuple[str, ...], near: str) -> str | None:
        if len(paths) == 1:
            return paths[0]
        ranked = sorted(paths, key=lambda path: -_shared(path, near))
        best = _shared(ranked[0], near)
        return ranked[0] if best and best > _shared(ranked[1], near) else None


def level(path: str) -> str:
    """central is no region's; provincial, prefecture, county; "" where the path does not tell (岚州市 alone)."""
    parts = path.split("/") if path else []
    if not parts:
        return ""
    if parts[-1].endswith(("县", "旗")) or len(parts) >= 3:
        return "county"
    if len(parts) == 2:
        district = parts[1].endswith("区") and not parts[1].endswith("地区")
        return "county" if district or parts[0].endswith("市") else "prefecture"
    if parts[0].endswith(("省", "自治区", "兵团", "特别行政区")) or parts[0] in (
        "北京市",
        "天津市",
        "上海市",
        "重庆市",
    ):
        return "provincial"
    return "county" if parts[0].endswith("区") else ""


def at_level(path: str, word: str) -> str | None:
    """The part of `path` that someone in it calls 市 (or 省, 县, 区 …), as a path; None where there is none."""
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        part = parts[end - 1]
        fits = part.endswith(word) and (word != "区" or not part.endswith(("自治区", "地区")))
        if word in ("州", "县") and part.endswith(("自治州", "自治县")):
            fits = True
        if fits and (word != "省" or end == 1) and not (word == "州" and not part.endswith("自治州")):
            below_city = word in ("县", "区", "旗") and end != len(parts)
            return None if below_city else "/".join(parts[:end])
    return None


def _upto(path: str, part: str) -> str:
    parts = path.split("/")
    return "/".join(parts[: parts.index(part) + 1])


def _shared(path: str, other: str) -> int:
    count = 0
    for a, b in zip(path.split("/"), other.split("/"), strict=False):
        if a != b:
            break
        count += 1
    return count


def level_word(name: str) -> str | None:
    """市 of 市科技局, but nothing of 市场监督管理局."""
    return None if _NO_LEVEL.match(name) else next((word for word in LEVEL_WORDS if name.startswith(word)), None)


def tidy(name: str) -> str:
    """Without spaces and the punctuation around it, brackets of one kind."""
    return re.sub(r"\s+", "", name).translate(_BRACKETS).strip('：:。，,、；;“”"')
