"""Findings → the objects of `policylib check --format json` (docs/contract.md), in the order of `policylib check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from policylib.export.plain import steady
from policylib.model import Evidence, Finding, Report, Result, Severity, Snapshot

SEVERITIES: Final[Mapping[Severity, str]] = {"error": "错误", "warning": "提醒", "info": "说明"}
RESULTS: Final[Mapping[Result, str]] = {"fail": "不符", "unknown": "无法判断", "exempt": "不适用", "pass": "符合"}
_GRAVITY: Final[Mapping[Result, int]] = {"fail": 0, "unknown": 3, "exempt": 4, "pass": 5}
_SEVERITY: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


def by_gravity(report: Report, places: Mapping[str, int]) -> Report:
    """The findings, errors first, then warnings and notes, then what cannot be told, at last what is no fault; each
    kind by rule, so that what is mended alike stands together, and by paper as `list` has them (`Order.by_key`). First
    comes the rule that speaks of the first paper; of several the one that was asked first."""

    def grave(finding: Finding) -> int:
        return _SEVERITY[finding.severity] if finding.result == "fail" else _GRAVITY[finding.result]

    def place(finding: Finding) -> int:
        return places.get(finding.subject, len(places))

    asked: dict[tuple[int, str], int] = {}
    first: dict[tuple[int, str], int] = {}
    for one in report.findings:
        kind = grave(one), one.rule
        asked.setdefault(kind, len(asked))
        first[kind] = min(first.get(kind, len(places)), place(one))

    def weight(finding: Finding) -> tuple[int, int, int, int]:
        kind = grave(finding), finding.rule
        return kind[0], first[kind], asked[kind], place(finding)

    return Report(tuple(sorted(report.findings, key=weight)))


def finding_rows(findings: Iterable[Finding], snapshot: Snapshot) -> tuple[dict[str, object], ...]:
    """The objects of the contract, one a finding, in their order: `json.dumps` takes them as they are. `snapshot` is
    the one that was audited."""
    return tuple(_row(one, snapshot) for one in findings)


def _row(finding: Finding, snapshot: Snapshot) -> dict[str, object]:
    work = snapshot.by_key.get(finding.subject)
    return {
        "severity": SEVERITIES[finding.severity] if finding.result == "fail" else None,
        "result": RESULTS[finding.result],
        "rule": finding.rule,
        "number": str(work.number) if work and work.number and not finding.about else None,
        "title": finding.about or (work.title if work else None),
        "message": finding.message,
        "evidence": [quotation(evidence) for evidence in finding.evidence],
        "path": [evidence.path or evidence.origin for evidence in finding.evidence],
        "basis": finding.basis,
        "remedy": finding.remedy,
        "related": [finding.subject, *finding.related] if finding.about else list(finding.related),
        "subject": finding.about or finding.subject,
    }


def quotation(evidence: Evidence) -> str:
    """The quoted words in their sentence: …根据【《甲办法》】，制定…; those that have such brackets themselves between
    others: 〖【效力标注】本文件已废止〗."""
    before, quote, after = (steady(words).strip() for words in (evidence.before, evidence.quote, evidence.after))
    quote = f"〖{quote}〗" if "【" in quote or "】" in quote else f"【{quote}】"
    return f"{'…' if before else ''}{before}{quote}{after}{'…' if after else ''}"
