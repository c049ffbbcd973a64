"""Spreadsheets: what the sheet shows comes out, in every format in which offices keep tables."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import xlwt
from openpyxl.utils import get_column_letter

from policylib.errors import DamagedFile, InputError, MissingDependency, NoTextLayer, TooLarge
from policylib.extract import analyse
from policylib.model import Document
from policylib.readers import Limits, read_bytes

from .mutation import mutations, survives

LONG_DATE = 'yyyy"年"m"月"d"日"'
TITLE = "附件2 废止的规范性文件目录"
HEAD = ["序号", "文件名称", "文号", "成文日期", "部门"]
OLD_ROWS = [
    ("关于甲的\n通知", "青科字〔2011〕3号", 27),
    ("关于乙的通知", "青科字〔2011〕5号", 28),
    ("关于丙的通知", "青科字〔2011〕6号", 29),
]


def xlsx(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def catalogue(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD)
    sheet.append([1.0, "关于甲的\n通知", "青科字〔2011〕3号", date(2017, 6, 27), "市科技局"])
    sheet.append([2, "关于乙的通知", "青科字〔2011〕5号", date(2017, 6, 28)])
    sheet.append([3, "关于丙的通知", "青科字〔2011〕6号", date(2017, 6, 29), "市财政局"])
    for row in (3, 4, 5):
        sheet.cell(row, 4).number_format = LONG_DATE
    sheet.merge_cells("E3:E4")


def old_catalogue() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("目录")
    day = xlwt.easyxf(num_format_str=LONG_DATE)
    sheet.write_merge(0, 0, 0, 4, TITLE)
    for column, name in enumerate(HEAD):
        sheet.write(1, column, name)
    for row, (name, number, last) in enumerate(OLD_ROWS):
        for column, value in enumerate((row + 1, name, number)):
            sheet.write(row + 2, column, value)
        sheet.write(row + 2, 3, date(2017, 6, last), day)
    sheet.write_merge(2, 3, 4, 4, "市科技局")
    sheet.write(4, 4, "市财政局")
    return saved(book)


def saved(book: xlwt.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def exported() -> bytes:
    """The table as a system exports it for Excel: XML by the name of .xls."""

    def cell(text: str, kind: str = "String", more: str = "") -> str:
        return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'

    made = f"<Row>{cell(TITLE, more='ss:MergeAcross=' + QUOTED.format(4))}</Row><Row>{''.join(map(cell, HEAD))}</Row>"
    for row, (name, number, last) in enumerate(OLD_ROWS):
        made += f"<Row>{cell(str(row + 1), 'Number')}{cell(name)}{cell(number)}"
        made += cell(f"2017-06-{last}T00:00:00.000", "DateTime", "ss:StyleID=" + QUOTED.format("day"))
        made += {0: cell("市科技局", more="ss:MergeDown=" + QUOTED.format(1)), 2: cell("市财政局")}.get(
            row, ""
        ) + "</Row>"
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    style = '<Style ss:ID="day"><NumberFormat ss:Format="Long Date"/></Style>'
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {names}><Styles>{style}</Styles>'
        f'<Worksheet ss:Name="目录"><Table>{made}</Table></Worksheet></Workbook>'
    ).encode()


QUOTED = '"{}"'


def shown(document: Document) -> list[tuple[str, ...]]:
    """Kind and text of each block, or for a row its cells."""
    return [
        (block.kind, *[cell.of(document.text) for cell in block.cells or (block.span,)]) for block in document.blocks
    ]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(xlsx(catalogue), "目录.xlsx", id="xlsx"),
        pytest.param(xlsx(catalogue), "目录.et", id="new et"),
        pytest.param(old_catalogue(), "目录.xls", id="xls"),
        pytest.param(old_catalogue(), "目录.et", id="old et"),
        pytest.param(old_catalogue(), "目录.ett", id="template of WPS"),
        pytest.param(exported(), "目录.xml", id="Excel 2003 XML"),
    ],
)
def test_a_sheet_is_read_as_staff_see_it(data: bytes, name: str) -> None:
    document = read_bytes(data, name)
    assert shown(document) == [
        ("paragraph", TITLE),
        ("row", *HEAD),
        ("row", "1", "关于甲的 通知", "青科字〔2011〕3号", "2017年6月27日", "市科技局"),
        ("row", "2", "关于乙的通知", "青科字〔2011〕5号", "2017年6月28日", "市科技局"),
        ("row", "3", "关于丙的通知", "青科字〔2011〕6号", "2017年6月29日", "市财政局"),
    ]
    assert not document.problems


def test_several_sheets_stand_under_their_names() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.title = "继续有效目录"
        book.active.append(["文件甲"])
        book.create_sheet("空表")
        book.create_sheet("废止目录").append(["文件乙"])

    assert shown(read_bytes(xlsx(fill), "清理.xlsx")) == [
        ("heading", "继续有效目录"), ("paragraph", "文件甲"), ("heading", "废止目录"), ("paragraph", "文件乙"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", [("Sheet1", "Sheet2"), ("Sheet", "Sheet1"), ("工作表1", "工作表2")])
def test_a_name_that_a_program_gives_to_a_sheet_is_no_text(names: tuple[str, str]) -> None:
    title = "岚州市人力资源和社会保障局关于废止部分规范性文件的通知"

    def fill(book: openpyxl.Workbook) -> None:
        book.active.title = names[0]
        book.active.append([title])
        book.create_sheet(names[1]).append(["附件1"])

    document = read_bytes(xlsx(fill), "通知.xlsx")
    assert document.text == f"{title}\n附件1"
    found = analyse(document).elements.title
    assert found is not None
    assert found.value == title


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in ("甲", "1"), ("乙", "2"), ("丙", "3"):
            sheet.append([row[0], "秘", row[1]])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        secret = book.create_sheet("底稿")
        secret.append(["秘"])
        secret.sheet_state = "hidden"

    document = read_bytes(xlsx(fill), "目录.xlsx")
    assert shown(document) == [("row", "甲", "1"), ("row", "丙", "3")]
    assert rules(document) == ["HIDDEN_TEXT"]


def test_hidden_parts_of_old_workbooks() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("目录")
    for row, name in enumerate("甲乙丙"):
        sheet.write(row, 0, name)
    sheet.row(1).hidden = True
    secret = book.add_sheet("底稿")
    secret.write(0, 0, "秘")
    secret.visibility = 1
    document = read_bytes(saved(book), "目录.xls")
    assert document.text == "甲\n丙"
    assert rules(document) == ["HIDDEN_TEXT"]


def test_hidden_parts_of_an_export() -> None:
    secret = '<Row><Cell><Data ss:Type="String">秘</Data></Cell></Row>'
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
        "</WorksheetOptions>"
    )
    sheet = f'</Worksheet><Worksheet ss:Name="底稿"><Table>{secret}</Table>{options}</Worksheet>'
    document = read_bytes(exported().replace(b"</Worksheet>", sheet.encode()), "目录.xml")
    assert document.text == read_bytes(exported(), "目录.xml").text
    assert rules(document) == ["HIDDEN_TEXT"]


def test_a_title_is_seen_though_its_first_column_is_hidden() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = TITLE
        book.active.merge_cells("A1:C1")
        for column, text in (("A", "编码"), ("B", "名称"), ("C", "文号")):
            book.active[f"{column}2"] = text
        book.active.column_dimensions["A"].hidden = True

    assert shown(read_bytes(xlsx(fill), "目录.xlsx")) == [("paragraph", TITLE), ("row", "名称", "文号")]


def test_a_formula_without_a_result_is_told() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["合计", "=1+1"])

    document = read_bytes(xlsx(fill), "目录.xlsx")
    assert document.text == "合计"
    assert rules(document) == ["NO_FORMULA_VALUE"]


def test_a_formula_gives_its_result() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["合计", "=1+1"])

    parts = zipfile.ZipFile(BytesIO(xlsx(fill)))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in parts.namelist():
            archive.writestr(name, parts.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"))
    document = read_bytes(stream.getvalue(), "目录.xlsx")
    assert shown(document) == [("row", "合计", "2")]
    assert not document.problems


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1048576"])
def test_the_last_cell_and_the_largest_area_cost_nothing(area: str) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "文号"
        book.active["XFD1048576"] = "角"

    parts = zipfile.ZipFile(BytesIO(xlsx(fill)))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in parts.namelist():
            merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
            archive.writestr(name, parts.read(name).replace(b"</sheetData>", merge))
    document = read_bytes(stream.getvalue(), "目录.xlsx")
    assert document.blocks[0].span.of(document.text) == "文号"


def test_too_many_cells_are_refused() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for place in range(1, 60):
            book.active[f"{get_column_letter(place)}{place}"] = "甲"

    with pytest.raises(TooLarge, match="单元格多于安全上限 3000 个"):
        read_bytes(xlsx(fill), "目录.xlsx", Limits(sheet_cells=3000))


@pytest.mark.parametrize(("package", "data"), [("openpyxl", xlsx(catalogue)), ("xlrd", old_catalogue())])
def test_a_missing_package_is_named(package: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency) as caught:
        read_bytes(data, "目录.xlsx")
    assert 'pip install "policylib[sheets]"' in str(caught.value)
    assert caught.value.code == "NEEDS_EXTRA"


def test_no_text_is_no_success() -> None:
    with pytest.raises(NoTextLayer):
        read_bytes(xlsx(lambda book: None), "空.xlsx")


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        pytest.param(
            "目录.csv",
            f'{TITLE}\n序号,文件名称,文号\n1,"关于甲,乙的\n通知",青科字〔2011〕3号\n2,"关于“丙”的通知",\n',
            [("paragraph", TITLE), ("row", "序号", "文件名称", "文号"),
             ("row", "1", "关于甲,乙的 通知", "青科字〔2011〕3号"), ("row", "2", "关于“丙”的通知", "")],
            id="commas, quotes, a title, an empty cell",
        ),
        pytest.param("目录.tsv", "序号\t文号\n1\t甲,乙\n", [("row", "序号", "文号"), ("row", "1", "甲,乙")], id="tabs"),
        pytest.param("目录.csv", "序号;文号\n1;甲\n", [("row", "序号", "文号"), ("row", "1", "甲")], id="semicolons"),
        pytest.param(
            "说明.csv", "各单位:\n现将目录印发给你们,请遵照执行.\n甲,乙,丙.\n",
            [("paragraph", "各单位:"), ("paragraph", "现将目录印发给你们,请遵照执行."), ("paragraph", "甲,乙,丙.")],
            id="prose called csv",
        ),
        pytest.param("说明.txt", "甲,乙\n丙,丁\n", [("paragraph", "甲,乙"), ("paragraph", "丙,丁")], id="a txt"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables(name: str, text: str, lines: list[tuple[str, ...]], encoding: str) -> None:
    document = read_bytes(text.encode(encoding), name)
    assert shown(document) == lines
    assert not document.problems


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(xlsx(catalogue), "目录.xlsx", id="xlsx"),
        pytest.param(old_catalogue(), "目录.xls", id="xls"),
        pytest.param(exported(), "目录.xml", id="Excel 2003 XML"),
        pytest.param('序号,文号\n1,"甲"\n2,乙\n'.encode(), "目录.csv", id="csv"),
    ],
)
def test_damaged_files_raise_input_errors_only(data: bytes, name: str) -> None:
    assert survives(data, name)


def test_damaged_parts_raise_input_errors_only() -> None:
    whole = zipfile.ZipFile(BytesIO(xlsx(catalogue)))
    parts = {name: whole.read(name) for name in whole.namelist()}
    for damaged in (name for name in parts if name.endswith((".xml", ".rels"))):
        for copy in mutations(parts[damaged], 30):
            stream = BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name, part in parts.items():
                    archive.writestr(name, copy if name == damaged else part)
            try:
                assert read_bytes(stream.getvalue(), "目录.xlsx").text
            except InputError as error:
                assert str(error).startswith("目录.xlsx：")


def test_a_package_that_is_no_workbook() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(DamagedFile, match="不是完整的 Excel 工作簿"):
        read_bytes(stream.getvalue(), "目录.xlsx")
