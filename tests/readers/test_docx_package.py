"""What a Word document refers to: other parts, addresses, programs; and packages that are damaged or hostile."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policylib.errors import DamagedFile, EncryptedFile, InputError, NoTextLayer, TooLarge
from policylib.model import Document
from policylib.readers import Limits, read_bytes
from tests.readers.test_docx import (
    NAMES,
    Change,
    cell,
    document_of,
    field,
    paragraph,
    related,
    rules,
    run,
    saved,
    shown,
    table,
)

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def links_of(document: Document) -> list[tuple[str, str]]:
    return [(link.span.of(document.text), link.url) for link in document.links]


def linked(address: str, words: str) -> tuple[str, Change]:
    """A hyperlink to an address, and the change that adds its relation."""

    def change(file: docx.document.Document) -> None:
        relation = file.part.relate_to(address, f"{TRANSITIONAL}/hyperlink", is_external=True)
        for node in file.element.body.iter("{*}hyperlink"):
            node.set(f"{{{TRANSITIONAL}}}id", relation)

    return f'<w:hyperlink r:id="none">{words}</w:hyperlink>', change


def command(instruction: str, result: str) -> str:
    text = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return field("begin") + text + field("separate") + run(result) + field("end")


def test_links_by_relation() -> None:
    link, change = linked("http://www.qinglan.example/jd.html", run("见") + run("解读"))
    document = document_of(paragraph(run("政策解读"), link, run("。")) + table(cell("甲") + cell("乙")), change)
    assert links_of(document) == [("见解读", "http://www.qinglan.example/jd.html")]
    inside = document_of(table(f"<w:tc><w:tcPr/>{paragraph(link)}</w:tc>" + cell("乙")), change)
    assert links_of(inside) == [("见解读", "http://www.qinglan.example/jd.html")]


@pytest.mark.parametrize("address", ["mailto:a@b.example", "file:///C:/a.doc", "javascript:x()"])
def test_links_that_lead_nowhere(address: str) -> None:
    link, change = linked(address, run("见解读"))
    assert links_of(document_of(paragraph(link), change)) == []


def test_links_by_field() -> None:
    body = paragraph(run("见"), command('HYPERLINK "http://www.qinglan.example/f.doc" \\o "甲"', "附件"), run("。"))
    document = document_of(body + paragraph(command("HYPERLINK \\l _Toc1", "目录")))
    assert shown(document) == ["见附件。", "目录"]
    assert links_of(document) == [("附件", "http://www.qinglan.example/f.doc")]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(command('DDEAUTO c:\\\\cmd.exe "/k x"', "2016年"), id="field"),
        pytest.param(command("DDE</w:instrText><w:instrText>AUTO excel", "2016年"), id="split field"),
        pytest.param(f'<w:fldSimple w:instr=" DDE excel a b">{run("2016年")}</w:fldSimple>', id="simple field"),
    ],
)
def test_fields_that_would_start_a_program(body: str) -> None:
    document = document_of(paragraph(body))
    assert document.text == "2016年"
    assert rules(document) == ["DDE"]


def test_macros_are_told_and_not_run() -> None:
    document = document_of(paragraph(run("正文")), related("vbaProject", "vbaProject.bin", "application/bin", b"\0"))
    assert (document.text, rules(document)) == ("正文", ["MACRO"])


def test_comments_are_not_text() -> None:
    comments = f'<w:comments {NAMES}><w:comment w:id="0">{paragraph(run("此处请核"))}</w:comment></w:comments>'
    body = paragraph('<w:commentRangeStart w:id="0"/>', run("正文"), '<w:commentRangeEnd w:id="0"/>',
                     '<w:r><w:commentReference w:id="0"/></w:r>')  # fmt: skip
    assert document_of(body, related("comments", "comments.xml", "application/xml", comments.encode())).text == "正文"


def chunk(data: bytes) -> Document:
    return document_of('<w:altChunk r:id="none"/>', related("aFChunk", "chunk.bin", "application/octet", data))


def test_a_document_in_a_document() -> None:
    inner = saved(paragraph(run("第一条 为了。")))
    assert chunk(inner).text == "第一条 为了。"
    assert chunk("第一条 为了。\n第二条 适用。".encode()).text == "第一条 为了。\n第二条 适用。"


def test_a_chunk_that_is_named_a_thousand_times_is_read_once() -> None:
    change = related("aFChunk", "chunk.bin", "application/octet", "第一条 为了。".encode())
    assert document_of('<w:altChunk r:id="none"/>' * 1000, change).text == "第一条 为了。"


def test_documents_in_documents_in_documents_are_told_not_followed() -> None:
    data = saved(paragraph(run("甲")))
    for _ in range(4):
        data = saved('<w:altChunk r:id="none"/>', related("aFChunk", "chunk.bin", "application/octet", data))
    with pytest.raises(NoTextLayer):
        read_bytes(data, "文件.docx")


def test_a_chunk_that_cannot_be_read_is_told() -> None:
    change = related("aFChunk", "chunk.ceb", "application/x-ceb", b"Founder CEB")
    document = document_of(paragraph(run("正文")) + '<w:altChunk r:id="none"/>', change)
    assert document.text == "正文"
    assert [problem.message for problem in document.problems] == [
        "正文嵌入的文件未能读取，文字可能不全（暂不支持方正 CEB 版式文件）"
    ]


def test_official_fields_of_wps_become_metadata() -> None:
    def bookmark(number: int, name: str, *inside: str) -> str:
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{"".join(inside)}<w:bookmarkEnd w:id="{number}"/>'

    shown_property = command('DOCPROPERTY "签发人" \\* MERGEFORMAT', "张三")
    control = f'<w:sdt><w:sdtPr><w:alias w:val="密级"/></w:sdtPr><w:sdtContent>{run("内部")}</w:sdtContent></w:sdt>'
    body = (
        paragraph(bookmark(1, "发文机关代字", run("青科字")), run("〔"), bookmark(2, "年份", run("2017")), run("〕"),
                  bookmark(3, "发文顺序号", run("3")), run("号"))
        + paragraph('<w:bookmarkStart w:id="4" w:name="标题"/>', run("关于印发"))
        + paragraph(run("办法的通知"))
        + '<w:bookmarkEnd w:id="4"/>'
        + paragraph(bookmark(5, "_Toc99", run("正文")), control, shown_property)
    )  # fmt: skip
    document = document_of(body)
    assert shown(document, "metadata") == [
        "发文字号：青科字〔2017〕3号",
        "标题：关于印发办法的通知",
        "密级：内部",
        "签发人：张三",
    ]
    assert shown(document, "paragraph") == ["青科字〔2017〕3号", "关于印发", "办法的通知", "正文内部张三"]


def styled(file: docx.document.Document) -> None:
    for xml in (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="章"><w:name w:val="章"/><w:basedOn w:val="Heading1"/>'
        "</w:style>",
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="批注"><w:name w:val="批注"/><w:rPr><w:vanish/></w:rPr>'
        "</w:style>",
        f'<w:style {nsdecls("w")} w:type="character" w:styleId="环甲"><w:basedOn w:val="环乙"/></w:style>',
        f'<w:style {nsdecls("w")} w:type="character" w:styleId="环乙"><w:basedOn w:val="环甲"/></w:style>',
    ):
        file.styles.element.append(parse_xml(xml))


def test_styles_inherit() -> None:
    body = (
        paragraph(run("总则"), properties='<w:pStyle w:val="章"/>')
        + paragraph(run("内部意见"), run("显", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="批注"/>')
        + paragraph(run("正文", '<w:rStyle w:val="环甲"/>'))
    )
    document = document_of(body, styled)
    assert shown(document) == ["总则", "显", "正文"]
    assert shown(document, "heading") == ["总则"]
    assert rules(document) == ["HIDDEN_TEXT"]


def rewritten(data: bytes, change: dict[str, str]) -> bytes:
    """The package with words of its XML parts replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            for before, after in change.items() if member.filename.endswith((".xml", ".rels")) else ():
                part = part.replace(before.encode(), after.encode())
            new.writestr(member.filename, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({TRANSITIONAL: STRICT, MAIN: "http://purl.oclc.org/ooxml/wordprocessingml/main"}, id="strict"),
        pytest.param({'Target="word/document.xml"': 'Target="/WORD/document.xml"'}, id="absolute, in capitals"),
        pytest.param({'Target="word/document.xml"': 'Target="word\\document.xml"'}, id="backslash"),
        pytest.param({'Target="word/document.xml"': 'Target="nowhere.xml"'}, id="relation that leads nowhere"),
        pytest.param({"w:": "x:", "xmlns:w=": "xmlns:x="}, id="another prefix"),
    ],
)
def test_packages_written_otherwise(change: dict[str, str]) -> None:
    body = paragraph(run("总则"), properties='<w:pStyle w:val="Heading1"/>') + paragraph(run("正文"))
    document = read_bytes(rewritten(saved(body), change), "文件.docx")
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        ("heading", "总则"),
        ("paragraph", "正文"),
    ]


def test_a_password_on_one_part() -> None:
    data = bytearray(saved(paragraph(run("正文"))))
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(EncryptedFile):
        read_bytes(bytes(data), "文件.docx")


def test_parts_that_nothing_asks_for_are_not_unpacked() -> None:
    data = saved(paragraph(run("正文")), related("image", "a.bin", "image/png", bytes(3_000_000)))
    assert read_bytes(data, "文件.docx", Limits(part_bytes=1_000_000)).text == "正文"


def test_a_merged_cell_is_not_repeated_without_end() -> None:
    rows = [cell("甲" * 100_000, '<w:vMerge w:val="restart"/>')] + [cell("", "<w:vMerge/>")] * 1000
    document = document_of(table(*(row + cell("乙") for row in rows)))
    assert len(document.text) < 2_000_000


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000, DamagedFile, id="nested tables"),
        pytest.param("<w:p/>" * 2000, TooLarge, id="more tags than allowed"),
    ],
)
def test_hostile_bodies(body: str, error: type[InputError]) -> None:
    data = rewritten(saved(paragraph(run("正文"))), {"<w:body>": f"<w:body>{body}"})
    with pytest.raises(error, match=r"^文件\.docx："):
        read_bytes(data, "文件.docx", Limits(part_tags=13_000 if error is DamagedFile else 1000))


def test_damage_costs_a_message() -> None:
    link, change = linked("http://www.qinglan.example/", run("解读"))
    body = paragraph(run("青科字〔2017〕3号"), link) + table(cell("甲") + cell("乙"))
    whole = rewritten(saved(body, change), {})  # stored, so that the XML itself is hit
    dice = random.Random(11)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            document = read_bytes(bytes(data), "文件.docx")
            assert all(block.span.of(document.text) for block in document.blocks)
        except InputError as error:
            assert str(error).startswith("文件.docx：")
