"""Records → a workbook for the meeting: text cells, a head that stays and is printed on each page (domain.md §9)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from policylib.errors import MissingDependency
from policylib.export.plain import Plain, plain_value
from policylib.own_tables import CREATOR

_NARROW, _WIDE = 6, 46  # characters of a column: a number; some three lines of a printed page
_LONGEST = 32_767  # characters that Excel takes in a cell
_CUT = "……（太长，以下截去）"
_FIGURES = 15  # digits of a number that Excel keeps; those behind it become noughts
_EPOCH = datetime(1980, 1, 1)  # the same rows give the same bytes, whenever they are written
_A4 = 9


def xlsx_bytes(rows: Iterable[Mapping[str, object]], columns: Sequence[tuple[str, str]], title: str = "") -> bytes:
    """A workbook of one sheet, which is called `title`. Every text is a text cell, so that none can act as a formula;
    numbers stay numbers.

    Raises MissingDependency without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        remedy = '请运行 pip install "policylib[sheets]"；或者改存为 .csv，Excel 和 WPS 都能打开'
        raise MissingDependency("写 xlsx 需要另装组件 openpyxl", remedy) from error
    book = Workbook()
    sheet = book.active
    sheet.title = title or sheet.title
    sheet.append([None] * len(columns))
    wide = [_width(head) for _, head in columns]
    for at, (_, head) in enumerate(columns, 1):
        _fill(sheet.cell(1, at), head, head=True)
    for line, row in enumerate(rows, 2):
        for at, (key, _) in enumerate(columns, 1):
            shown = _shown(row.get(key))
            wide[at - 1] = max(wide[at - 1], _width(str(shown)))
            _fill(sheet.cell(line, at), shown)
    _lay_out(sheet, wide)
    out = BytesIO()
    book.save(out)
    return _dateless(out.getvalue(), book)


def cut_cells(rows: Iterable[Mapping[str, object]], columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The cells that are longer than Excel takes, and were cut, in words."""
    for line, row in enumerate(rows, 2):
        for key, head in columns:
            if _is_too_long(plain_value(row.get(key))):
                yield f"第 {line} 行“{head}”超过 {_LONGEST} 字，Excel 放不下，已截去后面的；要全文请存为 .csv 或 .json"


def _is_too_long(plain: Plain | None) -> bool:
    return isinstance(plain, str) and len(plain) > _LONGEST


def _shown(value: object) -> str | int | float:
    plain = plain_value(value)
    if isinstance(plain, bool):
        return "是" if plain else "否"
    if isinstance(plain, int) and len(str(abs(plain))) > _FIGURES:
        return str(plain)
    if _is_too_long(plain):
        return f"{str(plain)[: _LONGEST - len(_CUT)]}{_CUT}"
    return "" if plain is None else plain


def _fill(cell: Any, value: str | int | float, head: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin")
    cell.border = Border(side, side, side, side)
    cell.alignment = Alignment(wrap_text=True, vertical="center" if head else "top")
    cell.font = Font(name="宋体", size=11, bold=head)
    cell.number_format = "General" if isinstance(value, (int, float)) else "@"  # what staff type stays as they typed it
    if value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes “=…” for a formula
        cell.quotePrefix = True  # and so does Excel, when somebody edits the cell


def _lay_out(sheet: Any, wide: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for at, cells in enumerate(wide, 1):
        sheet.column_dimensions[get_column_letter(at)].width = min(max(cells + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _width(text: str) -> int:
    """The cells that the longest line takes: two for a Chinese character."""
    return max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n"))


def _dateless(data: bytes, book: Any) -> bytes:
    """The package with one date on all it holds, and our name: openpyxl writes the present one, and its own."""
    from openpyxl.xml.functions import tostring

    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = CREATOR  # `add` knows by it that this is no paper
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = tostring(book.properties.to_tree()) if name == "docProps/core.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
