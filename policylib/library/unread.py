"""Files that could not be read: remembered, so that each is told once, and read again only where that may help."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from policylib.library.database import Database
from policylib.library.reading import Failure
from policylib.readers import Limits

_EXTRAS = ("openpyxl", "xlrd", "rarfile", "rapidocr", "onnxruntime")  # what one of them reads, is tried again with it
_PASSING = frozenset({"UNREADABLE", "MISSING", "NEEDS_EXTRA"})  # causes that end without a trace in the file itself


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A file that could not be read, or a member of an archive, as it was then. `place`: the file on the disk; its size
    and time are 0 where even these could not be had. `mark`: what of policylib tried to read it."""

    failure: Failure
    place: str
    size: int
    mtime_ns: int
    mark: str

    def is_as_it_was(self, state: os.stat_result, mark: str) -> bool:
        """Whether reading it again would say the same."""
        known = (self.size, self.mtime_ns, self.mark) == (state.st_size, state.st_mtime_ns, mark)
        return known and self.failure.code not in _PASSING


def mark_of(engine: str, limits: Limits) -> str:
    """All that decides besides the file whether it can be read: rules, limits, and which extras are there."""
    return f"{engine} {limits} {' '.join(name for name in _EXTRAS if find_spec(name))}"


def rows_by_path(database: Database) -> dict[str, UnreadRow]:
    rows = database.rows("select path, code, message, remedy, place, size, mtime_ns, mark from unread order by path")
    return {row[0]: UnreadRow(Failure(*row[:4]), *row[4:]) for row in rows}


def save(database: Database, row: UnreadRow) -> None:
    one = row.failure
    database.run(
        "insert or replace into unread (path, code, message, remedy, place, size, mtime_ns, mark)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (one.path, one.code, one.message, one.remedy, row.place, row.size, row.mtime_ns, row.mark),
    )


def forget(database: Database, paths: Iterable[str]) -> None:
    database.run_each("delete from unread where path = ?", ((path,) for path in paths))
