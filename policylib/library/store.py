"""Facts and judgements: rows in and out. Every change raises the counter `facts` in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

from policylib.errors import LibraryError
from policylib.library.index import delete_tokens
from policylib.library.record_json import decode, encode
from policylib.library.schema import Database
from policylib.model import Analysis, Block, Document, Judgement, Link, Problem, Source, Span
from policylib.readers.sniff import MISNAMED, misnamed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A path that was read once. `missing`: it was gone when its folder was added again. `container`: the archive or
    mail in which it is; size and time are then those of the archive."""

    path: str
    document: int
    sha256: str
    size: int
    mtime_ns: int
    missing: bool
    container: str | None = None


@dataclass(frozen=True, slots=True)
class ContainerRow:
    """An archive or a mail that was read once; its members are files. `complete`: every one of them could be read."""

    path: str
    sha256: str
    size: int
    mtime_ns: int
    missing: bool

    @property
    def complete(self) -> bool:
        return self.mtime_ns != 0


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


def reader_of(database: Database, identity: int) -> str:
    found = database.row("select reader from document where id = ?", (identity,))
    return str(found[0]) if found else ""


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
         _analysis_json(analysis), encode(document.links), encode(document.blocks), document.text),
    )  # fmt: skip
    _save_mentions(database, identity, analysis)
    touch(database)
    return identity


def save_analysis(database: Database, identity: int, analysis: Analysis, engine: str) -> None:
    """Puts a new analysis in the place of a stored document's old one."""
    database.run(
        "update document set analysis = ?, engine = ? where id = ?", (_analysis_json(analysis), engine, identity)
    )
    database.run("delete from mention where document = ?", (identity,))
    _save_mentions(database, identity, analysis)
    touch(database)


def _analysis_json(analysis: Analysis) -> str:
    return json.dumps(analysis.to_dict(), ensure_ascii=False, separators=(",", ":"))


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
    return None if row is None else _analysis(row[1], _path(database, row[0]))


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
        yield _analysis(text, paths.get(identity, ""))


def _analysis(text: str, path: str) -> Analysis:
    data = json.loads(text)
    data["source"]["path"] = path
    return Analysis.read_as_asked(data)


def _path(database: Database, identity: int) -> str:
    """Where a document's file stands: the first path in order that is there, else the first that was."""
    row = database.row("select path from file where document = ? order by missing, path limit 1", (identity,))
    return str(row[0]) if row else ""


def _paths(database: Database) -> dict[int, str]:
    """`_path` of all documents at once."""
    rows = database.rows("select document, path from file order by missing desc, path desc")
    return dict(rows)


def held_documents(database: Database) -> tuple[Held, ...]:
    """Every document with its paths, in order of its first path."""
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


def file_problems(database: Database) -> tuple[FileProblem, ...]:
    """What readers and analyses found wrong inside the documents, with the words, in order of path and place. A name
    that says another format is that of each path by itself."""
    paths = _paths(database)
    found = [
        FileProblem(path, wrong, "")
        for path, reader in database.rows(
            "select path, reader from file join document on document.id = document where not missing"
        )
        if (wrong := misnamed(reader, path))
    ]
    found += [
        FileProblem(paths.get(identity, ""), problem, quote_of(text, problem))
        for identity, text, *stored in database.each(
            "select id, text, problems, json_extract(analysis, '$.problems') from document"
            " where problems <> '[]' or json_extract(analysis, '$.problems') <> '[]'"
        )
        for problem in dict.fromkeys((*decode(tuple[Problem, ...], stored[0]), *_problems(stored[1])))
        if problem.rule != MISNAMED
    ]
    return tuple(sorted(found, key=lambda one: (one.path, one.problem.span or Span(0, 0), one.problem.rule)))


def quote_of(text: str, problem: Problem) -> str:
    return problem.span.of(text) if problem.span else ""


def _problems(stored: str) -> tuple[Problem, ...]:
    """The problems of a stored analysis, in the form of its contract."""
    rows = json.loads(stored or "[]")
    spans = (Span(row["start"], row["end"]) if row["start"] is not None else None for row in rows)
    return tuple(Problem(row["rule"], row["message"], span) for row, span in zip(rows, spans, strict=True))


# Files ---------------------------------------------------------------------------------------------------------


def file_rows(database: Database) -> dict[str, FileRow]:
    rows = database.rows(
        "select path, document, sha256, size, mtime_ns, missing, container"
        " from file join document on document.id = document"
    )
    return {
        path: FileRow(path, identity, sha256, size, mtime_ns, bool(missing), container)
        for path, identity, sha256, size, mtime_ns, missing, container in rows
    }


def save_file(
    database: Database, path: str, identity: int, size: int, mtime_ns: int, container: str | None = None
) -> None:
    """`path` holds this document now. A document that no path holds any more is dropped."""
    before = database.rows("select document from file where path = ?", (path,))
    database.run(
        "insert into file (path, document, size, mtime_ns, seen, container) values (?, ?, ?, ?, ?, ?)"
        " on conflict (path) do update set document = excluded.document, size = excluded.size,"
        " mtime_ns = excluded.mtime_ns, seen = excluded.seen, missing = 0, container = excluded.container",
        (path, identity, size, mtime_ns, datetime.now(UTC).isoformat(timespec="seconds"), container),
    )
    _drop_orphans(database, [former for (former,) in before])
    touch(database)


def same_content(database: Database, path: str, size: int, mtime_ns: int) -> None:
    """A file whose time changed and whose content did not: all that depends on it is of which day its labels speak."""
    rows = database.rows("select mtime_ns, seen from file where path = ?", (path,))
    database.run("update file set size = ?, mtime_ns = ? where path = ?", (size, mtime_ns, path))
    if any(_fetched(before, seen) != _fetched(mtime_ns, seen) for before, seen in rows):
        touch(database)


def fetched(database: Database) -> dict[str, date]:
    """When each file was fetched, by hash; of several copies the last: then the page still said so."""
    days: dict[str, date] = {}
    for sha256, mtime_ns, seen in database.rows(
        "select sha256, mtime_ns, seen from file join document on document.id = document"
    ):
        days[sha256] = max(days.get(sha256, date.min), _fetched(mtime_ns, seen))
    return days


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _fetched(mtime_ns: int, seen: str) -> date:
    """When it was last written, unless that lies behind the day on which it was read here."""
    written = timedelta(microseconds=mtime_ns // 1000)  # fromtimestamp knows no year before 1970 on Windows
    return (_EPOCH + min(written, datetime.fromisoformat(seen) - _EPOCH)).date()


def paths_of(database: Database, identity: int) -> tuple[str, ...]:
    rows = database.rows("select path from file where document = ? order by path", (identity,))
    return tuple(path for (path,) in rows)


def mark_missing(database: Database, paths: Iterable[str]) -> None:
    database.run_each("update file set missing = 1 where path = ?", ((path,) for path in paths))
    touch(database)


def forget_files(database: Database, paths: Iterable[str]) -> None:
    freed: list[int] = []
    for path in paths:
        freed += [identity for (identity,) in database.rows("select document from file where path = ?", (path,))]
        database.run("delete from file where path = ?", (path,))
    _drop_orphans(database, freed)
    touch(database)


def container_rows(database: Database) -> dict[str, ContainerRow]:
    rows = database.rows("select path, sha256, size, mtime_ns, missing from container")
    return {
        path: ContainerRow(path, sha256, size, mtime_ns, bool(missing))
        for path, sha256, size, mtime_ns, missing in rows
    }


def save_container(database: Database, path: str, sha256: str, size: int, mtime_ns: int) -> None:
    """`path` is an archive that was read now; `mtime_ns` is 0 where some of it could not be."""
    database.run(
        "insert into container values (?, ?, ?, ?, 0) on conflict (path) do update set sha256 = excluded.sha256,"
        " size = excluded.size, mtime_ns = excluded.mtime_ns, missing = 0",
        (path, sha256, size, mtime_ns),
    )


def move_container(database: Database, former: str, path: str) -> None:
    """The archive stands at `path` now, and so do its members."""
    database.run("update container set path = ?, missing = 0 where path = ?", (path, former))
    database.run(
        "update file set path = ? || substr(path, ?), container = ?, missing = 0 where container = ?",
        (path, len(former) + 1, path, former),
    )
    touch(database)


def mark_containers_missing(database: Database, paths: Iterable[str]) -> None:
    database.run_each("update container set missing = 1 where path = ?", ((path,) for path in paths))


def forget_containers(database: Database, paths: Iterable[str]) -> None:
    database.run_each("delete from container where path = ?", ((path,) for path in paths))


def _drop_orphans(database: Database, identities: Iterable[int]) -> None:
    """Deletes those documents that no path holds, and their tokens: FTS5 needs the text for that, so it goes first."""
    for identity in identities:
        if database.row("select 1 from file where document = ?", (identity,)):
            continue
        for indexed, text in database.rows("select indexed, text from document where id = ?", (identity,)):
            if indexed:
                delete_tokens(database, identity, text)
        database.run("delete from document where id = ?", (identity,))


# Judgements ----------------------------------------------------------------------------------------------------


def save_judgement(database: Database, judgement: Judgement) -> None:
    database.run("insert into judgement (record) values (?)", (encode(judgement),))
    touch(database)


def judgements(database: Database) -> tuple[Judgement, ...]:
    """All judgements, the oldest first."""
    rows = database.rows("select record from judgement order by id")
    return tuple(decode(Judgement, record) for (record,) in rows)
