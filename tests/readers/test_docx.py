"""Word documents: what python-docx alone would lose, and what must not be read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policylib.errors import DamagedFile, NoTextLayer
from policylib.model import Document
from policylib.readers import read_bytes
from policylib.readers.docx_numbering import chinese, format_number, roman

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
Change = Callable[[docx.document.Document], None]


def document_of(body: str, change: Change | None = None) -> Document:
    """The document that a docx with this body is read into."""
    return read_bytes(saved(body, change), "文件.docx")


def saved(body: str, change: Change | None = None) -> bytes:
    file = docx.Document()
    root = file.element.body
    for node in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        root.insert(len(root) - 1, node)
    if change is not None:
        change(file)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def shown(document: Document, *kinds: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if not kinds or block.kind in kinds]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(parts)}</w:p>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


BOX = f"<w:txbxContent>{paragraph(run('青岚市科学技术局文件'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(paragraph(*map(run, ["青科字〔", "2017", "〕3号"])), ["青科字〔2017〕3号"], id="split number"),
        pytest.param(
            paragraph(run("甲"), run(" "), run("乙")), ["甲 乙"], id="a run of one space"
        ),
        pytest.param(
            paragraph(run("自"), f'<w:smartTag w:element="chsdate">{run("2017年6月27日")}</w:smartTag>', run("起施行")),
            ["自2017年6月27日起施行"],
            id="smart-tag date",
        ),
        pytest.param(
            paragraph(f"<w:sdt><w:sdtContent>{run('主动公开')}</w:sdtContent></w:sdt>")
            + f"<w:sdt><w:sdtContent>{paragraph(run('块'))}</w:sdtContent></w:sdt>",
            ["主动公开", "块"],
            id="content controls",
        ),
        pytest.param(
            paragraph(f"<w:hyperlink>{run('见解读')}</w:hyperlink>", f"<w:fldSimple>{run('2016年')}</w:fldSimple>"),
            ["见解读2016年"],
            id="link and simple field",
        ),
        pytest.param(
            paragraph(
                field("begin"), "<w:r><w:instrText> DATE </w:instrText></w:r>", run("指令"), field("separate"),
                run("2016年3月1日"), field("end"), run("印发"),
            ),
            ["2016年3月1日印发"],
            id="field as cached",
        ),
        pytest.param(
            paragraph(f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>", run("正文")),
            ["青岚市科学技术局文件", "正文"],
            id="red head in a text box",
        ),
        pytest.param(
            paragraph(
                f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{BOX}</w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            ["青岚市科学技术局文件"],
            id="text box in two readings",
        ),
        pytest.param(
            paragraph("<w:r><w:t>标题上</w:t><w:br/><w:t>标题下</w:t><w:tab/><w:t>尾</w:t></w:r>"),
            ["标题上", "标题下 尾"],
            id="soft break and tab",
        ),
        pytest.param(
            paragraph("<w:r><w:t>0533</w:t><w:noBreakHyphen/><w:t>1</w:t><w:sym w:char='F0FE'/></w:r>"),
            ["0533-1\N{REPLACEMENT CHARACTER}"],
            id="no-break hyphen and symbol",
        ),
        pytest.param(
            paragraph("<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r>"
                      "</w:rubyBase></w:ruby></w:r>"),
            ["音"],
            id="ruby",
        ),
        pytest.param(
            paragraph(
                '<m:oMath xmlns:m="urn:m"><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>'
                "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
            ),
            ["1/2m^2"],
            id="formula",
        ),
        pytest.param(
            paragraph(run("是"), '<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>',
                      '<w:r><w:sym w:font="宋体" w:char="3007"/></w:r>'),
            ["是\N{REPLACEMENT CHARACTER}〇"],
            id="symbols of a font and of Unicode",
        ),
        pytest.param(
            paragraph('<w:r><w:pict><v:shape><v:textpath string="青岚市科学技术局文件"/></v:shape></w:pict></w:r>')
            + paragraph(run("文")),
            ["青岚市科学技术局文件", "文"],
            id="WordArt",
        ),
        pytest.param(
            paragraph(
                field("begin"), field("begin"), run("指令"), field("separate"), run("内"), field("end"),
                field("separate"), run("外"), field("end"),
            ),
            ["外"],
            id="field in the instruction of a field",
        ),
        pytest.param(
            f"<w:customXml>{paragraph(run('甲'))}</w:customXml><w:ins>{paragraph(run('乙'))}</w:ins>"
            + paragraph(f"<w:customXml>{run('丙')}</w:customXml>"),
            ["甲", "乙", "丙"],
            id="custom XML",
        ),
    ],
)  # fmt: skip
def test_what_stands_on_the_page(body: str, lines: list[str]) -> None:
    document = document_of(body)
    assert shown(document) == lines
    assert not document.problems


def test_revisions_are_read_as_accepted() -> None:
    document = document_of(
        paragraph(
            run("原文件"),
            "<w:del><w:r><w:delText>继续有效</w:delText></w:r></w:del>",
            f"<w:ins>{run('同时废止')}</w:ins>",
            f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('。')}</w:moveTo>",
        )
        + paragraph(run("青科字〔2017〕"), properties="<w:rPr><w:del/></w:rPr>")
        + paragraph(run("3号"))
    )
    assert shown(document) == ["原文件同时废止。", "青科字〔2017〕3号"]
    assert rules(document) == ["TRACKED_CHANGES"]


def test_hidden_text_is_left_out_and_told() -> None:
    document = document_of(paragraph(run("公开"), run("秘密", "<w:vanish/>"), run("显", '<w:vanish w:val="0"/>')))
    assert document.text == "公开显"
    assert rules(document) == ["HIDDEN_TEXT"]


def level(place: int, style: str, text: str, more: str = "") -> str:
    settings = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{place}">{settings}</w:lvl>'


LEVELS = level(0, "chineseCounting", "%1、") + level(1, "japaneseCounting", "（%2）") + level(2, "decimal", "%3.")
ARTICLES = level(0, "chineseCountingThousand", "第%1条") + level(1, "decimal", "%1.%2", "<w:isLgl/>")


def with_lists(file: docx.document.Document) -> None:
    root = file.part.numbering_part.element
    for number, levels in ((90, LEVELS), (91, ARTICLES)):
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="92"><w:abstractNumId w:val="91"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="12"/></w:lvlOverride></w:num>'
        )
    )


def listed(text: str, number: int, place: int = 0) -> str:
    return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out() -> None:
    body = (
        listed("总则", 90) + listed("目标", 90, 1) + listed("甲", 90, 2) + listed("乙", 90, 2) + listed("步骤", 90, 1)
        + listed("丙", 90, 2) + listed("附则", 90) + listed("为了", 91) + listed("适用", 91) + listed("细", 91, 1)
        + listed("接续", 92)
    )  # fmt: skip
    assert shown(document_of(body, with_lists)) == [
        "一、总则", "（一）目标", "1. 甲", "2. 乙", "（二）步骤", "1. 丙", "二、附则",
        "第一条 为了", "第二条 适用", "2.1 细", "第十二条 接续",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (10, "chineseLegalSimplified", "壹拾"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (12, "decimalFullWidth", "１２"),
        (2, "ideographTraditional", "乙"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "aiueo", "7"),
    ],
)
def test_number_formats(number: int, style: str, text: str) -> None:
    assert format_number(number, style) == text


def test_counting_never_repeats() -> None:
    assert len({chinese(number) for number in range(1, 10000)}) == 9999
    assert len({roman(number) for number in range(1, 4000)}) == 3999


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_tables_in_place_with_merged_cells() -> None:
    body = (
        paragraph(run("前"))
        + table(
            cell("序号") + cell("文号") + cell("意见"),
            cell("1") + cell("青科字〔2010〕5号") + cell("废止", '<w:vMerge w:val="restart"/>'),
            cell("2") + cell("青科字〔2011〕6号") + cell("", "<w:vMerge/>"),
            cell("合计", '<w:gridSpan w:val="2"/>') + cell("2件"),
            f"<w:tc><w:tcPr/>{table(cell('嵌甲') + cell('嵌乙'))}{paragraph()}</w:tc>" + cell("丙"),
        )
        + paragraph(run("后"))
    )
    document = document_of(body)
    assert shown(document) == [
        "前", "序号\t文号\t意见", "1\t青科字〔2010〕5号\t废止", "2\t青科字〔2011〕6号\t废止",
        "合计\t\t2件", "嵌甲 嵌乙\t丙", "后",
    ]  # fmt: skip
    assert [part.of(document.text) for part in document.blocks[2].cells] == ["1", "青科字〔2010〕5号", "废止"]


def test_a_table_of_elements_at_the_head_is_metadata() -> None:
    body = table(cell("发文字号") + cell("青科字〔2017〕3号"), cell("成文日期") + cell("2017-06-27")) + paragraph(
        run("正文")
    )
    assert shown(document_of(body), "metadata") == ["发文字号：青科字〔2017〕3号", "成文日期：2017-06-27"]


def with_header(file: docx.document.Document) -> None:
    file.sections[0].header.paragraphs[0].text = "内部资料"
    file.sections[0].footer.paragraphs[0].text = "— 1 —"


def test_headers_stand_at_the_end_and_page_numbers_nowhere() -> None:
    document = document_of(paragraph(run("正文")), with_header)
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        ("paragraph", "正文"),
        ("header", "内部资料"),
    ]


def related(kind: str, name: str, media_type: str, data: bytes) -> Change:
    def change(file: docx.document.Document) -> None:
        part = Part(PackURI(f"/word/{name}"), media_type, data, file.part.package)
        relation = file.part.relate_to(
            part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        )
        for node in file.element.body.iter("{*}altChunk"):
            node.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)

    return change


def test_footnotes_are_notes() -> None:
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="0">{paragraph(run("——"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("此处指市级。"))}</w:footnote></w:footnotes>'
    )
    change = related("footnotes", "footnotes.xml", "application/xml", notes.encode())
    document = document_of(paragraph(run("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>'), change)
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        ("paragraph", "正文"),
        ("note", "此处指市级。"),
    ]


PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h1>某条例</h1><p>第一条 为了。</p>"
PAGE += "<p><a href=#1>第一条</a><a href=http://www.qinglan.example/1.doc>附件</a></p></body></html>"
ARCHIVE = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"; type="text/html"\n\n--x\n'
    f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--x--\n"
)


@pytest.mark.parametrize(("name", "data"), [("a.html", PAGE), ("a.mht", ARCHIVE)])
def test_a_text_in_another_part_is_followed(name: str, data: str) -> None:
    document = document_of('<w:altChunk r:id="none"/>', related("aFChunk", name, "message/rfc822", data.encode()))
    assert shown(document) == ["某条例", "第一条 为了。", "第一条附件"]
    assert [(link.span.of(document.text), link.url) for link in document.links] == [
        ("附件", "http://www.qinglan.example/1.doc")
    ]
    assert rules(document) == ["ALTCHUNK"]


def test_headings_by_style() -> None:
    document = document_of(paragraph(run("总则"), properties='<w:pStyle w:val="Heading1"/>') + paragraph(run("正文")))
    assert shown(document, "heading") == ["总则"]


def test_no_text_is_no_success() -> None:
    with pytest.raises(NoTextLayer, match="未取得任何文字"):
        document_of("<w:p/>")


def test_a_package_that_is_no_document() -> None:
    data = saved(paragraph(run("正文")))
    with pytest.raises(DamagedFile, match=r"文件\.docx"):
        read_bytes(data.replace(b"word/document.xml", b"word/documenx.xml"), "文件.docx")


def test_renamed_docx_is_read() -> None:
    document = read_bytes(saved(paragraph(run("青科字〔2017〕3号"))), "通知.doc")
    assert document.text == "青科字〔2017〕3号"
    assert rules(document) == ["EXT_MISMATCH"]
