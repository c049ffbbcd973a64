"""A bureau's plan as its web site left it: brackets, 年 and 月 lost. The real page, and its twin in the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

import policylib
from policylib.extract import analyse
from policylib.link import Linked, link
from policylib.link.status import status
from policylib.model import Analysis, Document, Finding, Office, Snapshot
from policylib.rules import all_rules, audit
from policylib.tables import Tables, builtin
from tests.regold import DOCUMENTS, corpus_tables

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True)
class Plan:
    """What the page must give."""

    path: Path
    jurisdiction: str
    issuer: str
    addressees: tuple[str, ...]
    dated: date
    published: datetime
    instrument: str
    raw: tuple[str, ...]
    numbers: tuple[str, ...]
    title: str = "关于印发2017年政务公开工作方案的通知"
    parent: str = "中办发〔2016〕8号"


REAL = Plan(
    path=SHARED / "samples" / "2017-plan.txt",
    jurisdiction="山东省/淄博市",
    issuer="淄博市科学技术局",
    addressees=("局属各单位", "机关各科室"),
    dated=date(2017, 6, 27),
    published=datetime(2017, 6, 27, 10, 40, 54),
    instrument="2017年淄博市科学技术局政务公开工作方案",
    raw=("淄政办发〔201717号", "中办发〔20168号", "鲁办发〔201643号", "淄政办发〔201717号"),
    numbers=("淄政办发〔2017〕17号", "中办发〔2016〕8号", "鲁办发〔2016〕43号", "淄政办发〔2017〕17号"),
)
TWIN = Plan(
    path=DOCUMENTS / "2017-lzkj-gongkai-fangan.txt",
    jurisdiction="东岭省/岚州市",
    issuer="岚州市科学技术局",
    addressees=("各科室", "局属各单位"),
    dated=date(2017, 6, 29),
    published=datetime(2017, 6, 29, 16, 5, 12),
    instrument="2017年岚州市科学技术局政务公开工作方案",
    raw=("岚政办发〔201717号", "中办发〔20168号", "东办发〔201641号"),
    numbers=("岚政办发〔2017〕17号", "中办发〔2016〕8号", "东办发〔2016〕41号"),
)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            REAL, id="淄博", marks=pytest.mark.skipif(not REAL.path.is_file(), reason="没有 ../shared/samples")
        ),
        pytest.param(TWIN, id="岚州"),
    ],
)
def plan(request: pytest.FixtureRequest) -> Plan:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def tables(plan: Plan) -> Tables:
    return builtin() if plan is REAL else corpus_tables()


@pytest.fixture(scope="module")
def document(plan: Plan) -> Document:
    return policylib.read(plan.path)


@pytest.fixture(scope="module")
def analysis(document: Document, tables: Tables) -> Analysis:
    return analyse(document, tables)


@pytest.fixture(scope="module")
def linked(plan: Plan, document: Document, analysis: Analysis, tables: Tables) -> Linked:
    return link([analysis], lambda sha256: document.text, [], tables, plan.jurisdiction)


@pytest.fixture(scope="module")
def findings(plan: Plan, linked: Linked, tables: Tables) -> tuple[Finding, ...]:
    as_of = date(2018, 6, 30)
    statuses = {work.key: status(work, linked.effects, as_of) for work in linked.works}
    snapshot = Snapshot(as_of, linked.works, linked.relations, statuses, linked.unresolved, (), tables.renames)
    return audit(snapshot, all_rules(tables, Office(plan.jurisdiction))).findings


def test_numbers_are_exactly_these_and_all_repaired(plan: Plan, analysis: Analysis, document: Document) -> None:
    assert tuple(one.raw for one in analysis.numbers) == plan.raw
    assert tuple(str(one.number) for one in analysis.numbers) == plan.numbers
    assert all(one.repaired and one.rule.startswith("repair.") and one.confidence < 1 for one in analysis.numbers)
    assert all(one.span.of(document.text) == one.raw for one in analysis.numbers)


def test_every_repair_is_told(plan: Plan, analysis: Analysis) -> None:
    told = [one for one in analysis.problems if one.rule == "repair.number"]
    assert [one.span for one in told] == [one.span for one in analysis.numbers]
    assert all(number in one.message for one, number in zip(told, plan.numbers, strict=True))


def test_dated_is_repaired_and_corroborated_by_the_page_time(
    plan: Plan, analysis: Analysis, document: Document
) -> None:
    dated = analysis.elements.dated
    assert dated
    assert (dated.value, dated.rule) == (plan.dated, "repair.date.page_time")
    assert dated.span.of(document.text) == f"{plan.dated.year}{plan.dated.month}{plan.dated.day}"
    assert "repair.date" in [one.rule for one in analysis.problems]


def test_published(plan: Plan, analysis: Analysis) -> None:
    assert analysis.elements.published
    assert analysis.elements.published.value == plan.published


def test_no_number_of_its_own(analysis: Analysis) -> None:
    assert analysis.elements.number is None
    assert analysis.elements.registration_number is None


def test_issuer(plan: Plan, analysis: Analysis, document: Document) -> None:
    [issuer] = analysis.elements.issuers
    assert (issuer.value, issuer.span.of(document.text)) == (plan.issuer, plan.issuer)


def test_two_addressees(plan: Plan, analysis: Analysis, document: Document) -> None:
    assert tuple(one.value for one in analysis.elements.addressees) == plan.addressees
    assert tuple(one.span.of(document.text) for one in analysis.elements.addressees) == plan.addressees


def test_title_is_the_notices(plan: Plan, analysis: Analysis, document: Document) -> None:
    title = analysis.elements.title
    assert title
    assert (title.value, title.span.of(document.text)) == (plan.title, plan.title)
    assert analysis.elements.doc_type
    assert analysis.elements.doc_type.value == "通知"
    assert analysis.role.value == "policy"


def test_carries_its_plan(plan: Plan, analysis: Analysis) -> None:
    assert [one.value for one in analysis.elements.instruments] == [plan.instrument]
    own = [claim.relation for claim in analysis.claims if claim.citation.title == plan.instrument]
    assert own == ["issues"]


def test_rests_on_the_three(plan: Plan, linked: Linked) -> None:
    [own] = [work for work in linked.works if work.held]
    basis = {one.target: one for one in linked.relations if one.source == own.key and one.kind == "basis"}
    assert set(basis) == set(plan.numbers)
    assert all(one.mode == "act" and one.repaired and one.corroboration is None for one in basis.values())
    assert {work.key for work in linked.works if not work.held} == set(plan.numbers)


def test_the_rules_for_implementation_are_a_second_untitled_target(
    plan: Plan, analysis: Analysis, document: Document
) -> None:
    tails = [claim for claim in analysis.claims if claim.citation.form == "tail"]
    assert [claim.citation.span.of(document.text) for claim in tails] == ["及其实施细则"] * 2
    assert all(claim.citation.title is None and claim.citation.numbers == () for claim in tails)
    first = tails[0]
    assert first.relation == "basis"
    assert first.citation.refers_to is not None
    parent = analysis.claims[first.citation.refers_to].citation
    assert [str(number) for number in parent.numbers] == [plan.parent]


def test_the_tail_finds_no_document_and_makes_none_up(linked: Linked) -> None:
    open_ends = [one for one in linked.unresolved if one.wanted == "《关于全面推进政务公开工作的意见》的实施细则"]
    assert open_ends
    assert all(one.candidates == () and "没有这份文件" in one.reason for one in open_ends)
    assert linked.unresolved == tuple(open_ends)


def test_an_internal_plan_needs_no_interpretation(findings: tuple[Finding, ...]) -> None:
    missing = [one for one in findings if one.rule == "interpretation.missing"]
    assert [one.result for one in missing] == ["exempt"]
    assert "工作方案" in missing[0].message


def test_what_nothing_corroborates_is_said_once_for_each_number(plan: Plan, findings: tuple[Finding, ...]) -> None:
    doubtful = [one for one in findings if one.result == "fail"]
    assert {one.rule for one in doubtful} == {"integrity.number-uncorroborated"}
    assert {one.related for one in doubtful} == {(number,) for number in plan.numbers}
    assert all(one.severity == "warning" for one in doubtful)
