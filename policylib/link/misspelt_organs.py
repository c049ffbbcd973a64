"""Whether an organ that a person names is known, which known ones it may be a slip of the pen for, and whether it can
be an organ at all.

市财证局     岚州市财政局                 one character is wrong
市政财局     岚州市财政局                 two have changed places
市住健局     岚州市住房和城乡建设局       wrong in the short name that everybody uses; 岚州市卫生健康局 is as near
市体育局     known: other cities have one, though it is one character away from 市教育局
不详、张三   no organs: they end like none
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from policylib.link.organs import Registry
from policylib.tables import toml_rows

_SHORT: Final = 6  # characters of a body (财政局) up to which one slip makes another word, and two make any
_SHOWN: Final = 3
_ORGAN = re.compile(
    r"[\u3400-\u9fff·（）()“”\w]+(?:[局厅委部署办府院会社台站所馆校学队处科股组室司庭团园厂联]|中心|公司|银行|分行|支行|政协|人大|"
    r"海关|基地)"
)
_COMMITTEE = re.compile(r"中共[\u3400-\u9fff]{2,12}(?:委|委员会)")
_FIGURES = re.compile(r"[\d一二三四五六七八九十]")


def is_known(full: str, registry: Registry, known: Collection[str]) -> bool:
    """Whether the tables or `known` have an organ of this full name; or its place, and such an organ of any place."""
    if not full or full in known or registry.knows(full) or is_party_organ(full):
        return True
    places = _places(registry, known)
    place, body = _parted(full, places, registry)
    return place in places and registry.knows_body(body)


def is_party_organ(full: str) -> bool:
    """Whether a committee of the Party is called so, or an organ that every committee has: 中共岚州市委组织部."""
    return any(full.endswith(name) and _COMMITTEE.fullmatch(full.removesuffix(name)) for name in _party_organs())


@cache
def _party_organs() -> tuple[str, ...]:
    """The rows of data/party_organs.toml: what stands behind the committee."""
    return tuple(name for row in toml_rows("party_organs.toml") for name in row["names"])


def may_be_organ(name: str) -> bool:
    """Whether a name ends like an organ's; 有关部门 and 责任单位 are classes of them."""
    return bool(_ORGAN.fullmatch(name))


def nearest(full: str, registry: Registry, known: Collection[str]) -> tuple[str, ...]:
    """The organs that are meant, perhaps, by a full name that is not known; none where it comes near nothing."""
    places = _places(registry, known)
    place, body = _parted(full, places, registry)
    found = [(1, False, organ) for organ in known if _slips(full, organ, 1) == 1]
    if place in places or registry.knows(f"{place}人民政府"):
        limit = 1 if len(body) <= _SHORT else 2
        slips = ((_slips(body, other, limit), name) for name, other in _of_place(place, registry, known))
        found += [(count, name not in known, name) for count, name in slips if count <= limit]
    found.sort()
    return tuple(dict.fromkeys(name for count, _, name in found if count == found[0][0]))[:_SHOWN]


def _places(registry: Registry, known: Collection[str]) -> set[str]:
    return {place for organ in known if (place := registry.parted(organ)[0])}


def _parted(full: str, places: Collection[str], registry: Registry) -> tuple[str, str]:
    """The place and the rest; of what ends like no organ (岚州市教育居), the place that known organs have."""
    place, body = registry.parted(full)
    own = "" if place else max((one for one in places if full.startswith(one)), key=len, default="")
    return (own, full.removeprefix(own)) if own else (place, body)


def _of_place(place: str, registry: Registry, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The organs of a place, with their names without it; those that every place may have besides, by their short names
    too."""
    for organ in known:
        where, body = registry.parted(organ)
        if where == place:
            yield organ, body
    yield from ((f"{place}{body}", body) for body in registry.bodies)
    yield from ((f"{place}{body}", short) for short, body in registry.short_bodies.items())


def _slips(one: str, other: str, limit: int) -> int:
    """How many characters are wrong, missing, too many, or have changed places with the next; more than `limit` is not
    counted out. Names are short, so the table of all beginnings is. Another figure is no slip: 第一小学, 第二小学."""
    if abs(len(one) - len(other)) > limit or _FIGURES.findall(one) != _FIGURES.findall(other):
        return limit + 1
    rows = [list(range(len(other) + 1))]
    for i, here in enumerate(one, 1):
        row = [i]
        for j, there in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (here != there))
            if i > 1 and j > 1 and here == other[j - 2] and one[i - 2] == there:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
