"""The cases of the domain's specification, where it is at hand: what a careful reader expects of each text.

Every row is checked by the part of policylib that answers its area, but for those that we argue with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policylib.extract import analyse_text, find_numbers
from policylib.extract.dates import find_damaged_dates, find_dates, settle
from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.extract.titles import forwards, parse_title
from policylib.link.organs import Registry
from policylib.link.status import status
from policylib.model import Effect, NumberMention, State, Work
from policylib.rules.calendar import working_day_after
from policylib.tables import builtin

CASES = Path(__file__).resolve().parents[2] / "shared" / "domain" / "golden.jsonl"
Row = dict[str, Any]
ARGUED = {
    "drafter-005": "涉及市卫计委、市残联起草的…文件 speaks of who drafted other papers: nobody drafted this one by it",
}


def rows() -> list[Row]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()] if CASES.is_file() else []


def test_the_cases_are_at_hand() -> None:
    if not CASES.is_file():
        pytest.skip("the cases of the domain's specification (../shared/domain) are not at hand")
    assert {row["area"] for row in rows()} <= CHECKS.keys()


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in rows()])
def test_case(row: Row) -> None:
    if row["id"] in ARGUED:
        with pytest.raises(AssertionError):
            CHECKS[row["area"]](row)
    else:
        CHECKS[row["area"]](row)


PAPER = "某市人民政府关于印发某办法的通知\n各有关单位：\n{}\n某市人民政府\n2024年3月4日\n"

# Numbers --------------------------------------------------------------------------------------------------------

KINDS = {"order": "order", "announcement": "announcement", "registration": "registration"}


def numbers(row: Row) -> None:
    found = find_numbers(row["input"])
    assert len(found) == len(row["expect"])
    for mention, wanted in zip(found, row["expect"], strict=True):
        assert mention.number is not None
        if "canonical" in wanted:
            assert str(mention.number) == wanted["canonical"]
        for key in ("code", "year", "serial"):
            assert wanted.get(key, getattr(mention.number, key)) == getattr(mention.number, key)
        assert mention.number.kind.value == KINDS.get(wanted.get("kind", ""), "document")
        assert mention.number.infix == wanted.get("sub", mention.number.infix)
        if wanted.get("kind") in ("order", "announcement"):
            assert same_issuer(mention.number.code or "", wanted["issuer"])
        assert all(find_numbers(one)[0].number.key == mention.number.key for one in wanted.get("aliases", ()))


def same_issuer(found: str, wanted: str) -> bool:
    return found == wanted or (found, wanted) == ("国", "国务院")


def one_number(row: Row) -> NumberMention:
    (mention,) = find_numbers(row["input"])
    return mention


def boundary(row: Row) -> None:
    assert str(one_number(row).number) == row["expect"]["canonical"]


def damage(row: Row) -> None:
    mention, wanted = one_number(row), row["expect"]
    if wanted["status"] == "ambiguous":
        readings = {part for one in wanted["candidates"] for part in whole(one)}
        assert mention.number is None
        assert readings <= {str(one) for one in mention.candidates}
    elif wanted["status"] == "incomplete":
        assert mention.number is not None
        assert (mention.number.year, mention.number.serial) == (wanted["year"], wanted["serial"])
    else:
        assert mention.repaired
        assert str(mention.number) == wanted["canonical"]


def whole(reading: str) -> list[str]:
    """甲发〔2017〕17号+18号 are two numbers of one series."""
    first, *others = reading.split("+")
    return [first, *(first[: first.index("〕") + 1] + other for other in others)]


# Dates and titles -----------------------------------------------------------------------------------------------


def dates(row: Row) -> None:
    text, wanted = row["input"], row["expect"]
    if wanted.get("kind") == "deadline":
        found = deadline_in(fold(text), 0, len(text), None)
        assert found is not None
        assert (found.value.count, found.value.unit) == (wanted["n"], wanted["unit"])
        assert found.value.event.endswith(wanted["from_event"])
        event = date.fromisoformat(row["context"]["event_date"])
        assert working_day_after(event, found.value.count) == date.fromisoformat(wanted["latest"])
        return
    damaged = list(find_damaged_dates(text))
    if wanted.get("status") == "ambiguous":
        assert [one.isoformat() for one in damaged[0].candidates] == wanted["candidates"]
    elif wanted.get("status") == "refused":
        assert not damaged
        assert not list(find_dates(text))
    elif wanted.get("status") == "repaired":
        page = next(find_dates(row["context"].get("page_date", "")), None)
        settled = settle(damaged[0], page.value.date() if page else None)
        assert settled is not None
        assert settled.value.isoformat() == wanted["date"]
    else:
        assert next(find_dates(text)).value.isoformat() == wanted["date"]


def title(row: Row) -> None:
    wanted, parts = row["expect"], parse_title(row["input"])
    verb = "关于" if parts.verb == "关于" else next(one for one in ("印发", "转发") if one in parts.verb)
    assert (verb, parts.doc_type) == (wanted["verb"], wanted["genre"])
    assert [one for one in re.split("、", parts.issuers) if one] == wanted["issuers"]
    if wanted["subject"] != "…":
        assert parts.subject == wanted["subject"]
    for instrument in wanted["instruments"]:
        assert any(one.endswith(instrument) for one in parts.objects)
    if "chain" in wanted:
        levels, rest = 0, parts
        while forwards(rest):
            levels, rest = levels + 1, parse_title(rest.objects[0])
        assert levels + 1 == wanted["chain"]
    if "relation" in wanted:
        claims = [claim for claim in analyse_text(row["input"]).claims if claim.relation not in ("mentions", "none")]
        target = wanted["relation"] and wanted["relation"]["target"]
        assert [claim.citation.title for claim in claims] == ([target] if target else [])
        assert all(claim.relation == "partly_repeals" for claim in claims)


# Relations and validity -----------------------------------------------------------------------------------------

RELATIONS = {"basis": {"basis"}, "reference": {"reference", "basis"}, "repeals": {"repeals"}, "promulgates": {"issues"}}


def relation(row: Row) -> None:
    text = row["input"]
    analysis = analyse_text(text)
    active = [claim for claim in analysis.claims if claim.relation not in ("mentions", "none") and claim.mode == "act"]
    for wanted in row["expect"]:
        if wanted["type"] == "overrides_inconsistent":
            assert [clause.value for clause in analyse_text(PAPER.format(f"{text}。")).clauses] == ["overrides"]
        else:
            assert any(fits(claim, wanted, text) for claim in analysis.claims), wanted
    if not [one for one in row["expect"] if one["target"]]:
        assert not active


def fits(claim: Any, wanted: Row, text: str) -> bool:
    citation = claim.citation
    if wanted.get("self"):
        return citation.title == wanted["target"] and claim.relation in ("issues", "mentions", "none")
    target = wanted["target"]
    if target.startswith("anaphora"):
        return citation.form == "tail" and claim.relation in RELATIONS[wanted["type"]]
    by_title = wanted.get("by") and citation.title and citation.title in text
    named = target in (citation.title, *map(str, citation.numbers)) or by_title
    return bool(named) and claim.relation in RELATIONS[wanted["type"]]


def validity(row: Row) -> None:
    wanted, text = row["expect"], row["input"]
    analysis = analyse_text(PAPER.format(text))
    elements = analysis.elements
    if wanted is None:
        assert elements.expires is None
    elif wanted.get("type") == "extends_validity":
        (claim,) = (claim for claim in analysis.claims if claim.relation == "extends")
        assert (str(claim.citation.numbers[0]), claim.detail) == (wanted["target"], wanted["end"])
    else:
        assert elements.expires is not None
        assert wanted.get("end") in (None, elements.expires.value.isoformat())
        assert "start" not in wanted or elements.effective.value.isoformat() == wanted["start"]
        if "years" in wanted:
            assert elements.expires.value == date(2024 + wanted["years"], 3, 3)
        if "end_behaviour" in wanted:
            assert wanted["end_behaviour"] in [clause.value for clause in analysis.clauses]


EVENTS = {"EFFECT": "effect", "EXPIRY": "expiry", "EXTEND": "extend", "REPEAL": "repeal", "RETAIN": "retain"}


def state(row: Row) -> None:
    work = Work(key="某政发〔2021〕7号", role="policy", held=True)
    effects = []
    for kind, day in row["input"]["events"]:
        when = date.fromisoformat(day)
        if kind == "EXTEND":  # made while the term still ran
            effects.append(Effect("extend", work.key, date(2026, 1, 1), date(2026, 1, 1), until=when))
        elif kind == "PLAN_REPEAL":
            effects.append(Effect("plan", work.key, when, when))
        else:
            effects.append(Effect(EVENTS[kind], work.key, min(when, date(2020, 1, 1)), when))
    found = status(work, effects, date.fromisoformat(row["input"]["as_of"]))
    wanted = {"有效（延续）": State.IN_FORCE}.get(row["expect"])
    assert found.state == (wanted or State(row["expect"]))
    assert "已延长有效期" in "；".join(found.flags) or wanted is None


# People ---------------------------------------------------------------------------------------------------------


def drafter(row: Row) -> None:
    wanted = row["expect"]
    if "rule" in wanted:
        analysis = analyse_text(f"实施减税（{row['input']}）。")
        assert [one.value for one in analysis.tasks[0].lead] == [wanted["lead"]]
        return
    found = analyse_text(PAPER.format(row["input"])).elements.drafter
    if wanted["drafter"] is None:
        assert found is None
        return
    assert found is not None
    expected = wanted["drafter"] if isinstance(wanted["drafter"], list) else [wanted["drafter"]]
    known = Registry(builtin(), "广东省/广州市" if "广州" in expected[0] else "山东省/淄博市")
    assert [known.canonical(name) for name in found.value.split("、")] == [known.canonical(name) for name in expected]


def responsibility(row: Row) -> None:
    (task,) = analyse_text(f"推进工作。{row['input']}").tasks
    assert [one.value for one in task.lead] == row["expect"]["lead"]
    assert [one.value for one in task.support] == row["expect"].get("support", [])


def disclosure(row: Row) -> None:
    found = analyse_text(f"某市人民政府\n2018年3月4日\n{row['input']}\n").elements.disclosure
    assert found is not None
    assert fold(found.value) == row["expect"]


def workday(row: Row) -> None:
    start = date.fromisoformat(row["input"]["start"])
    assert working_day_after(start, row["input"]["n"]) == date.fromisoformat(row["expect"])


CHECKS: dict[str, Callable[[Row], None]] = {
    "docnum": numbers,
    "docnum_false": numbers,
    "docnum_boundary": boundary,
    "docnum_damage": damage,
    "date": dates,
    "title": title,
    "relation": relation,
    "validity": validity,
    "status": state,
    "drafter": drafter,
    "responsibility": responsibility,
    "open_attr": disclosure,
    "workday": workday,
}
