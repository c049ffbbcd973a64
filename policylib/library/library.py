"""A library of policies: one file, `policies.plib`, that holds facts, judgements, and what follows from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policylib.errors import LibraryLocked, QueryError
from policylib.graph import build
from policylib.library import derived, names, store, unread, whereabouts
from policylib.library.as_known import Knowledge
from policylib.library.at_work import at_work
from policylib.library.configuration import configuration, write_template
from policylib.library.copies import CopyRow, copy_rows, save_copy
from policylib.library.database import WAIT_SECONDS, Database, connect, create, library_file
from policylib.library.field_words import role_meant
from policylib.library.judging import Judging
from policylib.library.links import Links, links_of
from policylib.library.listing import OVERLAY, Progress, absolute, stored_path
from policylib.library.office_check import check_office, cleanup_doubts, office_doubts, setting_place
from policylib.library.order import Order, Sort, order
from policylib.library.organ_choice import OrganChoice
from policylib.library.organs_said import OrgansSaid
from policylib.library.own_tables_held import own_tables_held
from policylib.library.reading import OWN_TABLE_REMEDY, Failure, Job, OwnTable, Reading, hash_of, perform, tables_of
from policylib.library.reports import RemoveReport
from policylib.library.running_out import running_out
from policylib.library.search import Search, SearchResult, issuers_meant
from policylib.library.snapshots import snapshot_of, statuses
from policylib.library.upkeep import Upkeep, engine
from policylib.link.organs import Registry
from policylib.link.status import status
from policylib.model import Analysis, Judgement, Office, Role, Snapshot, Status, Work
from policylib.readers import DEFAULT_LIMITS, Limits
from policylib.readers.names import CONFIGURATION
from policylib.table_doubts import table_doubts
from policylib.tables import Tables

if TYPE_CHECKING:
    from policylib.graph import Graph
    from policylib.library.lists import ListReport
    from policylib.library.reports import AddReport


class Library:
    """A library, open. Use it in a `with` block, or `close` it.

    with Library.open("policies.plib") as library:
        library.add(["downloads"])
        work = library.get("淄政办发〔2017〕17号")

    Works, documents, links, search, snapshot and graph are of one state, the last that was linked, also while another
    program adds: then `is_behind` is true, and once that program has linked, the next answers are of the new state.
    `problems`, `unread`, `own_tables`, `judgements`, `text` and `analysis` tell what is stored at the moment.
    """

    def __init__(self, database: Database, office: Office) -> None:
        self._database = database
        self.office = office

    @classmethod
    def create(cls, path: str | Path = ".", *, wait: float = WAIT_SECONDS) -> Self:
        """A new, empty library: the file `path`, or `policies.plib` in the folder `path`. Writes a commented
        `policylib.toml` beside it. `wait` is that of `open`.

        Raises LibraryError where one stands already.
        """
        file = library_file(path)
        database = create(file, wait)
        write_template(file.parent)
        return cls(database, configuration(file.parent))

    @classmethod
    def open(cls, path: str | Path = ".", *, progress: Progress | None = None, wait: float = WAIT_SECONDS) -> Self:
        """The library in the file or folder `path`. Finishes what an interrupted run, a newer version or changed
        tables left to do; where another program is at work, it gives at once what was linked last, and `is_behind`
        says so.

        `wait`: how many seconds each wait for another program may last before LibraryLocked. It bounds the waiting,
        not the work: reading and linking come on top. Who only reads does not wait.

        Raises LibraryNotFound, LibraryLocked, SchemaTooNew, LibraryError, TableError, QueryError for a `wait` that is
        no time.
        """
        file = library_file(path)
        library = cls(connect(file, wait), configuration(file.parent))
        try:
            library._upkeep.at_opening(progress, wait)
        except BaseException:
            library.close()
            raise
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def is_behind(self) -> bool:
        """Whether files, judgements or tables are newer than what is read here, which was linked before they came:
        another program is at work, or was interrupted. Asked anew each time; false once that program has linked.
        A library that may only be read is as it was found."""
        return not self._database.read_only and derived.is_stale(self._database, self._mark)

    @property
    def overlay(self) -> Path:
        """The folder of the office's own tables; it need not exist."""
        return self.path.parent / OVERLAY

    # Facts

    def add(
        self,
        paths: str | Path | Sequence[str | Path],
        *,
        progress: Progress | None = None,
        limits: Limits = DEFAULT_LIMITS,
        workers: int = 0,
    ) -> AddReport:
        """Reads files and folders, stores what is new or changed, and links everything afresh.

        A file that cannot be read is in `AddReport.failed`, and the run goes on. Files are read in processes of their
        own: one, and others where there is so much that their start pays, up to the number of processors or `workers`.
        A file that hangs costs `limits.seconds`.

        Raises InputError for a path that is empty, QueryError for less than no workers or limits that are none,
        LibraryLocked, LibraryError where something has changed and the library may only be read.
        """
        from policylib.library import ingest

        if not isinstance(workers, int) or workers < 0:
            raise QueryError(f"workers 应为不小于 0 的整数（0：按处理器个数），不是 {workers!r}")
        _check_limits(limits)
        given = [paths] if isinstance(paths, str | Path) else paths
        settings = ingest.Settings(self._engine, limits, workers)
        if self._database.read_only:  # where nothing has changed nothing is written; else the first change is refused
            return ingest.add_files(self._database, given, settings, progress)
        with self._at_work(progress):
            return ingest.add_files(self._database, given, settings, progress)

    def remove(self, paths: str | Path | Sequence[str | Path]) -> RemoveReport:
        """Forgets files, or all files below folders, whether they still exist or not. Judgements stay.

        A path is one that the library reports, 文件/通知.docx, or one from here. Raises AmbiguousPolicy where it knows
        both, InputError for a path that is empty, LibraryLocked.
        """
        given = [paths] if isinstance(paths, str | Path) else paths
        found = whereabouts.stored_under(self._database, given)
        removed = tuple(sorted({name for under in found.values() for name in under}))
        if removed:
            with self._at_work(), self._database.transaction():
                whereabouts.forget_files(self._database, removed)
                whereabouts.forget_containers(self._database, removed)
                unread.forget(self._database, removed)
        return RemoveReport(removed, tuple(path for path, under in found.items() if not under))

    def documents(self) -> tuple[store.Held, ...]:
        """Every document that is held, with its paths, as it was when the works were linked."""
        with self._database.reading():
            return derived.documents(self._database)

    def files(self, work: Work) -> tuple[str, ...]:
        """Every path at which a file of the work stands, also copies; `Work.paths` has one of each document."""
        with self._database.reading():
            held = derived.documents(self._database, (*work.documents, *work.annexes))
            return tuple(path for one in held for path in (*one.paths, *one.missing))

    def problems(self, documents: str | Collection[str] | None = None) -> tuple[store.FileProblem, ...]:
        """What is wrong inside the documents, or that of this hash, or of these: with the file, or with what it says
        (a damaged number), and where; of all, also the judgements that cannot be read, with the library's own file."""
        documents = (documents,) if isinstance(documents, str) else documents
        with self._database.reading():
            unread_words = store.unread_judgements(self._database) if documents is None else {}
            return tuple(unread_words.values()) + store.file_problems(self._database, documents)

    def unread(self) -> tuple[Failure, ...]:
        """The files that could not be read when `add` last met them, and why, in the order of their paths."""
        with self._database.reading():
            return tuple(row.failure for row in unread.rows_by_path(self._database).values())

    def own_tables(self) -> tuple[str, ...]:
        """The paths of tables that policylib wrote, and that an older version took in as papers."""
        with self._database.reading():
            return own_tables_held(self._database)

    def copies(self) -> tuple[CopyRow, ...]:
        """The marked copies that were written, wherever they lie by now, or do no more."""
        with self._database.reading():
            return copy_rows(self._database)

    def note_copy(self, path: str | Path, original: str) -> None:
        """Keeps in mind that a marked copy of the document of hash `original` stands at `path`: `add` does not take it
        for a page of the site. A library that may only be read keeps nothing. Raises LibraryLocked."""
        if not self._database.read_only:
            file = absolute(path)
            name = stored_path(file, self.path.parent)
            save_copy(self._database, CopyRow(hash_of(file), name, original, file.stat().st_size))

    def text(self, sha256: str) -> str | None:
        """The text of a document, in which all offsets count."""
        return store.text_of(self._database, sha256)

    def analysis(self, sha256: str) -> Analysis | None:
        """All that a document says."""
        return store.analysis_of(self._database, sha256)

    def peek(self, path: str | Path, *, limits: Limits = DEFAULT_LIMITS) -> tuple[Reading | Failure, ...]:
        """What a file says, by this library's tables, and called as this library would call it; nothing is stored.
        One document, or those of an archive; what cannot be read is a `Failure`. Raises InputError for a path that is
        empty, QueryError for limits that are none."""
        _check_limits(limits)
        parts = perform(Job(absolute(path), self.overlay, self._engine, limits)).parts
        return tuple(self._called(part) for part in parts)

    def _called(self, part: Reading | Failure | OwnTable) -> Reading | Failure:
        home = self.path.parent
        if isinstance(part, OwnTable):
            part = Failure(part.path, "OWN_TABLE", "这是 policylib 自己写出的表，不是公文", OWN_TABLE_REMEDY)
        if isinstance(part, Failure):
            return replace(part, path=stored_path(Path(part.path), home))
        source = replace(part.document.source, path=stored_path(Path(part.document.source.path), home))
        return Reading(replace(part.document, source=source), replace(part.analysis, source=source))

    # Judgements

    def judge(self, *judgements: Judgement, new_organs: bool = False) -> tuple[Judgement, ...]:
        """Keeps a person's words, dated now unless they are dated, and links everything afresh by them. All or none.

        `when` is kept in UTC: one without a zone is of this machine. Gives them as they stand: one that says again what
        was said last is that earlier word, and one that takes back what nobody said has no day; neither is kept. Organs
        are spelled out; with `new_organs` one that comes near a known one is not asked about.

        Raises JudgementError for a word on a work, field or relation that is none, a value that the field cannot be,
        what is no text, and LibraryLocked.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        with self._at_work(), self._database.transaction():
            organs = OrgansSaid(self._database, self._registry, new=new_organs)
            return Judging(self._database, self.tables, self.office, organs).keep(judgements, now)

    def read_list(self, path: str | Path, who: str = "", *, new_organs: bool = False) -> ListReport:
        """Takes over what a list says of the papers (csv, xlsx, xls; columns in any order): the list of missing
        drafters that comes back, or one that the office keeps (起草单位, 文件签发日期 …). Every good row in one
        transaction. A wrong row costs that row; what was taken over before changes nothing.

        Raises InputError for a file that cannot be read, JudgementError for one without the columns.
        """
        from policylib.library import lists
        from policylib.readers.rows import read_rows

        organs = OrgansSaid(self._database, self._registry, new=new_organs)
        found = lists.read(self._database, read_rows(path), self.tables, who, Path(path).name, organs)
        if found.judgements:
            found = replace(found, judgements=self.judge(*found.judgements, new_organs=new_organs))
        return found

    def judgements(self) -> tuple[Judgement, ...]:
        return store.judgements(self._database)

    # What follows

    def get(self, name: str) -> Work:
        """The work of that key, number in any spelling, title, part of a title, or file.

        Raises PolicyNotFound, AmbiguousPolicy.
        """
        with self._database.reading():
            return names.find_work(self._database, name, self.tables, office=self.office)

    def works(
        self,
        *,
        role: Role | None = None,
        issuer: str | None = None,
        year: int | str | None = None,
        status: str | None = None,
        doc_type: str | None = None,
        disclosure: str | None = None,
        expires: str | None = None,
        held: bool | None = None,
        as_of: date | None = None,
        sort: Sort = "office",
    ) -> tuple[Work, ...]:
        """The works that meet all conditions, in an order of `library.order`: at first those of the own office. `year`
        may be a range, 2017..2019; `issuer` may be short, 科技局, and `issuers` says whom it means; `status` is a word
        of `State`, 有效, on the day `as_of`; `disclosure` is 主动公开 …, or 未注明. `expires`: between which days
        their term ends, ..2025-06-30; those that end first stand first, unless another order is asked for.

        Raises QueryError for a role, year, state, disclosure, day or sort that is none.
        """
        conditions: list[tuple[str, Sequence[object]]] = []
        if role is not None:
            conditions.append(("role = ?", (role_meant(role),)))
        if held is not None:
            conditions.append(("held = ?", (held,)))
        fields = {"issuer": issuer, "year": year, "type": doc_type, "status": status, "disclosure": disclosure}
        with self._database.reading():
            asked = self._search(as_of)
            wanted = [asked.field(name, str(value)) for name, value in fields.items() if value is not None]
            if wanted:
                meant = set.intersection(derived.work_ids(self._database, conditions), *wanted)
                found = self.order().sorted(derived.works_by_id(self._database, meant).values(), sort)
            else:
                found = self.order().sorted(derived.works(self._database, conditions), sort)
            if expires is None:
                return found
            return running_out(found, self.statuses(found, as_of), expires, _day(as_of), sort == "office")

    def order(self) -> Order:
        """In which order works are listed where nothing better is known."""
        return order(self._database, self.tables, self.office)

    def links(self, name: str, known: date | None = None) -> Links:
        """What is known round the work that `name` means; with `known`, its dates, effects and judgements without what
        people registered after that day. Raises PolicyNotFound, AmbiguousPolicy."""
        with self._database.reading():
            found = links_of(self._database, self.get(name))
            return self._knowledge.until(found, _day(known)) if known else found

    def status(self, name: str, as_of: date | None = None, known: date | None = None) -> Status:
        """What holds for the work on a day, as far as this library knows; with `known`, as far as could be known on
        that day: by the acts made, and by what people had registered until then. Raises PolicyNotFound,
        AmbiguousPolicy."""
        if known:
            found = self.links(name, known)
            return status(found.work, found.effects, _day(as_of), _day(known))
        with self._database.reading():
            work = self.get(name)
            return status(work, derived.effects_of(self._database, work.key), _day(as_of))

    def statuses(self, works: Iterable[Work], as_of: date | None = None) -> Mapping[str, Status]:
        """The status of each work by its key."""
        return statuses(works, derived.effects(self._database), _day(as_of))

    def search(
        self,
        query: str,
        *,
        limit: int | None = 20,
        offset: int = 0,
        as_of: date | None = None,
        snippets: bool = True,
    ) -> SearchResult:
        """The works that answer a query, the best first: 政务公开 发文机关:科技局 状态:有效. See `library.query`. With
        the `limit` None: all. Most of the time goes into the snippets: of many hits, take them without.

        Raises QueryError, which says what to write, also for a negative limit.
        """
        with self._database.reading():
            return self._search(as_of).run(query, limit, offset, snippets)

    def _search(self, as_of: date | None) -> Search:
        return Search(self._database, self.tables, _day(as_of), self.office)

    def issuers(self, name: str) -> OrganChoice:
        """The issuers that a name means, which may be short: 科技局 is that of the office's own region."""
        return issuers_meant(self._database, name, self._registry)

    def issuers_of(self, work: Work) -> tuple[str, ...]:
        """The issuers of a work as people read them; of one that names none, the organ whose number it bears:
        岚州市科学技术局（据文号）."""
        if work.issuers or work.code is None:
            return work.issuers
        found = self._registry.issuers_of_code(work.code, self.office.jurisdiction)
        return (f"{found[0]}（据文号）",) if len(found) == 1 else ()

    def snapshot(self, as_of: date | None = None) -> Snapshot:
        """Everything that rules, graph and exports take, on a day. Texts and analyses are read from the library when
        they are asked for: where one is gone since, that raises LibraryError."""
        with self._database.reading():
            return snapshot_of(self._database, _day(as_of), self.tables, self.office)

    def graph(self, as_of: date | None = None) -> Graph:
        """The network of works as a networkx.MultiDiGraph."""
        return build(self.snapshot(as_of))

    # Keeping up

    @cached_property
    def _registry(self) -> Registry:
        return Registry(self.tables, self.office.jurisdiction)

    @cached_property
    def tables(self) -> Tables:
        """The tables of domain knowledge, with the office's own laid over them, by which `policylib.toml` is checked.

        Raises TableError.
        """
        found = tables_of(self.overlay, self._engine)
        check_office(self.office, found, self.path.parent)
        return found

    def setting_place(self, name: str) -> tuple[str, int]:
        """Where `policylib.toml` writes a setting (rules.on): the file, and the line or 0."""
        return setting_place(self.path.parent, name)

    def doubts(self) -> tuple[str, ...]:
        """What may be wrong with what `policylib.toml` and the office's own tables say, in words, each with its file.
        Names of rules are not asked here: see `policylib.office_rules.rule_doubts`.

        Raises TableError.
        """
        office = (f"{CONFIGURATION}：{one}" for one in office_doubts(self.office, self.tables))
        line = self.setting_place("cleanup.issuers")[1]
        cleanup = (f"{CONFIGURATION} 第{line}行：{one}" for one in cleanup_doubts(self.office, self.tables))
        return (*office, *cleanup, *table_doubts(self.overlay, self.tables))

    @cached_property
    def _engine(self) -> str:
        return engine(self.overlay)

    @property
    def _mark(self) -> str:
        return " ".join(filter(None, (self._engine, self.office.jurisdiction, self.office.profile)))

    @property
    def _upkeep(self) -> Upkeep:
        return Upkeep(self._database, self._engine, self._mark, self._grounds)

    @cached_property
    def _knowledge(self) -> Knowledge:
        return Knowledge(self._database, self._grounds)

    def _grounds(self) -> derived.Grounds:
        return derived.Grounds(self.tables, self.office, self._mark)

    @contextmanager
    def _at_work(self, progress: Progress | None = None) -> Iterator[None]:
        """A change of the facts, and then of what follows from them. Who cannot write hears it before the work.

        Raises LibraryLocked, which tells what is kept from what is not.
        """
        with self._database.transaction():
            pass
        with at_work(self.path):
            yield
            try:
                self._upkeep.catch_up(progress)
            except LibraryLocked as error:
                raise LibraryLocked(
                    f"{self.path}：改动已经保存，不必重做；但另一个程序正在写入，还没有整理好。等它结束后再打开这个库，会接着整理"
                ) from error


def _check_limits(limits: Limits) -> None:
    if not isinstance(limits, Limits):
        raise QueryError(f"limits 应是 Limits(…)，不写则用通常的限度，不是 {limits!r}")


def _day(day: date | None) -> date:
    """The day that is asked for, today where none is. Raises QueryError for a text, or for a day with its hour."""
    if day is None:
        return date.today()
    if not isinstance(day, date) or isinstance(day, datetime):
        raise QueryError(f"日期应写作 date(2021, 1, 1)，不是 {day!r}")
    return day
