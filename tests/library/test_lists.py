"""The list 请补起草单位 as it comes back from the bureaus."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from policylib.errors import InputError, JudgementError
from policylib.library import Library, ListReport
from policylib.model import Judgement

HEAD = ("编号", "文号", "标题", "发文机关", "解读单位", "起草单位", "填报人", "说明")
FIRST, SECOND = "岚政办发〔2020〕1号", "岚政办发〔2020〕2号"


def paper(number: str, name: str) -> str:
    return (
        f"岚州市人民政府办公室关于印发《{name}》的通知\n{number}\n\n各有关单位：\n请认真执行。\n\n"
        "岚州市人民政府办公室\n2020年5月6日\n"
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "a.txt").write_text(paper(FIRST, "岚州市见习补贴办法"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(paper(SECOND, "岚州市农田灌溉规定"), encoding="utf-8")
    with Library.create(tmp_path / "库.plib") as library:
        library.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        yield library


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "请补起草单位.csv"


def fill(sheet: Path, *rows: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    with sheet.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return sheet


def row(
    key: str = FIRST, drafter: str = "", who: str = "", why: str = "", number: str = "", title: str = ""
) -> tuple[str, ...]:
    return key, number, title, "岚州市人民政府办公室", "", drafter, who, why


def drafters(library: Library, name: str = FIRST) -> tuple[str, ...] | None:
    drafter = library.get(name).drafter
    return drafter.names if drafter else None


def summary(found: ListReport) -> tuple[int, int, int, list[int]]:
    return len(found.judgements), found.unchanged, found.blank, [fault.line for fault in found.faults]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_what_was_filled_in_is_obeyed(library: Library, sheet: Path, encoding: str) -> None:
    fill(sheet, HEAD, row(FIRST, "岚州市财政局", "李四", "送审单"), row(SECOND), encoding=encoding)
    assert summary(library.read_list(sheet, "张三")) == (1, 0, 1, [])
    assert (drafters(library), drafters(library, SECOND)) == (("岚州市财政局",), None)
    (said,) = library.judgements()
    assert (said.who, said.why) == ("李四", "清单 请补起草单位.csv 第2行：送审单")


def test_who_read_it_counts_where_nobody_signed(library: Library, sheet: Path) -> None:
    library.read_list(fill(sheet, HEAD, row(FIRST, "岚州市财政局")), "张三")
    (said,) = library.judgements()
    assert (said.who, said.why) == ("张三", "清单 请补起草单位.csv 第2行")


def test_columns_in_any_order_below_a_title(library: Library, sheet: Path) -> None:
    fill(
        sheet,
        ("请补起草单位",),
        (),
        ("序号", "起草单位（请填写）", "发文字号"),
        ("1", "岚州市财政局", "岚政办发[2020]1号"),
    )
    assert summary(library.read_list(sheet)) == (1, 0, 0, [])
    assert drafters(library) == ("岚州市财政局",)


@pytest.mark.parametrize(
    "written", ["岚州市财政局、岚州市科学技术局", "岚州市财政局,岚州市科学技术局", "岚州市财政局\n岚州市科学技术局"]
)
def test_several_drafters(library: Library, sheet: Path, written: str) -> None:
    library.read_list(fill(sheet, HEAD, row(FIRST, written)))
    assert drafters(library) == ("岚州市财政局", "岚州市科学技术局")


def test_reading_twice_changes_nothing(library: Library, sheet: Path) -> None:
    fill(sheet, HEAD, row(FIRST, "岚州市财政局"), row(SECOND, "岚州市水利局", "李四"))
    library.read_list(sheet, "张三")
    before = library.judgements()
    assert summary(library.read_list(sheet, "张三")) == (0, 2, 0, [])
    assert library.judgements() == before


def test_an_old_sheet_does_not_undo_what_was_said_since(library: Library, sheet: Path) -> None:
    fill(sheet, HEAD, row(FIRST, "岚州市财政局"))
    library.read_list(sheet, "张三")
    library.judge(Judgement("set", FIRST, field="drafter", value="岚州市水利局", who="李四"))
    found = library.read_list(sheet, "张三")
    assert summary(found) == (0, 0, 0, [2])
    assert "后来改成了“岚州市水利局”" in found.faults[0].message
    assert drafters(library) == ("岚州市水利局",)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param(row("没有这份", "岚州市财政局"), "库中没有编号为“没有这份”的文件", id="no work"),
        pytest.param(row("", "岚州市财政局"), "没有写是哪份文件", id="nothing names it"),
        pytest.param(row("", "岚州市财政局", number="岚政办发〔2020〕9号"), "库中没有", id="no such number"),
        pytest.param(row(SECOND, "不详"), "“不详”不是单位名称", id="who does not know either"),
        pytest.param(row(SECOND, "？"), "“？”不是单位名称", id="a mark"),
        pytest.param(
            row(SECOND, "岚州市水利局", number=FIRST), "多半是排序时错了行", id="sorted by one column: number"
        ),
        pytest.param(
            row(SECOND, "岚州市水利局", title="岚州市见习补贴办法"),
            "多半是排序时错了行",
            id="sorted by one column: title",
        ),
    ],
)
def test_a_wrong_row_costs_that_row(library: Library, sheet: Path, wrong: tuple[str, ...], says: str) -> None:
    found = library.read_list(fill(sheet, HEAD, row(SECOND), wrong, row(FIRST, "岚州市财政局")))
    assert summary(found) == (1, 0, 1, [3])
    assert says in found.faults[0].message
    assert drafters(library) == ("岚州市财政局",)


def test_rows_that_contradict_each_other_do_not_count(library: Library, sheet: Path) -> None:
    found = library.read_list(fill(sheet, HEAD, row(FIRST, "岚州市财政局"), row(FIRST, "岚州市水利局")))
    assert summary(found) == (0, 0, 0, [2, 3])
    assert drafters(library) is None


def test_a_sheet_without_the_columns_is_refused(library: Library, sheet: Path) -> None:
    with pytest.raises(JudgementError, match="没有找到表头"):
        library.read_list(fill(sheet, ("文号", "标题"), (FIRST, "甲")))
    with pytest.raises(InputError):
        library.read_list(sheet.with_name("没有.xlsx"))
