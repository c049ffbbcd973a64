"""check, rules: what is wrong, and by which rules."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from policylib.rules import FAMILIES, all_rules
from tests.cli.listing import table
from tests.yunze import AWARD, MEASURES, PAPERS

Run = Callable[..., Result]


def test_check_prints_evidence_basis_and_remedy(office: Run) -> None:
    result = office("check", "--all")
    assert "依据：" in result.stdout
    assert result.exit_code in (0, 1)
    assert result.stderr.strip()


def test_check_says_by_its_exit_code_what_it_found(office: Run) -> None:
    findings = json.loads(office("check", "--format", "json").stdout)
    errors = [one for one in findings if one["severity"] == "错误" and one["result"] == "不符"]
    warnings = [one for one in findings if one["severity"] == "提醒" and one["result"] == "不符"]
    assert office("check").exit_code == (1 if errors else 0)
    assert office("check", "--fail-on", "warning").exit_code == (1 if errors or warnings else 0)


def test_check_by_rule_and_family(office: Run) -> None:
    rules = table(office("rules").stdout)
    families = {row["规则"].partition(".")[0] for row in rules}
    assert len(families) > 1
    one = rules[0]["规则"]
    found = json.loads(office("check", "--rule", one, "--all", "--format", "json").stdout)
    assert {finding["rule"] for finding in found} <= {one}
    assert len(json.loads(office("rules", one.partition(".")[0], "--format", "json").stdout)) < len(rules)
    unknown = office("check", "--rule", "天气")
    assert (unknown.exit_code, "policylib rules" in unknown.stderr) == (2, True)


LOCAL = """id = "yunze"
title = "云泽市政策解读办法"
region = "东海省/云泽市"
source = "云泽市政策解读办法"

[contents]
copied_percent = 70
"""


def test_a_rule_tells_the_settings_that_it_goes_by(office: Run, desk: Path) -> None:
    before = office("rules", "INT-07").stdout
    assert "    [contents] copied_percent = 60  解读有百分之几出自原文，就算照抄（全国通用）\n" in before
    assert "copied_percent" not in office("rules", "INT-12").stdout
    (desk / "tables" / "profiles").mkdir(parents=True)
    (desk / "tables" / "profiles" / "yunze.toml").write_text(LOCAL, encoding="utf-8")
    (desk / "policylib.toml").write_text('profile = "yunze"\n', encoding="utf-8")
    assert "    [contents] copied_percent = 70  解读有百分之几出自原文，就算照抄（云泽市政策解读办法）\n" in (
        office("rules", "INT-07").stdout
    )


def test_a_setting_that_nobody_made_is_told_with_an_example(office: Run) -> None:
    told = office("rules", "VAL-03").stdout
    assert (
        "    [validity] evaluate_before_months 没有写（届满前几个月评估），不查；例如 evaluate_before_months = 6\n"
        in told
    )
    assert "    [[validity.exempt]]  写着哪些词的，哪条规则不适用：现有 7 项，例如再写一项 rule = " in (
        office("rules", "VAL-06").stdout
    )


def test_rules_are_told_where_there_is_no_library_yet(policylib: Run) -> None:
    listed, told = policylib("rules"), policylib("rules", "INT-07")
    assert (listed.exit_code, told.exit_code) == (0, 0)
    assert len(table(listed.stdout)) == len(all_rules())
    assert "copied_percent = 60" in told.stdout
    assert "这里没有政策库，列的是内置的规则和数值" in told.stderr
    for named in (policylib("rules", "--library", "别处"), policylib("--library", "别处", "rules")):
        assert (named.exit_code, named.stdout) == (3, "")


@pytest.mark.parametrize("day", ["2026-6-1", "2026/06/01", "2026年6月1日", "2026.6.1"])
def test_a_day_is_written_as_people_write_it(office: Run, day: str) -> None:
    for command in (
        ("list", "--format", "json", "--as-of"),
        ("check", "--format", "json", "--since"),
        ("status", AWARD, "--format", "json", "--known"),
    ):
        said, plainly = office(*command, day), office(*command, "2026-06-01")
        assert (said.exit_code, said.stdout) == (plainly.exit_code, plainly.stdout)
        assert office(*command, "2026-13-1").exit_code == 2


def test_a_sheet_of_findings_names_its_rules_in_chinese(office: Run, desk: Path) -> None:
    office("check", "-o", "问题.csv", "--as-of", "2026-06-01", "--all")
    rows = list(csv.DictReader((desk / "问题.csv").read_text("utf-8-sig").splitlines()))
    titles = {rule.id: rule.title for rule in all_rules()}
    assert rows
    assert all(row["规则名称"] == titles[row["规则"]] for row in rows)


@pytest.mark.parametrize(
    ("name", "count"),
    [("解读", "interpretation"), ("解读类", "interpretation"), ("有效期", "validity"), ("公开属性", "disclosure")],
)
def test_a_family_by_its_chinese_name(office: Run, name: str, count: str) -> None:
    assert office("rules", name, "--format", "json").stdout == office("rules", count, "--format", "json").stdout


@pytest.mark.parametrize("name", ["“谁起草、谁解读”不一致", "谁起草谁解读不一致", "解读晚于文件公开"])
def test_a_rule_by_its_title(office: Run, name: str) -> None:
    assert len(json.loads(office("rules", name, "--format", "json").stdout)) == 1


def test_a_part_of_several_titles_says_which(office: Run) -> None:
    told = office("check", "--rule", "没有").stderr
    assert "是不是：" in told
    assert "没有规定有效期（VAL-01）" in told


@pytest.mark.parametrize("part", ["谁起草谁解读", "“谁起草、谁解读”", "谁起草、谁解读不一致"])
def test_a_part_of_one_title_names_its_rule(office: Run, part: str) -> None:
    (rule,) = json.loads(office("rules", part, "--format", "json").stdout)
    assert rule["id"] == "interpretation.not-by-drafter"
    assert office("check", "--rule", part).exit_code == 0


def test_the_command_for_what_cannot_be_told_asks_the_same_again(office: Run) -> None:
    told = office("check", "--rule", "解读", "--issuer", "办公室", "--as-of", "2026-06-01").stderr
    assert "用 policylib check --rule 解读 --issuer 办公室 --as-of 2026-06-01 --all 列出" in told


def test_each_family_has_a_chinese_name() -> None:
    named = {family for families in FAMILIES.values() for family in families}
    assert {rule.id.partition(".")[0] for rule in all_rules()} == named


@pytest.mark.parametrize("code", ["INT-02", "int-03", "INT-04", "interpretation.not-by-drafter"])
def test_a_rule_by_any_of_its_codes(office: Run, code: str) -> None:
    (rule,) = json.loads(office("rules", code, "--format", "json").stdout)
    assert rule["id"] == "interpretation.not-by-drafter"


def test_a_rule_says_on_what_it_stands_and_what_to_do(office: Run) -> None:
    page = office("rules", "INT-03").stdout
    assert "interpretation.not-by-drafter" in page
    assert "依据：国办发〔2016〕80号" in page
    assert "办法：" in page
    assert "查什么：已有解读的政策文件，起草单位" in page and "INT-03" not in page
    assert page == office("rules", "谁起草谁解读").stdout
    assert "查什么：本单位、本地区应当解读的政策文件" in office("rules", "INT-01").stdout


def test_a_wrong_suffix_is_told_before_anything_is_checked(office: Run, desk: Path) -> None:
    for command in ("check", "graph"):
        result = office(command, "-o", "结果.docx")
        assert (result.exit_code, result.stdout, "可用的后缀" in result.stderr) == (2, "", True)


def test_check_saves_a_sheet(office: Run, desk: Path) -> None:
    result = office("check", "-o", "问题.csv")
    assert (result.stdout, "已存入 问题.csv" in result.stderr) == ("", True)
    assert (
        (desk / "问题.csv")
        .read_text("utf-8-sig")
        .startswith("序号,结果,程度,规则名称,规则,文号,标题,问题,证据和出处,依据")
    )
    assert office("check", "-o", "问题.xyz").exit_code == 2


def test_a_sheet_for_the_offices_is_numbered_as_the_screen_and_leaves_room_for_answers(office: Run, desk: Path) -> None:
    day = ("--as-of", "2026-06-01")
    shown = [line for line in office("check", *day).stdout.splitlines() if re.match(r"\d+\. ", line)]
    office("check", "-o", "问题.xlsx", *day)
    book = openpyxl.load_workbook(desk / "问题.xlsx")
    assert book.sheetnames == ["问题"]
    (heads, *rows) = book["问题"].iter_rows(values_only=True)
    listed = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [one["序号"] for one in listed] == [*range(1, len(listed) + 1)]
    codes = {rule.id: rule.short_code for rule in all_rules()}
    for line, row in zip(shown, listed, strict=False):
        assert line.startswith(f"{row['序号']}. [{row['程度']}] ")
        assert line.endswith(f"  {row['规则名称']}（{codes[row['规则']]}）")
    assert len(shown) < len(listed)  # what cannot be told comes behind
    proofs = [one for row in listed for one in (row["证据和出处"] or "").split("\n") if one]
    assert proofs
    assert all(re.search(r"【.*】.* —— \S", one) for one in proofs)
    assert {row["科室答复"] for row in listed} == {None}


def test_answers_of_an_office_are_not_written_over(office: Run, desk: Path) -> None:
    office("check", "-o", "问题.xlsx")
    assert office("check", "-o", "问题.xlsx").exit_code == 0
    book = openpyxl.load_workbook(desk / "问题.xlsx")
    column = [cell.value for cell in book.active[1]].index("科室答复") + 1
    book.active.cell(2, column).value = "已更正"
    book.save(desk / "问题.xlsx")
    result = office("check", "-o", "问题.xlsx")
    assert result.exit_code == 1
    assert "已经填过（第 2 行“科室答复”写着“已更正”）" in result.stderr
    assert "judge" not in result.stderr  # which reads no answers


def test_a_sheet_has_what_is_to_be_done_first_and_no_exemptions_unless_asked(office: Run, desk: Path) -> None:
    def results(*arguments: str) -> list[str]:
        office("check", "-o", "问题.csv", "--as-of", "2026-06-01", *arguments)
        return [row["结果"] for row in csv.DictReader(io.StringIO((desk / "问题.csv").read_text("utf-8-sig")))]

    assert list(dict.fromkeys(results())) == ["问题", "待查"]
    office("judge", MEASURES, "--exempt", "已另行处理", "--rule", "validity.expired")
    assert "不适用" not in results()
    assert list(dict.fromkeys(results("--all"))) == ["待查", "不适用"]
    office("check", "-o", "问题.json", "--as-of", "2026-06-01")
    assert "不适用" in {one["result"] for one in json.loads((desk / "问题.json").read_text("utf-8"))}


def test_check_says_what_to_do_next(office: Run) -> None:
    told = office("check", "--as-of", "2026-06-01").stderr
    assert "下一步：核对“提醒”" in told and "“错误”" not in told
    assert "“无法判断”的 6 项，用 policylib check --as-of 2026-06-01 --all 列出" in told
    named = [line for line in told.splitlines() if line.startswith("  无法判断（")]
    assert len(named) == 5
    assert all("）：" in line and "《" in line for line in named)
    assert all(re.search("》[^《》]*：.{6,}$", line) for line in named), "each says why"
    reasons = [line.rpartition("不能判断")[2] for line in named]
    assert len(set(reasons)) > 1, "the same reason five times tells less than five reasons"
    assert "“无法判断”的" not in office("check", "--as-of", "2026-06-01", "--all").stderr


def test_a_rule_is_summed_up_first_and_its_basis_said_once(office: Run, desk: Path) -> None:
    like_it = PAPERS["政务公开办法.txt"].replace("政务公开", "档案利用").replace("〔2021〕5号", "〔2021〕7号")
    (desk / "文件" / "档案利用办法.txt").write_text(like_it, encoding="utf-8")
    office("add", "文件")
    asked = ("check", "--all", "--as-of", "2026-06-01")
    found = json.loads(office(*asked, "--format", "json").stdout)
    lines = office(*asked).stdout.splitlines()
    assert lines[0].startswith("概览")
    summed = lines[1 : lines.index("")]
    codes = {rule.id: rule.short_code for rule in all_rules()}
    for line in summed:
        word, code, count, places = re.fullmatch(r"  \[(.*)\] .*（(.*)） (\d+)：第(.*)项", line).groups()  # type: ignore[union-attr]
        numbers = [
            number
            for number, one in enumerate(found, 1)
            if codes[one["rule"]] == code and word == (one["severity"] or one["result"])
        ]
        assert len(numbers) == int(count)
        assert places.removesuffix("…").split("、") == [str(one) for one in numbers[:10]]
    assert sum(int(line.rpartition(" ")[2].partition("：")[0]) for line in summed) == len(found)
    bases = [line for line in lines if line.startswith("   依据：")]
    assert len(bases) == len({(one["rule"], one["basis"]) for one in found if one["basis"]}) < len(found)


def test_in_brief_each_finding_has_a_line(office: Run) -> None:
    found = json.loads(office("check", "--all", "--format", "json").stdout)
    lines = office("check", "--all", "--brief").stdout.splitlines()
    assert len(lines) == len(found) > 1
    for number, (line, one) in enumerate(zip(lines, found, strict=True), 1):
        assert line.startswith(f"{number}. [{one['severity'] or one['result']}] ")
        assert line.endswith(f"：{one['message']}")
