"""One cleanup result in every format: the same rows, and the same words on what becomes of each document.

To add a format, add its maker to `MAKERS`: a function that gives the bytes of `NOTICE` and `ANNEXES` in that format.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
import xlwt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from policylib import analyse
from policylib.model import Document
from policylib.readers import read_bytes

from . import ofd_file, word_file
from .opendocument import package, paragraph, row, table

NOTICE = (
    "岚州市人民政府关于公布规范性文件清理结果的通知",
    "岚政发〔2022〕16号",
    "各区人民政府，市政府各部门：",
    "经市政府同意，现将规范性文件清理结果公布如下，请遵照执行。",
    "岚州市人民政府",
    "2022年6月20日",
)
COLUMNS = ("序号", "文件名称", "文号", "起草部门")
Row = tuple[str, str, str, str]
"""A line break stands where a cell is broken; an empty department is the one above, in a cell merged over both rows."""
ANNEXES: dict[str, tuple[Row, ...]] = {
    "附件1 继续有效的规范性文件目录": (
        ("1", "岚州市人民政府关于\n促进人才发展的意见", "岚政发〔2011〕33号", "市人力资源局"),
        ("2", "岚州市城市供水管理办法", "岚政发〔2014〕11号", ""),
        ("3", "岚州市人民政府关于印发清水计划（2013—2017年）的通知", "岚政发〔2013〕18号", "市水务局"),
    ),
    "附件2 废止的规范性文件目录": (
        ("1", "岚州市科技创新券管理办法", "岚政规〔2011〕3号、\n岚科规〔2011〕7号", "市科技局"),
        ("2", "岚州市人民政府关于加强科技项目管理的通知", "岚政发〔2010〕5号", ""),
    ),
    "附件3 宣布失效的规范性文件目录": (("1", "岚州市人民政府关于开展消防检查的通告", "岚政告〔2009〕2号", "市应急局"),),
}
RELATIONS = {"继续有效": "retains", "废止": "repeals", "失效": "lapses"}


def departments(rows: tuple[Row, ...]) -> list[tuple[int, int, str]]:
    """First and last row of each department, counted from 0, and its name."""
    found: list[tuple[int, int, str]] = []
    for place, (*_, name) in enumerate(rows):
        found.append((place, place, name) if name else (found[-1][0], place, found.pop()[2]))
    return found


def filled(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows with the department in each."""
    for first, last, name in departments(rows):
        yield from ((*row[:3], name) for row in rows[first : last + 1])


def as_docx() -> bytes:
    file = docx.Document()
    for line in NOTICE:
        file.add_paragraph(line)
    for heading, rows in ANNEXES.items():
        file.add_paragraph(heading)
        grid = file.add_table(len(rows) + 1, len(COLUMNS))
        for line, cells in zip(grid.rows, (COLUMNS, *rows), strict=True):
            for cell, text in zip(line.cells, cells, strict=True):
                cell.text = text
        for first, last, _ in departments(rows):
            grid.cell(first + 1, 3).merge(grid.cell(last + 1, 3))
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def as_pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("", fontName="STSong-Light", fontSize=12, leading=18, wordWrap="CJK")
    story: list[object] = [Paragraph(line, style) for line in NOTICE]
    for heading, rows in ANNEXES.items():
        texts = [[Paragraph(cell.replace("\n", "<br/>"), style) for cell in cells] for cells in (COLUMNS, *rows)]
        spans = [("SPAN", (3, first + 1), (3, last + 1)) for first, last, _ in departments(rows)]
        looks = [("GRID", (0, 0), (-1, -1), 1, "black"), *spans]
        story += [
            Spacer(1, 12),
            Paragraph(heading, style),
            Spacer(1, 12),
            Table(texts, [40, 200, 140, 90], style=looks),
        ]
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(story)
    return stream.getvalue()


def as_html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in NOTICE)
    for heading, rows in ANNEXES.items():
        spans = {first: last - first + 1 for first, last, _ in departments(rows)}
        body += f"<p>{heading}</p><table><tr>{''.join(f'<th>{name}</th>' for name in COLUMNS)}</tr>"
        for place, cells in enumerate(rows):
            own = "".join("<td>{}</td>".format(cell.replace("\n", "<br>")) for cell in cells[:3])
            body += f"<tr>{own}{f'<td rowspan={spans[place]}>{cells[3]}</td>' if place in spans else ''}</tr>"
        body += "</table>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "通知"
    for line in NOTICE:
        book.active.append([line])
    for heading, rows in ANNEXES.items():
        sheet = book.create_sheet(heading[:3])
        sheet.append([heading])
        sheet.merge_cells("A1:D1")
        sheet.append(COLUMNS)
        for cells in rows:
            sheet.append([int(cells[0]), *cells[1:]])
        for first, last, _ in departments(rows):
            sheet.merge_cells(start_row=first + 3, end_row=last + 3, start_column=4, end_column=4)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清理结果")
    place = 0
    for place, line in enumerate(NOTICE):
        sheet.write(place, 0, line)
    for heading, rows in ANNEXES.items():
        place += 1
        sheet.write_merge(place, place, 0, 3, heading)
        place += 1
        for column, name in enumerate(COLUMNS):
            sheet.write(place, column, name)
        for first, last, name in departments(rows):
            sheet.write_merge(place + first + 1, place + last + 1, 3, 3, name)
        for cells in rows:
            place += 1
            for column, text in enumerate((int(cells[0]), *cells[1:3])):
                sheet.write(place, column, text)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_csv() -> bytes:
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerows([line] for line in NOTICE)
    for heading, rows in ANNEXES.items():
        writer.writerows([[heading, "", "", ""], COLUMNS, *filled(rows)])
    return stream.getvalue().encode("gb18030")


def as_ods() -> bytes:
    lines = [row(line) for line in NOTICE]
    for heading, rows in ANNEXES.items():
        lines += [row(f'table:number-columns-spanned="4"|{heading}', "-", "-", "-"), row(*COLUMNS), *open_rows(rows)]
    return package("spreadsheet", table(*lines))


def open_rows(rows: tuple[Row, ...]) -> list[str]:
    """The rows of a table in OpenDocument."""
    spans = {first: last - first + 1 for first, last, _ in departments(rows)}
    return [
        row(*cells[:3], f'table:number-rows-spanned="{spans[place]}"|{cells[3]}' if place in spans else "-")
        for place, cells in enumerate(rows)
    ]


def as_odt() -> bytes:
    body = "".join(paragraph(line) for line in NOTICE)
    for heading, rows in ANNEXES.items():
        body += paragraph(heading) + table(row(*COLUMNS), *open_rows(rows))
    return package("text", body)


def as_rtf() -> bytes:
    def coded(text: str) -> str:
        return "".join(rf"\u{ord(mark)}?" if mark != "\n" else r"\par " for mark in text)

    def line(cells: tuple[str, ...], merge: str = "") -> str:
        edges = "".join(rf"\cellx{edge}000" for edge in range(1, len(cells)))
        texts = "".join(rf"\pard\intbl {coded(cell)}\cell " for cell in cells)
        return rf"\trowd{edges}{merge}\cellx9000{texts}\row "

    body = "".join(rf"\pard {coded(text)}\par " for text in NOTICE)
    for heading, rows in ANNEXES.items():
        body += rf"\pard {coded(heading)}\par {line(COLUMNS)}"
        body += "".join(line(cells, r"\clvmgf" if cells[3] else r"\clvmrg") for cells in rows)
    return f"{{\\rtf1\\ansi\\ansicpg936 {body}}}".encode("ascii")


def as_doc() -> bytes:
    merged_from, merged_on = 0x0060, 0x0020  # the first cell of a merged column, and the cells below it
    text: list[word_file.Paragraph | list[word_file.Paragraph]] = [word_file.paragraph(line) for line in NOTICE]
    for heading, rows in ANNEXES.items():
        text += [word_file.paragraph(heading), word_file.row(*COLUMNS)]
        for cells in rows:
            flags = (0, 0, 0, merged_from if cells[3] else merged_on)
            text.append(word_file.row(*(cell.replace("\n", "\x0b") for cell in cells), flags=flags))
    return word_file.word_file(*text)


def as_ofd() -> bytes:
    pages = [ofd_file.page(ofd_file.lines(NOTICE))]
    for heading, rows in ANNEXES.items():
        grid = ofd_file.table((COLUMNS, *rows), (15, 65, 45, 30), ofd_file.TOP + 10)
        pages.append(ofd_file.page(ofd_file.lines([heading]) + grid))
    return ofd_file.ofd(*pages)


MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": as_docx, "pdf": as_pdf, "html": as_html, "xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "csv": as_csv,
    "odt": as_odt, "rtf": as_rtf, "doc": as_doc, "ofd": as_ofd,
}  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def rows_of(document: Document) -> list[tuple[str, ...]]:
    return [
        tuple(squeezed(cell.of(document.text)) for cell in block.cells)
        for block in document.blocks
        if block.kind == "row"
    ]


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_same_rows_in_every_format(suffix: str) -> None:
    expected = [tuple(map(squeezed, cells)) for rows in ANNEXES.values() for cells in (COLUMNS, *filled(rows))]
    assert rows_of(read_bytes(MAKERS[suffix](), f"清理结果.{suffix}")) == expected


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_same_claims_in_every_format(suffix: str) -> None:
    expected = [
        (relation, squeezed(title), re.findall(r"岚\w+〔\d+〕\d+号", number))
        for heading, rows in ANNEXES.items()
        for _, title, number, _ in rows
        for word, relation in RELATIONS.items()
        if word in heading
    ]
    document = read_bytes(MAKERS[suffix](), f"清理结果.{suffix}")
    claims = [one for one in analyse(document).claims if one.cue and one.cue.rule.startswith("cleanup.")]
    assert [
        (one.relation, squeezed(one.citation.title or ""), [str(number) for number in one.citation.numbers])
        for one in claims
    ] == expected
