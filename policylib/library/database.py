"""The one file of a library, open: the connection that every other module here speaks to, with its errors as ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any

from policylib.errors import LibraryError, LibraryLocked, LibraryNotFound, QueryError, SchemaTooNew, cause
from policylib.library.schema import APPLICATION, MIGRATIONS, VERSION, statements

FILE_NAME = "policies.plib"
WAIT_SECONDS = 20.0  # the worst wait measured with two writers was 2.4 s
_LONGEST_WAIT = 86_400  # a day; SQLite counts milliseconds, and turns what it cannot count into no wait at all
_SHOWN = 60  # characters of what a message repeats


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
        for statement in statements():
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
            MIGRATIONS[step - 1](database._connection)
            database.run(f"pragma user_version = {step + 1}")


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
