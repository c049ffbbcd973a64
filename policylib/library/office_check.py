"""Whether what `policylib.toml` says of the office can be: its region, its rule set, its name.

A region that nobody knows would make checks find less, and say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from policylib.errors import TableError
from policylib.link.organ_names import ORGAN_END
from policylib.link.organs import Registry
from policylib.model import Office
from policylib.readers.names import CONFIGURATION
from policylib.regions import region_fault, region_paths
from policylib.rule_sets import within
from policylib.table_files import read_text
from policylib.tables import Tables
from policylib.toml_lines import line_of

_OTHER_END = re.compile(r"(?:中心|大学|学院|学校|公司|研究院|研究所|协会|学会|馆|所|站|队|团|处|室)$")


def check_office(office: Office, tables: Tables, folder: Path) -> None:
    """Raises TableError, with the line and the right form, for a region that is none and an unknown rule set."""
    if office.jurisdiction and (fault := region_fault('jurisdiction = "{}"', office.jurisdiction, tables.regions)):
        raise TableError(*setting_place(folder, "jurisdiction"), fault)
    if office.profile and office.profile not in tables.profiles:
        known = "、".join(f"{name}（{row.get('title', '')}）" for name, row in sorted(tables.profiles.items()))
        message = f"没有“{office.profile}”这套规则，现有：{known}"
        raise TableError(*setting_place(folder, "profile"), message)


def office_doubts(office: Office, tables: Tables) -> Iterator[str]:
    """What may be wrong with it, in words: no reason to stop."""
    path = office.jurisdiction
    if path and path not in region_paths(tables.regions):
        yield (
            f"地区表里没有“{path}”，请核对写法；没有写错的，请把本地的机关和代字补进 tables/ 里的表："
            "不补会少查一些问题，见指南第五节"
        )
    if office.issuer:
        registry = Registry(tables, path)
        if _is_no_organ(office.issuer, registry, path):
            yield f'看不出本单位“{office.issuer}”是哪个机关，请写全称（带地区），例如 issuer = "淄博市科学技术局"'
        else:
            yield from _issuer_doubt(office.issuer, path, registry)


def cleanup_doubts(office: Office, tables: Tables) -> Iterator[str]:
    """What may be wrong with the organs whose papers a cleanup must deal with: of one that is written otherwise than
    its papers name it, a plan would have no paper, and say nothing of it."""
    registry = Registry(tables, office.jurisdiction)
    for name in office.cleanup_issuers:
        full = registry.canonical(name, office.jurisdiction)
        if _is_no_organ(name, registry, office.jurisdiction):
            yield f'看不出“{name}”是哪个机关，清理时找不到它的文件，请写全称（带地区），如 ["淄博市科学技术局"]'
        elif full and full != name and not _has_place(name, full):
            yield f"“{name}”不是全称，清理时找不到它的文件，请写作“{full}”"


def _is_no_organ(name: str, registry: Registry, region: str) -> bool:
    known = registry.canonical(name, region) is not None
    return not (known and (ORGAN_END.search(name) or _OTHER_END.search(name)))


def _issuer_doubt(issuer: str, region: str, registry: Registry) -> Iterator[str]:
    full = registry.canonical(issuer, region)
    where = registry.region_of(issuer)
    if full and full != issuer and not _has_place(issuer, full):
        yield f'本单位“{issuer}”不是全称，请写作 issuer = "{full}"'
    elif region and where and not within(where, region):
        yield f"本单位“{issuer}”不是所写地区（{region}）的机关，请核对 issuer 和 jurisdiction"


def _has_place(issuer: str, full: str) -> bool:
    """Whether it names its city, though without 市: 淄博高新技术产业开发区管理委员会."""
    return full.endswith(issuer) and full.startswith(issuer[:2])


def setting_place(folder: Path, name: str) -> tuple[str, int]:
    """Where `policylib.toml` writes a setting: the file, and the line or 0."""
    path = folder / CONFIGURATION
    return str(path), line_of(name, read_text(path)) if path.exists() else 0
