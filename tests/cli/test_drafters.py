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
from tests.yunze import AWARD, MEASURES

Run = Callable[..., Result]

SHEET = "请补起草单位"


@pytest.fixture
def asked(office: Run) -> Run:
    rows = json.loads(office("drafters", "--format", "json").stdout)
    assert [(row["key"], row["reason"]) for row in rows] == [(MEASURES, "已有解读")]
    return office


def test_the_list_goes_out_with_an_empty_column(asked: Run, desk: Path) -> None:
    saved = asked("drafters", "-o", f"{SHEET}.csv")
    assert f"policylib judge --from {SHEET}.csv --who 姓名" in saved.stderr
    with (desk / f"{SHEET}.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == ["编号", "文号", "标题", "发文机关", "解读单位", "起草单位", "填报人", "说明"]
    assert (row["编号"], row["发文机关"], row["起草单位"]) == (MEASURES, "云泽市人民政府办公室", "")


def test_a_workbook_comes_back_and_is_obeyed(asked: Run, desk: Path) -> None:
    asked("drafters", "-o", f"{SHEET}.xlsx")
    book = openpyxl.load_workbook(desk / f"{SHEET}.xlsx")
    book.active["F2"], book.active["H2"] = "云泽市司法局", "送审单载明"
    book.save(desk / f"{SHEET}.xlsx")
    result = asked("judge", "--from", f"{SHEET}.xlsx", "--who", "张三")
    assert (result.exit_code, "起草单位登记为云泽市司法局" in result.stdout, "登记 1 项" in result.stderr) == (
        0,
        True,
        True,
    )
    assert "起草单位：云泽市司法局（人工填报）" in asked("show", MEASURES).stdout
    assert "没有要补起草单位的文件" in asked("drafters").stderr
    again = asked("judge", "--from", f"{SHEET}.xlsx", "--who", "张三")
    assert (again.exit_code, again.stdout, again.stderr.strip()) == (0, "", "未变 1 项")


def test_a_wrong_row_is_told_with_its_line(asked: Run, desk: Path) -> None:
    (desk / "回.csv").write_text(f"编号,起草单位\n{MEASURES},云泽市司法局\n没有,云泽市财政局\n", encoding="gbk")
    result = asked("judge", "--from", "回.csv")
    assert result.exit_code == 1
    assert "第 3 行没有登记：库中没有编号为“没有”的文件" in result.stderr
    assert "登记 1 项，有误 1 行" in result.stderr
    assert "未记下是谁的意见" in result.stderr


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
    assert "文件签发日期：2019-06-10" in kept.stdout
    assert "解读方案2019-06-12审签" in office("check", "--rule", "INT-14").stdout
    assert "撤回文件签发日期" in office("judge", AWARD, "--set", "文件签发日期=").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--from", "没有.csv"], 3, "找不到"),
        ([MEASURES, "--from", "回.csv"], 2, "不能与文号和其他意见同用"),
        (["--from", "文件/科技奖励办法.txt"], 2, "没有找到表头"),
    ],
)
def test_what_cannot_be_read(asked: Run, arguments: list[str], code: int, says: str) -> None:
    result = asked("judge", *arguments)
    assert (result.exit_code, says in result.stderr) == (code, True), result.stderr


def _fill_in(path: Path, column: int, words: str, head: str = "") -> None:
    """Somebody writes in the first row of a list, in a column of their own where `head` is given."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        book.active.cell(2, column, words)
        if head:
            book.active.cell(1, column, head)
        book.save(path)
        return
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    for row in rows:
        row += [""] * (column - len(row))
    rows[1][column - 1] = words
    rows[0][column - 1] = head or rows[0][column - 1]
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("command", "column", "head", "words"),
    [
        (("drafters",), 6, "起草单位", "云泽市司法局"),
        (("drafters",), 8, "说明", "送审单载明"),
        (("cleanup", "plan"), 15, "会议决定", "废止"),
        (("cleanup", "plan"), 7, "起草单位", "云泽市司法局"),
        (("check",), 12, "整改情况", "已改"),
    ],
)
def test_what_was_filled_in_is_not_written_over(
    asked: Run, desk: Path, command: tuple[str, ...], column: int, head: str, words: str, suffix: str
) -> None:
    path = desk / f"清单{suffix}"
    arguments = (*command, "-o", path.name)
    assert asked(*arguments).exit_code == 0
    assert asked(*arguments).exit_code == 0  # nobody has written in it
    _fill_in(path, column, words, head if head == "整改情况" else "")
    before = path.read_bytes()
    result = asked(*arguments)
    assert (result.exit_code, path.read_bytes() == before) == (1, True)
    assert f"已经填过（第 2 行“{head}”写着“{words}”）" in result.stderr
    assert "请换一个文件名" in result.stderr
    assert asked(*command, "-o", f"又{path.name}").exit_code == 0


def test_a_table_of_somebody_else_is_not_written_over(asked: Run, desk: Path) -> None:
    (desk / "台账.csv").write_text("文号,责任人\n云科字〔2019〕12号,张三\n", "gbk")
    result = asked("drafters", "-o", "台账.csv")
    assert (result.exit_code, "不是 policylib 写出的表" in result.stderr) == (1, True)
    (desk / "坏.xlsx").write_bytes(b"PK\x03\x04")
    result = asked("drafters", "-o", "坏.xlsx")
    assert (result.exit_code, "读不出里面有没有填过的内容" in result.stderr) == (1, True)


def test_a_list_with_no_row_is_not_written(asked: Run, desk: Path) -> None:
    asked("judge", MEASURES, "--set", "起草单位=云泽市司法局", "--who", "张三")
    result = asked("drafters", "-o", f"{SHEET}.xlsx")
    assert result.exit_code == 0
    assert result.stderr.strip() == f"没有要补起草单位的文件，没有写 {SHEET}.xlsx"
    assert not (desk / f"{SHEET}.xlsx").exists()
    (desk / "policylib.toml").write_text('[cleanup]\nissuers = ["云泽市财政局"]\n', "utf-8")
    plan = asked("cleanup", "plan", "-o", "清理建议.csv")
    assert ("没有写 清理建议.csv" in plan.stderr, (desk / "清理建议.csv").exists()) == (True, False)


def test_papers_that_nobody_has_to_interpret_are_counted_apart(asked: Run, desk: Path) -> None:
    head = "云泽市人民政府关于表彰2023年度先进集体的决定\n云政发〔2024〕6号\n\n各县区：\n"
    award = f"{head}现予表彰。\n\n云泽市人民政府\n2024年3月4日\n"
    (desk / "表彰.txt").write_text(award, "utf-8")
    asked("add", "表彰.txt")
    assert "另有 1 份不必解读的也没有起草单位，用 --all 列出" in asked("drafters").stderr
    asked("judge", MEASURES, "--set", "起草单位=云泽市司法局", "--who", "张三")
    said = asked("drafters").stderr
    assert "应解读、已解读的文件，没有缺起草单位的；另有 1 份不必解读的也没有起草单位，用 --all 列出" in said
    written = asked("drafters", "-o", "请补.xlsx").stderr.splitlines()
    assert written[0] == "应解读、已解读的文件，没有缺起草单位的，没有写 请补.xlsx"
    assert written[1].endswith("；要请各单位补的，用 policylib drafters --all -o 请补.xlsx 写成表")
    assert "已存入 请补.xlsx：1 份" in asked("drafters", "--all", "-o", "请补.xlsx").stderr
    (row,) = json.loads(asked("drafters", "--all", "--format", "json").stdout)
    assert (row["number"], row["reason"].startswith("不必解读：表彰")) == ("云政发〔2024〕6号", True)
