"""The marked copies that policylib wrote: a register, by which `add` knows them in whatever folder they lie.

A copy is no sign that the original on the site was marked: read as a page of the site, it would take the paper off
the list of what is to be marked (国办发〔2017〕24号; domain.md §7.2). The bytes tell it: a page saved anew has others.
A file that a site gives as it was put there (docx, pdf) has the same; so what stands at a path of the library, and
what is named itself, is read whatever it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from policylib.library.database import Database
from policylib.library.reading import hash_of
from policylib.marks import FOLDER


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy as it was written. `original`: the hash of what was marked."""

    sha256: str
    path: str
    original: str
    size: int


def copy_rows(database: Database) -> tuple[CopyRow, ...]:
    return tuple(CopyRow(*row) for row in database.rows("select sha256, path, original, size from copy order by path"))


def save_copy(database: Database, row: CopyRow) -> None:
    with database.transaction():
        database.run(
            "insert or replace into copy (sha256, path, original, size) values (?, ?, ?, ?)",
            (row.sha256, row.path, row.original, row.size),
        )


class Copies:
    """The register while `add` runs."""

    def __init__(self, rows: Collection[CopyRow]) -> None:
        self._written = {(row.path, row.sha256) for row in rows}
        self._sizes = {row.size for row in rows}
        self.hashes = frozenset(row.sha256 for row in rows)

    def is_one(self, path: Path, name: str, size: int, named: Collection[Path]) -> bool:
        """Whether a file of a folder, which the library calls `name`, is a copy and nothing else.

        Where the folder itself is named, its files are what somebody fetched; only where the copy was written it is one
        still, unless that is the folder of copies, which nobody names by chance.
        """
        if path in named or size not in self._sizes:
            return False
        sha256 = hash_of(path)
        if sha256 not in self.hashes:
            return False
        return path.parent not in named or ((name, sha256) in self._written and path.parent.name != FOLDER)
