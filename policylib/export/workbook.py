"""Rows → a workbook (xlsx) that people fill in and print: every cell is text, so no word of a document is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from unicodedata import east_asian_width

from policylib.errors import MissingDependency
from policylib.export.plain import plain_text, plain_value

_NARROWEST, _WIDEST = 8, 48  # in characters of the sheet's font; longer text is wrapped
_LONGEST = 32_767  # characters that a cell of Excel holds


def workbook(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with a head that stays in sight and is printed on every page, landscape A4.

    Raises MissingDependency without the extra `sheets`.
    """
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties
        from openpyxl.worksheet.worksheet import Worksheet
    except ImportError as error:
        raise MissingDependency(
            "写 Excel 表格需要另装组件 openpyxl", '请运行 pip install "policylib[sheets]", 或改存为 .csv'
        ) from error
    lines = [[_text(head) for head in heads], *([_text(value) for value in row] for row in rows)]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for at in range(len(heads)):
        wanted = max(_width(line[at]) for line in lines) + 2
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(wanted, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, line in enumerate(lines):
        cells = [WriteOnlyCell(sheet, value=text) for text in line]
        for cell in cells:
            cell.data_type = "s"  # else =1+1 is a formula
            cell.number_format = "@"  # what staff type stays as they typed it
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 0:
                cell.font = Font(bold=True)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(value: object) -> str:
    plain = plain_value(value)
    if isinstance(plain, bool):
        return "是" if plain else "否"
    return "" if plain is None else plain_text(str(plain))[:_LONGEST]


def _width(text: str) -> int:
    """The width of the longest line of a text, a Chinese character counting two."""
    return max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n"))
