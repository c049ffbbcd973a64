"""tasks and drafts, as typed."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from tests.cli.conftest import Run

PLAN = """\
云泽市科学技术局关于印发2022年科技工作方案的通知
云科字〔2022〕9号

局属各单位，机关各科室：
现将《2022年科技工作方案》印发给你们。

云泽市科学技术局
2022年2月10日

2022年科技工作方案
1.建设实验室。2022年6月底前建成两个。（计划科牵头，市财政局配合）
2.举办培训班。（人事科牵头，各相关科室配合）
各局属单位要在本方案印发后10个工作日内报送清单。
"""


@pytest.fixture
def planned(desk: Path, policylib: Run) -> Run:
    """A library in 云泽市 that holds a plan."""
    (desk / "文件" / "工作方案.txt").write_text(PLAN, encoding="utf-8")
    assert policylib("init").exit_code == 0
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    assert policylib("add", "文件").exit_code == 0
    return policylib


def test_the_tasks_of_a_plan(planned: Run) -> None:
    result = planned("tasks", "云科字〔2022〕9号", "--as-of", "2022-07-01")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:5] == [
        "《云泽市科学技术局关于印发2022年科技工作方案的通知》（云科字〔2022〕9号）",
        "  1. 建设实验室",
        "     牵头：计划科；配合：市财政局",
        "     时限：2022-06-30，已过时限（2022年6月底前）",
        "     …科技工作方案 1.建设实验室。2022年6月底前建成两个。（【计划科牵头，市财政局】配合）"
        " 2.举办培训班。（人事科牵头，各相关科室配合） 各局… —— 文件/工作方案.txt",
    ]
    assert "时限：2022-02-24，已过时限（本方案印发后10个工作日内，自2022-02-10起算，按成文日期）" in result.stdout
    assert result.stderr == "共 1 份文件 3 项任务；已过时限 2，时限不明 0（截至 2022-07-01）\n"


@pytest.mark.parametrize(
    ("options", "places"),
    [
        pytest.param((), [1, 2, 3], id="all"),
        pytest.param(("--unit", "财政局"), [1], id="short name"),
        pytest.param(("--unit", "云泽市财政局"), [1], id="full name"),
        pytest.param(("--unit", "市科技局"), [1, 2], id="by its sections"),
        pytest.param(("--by", "2022-06-30"), [3, 1], id="until a day"),
        pytest.param(("--due", "30", "--as-of", "2022-02-15"), [3], id="soon"),
        pytest.param(("--due", "30", "--as-of", "2022-03-15"), [], id="nothing soon"),
    ],
)
def test_which_tasks(planned: Run, options: tuple[str, ...], places: list[int]) -> None:
    result = planned("tasks", "--format", "json", *options)
    assert [row["place"] for row in json.loads(result.stdout)] == places
    assert result.exit_code == 0, "that nothing is due is no fault"


def test_tasks_that_name_no_unit_are_counted_beside_those_of_a_unit(planned: Run, desk: Path) -> None:
    plan = UNASSIGNED.replace("（市人力资源社会保障局牵头）", "（各有关部门负责）")
    (desk / "文件" / "任务分工.txt").write_text(plan, encoding="utf-8")
    planned("add", "文件")
    assert "另有 1 项只写“各部门”“有关单位”等" in planned("tasks", "--unit", "审计局").stderr


def test_sections_of_the_unit_itself_are_counted(planned: Run) -> None:
    result = planned("tasks", "--unit", "科技局", "--format", "json")
    assert _places(result) == [("云科字〔2022〕9号", 1), ("云科字〔2022〕9号", 2)]
    assert "另有 1 项只写“各部门”“有关单位”等" in result.stderr


def test_sections_of_another_office_are_not_taken_for_a_unit(planned: Run) -> None:
    assert "另有" not in planned("tasks", "--unit", "民政局").stderr


UNASSIGNED = """\
云泽市人民政府办公室关于印发养老服务任务分工的通知
云政办发〔2022〕18号

各区县人民政府，市政府各部门：
现将养老服务任务分工印发给你们。
（一）新建服务设施12处，2022年10月底前投入使用。（市民政局牵头，市财政局配合）
（二）新建老年人助餐点20处，2022年9月底前开餐。
（三）轮训养老护理员600人次，2022年9月底前完成。（市人力资源社会保障局牵头）

云泽市人民政府办公室
2022年4月15日
"""


def test_a_task_for_which_nobody_answers_is_listed_in_its_place(planned: Run, desk: Path) -> None:
    (desk / "文件" / "任务分工.txt").write_text(UNASSIGNED, encoding="utf-8")
    planned("add", "文件")
    rows = json.loads(planned("tasks", "云政办发〔2022〕18号", "--format", "json").stdout)
    assert [(row["place"], row["lead"], row["latest"]) for row in rows] == [
        (1, ["市民政局"], "2022-10-31"),
        (2, [], "2022-09-30"),
        (3, ["市人力资源社会保障局"], "2022-09-30"),
    ]
    assert [row["own"] for row in rows] == ["（一）", "（二）", "（三）"]
    page = planned("tasks", "云政办发〔2022〕18号")
    assert "  2. 原文（二）：新建老年人助餐点20处，2022年9月底前开餐\n     牵头：未写明\n" in page.stdout
    done = planned("judge", "云政办发〔2022〕18号", "--set", "完成情况2=已开餐")
    assert "完成情况（新建老年人助餐点20处，2022年9月底前开餐）：已开餐" in done.stdout
    assert "任务分工：3 项" in planned("show", "云政办发〔2022〕18号").stdout


REPORTED = UNASSIGNED.replace(
    "印发给你们。", "印发给你们。列在第一位的为牵头单位，每月5日前向市政府办公室报送进展情况。"
)


@pytest.fixture
def reported(planned: Run, desk: Path) -> Run:
    """A library with a plan whose first task has no number, so that （一） is the second."""
    (desk / "文件" / "任务分工.txt").write_text(REPORTED, encoding="utf-8")
    planned("add", "文件")
    return planned


def test_a_duty_that_returns_is_a_task_of_those_who_lead(reported: Run) -> None:
    page = reported("tasks", "云政办发〔2022〕18号").stdout
    assert (
        "  1. 列在第一位的为牵头单位，每月5日前向市政府办公室报送进展情况\n"
        "     牵头：牵头单位（统称）\n     时限：定期办理（每月5日前）\n" in page
    )
    first, second, *_ = json.loads(reported("tasks", "云政办发〔2022〕18号", "--format", "json").stdout)
    assert (first["own"], first["note"]) == (None, "“牵头单位”是统称，没有逐个写明")
    assert (second["own"], second["note"]) == ("（一）", None)


@pytest.mark.parametrize(
    ("written", "item"),
    [
        pytest.param("完成情况3", "新建老年人助餐点20处", id="as the list numbers it"),
        pytest.param("完成情况第3项", "新建老年人助餐点20处", id="in words"),
        pytest.param("完成情况（二）", "新建老年人助餐点20处", id="as the paper does"),
        pytest.param("完成情况(二)", "新建老年人助餐点20处", id="narrow brackets"),
        pytest.param("完成情况二", "新建老年人助餐点20处", id="without brackets"),
        pytest.param("完成情况1", "列在第一位的为牵头单位", id="which the paper does not number"),
    ],
)
def test_a_task_by_its_place_or_by_the_number_of_the_paper(reported: Run, written: str, item: str) -> None:
    done = reported("judge", "云政办发〔2022〕18号", "--set", f"{written}=已办", "--who", "张三")
    assert f"完成情况（{item}" in done.stdout
    rows = json.loads(reported("tasks", "云政办发〔2022〕18号", "--format", "json").stdout)
    assert [row["item"] for row in rows if row["state"] == "已办"] == [
        row["item"] for row in rows if row["item"].startswith((item, f"（二）{item}"))
    ]


def test_judge_says_which_task_it_took_and_which_it_might_be_mistaken_for(reported: Run) -> None:
    done = reported("judge", "云政办发〔2022〕18号", "--set", "完成情况3=已办", "--who", "张三").stdout
    assert "  第3项，原文（二）；牵头：未写明；原文：（二）新建老年人助餐点20处，2022年9月底前开餐。\n" in done
    assert "  请核对：原文（三）是第4项，不是这一项\n" in done
    assert "请核对" not in reported("judge", "云政办发〔2022〕18号", "--set", "完成情况（二）=已办").stdout
    none = reported("judge", "云政办发〔2022〕18号", "--set", "完成情况（九）=已办")
    assert "没有原文序号是（九）的任务：本库从中有4项任务" in none.stderr


def test_what_was_said_of_a_task_stays_with_it_when_tasks_are_numbered_anew(planned: Run, desk: Path) -> None:
    (desk / "文件" / "任务分工.txt").write_text(UNASSIGNED, encoding="utf-8")
    planned("add", "文件")
    planned("judge", "云政办发〔2022〕18号", "--set", "完成情况2=已开餐", "--who", "张三")
    (desk / "文件" / "任务分工.txt").write_text(REPORTED, encoding="utf-8")
    planned("add", "文件")
    rows = json.loads(planned("tasks", "云政办发〔2022〕18号", "--format", "json").stdout)
    assert [(row["place"], row["own"]) for row in rows if row["state"] == "已开餐"] == [(3, "（二）")]


def test_two_tasks_of_one_number_in_a_paper_are_told_apart_by_their_places(planned: Run, desk: Path) -> None:
    plan = UNASSIGNED.replace("（三）轮训", "二、队伍\n（一）轮训")
    (desk / "文件" / "任务分工.txt").write_text(plan, encoding="utf-8")
    planned("add", "文件")
    result = planned("judge", "云政办发〔2022〕18号", "--set", "完成情况（一）=已办")
    assert "原文序号是（一）的有几项，请写 policylib tasks 列出的序号：1（新建服务设施12处" in result.stderr


def test_nothing_soon_but_something_late(planned: Run) -> None:
    result = planned("tasks", "--due", "30", "--as-of", "2022-08-01")
    assert (result.exit_code, result.stdout) == (0, "")
    late = "policylib tasks --by 2022-07-31 --as-of 2022-08-01"
    assert result.stderr == f"没有30天内到期的任务\n另有 2 项已过时限，用 {late} 查看\n"


@pytest.mark.parametrize(
    "options", [(), ("--unit", "财政局"), ("--unit", "市科技局"), ("云科字〔2022〕9号",)], ids=" ".join
)
def test_the_command_that_is_named_lists_as_many_as_were_counted(planned: Run, options: tuple[str, ...]) -> None:
    told = planned("tasks", *options, "--due", "30", "--as-of", "2022-08-01").stderr
    count, line = re.findall(r"另有 (\d+) 项已过时限，用 policylib (.*) 查看", told)[0]
    rows = json.loads(planned(*shlex.split(line), "--format", "json").stdout)
    assert (len(rows), {row["state"] for row in rows}) == (int(count), {"已过时限"})


def test_a_unit_that_no_task_names_is_not_found(planned: Run) -> None:
    result = planned("tasks", "--unit", "水利局", "--due", "30")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("没有符合条件的任务")


NEWER = """\
云泽市人民政府关于印发人才工作方案的通知
云政发〔2022〕30号
各区县人民政府：
（一）办展会。2022年5月底前办完。（市科技局牵头）
（二）建平台。2022年9月底前建成。（市科技局牵头）

云泽市人民政府
2022年3月1日
"""
ENDING = """\
云泽市科学技术局关于废止《2022年科技工作方案》的通知
云科字〔2022〕20号
经研究，决定废止《云泽市科学技术局关于印发2022年科技工作方案的通知》（云科字〔2022〕9号）。

云泽市科学技术局
2022年8月1日
"""


def _places(result: Result) -> list[tuple[str, int]]:
    return [(row["number"], row["place"]) for row in json.loads(result.stdout)]


def test_own_tasks_come_first_and_with_a_day_the_earliest(planned: Run, desk: Path) -> None:
    (desk / "文件" / "人才.txt").write_text(NEWER, encoding="utf-8")
    setting = 'jurisdiction = "云岭省/云泽市"\nissuer = "云泽市科学技术局"\n'
    (desk / "policylib.toml").write_text(setting, encoding="utf-8")
    planned("add", "文件")
    own, city = "云科字〔2022〕9号", "云政发〔2022〕30号"
    as_of = ("--as-of", "2022-05-15", "--format", "json")
    assert _places(planned("tasks", *as_of)) == [(own, 1), (own, 2), (own, 3), (city, 1), (city, 2)]
    assert _places(planned("tasks", "--by", "2022-12-31", *as_of)) == [(own, 3), (city, 1), (own, 1), (city, 2)]


def test_tasks_of_a_dead_paper_are_counted_and_left_out(planned: Run, desk: Path) -> None:
    (desk / "文件" / "废止.txt").write_text(ENDING, encoding="utf-8")
    planned("add", "文件")
    result = planned("tasks")
    assert (result.exit_code, result.stdout.strip()) == (1, "")
    assert result.stderr == ("没有现行文件的任务\n另有 1 份已经废止、失效的文件的 3 项没有列，用 --all 查看\n")
    assert len(_places(planned("tasks", "--all", "--format", "json"))) == 3
    assert len(_places(planned("tasks", "云科字〔2022〕9号", "--format", "json"))) == 3


def test_a_task_that_is_done(planned: Run) -> None:
    said = planned("judge", "云科字〔2022〕9号", "--set", "完成情况1=6月20日建成", "--who", "张三")
    assert "完成情况（建设实验室）：6月20日建成" in said.stdout
    rows = json.loads(planned("tasks", "--by", "2022-12-31", "--format", "json").stdout)
    assert [row["place"] for row in rows] == [3]
    late = planned("check", "--rule", "TSK-03", "--as-of", "2022-07-01")
    assert ("第3项" in late.stdout, "第1项" in late.stdout) == (True, False)


def test_a_plan_that_is_done(planned: Run) -> None:
    said = planned("judge", "云科字〔2022〕9号", "--set", "完成情况=全部办结", "--who", "张三")
    assert "完成情况（全部任务）：全部办结" in said.stdout
    assert {row["state"] for row in json.loads(planned("tasks", "--format", "json").stdout)} == {"全部办结"}
    taken_back = planned("judge", "云科字〔2022〕9号", "--set", "完成情况=")
    assert "撤回完成情况（全部任务）" in taken_back.stdout


def test_a_task_that_there_is_not(planned: Run) -> None:
    result = planned("judge", "云科字〔2022〕9号", "--set", "完成情况7=办结")
    assert result.exit_code != 0
    assert "没有第7项任务：本库从中有3项任务，序号从 1 到 3" in result.stderr


def test_tasks_go_into_a_workbook_and_a_csv(planned: Run, desk: Path) -> None:
    for name in ("任务分工.xlsx", "任务分工.csv"):
        result = planned("tasks", "-o", name)
        assert f"已存入 {name}" in result.stderr
        assert result.stdout == ""
    rows = list(openpyxl.load_workbook(desk / "任务分工.xlsx").active.iter_rows(values_only=True))
    assert rows[0][:6] == ("序号", "原文序号", "任务", "牵头单位", "配合单位", "最迟日期")
    assert rows[1][:6] == (1, "1", "1.建设实验室。2022年6月底前建成两个。", "计划科", "市财政局", "2022-06-30")
    with (desk / "任务分工.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[3] for row in csv.reader(file)] == ["牵头单位", "计划科", "人事科", "各局属单位"]


def test_a_library_without_plans(office: Run) -> None:
    result = office("tasks")
    assert (result.exit_code, result.stdout.strip()) == (1, "")
    assert result.stderr.startswith("没有符合条件的任务")


DRAFT = """\
关于公开征求《云泽市人才奖励办法（征求意见稿）》意见的公告
我局起草了《云泽市人才奖励办法（征求意见稿）》。请于2022年3月20日前反馈意见。
云泽市科学技术局
2022年3月1日
"""


def test_drafts_and_what_became_of_them(desk: Path, policylib: Run) -> None:
    (desk / "文件" / "征求意见.txt").write_text(DRAFT, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    result = policylib("drafts", "--as-of", "2022-06-01")
    assert result.stdout.splitlines() == [
        "《关于公开征求〈云泽市人才奖励办法（征求意见稿）〉意见的公告》",
        "  征求意见：2022-03-01 至 2022-03-20，20 天（不到 30 天）",
        "    …意见的公告 我局起草了《云泽市人才奖励办法（征求意见稿）》。【请于2022年3月20日前反馈意见】。 "
        "云泽市科学技术局 2022年3月1日… —— 文件/征求意见.txt",
        "  正式文件：未见正式文件，已过 73 天",
        "  意见反馈：未见意见反馈",
    ]
    assert result.stderr == "共 1 份，未见正式文件 1（据本库所知，截至 2022-06-01）\n"
    [row] = json.loads(policylib("drafts", "--format", "json").stdout)
    assert (row["days"], row["enough"]) == (20, "不到 30 天")
    assert policylib("drafts", "-o", "稿.csv").stdout == ""
    assert "DRF-01" in policylib("rules", "DRF-01").stdout


def test_a_library_without_drafts(office: Run) -> None:
    assert office("drafts").stderr == "没有征求意见稿\n"


def test_a_family_asks_only_what_is_on(planned: Run, desk: Path) -> None:
    def asked(*names: str) -> set[str]:
        words = [word for name in names for word in ("--rule", name)]
        found = json.loads(planned("check", *words, "--all", "--format", "json", "--as-of", "2022-07-01").stdout)
        return {finding["rule"] for finding in found}

    late = "task.overdue"
    assert late not in asked()
    for family in ("task", "任务"):
        assert late not in asked(family)
        assert "没有启用的没有查：任务已过时限（TSK-03）" in planned("check", "--rule", family).stderr
    for name in (late, "TSK-03", "任务已过时限"):
        assert asked(name) == {late}
    assert late in asked("任务", "TSK-03")
    settings = (desk / "policylib.toml").read_text("utf-8")
    (desk / "policylib.toml").write_text(f'{settings}[rules]\non = ["{late}"]\n', "utf-8")
    assert late in asked("task")
    (desk / "policylib.toml").write_text(f'{settings}[rules]\noff = ["consultation.short"]\n', "utf-8")
    nothing = planned("check", "--rule", "征求意见")
    assert (nothing.exit_code, "这一类规则都没有启用" in nothing.stderr) == (2, True)
