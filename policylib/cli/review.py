"""check, rules, graph: what is wrong, by which rules, and a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from policylib import graph as network
from policylib.cli.common import Count, OutputFile, as_of_option, command, format_option, say, with_library
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.pages import quotation
from policylib.export import GRAPH_SUFFIXES, TABLE_SUFFIXES, write_graph, write_table
from policylib.library import Library
from policylib.model import Finding, Report, Snapshot
from policylib.rules import Rule, all_rules, audit

HOPS = 2
_SEVERITIES = {"error": "错误", "warning": "提醒", "info": "说明"}
_RESULTS = {"fail": "不符", "unknown": "无法判断", "exempt": "不适用", "pass": "符合"}
_FINDINGS = (
    ("severity", "程度"), ("result", "结果"), ("rule", "规则"), ("number", "文号"), ("title", "标题"),
    ("message", "问题"), ("evidence", "证据"), ("path", "出处"), ("basis", "依据"), ("remedy", "处理办法"),
    ("related", "相关文件"), ("subject", "编号"),
)  # fmt: skip


@command("check", "检查规则：应解读未解读、谁起草谁解读、解读的时限和内容、所据文件是否失效、文号。",
         "policylib check\npolicylib check --rule interpretation -o 问题.csv\npolicylib check --as-of 2023-12-31",
         "规则有哪些、依据什么，见 policylib rules。“无法判断”单独计数，不算问题。有“错误”时退出码为 1。\n"
         "对结果有意见的（起草单位认错了、可以免予解读等），用 policylib judge 登记。")  # fmt: skip
@as_of_option
@click.option(
    "--rule",
    "wanted",
    multiple=True,
    metavar="规则",
    help="只查这条规则（interpretation.late 或代号 INT-05）或这一类（interpretation），可写几次。",
)
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", metavar="程度",
              help="有哪一级的问题就以 1 退出：error（默认）或 warning。")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="也列出无法判断和不适用的。")
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="结果另存为 .csv 或 .json，含无法判断的。")  # fmt: skip
@format_option
@with_library
def check_command(
    library: Library, as_of: date | None, wanted: tuple[str, ...], fail_on: str, everything: bool, output: Path | None,
    form: str,
) -> int:  # fmt: skip
    rules = chosen(all_rules(library.tables, library.office), wanted)
    if wanted:  # who names a rule wants it, though the office has it off
        rules = tuple(replace(rule, on=True) for rule in rules)
    snapshot = library.snapshot(as_of)
    report = audit(snapshot, rules)
    shown = report.findings if everything else report.failures
    _write_findings(shown, snapshot, form)
    if output is not None:
        write_table([_finding_row(one, snapshot) for one in report.findings], _FINDINGS, output)
        say(f"已存入 {output}")
    say(totals(report))
    if shown and form == "text":
        say("对结果有意见的，用 policylib judge 登记，以后以您的为准")
    return failed(report, fail_on)


@command("rules", "列出检查规则；写明是哪条，就说明它查什么、依据什么、怎么办。",
         "policylib rules\npolicylib rules INT-05\npolicylib rules interpretation --format csv > 规则.csv",
         "免予解读的、起草单位认错了的，用 policylib judge 登记；整条不用的，在 policylib.toml 里关掉；\n"
         "解读时限等本地另有规定的，写在 tables/profiles/ 里。")  # fmt: skip
@click.argument("wanted", metavar="[规则...]", nargs=-1)
@format_option
@with_library
def rules_command(library: Library, wanted: tuple[str, ...], form: str) -> None:
    rules = chosen(all_rules(library.tables, library.office), wanted)
    if wanted and form == "text":
        write_text("\n\n".join("\n".join(_rule_lines(rule)) for rule in rules))
    else:
        write_rows(map(_rule_row, rules), _RULES, form, narrow=4)


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.title}（{rule.id}，{rule.code}，{_SEVERITIES[rule.severity]}）{'' if rule.on else '：没有启用'}"
    yield f"  依据：{cell(rule.basis)}"
    yield f"  办法：{cell(rule.remedy)}"
    yield from (f"  不适用：{cell(one)}" for one in rule.exemptions)
    switch = f'关掉这条，在 policylib.toml 的 [rules] 下写 off = ["{rule.id}"]'
    yield f"  设置：{switch if rule.on else switch.replace('关掉', '启用').replace('off', 'on')}"
    yield f"  个别文件不适用的：policylib judge 文号 --exempt 理由 --rule {rule.code.partition('、')[0]}"


@command("graph", "把关系图写成文件，格式看后缀。",
         "policylib graph -o 关系图.html\npolicylib graph -o 关系图.graphml --focus 淄政办发〔2017〕17号 --hops 2",
         "后缀：.html .graphml .gexf .dot .json .csv")  # fmt: skip
@click.option("-o", "--output", type=OutputFile(GRAPH_SUFFIXES), required=True, metavar="文件",
              help="写到哪个文件。")  # fmt: skip
@click.option("--focus", "names", multiple=True, metavar="文号或标题", help="只画这份文件周围，可写几次。")
@click.option("--hops", type=Count(), metavar="步数",
              help="周围几步以内，默认 2；网页不写步数时含全部，从这份文件看起。")  # fmt: skip
@as_of_option
@with_library
def graph_command(library: Library, output: Path, names: tuple[str, ...], hops: int | None, as_of: date | None) -> None:
    day = as_of or date.today()
    keys = tuple(library.get(name).key for name in names)
    graph = library.graph(day)
    page = output.suffix.lower() == ".html"
    if keys and (hops is not None or not page):
        graph = network.focus(graph, keys, HOPS if hops is None else hops)
    write_graph(graph, output, title=title_of(library), as_of=day, focus=keys if page else None)
    say(f"已写入 {output}：{graph.number_of_nodes()} 份文件，{graph.number_of_edges()} 条关系")


def title_of(library: Library) -> str:
    return f"{library.path.parent.name or '政策'}关系图"


def chosen(rules: Sequence[Rule], wanted: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of these names, codes (INT-02) or families (interpretation); all when none is named.

    Raises click.BadParameter for a name that is none.
    """
    found = tuple(rule for rule in rules if not wanted or any(_means(name, rule) for name in wanted))
    for name in wanted:
        if not any(_means(name, rule) for rule in rules):
            raise click.BadParameter(f"没有“{name}”这条规则，用 policylib rules 列出全部", param_hint="--rule")
    return found


def _means(name: str, rule: Rule) -> bool:
    return name in (rule.id, rule.id.partition(".")[0]) or name.upper() in (rule.code, *rule.code.split("、"))


def failed(report: Report, fail_on: str) -> int:
    """1 where something is as bad as --fail-on says, else 0."""
    if fail_on == "error":
        return report.exit_code
    return int(any(finding.severity in ("error", "warning") for finding in report.failures))


def totals(report: Report) -> str:
    """错误 2，提醒 1；无法判断 5；不适用 3."""
    failures = Counter[str](finding.severity for finding in report.failures)
    results = Counter[str](finding.result for finding in report.findings)
    bad = [f"{word} {failures[severity]}" for severity, word in _SEVERITIES.items() if failures[severity]]
    parts = ["，".join(bad) if bad else "没有发现问题"]
    parts += [f"{_RESULTS[result]} {results[result]}" for result in ("unknown", "exempt") if results[result]]
    return "；".join(parts)


_RULES = (
    ("id", "规则"),
    ("code", "代号"),
    ("severity", "程度"),
    ("title", "内容"),
    ("basis", "依据"),
    ("remedy", "办法"),
    ("exemptions", "不适用"),
    ("on", "启用"),
)


def _rule_row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id, "code": rule.code, "severity": _SEVERITIES[rule.severity], "title": rule.title,
        "basis": rule.basis, "remedy": rule.remedy, "exemptions": list(rule.exemptions), "on": rule.on,
    }  # fmt: skip


def _write_findings(findings: Sequence[Finding], snapshot: Snapshot, form: str) -> None:
    if form == "text":
        for number, finding in enumerate(findings, 1):
            write_text("\n".join(_finding_lines(number, finding, snapshot)))
    else:
        write_rows([_finding_row(one, snapshot) for one in findings], _FINDINGS, form)


def _finding_lines(number: int, finding: Finding, snapshot: Snapshot) -> Iterator[str]:
    word = _SEVERITIES[finding.severity] if finding.result == "fail" else _RESULTS[finding.result]
    work = snapshot.by_key.get(finding.subject)
    yield f"{number}. [{word}] {cell(work.label if work else finding.subject)}  ({finding.rule})"
    yield f"   {cell(finding.message)}"
    for evidence in finding.evidence:
        yield f"   证据：{quotation(evidence)} —— {cell(evidence.path)}"
    if finding.basis:
        yield f"   依据：{cell(finding.basis)}"
    if finding.remedy:
        yield f"   办法：{cell(finding.remedy)}"


def _finding_row(finding: Finding, snapshot: Snapshot) -> dict[str, object]:
    work = snapshot.by_key.get(finding.subject)
    return {
        "severity": _SEVERITIES[finding.severity],
        "result": _RESULTS[finding.result],
        "rule": finding.rule,
        "number": str(work.number) if work and work.number else None,
        "title": work.title if work else None,
        "message": finding.message,
        "evidence": [quotation(evidence) for evidence in finding.evidence],
        "path": [evidence.path for evidence in finding.evidence],
        "basis": finding.basis,
        "remedy": finding.remedy,
        "related": list(finding.related),
        "subject": finding.subject,
    }
