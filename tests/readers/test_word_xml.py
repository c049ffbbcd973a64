"""Word documents in one XML file, as old programs save them under the name .doc."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from policylib.errors import DamagedFile, NoTextLayer, TooLarge
from policylib.model import Document
from policylib.readers import Limits, read_bytes

from .mutation import survives

WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
NAMES = f'xmlns:w="{WORD}" xmlns:wx="{WORD}/aux" xmlns:aml="urn:aml" xmlns:v="urn:schemas-microsoft-com:vml"'
START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
STYLES = '<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'


def word_2003(body: str) -> bytes:
    root = f"<w:wordDocument {NAMES}>{STYLES}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    return (START + root).encode()


def flat(body: str) -> bytes:
    """A docx without its zip."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    parts = (
        ("/_rels/.rels", "application/vnd.openxmlformats-package.relationships+xml", relations),
        ("/word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", document),
    )  # fmt: skip
    made = "".join(
        f'<pkg:part pkg:name="{name}" pkg:contentType="{kind}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>'
        for name, kind, text in parts
    )
    picture = base64.b64encode(b"\x89PNG").decode()
    made += (
        f'<pkg:part pkg:name="/word/media/a.png" pkg:contentType="image/png"><pkg:binaryData>{picture}'
        "</pkg:binaryData></pkg:part>"
    )
    return f'{START}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{made}</pkg:package>'.encode()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*parts: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(parts)}</w:p>"


def annotation(kind: str, content: str) -> str:
    return f'<aml:annotation w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'


def shown(document: Document) -> list[tuple[str, ...]]:
    return [
        (block.kind, *[cell.of(document.text) for cell in block.cells or (block.span,)]) for block in document.blocks
    ]


@pytest.mark.parametrize("make", [word_2003, flat])
def test_both_kinds_are_read_under_the_name_doc(make: Callable[[str], bytes]) -> None:
    cell = "<w:tc>{}</w:tc>"
    body = (
        paragraph(run("青科字〔"), run("2017"), run("〕3号"))
        + f"<w:tbl><w:tr>{cell.format(paragraph(run('1')))}{cell.format(paragraph(run('甲')))}</w:tr></w:tbl>"
    )
    document = read_bytes(make(body), "通知.doc")
    assert shown(document) == [("paragraph", "青科字〔2017〕3号"), ("row", "1", "甲")]
    assert [problem.rule for problem in document.problems] == ["EXT_MISMATCH"]


def numbered(label: str, text: str) -> str:
    return paragraph(run(text), properties=f'<w:listPr><w:ilvl w:val="0"/><wx:t wx:val="{label}"/></w:listPr>')


def test_automatic_numbers_as_last_shown() -> None:
    body = numbered("一、", "总则") + numbered("1.", "目标") + numbered("\N{BULLET}", "要点")
    assert read_bytes(word_2003(body), "通知.xml").text == "一、总则\n1. 目标\n要点"


def test_revisions_are_read_as_accepted_and_comments_not_at_all() -> None:
    body = paragraph(
        run("原文件"),
        annotation("Deletion", "<w:r><w:delText>继续有效</w:delText></w:r>"),
        annotation("Insertion", run("同时废止")),
        annotation("Comment", paragraph(run("批注"))),
        run("。"),
    ) + annotation("Insertion", paragraph(run("新段")))
    document = read_bytes(word_2003(body), "通知.xml")
    assert document.text == "原文件同时废止。\n新段"
    assert [problem.rule for problem in document.problems] == ["TRACKED_CHANGES"]


def test_heads_notes_and_text_boxes() -> None:
    box = f"<w:txbxContent>{paragraph(run('青岚市科学技术局文件'))}</w:txbxContent>"
    body = (
        paragraph(f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>", run("题"),
                  properties='<w:pStyle w:val="1"/>')
        + paragraph(run("正文"), f"<w:r><w:footnote>{paragraph(run('此处指市级。'))}</w:footnote></w:r>")
        + f"<w:sectPr><w:hdr>{paragraph(run('内部资料'))}</w:hdr><w:ftr>{paragraph(run('— 1 —'))}</w:ftr></w:sectPr>"
    )  # fmt: skip
    assert shown(read_bytes(word_2003(body), "通知.xml")) == [
        ("paragraph", "青岚市科学技术局文件"), ("heading", "题"), ("paragraph", "正文"), ("note", "此处指市级。"),
        ("header", "内部资料"),
    ]  # fmt: skip


@pytest.mark.parametrize("make", [word_2003, flat])
def test_no_text_is_no_success(make: Callable[[str], bytes]) -> None:
    with pytest.raises(NoTextLayer):
        read_bytes(make(paragraph()), "通知.xml")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(START.encode() + b"<!DOCTYPE a><w:wordDocument/>", DamagedFile, id="declaration"),
        pytest.param(word_2003(paragraph(run("正文")))[:-9], DamagedFile, id="cut"),
        pytest.param(word_2003("<w:sdt>" * 3000 + "</w:sdt>" * 3000), DamagedFile, id="depth"),
        pytest.param(word_2003(paragraph() * 1000), TooLarge, id="tags"),
    ],
)
def test_hostile_files(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"通知\.xml："):
        read_bytes(data, "通知.xml", Limits(part_tags=9000 if error is DamagedFile else 1000))


def test_a_part_whose_name_is_lost_costs_only_itself() -> None:
    data = flat(paragraph(run("正文"))).replace(b'"/word/media/a.png"', b'""')
    assert shown(read_bytes(data, "通知.xml")) == [("paragraph", "正文")]


@pytest.mark.parametrize("make", [word_2003, flat])
def test_damaged_files_raise_input_errors_only(make: Callable[[str], bytes]) -> None:
    assert survives(make(numbered("一、", "总则") + paragraph(run("正文")) * 5), "通知.doc")
