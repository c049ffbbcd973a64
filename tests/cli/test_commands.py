"""What staff type, what they read, and what a script sees."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from policylib.cli.main import COMMANDS
from policylib.rules import FAMILIES, all_rules

Run = Callable[..., Result]

MEASURES = "云政办发〔2021〕5号"
AWARD = "云科字〔2019〕12号"
REPEAL = "云科字〔2022〕3号"


def table(output: str) -> list[dict[str, str]]:
    """The rows of a listing on a pipe."""
    return list(csv.DictReader(io.StringIO(output), delimiter="\t", quoting=csv.QUOTE_NONE))


# Help --------------------------------------------------------------------------------------------------------------


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


# A library comes to be ------------------------------------------------------------------------------------------


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
    assert policylib("add", "文件").stdout == "未变 4\n"
    (desk / "文件" / "清理结果.txt").unlink()
    assert "不见：文件/清理结果.txt" in policylib("add", "文件").stdout


def test_add_lists_bad_files_with_reason_and_remedy(policylib: Run, desk: Path) -> None:
    policylib("init")
    (desk / "文件" / "空.docx").write_bytes(b"")
    result = policylib("add", "文件", "没有.txt")
    assert result.exit_code == 3
    assert "新增 4" in result.stdout
    assert "文件/空.docx：" in result.stderr
    assert "没有.txt：找不到" in result.stderr
    report = json.loads(policylib("add", "文件", "--format", "json").stdout)
    assert [one["path"] for one in report["failed"]] == ["文件/空.docx"]
    assert len(report["unchanged"]) == 4


def test_add_passes_over_what_is_no_document_and_counts_it(office: Run, desk: Path) -> None:
    for name in ("照片.png", "样式.css", "脚本.JS", "清单.csv", "关系图.graphml"):
        (desk / "文件" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    office("graph", "-o", "文件/关系图.html")
    result = office("add", ".")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "未变 4" in result.stdout
    assert "略过 6 个不是公文的文件" in result.stdout
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
    assert "没有符合条件" in policylib("list", "--year", "1999").stderr


def test_remove(office: Run, desk: Path) -> None:
    assert "已移出 文件/清理结果.txt" in office("remove", "文件/清理结果.txt").stdout
    assert (desk / "文件" / "清理结果.txt").is_file()
    assert office("remove", "没有.txt").exit_code == 1
    assert REPEAL not in [row["编号"] for row in table(office("list").stdout)]


# Looking ----------------------------------------------------------------------------------------------------------


def test_list_on_a_pipe_is_a_plain_table(office: Run) -> None:
    rows = {row["文号"]: row for row in table(office("list").stdout)}
    assert rows[AWARD]["文件"] == "文件/科技奖励办法.txt"
    assert rows[AWARD]["发文机关"] == "云泽市科学技术局"
    assert rows[MEASURES]["成文日期"] == "2021-03-04"


def test_list_in_json_and_csv_says_the_same(office: Run) -> None:
    plain = [row["编号"] for row in table(office("list").stdout)]
    assert [one["key"] for one in json.loads(office("list", "--format", "json").stdout)] == plain
    sheet = csv.DictReader(io.StringIO(office("list", "--format", "csv").stdout.removeprefix("\ufeff")))
    assert [row["编号"] for row in sheet] == plain


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        pytest.param(["--year", "2019"], {AWARD}, id="year"),
        pytest.param(["--issuer", "科技局"], {AWARD, REPEAL}, id="issuer, short"),
        pytest.param(["--issuer", "科技局", "--year", "2020..2023"], {REPEAL}, id="issuer and years"),
        pytest.param(["--status", "废止"], {AWARD}, id="status"),
        pytest.param(["--status", "废止", "--as-of", "2021-01-01"], set(), id="status then"),
    ],
)
def test_list_by_what_papers_are(office: Run, filters: list[str], found: set[str]) -> None:
    assert {row["编号"] for row in table(office("list", *filters).stdout)} == found


def test_list_of_interpretations_of_everything_and_of_files(office: Run) -> None:
    assert [row["文件"] for row in table(office("list", "--role", "解读").stdout)] == ["文件/政务公开办法解读.txt"]
    everything = table(office("list", "--all").stdout)
    assert any("云岭省政务公开条例" in row["标题"] and not row["文件"] for row in everything)
    assert len(table(office("list", "--files").stdout)) == 4


def test_search_shows_where_it_stands(office: Run) -> None:
    result = office("search", "群众", "知情权")
    (row,) = table(result.stdout)
    assert (result.exit_code, row["文号"], row["文件"]) == (0, MEASURES, "文件/政务公开办法.txt")
    assert "知情权" in row["摘录"]
    assert "共 1 份" in result.stderr
    found = json.loads(office("search", "知情权", "--format", "json").stdout)
    (hit,) = found["hits"]
    assert [hit["snippet"][start:end] for start, end in hit["highlights"]] == ["知情权"]
    assert found["total"] == 1


def test_search_for_a_number_however_it_is_typed(office: Run) -> None:
    for query in (["云科字[2019]12号"], ["云科字", "(2019)", "12号"], ["文号:云科字〔201912号"]):
        assert table(office("search", *query).stdout)[0]["文号"] == AWARD


def test_search_that_finds_nothing_is_told_from_one_that_is_wrong(office: Run) -> None:
    nothing = office("search", "木芙蓉")
    assert (nothing.exit_code, "没有找到" in nothing.stderr) == (1, True)
    wrong = office("search", "作者:甲")
    assert (wrong.exit_code, "没有“作者”这个检索项" in wrong.stderr) == (2, True)


def test_show_quotes_what_it_says(office: Run) -> None:
    page = office("show", AWARD).stdout
    assert "《云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知》" in page
    assert "效力：废止" in page
    assert "据本库所知" in page
    assert "【决定废止《云泽市科技奖励办法》" in page or "废止" in page.partition("清理与变动")[2]
    assert "—— 文件/清理结果.txt" in page


def test_show_as_of_a_day(office: Run) -> None:
    assert "效力：废止" not in office("show", AWARD, "--as-of", "2021-01-01").stdout


def test_show_of_a_policy_names_basis_and_interpretation(office: Run) -> None:
    page = office("show", "云政办发[2021]5号").stdout
    basis, interpretation = page.partition("\n依据（")[2], page.partition("\n解读（")[2]
    assert "云岭省政务公开条例》（未入库）" in basis
    assert "文件/政务公开办法解读.txt" in interpretation


def test_show_in_json(office: Run) -> None:
    shown = json.loads(office("show", AWARD, "--format", "json").stdout)
    assert shown["work"]["key"] == AWARD
    assert shown["status"]["state"] == "废止"
    assert "repeals" in [relation["kind"] for relation in shown["incoming"]]


def test_show_of_what_is_not_there(office: Run) -> None:
    result = office("show", "云科字〔2019〕13号")
    assert (result.exit_code, AWARD in result.stderr, result.stdout) == (1, True, "")
    several = office("show", "云泽市")
    assert (several.exit_code, "请写明其一" in several.stderr) == (1, True)


def test_an_interpretation_holds_in_no_sense(office: Run) -> None:
    (row,) = table(office("list", "--role", "解读").stdout)
    assert row["效力"] == "不适用"
    assert "效力：不适用\n" in office("show", row["编号"]).stdout
    assert [hit["效力"] for hit in table(office("search", "类别:解读").stdout)] == ["不适用"]
    assert table(office("list", "--status", "未知").stdout) == []


@pytest.mark.parametrize("word", ["政策文件", "政策", "解读", "清理结果", "清理", "其他"])
def test_list_and_search_have_the_same_words_for_roles(office: Run, word: str) -> None:
    found = office("search", f"类别:{word}", "-n", "99")
    held = [row["编号"] for row in table(found.stdout) if row["文件"]]
    assert sorted(held) == sorted(row["编号"] for row in table(office("list", "--role", word).stdout))


def test_a_repaired_number_that_is_seen_whole_is_not_called_doubtful(office: Run, desk: Path) -> None:
    cited = "《云泽市科技奖励办法》（云科字〔201912号）"
    text = f"云泽市科学技术局关于奖励的函\n云科字〔2023〕8号\n\n根据{cited}，现函告如下。\n"
    (desk / "文件" / "函.txt").write_text(text, encoding="utf-8")
    office("add", "文件")
    for page in (office("show", "云科字〔2023〕8号").stdout, office("show", AWARD).stdout):
        assert "已有印证" in page
        assert "待核实" not in page
    assert "待核实" not in office("links", "云科字〔2023〕8号").stdout


def test_an_extended_paper_shows_its_first_term_as_such(office: Run, desk: Path) -> None:
    assert "  有效期至：2026-03-31" in office("show", MEASURES).stdout
    text = (
        "云泽市人民政府办公室关于延长部分文件有效期的通知\n云政办发〔2025〕9号\n\n"
        "《云泽市政务公开办法》（云政办发〔2021〕5号）有效期延长至2029年12月31日。\n\n"
        "云泽市人民政府办公室\n2025年9月1日\n"
    )
    (desk / "文件" / "延期.txt").write_text(text, encoding="utf-8")
    office("add", "文件")
    page = office("show", MEASURES, "--as-of", "2026-01-01").stdout
    assert "  原定有效期至：2026-03-31" in page
    assert "至 2029-12-31" in page
    assert "  有效期至：2026-03-31" in office("show", MEASURES, "--as-of", "2025-01-01").stdout


def test_links_have_a_quote_and_a_source_each(office: Run) -> None:
    rows = table(office("links", AWARD).stdout)
    assert all(row["原文"] and row["出处"] for row in rows)
    assert ("repeals", "in") in [(row["关系代码"], row["方向"]) for row in rows]


# Status and timeline ------------------------------------------------------------------------------------------------


def test_status_names_the_act_and_quotes_it(office: Run) -> None:
    page = office("status", AWARD).stdout
    assert "效力：废止（2022-01-20 起）（据本库所知" in page
    assert "2022-01-20 废止，依据《云泽市科学技术局关于废止部分规范性文件的决定》（云科字〔2022〕3号）" in page
    assert "—— 文件/清理结果.txt" in page


def test_status_asks_what_could_be_known(office: Run) -> None:
    page = office("status", AWARD, "--as-of", "2022-06-01", "--known", "2021-12-31").stdout
    assert "效力：有效" in page
    assert "只看 2021-12-31 以前作出的文件" in page


def test_status_tells_what_lost(office: Run) -> None:
    policy = "云政办发〔2021〕5号"
    assert "没有起决定作用的" not in office("status", policy, "--as-of", "2022-01-01").stdout
    page = office("status", policy, "--as-of", "2022-01-01", "--why").stdout
    assert "2026-03-31 有效期届满" in page.partition("没有起决定作用的")[2]


def test_a_short_name_of_an_organ_is_explained(office: Run, desk: Path) -> None:
    other = "岚州市科学技术局关于见习的通知\n岚科字〔2019〕40号\n请遵照执行。\n岚州市科学技术局\n2019年5月6日\n"
    (desk / "文件" / "外地.txt").write_text(other, encoding="utf-8")
    office("add", "文件")
    asked = (("list", "--issuer", "科技局"), ("search", "通知", "机关:科技局"), ("check", "--issuer", "科技局"))
    for command in asked:
        told = office(*command).stderr
        assert "“科技局”指：云泽市科学技术局、岚州市科学技术局。在 policylib.toml 写明所在地区" in told
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    for command in asked:
        assert "“科技局”指：云泽市科学技术局；别处的没有算：岚州市科学技术局，要看请写全称" in office(*command).stderr
    assert {row["编号"] for row in table(office("list", "--issuer", "科技局").stdout)} == {AWARD, REPEAL}
    assert "指：" not in office("list", "--issuer", "云泽市科学技术局").stderr


def test_a_paper_without_a_title_goes_by_its_file(office: Run, desk: Path) -> None:
    invoice = "云泽增值税电子普通发票 发票代码：0500 发票号码：1223\n购买方：某某\n价税合计：壹万元整\n"
    (desk / "文件" / "发票.txt").write_text(invoice, encoding="utf-8")
    office("add", "文件")
    assert office("show", "文件/发票.txt").stdout.startswith("无标题文件（发票.txt）\n")
    (row,) = [one for one in json.loads(office("list", "--format", "json").stdout) if one["paths"] == ["文件/发票.txt"]]
    assert row["title"] is None


def test_what_is_unknown_says_why_and_what_would_decide_it(office: Run, desk: Path) -> None:
    (desk / "文件" / "见习.txt").write_text(
        "云泽市关于见习的通知\n云科字〔2019〕40号\n请遵照执行。\n", encoding="utf-8"
    )
    office("add", "文件")
    page = office("status", "云科字〔2019〕40号", "--as-of", "2022-01-01").stdout
    assert "效力：未知（没有日期）（据本库所知，截至 2022-01-01）" in page
    assert "原因：没有读到成文日期" in page and "怎样判断：对照原件" in page
    assert "未知（没有日期）" in office("show", "云科字〔2019〕40号").stdout
    listed = office("list", "--status", "未知", "--format", "json")
    (row,) = json.loads(listed.stdout)
    assert (row["status"], row["doubt"][:4], row["decided_by"][:4]) == ("未知", "没有日期", "对照原件")
    assert "效力未知 1 份：没有日期 1（据本库所知）" in listed.stderr
    shown = json.loads(office("status", "云科字〔2019〕40号", "--format", "json").stdout)
    assert shown["status"]["doubt"]["brief"] == "没有日期"


def test_status_in_json(office: Run) -> None:
    shown = json.loads(office("status", AWARD, "--format", "json").stdout)
    assert (shown["work"]["key"], shown["status"]["state"]) == (AWARD, "废止")
    assert shown["status"]["decisive"]["by"] == "云科字〔2022〕3号"


def test_timeline_is_in_the_order_of_days(office: Run) -> None:
    rows = table(office("timeline", AWARD).stdout)
    assert [(row["日期"], row["事项"]) for row in rows] == [("2019-06-10", "成文"), ("2022-01-20", "废止")]
    assert rows[1]["出处"] == "文件/清理结果.txt"


# Impact -----------------------------------------------------------------------------------------------------------

RULES = "云泽市公开细则.txt"


@pytest.fixture
def cascade(office: Run, desk: Path) -> Run:
    """The library with a policy that rests on another."""
    (desk / "文件" / RULES).write_text(
        "云泽市科学技术局关于印发《云泽市科技信息公开细则》的通知\n云科字〔2021〕9号\n\n各有关单位：\n"
        "根据《云泽市政务公开办法》（云政办发〔2021〕5号），制定本细则。\n\n云泽市科学技术局\n2021年8月10日\n",
        encoding="utf-8",
    )
    assert office("add", "文件").exit_code == 0
    return office


def test_impact_quotes_the_sentence_that_names_the_basis(cascade: Run) -> None:
    result = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01")
    assert (
        "1. [失去依据] 《云泽市科学技术局关于印发〈云泽市科技信息公开细则〉的通知》（云科字〔2021〕9号）"
        in result.stdout
    )
    assert "   效力：有效" in result.stdout
    assert "根据《云泽市政务公开办法》" in result.stdout
    assert f"—— 文件/{RULES}" in result.stdout
    assert "失去依据 1，部分失去依据 0" in result.stderr


def test_impact_goes_down_as_a_tree_and_shows_every_sentence_once(cascade: Run, desk: Path) -> None:
    """A chain of four below the policy, and a leaf beside it: a citation is quoted where it stands, and only there."""
    above, number = "云泽市科技信息公开细则", "云科字〔2021〕9号"
    for year in range(2022, 2026):
        name, own = f"云泽市第{year}号规定", f"云科字〔{year}〕9号"
        (desk / "文件" / f"{year}.txt").write_text(
            f"云泽市科学技术局关于印发《{name}》的通知\n{own}\n\n各有关单位：\n根据《{above}》（{number}），制定本规定。\n\n"
            f"云泽市科学技术局\n{year}年8月10日\n",
            encoding="utf-8",
        )
        above, number = name, own
    (desk / "文件" / "旁.txt").write_text(
        "云泽市财政局关于印发《云泽市财政公开细则》的通知\n云财字〔2021〕3号\n\n各有关单位：\n"
        "根据《云泽市政务公开办法》（云政办发〔2021〕5号），制定本细则。\n\n云泽市财政局\n2021年9月10日\n",
        encoding="utf-8",
    )
    assert cascade("add", "文件").exit_code == 0
    shown = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2026-01-01", "--depth", "6").stdout
    heads = [line for line in shown.splitlines() if "[失去依据]" in line]
    assert [line[: line.index(".")] for line in heads] == ["1", "   2", "      3", "         4", "            5", "6"]
    assert "财政公开细则" in heads[-1]
    assert shown.count("为依据：") == len(heads) == 6
    assert "   以《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）为依据：" in shown
    assert "      以第1份为依据：" in shown


def test_impact_says_so_when_nothing_rests_on_a_policy(office: Run) -> None:
    assert "没有现行文件以它为依据（据本库所知）" in office("impact", AWARD).stdout


def test_impact_as_a_table(cascade: Run) -> None:
    rows = json.loads(cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--format", "json").stdout)
    assert [(row["number"], row["depth"], row["path"]) for row in rows] == [
        ("云科字〔2021〕9号", 1, ["云政办发〔2021〕5号"])
    ]


# Reviewing --------------------------------------------------------------------------------------------------------


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


def test_an_interpretation_is_a_paper_and_nothing_that_befell_its_policy(office: Run) -> None:
    page = office("show", "云政办发〔2021〕5号").stdout
    assert "  解读材料：《〈云泽市政务公开办法〉解读》" in page
    assert "被解读" not in page


def test_a_name_of_several_papers_asks_which(office: Run) -> None:
    result = office("show", "办法")
    head, *lines = result.stderr.strip().split("\n")
    assert (result.exit_code, head) == (1, "“办法”对应多份文件，请写明其一：")
    assert len(lines) == 3
    assert "  云科字〔2019〕12号《云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知》" in lines


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


def test_a_name_that_comes_near_a_title_says_which(office: Run) -> None:
    assert "是不是：解读晚于文件公开（INT-05）" in office("check", "--rule", "解读晚于").stderr


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


def test_a_wrong_suffix_is_told_before_anything_is_checked(office: Run, desk: Path) -> None:
    for command in ("check", "graph"):
        result = office(command, "-o", "结果.docx")
        assert (result.exit_code, result.stdout, "可用的后缀" in result.stderr) == (2, "", True)


def test_check_saves_a_sheet(office: Run, desk: Path) -> None:
    result = office("check", "-o", "问题.csv")
    assert (result.stdout, "已存入 问题.csv" in result.stderr) == ("", True)
    assert "已存入 问题.csv" in result.stderr
    assert (desk / "问题.csv").read_text("utf-8-sig").startswith("结果,程度,规则,规则名称,文号,标题,问题,证据")
    assert office("check", "-o", "问题.xyz").exit_code == 2


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
    assert "“无法判断”的用 policylib check --all 列出" in told
    assert "“无法判断”的" not in office("check", "--as-of", "2026-06-01", "--all").stderr


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "dot", "json", "csv", "html"])
def test_graph_by_suffix(office: Run, desk: Path, suffix: str) -> None:
    result = office("graph", "-o", f"关系图.{suffix}")
    assert result.exit_code == 0
    assert (desk / f"关系图.{suffix}").stat().st_size > 100
    assert "份文件" in result.stderr


def test_the_whole_graph_opens_at_home(office: Run, desk: Path) -> None:
    others = "".join(f"《云岭省第{one}号办法》（云政发〔2018〕{one}号）、" for one in range(1, 9))
    law = f"云岭省科技厅关于科技工作的意见\n云厅发〔2018〕1号\n根据{others}提出本意见。\n云岭省科技厅\n2018年5月6日\n"
    (desk / "文件" / "省.txt").write_text(law, encoding="utf-8")
    office("add", "文件")
    for setting, home in (("", (MEASURES, AWARD)), ('issuer = "云泽市科学技术局"\n', (AWARD,))):
        (desk / "policylib.toml").write_text(f'jurisdiction = "云岭省/云泽市"\n{setting}', encoding="utf-8")
        office("graph", "-o", "a.html")
        data = json.loads(re.search(r'id="data"[^>]*>(.*?)</script>', (desk / "a.html").read_text("utf-8"), re.S)[1])
        assert data["nodes"][data["focus"]]["key"] in home


def test_graph_round_one_policy(office: Run, desk: Path) -> None:
    assert "1 份文件" in office("graph", "-o", "a.json", "--focus", AWARD, "--hops", "0").stderr
    assert office("graph", "-o", "a.html", "--focus", AWARD).exit_code == 0
    page = (desk / "a.html").read_text("utf-8")
    assert AWARD in page and MEASURES not in page
    assert office("graph", "-o", "a.json", "--focus", "木芙蓉").exit_code == 1
    assert office("graph", "-o", "a.xyz").exit_code == 2


# One file ---------------------------------------------------------------------------------------------------------


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
    assert "第1行: 没有这张表" not in office("tables", "foo").stderr
    (desk / "policylib.toml").write_text("# 设置\njurisdiction = 云泽市\n", encoding="utf-8")
    broken = office("list").stderr
    assert "policylib.toml 第2行: 写法有误" in broken
    assert "Invalid" not in broken


def test_doubtful_settings_are_told_where_they_matter(office: Run, desk: Path) -> None:
    (desk / "policylib.toml").write_text('jurisdiction = "山东省/淄博市"\nissuer = "市科技局"\n', encoding="utf-8")
    for command in (("add", "文件"), ("check",)):
        assert '请核对 policylib.toml：本单位“市科技局”不是全称，请写作 issuer = "淄博市科学技术局"' in (
            office(*command).stderr
        )


# Hostile words ----------------------------------------------------------------------------------------------------


def test_a_document_cannot_steer_the_terminal(office: Run, desk: Path) -> None:
    text = "云泽市关于\x1b[2J标题\x07的通知\n云政发〔2020〕9号\n\n根据《云泽市\x1b]0;x\x07办法》，通知如下。\n"
    (desk / "文件" / "怪.txt").write_text(text, encoding="utf-8")
    office("add", "文件")
    commands = (("list",), ("list", "--all"), ("search", "通知如下"), ("show", "云政发〔2020〕9号"), ("check", "--all"))
    assert not any("\x1b" in office(*command).stdout for command in commands)


def marked(desk: Path, policylib: Run) -> Run:
    """A library with a paper that is 此件公开发布, and four that do not say."""
    lines = ("关于科普的通知", "云科字〔2021〕2号", "各单位：", "请做好科普。", "云泽市科学技术局", "2021年2月1日")
    (desk / "文件" / "科普.txt").write_text("\n".join((*lines, "（此件公开发布）")), encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    return policylib


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("主动公开", ["关于科普的通知"]),
        ("依申请公开", []),
        ("未注明", [
            "云泽市人民政府办公室关于印发《云泽市政务公开办法》的通知",
            "云泽市科学技术局关于印发《云泽市科技奖励办法》的通知",
            "云泽市科学技术局关于废止部分规范性文件的决定",
        ]),
    ],
)  # fmt: skip
def test_papers_by_their_disclosure(desk: Path, policylib: Run, wanted: str, titles: list[str]) -> None:
    run = marked(desk, policylib)
    listed = run("list", "--disclosure", wanted, "--format", "json")
    assert sorted(row["title"] for row in json.loads(listed.stdout)) == sorted(titles)
    found = json.loads(run("search", f"公开属性:{wanted}", "--format", "json").stdout)
    assert sorted(hit["title"] for hit in found["hits"]) == sorted(titles)


def test_disclosure_is_counted_and_shown_with_its_words(desk: Path, policylib: Run) -> None:
    run = marked(desk, policylib)
    assert "共 5 份；其中有原文的政策文件、清理结果 4 份，公开属性：未注明 3，主动公开 1" in run("list").stderr
    page = run("show", "云科字〔2021〕2号").stdout
    words = "…单位： 请做好科普。 云泽市科学技术局 2021年2月1日【（此件公开发布）】 —— 文件/科普.txt"
    assert f"公开属性：主动公开 {words}" in page
    assert "公开属性：未注明" in run("show", "云科字〔2022〕3号").stdout
    run("judge", "云科字〔2022〕3号", "--set", "公开属性=依申请公开")
    assert "公开属性：依申请公开（人工填报）" in run("show", "云科字〔2022〕3号").stdout
    assert run("list", "--disclosure", "保密").exit_code == 2
