"""mark list, mark: which originals are to be marked, and marked copies of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from os.path import isfile
from pathlib import Path

import click

from policylib.cli.chinese import LazyGroup
from policylib.cli.common import as_of_option, command, format_option, say, with_library
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.pages import quotation, status_words
from policylib.errors import MarkingError, PolicylibError, UnsupportedFormat
from policylib.export.atomic import write
from policylib.export.marks import copy_name, marked_copy
from policylib.library import Held, Library
from policylib.link.labels import Said
from policylib.marks import FOLDER, OWN
from policylib.model import Snapshot, Work
from policylib.own_tables import MARKS
from policylib.readers.sniff import format_of
from policylib.rules.context import Context
from policylib.rules.marking import Marking, agrees, marking, markings

_STANDINGS = {"contradicts": "页面写着相反的", "open": "要标注", "doubtful": "待核实", "elsewhere": "上级或外地文件",
              "marked": "已标注"}  # fmt: skip
_TO_DO = ("contradicts", "open")
_PACKED = ("zip", "rar", "eml")


class _Marks(LazyGroup):
    """`mark 文号` is `mark copy 文号`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.lazy, "-h", "--help"):
            args = ["copy", *args]
        return super().parse_args(ctx, args or ["--help"])


mark_command = _Marks(
    name="mark",
    lazy={
        "list": (__name__, "列出要标注的原件和标注文字"),
        "copy": (__name__, "做出标注好的副本；copy 可以不写：policylib mark 文号"),
    },
    help="""标注原件：网站上的原文已经废止、失效或者修改的，要在原文上标明。

原件不动，副本放在“标注”文件夹里。核对以后由您换上网站；重新下载、再 policylib add，就从清单里消去。

\b
例：
  policylib mark list                 哪些要标注，怎么写
  policylib mark 岚科发〔2016〕31号   做一份标注好的副本
""",
)


@command("list", "列出要标注的原件：已废止、失效、部分失效、已修改，而页面上没有写明的；还有它们的解读。",
         "policylib mark list\npolicylib mark list --format csv > 标注清单.csv\npolicylib mark list --all",
         "所解读的文件已废止、失效的，解读的页面也要标注。\n"
         "页面写着“有效”而其实已废止、失效的排在最前。\n"
         "依据还没有核实的、上级和外地的文件不列，用 --all 可以看到。")  # fmt: skip
@as_of_option
@click.option("--all", "everything", is_flag=True, help="也列出已标注的、待核实的、上级和外地的。")
@format_option
@with_library
def list_command(library: Library, as_of: date | None, everything: bool, form: str) -> None:
    snapshot = library.snapshot(as_of)
    places = library.order().by_key
    by_standing = [*_STANDINGS].index
    marked = markings(snapshot, Context(library.tables, library.office))
    found = sorted(marked, key=lambda one: (by_standing(one.standing), places[one.work.key]))
    shown = [one for one in found if everything or one.standing in _TO_DO]
    if form == "text":
        write_text("\n".join(line for place, one in enumerate(shown, 1) for line in _lines(place, one)))
    else:
        write_rows(map(_row, shown), MARKS, form)
    say(_totals(found, snapshot))


@command("copy", "做一份标注好的副本，原件不动。",
         "policylib mark 岚科发〔2016〕31号\npolicylib mark 文件/2016-lzkj-xiangmu-guanli.pdf -o 已标注.pdf\n"
         "policylib mark --listed --to 标注",
         "能标注 docx、PDF、网页（html）和 txt。\n"
         "写文号的，这份政策的每个文件各做一份；写文件名的，只做这一个。")  # fmt: skip
@click.argument("names", metavar="文号、标题或文件...", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
              help="副本写到哪个文件；只在做一份时用。")  # fmt: skip
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(FOLDER),
              metavar="文件夹", help=f"副本放在哪个文件夹，默认是当前文件夹下的“{FOLDER}”。")  # fmt: skip
@click.option("--listed", is_flag=True, help="mark list 列出的全部都做。")
@as_of_option
@with_library
def copy_command(
    library: Library, names: tuple[str, ...], output: Path | None, folder: Path, listed: bool, as_of: date | None
) -> int:
    if bool(names) == listed:
        raise click.UsageError("请写明文号、标题或文件；全部都做，写 --listed", click.get_current_context())
    desk = _Desk(library, as_of)
    to_do = [one for one in desk.markings() if one.standing in _TO_DO] if listed else []
    wanted = [one.work.key for one in to_do if not desk.bears_marks(one)] if listed else names
    half = [one for one in to_do if desk.bears_marks(one)]
    code = 0
    jobs: list[_Job] = []
    for name in wanted:
        try:
            jobs += desk.jobs(name)
        except PolicylibError as error:
            code = max(code, _told(error))
    if output is not None and len(jobs) > 1:
        raise click.UsageError(
            f"要做 {len(jobs)} 份，不能都写到 {output}；请改用 --to 文件夹", click.get_current_context()
        )
    code = max([code, *(_done(desk, job, output, folder) for job in jobs)])
    for said in dict.fromkeys(_relabel(one) for one in (*(job.marking for job in jobs), *half) if one.wrong):
        say(said)
    ours = Context(library.tables, library.office)
    for other in dict.fromkeys(job.marking.work.label for job in jobs if not ours.is_ours(job.marking.work)):
        say(f"请注意：{cell(other)}不是本地区机关的文件，应当由制发机关标注")
    if code == 0 and jobs:
        also = "，标签也改了，" if any(job.marking.wrong for job in jobs) else ""
        say(f"请核对后换上网站。换上以后{also}重新下载、再 policylib add，mark list 就不再列出")
        say(f"“{FOLDER}”文件夹里的副本，add 它上面的文件夹时不读")
    elif listed and not jobs and not half:
        say("没有要标注的")
    return code


def _relabel(found: Marking) -> str:
    """What no copy can put right: the label of the page comes from the site's own data."""
    return f"请注意：{cell(found.work.label)}的页面上，{_labels(found)}也要改为“{found.word}”，请在网站后台更正"


def _labels(found: Marking) -> str:
    """自己的标签“有效性：有效”, as the page prints it."""
    before = (one.evidence.before.splitlines() or [""] for one in found.wrong)
    quoted = (f"“{cell(lines[-1] + one.evidence.quote)}”" for lines, one in zip(before, found.wrong, strict=True))
    return f"自己的标签{'、'.join(dict.fromkeys(quoted))}"


def _told(error: PolicylibError) -> int:
    say(f"错误：{error}")
    return error.exit_code


def _done(desk: _Desk, job: _Job, output: Path | None, folder: Path) -> int:
    """Writes one copy, says where, and gives the exit code."""
    try:
        say(f"已写入 {desk.write(job, output, folder)}")
    except PolicylibError as error:
        return _told(error)
    return 0


# Copies -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to be marked: where it stands, what the library calls it, and how it is marked."""

    file: Path
    path: str
    held: Held
    marking: Marking


class _Desk:
    """The library's files beside what they are to say."""

    def __init__(self, library: Library, as_of: date | None) -> None:
        self.library = library
        self.home = library.path.parent
        self.snapshot: Snapshot = library.snapshot(as_of)
        self.held = {one.sha256: one for one in library.documents()}

    def markings(self) -> tuple[Marking, ...]:
        return markings(self.snapshot, Context(self.library.tables, self.library.office))

    def bears_marks(self, found: Marking) -> bool:
        """Whether every file that the library has of it is marked, and only labels are left to correct."""
        there = [one for one in found.work.documents if one in self.held]
        return bool(there) and all(_mark_on(found, one) is not None for one in there)

    def jobs(self, name: str) -> list[_Job]:
        """The files that a name means. Raises MarkingError, PolicyNotFound, AmbiguousPolicy."""
        if not isfile(name):  # noqa: PTH113  unlike Path.is_file, it takes a title of any length
            return self._of_work(self.library.get(name))
        file = Path(name)
        held = self.held.get(hashlib.sha256(file.read_bytes()).hexdigest())
        if held is None or not held.works:
            raise MarkingError(f"{name}：库中没有这个文件，或者读入以后又改过。请先运行 policylib add {name}")
        found = self._to_mark(self.snapshot.by_key[held.works[0]])
        self._refuse_marked(name, found, [held.sha256])
        return [_Job(file, name, held, found)]

    def _of_work(self, work: Work) -> list[_Job]:
        """Every file of a work that does not say it by now, each content once."""
        found = self._to_mark(work)
        there = [one for one in work.documents if one in self.held and _mark_on(found, one) is None]
        if not there:
            self._refuse_marked(work.label, found, work.documents)
        if missing := [path for one in there if not self.held[one].paths for path in self.held[one].missing]:
            raise MarkingError(f"{work.label}：磁盘上找不到原件 {missing[0]}，请重新读入")
        jobs = ((self.held[one], self.held[one].paths[0]) for one in there)
        return [_Job(self.home / path, path, held, found) for held, path in jobs]

    def _refuse_marked(self, name: str, found: Marking, documents: Iterable[str]) -> None:
        """Nothing, unless one of these documents bears a mark: one that holds, or an old one of ours."""
        for said in (one for document in documents if (one := _mark_on(found, document))):
            if agrees(found.status.state, said.says):
                label = f"；但页面{_labels(found)}还没有改，请在网站后台改为“{found.word}”" if found.wrong else ""
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
            raise MarkingError(f"{work.label}：{_doubt(found)}。请先用 policylib show 核实，再标注")
        return found

    def write(self, job: _Job, output: Path | None, folder: Path) -> Path:
        """Writes the marked copy and gives its path. Raises InputError, MarkingError, PolicylibError."""
        data = _bytes(job)
        copied = marked_copy(data, job.marking.text, job.path)
        suffix = job.file.suffix
        if output is None:
            folder.mkdir(parents=True, exist_ok=True)
            target = _free(folder / copy_name(job.file.name, job.marking.word), copied)
        elif output.suffix.lower() != suffix.lower():
            raise MarkingError(f"{output}：副本与原件同一格式，后缀应当是 {suffix}")
        else:
            target = output
        self._refuse_original(target, job)
        write(target, copied)
        return target

    def _refuse_original(self, target: Path, job: _Job) -> None:
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


def _bytes(job: _Job) -> bytes:
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


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


# The list ---------------------------------------------------------------------------------------------------------


def _lines(place: int, one: Marking) -> Iterator[str]:
    yield f"{place}. [{_STANDINGS[one.standing]}] {cell(one.work.label)}"
    yield f"   效力：{cell(_state(one))}"
    yield f"   标注：{cell(one.text)}"
    decisive = one.status.decisive
    if decisive and decisive.evidence:
        yield f"   依据：{quotation(decisive.evidence)} —— {cell(decisive.evidence.path)}"
    yield from (f"   页面：{quotation(said.evidence)} —— {cell(said.evidence.path)}" for said in one.said)
    if one.wrong and one.standing in _TO_DO:
        yield f"   更正：页面{_labels(one)}要在网站后台改为“{one.word}”，只加标注不够"
    if one.standing == "doubtful":
        yield f"   待核实：{cell(_doubt(one))}"
    yield from (f"   文件：{cell(path)}" for path in one.work.paths)


def _state(one: Marking) -> str:
    """废止（2018-11-23 起）; of an interpretation that of what it explains: 所解读的《某通知》废止（2018-11-23 起）."""
    if not one.explains:
        return status_words(one.status, one.work.role)
    each = (f"{outlived.policy.label}{status_words(outlived.status, 'policy')}" for outlived in one.explains)
    return f"所解读的{'；'.join(each)}"


def _doubt(one: Marking) -> str:
    return one.doubt or f"页面说“{_says(one)}”，本库只知道“{one.word}”"


def _says(one: Marking) -> str:
    return "、".join(dict.fromkeys(said.says for said in one.said))


def _row(one: Marking) -> dict[str, object]:
    work, evidence = one.work, one.status.decisive.evidence if one.status.decisive else None
    return {
        "standing": _STANDINGS[one.standing],
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "state": _state(one),
        "text": one.text,
        "paths": list(work.paths),
        "quote": quotation(evidence) if evidence else None,
        "source": evidence.path if evidence else None,
        "page": [quotation(said.evidence) for said in one.said],
        "doubt": _doubt(one) if one.standing == "doubtful" else None,
        "key": work.key,
    }


def _totals(found: Iterable[Marking], snapshot: Snapshot) -> str:
    """要标注 5，其中页面写着相反的 1；已标注 2；待核实 1."""
    counts = Counter[str](one.standing for one in found)
    to_do = sum(counts[one] for one in _TO_DO)
    contrary = f"，其中页面写着相反的 {counts['contradicts']}" if counts["contradicts"] else ""
    parts: Sequence[str] = [
        f"要标注 {to_do}{contrary}" if to_do else "没有要标注的",
        *(f"{_STANDINGS[one]} {counts[one]}" for one in ("doubtful", "elsewhere", "marked") if counts[one]),
    ]
    return f"{'；'.join(parts)}（据本库所知，截至 {snapshot.as_of}）"
