"""Who leads, who supports, and until when, as plans print it behind their tasks (domain.md §8)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import analyse_text
from policylib.model import Deadline, Task

PLAN = """岚州市人民政府关于印发科技创新行动计划的通知
岚政发〔2019〕8号
各区县：
{}
请认真组织实施。
岚州市人民政府
2019年3月4日
"""


def tasks_in(words: str) -> tuple[Task, ...]:
    return analyse_text(PLAN.format(words)).tasks


def shares(words: str) -> list[tuple[list[str], list[str]]]:
    return [([one.value for one in task.lead], [one.value for one in task.support]) for task in tasks_in(words)]


@pytest.mark.parametrize(
    ("words", "lead", "support"),
    [
        pytest.param(
            "（组织人事科牵头，各相关科室、局属单位配合落实）", ["组织人事科"], ["各相关科室", "局属单位"], id="verbs"
        ),
        pytest.param("（组织人事科牵头，各相关科室配合落实", ["组织人事科"], ["各相关科室"], id="closing bracket lost"),
        pytest.param(
            "（牵头单位：市科技局、市财政局；配合单位：市司法局）", ["市科技局", "市财政局"], ["市司法局"], id="labels"
        ),
        pytest.param(
            "〔责任单位：市科技局，各区县政府（含高新区，下同）〕", ["市科技局", "各区县政府"], [], id="nested"
        ),
        pytest.param("（责任单位：市政府各部门、单位）", ["市政府各部门、单位"], [], id="one name with a mark in it"),
        pytest.param("（市科技局、市财政局按职责分工负责）", ["市科技局", "市财政局"], [], id="each for its part"),
        pytest.param("（市科技局会同市财政局负责）", ["市科技局"], ["市财政局"], id="together with"),
        pytest.param("（市科技局，市财政局负责）", ["市科技局", "市财政局"], [], id="list with commas"),
        pytest.param(
            "（市科技局、市财政局负责，排在第一位的部门为牵头部门，下同）", ["市科技局"], ["市财政局"], id="first leads"
        ),
    ],
)
def test_who_leads_and_who_supports(words: str, lead: list[str], support: list[str]) -> None:
    assert shares(f"加强科技创新平台建设。{words}") == [(lead, support)]


@pytest.mark.parametrize(
    "words",
    [
        "（以下简称负责人）",
        "（责任领导：张三）",
        "（见附件1）",
        "（具体由谁负责另行通知）",
        "（岚科发〔2019〕3号）",
        "（牵头单位：待定事项与说明）",
    ],
)
def test_brackets_that_name_nobody_responsible(words: str) -> None:
    assert shares(f"加强科技创新平台建设。{words}") == []


def test_an_item_is_what_stands_before_its_bracket() -> None:
    words = "1.建设平台。（市科技局负责）2.培养人才。（市教育局负责）\n3.公开清单。\n（市司法局负责）"
    text = PLAN.format(words)
    assert [task.item.of(text) for task in analyse_text(text).tasks] == ["1.建设平台。", "2.培养人才。", "3.公开清单。"]


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        pytest.param("2019年9月底前完成改造。", Deadline(date(2019, 9, 30)), id="end of a month"),
        pytest.param("6月底前完成改造。", Deadline(date(2019, 6, 30)), id="the paper's own year"),
        pytest.param("2020年2月15日前完成改造。", Deadline(date(2020, 2, 15)), id="day"),
        pytest.param("2020年底前完成改造。", Deadline(date(2020, 12, 31)), id="end of a year"),
        pytest.param("年内完成改造。", Deadline(date(2019, 12, 31)), id="within the year"),
        pytest.param(
            "在本方案公布后30个工作日内公开。", Deadline(None, 30, "workday", "本方案公布"), id="working days"
        ),
        pytest.param("自收到申请之日起十五日内答复。", Deadline(None, 15, "day", "收到申请"), id="days"),
        pytest.param("每年3月底前报送总结。", None, id="returns every year"),
        pytest.param("每年年底前报送总结。", None, id="returns at the end of every year"),
        pytest.param("2020年年底前完成改造。", Deadline(date(2020, 12, 31)), id="end of a year, twice 年"),
        pytest.param("长期坚持。", None, id="none"),
    ],
)
def test_deadline_of_a_task(words: str, deadline: Deadline | None) -> None:
    (task,) = tasks_in(f"{words}（市科技局负责）")
    assert (task.deadline and task.deadline.value) == deadline


def test_a_deadline_may_stand_in_the_bracket() -> None:
    (task,) = tasks_in("推进改革。（市科技局负责，2019年6月底前完成）")
    assert task.deadline is not None
    assert task.deadline.value.latest == date(2019, 6, 30)


def test_interpretations_give_no_tasks() -> None:
    text = "《岚州市科技创新行动计划》政策解读\n一、出台背景\n为建设平台（市科技局负责），制定本计划。\n"
    assert analyse_text(text).tasks == ()


@given(st.text("（）〔〕()牵头负责配合单位：、，；。市科技局各部门2019年月底前\n", max_size=120))
def test_every_name_stands_where_it_is_said_to_stand(words: str) -> None:
    text = PLAN.format(words)
    for task in analyse_text(text).tasks:
        assert task.item.of(text).strip() == task.item.of(text)
        assert all(one.span.of(text) == one.value for one in (*task.lead, *task.support))
