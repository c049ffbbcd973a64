"""The piece of a paper's text that a search shows with its hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from policylib.library import index, names, store
from policylib.library.database import Database
from policylib.library.index import comparable
from policylib.library.query import Words
from policylib.model import Elements, Found, Span
from policylib.tables import Tables

SNIPPET = 90  # characters: two lines of a terminal
_BEFORE = 25
_NEAR = 20
_STOP = re.compile(r"[\n。；！？]\s*")
_HEAD = 2000  # characters; the table of a page's metadata (索引号, 发布机构 …) stands there or is not passed over
_LABELLED = re.compile(
    r"[^\n]*(?:\n[ \u3000]*[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,11}[：:][ \u3000]*[^\s][^\n。]{0,60}(?=\n))*\s*"
)
"""The rest of a line, and the lines below it that are a label and its value: 主题分类：人才."""


def snippet_of(
    database: Database, tables: Tables, documents: Sequence[str], wanted: Sequence[Words]
) -> tuple[str, tuple[Span, ...]]:
    """The piece of the first of these documents that has what was asked for, and where it stands in that piece: of its
    body, where it is there, else of the table that a page sets before it. Empty where no words were asked for."""
    if not wanted:
        return "", ()
    for sha256 in documents:
        text = store.text_of(database, sha256)
        places = _places(database, tables, sha256, text, wanted) if text else []
        if text and places:
            return snippet(text, places, _body(database, sha256, text))
    return "", ()


def _body(database: Database, sha256: str, text: str) -> int:
    """Where the text goes on behind the page's table of metadata; 0 where it has none."""
    analysis = store.analysis_of(database, sha256)
    values = [getattr(analysis.elements, one.name) for one in fields(Elements)] if analysis else []
    ends = [
        one.span.end
        for one in values
        if isinstance(one, Found) and one.rule.startswith("metadata.") and one.span.end < _HEAD
    ]
    match = _LABELLED.match(text, max(ends)) if ends else None
    return match.end() if match else 0


def _places(database: Database, tables: Tables, sha256: str, text: str, wanted: Sequence[Words]) -> list[Span]:
    """Where the text says what was asked for: word for word, or a number in another spelling."""
    folded = comparable(text)
    places = {Span(*match.span()) for leaf in wanted for match in needle(leaf).finditer(folded)}
    for leaf in wanted:
        for number in names.number_of(leaf.text, tables):
            places |= {
                Span(start, end)
                for start, end in database.rows(
                    "select start, finish from mention join document on document.id = document"
                    " where sha256 = ? and number = ?",
                    (sha256, number.key),
                )
            }
    return sorted(places)


def needle(leaf: Words) -> re.Pattern[str]:
    """What a stretch of text looks like in a folded text: itself, or with any marks between its runs."""
    folded = comparable(leaf.text)
    if leaf.exact:
        return re.compile(re.escape(folded))
    return re.compile(r"[\W_]{1,20}".join(map(re.escape, index.runs(folded))))


def snippet(text: str, places: Sequence[Span], body: int = 0) -> tuple[str, tuple[Span, ...]]:
    """A piece of the text round the first place, on one line, and the places in it, joined where they overlap. It
    begins with a line or a sentence where one begins within 20 characters. What stands before `body` is shown only
    where all places do."""
    places = [place for place in places if place.start >= body] or places
    start = _beginning(text, max(0, places[0].start - _BEFORE), places[0].start)
    start = max(start, body) if body <= places[0].start else start
    end = min(len(text), max(start + SNIPPET, min(places[0].end, start + 2 * SNIPPET)))
    shown: list[Span] = []
    for place in places:
        if place.start >= end:
            break
        part = Span(place.start - start, min(place.end, end) - start)
        if shown and part.start <= shown[-1].end:
            shown[-1] = Span(shown[-1].start, max(part.end, shown[-1].end))
        else:
            shown.append(part)
    return re.sub(r"\s", " ", text[start:end]), tuple(shown)


def _beginning(text: str, wanted: int, latest: int) -> int:
    """The start of a line or sentence that is nearest to `wanted`; `wanted` where none is near."""
    first, last = max(0, wanted - _NEAR), min(latest, wanted + _NEAR)
    starts = [first] if first == 0 else []
    starts += [first + match.end() for match in _STOP.finditer(text[first:last])]
    return min(starts, key=lambda start: abs(start - wanted), default=wanted)
