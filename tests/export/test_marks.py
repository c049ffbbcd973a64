"""Marked copies: the mark is seen and read back, and nothing else is changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_SECTION
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject, TextStringObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from policylib.errors import DamagedFile, EncryptedFile, InputError, UnsupportedFormat
from policylib.export.marks import copy_name, marked_copy
from policylib.export.marks.html import marked as marked_page
from policylib.extract import analyse
from policylib.model import Document
from policylib.readers import read_bytes

MARK = (
    "【效力标注】本文件已废止：据《岚州市人民政府关于废止部分文件的决定》（岚政发〔2018〕28号），"
    "自2018年11月23日起废止。"
)
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
PAPERS = sorted(path for path in CORPUS.iterdir() if path.suffix in (".docx", ".html", ".pdf", ".txt"))
PAPER = """\
岚州市科学技术局关于印发《岚州市科技奖励办法》的通知
岚科字〔2016〕12号

各有关单位：
现将《岚州市科技奖励办法》印发给你们。

岚州市科学技术局
2016年6月10日
"""


@pytest.fixture(autouse=True, scope="module")
def font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def said(document: Document) -> dict[str, Any]:
    """The elements and claims of a document without their places."""
    whole = analyse(document).to_dict()
    elements = {
        name: [one["value"] for one in found] if isinstance(found, list) else found and found["value"]
        for name, found in whole["elements"].items()
    }
    claims = [(one["relation"], one["raw"], one["mode"], one["detail"]) for one in whole["citations"]]
    numbers = [one["raw"] for one in whole["numbers"]]
    return {"elements": elements, "claims": claims, "numbers": numbers, "role": whole["role"]["value"]}


def marks_in(data: bytes, name: str) -> list[str]:
    """The marks that stand in a file, word for word."""
    document = read_bytes(data, name)
    return [mark.span.of(document.text) for mark in analyse(document).marks]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_a_marked_copy_is_read_as_its_original_and_bears_the_mark(path: Path) -> None:
    original = path.read_bytes()
    copied = marked_copy(original, MARK, path.name)
    assert said(read_bytes(copied, path.name)) == said(read_bytes(original, path.name))
    assert set(marks_in(copied, path.name)) == {MARK}


def test_marking_is_the_same_every_time() -> None:
    for path in PAPERS[::5]:
        assert marked_copy(path.read_bytes(), MARK, path.name) == marked_copy(path.read_bytes(), MARK, path.name)


def test_names_of_copies() -> None:
    assert copy_name("下载/岚科字〔2016〕12号.docx", "废止") == "岚科字〔2016〕12号（已废止）.docx"
    assert copy_name("甲.v2.pdf", "部分失效") == "甲.v2（部分失效）.pdf"
    assert copy_name("甲.html", "已修改") == "甲（已修改）.html"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600), "甲.doc"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "甲.png"),
        (b"{\\rtf1 x}", "甲.rtf"),
    ],
)
def test_what_cannot_be_marked_says_what_can(data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=f"{name}.*docx.*PDF.*html.*txt.*mark list"):
        marked_copy(data, MARK, name)


# txt ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_gets_a_first_line_in_its_own_encoding(encoding: str, end: str) -> None:
    original = PAPER.replace("\n", end).encode(encoding)
    copied = marked_copy(original, MARK, "甲.txt")
    assert copied.decode(encoding) == f"{MARK}{end}{end}{PAPER.replace(chr(10), end)}"


def test_damaged_bytes_of_a_text_stay() -> None:
    original = PAPER.encode("utf-8") + b"\xff\xfe\xff"
    assert marked_copy(original, MARK, "甲.txt").endswith(original)


# html -----------------------------------------------------------------------------------------------------------

BODY = f"<p>{'</p><p>'.join(PAPER.split())}</p>"


def banner_of(data: bytes, copied: bytes, encoding: str = "ascii") -> bytes:
    """The banner that was put in; all other bytes are as they were."""
    wide = encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")
    start = copied.index('<div data-policylib="mark"'.encode(wide))
    end = copied.index("</div>".encode(wide), start) + len("</div>".encode(wide))
    assert copied[:start] + copied[end:] == data
    return copied[start:end]


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>甲</title></head><body class='x' onload=\"if(a>b)go()\">{BODY}</body></html>",
        f"<!DOCTYPE html><!-- <body> --><html><head><script>var a='<body>';</script></head><BODY>{BODY}</BODY></html>",
        f"<html><head><meta charset='utf-8'></head>{BODY}</html>",
        f"<meta charset='utf-8'><title>甲</title><style>p{{}}</style>\n{BODY}",
        f"{BODY}",
        f"<div id='zoom'>{BODY}</div>",
        f"<body {BODY}",
        f"<!-- never closed {BODY}",
        f"<html><frameset><frame src='x'></frameset>{BODY}</html>",
    ],
)
def test_a_page_gets_a_banner_and_nothing_else(page: str) -> None:
    data = page.encode()
    copied = marked_page(data, MARK, "甲.html")
    assert MARK in banner_of(data, copied).decode()
    assert copied.index(b"data-policylib") > (data.find(b"</title>") if b"</title>" in data else -1)


def test_a_page_is_shown_its_banner_at_the_head_of_the_body() -> None:
    page = b"<html><head><title>x</title></head><body>\n<p>y</p></body></html>"
    assert marked_page(page, MARK, "甲.html").partition(b"<div data-policylib")[0].endswith(b"<body>")


@pytest.mark.parametrize(
    ("encoding", "declared"), [("gb18030", "gb2312"), ("utf-8", "utf-8"), ("big5", "big5"), ("utf-16", "utf-16")]
)
def test_a_page_keeps_its_encoding(encoding: str, declared: str) -> None:
    text = "<p>嵐州市科學技術局關於科技獎勵的通知。請認真執行。</p>" if encoding == "big5" else BODY
    page = f'<html><head><meta charset="{declared}"></head><body>{text}</body></html>'.encode(encoding)
    copied = marked_page(page, MARK, "甲.html")
    assert banner_of(page, copied, encoding)
    assert marks_in(copied, "甲.html") == [MARK]


def test_what_an_encoding_lacks_becomes_a_reference() -> None:
    page = '<html><head><meta charset="big5"></head><body><p>嵐州市科學技術局關於獎勵的通知。請執行。</p></body></html>'
    copied = marked_page(page.encode("big5"), MARK, "甲.html")
    assert "废".encode("ascii", "xmlcharrefreplace") in copied


def test_a_page_without_hanzi_may_call_itself_anything() -> None:
    page = b'<html><head><meta charset="gb2312"></head><body><p>&#23706;&#24030;</p></body></html>'
    assert banner_of(page, marked_page(page, MARK, "x.html")).isascii()


def test_damaged_bytes_of_a_page_stay() -> None:
    page = b"<html><head><title>\xff\xff\xff\xe5</title></head><body>" + BODY.encode() + b"\xff</body></html>"
    assert banner_of(page, marked_page(page, MARK, "x.html"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_title_with_markup_stays_words(title: str) -> None:
    text = f"【效力标注】本文件已废止：据《<script>alert(1)</script>&amp;\"'{title}》，自2018年11月23日起废止。"
    copied = marked_page(b"<html><body><p>x</p></body></html>", text, "x.html").decode()
    inside = copied.partition(">【效力标注】" if ">【" in copied else ">&#12304;")[2].partition("</div>")[0]
    assert "<" not in inside
    assert ">" not in inside


@pytest.mark.parametrize(
    "page", ["<body " * 50_000, "<!--" * 50_000, "<script>" * 50_000, "<meta " * 50_000, "'" * 200_000]
)
def test_hostile_pages_take_no_time(page: str) -> None:
    assert b"data-policylib" in marked_page(page.encode(), MARK, "x.html")


def test_a_short_notice_in_a_full_page_is_still_found_beside_its_banner() -> None:
    """The banner's own punctuation would outweigh a text of two sentences."""
    menu = "".join(f"<a href='/{at}'>栏目{at}</a>" for at in range(30))
    body = "".join(f"<p>{line}</p>" for line in PAPER.split())
    page = f"<html><body><div>{menu}</div><div class='a'><div>{body}</div></div><div>主办单位：某。</div></body></html>"
    copied = marked_page(page.encode(), MARK, "x.html")
    assert said(read_bytes(copied, "x.html")) == said(read_bytes(page.encode(), "x.html"))


# docx -----------------------------------------------------------------------------------------------------------


def paper(change: Callable[[Any], None] = lambda file: None) -> bytes:
    file = docx.Document()
    for line in PAPER.split("\n"):
        file.add_paragraph(line)
    change(file)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def heads(data: bytes) -> Iterator[str]:
    """What stands in the head of every kind of page of every section, as Word takes it over from section to section."""
    file = docx.Document(BytesIO(data))
    for section in file.sections:
        kinds = [section.header]
        kinds += [section.first_page_header] if section.different_first_page_header_footer else []
        kinds += [section.even_page_header] if file.settings.odd_and_even_pages_header_footer else []
        yield from (" ".join(paragraph.text for paragraph in kind.paragraphs) for kind in kinds)


def several_sections(file: Any) -> None:
    file.sections[0].header.paragraphs[0].text = "岚州市科学技术局文件"
    second = file.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "附件"
    second.different_first_page_header_footer = True
    file.add_section(WD_SECTION.NEW_PAGE)


def two_sided(file: Any) -> None:
    file.settings.odd_and_even_pages_header_footer = True


@pytest.mark.parametrize("change", [lambda file: None, several_sections, two_sided], ids=["plain", "sections", "even"])
def test_the_mark_stands_at_the_top_and_on_every_page(change: Callable[[Any], None]) -> None:
    copied = marked_copy(paper(change), MARK, "甲.docx")
    assert docx.Document(BytesIO(copied)).paragraphs[0].text == MARK
    shown = list(heads(copied))
    assert shown
    assert all(head.startswith(MARK) for head in shown)


def test_what_stood_in_a_head_stays() -> None:
    shown = heads(marked_copy(paper(several_sections), MARK, "甲.docx"))
    assert [head.removeprefix(MARK).strip() for head in shown] == [
        "岚州市科学技术局文件", "附件", "", "附件", "",
    ]  # fmt: skip


def test_other_parts_are_as_they_were() -> None:
    original = paper(several_sections)
    before, after = parts(original), parts(marked_copy(original, MARK, "甲.docx"))
    changed = {name for name in before if before[name] != after[name]}
    assert {name.partition(".")[0].rstrip("0123456789") for name in changed} == {
        "word/document", "word/header", "word/_rels/document", "[Content_Types]",
    }  # fmt: skip
    assert set(after) - set(before) == {"word/policylib-mark.xml"}


def test_a_head_is_added_only_where_none_is() -> None:
    with_head = paper(lambda file: setattr(file.sections[0].header.paragraphs[0], "text", "内部"))
    assert "word/policylib-mark.xml" not in parts(marked_copy(with_head, MARK, "甲.docx"))


def test_a_metadata_table_above_the_text_is_still_read() -> None:
    file = docx.Document()
    table = file.add_table(0, 2)
    for label, value in (("文号", "岚科字〔2016〕12号"), ("发布日期", "2016-06-12")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    for line in PAPER.split("\n"):
        file.add_paragraph(line)
    stream = BytesIO()
    file.save(stream)
    copied = marked_copy(stream.getvalue(), MARK, "甲.docx")
    assert said(read_bytes(copied, "甲.docx")) == said(read_bytes(stream.getvalue(), "甲.docx"))


def test_a_signed_document_is_left_alone() -> None:
    stream = BytesIO(paper())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(UnsupportedFormat, match="签章"):
        marked_copy(stream.getvalue(), MARK, "甲.docx")


def test_a_document_with_a_password_or_without_a_body() -> None:
    with pytest.raises(InputError):
        marked_copy(paper()[:900], MARK, "甲.docx")
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<w:document xmlns:w='x'/>")
    with pytest.raises(DamagedFile):
        marked_copy(stream.getvalue(), MARK, "甲.docx")


# pdf ------------------------------------------------------------------------------------------------------------


def printed(pages: int = 1, encrypt: StandardEncryption | None = None, size: tuple[float, float] = (595, 842)) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, encrypt=encrypt, invariant=1)
    for page in range(pages):
        canvas.setFont("STSong-Light", 16)
        for place, line in enumerate(PAPER.split("\n")):
            canvas.drawString(80, size[1] - 120 - 28 * place, line)
        canvas.drawString(80, 60, f"第{page}页")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def stamps(data: bytes) -> list[tuple[str, list[tuple[int, int]]]]:
    """The text at the top of each page as it is shown, and the red pixels' extent of the drawn page in per cent."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        image = page.render(scale=1).to_pil().convert("RGB")
        wide, high = image.size
        pixels = image.load()
        red = [
            (100 * x // wide, 100 * y // high)
            for y in range(high)
            for x in range(wide)
            if pixels[x, y][0] > 150 and pixels[x, y][1] < 90 and pixels[x, y][2] < 90
        ]
        text = page.get_textpage().get_text_range()
        corners = [(min(x for x, _ in red), min(y for _, y in red)), (max(x for x, _ in red), max(y for _, y in red))]
        found.append((text, corners))
    document.close()
    return found


def test_a_stamp_is_added_behind_the_bytes_of_the_original() -> None:
    original = printed(3)
    copied = marked_copy(original, MARK, "甲.pdf")
    assert copied.startswith(original)
    assert marks_in(copied, "甲.pdf") == [MARK]
    assert len(stamps(copied)) == 3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_stamp_stands_upright_at_the_top_of_a_rotated_page(rotation: int) -> None:
    original = rewritten(printed(), lambda writer: [page.rotate(rotation) for page in writer.pages] and None)
    copied = marked_copy(original, MARK, "甲.pdf")
    ((text, ((left, top), (right, bottom))),) = stamps(copied)
    assert MARK[:20] in text
    assert (left < 6, top < 4, right > 93, bottom < 12) == (True, True, True, True)
    assert marks_in(copied, "甲.pdf") == [MARK]


def test_the_stamp_stands_within_the_crop_box() -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((60, 40, 500, 780))

    copied = marked_copy(rewritten(printed(), crop), MARK, "甲.pdf")
    ((_, ((left, top), (right, bottom))),) = stamps(copied)
    assert (3 < left < 8, top < 4, 92 < right < 97, bottom < 12) == (True, True, True, True)


def test_a_page_without_contents_and_one_that_leaves_its_state_turned_upside_down() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_blank_page(595, 842)
        content = writer.pages[0].get_contents()
        assert content is not None
        content.set_data(b"0.5 0 0 0.5 300 300 cm\n" + content.get_data())
        writer.pages[0][NameObject("/Contents")] = writer._add_object(content)

    copied = marked_copy(rewritten(printed(), change), MARK, "甲.pdf")
    found = stamps(copied)
    assert len(found) == 2
    for _, ((left, top), (right, bottom)) in found:
        assert (left < 6, top < 4, right > 93, bottom < 12) == (True, True, True, True)


def test_a_scanned_page_stays_a_scanned_page() -> None:
    """The stamp is no text of the page: it would be taken for a page that needs no recognition."""

    def scanned() -> bytes:
        stream = BytesIO()
        canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
        canvas.setFont("STSong-Light", 16)
        for place, line in enumerate(PAPER.split("\n")):
            canvas.drawString(80, 700 - 28 * place, line)
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, 842)
        canvas.save()
        return stream.getvalue()

    original = read_bytes(scanned(), "甲.pdf")
    copied = read_bytes(marked_copy(scanned(), MARK, "甲.pdf"), "甲.pdf")
    assert [one.rule for one in original.problems] == ["NO_TEXT_PAGE"]
    assert copied.problems == original.problems
    assert copied.text == f"{original.text}\n{MARK}"


def test_inherited_resources_are_kept() -> None:
    def inherit(writer: PdfWriter) -> None:
        page = writer.pages[0]
        parent = page["/Parent"].get_object()
        parent[NameObject("/Resources")] = page["/Resources"]
        del page["/Resources"]

    original = rewritten(printed(), inherit)
    assert said(read_bytes(marked_copy(original, MARK, "甲.pdf"), "甲.pdf")) == said(read_bytes(original, "甲.pdf"))


@pytest.mark.parametrize("size", [(200, 300), (1190, 842)], ids=["slip", "A3"])
def test_small_and_large_pages(size: tuple[float, float]) -> None:
    copied = marked_copy(printed(size=size), MARK, "甲.pdf")
    assert marks_in(copied, "甲.pdf") == [MARK]


def test_a_long_mark_and_characters_that_the_font_lacks() -> None:
    words = MARK.replace("自2018", "𠮷" + "《岚州市人民政府关于加强工作的通知》、" * 12 + "自2018")
    copied = marked_copy(printed(), words, "甲.pdf")
    assert marks_in(copied, "甲.pdf") == [words.replace("𠮷", "〓")]


@pytest.mark.parametrize("password", ["", "secret"], ids=["owner only", "user"])
def test_an_encrypted_pdf(password: str) -> None:
    data = printed(encrypt=StandardEncryption(password, ownerPassword="owner", canModify=0))
    with pytest.raises(EncryptedFile, match=r"甲\.pdf.*另存"):
        marked_copy(data, MARK, "甲.pdf")


@pytest.mark.parametrize("flagged", [True, False], ids=["flag", "field"])
def test_a_signed_pdf_is_left_alone(flagged: bool) -> None:
    def sign(writer: PdfWriter) -> None:
        field = DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject("签章"),
                NameObject("/V"): DictionaryObject({NameObject("/Type"): NameObject("/Sig")}),
            }
        )
        form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
        if flagged:
            form[NameObject("/SigFlags")] = NumberObject(3)
        writer.root_object[NameObject("/AcroForm")] = form

    with pytest.raises(UnsupportedFormat, match="签章"):
        marked_copy(rewritten(printed(), sign), MARK, "甲.pdf")


def test_damaged_pdfs_cost_a_message() -> None:
    original = printed()
    for at in range(97, len(original), 97):
        data = original[:at] + b"\0\xff\0" + original[at + 3 :]
        try:
            copied = marked_copy(data, MARK, "甲.pdf")
        except InputError as error:
            assert "甲.pdf" in str(error)
        else:
            assert copied.startswith(data)
    with pytest.raises(DamagedFile, match="标注"):
        marked_copy(original[:400], MARK, "甲.pdf")
