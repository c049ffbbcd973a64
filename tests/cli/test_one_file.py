"""extract, tables: one file, and the tables by which it is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.listing import table

Run = Callable[..., Result]


def test_extract_prints_one_object_a_line_whose_offsets_count_in_the_text(policylib: Run) -> None:
    files = ("文件/政务公开办法.txt", "文件/清理结果.txt")
    lines = policylib("extract", *files).stdout.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["policylib.analysis/1"] * 2
    for file, line in zip(files, lines, strict=True):
        text = policylib("extract", "--text", file).stdout
        for number in json.loads(line)["numbers"]:
            assert text[number["start"] : number["end"]] == number["raw"]


def test_extract_goes_on_after_a_bad_file(policylib: Run, desk: Path) -> None:
    (desk / "坏.pdf").write_bytes(b"%PDF-1.4\n")
    result = policylib("extract", "没有.txt", "坏.pdf", "文件/清理结果.txt")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 1
    assert [line.startswith("错误：") for line in result.stderr.splitlines()] == [True, True]


def test_tables_and_the_offices_own_rows(office: Run, desk: Path) -> None:
    assert "issuers.csv" in [row["表"] for row in table(office("tables").stdout)]
    (desk / "tables").mkdir()
    (desk / "tables" / "issuers.csv").write_text("代字,发文机关\n云科字,云泽市科学技术局\n", encoding="utf-8")
    own = [row for row in table(office("tables", "issuers").stdout) if row["来源"] != "内置"]
    assert [row["code"] for row in own] == ["云科字"]
    assert "没有错误" in office("tables", "--check").stderr


def test_a_wrong_table_is_named_with_its_line(office: Run, desk: Path) -> None:
    (desk / "tables").mkdir()
    (desk / "tables" / "issuers.csv").write_text("代字,发文机关\n云科字,\n", encoding="utf-8")
    for command in (("tables", "--check"), ("add", "文件")):
        result = office(*command)
        assert (result.exit_code, "issuers.csv 第2行" in result.stderr) == (2, True)
    assert office("tables", "没有这张表").exit_code == 2


def test_tables_of_the_library_that_is_named(
    office: Run, desk: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "tables").mkdir()
    (desk / "tables" / "issuers.csv").write_text("代字,发文机关\n云科字,云泽市科学技术局\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path_factory.mktemp("别处"))

    def own(*arguments: str) -> list[str]:
        rows = table(office(*arguments).stdout)
        return [row["表"] for row in rows if row["自加行数"] != "0"]

    assert own("tables") == []
    assert own("--library", str(desk), "tables") == own("tables", "--library", str(desk)) == ["issuers.csv"]
    monkeypatch.setenv("POLICYLIB", str(desk / "policies.plib"))
    assert own("tables") == ["issuers.csv"]
    assert office("tables", "--library", "没有").exit_code == 3


def test_own_rows_that_nothing_reads_are_not_counted_as_in_force(office: Run, desk: Path) -> None:
    before = table(office("tables").stdout)
    (desk / "tables").mkdir()
    for name in ("cues.toml", "elements.toml", "relations.toml", "issuer.csv"):
        (desk / "tables" / name).write_text("[[cue]]\nid = 'own'\n", encoding="utf-8")
    result = office("tables")
    assert table(result.stdout) == before
    assert result.stderr.count("不起作用") == 4


def test_extract_takes_own_tables_only_when_asked(office: Run, desk: Path) -> None:
    plain = office("extract", "文件/清理结果.txt").stdout
    (desk / "tables").mkdir()
    (desk / "tables" / "issuers.csv").write_text("代字,发文机关\n云科字,云泽市科学技术局\n", encoding="utf-8")
    assert office("extract", "文件/清理结果.txt").stdout == plain
    assert office("extract", "--tables", "tables", "文件/清理结果.txt").exit_code == 0
    (desk / "tables" / "issuers.csv").write_text("代字,发文机关\n云科字,\n", encoding="utf-8")
    wrong = office("extract", "--tables", "tables", "文件/清理结果.txt")
    assert (wrong.exit_code, "缺少 issuer（发文机关、机关）" in wrong.stderr) == (2, True)


def test_no_english_of_the_parsers_reaches_staff(office: Run, desk: Path) -> None:
    assert "[required]" not in office("graph", "--help").stdout
    assert office("--version").stdout.startswith("policylib 0.")
    assert "第1行：没有这张表" not in office("tables", "foo").stderr
    (desk / "policylib.toml").write_text("# 设置\njurisdiction = 云泽市\n", encoding="utf-8")
    broken = office("list").stderr
    assert "policylib.toml 第2行：写法有误" in broken
    assert "Invalid" not in broken
