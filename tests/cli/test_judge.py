"""judge: from the remedy that `check` names to a library that obeys."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from policylib.library.correcting import FIELDS
from tests.yunze import AWARD, MEASURES, REPEAL

Run = Callable[..., Result]


def test_the_help_lists_what_may_be_set_in_one_place(office: Run) -> None:
    page = office("judge", "--help").stdout
    fields = page[page.index("可更正的项") : page.index("失效日期是文件自己")]
    for name in FIELDS.values():
        assert name in fields, name
    assert "“清理建议”" in page and "--from 清理建议.xlsx" in page
    assert "judge 那份文件 --exempt 经市政府同意 --rule CLN-10" in page


def test_a_drafter_is_set_shown_and_listed(office: Run) -> None:
    kept = office("judge", AWARD, "--set", "起草单位=云泽市财政局", "--who", "张三", "--why", "送审单载明")
    assert (kept.exit_code, "起草单位改为云泽市财政局" in kept.stdout) == (0, True)
    page = office("show", AWARD).stdout
    assert "起草单位：云泽市财政局（人工填报）" in page
    assert "人工意见（1）" in page
    assert "张三：起草单位改为云泽市财政局（送审单载明）" in page
    (row,) = csv.DictReader(io.StringIO(office("judge", "--list").stdout), delimiter="\t")
    assert (row["谁"], row["意见"], row["理由"]) == ("张三", "起草单位改为云泽市财政局", "送审单载明")
    assert json.loads(office("judge", REPEAL, "--list", "--format", "json").stdout) == []


@pytest.mark.parametrize("said", ["理由", "【理由】", "原因", "说明。", "……", "...", "XXX", "无", "同上"])
@pytest.mark.parametrize("rule", [(), ("--rule", "VAL-01")], ids=["interpretation", "a rule"])
def test_the_word_reason_of_a_hint_is_no_reason(office: Run, said: str, rule: tuple[str, ...]) -> None:
    refused = office("judge", AWARD, "--exempt", said, *rule, "--who", "张三")
    assert refused.exit_code == 2 and f"“{said}”不是理由，没有登记" in refused.stderr
    assert "请换成实际的理由，例如 --exempt 行业自律标准" in refused.stderr
    assert json.loads(office("judge", "--list", "--format", "json").stdout) == []


@pytest.mark.parametrize("said", ["说明书类，不是政策", "无须解读：内部管理", "X射线机的技术标准"])
def test_a_short_reason_is_one(office: Run, said: str) -> None:
    assert office("judge", AWARD, "--exempt", said).exit_code == 0


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("drafter=云泽市财政局", "起草单位：云泽市财政局"),
        ("起草单位＝云泽市财政局", "起草单位：云泽市财政局"),
        ("标题=奖励办法", "《奖励办法》"),
        ("成文日期=2019年6月11日", "成文日期：2019-06-11"),
        ("公布日期=2019-06-12", "公布日期：2019-06-12"),
        ("施行日期=2019-07-01", "施行日期：2019-07-01"),
        ("失效日期=2024-06-30", "有效期至：2024-06-30"),
        ("登记号=YZCR-2019-0010001", "登记号：YZCR-2019-0010001"),
        ("解读单位=云泽市财政局", "解读单位：云泽市财政局"),
        ("免予解读=内部办法", "免予解读：内部办法"),
    ],
)
def test_fields_by_their_chinese_names(office: Run, written: str, shown: str) -> None:
    assert office("judge", AWARD, "--set", written).exit_code == 0
    assert shown in office("show", AWARD).stdout


def test_an_exemption_is_obeyed_and_taken_back(office: Run) -> None:
    while_it_held = ("--rule", "INT-01", "--as-of", "2021-12-31")  # repealed since: nobody is asked to explain it
    office("judge", AWARD, "--set", "登记号=YZCR-2019-0010001")
    assert office("check", *while_it_held).exit_code == 1
    office("judge", AWARD, "--exempt", "行业自律标准", "--who", "张三")
    exempted = office("check", *while_it_held, "--all")
    assert (exempted.exit_code, "免予解读：行业自律标准（人工登记）" in exempted.stdout) == (0, True)
    office("judge", AWARD, "--exempt", "另有规定", "--rule", "INT-05")
    assert "不适用规则“解读晚于文件公开（INT-05）”：另有规定" in office("judge", "--list").stdout
    office("judge", AWARD, "--exempt", "同一机关", "--rule", "INT-02")
    assert "不适用规则“‘谁起草、谁解读’不一致（INT-02、INT-03、INT-04）”：同一机关" in office("judge", "--list").stdout
    assert office("judge", AWARD, "--exempt", "另有规定", "--rule", "没有").exit_code == 2
    office("judge", AWARD, "--exempt", "")
    assert office("check", *while_it_held).exit_code == 1
    assert office("check", "--rule", "INT-01").exit_code == 0


@pytest.mark.parametrize("names", [(REPEAL, AWARD), (AWARD, REPEAL)], ids=["who speaks", "who is spoken of"])
def test_a_relation_is_rejected_from_either_end_and_accepted_again(office: Run, names: tuple[str, str]) -> None:
    here, other = names
    assert office("judge", here, "--reject", "废止", other).exit_code == 0
    assert "废止" not in office("links", AWARD).stdout
    assert office("judge", here, "--accept", "repeals", other).exit_code == 0
    assert "经人工确认" in office("show", AWARD).stdout


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        pytest.param([AWARD], "请写明意见", 2, id="no word"),
        pytest.param(["--set", "标题=甲"], "哪份文件", 2, id="no work"),
        pytest.param([AWARD, "--set", "颜色=红"], "可更正的项", 2, id="no field"),
        pytest.param([AWARD, "--set", "起草单位"], "应写作 项=值", 2, id="no value"),
        pytest.param([AWARD, "--set", "有效期=5年"], "--set 有效期至=2029-06-30（也可以写“失效日期”）", 2, id="years"),
        pytest.param(
            [REPEAL, "--accept", "废止", AWARD, MEASURES], "--accept 废止 甲文件 --accept 废止 乙文件", 2, id="two"
        ),
        pytest.param([REPEAL, "--accept=", AWARD], "写 --undo 关系 对方", 2, id="an empty kind takes nothing back"),
        pytest.param([REPEAL, "--undo", "讨厌", AWARD], "没有“讨厌”这种关系", 2, id="undo of no kind"),
        pytest.param([AWARD, "--set", "成文日期=2024年3月"], "2024-03-01", 2, id="no day"),
        pytest.param([AWARD, "--reject", "讨厌", REPEAL], "没有“讨厌”这种关系", 2, id="no kind"),
        pytest.param([AWARD, "--reject", "依据", REPEAL], "没有这条关系", 2, id="no relation"),
        pytest.param([AWARD, "--reject", "废止", "木芙蓉"], "库中没有", 1, id="no other"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(office: Run, arguments: list[str], says: str, code: int) -> None:
    result = office("judge", *arguments)
    assert (result.exit_code, says in result.stderr, result.stdout) == (code, True, "")
    assert "还没有登记过意见" in office("judge", "--list").stderr


def test_a_repaired_number_is_confirmed(office: Run, desk: Path) -> None:
    (desk / "文件" / "见习.txt").write_text(
        "云泽市人力资源局关于见习的通知\n云人发〔201918号\n\n请认真执行。\n\n云泽市人力资源局\n2019年5月13日\n",
        encoding="utf-8",
    )
    office("add", "文件")
    number = "云人发〔2019〕18号"
    assert "待核实" in office("show", number).stdout
    assert "系修复所得" in office("check", "--rule", "NUM-05").stdout
    assert office("judge", number, "--set", f"文号={number}", "--who", "王五", "--why", "已查原件").exit_code == 0
    page = office("show", number).stdout
    assert "经人工确认" in page
    assert "待核实" not in page
    assert "系修复所得" not in office("check", "--rule", "NUM-05").stdout


def test_what_an_earlier_word_said_is_told_when_it_is_replaced(office: Run) -> None:
    first = office("judge", AWARD, "--exempt", "行业自律标准", "--who", "张三", "--why", "分管领导同意")
    assert "代替" not in first.stdout
    other_field = office("judge", AWARD, "--set", "起草单位=云泽市财政局")
    assert "代替" not in other_field.stdout
    second = office("judge", AWARD, "--exempt", "内容简单")
    assert "代替了原来登记的：" in second.stdout
    assert "张三：免予解读：行业自律标准（分管领导同意）" in second.stdout
    assert "没有写 --who" in second.stderr
    office("judge", AWARD, "--exempt", "")
    assert "代替" not in office("judge", AWARD, "--exempt", "内容相同").stdout


def test_a_changed_mind_on_a_relation_is_told(office: Run) -> None:
    office("judge", AWARD, "--reject", "废止", REPEAL, "--who", "李四")
    assert "李四：否定“废止”关系" in office("judge", AWARD, "--accept", "废止", REPEAL).stdout


def test_an_exemption_without_words_says_how_it_is_taken_back(office: Run) -> None:
    for arguments in (("--exempt",), ("--exempt", "--who", "张三"), ("--exempt", "--rule", "VAL-01")):
        result = office("judge", MEASURES, *arguments)
        assert (result.exit_code, '写 --exempt ""' in result.stderr) == (2, True)
    assert office("judge", "--list", "--format", "json").stdout.strip() == "[]"
    assert "免予解读：行业标准" in office("judge", MEASURES, "--exempt", "行业标准").stdout
    assert "撤回免予解读" in office("judge", MEASURES, "--exempt=").stdout
    assert "免予解读：行业标准" in office("judge", MEASURES, "--exempt", "行业标准").stdout
    assert "撤回免予解读" in office("judge", MEASURES, "--exempt", "").stdout


@pytest.mark.parametrize("written", ["市财政局", "财政局", "云泽市财政局", "市财政局、云泽市财政局"])
def test_a_short_name_is_kept_in_full(office: Run, written: str) -> None:
    kept = office("judge", AWARD, "--set", f"起草单位={written}")
    assert "云泽市财政局\n" in kept.stdout
    assert "起草单位：云泽市财政局（人工填报）" in office("show", AWARD).stdout


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("发改委", "云泽市发展和改革委员会"),
        ("发展改革委", "云泽市发展和改革委员会"),
        ("卫健委", "云泽市卫生健康委员会"),
        ("国资委", "云泽市人民政府国有资产监督管理委员会"),
        ("民委", "云泽市民族事务委员会"),
        ("纪委", "中共云泽市纪律检查委员会"),
        ("税务局", "国家税务总局云泽市税务局"),
        ("国家发展改革委", "国家发展和改革委员会"),
        ("科技部", "科学技术部"),
    ],
)
@pytest.mark.parametrize("listed", [False, True], ids=["said", "in a list"])
def test_a_short_name_said_of_a_city_paper_means_the_organ_of_that_city(
    office: Run, tmp_path: Path, written: str, meant: str, listed: bool
) -> None:
    (tmp_path / "单位.csv").write_text(f"文号,起草单位\n{AWARD},{written}\n", encoding="utf-8")
    kept = office("judge", *(("--from", "单位.csv") if listed else (AWARD, "--set", f"起草单位={written}")))
    assert kept.exit_code == 0, kept.stderr
    assert f"起草单位：{meant}（人工填报）" in office("show", AWARD).stdout


ORGANS_OF_THE_CITY = """\
name,kind,target,since,region,source,note
云岭省,region,云岭省,,,本库编制,
云泽市,region,云岭省/云泽市,,,本库编制,
云泽市民政局,organ,,,云岭省/云泽市,本库编制,
市民政局,alias,云泽市民政局,,云岭省/云泽市,本库编制,
市审计局,alias,云泽市审计局,,云岭省/云泽市,本库编制,
发改委,alias,云泽市发展和改革委员会,,云岭省/云泽市,本库编制,
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("市民政局", "云泽市民政局"),
        ("市民政局办公室", "云泽市民政局办公室"),
        ("市审计局", "云泽市审计局"),
        ("发改委", "云泽市发展和改革委员会"),
    ],
)
@pytest.mark.parametrize("listed", [False, True], ids=["said", "in a list"])
def test_a_short_name_of_the_offices_own_table_is_taken_as_the_table_says(
    office: Run, desk: Path, written: str, meant: str, listed: bool
) -> None:
    (desk / "tables").mkdir()
    (desk / "tables" / "organs.csv").write_text(ORGANS_OF_THE_CITY, encoding="utf-8")
    (desk / "单位.csv").write_text(f"文号,起草单位\n{AWARD},{written}\n", encoding="utf-8")
    kept = office("judge", *(("--from", "单位.csv") if listed else (AWARD, "--set", f"起草单位={written}")))
    assert kept.exit_code == 0, kept.stderr
    assert f"起草单位：{meant}（人工填报）" in office("show", AWARD).stdout


@pytest.mark.parametrize("written", ["社科院", "人民银行"])
def test_a_name_that_may_be_the_states_or_the_citys_is_asked_about(office: Run, written: str) -> None:
    asked = office("judge", AWARD, "--set", f"起草单位={written}", "--new")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert f"“{written}”是中国" in asked.stderr and "还是本地的单位？看不出来，没有登记，请写全称" in asked.stderr


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("市财证局", "云泽市财政局"),
        ("云泽市科学技木局", "云泽市科学技术局"),
        ("市司发局", "云泽市司法局"),
        ("云泽市财局政", "云泽市财政局"),
        ("市司法局，市教育居", "云泽市教育局"),
        ("云译市科学技术局", "云泽市科学技术局"),
        ("市场监官局", "云泽市市场监督管理局"),
        ("市住健局", "云泽市住房和城乡建设局”还是“云泽市卫生健康局"),
    ],
)
@pytest.mark.parametrize("field", ["起草单位", "解读单位"])
def test_a_misspelt_organ_is_asked_about_and_not_kept(office: Run, written: str, meant: str, field: str) -> None:
    asked = office("judge", AWARD, "--set", f"{field}={written}")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert f"不认得“{written.rpartition('，')[2]}”，是不是“{meant}”？" in asked.stderr
    assert "还没有登记过意见" in office("judge", "--list").stderr


def test_a_really_new_organ_is_insisted_upon_and_then_known(office: Run) -> None:
    assert office("judge", AWARD, "--set", "起草单位=市财证局", "--new").exit_code == 0
    assert "起草单位：云泽市财证局（人工填报）" in office("show", AWARD).stdout
    assert office("judge", MEASURES, "--set", "起草单位=市财证局").exit_code == 0


@pytest.mark.parametrize(
    "organ", ["市体育局", "市大数据局", "市水利局", "市供销社", "中共云泽市委办公室", "市委宣传部", "市住建局"]
)
def test_an_organ_that_is_no_slip_is_not_asked_about(office: Run, organ: str) -> None:
    assert office("judge", AWARD, "--set", f"起草单位={organ}").exit_code == 0


@pytest.mark.parametrize("organ", ["市邮证管理局", "市投资促进服务中心", "云泽第一中学"])
def test_an_organ_that_neither_tables_nor_library_know_is_insisted_upon(office: Run, organ: str) -> None:
    asked = office("judge", AWARD, "--set", f"起草单位={organ}")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert f"不认得“{organ}”" in asked.stderr and "加上 --new" in asked.stderr
    assert office("judge", AWARD, "--set", f"起草单位={organ}", "--new").exit_code == 0
    assert office("judge", MEASURES, "--set", f"起草单位={organ}").exit_code == 0, "it is known by now"


@pytest.mark.parametrize("words", ["不详", "张三", "有关部门", "责任单位", "市教育居"])
@pytest.mark.parametrize("insists", [(), ("--new",)], ids=["plain", "new"])
def test_what_ends_like_no_organ_is_none_whoever_insists(office: Run, words: str, insists: tuple[str, ...]) -> None:
    refused = office("judge", AWARD, "--set", f"解读单位={words}", *insists)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"“{words}”" in refused.stderr and "请空着" in refused.stderr and "--new" not in refused.stderr
    assert "还没有登记过意见" in office("judge", "--list").stderr


def test_a_list_with_a_misspelt_organ_keeps_its_other_rows(office: Run, desk: Path) -> None:
    rows = f"文号,起草单位\n{AWARD},市财证局\n{MEASURES},市司法局\n"
    (desk / "补.csv").write_text(rows, encoding="utf-8-sig")
    read = office("judge", "--from", "补.csv", "--who", "张三")
    assert (read.exit_code, "云泽市司法局" in read.stdout) == (1, True)
    assert "第 2 行没有登记：不认得“市财证局”，是不是“云泽市财政局”？" in read.stderr
    assert "财证局" not in office("judge", "--list").stdout
    assert office("judge", "--from", "补.csv", "--who", "张三", "--new").exit_code == 0
    assert "云泽市财证局" in office("judge", "--list").stdout


@pytest.mark.parametrize(
    ("withdrawal", "what"),
    [
        (("--exempt", ""), "免予解读"),
        (("--set", "起草单位="), "起草单位"),
        (("--set", "失效日期="), "失效日期"),
        (("--set", "文号="), "对文号的确认"),
        (("--exempt", "", "--rule", "VAL-01"), "不适用规则“没有规定有效期（VAL-01）”"),
    ],
)
def test_what_was_never_said_cannot_be_taken_back(office: Run, withdrawal: tuple[str, ...], what: str) -> None:
    told = office("judge", AWARD, *withdrawal, "--who", "张三")
    assert (told.exit_code, f"没有登记过{what}，不必撤回" in told.stdout, "已登记" in told.stdout) == (0, True, False)
    assert "还没有登记过意见" in office("judge", "--list").stderr


def test_what_is_said_again_changes_nothing(office: Run) -> None:
    def listed() -> list[dict[str, str]]:
        return json.loads(office("judge", "--list", "--format", "json").stdout)

    said = ("judge", AWARD, "--exempt", "行业自律标准")
    office(*said, "--who", "张三", "--why", "分管领导同意")
    once = listed()
    for again in (said, (*said, "--who", "张三"), (*said, "--who", "张三", "--why", "分管领导同意")):
        told = office(*again)
        assert told.stdout.startswith("未变 ")
        assert "（张三 " in told.stdout and "登记（分管领导同意）" in told.stdout
        assert "没有写 --who" not in told.stderr
        assert listed() == once
    assert office(*said, "--who", "李四").stdout.startswith("已登记")
    assert len(listed()) == 2


def test_a_relation_that_is_confirmed_again_changes_nothing(office: Run) -> None:
    for _ in range(2):
        told = office("judge", REPEAL, "--accept", "废止", AWARD, "--who", "张三")
    assert told.stdout.startswith("未变 ")
    assert len(json.loads(office("judge", "--list", "--format", "json").stdout)) == 1


def test_a_class_of_rules_is_no_exemption(office: Run) -> None:
    office("judge", AWARD, "--exempt", "另有规定", "--rule", "INT-02", "--who", "张三")
    for reason in ("内部办法", ""):
        asked = office("judge", AWARD, "--exempt", reason, "--rule", "解读")
        assert (asked.exit_code, asked.stdout) == (2, "")
        assert "“解读”是一类规则" in asked.stderr and "INT-01" in asked.stderr and "INT-05" in asked.stderr
    (row,) = json.loads(office("judge", "--list", "--format", "json").stdout)
    assert "另有规定" in row["says"]
    both = office("judge", AWARD, "--exempt", "内部办法", "--rule", "INT-01", "--rule", "INT-05", "--who", "张三")
    assert both.stdout.count("已登记") == 2


def test_what_was_not_known_is_told_as_registered_and_not_as_changed(office: Run) -> None:
    number = ("judge", AWARD, "--set")
    assert "：登记号登记为YZCR-2019-0010001" in office(*number, "登记号=YZCR-2019-0010001").stdout
    assert "：登记号改为YZCR-2019-0010002" in office(*number, "登记号=YZCR-2019-0010002").stdout
    assert "：标题改为奖励办法" in office(*number, "标题=奖励办法").stdout
    said = [row["says"] for row in json.loads(office("judge", "--list", "--format", "json").stdout)]
    assert said == ["登记号登记为YZCR-2019-0010001", "登记号改为YZCR-2019-0010002", "标题改为奖励办法"]


def test_what_holds_now_is_told_from_what_was_replaced_and_taken_back(office: Run) -> None:
    office("judge", AWARD, "--set", "起草单位=云泽市财政局", "--who", "张三")
    office("judge", AWARD, "--exempt", "内部办法，不单独解读", "--who", "张三")
    office("judge", AWARD, "--exempt", "", "--who", "李四")
    office("judge", AWARD, "--set", "起草单位=云泽市科学技术局", "--who", "李四")
    rows = list(csv.DictReader(io.StringIO(office("judge", "--list").stdout), delimiter="\t"))
    assert [(row["现状"], row["意见"]) for row in rows] == [
        ("有效", "起草单位改为云泽市科学技术局"),
        ("已被替代", "起草单位改为云泽市财政局"),
        ("已撤回", "免予解读：内部办法，不单独解读"),
        ("撤回", "撤回免予解读"),
    ]
    by_time = json.loads(office("judge", AWARD, "--list", "--format", "json").stdout)
    assert [row["standing"] for row in by_time] == ["已被替代", "已撤回", "撤回", "有效"]
    page = office("show", AWARD).stdout.partition("人工意见（4）\n")[2].splitlines()
    assert page[0].endswith("李四：起草单位改为云泽市科学技术局") and "【" not in page[0]
    assert [line.partition("】")[0] for line in page[1:4]] == ["  【已被替代", "  【已撤回", "  【撤回"]


def test_a_verdict_that_was_undone_is_marked(office: Run) -> None:
    office("judge", REPEAL, "--reject", "废止", AWARD, "--who", "张三")
    office("judge", REPEAL, "--undo", "废止", AWARD, "--who", "张三")
    rows = list(csv.DictReader(io.StringIO(office("judge", "--list").stdout), delimiter="\t"))
    assert [row["现状"] for row in rows] == ["已撤回", "撤回"]


def test_what_is_registered_today_was_not_known_then_and_is_listed(office: Run) -> None:
    office("judge", AWARD, "--set", "失效日期=2020-12-31", "--who", "张三")
    today = office("status", AWARD, "--as-of", "2021-12-31").stdout
    assert "效力：失效（有效期届满）（2021-01-01 起）" in today and "没有算" not in today
    then = office("status", AWARD, "--as-of", "2021-12-31", "--known", "2021-12-31").stdout
    assert "效力：有效" in then
    told = then.partition("2021-12-31 以后才登记的人工意见，那时还不知道，没有算：\n")[2]
    assert "张三：失效日期登记为2020-12-31" in told


def test_that_nobody_is_recorded_is_told_first(office: Run) -> None:
    told = office("judge", AWARD, "--set", "标题=奖励办法")
    assert told.output.index("没有写 --who") < told.output.index("已登记")
    assert "没有写 --who" not in office("judge", AWARD, "--set", "标题=奖励办法", "--who", "张三").output
