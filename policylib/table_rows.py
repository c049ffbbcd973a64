"""The rows of issuers.csv and organs.csv, and what each cell of them may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policylib.regions import Regions, form_fault, region_fault

CODE_KINDS = ("full", "family", "region-prefix")
LEVELS = ("central", "provincial", "prefecture", "county")
CERTAINTIES = ("A", "A-", "B", "B-", "C", "X")
SUCCESSIONS = ("renamed", "merged", "split", "moved")
ORGAN_KINDS = ("organ", "region", "alias", *SUCCESSIONS, "abbreviation", "subunit", "plate", "branch")

_CODE = re.compile(r"[^\W\d_]*[\u3400-\u9fff〇][^\W\d_]*")
_HANZI = re.compile(r"[\u3400-\u9fff〇]")
_CELL = "{}"  # as a region is written in a cell

# Staff may head their own tables in Chinese.
_CHINESE_COLUMNS = {
    "代字": "code", "机关代字": "code", "发文机关": "issuer", "机关": "issuer", "层级": "level", "地区": "region",
    "类型": "kind", "把握": "certainty", "说明": "note", "备注": "note", "例": "example", "示例": "example",
    "名称": "name", "对应": "target", "全称": "target", "起始": "since", "日期": "since", "来源": "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeRow:
    """机关代字 and whose it is. kind full: the whole code. family: the beginning of many codes (国科发资, 国科发火).
    region-prefix: the character of a region. certainty X: several organs share it, never resolve it alone."""

    code: str
    issuer: str
    level: str = ""
    region: str = ""
    kind: str = "full"
    certainty: str = ""
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class OrganRow:
    """One fact about a name. organ: it is a known organ. region: `target` is its path (山东省/淄博市). alias,
    abbreviation: `target` is the long form. renamed, merged, split, moved: `target` follows it from `since`.
    subunit: it belongs to `target`. plate: `target` goes on acting under that name (保留牌子). branch: what a place
    calls so is the local branch of `target`, a national organ (税务局: 国家税务总局岚州市税务局)."""

    name: str
    kind: str
    target: str = ""
    since: str = ""
    region: str = ""
    source: str = ""
    note: str = ""


def head_of(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The columns that a head line names, in English or Chinese. Raises ValueError where one is no column or stands
    twice, or where one is missing that must not be."""
    head = [_CHINESE_COLUMNS.get(cell, cell) for cell in cells]
    while head and not head[-1]:
        head.pop()
    unknown = [cell for cell in head if cell not in columns]
    if unknown:
        raise ValueError(f"没有“{'、'.join(unknown)}”这样的列，可用的列：{_called(columns)}")
    twice = [cell for cell in columns if head.count(cell) > 1]
    if twice:
        raise ValueError(f"列“{'、'.join(twice)}”出现不止一次")
    needed = [column for column in columns[:2] if column not in head]
    if needed:
        raise ValueError(f"表头缺少列：{_called(needed)}")
    return head


def code_row(cells: dict[str, str]) -> CodeRow:
    """The row of issuers.csv that these filled cells make. Raises ValueError for a cell that cannot be so."""
    _need(cells, ("code", "issuer"))
    if not _CODE.fullmatch(cells["code"]):
        raise ValueError(f"code（代字）应是文号里年份前面的汉字，例如 岚科发，不是“{cells['code']}”")
    _named(cells, "issuer")
    cells.setdefault("kind", "full")
    _one_of(cells, "kind", CODE_KINDS)
    _one_of(cells, "level", LEVELS)
    _one_of(cells, "certainty", CERTAINTIES)
    if "example" in cells and not cells["example"].startswith(cells["code"]):
        raise ValueError(f"example 应是用这个代字的文号，以“{cells['code']}”开头，不是“{cells['example']}”")
    return CodeRow(**cells)


def organ_row(cells: dict[str, str]) -> OrganRow:
    """The row of organs.csv that these filled cells make. Raises ValueError for a cell that cannot be so."""
    _need(cells, ("name", "kind"))
    _named(cells, "name")
    _one_of(cells, "kind", ORGAN_KINDS)
    kind = cells["kind"]
    if kind != "organ":
        _need(cells, ("target",))
    if kind in SUCCESSIONS:
        _need(cells, ("since",))
    if "since" in cells:
        try:
            since_date(cells["since"])
        except ValueError:
            raise ValueError(f"since 应写作 2018-03 或 2018-03-21，不是“{cells['since']}”") from None
    if kind not in ("organ", "region") and cells["name"] == cells["target"]:
        raise ValueError(f"“{cells['name']}”指向了自己")
    return OrganRow(**cells)


def row_region_fault(row: CodeRow | OrganRow, regions: Regions) -> str:
    """What is wrong with the form of the region of a row; "" where nothing is. A region of good form that no table has
    may be there all the same."""
    if isinstance(row, OrganRow) and row.kind == "region" and form_fault(_CELL, row.target):
        return f"target（对应）有误：{_said_of(row.target, regions)}"
    if row.region and form_fault(_CELL, row.region):
        return f"region（地区）有误：{_said_of(row.region, regions)}"
    return ""


def row_region_doubt(row: CodeRow | OrganRow, regions: Regions) -> str:
    """What may be wrong with the region of a row, whose form is good: another that is known is written nearly so."""
    return region_fault(_CELL, row.region, regions) if row.region else ""


def _said_of(path: str, regions: Regions) -> str:
    return region_fault(_CELL, path, regions) or form_fault(_CELL, path)


def since_date(text: str) -> date:
    """The first day of 2018-03, or 2019-01-15 itself. Raises ValueError."""
    parts = [int(part) for part in text.split("-")]
    if not 2 <= len(parts) <= 3 or not 1900 <= parts[0] <= 2200:
        raise ValueError(text)
    return date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)


def _called(columns: Iterable[str]) -> str:
    """code（代字、机关代字）、issuer（发文机关、机关）: columns with the heads that staff may write instead."""
    heads = {column: [head for head, name in _CHINESE_COLUMNS.items() if name == column] for column in columns}
    return "、".join(f"{column}（{'、'.join(words)}）" if words else column for column, words in heads.items())


def _need(cells: Mapping[str, str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if not cells.get(column)]
    if missing:
        raise ValueError(f"缺少 {_called(missing)}")


def _named(cells: Mapping[str, str], column: str) -> None:
    if not _HANZI.search(cells[column]):
        raise ValueError(f"{_called([column])}应是机关或地区的名称，不是“{cells[column]}”")


def _one_of(cells: Mapping[str, str], column: str, allowed: Sequence[str]) -> None:
    value = cells.get(column)
    if value and value not in allowed:
        raise ValueError(f"{column} 不能是“{value}”，应为：{'、'.join(allowed)}")
