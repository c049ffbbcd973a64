"""Facts and judgements: rows in and out. Every change raises the counter `facts` in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from policylib.errors import JudgementError, LibraryError
from policylib.library.database import Database
from policylib.library.judgement_form import formed
from policylib.library.reading import LITTLE_TEXT
from policylib.library.record_json import decode, encode
from policylib.model import Analysis, Block, Document, Judgement, Link, Problem, Source, Span
from policylib.readers.names import NAME_LEADS_OUT
from policylib.readers.sniff import MISNAMED, misnamed

T = TypeVar("T")
UNREAD_JUDGEMENT = "judgement.unread"
_RECORD_SHOWN = 200  # characters of a row that cannot be read

OF_PATHS = (MISNAMED, NAME_LEADS_OUT)
"""Problems of a path, and not of what stands there: the same content may have a good name elsewhere."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the library, and where its file stands (`paths`; `missing` where it stood)."""

    sha256: str
    paths: tuple[str, ...]
    missing: tuple[str, ...]
    reader: str
    media_type: str
    problems: tuple[Problem, ...]
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A fault inside a file that was read all the same; `quote` is what the text has there."""

    path: str
    problem: Problem
    quote: str = ""


def touch(database: Database) -> None:
    """The facts are newer than the derived rows now."""
    database.run("update meta set value = cast(value as integer) + 1 where name = 'facts'")


# Documents -----------------------------------------------------------------------------------------------------


def document_id(database: Database, sha256: str) -> int | None:
    found = database.row("select id from document where sha256 = ?", (sha256,))
    return int(found[0]) if found else None


def save_document(database: Database, document: Document, analysis: Analysis, engine: str) -> int:
    """Stores a document that is new to the library; the id of its row."""
    source = document.source
    identity = database.run(
        "insert into document (sha256, engine, media_type, reader, url, problems, analysis, links, layout, text)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (source.sha256, engine, source.media_type, source.reader, source.url, encode(document.problems),
         analysis.stored(), encode(document.links), encode(document.blocks), document.text),
    )  # fmt: skip
    _save_mentions(database, identity, analysis)
    touch(database)
    return identity


def save_analysis(database: Database, identity: int, analysis: Analysis, engine: str) -> None:
    """Puts a new analysis in the place of a stored document's old one."""
    database.run("update document set analysis = ?, engine = ? where id = ?", (analysis.stored(), engine, identity))
    database.run("delete from mention where document = ?", (identity,))
    _save_mentions(database, identity, analysis)
    touch(database)


def _save_mentions(database: Database, identity: int, analysis: Analysis) -> None:
    database.run_each(
        "insert or ignore into mention values (?, ?, ?, ?)",
        (
            (mention.number.key, identity, mention.span.start, mention.span.end)
            for mention in analysis.numbers
            if mention.number is not None
        ),
    )


def documents_of_other_engine(database: Database, engine: str) -> tuple[int, ...]:
    """Documents that were analysed with other rules or tables than the present ones."""
    return tuple(row[0] for row in database.rows("select id from document where engine <> ? order by id", (engine,)))


def load_document(database: Database, identity: int) -> Document | None:
    """The document as its reader gave it, without the file."""
    row = database.row(
        "select sha256, media_type, reader, url, text, layout, problems, links from document where id = ?", (identity,)
    )
    if row is None:
        return None
    sha256, media_type, reader, url, text, layout, problems, links = row
    return Document(
        source=Source(_path(database, identity), sha256, media_type, reader, url),
        text=text,
        blocks=decode(tuple[Block, ...], layout),
        problems=decode(tuple[Problem, ...], problems),
        links=decode(tuple[Link, ...], links),
    )


def openings(database: Database, readers: Sequence[str], length: int) -> Iterator[tuple[int, str, str]]:
    """Of each document that one of these read: its id, its reader, so many characters from its beginning."""
    yield from database.rows(
        "select id, reader, substr(text, 1, ?) from document where reader in (select value from json_each(?))",
        (length, json.dumps(readers)),
    )


def text_of(database: Database, sha256: str) -> str | None:
    row = database.row("select text from document where sha256 = ?", (sha256,))
    return None if row is None else str(row[0])


def analysis_of(database: Database, sha256: str) -> Analysis | None:
    row = database.row("select id, analysis from document where sha256 = ?", (sha256,))
    return None if row is None else Analysis.read_as_asked(row[1], _path(database, row[0]))


def links_of(database: Database, sha256: str) -> tuple[Link, ...] | None:
    row = database.row("select links from document where sha256 = ?", (sha256,))
    return None if row is None else decode(tuple[Link, ...], row[0])


class Stored(Mapping[str, T], Generic[T]):
    """Texts, analyses or links by the hash of their document, each read when it is asked for.

    `linked` says from which state of the facts everything was derived that names the hashes. A document that is gone
    since would be silently left out by who asks with `get`: so that raises LibraryError, and KeyError one never held.
    """

    def __init__(self, database: Database, read: Callable[[Database, str], T | None], linked: str) -> None:
        self._database = database
        self._read = read
        self._linked = linked

    def __getitem__(self, sha256: str) -> T:
        found = self._read(self._database, sha256)
        if found is None:
            self._check()
            raise KeyError(sha256)
        return found

    def __iter__(self) -> Iterator[str]:
        self._check()
        return (str(sha256) for (sha256,) in self._database.rows("select sha256 from document order by sha256"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _check(self) -> None:
        if self._database.meta("facts") != self._linked:
            raise LibraryError(
                f"{self._database.path}：取出的内容已经过时，此后有文件被移出、替换或读入。"
                "请等这些改动结束后重新运行（在程序里：重新取 library.snapshot()）"
            )


def analyses(database: Database) -> Iterator[Analysis]:
    """All analyses, ordered by hash, each with the path that its file has now."""
    paths = _paths(database)
    for identity, text in database.rows("select id, analysis from document order by sha256"):
        yield Analysis.read_as_asked(text, paths.get(identity, ""))


def _path(database: Database, identity: int) -> str:
    """Where a document's file stands: the first path in order that is there, else the first that was."""
    row = database.row("select path from file where document = ? order by missing, path limit 1", (identity,))
    return str(row[0]) if row else ""


def _paths(database: Database) -> dict[int, str]:
    """`_path` of all documents at once."""
    rows = database.rows("select document, path from file order by missing desc, path desc")
    return dict(rows)


def _places(database: Database) -> dict[int, list[str]]:
    """All paths of each document."""
    places: dict[int, list[str]] = {}
    for identity, path in database.rows("select document, path from file order by missing, path"):
        places.setdefault(identity, []).append(path)
    return places


def held_documents(database: Database) -> tuple[Held, ...]:
    """Every document as the facts have it now, with its paths, in order of its first path; `derived.documents` gives
    them as they were linked."""
    paths: dict[int, list[tuple[str, bool]]] = {}
    for identity, path, missing in database.rows("select document, path, missing from file order by path"):
        paths.setdefault(identity, []).append((path, bool(missing)))
    works: dict[int, list[str]] = {}
    for identity, key in database.rows("select document, key from holding join work on work.id = work order by key"):
        works.setdefault(identity, []).append(key)
    found = [
        Held(
            sha256=sha256,
            paths=tuple(path for path, missing in paths.get(identity, ()) if not missing),
            missing=tuple(path for path, missing in paths.get(identity, ()) if missing),
            reader=reader,
            media_type=media_type,
            problems=decode(tuple[Problem, ...], problems),
            works=tuple(works.get(identity, ())),
        )
        for identity, sha256, reader, media_type, problems in database.rows(
            "select id, sha256, reader, media_type, problems from document"
        )
    ]
    return tuple(sorted(found, key=lambda held: (*held.paths, *held.missing, held.sha256)))


def file_problems(database: Database, documents: Collection[str] | None = None) -> tuple[FileProblem, ...]:
    """What readers and analyses found wrong inside the documents, or those of these hashes, with the words, in order of
    path and place. A name that says another format, or leads out of its archive, is that of each path by itself; files
    of hardly any text may each lack another."""
    paths, places = _paths(database), _places(database)
    chosen = " and document.sha256 in (select value from json_each(?))" if documents is not None else ""
    values = (json.dumps([*documents]),) if documents is not None else ()
    found = [
        FileProblem(path, wrong, "")
        for path, reader in database.rows(
            f"select path, reader from file join document on document.id = document where not missing{chosen}", values
        )
        if (wrong := misnamed(reader, path))
    ]
    found += [
        FileProblem(path, problem, "")
        for path, stored in database.rows(
            "select path, file.problems from file join document on document.id = document"
            f" where file.problems <> '[]'{chosen}",
            values,
        )
        for problem in decode(tuple[Problem, ...], stored)
    ]
    found += [
        FileProblem(path, problem, quote_of(text, problem))
        for identity, text, *stored in database.each(
            "select id, text, problems, json_extract(analysis, '$.problems') from document"
            f" where (problems <> '[]' or json_extract(analysis, '$.problems') <> '[]'){chosen}",
            values,
        )
        for problem in dict.fromkeys((*decode(tuple[Problem, ...], stored[0]), *_problems(stored[1])))
        if problem.rule not in OF_PATHS
        for path in (places[identity] if problem.rule == LITTLE_TEXT else (paths.get(identity, ""),))
    ]
    return tuple(sorted(found, key=lambda one: (one.path, one.problem.span or Span(0, 0), one.problem.rule)))


def quote_of(text: str, problem: Problem) -> str:
    return problem.span.of(text) if problem.span else ""


def _problems(stored: str) -> tuple[Problem, ...]:
    """The problems of a stored analysis, in the form of its contract."""
    rows = json.loads(stored or "[]")
    spans = (Span(row["start"], row["end"]) if row["start"] is not None else None for row in rows)
    return tuple(Problem(row["rule"], row["message"], span) for row, span in zip(rows, spans, strict=True))


# Judgements ----------------------------------------------------------------------------------------------------


def save_judgement(database: Database, judgement: Judgement) -> None:
    database.run("insert into judgement (record) values (?)", (encode(judgement),))
    touch(database)


def judgements(database: Database) -> tuple[Judgement, ...]:
    """All judgements, the oldest first. One that cannot be read says nothing: see `unread_judgements`."""
    found = (_judgement(record) for _, record in _judgement_rows(database))
    return tuple(one for one in found if one is not None)


def unread_judgements(database: Database) -> Mapping[tuple[str, ...], FileProblem]:
    """What is stored as a judgement and is none, as an older version kept it, each as a problem of the library's file;
    until a person has said anew, or taken back, what it speaks of. By that: source, target, kind and field."""
    found: dict[tuple[str, ...], FileProblem] = {}
    for identity, record in _judgement_rows(database):
        if (read := _judgement(record)) is not None:
            found.pop(read.matter, None)
            continue
        said = _raw(record)
        about = tuple(str(said.get(name, "")) for name in ("source", "target", "kind", "field"))
        message = f"第 {identity} 条人工意见无法识别，没有采用。请用 policylib judge 重新登记这一项，登记后不再提示"
        problem = FileProblem(database.path.name, Problem(UNREAD_JUDGEMENT, message), record[:_RECORD_SHOWN])
        found[about if any(about) else (str(identity),)] = problem
    return found


def _judgement_rows(database: Database) -> list[tuple[int, str]]:
    return [(identity, record) for identity, record in database.rows("select id, record from judgement order by id")]


def _judgement(record: str) -> Judgement | None:
    """Whatever else stands in the row, it must not keep the library from opening."""
    try:
        return formed(decode(Judgement, record))
    except (ValueError, TypeError, AttributeError, JudgementError):
        return None


def _raw(record: str) -> Mapping[str, object]:
    try:
        said = json.loads(record)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
