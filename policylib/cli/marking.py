"""mark list, mark: which originals are to be marked, and marked copies of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from policylib.cli.chinese import LazyGroup
from policylib.cli.common import as_of_option, command, format_option, say, with_library
from policylib.cli.mark_copies import Desk, Job, doubt_of, labels_of
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.status_words import status_words
from policylib.errors import PolicylibError
from policylib.export.findings import quotation
from policylib.library import Library
from policylib.marks import FOLDER
from policylib.model import Snapshot
from policylib.own_tables import MARKS
from policylib.rules.marking import Marking, has_page, unseen

_STANDINGS = {"contradicts": "页面写着相反的", "open": "要标注", "doubtful": "待核实", "elsewhere": "上级或外地文件",
              "marked": "已标注"}  # fmt: skip
_TO_DO = ("contradicts", "open")


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
  policylib mark --listed --to 副本   清单列出的全部都做，放到“副本”文件夹（不写 --to 就是“标注”）

mark 文号 和 mark --listed 的选项见 policylib mark copy --help。
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
    desk = Desk(library, as_of)
    places = library.order().by_key
    by_standing = [*_STANDINGS].index
    found = sorted(desk.markings(), key=lambda one: (by_standing(one.standing), places[one.work.key]))
    shown = [one for one in found if everything or one.standing in _TO_DO]
    copies = {one.work.key: desk.copies(one) for one in shown if one.standing in _TO_DO}
    if form == "text":
        lines = (_lines(desk, place, one, copies.get(one.work.key, ())) for place, one in enumerate(shown, 1))
        write_text("\n".join(line for each in lines for line in each))
    else:
        write_rows((_row(desk, one, copies.get(one.work.key, ())) for one in shown), MARKS, form)
    say(_totals(found, desk.snapshot, sum(map(bool, copies.values()))))


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
    desk = Desk(library, as_of)
    to_do = [one for one in desk.markings() if one.standing in _TO_DO] if listed else []
    wanted = [one.work.key for one in to_do if not desk.bears_marks(one)] if listed else names
    half = [one for one in to_do if desk.bears_marks(one)]
    code = 0
    jobs: list[Job] = []
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
    for doubt in dict.fromkeys(doubt for job in jobs for doubt in desk.unsettled(job.marking)):
        say(f"请先核对：{cell(doubt)}")
    ours = desk.context
    for other in dict.fromkeys(job.marking.work.label for job in jobs if not ours.is_ours(job.marking.work)):
        say(f"请注意：{cell(other)}不是本地区机关的文件，应当由制发机关标注")
    if code == 0 and jobs:
        also = "，标签也改了，" if any(job.marking.wrong for job in jobs) else ""
        say(f"请核对后换上网站。换上以后{also}重新下载、再 policylib add，mark list 就不再列出")
        where = f"“{output}”" if output else f"“{folder}”文件夹里的副本"
        say(f"{where}不是网站上的页面，add 整个文件夹时不读；从网站下载的与副本一字不差的（docx、pdf），写明文件名读入")
    elif listed and not jobs and not half:
        say("没有要标注的")
    return code


def _relabel(found: Marking) -> str:
    """What no copy can put right: the label of the page comes from the site's own data."""
    return f"请注意：{cell(found.work.label)}的页面上，{labels_of(found)}也要改为“{found.word}”，请在网站后台更正"


def _told(error: PolicylibError) -> int:
    say(f"错误：{error}")
    return error.exit_code


def _done(desk: Desk, job: Job, output: Path | None, folder: Path) -> int:
    """Writes one copy, says where, and gives the exit code."""
    try:
        target, new = desk.write(job, output, folder)
        say(f"已写入 {target}" if new else f"副本已做过，没有变化：{target}")
    except PolicylibError as error:
        return _told(error)
    return 0


# The list ---------------------------------------------------------------------------------------------------------


def _lines(desk: Desk, place: int, one: Marking, copies: Sequence[str]) -> Iterator[str]:
    yield f"{place}. [{_STANDINGS[one.standing]}] {cell(one.work.label)}"
    yield f"   效力：{cell(_state(one))}"
    yield f"   标注：{cell(one.text)}"
    for words in one.status.decisive.words if one.status.decisive else ():
        yield f"   依据：{quotation(words)} —— {cell(words.origin)}"
    yield from (f"   页面：{quotation(said.evidence)} —— {cell(said.evidence.path)}" for said in one.said)
    if one.wrong and one.standing in _TO_DO:
        yield f"   更正：页面{labels_of(one)}要在网站后台改为“{one.word}”，只加标注不够"
    if one.standing == "doubtful":
        yield f"   待核实：{cell(doubt_of(one))}"
    if one.standing == "open" and not has_page(one.work):
        yield f"   请先核对：{cell(unseen(one.work))}"
    yield from (f"   请先核对：{cell(doubt)}" for doubt in desk.unsettled(one))
    yield from (f"   文件：{cell(path)}" for path in one.work.paths)
    if copies:
        yield f"   副本：已做（{'、'.join(map(cell, copies))}），尚未换上网站"


def _state(one: Marking) -> str:
    """废止（2018-11-23 起）; of an interpretation that of what it explains: 所解读的《某通知》废止（2018-11-23 起）."""
    if not one.explains:
        return status_words(one.status, one.work.role)
    each = (f"{outlived.policy.label}{status_words(outlived.status, 'policy')}" for outlived in one.explains)
    return f"所解读的{'；'.join(each)}"


def _row(desk: Desk, one: Marking, copies: Sequence[str]) -> dict[str, object]:
    work, evidence = one.work, one.status.decisive.evidence if one.status.decisive else None
    return {
        "standing": _STANDINGS[one.standing],
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "state": _state(one),
        "text": one.text,
        "paths": list(work.paths),
        "copies": list(copies),
        "quote": quotation(evidence) if evidence else None,
        "source": evidence.origin if evidence else None,
        "page": [quotation(said.evidence) for said in one.said],
        "doubt": "；".join([*([doubt_of(one)] if one.standing == "doubtful" else []), *desk.unsettled(one)]) or None,
        "key": work.key,
    }


def _totals(found: Iterable[Marking], snapshot: Snapshot, copied: int) -> str:
    """要标注 5，其中页面写着相反的 1；副本已做、尚未换上网站的 3；已标注 2；待核实 1."""
    counts = Counter[str](one.standing for one in found)
    to_do = sum(counts[one] for one in _TO_DO)
    contrary = f"，其中页面写着相反的 {counts['contradicts']}" if counts["contradicts"] else ""
    parts: Sequence[str] = [
        f"要标注 {to_do}{contrary}" if to_do else "没有要标注的",
        *([f"副本已做、尚未换上网站的 {copied}"] if copied else []),
        *(f"{_STANDINGS[one]} {counts[one]}" for one in ("doubtful", "elsewhere", "marked") if counts[one]),
    ]
    return f"{'；'.join(parts)}（据本库所知，截至 {snapshot.as_of}）"
