"""The tables of domain knowledge: issuer codes, organs, rule profiles, and every other file of policylib/data.

    builtin()           the tables that ship with policylib, read once
    load(overlay)       the same with the user's folder laid over them (`<library folder>/tables/`)
    toml_rows(name)     the rows of one .toml table, for the room that knows what they mean
    rows(name)          any table as text cells, with the origin of each row, for `policylib tables`
    names(overlay)      the tables there are

An overlay file has the name of the built-in one. Its rows replace all built-in rows of the same key (a code and its
kind, an organ's name and its kind); other rows are added. So far this holds for issuers.csv, organs.csv and profiles/
only: the rooms that read the other tables read the built-in ones. Files are UTF-8, or GB 18030 as Excel saves
them; the head line of a .csv may be in Chinese (代字, 发文机关 …).

Raises TableError for a wrong row, with file and line. What only may be wrong, such as a file that nothing reads, says
`policylib.table_doubts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policylib.errors import TableError
from policylib.profile_form import check_profile
from policylib.regions import Regions
from policylib.table_files import check_folder, read_text
from policylib.table_layers import (
    ISSUERS,
    ORGANS,
    PROFILES,
    Row,
    T,
    code_lines,
    code_rows,
    is_laid_over,
    organ_lines,
    organ_rows,
    origin,
    parsed_toml,
    places,
    toml_entries,
)
from policylib.table_layers import names as names
from policylib.table_rows import (
    ORGAN_KINDS,
    SUCCESSIONS,
    CodeRow,
    OrganRow,
    row_region_fault,
    since_date,
)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """All that `issuers.csv`, `organs.csv` and `profiles/` say, ready to look up.

    codes, families, region_prefixes   by code; several rows where organs share it
    organs          known organs and sub-units, by name
    renames         former name to its direct successors, each with the day from which it holds
    plates          former names that their successors keep as plates, so that nobody writes them wrongly
    aliases         another name of one organ to its full name (科技部: 科学技术部)
    abbreviations   a part that local organs shorten, to its long form (科技局: 科学技术局)
    branches        what places call the branch of a national organ, to that organ (税务局: 国家税务总局)
    regions         a region's name to its paths; several where counties share the name
    profiles        rule sets by `id`, as their .toml file says them
    """

    codes: Mapping[str, tuple[CodeRow, ...]]
    families: Mapping[str, tuple[CodeRow, ...]]
    region_prefixes: Mapping[str, tuple[CodeRow, ...]]
    organs: Mapping[str, OrganRow]
    renames: Mapping[str, tuple[tuple[str, date], ...]]
    plates: frozenset[str]
    aliases: Mapping[str, str]
    abbreviations: Mapping[str, str]
    branches: Mapping[str, str]
    regions: Mapping[str, tuple[str, ...]]
    profiles: Mapping[str, Row]

    def __reduce__(self) -> tuple[Callable[..., Tables], tuple[object, ...]]:
        return _unpickled, ({one.name: _writable(getattr(self, one.name)) for one in fields(self)},)


def _writable(value: object) -> object:
    """A mapping as one that passes from process to process, which those that may only be read do not."""
    return {key: _writable(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def _unpickled(values: dict[str, Any]) -> Tables:
    values["profiles"] = {name: MappingProxyType(row) for name, row in values["profiles"].items()}
    given: dict[str, Any] = {
        name: MappingProxyType(one) if isinstance(one, dict) else one for name, one in values.items()
    }
    return Tables(**given)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as text, for people: `origins` says for each row which file it comes from."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origins: tuple[str, ...]


@cache
def builtin() -> Tables:
    """The tables that ship with policylib."""
    return load(None)


def load(overlay: str | Path | None = None) -> Tables:
    """The built-in tables with the folder `overlay` laid over them; a folder that does not exist adds nothing.

    Raises TableError.
    """
    if overlay is not None:
        overlay = Path(overlay)
        check_folder(overlay, (ISSUERS, ORGANS), PROFILES)
    codes = [row for _, row in code_rows(overlay)]
    listed = organ_rows(overlay)
    for kind in ("renamed", "alias"):
        _no_circle(listed, kind)
    organs = [row for _, row in listed]
    kinds: dict[str, list[OrganRow]] = {kind: [] for kind in ORGAN_KINDS}
    for row in organs:
        kinds[row.kind].append(row)
    successions = [row for row in organs if row.kind in SUCCESSIONS]
    regions = _grouped((row.name, row.target) for row in kinds["region"])
    if overlay is not None:
        _regions_may_be(overlay / ISSUERS, code_lines(overlay), regions)
        _regions_may_be(overlay / ORGANS, organ_lines(overlay), regions)
    return Tables(
        codes=_grouped((row.code, row) for row in codes if row.kind == "full"),
        families=_grouped((row.code, row) for row in codes if row.kind == "family"),
        region_prefixes=_grouped((row.code, row) for row in codes if row.kind == "region-prefix"),
        organs=MappingProxyType({row.name: row for row in (*kinds["organ"], *kinds["subunit"])}),
        renames=_grouped((row.name, (row.target, since_date(row.since))) for row in successions),
        plates=frozenset(row.name for row in kinds["plate"]),
        aliases=MappingProxyType({row.name: row.target for row in kinds["alias"]}),
        abbreviations=MappingProxyType({row.name: row.target for row in kinds["abbreviation"]}),
        branches=MappingProxyType({row.name: row.target for row in kinds["branch"]}),
        regions=regions,
        profiles=_profiles(overlay, regions),
    )


def toml_rows(name: str, overlay: Path | None = None, array: str | None = None) -> tuple[Row, ...]:
    """The rows of a .toml table in the order of the file: its arrays of tables ([[cue]] …), or only the one named.

    A row of the overlay with the same array and `id` takes the place of the built-in one.

    Raises TableError where the file is missing, is no TOML, or names an `id` twice.
    """
    return tuple(row for _, row in toml_entries(name, overlay, array))


def rows(name: str, overlay: Path | None = None) -> Listing:
    """A table as text cells. `name` is one of `names()`; the suffix may be left out.

    Raises TableError.
    """
    name = next((one for one in names(overlay) if name in (one, one.rpartition(".")[0])), name)
    overlay = overlay if is_laid_over(name) else None
    if name in (ISSUERS, ORGANS):
        read: Callable[[Path | None], Sequence[tuple[Path, CodeRow | OrganRow]]]
        read = code_rows if name == ISSUERS else organ_rows
        columns = tuple((CodeRow if name == ISSUERS else OrganRow).__dataclass_fields__)
        listed = read(overlay)
        cells = tuple(tuple(str(getattr(row, column)) for column in columns) for _, row in listed)
        return Listing(name, columns, cells, tuple(origin(path) for path, _ in listed))
    if name.startswith(f"{PROFILES}/"):
        path = places(name, overlay)[-1]
        flat = tuple(_flattened(parsed_toml(path)))
        return Listing(name, ("key", "value"), flat, tuple(origin(path) for _ in flat))
    found = toml_entries(name, overlay)
    columns = tuple(dict.fromkeys(key for _, row in found for key in row))
    cells = tuple(tuple(_cell(row.get(column, "")) for column in columns) for _, row in found)
    return Listing(name, columns, cells, tuple(origin(path) for path, _ in found))


def _regions_may_be(path: Path, lines: Mapping[CodeRow, int] | Mapping[OrganRow, int], regions: Regions) -> None:
    """Raises TableError for the first row of an office's own whose region cannot be."""
    for row, line in lines.items():
        if fault := row_region_fault(row, regions):
            raise TableError(str(path), line, fault)


def _no_circle(organs: Sequence[tuple[Path, OrganRow]], kind: str) -> None:
    """Raises TableError where names of this kind lead back to themselves: the row that came last closes the circle."""
    leads: dict[str, list[str]] = {}
    for path, row in organs:
        if row.kind != kind:
            continue
        trail = _trail(leads, row.target, row.name)
        if trail:
            line = organ_lines(path.parent)[row]
            circle = "→".join((row.name, *trail))
            raise TableError(str(path), line, f"{kind} 绕成了一圈：{circle}，请核对哪一行写反了")
        leads.setdefault(row.name, []).append(row.target)


def _trail(leads: Mapping[str, Sequence[str]], start: str, end: str) -> tuple[str, ...]:
    """The names on a way from one to another, both named; () where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == end:
            return way
        for name in leads.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def _profiles(overlay: Path | None, regions: Mapping[str, tuple[str, ...]]) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    element_names = _element_names()
    for name in names(overlay):
        if name.startswith(f"{PROFILES}/"):
            path = places(name, overlay)[-1]
            profile = parsed_toml(path)
            if not isinstance(profile.get("id"), str):
                raise TableError(str(path), 1, '缺少 id，请在第一行写明，例如 id = "shandong-2024"')
            if profile["id"] in found:
                raise TableError(str(path), 1, f"id“{profile['id']}”已用于另一个规则文件，请改名")
            check_profile(profile, path, read_text(path), regions, element_names)
            found[profile["id"]] = MappingProxyType(profile)
    return MappingProxyType(found)


def _element_names() -> frozenset[str]:
    return frozenset(row["name"] for row in toml_rows("interpretation.toml", array="element"))


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})


def _cell(value: object) -> str:
    return "、".join(_cell(one) for one in value) if isinstance(value, list) else str(value)


def _flattened(data: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", _cell(value)
