"""What policylib wrote into the folder of the papers is no paper: tables, filled in or not, whoever names them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from policylib.extract import analyse
from policylib.library import Library, store, whereabouts
from policylib.own_tables import CREATOR, TABLES, is_own_head, is_own_text
from policylib.readers import read

Run = Callable[..., Result]

PLAN = "清理建议"
WRITTEN = {
    "清理建议": ("cleanup", "plan"),
    "请补起草单位": ("drafters",),
    "问题": ("check",),
    "任务分工": ("tasks",),
    "征求意见": ("drafts",),
}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_table_that_was_written_is_no_paper(office: Run, desk: Path, name: str, suffix: str) -> None:
    table = desk / "文件" / f"{name}{suffix}"
    office(*WRITTEN[name], "-o", str(table))
    before = office("list", "--all", "--format", "json").stdout
    named = office("add", str(table))
    assert "没有找到可读的文件" in named.stdout
    assert f"略过 1 个 policylib 自己写出的表（文件/{name}{suffix}）" in named.stdout
    assert "judge --from" in named.stdout
    folder = office("add", "文件")
    assert ("未变 4" in folder.stdout, "新增" in folder.stdout) == (True, False)
    assert office("list", "--all", "--format", "json").stdout == before


@pytest.mark.parametrize("suffix", [".txt", ".tsv"])
@pytest.mark.parametrize("command", [("list",), ("cleanup", "plan", "--format", "csv"), ("check", "--format", "csv")])
def test_what_was_sent_to_a_file_is_no_paper(office: Run, desk: Path, command: tuple[str, ...], suffix: str) -> None:
    (desk / "文件" / f"存{suffix}").write_text(office(*command).stdout, encoding="utf-8")
    assert f"自己写出的表（文件/存{suffix}）" in office("add", "文件").stdout


CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SAID = {
    "mark list": ("mark", "list", "--as-of", "2024-06-30"),
    "mark list --all": ("mark", "list", "--all"),
    "check": ("check",),
    "check --brief": ("check", "--brief"),
    "check of one rule": ("check", "--rule", "INT-01", "--all"),
    "status": ("status", "云科字〔2019〕12号"),
    "status of a living one": ("status", "云政办发〔2021〕5号", "--as-of", "2024-12-31"),
    "show": ("show", "云科字〔2019〕12号"),
    "impact": ("impact", "云科字〔2019〕12号"),
    "plan": ("cleanup", "plan", "--as-of", "2026-12-31"),
    "rules": ("rules", "INT-01"),
    "the draft gate": ("check", "稿.txt"),
}


@pytest.mark.parametrize("case", SAID)
def test_what_it_says_on_the_screen_is_no_paper(office: Run, desk: Path, case: str) -> None:
    """Read as a paper it would repeal what it only tells of."""
    draft = "关于做好工作的通知\n\n各科室：\n根据《云泽市科技奖励办法》（云科字〔2019〕12号），通知如下。\n"
    (desk / "稿.txt").write_text(draft, encoding="utf-8")
    before = office("list", "--all", "--format", "json").stdout
    said = office(*SAID[case]).stdout
    assert said.strip(), "the command says something"
    (desk / "文件" / "存.txt").write_text(said, encoding="utf-8")
    assert "自己写出的表（文件/存.txt）" in office("add", "文件").stdout
    assert office("list", "--all", "--format", "json").stdout == before


def test_no_sample_paper_is_taken_for_what_it_says() -> None:
    papers = [path for path in (CORPUS / "documents").iterdir() if path.suffix == ".txt"]
    assert papers
    assert not any(is_own_text(path.read_bytes().decode("utf-8", errors="replace")) for path in papers)


@pytest.mark.parametrize(
    "text",
    [
        "《岚州市科技奖励办法》\n效力：本办法自2021年1月1日起施行。\n",
        "《岚州市科技奖励办法》解读\n一、背景\n1. [废止]的文件有哪些\n",
        "《岚州市科技奖励办法》问答\n  1. 问：怎样申报？\n  效力：有效\n",
        "1. 提醒事项\n2. [附件]\n",
    ],
)
def test_words_that_are_near_are_papers(text: str) -> None:
    assert not is_own_text(text)


EARLIER = {
    "list at first": "文号 标题 类别 效力 成文日期 发文机关 文件 编号",
    "list with 公开属性": "文号 标题 类别 效力 成文日期 发文机关 公开属性 未知的原因 怎样判断 文件 编号",
    "impact at first": "结果 文号 标题 层级 经由 原文 出处 其他依据 效力 编号",
    "impact without its steps": "结果 文号 标题 层级 经由 原文 出处 替代依据的 其他依据 效力 编号",
    "check without the names of rules": "结果 程度 规则 文号 标题 问题 证据 出处 依据 处理办法 相关文件 编号",
    "check with the source in a column": "结果 程度 规则 规则名称 文号 标题 问题 证据 出处 依据 处理办法 相关文件 编号",
    "tasks": "序号 任务 牵头单位 配合单位 最迟日期 状态 时限原文 说明 文号 标题 原文 出处 编号",
}
STRANGERS = {
    "a register of papers": "文号 标题 类别 效力 成文日期 发文机关 公开属性",
    "a register with numbers": "编号 文号 标题 类别 效力 成文日期 发文机关 文件",
    "a list of tasks": "序号 任务 牵头单位 配合单位 最迟日期 状态 说明",
    "what a repeal does": "文号 标题 结果 原文 其他依据 效力",
}


@pytest.mark.parametrize("case", EARLIER)
def test_a_table_of_an_earlier_version_is_no_paper(case: str) -> None:
    assert is_own_head(EARLIER[case].split())


@pytest.mark.parametrize("case", STRANGERS)
def test_a_list_of_others_is_read(case: str) -> None:
    assert not is_own_head(STRANGERS[case].split())


def test_a_plan_that_was_read_does_not_overturn_itself(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "-o", f"{PLAN}.xlsx")
    before = office("cleanup", "plan", "--format", "json").stdout
    office("add", ".")
    assert office("cleanup", "plan", "--format", "json").stdout == before


def test_a_plan_with_a_title_and_other_columns_is_known_by_its_mark(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "-o", f"{PLAN}.xlsx")
    book = openpyxl.load_workbook(desk / f"{PLAN}.xlsx")
    assert book.properties.creator == CREATOR
    sheet = book.active
    sheet.delete_cols(8, 2)
    sheet.insert_cols(4)
    sheet["D1"], sheet["N2"] = "备注", "废止"
    sheet.insert_rows(1)
    sheet["A1"] = "市科技局规范性文件清理建议"
    book.save(desk / "文件" / "上会.xlsx")
    assert "自己写出的表（文件/上会.xlsx）" in office("add", "文件").stdout


def test_an_office_s_own_list_is_read_though_it_grew_from_a_plan(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "-o", f"{PLAN}.xlsx")
    book = openpyxl.load_workbook(desk / f"{PLAN}.xlsx")
    sheet = book.active
    sheet.delete_cols(4, 12)
    sheet["D1"], sheet["D2"] = "清理结论", "废止"
    book.save(desk / "文件" / "清理结果表.xlsx")
    (desk / "文件" / "目录.tsv").write_text(
        "序号\t文件名称\t文号\t清理结论\n1\t甲办法\t云科字〔2010〕1号\t废止\n", "utf-8"
    )
    report = office("add", "文件", "-v").stdout
    assert ("新增：文件/清理结果表.xlsx" in report, "新增：文件/目录.tsv" in report) == (True, True)


def test_a_table_in_an_archive_is_passed_over(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "-o", f"{PLAN}.xlsx")
    with zipfile.ZipFile(desk / "文件" / "往来.zip", "w") as archive:
        archive.write(desk / f"{PLAN}.xlsx", f"{PLAN}.xlsx")
        archive.write(desk / "文件" / "清理结果.txt", "决定.txt")
    report = office("add", "文件", "-v").stdout
    assert f"自己写出的表（文件/往来.zip/{PLAN}.xlsx）" in report
    assert "新增：文件/往来.zip/决定.txt" in report


def test_a_file_that_became_a_table_leaves_the_library(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "-o", str(desk / "文件" / f"{PLAN}.xlsx"))
    (desk / "文件" / f"{PLAN}.xlsx").replace(desk / "文件" / "清理结果.txt")
    assert "更新 1" in office("add", "文件").stdout
    assert "云科字〔2022〕3号" not in office("list").stdout


def taken_in(desk: Path, *paths: Path) -> None:
    """The tables in the library as papers, as a version took them in that did not know them."""
    with Library.open(desk) as library:
        for path in paths:
            document = read(path)
            with library._database.transaction():
                identity = store.save_document(library._database, document, analyse(document, library.tables), "old")
                whereabouts.save_file(library._database, path.relative_to(desk).as_posix(), identity, 1, 1)


def test_tables_that_an_older_version_took_for_papers_are_told_in_one_line(office: Run, desk: Path) -> None:
    before = office("list", "--all", "--format", "json").stdout
    assert "自己写出的表" not in office("check").stderr
    plan, sent = desk / "文件" / f"{PLAN}.xlsx", desk / "文件" / "存 一份.txt"
    office("cleanup", "plan", "-o", str(plan))
    sent.write_text(office("list").stdout, encoding="utf-8")
    taken_in(desk, plan, sent)
    assert office("list", "--all", "--format", "json").stdout != before
    told = (
        "库里有 2 个 policylib 自己写出的表，是旧版当作文件读入的，不是公文。"
        f'移出：policylib remove "文件/存 一份.txt" 文件/{PLAN}.xlsx\n'
    )
    for command in (("check",), ("add", "文件/政务公开办法.txt")):
        assert told in office(*command).stderr
    assert office("remove", "文件/存 一份.txt", f"文件/{PLAN}.xlsx").exit_code == 0
    assert "自己写出的表" not in office("check").stderr
    assert office("list", "--all", "--format", "json").stdout == before


def test_a_command_that_removes_tables_works_from_another_folder(
    office: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office("check", "-o", str(desk / "文件" / "问题.csv"))
    taken_in(desk, desk / "文件" / "问题.csv")
    monkeypatch.chdir(desk / "文件")
    assert "移出：policylib remove 问题.csv\n" in office("check").stderr
    assert office("remove", "问题.csv").exit_code == 0


def test_no_list_is_checked_as_a_draft(office: Run) -> None:
    office("cleanup", "plan", "-o", f"{PLAN}.csv")
    result = office("check", f"{PLAN}.csv")
    assert (result.exit_code, "自己写出的表" in result.stderr) == (3, True)


def test_each_table_has_heads_enough_to_be_told_from_a_paper_s() -> None:
    assert min(len(table) for table in TABLES) >= 4
    assert len({tuple(head for _, head in table) for table in TABLES}) == len(TABLES)
