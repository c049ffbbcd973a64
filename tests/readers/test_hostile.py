"""Broken and hostile files: each is refused with its code and words that say what is wrong, or read in spite of it.

Where a limit is meant to bite, the test sets it low; `test_of_full_size` has those that the defaults refuse.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from policylib.errors import InputError
from policylib.readers import DEFAULT_LIMITS, Limits, read, read_bytes, read_each_bytes
from policylib.readers.guard import MEGABYTE
from tests.readers.zipped import zipped

from .compound_file import compound_file
from .ofd_file import entry, lines, ofd, page, root
from .word_file import paragraph, word_file, word_streams

NOTICE = "岚州市水利局关于做好防汛工作的通知\n岚水发〔2019〕5号\n请做好防汛工作。\n"
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str = "", head: str = "", **more: bytes | str) -> bytes:
    """A docx of these parts; `head` stands before the document's root."""
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{kinds}"/>',
            "_rels/.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>",
            **more,
        }
    )


def text_in_word(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def saved_docx() -> bytes:
    stream = BytesIO()
    file = docx.Document()
    file.add_paragraph(NOTICE)
    file.save(stream)
    return stream.getvalue()


def pdf(pages: int = 1, text: str = "notice", encrypt: StandardEncryption | None = None) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=encrypt)
    for _ in range(pages):
        canvas.drawString(80, 700, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pdf_of(*objects: str) -> bytes:
    """A PDF of these objects, counted from 1; the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    tail = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return body + f"{tail}startxref\n{len(body)}\n%%EOF\n".encode()


def mail(*attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Message-ID"], message["To"] = "<1@lanzhou.example>", "keji@lanzhou.example"
    message.set_content(" ")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.docx": b"x"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def nested_zip(depth: int) -> bytes:
    data = NOTICE.encode()
    name = "通知.txt"
    for level in range(depth):
        data, name = zipped({name: data}), f"{level}.zip"
    return data


def counted(count: int) -> bytes:
    streams = word_streams(paragraph(NOTICE))
    main = bytearray(streams["WordDocument"])
    struct.pack_into("<I", main, 0x4C, count)
    return compound_file(streams | {"WordDocument": bytes(main)})


SMALL = replace(DEFAULT_LIMITS, plain_bytes=1000, package_bytes=2_000_000, part_bytes=100_000, part_tags=1000, pages=20)
Case = tuple[str, Callable[[], bytes], str, str]
REFUSED: dict[str, Case] = {
    # nothing, or not all of it
    "nothing": ("通知.docx", lambda: b"", "EMPTY", "0 字节"),
    "only blanks": ("通知.txt", lambda: b" \r\n\t \n", "NO_TEXT", "未取得任何文字"),
    "only a byte order mark": ("通知.txt", lambda: b"\xef\xbb\xbf", "NO_TEXT", "未取得任何文字"),
    "zeros": ("通知.txt", lambda: bytes(500), "UNSUPPORTED", "无法识别"),
    "a page without text": ("a.html", lambda: b"<html><body><img src=a.png></body></html>", "NO_TEXT", "文字"),
    "a docx that broke off": ("通知.docx", lambda: saved_docx()[:5000], "TRUNCATED", "没有下载完"),
    "a docx without its document": ("通知.docx", lambda: zipped({"word/styles.xml": "<a/>"}), "DAMAGED", "Word 文档"),
    "a docx of blanks": ("通知.docx", lambda: word(text_in_word("　 ")), "NO_TEXT", "未取得任何文字"),
    "a pdf that broke off": ("通知.pdf", lambda: pdf()[:300], "DAMAGED", "不完整或已损坏"),
    "a pdf of nothing but its first line": ("通知.pdf", lambda: b"%PDF-1.7\n", "DAMAGED", "不完整或已损坏"),
    "a pdf without pages": (
        "a.pdf", lambda: pdf_of("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"),
        "DAMAGED", "损坏"),
    "a pdf of empty pages": ("a.pdf", lambda: pdf(3, " "), "NO_TEXT", "3 页均无文字层"),
    "a doc that broke off": ("通知.doc", lambda: word_file(paragraph(NOTICE))[:1200], "TRUNCATED", "没有下载完"),
    "an archive that broke off": ("包.zip", lambda: zipped({"a.txt": NOTICE * 50})[:80], "TRUNCATED", "没有下载完"),
    "an archive of nothing": ("包.zip", lambda: zipped({}), "DAMAGED", "没有可读的文件"),
    "a mail of nothing": ("来信.eml", mail, "DAMAGED", "没有正文"),
    "an mht without a page": (
        "a.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n",
        "DAMAGED", "正文"),
    "an mht whose page is a comment": (
        "a.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        b"--x\nContent-Type: text/html\n\n<!--\n--x--\n", "NO_TEXT", "文字"),
    # formats that are not read, and those that their names hide
    "half a picture": ("扫描.png", lambda: png(100, 100)[:20], "DAMAGED", "图片"),
    "a picture of ten thousand million pixels": ("扫描.png", lambda: png(100_000, 100_000), "LIMIT", "像素"),
    "a program": ("通知.docx", lambda: b"MZ" + bytes(range(256)) * 20, "UNSUPPORTED", "无法识别"),
    "sound": ("通知.pdf", lambda: b"ID3\x04" + bytes(range(256)) * 20, "UNSUPPORTED", "无法识别"),
    "another office's slides": ("通知.doc", lambda: zipped({"ppt/a.xml": "<a/>"}), "UNSUPPORTED", "演示文稿"),
    "a CEB": ("通知.ceb", lambda: b"Founder CEB 3.0" + bytes(100), "UNSUPPORTED", "CEB"),
    "a text of WPS for DOS": ("通知.wps", lambda: b"WPS\x01" + bytes(range(256)) * 20, "UNSUPPORTED", "WPS 文字"),
    "an old sheet of WPS": ("目录.et", lambda: compound_file({"ET": bytes(600)}), "UNSUPPORTED", "WPS 表格"),
    "Word 95": (
        "通知.doc", lambda: compound_file(word_streams(paragraph(NOTICE), version=0x65)), "UNSUPPORTED", "Word 95"),
    # passwords
    "a docx with a password": (
        "通知.docx", lambda: compound_file({"EncryptedPackage": bytes(600)}), "ENCRYPTED", "有密码"),
    "a doc with a password": (
        "通知.doc", lambda: compound_file(word_streams(paragraph(NOTICE), flags=0x0300)), "ENCRYPTED", "有密码"),
    "a pdf with a password": ("a.pdf", lambda: pdf(encrypt=StandardEncryption("gongkai")), "ENCRYPTED", "有密码"),
    "an archive with a password": ("包.zip", locked_zip, "ENCRYPTED", "有密码"),
    # bombs
    "a text over its limit": ("长文.txt", lambda: NOTICE.encode() * 100, "LIMIT", "安全上限"),
    "a package over its limit": ("大.pdf", lambda: b"%PDF-1.4\n" + bytes(2_100_000), "LIMIT", "安全上限"),
    "a part over its limit": ("炸弹.docx", lambda: word(text_in_word("防" * 60_000)), "LIMIT", "安全上限"),
    "a million empty paragraphs": ("炸弹.docx", lambda: word("<w:p/>" * 3000), "LIMIT", "标记多于"),
    "more pages than allowed": ("长.pdf", lambda: pdf(30), "LIMIT", "30 页"),
    "archives in archives": ("包.zip", lambda: nested_zip(4), "LIMIT", "套压缩包"),
    "a million marks of Word XML": (
        "a.xml", lambda: f"<?xml version='1.0'?><w:wordDocument {WORD}>{'<w:p/>' * 200}".encode(),
        "LIMIT", "安全上限"),
    # entities
    "a billion laughs": ("笑.docx", lambda: word(text_in_word("&b;"), head=LAUGHS), "HOSTILE", "来历不明"),
    "a file of the machine": ("偷.docx", lambda: word(text_in_word("&x;"), head=OUTSIDE), "HOSTILE", "来历不明"),
    "laughs in Word XML": (
        "a.doc", lambda: f"<?xml version='1.0'?>{LAUGHS}<w:wordDocument {WORD}/>".encode(), "HOSTILE", "来历不明"),
    "laughs in a sheet": (
        "a.ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f"{LAUGHS}<a/>"}),
        "HOSTILE", "来历不明"),
    "laughs in an ofd": (
        "a.ofd", lambda: zipped({"OFD.xml": f"{LAUGHS}<OFD/>"}), "HOSTILE", "来历不明"),
    # circles and depths
    "an ofd whose document is its own entry": (
        "a.ofd", lambda: zipped({"OFD.xml": entry(root("/OFD.xml"))}), "DAMAGED", "OFD.xml 里没有列出任何页面"),
    "an ofd without its document": ("a.ofd", lambda: zipped({"OFD.xml": entry(root())}), "DAMAGED", "Document.xml"),
    "an ofd that broke off": ("a.ofd", lambda: ofd(page(lines(["防汛"])))[:400], "TRUNCATED", "OFD 版式文件不完整"),
    "an rtf of nothing": ("a.rtf", lambda: b"{\\rtf1\\ansi }", "NO_TEXT", "文字"),
    "a workbook that broke off": (
        "目录.xlsx", lambda: zipped({"xl/workbook.xml": "<a/>"})[:60], "TRUNCATED", "Excel 表格"),
    "a workbook without its sheets": ("目录.xlsx", lambda: zipped({"xl/workbook.xml": "<a/>"}), "DAMAGED", "工作簿"),
    "an old workbook of zeros": (
        "目录.xls", lambda: compound_file({"Workbook": bytes(600)}), "DAMAGED", "工作簿"),
    "more characters than there are": ("通知.doc", lambda: counted(2**31 - 1), "DAMAGED", "损坏"),
    "pages in a circle": (
        "a.pdf", lambda: pdf_of("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "DAMAGED", "损坏"),
    "tables in tables": (
        "深.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 3000 + text_in_word("防汛") + "</w:tc></w:tr></w:tbl>" * 3000),
        "DAMAGED", "嵌套过深，无法读取"),
    "an odt nested too deep": (
        "深.odt",
        lambda: zipped({
            "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a>" * 3000 + "</a>" * 3000}),
        "DAMAGED", "嵌套过深，无法读取"),
    "Word XML nested too deep": (
        "深.xml", lambda: f"<?xml version='1.0'?><w:wordDocument {WORD}>{'<w:p>' * 300}{'</w:p>' * 300}"
        "</w:wordDocument>".encode(), "DAMAGED", "嵌套过深，无法读取"),
    "a text of eleven megabytes in one element": (
        "长文.docx", lambda: word(text_in_word("防" * 3_700_000)), "LIMIT", "10 MB"),
}  # fmt: skip
LOW = {
    "a text over its limit", "a package over its limit", "a part over its limit", "a million empty paragraphs",
    "more pages than allowed", "a million marks of Word XML",
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    name, build, code, words = REFUSED[case]
    limits = SMALL if case in LOW else Limits()
    with pytest.raises(InputError) as caught:
        read_bytes(build(), name, limits)
    error = caught.value
    assert error.code == code
    assert words in str(error)
    assert str(error).startswith(name)
    assert error.remedy


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(READ) >= 40


READ: dict[str, tuple[str, Callable[[], bytes], str]] = {  # name, file, the code of its problem if it has one
    "null bytes among the letters": ("通知.txt", lambda: (NOTICE * 3).replace("水利", "水\0利", 1).encode(), ""),
    "half a character": ("通知.txt", lambda: NOTICE.encode("gb18030") + b"\x81", "ENCODING_GUESSED"),
    "lone surrogates": ("通知.html", lambda: f"<p>{NOTICE}&#xD800;&#xDFFF;</p>".encode(), ""),
    "marks that turn the direction": ("通知.txt", lambda: ("\u202e\u200f" + NOTICE + "\u202c").encode(), ""),
    "characters of no width in the number": (
        "通知.docx", lambda: word(text_in_word("岚水发〔20\u200b19〕5号 通知")), ""),
    "a text that calls itself docx": ("通知.docx", NOTICE.encode, "EXT_MISMATCH"),
    "a docx that calls itself doc": ("通知.doc", saved_docx, "EXT_MISMATCH"),
    "a page that calls itself doc": (
        "通知.doc", lambda: f"<html><body><p>{NOTICE}</p></body></html>".encode(), "EXT_MISMATCH"),
    "a doc that calls itself pdf": ("通知.pdf", lambda: word_file(paragraph(NOTICE)), "EXT_MISMATCH"),
    "a member that leads out of the archive": (
        "包.zip", lambda: zipped({"../../etc/通知.txt": NOTICE}), "NAME_LEADS_OUT"),
    "a thousand unclosed fonts": ("通知.html", lambda: ("<font>" * 10_000 + NOTICE).encode(), "DEPTH"),
    "a pdf behind rubbish": ("a.pdf", lambda: b"\r\n\0" * 100 + pdf(), ""),
    "an attachment of a mail": ("来信.eml", lambda: mail(("通知.docx", saved_docx())), ""),
    "a docx in an archive in a mail": ("来信.eml", lambda: mail(("包.zip", zipped({"通知.docx": saved_docx()}))), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_in_spite_of_it(case: str) -> None:
    name, build, code = READ[case]
    document = read_bytes(build(), name)
    assert [problem.rule for problem in document.problems] == ([code] if code else [])
    assert "通知" in document.text or "notice" in document.text
    assert all(block.span.end <= len(document.text) for block in document.blocks)
    document.text.encode("utf-8", "surrogatepass")


def long_pdf(pages: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, pages + 3))
    return pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    )


FULL_SIZE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "ten thousand pages": ("汇编.pdf", lambda: long_pdf(10_000), "共 10000 页，超过安全上限 5000 页"),
    "a text of 200 MB": (
        "长文.txt", lambda: (NOTICE.encode() * 3_000_000)[: 200 * MEGABYTE], "200 MB 超过安全上限 50 MB"),
    "a package of more than 200 MB": ("大.pdf", lambda: b"%PDF-1.7\n" + bytes(200 * MEGABYTE), "超过安全上限 200 MB"),
    "a part that unpacks to 65 MB": (
        "炸弹.docx", lambda: zipped({"word/document.xml": bytes(65 * MEGABYTE)}), "解压后超过安全上限 64 MB"),
}  # fmt: skip


@pytest.mark.parametrize("case", FULL_SIZE)
def test_of_full_size(case: str) -> None:
    name, build, words = FULL_SIZE[case]
    with pytest.raises(InputError) as caught:
        read_bytes(build(), name)
    assert (caught.value.code, bool(caught.value.remedy)) == ("LIMIT", True)
    assert words in str(caught.value)


def test_a_bad_member_does_not_hide_the_good_ones() -> None:
    members = {"坏.docx": saved_docx()[:3000], "空.pdf": b"", "好.docx": saved_docx()}
    found = list(read_each_bytes(zipped(members), "包.zip"))
    assert [type(one).__name__ for one in found] == ["Unread", "Unread", "Document"]


@pytest.mark.parametrize("place", ["/dev/null", "/dev/zero"])
def test_what_is_no_file_is_not_read(place: str) -> None:
    if not Path(place).exists():
        pytest.skip("this system has no such device")
    with pytest.raises(InputError):
        read(place)
