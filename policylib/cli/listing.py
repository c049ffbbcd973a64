"""list: the works of a library, its files, what is doubtful in them, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from policylib.cli.common import (
    OutputFile,
    as_of_option,
    command,
    format_option,
    say,
    tell_organs,
    with_library,
)
from policylib.cli.output import cell, write_rows
from policylib.cli.saving import save_table
from policylib.cli.sweeping import with_open_ends
from policylib.cli.work_rows import name_of, work_row
from policylib.export import TABLE_SUFFIXES
from policylib.library import FileProblem, Library
from policylib.library.field_words import ROLES, UNMARKED, days_meant
from policylib.library.order import Sort
from policylib.model import Status, Work
from policylib.model.status import NOT_MADE
from policylib.own_tables import FILES, PROBLEMS, UNREAD, WORKS

_SORTS: dict[str, Sort] = {"文号": "number", "日期": "date", "标题": "title"}
_HEADS = {**dict(WORKS), "name": "标题", "state": "效力", "shown": "公布日期", "reader": "解读单位"}
_WORKS_SHOWN = tuple(
    (name, _HEADS[name])
    for name in (
        "number",
        "name",
        "role",
        "state",
        "expires",
        "dated",
        "shown",
        "issuers",
        "reader",
        "disclosure",
        "flags",
    )
)


@command("list", "列出库中的政策文件。", "policylib list\npolicylib list --status 失效 --issuer 科技局\n"
         "policylib list --own\npolicylib list -o 清单.xlsx\n"
         "policylib list --expires ..2025-06-30\npolicylib list --format csv > 清单.csv",
         "policylib.toml 写明的本单位的文件在前，再是本地区的，再是其他的；新的在前，没有日期的在最后。")  # fmt: skip
@click.option("--role", type=click.Choice([*ROLES]), metavar="类别", help="政策文件、解读、清理结果、稿件或其他。")
@click.option("--issuer", metavar="机关", help="发文机关，可用简称，例如 科技局。")
@click.option("--own", is_flag=True, help="只列本地区机关的（含所辖区县），地区照 policylib.toml 写的。")
@click.option("--year", metavar="年份", help="例如 2017 或 2017..2019。")
@click.option("--status", metavar="效力", help="例如 有效、失效、废止。")
@click.option("--type", "doc_type", metavar="文种", help="例如 通知、办法。")
@click.option("--disclosure", metavar="公开属性", help="主动公开、依申请公开、不予公开；未注明是没有标的。")
@click.option("--expires", metavar="日期",
              help="有效期在哪些天届满，先届满的在前：2025、2025-01-01..2025-06-30；"
                   "..2025-06-30 从今天（或者 --as-of 那天）起。")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="也列出只被引用、库中没有原文的文件。")
@click.option("--sort", type=click.Choice([*_SORTS]), metavar="排序",
              help="改按 文号、日期（新的在前，不分机关）或 标题 排。")  # fmt: skip
@click.option("--files", is_flag=True, help="按磁盘上的文件列，含疑点和已不见的。")
@click.option("--problems", is_flag=True, help="列出文件里的疑点：缺损的文号、前后不一致处等，附原文。")
@click.option("--unread", is_flag=True, help="列出读不出的文件，附原因和办法。")
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="另存为 .csv、.xlsx 或 .json。")  # fmt: skip
@as_of_option
@format_option
@with_library
def list_command(
    library: Library, role: str | None, own: bool, everything: bool, sort: str | None, files: bool, problems: bool,
    unread: bool, output: Path | None, as_of: date | None, form: str, **wanted: Any,
) -> int:  # fmt: skip
    if output is not None and (problems or unread or files):
        raise click.UsageError("-o 只存文件清单，不与 --problems、--unread、--files 同用", click.get_current_context())
    if problems or unread or files:
        (_write_problems if problems else _write_unread if unread else _write_files)(library, form)
        return 0
    meant: Any = ROLES.get(role or "")
    held, by = None if everything else True, _SORTS.get(sort or "", "office")
    works = library.works(role=meant, held=held, as_of=as_of, sort=by, **wanted)
    works = _of_region(library, works) if own else works
    statuses = with_open_ends(library, works, library.statuses(works, as_of), brief=True, ended=True)
    rows = [work_row(work, statuses[work.key], library.issuers_of(work)) for work in works]
    if output is not None or form != "json":  # programs are told what was read, and nothing else
        rows = [row | {"title": name_of(work)} for row, work in zip(rows, works, strict=True)]
    if output is not None and works:
        save_table(rows, WORKS, output, "清单")
        say(f"已存入 {output}")
    else:
        write_rows(rows, WORKS, form, _WORKS_SHOWN)
    if wanted["issuer"]:
        tell_organs(library.issuers(wanted["issuer"]))
    if not works:
        filtered = any((role, own, *wanted.values()))
        say("没有符合条件的文件" if filtered else "库里还没有文件，请先运行 policylib add 文件夹")
        _tell_ended_range(wanted["expires"] or "", as_of or date.today())
        return 1 if filtered else 0
    say(f"共 {len(works)} 份{_disclosed(works)}")
    _tell_unknown(statuses.values())
    if wanted["expires"]:
        say("届满前应当评估的、已满未见处理的，见 policylib check --rule 有效期")
    return 0


def _tell_ended_range(days: str, start: date) -> None:
    """Of ..2025-06-30, which begins today: that it ended before, and how to see what ran out until then."""
    first, last = days_meant(days, start) if days else (start, start)
    if first == start and last < start:
        since = "今天" if start == date.today() else "那天"
        whole = f"--expires {last.year - 10}-01-01..{last}"
        say(f"“{days.strip()}”没有写起始日，从{since}（{start}）算起，{last} 已经过去；看以前届满的，写 {whole}")


def _of_region(library: Library, works: Sequence[Work]) -> tuple[Work, ...]:
    """Those of the office's own region, its districts among them. Raises UsageError where it names none."""
    if not library.office.jurisdiction:
        raise click.UsageError("--own 要知道本单位在哪里：请先在 policylib.toml 写明所在地区（jurisdiction 一行）")
    from policylib.rules.context import Context  # the rules load when they are asked

    context = Context(library.tables, library.office)
    return tuple(work for work in works if context.is_ours(work))


def _write_problems(library: Library, form: str) -> None:
    found = library.problems()
    write_rows(map(_problem_row, found), PROBLEMS, form, PROBLEMS[:3])
    say(f"共 {len(found)} 处" if found else "没有发现疑点")


def _write_files(library: Library, form: str) -> None:
    write_rows(_file_rows(library), FILES, form)


def _write_unread(library: Library, form: str) -> None:
    found = library.unread()
    write_rows(map(asdict, found), UNREAD, form, UNREAD[:3])
    again = "；文件或程序有了变化，下次 add 再试；现在就试，请单独写明：policylib add 文件名"
    say(f"读不出 {len(found)} 个{again}" if found else "没有读不出的文件")


def _disclosed(works: Sequence[Work]) -> str:
    """；其中 32 份有原文的政策文件、清理结果，公开属性：主动公开 29，未注明 3; interpretations and news need none."""
    found = Counter(work.disclosure or UNMARKED for work in works if work.held and work.role in ("policy", "cleanup"))
    return f"；其中有原文的政策文件、清理结果 {found.total()} 份，公开属性：{_counted(found)}" if found else ""


def _tell_unknown(statuses: Iterable[Status]) -> None:
    """当时尚未制发的 3 份. 未知 36 份：没有原文 34，没有日期 2, and where the reason of each is to be had."""
    seen = tuple(statuses)
    found = Counter(one.open_doubt.brief for one in seen if one.open_doubt)
    if later := sum(one.is_unmade for one in seen):
        say(f"当时{NOT_MADE}的 {later} 份")
    if found:
        say(f"效力未知 {found.total()} 份：{_counted(found)}（据本库所知）。逐份的原因，见 policylib status 文号")


def _counted(found: Counter[str]) -> str:
    """主动公开 29，未注明 3: the most frequent first."""
    return "，".join(f"{word} {count}" for word, count in sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _file_rows(library: Library) -> Iterator[dict[str, object]]:
    problems: dict[str, list[str]] = {}
    for one in library.problems():
        problems.setdefault(one.path, []).append(cell(one.problem.message))
    for held in library.documents():
        yield {
            "paths": list(held.paths),
            "missing": list(held.missing),
            "reader": held.reader,
            "problems": problems.get((*held.paths, *held.missing, "")[0], []),
            "works": list(held.works),
        }


def _problem_row(found: FileProblem) -> dict[str, object]:
    return {"path": found.path, "message": found.problem.message, "quote": found.quote, "rule": found.problem.rule}
