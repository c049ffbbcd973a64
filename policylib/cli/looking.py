"""list, search, show, links: what is in a library."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from policylib.cli.common import (
    Count,
    OutputFile,
    as_of_option,
    command,
    format_option,
    say,
    tell_organs,
    text_or_json_option,
    with_library,
)
from policylib.cli.output import cell, record, write_json, write_rows, write_text
from policylib.cli.pages import other_label, seen_from, work_page
from policylib.cli.saving import save_table
from policylib.cli.status_words import UNSURE_DAY, status_words
from policylib.cli.sweeping import hints_of, with_open_ends
from policylib.cli.unauthorised import with_doubted_authority
from policylib.cli.width import folded
from policylib.cli.work_rows import work_row
from policylib.export import TABLE_SUFFIXES
from policylib.export.findings import quotation
from policylib.export.plain import steady
from policylib.export.words import ROLES as ROLE_WORDS
from policylib.extract.folding import fold
from policylib.extract.task_items import with_leaderless
from policylib.library import FileProblem, Hit, Library, SearchResult
from policylib.library.field_words import ROLES, UNMARKED, days_meant
from policylib.library.order import Sort
from policylib.model import Evidence, Status, Work, nested, unnamed
from policylib.model.status import NOT_MADE
from policylib.own_tables import FILES, HITS, LINKS, PROBLEMS, UNREAD, WORKS
from policylib.rules.evidence import evidence_at

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
    if problems:
        found = library.problems()
        write_rows(map(_problem_row, found), PROBLEMS, form, PROBLEMS[:3])
        say(f"共 {len(found)} 处" if found else "没有发现疑点")
        return 0
    if unread:
        _write_unread(library, form)
        return 0
    if files:
        write_rows(_file_rows(library), FILES, form)
        return 0
    meant: Any = ROLES.get(role or "")
    held, by = None if everything else True, _SORTS.get(sort or "", "office")
    works = library.works(role=meant, held=held, as_of=as_of, sort=by, **wanted)
    works = _of_region(library, works) if own else works
    statuses = with_open_ends(library, works, library.statuses(works, as_of), brief=True)
    rows = [work_row(work, statuses[work.key], library.issuers_of(work)) for work in works]
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
    found = Counter(one.doubt.brief for one in statuses if one.doubt)
    if later := found.pop(NOT_MADE, 0):
        say(f"当时{NOT_MADE}的 {later} 份")
    if found:
        say(f"效力未知 {found.total()} 份：{_counted(found)}（据本库所知）。逐份的原因，见 policylib status 文号")


def _counted(found: Counter[str]) -> str:
    """主动公开 29，未注明 3: the most frequent first."""
    return "，".join(f"{word} {count}" for word, count in sorted(found.items(), key=lambda one: (-one[1], one[0])))


@command("search", "检索政策文件。",
         "policylib search 政务公开\npolicylib search 政务公开 发文机关:科技局 状态:有效\n"
         "policylib search “政府信息公开” 年份:2017..2019 非 状态:废止\npolicylib search 淄政办发[2017]17号",
         "几个词用空格分开，表示都要有；“或”“非”两边留空格；\n加中文引号则标点也要一致；文号怎样写都行。\n"
         "检索项：标题：文号：发文机关：年份：文种：状态：类别：公开属性：\n"
         "类别可写：政策文件、解读、清理结果、稿件、其他")  # fmt: skip
@click.argument("query", metavar="检索式", nargs=-1, required=True)
@click.option("-n", "--limit", type=Count(), default=20, metavar="条数", help="最多显示多少条，默认 20。")
@click.option("--offset", type=Count(), default=0, metavar="条数", help="跳过前面多少条。")
@as_of_option
@format_option
@with_library
def search_command(
    library: Library, query: tuple[str, ...], limit: int, offset: int, as_of: date | None, form: str
) -> int:
    result = library.search(" ".join(query), limit=limit, offset=offset, as_of=as_of)
    hints = hints_of(library, {hit.key: hit.status for hit in result.hits})
    _write_result(result, form, offset + 1, hints)
    for choice in result.organs:
        tell_organs(choice)
    shown = f"，显示第 {offset + 1} 至 {offset + len(result.hits)} 份" if len(result.hits) < result.total else ""
    say(f"共 {result.total} 份{shown if result.hits else ''}" if result.total else "没有找到。可减少检索词，或换个说法")
    return 0 if result.total else 1


@command("show", "看一份文件：要素、效力、依据、解读、清理，都附原文。",
         "policylib show 淄政办发〔2017〕17号\npolicylib show 政务公开办法 --as-of 2020-01-01",
         "名称可以是文号（怎样写都行）、标题、标题的一部分或文件路径。")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@as_of_option
@text_or_json_option
@with_library
def show_command(library: Library, name: tuple[str, ...], as_of: date | None, form: str) -> None:
    links = library.links(" ".join(name))
    swept = with_open_ends(library, [links.work], library.statuses([links.work], as_of))[links.work.key]
    status = with_doubted_authority(library, links, swept)
    if form == "text":
        problems = [one.problem for one in library.problems(links.work.documents)]
        issuers, files = library.issuers_of(links.work), library.files(links.work)
        write_text(work_page(links, status, *_printed(library, links.work), issuers, files, problems))
        return
    write_json(
        {
            "work": record(links.work),
            "status": record(status),
            "outgoing": record(links.outgoing),
            "incoming": record(links.incoming),
            "effects": record(links.effects),
            "unresolved": record(links.unresolved),
            "judgements": record(links.judgements),
            "files": library.files(links.work),
        }
    )


def _printed(library: Library, work: Work) -> tuple[Evidence | None, int]:
    """Where the work's file says its 公开属性, and how many tasks it gives."""
    for sha256 in work.documents:
        analysis, text = library.analysis(sha256), library.text(sha256)
        mark = analysis.elements.disclosure if analysis else None
        if analysis and text and (analysis.tasks or mark):
            said = evidence_at(analysis.source, text, mark.span, mark.rule) if mark else None
            plain_policy = analysis.role.value != "interpretation" and analysis.tasks
            year = work.day.year if work.day else None
            return said, len(with_leaderless(fold(text), analysis.tasks, year)) if plain_policy else 0
    return None, 0


@command("links", "看一份文件与其他文件的关系，每条附原文和出处。",
         "policylib links 淄政办发〔2017〕17号\npolicylib links 政务公开办法 --format csv > 关系.csv")  # fmt: skip
@click.argument("name", metavar="文号或标题", nargs=-1, required=True)
@format_option
@with_library
def links_command(library: Library, name: tuple[str, ...], form: str) -> None:
    links = library.links(" ".join(name))
    rows = (
        {
            "relation": link.says,
            "other": other_label(links, link.other),
            "quote": quotation(link.relation.evidence),
            "path": link.relation.evidence.path,
            "confidence": link.relation.confidence,
            "judged": link.relation.judged,
            "corroboration": link.relation.corroboration,
            "key": link.other,
            "kind": link.relation.kind,
            "direction": "out" if link.relation.source == links.work.key else "in",
        }
        for link in seen_from(links)
    )
    write_rows(rows, LINKS, form, LINKS[:4])
    counts = f"{len(links.outgoing)} 条引用，{len(links.incoming)} 条被引，{len(links.unresolved)} 条未能对应"
    say(f"{links.work.label}：{counts}")


def _write_result(result: SearchResult, form: str, first: int, hints: Mapping[str, str]) -> None:
    rows = [_hit_row(hit, hints.get(hit.key, "")) for hit in result.hits]
    if form == "json":
        hits = [
            row | {"highlights": [[span.start, span.end] for span in hit.highlights]}
            for row, hit in zip(rows, result.hits, strict=True)
        ]
        write_json({"total": result.total, "hits": hits})
    elif form == "text" and sys.stdout.isatty():
        for number, hit in enumerate(result.hits, first):
            click.echo(_hit_lines(number, hit, hints.get(hit.key, "")))
    else:
        write_rows(rows, HITS, form)


def _hit_lines(number: int, hit: Hit, hint: str) -> str:
    """A hit for a reader: number and state, its title, its words with what was asked for in bold, its file."""
    title = cell(f"《{nested(hit.title)}》" if hit.title else unnamed(hit.path) if hit.path else hit.key)
    facts = "  ".join(filter(None, (hit.number, *_standing(hit, hint))))
    room = shutil.get_terminal_size().columns
    lines = [f"{number}. {facts}", *(f"   {line}" for line in folded(title, room - 3))]
    if hit.snippet:
        lines.append(f"   …{_marked(hit)}…")
    lines.append(f"   {cell(hit.path) if hit.path else '（未入库，只见于引用）'}")
    return "\n".join(lines)


def _standing(hit: Hit, hint: str) -> Iterator[str]:
    """有效（2021-04-01 起）; of what holds in no sense, what tells it from its neighbours: 解读, its day, its maker."""
    if hit.role in ("policy", "cleanup"):
        yield _state_words(hit, hint)
        return
    yield ROLE_WORDS[hit.role]
    yield f"{hit.published} 公布" if hit.published else ""
    yield cell("、".join(hit.makers))


def _marked(hit: Hit) -> str:
    done, parts = 0, []
    for span in hit.highlights:
        parts += [steady(hit.snippet[done : span.start]), click.style(steady(span.of(hit.snippet)), bold=True)]
        done = span.end
    return "".join([*parts, steady(hit.snippet[done:])])


def _state_words(hit: Hit, hint: str) -> str:
    """有效（2021-04-01 起）, and behind it what makes that unsure (`hint`: a catch-all that may have ended it)."""
    return status_words(hit.status, hit.role) + UNSURE_DAY * hit.dated_repaired + hint


def _hit_row(hit: Hit, hint: str) -> dict[str, object]:
    return {
        "key": hit.key,
        "number": hit.number,
        "title": hit.title,
        "status": _state_words(hit, hint),
        "path": hit.path,
        "snippet": hit.snippet,
        "role": ROLE_WORDS[hit.role],
        "published": hit.published.isoformat() if hit.published else None,
        "makers": list(hit.makers),
    }


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
