"""Whether what `policylib.toml` says of the office can be: its region, its rule set, its name.

A region that nobody knows would make checks find less, and say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from policylib.errors import TableError
from policylib.library.configuration import line_of
from policylib.link.organ_names import ORGAN_END
from policylib.link.organs import Registry
from policylib.model import Office
from policylib.readers.names import CONFIGURATION
from policylib.rule_sets import within
from policylib.tables import Tables, read_text

Regions = Mapping[str, tuple[str, ...]]

_PROVINCE = r"(?:北京|天津|上海|重庆)市|.{2,8}?(?:省|自治区|特别行政区|生产建设兵团)"
_BELOW = r".{2,10}?(?:自治州|地区|林区|市|盟)(?=.)|.+"
_UNPARTED = re.compile(rf"({_PROVINCE})({_BELOW})(.*)")
_PARTED = re.compile(r"[/／\\、，,>＞\s-]+")
_WHOLE_PROVINCE = re.compile(_PROVINCE)
_WHOLE_BELOW = re.compile(r".+(?:市|区|县|旗|州|盟|特区|师)")
_OTHER_END = re.compile(r"(?:中心|大学|学院|学校|公司|研究院|研究所|协会|学会|馆|所|站|队|团|处|室)$")
_UNLISTED = "；确有这个地区的，补进 tables/organs.csv"
_FORM = '应从省写起，逐级用“/”分开，例如 jurisdiction = "山东省/淄博市"'


def check_office(office: Office, tables: Tables, folder: Path) -> None:
    """Raises TableError, with the line and the right form, for a region that is none and an unknown rule set."""
    if office.jurisdiction and (fault := _fault(office.jurisdiction, tables.regions)):
        raise _error(folder, "jurisdiction", fault)
    if office.profile and office.profile not in tables.profiles:
        known = "、".join(f"{name}（{row.get('title', '')}）" for name, row in sorted(tables.profiles.items()))
        raise _error(folder, "profile", f"没有“{office.profile}”这套规则，现有：{known}")


def office_doubts(office: Office, tables: Tables) -> Iterator[str]:
    """What may be wrong with it, in words: no reason to stop."""
    path = office.jurisdiction
    if path and path not in _paths(tables.regions):
        yield f"地区表里没有“{path}”，请核对写法；没有写错的不必理会，或者补进 tables/organs.csv"
    if office.issuer:
        yield from _issuer_doubt(office.issuer, path, Registry(tables, path))


def _issuer_doubt(issuer: str, region: str, registry: Registry) -> Iterator[str]:
    full = registry.canonical(issuer, region)
    where = registry.region_of(issuer)
    if full is None or not (ORGAN_END.search(issuer) or _OTHER_END.search(issuer)):
        yield f'看不出本单位“{issuer}”是哪个机关，请写全称（带地区），例如 issuer = "淄博市科学技术局"'
    elif full != issuer and not _has_place(issuer, full):
        yield f'本单位“{issuer}”不是全称，请写作 issuer = "{full}"'
    elif region and where and not within(where, region):
        yield f"本单位“{issuer}”不是所写地区（{region}）的机关，请核对 issuer 和 jurisdiction"


def _has_place(issuer: str, full: str) -> bool:
    """Whether it names its city, though without 市: 淄博高新技术产业开发区管理委员会."""
    return full.endswith(issuer) and full.startswith(issuer[:2])


def _fault(path: str, regions: Regions) -> str:
    """What is wrong with a region, and how it is to be written; "" where nothing is known to be."""
    known = _paths(regions)
    if path in known:
        return ""
    parts = path.split("/")
    loose = _PARTED.split(path)
    if len(loose) > 1 and loose != parts:
        return f'“{path}”没有用“/”分开，应写作 jurisdiction = "{"/".join(loose)}"'
    if len(parts) == 1 and (match := _UNPARTED.fullmatch(path)):
        return f'“{path}”各级之间少了“/”，应写作 jurisdiction = "{"/".join(filter(None, match.groups()))}"'
    if meant := _meant(parts, regions):
        return f'没有“{path}”这个地区，应写作 jurisdiction = "{meant}"{_UNLISTED}'
    wrong = _misnamed(parts)
    if wrong and len(parts) == 1 and _WHOLE_BELOW.fullmatch(wrong):
        return f"“{path}”没有写明在哪个省（市），{_FORM}"
    return f"“{wrong}”不是省、市、县、区的全称，{_FORM}" if wrong else ""


def _misnamed(parts: Sequence[str]) -> str:
    """The first part that is no full name of a region of its level."""
    for place, part in enumerate(parts):
        shape = _WHOLE_BELOW if place else _WHOLE_PROVINCE
        if not shape.fullmatch(part):
            return part
    return ""


def _meant(parts: Sequence[str], regions: Regions) -> str:
    """The one known region that may be meant: it ends with the same name (淄博市), with one that this begins (淄博), or
    with one that differs in a character (淄搏市) under the same province."""
    last = parts[-1]
    named = regions.get(last, ())
    begun = [path for name, paths in regions.items() if len(last) > 1 and name.startswith(last) for path in paths]
    near = [path for path in _paths(regions) if _differs_by_one(path.split("/"), parts)]
    skipped = [path for path in named if path.startswith(f"{parts[0]}/")]  # 山东省/博山区
    for found in (named, begun, near):
        agreeing = [path for path in found if len(parts) in (1, path.count("/") + 1)]
        if len(agreeing) == 1:
            return agreeing[0]
    if len(skipped) == 1:
        return skipped[0]
    return ""


def _differs_by_one(known: Sequence[str], parts: Sequence[str]) -> bool:
    if len(known) != len(parts) or known[:-1] != list(parts[:-1]):
        return False
    one, other = known[-1], parts[-1]
    return len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _paths(regions: Regions) -> frozenset[str]:
    return frozenset(path for paths in regions.values() for path in paths)


def _error(folder: Path, name: str, message: str) -> TableError:
    path = folder / CONFIGURATION
    return TableError(str(path), line_of(name, read_text(path)) if path.exists() else 0, message)
