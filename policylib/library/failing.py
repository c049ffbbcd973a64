"""What a run of `add` could not read: which of it is news, which was known before, and what can be read at last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self

from policylib.library import unread
from policylib.library.database import Database
from policylib.library.reading import Failure


@dataclass(slots=True)
class Failing:
    """The files that could not be read, as they are remembered by now, and what there is to tell of this run: `news`,
    and what failed so before (`known`)."""

    database: Database
    mark: str
    _rows: dict[str, unread.UnreadRow]
    _by_place: dict[str, list[unread.UnreadRow]]
    news: list[Failure] = field(default_factory=list)
    known: list[Failure] = field(default_factory=list)

    @classmethod
    def remembered(cls, database: Database, mark: str) -> Self:
        """As the runs before have left it. `mark`: what of policylib reads now."""
        rows = unread.rows_by_path(database)
        by_place: dict[str, list[unread.UnreadRow]] = {}
        for row in rows.values():
            by_place.setdefault(row.place, []).append(row)
        return cls(database, mark, rows, by_place)

    def is_as_before(self, place: str, state: os.stat_result) -> bool:
        """Whether the file could not be read before, or a member of it, and that would be no different now."""
        rows = self._by_place.get(place, ())
        return bool(rows) and all(row.is_as_it_was(state, self.mark) for row in rows)

    def stays(self, place: str) -> None:
        """The file was not tried again: all that failed of it is as it was."""
        self.known += [row.failure for row in self._by_place[place]]

    def fails(self, failure: Failure, place: str, state: os.stat_result | None, *, tell: bool) -> None:
        """A file, or a member of the archive at `place`, that could not be read. It is news unless the file failed so
        before, as it is now, and nobody asked after it (`tell`)."""
        size, mtime_ns = (state.st_size, state.st_mtime_ns) if state else (0, 0)
        row = unread.UnreadRow(failure, place, size, mtime_ns, self.mark)
        before = self._rows.get(failure.path)
        if before != row and not self.database.read_only:
            with self.database.transaction():
                unread.save(self.database, row)
        self._rows[failure.path] = row
        same = before is not None and (before.failure, before.size, before.mtime_ns) == (failure, size, mtime_ns)
        (self.known if same and not tell else self.news).append(failure)

    def was_read(self, place: str) -> None:
        """Forgets what could not be read of a file before, and can now."""
        now = {one.path for one in (*self.news, *self.known)}
        rows = self._by_place.get(place, ())
        self._forget([row.failure.path for row in rows if row.failure.path not in now])

    def forget_gone(self, gone: Callable[[str], bool]) -> None:
        """Forgets what could not be read of files that are there no more."""
        self._forget([path for path, row in self._rows.items() if gone(row.place)])

    def _forget(self, paths: Iterable[str]) -> None:
        left = [*paths]
        if left and not self.database.read_only:
            with self.database.transaction():
                unread.forget(self.database, left)
