"""Records as people and programs want them: a table or records on a terminal, tabs on a pipe, json, csv."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence

import click

from policylib.cli.terminal import lines_of

Row = Mapping[str, object]
Columns = Sequence[tuple[str, str]]
"""(key of the row, head), from left to right."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # documents must not move a terminal's cursor


def write_rows(rows: Iterable[Row], columns: Columns, form: str, shown: Columns | None = None) -> None:
    """The rows to stdout in the form that --format names. A terminal has `shown`, where these are given: what people
    look for first."""
    listed = list(rows)
    if form == "json":
        write_json([{key: row.get(key) for key, _ in columns} for row in listed])
    elif form == "csv":
        from policylib.export.table import csv_text

        click.echo(csv_text(listed, columns), nl=False)
    elif sys.stdout.isatty():
        _write_terminal(listed, shown or columns)
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
    cells = [[cell(row.get(key)) for key, _ in columns] for row in rows]
    for line in lines_of(heads, cells, shutil.get_terminal_size().columns):
        click.echo(line, color=None if "NO_COLOR" not in os.environ else False)


def record(one: object) -> object:
    """A record, or several, as JSON values."""
    from policylib.library.record_json import encode

    return json.loads(encode(one))
