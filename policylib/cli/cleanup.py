"""cleanup import: a cleanup result against the library, row by row; the next one is in `cleanup_plan`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from policylib.cli.chinese import LazyGroup
from policylib.cli.common import (
    CANNOT_READ,
    OutputFile,
    Progress,
    command,
    format_option,
    say,
    with_library,
)
from policylib.cli.findings import by_id, findings_lines
from policylib.cli.intake import report_notes, write_failures
from policylib.cli.output import cell, counted, write_rows, write_text
from policylib.cli.review import chosen
from policylib.cli.row_problems import problem_lines, problems_of_rows
from policylib.cli.saving import save_table
from policylib.cli.status_words import status_words
from policylib.cli.sweeping import how_to_keep, said
from policylib.export import TABLE_SUFFIXES
from policylib.export.findings import by_gravity, quotation
from policylib.export.words import relation_label, relation_words
from policylib.library import AddReport, Library
from policylib.link.confirmed import SPARED
from policylib.link.open_ends import OpenEnd
from policylib.link.organs import Registry
from policylib.link.reconcile import CleanupRow, listed_rows, parts_of, reconcile
from policylib.model import CLAUSE_WORDS, Finding, Snapshot, Work, nested, told_apart
from policylib.office_rules import office_rules
from policylib.own_tables import RECONCILIATION
from policylib.rules import Rule, audit
from policylib.rules.annex_rows import row_places
from policylib.rules.commands import accepting
from policylib.rules.context import Context
from policylib.rules.open_ends import open_ends

_MATCHES = {
    "exact": "对上",
    "repaired": "按修复的文号对上",
    "title": "只凭标题对上",
    "judged": "人工确认",
    "ghost": "本库没有原文",
    "open": "待核实",
    "rejected": "人工否定",
}
_SURE = ("exact", "judged")
_MATCHED_SHOWN, _ABSENT_SHOWN = 30, 10
_WHY_ASKED = {"catch_all": "在清理范围内而未列入", "conditional": "列为需修改、到期没有见到新的文件"}


@command("import", "读入清理结果，逐行与库中的文件核对。",
         "policylib cleanup import 清理结果.docx\npolicylib cleanup import 通知.html 附件1.xlsx -o 核对.csv",
         "先像 add 一样读入，再逐行核对：文号标题都对、按修复的文号、只凭标题、本库没有原文、待核实。\n"
         "对不上的列在后面，不替您猜；核实了用 policylib judge --accept 登记。再次读入，结果不变。\n"
         "检查出的问题列在最后，写 -o 的，各行的问题另在表的“检查出的问题”一栏。\n"
         "退出码：0 读到了目录（查出问题也是 0，check 才按问题退出），1 没有读到目录，3 有文件读不出。")  # fmt: skip
@click.argument("paths", metavar="文件...", type=click.Path(path_type=Path), nargs=-1, required=True)
@format_option
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="核对结果另存为 .csv、.xlsx 或 .json，屏幕上只说件数和检查出的问题。")  # fmt: skip
@with_library
def import_command(library: Library, paths: tuple[Path, ...], form: str, output: Path | None) -> int:
    progress = Progress()
    try:
        report = library.add(paths, progress=progress)
    finally:
        progress.close()
    write_failures(report)
    snapshot = library.snapshot()
    registry = Registry(library.tables, library.office.jurisdiction)
    read = ((work, reconcile(snapshot, work.key, registry)) for work in _acts(snapshot, report))
    rules = chosen(office_rules(library), ["cleanup"])
    lists = _lists(library, snapshot, [(work, rows) for work, rows in read if rows], rules)
    table = [_row(snapshot, row, problems) for one in lists for row, problems in one.with_problems(by_id(rules))]
    if output is not None and table:
        save_table(table, RECONCILIATION, output, "清理核对")
        say(f"已存入 {output}")
    if form != "text":
        write_rows(table, RECONCILIATION, form)
    for one in lists if form == "text" else ():
        write_text("\n".join(_page(snapshot, one, by_id(rules)) if output is None else _head(one)))
    for one in lists if form != "text" or output is not None else ():
        for line in problem_lines(one.work, [row.row for row in one.rows], one.findings, by_id(rules)):
            say(line)
    if not lists:
        say("这些文件里没有读到清理目录。目录应当是表格，或者一行一件，上面写明是废止、失效还是继续有效")
    for note in report_notes(report, verbose=False):
        say(note)
    return CANNOT_READ if report.failed else int(not lists)


def _acts(snapshot: Snapshot, report: AddReport) -> Iterator[Work]:
    """The works whose files were named, whether they were new or not."""
    read = {*report.added, *report.updated, *report.unchanged, *(one.path for one in report.moved)}
    return (work for work in snapshot.works if work.role == "cleanup" and read.intersection(work.paths))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row and where it stands, as check says it: 附件2（废止的规范性文件目录）第1行. `repeats`: where an earlier row
    stands that means the same paper."""

    place: str
    row: CleanupRow
    repeats: str


@dataclass(frozen=True, slots=True)
class _List:
    """A cleanup result: its rows, what check finds in it, and what its clauses may have ended."""

    work: Work
    rows: tuple[_Placed, ...]
    findings: tuple[Finding, ...]
    sweeping: tuple[OpenEnd, ...]

    def with_problems(self, known: Mapping[str, Rule]) -> Iterator[tuple[_Placed, list[str]]]:
        found = problems_of_rows([one.row for one in self.rows], self.findings, known)
        return zip(self.rows, found, strict=True)


def _lists(
    library: Library, snapshot: Snapshot, read: Sequence[tuple[Work, Sequence[CleanupRow]]], rules: Sequence[Rule]
) -> tuple[_List, ...]:
    if not read:
        return ()
    findings = by_gravity(audit(snapshot, rules), library.order().by_key).failures
    sweeping = open_ends(snapshot, Context(library.tables, library.office))
    return tuple(
        _List(
            work,
            _placed(snapshot, work, rows),
            tuple(one for one in findings if work.key in (one.subject, *one.related)),
            tuple(one for one in sweeping if one.act.key == work.key),
        )
        for work, rows in read
    )


def _placed(snapshot: Snapshot, work: Work, rows: Sequence[CleanupRow]) -> tuple[_Placed, ...]:
    places = [str(one) for one in row_places(tuple(listed_rows(parts_of(snapshot, work))), snapshot.texts)]
    return tuple(
        _Placed(place, row, places[row.repeats - 1] if row.repeats else "")
        for place, row in zip(places, rows, strict=True)
    )


def _page(snapshot: Snapshot, listed: _List, known: Mapping[str, Rule]) -> Iterator[str]:
    yield from _head(listed)
    matched, doubtful, absent = _sorted_out(listed.rows)
    yield from ("  对上的：",) if matched else ()
    yield from (f"  {one.place} {_said(one.row)}{cell(_held(snapshot, one.row))}" for one in matched[:_MATCHED_SHOWN])
    yield from _more(matched, _MATCHED_SHOWN)
    yield from ("  请看这几行：",) if doubtful else ()
    for one in doubtful:
        yield from _doubt(snapshot, one)
    yield from ("  本库没有原文的，读入后再核对：",) if absent else ()
    yield from (f"  {one.place} {_said(one.row)}{cell(_named(one.row))}" for one in absent[:_ABSENT_SHOWN])
    yield from _more(absent, _ABSENT_SHOWN)
    if listed.findings:
        yield f"  检查出 {len(listed.findings)} 个问题："
    yield from (f"  {line}" for line in findings_lines(listed.findings, snapshot, known))


def _sorted_out(rows: Sequence[_Placed]) -> tuple[list[_Placed], list[_Placed], list[_Placed]]:
    """The rows that were matched, those that a person must look at, and those of which the library has no paper."""
    matched: list[_Placed] = []
    doubtful: list[_Placed] = []
    absent: list[_Placed] = []
    for one in rows:
        row = one.row
        if row.match == "ghost" and not (row.candidates or row.repeats):
            absent.append(one)
        else:
            (doubtful if row.match not in _SURE or row.repeats else matched).append(one)
    return matched, doubtful, absent


def _head(listed: _List) -> Iterator[str]:
    yield from _counts(listed.work, listed.rows)
    for one in listed.sweeping:
        yield from _swept(one)


def _counts(work: Work, rows: Sequence[_Placed]) -> Iterator[str]:
    yield cell(work.label)
    yield f"  共 {len(rows)} 行：{counted(_said(one.row) for one in rows)}"
    yield f"  核对：{counted(_MATCHES[one.row.match] for one in rows)}"


def _swept(one: OpenEnd) -> Iterator[str]:
    works, code = one.asked, SPARED[one.rule].code
    word = relation_words()[one.relation].label
    yield f"  {CLAUSE_WORDS[one.rule]}：“{said(one)}”"
    if works:
        how = f"确已失效的，写 {cell(accepting(one.act, word))}"
        yield f"    本库有 {len(works)} 件{_WHY_ASKED[one.kind]}，可能因此失效，请逐件确认；{how}："
    elif one.kind == "catch_all":
        yield "    本库在清理范围内的文件都已列入，没有因此失效的"
    yield from (f"    {cell(work.label)}" for work in works[:_ABSENT_SHOWN])
    if len(works) > _ABSENT_SHOWN:
        yield f"    …… 另有 {len(works) - _ABSENT_SHOWN} 件，用 policylib check --rule {code} --all 列出"
    if works:
        yield f"    {how_to_keep(None, one.rule)}"


def _more(rows: Sequence[object], shown: int) -> Iterator[str]:
    if len(rows) > shown:
        yield f"  …… 另有 {len(rows) - shown} 行，用 --format csv 或 -o 全部列出"


def _held(snapshot: Snapshot, row: CleanupRow) -> str:
    """The paper of a row that was matched, and how it stands today."""
    work = snapshot.by_key[row.target or ""]
    status = snapshot.statuses.get(work.key)
    return f"{work.label}，现在{status_words(status, work.role)}" if status else work.label


def _doubt(snapshot: Snapshot, one: _Placed) -> Iterator[str]:
    row = one.row
    yield f"  {cell(one.place)} [{_MATCHES[row.match]}] {_said(row)}{cell(_named(row))}"
    if notes := _notes(one):
        yield f"    {cell(notes)}"
    if row.match in ("repaired", "title") and row.target:
        yield f"    库中是：{cell(snapshot.by_key[row.target].label)}"
    near = told_apart([snapshot.by_key[key] for key in row.candidates if key in snapshot.by_key])
    yield from (f"    可能是：{cell(label)}" for label in near)
    yield f"    原文：{quotation(row.evidence)} —— {cell(row.evidence.origin)}"


def _notes(one: _Placed) -> list[str]:
    return [*([one.row.note] if one.row.note else []), *([f"与{one.repeats}是同一文件"] if one.repeats else [])]


def _said(row: CleanupRow) -> str:
    return relation_label(row.outcome, row.mode)


def _named(row: CleanupRow) -> str:
    title = f"《{nested(row.title)}》" if row.title else ""
    numbers = "、".join(map(str, row.numbers))
    return f"{title}（{numbers}）" if title and numbers else title or numbers


def _row(snapshot: Snapshot, one: _Placed, problems: Sequence[str]) -> dict[str, object]:
    row = one.row
    target = snapshot.by_key.get(row.target or "")
    return {
        "place": one.place, "outcome": _said(row), "title": row.title,
        "number": [str(number) for number in row.numbers],
        "match": _MATCHES[row.match], "work": target.label if target and target.held else None,
        "candidates": [snapshot.by_key[key].label for key in row.candidates if key in snapshot.by_key],
        "note": _notes(one), "problems": list(problems), "reason": row.reason, "until": row.until,
        "quote": row.evidence.quote, "path": row.evidence.path, "act": snapshot.by_key[row.act].label,
        "target": row.target,
    }  # fmt: skip


COMMANDS = {
    "import": (__name__, "读入清理结果，逐行与库中的文件核对"),
    "plan": ("policylib.cli.cleanup_plan", "为下一次清理提建议结论"),
}


@click.group(
    "cleanup", cls=LazyGroup, lazy=COMMANDS, invoke_without_command=True,
    help="清理结果：读入核对，以及为下一次清理提建议。\n\n\b\n例：\n"
         "  policylib cleanup import 清理结果.docx\n  policylib cleanup plan -o 清理建议.csv",
)  # fmt: skip
@click.pass_context
def cleanup_command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
