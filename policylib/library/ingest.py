"""Files to facts: reads what changed and stores it file by file. One bad file costs that file.

Each file is a transaction of its own, an archive with all its members too, so an interrupted run leaves the library as
it was before or after a file. Files are read by workers side by side; results are stored in the order of the paths.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from policylib.errors import InputError
from policylib.library import store, unread, whereabouts
from policylib.library.copies import Copies, copy_rows
from policylib.library.database import Database
from policylib.library.failing import Failing
from policylib.library.listing import (
    OVERLAY,
    Listing,
    Progress,
    absolute,
    is_own_page,
    list_files,
    stored_path,
)
from policylib.library.paths import Paths
from policylib.library.reading import LITTLE_TEXT, Failure, Job, Outcome, OwnTable, Reading, failure, hash_of, perform
from policylib.library.reports import AddReport, Moved
from policylib.library.store import FileProblem
from policylib.library.workers import Workers, processors
from policylib.readers import DEFAULT_LIMITS, Limits, is_plain, missing
from policylib.readers.names import NAME_LEADS_OUT

AHEAD = 4  # files a worker may be ahead of the one being stored: results wait in memory


@dataclass(frozen=True, slots=True)
class Settings:
    """How `add` works: the mark of rules and tables, the limits of a file, and how many workers read side by side."""

    engine: str
    limits: Limits = DEFAULT_LIMITS
    workers: int = 0  # one for each processor

    @property
    def count(self) -> int:
        return self.workers or processors()


def add_files(
    database: Database, paths: Sequence[str | Path], settings: Settings, progress: Progress | None = None
) -> AddReport:
    """Brings the facts up to what stands on disk at `paths`. The caller rebuilds what is derived."""
    return _Intake(database, settings).add([absolute(path) for path in paths], progress)


@dataclass(slots=True)
class _Step:
    """A file on its way: what is known of it before it is read, what becomes of it, and its reading, where a worker is
    at it."""

    path: Path
    name: str
    state: os.stat_result
    fate: Literal["read", "unchanged", "skipped", "tried", "copy"] = "read"
    sha256: str = ""
    reading: Future[Outcome] | None = None


@dataclass(slots=True)
class _Intake:
    """One run of `add`: what it knows of paths by now, and the report while it grows."""

    database: Database
    settings: Settings
    paths: Paths = field(init=False)
    failing: Failing = field(init=False)
    copies: Copies = field(init=False)
    named: frozenset[Path] = frozenset()
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    stored: dict[str, bool] = field(default_factory=dict)  # the paths that hold something since; is it a new document?
    skipped: list[str] = field(default_factory=list)
    own_tables: list[str] = field(default_factory=list)
    own_copies: list[str] = field(default_factory=list)

    def add(self, paths: Sequence[Path], progress: Progress | None) -> AddReport:
        self.paths = Paths(self.database)
        self.copies = Copies(copy_rows(self.database))
        self.failing = Failing.remembered(self.database, unread.mark_of(self.settings.engine, self.settings.limits))
        listing = list_files(paths, self.paths.home)
        self.named = listing.named
        self._not_listed(listing)
        self._all(listing.files, progress or (lambda done, total, path: None))
        vanished = self.paths.vanished(paths, {self._name(path) for path in listing.files}, self.failing)
        return AddReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=tuple(self.unchanged),
            moved=tuple(self.moved),
            vanished=vanished,
            failed=tuple(self.failing.news),
            still_failed=tuple(self.failing.known),
            problems=self._problems(),
            skipped=tuple(sorted(self.skipped)),
            own_tables=tuple(self.own_tables),
            own_copies=tuple(self.own_copies),
        )

    def _name(self, path: Path) -> str:
        return stored_path(path, self.paths.home)

    def _not_listed(self, listing: Listing) -> None:
        self.skipped += [self._name(path) for path in listing.skipped]
        for path in listing.missing:
            name = self._name(path)
            if self.paths.row(name) is None:
                self.failing.news.append(self._unlisted(path, failure(str(path), missing(path))))
        for error in listing.errors:
            self.failing.news.append(self._unlisted(Path(error.filename), failure(error.filename, error)))

    def _unlisted(self, path: Path, one: Failure) -> Failure:
        return replace(one, path=self._name(path).encode(errors="replace").decode())

    def _fail(self, path: Path, one: Failure, state: os.stat_result | None = None) -> None:
        """A failure under the name that the library gives the file, or the member of an archive. Whoever names a file
        hears of it again."""
        member = one.path.removeprefix(str(path)) if one.path.startswith(str(path)) else ""
        place = self._name(path).encode(errors="replace").decode()
        told = Failure(place + member, one.code, one.message, one.remedy)
        self.failing.fails(told, place, state, tell=path in self.named)

    # One file after the other: begun in order, read side by side, finished in order

    def _all(self, files: Sequence[Path], progress: Progress) -> None:
        waiting: deque[tuple[Path, _Step | Failure]] = deque()
        done = 0
        with Workers(self.settings.count) as workers:
            for path in files:
                waiting.append((path, self._begin(path, workers)))
                while len(waiting) > AHEAD * workers.count:
                    progress(done, len(files), str(waiting[0][0]))
                    self._end(*waiting.popleft())
                    done += 1
            while waiting:
                progress(done, len(files), str(waiting[0][0]))
                self._end(*waiting.popleft())
                done += 1
        progress(done, done, "")

    def _begin(self, path: Path, workers: Workers) -> _Step | Failure:
        try:
            return self._begun(path, workers)
        except (OSError, UnicodeError) as error:
            return failure(str(path), error)

    def _begun(self, path: Path, workers: Workers) -> _Step:
        name = self._name(path)
        name.encode()  # a name that is no Unicode cannot be stored: this file's failure
        step = _Step(path, name, path.stat())
        row = self.paths.row(name)
        if row and not row.missing and (row.size, row.mtime_ns) == (step.state.st_size, step.state.st_mtime_ns):
            step.fate = "unchanged"
        elif path not in self.named and is_own_page(path):
            step.fate = "skipped"
        elif row is None and self.copies.is_one(path, name, step.state.st_size, self.named):
            step.fate = "copy"
        elif path not in self.named and not (row and row.missing) and self.failing.is_as_before(name, step.state):
            step.fate = "tried"
        elif not stat.S_ISREG(step.state.st_mode):
            pass  # a pipe or a device: reading says what it is
        else:
            if step.state.st_size in self.paths.sizes:
                step.sha256 = hash_of(path)
            if not (step.sha256 and self.paths.holds(step.sha256)) and not is_plain(path):
                step.reading = workers.submit(self._job(path))
        return step

    def _job(self, path: Path) -> Job:
        return Job(path, self.paths.home / OVERLAY, self.settings.engine, self.settings.limits)

    def _end(self, path: Path, step: _Step | Failure) -> None:
        if isinstance(step, Failure):
            self._fail(path, step)
            return
        if step.fate == "tried":
            self.failing.stays(step.name)
            self.unchanged += self.paths.documents_of(step.name) if step.name in self.paths.containers else []
            return
        try:
            if step.fate == "unchanged":
                self.unchanged += self.paths.documents_of(step.name)
            elif step.fate == "skipped":
                self.skipped.append(step.name)
            elif step.fate == "copy":
                self.own_copies.append(step.name)
            else:
                self._read(step)
        except (InputError, OSError, UnicodeError) as error:
            self._fail(path, failure(str(path), error), step.state)
        self.failing.was_read(step.name)

    def _read(self, step: _Step) -> None:
        identity = store.document_id(self.database, step.sha256) if step.sha256 else None
        if identity is not None:
            self._known_content(step, identity, step.sha256)
            return
        if step.sha256 and self._known_container(step):
            return
        outcome = step.reading.result() if step.reading else perform(self._job(step.path))
        (first, *_) = outcome.parts
        if outcome.container:
            self._container(step, outcome)
        elif isinstance(first, Failure):
            self._fail(step.path, first, step.state)
        elif isinstance(first, OwnTable):
            self._pass_over(step)
        else:
            self._document(step, first)

    def _pass_over(self, step: _Step) -> None:
        """A table of ours is no paper; what stood in the library under its name is no more."""
        self.own_tables.append(step.name)
        if step.name in self.paths.known:
            with self.database.transaction():
                whereabouts.forget_files(self.database, [step.name])
            del self.paths.known[step.name]
            self.updated.append(step.name)

    # A file that is one document

    def _document(self, step: _Step, reading: Reading) -> None:
        sha256 = reading.document.source.sha256
        with self.database.transaction():
            former = store.document_id(self.database, sha256)
            if former is None:
                self.paths.forget_container(step.name)
                identity = self._saved(reading)
                whereabouts.save_file(self.database, step.name, identity, step.state.st_size, step.state.st_mtime_ns)
                self.stored[step.name] = True
        if former is not None:  # a copy of it was stored meanwhile
            self._known_content(step, former, sha256)
            return
        (self.updated if step.name in self.paths.known else self.added).append(step.name)
        self.paths.remember(step.name, identity, sha256, step.state)

    def _saved(self, reading: Reading) -> int:
        """The row of a document, without what is wrong with its path: that is kept with the path."""
        document, analysis = reading.document, reading.analysis
        return store.save_document(
            self.database,
            replace(document, problems=tuple(one for one in document.problems if one.rule not in store.OF_PATHS)),
            replace(analysis, problems=tuple(one for one in analysis.problems if one.rule not in store.OF_PATHS)),
            self.settings.engine,
        )

    def _problems(self) -> tuple[FileProblem, ...]:
        """What is wrong with the documents that are new, and with the paths at which something stands since; as the
        library says it, so that both say the same."""
        hashes = {self.paths.known[name].sha256 for name in self.stored if name in self.paths.known}
        found = store.file_problems(self.database, hashes) if hashes else ()
        return tuple(
            one
            for one in found
            if one.path in self.stored and (self.stored[one.path] or one.problem.rule in (*store.OF_PATHS, LITTLE_TEXT))
        )

    def _known_content(self, step: _Step, identity: int, sha256: str) -> None:
        name, state = step.name, step.state
        row = self.paths.known.get(name)
        same = row is not None and row.sha256 == sha256
        if row and same and not row.missing:
            if not self.database.read_only:  # the new time only spares the next run a look at the content
                with self.database.transaction():
                    whereabouts.same_content(self.database, name, state.st_size, state.st_mtime_ns)
            self.unchanged.append(name)
            return
        former = None if row else self.paths.former(name, identity)
        with self.database.transaction():
            self.paths.forget_container(name)
            whereabouts.save_file(self.database, name, identity, state.st_size, state.st_mtime_ns)
            if former and not former.copy:
                whereabouts.forget_files(self.database, [former.former])
        if row is None:
            self.stored.setdefault(name, False)
        if former:
            self.moved.append(former)
            if not former.copy:
                self.paths.known.pop(former.former, None)
        else:
            (self.unchanged if same else self.updated).append(name)
        self.paths.remember(name, identity, sha256, state)

    # A file that holds several: an archive, a mail

    def _known_container(self, step: _Step) -> bool:
        """Whether the file is an archive that was read before, here or at a path that is gone; then it is not read
        again."""
        state, own = step.state, self.paths.containers.get(step.name)
        if own and own.sha256 == step.sha256 and own.complete and not own.missing:
            if not self.database.read_only:
                with self.database.transaction():
                    whereabouts.save_container(self.database, step.name, step.sha256, state.st_size, state.st_mtime_ns)
            self.unchanged += self.paths.documents_of(step.name)
            return True
        former = self.paths.gone_container(step.sha256)
        if former is None or own or step.name in self.paths.known or not former.complete:
            return False
        with self.database.transaction():
            whereabouts.move_container(self.database, former.path, step.name)
        self.paths.containers = whereabouts.container_rows(self.database)
        members = [row for row in self.paths.known.values() if row.container == former.path]
        self.paths.known = whereabouts.file_rows(self.database)
        self.moved += [Moved(row.path, step.name + row.path.removeprefix(former.path), copy=False) for row in members]
        return True

    def _container(self, step: _Step, outcome: Outcome) -> None:
        state = step.state
        failed = [part for part in outcome.parts if isinstance(part, Failure)]
        read = [part for part in outcome.parts if isinstance(part, Reading)]
        ours = [one for one in read if one.document.source.sha256 in self.copies.hashes]
        with self.database.transaction():
            whereabouts.forget_files(self.database, [step.name] if step.name in self.paths.known else [])
            members = [self._member(step, part) for part in read if part not in ours]
            names = {name for name, _, _ in members} | {self._member_name(step, one.path) for one in failed}
            left = [one for one, row in self.paths.known.items() if row.container == step.name and one not in names]
            whereabouts.mark_missing(self.database, left)
            complete = not failed  # else the next run reads it again, and says again what is wrong
            whereabouts.save_container(
                self.database, step.name, outcome.sha256, state.st_size, state.st_mtime_ns if complete else 0
            )
        for name, identity, reading in members:
            sha256 = reading.document.source.sha256
            row = self.paths.known.get(name)
            same = row is not None and row.sha256 == sha256 and not row.missing
            (self.unchanged if same else self.updated if row else self.added).append(name)
            self.paths.remember(name, identity, sha256, state, step.name)
        self.own_tables += [self._member_name(step, part.path) for part in outcome.parts if isinstance(part, OwnTable)]
        self.own_copies += [self._member_name(step, one.document.source.path) for one in ours]
        for one in failed:
            self._fail(step.path, one, state)
        self.paths.containers = whereabouts.container_rows(self.database)

    def _member(self, step: _Step, reading: Reading) -> tuple[str, int, Reading]:
        """Stores a member of an archive."""
        name = self._member_name(step, reading.document.source.path)
        former = store.document_id(self.database, reading.document.source.sha256)  # stored under another name, maybe
        identity = self._saved(reading) if former is None else former
        leads_out = tuple(one for one in reading.document.problems if one.rule == NAME_LEADS_OUT)
        state = step.state
        whereabouts.save_file(self.database, name, identity, state.st_size, state.st_mtime_ns, step.name, leads_out)
        self.stored[name] = former is None
        return name, identity, reading

    def _member_name(self, step: _Step, path: str) -> str:
        return step.name + path.removeprefix(str(step.path))
