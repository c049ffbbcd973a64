"""Rows of a cleanup result: one row, one relation, by the heading of its list or its own column (domain.md §7)."""

from __future__ import annotations

import pytest

from policylib.extract import analyse
from policylib.extract.cleanup_outcomes import outcome_of
from policylib.model import Block, Claim, Document, Source, Span

TITLE = "岚州市人民政府关于公布规范性文件清理结果的通知"
HEAD = (TITLE, "岚政发〔2022〕16号", "各单位：", "现将清理结果公布如下。", "岚州市人民政府", "2022年6月20日")


def paper(*lines: str | tuple[str, ...]) -> Document:
    """A cleanup notice with these lines behind it; a tuple is a row of a table."""
    text, blocks = "", []
    for line in (*HEAD, *lines):
        cells = (line,) if isinstance(line, str) else line
        spans, start = [], len(text)
        for cell in cells:
            spans.append(Span(len(text), len(text) + len(cell)))
            text += cell + "\t"
        text = text[:-1] + "\n"
        kind = "paragraph" if isinstance(line, str) else "row"
        row = kind == "row"
        blocks.append(
            Block("row" if row else "paragraph", Span(start, len(text) - 1), cells=tuple(spans) if row else ())
        )
    return Document(Source("清理.docx", "0" * 64, "text/plain", "text"), text, tuple(blocks))


def rows(*lines: str | tuple[str, ...]) -> list[tuple[str, str, str, list[str]]]:
    """relation, mode, title and numbers of each claim of a row"""
    return [
        (one.relation, one.mode, one.citation.title or "", [str(number) for number in one.citation.numbers])
        for one in claims(*lines)
    ]


def claims(*lines: str | tuple[str, ...]) -> list[Claim]:
    return [one for one in analyse(paper(*lines)).claims if one.cue and one.cue.rule.startswith("cleanup.")]


COLUMNS = ("序号", "文件名称", "文号")
A = ("1", "岚州市人民政府关于促进人才的意见", "岚政发〔2011〕33号")
B = ("2", "岚州市人民政府关于印发岚州市清水计划（2013—2017年）的通知", "岚政发〔2013〕18号")
A_READ, B_READ = (A[1], ["岚政发〔2011〕33号"]), (B[1], ["岚政发〔2013〕18号"])

LISTS = {
    "继续有效的规范性文件目录": ("retains", "act"),
    "附件1 保留的规范性文件目录": ("retains", "act"),
    "废止的规范性文件目录": ("repeals", "act"),
    "决定废止的文件清单": ("repeals", "act"),
    "宣布失效的规范性文件目录": ("lapses", "act"),
    "拟修改的规范性文件目录": ("amends", "plan"),
    "需修改的规范性文件目录（共2件）": ("amends", "plan"),
}


CELLS = {
    "继续有效，有效期至2027年12月31日": ("extends", "act", "2027-12-31"),
    "继续有效": ("retains", "act", None),
    "废止第三条，其余继续有效": ("partly_repeals", "act", "第三条"),
    "第三条、第五条废止": ("partly_repeals", "act", "第三条、第五条"),
    "部分条款失效": ("partly_repeals", "act", None),
    "不再执行": ("repeals", "act", None),
    "重新制定": ("amends", "plan", None),
    "修改后继续有效": ("retains", "act", None),
}


@pytest.mark.parametrize("cell", CELLS)
def test_what_the_column_of_outcomes_says(cell: str) -> None:
    [claim] = claims((*COLUMNS, "清理结果"), (*A, cell))
    assert (claim.relation, claim.mode, claim.detail) == CELLS[cell]


def test_a_column_that_names_the_outcomes_to_choose_from() -> None:
    assert rows((*COLUMNS, "保留/废止/修改"), (*A, "废止")) == [("repeals", "act", *A_READ)]


def test_a_tick_below_an_outcome() -> None:
    head = (*COLUMNS, "废止", "失效", "继续有效", "修改")
    found = claims(head, (*A, "√", "", "", ""), (*B, "", "", "✓", ""))
    assert [(one.relation, one.mode) for one in found] == [("repeals", "act"), ("retains", "act")]
    assert claims(head, (*A, "√", "", "√", "")) == []  # two ticks: nobody knows


def test_a_column_of_new_ends_extends_and_one_of_terms_does_not() -> None:
    kept = "继续有效的规范性文件目录"
    [claim] = claims(kept, (*COLUMNS, "有效期延长至"), (*A, "2027年12月31日"))
    assert (claim.relation, claim.detail) == ("extends", "2027-12-31")
    [claim] = claims(kept, (*COLUMNS, "有效期"), (*A, "至2027年12月31日"))
    assert (claim.relation, claim.detail) == ("retains", None)


@pytest.mark.parametrize("heading", LISTS)
def test_outcome_of_the_heading(heading: str) -> None:
    relation, mode = LISTS[heading]
    assert rows(heading, COLUMNS, A, B) == [(relation, mode, *A_READ), (relation, mode, *B_READ)]


def test_each_list_has_its_own_outcome() -> None:
    found = rows("继续有效的规范性文件目录", COLUMNS, A, "废止的规范性文件目录", COLUMNS, B)
    assert [(one[0], one[3]) for one in found] == [("retains", A_READ[1]), ("repeals", B_READ[1])]


def test_the_head_of_a_group_within_a_table_gives_the_outcome_of_its_rows() -> None:
    groups = ("一、继续有效的规范性文件（1件）", "", ""), ("二、宣布失效的规范性文件（1件）", "", "")
    found = rows("规范性文件清理结果目录", COLUMNS, groups[0], A, groups[1], B)
    assert [(one[0], one[3]) for one in found] == [("retains", A_READ[1]), ("lapses", B_READ[1])]


@pytest.mark.parametrize("columns", [(), (COLUMNS,)], ids=["no heads", "heads"])
def test_a_caption_over_all_columns_is_no_document_of_the_list(columns: tuple[tuple[str, ...], ...]) -> None:
    caption = ("岚州市人民政府关于废止部分规范性文件的决定", "", "")
    assert rows("废止的规范性文件目录", caption, *columns, A) == [("repeals", "act", *A_READ)]


def test_a_title_in_the_first_column_gives_no_outcome_to_the_rows_below() -> None:
    titles = ("关于废止若干规范性文件", ""), (A[1], A[2])
    assert rows("继续有效的规范性文件目录", COLUMNS[1:], *titles) == [("retains", "act", *A_READ)]


REASONS = ("序号", "文件名称", "文号", "清理结果", "理由")


def test_a_document_merged_over_two_reasons_is_one_row() -> None:
    found = claims(
        "规范性文件清理目录", REASONS, (*A, "废止", "上位法修改"), (*A, "废止", "机构改革"), (*B, "保留", "")
    )
    assert [(one.relation, one.reason) for one in found] == [("repeals", "上位法修改；机构改革"), ("retains", None)]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(("3", *A[1:], "废止", ""), id="listed twice"),
        pytest.param((*A, "修改", ""), id="two outcomes"),
        pytest.param((*A[:2], "岚政发〔2012〕9号", "废止", ""), id="two numbers"),
    ],
)
def test_rows_that_say_something_else_are_two(second: tuple[str, ...]) -> None:
    assert len(claims("规范性文件清理目录", REASONS, (*A, "废止", ""), second)) == 2


def test_heading_row_repeats_on_every_page() -> None:
    assert [one[2] for one in rows("废止的规范性文件目录", COLUMNS, A, COLUMNS, B)] == [A[1], B[1]]


OUTCOMES = {
    "继续有效": ("retains", "act"),
    "保留": ("retains", "act"),
    "废止": ("repeals", "act"),
    "宣布失效": ("lapses", "act"),
    "失效": ("lapses", "act"),
    "拟修改": ("amends", "plan"),
    "修改": ("amends", "plan"),
    "拟废止": ("repeals", "plan"),
    "部分废止": ("partly_repeals", "act"),
    "部分条款失效": ("partly_repeals", "act"),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_outcome_of_the_column(outcome: str) -> None:
    found = rows("规范性文件清理结果一览表", (*COLUMNS, "起草部门", "清理结果"), (*A, "市人社局", outcome))
    assert found == [(*OUTCOMES[outcome], *A_READ)]


def test_the_column_wins_over_the_heading() -> None:
    assert rows("废止的规范性文件目录", (*COLUMNS, "清理意见"), (*A, "继续有效"))[0][0] == "retains"


def test_columns_in_another_order() -> None:
    found = rows("清理结果一览表", ("清理结果", "发文字号", "标题"), ("废止", A[2], A[1]))
    assert found == [("repeals", "act", *A_READ)]


def test_reason() -> None:
    [claim] = claims("废止的规范性文件目录", (*COLUMNS, "理由"), (*A, "已被新规定代替"))
    assert claim.reason == "已被新规定代替"


@pytest.mark.parametrize(
    ("column", "cell", "drafter"),
    [
        pytest.param("起草部门", "市人社局", "市人社局", id="department"),
        pytest.param("起草 单位", "市人社局、市财政局", "市人社局、市财政局", id="two"),
        pytest.param("起草单位", "市人力资源\n社会保障局", "市人力资源社会保障局", id="broken over lines"),
        pytest.param("起草部门", "—", None, id="a dash"),
        pytest.param("起草部门", "待定", None, id="left open"),
        pytest.param("起草（实施）部门", "市人社局", None, id="one of two"),
        pytest.param("实施部门", "市人社局", None, id="who carries it out"),
        pytest.param("责任单位", "市人社局", None, id="who answers for it"),
        pytest.param("起草时间", "2011年", None, id="when"),
    ],
)
def test_who_drafted_it_by_a_column_of_that_name(column: str, cell: str, drafter: str | None) -> None:
    document = paper("继续有效的规范性文件目录", (*COLUMNS, column), (*A, cell))
    [claim] = [one for one in analyse(document).claims if one.cue and one.cue.rule.startswith("cleanup.")]
    assert (claim.drafter and claim.drafter.value) == drafter
    if claim.drafter:
        assert claim.drafter.span.of(document.text) == cell


def test_two_numbers_in_a_cell() -> None:
    [found] = rows("废止的规范性文件目录", COLUMNS, ("1", A[1], "岚政发〔2011〕33号、岚政规〔2011〕3号"))
    assert found[3] == ["岚政发〔2011〕33号", "岚政规〔2011〕3号"]


def test_no_number_in_the_cell() -> None:
    assert rows("废止的规范性文件目录", COLUMNS, ("1", A[1], "无")) == [("repeals", "act", A[1], [])]


def test_cell_broken_over_lines() -> None:
    [found] = rows("废止的规范性文件目录", COLUMNS, ("1", "岚州市人民政府关于促进\n人才的意见", "岚政发\n〔2011〕33号"))
    assert found[2:] == A_READ


def test_a_row_without_a_document_is_none() -> None:
    assert rows("废止的规范性文件目录", COLUMNS, ("合计", "2", "")) == []


def test_no_outcome_no_claim() -> None:
    assert rows("有关文件", COLUMNS, A) == []


def test_other_papers_have_no_cleanup_rows() -> None:
    document = paper("废止的规范性文件目录", COLUMNS, A)
    other = document.text.replace(
        TITLE, "岚州市人民政府关于公布某年工作任务安排的通知".ljust(len(TITLE), "知")[: len(TITLE)]
    )
    made = analyse(Document(document.source, other, document.blocks)).claims
    assert not [one for one in made if one.cue and one.cue.rule.startswith("cleanup.")]


def test_evidence_is_the_row() -> None:
    document = paper("废止的规范性文件目录", COLUMNS, A)
    [claim] = [one for one in analyse(document).claims if one.relation == "repeals"]
    assert claim.scope.of(document.text) == "\t".join(A)
    assert claim.citation.title_span
    assert claim.citation.title_span.of(document.text) == A[1]


def test_a_row_that_names_nothing_is_told() -> None:
    analysis = analyse(
        paper(
            "废止的规范性文件目录",
            COLUMNS,
            A,
            ("社会保险", "", ""),
            ("2", "岚州市关于人才的若干事", ""),
            ("合计", "2件", ""),
        )
    )
    found = [one for one in analysis.problems if one.rule == "cleanup.row-unread"]
    assert [one.message for one in found] == ["清理目录有一行没有读懂：2  岚州市关于人才的若干事，请对照原件"]


def test_what_is_to_be_amended_until_when() -> None:
    columns = (*COLUMNS, "完成时限")
    own, other = (*A, "2023年3月底前"), (*B, "")
    found = claims("应于2022年12月31日前修改后重新公布。", "需修改的规范性文件目录", columns, own, other)
    assert [one.detail for one in found] == ["2023-03-31", "2022-12-31"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("废止", ("repeals", "act")), ("建议废止", ("repeals", "plan")), ("待新办法出台后废止", ("repeals", "plan")),
        ("征求意见后废止", ("repeals", "plan")), ("暂不废止", ("retains", "act")), ("不予废止", ("retains", "act")),
        ("不再保留", None), ("继续有效，适时废止", ("retains", "act")),
    ],
)  # fmt: skip
def test_what_a_cell_proposes_or_denies_ends_nothing(words: str, wanted: tuple[str, str] | None) -> None:
    found = outcome_of(words, Span(0, len(words)))
    assert (found[:2] if found else None) == wanted


SPLIT_TITLE = ("1", "岚州市科学技术局关于印发《岚州市重点实验室", "岚科发〔2018〕11号")
WHOLE = "岚州市科学技术局关于印发《岚州市重点实验室管理办法》的通知"
NEXT = ("2", "岚州市人民政府关于促进人才的意见", "岚政发〔2011〕33号")


def test_a_title_that_goes_on_in_the_row_below() -> None:
    table = [("废止的规范性文件目录"), COLUMNS, SPLIT_TITLE, ("", "管理办法》的通知", ""), NEXT]
    assert rows(*table) == [
        ("repeals", "act", WHOLE, ["岚科发〔2018〕11号"]),
        ("repeals", "act", NEXT[1], [NEXT[2]]),
    ]
    assert not [one for one in analyse(paper(*table)).problems if one.rule == "cleanup.row-unread"]


def test_a_title_without_marks_over_three_rows() -> None:
    table = [
        ("废止的规范性文件目录"), COLUMNS, ("1", "岚州市人民政府关于进一步", "岚政发〔2011〕34号"),
        ("", "加强人才工作", ""), ("", "若干问题的意见", ""), NEXT,
    ]  # fmt: skip
    assert rows(*table)[0][2] == "岚州市人民政府关于进一步加强人才工作若干问题的意见"
    assert len(rows(*table)) == 2


def test_a_number_that_goes_on_in_the_row_below() -> None:
    table = [
        ("废止的规范性文件目录"), COLUMNS, ("1", "岚州市科学技术局关于印发《岚州市重点实验室", "岚科发〔2018〕"),
        ("", "管理办法》的通知", "11号"), NEXT,
    ]  # fmt: skip
    assert rows(*table)[0] == ("repeals", "act", WHOLE, ["岚科发〔2018〕11号"])


def test_rows_that_make_no_title_together_are_a_doubt() -> None:
    table = [("废止的规范性文件目录"), COLUMNS, SPLIT_TITLE, ("", "见上年目录", ""), NEXT]
    assert rows(*table) == [("repeals", "act", NEXT[1], [NEXT[2]])]
    [doubt] = [one for one in analyse(paper(*table)).problems if one.rule == "cleanup.row-unread"]
    assert "重点实验室见上年目录" in doubt.message


def test_a_paper_without_serial_and_number_below_a_whole_title_stays_its_own() -> None:
    table = [("废止的规范性文件目录"), COLUMNS, NEXT, ("", "岚州市人民政府关于科技工作的意见", "")]
    assert [one[2] for one in rows(*table)] == [NEXT[1], "岚州市人民政府关于科技工作的意见"]
