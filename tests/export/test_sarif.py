"""SARIF 2.1.0, by what its schema requires: sections of the OASIS standard stand beside each check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from policylib.export import sarif_text
from policylib.model import Evidence, Finding, Judgement, Report, Snapshot, Span, Work
from policylib.rules import all_rules, audit
from tests.rules.ledger import world

RULES = all_rules()
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}
LEVELS = {"none", "note", "warning", "error"}
KEY = "岚科字〔2020〕3号"
LEDGER = f"""
    policy {KEY}  《岚州市科技奖励办法》  dated 2020-03-01  basis 岚政发〔2010〕5号  registration_number LZCR-2020-1
    policy 岚科字〔2020〕4号  《岚州市人才办法》  dated 2020-03-01
    status 岚政发〔2010〕5号  废止 2018-01-01
    exempt {KEY}  内部办法
"""


def sarif(snapshot: Snapshot, home: Path, *findings: Finding) -> Any:
    report = Report(findings) if findings else audit(snapshot, RULES)
    return json.loads(sarif_text(report.findings, RULES, snapshot, home))


def finding(path: str = "", quote: str = "予以废止", **given: Any) -> Finding:
    evidence = Evidence("f" * 64, path, Span(10, 10 + len(quote)), quote, "前文", "后文")
    made = Finding("currency.cites-repealed", "fail", "error", KEY, "依据已废止", (evidence,) if path else ())
    return replace(made, **given)


def locations(result: Any) -> Iterator[Any]:
    yield from (*result["locations"], *result.get("relatedLocations", ()))


def check(log: Any) -> None:
    """What the schema and the standard require of a log."""
    assert set(log) == {"$schema", "version", "runs"}  # 3.13
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        driver = run["tool"]["driver"]  # 3.14.6, 3.18.2
        assert driver["name"]
        identities = [rule["id"] for rule in driver["rules"]]
        assert len(set(identities)) == len(identities)  # 3.19.23
        for rule in driver["rules"]:
            assert rule["id"]  # 3.49.3
            assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))  # 3.12.3
            assert rule["defaultConfiguration"]["level"] in LEVELS  # 3.50.3
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
        for base in run["originalUriBaseIds"].values():  # 3.14.14: absolute, with a slash at the end
            assert base["uri"].startswith("file:///")
            assert base["uri"].endswith("/")
        for result in run["results"]:
            check_result(run, result, identities)


def check_result(run: Any, result: Any, identities: list[str]) -> None:
    assert result["message"]["text"]  # 3.27.11
    assert result["kind"] in KINDS  # 3.27.9
    assert result["level"] in LEVELS  # 3.27.10: none, unless it fails
    assert (result["level"] == "none") == (result["kind"] != "fail")
    assert identities[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
    for suppression in result.get("suppressions", ()):
        assert suppression["kind"] in ("inSource", "external")  # 3.35.2
        assert suppression["status"] in ("accepted", "underReview", "rejected")  # 3.35.3
    for location in locations(result):
        place = location.get("physicalLocation")
        if place is None:
            continue
        artifact = place["artifactLocation"]
        listed = run["artifacts"][artifact["index"]]["location"]  # 3.4.5
        assert listed["uri"] == artifact["uri"]
        assert artifact["uri"].isascii()  # 3.10.1
        assert " " not in artifact["uri"]
        assert artifact.get("uriBaseId") in (None, *run["originalUriBaseIds"])  # 3.4.4
        region, around = place.get("region"), place.get("contextRegion")
        if region and "snippet" in region:
            assert region["charOffset"] >= 0  # 3.30.9
            assert region["charLength"] == len(region["snippet"]["text"])
        if around:  # 3.29.5: holds the region, and is larger
            assert around["charOffset"] <= region["charOffset"]
            end = around["charOffset"] + around["charLength"]
            assert end >= region["charOffset"] + region["charLength"]
            assert around["charLength"] == len(around["snippet"]["text"])


def test_an_audit_is_a_valid_log(tmp_path: Path) -> None:
    log = sarif(world(LEDGER), tmp_path)
    check(log)
    (run,) = log["runs"]
    assert run["properties"] == {"asOf": "2024-06-30"}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
    assert {result["kind"] for result in run["results"]} == {"fail", "open", "notApplicable"}


@pytest.mark.parametrize(
    ("result", "severity", "kind", "level"),
    [
        ("fail", "error", "fail", "error"),
        ("fail", "warning", "fail", "warning"),
        ("fail", "info", "fail", "note"),
        ("unknown", "info", "open", "none"),
        ("exempt", "info", "notApplicable", "none"),
        ("pass", "warning", "pass", "none"),
    ],
)
def test_results_by_kind_and_level(tmp_path: Path, result: Any, severity: Any, kind: str, level: str) -> None:
    log = sarif(world(LEDGER), tmp_path, finding("甲.txt", result=result, severity=severity))
    check(log)
    (shown,) = log["runs"][0]["results"]
    assert (shown["kind"], shown["level"]) == (kind, level)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("文件/第 1 号#甲.docx", "文件/第 1 号#甲.docx"),
        ("来文.zip/通知?.docx", "来文.zip/通知?.docx"),
        ("/srv/政策/通知.docx", "file:///srv/政策/通知.docx"),
        ("D:/政策/通知.docx", "file:///D:/政策/通知.docx"),
    ],
)
def test_paths_become_addresses(tmp_path: Path, path: str, uri: str) -> None:
    log = sarif(world(LEDGER), tmp_path, finding(path), finding(path))
    check(log)
    (artifact,) = log["runs"][0]["artifacts"]
    assert unquote(artifact["location"]["uri"]) == uri
    assert ("uriBaseId" in artifact["location"]) == (not uri.startswith("file:"))
    assert artifact["hashes"] == {"sha-256": "f" * 64}


def test_words_stand_with_what_is_beside_them(tmp_path: Path) -> None:
    log = sarif(world(LEDGER), tmp_path, finding("甲.txt"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"charOffset": 10, "charLength": 4, "snippet": {"text": "予以废止"}}
    assert place["contextRegion"]["snippet"]["text"] == "前文予以废止后文"


def test_words_that_were_cleaned_are_shown_by_their_place(tmp_path: Path) -> None:
    cleaned = Evidence("f" * 64, "甲.txt", Span(10, 18), "岚州市财政局")
    log = sarif(world(LEDGER), tmp_path, finding(evidence=(cleaned,)))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"charOffset": 10, "charLength": 8}


def test_without_evidence_the_work_itself_is_the_place(tmp_path: Path) -> None:
    snapshot = Snapshot(
        date(2024, 6, 30), works=(Work(KEY, "policy", True, documents=("e" * 64,), paths=("文件/甲.txt",)),)
    )
    log = sarif(snapshot, tmp_path, finding(), finding(subject="谁"))
    check(log)
    first, second = log["runs"][0]["results"]
    assert unquote(first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == "文件/甲.txt"
    assert second["locations"] == [{"logicalLocations": [{"name": "谁", "fullyQualifiedName": "谁"}]}]


def test_what_a_person_exempted_is_suppressed(tmp_path: Path) -> None:
    said = Judgement(
        "set", KEY, field="exempt:currency.cites-repealed", value="上级另有规定", who="张三",
        when=datetime(2024, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    snapshot = replace(world(LEDGER), judgements=(said,))
    log = sarif(
        snapshot, tmp_path, finding("甲.txt", result="exempt"), finding("甲.txt", subject="乙", result="exempt")
    )
    check(log)
    judged, ruled = log["runs"][0]["results"]
    assert judged["suppressions"][0]["justification"] == "上级另有规定"
    assert judged["suppressions"][0]["properties"] == {"who": "张三", "when": "2024-06-01T00:00:00+00:00"}
    assert "suppressions" not in ruled


def test_a_finding_keeps_its_fingerprint_when_its_words_change(tmp_path: Path) -> None:
    one, later, other = finding("甲.txt"), finding("甲.txt", message="已公开9个工作日"), finding("甲.txt", subject="乙")
    log = sarif(world(LEDGER), tmp_path, one, later, other)
    marks = [result["partialFingerprints"]["finding/v1"] for result in log["runs"][0]["results"]]
    assert marks[0] == marks[1] != marks[2]


def test_no_text_breaks_a_program(tmp_path: Path) -> None:
    log = sarif(world(LEDGER), tmp_path, finding("\ud800甲\x00.txt", "\ud800\x1b", message="\ud800甲"))
    check(log)
    assert "\ud800" not in json.dumps(log, ensure_ascii=False)
