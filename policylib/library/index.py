"""The full-text index: character bigrams in FTS5, contentless. `search` asks it, `derived` fills it.

A run is a stretch of letters, digits and characters without punctuation. 〔2017〕17号文 has the runs 2017 and 17号文
and gives the tokens `20 01 17 7 17 7号 号文 文`: all pairs of neighbours, and the last character of every run alone.
So every substring of a run is a row of neighbouring tokens, and no row of tokens of one run is found across a mark:
phrases without punctuation are exact, with full recall, and need no word list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add

from policylib.extract.folding import fold
from policylib.library.database import Database

INDEX_VERSION = 1  # raise it when tokens or folding change: every library then indexes its texts again
_BULK = 500  # documents, from which on a large write buffer pays
_BULK_BYTES, _USUAL_BYTES = 64 << 20, 1 << 20

_RUN = re.compile(r"[^\W_]+")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def comparable(text: str) -> str:
    """`text` as searches compare it, same length: folded, and Latin letters small."""
    return fold(text).translate(_LOWER)


def runs(comparable_text: str) -> list[str]:
    return _RUN.findall(comparable_text)


def tokens(text: str) -> str:
    """What FTS5 is given for a text: its tokens with spaces between."""
    found: list[str] = []
    for run in runs(comparable(text)):
        found.extend(map(add, run, run[1:]))
        found.append(run[-1])
    return " ".join(found)


def match_expression(wanted: str) -> str | None:
    """The FTS5 expression for texts that hold `wanted`, its punctuation aside; None when it is nothing but marks.

    公开 gives `"公开"`; 17号 gives `"17 7号"`; 号 gives `"号" *`; 《办法》的 gives `"办法 法" + "的" *`.
    """
    found = runs(comparable(wanted))
    if not found:
        return None
    *inner, last = found
    words = [token for run in inner for token in (*map(add, run, run[1:]), run[-1])]
    words += map(add, last, last[1:])
    if len(last) > 1:
        return _quoted(words)
    return " + ".join([*([_quoted(words)] if words else []), f"{_quoted([last])} *"])


def _quoted(words: list[str]) -> str:
    return '"' + " ".join(words) + '"'


def delete_tokens(database: Database, identity: int, text: str) -> None:
    """Takes a document out of the index; `text` must be the one that was indexed."""
    database.run("insert into full_text (full_text, rowid, tokens) values ('delete', ?, ?)", (identity, tokens(text)))


def fill(database: Database) -> None:
    """Indexes the documents that are not indexed yet. Within the caller's transaction."""
    if database.row("select 1 from document where indexed not in (0, ?)", (INDEX_VERSION,)):
        database.run("insert into full_text (full_text) values ('delete-all')")
        database.run("update document set indexed = 0")
    waiting = [identity for (identity,) in database.rows("select id from document where indexed = 0 order by id")]
    if len(waiting) >= _BULK:
        _set_buffer(database, _BULK_BYTES)
    for identity, text in _texts(database, waiting):
        database.run("insert into full_text (rowid, tokens) values (?, ?)", (identity, tokens(text)))
        database.run("update document set indexed = ? where id = ?", (INDEX_VERSION, identity))
    if len(waiting) >= _BULK:
        _set_buffer(database, _USUAL_BYTES)


def _texts(database: Database, identities: list[int]) -> Iterator[tuple[int, str]]:
    for identity in identities:
        yield from database.rows("select id, text from document where id = ?", (identity,))


def _set_buffer(database: Database, size: int) -> None:
    database.run("insert into full_text (full_text, rank) values ('hashsize', ?)", (size,))
