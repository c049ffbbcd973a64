"""list, search, show, links: what a library holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from policylib.cli.width import width
from tests.cli.listing import table
from tests.yunze import AWARD, MEASURES, REPEAL

Run = Callable[..., Result]


def test_a_range_that_ended_before_it_began_says_from_when_it_counts(office: Run) -> None:
    told = office("list", "--expires", "..2023-06-30", "--as-of", "2024-12-31")
    assert "从那天（2024-12-31）算起，2023-06-30 已经过去" in told.stderr
    assert "看以前届满的，写 --expires 2013-01-01..2023-06-30" in told.stderr
    assert "算起" not in office("list", "--expires", "2013-01-01..2013-06-30").stderr


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


TERMS = {
    "短": ("云泽市科技短办法", "云科字〔2023〕21号", "，有效期至2025年6月30日"),
    "长": ("云泽市科技长办法", "云科字〔2023〕22号", "，有效期至2028年6月30日"),
    "更短": ("云泽市科技更短办法", "云科字〔2023〕23号", "，有效期至2025年3月31日"),
    "满": ("云泽市科技旧办法", "云科字〔2023〕24号", "，有效期至2024年3月31日"),
    "无": ("云泽市科技无期办法", "云科字〔2023〕25号", ""),
}


@pytest.fixture
def terms(office: Run, desk: Path) -> Run:
    for file, (name, number, term) in TERMS.items():
        (desk / "文件" / f"{file}.txt").write_text(
            f"云泽市科学技术局关于印发《{name}》的通知\n{number}\n\n各有关单位：\n现印发给你们。\n\n云泽市科学技术局\n"
            f"2023年3月1日\n\n{name}\n第一条 本办法自2023年4月1日起施行{term}。\n",
            encoding="utf-8",
        )
    office("add", "文件")
    return office


@pytest.mark.parametrize(
    ("days", "found"),
    [
        pytest.param("..2025-06-30", ["2025-03-31", "2025-06-30"], id="from today on, the last day with it"),
        pytest.param("..2025年6月29日", ["2025-03-31"], id="a day before"),
        pytest.param("2025", ["2025-03-31", "2025-06-30"], id="a year"),
        pytest.param(
            "2024-01-01..2025-04-01", ["2024-03-31", "2025-03-31"], id="what has run out too, where it is asked"
        ),
        pytest.param("2026-04-01..", ["2028-06-30"], id="later"),
        pytest.param("2031..", [], id="never"),
    ],
)
def test_which_papers_run_out_and_when(terms: Run, days: str, found: list[str]) -> None:
    """The earliest first; a paper without a term is not among them."""
    rows = table(terms("list", "--expires", days, "--as-of", "2024-12-31").stdout)
    assert [row["有效期至"] for row in rows] == found


def test_the_end_of_the_term_stands_in_the_list_and_is_that_of_the_day(terms: Run, desk: Path) -> None:
    (desk / "文件" / "延长.txt").write_text(
        "云泽市科学技术局关于延长《云泽市科技短办法》有效期的通知\n云科字〔2025〕1号\n\n各有关单位：\n"
        "《云泽市科技短办法》（云科字〔2023〕21号）有效期延长至2027年6月30日。\n\n云泽市科学技术局\n2025年2月1日\n",
        encoding="utf-8",
    )
    terms("add", "文件")

    def ends(day: str) -> dict[str, str | None]:
        rows = json.loads(terms("list", "--as-of", day, "--format", "json").stdout)
        return {row["number"]: row["expires"] for row in rows}

    before, after = ends("2024-12-31"), ends("2025-12-31")
    assert (before["云科字〔2023〕21号"], after["云科字〔2023〕21号"]) == ("2025-06-30", "2027-06-30")
    assert (before["云科字〔2023〕24号"], before["云科字〔2023〕25号"]) == ("2024-03-31", None)
    assert before[AWARD] is None, "repealed: it ended otherwise"
    assert ends("2023-03-15")["云科字〔2023〕21号"] == "2025-06-30", "not yet in force, and its term is known"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("..", "有效期应写作"), ("明年", "有效期应写作"), ("2025-13-01..", "有效期应写作"), ("2026..2025", "日期写反了")],
)
def test_days_that_are_none_are_told(office: Run, typed: str, told: str) -> None:
    result = office("list", "--expires", typed)
    assert result.exit_code and told in result.stderr


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


def test_what_was_made_later_is_not_unknown(office: Run) -> None:
    told = office("list", "--role", "政策文件", "--as-of", "2000-01-01")
    states = {row["效力"] for row in table(told.stdout)}
    assert states == {"尚未制发"}
    assert f"当时尚未制发的 {len(table(told.stdout))} 份" in told.stderr and "效力未知" not in told.stderr
    assert "效力：尚未制发（据本库所知，截至 2000-01-01）" in office("status", AWARD, "--as-of", "2000-01-01").stdout
    hits = table(office("search", AWARD, "类别:政策文件", "--as-of", "2000-01-01").stdout)
    assert {hit["效力"] for hit in hits} == {"尚未制发"}
    assert table(office("list", "--status", "未知", "--as-of", "2000-01-01").stdout) == []


def test_show_quotes_the_clause_of_a_term_that_ran_out_before_the_repeal(office: Run, desk: Path) -> None:
    papers = {
        "短.txt": (
            "云泽市科学技术局关于印发《云泽市科普办法》的通知\n云科规〔2016〕3号\n\n各有关单位：\n"
            "本办法自2016年9月1日起施行，有效期5年。\n\n云泽市科学技术局\n2016年8月22日\n"
        ),
        "废.txt": (
            "云泽市科学技术局关于废止《云泽市科普办法》的通知\n云科规〔2023〕1号\n\n各有关单位：\n"
            "《云泽市科普办法》（云科规〔2016〕3号）自本通知印发之日起废止。\n\n云泽市科学技术局\n2023年8月22日\n"
        ),
    }
    for name, text in papers.items():
        (desk / "文件" / name).write_text(text, encoding="utf-8")
    office("add", "文件")
    page = office("show", "云科规〔2016〕3号", "--as-of", "2024-12-31").stdout
    assert "效力：废止（2023-08-22 起，此前 2021-09-01 起已失效）" in page
    before = page.partition("此前已失效：2021-09-01 起，有效期届满\n")[2].splitlines()
    assert "有效期5年】" in before[0] and before[1].endswith("—— 文件/短.txt")
    events = office("timeline", "云科规〔2016〕3号").stdout
    [ended] = [line for line in events.splitlines() if "有效期届满" in line]
    assert "有效期5年】" in ended


COMMANDS = [("show", AWARD), ("status", AWARD), ("check", "--all")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_prose_is_folded_on_a_terminal_and_nowhere_else(
    office: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    piped = office(*command).stdout
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: True, raising=False)
    shown = office(*command).stdout
    assert max(map(width, piped.splitlines())) > 80 >= max(map(width, shown.splitlines()))
    assert "".join(shown.split()) == "".join(piped.split())
    assert not [line for line in shown.splitlines() if line.lstrip()[:1] in set("，。；：、）〕》”")]


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


DOUBTFUL = {
    "a code that lost its beginning": "云泽市水利局关于防汛的函\n云\ufffd函〔2023〕8号\n\n请认真执行。\n",
    "a number in the table of the page": "索引号：11/2023-1\n发文字号：云水函〔20238号\n发布机构：云泽市水利局\n\n"
    "云泽市水利局关于防汛的函\n各单位：\n请认真执行。\n云泽市水利局\n2023年3月4日\n",
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_a_damaged_number_is_told_wherever_the_paper_is_shown(office: Run, desk: Path, case: str) -> None:
    (desk / "文件" / "函.txt").write_text(DOUBTFUL[case], encoding="utf-8")
    assert "缺损" in office("add", "文件", "-v").stdout
    assert "文号由缺损文字推出，待核实" in office("show", "文件/函.txt").stdout
    assert "未经印证" in office("check", "--rule", "integrity.number-uncorroborated").stdout


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


def test_links_of_one_kind_stand_side_by_side(office: Run, desk: Path) -> None:
    (desk / "文件" / "细则.txt").write_text(
        "云泽市科学技术局关于印发《云泽市奖励细则》的通知\n云科字〔2023〕30号\n\n各有关单位：\n"
        "根据《云泽市政务公开办法》（云政办发〔2021〕5号），制定本细则。"
        "《云泽市科技奖励办法》（云科字〔2019〕12号）同时废止。\n"
        "奖金标准根据《云泽市资金管理办法》（云财字〔2018〕9号）制定。\n\n"
        "云泽市科学技术局\n2023年5月6日\n",
        encoding="utf-8",
    )
    office("add", "文件")
    said = [row["关系"] for row in table(office("links", "云科字〔2023〕30号").stdout)]
    assert said.count("依据") >= 2 and "废止" in said
    runs = [one for place, one in enumerate(said) if place == 0 or one != said[place - 1]]
    assert runs == list(dict.fromkeys(said))


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


def test_a_document_cannot_steer_the_terminal(office: Run, desk: Path) -> None:
    text = "云泽市关于\x1b[2J标题\x07的通知\n云政发〔2020〕9号\n\n根据《云泽市\x1b]0;x\x07办法》，通知如下。\n"
    words = "请各有关单位认真执行，确保各项工作落到实处。\n" * 40  # a file of so few words and such signs is no text
    (desk / "文件" / "怪.txt").write_text(text + words, encoding="utf-8")
    office("add", "文件")
    for command in (
        ("list",),
        ("list", "--all"),
        ("search", "通知如下"),
        ("show", "云政发〔2020〕9号"),
        ("check", "--all"),
    ):
        shown = office(*command).stdout
        assert "云政发〔2020〕9号" in shown
        assert not any(sign in shown for sign in "\x1b\x07")


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


READING = """\
《云泽市助餐办法》解读
发布时间：2024-03-04 09:12:40
解读单位：云泽市民政局

《云泽市助餐办法》已印发，现解读如下：一、背景。老年人多。二、主要内容。送餐上门。
"""


def test_who_handed_in_the_words_of_an_interpretation_is_called_so(office: Run, desk: Path) -> None:
    text = "《云泽市助餐办法》政策解读\n现解读如下：一、背景老年人多。（供稿单位：养老服务科）\n"
    (desk / "文件" / "助餐解读.txt").write_text(text, encoding="utf-8")
    office("add", "文件")
    assert "  解读单位：养老服务科（供稿单位）\n" in office("show", "〈云泽市助餐办法〉政策解读").stdout


def test_interpretations_are_listed_with_their_day_and_their_maker(office: Run, desk: Path) -> None:
    (desk / "文件" / "助餐解读.txt").write_text(READING, encoding="utf-8")
    office("add", "文件")
    [row] = [
        row for row in json.loads(office("list", "--format", "json").stdout) if row["title"].startswith("《云泽市助餐")
    ]
    assert (row["dated"], row["published"], row["interpreter"]) == (None, "2024-03-04", "云泽市民政局")
    [hit] = json.loads(office("search", "助餐", "--format", "json").stdout)["hits"][:1]
    assert (hit["role"], hit["published"], hit["makers"]) == ("解读", "2024-03-04", ["云泽市民政局"])
    assert "公布日期：2024-03-04\n" in office("show", "文件/助餐解读.txt").stdout


def test_a_paper_without_an_issuer_is_shown_with_the_organ_of_its_number(office: Run, desk: Path) -> None:
    (desk / "tables").mkdir()
    row = "代字,机关,层级,地区,类型,把握\n云科字,云泽市科学技术局,prefecture,云岭省/云泽市,full,B\n"
    (desk / "tables" / "issuers.csv").write_text(row, encoding="utf-8")
    (desk / "文件" / "无发文机关.txt").write_text(
        "关于组织申报人才项目的通知\n云科字〔2024〕7号\n\n请申报。\n", encoding="utf-8"
    )
    office("add", "文件")
    assert "  发文机关：云泽市科学技术局（据文号）\n" in office("show", "云科字〔2024〕7号").stdout
    by_number = {row["number"]: row for row in json.loads(office("list", "--format", "json").stdout)}
    assert by_number["云科字〔2024〕7号"]["issuers"] == ["云泽市科学技术局（据文号）"]


def test_show_lists_every_file_of_a_work_copies_too(office: Run, desk: Path) -> None:
    (original,) = json.loads(office("show", AWARD, "--format", "json").stdout)["files"]
    assert f"  文件：{original}\n" in office("show", AWARD).stdout
    (desk / "文件" / "乙.txt").write_bytes((desk / original).read_bytes())
    office("add", "文件")
    page = office("show", AWARD).stdout
    assert f"  文件（2 个）：\n    文件/乙.txt\n    {original}\n" in page


DAMAGED = """关于开展春季防火检查的通知

各科室：

请对照附件逐项检查。

云泽市科学技术局
2019315
"""


LISTED = """岚州市科学技术局关于废止部分规范性文件的通知
岚科发〔2022〕5号
各有关单位：
附件1所列文件自2022年3月1日起废止。
岚州市科学技术局
2022年2月10日
附件1
废止的文件目录
1.《岚州市人才办法》（岚科发〔2006〕31号）
"""


def test_the_sentence_with_the_day_of_a_listed_paper_is_shown(desk: Path, policylib: Run) -> None:
    (desk / "文件" / "废止.txt").write_text(LISTED, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    for command in ("show", "status"):
        told = policylib(command, "岚科发〔2006〕31号").stdout
        assert "废止（2022-03-01 起）" in told
        [line] = [line for line in told.splitlines() if "日期见：" in line]
        assert "附件1所列文件自2022年3月1日起废止" in line


UNDATED_START = """岚州市科学技术局关于做好科普工作的通知
岚科发〔2021〕9号
各有关单位：
请做好科普工作。本通知自{event}起{after}施行。
岚州市科学技术局
2021年3月15日
{imprint}"""


@pytest.mark.parametrize(
    ("event", "after", "imprint", "note"),
    [
        ("公布之日", "", "", "没有公布日期，施行日期按成文日期推算"),
        ("公布之日", "30日后", "", "没有公布日期，施行日期按成文日期推算"),
        ("印发之日", "", "", "没有印发日期，施行日期按成文日期推算"),
        ("印发之日", "", "岚州市科学技术局办公室 2021年3月16日印发\n", ""),
        ("2021年4月1日", "", "", ""),
    ],
)
def test_a_start_counted_from_the_day_of_signing_says_so(
    desk: Path, policylib: Run, event: str, after: str, imprint: str, note: str
) -> None:
    (desk / "文件" / "科普.txt").write_text(UNDATED_START.format(event=event, after=after, imprint=imprint), "utf-8")
    policylib("init")
    policylib("add", "文件")
    for words in (("show",), ("status",), ("status", "--why")):
        told = policylib(words[0], "岚科发〔2021〕9号", *words[1:]).stdout
        assert (f"提示：{note}" in told) if note else ("推算" not in told)


def test_a_day_read_from_damaged_digits_is_not_given_as_sure(desk: Path, policylib: Run) -> None:
    """落款“2019315”: whoever reads 2019-03-15 anywhere is told that it was pieced together, until somebody confirms."""
    (desk / "文件" / "防火检查.txt").write_text(DAMAGED, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    page = policylib("show", "关于开展春季防火检查的通知").stdout
    assert "成文日期：2019-03-15（由缺损文字推出，待核对）" in page
    assert "疑点：落款日期“2019315”缺字，可读作2019-03-15，请核对（原文用 policylib list --problems 查看）" in page
    assert "提示：成文日期 2019-03-15 由缺损文字推出，待核对" in page
    state = policylib("status", "关于开展春季防火检查的通知", "--why").stdout
    assert "提示：成文日期 2019-03-15 由缺损文字推出，待核对" in state
    (row,) = table(policylib("search", "防火检查").stdout)
    assert row["效力"] == "有效（2019-03-15 起）（由缺损文字推出，待核对）"
    policylib("judge", "关于开展春季防火检查的通知", "--set", "成文日期=2019-03-15", "--who", "张三")
    confirmed = policylib("show", "关于开展春季防火检查的通知").stdout
    assert "由缺损文字推出" not in confirmed and "成文日期：2019-03-15\n" in confirmed
    policylib("judge", "关于开展春季防火检查的通知", "--set", "成文日期=", "--who", "张三")
    assert "由缺损文字推出" in policylib("show", "关于开展春季防火检查的通知").stdout


def test_show_tells_how_the_files_of_a_paper_were_read(desk: Path, policylib: Run) -> None:
    (desk / "文件" / "隐藏.html").write_text(
        "<html><body><h1>云泽市科学技术局关于开展夏季检查的通知</h1><p>各科室：</p>"
        "<p>请逐项检查。</p><p style='display:none'>暂缓执行。</p></body></html>",
        encoding="utf-8",
    )
    policylib("init")
    policylib("add", "文件")
    page = policylib("show", "关于开展夏季检查的通知").stdout
    assert "疑点：网页正文含隐藏文字，未读入正文（原文用 policylib list --problems 查看）" in page
    assert "疑点：" not in policylib("show", AWARD).stdout


HURRIED = [
    ("云科字2019年12号", True),
    ("云科字2019-12", True),
    ("云科字2019年12", True),
    ("云科字 2019 12", True),
    ("云科字２０１９—１２号文", True),
    ("云科字(2019)12", True),
    ("2019年云科字12号", True),
    ("云科字2019-8", False),
    ("科字2019-12", False),
]


@pytest.mark.parametrize(("typed", "found"), HURRIED)
def test_a_number_in_any_spelling_finds_its_paper_and_no_other(office: Run, typed: str, found: bool) -> None:
    for command in ("show", "status"):
        result = office(command, typed)
        assert (result.exit_code, AWARD in result.stdout) == ((0, True) if found else (1, False))
    rows = table(office("search", typed).stdout)
    assert ([row["文号"] for row in rows][:1] == [AWARD]) is found


def test_years_and_figures_among_words_are_no_number(office: Run) -> None:
    """科技 2019 2021 asks for three words, though 某某2019-2021 may be a number typed in a hurry."""
    plain = office("search", "--format", "json", "奖励 2019 2019").stdout
    assert (
        json.loads(plain)["total"] == json.loads(office("search", "--format", "json", "奖励 2019").stdout)["total"] > 0
    )


def test_two_papers_of_a_number_typed_in_a_hurry_are_asked_about(desk: Path, policylib: Run) -> None:
    for name, of in (("甲", "公布防火检查结果的通报"), ("乙", "举办青年科普讲座的通知")):
        text = f"云泽市科学技术局关于{of}\n云科发〔2022〕6号\n\n各科室：\n请周知。\n\n云泽市科学技术局\n2022年3月1日\n"
        (desk / "文件" / f"{name}.txt").write_text(text, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    result = policylib("show", "云科发2022-6")
    assert "“云科发2022-6”对应多份文件，请写明其一" in result.stderr


def test_of_one_title_the_paper_of_the_own_office_is_meant(desk: Path, policylib: Run) -> None:
    for city in ("云泽", "青石"):
        text = f"关于开展春季防火检查的通知\n\n各科室：\n请检查防火设施。\n\n{city}市科学技术局\n2022年3月1日\n"
        (desk / "文件" / f"{city}.txt").write_text(text, encoding="utf-8")
    policylib("init")
    policylib("add", "文件")
    asked = policylib("show", "关于开展春季防火检查的通知")
    assert (asked.exit_code, "请写明其一" in asked.stderr) == (1, True)
    (desk / "policylib.toml").write_text(
        'jurisdiction = "云岭省/云泽市"\nissuer = "云泽市科学技术局"\n', encoding="utf-8"
    )
    own = policylib("show", "关于开展春季防火检查的通知")
    assert (own.exit_code, "发文机关：云泽市科学技术局" in own.stdout) == (0, True)


RULED = """\
云泽市人民政府办公室关于做好公开工作的通知
云政办发〔2022〕7号

各区县人民政府：
根据《云泽市政务公开办法》（云政办发〔2021〕5号）及其实施细则，通知如下。

云泽市人民政府办公室
2022年5月6日
"""
DETAILS = """\
云泽市人民政府办公室关于印发《云泽市政务公开办法实施细则》的通知
云政办发〔2021〕8号

各区县人民政府：
现将《云泽市政务公开办法实施细则》印发给你们。

云泽市人民政府办公室
2021年6月6日
"""


def test_a_basis_that_is_not_named_is_told_to_be_inferred(office: Run, desk: Path) -> None:
    for name, text in {"通知.txt": RULED, "细则.txt": DETAILS}.items():
        (desk / "文件" / name).write_text(text, encoding="utf-8")
    office("add", "文件")
    notice, details = "云政办发〔2022〕7号", "云政办发〔2021〕8号"
    page = office("show", notice).stdout
    assert (
        "依据（推断）：《云泽市人民政府办公室关于印发〈云泽市政务公开办法实施细则〉的通知》（云政办发〔2021〕8号）"
        in page
    )
    assert "原文没有写它的名称，是推断的" in page
    assert page.count("推断") == 2, "the paper that is named is not inferred"
    assert "（推断）" in office("show", details).stdout
    relations = {row["relation"] for row in json.loads(office("links", notice, "--format", "json").stdout)}
    assert "依据（推断）" in relations
    office("graph", "-o", "图.html")
    assert "依据（推断）" in (desk / "图.html").read_text(encoding="utf-8")
    office("judge", notice, "--accept", "依据", details, "--who", "张三")
    assert "推断" not in office("show", notice).stdout


def test_only_the_papers_of_the_own_region(office: Run, desk: Path) -> None:
    head = "穗海市人民政府办公室关于加强值班工作的通知\n穗海政办发〔2020〕3号\n\n各区：\n请执行。\n\n"
    other = f"{head}穗海市人民政府办公室\n2020年5月6日\n"
    (desk / "文件" / "外地.txt").write_text(other, "utf-8")
    office("add", "文件")
    refused = office("list", "--own")
    assert (refused.exit_code, "请先在 policylib.toml 写明所在地区" in refused.stderr) == (2, True)
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', "utf-8")
    numbers = {row["文号"] for row in table(office("list", "--own").stdout)}
    assert {AWARD, MEASURES} <= numbers
    assert "穗海政办发〔2020〕3号" not in numbers
    assert "穗海政办发〔2020〕3号" in office("list").stdout


def test_of_papers_that_a_part_of_a_title_fits_the_one_of_that_name_comes_first(office: Run, desk: Path) -> None:
    longer = (
        "云泽市科学技术局关于延长《云泽市科技奖励办法》有效期的通知\n云科字〔2021〕9号\n\n各有关单位：\n"
        f"《云泽市科技奖励办法》（{AWARD}）的有效期延长至2026年12月31日。\n\n云泽市科学技术局\n2021年8月10日\n"
    )
    (desk / "文件" / "延.txt").write_text(longer, "utf-8")
    office("add", "文件")
    asked = office("show", "科技奖励").stderr
    assert 0 < asked.index(AWARD) < asked.index("云科字〔2021〕9号")


@pytest.mark.parametrize("command", ["show", "status", "links"])
def test_a_paper_is_found_by_the_name_of_its_file(office: Run, command: str) -> None:
    assert office(command, "科技奖励办法.txt").stdout == office(command, AWARD).stdout
    assert office(command, "无标题文件（科技奖励办法.txt）").stdout == office(command, AWARD).stdout


def test_two_files_of_one_name_are_asked_about(office: Run, desk: Path) -> None:
    (desk / "文件" / "旧").mkdir()
    (desk / "文件" / "旧" / "科技奖励办法.txt").write_text(
        "云泽市财政局关于做好决算工作的通知\n云财〔2018〕3号\n\n各科室：\n现通知如下。\n", encoding="utf-8"
    )
    office("add", "文件")
    asked = office("show", "科技奖励办法.txt")
    assert asked.exit_code != 0 and "云财〔2018〕3号" in asked.stderr and AWARD in asked.stderr


def test_a_full_name_asks_for_that_organ_alone(office: Run, desk: Path) -> None:
    (desk / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    (desk / "文件" / "政府.txt").write_text(
        "云泽市人民政府关于加强节水工作的意见\n云政发〔2018〕3号\n\n各区县人民政府：\n现提出以下意见。\n\n云泽市人民政府\n2018年3月1日\n",
        encoding="utf-8",
    )
    office("add", "文件")
    listed = office("list", "--issuer", "云泽市人民政府")
    assert "云政发〔2018〕3号" in listed.stdout and MEASURES not in listed.stdout
    assert "指：" not in listed.stderr and "policylib.toml" not in listed.stderr


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_the_list_is_saved_as_others_are(office: Run, desk: Path, suffix: str) -> None:
    saved = office("list", "-o", f"清单.{suffix}")
    assert (saved.exit_code, saved.stdout) == (0, "")
    assert f"已存入 清单.{suffix}" in saved.stderr
    assert (desk / f"清单.{suffix}").stat().st_size
    assert office("list", "--problems", "-o", f"疑点.{suffix}").exit_code == 2
