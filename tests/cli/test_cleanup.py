"""cleanup: a cleanup result against the library, and proposals for the next one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from tests.cli.listing import table
from tests.yunze import MEASURES, SWEEPING

Run = Callable[..., Result]

LIST = """\
云泽市科学技术局关于公布规范性文件清理结果的通知
云科字〔2023〕8号

各有关单位：
我局对规范性文件进行了清理，废止2件，继续有效1件，现予公布。

云泽市科学技术局
2023年6月20日

附件1
废止的规范性文件目录
1.《云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知》（云科字〔2019〕12号）
2.《云泽市科技平台办法》（云科字〔2015〕3号）
附件2
继续有效的规范性文件目录
1.《云泽市政务公开办法》（云科字〔2019〕12号）
"""
WORK_PLAN = """\
云泽市科学技术局关于印发《云泽市2019年科技工作要点》的通知
云科字〔2019〕2号

各有关单位：
现将《云泽市2019年科技工作要点》印发给你们。

云泽市科学技术局
2019年1月10日
"""


@pytest.fixture
def cleaned(office: Run, desk: Path) -> Run:
    (desk / "清理.txt").write_text(LIST, encoding="utf-8")
    return office


def test_each_row_is_matched_or_asked(cleaned: Run) -> None:
    result = cleaned("cleanup", "import", "清理.txt")
    assert result.exit_code == 0
    assert "共 3 行：废止 2，继续有效 1" in result.stdout
    assert "核对：对上 1，本库没有原文 1，待核实 1" in result.stdout
    assert (
        "附件2（继续有效的规范性文件目录）第1行 [待核实] 继续有效《云泽市政务公开办法》（云科字〔2019〕12号）"
        in result.stdout
    )
    assert (
        "可能是：《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）" in result.stdout
    )
    assert "附件1（废止的规范性文件目录）第2行 废止《云泽市科技平台办法》（云科字〔2015〕3号）" in result.stdout
    assert "清理目录的一行对不上文件（CLN-03）" in result.stdout


def test_a_catch_all_is_told_on_the_first_screen_and_flagged(office: Run, desk: Path) -> None:
    flag = "可能因《云泽市人民政府办公室关于公布规范性文件清理结果的通知》（云政办发〔2023〕8号）的兜底条款失效，待确认"
    brief = "可能因云政办发〔2023〕8号的兜底条款失效，待确认"  # in a list, where every row would say it all
    sentence = "凡未列入继续有效目录的规范性文件，一律废止"
    assert flag not in office("show", MEASURES, "--as-of", "2024-12-31").stdout
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    lines = office("cleanup", "import", "兜底.txt").stdout.splitlines()
    assert lines[3:6] == [
        f"  兜底条款：“{sentence}”",
        "    本库有 1 件在清理范围内而未列入，可能因此失效，请逐件确认；"
        "确已失效的，写 policylib judge 云政办发〔2023〕8号 --accept 废止 那份文件：",
        "    《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）",
    ]
    how = "policylib judge {} --exempt 理由 --rule CLN-12；逐件的证据和办法，见 policylib check --rule CLN-12 --all"
    assert lines[6].endswith(how.format("那份文件"))
    ended = f"确已废止的，写 policylib judge 云政办发〔2023〕8号 --accept 废止 {MEASURES}；仍有效的，写 "
    assert ended + how.format(MEASURES) in office("status", MEASURES, "--as-of", "2024-12-31").stdout
    assert "--exempt" not in office("status", MEASURES, "--as-of", "2023-06-19").stdout
    for command in ("show", "status"):
        shown = office(command, MEASURES, "--as-of", "2024-12-31").stdout
        assert f"提示：{flag}：“{sentence}”" in shown
        assert "效力：有效（2021-04-01 起" in shown  # the state stays
        assert flag in office(command, MEASURES, "--as-of", "2024-12-31", "--format", "json").stdout
    listed = json.loads(office("list", "--as-of", "2024-12-31", "--format", "json").stdout)
    assert {row["number"]: row["flags"] for row in listed if row["flags"]} == {MEASURES: [brief]}
    rows = table(office("list", "--as-of", "2024-12-31").stdout)
    assert [row["提示"] for row in rows if row["文号"] == MEASURES] == [brief]
    assert brief not in office("list", "--as-of", "2023-06-19").stdout
    assert flag not in office("status", MEASURES, "--as-of", "2023-06-19").stdout
    assert flag not in office("status", MEASURES, "--as-of", "2024-12-31", "--known", "2023-01-01").stdout
    office("judge", MEASURES, "--exempt", "仍在执行", "--rule", "CLN-12")
    assert flag not in office("status", MEASURES, "--as-of", "2024-12-31").stdout


def test_the_doubt_of_a_catch_all_stands_where_decisions_are_made(office: Run, desk: Path) -> None:
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    office("add", "兜底.txt")
    day = ("--as-of", "2024-12-31")
    brief = "（可能因云政办发〔2023〕8号的兜底条款失效，待确认）"
    [row] = [row for row in table(office("search", "政务公开", *day).stdout) if row["文号"] == MEASURES]
    assert row["效力"].startswith("有效") and row["效力"].endswith(brief)
    assert f"{brief}\n" in office("impact", MEASURES, *day).stdout
    draft = (
        "云泽市科学技术局关于公开工作的通知\n云科字〔2024〕9号\n\n各有关单位：\n{}\n\n云泽市科学技术局\n2024年9月2日\n"
    )
    named = f"《云泽市政务公开办法》（{MEASURES}）"
    (desk / "据.txt").write_text(draft.format(f"根据{named}，现通知如下。"), encoding="utf-8")
    (desk / "提.txt").write_text(draft.format(f"会上学习了{named}。"), encoding="utf-8")
    rests = office("check", "据.txt", "--all", *day).stdout
    assert "[待核对] 不能判断" in rests and "的兜底条款失效，待确认" in rests and "一律废止】" in rests
    mentions = office("check", "提.txt", "--all", *day).stdout
    assert "[符合] 本库有" in mentions and "，有效（可能因" in mentions
    office("judge", MEASURES, "--exempt", "仍在执行", "--rule", "CLN-12")
    for command in (("search", "政务公开"), ("impact", MEASURES), ("check", "据.txt", "--all")):
        assert "兜底条款" not in office(*command, *day).stdout


def test_what_is_dead_by_now_is_not_asked_about_and_the_history_says_the_same(office: Run, desk: Path) -> None:
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    archives = (
        "云泽市人民政府办公室关于加强档案工作的通知\n云政办发〔2020〕9号\n\n各区县人民政府：\n请认真做好档案工作。\n\n"
    )
    (desk / "档案.txt").write_text(f"{archives}云泽市人民政府办公室\n2020年5月6日\n", encoding="utf-8")
    office("add", "兜底.txt", "档案.txt")
    brief, living = "可能因云政办发〔2023〕8号的兜底条款失效，待确认", "云政办发〔2020〕9号"

    def flagged(day: str) -> set[str]:
        rows = json.loads(office("list", "--as-of", day, "--format", "json").stdout)
        return {row["number"] for row in rows if brief in row["flags"]}

    assert flagged("2024-12-31") == {MEASURES, living}
    assert flagged("2026-12-31") == {living}, "its term ran out on 2026-03-31"
    assert "兜底条款" not in office("show", MEASURES, "--as-of", "2026-12-31").stdout
    status = office("status", MEASURES, "--as-of", "2026-12-31").stdout
    assert "此前可能已因" in status and "没有因此失效的，写" in status, "on its day what stands on its page hangs"
    before = "此前可能已因云政办发〔2023〕8号的兜底条款失效，待确认"
    rows = json.loads(office("list", "--status", "失效", "--as-of", "2026-12-31", "--format", "json").stdout)
    assert [before in row["flags"] for row in rows if row["number"] == MEASURES] == [True]
    assert "此前可能已因兜底条款失效，待确认" in office("timeline", MEASURES).stdout
    (event,) = [
        row for row in json.loads(office("timeline", living, "--format", "json").stdout) if "兜底" in row["event"]
    ]
    assert (event["day"], event["event"]) == ("2023-06-20", "可能因兜底条款失效，待确认")
    assert "一律废止" in event["quote"]
    office("judge", living, "--exempt", "仍在执行", "--rule", "CLN-12")
    assert "可能因兜底条款失效" not in office("timeline", living).stdout


def test_importing_twice_changes_nothing(cleaned: Run) -> None:
    first = cleaned("cleanup", "import", "清理.txt", "--format", "json")
    listed = cleaned("list", "--all", "--format", "json")
    assert cleaned("cleanup", "import", "清理.txt", "--format", "json").stdout == first.stdout
    assert cleaned("list", "--all", "--format", "json").stdout == listed.stdout
    rows = json.loads(first.stdout)
    assert [(row["outcome"], row["match"]) for row in rows] == [
        ("废止", "对上"), ("废止", "本库没有原文"), ("继续有效", "待核实"),
    ]  # fmt: skip
    assert all(row["quote"] in LIST for row in rows)


def test_rows_as_a_table(cleaned: Run, desk: Path) -> None:
    cleaned("cleanup", "import", "清理.txt", "-o", "核对.csv")
    table = (desk / "核对.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("序号,清理结论,文件名称,文号,核对")
    assert len(table) == 4
    assert table[3].startswith("附件2（继续有效的规范性文件目录）第1行,")


def test_what_is_stored_is_not_printed_again(cleaned: Run, desk: Path) -> None:
    stored = cleaned("cleanup", "import", "清理.txt", "-o", "核对.xlsx")
    assert "核对：对上 1，本库没有原文 1，待核实 1" in stored.stdout.splitlines()[-1]
    assert ("原文：" in stored.stdout, "已存入 核对.xlsx" in stored.stderr) == (False, True)
    nothing = cleaned("cleanup", "import", "文件/科技奖励办法.txt", "-o", "空.csv")
    assert ("没有读到清理目录" in nothing.stderr, (desk / "空.csv").exists()) == (True, False)


@pytest.mark.parametrize("command", [("cleanup", "plan"), ("cleanup", "import"), ("check",), ("tasks",), ("drafters",)])
def test_the_help_names_each_kind_of_table(office: Run, command: tuple[str, ...]) -> None:
    page = office(*command, "--help").stdout
    assert all(suffix in page for suffix in (".csv", ".xlsx", ".json"))


def test_a_file_that_lists_nothing_says_so(office: Run) -> None:
    result = office("cleanup", "import", "文件/科技奖励办法.txt")
    assert (result.exit_code, "没有读到清理目录" in result.stderr) == (1, True)


def test_an_import_begins_with_the_list_and_not_with_what_was_read(cleaned: Run) -> None:
    for _ in range(2):
        result = cleaned("cleanup", "import", "清理.txt")
        assert result.output.startswith("《云泽市科学技术局关于公布规范性文件清理结果的通知》（云科字〔2023〕8号）\n")
        assert not any(word in result.output for word in ("没有变化", "未变", "新增"))


def test_a_file_that_cannot_be_read(office: Run, desk: Path) -> None:
    (desk / "坏.docx").write_bytes(b"PK\x03\x04 no more")
    assert office("cleanup", "import", "坏.docx").exit_code == 3


def test_proposals_say_why_and_change_nothing(office: Run, desk: Path) -> None:
    (desk / "要点.txt").write_text(WORK_PLAN, encoding="utf-8")
    office("add", "要点.txt")
    before = office("list", "--all", "--format", "json").stdout
    result = office("cleanup", "plan", "--as-of", "2026-12-31")
    stored = office("cleanup", "plan", "--as-of", "2026-12-31", "-o", "建议.json")
    assert (stored.stdout, "已存入 建议.json" in stored.stderr, "宣布失效 2" in stored.stderr) == ("", True, True)
    assert (
        "[宣布失效] 《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）"
        in result.stdout
    )
    assert "理由：有效期已于2026-03-31届满" in result.stdout
    assert "理由：标题所说的2019年已过，任务或适用期已满" in result.stdout
    assert office("list", "--all", "--format", "json").stdout == before
    rows = json.loads((desk / "建议.json").read_text(encoding="utf-8"))
    assert [row["outcome"] for row in rows] == ["宣布失效", "宣布失效"]
    assert all(row["decision"] is None for row in rows)


def test_a_repealed_paper_is_not_proposed(office: Run) -> None:
    rows = json.loads(office("cleanup", "plan", "--as-of", "2024-12-31", "--format", "json").stdout)
    assert [row["number"] for row in rows] == ["云政办发〔2021〕5号"]
    assert [row["outcome"] for row in rows] == ["继续有效"]


def test_the_workbook_for_the_meeting_offers_the_decisions_fits_a_page_and_comes_back(office: Run, desk: Path) -> None:
    office("cleanup", "plan", "--as-of", "2024-12-31", "--all", "-o", "建议.xlsx")
    book = openpyxl.load_workbook(desk / "建议.xlsx")
    sheet = book.active
    place = {cell.value: cell.column_letter for cell in sheet[1]}
    [offered] = sheet.data_validations.dataValidation
    assert str(offered.sqref) == f"{place['会议决定']}2"
    assert offered.formula1 == '"同意,继续有效,延长有效期,修改,废止,宣布失效,待议"'
    assert not offered.showErrorMessage, "废止，另行制定 is a decision too"
    columns = sheet.column_dimensions
    assert columns[place["成文日期"]].width <= 12 and columns[place["会议决定"]].width >= 16
    assert columns[place["编号"]].hidden and place["编号"] == sheet[1][-1].column_letter
    assert sum(columns[one].width for one in place.values() if not columns[one].hidden) <= 230, "7 points on A4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth == 1
    sheet[f"{place['会议决定']}2"] = "废止，另行制定"
    sheet[f"{place['文号']}2"] = sheet[f"{place['文件名称']}2"] = None  # then what is hidden tells which paper it is
    book.save(desk / "建议.xlsx")
    assert "会议决定：废止" in office("judge", "--from", "建议.xlsx", "--who", "张三").stdout


def test_the_table_goes_to_the_meeting_and_comes_back(office: Run, desk: Path) -> None:
    asked = ("cleanup", "plan", "--as-of", "2024-12-31", "--all")
    assert office(*asked, "-o", "建议.csv").exit_code == 0
    with (desk / "建议.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    rows[0][head.index("会议决定")] = "同意，继续执行到期满"
    with (desk / "建议.csv").open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    result = office("judge", "--from", "建议.csv", "--who", "张三")
    assert "会议决定：继续有效" in result.stdout
    assert "没有读" not in result.stdout + result.stderr
    again = office(*asked)
    assert "此前会议决定：继续有效（" in again.stdout
    assert "张三，清单 建议.csv 第2行：同意，继续执行到期满）" in again.stdout
    since = "；其中 1 件是 2024-12-31 以后登记的，那一天还没有"
    assert f"会议已决定 1 件：继续有效 1；决定要印发文件才生效{since}\n" in again.stderr
    now = office("cleanup", "plan", "--as-of", "2099-12-31").stderr
    assert "会议已决定 1 件：继续有效 1；决定要印发文件才生效\n" in now


def test_decisions_are_counted_in_one_order(office: Run, desk: Path) -> None:
    plans(office, desk)
    rows = json.loads(office(*ASKED, "--format", "json").stdout)
    for row, decided in zip(rows, ("待议", "继续有效", "废止"), strict=True):
        office("judge", row["number"], "--set", f"会议决定={decided}")
    assert "会议已决定 3 件：废止 1，继续有效 1，待议 1；" in office(*ASKED).stderr


def test_the_words_of_a_plan_stand_below_the_reason_that_they_prove(office: Run, desk: Path) -> None:
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    office("add", "兜底.txt")
    shown = office("cleanup", "plan", "--as-of", "2026-12-31").stdout.splitlines()
    start = next(place for place, line in enumerate(shown) if "理由：有效期已于2026-03-31届满" in line)
    assert "有效期5年" in shown[start + 1] and shown[start + 1].startswith("     原文：")
    assert shown[start + 2].startswith("   另外：未列入")
    assert "一律废止" in shown[start + 3] and shown[start + 3].startswith("     原文：")


def test_a_plan_says_whose_papers_of_which_days_it_asks_about(office: Run, desk: Path) -> None:
    how = "；要改，在 policylib.toml 的 [cleanup] 下写 issuers（机关）、until（截止日期）\n"
    assert f"范围：库里的全部机关，成文日期不限{how}" in office(*ASKED).stderr
    place = 'jurisdiction = "云岭省/云泽市"\n'
    (desk / "policylib.toml").write_text(place, encoding="utf-8")
    assert f"范围：云泽市的机关（含所辖的），成文日期不限{how}" in office(*ASKED).stderr
    whose = '[cleanup]\nissuers = ["云泽市人民政府办公室"]\nuntil = 2023-12-31\n'
    (desk / "policylib.toml").write_text(place + whose, encoding="utf-8")
    assert f"范围：云泽市人民政府办公室，成文不晚于 2023-12-31{how}" in office(*ASKED).stderr


def test_a_decision_and_a_judgement_that_contradict_each_other_are_told(office: Run, desk: Path) -> None:
    """The meeting keeps the paper; the bureau says that the catch-all ended it."""
    (desk / "兜底.txt").write_text(SWEEPING, encoding="utf-8")
    office("add", "兜底.txt")
    office("judge", MEASURES, "--set", "会议决定=继续有效", "--who", "李四")
    ended = office("judge", "云政办发〔2023〕8号", "--accept", "废止", MEASURES, "--who", "张三")
    assert "请注意：" in ended.stdout and "会议决定“继续有效（" in ended.stdout and "矛盾，请核对" in ended.stdout
    plan = office("cleanup", "plan").stderr
    assert "不再列入的 1 件：" in plan and f"（{MEASURES}）（废止（" in plan and "会议决定：继续有效（" in plan
    again = office("judge", MEASURES, "--set", "会议决定=继续有效", "--who", "王五")
    assert "矛盾，请核对" in again.stdout, "the other way round"
    office("judge", MEASURES, "--set", "会议决定=废止", "--who", "王五")
    assert "矛盾" not in office("cleanup", "plan").stderr


def test_to_keep_a_paper_whose_term_is_over_takes_an_extension(office: Run, desk: Path) -> None:
    (desk / "建议.csv").write_text(f"文号,会议决定\n{MEASURES},继续有效\n", encoding="utf-8")
    for words in (("--from", "建议.csv"), (MEASURES, "--set", "会议决定=继续有效")):
        told = office("judge", *words, "--who", "张三").stdout
        assert "有效期已于 2026-03-31 届满：要继续执行，须延长有效期或者重新公布" in told
        office("judge", MEASURES, "--set", "会议决定=")
    office("judge", MEASURES, "--set", "会议决定=继续有效")
    assert "请注意：会议决定“继续有效”，而它的有效期" in office("cleanup", "plan", "--as-of", "2026-12-31").stdout


def test_what_is_to_be_noticed_of_a_list_comes_last_each_with_its_row(office: Run, desk: Path) -> None:
    rows = f"文号,会议决定\n云科字〔1999〕1号,废止\n{MEASURES},继续有效\n"
    (desk / "建议.csv").write_text(rows, encoding="utf-8")
    told = office("judge", "--from", "建议.csv", "--who", "张三")
    lines = [line.strip().partition("：")[0] for line in told.output.splitlines()]
    assert [line for line in lines if "没有登记" in line or "请注意" in line] == [
        "第 2 行没有登记", "请注意（清单 建议.csv 第3行）",
    ]  # fmt: skip


def test_help_of_the_group(office: Run) -> None:
    assert "import" in office("cleanup").stdout
    assert "是不是要用 import" in office("cleanup", "imprt").stderr


ASKED = ("cleanup", "plan", "--as-of", "2025-06-30")


def plans(office: Run, desk: Path) -> Run:
    """An office with papers that are to end and papers that stay."""
    for name, text in {"要点.txt": WORK_PLAN, "人才.txt": WORK_PLAN.replace("2019年科技工作要点", "人才办法")}.items():
        (desk / name).write_text(text.replace("〔2019〕2号", f"〔2019〕{len(name + text)}号"), encoding="utf-8")
        office("add", name)
    return office


def test_what_is_to_be_done_stands_first_and_what_is_left_out_is_counted(office: Run, desk: Path) -> None:
    plans(office, desk)
    rows = json.loads(office(*ASKED, "--format", "json").stdout)
    assert [row["outcome"] for row in rows] == ["宣布失效", "继续有效", "继续有效"]
    assert [row["place"] for row in rows] == [1, 2, 3]
    listed = office(*ASKED)
    left = 3 - sum(line[:1].isdigit() for line in listed.stdout.splitlines())
    assert left
    assert listed.stderr.endswith(f"另有 {left} 件继续有效，用 --all 列出\n")
    assert "另有" not in office(*ASKED, "--all").stderr
    assert "另有" not in office(*ASKED, "-o", "建议.csv").stderr


def test_a_presumed_drafter_goes_into_the_table_and_is_no_word_of_anybody_when_it_comes_back(
    office: Run, desk: Path
) -> None:
    plans(office, desk)
    office(*ASKED, "-o", "建议.csv")
    with (desk / "建议.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    place = head.index("起草单位")
    assert [row[place] for row in rows if row[2].startswith("云科字")] == ["云泽市科学技术局（推定）"] * 2
    assert office("judge", "--from", "建议.csv", "--who", "张三").stderr == "空白 3 行\n"
    assert office(*ASKED, "-o", "建议.csv").exit_code == 0  # nobody has filled in anything
    mine = next(row for row in rows if row[2].startswith("云科字"))
    mine[place] = "云泽市科学技术局"
    with (desk / "建议.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, mine])
    assert "起草单位改为云泽市科学技术局" in office("judge", "--from", "建议.csv", "--who", "张三").stdout
    assert "起草单位：云泽市科学技术局（人工填报）" in office("show", mine[2]).stdout


def test_errors_of_an_import_stand_before_warnings(office: Run, desk: Path) -> None:
    twice = "2.《云泽市科技奖励办法》（云科字〔2019〕12号）\n3.《云泽市科技平台"
    doubled = LIST.replace("废止2件", "废止4件").replace("2.《云泽市科技平台", twice)
    (desk / "清理.txt").write_text(doubled, encoding="utf-8")
    lines = office("cleanup", "import", "清理.txt").stdout.splitlines()
    words = [line.partition("[")[2].partition("]")[0] for line in lines if line.strip()[:2] in ("1.", "2.", "3.", "4.")]
    assert len(set(words)) > 1
    assert words == sorted(words, key=["错误", "提醒", "说明"].index)


def test_what_check_finds_stands_on_the_screen_and_in_its_row_of_the_table(office: Run, desk: Path) -> None:
    wrong = LIST.replace("废止2件", "废止4件")
    (desk / "清理.txt").write_text(wrong, encoding="utf-8")
    plain = office("cleanup", "import", "清理.txt").stdout
    stored = office("cleanup", "import", "清理.txt", "-o", "核对.csv")
    assert stored.exit_code == 0
    lines = [line.strip() for line in stored.stderr.splitlines()]
    (head,) = [line for line in lines if "检查出" in line and "个问题" in line]
    found = int(head.split("检查出 ")[1].split(" ")[0])
    assert f"检查出 {found} 个问题" in plain
    assert sum(line.startswith(("[错误]", "[提醒]", "[说明]")) for line in lines) == found
    assert any("文中说废止4件，目录读到2行" in line for line in lines)
    assert lines[-1].endswith("policylib check 云科字〔2023〕8号 --rule 清理")
    with (desk / "核对.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ["清理目录的一行对不上文件" in row["检查出的问题"] for row in rows] == [False, False, True]
    assert not any("文中说废止4件" in row["检查出的问题"] for row in rows), "the notice's own count is of no row"
    assert any("另有 1 个说的不是哪一行" in line for line in lines)
    written = office("cleanup", "import", "清理.txt", "--format", "csv")
    assert "清理目录的一行对不上文件" in written.stdout
    assert head in written.stderr


def test_a_list_without_a_fault_says_nothing_of_faults(cleaned: Run, desk: Path) -> None:
    fine = LIST.replace("〔2019〕12号）\n2.", "〔2014〕12号）\n2.").replace(
        "云泽市政务公开办法》（云科字〔2019〕12号）", "云泽市甲办法》（云科字〔2013〕2号）"
    )
    (desk / "清理.txt").write_text(fine, encoding="utf-8")
    stored = cleaned("cleanup", "import", "清理.txt", "-o", "核对.csv")
    assert "个问题" not in stored.output


def test_a_plan_tells_the_last_day_as_it_was_extended_and_the_papers_without_an_original(
    office: Run, desk: Path
) -> None:
    text = (
        "云泽市人民政府办公室关于延长有效期的通知\n云政办发〔2025〕3号\n\n各有关单位：\n"
        "根据《云泽市人民政府关于推进政务公开的意见》（云政发〔2016〕7号），"
        "《云泽市人民政府办公室关于印发〈云泽市政务公开办法〉的通知》（云政办发〔2021〕5号）的有效期延长至2028年12月31日。\n\n"
        "云泽市人民政府办公室\n2025年5月6日\n"
    )
    (desk / "延期.txt").write_text(text, encoding="utf-8")
    office("add", "延期.txt")
    asked = ("cleanup", "plan", "--as-of", "2025-12-31")
    rows = {row["number"]: row for row in json.loads(office(*asked, "--format", "json").stdout)}
    assert rows["云政办发〔2021〕5号"]["expires"] == "2028-12-31"
    assert "云政发〔2016〕7号" not in rows
    assert "范围内的文件没有原文、效力还没有定论，没有列入的 1 件，用 --all 在屏幕上列出" in office(*asked).stderr
    assert "（云政发〔2016〕7号）：未知（没有原文）" in office(*asked, "--all").stdout


def test_what_a_strangers_paper_cites_is_not_said_to_be_ours(office: Run, desk: Path) -> None:
    (desk / "policylib.toml").write_text('jurisdiction = "东岭省/云泽市"\n', encoding="utf-8")
    (desk / "外地.txt").write_text(
        "广州市卫生健康委员会关于加强慢性病管理的通知\n穗卫规字〔2019〕4号\n\n各区卫生健康局：\n"
        "根据《中华人民共和国药品管理法》《中国高血压防治指南》《粤港澳大湾区发展规划纲要》《国家突发公共事件总体应急预案》，"
        "参照《云泽市慢性病管理办法》和《云泽市人民政府关于推进政务公开的意见》（云政发〔2016〕7号），"
        "制定本通知。\n\n广州市卫生健康委员会\n2019年5月6日\n",
        encoding="utf-8",
    )
    office("add", "外地.txt")
    shown = office("cleanup", "plan", "--as-of", "2025-12-31", "--all")
    absent = shown.stdout.partition("范围内的文件没有原文、效力还没有定论，没有列入：\n")[2].splitlines()
    assert [line.partition("：")[0] for line in absent] == [
        "  《云泽市慢性病管理办法》",
        "  《云泽市人民政府关于推进政务公开的意见》（云政发〔2016〕7号）",
    ]
    assert "范围内的文件没有原文、效力还没有定论，没有列入的 2 件" in shown.stderr


def test_a_day_that_page_and_signature_tell_differently_bears_its_doubt(office: Run, desk: Path) -> None:
    page = (
        "<html><head><title>通知</title></head><body><ul><li><label>文号：</label><span>云科字〔2024〕5号</span></li>"
        "<li><label>成文日期：</label><span>2024年5月6日</span></li></ul><p>云泽市科学技术局关于加强档案工作的通知</p>"
        "<p>云科字〔2024〕5号</p><p>各有关单位：</p><p>请执行。</p><p>云泽市科学技术局</p><p>2024年5月10日</p></body></html>"
    )
    (desk / "档案.html").write_text(page, encoding="utf-8")
    office("add", "档案.html")
    doubtful = "2024-05-06（取页面所标的，与落款不一致，待核对）"
    assert f"成文日期：{doubtful}" in office("show", "云科字〔2024〕5号").stdout
    rows = json.loads(office("cleanup", "plan", "--as-of", "2024-12-31", "--format", "json").stdout)
    assert [row["dated"] for row in rows if row["number"] == "云科字〔2024〕5号"] == [doubtful]
    office("judge", "云科字〔2024〕5号", "--set", "成文日期=2024-05-10", "--who", "张三")
    assert "成文日期：2024-05-10\n" in office("show", "云科字〔2024〕5号").stdout
