"""Rows of a list with the lines that its program shows."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from policylib.errors import DamagedFile, UnsupportedFormat
from policylib.readers.rows import Row, read_rows

TEXT = "文号,起草单位\n岚科规〔2024〕3号,市科技局\n\n岚科规〔2024〕4号,市教育局\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_lines_of_a_text(tmp_path: Path, encoding: str, mark: str) -> None:
    file = tmp_path / "台账.csv"
    file.write_bytes(TEXT.replace(",", mark).encode(encoding))
    assert read_rows(file) == (
        Row(1, ("文号", "起草单位")),
        Row(2, ("岚科规〔2024〕3号", "市科技局")),
        Row(4, ("岚科规〔2024〕4号", "市教育局")),
    )


def test_a_field_with_a_line_break_takes_two_lines(tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text('文号,标题\n甲,"关于某事\n的通知"\n乙,丙\n', "utf-8")
    assert [row.line for row in read_rows(file)] == [1, 2, 4]


def test_rows_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for cells in (["2024年台账"], [], ["文号", "起草单位", "签发日期"], ["甲", "市科技局", date(2024, 3, 1)]):
        sheet.append(cells)
    sheet.append(["乙", None, datetime(2024, 3, 2, 0, 0)])
    sheet.merge_cells("B4:B5")
    book.save(tmp_path / "台账.xlsx")
    first, head, one, two = read_rows(tmp_path / "台账.xlsx")
    assert (first.line, head.line, one.line, two.line) == (1, 3, 4, 5)
    assert (one.cells[:2], two.cells[:2]) == (("甲", "市科技局"), ("乙", "市科技局"))
    assert (one.cells[2], two.cells[2][:10]) == ("2024-03-01", "2024-03-02")


def test_what_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "台账.pdf").write_bytes(b"%PDF-1.4 \n")
    with pytest.raises(UnsupportedFormat, match="清单应为 csv 或 xlsx"):
        read_rows(tmp_path / "台账.pdf")
    with pytest.raises(DamagedFile, match="无法打开"):
        read_rows(tmp_path / "没有.csv")
