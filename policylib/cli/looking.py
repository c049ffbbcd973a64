"""search, show, links: what a library has on a matter, or on one paper; the whole of it is in `listing`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import date

import click

from policylib.cli.common import (
    Count,
    as_of_option,
    command,
    format_option,
    say,
    tell_organs,
    text_or_json_option,
    with_library,
)
from policylib.cli.output import cell, record, write_json, write_rows, write_text
from policylib.cli.pages import by_kind, other_label, seen_from, work_page
from policylib.cli.status_words import UNSURE_DAY, status_words
from policylib.cli.sweeping import hints_of, with_open_ends
from policylib.cli.unauthorised import with_doubted_authority
from policylib.cli.width import folded
from policylib.export.findings import quotation
from policylib.export.plain import steady
from policylib.export.words import ROLES as ROLE_WORDS
from policylib.extract.folding import fold
from policylib.extract.task_items import with_leaderless
from policylib.library import Hit, Library, SearchResult
from policylib.model import Evidence, Work, nested, unnamed
from policylib.own_tables import HITS, LINKS
from policylib.rules.evidence import evidence_at


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
        for link in by_kind(seen_from(links))
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
