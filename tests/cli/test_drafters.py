"""drafters and judge --from: the list goes out, comes back, and is obeyed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

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
    assert (result.exit_code, "起草单位改为云泽市司法局" in result.stdout, "登记 1" in result.stderr) == (0, True, True)
    assert "起草单位：云泽市司法局（人工填报）" in asked("show", RULES).stdout
    assert "没有要补起草单位的文件" in asked("drafters").stderr
    again = asked("judge", "--from", f"{SHEET}.xlsx", "--who", "张三")
    assert (again.exit_code, again.stdout, again.stderr.strip()) == (0, "", "未变 1")


def test_a_wrong_row_is_told_with_its_line(asked: Run, desk: Path) -> None:
    (desk / "回.csv").write_text(f"编号,起草单位\n{RULES},云泽市司法局\n没有,云泽市财政局\n", encoding="gbk")
    result = asked("judge", "--from", "回.csv")
    assert result.exit_code == 1
    assert "第 3 行没有登记：库中没有编号为“没有”的文件" in result.stderr
    assert "登记 1，有误 1" in result.stderr
    assert "未记下是谁的意见" in result.stderr


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
