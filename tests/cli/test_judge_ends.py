"""judge: what a person says of the end of a paper is told as what it is: an act that a catch-all did, or a term."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from policylib import Library
from policylib.cli.standing import timeline_rows
from tests.cli.conftest import Run
from tests.yunze import AWARD, MEASURES, REPEAL, SWEEPING

ACT = "云政办发〔2023〕8号"
ARCHIVES = "云政办发〔2020〕9号"
WATER = "云政办发〔2015〕3号"
LATER = "云政办发〔2024〕1号"
CLAUSE = "【凡未列入继续有效目录的规范性文件，一律废止】"
BY = f"《云泽市人民政府办公室关于公布规范性文件清理结果的通知》（{ACT}）"
CONFIRM = ("judge", ACT, "--accept", "废止", ARCHIVES, "--who", "张三", "--why", "目录外，科室已核")


def history_on_screen(paper: str) -> list[str]:
    """What a terminal shows of the words of each event."""
    with Library.open("policies.plib") as library:
        return [row["told"] or "" for row in timeline_rows(library, library.links(paper))]


def issued(office: Run, desk: Path, file: str, text: str) -> None:
    """A further paper comes in."""
    (desk / "文件" / file).write_text(text, encoding="utf-8")
    assert office("add", "文件").exit_code == 0


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
    shown = [line for line in history_on_screen(ARCHIVES) if CLAUSE in line]
    assert [line.partition("——")[2] for line in shown] == [f"张三 {date.today()} 登记（目录外，科室已核）"]
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
    issued(swept, desk, "清点.txt", text)
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
    issued(swept, desk, "又一次.txt", text)
    assert "未能对应的引用" in swept("show", "云政办发〔2024〕7号").stdout
    assert swept("judge", "云政办发〔2024〕7号", "--accept", "废止", ARCHIVES, "--who", "王五").exit_code == 0
    assert "效力：废止（2024-06-20 起）" in swept("status", ARCHIVES).stdout


def test_an_ending_that_was_not_understood_is_confirmed(swept: Run, desk: Path) -> None:
    head = "云泽市人民政府办公室关于有关事项的通知\n云政办发〔2024〕6号\n\n"
    text = f"{head}《关于加强档案工作的通知》（{ARCHIVES}）即告作废。\n"
    issued(swept, desk, "告废.txt", f"{text}\n云泽市人民政府办公室\n2024年5月6日\n")
    assert "没有读懂" in swept("status", ARCHIVES).stdout
    assert swept("judge", "云政办发〔2024〕6号", "--accept", "废止", ARCHIVES, "--who", "王五").exit_code == 0
    assert "效力：废止（2024-05-06 起）" in swept("status", ARCHIVES).stdout


def test_a_catch_all_reaches_only_what_its_hint_names(swept: Run, desk: Path) -> None:
    """Another organ's paper, and one that had ended before: nobody is asked about them, and nobody can confirm it."""
    head = "云泽市人民政府办公室关于做好防汛工作的通知\n云政办发〔2018〕4号\n\n请做好防汛工作。\n"
    text = f"{head}本通知自2018年5月6日起施行，有效期至2019年12月31日。\n\n"
    issued(swept, desk, "防汛.txt", f"{text}云泽市人民政府办公室\n2018年5月6日\n")
    reached = {
        row["number"]
        for row in json.loads(swept("list", "--as-of", "2024-12-31", "--format", "json").stdout)
        if any("兜底" in flag for flag in row["flags"])
    }
    assert reached == {ARCHIVES, MEASURES}
    for number, why in (
        (AWARD, "它由云泽市科学技术局制发，清理的是云泽市人民政府办公室的文件"),
        ("云政办发〔2018〕4号", "它在2023-06-20以前已经失效（有效期届满）（2020-01-01起），以先前的为准"),
    ):
        for verdict in ("--accept", "--reject"):
            refused = swept("judge", ACT, verdict, "废止", number)
            assert (refused.exit_code, refused.stdout) == (2, "")
            assert f"不在这份清理结果兜底条款的范围内：{why}，没有登记" in refused.stderr
            assert "policylib check --rule CLN-12 --all" in refused.stderr
    assert "还没有登记过意见" in swept("judge", "--list").stderr
    for number in reached:
        assert swept("judge", ACT, "--accept", "废止", number).exit_code == 0


def test_what_is_said_to_hold_is_not_said_to_have_ended_besides(swept: Run) -> None:
    holds = ("judge", ARCHIVES, "--exempt", "仍在执行", "--rule", "CLN-12", "--who", "李四")
    swept(*holds)
    refused = swept(*CONFIRM)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "登记过它仍有效：仍在执行（李四 " in refused.stderr
    withdrawal = f"policylib judge {ARCHIVES} --exempt= --rule CLN-12"
    assert withdrawal in refused.stderr
    swept(*withdrawal.split()[1:])
    assert swept(*CONFIRM).exit_code == 0
    refused = swept(*holds)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "登记过它已因" in refused.stderr and "（张三 " in refused.stderr
    undo = f"policylib judge {ACT} --undo 废止 {ARCHIVES}"
    assert undo in refused.stderr
    swept(*undo.split()[1:])
    assert swept(*holds).exit_code == 0


def test_both_words_at_once_contradict_each_other(swept: Run) -> None:
    both = swept("judge", ARCHIVES, "--exempt", "仍在执行", "--rule", "CLN-12", "--accept", "废止", ACT)
    assert (both.exit_code, "没有登记" in both.stderr) == (2, True)
    assert "还没有登记过意见" in swept("judge", "--list").stderr
    changed = ("judge", ARCHIVES, "--exempt=", "--rule", "CLN-12", "--accept", "废止", ACT)
    swept("judge", ARCHIVES, "--exempt", "仍在执行", "--rule", "CLN-12")
    assert swept(*changed).exit_code == 0, "the first is taken back in the same breath"


@pytest.mark.parametrize("verdict", ["--accept", "--reject"])
def test_a_word_on_a_suggestion_is_taken_back_and_the_hint_returns(swept: Run, verdict: str) -> None:
    hint = "（可能因云政办发〔2023〕8号的兜底条款失效，待确认）"
    swept("judge", ACT, verdict, "废止", ARCHIVES, "--who", "张三")
    assert "待确认" not in swept("status", ARCHIVES).stdout
    for names in ((ACT, ARCHIVES), (ARCHIVES, ACT)):
        undone = swept("judge", names[0], "--undo", "废止", names[1], "--who", "李四")
        assert undone.exit_code == 0
    assert "没有登记过“废止”关系的意见" in undone.stdout, "the second time there was nothing left"
    page = swept("status", ARCHIVES).stdout
    assert "效力：有效" in page and "待确认" in page
    assert (
        f"现在的效力：有效（2020-05-06 起）{hint}"
        in swept("judge", ACT, "--accept", "废止", ARCHIVES).stdout
        + swept("judge", ACT, "--undo", "废止", ARCHIVES).stdout
    )
    assert "李四" in swept("judge", "--list").stdout and "撤回对“废止”关系的意见" in swept("judge", "--list").stdout


def test_a_relation_that_was_read_returns_when_its_rejection_is_taken_back(office: Run) -> None:
    assert office("judge", REPEAL, "--reject", "废止", AWARD).exit_code == 0
    assert "效力：有效" in office("status", AWARD).stdout
    assert office("judge", REPEAL, "--undo", "废止", AWARD).exit_code == 0
    assert "效力：废止" in office("status", AWARD).stdout
    assert "经人工确认" not in office("show", AWARD).stdout


def test_what_a_person_denied_is_not_called_perhaps_dead_by_the_rule_of_the_list(swept: Run) -> None:
    swept("judge", ARCHIVES, "--set", "登记号=YZCR-2020-0010001")
    may = "未列入的可能已因此失效"
    assert may in swept("check", "--rule", "CLN-01").stdout
    swept("judge", ACT, "--reject", "废止", ARCHIVES)
    page = swept("check", "--rule", "CLN-01").stdout
    assert ARCHIVES in page and may not in page
    swept("judge", ACT, "--undo", "废止", ARCHIVES)
    assert may in swept("check", "--rule", "CLN-01").stdout


def test_who_said_that_a_paper_still_holds_is_told(swept: Run) -> None:
    swept("judge", ARCHIVES, "--exempt", "仍在执行", "--rule", "CLN-12", "--who", "张三")
    page = swept("status", ARCHIVES, "--why").stdout
    assert "  张三 2" in page and " 登记：仍有效，不适用兜底条款（CLN-12）：仍在执行" in page
    assert "人工意见" not in swept("status", ARCHIVES).stdout
    swept("judge", ARCHIVES, "--exempt=", "--rule", "CLN-12")
    assert "人工意见" not in swept("status", ARCHIVES, "--why").stdout
    swept("judge", ACT, "--reject", "废止", ARCHIVES, "--who", "李四", "--why", "不在范围")
    rows = json.loads(swept("timeline", ARCHIVES, "--format", "json").stdout)
    (row,) = [one for one in rows if one["certainty"] == "人工登记"]
    assert (row["event"], row["quote"]) == (f"仍有效，没有因{BY}废止", "不在范围")
    assert row["path"].startswith("李四 ")
    assert f"李四 {date.today()} 登记（不在范围）" in history_on_screen(ARCHIVES)


def test_a_last_day_that_a_person_entered_is_told_as_his(swept: Run) -> None:
    swept("judge", MEASURES, "--set", "有效期至=2030-12-31", "--who", "张三", "--why", "延期备案")
    page = swept("status", MEASURES, "--as-of", "2024-12-31").stdout
    assert "至 2030-12-31）" in page
    assert "  有效期至 2030-12-31，按人工登记的\n    【人工登记：2030-12-31】\n      —— 张三 " in page


def test_import_plan_and_check_name_the_same_papers(swept: Run, desk: Path) -> None:
    paper = (
        "云泽市人民政府办公室关于印发《云泽市讲解员办法》的通知\n云政办发〔2020〕11号\n\n各区县人民政府：\n"
        "本办法自2020年6月1日起施行，有效期至2024年5月31日。\n\n云泽市人民政府办公室\n2020年5月20日\n"
    )
    issued(swept, desk, "讲解.txt", paper)
    check = swept("check", "--rule", "CLN-12", "--all", "--as-of", "2024-12-31").stdout
    assert f"（{ARCHIVES}）" in check
    assert "（云政办发〔2020〕11号）（有效期至2024-05-31，自2024-06-01起失效）" in check
    imported = swept("cleanup", "import", "文件/兜底.txt").stdout
    count = imported.partition("本库有 ")[2].partition(" 件")[0]
    assert f"本库有 {count} 件在范围内而未列入" in check
    plan = swept("cleanup", "plan", "--all", "--as-of", "2024-12-31").stdout
    assert plan.count("因其中的兜底条款") == int(count)


# 逾期未重新公布的，宣布失效 ------------------------------------------------------------------------------------------

LIST = "云政办发〔2022〕6号"
DUE = """云泽市人民政府办公室关于公布规范性文件清理结果的通知
云政办发〔2022〕6号

各有关单位：
需要修改的文件，应当于2023年6月30日前完成修改并重新公布；逾期未重新公布的，自2023年7月1日起宣布失效。

一、继续有效的文件
1.《云泽市人民政府办公室关于印发〈云泽市节水办法〉的通知》（云政办发〔2015〕3号）

二、需要修改的文件
1.《云泽市人民政府办公室关于加强档案工作的通知》（云政办发〔2020〕9号）

云泽市人民政府办公室
2022年6月20日
"""
LAPSED = ("judge", LIST, "--accept", "宣布失效", ARCHIVES, "--who", "张三", "--why", "没有重新公布")
OVERDUE = "可能因云政办发〔2022〕6号列为需修改、逾期未重新公布而失效，待确认"


@pytest.fixture
def listed(swept: Run, desk: Path) -> Run:
    """The same office without the catch-all; an earlier result wants the paper on archives amended within a year."""
    (desk / "文件" / "兜底.txt").unlink()
    swept("remove", "文件/兜底.txt")
    issued(swept, desk, "清理.txt", DUE)
    return swept


def test_what_was_not_amended_in_time_is_asked_about_where_decisions_are_made(listed: Run, desk: Path) -> None:
    draft = "云泽市人民政府办公室关于档案检查的通知\n云政办发〔2024〕9号\n\n"
    draft += f"根据《关于加强档案工作的通知》（{ARCHIVES}），现通知如下。\n\n云泽市人民政府办公室\n2024年9月2日\n"
    (desk / "稿.txt").write_text(draft, encoding="utf-8")
    commands = (
        ("status", ARCHIVES), ("show", ARCHIVES), ("list",), ("search", "档案工作"), ("impact", ARCHIVES),
        ("cleanup", "plan", "--all"), ("check", "稿.txt", "--all"),
    )  # fmt: skip
    for command in commands:
        assert "逾期未重新公布而失效" in listed(*command, "--as-of", "2023-07-01").stdout, command
        assert "逾期未重新公布而失效" not in listed(*command, "--as-of", "2023-06-30").stdout, command
    assert f"（{OVERDUE}）" in listed("search", "档案工作").stdout
    page = listed("status", ARCHIVES).stdout
    assert "效力：有效" in page and "“逾期未重新公布的，自2023年7月1日起宣布失效”" in page
    assert " ".join(("policylib", *LAPSED[:5])) in page and f"{ARCHIVES} --exempt 理由 --rule CLN-08" in page
    assert "[待核对] 不能判断" in listed("check", "稿.txt", "--all").stdout
    assert f"judge {LIST} --accept 宣布失效 {ARCHIVES}" in listed("check", "--rule", "CLN-08").stdout
    (event,) = [
        row for row in json.loads(listed("timeline", ARCHIVES, "--format", "json").stdout) if "逾期" in row["event"]
    ]
    assert (event["day"], event["certainty"]) == ("2023-07-01", "待确认")


def test_a_condition_is_confirmed_from_the_day_that_it_names(listed: Run) -> None:
    kept = listed(*LAPSED)
    assert (kept.exit_code, "现在的效力：失效（宣布）（2023-07-01 起）" in kept.stdout) == (0, True)
    page = listed("status", ARCHIVES).stdout
    assert "的逾期失效条款" in page and "【逾期未重新公布的，自2023年7月1日起宣布失效】" in page and "张三 " in page
    assert "待确认" not in page
    assert "效力：有效" in listed("status", ARCHIVES, "--as-of", "2023-06-30").stdout
    assert ARCHIVES not in listed("check", "--rule", "CLN-08", "--all").stdout
    listed("judge", LIST, "--undo", "宣布失效", ARCHIVES)
    assert OVERDUE in listed("list").stdout


def test_a_condition_reaches_only_what_is_listed_and_was_not_mended(listed: Run, desk: Path) -> None:
    for number in (WATER, LATER):
        assert listed("judge", LIST, "--accept", "宣布失效", number).exit_code == 2
    head = "云泽市人民政府办公室关于重新公布《关于加强档案工作的通知》的通知\n云政办发〔2023〕5号\n\n"
    text = f"{head}现将《云泽市人民政府办公室关于加强档案工作的通知》（{ARCHIVES}）修改后重新公布。\n"
    issued(listed, desk, "新.txt", f"{text}\n云泽市人民政府办公室\n2023年5月6日\n")
    assert "逾期" not in listed("status", ARCHIVES).stdout
    refused = listed(*LAPSED)
    assert (refused.exit_code, "它此后已经修改、重新公布" in refused.stderr) == (2, True)


def test_what_was_only_extended_a_person_decides_either_way(listed: Run, desk: Path) -> None:
    head = "云泽市人民政府办公室关于延长《关于加强档案工作的通知》有效期的通知\n云政办发〔2023〕5号\n\n各有关单位：\n"
    text = f"{head}《云泽市人民政府办公室关于加强档案工作的通知》（{ARCHIVES}）的有效期延长至2028年12月31日。\n"
    issued(listed, desk, "延期.txt", f"{text}\n云泽市人民政府办公室\n2023年5月6日\n")
    page = listed("status", ARCHIVES).stdout
    assert "逾期未重新公布而失效，待确认" in page and "云政办发〔2023〕5号）只延长了有效期" in page
    assert "失效（宣布）（2023-07-01 起）" in listed(*LAPSED).stdout
    listed("judge", LIST, "--undo", "宣布失效", ARCHIVES)
    assert listed("judge", ARCHIVES, "--exempt", "延期即续用", "--rule", "CLN-08", "--who", "李四").exit_code == 0
    assert "逾期" not in listed("status", ARCHIVES).stdout


def test_what_still_holds_after_the_day_is_said_by_the_rule_that_asks(listed: Run) -> None:
    listed("judge", ARCHIVES, "--exempt", "修改稿已送审", "--rule", "CLN-08", "--who", "李四")
    assert "逾期" not in listed("status", ARCHIVES).stdout
    refused = listed(*LAPSED)
    assert (refused.exit_code, f"judge {ARCHIVES} --exempt= --rule CLN-08" in refused.stderr) == (2, True)
