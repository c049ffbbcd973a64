"""The term of a paper that states none, by a rule set that gives it one (domain.md §5.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policylib.model import Effect, Finding, State
from policylib.rules import all_rules, audit
from tests.link.shelf import TABLES, held, paper, shelve, snapshot

RULED = replace(
    TABLES,
    profiles={
        **TABLES.profiles,
        "dongling": {
            **TABLES.profiles["dongling"],
            "validity": {**TABLES.profiles["dongling"]["validity"], "default_if_unstated": [5, 2]},
        },
    },
)
KEY = "岚科规〔2018〕3号"
SILENT = "本办法自2018年5月1日起施行。"


def measure(body: str = SILENT, title: str = "岚州市人才办法", registered: bool = True) -> str:
    text = paper(f"岚州市科学技术局关于印发《{title}》的通知", KEY, "2018-03-01", body)
    return f"登记号：LZCR-2018-0030003\n{text}" if registered else text


def presumed(text: str, issuer: str = "") -> list[Effect]:
    linked = shelve(text.replace("岚州市", issuer) if issuer else text, tables=RULED)
    return [one for one in linked.effects if one.certainty == "presumed"]


def test_the_rule_set_ends_it_and_is_quoted() -> None:
    [end] = presumed(measure())
    assert (end.kind, end.effective) == ("expiry", date(2023, 4, 30))
    assert end.evidence
    assert (
        end.evidence.quote
        == "《东岭省行政规范性文件管理办法》（东岭省人民政府令第286号）：没有规定有效期的，有效期为5年"
    )
    linked = shelve(measure(), tables=RULED)
    assert held(linked, KEY, "2023-04-30").state is State.IN_FORCE
    assert held(linked, KEY, "2023-05-01").state is State.EXPIRED


def test_on_trial_it_is_shorter() -> None:
    [end] = presumed(measure(title="岚州市人才办法（试行）"))
    assert end.effective == date(2020, 4, 30)


UNKNOWN = {
    "no registration number": measure(registered=False),
    "a term of its own": measure("本办法自2018年5月1日起施行，有效期3年。"),
    "a term that was not understood": measure("本办法自2018年5月1日起施行。本办法有效期与省办法一致。"),
    "no clause": measure("请认真执行。"),
    "it only repeals": measure("本通知自2018年5月1日起施行。", "关于废止岚州市人才办法的通知"),
    "before the rule set": measure().replace("2018", "2016"),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_cannot_be_told_stays_unknown(case: str) -> None:
    assert presumed(UNKNOWN[case]) == []


def test_papers_of_other_regions_have_their_own_rules() -> None:
    assert presumed(measure(), issuer="淄博市") == []


def test_a_rule_set_that_says_nothing_presumes_nothing() -> None:
    assert [one for one in shelve(measure()).effects if one.certainty == "presumed"] == []


CITING = paper(
    "岚州市科学技术局关于印发《岚州市人才奖励细则》的通知", "岚科规〔2024〕1号", "2024-01-10",
    "根据《岚州市科学技术局关于印发〈岚州市人才办法〉的通知》（岚科规〔2018〕3号），制定本细则。\n本细则自2024年3月1日起施行，有效期3年。",
)  # fmt: skip


def found(*texts: str, on: str = "2024-06-30") -> dict[str, Finding]:
    seen = snapshot(*texts, on=on, tables=RULED)
    return {
        one.rule: one for one in audit(seen, all_rules(RULED, seen.office)).findings if KEY in one.message + one.subject
    }


def test_a_presumption_accuses_nobody() -> None:
    findings = found(measure(), CITING)
    for rule in ("currency.cites-repealed", "validity.expired"):
        assert findings[rule].result == "unknown"
        assert "文中没有规定有效期，按规定推定" in findings[rule].message
        assert any("有效期为5年" in one.quote for one in findings[rule].evidence)
    assert "currency.rests-on-repealed" not in findings
    due = found(measure(), on="2023-01-10")["validity.evaluation-due"]
    assert (due.result, "按规定推定" in due.message) == ("unknown", True)
