"""Cells merged sideways: the third cell of every row is of the third column, in every format.

To add a format, add its maker to `MAKERS`: a function that gives the bytes of a file with the table `ROWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import docx
import openpyxl
import pytest
import xlwt
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from policylib import analyse
from policylib.readers import read_bytes
from policylib.readers.columns import MOST_COLUMNS, Placed, in_columns
from tests.readers import ofd_file, opendocument, word_file

HEADING = "规范性文件清理目录"
Row = tuple[tuple[str, int], ...]
"""The cells of a row, and how many columns each covers."""
ROWS: tuple[Row, ...] = (
    (("序号", 1), ("规范性文件", 2), ("清理结果", 1)),
    (("1", 1), ("岚州市城市供水管理办法", 1), ("岚政发〔2014〕11号", 1), ("继续有效", 1)),
    (("2", 1), ("岚州市科技创新券管理办法", 1), ("岚政规〔2011〕3号", 1), ("废止", 1)),
    (("合计", 3), ("2件", 1)),
)
EXPECTED = [
    ("序号", "规范性文件", "", "清理结果"),
    ("1", "岚州市城市供水管理办法", "岚政发〔2014〕11号", "继续有效"),
    ("2", "岚州市科技创新券管理办法", "岚政规〔2011〕3号", "废止"),
    ("合计", "", "", "2件"),
]
WIDTHS = (40, 180, 140, 90)


def placed(row: Row) -> Iterator[tuple[int, int, str]]:
    """The first and last column of each cell, and its text."""
    column = 0
    for text, width in row:
        yield column, column + width - 1, text
        column += width


def as_docx() -> bytes:
    file = docx.Document()
    file.add_paragraph(HEADING)
    grid = file.add_table(len(ROWS), len(WIDTHS))
    for place, row in enumerate(ROWS):
        for first, last, text in placed(row):
            grid.cell(place, first).merge(grid.cell(place, last)).text = text
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td colspan={width}>{text}</td>' for text, width in row)}</tr>" for row in ROWS)
    return f"<html><head><meta charset=utf-8></head><body><p>{HEADING}</p><table>{rows}</table></body></html>".encode()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([HEADING])
    for place, row in enumerate(ROWS, 2):
        for first, last, text in placed(row):
            sheet.cell(place, first + 1, text)
            if last > first:
                sheet.merge_cells(start_row=place, end_row=place, start_column=first + 1, end_column=last + 1)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("目录")
    sheet.write(0, 0, HEADING)
    for place, row in enumerate(ROWS, 1):
        for first, last, text in placed(row):
            sheet.write_merge(place, place, first, last, text)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def open_row(row: Row) -> str:
    cells = []
    for text, width in row:
        cells += [f'table:number-columns-spanned="{width}"|{text}', *["-"] * (width - 1)]
    return opendocument.row(*cells)


def as_odt() -> bytes:
    body = opendocument.paragraph(HEADING) + opendocument.table(*map(open_row, ROWS))
    return opendocument.package("text", body)


def as_ods() -> bytes:
    return opendocument.package("spreadsheet", opendocument.table(opendocument.row(HEADING), *map(open_row, ROWS)))


def as_pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("", fontName="STSong-Light", fontSize=12, leading=18, wordWrap="CJK")
    spans = [
        ("SPAN", (first, place), (last, place)) for place, row in enumerate(ROWS) for first, last, _ in placed(row)
    ]
    texts = [[cell for text, width in row for cell in (Paragraph(text, style), *[""] * (width - 1))] for row in ROWS]
    looks = [("GRID", (0, 0), (-1, -1), 1, "black"), *spans]
    stream = BytesIO()
    SimpleDocTemplate(stream).build([Paragraph(HEADING, style), Table(texts, WIDTHS, style=looks)])
    return stream.getvalue()


def as_ofd() -> bytes:
    xs = [ofd_file.LEFT + sum(WIDTHS[:place]) / 3 for place in range(len(WIDTHS) + 1)]
    top = ofd_file.TOP + 10
    drawn = [ofd_file.rule(xs[0], top + 10 * place, xs[-1], top + 10 * place) for place in range(len(ROWS) + 1)]
    drawn.append(ofd_file.rule(xs[-1], top, xs[-1], top + 10 * len(ROWS)))
    for place, row in enumerate(ROWS):
        y = top + 10 * place
        for first, _, text in placed(row):
            drawn += [ofd_file.rule(xs[first], y, xs[first], y + 10), ofd_file.text(text, xs[first] + 1, y + 3, size=3)]
    return ofd_file.ofd(ofd_file.page(ofd_file.lines([HEADING]) + "".join(drawn)))


def as_rtf(*, flagged: bool = False) -> bytes:
    """`flagged`: the covered cells are there, marked as merged into the one before, as old programs write them."""
    edges = [20 * sum(WIDTHS[: place + 1]) for place in range(len(WIDTHS))]

    def coded(text: str) -> str:
        return "".join(rf"\u{ord(mark)}?" for mark in text)

    def line(row: Row) -> str:
        defined, texts = "", ""
        for first, last, text in placed(row):
            parts = range(first, last + 1) if flagged else (last,)
            for place in parts:
                merge = "" if not flagged or first == last else r"\clmgf" if place == first else r"\clmrg"
                defined += rf"{merge}\cellx{edges[place]}"
            texts += "".join(rf"\pard\intbl {coded(text) if not at else ''}\cell " for at, _ in enumerate(parts))
        return rf"\trowd\trleft0{defined}{texts}\row "

    body = rf"\pard {coded(HEADING)}\par " + "".join(map(line, ROWS))
    return f"{{\\rtf1\\ansi\\ansicpg936 {body}\\pard\\par}}".encode("ascii")


def as_doc() -> bytes:
    edges = [0, *(20 * sum(WIDTHS[: place + 1]) for place in range(len(WIDTHS)))]
    rows = [
        word_file.row(
            *(text for text, _ in row), widths=[edges[last + 1] - edges[first] for first, last, _ in placed(row)]
        )
        for row in ROWS
    ]
    return word_file.word_file(word_file.paragraph(HEADING), *rows)


MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": as_docx, "html": as_html, "xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "odt": as_odt, "pdf": as_pdf,
    "ofd": as_ofd, "rtf": as_rtf, "doc": as_doc,
}  # fmt: skip


def rows_of(data: bytes, suffix: str) -> list[tuple[str, ...]]:
    document = read_bytes(data, f"清理目录.{suffix}")
    return [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks if block.kind == "row"]


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_same_columns_in_every_format(suffix: str) -> None:
    assert rows_of(MAKERS[suffix](), suffix) == EXPECTED


def test_cells_marked_as_merged_in_rtf() -> None:
    assert rows_of(as_rtf(flagged=True), "rtf") == EXPECTED


@pytest.mark.parametrize("suffix", MAKERS)
def test_outcomes_below_a_head_that_is_merged(suffix: str) -> None:
    document = read_bytes(MAKERS[suffix](), f"清理目录.{suffix}")
    claims = [one for one in analyse(document).claims if one.cue and one.cue.rule.startswith("cleanup.")]
    assert [(one.relation, one.citation.title, [str(number) for number in one.citation.numbers]) for one in claims] == [
        ("retains", "岚州市城市供水管理办法", ["岚政发〔2014〕11号"]),
        ("repeals", "岚州市科技创新券管理办法", ["岚政规〔2011〕3号"]),
    ]


def cells(row: str) -> list[Placed]:
    """`0-2 甲, 2-5 乙`: where each cell begins and ends, and its text."""
    found = []
    for cell in filter(None, row.split(", ")):
        place, text = cell.split(" ")
        left, right = map(int, place.split("-"))
        found.append(Placed(left, right, text))
    return found


COLUMNS = {
    "covered behind": (["0-1 甲, 1-2 乙, 2-3 丙", "0-1 合计, 1-3 无"], [("甲", "乙", "丙"), ("合计", "无", None)]),
    "covered before": (["0-1 甲, 1-2 乙, 2-3 丙", "0-2 合计, 2-3 无"], [("甲", "乙", "丙"), ("合计", None, "无")]),
    "begins farther in": (["0-1 甲, 1-2 乙, 2-3 丙", "1-2 乙, 2-3 丙"], [("甲", "乙", "丙"), (None, "乙", "丙")]),
    "ends early": (["0-1 甲, 1-2 乙, 2-3 丙", "0-1 丁"], [("甲", "乙", "丙"), ("丁",)]),
    "wider than the table": (["0-1 甲, 1-2 乙", "0-1000 水利类"], [("甲", "乙"), ("水利类", None)]),
    "never but merged": (["0-2 甲, 2-3 乙", "0-2 丙, 2-3 丁"], [("甲", "乙"), ("丙", "丁")]),
    "borders dragged": (["0-1000 甲, 1000-3000 乙", "0-1200 丙, 1200-3000 丁"], [("甲", "乙"), ("丙", "丁")]),
    "merged, borders dragged": (
        ["0-500 甲, 500-1000 乙, 1000-3000 丙", "0-1200 合计, 1200-3000 丁"],
        [("甲", "乙", "丙"), ("合计", None, "丁")],
    ),
    "another width below": (
        ["0-500 甲, 500-1000 乙, 1000-2000 丙", "0-900 丁, 900-1800 戊, 1800-2700 己", "0-1800 合计, 1800-2700 庚"],
        [("甲", "乙", "丙"), ("丁", "戊", "己"), ("合计", None, "庚")],
    ),
    "more cells than columns left": (
        ["0-1 甲, 1-2 乙, 2-3 丙", "5-6 丁, 6-7 戊"],
        [("甲", "乙", "丙"), (None, "丁", "戊")],
    ),
    "no row": ([], []),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_columns_are_those_of_the_fullest_row(case: str) -> None:
    rows, expected = COLUMNS[case]
    assert in_columns([cells(row) for row in rows]) == expected


def test_a_table_of_too_many_columns_keeps_its_cells_in_order() -> None:
    wide = [Placed(place, place + 1, "甲") for place in range(MOST_COLUMNS + 1)]
    assert in_columns([wide, [Placed(0, 9_999_999, "乙")]])[1] == ("乙",)
