"""Records → a table that Excel and WPS open: csv, xlsx, or json for other tools."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from policylib.errors import PolicylibError
from policylib.export import atomic
from policylib.export.plain import plain_value
from policylib.export.sheet import Form, cut_cells, xlsx_bytes

Row = Mapping[str, object]
Columns = Sequence[tuple[str, str]]
"""(key of the row, 中文表头), from left to right."""

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as GBK
# Excel runs cells that begin so; in an East Asian locale the full-width signs too (OWASP, CSV injection).
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|\t")
_HALF = re.compile("[\ud800-\udfff]")


def write_table(
    rows: Iterable[Row], columns: Columns, path: str | Path, title: str = "", form: Form | None = None
) -> tuple[str, ...]:
    """Write the rows to `path`, as its suffix says: .csv .xlsx .json; `title` names the sheet, `form` helps who
    fills it in. Gives what had to be cut from an .xlsx, in words.

    `columns` are pairs of a key and its head, ("number", "文号"), `rows` mappings of such keys to values.

    Raises PolicylibError for another suffix, for columns or rows that are none, and when the file cannot be written;
    MissingDependency for .xlsx without openpyxl.
    """
    path = Path(path)
    rows = list(rows)
    _check(rows, columns)
    render = _FORMATS.get(path.suffix.lower())
    if render is None:
        raise PolicylibError(f"不能导出为“{path.suffix or path.name}”，表格支持的后缀：{' '.join(_FORMATS)}")
    if render is not xlsx_bytes:
        atomic.write(path, render(rows, columns))
        return ()
    atomic.write(path, xlsx_bytes(rows, columns, title, form))
    return tuple(cut_cells(rows, columns))


def _check(rows: Iterable[object], columns: Iterable[object]) -> None:
    for column in columns:
        if not (isinstance(column, (tuple, list)) and len(column) == 2):
            raise PolicylibError(f'columns 的每一列要写键和表头两样，例如 ("number", "文号")，不是 {column!r:.60}')
    for row in rows:
        if not isinstance(row, Mapping):
            raise PolicylibError(f'rows 的每一行要写成字典，例如 {{"number": "岚政发〔2019〕5号"}}，不是 {row!r:.60}')


def csv_text(rows: Iterable[Row], columns: Columns) -> str:
    """A csv with a byte order mark, Chinese headers and CRLF line ends. No cell can act as a formula."""
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow([cell(header) for _, header in columns])
    writer.writerows([cell(row.get(key)) for key, _ in columns] for row in rows)
    return out.getvalue()


def json_text(rows: Iterable[Row], columns: Columns) -> str:
    """A JSON array of objects, with the keys of the columns; dates are ISO, several values an array. Text is as it is:
    JSON has a spelling for every character, and only a half of one, which UTF-8 has not, becomes U+FFFD."""
    records = [{key: _json_value(row.get(key)) for key, _ in columns} for row in rows]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def cell(value: object) -> str:
    """What a cell shows. Text that begins like a formula gets a leading apostrophe; numbers stay numbers.

    Blanks of any kind before it are looked through, because some programs drop them on opening.
    """
    plain = plain_value(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "是" if plain else "否"
    if not isinstance(plain, str):
        return str(plain)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _json_value(value: object) -> object:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if value is None or isinstance(value, (bool, int, float, date)):
        return plain_value(value)
    if isinstance(value, Mapping):
        return {_HALF.sub("\ufffd", str(key)): _json_value(part) for key, part in value.items()}
    if isinstance(value, Iterable):
        return [_json_value(part) for part in value]
    return _HALF.sub("\ufffd", str(value))


_FORMATS: Mapping[str, Callable[[Iterable[Row], Columns], str | bytes]] = MappingProxyType(
    {".csv": csv_text, ".xlsx": xlsx_bytes, ".json": json_text}
)
TABLE_SUFFIXES = tuple(_FORMATS)
