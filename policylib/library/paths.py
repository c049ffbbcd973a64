"""What a library knows of paths while a run of `add` changes it: which file stands where, and which is an archive."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from policylib.library import store, whereabouts
from policylib.library.database import Database
from policylib.library.failing import Failing
from policylib.library.listing import is_folder, is_gone, stored_path
from policylib.library.reports import Moved


class Paths:
    """The rows of files and of archives as they are by now, by path, and the sizes of what is known."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.home = database.path.parent
        self.known = whereabouts.file_rows(database)
        self.containers = whereabouts.container_rows(database)
        self.sizes = {row.size for rows in (self.known, self.containers) for row in rows.values()}

    def row(self, name: str) -> whereabouts.FileRow | whereabouts.ContainerRow | None:
        """What stood at a path when it was last looked at."""
        return self.known.get(name) or self.containers.get(name)

    def holds(self, sha256: str) -> bool:
        """Whether a document of this content is stored."""
        return store.document_id(self.database, sha256) is not None

    def documents_of(self, name: str) -> list[str]:
        """A file's own name; of an archive, the names of the documents in it."""
        if name not in self.containers:
            return [name]
        return sorted(one for one, row in self.known.items() if row.container == name and not row.missing)

    def remember(
        self, name: str, identity: int, sha256: str, state: os.stat_result, container: str | None = None
    ) -> None:
        """What stands at a path now."""
        self.known[name] = whereabouts.FileRow(
            name, identity, sha256, state.st_size, state.st_mtime_ns, False, container
        )
        self.sizes.add(state.st_size)

    def former(self, name: str, identity: int) -> Moved | None:
        """Where this content stood before: a path that is gone now, one that was there in the last run first, for that
        is what was renamed; else one where it still stands."""
        places = whereabouts.paths_of(self.database, identity)
        if not places:
            return None
        gone = sorted((path for path in places if self._is_gone(path)), key=self._was_missing)
        return Moved((gone or places)[0], name, copy=not gone)

    def _was_missing(self, name: str) -> bool:
        row = self.known.get(name)
        return row is not None and row.missing

    def _is_gone(self, name: str) -> bool:
        row = self.known.get(name)
        return is_gone(self.home / (row.container if row and row.container else name))

    def gone_container(self, sha256: str) -> whereabouts.ContainerRow | None:
        """The archive of this content that stood at a path which is gone."""
        rows = (row for row in self.containers.values() if row.sha256 == sha256)
        return next((row for row in rows if is_gone(self.home / row.path)), None)

    def forget_container(self, name: str) -> None:
        """What stood at a path as an archive is an archive no more."""
        if name in self.containers:
            whereabouts.forget_files(self.database, [one for one, row in self.known.items() if row.container == name])
            whereabouts.forget_containers(self.database, [name])
            del self.containers[name]

    # What is gone

    def vanished(self, paths: Sequence[Path], seen: set[str], failing: Failing) -> tuple[str, ...]:
        """Marks the files that stood under the added folders and stand there no more. A folder that is itself gone
        may be a disk that is not plugged in: its files are left alone."""
        tops = [path for path in paths if is_folder(path)]
        named = {stored_path(path, self.home) for path in paths}

        def gone(rows: Iterable[whereabouts.FileRow | whereabouts.ContainerRow]) -> list[str]:
            return [
                row.path
                for row in rows
                if not row.missing and row.path not in seen and self._is_told_gone(row.path, tops, named)
            ]

        failing.forget_gone(lambda place: place not in seen and self._is_told_gone(place, tops, named))
        containers = set(gone(self.containers.values()))
        files = gone(row for row in self.known.values() if not row.container)
        files += [row.path for row in self.known.values() if row.container in containers and not row.missing]
        if files or containers:
            with self.database.transaction():
                whereabouts.mark_missing(self.database, files)
                whereabouts.mark_containers_missing(self.database, containers)
        return tuple(sorted(files))

    def _is_told_gone(self, name: str, tops: Sequence[Path], named: Collection[str]) -> bool:
        """Whether a path is gone from the folders that are added, or is one that was named."""
        place = self.home / name
        return (name in named or any(place.is_relative_to(top) for top in tops)) and is_gone(place)
