"""Tables to a file that -o names, which is not written over where people have written in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from policylib.cli.common import say
from policylib.cli.output import Columns, Row
from policylib.errors import InputError, PolicylibError
from policylib.export import write_table
from policylib.export.sheet import Form
from policylib.export.table import cell
from policylib.own_tables import is_own_head, is_presumed
from policylib.readers.rows import Row as SheetRow
from policylib.readers.rows import read_rows

_FILLED_IN = (".csv", ".xlsx")
_KEY = "key"
_SHOWN = 20  # characters of what was written: enough to know it again


def save_table(
    rows: Sequence[Row], columns: Columns, path: Path, title: str, fill_in: Collection[str] = (),
    answers: Collection[str] = (), form: Form | None = None,
) -> None:  # fmt: skip
    """Writes the table as `write_table` does, on a sheet of that title. `fill_in`: the keys of the columns that people
    fill in and `judge --from` reads; `answers`: of those that are for people alone; `form` is that of a
    sheet to be filled in.

    Raises PolicylibError where the file is there and holds what people wrote: words in such a column that the new table
    does not have, or in a column that is none of ours; or where it is no table of policylib at all.
    """
    if path.suffix.lower() in _FILLED_IN and path.is_file() and path.stat().st_size:
        _keep(path, rows, columns, fill_in, answers)
    for cut in write_table(rows, columns, path, title, form):
        say(f"注意：{path} {cut}")


def _keep(
    path: Path, rows: Sequence[Row], columns: Columns, fill_in: Collection[str], answers: Collection[str]
) -> None:
    try:
        found = read_rows(path)
    except InputError as error:
        raise PolicylibError(
            f"没有写入：已有 {path}，又读不出里面有没有填过的内容（{error.message}）。请换一个文件名"
        ) from None
    if not found:
        return
    below = _below_head(found)
    if below is None:
        raise PolicylibError(f"没有写入：已有 {path}，不是 policylib 写出的表，不敢覆盖。请换一个文件名")
    for line, head, words in _written(*below, rows, columns, {*fill_in, *answers}):
        shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        back = f"没有读回的先用 policylib judge --from {path} 读回；" if fill_in else ""
        what = f"第 {line} 行“{head}”写着“{shown}”"
        raise PolicylibError(f"没有写入：{path} 已经填过（{what}），覆盖会丢掉。{back}要新的一份，请换一个文件名")


def _below_head(found: Sequence[SheetRow]) -> tuple[Mapping[int, str], Sequence[SheetRow]] | None:
    """The head of a table of policylib, and the rows below it."""
    for place, row in enumerate(found):
        heads = [text for _, text in sorted(row.cells.items())]
        if is_own_head(heads, marked=True):
            return row.cells, found[place + 1 :]
    return None


def _written(
    heads: Mapping[int, str], below: Sequence[SheetRow], rows: Sequence[Row], columns: Columns, fill_in: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """What people wrote: the line, the head of the column, the words."""
    keys = {head: key for key, head in columns}
    new = {_text(row.get(_KEY)): row for row in rows}
    place_of_key = next((place for place, head in heads.items() if keys.get(head) == _KEY), None)
    for row in below:
        own = new.get(_text(row.cells.get(place_of_key)) if place_of_key is not None else "", {})
        for place, words in row.cells.items():
            head = heads.get(place, "")
            key = keys.get(head)
            if key is None or (key in fill_in and _text(words) != _text(own.get(key)) and not is_presumed(words)):
                yield row.line, head or "表外一栏", words


def _text(value: object) -> str:
    """A value as it stands in a cell, without the apostrophe that keeps it from being a formula."""
    return cell(value).lstrip("'").strip()
