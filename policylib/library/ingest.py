"""Files to facts: walks folders, reads what changed, stores it file by file. One bad file costs that file.

Every file is a transaction of its own, so an interrupted run leaves the library as it was before or after a file.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from policylib.errors import InputError
from policylib.extract import analyse
from policylib.library import store
from policylib.library.schema import Database
from policylib.library.store import FileProblem
from policylib.model import Analysis, Document
from policylib.readers import read
from policylib.tables import Tables, load

CONFIGURATION = "policylib.toml"
OVERLAY = "tables"
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini", CONFIGURATION})  # of Windows folders, and our own
# What stands beside documents in a folder and is none: parts of saved pages, pictures, sound, data, programs, our own
# exports. Scans (.tif, .bmp) and whatever else may hold a paper are tried, so that staff hear what to do.
_OTHER_SUFFIXES = (
    ".css", ".js", ".mjs", ".map", ".scss", ".less", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".swf",
    ".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".webp", ".cur", ".mp3", ".wav", ".m4a", ".mp4", ".avi", ".mov",
    ".wmv", ".flv", ".csv", ".json", ".jsonl", ".graphml", ".gexf", ".dot", ".toml", ".yaml", ".yml", ".ini", ".cfg",
    ".db", ".sqlite", ".plib", ".tmp", ".py", ".pyc", ".bat", ".cmd", ".sh", ".ps1", ".exe", ".dll", ".msi", ".lnk",
    ".url",
)  # fmt: skip
_PAGES = (".html", ".htm")
_OWN_PAGE = b'<meta name="generator" content="policylib">'
_PAGE_HEAD = 1024

Progress = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and which is next."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that was known, at a path that was not. `copy`: it still stands at the former path too."""

    former: str
    path: str
    copy: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read. `code` is stable; message and remedy are for staff."""

    path: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` did, each list in the order of paths. `skipped`: files in added folders that are no documents."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    vanished: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated or self.moved or self.vanished)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, read and analysed."""

    document: Document
    analysis: Analysis


@lru_cache(maxsize=4)
def tables_of(overlay: Path, engine: str) -> Tables:
    """The tables with a library's own rows over them, read once for each `engine`: a mark of what they hold."""
    return load(overlay)


def read_and_analyse(path: Path, overlay: Path, engine: str) -> Reading:
    """A file and what it says. Depends on nothing but the file and the tables, and pickles: fit for a process pool.

    Raises InputError.
    """
    document = read(path)
    return Reading(document, analyse(document, tables_of(overlay, engine)))


def absolute(path: str | Path) -> Path:
    """The path from the root, its folder without symbolic links; a linked file keeps its own name."""
    given = Path(path)
    return given.resolve() if given.is_dir() else given.parent.resolve() / given.name


def stored_path(path: Path, home: Path) -> str:
    """How the library calls an absolute path: relative to its own folder where it is inside, so that both can move
    together."""
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()


def add_files(
    database: Database, paths: Sequence[str | Path], engine: str, progress: Progress | None = None
) -> AddReport:
    """Brings the facts up to what stands on disk at `paths`. The caller rebuilds what is derived."""
    return _Intake(database, engine).add([absolute(path) for path in paths], progress)


def stored_under(database: Database, path: str | Path) -> tuple[str, ...]:
    """The paths in the library that `path` means: itself, or all that stand below it; whether or not they exist."""
    top, home = absolute(path), database.path.parent
    return tuple(sorted(name for name in store.file_rows(database) if (home / name).is_relative_to(top)))


@dataclass(slots=True)
class _Intake:
    """One run of `add`: the rows as they are by now, and the report while it grows."""

    database: Database
    engine: str
    home: Path = field(init=False)
    known: dict[str, store.FileRow] = field(init=False)
    sizes: set[int] = field(init=False)
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    named: frozenset[Path] = frozenset()

    def add(self, paths: Sequence[Path], progress: Progress | None) -> AddReport:
        self.home = self.database.path.parent
        self.known = store.file_rows(self.database)
        self.sizes = {row.size for row in self.known.values()}
        self.named = frozenset(paths)
        files = self._listed(paths)
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            try:
                self._file(path)
            except (InputError, OSError, UnicodeError) as error:
                self.failed.append(_failure(path, self._name(path), error))
        if progress:
            progress(len(files), len(files), "")
        vanished = self._vanished(paths, {self._name(path) for path in files})
        return AddReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=tuple(self.unchanged),
            moved=tuple(self.moved),
            vanished=vanished,
            failed=tuple(self.failed),
            problems=tuple(self.problems),
            skipped=tuple(sorted(self.skipped)),
        )

    def _name(self, path: Path) -> str:
        return stored_path(path, self.home)

    # One file

    def _file(self, path: Path) -> None:
        name = self._name(path)
        name.encode()  # a name that is no Unicode cannot be stored: this file's failure
        state = path.stat()
        row = self.known.get(name)
        if row and not row.missing and (row.size, row.mtime_ns) == (state.st_size, state.st_mtime_ns):
            self.unchanged.append(name)
            return
        if path not in self.named and is_own_page(path):
            self.skipped.append(name)
            return
        sha256 = _hash(path) if stat.S_ISREG(state.st_mode) and state.st_size in self.sizes else ""
        identity = store.document_id(self.database, sha256) if sha256 else None
        if identity is None:
            self._new_content(path, name, state)
        else:
            self._known_content(name, identity, sha256, state)

    def _new_content(self, path: Path, name: str, state: os.stat_result) -> None:
        reading = read_and_analyse(path, self.home / OVERLAY, self.engine)
        document = reading.document
        with self.database.transaction():
            identity = store.document_id(self.database, document.source.sha256)
            if identity is None:
                identity = store.save_document(self.database, document, reading.analysis, self.engine)
            store.save_file(self.database, name, identity, state.st_size, state.st_mtime_ns)
        (self.updated if name in self.known else self.added).append(name)
        found = (*document.problems, *reading.analysis.problems)
        self.problems.extend(FileProblem(name, one, store.quote_of(document.text, one)) for one in found)
        self._remember(name, identity, document.source.sha256, state)

    def _known_content(self, name: str, identity: int, sha256: str, state: os.stat_result) -> None:
        row = self.known.get(name)
        same = row is not None and row.sha256 == sha256
        if row and same and not row.missing:
            with self.database.transaction():
                store.same_content(self.database, name, state.st_size, state.st_mtime_ns)
            self.unchanged.append(name)
            return
        former = None if row else self._former(name, identity)
        with self.database.transaction():
            store.save_file(self.database, name, identity, state.st_size, state.st_mtime_ns)
            if former and not former.copy:
                store.forget_files(self.database, [former.former])
        if former:
            self.moved.append(former)
            if not former.copy:
                self.known.pop(former.former, None)
        else:
            (self.unchanged if same else self.updated).append(name)
        self._remember(name, identity, sha256, state)

    def _former(self, name: str, identity: int) -> Moved | None:
        """Where this content stood before: a path that is gone now, else one where it still stands."""
        places = store.paths_of(self.database, identity)
        if not places:
            return None
        gone = [path for path in places if is_gone(self.home / path)]
        return Moved((gone or places)[0], name, copy=not gone)

    def _remember(self, name: str, identity: int, sha256: str, state: os.stat_result) -> None:
        self.known[name] = store.FileRow(name, identity, sha256, state.st_size, state.st_mtime_ns, False)
        self.sizes.add(state.st_size)

    # Folders

    def _listed(self, paths: Iterable[Path]) -> list[Path]:
        """The files at `paths`, each once; folders in sorted order."""
        found: dict[Path, None] = {}
        for path in paths:
            if path.is_dir():
                found.update(dict.fromkeys(self._walk(path)))
            elif os.path.lexists(path):
                found[path] = None
            elif self._name(path) not in self.known:
                self.failed.append(Failure(self._name(path), "MISSING", "找不到这个文件或文件夹", "请核对路径"))
        return list(found)

    def _walk(self, top: Path) -> Iterator[Path]:
        for folder, folders, files in os.walk(top, onerror=self._unreadable_folder):
            place = Path(folder)
            folders[:] = sorted(name for name in folders if name[0] != "." and place / name != self.home / OVERLAY)
            for name in sorted(files):
                if is_document(name):
                    yield place / name
                elif is_candidate(name):
                    self.skipped.append(self._name(place / name))

    def _unreadable_folder(self, error: OSError) -> None:
        folder = Path(error.filename)
        self.failed.append(_failure(folder, self._name(folder), error))

    def _vanished(self, paths: Sequence[Path], seen: set[str]) -> tuple[str, ...]:
        """Marks the files that stood under the added folders and stand there no more. A folder that is itself gone
        may be a disk that is not plugged in: its files are left alone."""
        tops = [path for path in paths if path.is_dir()]
        named = {self._name(path) for path in paths}
        gone = tuple(
            sorted(
                name
                for name, row in self.known.items()
                if not row.missing
                and name not in seen
                and (name in named or any((self.home / name).is_relative_to(top) for top in tops))
                and is_gone(self.home / name)
            )
        )
        if gone:
            with self.database.transaction():
                store.mark_missing(self.database, gone)
        return gone


def is_candidate(name: str) -> bool:
    """Whether a file of this name in a folder may be a document: no hidden file, lock of Word, or library."""
    if name.startswith((".", "~$")) or name.lower() in _NOT_DOCUMENTS:
        return False
    return not name.endswith((".plib", ".plib-wal", ".plib-shm", ".plib-journal"))


def is_document(name: str) -> bool:
    """Whether a candidate's suffix is that of a document, or of nothing known."""
    return is_candidate(name) and not name.lower().endswith(_OTHER_SUFFIXES)


def is_own_page(path: Path) -> bool:
    """Whether it is a page that policylib wrote: a graph of documents is none."""
    if path.suffix.lower() not in _PAGES or not path.is_file():
        return False
    with path.open("rb") as file:
        return _OWN_PAGE in file.read(_PAGE_HEAD)


def is_gone(path: Path) -> bool:
    """Whether nothing stands at `path`; False where that cannot be told (no permission)."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _failure(path: Path, name: str, error: InputError | OSError | UnicodeError) -> Failure:
    shown = name.encode(errors="replace").decode()
    if isinstance(error, InputError):
        return Failure(shown, error.code, error.message.removeprefix(f"{path}: "), error.remedy)
    if isinstance(error, OSError):
        return Failure(
            shown, "UNREADABLE", f"无法打开（{error.strerror or error}）", "请核对权限，或关闭正在使用它的程序"
        )
    return Failure(shown, "ENCODING", "文件名或正文里有不成字的编码", "请改用普通文件名，或重新下载、另存一份")
