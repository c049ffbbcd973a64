"""INT-14: 三同步, by the days of the office's own list."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from policylib.model import Judgement, Snapshot
from tests.rules.papers import findings

World = Callable[[str], Snapshot]
RULE = "interpretation.approval"
KEY = "岚科字〔2024〕3号"

CASES = {
    "all on one day": ({"plan_approved": "2024-03-01", "text_approved": "2024-03-01", "signed": "2024-03-01"}, []),
    "before": ({"text_approved": "2024-02-28", "signed": "2024-03-01"}, []),
    "text later": (
        {"plan_approved": "2024-02-28", "text_approved": "2024-03-05", "signed": "2024-03-01"},
        [("fail", "warning", "解读材料2024-03-05审签，晚于文件签发（2024-03-01）2个工作日")]),
    "both later": (
        {"plan_approved": "2024-03-04", "text_approved": "2024-03-05", "signed": "2024-03-01"},
        [("fail", "warning", "解读方案2024-03-04审签，晚于文件签发（2024-03-01）1个工作日"),
         ("fail", "warning", "解读材料2024-03-05审签，晚于文件签发（2024-03-01）2个工作日")]),
    "not signed": (
        {"text_approved": "2024-03-05"}, [("unknown", "info", "不能判断是否同步审签：没有文件的签发日期")]),
    "nothing approved": (
        {"signed": "2024-03-05"}, [("unknown", "info", "不能判断是否同步审签：没有解读方案、解读材料的审签日期")]),
    "taken back": ({"text_approved": "", "signed": ""}, []),
    "no list": ({}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_approval(world: World, case: str) -> None:
    days, wanted = CASES[case]
    snapshot = world(f"policy {KEY}  《岚州市科技奖励办法》")
    said = tuple(Judgement("set", KEY, field=name, value=day, why="清单 台账.csv 第2行") for name, day in days.items())
    found = findings(replace(snapshot, judgements=said), RULE)
    assert [(one.result, one.severity, one.message) for one in found] == wanted


def test_the_list_is_the_evidence_and_the_last_word_counts(world: World) -> None:
    snapshot = world(f"policy {KEY}  《岚州市科技奖励办法》")
    said = [
        Judgement("set", KEY, field="signed", value="2024-03-09", why="清单 台账.csv 第2行"),
        Judgement("set", KEY, field="text_approved", value="2024-03-05", why="清单 台账.csv 第2行"),
        Judgement("set", KEY, field="signed", value="2024-03-01", who="张三"),
    ]
    [finding] = findings(replace(snapshot, judgements=tuple(said)), RULE)
    assert [(one.quote, one.path) for one in finding.evidence] == [
        ("解读材料审签日期 2024-03-05", "清单 台账.csv 第2行"),
        ("文件签发日期 2024-03-01", "张三"),
    ]


def test_a_work_that_is_not_in_the_library_any_more(world: World) -> None:
    said = Judgement("set", KEY, field="signed", value="2024-03-09")
    assert findings(replace(world(""), judgements=(said,)), RULE) == []
