"""status, timeline, impact: what holds, since when, and what rests on it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from policylib import read
from tests.cli.listing import table
from tests.yunze import AWARD, MEASURES, REPEAL

Run = Callable[..., Result]


def test_status_names_the_act_and_quotes_it(office: Run) -> None:
    page = office("status", AWARD).stdout
    assert "效力：废止（2022-01-20 起）（据本库所知" in page
    assert "2022-01-20 废止，依据《云泽市科学技术局关于废止部分规范性文件的决定》（云科字〔2022〕3号）" in page
    assert "—— 文件/清理结果.txt" in page


def test_status_asks_what_could_be_known(office: Run) -> None:
    page = office("status", AWARD, "--as-of", "2022-06-01", "--known", "2021-12-31").stdout
    assert "效力：有效" in page
    assert "只看 2021-12-31 以前作出的文件" in page


def test_a_repeal_that_was_signed_gives_the_last_day_before_it_bites(office: Run, desk: Path) -> None:
    (desk / "重新公布.txt").write_text(
        "云泽市人民政府办公室关于印发《云泽市政务公开规定》的通知\n云政办发〔2024〕9号\n\n各区县人民政府：\n"
        "现将《云泽市政务公开规定》印发给你们。《云泽市政务公开办法》（云政办发〔2021〕5号）自2024年3月1日起废止。\n\n"
        "云泽市人民政府办公室\n2024年2月22日\n",
        encoding="utf-8",
    )
    office("add", "重新公布.txt")
    page = office("status", MEASURES, "--as-of", "2024-02-25").stdout
    assert "效力：有效（2021-04-01 起，至 2024-02-29（2024-03-01 起废止））" in page
    assert "  2024-03-01 废止，依据《云泽市人民政府办公室关于印发〈云泽市政务公开规定〉的通知》" in page
    assert "至 2026-03-31）" in office("status", MEASURES, "--as-of", "2024-02-21").stdout
    listed = office("list", "--expires", "..2024-04-30", "--as-of", "2024-02-25", "--format", "json")
    (row,) = json.loads(listed.stdout)
    assert (row["number"], row["expires"]) == (MEASURES, "2024-02-29")
    checked = office("check", "--rule", "VAL-03", "--as-of", "2024-02-25", "--format", "json")
    assert MEASURES not in checked.stdout
    proposed = json.loads(office("cleanup", "plan", "--as-of", "2024-02-25", "--format", "json").stdout)
    assert [one["number"] for one in proposed] == ["云政办发〔2024〕9号"], "nothing is left to conclude of the other"


def test_status_tells_what_lost(office: Run) -> None:
    policy = "云政办发〔2021〕5号"
    assert "没有起决定作用的" not in office("status", policy, "--as-of", "2022-01-01").stdout
    page = office("status", policy, "--as-of", "2022-01-01", "--why").stdout
    assert "2026-03-31 有效期届满" in page.partition("没有起决定作用的")[2]


def test_status_in_json(office: Run) -> None:
    shown = json.loads(office("status", AWARD, "--format", "json").stdout)
    assert (shown["work"]["key"], shown["status"]["state"]) == (AWARD, "废止")
    assert shown["status"]["decisive"]["by"] == "云科字〔2022〕3号"


def test_timeline_is_in_the_order_of_days(office: Run) -> None:
    rows = table(office("timeline", AWARD).stdout)
    assert [(row["日期"], row["事项"]) for row in rows] == [("2019-06-10", "成文"), ("2022-01-20", "废止")]
    assert rows[1]["出处"] == "文件/清理结果.txt"


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


def test_an_extended_paper_shows_the_sentence_that_extends_it(office: Run, desk: Path) -> None:
    """Its own clause says until 2026-03-31; a page that quotes that beside 至 2028-12-31 contradicts itself."""
    (desk / "文件" / "延长.txt").write_text(
        "云泽市人民政府办公室关于延长《云泽市政务公开办法》有效期的通知\n云政办发〔2026〕2号\n\n各有关单位：\n"
        "经研究，决定将《云泽市政务公开办法》（云政办发〔2021〕5号）的有效期延长至2028年12月31日。\n\n"
        "云泽市人民政府办公室\n2026年2月10日\n",
        encoding="utf-8",
    )
    assert office("add", "文件").exit_code == 0
    policy = "云政办发〔2021〕5号"
    page, _, lost = office("status", policy, "--as-of", "2026-06-01", "--why").stdout.partition("没有起决定作用的")
    assert "，至 2028-12-31）" in page and "2026-02-10 延长有效期至 2028-12-31，依据" in page
    assert "【" in page and "有效期延长至2028年12月31日" in page
    assert "2026-03-31 原定有效期届满（已延长）" in lost and "延长有效期至" not in lost
    assert "有效期延长至2028年12月31日" in office("show", policy, "--as-of", "2026-06-01").stdout
    rows = [(row["日期"], row["事项"]) for row in table(office("timeline", policy).stdout)]
    assert rows[-3:] == [
        ("2026-02-10", "延长有效期"), ("2026-03-31", "原定有效期届满（已延长）"), ("2028-12-31", "有效期届满"),
    ]  # fmt: skip


def listed(office: Run, desk: Path, name: str, number: str, day: str, body: str) -> None:
    head = f"云泽市科学技术局关于公布规范性文件清理结果的通知\n{number}\n\n各有关单位：\n"
    (desk / "文件" / name).write_text(f"{head}{body}\n\n云泽市科学技术局\n{day}\n", "utf-8")
    assert office("add", "文件").exit_code == 0


def test_that_a_dead_paper_was_kept_is_told_once(office: Run, desk: Path) -> None:
    kept = "一、继续有效的文件\n1．《云泽市科技奖励办法》（云科字〔2019〕12号）"
    listed(office, desk, "甲.txt", "云科字〔2021〕8号", "2021年5月6日", kept)
    listed(office, desk, "乙.txt", "云科字〔2023〕8号", "2023年5月6日", kept)
    page = office("status", AWARD).stdout
    assert page.count("列为继续有效") == 1
    assert "列为继续有效（2023-05-06，云科字〔2023〕8号），与废止矛盾，待核实" in page
    assert "2021-05-06" not in page, "the later list says the same, and more"
    marked = office("mark", "list").stdout
    slip = f"policylib judge 云科字〔2023〕8号 --reject 继续有效 {AWARD}"
    assert (
        f"待核实。清理结果列错了的，写 {slip}；没有因此废止的，写 policylib judge {REPEAL} --reject 废止 {AWARD}"
        in marked
    )
    office(*slip.split()[1:])
    assert "待核实。" not in office("mark", "list").stdout


def test_an_earlier_repeal_is_quoted_once(office: Run, desk: Path) -> None:
    again = "一、废止的文件\n1．《云泽市科技奖励办法》（云科字〔2019〕12号）"
    listed(office, desk, "又.txt", "云科字〔2023〕8号", "2023年5月6日", again)
    page = office("status", AWARD, "--why").stdout
    assert "此前已失效：2022-01-20 废止" in page
    assert page.count("—— 文件/清理结果.txt") == 1


def test_a_row_that_may_mean_the_paper_is_told(office: Run, desk: Path) -> None:
    wrong = "一、继续有效的文件\n1．《云泽市科技奖励办法》（云政办发〔2021〕5号）"
    listed(office, desk, "错.txt", "云科字〔2023〕8号", "2023年5月6日", wrong)
    page = office("status", AWARD, "--why").stdout.partition("也许说的是它、没有对上的：\n")[2]
    assert "（云科字〔2023〕8号）列为继续有效的一行：" in page
    assert "云政办发〔2021〕5号" in page and "—— 文件/错.txt" in page
    assert "也许说的是它" not in office("status", AWARD).stdout


def test_a_label_is_quoted_as_it_is_printed(office: Run, desk: Path) -> None:
    page = (
        "<html><head><title>云泽市科学技术局关于印发《云泽市车间办法》的通知</title></head><body><table><tr><td>文号：</td>"
        "<td>云科字〔2018〕3号</td></tr><tr><td>时效性：</td><td>废止或失效</td></tr></table>"
        "<p>云泽市科学技术局关于印发《云泽市车间办法》的通知</p><p>云科字〔2018〕3号</p><p>各有关单位：</p>"
        "<p>现印发给你们。</p><p>云泽市科学技术局</p><p>2018年6月10日</p></body></html>"
    )
    (desk / "文件" / "车间.html").write_text(page, "utf-8")
    assert office("add", "文件").exit_code == 0
    assert "网站标注“废止或失效”" in office("status", "云科字〔2018〕3号", "--why").stdout


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


UPWARDS = (
    "云泽市科学技术局关于做好政务公开工作的通知\n云科字〔2023〕6号\n\n各有关单位：\n{words}"
    "《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）同时废止。\n\n"
    "云泽市科学技术局\n2023年5月10日\n"
)


@pytest.mark.parametrize(("words", "flagged"), [("", True), ("经云泽市人民政府办公室同意，", False)])
def test_that_a_bureau_repealed_a_paper_of_the_government_is_told(
    office: Run, desk: Path, words: str, flagged: bool
) -> None:
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    (desk / "文件" / "通知.txt").write_text(UPWARDS.format(words=words), encoding="utf-8")
    office("add", "文件")
    for command in ("status", "show"):
        page = office(command, "云政办发〔2021〕5号", "--as-of", "2024-12-31").stdout
        assert "效力：废止（2023-05-10 起）" in page
        assert ("云泽市科学技术局是部门" in page and "（CLN-10），效力待核实" in page) == flagged
        assert "CLN-10" not in office(command, "云政办发〔2021〕5号", "--as-of", "2022-12-31").stdout


def test_impact_is_saved_as_a_table(cascade: Run, desk: Path) -> None:
    told = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "-o", "受影响.csv")
    assert (told.exit_code, told.stdout) == (0, "")
    assert "已存入 受影响.csv" in told.stderr and "失去依据 1" in told.stderr
    rows = (desk / "受影响.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("结果,文号,标题") and "云科字〔2021〕9号" in rows[1]
    assert "没有可写的" in cascade("impact", "云科字〔2019〕12号", "-o", "没有.csv").stderr
    assert not (desk / "没有.csv").exists()


DEAD = "云泽市人民政府办公室关于废止《云泽市政务公开办法》的通知\n云政办发〔2022〕8号\n\n各有关单位：\n"
DEAD += "《云泽市政务公开办法》（云政办发〔2021〕5号）自2022年3月1日起废止。\n\n云泽市人民政府办公室\n2022年2月21日\n"
BELOW = (
    "云泽市科学技术局关于印发《云泽市科技信息目录编制规则》的通知\n云科字〔2021〕15号\n\n各有关单位：\n"
    "根据《云泽市科技信息公开细则》（云科字〔2021〕9号），制定本规则。\n\n云泽市科学技术局\n2021年11月8日\n"
)


def test_impact_gives_programs_every_step_of_the_way_with_its_words_and_their_place(cascade: Run, desk: Path) -> None:
    (desk / "文件" / "规则.txt").write_text(BELOW, encoding="utf-8")
    (desk / "文件" / "废止.txt").write_text(DEAD, encoding="utf-8")
    assert cascade("add", "文件").exit_code == 0
    asked = ("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--depth", "2")
    first, second = json.loads(cascade(*asked, "--format", "json").stdout)
    assert [len(one["steps"]) for one in (first, second)] == [1, 2]
    assert [one["target"] for one in second["steps"]] == second["path"]
    assert [one["source_label"].rpartition("（")[2] for one in second["steps"]] == [
        "云科字〔2021〕15号）",
        "云科字〔2021〕9号）",
    ]
    for step, file in zip(second["steps"], ("规则.txt", RULES), strict=True):
        assert (step["kind"], step["file"]) == ("basis", f"文件/{file}")
        text = read(desk / step["file"]).text
        assert text[step["start"] : step["end"]] == step["quote"]
    root = second["root"]
    assert root == first["root"]
    assert (root["state"], root["since"], root["file"]) == ("废止", "2022-03-01", "文件/废止.txt")
    assert root["by_label"].endswith("（云政办发〔2022〕8号）")
    assert "云政办发〔2021〕5号" in root["quote"]
    saved = cascade(*asked, "-o", "受影响.json")
    assert saved.exit_code == 0
    assert json.loads((desk / "受影响.json").read_text("utf-8"))[1]["steps"] == second["steps"]


def test_impact_says_the_way_in_a_cell(cascade: Run, desk: Path) -> None:
    (desk / "文件" / "规则.txt").write_text(BELOW, encoding="utf-8")
    assert cascade("add", "文件").exit_code == 0
    asked = ("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--depth", "2", "--format", "csv")
    _, second = csv.DictReader(io.StringIO(cascade(*asked).stdout.removeprefix("\ufeff")))
    assert second["逐级依据"].count("→") == 2
    assert "【" in second["逐级依据"] and f"（文件/{RULES}）" in second["逐级依据"]
    assert second["源头"].endswith("（云政办发〔2021〕5号）：有效（2021-04-01 起，至 2026-03-31）")


def test_what_lives_has_no_day_of_its_end(cascade: Run) -> None:
    asked = ("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--format", "json")
    root = json.loads(cascade(*asked).stdout)[0]["root"]
    assert root["state"] == "有效"
    assert {root[name] for name in ("since", "by", "by_label", "quote", "file", "start", "end")} == {None}


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


def test_impact_of_what_died_long_ago_says_which_day_to_ask_about(cascade: Run) -> None:
    then = ("impact", "云科字〔2019〕12号", "--as-of")
    assert "  早已废止；要看废止当时，写 --as-of 2022-01-19\n" in cascade(*then, "2024-06-01").stdout
    assert "  已经废止；要看废止当时，写 --as-of 2022-01-19\n" in cascade(*then, "2022-02-01").stdout
    assert "要看" not in cascade(*then, "2022-01-19").stdout


def test_impact_counts_what_hangs_on_a_basis_of_which_nobody_knows(cascade: Run, desk: Path) -> None:
    (desk / "文件" / "资金.txt").write_text(
        "云泽市财政局关于印发《云泽市资金细则》的通知\n云财字〔2021〕4号\n\n各有关单位：\n根据《中华人民共和国预算法》和"
        "《云泽市政务公开办法》（云政办发〔2021〕5号），制定本细则。\n\n云泽市财政局\n2021年9月10日\n",
        encoding="utf-8",
    )
    cascade("add", "文件")
    told = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01").stderr
    assert "失去依据 1，部分失去依据 1（其中 1 件另有的依据效力未知，请另查）（据本库所知" in told


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
    heads = [line for line in shown.splitlines() if ". [" in line]
    assert [line[: line.index(".")] for line in heads] == ["1", "   2", "      3", "         4", "            5", "6"]
    assert "财政公开细则" in heads[-1]
    assert [line.split("[")[1].partition("]")[0] for line in heads] == ["失去依据", *["上级依据动摇"] * 4, "失去依据"]
    assert shown.count("为依据：") == len(heads) == 6
    assert "   以《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）为依据：" in shown
    assert "      以第1份为依据：" in shown


HEIR = (
    "云泽市人民政府办公室关于印发《云泽市政务公开办法》的通知\n云政办发〔2024〕2号\n\n各有关单位：\n"
    "本办法自2024年3月1日起施行{term}。《云泽市政务公开办法》（云政办发〔2021〕5号）同时废止。\n\n"
    "云泽市人民政府办公室\n2024年2月5日\n"
)


def test_impact_says_what_it_left_out_and_what_rested_on_a_dead_paper_from_the_first(office: Run, desk: Path) -> None:
    (desk / "文件" / "迟.txt").write_text(
        "云泽市科学技术局关于开展奖励工作的通知\n云科字〔2023〕9号\n\n各有关单位：\n"
        f"根据《云泽市科技奖励办法》（{AWARD}），现通知如下。\n\n云泽市科学技术局\n2023年8月10日\n",
        encoding="utf-8",
    )
    assert office("add", "文件").exit_code == 0
    told = office("impact", AWARD)
    assert "它成文于2023-08-10，所依据的那份在那以前（2022-01-20）已经废止" in told.stdout
    assert "已经废止、失效的没有列入，只看了直接以它为依据的一层，往下看写 --depth 3" in told.stderr
    assert "只看了" not in office("impact", AWARD, "--depth", "3").stderr


def test_impact_names_what_the_papers_can_rest_on_now(cascade: Run, desk: Path) -> None:
    old, new = (
        "云政办发〔2021〕5号",
        "《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2024〕2号）",
    )
    (desk / "文件" / "新办法.txt").write_text(HEIR.format(term=""), encoding="utf-8")
    cascade("add", "文件")
    assert f"\n  替代它的：{new}（效力有效）\n" in cascade("impact", old, "--as-of", "2024-12-31").stdout
    rows = json.loads(cascade("impact", old, "--as-of", "2024-12-31", "--format", "json").stdout)
    assert [(row["number"], row["heirs"]) for row in rows] == [("云科字〔2021〕9号", [new])]
    assert "替代它的" not in cascade("impact", old, "--as-of", "2022-06-01").stdout  # it was alive then


def test_impact_says_that_the_heir_is_dead_too(cascade: Run, desk: Path) -> None:
    (desk / "文件" / "新办法.txt").write_text(HEIR.format(term="，有效期至2025年6月30日"), encoding="utf-8")
    cascade("add", "文件")
    page = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2025-12-31").stdout
    assert "（云政办发〔2024〕2号）也不再有效（有效期至2025-06-30，自2025-07-01起失效），没有现行的替代文件\n" in page


def test_impact_says_so_when_nothing_rests_on_a_policy(office: Run) -> None:
    assert "没有现行文件以它为依据（据本库所知）" in office("impact", AWARD).stdout


def test_impact_of_a_text_that_was_revised_costs_nobody_the_basis(policylib: Run, desk: Path) -> None:
    made = "2010年4月29日岚州市第十一届人民代表大会常务委员会第十四次会议通过"
    again = "2024年2月27日岚州市第十四届人民代表大会常务委员会第八次会议修订"
    below = "根据《岚州市保密条例》，现通知如下。\n岚州市科学技术局\n2015年3月2日\n"
    papers = {
        "旧.txt": f"岚州市保密条例\n{made}\n第一条 为了保密，制定本条例。\n第二条 本条例自2010年10月1日起施行。\n",
        "新.txt": f"岚州市保密条例\n{made}\n{again}\n第一条 本条例自2024年5月1日起施行。\n",
        "通知.txt": f"岚州市科学技术局关于保密工作的通知\n岚科发〔2015〕9号\n各有关单位：\n{below}",
    }
    (desk / "法规").mkdir()
    for name, text in papers.items():
        (desk / "法规" / name).write_text(text, encoding="utf-8")
    policylib("init")
    policylib("add", "法规")
    page = policylib("impact", "法规/旧.txt", "--as-of", "2024-06-30").stdout
    assert "以它为依据的文件没有失去依据\n" in page
    assert "岚科发〔2015〕9号" not in page and "没有现行文件" not in page


def test_impact_tells_apart_what_only_goes_by_the_paper(cascade: Run, desk: Path) -> None:
    (desk / "文件" / "照.txt").write_text(
        "云泽市财政局关于做好预算公开工作的通知\n云财字〔2021〕7号\n\n各有关单位：\n"
        "公开的范围、时限，参照《云泽市政务公开办法》（云政办发〔2021〕5号）执行。\n\n云泽市财政局\n2021年9月10日\n",
        encoding="utf-8",
    )
    cascade("add", "文件")
    told = cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--depth", "2")
    first, second = (line for line in told.stdout.splitlines() if ". [" in line)
    assert "[失去依据]" in first and second == (
        "2. [不受影响，但文中按其执行] 《云泽市财政局关于做好预算公开工作的通知》（云财字〔2021〕7号）"
    )
    assert "（云政办发〔2021〕5号）执行：" in told.stdout
    assert "失去依据 1，部分失去依据 0，不受影响，但文中按其执行 1（" in told.stderr
    rows = json.loads(cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--format", "json").stdout)
    assert [row["result"] for row in rows] == ["失去依据", "不受影响，但文中按其执行"]


def test_impact_as_a_table(cascade: Run) -> None:
    rows = json.loads(cascade("impact", "云政办发〔2021〕5号", "--as-of", "2022-06-01", "--format", "json").stdout)
    assert [(row["number"], row["depth"], row["path"]) for row in rows] == [
        ("云科字〔2021〕9号", 1, ["云政办发〔2021〕5号"])
    ]
