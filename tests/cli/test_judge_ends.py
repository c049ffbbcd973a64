"""judge: what a person says of the end of a paper is told as what it is: an act that a catch-all did, or a term."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ACT = "云政办发〔2023〕8号"
ARCHIVES = "云政办发〔2020〕9号"
WATER = "云政办发〔2015〕3号"
LATER = "云政办发〔2024〕1号"
SWEEPING = """\
云泽市人民政府办公室关于公布规范性文件清理结果的通知
云政办发〔2023〕8号

各有关单位：
市政府办公室对规范性文件进行了清理，现将结果公布如下。凡未列入继续有效目录的规范性文件，一律废止。

云泽市人民政府办公室
2023年6月20日

附件1
继续有效的规范性文件目录
1.《云泽市节水办法》（云政办发〔2015〕3号）
"""
CLAUSE = "【凡未列入继续有效目录的规范性文件，一律废止】"
BY = f"《云泽市人民政府办公室关于公布规范性文件清理结果的通知》（{ACT}）"
CONFIRM = ("judge", ACT, "--accept", "废止", ARCHIVES, "--who", "张三", "--why", "目录外，科室已核")


@pytest.fixture
def swept(office: Run, desk: Path) -> Run:
    """An office whose cleanup result ends what it does not list: the paper on archives is not listed."""
    papers = {"兜底.txt": SWEEPING}
    for number, day, about in (
        (ARCHIVES, "2020年5月6日", "加强档案工作的通知"),
        (WATER, "2015年5月6日", "印发《云泽市节水办法》的通知"),
        (LATER, "2024年1月8日", "加强值班工作的通知"),
    ):
        head = f"云泽市人民政府办公室关于{about}\n{number}\n\n各区县人民政府：\n请认真执行。\n\n"
        papers[f"{number}.txt"] = f"{head}云泽市人民政府办公室\n{day}\n"
    for name, text in papers.items():
        (desk / "文件" / name).write_text(text, encoding="utf-8")
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    assert office("add", "文件").exit_code == 0
    return office


def test_a_confirmed_catch_all_is_told_as_a_repeal_by_its_act_and_by_whom(swept: Run, desk: Path) -> None:
    kept = swept(*CONFIRM)
    assert kept.exit_code == 0
    assert f"（{ARCHIVES}）现在的效力：废止（2023-06-20 起）" in kept.stdout
    for command in ("status", "show"):
        page = swept(command, ARCHIVES).stdout
        assert "效力：废止（2023-06-20 起）" in page
        assert CLAUSE in page
        assert "—— 文件/兜底.txt；张三 " in page and " 登记（目录外，科室已核）" in page
        assert "有效期" not in page and "待确认" not in page
    assert f"2023-06-20 废止，依据{BY}的兜底条款" in swept("status", ARCHIVES).stdout
    (event,) = [row for row in json.loads(swept("timeline", ARCHIVES, "--format", "json").stdout) if row["by"]]
    assert (event["event"], event["by"], event["certainty"]) == ("废止", f"{BY}的兜底条款", "人工登记")
    swept("graph", "-o", "图.html")
    assert "经人工确认：张三" in (desk / "图.html").read_text(encoding="utf-8")


def test_its_mark_for_the_website_names_the_clause_and_no_clerk(swept: Run) -> None:
    swept(*CONFIRM)
    (row,) = [row for row in json.loads(swept("mark", "list", "--format", "json").stdout) if row["number"] == ARCHIVES]
    assert row["text"] == f"【效力标注】本文件已废止：据{BY}的兜底条款，自2023年6月20日起废止。"
    assert "张三" in row["source"]


def test_nothing_is_left_to_ask_of_it_and_no_cleanup_is_to_decide(swept: Run) -> None:
    assert ARCHIVES in swept("check", "--rule", "CLN-12", "--all").stdout
    assert ARCHIVES in swept("cleanup", "plan", "--all").stdout
    swept(*CONFIRM)
    asked = swept("check", "--rule", "CLN-12", "--rule", "VAL-04", "--all")
    assert (asked.exit_code, ARCHIVES in asked.stdout) == (0, False)
    assert ARCHIVES not in swept("cleanup", "plan", "--all").stdout


def test_a_paper_that_rests_on_it_hears_who_confirmed_it(swept: Run, desk: Path) -> None:
    head = "云泽市人民政府办公室关于印发档案清点方案的通知\n云政办发〔2024〕2号\n\n"
    text = f"{head}根据《关于加强档案工作的通知》（{ARCHIVES}），制定本方案。\n\n云泽市人民政府办公室\n2024年5月6日\n"
    (desk / "文件" / "清点.txt").write_text(text, encoding="utf-8")
    swept("add", "文件")
    swept(*CONFIRM)
    assert (
        f"已于2023-06-20废止（据{BY}的兜底条款，张三登记）"
        in swept("check", "--rule", "CLN-07", "--rule", "CLN-06").stdout
    )


def test_it_is_said_from_either_end_and_denied_again(swept: Run) -> None:
    assert swept("judge", ARCHIVES, "--accept", "废止", ACT, "--who", "张三").exit_code == 0
    assert "效力：废止" in swept("status", ARCHIVES).stdout
    swept("judge", ACT, "--reject", "废止", ARCHIVES, "--who", "李四")
    page = swept("status", ARCHIVES).stdout
    assert "效力：有效" in page
    assert "兜底" not in page, "a person has said that it did not end it"


def test_what_is_not_ended_by_it_can_be_said_without_confirming_first(swept: Run) -> None:
    assert "兜底条款" in swept("status", ARCHIVES).stdout
    assert swept("judge", ACT, "--reject", "废止", ARCHIVES).exit_code == 0
    assert "兜底条款" not in swept("status", ARCHIVES).stdout
    assert ARCHIVES not in swept("check", "--rule", "CLN-12", "--all").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param((ACT, "--accept", "废止", WATER), "它列为继续有效，不在兜底条款之内", id="listed"),
        pytest.param((ACT, "--accept", "废止", LATER), "没有这条关系（废止）", id="made later"),
        pytest.param((ACT, "--accept", "修改", ARCHIVES), "没有这条关系（修改）", id="no clause amends"),
        pytest.param((WATER, "--accept", "废止", ARCHIVES), "没有这条关系（废止）", id="no clause"),
    ],
)
def test_a_catch_all_ends_only_what_it_can(swept: Run, arguments: tuple[str, ...], says: str) -> None:
    result = swept("judge", *arguments)
    assert (result.exit_code, says in result.stderr) == (2, True)
    assert "repeals" not in result.stderr


def test_a_last_day_that_may_mean_the_catch_all_is_asked_about(swept: Run) -> None:
    asked = swept("judge", ARCHIVES, "--set", "失效日期=2023-06-20", "--why", "兜底条款")
    assert asked.exit_code == 2
    assert f"policylib judge {ACT} --accept 废止 {ARCHIVES}" in asked.stderr
    assert "--set 有效期至=2023-06-20" in asked.stderr
    term = swept("judge", ARCHIVES, "--set", "有效期至=2023-06-20", "--who", "张三", "--why", "附件写明")
    assert (term.exit_code, "有效期至 2023-06-20，这一天仍有效，2023-06-21 起失效" in term.stdout) == (0, True)
    page = swept("status", ARCHIVES).stdout
    assert "失效（有效期届满）（2023-06-21 起）" in page
    assert "【人工登记：2023-06-20】\n      —— 张三 " in page and " 登记（附件写明）" in page


def test_one_of_the_candidates_of_a_row_is_confirmed(swept: Run, desk: Path) -> None:
    """The guide says so of a row of a list whose title and number disagree."""
    text = SWEEPING.replace("〔2023〕8号", "〔2024〕7号").replace("2023年", "2024年").replace("继续有效的", "废止的")
    row = f"1.《云泽市人民政府办公室关于加强值班工作的通知》（{ARCHIVES}）"
    text = text.replace("1.《云泽市节水办法》（云政办发〔2015〕3号）", row).replace(
        "凡未列入继续有效目录的规范性文件，一律废止。", ""
    )
    (desk / "文件" / "又一次.txt").write_text(text, encoding="utf-8")
    swept("add", "文件")
    assert "未能对应的引用" in swept("show", "云政办发〔2024〕7号").stdout
    assert swept("judge", "云政办发〔2024〕7号", "--accept", "废止", ARCHIVES, "--who", "王五").exit_code == 0
    assert "效力：废止（2024-06-20 起）" in swept("status", ARCHIVES).stdout


def test_an_ending_that_was_not_understood_is_confirmed(swept: Run, desk: Path) -> None:
    head = "云泽市人民政府办公室关于有关事项的通知\n云政办发〔2024〕6号\n\n"
    text = f"{head}《关于加强档案工作的通知》（{ARCHIVES}）即告作废。\n"
    (desk / "文件" / "告废.txt").write_text(f"{text}\n云泽市人民政府办公室\n2024年5月6日\n", encoding="utf-8")
    swept("add", "文件")
    assert "没有读懂" in swept("status", ARCHIVES).stdout
    assert swept("judge", "云政办发〔2024〕6号", "--accept", "废止", ARCHIVES, "--who", "王五").exit_code == 0
    assert "效力：废止（2024-05-06 起）" in swept("status", ARCHIVES).stdout
