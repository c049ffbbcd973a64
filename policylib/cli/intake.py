"""init, add, remove: what goes into a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import click

from policylib.cli.common import (
    CANNOT_READ,
    Place,
    Progress,
    command,
    say,
    tell_doubts,
    tell_own_tables,
    text_or_json_option,
    with_library,
)
from policylib.cli.output import cell, write_json, write_text
from policylib.library import AddReport, Library
from policylib.library.reading import OWN_TABLE_REMEDY
from policylib.model import Work

_SUFFIXES_SHOWN = 5
_NAMES_SHOWN = 5
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")  # a scan of a paper may be one
_COPIES_SHOWN = 5
_VANISHED_SHOWN = 10  # files that somebody deleted or put elsewhere; more are seldom meant


@command("init", "在文件夹里建一个新的政策库。", "policylib init\npolicylib init D:/政策文件",
         "建好后是一个文件 policies.plib，旁边有设置文件 policylib.toml，\n请在其中写明本单位所在地区。")  # fmt: skip
@click.argument("folder", metavar="[文件夹]", type=click.Path(path_type=Path), default=Path())
def init_command(folder: Path) -> None:
    with Library.create(folder) as library:
        click.echo(f"已建库：{library.path}")
        say("下一步：在 policylib.toml 写明所在地区，然后运行 policylib add 文件夹")


@command("add", "把文件或文件夹读入库中。", "policylib add .\npolicylib add 下载/ 通知.docx",
         "再次运行时只读有变化的文件；移动过的文件能认出来；\n读不出的文件列在最后，并说明原因和办法；已经告诉过的只报个数，\n"
         "文件或程序有了变化才再试，全部的见 policylib list --unread。\n"
         "文件夹里的图片、表格数据、程序等不是公文的略过；单独写明的文件照读。\n"
         "随时可按 Ctrl-C 中断，已读入的不会丢失。")  # fmt: skip
@click.argument("paths", metavar="文件或文件夹...", type=Place(), nargs=-1, required=True)
@text_or_json_option
@click.option("-v", "--verbose", is_flag=True, help="列出每个读入的文件和文件内部的疑点。")
@with_library
def add_command(library: Library, paths: tuple[Path, ...], form: str, verbose: bool) -> int:
    progress = Progress()
    try:
        report = library.add(paths, progress=progress)
    finally:
        progress.close()
    if form == "json":
        write_json(report_json(report))
    else:
        write_text(report_text(report, verbose))
        tell_drafts(library, report)
    write_failures(report)
    tell_doubts(library)
    tell_own_tables(library)
    return CANNOT_READ if report.failed else 0


@command("remove", "从库中移出文件，不动磁盘上的原件。", "policylib remove 旧文件/")
@click.argument("paths", metavar="文件或文件夹...", type=Place(), nargs=-1, required=True)
@with_library
def remove_command(library: Library, paths: tuple[Path, ...]) -> int:
    report = library.remove(paths)
    write_text("\n".join(f"已移出 {cell(path)}" for path in report.removed) or "没有移出文件")
    for path in report.unknown:
        say(f"库中没有 {cell(path)}")
    return 1 if report.unknown else 0


def report_text(report: AddReport, verbose: bool) -> str:
    """How many files are new, changed, unchanged, and what is to be noticed of them."""
    return "\n".join((_counts(report), *report_notes(report, verbose)))


def _counts(report: AddReport) -> str:
    copies = [one for one in report.moved if one.copy]
    counts = {
        "新增": len(report.added), "更新": len(report.updated), "移动": len(report.moved) - len(copies),
        "内容相同": len(copies), "未变": len(report.unchanged), "不见": len(report.vanished),
        "读不出": len(report.failed),
    }  # fmt: skip
    counted = "，".join(f"{word} {count}" for word, count in counts.items() if count)
    nothing_new = "没有变化" if report.unchanged or report.still_failed else "没有找到可读的文件"
    return f"没有变化，{counted}" if counted == f"未变 {len(report.unchanged)}" else counted or nothing_new


def report_notes(report: AddReport, verbose: bool) -> list[str]:
    """What is to be noticed: files that are gone, copies, what was passed over, doubts."""
    copies = [one for one in report.moved if one.copy]
    lines = list(_vanished_lines(report, verbose))
    lines += [
        f"{cell(one.path)} 与 {cell(one.former)} 内容相同，算一份"
        for one in copies[: None if verbose else _COPIES_SHOWN]
    ]
    if len(copies) > _COPIES_SHOWN and not verbose:
        lines.append(f"…… 另有 {len(copies) - _COPIES_SHOWN} 个与别的文件内容相同，加 -v 全部列出")
    pictures = [path for path in report.skipped if path.lower().endswith(_PICTURES)]
    if others := [path for path in report.skipped if path not in pictures]:
        lines.append(f"略过 {len(others)} 个不是公文的文件（{_suffixes(others)}）")
    if pictures:
        scans = "如是扫描的公文，请单独写明文件名（需装 policylib[ocr]）"
        lines.append(f"图片 {len(pictures)} 个没有读（{_names(pictures)}）；{scans}")
    if report.own_tables:
        own = f"{len(report.own_tables)} 个 policylib 自己写出的表（{_names(report.own_tables)}）"
        lines.append(f"略过 {own}；{OWN_TABLE_REMEDY}")
    if report.own_copies:
        copied = f"{len(report.own_copies)} 份 policylib 做的标注副本（{_names(report.own_copies)}）"
        lines.append(f"略过 {copied}：副本不是网站上的页面，不算标注过。已经换上网站、重新下载的，写明文件名读入")
    if verbose:
        lines += [f"略过：{cell(path)}" for path in report.skipped]
        lines += [f"新增：{cell(path)}" for path in report.added]
        lines += [f"更新：{cell(path)}" for path in report.updated]
        lines += [f"移动：{cell(one.former)} → {cell(one.path)}" for one in report.moved if not one.copy]
        lines += [f"疑点：{cell(one.path)}：{cell(one.problem.message)}" for one in report.problems]
    elif report.problems:
        lines.append(f"另有 {len(report.problems)} 处疑点，可用 policylib list --problems 查看")
    return lines


def _vanished_lines(report: AddReport, verbose: bool) -> Iterator[str]:
    """Each file that is gone; of many, or where nothing that was known is there, how many in one line: that is another
    folder, or a disk that is not there, seldom a hundred files that somebody deleted."""
    gone = report.vanished
    there = report.unchanged or report.updated or report.moved
    if len(gone) <= _VANISHED_SHOWN and (there or len(gone) == 1):
        kept = "磁盘上已没有，库中仍保留；要移出请用 policylib remove"
        yield from (f"不见：{cell(path)}（{kept}）" for path in gone)
    elif gone:
        how_many = f"{len(gone)} 份不见" if there else f"全部 {len(gone)} 份都不见"
        more = "" if verbose else "；逐份列出，加 -v"
        yield f"{how_many}，是不是换了文件夹、移动硬盘没有插上？库中仍保留，确要移出的用 policylib remove{more}"
        yield from (f"不见：{cell(path)}" for path in gone if verbose)


def tell_drafts(library: Library, report: AddReport) -> None:
    """Which of the files that came in are drafts, and what that means; and which have the name of a draft without
    saying that they are one."""
    held = library.works(role="draft")
    came = {*report.added, *report.updated, *(one.path for one in report.moved)}
    drafts = [path for work in held for path in work.paths if path in came]
    if drafts:
        say(f"稿件 {len(drafts)} 份（{_names(drafts)}）：文件名或标题写着送审稿、草案等，不算政策文件，所写的不算数")
        say("  送审以前用 policylib check 查；正式印发了的，换成正式的文件名再读入")
    if unmarked := [path for work in _finals(library, held) for path in work.paths if path in came]:
        say(f"与稿件同名、没有写明是稿件的 {len(unmarked)} 份（{_names(unmarked)}）：当作正式文件读入，所写的算数")
        say("  已经印发的，不必管；还没有印发的，在文件名末尾写上“送审稿”，再读入一次")


def _finals(library: Library, drafts: Sequence[Work]) -> Sequence[Work]:
    """The papers of the library that are taken for what the drafts became."""
    if not drafts:
        return ()
    snapshot = library.snapshot()
    became = {one.target for work in drafts for one in snapshot.outgoing.get(work.key, ()) if one.kind == "draft_of"}
    return [work for work in snapshot.works if work.key in became and work.held]


def _names(paths: Sequence[str]) -> str:
    """清理建议.xlsx，问题.csv: the first."""
    shown = "，".join(cell(path) for path in paths[:_NAMES_SHOWN])
    return f"{shown} 等" if len(paths) > _NAMES_SHOWN else shown


def _suffixes(paths: Sequence[str]) -> str:
    """.png 5，.css 3: the commonest first."""
    counts = Counter(PurePosixPath(path).suffix.lower() for path in paths).most_common()
    shown = "，".join(f"{suffix} {count}" for suffix, count in counts[:_SUFFIXES_SHOWN])
    return f"{shown} 等" if len(counts) > _SUFFIXES_SHOWN else shown


def write_failures(report: AddReport) -> None:
    """The bad files, with reason and remedy, to stderr; of those that were told before, how many they are."""
    if report.still_failed:
        say(f"仍读不出 {len(report.still_failed)} 个，见 policylib list --unread")
    if report.failed:
        say(f"以下 {len(report.failed)} 个文件没有读入：")
    for one in report.failed:
        say(f"  {cell(one.path)}：{cell(one.message)}。{cell(one.remedy)}")


def report_json(report: AddReport) -> dict[str, object]:
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "moved": [{"former": one.former, "path": one.path, "copy": one.copy} for one in report.moved],
        "vanished": report.vanished,
        "skipped": report.skipped,
        "own_tables": report.own_tables,
        "own_copies": report.own_copies,
        "failed": [
            {"path": one.path, "code": one.code, "message": one.message, "remedy": one.remedy} for one in report.failed
        ],
        "still_failed": [
            {"path": one.path, "code": one.code, "message": one.message, "remedy": one.remedy}
            for one in report.still_failed
        ],
        "problems": [
            {"path": one.path, "rule": one.problem.rule, "message": one.problem.message, "quote": one.quote}
            for one in report.problems
        ],
    }
