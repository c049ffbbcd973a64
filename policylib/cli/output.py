"""Records as people and programs want them: a table or records on a terminal, tabs on a pipe, json, csv."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from itertools import chain

import click

from policylib.cli.terminal import lines_of
from policylib.cli.width import within
from policylib.export.plain import steady

Row = Mapping[str, object]
Columns = Sequence[tuple[str, str]]
"""(key of the row, head), from left to right."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def write_rows(rows: Iterable[Row], columns: Columns, form: str, shown: Columns | None = None) -> None:
    """The rows to stdout in the form that --format names. A terminal has `shown`, where these are given: what people
    look for first."""
    listed = list(rows)
    if form == "json":
        write_json([{key: row.get(key) for key, _ in columns} for row in listed])
    elif form == "csv":
        from policylib.export.table import csv_text

        write_csv(csv_text(listed, columns))
    elif sys.stdout.isatty():
        _write_terminal(listed, shown or columns)
    else:
        _write_tabs(listed, columns)


def counted(words: Iterable[str]) -> str:
    """废止 3，继续有效 4: in the order in which they first come."""
    return "，".join(f"{word} {count}" for word, count in Counter(words).items())


def write_json(value: object) -> None:
    echo_json(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def echo_json(text: str) -> None:
    """JSON to stdout. Programs take it for UTF-8, and Windows gives them GBK, in which some characters are lost: so
    what is no ASCII is written as \\u…, which is the same in both."""
    if not (_is_utf8() or sys.stdout.isatty()):
        text = _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    click.echo(text.removesuffix("\n"))


def write_csv(text: str) -> None:
    """A csv to stdout with its own line ends, which Windows would write twice; and without a byte order mark where it
    is not in UTF-8."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    click.echo(text if _is_utf8() else text.removeprefix("\ufeff"), nl=False)


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")


def write_text(text: str) -> None:
    """Text that may hold words of documents, safe for a terminal; on one, its lines are folded at its width."""
    lines = map(steady, text.split("\n"))
    room = shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else 0
    click.echo("\n".join(chain.from_iterable(within(line, room) for line in lines) if room else lines))


def cell(value: object) -> str:
    """A value on one line."""
    if value is None or value is False:
        return ""
    if value is True:
        return "是"
    if isinstance(value, (list, tuple)):
        return "；".join(cell(one) for one in value)
    return steady(str(value)).strip()


def _write_tabs(rows: Sequence[Row], columns: Columns) -> None:
    click.echo("\t".join(head for _, head in columns))
    for row in rows:
        click.echo("\t".join(cell(row.get(key)) for key, _ in columns))


def _write_terminal(rows: Sequence[Row], columns: Columns) -> None:
    heads = [head for _, head in columns]
    cells = [[cell(row.get(key)) for key, _ in columns] for row in rows]
    for line in lines_of(heads, cells, shutil.get_terminal_size().columns):
        click.echo(line, color=None if "NO_COLOR" not in os.environ else False)


def record(one: object) -> object:
    """A record, or several, as JSON values."""
    from policylib.library.record_json import encode

    return json.loads(encode(one))
