"""Marked copies of the library's files: which file bears which mark, and where its copy lies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from os.path import isfile
from pathlib import Path

from policylib.cli.output import cell
from policylib.cli.status_words import status_words
from policylib.cli.sweeping import doubts_in
from policylib.errors import MarkingError, PolicylibError, UnsupportedFormat
from policylib.export.atomic import make_folder, write
from policylib.export.marks import copy_name, marked_copy
from policylib.library import Held, Library
from policylib.library.reading import hash_of
from policylib.link.labels import Said
from policylib.marks import FOLDER, OWN
from policylib.model import Snapshot, Work
from policylib.readers.sniff import format_of
from policylib.rules.context import Context
from policylib.rules.disputes import disputes_of
from policylib.rules.marking import Marking, agrees, marking, markings

_PACKED = ("zip", "rar", "eml")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be marked: where it stands, what the library calls it, and how it is marked."""

    file: Path
    path: str
    held: Held
    marking: Marking


class Desk:
    """The library's files beside what they are to say."""

    def __init__(self, library: Library, as_of: date | None) -> None:
        self.library = library
        self.home = library.path.parent
        self.snapshot: Snapshot = library.snapshot(as_of)
        self.held = {one.sha256: one for one in library.documents()}
        self.written = library.copies()

    @cached_property
    def context(self) -> Context:
        return Context(self.library.tables, self.library.office)

    def unsettled(self, found: Marking) -> tuple[str, ...]:
        """What is to be settled before the words go on the page: a clause that may have ended the paper before, an end
        that is disputed; each with what to type."""
        policies = [one.policy for one in found.explains] or [found.work]
        told: list[str] = []
        for work in policies:
            told += doubts_in(self.snapshot, self.context, work)
            disputes = disputes_of(self.snapshot, work, self.snapshot.statuses[work.key], self.context)
            told += (f"{one.words}。{one.settle}" for one in disputes)
        return tuple(told)

    def markings(self) -> tuple[Marking, ...]:
        return markings(self.snapshot, self.context)

    def bears_marks(self, found: Marking) -> bool:
        """Whether every file that the library has of it is marked, and only labels are left to correct."""
        there = [one for one in found.work.documents if one in self.held]
        return bool(there) and all(_mark_on(found, one) is not None for one in there)

    def jobs(self, name: str) -> list[Job]:
        """The files that a name means. Raises MarkingError, PolicyNotFound, AmbiguousPolicy."""
        if not isfile(name):  # noqa: PTH113  unlike Path.is_file, it takes a title of any length
            return self._of_work(self.library.get(name))
        file = Path(name)
        held = self.held.get(hashlib.sha256(file.read_bytes()).hexdigest())
        if held is None or not held.works:
            raise MarkingError(f"{name}：库中没有这个文件，或者读入以后又改过。请先运行 policylib add {name}")
        found = self._to_mark(self.snapshot.by_key[held.works[0]])
        self._refuse_marked(name, found, [held.sha256])
        return [Job(file, name, held, found)]

    def _of_work(self, work: Work) -> list[Job]:
        """Every file of a work that does not say it by now, each content once."""
        found = self._to_mark(work)
        there = [one for one in work.documents if one in self.held and _mark_on(found, one) is None]
        if not there:
            self._refuse_marked(work.label, found, work.documents)
        if missing := [path for one in there if not self.held[one].paths for path in self.held[one].missing]:
            raise MarkingError(f"{work.label}：磁盘上找不到原件 {missing[0]}，请重新读入")
        jobs = ((self.held[one], self.held[one].paths[0]) for one in there)
        return [Job(self.home / path, path, held, found) for held, path in jobs]

    def _refuse_marked(self, name: str, found: Marking, documents: Iterable[str]) -> None:
        """Nothing, unless one of these documents bears a mark: one that holds, or an old one of ours."""
        for said in (one for document in documents if (one := _mark_on(found, document))):
            if agrees(found.status.state, said.says):
                label = f"；但页面{labels_of(found)}还没有改，请在网站后台改为“{found.word}”" if found.wrong else ""
                raise MarkingError(f"{name}：已经标注“{cell(said.evidence.quote)}”，不用再做{label}")
            raise MarkingError(
                f"{name}：原有标注“{cell(said.evidence.quote)}”，现在是“{found.word}”。请用没有标注过的原件重做"
            )

    def _to_mark(self, work: Work) -> Marking:
        found = marking(self.snapshot, work)
        if found is None:
            status = self.snapshot.statuses.get(work.key)
            state = f"效力为“{status_words(status, work.role)}”，" if status else ""
            if work.role == "interpretation":
                state = "所解读的文件（据本库所知）没有废止、失效，"
            why = "库中没有原文" if not work.held else f"{self.snapshot.as_of} {state}不用标注"
            raise MarkingError(f"{work.label}：{why}")
        if found.standing == "doubtful":
            raise MarkingError(f"{work.label}：{doubt_of(found)}。请先用 policylib show 核实，再标注")
        return found

    def copies(self, found: Marking) -> tuple[str, ...]:
        """The copies of its files, as they would be made today, in the folder of copies and wherever the library wrote
        them; none of an original that cannot be marked."""
        folder = Path(FOLDER)
        try:
            there = [(job, self._written_of(job)) for job in self._of_work(found.work)]
            said = [(path.as_posix(),) for job, _ in there if folder.is_dir() and (path := _copy_in(folder, job))]
            return tuple(dict.fromkeys(path for paths in (*said, *(paths for _, paths in there)) for path in paths))
        except PolicylibError:
            return ()

    def _written_of(self, job: Job) -> tuple[str, ...]:
        """The copies that were written of a file and still stand there as they would be made today."""
        rows = [row for row in self.written if row.original == job.held.sha256 and (self.home / row.path).is_file()]
        if not rows:
            return ()
        today = hashlib.sha256(marked_copy(_bytes(job), job.marking.text, job.path)).hexdigest()
        return tuple(row.path for row in rows if row.sha256 == today == hash_of(self.home / row.path))

    def write(self, job: Job, output: Path | None, folder: Path) -> tuple[Path, bool]:
        """Writes the marked copy; gives its path, and whether it was not there before. Raises InputError, MarkingError,
        PolicylibError."""
        data = _bytes(job)
        copied = marked_copy(data, job.marking.text, job.path)
        suffix = job.file.suffix
        if output is None:
            make_folder(folder)
            target = _free(folder / copy_name(job.file.name, job.marking.word), copied)
        elif output.suffix.lower() != suffix.lower():
            raise MarkingError(f"{output}：副本与原件同一格式，后缀应当是 {suffix}")
        else:
            target = output
        self._refuse_original(target, job)
        if target.is_file() and target.read_bytes() == copied:
            self.library.note_copy(target, job.held.sha256)
            return target, False
        write(target, copied)
        self.library.note_copy(target, job.held.sha256)
        return target, True

    def _refuse_original(self, target: Path, job: Job) -> None:
        """Nothing, unless a file of the library that bears no mark stands at `target`, by whatever name."""
        if not target.exists():
            return
        paths = (path for held in self.held.values() if not self._is_copy(held.sha256) for path in held.paths)
        if any(_same(target, original) for original in (job.file, *(self.home / path for path in paths))):
            raise MarkingError(f"{target}：这是原件，不能覆盖。请换一个文件名")

    def _is_copy(self, sha256: str) -> bool:
        analysis = self.snapshot.analyses.get(sha256)
        return analysis is not None and any(mark.rule.startswith(OWN) for mark in analysis.marks)


def _mark_on(found: Marking, document: str) -> Said | None:
    """What stands on a document and is not to be marked again: what is right by now, or an old mark of ours."""
    here = [one for one in found.said if one.evidence.sha256 == document]
    right = [one for one in here if agrees(found.status.state, one.says)]
    return next((one for one in (*right, *here) if one in right or one.evidence.rule.startswith(OWN)), None)


def _bytes(job: Job) -> bytes:
    """The bytes of the original, as the library knows them. Raises UnsupportedFormat for a packed one, MarkingError."""
    file = next((one for one in (job.file, *job.file.parents) if one.is_file()), None)
    if file is None:
        raise MarkingError(f"{job.path}：磁盘上找不到原件，请重新读入")
    data = file.read_bytes()
    if file != job.file and format_of(data).name in _PACKED:
        raise UnsupportedFormat(
            f"{job.path}：原件在压缩包或者邮件里，不能直接标注", "请先解压，用 policylib add 读入后再标"
        )
    if file == job.file and hashlib.sha256(data).hexdigest() != job.held.sha256:
        raise MarkingError(f"{job.path}：读入以后又改过，请先运行 policylib add")
    return data


def _free(target: Path, content: bytes) -> Path:
    """The path, numbered (通知（已废止）-2.docx) while another file stands there."""
    count, free = 1, target
    while free.exists() and not (free.is_file() and free.read_bytes() == content):
        count += 1
        free = target.with_name(f"{target.stem}-{count}{target.suffix}")
    return free


def _copy_in(folder: Path, job: Job) -> Path | None:
    """The copy of a file that lies there with these words; the copy is made only where one of its name is found."""
    target = folder / copy_name(job.file.name, job.marking.word)
    if not target.exists():
        return None
    same = _free(target, marked_copy(_bytes(job), job.marking.text, job.path))
    return same if same.exists() else None


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


# What is said of them ------------------------------------------------------------------------------------------------


def labels_of(found: Marking) -> str:
    """自己的标签“有效性：有效”, as the page prints it."""
    before = (one.evidence.before.splitlines() or [""] for one in found.wrong)
    quoted = (f"“{cell(lines[-1] + one.evidence.quote)}”" for lines, one in zip(before, found.wrong, strict=True))
    return f"自己的标签{'、'.join(dict.fromkeys(quoted))}"


def doubt_of(one: Marking) -> str:
    return one.doubt or f"页面说“{_says(one)}”，本库只知道“{one.word}”"


def _says(one: Marking) -> str:
    return "、".join(dict.fromkeys(said.says for said in one.said))
