"""What may be wrong with an office's own tables, in words: no reason to stop, and `tables.load` is silent on it.

A file that nothing reads (organ.csv, cues.toml). A code that a table gives to several organs, or to another organ of
its region than the built-in table does: codes may be shared, and provinces share many. A region that is written nearly
as one that is known: counties in several cities have one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from policylib.regions import Regions
from policylib.rule_sets import within
from policylib.table_layers import ISSUERS, ORGANS, PROFILES, code_lines, idle, organ_lines
from policylib.table_rows import CodeRow, OrganRow, row_region_doubt
from policylib.tables import Tables, builtin, load

_SHARED = "X"


def table_doubts(overlay: Path | None, tables: Tables | None = None) -> tuple[str, ...]:
    """What is to be looked at in the tables of this folder, each with its file, and its line where it has one.
    `tables`: what `load` gave for it, where that is at hand.

    Raises TableError for a table that cannot be read.
    """
    if overlay is None:
        return ()
    regions = (load(overlay) if tables is None else tables).regions
    codes = code_lines(overlay)
    return (
        *_idle(overlay),
        *_codes(overlay / ISSUERS, codes),
        *_regions(overlay / ISSUERS, codes, regions),
        *_regions(overlay / ORGANS, organ_lines(overlay), regions),
    )


def _idle(overlay: Path) -> Iterator[str]:
    may_be = f"自己的表只能是 {ISSUERS}、{ORGANS} 和 {PROFILES}/*.toml"
    return (f"{overlay / name}：这个文件不起作用，{may_be}" for name in idle(overlay))


def _regions(path: Path, lines: Mapping[CodeRow, int] | Mapping[OrganRow, int], regions: Regions) -> Iterator[str]:
    """Each region once, where it stands first."""
    told: set[str] = set()
    for row, line in lines.items():
        if row.region not in told and (doubt := row_region_doubt(row, regions)):
            told.add(row.region)
            yield f"{path} 第{line}行：{doubt}"


def _codes(path: Path, lines: Mapping[CodeRow, int]) -> Iterator[str]:
    """Of whole codes and beginnings; the character of a region is shared by many."""
    first: dict[tuple[str, str], CodeRow] = {}
    for row, line in lines.items():
        if row.kind == "region-prefix":
            continue
        earlier = first.setdefault((row.code, row.kind), row)
        if earlier.issuer != row.issuer and _SHARED not in (earlier.certainty, row.certainty):
            advice = f"确是几家共用的，把握（certainty）写 {_SHARED}；不是的，删去写错的一行"
            yield f"{path} 第{line}行：代字“{row.code}”第{lines[earlier]}行已经登记给{earlier.issuer}。{advice}"
        elif earlier is row and (others := _others(row, builtin())):
            yield f"{path} 第{line}行：代字“{row.code}”内置表里是{'、'.join(others)}的，现在按{row.issuer}算，请核对"


def _others(row: CodeRow, tables: Tables) -> tuple[str, ...]:
    """The organs of the row's region, or above or below it, to which the built-in table gives the code for sure, where
    that of the row, or one that was renamed so, is not among them: who names his own office of those that share a code
    is right."""
    given = (tables.codes if row.kind == "full" else tables.families).get(row.code, ())
    known = tuple(one for one in given if _meets(row.region, one.region))
    names = {
        name for one in known for name in (one.issuer, *(next_ for next_, _ in tables.renames.get(one.issuer, ())))
    }
    shared = any(one.certainty == _SHARED for one in known)
    return () if shared or row.issuer in names else tuple(dict.fromkeys(one.issuer for one in known))


def _meets(region: str, other: str) -> bool:
    return not region or not other or within(region, other) or within(other, region)
