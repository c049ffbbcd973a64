"""The office's own list of its papers: who drafted them, and when the interpretation was approved and the paper signed.

What it says is kept as judgements whose reason names list and line (清单 2024.csv 第5行): the highest rung of the
ladder of drafters (E1, domain.md §6.2), and the days of 三同步 (INT-14). A row that is wrong costs itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policylib.errors import InputError, JudgementError, PolicylibError
from policylib.library.judging import DATES, FIELDS, day
from policylib.library.library import Library
from policylib.link.catalogue import similar
from policylib.model import Judgement, Work, nested
from policylib.readers.rows import Row, read_rows
from policylib.tables import toml_rows

PROVENANCE = "清单 "
_WHO = "本单位清单"
_NAMES = ("number", "title")
_REMARK = re.compile(r"[（(][^（()）]{0,40}[)）]|[\s:：*]")


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ManifestReport:
    """What was kept now; how many values were known already; rows and columns that were left out."""

    kept: tuple[Judgement, ...]
    known: int
    faults: tuple[RowFault, ...]
    idle: tuple[str, ...]


def read_manifest(library: Library, path: str | Path, who: str = "") -> ManifestReport:
    """Keeps what a list says of the papers of the library. Reading it again changes nothing, also where a person has
    said otherwise since; a value that was changed in the list is kept anew.

    Raises InputError for a file that is no table, or that has no head with 文号 or 标题.
    """
    rows = read_rows(path)
    place, columns, idle = _head(rows, str(path))
    words: list[Judgement] = []
    faults: list[RowFault] = []
    owners: dict[str, tuple[int, dict[str, str]]] = {}
    for row in rows[place + 1 :]:
        values = {field: row.cells[at] for field, at in columns.items() if at in row.cells}
        try:
            work, said = _of_row(library, values)
            line, earlier = owners.setdefault(work.key, (row.line, said))
            if any(earlier.get(field, value) != value for field, value in said.items()):
                raise JudgementError(f"与第{line}行是同一份文件，写的却不一样")
        except PolicylibError as error:
            faults.append(RowFault(row.line, str(error)))
            continue
        why = f"{PROVENANCE}{Path(path).name} 第{row.line}行"
        words += [Judgement("set", work.key, field=name, value=value, who=who or _WHO, why=why)
                  for name, value in said.items()]  # fmt: skip
    new = _new(words, library.judgements())
    if new:
        library.judge(*new)
    return ManifestReport(tuple(new), len(words) - len(new), tuple(faults), idle)


def _head(rows: Sequence[Row], path: str) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Where the head is, the column of each field, and the columns that nothing reads."""
    for place, row in enumerate(rows):
        named = {at: _labels().get(_REMARK.sub("", cell)) for at, cell in row.cells.items()}
        columns = {field: at for at, field in sorted(named.items(), reverse=True) if field}  # of two, the first
        columns = dict(sorted(columns.items(), key=lambda pair: pair[1]))
        if len(columns) >= 2 and any(name in columns for name in _NAMES):
            idle = tuple(cell for at, cell in row.cells.items() if at not in columns.values())
            return place, columns, idle
    heads = "、".join(str(row["labels"][0]) for row in toml_rows("interpretation.toml", array="column"))
    raise InputError(f"{path}: 没有找到表头", f"请在第一行写明各列，次序不限：{heads}；文号、标题至少有一列")


@cache
def _labels() -> dict[str, str]:
    rows = toml_rows("interpretation.toml", array="column")
    return {label: row["field"] for row in rows for label in row["labels"]}


def _of_row(library: Library, values: dict[str, str]) -> tuple[Work, dict[str, str]]:
    """The paper of a row, and what the row says of it. Raises PolicylibError."""
    name = values.get("number") or values.get("title")
    if not name:
        raise JudgementError("没有写文号，也没有写标题")
    work = library.get(name)
    title = values.get("title", "")
    names = (work.title, *work.aliases, *work.instruments)
    if title and not any(similar(one, title) for one in names if one):
        raise JudgementError(f"文号是{name}，标题写的是《{nested(title)}》，库中这个文号是{work.label}，请核对")
    if not work.held:
        raise JudgementError(f"{work.label}：库中没有原文，只见于引用，请先读入它的文件")
    return work, {field: _value(name, field, value) for field, value in values.items() if field not in _NAMES}


def _value(name: str, field: str, value: str) -> str:
    try:
        return day(value) if field in DATES else value
    except JudgementError as error:
        raise JudgementError(f"{name}：{FIELDS[field]}写得不对，{error}") from None


def _new(words: Sequence[Judgement], earlier: Sequence[Judgement]) -> list[Judgement]:
    """What no list has said last, and nobody at all."""
    last: dict[tuple[str, str], str] = {}
    listed: dict[tuple[str, str], str] = {}
    for one in earlier:
        if one.verdict == "set":
            last[one.source, one.field] = one.value
            if one.why.startswith(PROVENANCE):
                listed[one.source, one.field] = one.value
    fresh: dict[tuple[str, str], Judgement] = {}
    for one in words:
        if one.value not in (last.get((one.source, one.field)), listed.get((one.source, one.field))):
            fresh.setdefault((one.source, one.field), one)
    return list(fresh.values())
