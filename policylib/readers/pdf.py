"""PDF files with a text layer. pdfium reads the characters, `pdf_layout` makes paragraphs of them.

Pages without text are a problem of the document; a file without any text needs OCR and is an error. pdfium is not
thread-safe: read in processes, not in threads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from policylib.errors import DamagedFile, EncryptedFile, NoTextLayer, TooLarge
from policylib.model.document import Document, Problem, Source
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import Line, compose, is_page_number
from policylib.readers.metadata import in_table
from policylib.readers.pdf_fonts import use_box_fonts
from policylib.readers.pdf_layout import (
    Frame,
    Glyph,
    TextLine,
    frame_of,
    paragraphs,
    running_heads,
    text_lines,
)
from policylib.readers.pdf_tables import Table, tables_on

RULED = 6  # drawn paths that make a table possible; a red line under the head of a paper is one
COMMON_SHARE = 0.6  # of hanzi; 68 real files had 0.82 and more, files with a broken font table 0.00 to 0.14
BAD_SHARE = 0.05  # of characters; real files had 0.009 and less
SAMPLE = 20  # hanzi below which a share says nothing


@dataclass(frozen=True, slots=True)
class _Page:
    """What pdfium tells of a page."""

    glyphs: tuple[Glyph, ...]
    width: int
    paths: int
    rotated: bool


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a PDF. Raises DamagedFile, EncryptedFile, NoTextLayer, TooLarge.

    Problems: NO_TEXT_PAGE, GARBLED, TABLE_UNREAD.
    """
    check_size(len(data), limits.package_bytes, source.path)
    pages = _pages(data, source.path, limits)
    blank = [index for index, page in enumerate(pages) if not any(glyph.text.strip() for glyph in page.glyphs)]
    if len(blank) == len(pages):
        raise NoTextLayer(
            f"{source.path}: {len(pages)} 页均无文字层, 可能是扫描件", "请先做文字识别（OCR）, 或提供可复制文字的版本"
        )
    ruled = {
        index: page.glyphs
        for index, page in enumerate(pages)
        if RULED <= page.paths <= limits.ruled_paths and not page.rotated and index not in blank
    }
    tables, failed = tables_on(data, ruled) if ruled else ({}, [])
    problems = [*_blank_pages(blank), *_garbled(pages), *_unread(failed)]
    return compose(_lines(pages, tables), source, problems)


def _pages(data: bytes, path: str, limits: Limits) -> list[_Page]:
    use_box_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedFile(f"{path}: 文件有密码, 无法读取", "请另存为无密码文件") from error
        raise DamagedFile(f"{path}: PDF 不完整或已损坏", "请重新下载") from error
    try:
        if len(document) > limits.pages:
            raise TooLarge(f"{path}: 共 {len(document)} 页, 超过安全上限 {limits.pages} 页", "请拆分后再读")
        return [_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(f"{path}: PDF 有损坏的页面", "请重新下载") from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            glyphs = tuple(_glyphs(text.raw))
        finally:
            text.close()
        paths = sum(1 for found in page.get_objects(max_depth=2) if found.type == pdfium.FPDF_PAGEOBJ_PATH)
        return _Page(glyphs, round(page.get_width()), paths, page.get_rotation() != 0)
    finally:
        page.close()


def _glyphs(text: ctypes.Structure) -> Iterator[Glyph]:
    """The characters of a page. Asked one by one: the text in one piece skips some, and the boxes no longer fit.

    The box is that of the type, not of the ink.
    """
    box = pdfium.FS_RECTF()
    high = 0
    for place in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code == 0:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, place, box)
        generated = code in (0x20, 0x0D, 0x0A) and pdfium.FPDFText_IsGenerated(text, place) == 1
        yield Glyph(chr(code), box.left, box.bottom, box.right, box.top, generated)


def _lines(pages: Sequence[_Page], tables: dict[int, list[Table]]) -> list[Line]:
    """Paragraphs, rows in their place, and running heads at the end."""
    printed = [text_lines(page.glyphs, index + 1) for index, page in enumerate(pages)]
    heads = running_heads(
        [
            [line for line in lines if _table_at(tables.get(index, []), line) is None]
            for index, lines in enumerate(printed)
        ]
    )
    frames = _frames(pages, printed)
    found: list[Line] = []
    waiting: list[TextLine] = []
    headers: dict[str, int] = {}
    for index, lines in enumerate(printed):
        own = tables.get(index, [])
        written: set[int] = set()
        free = 0
        for line in lines:
            place = _table_at(own, line)
            if place is not None:
                if place not in written:
                    written.add(place)
                    found.extend(_paragraphs(waiting, frames, pages))
                    waiting = []
                    found.extend(_rows(own[place], index + 1, first=not found))
                continue
            if (index, free) in heads:
                headers.setdefault(line.text, index + 1)
            else:
                waiting.append(line)
            free += 1
    found.extend(_paragraphs(waiting, frames, pages))
    return [*found, *(Line("header", text, page=page) for text, page in headers.items() if not is_page_number(text))]


def _frames(pages: Sequence[_Page], printed: Sequence[Sequence[TextLine]]) -> dict[int, Frame]:
    """The text frame by page width: landscape pages have their own."""
    by_width: dict[int, list[TextLine]] = {}
    for page, lines in zip(pages, printed, strict=True):
        by_width.setdefault(page.width, []).extend(lines)
    return {width: frame_of(lines, width) for width, lines in by_width.items()}


def _paragraphs(lines: Sequence[TextLine], frames: dict[int, Frame], pages: Sequence[_Page]) -> Iterator[Line]:
    for width, group in groupby(lines, key=lambda line: pages[line.page - 1].width):
        for text, page in paragraphs(list(group), frames[width]):
            yield Line("paragraph", text, page=page)


def _rows(table: Table, page: int, first: bool) -> Iterator[Line]:
    """A table's rows; a label/value table that opens the document becomes metadata."""
    entries = in_table(table.rows) if first and page == 1 else []
    if entries:
        yield from (Line("metadata", str(entry), page=page) for entry in entries)
    else:
        yield from (Line("row", cells=row, page=page) for row in table.rows)


def _table_at(tables: Sequence[Table], line: TextLine) -> int | None:
    x = (line.left + line.right) / 2
    return next((place for place, table in enumerate(tables) if table.holds(x, line.middle)), None)


def _blank_pages(blank: Sequence[int]) -> list[Problem]:
    if not blank:
        return []
    names = "、".join(str(index + 1) for index in blank[:20]) + ("等" if len(blank) > 20 else "")
    return [Problem("NO_TEXT_PAGE", f"第 {names} 页无文字层（共 {len(blank)} 页）, 可能是扫描页, 其内容未读入")]


def _unread(failed: Sequence[int]) -> list[Problem]:
    if not failed:
        return []
    return [
        Problem(
            "TABLE_UNREAD",
            f"第 {'、'.join(str(index + 1) for index in failed[:20])} 页的表格线无法识别, 已按文字顺序读取",
        )
    ]


@cache
def _common_hanzi() -> frozenset[str]:
    """The 3,755 hanzi of GB 2312 level 1."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", errors="ignore") for code in codes) - {""}


def _garbled(pages: Sequence[_Page]) -> list[Problem]:
    """Whether the font tables are broken, so that the characters are not those that one sees."""
    text = "".join(glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace())
    hanzi = [character for character in text if "\u3400" <= character <= "\u9fff"]
    common = sum(character in _common_hanzi() for character in hanzi)
    bad = sum(character < " " or "\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)
    rare = len(hanzi) >= SAMPLE and common < len(hanzi) * COMMON_SHARE
    if rare or (len(text) >= SAMPLE and bad > len(text) * BAD_SHARE):
        return [Problem("GARBLED", "PDF 字体编码损坏, 读出的文字不可信, 请先做文字识别（OCR）或换用原始文件")]
    return []
