"""What the story of the corpus plants for rules that are not asked of its papers as they lie there: rules that are off
until an office wants them, one that needs an office's list, and those of drafts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policylib import Library, check_draft
from policylib.export.findings import SEVERITIES
from policylib.model import Finding
from policylib.rules import all_rules, audit
from tests.corpus_sources.test_story import EXPECTED
from tests.regold import CORPUS

AS_OF: date = EXPECTED["as_of"]
DRAFT = CORPUS / "drafts" / "kepu-jidi-songshen.txt"
ASKED = [pytest.param(row, id=row["rule"]) for row in EXPECTED["asked"]]


def told(story_library: Library, row: dict[str, Any], file: str) -> list[Finding]:
    """What the rule of the row finds wrong with a file, or cannot tell, when it is asked as the row says."""
    if file.startswith("drafts/"):
        found, subjects = check_draft(story_library, CORPUS / file, AS_OF).report.findings, {str(CORPUS / file)}
    else:
        snapshot = story_library.snapshot(AS_OF)
        on = re.match(r'rules\.on = \["(.+)"\]$', row["by"])
        office = replace(story_library.office, rules_on=(on[1],) if on else ())
        found = audit(snapshot, all_rules(story_library.tables, office)).findings
        subjects = {work.key for work in snapshot.works if f"documents/{file}" in work.paths}
        assert len(subjects) == 1, file
    mine = [one for one in found if one.rule == row["rule"] and one.result in ("fail", "unknown")]
    return [one for one in mine if one.subject in subjects]


def shown(finding: Finding) -> str:
    """The word before it: a draft's doubt is there to be looked up."""
    if finding.result == "fail":
        return SEVERITIES[finding.severity]
    return "待核对" if finding.rule.startswith("draft.") else "无法判断"


def unblanked(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("row", ASKED)
def test_the_planted_fault_is_told_when_it_is_asked_for(story_library: Library, row: dict[str, Any]) -> None:
    found = told(story_library, row, row["file"])
    assert found
    assert {shown(one) for one in found} == {row["shown"]}
    quotes = [unblanked(evidence.quote) for one in found for evidence in one.evidence]
    assert any(unblanked(row["words"]) in quote for quote in quotes), quotes


@pytest.mark.parametrize("row", ASKED)
def test_its_clean_twin_is_not(story_library: Library, row: dict[str, Any]) -> None:
    assert told(story_library, row, row["twin"]) == []


@pytest.mark.parametrize("row", [one for one in ASKED if one.values[0]["by"].startswith("rules.on")])
def test_without_the_setting_nobody_asks(story_library: Library, row: dict[str, Any]) -> None:
    assert told(story_library, row | {"by": "nothing"}, row["file"]) == []


def test_without_the_list_nobody_knows_when_an_interpretation_was_approved(story_library: Library) -> None:
    bare = replace(story_library.snapshot(AS_OF), judgements=())
    assert [one for one in audit(bare).findings if one.rule == "interpretation.approval"] == []


def test_a_clean_draft_is_only_told_what_it_cites(story_library: Library) -> None:
    gated = check_draft(story_library, CORPUS / "drafts" / "chuangxinquan-jigou-songshen.txt", AS_OF)
    assert [(one.rule, one.result) for one in gated.report.findings] == [("draft.citation", "pass")]
    assert gated.exit_code == 0


def test_the_draft_of_slips_in_numbers_and_days(story_library: Library) -> None:
    """Each of its slips is told, and nothing else."""
    gated = check_draft(story_library, CORPUS / "drafts" / "qingnian-tuoju-songshen.txt", AS_OF)
    planted = {row["rule"] for row in EXPECTED["asked"] if row["file"] == "drafts/qingnian-tuoju-songshen.txt"}
    assert {one.rule for one in gated.report.findings if one.result != "pass"} == planted
    assert gated.exit_code == 1


def test_the_draft_of_the_story(story_library: Library) -> None:
    """Each of its slips is told, and nothing else; and it does not get into the library."""
    before = story_library.works()
    gated = check_draft(story_library, DRAFT, AS_OF)
    assert story_library.works() == before
    found = [
        (one.rule.removeprefix("draft."), one.result, one.severity, one.evidence[0].quote)
        for one in gated.report.findings
    ]
    assert found == [
        ("own-number", "fail", "error", "岚科规[2024]第05号"),
        ("cites-dead", "fail", "error", "《岚州市科技计划项目管理办法》（岚科发〔2016〕31号）"),
        ("citation", "pass", "info", "《岚州市科技发展专项资金管理办法》（岚财教〔2016〕18号）"),
        ("cites-amended", "fail", "info", "《岚州市科技发展专项资金管理办法》（岚财教〔2016〕18号）"),
        ("number-and-title", "fail", "error", "《岚州市科技创新券管理办法》（岚科规〔2021〕2号）"),
        ("citation", "unknown", "info", "《东岭省科普基地认定细则》（东科发〔2018〕40号）"),
        ("citation", "pass", "info", "《岚州市绿色建筑发展若干规定》（岚政规〔2024〕2号）"),
        ("cites-not-in-force", "fail", "warning", "《岚州市绿色建筑发展若干规定》（岚政规〔2024〕2号）"),
        ("starts-soon", "fail", "warning", "2025年1月1日起施行"),
        ("validity-unstated", "fail", "warning", "2025年1月1日起施行"),
    ]
    assert gated.exit_code == 1
    dead = gated.report.findings[1]
    assert dead.remedy.endswith("（岚科规〔2021〕2号）")
    assert dead.related == ("岚科发〔2016〕31号", "岚科规〔2021〕2号")
