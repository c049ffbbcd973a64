"""PDF files with a text layer. pdfium reads the characters and the drawn lines; `pdf_text`, `pdf_columns`, `pdf_layout`
make paragraphs of them, `pdf_grid` and `pdf_tables` rows.

Pages without text are a problem of the document; a file without any text needs OCR and is an error. pdfium is not
thread-safe: read in processes, not in threads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from policylib.errors import DamagedFile, EncryptedFile, NoTextLayer, TooLarge
from policylib.model.document import Document, Problem, Source
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import Line, compose, is_page_number
from policylib.readers.metadata import in_table
from policylib.readers.pdf_columns import in_order
from policylib.readers.pdf_fonts import use_box_fonts
from policylib.readers.pdf_grid import edges_of, nets_of
from policylib.readers.pdf_layout import HYPHENS, Frame, Glyph, TextLine, frame_of, paragraphs, running_heads
from policylib.readers.pdf_plumber import tables_on
from policylib.readers.pdf_scan import Scans, is_picture, read_scans
from policylib.readers.pdf_tables import Table, joined, table_of
from policylib.readers.pdf_text import PageText

COMMON_SHARE = 0.6  # of hanzi; 68 real files had 0.82 and more, files with a broken font table 0.00 to 0.14
BAD_SHARE = 0.05  # of characters; real files had 0.009 and less
SAMPLE = 20  # hanzi below which a share says nothing
MAY_COPY = 0x10  # a bit of the permissions that an owner's password gives


@dataclass(slots=True)
class _Page:
    """What pdfium tells of a page. `glyphs`: where its tables are for pdfplumber to find, its characters."""

    index: int
    characters: str
    width: int
    lines: list[TextLine]
    tables: list[Table] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    columns: bool = False
    picture: bool = False  # of a page, with no text upon it or next to none


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a PDF. Raises DamagedFile, EncryptedFile, NoTextLayer, TooLarge.

    Problems: NO_TEXT_PAGE, GARBLED, TABLE_UNREAD, COLUMNS_REORDERED, COPY_RESTRICTED, and those of recognition.
    """
    check_size(len(data), limits.package_bytes, source.path)
    pages, restricted = _pages(data, source.path, limits)
    scans = _recognise(data, pages, limits)
    if not any(page.lines for page in pages):
        raise NoTextLayer(f"{source.path}: {len(pages)} 页均无文字层, 可能是扫描件", scans.remedy)
    failed = _ask_pdfplumber(data, pages)
    for page in pages:
        _put_in_order(page)
    problems = [
        *scans.problems,
        *_garbled(pages),
        *_unread(failed),
        *_reordered([page.index for page in pages if page.columns]),
        *([COPY_RESTRICTED] if restricted else []),
    ]
    return compose(_lines(pages), source, problems)


def _recognise(data: bytes, pages: Sequence[_Page], limits: Limits) -> Scans:
    """Reads the pages that are pictures, and those whose characters are not what one sees."""
    garbled = [page.index for page in pages if _garbled([page])] if _garbled(pages) else []
    scans = read_scans(data, [page.index for page in pages if page.picture], garbled, limits)
    for page in pages:
        if page.index in scans.pages:
            scan = scans.pages[page.index]
            page.lines, page.width, page.characters = scan.lines, round(scan.width), scan.characters
            page.tables, page.glyphs = [], []
    return scans


def _pages(data: bytes, path: str, limits: Limits) -> tuple[list[_Page], bool]:
    """The pages, and whether the owner forbids to copy from them."""
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
        permitted = pdfium.FPDF_GetDocPermissions(document.raw)
        return [_page(document, index, limits) for index in range(len(document))], not permitted & MAY_COPY
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(f"{path}: PDF 有损坏的页面", "请重新下载") from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int, limits: Limits) -> _Page:
    page = document[index]
    try:
        opened = page.get_textpage()
        try:
            text = PageText(opened.raw)
            found = _Page(index, text.characters, round(page.get_width()), text.lines(index + 1))
            found.picture = not found.lines or is_picture(page, text.characters)
            if found.lines and page.get_rotation() == 0:
                _find_tables(found, page, text, limits)
            return found
        finally:
            opened.close()
    finally:
        page.close()


def _find_tables(found: _Page, page: pypdfium2.PdfPage, text: PageText, limits: Limits) -> None:
    edges = edges_of(page.raw, limits.ruled_paths)
    nets = nets_of(edges) if edges else []
    if edges is None or not all(net.clean for net in nets):
        found.glyphs = list(text.glyphs(0, len(text.characters)))
    else:
        found.tables = [table for net in nets if (table := table_of(net, text, found.lines))]


def _ask_pdfplumber(data: bytes, pages: Sequence[_Page]) -> list[int]:
    """Finds the tables of pages whose lines make no clean net; the pages where that failed."""
    asked = {page.index: page.glyphs for page in pages if page.glyphs}
    if not asked:
        return []
    tables, failed = tables_on(data, asked)
    for page in pages:
        page.tables = tables.get(page.index, page.tables)
    return failed


def _put_in_order(page: _Page) -> None:
    """Takes out what stands in tables, and leaves in its place a mark that reading comes past."""
    free = [line for line in page.lines if not any(table.holds(line) for table in page.tables)]
    marks = [_mark(place, table, page) for place, table in enumerate(page.tables)]
    page.lines, page.columns = in_order([*free, *marks], page.width)


def _mark(place: int, table: Table, page: _Page) -> TextLine:
    left, _, right, top = table.box
    return TextLine("", left, top - 1, right, top, 1.0, page.index + 1, table=place)


def _lines(pages: Sequence[_Page]) -> list[Line]:
    """Paragraphs, rows in their place, and running heads at the end."""
    heads = running_heads([page.lines for page in pages])
    frames = _frames(pages)
    found: list[Line] = []
    waiting: list[TextLine] = []
    table: tuple[Table, int] | None = None
    headers: dict[str, int] = {}

    def written() -> Iterator[Line]:
        if table:
            yield from _rows(table[0], table[1], first=not found)

    for page in pages:
        for place, line in enumerate(page.lines):
            if (page.index, place) in heads:
                headers.setdefault(line.text, page.index + 1)
            elif line.table is None:
                found.extend(written())
                table = None
                waiting.append(line)
            else:
                own = page.tables[line.table]
                whole = joined(table[0], own) if table and table[1] <= page.index else None
                if table is None or whole is None:
                    found.extend(written())
                    found.extend(_paragraphs(waiting, frames, pages))
                    waiting = []
                    table = (own, page.index + 1)
                else:
                    table = (whole, table[1])
    found.extend(written())
    found.extend(_paragraphs(waiting, frames, pages))
    return [*found, *(Line("header", text, page=page) for text, page in headers.items() if not is_page_number(text))]


def _frames(pages: Sequence[_Page]) -> dict[tuple[int, bool], Frame]:
    """The text frame by the page's width, and by whether it has columns: landscape pages have their own."""
    found: dict[tuple[int, bool], list[TextLine]] = {}
    for page in pages:
        lines = [line for line in page.lines if line.table is None]
        found.setdefault((page.width, page.columns), []).extend(lines)
    return {
        kind: frame_of(
            lines, max(line.right for line in lines) + min(line.left for line in lines) if kind[1] else kind[0]
        )
        for kind, lines in found.items()
        if lines
    }


def _paragraphs(
    lines: Sequence[TextLine], frames: dict[tuple[int, bool], Frame], pages: Sequence[_Page]
) -> Iterator[Line]:
    def kind(line: TextLine) -> tuple[int, bool]:
        page = pages[line.page - 1]
        return page.width, page.columns

    for key, group in groupby(lines, key=kind):
        for text, page in paragraphs(list(group), frames[key]):
            yield Line("paragraph", text, page=page)


def _rows(table: Table, page: int, first: bool) -> Iterator[Line]:
    """A table's rows; a label/value table that opens the document becomes metadata."""
    entries = in_table(table.rows) if first and page == 1 else []
    if entries:
        yield from (Line("metadata", str(entry), page=page) for entry in entries)
    else:
        yield from (Line("row", cells=row, page=page) for row in table.rows)


def _unread(failed: Sequence[int]) -> list[Problem]:
    if not failed:
        return []
    return [
        Problem(
            "TABLE_UNREAD",
            f"第 {'、'.join(str(index + 1) for index in failed[:20])} 页的表格线无法识别, 已按文字顺序读取",
        )
    ]


def _reordered(pages: Sequence[int]) -> list[Problem]:
    if not pages:
        return []
    names = "、".join(str(index + 1) for index in pages[:20])
    return [Problem("COLUMNS_REORDERED", f"第 {names} 页分两栏, 已按先左后右读取, 请对照原文")]


COPY_RESTRICTED = Problem("COPY_RESTRICTED", "PDF 设有限制复制的权限, 文字已读出, 使用时请遵守来源单位的要求")


@cache
def _common_hanzi() -> frozenset[str]:
    """The 3,755 hanzi of GB 2312 level 1."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", errors="ignore") for code in codes) - {""}


def _garbled(pages: Sequence[_Page]) -> list[Problem]:
    """Whether the font tables are broken, so that the characters are not those that one sees."""
    seen = Counter("".join("".join(page.characters.split()) for page in pages))
    total = sum(seen.values())
    hanzi = sum(count for character, count in seen.items() if "\u3400" <= character <= "\u9fff")
    common = sum(count for character, count in seen.items() if character in _common_hanzi())
    bad = sum(count for character, count in seen.items() if _is_bad(character))
    rare = hanzi >= SAMPLE and common < hanzi * COMMON_SHARE
    if rare or (total >= SAMPLE and bad > total * BAD_SHARE):
        return [Problem("GARBLED", "PDF 字体编码损坏, 读出的文字不可信, 请先做文字识别（OCR）或换用原始文件")]
    return []


def _is_bad(character: str) -> bool:
    """Whether a character is none that a paper prints: a control, one of private use, a lost one."""
    return (
        (character < " " and ord(character) not in HYPHENS)
        or "\ue000" <= character <= "\uf8ff"
        or character == "\ufffd"
    )
