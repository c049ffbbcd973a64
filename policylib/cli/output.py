"""Records as people and programs want them: an aligned table on a terminal, tabs on a pipe, json, csv."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import category, east_asian_width

import click

Row = Mapping[str, object]
Columns = Sequence[tuple[str, str]]
"""(key of the row, head), from left to right."""

_LEAST = 8  # cells that a column keeps when the terminal is narrow
_GAP = "  "
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # documents must not move a terminal's cursor


def write_rows(rows: Iterable[Row], columns: Columns, form: str, narrow: int | None = None) -> None:
    """The rows to stdout in the form that --format names. A terminal shows the first `narrow` columns only."""
    listed = list(rows)
    if form == "json":
        write_json([{key: row.get(key) for key, _ in columns} for row in listed])
    elif form == "csv":
        from policylib.export.table import csv_text

        click.echo(csv_text(listed, columns), nl=False)
    elif sys.stdout.isatty():
        _write_terminal(listed, columns[:narrow])
    else:
        _write_tabs(listed, columns)


def write_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def write_text(text: str) -> None:
    """Text that may hold words of documents, safe for a terminal."""
    click.echo("\n".join(map(plain, text.split("\n"))))


def plain(text: str) -> str:
    """The text without characters that steer a terminal."""
    return _CONTROL.sub(" ", text)


def cell(value: object) -> str:
    """A value on one line."""
    if value is None or value is False:
        return ""
    if value is True:
        return "是"
    if isinstance(value, (list, tuple)):
        return "；".join(cell(one) for one in value)
    return plain(str(value)).strip()


def _write_tabs(rows: Sequence[Row], columns: Columns) -> None:
    click.echo("\t".join(head for _, head in columns))
    for row in rows:
        click.echo("\t".join(cell(row.get(key)) for key, _ in columns))


def _write_terminal(rows: Sequence[Row], columns: Columns) -> None:
    heads = [head for _, head in columns]
    lines = [[cell(row.get(key)) for key, _ in columns] for row in rows]
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        for line in aligned(heads, lines, shutil.get_terminal_size().columns):
            click.echo(line)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for cells in lines:
        table.add_row(*(Text(one, style=_style(one)) for one in cells))
    Console(highlight=False).print(table)


def _style(text: str) -> str:
    if text.startswith(("废止", "失效", "error", "错误")):
        return "red"
    return "green" if text.startswith("有效") else ""


# Width -------------------------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """The cells that a text takes on a terminal: two for a Chinese character, none for a combining mark."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def shorten(text: str, cells: int, from_left: bool = False) -> str:
    """The text in at most so many cells, with … where something was left out."""
    if width(text) <= cells:
        return text
    kept: list[str] = []
    room = cells - 1
    for character in reversed(text) if from_left else text:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "…" + "".join(reversed(kept)) if from_left else "".join(kept) + "…"


def aligned(heads: Sequence[str], lines: Sequence[Sequence[str]], room: int) -> list[str]:
    """The table with its columns one under the other, the widest column cut until it fits into `room` cells; the first,
    by which people know a row, only when nothing else is left to cut."""
    wide = [max(width(line[at]) for line in (heads, *lines)) for at in range(len(heads))]
    while sum(wide) + len(_GAP) * (len(wide) - 1) > room and max(wide) > _LEAST:
        rest = wide[1:]
        at = 1 + rest.index(max(rest)) if rest and max(rest) > _LEAST else 0
        if wide[at] <= _LEAST:
            break
        wide[at] -= 1
    return [
        _GAP.join(padded(shorten(one, cells), cells) for one, cells in zip(line, wide, strict=True)).rstrip()
        for line in (heads, *lines)
    ]


def padded(text: str, cells: int) -> str:
    return text + " " * max(0, cells - width(text))


def folded(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells; Chinese breaks anywhere, but no line begins with a mark."""
    lines = [""]
    for character in text:
        if width(lines[-1]) + _cells(character) > cells and character not in "，。；：、）”":
            lines.append("")
        lines[-1] += character
    return lines


def record(one: object) -> object:
    """A record, or several, as JSON values."""
    from policylib.library.record_json import encode

    return json.loads(encode(one))
