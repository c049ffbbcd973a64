"""What the readers are compared with: the usual libraries, and a ruled list of papers that is drawn for both."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from statistics import median
from time import process_time
from typing import Any

from policylib.readers import read_bytes
from tests.readers.page_truth import Cells
from tests.readers.truth import bare

LIST_ROWS = 300


def by_python_docx(data: bytes) -> str:
    """The paragraphs and the tables, as most scripts read them."""
    import docx

    document = docx.Document(BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def by_pdfplumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def by_lxml(data: bytes) -> str:
    from lxml import html

    return str(html.document_fromstring(data).text_content())


def by_ofdkit(data: bytes) -> str:
    import ofdkit

    return str(ofdkit.extract_text(data))


def by_openpyxl(data: bytes) -> str:
    """The values of all cells: no formats, no merged cells, hidden ones too."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return "\n".join(str(value) for sheet in book for row in sheet.values for value in row if value is not None)


def by_pdfium(data: bytes) -> int:
    """Only what pdfium must do before a character can be asked for: each page is loaded, then its text."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    characters = 0
    with pypdfium2.PdfDocument(data) as document:
        for place in range(len(document)):
            page = pdfium.FPDF_LoadPage(document.raw, place)
            text = pdfium.FPDFText_LoadPage(page)
            characters += pdfium.FPDFText_CountChars(text)
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
    return characters


PEERS: Mapping[str, Callable[[bytes], str]] = {
    "docx": by_python_docx,
    "pdf": by_pdfplumber,
    "html": by_lxml,
    "ofd": by_ofdkit,
    "xlsx": by_openpyxl,
}
FLOORS: Mapping[str, Callable[[bytes], int]] = {"pdf": by_pdfium}
"""What the library below a reader takes alone: no reader that goes by way of it is faster."""


def all_of(read: Callable[[bytes], Any], files: Iterable[bytes]) -> list[Any]:
    return [read(data) for data in files]


def interleaved(contenders: Sequence[Callable[[], Any]], rounds: int) -> list[float]:
    """The median CPU seconds of each; they take turns, and a first round, which loads packages, does not count. What
    one leaves behind is cleared away before the other begins, or it would pay for it."""
    times: list[list[float]] = [[] for _ in contenders]
    for turn in range(rounds + 1):
        for spent, contender in zip(times, contenders, strict=True):
            gc.collect()
            start = process_time()
            contender()
            if turn:
                spent.append(process_time() - start)
    return [median(spent) for spent in times]


def list_rows() -> list[Cells]:
    """A list of papers of an invented city: every third title takes two lines, every fifth row has an empty cell."""
    middle = ("", "市级科技创新发展专项资金使用", "市级科技创新券")
    return [
        (
            str(number),
            f"关于印发岚州市{middle[number % 3]}管理办法的通知",
            f"岚科规〔{2010 + number % 9}〕{number}号" if number % 5 else "",
            "废止" if number % 2 else "继续有效",
        )
        for number in range(1, LIST_ROWS + 1)
    ]


def ruled_list(rows: Sequence[Cells]) -> bytes:
    """The list as a pdf of many pages, under a line of text, its head repeated on each page."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    cells = [[Paragraph(cell, style) for cell in row] for row in (("序号", "文件名称", "文号", "清理意见"), *rows)]
    table = LongTable(
        cells, colWidths=(40, 220, 130, 60), repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    )
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build([Paragraph("现将清理结果公布如下：", style), table])
    return stream.getvalue()


def ruled_rows(data: bytes) -> list[Cells]:
    document = read_bytes(data, "清单.pdf")
    return [tuple(bare(cell.of(document.text)) for cell in block.cells) for block in document.blocks]


def rows_by_pdfplumber(data: bytes) -> list[Cells]:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return [tuple(bare(cell or "") for cell in row) for table in tables for row in table]
