"""OpenDocument texts and spreadsheets: numbers written out, merged cells, and what is not shown."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from policylib.errors import DamagedFile, EncryptedFile, InputError, NoTextLayer, TooLarge
from policylib.model import Document
from policylib.readers import Limits, read_bytes

from .mutation import mutations, survives
from .opendocument import package, paragraph, row, table


def read(body: str, styles: str = "", parts: str = "") -> Document:
    return read_bytes(package("text", body, styles, parts), "文件.odt")


def shown(document: Document) -> list[tuple[str, ...]]:
    return [
        (block.kind, *[cell.of(document.text) for cell in block.cells or (block.span,)]) for block in document.blocks
    ]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


RED_HEAD = paragraph("青岚市科学技术局文件")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(paragraph('青科字〔<text:span>2017</text:span>〕<text:a>3</text:a>号'), ["青科字〔2017〕3号"],
                     id="spans"),
        pytest.param(paragraph('甲<text:s text:c="2"/>乙<text:tab/>丙\n 丁'), ["甲  乙 丙 丁"], id="spaces"),
        pytest.param(paragraph("标题上<text:line-break/>标题下"), ["标题上", "标题下"], id="soft break"),
        pytest.param(paragraph("<text:date>2016年3月1日</text:date>印发"), ["2016年3月1日印发"], id="field as shown"),
        pytest.param(
            paragraph("<text:ruby><text:ruby-base>音</text:ruby-base><text:ruby-text>yin</text:ruby-text></text:ruby>"),
            ["音"],
            id="ruby",
        ),
        pytest.param(
            paragraph(f"<draw:frame><draw:text-box>{RED_HEAD}</draw:text-box></draw:frame>正文"),
            ["青岚市科学技术局文件", "正文"],
            id="red head in a frame",
        ),
        pytest.param(
            paragraph(f"<draw:g><draw:custom-shape>{RED_HEAD}</draw:custom-shape></draw:g>正文"),
            ["青岚市科学技术局文件", "正文"],
            id="red head in a shape of a group",
        ),
        pytest.param(
            f"<text:section>{paragraph('甲')}<text:table-of-content><text:index-body>{paragraph('目录')}"
            "</text:index-body></text:table-of-content></text:section>",
            ["甲", "目录"],
            id="sections",
        ),
        pytest.param(paragraph(f"正文<office:annotation>{paragraph('批注')}</office:annotation>"), ["正文"],
                     id="comment"),
    ],
)  # fmt: skip
def test_what_stands_on_the_page(body: str, lines: list[str]) -> None:
    document = read(body)
    assert [text for _, text in shown(document)] == lines
    assert not document.problems


def test_revisions_are_read_as_accepted() -> None:
    document = read(
        f"<text:tracked-changes><text:changed-region><text:deletion>{paragraph('继续有效')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + paragraph("原文件<text:change/><text:change-start/>同时废止<text:change-end/>。")
    )
    assert document.text == "原文件同时废止。"
    assert rules(document) == ["TRACKED_CHANGES"]


HIDDEN = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(paragraph('公开<text:span text:style-name="H">秘密</text:span>'), id="text"),
        pytest.param(paragraph('公开<text:span text:style-name="I">秘密</text:span>'), id="text by inheritance"),
        pytest.param(paragraph("公开") + paragraph("秘密", "H"), id="paragraph"),
        pytest.param(
            paragraph("公开") + f'<text:section text:display="none">{paragraph("秘密")}</text:section>', id="section"
        ),
        pytest.param(paragraph("公开<text:hidden-text>秘密</text:hidden-text>"), id="field"),
    ],
)
def test_hidden_text_is_left_out_and_told(body: str) -> None:
    document = read(body, HIDDEN + '<style:style style:name="I" style:parent-style-name="H"/>')
    assert document.text == "公开"
    assert rules(document) == ["HIDDEN_TEXT"]


def level(place: int, number_format: str, before: str = "", after: str = "", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{place}" style:num-format="{number_format}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}" {more}/>'
    )


CHINESE = "一, 二, 三, ..."
LISTS = (
    f'<text:list-style style:name="L">{level(1, CHINESE, after="、")}{level(2, CHINESE, "（", "）")}'
    f"{level(3, '1', after='.')}</text:list-style>"
    f'<text:list-style style:name="A">{level(1, CHINESE, "第", "条")}'
    f"{level(2, '1', more='text:display-levels=' + chr(34) + '2' + chr(34))}</text:list-style>"
    f'<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    f'<text:list-style style:name="F">{level(1, "①, ②, ③, ...")}</text:list-style>'
)


def items(*parts: str, style: str = "", more: str = "") -> str:
    made = "".join(f"<text:list-item>{part}</text:list-item>" for part in parts)
    return f'<text:list text:style-name="{style}" {more}>{made}</text:list>'


def test_automatic_numbers_are_written_out() -> None:
    inner = items(paragraph("目标") + items(paragraph("甲"), paragraph("乙")), paragraph("步骤"))
    body = (
        items(paragraph("总则") + inner, style="L", more='xml:id="one"')
        + paragraph("其间")
        + items(paragraph("附则") + paragraph("次段"), style="L", more='text:continue-list="one"')
        + items(paragraph("为了"), paragraph("适用") + items(paragraph("细")), style="A")
        + items(items(paragraph("又细")), style="A", more='text:continue-numbering="true"')
        + items(paragraph("重来"), style="A")
        + items(paragraph("点"), style="B")
        + items(paragraph("圈"), style="F")
    )
    assert [text for _, text in shown(read(body, LISTS))] == [
        "一、总则", "（一）目标", "1. 甲", "2. 乙", "（二）步骤", "其间", "二、附则", "次段", "第一条 为了",
        "第二条 适用", "二.1 细", "二.2 又细", "第一条 重来", "点", "① 圈",
    ]  # fmt: skip


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        f'<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="{CHINESE}" '
        'style:num-prefix="第" style:num-suffix="章"/></text:outline-style></office:styles>'
    )
    body = "".join(f'<text:h text:outline-level="1">{name}</text:h>' for name in ("总则", "附则"))
    assert shown(read(body, parts=outline)) == [("heading", "第一章 总则"), ("heading", "第二章 附则")]


def test_tables_in_place_with_merged_cells() -> None:
    nested = table(row("嵌甲", "嵌乙"))
    body = (
        paragraph("前")
        + table(
            row("序号", "文号", "意见"),
            row("1", "青科字〔2010〕5号", 'table:number-rows-spanned="2"|废止'),
            row("2", "青科字\n〔2011〕6号", "-"),
            row('table:number-columns-spanned="2"|合计', "-", "2件"),
            f"<table:table-row><table:table-cell>{nested}</table:table-cell></table:table-row>",
        )
        + paragraph("后")
    )
    assert shown(read(body)) == [
        ("paragraph", "前"), ("row", "序号", "文号", "意见"), ("row", "1", "青科字〔2010〕5号", "废止"),
        ("row", "2", "青科字 〔2011〕6号", "废止"), ("row", "合计", "", "2件"), ("row", "嵌甲 嵌乙"),
        ("paragraph", "后"),
    ]  # fmt: skip


def test_notes_and_headers_stand_at_the_end() -> None:
    masters = (
        f"<office:master-styles><style:master-page><style:header>{paragraph('内部资料')}</style:header>"
        f"<style:footer>{paragraph('— 1 —')}</style:footer></style:master-page></office:master-styles>"
    )
    body = f"<text:note-body>{paragraph('此处指市级。')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    assert shown(read(paragraph(f"正文{note}"), parts=masters)) == [
        ("paragraph", "正文"), ("note", "此处指市级。"), ("header", "内部资料"),
    ]  # fmt: skip


def test_a_sheet_is_read_as_staff_see_it() -> None:
    column = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    title = row('table:number-columns-spanned="4"|附件2 废止的规范性文件目录')
    hidden = '<table:table-row table:visibility="filter">'
    body = (
        f'<table:table table:name="废止目录">{column}{title}'
        + row("序号", "秘", "文号", "部门")
        + row("1", "秘", "青科字〔2010〕5号", 'table:number-rows-spanned="2"|市科技局')
        + row("2", "", "青科字〔2011〕6号", "-")
        + row("3", "", "隐藏", "").replace("<table:table-row>", hidden)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        + f'<table:table table:name="底稿" table:style-name="H">{row("秘")}</table:table>'
    )
    hide = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
    document = read_bytes(package("spreadsheet", body, hide), "目录.ods")
    assert shown(document) == [
        ("paragraph", "附件2 废止的规范性文件目录"), ("row", "序号", "文号", "部门"),
        ("row", "1", "青科字〔2010〕5号", "市科技局"), ("row", "2", "青科字〔2011〕6号", "市科技局"),
    ]  # fmt: skip
    assert rules(document) == ["HIDDEN_TEXT"]


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_too_many_cells_are_refused(kind: str) -> None:
    many = row('table:number-columns-repeated="500"|甲').replace("-row>", '-row table:number-rows-repeated="90">', 1)
    with pytest.raises(TooLarge, match="单元格多于安全上限"):
        read_bytes(package(kind, table(many * 9)), "目录.ods", Limits(sheet_cells=3000))


def test_a_password_is_named() -> None:
    with pytest.raises(EncryptedFile, match="有密码"):
        read_bytes(package("text", "", manifest="<manifest><encryption-data/></manifest>"), "秘密.odt")


def test_no_text_is_no_success() -> None:
    with pytest.raises(NoTextLayer):
        read(paragraph(""))


def test_depth_is_an_error() -> None:
    with pytest.raises(DamagedFile):
        read("<text:section>" * 3000 + "</text:section>" * 3000)


def test_damaged_files_raise_input_errors_only() -> None:
    assert survives(package("text", paragraph("正文") * 50), "文件.odt")


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_damaged_parts_raise_input_errors_only(kind: str) -> None:
    body = table(row("1", 'table:number-rows-spanned="2"|甲'), row("2", "-"))
    whole = zipfile.ZipFile(BytesIO(package(kind, body + items(paragraph("总则"), style="L"), LISTS + HIDDEN)))
    parts = {name: whole.read(name) for name in whole.namelist()}
    for copy in mutations(parts["content.xml"]):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, copy if name == "content.xml" else part)
        try:
            assert read_bytes(stream.getvalue(), "文件.odt").text
        except InputError as error:
            assert str(error).startswith("文件.odt：")
