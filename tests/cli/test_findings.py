"""Findings in the order in which they matter."""

from __future__ import annotations

import pytest

from policylib.export import by_gravity
from policylib.model import Finding, Report, Result, Severity

PLACES = {"甲": 0, "乙": 1, "丙": 2}


def found(rule: str, subject: str, result: Result = "fail", severity: Severity = "info") -> Finding:
    return Finding(rule, result, severity, subject, "")


@pytest.mark.parametrize("turn", range(8))
def test_errors_come_first_and_what_cannot_be_told_last(turn: int) -> None:
    ordered = [
        found("task.overdue", "乙", severity="error"),
        found("number.year", "丙", severity="error"),
        found("number.form", "甲", severity="warning"),
        found("number.form", "丙"),
        found("number.year", "甲", "unknown"),
        found("number.form", "丙", "exempt"),
        found("number.form", "乙", "pass"),
        found("number.form", "丙", "pass"),
    ]
    assert by_gravity(Report((*ordered[turn:], *ordered[:turn])), PLACES).findings == tuple(ordered)


def test_the_findings_of_a_paper_keep_the_order_of_the_rules() -> None:
    rules = (found("number.form", "甲"), found("disclosure.late", "乙"), found("amounts", "甲"))
    assert [one.rule for one in by_gravity(Report(rules), PLACES).findings] == [
        "number.form", "amounts", "disclosure.late",
    ]  # fmt: skip
