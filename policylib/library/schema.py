"""The one file of a library: its tables, their version, and the connection that every other module here speaks to.

Facts come from files, judgements from people; everything below “derived” is thrown away and built again from them.
SQLite 3.40 is the oldest that is supported.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any

from policylib.errors import LibraryError, LibraryLocked, LibraryNotFound, QueryError, SchemaTooNew, cause

FILE_NAME = "policies.plib"
APPLICATION = 0x706C6962  # "plib": tells a library from any other SQLite file
VERSION = 4
WAIT_SECONDS = 20.0  # the worst wait measured with two writers was 2.4 s
_LONGEST_WAIT = 86_400  # a day; SQLite counts milliseconds, and turns what it cannot count into no wait at all
_SHOWN = 60  # characters of what a message repeats

# Small columns stand before large ones: SQLite walks a row's overflow pages to reach what lies behind a long text.
_TABLES = """
create table meta (name text primary key, value text not null) without rowid;

-- facts
create table document (
    id integer primary key,
    sha256 text not null unique,
    indexed integer not null default 0,
    engine text not null,
    media_type text not null,
    reader text not null,
    url text,
    problems text not null,
    analysis text not null,
    links text not null default '[]',
    layout text not null,
    text text not null
);
create table file (
    path text primary key,
    document integer not null references document (id),
    size integer not null,
    mtime_ns integer not null,
    seen text not null,
    missing integer not null default 0,
    container text,
    problems text not null default '[]'
) without rowid;
create table container (
    path text primary key,
    sha256 text not null,
    size integer not null,
    mtime_ns integer not null,
    missing integer not null default 0
) without rowid;
create table unread (
    path text primary key,
    code text not null,
    message text not null,
    remedy text not null,
    place text not null,
    size integer not null,
    mtime_ns integer not null,
    mark text not null
) without rowid;
create index file_document on file (document);
create table mention (
    number text not null,
    document integer not null references document (id) on delete cascade,
    start integer not null,
    finish integer not null,
    primary key (number, document, start)
) without rowid;
create index mention_document on mention (document);

-- judgements
create table judgement (id integer primary key, record text not null);

-- derived
create table work (
    id integer primary key,
    key text not null unique,
    role text not null,
    held integer not null,
    year integer,
    day text,
    kind text,
    record text not null
);
create table name (
    form text not null,
    kind text not null,
    work integer not null references work (id) on delete cascade,
    primary key (form, kind, work)
) without rowid;
create table issuer (name text not null, work integer not null references work (id) on delete cascade,
    primary key (name, work)) without rowid;
create table holding (
    document integer not null references document (id) on delete cascade,
    work integer not null references work (id) on delete cascade,
    primary key (document, work)
) without rowid;
create index holding_work on holding (work);
create index issuer_work on issuer (work);
create index name_work on name (work);
create table relation (id integer primary key, source text not null, target text not null, record text not null);
create index relation_source on relation (source);
create index relation_target on relation (target);
create table effect (id integer primary key, work text not null, record text not null);
create index effect_work on effect (work);
create table unresolved (id integer primary key, source text not null, record text not null);
create index unresolved_source on unresolved (source);
create table held (id integer primary key, sha256 text not null unique, record text not null);
create virtual table full_text using fts5 (tokens, content = '', tokenize = 'ascii');
"""


def _to_version_2(connection: sqlite3.Connection) -> None:
    """Links of documents; archives and mails, whose members are files."""
    connection.execute("alter table document add column links text not null default '[]'")
    connection.execute("alter table file add column container text")
    connection.execute(
        "create table container (path text primary key, sha256 text not null, size integer not null,"
        " mtime_ns integer not null, missing integer not null default 0) without rowid"
    )


def _to_version_3(connection: sqlite3.Connection) -> None:
    """Files that could not be read."""
    connection.execute(
        "create table unread (path text primary key, code text not null, message text not null, remedy text not null,"
        " place text not null, size integer not null, mtime_ns integer not null, mark text not null) without rowid"
    )


def _to_version_4(connection: sqlite3.Connection) -> None:
    """The documents as they were when they were linked. What is wrong with a name in an archive is kept with the name,
    and no more with the content, which may stand elsewhere under a good one: archives are read again for it."""
    connection.execute("create table held (id integer primary key, sha256 text not null unique, record text not null)")
    connection.execute("alter table file add column problems text not null default '[]'")
    connection.execute("update container set mtime_ns = 0")


# Version n to version n + 1, in order: `_MIGRATIONS[0]` makes a library of version 1 one of version 2.
_MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_to_version_2, _to_version_3, _to_version_4)


class Database:
    """A connection whose errors are ours, in Chinese. Reads outside `transaction` see the last commit."""

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection

    def close(self) -> None:
        with _translated(self.path):
            self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with _translated(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        return next(iter(self.rows(sql, values)), None)

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, for texts that should not all be in memory at once."""
        with _translated(self.path):
            yield from self._connection.execute(sql, values)

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Runs a statement and gives the id of the row it inserted, if it did."""
        with _translated(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def run_each(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        with _translated(self.path):
            self._connection.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nobody else writes meanwhile. Raises LibraryLocked, LibraryError where it may not write."""
        if self.read_only:
            raise _no_permission(self.path)
        self._undo()  # what an interrupt between “begin” and the first statement left open
        self.run("begin immediate")
        try:
            yield
            self.run("commit")
        except BaseException:
            self._undo()
            raise

    def may_write_now(self) -> bool:
        """Whether nobody holds the lock for writing at this moment. Waits for nothing."""
        (wait,) = self.rows("pragma busy_timeout")[0]
        try:
            self.run("pragma busy_timeout = 0")
            with self.transaction():
                return True
        except LibraryLocked:
            return False
        finally:
            self.run(f"pragma busy_timeout = {wait}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read within it is of one commit, whatever others write meanwhile."""
        with _translated(self.path):
            within = self._connection.in_transaction
        if within:
            yield
            return
        self.run("begin")
        try:
            yield
        finally:
            self._undo()

    def _undo(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # closed meanwhile, and so undone already
            self._connection.rollback()

    def meta(self, name: str) -> str:
        found = self.row("select value from meta where name = ?", (name,))
        return str(found[0]) if found else ""

    def set_meta(self, name: str, value: object) -> None:
        self.run("insert into meta values (?, ?) on conflict do update set value = excluded.value", (name, str(value)))


def library_file(path: str | Path) -> Path:
    """The library that `path` means: the file itself, or `policies.plib` in that folder.

    Raises LibraryError for what no system takes for a path: thousands of characters, half a character, a zero.
    """
    try:
        place = Path(path).resolve()
        with suppress(FileNotFoundError, NotADirectoryError):
            place.stat()
        return place / FILE_NAME if place.is_dir() else place
    except (OSError, ValueError) as error:
        raise LibraryError(f"{shown(path)}：打不开这个路径（{_cause(error)}）。请核对路径和权限") from error


def _cause(error: OSError | ValueError) -> str:
    return cause(error, "读取") if isinstance(error, OSError) else "里面有不能用的字符"


def _check_wait(wait: float) -> None:
    if not isinstance(wait, int | float) or not 0 <= wait <= _LONGEST_WAIT:
        raise QueryError(f"wait 是等待的秒数，应在 0 到 {_LONGEST_WAIT} 之间，不是 {wait!r}")


def create(path: Path, wait: float = WAIT_SECONDS) -> Database:
    """An empty library at `path`. A file of which nothing but the name exists (a killed `init`) is taken over.

    Raises LibraryError where a library stands already or the folder cannot be written, QueryError for a `wait` that is
    no time.
    """
    _check_wait(wait)
    if path.exists() and path.stat().st_size:
        raise LibraryError(f"{path}：已经存在。直接使用即可，不必再建；要另建一个，请换一个文件夹")
    if not path.parent.is_dir():
        raise LibraryError(f"{path.parent}：没有这个文件夹。请先建好文件夹，再运行 policylib init")
    database = Database(path, _connect(path, wait))
    database.run("pragma journal_mode = wal")
    with database.transaction():
        if database.rows("select 1 from sqlite_master"):
            raise LibraryError(f"{path}：另一个程序刚刚在这里建了库，直接使用即可")
        for statement in _statements(_TABLES):
            database.run(statement)
        database.run_each("insert into meta values (?, ?)", (("facts", "0"), ("derived", "0"), ("engine", "")))
        database.run(f"pragma application_id = {APPLICATION}")
        database.run(f"pragma user_version = {VERSION}")
    return database


def connect(path: Path, wait: float = WAIT_SECONDS) -> Database:
    """The library at `path`, brought up to this version. A file that may not be written is opened for reading.

    Raises LibraryNotFound, SchemaTooNew, LibraryLocked, LibraryError, QueryError for a `wait` that is no time.
    """
    _check_wait(wait)
    if not path.is_file():
        raise LibraryNotFound(f"{path}：这里没有政策库。请先在要放库的文件夹里运行 policylib init")
    database = Database(path, _connect(path, wait), read_only=not os.access(path, os.W_OK))
    try:
        _check(database)
    except LibraryError:
        database.close()
        raise
    return database


def uri_of(path: PurePath) -> str:
    """How SQLite is told of a file. On a share of Windows (which may have a letter) the server is no authority to it,
    but the beginning of the path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def _connect(path: Path, wait: float) -> sqlite3.Connection:
    with _translated(path):
        uri = uri_of(path) + ("" if not path.exists() or os.access(path, os.W_OK) else "?immutable=1")
        connection = sqlite3.connect(uri, timeout=wait, isolation_level=None, uri=True)
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma synchronous = normal")
        return connection


def _check(database: Database) -> None:
    path = database.path
    (application,) = database.rows("pragma application_id")[0]
    (version,) = database.rows("pragma user_version")[0]
    if application == 0 and not database.rows("select 1 from sqlite_master"):
        raise LibraryNotFound(f"{path}：建库没有完成。请再运行一次 policylib init")
    if application != APPLICATION:
        raise LibraryError(f"{path}：不是 policylib 的库文件。请核对路径")
    if version > VERSION:
        raise SchemaTooNew(
            f"{path}：由更新版本的 policylib 建立（格式 {version}，本版只识别到 {VERSION}）。请升级 policylib"
        )
    for step in range(version, VERSION):
        with database.transaction():
            _MIGRATIONS[step - 1](database._connection)
            database.run(f"pragma user_version = {step + 1}")


def _statements(script: str) -> list[str]:
    """The statements of `_TABLES`: `executescript` would commit before it begins."""
    return [one for one in script.split(";") if one.strip()]


def shown(text: str | Path) -> str:
    """What was given, as a message can repeat it: not all of a book, and no half characters, which no stream takes."""
    whole = str(text).encode(errors="replace").decode()
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}……"


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _ours(path, error) from error
    except UnicodeEncodeError as error:  # half a character, which no library holds: SQLite keeps UTF-8
        raise QueryError(f"“{shown(error.object)}”里有不成字的编码，多半是复制时出错，请重新输入") from error


def _no_permission(path: Path) -> LibraryError:
    return LibraryError(f"{path}：没有写入权限。请核对文件和文件夹的权限，或把库复制到可写的位置")


def _ours(path: Path, error: sqlite3.DatabaseError) -> LibraryError:
    if isinstance(error, sqlite3.ProgrammingError) and "same thread" in str(error):
        return LibraryError(
            f"{path}：这个 Library 是在另一个线程里打开的，只能在那个线程里用。请在每个线程里各自 Library.open"
        )
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return LibraryError(f"{path}：这个库已经关闭。请再用 Library.open 打开，并在 with 块之内使用")
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryLocked(f"{path}：另一个程序正在写入这个库。请等它结束后再试")
    if name.startswith("SQLITE_READONLY"):
        return _no_permission(path)
    if name.startswith("SQLITE_FULL"):
        return LibraryError(f"{path}：磁盘已满。请清理磁盘后再试，库本身没有损坏")
    if name.startswith("SQLITE_CANTOPEN"):
        return LibraryError(f"{path}：打不开这个文件。请核对路径和权限")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return LibraryError(f"{path}：不是 policylib 的库文件，或已损坏。请换用备份，或新建一个库重新导入")
    return LibraryError(f"{path}：数据库出错（{error}）")
