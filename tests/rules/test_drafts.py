"""征求意见稿: how long they were open, what became of them. domain.md §8."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.model import Finding, Snapshot
from policylib.rules import all_rules
from policylib.rules.drafts import ConsultationProfile, consultation_profile, drafts
from tests.link.shelf import TABLES, paper
from tests.rules.test_tasks import OFFICE, desk

TITLE = "关于公开征求《岚州市人才奖励办法（征求意见稿）》意见的公告"
FINAL = paper("岚州市科学技术局关于印发《岚州市人才奖励办法》的通知", "岚科规〔2021〕4号", "2021-08-16")
OLDER = paper("岚州市科学技术局关于印发《岚州市人才奖励办法》的通知", "岚科规〔2016〕4号", "2016-08-16")
FEEDBACK = paper("关于《岚州市人才奖励办法（征求意见稿）》公开征求意见情况的反馈", "", "2021-07-01")


def asking(words: str, day: str = "2021-05-17", issuer: str = "岚州市科学技术局") -> str:
    return paper(TITLE, "", day, f"我局起草了《岚州市人才奖励办法（征求意见稿）》。\n{words}", issuer)


def found(snapshot: Snapshot) -> list[Finding]:
    return [one for rule in all_rules(TABLES, OFFICE) if rule.code == "DRF-01" for one in rule.check(rule, snapshot)]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("请于2021年6月16日前反馈意见。", 31),
        ("征求意见时间：2021年5月20日至5月26日。", 7),
        ("征求意见期限为30日。", 30),
        ("请自发布之日起5个工作日内反馈意见。", 8),  # a weekend between, both ends counted
        ("欢迎提出意见。", None),
    ],
)
def test_how_long_a_draft_is_open(words: str, days: int | None) -> None:
    [draft] = drafts(desk(asking(words)))
    assert draft.days == days


def test_what_became_of_a_draft() -> None:
    [draft] = drafts(desk(asking("请于2021年6月16日前反馈意见。"), FINAL, OLDER, FEEDBACK))
    assert draft.final is not None
    assert draft.final.key == "岚科规〔2021〕4号"
    assert [one.title for one in draft.feedback] == ["关于《岚州市人才奖励办法（征求意见稿）》公开征求意见情况的反馈"]


@pytest.mark.parametrize(
    ("title", "is_draft"),
    [
        ("关于公开征集《岚州市人才奖励办法（草案）》意见的公告", True),
        ("关于公开征集对岚州市人才奖励办法（征求意见稿）意见建议的通告", True),
        ("关于公开征集岚州市科技规划编制意见建议的公告", False),
        ("关于公开征集科技制度建设意见的公告", False),
    ],
)
def test_who_asks_for_ideas_has_no_draft(title: str, is_draft: bool) -> None:
    asks = paper(title, "", "2021-05-17", "请于2021年6月16日前反馈意见。")
    assert bool(list(drafts(desk(asks)))) == is_draft


def test_the_version_that_a_draft_is_to_replace_is_not_its_final() -> None:
    [draft] = drafts(desk(asking("请于2021年6月16日前反馈意见。"), OLDER))
    assert draft.final is None


def test_the_rule_speaks_of_the_library_and_not_of_a_draft_put_to_it() -> None:
    [rule] = [one for one in all_rules(TABLES, OFFICE) if one.code == "DRF-01"]
    assert not rule.of_drafts


def test_a_short_consultation() -> None:
    [finding] = found(desk(asking("征求意见时间：2021年5月20日至5月26日。")))
    assert (finding.result, finding.severity) == ("fail", "info")
    assert finding.message == "征求意见7天（2021-05-20至2021-05-26），不到30天"
    assert [one.quote for one in finding.evidence] == ["征求意见时间：2021年5月20日至5月26日"]
    assert "国务院令第713号" in finding.basis


def test_a_short_consultation_with_a_reason_is_exempt() -> None:
    [finding] = found(desk(asking("因情况紧急，缩短征求意见期限：2021年5月20日至5月26日，请反馈意见。")))
    assert finding.result == "exempt"


def test_days_that_the_page_does_not_say_are_unknown() -> None:
    [finding] = found(desk(asking("欢迎提出意见。")))
    assert finding.result == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(asking("请于2021年6月16日前反馈意见。"), id="long enough"),
        pytest.param(asking("征求意见时间：2021年5月20日至5月26日。", issuer="云岭市科学技术局"), id="another city's"),
        pytest.param(FEEDBACK, id="tells what comments came"),
    ],
)
def test_nothing_to_say(text: str) -> None:
    assert found(desk(text)) == []


def test_a_region_may_ask_for_less() -> None:
    local = {"id": "lanzhou", "source": "岚州市规定", "consultation": {"least_days": 7}}
    assert consultation_profile([{"id": "national"}, local]) == ConsultationProfile(7, "岚州市规定")


def test_the_newest_draft_comes_first() -> None:
    later = asking("请多提意见。", day="2021-05-17").replace("奖励", "公寓")
    snapshot = desk(asking("欢迎提出意见。", day="2020-05-17"), later)
    assert [draft.work.dated for draft in drafts(snapshot)] == [date(2021, 5, 17), date(2020, 5, 17)]
