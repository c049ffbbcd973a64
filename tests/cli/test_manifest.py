"""manifest: from the office's list to the findings that rest on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]

AWARD = "云科字〔2019〕12号"
TEXT = f"文号,解读材料审签日期,文件签发日期,备注\n{AWARD},2019-06-12,2019-06-10,无\n云科字〔2099〕1号,2019-06-12,,\n"


def test_a_list_is_read_told_and_checked(office: Run, desk: Path) -> None:
    (desk / "台账.csv").write_text(TEXT, "gbk")
    first = office("manifest", "台账.csv", "--who", "张三")
    assert first.exit_code == 1
    assert "解读材料审签日期：2019-06-12" in first.stdout
    assert "没有用到的列：备注" in first.stderr
    assert "第3行没有登记：库中没有“云科字〔2099〕1号”" in first.stderr
    assert "没有新的内容（2 项已经登记过）" in office("manifest", "台账.csv").stdout
    check = office("check", "--rule", "INT-14")
    assert "解读材料2019-06-12审签，晚于文件签发（2019-06-10）2个工作日" in check.stdout
    assert "清单 台账.csv 第2行" in check.stdout


def test_a_day_of_approval_can_be_judged_by_hand(office: Run) -> None:
    kept = office("judge", AWARD, "--set", "文件签发日期=2019年6月10日", "--set", "解读方案审签日期=2019-06-12")
    assert "文件签发日期：2019年6月10日" in kept.stdout
    assert "解读方案2019-06-12审签" in office("check", "--rule", "INT-14").stdout
    assert "撤回文件签发日期" in office("judge", AWARD, "--set", "文件签发日期=").stdout


def test_what_is_no_list(office: Run, desk: Path) -> None:
    (desk / "台账.csv").write_text("一,二\n三,四\n", "utf-8")
    result = office("manifest", "台账.csv")
    assert (result.exit_code, "没有找到表头" in result.stderr) == (3, True)
