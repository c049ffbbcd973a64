"""Where documents stand: files and containers of a library, as they were when they were last read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from policylib.errors import AmbiguousPolicy
from policylib.library import unread
from policylib.library.database import Database
from policylib.library.index import delete_tokens
from policylib.library.listing import meant, stored_path
from policylib.library.record_json import encode
from policylib.library.store import touch
from policylib.model import Problem


@dataclass(frozen=True, slots=True)
class FileRow:
    """A path that was read once. `missing`: it was gone when its folder was added again. `container`: the archive or
    mail in which it is; size and time are then those of the archive."""

    path: str
    document: int
    sha256: str
    size: int
    mtime_ns: int
    missing: bool
    container: str | None = None


@dataclass(frozen=True, slots=True)
class ContainerRow:
    """An archive or a mail that was read once; its members are files. `complete`: every one of them could be read."""

    path: str
    sha256: str
    size: int
    mtime_ns: int
    missing: bool

    @property
    def complete(self) -> bool:
        return self.mtime_ns != 0


def file_rows(database: Database) -> dict[str, FileRow]:
    rows = database.rows(
        "select path, document, sha256, size, mtime_ns, missing, container"
        " from file join document on document.id = document"
    )
    return {
        path: FileRow(path, identity, sha256, size, mtime_ns, bool(missing), container)
        for path, identity, sha256, size, mtime_ns, missing, container in rows
    }


def save_file(
    database: Database, path: str, identity: int, size: int, mtime_ns: int, container: str | None = None,
    problems: tuple[Problem, ...] = (),
) -> None:  # fmt: skip
    """`path` holds this document now; `problems` are those of the path itself. A document that no path holds any more
    is dropped."""
    before = database.rows("select document from file where path = ?", (path,))
    database.run(
        "insert into file (path, document, size, mtime_ns, seen, container, problems) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (path) do update set document = excluded.document, size = excluded.size,"
        " mtime_ns = excluded.mtime_ns, seen = excluded.seen, missing = 0, container = excluded.container,"
        " problems = excluded.problems",
        (path, identity, size, mtime_ns, datetime.now(UTC).isoformat(timespec="seconds"), container, encode(problems)),
    )
    _drop_orphans(database, [former for (former,) in before])
    touch(database)


def same_content(database: Database, path: str, size: int, mtime_ns: int) -> None:
    """A file whose time changed and whose content did not: all that depends on it is of which day its labels speak."""
    rows = database.rows("select mtime_ns, seen from file where path = ?", (path,))
    database.run("update file set size = ?, mtime_ns = ? where path = ?", (size, mtime_ns, path))
    if any(_fetched(before, seen) != _fetched(mtime_ns, seen) for before, seen in rows):
        touch(database)


def fetched(database: Database) -> dict[str, date]:
    """When each file was fetched, by hash; of several copies the last: then the page still said so."""
    days: dict[str, date] = {}
    for sha256, mtime_ns, seen in database.rows(
        "select sha256, mtime_ns, seen from file join document on document.id = document"
    ):
        days[sha256] = max(days.get(sha256, date.min), _fetched(mtime_ns, seen))
    return days


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _fetched(mtime_ns: int, seen: str) -> date:
    """When it was last written, unless that lies behind the day on which it was read here."""
    written = timedelta(microseconds=mtime_ns // 1000)  # fromtimestamp knows no year before 1970 on Windows
    return (_EPOCH + min(written, datetime.fromisoformat(seen) - _EPOCH)).date()


def paths_of(database: Database, identity: int) -> tuple[str, ...]:
    rows = database.rows("select path from file where document = ? order by path", (identity,))
    return tuple(path for (path,) in rows)


def mark_missing(database: Database, paths: Iterable[str]) -> None:
    database.run_each("update file set missing = 1 where path = ?", ((path,) for path in paths))
    touch(database)


def forget_files(database: Database, paths: Iterable[str]) -> None:
    freed: list[int] = []
    for path in paths:
        freed += [identity for (identity,) in database.rows("select document from file where path = ?", (path,))]
        database.run("delete from file where path = ?", (path,))
    _drop_orphans(database, freed)
    touch(database)


def container_rows(database: Database) -> dict[str, ContainerRow]:
    rows = database.rows("select path, sha256, size, mtime_ns, missing from container")
    return {
        path: ContainerRow(path, sha256, size, mtime_ns, bool(missing))
        for path, sha256, size, mtime_ns, missing in rows
    }


def save_container(database: Database, path: str, sha256: str, size: int, mtime_ns: int) -> None:
    """`path` is an archive that was read now; `mtime_ns` is 0 where some of it could not be."""
    database.run(
        "insert into container values (?, ?, ?, ?, 0) on conflict (path) do update set sha256 = excluded.sha256,"
        " size = excluded.size, mtime_ns = excluded.mtime_ns, missing = 0",
        (path, sha256, size, mtime_ns),
    )


def move_container(database: Database, former: str, path: str) -> None:
    """The archive stands at `path` now, and so do its members."""
    database.run("update container set path = ?, missing = 0 where path = ?", (path, former))
    database.run(
        "update file set path = ? || substr(path, ?), container = ?, missing = 0 where container = ?",
        (path, len(former) + 1, path, former),
    )
    touch(database)


def mark_containers_missing(database: Database, paths: Iterable[str]) -> None:
    database.run_each("update container set missing = 1 where path = ?", ((path,) for path in paths))


def forget_containers(database: Database, paths: Iterable[str]) -> None:
    database.run_each("delete from container where path = ?", ((path,) for path in paths))


def _drop_orphans(database: Database, identities: Iterable[int]) -> None:
    """Deletes those documents that no path holds, and their tokens: FTS5 needs the text for that, so it goes first."""
    for identity in identities:
        if database.row("select 1 from file where document = ?", (identity,)):
            continue
        for indexed, text in database.rows("select indexed, text from document where id = ?", (identity,)):
            if indexed:
                delete_tokens(database, identity, text)
        database.run("delete from document where id = ?", (identity,))


def stored_under(database: Database, paths: Sequence[str | Path]) -> dict[str, tuple[str, ...]]:
    """For each of `paths` the paths in the library that it means: itself, or all that stand below it, members of
    archives and the archives themselves too; whether or not they exist.

    Raises AmbiguousPolicy where one means something from the library's folder and something else from here.
    """
    home, containers = database.path.parent, container_rows(database)
    names = {**file_rows(database), **containers, **unread.rows_by_path(database)}
    places = [(name, home / name) for name in names]

    def under(top: Path) -> tuple[str, ...]:
        own = stored_path(top, home)
        if own in names and own not in containers:
            return (own,)
        return tuple(sorted(name for name, place in places if place.is_relative_to(top)))

    found: dict[str, tuple[str, ...]] = {}
    for path in paths:
        known = {top: below for top in meant(path, home) if (below := under(top))}
        if len(known) > 1:
            raise AmbiguousPolicy(str(path), tuple(map(str, known)))
        found[str(path)] = next(iter(known.values()), ())
    return found
