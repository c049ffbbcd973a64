"""Tables of policylib's own that a library holds as papers: those that were read before `add` knew them. They stay,
since a file that has not changed is not read again, and their rows are taken for what papers say.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from policylib.library import store, whereabouts
from policylib.library.database import Database
from policylib.library.reading import heads_own_table, made_by_us
from policylib.own_tables import HEAD_ROWS, is_own_text

_READERS = ("xlsx", "csv", "txt")
"""Of what policylib writes, or a person sends to a file: `policylib list > 清单.txt`."""
_OPENING = 4000  # characters in which the first rows stand; a title and a remark above the head are short


def own_tables_held(database: Database) -> tuple[str, ...]:
    """The paths of these tables, by the heads by which `add` would pass them over now."""
    return tuple(sorted(path for paths in _found(database) for path in paths))


def _found(database: Database) -> Iterator[tuple[str, ...]]:
    home = database.path.parent
    for identity, reader, opening in store.openings(database, _READERS, _OPENING):
        lines = list(islice((line for line in opening.split("\n") if line.strip()), HEAD_ROWS))
        said = reader == "txt" and is_own_text(opening)
        if not (said or any(_parted(line) for line in lines)):
            continue
        paths = whereabouts.paths_of(database, identity)
        marked = reader == "xlsx" and any(made_by_us(home / path) for path in paths)
        if said or any(heads_own_table(line, marked) for line in lines):
            yield paths


def _parted(line: str) -> bool:
    """Whether it can be a row: a line of prose with no mark of a cell is asked no more."""
    return "\t" in line or "," in line
