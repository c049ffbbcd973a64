"""PDF files with a text layer. pdfium reads the characters and the drawn lines; `pdf_text`, `pdf_columns`, `page_lines`
make paragraphs of them, `pdf_grid` and `pdf_tables` rows.

Pages without text are a problem of the document; a file without any text needs OCR and is an error. pdfium is not
thread-safe: read in processes, not in threads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from policylib.errors import DamagedFile, EncryptedFile, NoTextLayer, TooLarge
from policylib.model.document import Document, Problem, Source
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import Line, compose
from policylib.readers.marks import without_marks, without_stamps
from policylib.readers.page_flow import (
    Page,
    is_struck,
    lines_of_pages,
    put_in_order,
    reordered,
    struck_text,
    unparted_tables,
    unread_tables,
)
from policylib.readers.page_lines import Glyph
from policylib.readers.pdf_fonts import use_box_fonts
from policylib.readers.pdf_grid import edges_of, nets_of
from policylib.readers.pdf_plumber import tables_on
from policylib.readers.pdf_scan import is_picture, recognised
from policylib.readers.pdf_tables import tables_of
from policylib.readers.pdf_text import PageText
from policylib.readers.scans import recognise

MAY_COPY = 0x10  # a bit of the permissions that an owner's password gives
GARBLED = Problem("GARBLED", "PDF 字体编码损坏，读出的文字不可信，请先做文字识别（OCR）或换用原始文件")
COPY_RESTRICTED = Problem("COPY_RESTRICTED", "PDF 设有限制复制的权限，文字已读出，使用时请遵守来源单位的要求")


@dataclass(slots=True)
class _Page(Page):
    """What pdfium tells of a page. `glyphs`: where its tables are for pdfplumber to find, its characters. `marks`: what
    policylib stamped upon it, which is no text of the page."""

    marks: list[str] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a PDF. Raises DamagedFile, EncryptedFile, NoTextLayer, TooLarge.

    Problems: NO_TEXT_PAGE, GARBLED, TABLE_UNREAD, COLUMNS_REORDERED, STRUCK_TEXT, COPY_RESTRICTED, and those of
    recognition.
    """
    check_size(len(data), limits.package_bytes, source.path)
    pages, restricted = _pages(data, source.path, limits)
    scans = recognise(pages, limits, lambda wanted: recognised(data, wanted, limits))
    for page in pages:
        if page.index in scans.pages:
            page.lines = without_stamps(page.lines, page.marks)
    if not any(page.lines for page in pages):
        raise NoTextLayer(f"{source.path}：{len(pages)} 页均无文字层，可能是扫描件", scans.remedy)
    failed = _ask_pdfplumber(data, [page for page in pages if page.index not in scans.pages])
    for page in pages:
        put_in_order(page)
    problems = [
        *scans.problems,
        *([GARBLED] if scans.garbled else []),
        *unread_tables(failed),
        *unparted_tables(pages),
        *reordered(pages),
        *struck_text(pages),
        *([COPY_RESTRICTED] if restricted else []),
    ]
    marks = dict.fromkeys(mark for page in pages for mark in page.marks)
    return compose([*lines_of_pages(pages), *(Line("header", mark) for mark in marks)], source, problems)


def _pages(data: bytes, path: str, limits: Limits) -> tuple[list[_Page], bool]:
    """The pages, and whether the owner forbids to copy from them."""
    use_box_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedFile(f"{path}：文件有密码，无法读取", "请另存为无密码文件") from error
        raise DamagedFile(f"{path}：PDF 不完整或已损坏", "请重新下载") from error
    try:
        if len(document) > limits.pages:
            raise TooLarge(f"{path}：共 {len(document)} 页，超过安全上限 {limits.pages} 页", "请拆分后再读")
        permitted = pdfium.FPDF_GetDocPermissions(document.raw)
        return [_page(document, index, limits) for index in range(len(document))], not permitted & MAY_COPY
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(f"{path}：PDF 有损坏的页面", "请重新下载") from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int, limits: Limits) -> _Page:
    page = document[index]
    try:
        opened = pdfium.FPDFText_LoadPage(page.raw)
        if not opened:
            raise pypdfium2.PdfiumError("no text page")
        try:
            text = PageText(opened, bool(pdfium.FPDFCatalog_IsTagged(document.raw)))
            lines, marks = without_marks(text.lines(index + 1))
            characters = "".join(text.characters[slice(*line.place)] for line in lines) if marks else text.characters
            width, height = pdfium.FPDF_GetPageWidthF(page.raw), pdfium.FPDF_GetPageHeightF(page.raw)
            found = _Page(index, round(width), lines, characters=characters, marks=marks, height=height)
            found.picture = not found.lines or is_picture(page, characters)
            if found.lines and pdfium.FPDFPage_GetRotation(page.raw) == 0:
                _find_tables(found, page.raw, text, limits)
            return found
        finally:
            pdfium.FPDFText_ClosePage(opened)
    finally:
        page.close()


def _find_tables(found: _Page, page: ctypes.Structure, text: PageText, limits: Limits) -> None:
    edges = edges_of(page, limits.ruled_paths)
    nets = nets_of(edges) if edges else []
    found.struck = is_struck(edges or (), found.lines)
    if edges is None or not all(net.clean for net in nets):
        found.glyphs = list(text.glyphs(0, len(text.characters)))
    else:
        tables = tables_of(nets, found.lines, lambda line: text.glyphs(*line.place))
        found.tables = list(tables.values())


def _ask_pdfplumber(data: bytes, pages: Sequence[_Page]) -> list[int]:
    """Finds the tables of pages whose lines make no clean net; the pages where that failed."""
    asked = {page.index: page.glyphs for page in pages if page.glyphs}
    if not asked:
        return []
    tables, failed = tables_on(data, asked)
    for page in pages:
        page.tables = tables.get(page.index, page.tables)
    return failed
