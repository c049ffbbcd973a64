"""What the columns of a list mean, by their heads: the rows of lists.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from policylib.readers.rows import Row
from policylib.tables import toml_rows

_SAID = ("organs", "day", "outcome")
_REMARK = re.compile(r"[（(][^（()）]{0,40}[)）]|[\s:：*]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that lists have. `holds`: name, organs, day, outcome, note or nothing; see the head of lists.toml."""

    field: str
    holds: str
    labels: tuple[str, ...]
    empty: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    @property
    def is_said(self) -> bool:
        """Whether its cells become judgements."""
        return self.holds in _SAID


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a list: the place of each field, and the columns that nothing reads, as they are called."""

    places: Mapping[str, int]
    idle: tuple[str, ...]

    def values(self, row: Row) -> dict[str, str]:
        """The filled cells of a row by field, without the apostrophe that keeps a csv cell from being a formula."""
        found = {
            name: row.cells[place].lstrip("'").strip() for name, place in self.places.items() if place in row.cells
        }
        return {name: text for name, text in found.items() if text and text not in columns()[name].empty}


@cache
def columns() -> Mapping[str, Column]:
    """The columns by field."""
    made = (
        Column(row["field"], row["holds"], tuple(row["labels"]), frozenset(row.get("empty", ())),
               frozenset(row.get("refused", ())))
        for row in toml_rows("lists.toml", array="column")
    )  # fmt: skip
    return {column.field: column for column in made}


def column_of(label: str) -> Column | None:
    """The column that is headed so: 起草单位（盖章）, 文 号, 签发日期："""
    return _labels().get(_bare(label))


def head_of(row: Row, titles: Sequence[str] = ()) -> Head | None:
    """The row as a head, if it is one: it has a column that names the paper, and one that says something of it. Of
    columns that say the same, the surest counts (起草单位 before 承办单位), of equals the first. In a ledger of tasks,
    told by its other columns or by the lines above (`titles`), 责任单位 says nothing of the paper."""
    cells = sorted(row.cells.items())
    others = _tasks()["labels"] if is_of_tasks(row, titles) else ()
    known = [
        (place, text, column) for place, text in cells if (column := column_of(text)) and _bare(text) not in others
    ]
    if not {"name"} < {column.holds for _, _, column in known if column.holds in ("name", *_SAID)}:
        return None
    best: dict[str, tuple[int, int]] = {}
    for place, text, column in known:
        if column.holds != "nothing":
            choice = (column.labels.index(_bare(text)), place)
            best[column.field] = min(best.get(column.field, choice), choice)
    places = {field: place for field, (_, place) in sorted(best.items(), key=lambda pair: pair[1][1])}
    read = {*places.values(), *(place for place, _, column in known if column.holds == "nothing")}
    if "decision" in places:
        read |= {place for place, text in cells if _bare(text) in _proposals()}
    return Head(places, tuple(text for place, text in cells if place not in read))


def is_of_tasks(row: Row, titles: Sequence[str] = ()) -> bool:
    """Whether the row heads a ledger of tasks, in which 责任单位 are those who do them."""
    words = [_bare(text) for text in row.cells.values()]
    if not any(word in _tasks()["labels"] for word in words):
        return False
    return any(head in word for head in _tasks()["heads"] for word in words) or any(
        mark in title for mark in _tasks()["titles"] for title in titles
    )


@cache
def _tasks() -> Mapping[str, tuple[str, ...]]:
    [row] = toml_rows("lists.toml", array="tasks")
    return {name: tuple(row[name]) for name in ("labels", "heads", "titles")}


@cache
def _proposals() -> tuple[str, ...]:
    [row] = toml_rows("lists.toml", array="proposals")
    return tuple(row["labels"])


@cache
def _labels() -> Mapping[str, Column]:
    return {label: column for column in columns().values() for label in column.labels}


def _bare(label: str) -> str:
    return _REMARK.sub("", label)
