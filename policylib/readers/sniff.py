"""What a file is, told by its content. Names lie: of eleven real .doc files of one province, five were docx."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath

from policylib.model.document import Problem
from policylib.readers.csv import delimiter_of
from policylib.readers.encoding import decode
from policylib.readers.guard import ZIP_FAULTS, member_names

HEAD = 4096
PDF_HEAD = 1024  # the standard lets %PDF- stand anywhere in the first 1,024 bytes
CONTROL = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f]")  # all but those of lines, and the end of a file of old
CONTROL_SHARE = 0.02  # of the first 4 KB; real texts have none, a binary that decodes by luck has many
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|tbody|tr|td|span|font|center|article|section|ul|ol|h[1-6]"
    r"|b|strong|br|style|script|a|img|base|link)[\s>/]",
    re.IGNORECASE,
)
HTML_ANYWHERE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
UOF_ROOT = re.compile(r"<uof:UOF[\s>]|schemas\.uof\.org/")
MIME_HEADER = re.compile(
    r"(?:MIME-Version|From|To|Return-Path|Received|Content-Type|Date|Subject|Message-ID|Delivered-To|Reply-To):",
    re.IGNORECASE,
)

_OF_MAILS = frozenset(("message-id", "received", "to", "x-mailer"))  # one of them makes a mail
_OF_DRAFTS = frozenset(("from", "date", "mime-version"))  # or these, of one that names nobody it goes to
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n|\r[ \t]*\r")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the name staff know it by, and what to do while policylib cannot read it. `opened_as`: suffixes
    of another format under which office programs write and open it, so that nobody saw that the name is wrong."""

    name: str
    title: str
    media_type: str
    suffixes: tuple[str, ...]
    remedy: str = ""
    opened_as: tuple[str, ...] = ()


SAVE_AS_DOCX = "请用 WPS 或 Word 打开，另存为 .docx 后再读"
SAVE_AS_PDF = "请用原阅读器打开，另存或打印为 PDF 后再读"
PRINT_FROM_SURSEN = "请用书生阅读器打开，打印为 PDF 后再读，或请来文单位改发 PDF、OFD"
UNPACK = "请先解压，再读其中的文件"
_ROWS = (
    Format("txt", "纯文本", "text/plain", (".txt", ".text", ".md", ".csv", ".log")),
    Format("csv", "表格文本（csv 或 tsv）", "text/csv", (".csv", ".tsv")),
    Format("html", "网页", "text/html", (".html", ".htm", ".xhtml", ".shtml", ".jsp", ".php", ".aspx")),
    Format("mht", "单文件网页（MHT）", "multipart/related", (".mht", ".mhtml")),
    Format(
        "docx",
        "Word 文档（docx）",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx", ".docm", ".dotx", ".dotm"),
    ),
    Format("pdf", "PDF", "application/pdf", (".pdf",)),
    Format("doc", "Word 97-2003 文档（doc 或 wps）", "application/msword", (".doc", ".wps", ".dot", ".wpt")),
    Format("works", "Microsoft Works 文档", "application/vnd.ms-works", (".wps",), SAVE_AS_DOCX),
    Format("wordxml", "Word XML 文档", "application/msword", (".xml",), opened_as=(".doc",)),
    Format("excelxml", "Excel XML 表格", "application/vnd.ms-excel", (".xml",), opened_as=(".xls",)),
    Format("odt", "ODF 文档（odt）", "application/vnd.oasis.opendocument.text", (".odt",)),
    Format("rtf", "RTF 文档", "application/rtf", (".rtf",), opened_as=(".doc",)),
    Format("ofd", "OFD 版式文件", "application/ofd", (".ofd",), SAVE_AS_PDF),
    Format("ceb", "方正 CEB 版式文件", "application/x-ceb", (".ceb", ".cebx"), SAVE_AS_PDF),
    Format("sep", "书生版式文件", "application/octet-stream", (".gd", ".sep", ".gw"), PRINT_FROM_SURSEN),
    Format(
        "caj",
        "知网 CAJ 文献",
        "application/octet-stream",
        (".caj", ".kdh", ".nh"),
        "请用 CAJViewer 打开，打印为 PDF 后再读",
    ),
    Format(
        "uof",
        "标文通（UOF）文档",
        "application/xml",
        (".uof", ".uot", ".uos", ".uop"),
        "请用 WPS 或永中 Office 打开，另存为 .docx（表格另存为 .xlsx）后再读",
    ),
    Format(
        "xlsx",
        "Excel 表格（xlsx）",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx", ".xlsm", ".et", ".ett"),
    ),
    Format("xls", "Excel 97-2003 表格（xls 或 et）", "application/vnd.ms-excel", (".xls", ".et", ".ett")),
    Format("ods", "ODF 表格（ods）", "application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    Format(
        "pptx",
        "PowerPoint 演示文稿（pptx）",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (".pptx", ".dps"),
        SAVE_AS_PDF,
    ),
    Format("ppt", "PowerPoint 97-2003 演示文稿", "application/vnd.ms-powerpoint", (".ppt", ".dps"), SAVE_AS_PDF),
    Format("eml", "电子邮件", "message/rfc822", (".eml",), "请把正文或附件另存为单独的文件后再读"),
    Format("msg", "Outlook 邮件", "application/vnd.ms-outlook", (".msg",), "请把正文或附件另存为单独的文件后再读"),
    Format("zip", "压缩包（zip）", "application/zip", (".zip",), UNPACK),
    Format("rar", "压缩包（rar）", "application/vnd.rar", (".rar",), UNPACK),
    Format("7z", "压缩包（7z）", "application/x-7z-compressed", (".7z",), UNPACK),
    Format("gzip", "压缩包（gz）", "application/gzip", (".gz", ".tgz"), UNPACK),
    Format("png", "图片（png）", "image/png", (".png",)),
    Format("jpeg", "图片（jpg）", "image/jpeg", (".jpg", ".jpeg")),
    Format("tiff", "图片（tif）", "image/tiff", (".tif", ".tiff")),
    Format("gif", "图片（gif）", "image/gif", (".gif",)),
    Format("bmp", "图片（bmp）", "image/bmp", (".bmp",)),
    Format("webp", "图片（webp）", "image/webp", (".webp",)),
    Format("wps", "早期的 WPS 文字文档", "application/octet-stream", (), "请用 WPS 打开，另存为 .docx 后再读"),
    Format("et", "早期的 WPS 表格", "application/octet-stream", (), "请用 WPS 打开，另存为 .xlsx 后再读"),
    Format("encrypted", "加密的 Office 文档", "application/octet-stream", (), "请输入密码打开，另存为无密码文件后再读"),
    Format("ole", "旧版 Office 文件", "application/x-ole-storage", (), SAVE_AS_DOCX),
    Format("xml", "XML 数据", "application/xml", (".xml",), SAVE_AS_DOCX),
    Format("unknown", "无法识别的文件", "application/octet-stream", (), "请另存为 .docx、.pdf 或 .txt 后再读"),
)
FORMATS = {row.name: row for row in _ROWS}

MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"Founder CEB", "ceb"),
    (b"CAJ\0", "caj"),
    (b"KDH ", "caj"),
)
WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
BITMAP = re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x38\x40\x6c\x7c]\0\0\0", re.DOTALL)  # reserved, then the head's size
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0", "msg"),
    ("CONTENTS", "works"),
)
ZIP_START = (b"PK\x03\x04", b"PK\x05\x06")
TABLE_SUFFIXES = frozenset((".csv", ".tsv", ".xls", ".xlsx", ".et"))  # programs export text and call it .xls
BY_SUFFIX = {
    ".wps": "wps",
    ".wpt": "wps",
    ".et": "et",
    ".ett": "et",  # of before WPS took over the formats of Office
    **{suffix: name for name in ("ceb", "sep", "caj", "uof") for suffix in FORMATS[name].suffixes},
}
"""Formats that are not read and of which the content says little or nothing: told by suffix, where nothing else is."""
PACKAGES = ("docx", "doc", "xlsx", "xls", "pptx", "ppt", "ofd", "odt", "ods", "zip")
ZIP_MEMBERS = (("OFD.xml", "ofd"), ("uof.xml", "uof"), ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))


def format_of(data: bytes, path: str = "") -> Format:
    """The format of some bytes; `unknown` when they are none that policylib has heard of.

    The content decides. Only whether a text is a table it cannot tell alone: there its name must say so too.
    """
    name = _name(data)
    if name == "txt" and PurePath(path).suffix.lower() in TABLE_SUFFIXES and delimiter_of(decode(data).text):
        name = "csv"
    return FORMATS[name]


def by_name(found: Format, path: str) -> Format:
    """The format of a file whose content says nothing: one of `BY_SUFFIX`, whose title then says that it is a guess."""
    suffix = PurePath(path).suffix.lower()
    if found.name not in ("unknown", "ole", "xml") or suffix not in BY_SUFFIX:
        return found
    row = FORMATS[BY_SUFFIX[suffix]]
    return replace(row, title=f"{row.title}（按后缀 {suffix} 推测）")


def incomplete(found: Format, data: bytes, path: str) -> str | None:
    """What a package that cannot be unpacked should be, by its suffix (a Word 文档, an Excel 表格); None where it is
    whole, or no package. Such a file begins as a 压缩包 or an old Office file does: a download that broke off."""
    if _is_whole(found, data):
        return None
    suffix = PurePath(path).suffix.lower()
    return next((row.title for row in _ROWS if suffix in row.suffixes and row.name in PACKAGES), found.title)


def _is_whole(found: Format, data: bytes) -> bool:
    """Whether the directory of a package can be read; true for what is no package."""
    if found.name == "ole":
        from policylib.readers.ole import root_names  # loads olefile

        return bool(root_names(data))
    return not data.startswith(ZIP_START) or zipfile.is_zipfile(BytesIO(data))


MISNAMED = "EXT_MISMATCH"


def misnamed(reader: str, path: str) -> Problem | None:
    """The problem of a file that was read as a format, by its own name: its twin may have a right one."""
    return suffix_mismatch(FORMATS[reader], path) if reader in FORMATS else None


def suffix_mismatch(found: Format, path: str) -> Problem | None:
    """The problem of a file whose name says another format than its content, if it does; also where that does no harm,
    as RTF in a .doc, which Word opens: whoever hands the file on should know."""
    suffix = PurePath(path).suffix.lower()
    known = any(suffix in row.suffixes for row in _ROWS)
    if not known or suffix in found.suffixes:
        return None
    harmless = "（办公软件能照常打开，不影响内容）" if suffix in found.opened_as else ""
    return Problem("EXT_MISMATCH", f"文件名后缀是 {suffix}，内容是{found.title}{harmless}，已按内容读取")


def _name(data: bytes) -> str:
    head = data[:HEAD]
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if WEBP.match(head):
        return "webp"
    if BITMAP.match(head):
        return "bmp"
    if head.startswith(OLE_MAGIC):
        return _ole(data)
    if head.startswith(ZIP_START):
        return _zip(data)
    if b"%PDF-" in head[:PDF_HEAD]:
        return "pdf"
    return _text(head)


def _ole(data: bytes) -> str:
    """By the names at the root: a table or a mail may carry a Word document further down. A file too damaged for that
    by the names that it still shows, in UTF-16."""
    from policylib.readers.ole import root_names  # loads olefile

    names = root_names(data)
    for stream, name in OLE_STREAMS:
        if any(found.startswith(stream) for found in names) or (not names and stream.encode("utf-16-le") in data):
            return name
    return "ole"


def _zip(data: bytes) -> str:
    """By the names of the members; a truncated package by the names that its local headers still show."""
    names = member_names(data)
    if "mimetype" in names or not names:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                names = archive.namelist()
                if "mimetype" in names and archive.getinfo("mimetype").file_size < HEAD:
                    return "ods" if b"spreadsheet" in archive.read("mimetype") else "odt"
        except ZIP_FAULTS:
            return next((name for part, name in ZIP_MEMBERS if part.encode() in data), "zip")
    lowered = [name.replace("\\", "/").lstrip("/") for name in names]
    for part, name in ZIP_MEMBERS:
        if any(member.lower().startswith(part.lower()) for member in lowered):
            return name
    return "zip"


def _text(head: bytes) -> str:
    """txt, html, mht, eml, XML of an office program, or unknown. A cut at 4 KB may split a character: one loss at the
    end is fine."""
    text = decode(head).text
    stripped = text.lstrip("\ufeff \t\r\n\u3000\xa0")
    if len(CONTROL.findall(text)) > len(text) * CONTROL_SHARE:
        return "unknown"
    if MIME_HEADER.match(stripped):
        return _mime(stripped)
    if (
        "wordDocument" in text
        or 'progid="Word.Document"' in text
        or "schemas.microsoft.com/office/2006/xmlPackage" in text
    ):
        return "wordxml" if stripped.startswith("<?xml") else "html"
    if stripped.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "excelxml"
    if stripped.startswith("<?xml") and UOF_ROOT.search(text):
        return "uof"
    if HTML_START.match(_after_comments(stripped)) or HTML_ANYWHERE.search(text):
        return "html"
    return "xml" if stripped.startswith("<?xml") else "txt"


def _after_comments(text: str) -> str:
    """The text after leading comments, by which some pages announce their template, and after an XML declaration."""
    for start, end in (("<?xml", "?>"), *[("<!--", "-->")] * 20):
        if text.startswith(start) and end in text:
            text = text.split(end, 1)[1].lstrip()
    return text


def _mime(text: str) -> str:
    """mht, eml, or a txt whose first line looks like a header. A mail may hold a page with its pictures, as an mht does
    (multipart/related), besides its attachments: there its own headers decide."""
    head = _BLANK_LINE.split(text, maxsplit=1)[0]
    fields = {line.partition(":")[0].lower() for line in head.splitlines()}
    sent = bool(fields & _OF_MAILS) or "multipart/mixed" in head
    page = "multipart/related" in text or "Content-Location:" in text
    if "multipart/related" in head or (page and not sent):
        return "mht"
    return "eml" if fields & _OF_MAILS or fields >= _OF_DRAFTS else "txt"
