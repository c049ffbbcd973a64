"""Who leads, who supports, and until when, as plans print it behind their tasks (domain.md §8)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import analyse, analyse_text
from policylib.extract.deadlines import deadline_in, limit_in
from policylib.model import Block, Deadline, Document, Source, Span, Task
from policylib.tables import toml_rows

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
            "（市科技局牵头，市财政局、市残联按职责分工负责）",
            ["市科技局"],
            ["市财政局", "市残联"],
            id="leads among several",
        ),
        pytest.param(
            "（牵头单位：市科技局，责任单位：市财政局、东陵区）",
            ["市科技局"],
            ["市财政局", "东陵区"],
            id="lead and duty",
        ),
        pytest.param(
            "（省科技厅指导，各县（市、区）人民政府负责落实）",
            ["各县（市、区）人民政府"],
            ["省科技厅"],
            id="under guidance",
        ),
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
        pytest.param("2020年2月15日前登记的机构应当核对。", None, id="which ones are meant"),
        pytest.param("2020年2月15日前登记造册。", Deadline(date(2020, 2, 15)), id="day of what is to be done"),
        pytest.param("2020年底前完成改造。", Deadline(date(2020, 12, 31)), id="end of a year"),
        pytest.param("年内完成改造。", Deadline(date(2019, 12, 31)), id="within the year"),
        pytest.param(
            "在本方案公布后30个工作日内公开。", Deadline(None, 30, "workday", "本方案公布"), id="working days"
        ),
        pytest.param("自收到申请之日起十五日内答复。", Deadline(None, 15, "day", "收到申请"), id="days"),
        pytest.param("每年3月底前报送总结。", Deadline(nature="returning"), id="returns every year"),
        pytest.param("每年年底前报送总结。", Deadline(nature="returning"), id="returns at the end of every year"),
        pytest.param("每月5日前报送进展。", Deadline(nature="returning"), id="returns every month"),
        pytest.param("每年1月、7月底前报送总结。", Deadline(nature="returning"), id="returns twice a year"),
        pytest.param("次年3月底前报送总结。", Deadline(nature="unknown"), id="the year after which"),
        pytest.param("六月底前完成改造。", Deadline(date(2019, 6, 30)), id="Chinese month"),
        pytest.param("二〇二〇年十二月十五日前完成改造。", Deadline(date(2020, 12, 15)), id="Chinese day"),
        pytest.param("一季度末前完成改造。", Deadline(date(2019, 3, 31)), id="end of a quarter"),
        pytest.param("2020年第三季度内完成改造。", Deadline(date(2020, 9, 30)), id="within a quarter"),
        pytest.param("上半年完成改造。", Deadline(date(2019, 6, 30)), id="half of a year"),
        pytest.param("一季度前期准备已经就绪。", None, id="a quarter that ends nothing"),
        pytest.param("7月组织验收。", Deadline(date(2019, 7, 31)), id="done in a month"),
        pytest.param("3月组织了验收。", None, id="was done in a month"),
        pytest.param("于2019531日前完成改造。", Deadline(date(2019, 5, 31)), id="a day that lost its marks"),
        pytest.param("于2019111日前完成改造。", Deadline(nature="unknown"), id="lost its marks, two readings"),
        pytest.param("公布时间不晚于2019年8月15日。", Deadline(date(2019, 8, 15)), id="no later than"),
        pytest.param("公布时间不晚于2019815日。", Deadline(date(2019, 8, 15)), id="no later, lost its marks"),
        pytest.param("三年内未受处罚的可以参加。", None, id="a span of years is no year"),
        pytest.param("半年内完成改造。", None, id="a term without a beginning"),
        pytest.param("1998年底以前完成改造。", Deadline(date(1998, 12, 31)), id="end of a year of the last century"),
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


def test_a_sentence_gives_some_a_share_in_all_that_follows() -> None:
    words = (
        "1.建立标准。（市环保局负责）\n2.建立制度。（市环保局指导，试点区政府负责落实。以下均需试点区政府落实，不再列出）\n"
        "3.建设项目。（市发展改革委、市财政局负责）"
    )
    assert shares(words) == [
        (["市环保局"], []),
        (["试点区政府"], ["市环保局"]),
        (["市发展改革委", "市财政局"], ["试点区政府"]),
    ]


def test_duties_may_stand_below_their_task_without_a_bracket() -> None:
    words = (
        "1.建设园区。\n牵头单位：市科技局\n责任单位：市财政局、市残联\n完成时限：2020年6月\n"
        "2.培育企业。责任单位：市科技局，市财政局。完成时限：2019年9月30日"
    )
    text = PLAN.format(words)
    first, second = analyse_text(text).tasks
    assert (first.item.of(text), second.item.of(text)) == ("1.建设园区。", "2.培育企业。")
    assert shares(words) == [(["市科技局"], ["市财政局", "市残联"]), (["市科技局", "市财政局"], [])]
    assert [task.deadline and task.deadline.value.latest for task in (first, second)] == [
        date(2020, 6, 30),
        date(2019, 9, 30),
    ]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        pytest.param("各局属单位要结合实际，在本方案公布后30个工作日内公开实施方案。", ["各局属单位"], id="a term"),
        pytest.param("请各区县、市直各部门于2019年6月30日前报送总结。", ["各区县", "市直各部门"], id="a day"),
        pytest.param(
            "局属各单位参照本方案拟订清单，于方案印发后20个工作日内报送。", ["局属各单位"], id="comma between"
        ),
        pytest.param("2019年6月底前，各区县完成清查。", ["各区县"], id="the day first"),
        pytest.param("各有关部门制定实施办法，于2019年6月30日前报送市政府。", ["各有关部门"], id="what to do first"),
        pytest.param("市政府办公厅将于2019年10月底前组织验收。", ["市政府办公厅"], id="the issuer's own promise"),
        pytest.param("各地应于六月底前报送情况。", ["各地"], id="everywhere"),
        pytest.param("二、各区县局在2019年9月底前开一次会。", ["各区县局"], id="numbered"),
        pytest.param(
            "列为拟修改的文件，起草部门应当于2019年6月30日前报送修改稿。", ["起草部门"], id="in the second clause"
        ),
        pytest.param("完成指标的，承担单位于2019年6月29日前提交材料。", [], id="parties to a contract"),
        pytest.param("各单位报送的材料6月30日前汇总。", [], id="what they sent"),
        pytest.param("市科技局应当自收到申请之日起15个工作日内答复。", [], id="how an office works"),
        pytest.param("各区县要于每年3月底前报送总结。", ["各区县"], id="every year"),
        pytest.param("各责任单位每月5日前报送进展情况。", ["各责任单位"], id="every month"),
        pytest.param("市民政局每季度末将进展情况报市政府办公室。", ["市民政局"], id="every quarter"),
        pytest.param(
            "请认真落实。列在第一位的为牵头单位，每月5日前向市政府办公室报送进展情况。", ["牵头单位"], id="who leads"
        ),
        pytest.param("各起草部门应当在3个工作日内对网站上的原文作出标注。", ["各起草部门"], id="a term from no day"),
        pytest.param("第一条 各区县应当在5个工作日内报送。", [], id="how offices work, in articles"),
        pytest.param("第一条 各区县应当于每年3月底前报送总结。", [], id="for ever, in articles"),
        pytest.param("各部门要每年召开两次会议。", [], id="how often, and no last day"),
        pytest.param("有关材料应于2019年3月底前交齐，逾期不再受理。", [], id="not at the beginning"),
        pytest.param("申报单位于2019年10月16日前报送材料。", [], id="who may come or not"),
        pytest.param("各区县要高度重视。", [], id="no day"),
    ],
)
def test_an_order_with_a_last_day_is_a_task_of_those_it_names(sentence: str, who: list[str]) -> None:
    assert [name for lead, _ in shares(sentence) for name in lead] == who


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        pytest.param("2020年6月", Deadline(date(2020, 6, 30)), id="month"),
        pytest.param("2020.6.30", Deadline(date(2020, 6, 30)), id="dots"),
        pytest.param("2020年3月至6月", Deadline(date(2020, 6, 30)), id="a range ends with its last"),
        pytest.param("3—11月", Deadline(date(2019, 11, 30)), id="a range in the paper's year"),
        pytest.param("2019-2021年", Deadline(date(2021, 12, 31)), id="a range of years"),
        pytest.param("2020年6月起", Deadline(nature="unknown"), id="a beginning is no end"),
        pytest.param("下半年", Deadline(date(2019, 12, 31)), id="half of a year"),
        pytest.param("二季度", Deadline(date(2019, 6, 30)), id="quarter"),
        pytest.param("2019531", Deadline(date(2019, 5, 31)), id="lost its marks"),
        pytest.param("长期坚持", Deadline(nature="standing"), id="standing"),
        pytest.param("即时", Deadline(nature="at_once"), id="at once"),
        pytest.param("每季度", Deadline(nature="returning"), id="returning"),
        pytest.param("每月5日前", Deadline(nature="returning"), id="returning on a day"),
        pytest.param("按上级要求", Deadline(nature="unknown"), id="tells no day"),
        pytest.param("——", None, id="a dash"),
        pytest.param("无", None, id="none"),
    ],
)
def test_what_is_called_a_time_limit(words: str, deadline: Deadline | None) -> None:
    (task,) = tasks_in(f"1.建设园区。\n牵头单位：市科技局\n完成时限：{words}")
    assert (task.deadline and task.deadline.value) == deadline


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["id"]) for row in toml_rows("deadlines.toml", array="deadline")]
)
def test_examples_of_time_limits(row: dict[str, Any]) -> None:
    def nature(words: str) -> str | None:
        found = (limit_in if row.get("limit_only") else deadline_in)(words, 0, len(words), 2019)
        return found and found.value.nature

    assert [words for words in row["examples"] if nature(words) != row["nature"]] == []
    assert [words for words in row["not_examples"] if re.search(row["pattern"], words)] == []


def test_the_words_of_a_returning_limit_are_whole() -> None:
    text = PLAN.format("每年3月底前报送总结。（市科技局负责）")
    [task] = analyse_text(text).tasks
    assert task.deadline is not None
    assert task.deadline.span.of(text) == "每年3月底前"


def test_a_repaired_day_says_so() -> None:
    (task,) = tasks_in("于2019531日前完成改造。（市科技局负责）")
    assert task.deadline is not None
    assert (task.deadline.rule, task.deadline.confidence < 1) == ("repair.date", True)


def test_the_first_leads_where_the_paper_says_so_unless_all_are_said_to() -> None:
    words = (
        "1.建设平台。（市科技局、市财政局等负责。列第一位者为牵头单位，下同）\n2.培养人才。（市教育局、市人社局负责）\n"
        "3.健全机制。（市科技局、市教育局牵头负责）"
    )
    assert shares(words) == [
        (["市科技局"], ["市财政局"]),
        (["市教育局"], ["市人社局"]),
        (["市科技局", "市教育局"], []),
    ]


def test_what_others_only_guide_is_done_by_those_who_do_all_that_follows() -> None:
    words = (
        "1.建立制度。（市环保局指导，试点区政府负责落实。以下均需试点区政府落实，不再列出）\n"
        "2.建设项目。（市财政局指导）"
    )
    assert shares(words) == [(["试点区政府"], ["市环保局"]), (["试点区政府"], ["市财政局"])]


def test_a_task_whose_lead_was_left_blank_is_a_task() -> None:
    (task,) = tasks_in("1.建设园区。\n牵头单位：\n完成时限：2020年6月")
    assert (task.lead, task.deadline and task.deadline.value.latest) == ((), date(2020, 6, 30))


TABLE = (
    ("序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
    ("一、平台建设", "一、平台建设", "一、平台建设", "一、平台建设", "一、平台建设"),
    ("1", "建设实验室", "市科技局", "市财政局、各区县", "2019年6月"),
    ("2", "举办培训班", "", "市人社局", "长期"),
    ("3", "建设园区", "市人社局（牵头）、局机关党委", "", "年底前"),
)


def table(*rows: tuple[str, ...]) -> Document:
    """A page with a title and one table."""
    text, blocks = "岚州市科技工作任务分工表（2019年）", [Block("paragraph", Span(0, 17))]
    for row in rows:
        start = len(text) + 1
        cells = []
        for words in row:
            text += ("\n" if not cells else " ") + words
            cells.append(Span(len(text) - len(words), len(text)))
        blocks.append(Block("row", Span(start, len(text)), cells=tuple(cells)))
    signed = "\n岚州市科学技术局\n2019年2月1日"
    lines = [
        Block("paragraph", Span(len(text) + 1, len(text) + 9)),
        Block("paragraph", Span(len(text) + 10, len(text) + 19)),
    ]
    return Document(Source("表", "0", "text/plain", "text"), text + signed, (*blocks, *lines))


def test_a_row_of_a_table_of_duties_is_a_task() -> None:
    document = table(*TABLE)
    found = [
        (task.item.of(document.text), [one.value for one in task.lead], [one.value for one in task.support],
         task.deadline and task.deadline.value.latest)
        for task in analyse(document).tasks
    ]  # fmt: skip
    assert found == [
        ("建设实验室", ["市科技局"], ["市财政局", "各区县"], date(2019, 6, 30)),
        ("举办培训班", [], ["市人社局"], None),
        ("建设园区", ["市人社局"], ["局机关党委"], date(2019, 12, 31)),
    ]


def test_a_ledger_without_a_column_for_anybody_is_one_of_tasks() -> None:
    rows = (
        ("序号", "整改任务", "完成时限"),
        ("1", "清查台账", "2019年6月"),
        ("2", "补齐手续", "长期坚持"),
    )
    document = table(*rows)
    found = [
        (task.item.of(document.text), task.lead, task.deadline and task.deadline.value.nature)
        for task in analyse(document).tasks
    ]
    assert found == [("清查台账", (), "once"), ("补齐手续", (), "standing")]


def test_a_table_of_how_long_an_office_takes_gives_no_tasks() -> None:
    rows = (("序号", "服务事项", "办理时限"), ("1", "换发证书", "5个工作日"))
    assert analyse(table(*rows)).tasks == ()


def test_a_cell_that_leaves_the_lead_open_names_nobody() -> None:
    rows = (("序号", "重点任务", "牵头单位"), ("1", "建设实验室", "待定"))
    assert [task.lead for task in analyse(table(*rows)).tasks] == [()]


def test_a_table_of_something_else_gives_no_tasks() -> None:
    rows = (("序号", "文件名称", "文号", "责任单位"), ("1", "岚州市人才办法", "岚政发〔2019〕3号", "市人社局"))
    assert analyse(table(*rows)).tasks == ()


def test_interpretations_give_no_tasks() -> None:
    text = "《岚州市科技创新行动计划》政策解读\n一、出台背景\n为建设平台（市科技局负责），制定本计划。\n"
    assert analyse_text(text).tasks == ()


@given(st.text("（）〔〕()牵头负责责任配合单位：、，；。市科技局各部门要于2019年月底前\n", max_size=120))
def test_every_name_stands_where_it_is_said_to_stand(words: str) -> None:
    text = PLAN.format(words)
    for task in analyse_text(text).tasks:
        assert task.item.of(text).strip() == task.item.of(text)
        assert all(one.span.of(text) == one.value for one in (*task.lead, *task.support))
