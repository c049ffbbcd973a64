"""What check finds in a cleanup result, row by row: a column of the table, and lines beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policylib.cli.findings import counted, rule_words
from policylib.cli.output import cell
from policylib.export.findings import SEVERITIES
from policylib.link.reconcile import CleanupRow
from policylib.model import Finding, Work
from policylib.rules import Rule


def problems_of_rows(
    rows: Sequence[CleanupRow], findings: Sequence[Finding], known: Mapping[str, Rule]
) -> list[list[str]]:
    """For each row what was found in it, as [错误] 同一文件的清理结论互相矛盾（CLN-02）：…: a finding is
    of the rows whose words it shows. What shows none (the number of papers that the notice gives) is of no row."""
    said: dict[tuple[str, int], list[str]] = {}
    for finding in findings:
        words = _words(finding, known)
        for place in _shown(finding):
            said.setdefault(place, []).append(words)
    return [said.get(_place(row), []) for row in rows]


def problem_lines(
    work: Work, rows: Sequence[CleanupRow], findings: Sequence[Finding], known: Mapping[str, Rule]
) -> Iterator[str]:
    """检查出 3 个问题（错误 2，提醒 1）, each on a line; where the table has them, and how to see all."""
    if not findings:
        return
    name = cell(work.number or work.key)
    yield f"{name} 检查出 {len(findings)} 个问题（{counted(findings)}）："
    yield from (f"  {_words(one, known)}" for one in findings)
    places = {_place(row) for row in rows}
    beside = sum(not places.intersection(_shown(one)) for one in findings)
    rest = f"，另有 {beside} 个说的不是哪一行，不在表里" if beside else ""
    yield f"  写在表的“检查出的问题”一栏{rest}。证据、依据和办法：policylib check {name} --rule 清理"


def _words(finding: Finding, known: Mapping[str, Rule]) -> str:
    return f"[{SEVERITIES[finding.severity]}] {rule_words(finding.rule, known)}：{cell(finding.message)}"


def _shown(finding: Finding) -> set[tuple[str, int]]:
    return {(one.sha256, one.span.start) for one in finding.evidence}


def _place(row: CleanupRow) -> tuple[str, int]:
    """Where its words begin: an evidence that is long ends earlier."""
    return row.evidence.sha256, row.evidence.span.start
