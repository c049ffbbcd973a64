"""A paper whose file prints no title: its interpretation tells what it is called, and that is never taken as read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ORDER = "岚州海关令第7号"
PAPER = (
    f"（2024年7月30日{ORDER}公布 自2024年12月1日起实施）\n第一条 为了规范风险管理工作，制定本办法。\n"
    "第二条 本办法自2024年12月1日起施行。\n"
)
READING = (
    f"关于《岚州海关风险管理办法》的解读\n岚州海关公布了《岚州海关风险管理办法》（{ORDER}），"
    "自2024年12月1日起施行。现解读如下：一、背景 为了规范管理。\n"
)
READING_KEY = "《关于〈岚州海关风险管理办法〉的解读》"


@pytest.fixture
def untitled(policylib: Run, desk: Path) -> Run:
    folder = desk / "海关"
    folder.mkdir()
    (folder / "令.txt").write_text(PAPER, encoding="utf-8")
    (folder / "解读.txt").write_text(READING, encoding="utf-8")
    assert policylib("init").exit_code == 0
    assert policylib("add", "海关").exit_code == 0
    return policylib


def test_a_person_reads_the_name_that_the_interpretation_gives(untitled: Run) -> None:
    assert "岚州海关风险管理办法（据解读）" in untitled("list", "--format", "csv").stdout
    assert "解读所称标题：《岚州海关风险管理办法》（所存文件没有标题）" in untitled("show", ORDER).stdout


def test_it_is_found_by_that_name(untitled: Run) -> None:
    assert untitled("show", "岚州海关风险管理办法").stdout.startswith(ORDER)


def test_a_program_is_told_that_no_title_was_read(untitled: Run) -> None:
    (row,) = [one for one in json.loads(untitled("list", "--format", "json").stdout) if one["number"] == ORDER]
    assert row["title"] is None


def test_it_goes_with_the_link(untitled: Run) -> None:
    assert untitled("judge", READING_KEY, "--reject", "解读", ORDER, "--who", "张三").exit_code == 0
    assert "据解读" not in untitled("list", "--format", "csv").stdout
