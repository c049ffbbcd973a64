"""Real files, where they are at hand: nothing lost, and the same text whatever the format."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from policylib.model import Document
from policylib.readers import read

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real sample files (../shared/data) are not at hand")


def text_of(document: Document) -> str:
    """The text without metadata, running heads and white space."""
    kept = [block for block in document.blocks if block.kind not in ("metadata", "header")]
    return re.sub(r"\s", "", "".join(block.span.of(document.text) for block in kept))


def derived() -> list[tuple[str, str]]:
    index = DATA / "derived_binaries" / "index.jsonl"
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()] if index.is_file() else []
    unlike = {"d08"}  # its docx has lost the merged head of the table, which the page repeats in every row
    return [
        (row["gold_file"], f"{row['base']}.{suffix}")
        for row in rows
        for suffix in row["formats"]
        if suffix in ("doc", "docx", "pdf", "html", "rtf", "odt") and row["base"] not in unlike
    ]


@pytest.mark.parametrize(("page", "copy"), derived(), ids=lambda value: Path(value).name)
def test_every_format_gives_the_text_of_the_page(page: str, copy: str) -> None:
    assert text_of(read(DATA / "derived_binaries" / copy)) == text_of(read(DATA / page))


def test_old_word_files_keep_what_is_hard() -> None:
    """Written by LibreOffice, which put another date into the field and repeats the content control."""
    old, new = (read(DATA / "format_samples" / f"gw.{suffix}") for suffix in ("doc", "docx"))
    lines = old.text.split("\n")
    assert [line for line in new.text.split("\n") if line not in lines] == [
        "依据中办发〔2016〕8号文件精神，鲁办发〔2016〕43号一并执行。"
    ]
    assert [block.kind for block in old.blocks if block.kind == "row"] == ["row"] * 4
    assert [problem.rule for problem in old.problems] == [problem.rule for problem in new.problems]


FIELD = "依据中办发〔2016〕8号文件精神，11/22/26一并执行。"  # LibreOffice calculated the field anew
COPIES = {
    "odt": ([FIELD, "电话：0533‑2300000"], ["TRACKED_CHANGES", "HIDDEN_TEXT"]),
    "rtf": (
        # its writer left the text box out, and wrote the content control twice
        [FIELD, "（块级内容控件：此件公开发布）（块级内容控件：此件公开发布）"],
        ["TRACKED_CHANGES", "HIDDEN_TEXT"],
    ),
    "pdf": (
        [
            "关于印发2017年政务公开工作方案的通知",
            "原文件继续有效同时废止。",  # struck through on paper: told, since a pdf does not say that it is deleted
            FIELD,
            "（一） 深化权责清单公开。",
            "（二） 公开清理结果。",
            "1\t关于加强科技项目管理的通知\t淄科发〔2010〕5号\t废止宣布失效",
            "2\t科技成果登记办法 嵌套甲 嵌套乙\t淄科发〔2012〕8号\t废止宣布失效",
        ],
        ["STRUCK_TEXT"],
    ),
}


@pytest.mark.parametrize("suffix", COPIES)
def test_copies_of_a_hard_paper_say_what_it_says(suffix: str) -> None:
    """What another format says otherwise than the docx, each for its reason, and nothing else."""
    lines, problems = COPIES[suffix]
    paper, copy = (read(DATA / "format_samples" / f"gw.{one}") for one in ("docx", suffix))
    known = paper.text.split("\n")
    assert [line for line in copy.text.split("\n") if line not in known] == lines
    assert [problem.rule for problem in copy.problems] == problems
    assert [block.kind for block in copy.blocks if block.kind == "row"] == ["row"] * 4
    assert {"淄科发〔2017〕17号", "本方案自2017年6月27日起施行。"} <= {*copy.text.split("\n")}


def test_forms_made_by_wps_keep_their_rows() -> None:
    forms = sorted((DATA / "real_binaries").glob("*.doc"))
    rows = [[len(block.cells) for block in read(form).blocks if block.cells] for form in forms]
    assert rows == [[6] * 11, [6] * 10, [4, 4]]


def test_a_list_with_merged_cells_keeps_its_columns() -> None:
    page = next((DATA / "guangzhou_tianhe" / "html").glob("10b_*.html"))
    document = read(page)
    rows = [[cell.of(document.text) for cell in block.cells] for block in document.blocks if block.cells]
    assert {len(row) for row in rows} == {6}
    assert {row[5] for row in rows[2:]} == {"长期", "两年", "一年", "6个月", "90天", "—"}


@pytest.mark.parametrize("statute", ["专利法", "公务员法", "公司法"])
def test_statutes_in_an_embedded_page_equal_their_pdf(statute: str) -> None:
    folder = DATA / "real_binaries"
    assert text_of(read(folder / f"中华人民共和国{statute}.docx")) == text_of(
        read(folder / f"中华人民共和国{statute}.pdf")
    )


def test_state_council_pages_have_their_seven_labels() -> None:
    pages = sorted((DATA / "govcn_2019" / "html").glob("*.html"))
    labels = ["索引号", "主题分类", "发文机关", "成文日期", "标题", "发文字号", "发布日期"]
    for page in pages:
        document = read(page)
        found = [block.span.of(document.text).split("：")[0] for block in document.blocks if block.kind == "metadata"]
        assert found[:7] == labels, page
