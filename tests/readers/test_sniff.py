"""Formats by content: renamed files are read, foreign ones named, each with what to do."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from policylib.errors import DamagedFile, EncryptedFile, FileMissing, InputError, UnsupportedFormat
from policylib.readers import read, read_bytes
from policylib.readers.names import is_candidate
from policylib.readers.sniff import OLE_MAGIC, format_of
from tests.readers.compound_file import compound_file

PAGE = "<html><head><meta charset='gb2312'></head><body><p>青政办发〔2017〕17号</p></body></html>"
ARCHIVED = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"; type="text/html"\n\n--B\n'
    'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: 8bit\nContent-Location: file:///C:/x.htm\n\n'
)


def package(*members: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return stream.getvalue()


def ole(stream: str) -> bytes:
    return OLE_MAGIC + bytes(600) + stream.encode("utf-16-le") + bytes(600)


FLAT_PACKAGE = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"></pkg:package>'
)
NAMED = "EncryptedPackage WordDocument".encode("utf-16-le")  # names further down, or in the text


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        pytest.param("通知.doc", PAGE.encode("gbk"), "html", id="网页 as doc"),
        pytest.param("通知.xls", b"<!-- x --><!DOCTYPE html>" + PAGE.encode("gbk"), "html", id="网页 as xls"),
        pytest.param("通知.html", "青政办发〔2017〕17号".encode("utf-16"), "txt", id="text as html"),
        pytest.param("导出.xls", "序号\t文号\n1\t青政办发〔2017〕17号".encode("utf-16"), "csv", id="UTF-16 tsv as xls"),
        pytest.param("通知.doc", ARCHIVED.encode() + PAGE.encode("gbk") + b"\n--B--\n", "mht", id="mht as doc"),
    ],
)
def test_a_wrong_suffix_is_a_problem_not_an_error(name: str, data: bytes, reader: str) -> None:
    document = read_bytes(data, name)
    assert document.source.reader == reader
    assert "青政办发〔2017〕17号" in document.text
    assert [problem.rule for problem in document.problems] == ["EXT_MISMATCH"]


WORD_2003 = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    "<w:p><w:r><w:t>青政办发〔2017〕17号</w:t></w:r></w:p></w:body></w:wordDocument>"
)
EXCEL_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="清单"><Table><Row><Cell>'
    '<Data ss:Type="String">青政办发〔2017〕17号</Data></Cell></Row></Table></Worksheet></Workbook>'
)
RTF = "{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\'{byte:02x}" for byte in "青政办发〔2017〕17号".encode("gbk")) + "}"


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        pytest.param("通知.doc", WORD_2003, "Word XML 文档", id="Word 2003 XML as doc"),
        pytest.param("清单.xls", EXCEL_2003, "Excel XML 表格", id="Excel 2003 XML as xls"),
        pytest.param("通知.doc", RTF, "RTF 文档", id="RTF as doc"),
    ],
)
def test_a_wrong_suffix_that_office_programs_open_is_told_as_harmless(name: str, data: str, title: str) -> None:
    document = read_bytes(data.encode(), name)
    assert "青政办发〔2017〕17号" in document.text
    (problem,) = document.problems
    assert problem.rule == "EXT_MISMATCH"
    assert f"内容是{title}（办公软件能照常打开，不影响内容）" in problem.message


@pytest.mark.parametrize(("suffix", "data"), [(".xml", WORD_2003), (".xml", EXCEL_2003), (".rtf", RTF)])
def test_a_right_suffix_is_no_problem(suffix: str, data: str) -> None:
    assert not read_bytes(data.encode(), f"通知{suffix}").problems


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(ole("WordDocument"), "doc", id="doc"),
        pytest.param(ole("Workbook"), "xls", id="xls"),
        pytest.param(ole("CONTENTS"), "works", id="Works wps"),
        pytest.param(compound_file({"Workbook": NAMED}), "xls", id="xls that holds a doc"),
        pytest.param(compound_file({"WordDocument": NAMED}), "doc", id="doc about doc"),
        pytest.param(compound_file({"__substg1.0_0037001F": NAMED}), "msg", id="mail with a doc"),
        pytest.param(ole("EncryptedPackage"), "encrypted", id="docx with password"),
        pytest.param(package("OFD.xml", "Doc_0/Document.xml"), "ofd", id="ofd"),
        pytest.param(package("[Content_Types].xml", "xl/workbook.xml"), "xlsx", id="xlsx"),
        pytest.param(package("公告.docx"), "zip", id="zip"),
        pytest.param(package("word/document.xml")[:60], "docx", id="cut docx"),
        pytest.param(b"{\\rtf1\\ansi\\ansicpg936}", "rtf", id="rtf"),
        pytest.param(b"junk\n%PDF-1.7\n", "pdf", id="pdf after junk"),
        pytest.param(b"\xff\xd8\xff\xe0JFIF", "jpeg", id="jpg"),
        pytest.param(b'<?xml version="1.0"?><w:wordDocument/>', "wordxml", id="Word 2003 XML"),
        pytest.param(FLAT_PACKAGE.encode(), "wordxml", id="docx as one XML file"),
        pytest.param(FLAT_PACKAGE.encode("utf-16"), "wordxml", id="the same in UTF-16"),
        pytest.param(bytes(range(32)) * 40, "unknown", id="binary"),
        pytest.param("正文中写有<p>标签的说明。".encode(), "txt", id="text about tags"),
    ],
)
def test_content_tells_the_format(data: bytes, name: str) -> None:
    assert format_of(data).name == name


@pytest.mark.parametrize(
    "data", [ole("PowerPoint Document"), package("ppt/a.xml"), ole("CONTENTS"), b"Founder CEB", b"7z\xbc\xaf\x27\x1c"]
)
def test_formats_not_read_yet_say_what_to_do(data: bytes) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read_bytes(data, "某文件.doc")
    assert "某文件.doc" in str(caught.value)
    assert "暂不支持" in caught.value.message
    assert caught.value.remedy


BINARY = bytes(range(256)) * 20
UOF = '<?xml version="1.0" encoding="UTF-8"?>\n<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"></uof:UOF>'


@pytest.mark.parametrize(
    ("name", "data", "title", "remedy"),
    [
        pytest.param("通知.gd", BINARY, "书生版式文件（按后缀 .gd 推测）", "书生阅读器", id="gd"),
        pytest.param("通知.SEP", BINARY, "书生版式文件（按后缀 .sep 推测）", "书生阅读器", id="sep"),
        pytest.param("通知.gw", BINARY, "书生版式文件（按后缀 .gw 推测）", "书生阅读器", id="gw"),
        pytest.param("公报.ceb", BINARY, "方正 CEB 版式文件（按后缀 .ceb 推测）", "PDF", id="ceb of another version"),
        pytest.param("文章.caj", b"HN\0\0" + BINARY, "知网 CAJ 文献（按后缀 .caj 推测）", "CAJViewer", id="caj"),
        pytest.param("文章.pdf", b"CAJ\0" + BINARY, "知网 CAJ 文献", "CAJViewer", id="caj by its first bytes"),
        pytest.param("通知.uof", UOF.encode(), "标文通（UOF）文档", "WPS", id="uof"),
        pytest.param("通知.xml", UOF.encode("utf-16"), "标文通（UOF）文档", "WPS", id="uof under another name"),
        pytest.param("通知.uot", package("uof.xml", "content.xml"), "标文通（UOF）文档", "WPS", id="uof as a package"),
        pytest.param(
            "通知.uof", b"<?xml version='1.0'?><data/>", "（按后缀 .uof 推测）", "WPS", id="uof by its suffix"
        ),
    ],
)
def test_formats_of_chinese_offices_that_no_open_reader_knows(name: str, data: bytes, title: str, remedy: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read_bytes(data, name)
    assert caught.value.message.endswith(title)
    assert remedy in caught.value.remedy


def test_the_suffix_decides_only_where_the_content_says_nothing() -> None:
    document = read_bytes("青政办发〔2017〕17号通知".encode(), "通知.gd")
    assert document.source.reader == "txt"
    assert [problem.rule for problem in document.problems] == ["EXT_MISMATCH"]


def test_a_password_is_named() -> None:
    with pytest.raises(EncryptedFile, match="有密码"):
        read_bytes(ole("EncryptedPackage"), "秘密.docx")


def test_no_file_no_success(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="找不到"):
        read(tmp_path / "没有.txt")
    with pytest.raises(DamagedFile, match="是文件夹"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("半截.docx", "Word 文档", id="docx"),
        pytest.param("半截.xlsx", "Excel 表格", id="xlsx"),
        pytest.param("半截.pptx", "PowerPoint", id="pptx"),
        pytest.param("半截.zip", "压缩包", id="zip"),
    ],
)
def test_a_download_that_broke_off_is_called_what_it_should_be(name: str, what: str) -> None:
    data = package("[Content_Types].xml", "word/document.xml")[:40]
    with pytest.raises(DamagedFile, match="不完整或已损坏") as caught:
        read_bytes(data, name)
    assert what in caught.value.message
    assert caught.value.remedy == "请重新下载"


def test_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "空文件.docx"
    file.write_bytes(b"")
    with pytest.raises(InputError, match="文件为空（0 字节）"):
        read(file)


def test_source_is_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("青科字〔2017〕3号", encoding="utf-8")
    first, second = read(file), read(str(file))
    assert first == second
    assert first.source.media_type == "text/plain"
    assert len(first.source.sha256) == 64


@pytest.mark.parametrize("name", ["policies.plib", "POLICIES.PLIB", "Thumbs.db", "~$通知.docx", "Policylib.toml"])
def test_what_is_no_paper_by_its_name_in_any_case(name: str) -> None:
    assert not is_candidate(name)


def test_a_file_that_windows_lists_and_does_not_open_is_explained(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["各处室" * 10] * 9, "通知.docx")
    with pytest.raises(FileMissing) as found:
        read(deep)
    assert "长于 259 字" in found.value.remedy
    with pytest.raises(FileMissing) as found:
        read(tmp_path / "通知.docx")
    assert found.value.remedy == "请核对路径"
