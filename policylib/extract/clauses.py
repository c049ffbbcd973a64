"""Clauses that bear on validity and name no document: 与本办法不一致的以本办法为准, 未列入目录的一律废止 (domain.md §4,
§5.1, §7.1). They make no relation; people and rules look at them. Their patterns are rows of data/clauses.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from policylib.extract.layout import Line
from policylib.model import ClauseKind, Found, Span
from policylib.tables import toml_rows


@cache
def _rows() -> tuple[tuple[str, ClauseKind, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (f"clause.{row['id']}", row["kind"], tuple(row["words"]), re.compile(row["pattern"]))
        for row in toml_rows("clauses.toml")
    )


def find_clauses(lines: Sequence[Line]) -> tuple[Found[ClauseKind], ...]:
    """The clauses in these lines, in order, each with the words that say it."""
    whole = "\n".join(line.text for line in lines)
    spoken = [row for row in _rows() if any(word in whole for word in row[2])]
    found = [
        Found(kind, Span(*match.span()).shifted(line.span.start), rule)
        for line in (lines if spoken else ())
        for rule, kind, words, pattern in spoken
        if any(word in line.text for word in words)
        for match in pattern.finditer(line.text)
    ]
    return tuple(sorted(found, key=lambda one: one.span))
