"""Clauses that bear on validity and need name no document: 与本办法不一致的以本办法为准, 未列入目录的一律废止
(domain.md §4, §5.1, §7.1). They make no relation; people and rules look at them. Their patterns are rows of
data/clauses.toml."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from policylib.extract.layout import Line
from policylib.extract.sentences import places_of
from policylib.model import ClauseKind, Found, Span
from policylib.tables import toml_rows


class _Row(NamedTuple):
    """A row of data/clauses.toml. Only where one of its `words` stands a line is asked for the pattern."""

    rule: str
    kind: ClauseKind
    words: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(f"clause.{row['id']}", row["kind"], tuple(row["words"]), re.compile(row["pattern"]))
        for row in toml_rows("clauses.toml")
    )


def find_clauses(lines: Sequence[Line]) -> tuple[Found[ClauseKind], ...]:
    """The clauses in these lines, in order, each with the words that say it."""
    whole = "\n".join(line.text for line in lines)
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    found = [
        Found(kind, Span(*match.span()).shifted(lines[index].span.start), rule)
        for rule, kind, words, pattern in _rows()
        for index in sorted({bisect_right(ends, place) for word in words for place in places_of(word, whole)})
        for match in pattern.finditer(lines[index].text)
    ]
    return tuple(sorted(found, key=lambda one: one.span))
