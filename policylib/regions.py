"""Whether a path of regions (山东省/淄博市) can be one, and what is meant where it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Regions = Mapping[str, tuple[str, ...]]
"""A region's name to its paths, as `Tables.regions`."""

_PROVINCE = r"(?:北京|天津|上海|重庆)市|.{2,8}?(?:省|自治区|特别行政区|生产建设兵团)"
_BELOW = r".{2,10}?(?:自治州|地区|林区|市|盟)(?=.)|.+"
_UNPARTED = re.compile(rf"({_PROVINCE})({_BELOW})(.*)")
_PARTED = re.compile(r"[/／\\、，,>＞\s-]+")
_WHOLE_PROVINCE = re.compile(_PROVINCE)
_WHOLE_BELOW = re.compile(r".+(?:市|区|县|旗|州|盟|师|镇|乡|街道|苏木)")
_UNLISTED = "；确有这个地区的，补进 tables/organs.csv"


def region_fault(written: str, path: str, regions: Regions) -> str:
    """What is wrong with a region that a setting or a cell names, and how to write it; "" where nothing is known to be.
    `written`: how it is written there, {} for the path: jurisdiction = "{}"."""
    known = region_paths(regions)
    if path in known:
        return ""
    parts = path.split("/")
    loose = _PARTED.split(path)
    if len(loose) > 1 and loose != parts:
        return f"“{path}”没有用“/”分开，应写作 {written.format('/'.join(loose))}"
    if len(parts) == 1 and (match := _UNPARTED.fullmatch(path)):
        return f"“{path}”各级之间少了“/”，应写作 {written.format('/'.join(filter(None, match.groups())))}"
    if meant := _meant(parts, regions):
        return f"没有“{path}”这个地区，应写作 {written.format(meant)}{_UNLISTED}"
    return form_fault(written, path)


def form_fault(written: str, path: str) -> str:
    """What is wrong with the form of a path, also of one that no table has yet; "" where nothing is."""
    form = f"应从省写起，逐级用“/”分开，例如 {written.format('山东省/淄博市')}"
    parts = path.split("/")
    wrong = _misnamed(parts)
    if wrong and len(parts) == 1 and _WHOLE_BELOW.fullmatch(wrong):
        return f"“{path}”没有写明在哪个省（市），{form}"
    return f"“{wrong}”不是省、市、县、区的全称，{form}" if wrong else ""


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
    near = [path for path in region_paths(regions) if _differs_by_one(path.split("/"), parts)]
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


def region_paths(regions: Regions) -> frozenset[str]:
    """Every path that the tables know."""
    return frozenset(path for paths in regions.values() for path in paths)
