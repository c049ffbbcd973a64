"""drafters and judge --from: the list goes out, comes back, and is obeyed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from policylib.cli import judging

Run = Callable[..., Result]

RULES = "云政办发〔2021〕5号"
SHEET = "请补起草单位"


@pytest.fixture
def asked(office: Run) -> Run:
    rows = json.loads(office("drafters", "--format", "json").stdout)
    assert [(row["key"], row["reason"]) for row in rows] == [(RULES, "已有解读")]
    return office


def test_the_list_goes_out_with_an_empty_column(asked: Run, desk: Path) -> None:
    saved = asked("drafters", "-o", f"{SHEET}.csv")
    assert f"policylib judge --from {SHEET}.csv --who 姓名" in saved.stderr
    with (desk / f"{SHEET}.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == ["编号", "文号", "标题", "发文机关", "解读单位", "起草单位", "填报人", "说明"]
    assert (row["编号"], row["发文机关"], row["起草单位"]) == (RULES, "云泽市人民政府办公室", "")


def test_a_workbook_comes_back_and_is_obeyed(asked: Run, desk: Path) -> None:
    asked("drafters", "-o", f"{SHEET}.xlsx")
    book = openpyxl.load_workbook(desk / f"{SHEET}.xlsx")
    book.active["F2"], book.active["H2"] = "云泽市司法局", "送审单载明"
    book.save(desk / f"{SHEET}.xlsx")
    result = asked("judge", "--from", f"{SHEET}.xlsx", "--who", "张三")
    assert (result.exit_code, "起草单位改为云泽市司法局" in result.stdout, "登记 1 项" in result.stderr) == (
        0,
        True,
        True,
    )
    assert "起草单位：云泽市司法局（人工填报）" in asked("show", RULES).stdout
    assert "没有要补起草单位的文件" in asked("drafters").stderr
    again = asked("judge", "--from", f"{SHEET}.xlsx", "--who", "张三")
    assert (again.exit_code, again.stdout, again.stderr.strip()) == (0, "", "未变 1 项")


def test_a_wrong_row_is_told_with_its_line(asked: Run, desk: Path) -> None:
    (desk / "回.csv").write_text(f"编号,起草单位\n{RULES},云泽市司法局\n没有,云泽市财政局\n", encoding="gbk")
    result = asked("judge", "--from", "回.csv")
    assert result.exit_code == 1
    assert "第 3 行没有登记：库中没有编号为“没有”的文件" in result.stderr
    assert "登记 1 项，有误 1 行" in result.stderr
    assert "未记下是谁的意见" in result.stderr


AWARD = "云科字〔2019〕12号"
LEDGER = f"文号,解读材料审签日期,文件签发日期,备注\n{AWARD},2019-06-12,2019-06-10,无\n云科字〔2099〕1号,2019-06-12,,\n"


def test_the_office_s_own_list_is_read_told_and_checked(office: Run, desk: Path) -> None:
    (desk / "台账.csv").write_text(LEDGER, "gbk")
    first = office("judge", "--from", "台账.csv", "--who", "张三")
    assert first.exit_code == 1
    assert "解读材料审签日期：2019-06-12" in first.stdout
    assert "没有用到的列：备注" in first.stderr
    assert "第 3 行没有登记：库中没有“云科字〔2099〕1号”" in first.stderr
    assert "登记 2 项，有误 1 行" in first.stderr
    assert "未变 2 项，有误 1 行" in office("judge", "--from", "台账.csv").stderr
    check = office("check", "--rule", "INT-14")
    assert "解读材料2019-06-12审签，晚于文件签发（2019-06-10）2个工作日" in check.stdout
    assert "清单 台账.csv 第2行" in check.stdout


def test_a_long_list_is_told_in_short(office: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_SHOWN", 1)
    (desk / "台账.csv").write_text(LEDGER, "utf-8")
    told = office("judge", "--from", "台账.csv").stdout.splitlines()
    assert (len(told), told[-1]) == (2, "……共登记 2 项，全部的用 policylib judge --list 查看")


def test_a_day_of_approval_can_be_judged_by_hand(office: Run) -> None:
    kept = office("judge", AWARD, "--set", "文件签发日期=2019年6月10日", "--set", "解读方案审签日期=2019-06-12")
    assert "文件签发日期：2019年6月10日" in kept.stdout
    assert "解读方案2019-06-12审签" in office("check", "--rule", "INT-14").stdout
    assert "撤回文件签发日期" in office("judge", AWARD, "--set", "文件签发日期=").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--from", "没有.csv"], 3, "找不到"),
        ([RULES, "--from", "回.csv"], 2, "不能与文号和其他意见同用"),
        (["--from", "文件/科技奖励办法.txt"], 2, "没有找到表头"),
    ],
)
def test_what_cannot_be_read(asked: Run, arguments: list[str], code: int, says: str) -> None:
    result = asked("judge", *arguments)
    assert (result.exit_code, says in result.stderr) == (code, True), result.stderr
