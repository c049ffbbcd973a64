"""Keeping up: analysing again what other rules analysed, and linking again when facts are newer than what follows.

Whoever changes the library does it at once. Who opens it does it for a run that was interrupted, and for a newer
version or other tables; but not where somebody is at work: then the last state that was linked is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from policylib.errors import LibraryError, LibraryLocked
from policylib.library import derived, store
from policylib.library.at_work import at_work, is_anybody_at_work
from policylib.library.database import Database
from policylib.library.derived import Grounds
from policylib.library.listing import Progress
from policylib.library.record_json import shape
from policylib.model import Analysis
from policylib.table_layers import DATA
from policylib.table_layers import names as table_names


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What keeps one library up. `engine` marks rules and tables, `mark` all that linking rests on; `grounds` are read
    only where there is work."""

    database: Database
    engine: str
    mark: str
    grounds: Callable[[], Grounds]

    def at_opening(self, progress: Progress | None, wait: float) -> None:
        """Catches up, unless another program is at work or holds the library: then what it found linked is read.

        Raises LibraryLocked where that is of no use to this version and the other did not end within `wait` seconds,
        LibraryError where it may not be written and is of another version, TableError.
        """
        if self.database.read_only:
            self._check_readable()
            return
        if not self._is_behind():
            return
        if self._is_busy():
            if derived.is_readable(self.database):
                return
            if is_anybody_at_work(self.database.path, wait):
                raise LibraryLocked(f"{self.database.path}：另一个程序正在为新版本更新这个库。请等它结束后再试")
            if not self._is_behind():
                return
        self._catch_up_or_leave(progress)

    def catch_up(self, progress: Progress | None) -> None:
        """Analyses again what other rules analysed, and builds the derived rows when facts are newer.

        Raises LibraryLocked, TableError.
        """
        waiting = store.documents_of_other_engine(self.database, self.engine)
        for done, identity in enumerate(waiting):
            if progress:
                progress(done, len(waiting), "重新分析")
            self._analyse_again(identity)
        if derived.is_stale(self.database, self.mark):
            derived.rebuild(self.database, self.grounds())

    def _is_behind(self) -> bool:
        other = store.documents_of_other_engine(self.database, self.engine)
        return bool(other) or derived.is_stale(self.database, self.mark)

    def _is_busy(self) -> bool:
        return is_anybody_at_work(self.database.path) or not self.database.may_write_now()

    def _catch_up_or_leave(self, progress: Progress | None) -> None:
        try:
            with at_work(self.database.path):
                self.catch_up(progress)
        except LibraryLocked:  # by somebody who began after us
            if not derived.is_readable(self.database):
                raise

    def _check_readable(self) -> None:
        """Derived rows have the form of the version that wrote them; only a writer can build them anew."""
        wrote = self.database.meta("engine").partition("-")[0]
        if not wrote or (wrote == release() and derived.is_readable(self.database)):
            return
        other = f" policylib {wrote} " if wrote != release() else f"另一个 policylib {wrote}（记录的格式不同）"
        raise LibraryError(
            f"{self.database.path}：由{other}写成，本机是 {release()}，"
            "打开前须更新库，但没有写入权限。请把库复制到可写的位置再打开"
        )

    def _analyse_again(self, identity: int) -> None:
        from policylib.extract import analyse

        document = store.load_document(self.database, identity)
        if document is not None:
            analysis = analyse(document, self.grounds().tables)
            with self.database.transaction():
                store.save_analysis(self.database, identity, analysis, self.engine)


def engine(overlay: Path) -> str:
    """A mark of all that an analysis rests on besides its document: the version of policylib, the fields of an
    analysis, and the tables."""
    digest = hashlib.sha256(shape(Analysis).encode())
    for folder in (DATA, overlay):
        for name in table_names(overlay):
            path = folder / name
            if path.is_file():
                digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return f"{release()}-{digest.hexdigest()[:16]}"


def release() -> str:
    """The version of policylib; 0 in a checkout that is not installed."""
    try:
        return version("policylib")
    except PackageNotFoundError:
        return "0"
