"""Whether somebody is at work on a library: what tells a run that goes on from one that was interrupted.

A run of `add` commits file by file and links at its end; until then the facts are ahead of what is derived from them,
just as after a run that was killed. So whoever writes holds a lock of its own, on the empty file `policies.plib-lock`:
many may hold it side by side, it keeps nobody from writing, and the system takes it from a process that dies. The lock
is one of SQLite, because its locks are the same on every system and on the shares of an office.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

SUFFIX = "-lock"
_LOOK_SECONDS = 5.0  # for those who look whether anybody is at work, which takes them a moment
_PAUSE_SECONDS = 0.05
_ATTEMPTS = 3


@contextmanager
def at_work(library: Path) -> Iterator[None]:
    """Says to all others, as long as it lasts, that somebody is at work on the library; the last takes the file away.

    Where no file can be made beside the library the work is done without a word: others may then begin it too.
    """
    lock = _shared(library)
    if lock is None:
        yield
        return
    try:
        yield
    finally:
        _leave(lock, _file(library))


def _leave(lock: sqlite3.Connection, file: Path) -> None:
    """The last takes the file away while nobody can enter. Windows keeps a file that is open, so there it is closed
    first; and kept, when somebody opened it meanwhile."""
    lock.rollback()
    alone = _is_alone(lock)
    with closing(lock), suppress(OSError):
        if alone and os.name != "nt":
            file.unlink()
    with suppress(OSError):
        if alone and os.name == "nt":
            file.unlink()


def is_anybody_at_work(library: Path, wait: float = 0.0) -> bool:
    """Whether somebody is at work on the library, also after `wait` seconds."""
    until = time.monotonic() + wait
    while _is_held(library):
        if time.monotonic() >= until:
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _shared(library: Path) -> sqlite3.Connection | None:
    for _ in range(_ATTEMPTS):
        lock = _opened(library, _LOOK_SECONDS)
        if lock is None:
            return None
        with suppress(sqlite3.OperationalError):
            lock.execute("begin")
            lock.execute("select 1 from sqlite_master").fetchall()  # shared from here on
        if _file(library).exists():  # else who was last took it away meanwhile
            return lock
        lock.close()
    return None


def _is_held(library: Path) -> bool:
    lock = _opened(library, 0.0) if _file(library).exists() else None
    if lock is None:
        return False
    with closing(lock):
        return not _is_alone(lock)


def _is_alone(lock: sqlite3.Connection) -> bool:
    """Whether nobody else holds the lock; a lock that cannot be had at all is held by nobody."""
    lock.execute("pragma busy_timeout = 0")
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        return not error.sqlite_errorname.startswith("SQLITE_BUSY")
    return True


def _opened(library: Path, timeout: float) -> sqlite3.Connection | None:
    with suppress(sqlite3.OperationalError):
        return sqlite3.connect(_file(library), timeout=timeout, isolation_level=None)
    return None


def _file(library: Path) -> Path:
    return library.with_name(library.name + SUFFIX)
