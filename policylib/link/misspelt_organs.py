"""Whether an organ that a person names is known, and which known ones it is a slip of the pen away from.

市财证局     岚州市财政局       one character is wrong
市政财局     岚州市财政局       two have changed places
市体育局     nothing to ask: other cities have one, though it is one character away from 市教育局
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from policylib.link.organs import Registry

_SHORT: Final = 6  # characters of a body (财政局) up to which one slip makes another word, and two make any
_SHOWN: Final = 3
_FIGURES = re.compile(r"[\d一二三四五六七八九十]")


def misspelt(full: str, registry: Registry, known: Collection[str]) -> tuple[str, ...]:
    """The organs that are meant, perhaps, by a full name that neither the tables nor `known` have; none where it is
    known, or comes near nothing."""
    if not full or full in known or registry.knows(full):
        return ()
    places = {place for organ in known if (place := registry.parted(organ)[0])}
    place, body = _parted(full, places, registry)
    if place in places and registry.knows_body(body):
        return ()
    found = [(1, False, organ) for organ in known if _slips(full, organ, 1) == 1]
    if place in places or registry.knows(f"{place}人民政府"):
        limit = 1 if len(body) <= _SHORT else 2
        slips = ((_slips(body, other, limit), name) for name, other in _of_place(place, registry, known))
        found += [(count, name not in known, name) for count, name in slips if count <= limit]
    found.sort()
    return tuple(dict.fromkeys(name for count, _, name in found if count == found[0][0]))[:_SHOWN]


def _parted(full: str, places: Collection[str], registry: Registry) -> tuple[str, str]:
    """The place and the rest; of what ends like no organ (岚州市教育居), the place that known organs have."""
    place, body = registry.parted(full)
    own = "" if place else max((one for one in places if full.startswith(one)), key=len, default="")
    return (own, full.removeprefix(own)) if own else (place, body)


def _of_place(place: str, registry: Registry, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The organs of a place, with their names without it; those that every place may have besides."""
    for organ in known:
        where, body = registry.parted(organ)
        if where == place:
            yield organ, body
    yield from ((f"{place}{body}", body) for body in registry.bodies)


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
