"""The commands at large: help, wrong usage, how a library comes to be and where it is found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from policylib.cli.main import COMMANDS
from tests.cli.listing import table
from tests.yunze import REPEAL

Run = Callable[..., Result]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(policylib: Run, command: str) -> None:
    result = policylib(command, "--help")
    assert result.exit_code == 0
    assert "用法：" in result.output
    assert f"例：\n    policylib {command}" in result.output
    assert not any(word in result.output for word in ("Usage", "Options", "Show this", "OPTIONS"))


def test_the_program_lists_its_commands(policylib: Run) -> None:
    for arguments in ((), ("--help",), ("-h",)):
        result = policylib(*arguments)
        assert result.exit_code == 0
        assert all(f"  {command} " in result.output for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["serach"], "是不是要用 search", id="misspelt command"),
        pytest.param(["打印"], "可用的命令", id="unknown command"),
        pytest.param(["list", "--fromat", "csv"], "没有 --fromat 这个选项", id="misspelt option"),
        pytest.param(["list", "--format", "xml"], "只能是 text、json、csv", id="unknown format"),
        pytest.param(["list", "--as-of", "去年"], "日期应写作", id="no date"),
        pytest.param(["search"], "缺少参数", id="no query"),
        pytest.param(["search", "甲", "-n", "-1"], "0 或更大的整数", id="negative number"),
        pytest.param(["init", "a", "b"], "多出了参数", id="too many"),
        pytest.param(["graph"], "缺少参数 -o", id="no output"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(policylib: Run, arguments: list[str], says: str) -> None:
    result = policylib(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_init_makes_one_file_and_says_what_is_next(policylib: Run, desk: Path) -> None:
    result = policylib("init")
    assert result.exit_code == 0
    assert "policylib add" in result.stderr
    assert (desk / "policies.plib").is_file()
    assert (desk / "policylib.toml").is_file()


def test_a_second_init_harms_nothing(office: Run) -> None:
    result = office("init")
    assert (result.exit_code, "已经存在" in result.stderr) == (3, True)
    assert len(table(office("list").stdout)) == 4


def test_without_a_library_the_next_step_is_named(policylib: Run) -> None:
    result = policylib("list")
    assert (result.exit_code, "policylib init" in result.stderr) == (3, True)


def test_the_library_is_found_from_below_by_option_and_by_environment(
    office: Run, desk: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk / "文件")
    assert office("list").exit_code == 0
    monkeypatch.chdir(tmp_path_factory.mktemp("别处"))
    assert office("list").exit_code == 3
    assert office("list", "--library", str(desk)).exit_code == 0
    assert office("--library", str(desk / "policies.plib"), "list").exit_code == 0
    monkeypatch.setenv("POLICYLIB", str(desk))
    assert office("list").exit_code == 0


def test_add_counts_what_it_did(policylib: Run, desk: Path) -> None:
    policylib("init")
    assert "新增 4" in policylib("add", "文件").stdout
    assert policylib("add", "文件").stdout == "没有变化，未变 4\n"
    (desk / "文件" / "清理结果.txt").unlink()
    assert "不见：文件/清理结果.txt" in policylib("add", "文件").stdout


def test_that_all_files_are_gone_is_said_in_one_line(office: Run, desk: Path) -> None:
    (desk / "文件").rename(desk.parent / "别处")
    told = office("add", ".").stdout
    assert "\n全部 4 份都不见，是不是换了文件夹、移动硬盘没有插上？库中仍保留，确要移出的用 policylib remove" in told
    assert "不见：" not in told
    (desk.parent / "别处").rename(desk / "文件")


def test_more_than_ten_files_that_are_gone_are_one_line_and_listed_when_asked(office: Run, desk: Path) -> None:
    for number in range(11):
        paper = f"云泽市科学技术局关于第{number}件事的通知\n云科字〔2020〕{number + 50}号\n"
        (desk / "文件" / f"{number}.txt").write_text(paper, encoding="utf-8")
    office("add", "文件")
    for number in range(11):
        (desk / "文件" / f"{number}.txt").unlink()
    told = office("add", "文件", "-v").stdout
    assert "11 份不见，是不是换了文件夹" in told
    assert told.count("\n不见：文件/") == 11


def test_add_to_a_library_that_may_only_be_read(office: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK and access(path, mode))
    result = office("add", "文件")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "没有变化，未变 4\n", "")
    (desk / "文件" / "新.txt").write_text("云泽市科学技术局关于防汛工作的通知\n", encoding="utf-8")
    result = office("add", "文件")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "没有写入权限" in result.stderr


def test_add_lists_bad_files_with_reason_and_remedy(policylib: Run, desk: Path) -> None:
    policylib("init")
    (desk / "文件" / "空.docx").write_bytes(b"")
    result = policylib("add", "文件", "没有.txt")
    assert result.exit_code == 3
    assert "新增 4" in result.stdout
    assert "文件/空.docx：" in result.stderr
    assert "没有.txt：找不到" in result.stderr
    report = json.loads(policylib("add", "文件", "--format", "json").stdout)
    assert [one["path"] for one in report["still_failed"]] == ["文件/空.docx"]
    assert (report["failed"], len(report["unchanged"])) == ([], 4)


def test_add_tells_a_bad_file_once_and_then_that_it_is_still_there(office: Run, desk: Path) -> None:
    (desk / "文件" / "空.docx").write_bytes(b"")
    assert office("add", ".").exit_code == 3
    result = office("add", ".")
    assert (result.exit_code, result.stdout) == (0, "没有变化，未变 4\n")
    assert result.stderr == "仍读不出 1 个，见 policylib list --unread\n"
    (desk / "文件" / "又空.docx").write_bytes(b"")
    result = office("add", ".")
    assert result.exit_code == 3
    assert "以下 1 个文件没有读入：\n  文件/又空.docx：" in result.stderr
    listed = office("list", "--unread")
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["文件", "文件/又空.docx", "文件/空.docx"]
    assert "读不出 2 个" in listed.stderr
    (row, _) = json.loads(office("list", "--unread", "--format", "json").stdout)
    assert (row["code"], bool(row["remedy"])) == ("EMPTY", True)


def test_a_library_that_reads_all_says_so(office: Run) -> None:
    assert office("list", "--unread").stderr == "没有读不出的文件\n"


def test_add_passes_over_what_is_no_document_and_counts_it(office: Run, desk: Path) -> None:
    for name in ("照片.png", "样式.css", "脚本.JS", "清单.csv", "关系图.graphml"):
        (desk / "文件" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    office("graph", "-o", "文件/关系图.html")
    result = office("add", ".")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "未变 4" in result.stdout
    assert "略过 5 个不是公文的文件" in result.stdout
    assert (
        "图片 1 个没有读（文件/照片.png）；如是扫描的公文，请单独写明文件名（需装 policylib[ocr]）\n" in result.stdout
    )
    assert "略过：文件/照片.png" in office("add", ".", "-v").stdout
    by_hand = office("add", "文件/照片.png")
    assert (by_hand.exit_code, "略过" in by_hand.stdout) == (3, False)


def test_problems_can_be_read_again_any_day(office: Run, desk: Path) -> None:
    (desk / "文件" / "见习.html").write_text("云科字〔201912号\n云泽市关于见习的通知\n", encoding="utf-8")
    assert "policylib list --problems" in office("add", "文件").stdout
    office("add", "文件")
    rows = [row for row in table(office("list", "--problems").stdout) if row["文件"] == "文件/见习.html"]
    assert {row["原文"] for row in rows} == {"", "云科字〔201912号"}
    assert any("后缀" in row["疑点"] for row in rows)
    shown = {row["文件"]: row["疑点"] for row in table(office("list", "--files").stdout)}
    assert "缺损" in shown["文件/见习.html"]


def test_a_listing_without_rows_says_so(policylib: Run) -> None:
    policylib("init")
    assert "policylib add" in policylib("list").stderr
    nothing = policylib("list", "--year", "1999")
    assert ("没有符合条件" in nothing.stderr, nothing.exit_code) == (True, 1)
    assert policylib("list").exit_code == 0, "an empty library is no search that found nothing"


@pytest.mark.parametrize(
    "command", [("list", "--issuer", "科技庭"), ("search", "发文机关:科技庭"), ("check", "--issuer", "科技庭")],
    ids=["list", "search", "check"],
)  # fmt: skip
def test_an_organ_that_nobody_knows_is_named_with_the_nearest(office: Run, command: tuple[str, ...]) -> None:
    result = office(*command)
    assert result.exit_code == 1
    assert "库里没有“科技庭”这个机关，是不是：云泽市科学技术局" in result.stderr


def test_remove(office: Run, desk: Path) -> None:
    assert "已移出 文件/清理结果.txt" in office("remove", "文件/清理结果.txt").stdout
    assert (desk / "文件" / "清理结果.txt").is_file()
    assert office("remove", "没有.txt").exit_code == 1
    assert REPEAL not in [row["编号"] for row in table(office("list").stdout)]


def test_doubtful_settings_are_told_where_they_matter(office: Run, desk: Path) -> None:
    (desk / "policylib.toml").write_text('jurisdiction = "山东省/淄博市"\nissuer = "市科技局"\n', encoding="utf-8")
    for command in (("add", "文件"), ("check",)):
        assert '请核对 policylib.toml：本单位“市科技局”不是全称，请写作 issuer = "淄博市科学技术局"' in (
            office(*command).stderr
        )


def test_doubtful_tables_and_names_of_rules_are_told_when_papers_are_added(office: Run, desk: Path) -> None:
    (desk / "tables").mkdir(exist_ok=True)
    (desk / "tables" / "organ.csv").write_text("name,kind\n", encoding="utf-8")
    (desk / "policylib.toml").write_text('[rules]\non = ["interpretation.lat"]\n', encoding="utf-8")
    told = office("add", "文件").stderr
    assert "organ.csv：这个文件不起作用" in told
    assert "第2行：rules.on：没有“interpretation.lat”这条规则，是不是：interpretation.late" in told


def test_a_copy_is_said_to_be_one_and_nothing_moved(policylib: Run, desk: Path) -> None:
    (desk / "文件" / "另存.txt").write_bytes((desk / "文件" / "清理结果.txt").read_bytes())
    policylib("init")
    said = policylib("add", "文件").stdout.splitlines()
    assert said[:2] == ["新增 4，内容相同 1", "文件/清理结果.txt 与 文件/另存.txt 内容相同，算一份"]
    (desk / "再存.txt").write_bytes((desk / "文件" / "清理结果.txt").read_bytes())
    for command, stream in ((("add", "-v", "再存.txt"), "stdout"), (("cleanup", "import", "再存.txt"), "stderr")):
        result = policylib(*command)
        assert "移动" not in result.stdout + result.stderr
        assert "再存.txt 与 文件/另存.txt 内容相同，算一份" in getattr(result, stream)
        policylib("remove", "再存.txt")
