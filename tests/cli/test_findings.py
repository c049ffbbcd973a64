"""Findings in the order in which they matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policylib.cli.findings import by_id, findings_lines, overview
from policylib.export import by_gravity
from policylib.export.findings import finding_rows
from policylib.model import Finding, Report, Result, Severity, Snapshot, Work
from policylib.rules import all_rules

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


def test_the_findings_of_a_rule_stand_together() -> None:
    ordered = (
        found("validity.expired", "甲"), found("validity.expired", "丙"), found("interpretation.contents", "乙"),
        found("interpretation.contents", "丙"), found("interpretation.contents", "甲", "unknown"),
    )  # fmt: skip
    assert by_gravity(Report(ordered[::-1]), PLACES).findings == ordered


def lines(works: int, result: Result = "unknown") -> list[str]:
    """The page on so many announcements of one organ, and on one of another."""
    keys = [f"《公告{place}》" for place in range(works)]
    papers = [Work(key, "policy", held=True, title=key[1:-1], issuers=("海关总署",)) for key in keys]
    other = Work("《通告》", "policy", held=True, title="通告", issuers=("岚州海关",))
    snapshot = Snapshot(date(2024, 6, 30), tuple(sorted((*papers, other), key=lambda work: work.key)))
    asked = [Finding("interpretation.missing", result, "info", key, "要看内容") for key in ("《通告》", *keys)]
    return list(findings_lines(asked, snapshot, {}))


def test_many_alike_of_one_organ_are_told_together() -> None:
    page = lines(12)
    assert page[0].startswith("1. [无法判断] 《通告》")
    assert page[2] == "2. [无法判断] 海关总署 12件（第2、3、4、5、6、7、8、9、10、11…项）  （interpretation.missing）"
    assert page[4] == "   《公告0》；《公告1》；《公告2》等12件，逐件的标题和证据用 -o 写入表格看"
    assert len(page) == 5


@pytest.mark.parametrize(("works", "result"), [(4, "unknown"), (12, "fail")])
def test_few_of_them_and_faults_are_told_one_by_one(works: int, result: Result) -> None:
    assert sum(line.endswith("（interpretation.missing）") for line in lines(works, result)) == works + 1


def test_a_finding_on_an_organ_has_the_organ_for_its_subject() -> None:
    one = Finding("interpretation.rate", "fail", "info", "甲", "", related=("乙",), about="岚州市科学技术局2021年")
    [row] = finding_rows([one], Snapshot(date(2024, 6, 30)))
    assert (row["subject"], row["number"], row["related"]) == ("岚州市科学技术局2021年", None, ["甲", "乙"])


def test_what_a_rule_rests_on_is_said_again_where_it_differs() -> None:
    standards = ("2012年的标准", "1999年的标准", "1999年的标准", "2012年的标准")
    asked = [replace(found("number.form", "甲"), basis=basis) for basis in standards]
    page = list(findings_lines(asked, Snapshot(date(2024, 6, 30)), {}))
    assert [line.strip() for line in page if "依据" in line] == [
        "依据：2012年的标准", "依据：1999年的标准", "依据：2012年的标准",
    ]  # fmt: skip


def test_what_passes_is_not_headed_by_a_reproach() -> None:
    rule = "interpretation.not-by-drafter"
    known = by_id(all_rules())
    passed = findings_lines([found(rule, "甲", "pass")], Snapshot(date(2024, 6, 30)), known)
    assert next(passed) == "1. [符合] 甲  谁起草、谁解读（INT-02）"
    failed = findings_lines([found(rule, "甲")], Snapshot(date(2024, 6, 30)), known)
    assert next(failed) == "1. [说明] 甲  “谁起草、谁解读”不一致（INT-02）"


def test_the_overview_parts_what_passes_from_what_fails() -> None:
    rule = "interpretation.not-by-drafter"
    page = list(overview([found(rule, "甲"), found(rule, "乙", "pass")], by_id(all_rules())))
    assert [line for line in page if "谁起草" in line] == [
        "  [说明] “谁起草、谁解读”不一致（INT-02） 1：第1项", "  [符合] 谁起草、谁解读（INT-02） 1：第2项",
    ]  # fmt: skip
