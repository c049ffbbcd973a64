"""Records → a workbook for the meeting: text cells, a head that stays and is printed on each page (domain.md §9)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Any
from unicodedata import east_asian_width

from policylib.errors import MissingDependency
from policylib.export.plain import Plain, plain_value
from policylib.own_tables import CREATOR

_NARROW, _WIDE = 6, 46  # characters of a column: a number; some three lines of a printed page
# What a column of this kind takes at most: a day, a number broken in two, an organ, a state. Sentences have the rest.
_MOST: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("dated", "effective", "expires", "published", "since", "until", "latest", "day", "made"), 12),
        **dict.fromkeys(("number", "own"), 14),
        **dict.fromkeys(("drafter", "issuers", "interpreters", "interpreter", "lead", "support", "who"), 14),
        **dict.fromkeys(("state", "status", "outcome", "earlier"), 12),
        "key": 16,
    }
)
_PAGE = 230  # characters beside each other on A4, broad side down, which 11 points are made 7 for
_SENTENCE = 20  # characters that a column of sentences keeps, however many stand beside it
_LEAST: Mapping[str, int] = MappingProxyType({"decision": 16, "answer": 24})  # to be written in by hand
_MARGIN = 0.4  # inches beside the table
_LONGEST = 32_767  # characters that Excel takes in a cell
_CUT = "……（太长，以下截去）"
_FIGURES = 15  # digits of a number that Excel keeps; those behind it become noughts
_EPOCH = datetime(1980, 1, 1)  # the same rows give the same bytes, whenever they are written
_A4 = 9


@dataclass(frozen=True, slots=True)
class Form:
    """What helps who fills a sheet in: `choices`, by the key of a column, drop down in its cells, and do not keep
    people from other words; the columns of the keys `hidden` are there for reading back, and are not printed."""

    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()


def xlsx_bytes(
    rows: Iterable[Mapping[str, object]], columns: Sequence[tuple[str, str]], title: str = "", form: Form | None = None
) -> bytes:
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
    keys, form = [key for key, _ in columns], form or Form()
    _lay_out(sheet, _rooms(keys, wide, form.hidden))
    _fill_in(sheet, keys, form)
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
        sheet.column_dimensions[get_column_letter(at)].width = cells
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _rooms(keys: Sequence[str], wide: Sequence[int], hidden: Sequence[str]) -> list[int]:
    """How wide the columns are whose longest lines take so many cells: what is printed fits a page, if it can."""
    rooms = [
        max(min(cells + 2, _MOST.get(key, _WIDE)), _LEAST.get(key, _NARROW))
        for key, cells in zip(keys, wide, strict=True)
    ]
    printed = [room for key, room in zip(keys, rooms, strict=True) if key not in hidden]
    most = next(
        (most for most in range(_WIDE, _SENTENCE, -1) if sum(min(room, most) for room in printed) <= _PAGE), _SENTENCE
    )
    return [min(room, most) for room in rooms]


def _fill_in(sheet: Any, keys: Sequence[str], form: Form) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, key in enumerate(keys, 1):
        letter = get_column_letter(at)
        if key in form.hidden:
            sheet.column_dimensions[letter].hidden = True
        if key in form.choices and sheet.max_row > 1:
            listed = DataValidation(type="list", formula1=f'"{",".join(form.choices[key])}"', allow_blank=True)
            listed.showErrorMessage = False  # 废止，另行制定 is a decision too
            listed.add(f"{letter}2:{letter}{sheet.max_row}")
            sheet.add_data_validation(listed)


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
