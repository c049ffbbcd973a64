"""Libraries of earlier builds: colleagues have some, with judgements in them that stand nowhere else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from policylib.library import Library
from policylib.library.schema import VERSION
from tests.library.conftest import DAMAGED

# What a version has that the one before had not, taken away.
_UNDONE: Mapping[int, tuple[str, ...]] = {
    5: ("drop table copy",),
    4: ("drop table held", "alter table file drop column problems"),
    3: ("drop table unread",),
    2: (
        "drop table container",
        "alter table file drop column container",
        "alter table document drop column links",
    ),
}
EARLIER = pytest.mark.parametrize("version", range(1, VERSION))


def as_of_version(library: Library, version: int) -> None:
    """The library as that version left it, closed."""
    for step in range(VERSION, version, -1):
        for statement in _UNDONE[step]:
            library._database.run(statement)
    library._database.run(f"pragma user_version = {version}")
    with library._database.transaction():
        library._database.set_meta("shape", "before")
    library.close()


def tables_of(library: Library) -> dict[str, set[tuple[object, ...]]]:
    """The tables, and the name, type and default of each column; where a column stands does not matter."""
    rows = library._database.rows
    names = [
        name for (name,) in rows("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    ]
    return {name: {tuple(row[1:]) for row in rows(f"pragma table_info({name})")} for name in names}


@EARLIER
def test_an_earlier_library_gets_the_tables_of_a_new_one(library: Library, version: int) -> None:
    new = tables_of(library)
    as_of_version(library, version)
    with Library.open(library.path) as again:
        assert tables_of(again) == new
        assert again._database.rows("pragma user_version") == [(VERSION,)]


@EARLIER
def test_an_earlier_library_gives_its_papers_and_takes_new_ones(office: Library, papers: Path, version: int) -> None:
    held, works = office.documents(), office.works()
    as_of_version(office, version)
    (papers / "坏.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    with Library.open(office.path) as again:
        assert (again.documents(), again.works()) == (held, works)
        assert [one.path for one in again.add(papers).failed] == ["文件/坏.pdf"]


def test_an_earlier_library_reads_its_archives_again_for_the_names_in_them(library: Library, papers: Path) -> None:
    with zipfile.ZipFile(papers / "包.zip", "w") as archive:
        archive.writestr("../一.txt", next(iter(DAMAGED.values())))
    library.add(papers / "包.zip")
    told = [(one.path, one.problem.rule) for one in library.problems()]
    assert ("文件/包.zip/一.txt", "NAME_LEADS_OUT") in told
    as_of_version(library, 3)
    with Library.open(library.path) as again:
        again.add(papers / "包.zip")
        assert [(one.path, one.problem.rule) for one in again.problems()] == told
