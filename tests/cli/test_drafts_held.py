"""A draft that lies among the papers when the folder is read: it is a draft, and no policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policylib.extract import analyse_text
from policylib.link.drafts import is_draft
from tests.cli.conftest import Run
from tests.yunze import AWARD

NUMBER = "云科规〔2024〕9号"
DRAFT = f"""云泽市科学技术局文件
{NUMBER}

云泽市科学技术局关于印发《云泽市科普基地管理办法》的通知

各县（市、区）科技局：
根据《云泽市科普规划》（云科发〔2023〕3号）制定本办法。{AWARD}同时废止。
一、各县（市、区）科技局负责申报，2025年3月1日前完成。

云泽市科学技术局
2024年12月20日
"""


def draft(desk: Path, name: str = "科普基地办法（送审稿）.txt") -> str:
    (desk / "文件" / name).write_text(DRAFT, encoding="utf-8")
    return f"文件/{name}"


def test_a_draft_in_the_folder_is_told_and_is_no_policy(office: Run, desk: Path) -> None:
    path = draft(desk)
    before = office("show", AWARD).stdout
    added = office("add", "文件")
    assert f"稿件 1 份（{path}）" in added.stderr and "policylib check" in added.stderr
    assert "稿件\t不适用" in office("list", "--role", "稿件").stdout
    assert NUMBER not in office("list", "--role", "政策文件").stdout
    assert office("show", AWARD).stdout == before
    assert "科普基地" not in office("tasks").stdout
    assert office("status", NUMBER).exit_code != 0, "the number is not given out"
    assert "类别：稿件" in office("show", path).stdout


@pytest.mark.parametrize("given", ["文件/科普基地办法（送审稿）.txt", "文件"])
def test_the_gate_leaves_its_own_copy_out_of_account(office: Run, desk: Path, given: str) -> None:
    path = draft(desk)
    office("add", "文件")
    said = office("check", given, "--as-of", "2024-12-31").stdout
    assert "科普基地管理办法" in said
    assert "《云泽市科普规划》（云科发〔2023〕3号）" in said
    assert "只见于其他文件的引用" not in said and "已用于" not in said
    assert path


def test_the_paper_that_went_out_has_its_name_and_the_draft_points_to_it(office: Run, desk: Path) -> None:
    path = draft(desk)
    (desk / "文件" / "正式.txt").write_text(DRAFT + "\n（此件公开发布）\n", encoding="utf-8")
    office("add", "文件")
    assert "类别：政策文件" in office("show", NUMBER).stdout
    assert "类别：政策文件" in office("show", "云泽市科普基地管理办法").stdout
    assert NUMBER in office("show", path).stdout.partition("征求意见稿")[2]


def test_a_paper_with_the_name_of_a_draft_that_does_not_say_it_is_one_is_told(office: Run, desk: Path) -> None:
    draft(desk)
    office("add", "文件")
    (desk / "文件" / "科普基地办法0612.txt").write_text(DRAFT.replace("报，", "报和管理，"), encoding="utf-8")
    added = office("add", "文件").stderr
    assert "与稿件同名、没有写明是稿件的 1 份（文件/科普基地办法0612.txt）" in added and "“送审稿”" in added
    assert "稿件 1 份" not in added
    assert "同名" not in office("add", "文件").stderr, "it has been told"
    (desk / "文件" / "科普基地办法0612.txt").rename(desk / "文件" / "科普基地办法0612送审稿.txt")
    renamed = office("add", "文件").stderr
    assert "稿件 1 份（文件/科普基地办法0612送审稿.txt）" in renamed and "同名" not in renamed
    assert NUMBER not in office("list", "--role", "政策文件").stdout


def test_a_draft_that_is_given_its_final_name_is_a_policy(office: Run, desk: Path) -> None:
    path = draft(desk)
    office("add", "文件")
    (desk / path).rename(desk / "文件" / "办法.txt")
    office("add", "文件")
    assert "类别：政策文件" in office("show", NUMBER).stdout


DRAFTS_OF_A_DESK = (
    "送审稿", "送审稿2", "送审稿v3", "送审稿-副本", "送审稿终版", "送审稿(1)", "送审稿二", "送审稿（二）",
    "送审稿第二次", "送审稿（二次修改）", "送审稿（按市司法局意见修改）", "送审稿（清洁版）", "送审稿 - 复件",
    "送签稿", "未定稿", "草稿三", "（审核稿）", "定稿前", "（定稿前）", "签发前", "定稿前2",
)  # fmt: skip
NO_DRAFTS = (
    "", "定稿", "送审稿说明", "送审稿（起草说明）", "征求意见稿反馈", "征求意见稿意见采纳情况", "送审稿新旧对照表",
    "审议稿件管理", "印发", "修改版", "二",
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name", "is_one"),
    [
        ("云泽市科普基地管理办法（送审稿）", "1.docx", True),
        ("云泽市科普基地管理办法", "科普基地办法-征求意见稿v2.docx", True),
        ("云泽市科普基地管理办法", "【讨论稿】科普基地.docx", True),
        ("云泽市科普基地管理办法（会签稿）", "1.docx", True),
        ("云泽市科普基地管理办法", "科普基地办法-会签稿.docx", True),
        ("云泽市科普基地管理办法（审查稿）", "1.docx", True),
        ("云泽市科普基地管理办法", "科普基地办法-审查稿.docx", True),
        ("云泽市科普基地管理办法", "草案.docx", True),
        ("云泽市科普基地管理办法（送审稿二）", "1.docx", True),
        ("云泽市科普基地管理办法（送审稿（二））", "1.docx", True),
        ("云泽市科普基地管理办法（送审稿）（二）", "1.docx", True),
        *(("云泽市科普基地管理办法", f"科普基地办法{said}.docx", True) for said in DRAFTS_OF_A_DESK),
        *(("云泽市科普基地管理办法", f"科普基地办法{said}.docx", False) for said in NO_DRAFTS),
        ("关于报送《云泽市科普基地管理办法（送审稿）》的函", "函.docx", False),
        ("云泽市科普基地管理办法", "草案说明.docx", False),
        ("云泽市科普基地管理办法", "2024年预算草案.pdf", False),
        ("云泽市科普基地管理办法", "草案/办法.docx", False),
        ("《云泽市科普基地管理办法（送审稿）》政策解读", "解读.docx", False),
    ],
)
def test_title_and_name_tell_a_draft(title: str, name: str, is_one: bool) -> None:
    text = f"{title}\n\n各科室：\n现印发给你们。\n\n云泽市科学技术局\n2024年12月20日\n"
    found = analyse_text(text)
    assert is_draft(replace(found, source=replace(found.source, path=name))) == is_one
