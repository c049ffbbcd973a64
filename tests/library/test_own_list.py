"""The office's own list, 解读台账: several fields, kept with its lines, read again without a trace."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from policylib.errors import JudgementError
from policylib.library import Library, ListReport
from policylib.library.list_columns import column_of, is_of_tasks
from policylib.model import Judgement
from policylib.readers.rows import Row
from policylib.tables import toml_rows

MEASURES, AWARD = "云政办发〔2021〕5号", "云科字〔2019〕12号"
HEAD = "起草单位（盖章）,文 号,备注,材料审签日期,解读方案审签日期,文件签发日期\n"
WHOLE = HEAD + f"云泽市司法局,{MEASURES},,2021/3/3,2021年3月1日,2021-03-04\n\n云泽市财政局,{AWARD},,,,\n"
COLUMNS = toml_rows("lists.toml", array="column")


def read(library: Library, folder: Path, text: str, encoding: str = "gbk", name: str = "台账.csv") -> ListReport:
    (folder / name).write_bytes(text.encode(encoding))
    return library.read_list(folder / name, "张三")


def drafters(library: Library, name: str) -> tuple[str, ...]:
    drafter = library.get(name).drafter
    assert drafter
    return drafter.names


@pytest.mark.parametrize("row", COLUMNS, ids=lambda row: row["field"])
def test_heads_are_known_by_their_labels(row: dict[str, list[str]]) -> None:
    for head in (*row["labels"], *row["examples"]):
        column = column_of(head)
        assert column, head
        assert column.field == row["field"]
    assert [head for head in row["not_examples"] if column_of(head)] == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_a_list_is_kept_with_its_lines(office: Library, tmp_path: Path, encoding: str) -> None:
    report = read(office, tmp_path, WHOLE, encoding)
    assert [(one.source, one.field, one.value, one.why) for one in report.judgements] == [
        (MEASURES, "drafter", "云泽市司法局", "清单 台账.csv 第2行"),
        (MEASURES, "text_approved", "2021-03-03", "清单 台账.csv 第2行"),
        (MEASURES, "plan_approved", "2021-03-01", "清单 台账.csv 第2行"),
        (MEASURES, "signed", "2021-03-04", "清单 台账.csv 第2行"),
        (AWARD, "drafter", "云泽市财政局", "清单 台账.csv 第4行"),
    ]
    assert (report.faults, report.idle) == ((), ("备注",))
    drafter = office.get(MEASURES).drafter
    assert drafter
    assert (drafter.names, drafter.ladder, drafter.certainty) == (("云泽市司法局",), "E1", "stated")


def test_reading_twice_changes_nothing(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE)
    before = office.judgements()
    again = read(office, tmp_path, WHOLE)
    assert (again.judgements, again.unchanged, again.faults, office.judgements()) == ((), 5, (), before)


def test_a_value_that_the_list_changed_is_kept_anew(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE)
    for organ in ("云泽市审计局", "云泽市财政局"):  # and back again
        [changed] = read(office, tmp_path, WHOLE.replace("云泽市财政局", organ)).judgements
        assert (changed.source, changed.value, drafters(office, AWARD)) == (AWARD, organ, (organ,))


@pytest.mark.parametrize("name", ["台账.csv", "台账（副本）.csv"])
def test_a_person_has_the_last_word(office: Library, tmp_path: Path, name: str) -> None:
    read(office, tmp_path, WHOLE)
    office.judge(Judgement("set", AWARD, field="drafter", value="云泽市科学技术局", who="李四"))
    report = read(office, tmp_path, WHOLE, name=name)
    assert (report.judgements, report.unchanged, [one.line for one in report.faults]) == ((), 4, [4])
    assert "起草单位“云泽市财政局”登记过，后来改成了“云泽市科学技术局”" in report.faults[0].message
    assert drafters(office, AWARD) == ("云泽市科学技术局",)
    changed = read(office, tmp_path, WHOLE.replace("云泽市财政局", "云泽市审计局"), name=name)
    assert [one.value for one in changed.judgements] == ["云泽市审计局"]


def test_an_older_list_does_not_undo_a_newer_one(office: Library, tmp_path: Path) -> None:
    read(office, tmp_path, WHOLE, name="2023.csv")
    read(office, tmp_path, WHOLE.replace("云泽市财政局", "云泽市审计局"), name="2024.csv")
    report = read(office, tmp_path, WHOLE, name="2023.csv")
    assert (report.judgements, [one.line for one in report.faults]) == ((), [4])


ROWS = {
    "unknown paper": ("云泽市司法局,云科字〔2099〕1号,,,,", "库中没有"),
    "no name": ("云泽市司法局,,,,,", "没有写是哪份文件"),
    "no day": (f"云泽市司法局,{AWARD},,,,2021年13月1日", "文件签发日期写得不对"),
    "only cited": ("云泽市司法局,《云泽市奖章制作规范》,,,,", "没有原文"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_wrong_row_costs_itself(office: Library, tmp_path: Path, case: str) -> None:
    row, why = ROWS[case]
    (tmp_path / "规范.txt").write_text(
        "云泽市通知\n云科字〔2023〕1号\n根据《云泽市奖章制作规范》，现通知如下。\n", "utf-8"
    )
    office.add(tmp_path / "规范.txt")
    report = read(office, tmp_path, f"{HEAD}云泽市司法局,{MEASURES},,,,\n{row}\n云泽市财政局,{AWARD},,,,\n")
    assert [one.line for one in report.faults] == [3]
    assert why in report.faults[0].message
    assert {one.source for one in report.judgements} == {MEASURES, AWARD}


def test_names_that_come_near_are_told_for_the_first_rows_only(office: Library, tmp_path: Path) -> None:
    rows = "".join(f"云泽市司法局,云科字〔2019〕{serial}号,,,,\n" for serial in range(100, 130))
    faults = read(office, tmp_path, HEAD + rows).faults
    assert ["名称相近的有" in one.message for one in faults] == [True] * 20 + [False] * 10


def test_rows_that_contradict_each_other_do_not_count(office: Library, tmp_path: Path) -> None:
    report = read(office, tmp_path, f"{WHOLE}云泽市审计局,{MEASURES},,,,\n")
    assert [(one.line, one.message) for one in report.faults] == [
        (line, "同一份文件在第 2、5 行填的起草单位不一样") for line in (2, 5)
    ]
    assert {one.source for one in report.judgements} == {AWARD}


def test_by_title_and_number_that_do_not_belong_together(office: Library, tmp_path: Path) -> None:
    head = "标题,发文字号,承办单位\n"
    good = read(office, tmp_path, f"{head}云泽市科技奖励办法,{AWARD},云泽市财政局\n云泽市政务公开办法,,云泽市司法局\n")
    assert [one.source for one in good.judgements] == [AWARD, MEASURES]
    bad = read(office, tmp_path, f"{head}云泽市政务公开办法,{AWARD},云泽市审计局\n")
    assert (bad.judgements, "不是同一份文件" in bad.faults[0].message) == ((), True)


def test_the_surer_of_two_columns_counts(office: Library, tmp_path: Path) -> None:
    report = read(office, tmp_path, f"编号,承办单位,文号,起草单位\n1,云泽市财政局,{AWARD},云泽市科学技术局\n")
    assert ([one.value for one in report.judgements], report.idle) == (["云泽市科学技术局"], ("承办单位",))


def test_a_stroke_is_no_day(office: Library, tmp_path: Path) -> None:
    report = read(office, tmp_path, f"文号,签发日期,审签日期\n{AWARD},2019-06-10,/\n{MEASURES},——,无\n")
    assert ([one.field for one in report.judgements], report.blank, report.faults) == (["signed"], 1, ())


def test_a_workbook_with_merged_cells_a_head_of_two_rows_and_several_sheets(office: Library, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请逐件填写"])
    sheet = book.create_sheet("2021")
    for cells in (
        ["解读台账"],
        ["文号", "起草单位", "审签日期", None, "文件签发"],
        [None, None, "方案审签", "材料审签"],
        [MEASURES, "云泽市司法局", "2021-03-01", "2021-03-02", "2021-03-04"],
        [AWARD],
    ):
        sheet.append(cells)
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "B4:B5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "台账.xlsx")
    report = office.read_list(tmp_path / "台账.xlsx")
    said = {(one.source, one.field): (one.value, one.why) for one in report.judgements}
    assert said == {
        (MEASURES, "drafter"): ("云泽市司法局", "清单 台账.xlsx 工作表“2021” 第4行"),
        (MEASURES, "plan_approved"): ("2021-03-01", "清单 台账.xlsx 工作表“2021” 第4行"),
        (MEASURES, "text_approved"): ("2021-03-02", "清单 台账.xlsx 工作表“2021” 第4行"),
        (MEASURES, "signed"): ("2021-03-04", "清单 台账.xlsx 工作表“2021” 第4行"),
        (AWARD, "drafter"): ("云泽市司法局", "清单 台账.xlsx 工作表“2021” 第5行"),
    }
    assert (report.faults, report.idle) == ((), ("工作表“填表说明”（没有表头）",))


@pytest.mark.parametrize("text", ["云政办发〔2021〕5号,云泽市司法局\n", "备注,起草单位\n无,云泽市司法局\n", ",,\n"])
def test_a_list_without_a_head(office: Library, tmp_path: Path, text: str) -> None:
    with pytest.raises(JudgementError, match="没有找到表头"):
        read(office, tmp_path, text)


# Ledgers of tasks ---------------------------------------------------------------------------------------------------

LEDGERS = {
    "by its columns": f"序号,文号,工作任务,责任单位,完成时限\n1,{MEASURES},建设园区,云泽市财政局,2021年底\n",
    "of 督查": f"督查事项,文件名称,文号,承办单位\n补贴发放,云泽市政务公开办法,{MEASURES},云泽市财政局\n",
    "by its title": f"重点督查事项台账\n文号,标题,责任单位\n{MEASURES},,云泽市财政局\n",
}


@pytest.mark.parametrize("case", LEDGERS)
def test_who_does_a_task_has_drafted_nothing(office: Library, tmp_path: Path, case: str) -> None:
    with pytest.raises(JudgementError, match="办理任务的，不是文件的起草单位"):
        read(office, tmp_path, LEDGERS[case])
    assert office.judgements() == ()


def test_who_drafted_is_read_beside_who_does_it(office: Library, tmp_path: Path) -> None:
    text = f"文号,工作任务,责任单位,起草单位\n{MEASURES},建设园区,云泽市财政局,云泽市司法局\n"
    report = read(office, tmp_path, text)
    assert [(one.field, one.value) for one in report.judgements] == [("drafter", "云泽市司法局")]
    assert "责任单位" in report.idle


def test_in_a_list_of_papers_it_is_who_drafted(office: Library, tmp_path: Path) -> None:
    """E1 of domain.md §6.2: the manifest that names who answers for a paper."""
    report = read(office, tmp_path, f"政策文件解读台账\n文号,标题,责任单位\n{MEASURES},,云泽市财政局\n")
    assert [(one.field, one.value) for one in report.judgements] == [("drafter", "云泽市财政局")]


def test_heads_of_tasks_are_known() -> None:
    [row] = toml_rows("lists.toml", array="tasks")

    def heads_tasks(head: str) -> bool:
        return is_of_tasks(Row(1, {0: "文号", 1: "责任单位", 2: head}))

    assert [head for head in row["examples"] if not heads_tasks(head)] == []
    assert [head for head in row["not_examples"] if heads_tasks(head)] == []
