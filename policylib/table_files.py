"""The files of an office's own tables: their text, the rows of a .csv, and files that look like tables and are none."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from policylib.errors import TableError, cause

_MULTILINE = ("note", "source")
"""The columns in which a person may have written several lines."""
_CONTROLS = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))


def read_text(path: Path) -> str:
    """The text of a table file: UTF-8 with or without a mark, else GB 18030. Raises TableError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(str(path), 1, f"读不出此文件：{cause(error, '读取')}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    advice = (
        "请用表格软件另存为“CSV UTF-8”" if path.suffix.lower() == ".csv" else "请用记事本打开，另存为，编码选 UTF-8"
    )
    raise TableError(str(path), 1, f"既不是 UTF-8 也不是 GB 18030 编码，{advice}")


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a .csv file that are not empty, each with its last line, the cells without blanks at their ends.

    Raises TableError for a quote without its fellow, with the line where it opens, and for characters that nobody sees.
    """
    lines = read_text(path).splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    first = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            line = _opened(lines, first, reader.line_num)
            raise TableError(str(path), line, "这一行的引号没有成对，后面各行都并进了这一格，请补上或删去") from None
        if cells is None:
            return
        if not _CONTROLS.isdisjoint("".join(cells)):
            raise TableError(str(path), first, "这一行有看不见的控制字符，请删去这一行重新录入")
        if any(cells := [cell.strip() for cell in cells]):
            yield reader.line_num, cells
        first = reader.line_num + 1


def _opened(lines: Sequence[str], first: int, last: int) -> int:
    """The line of the quote that is open where reading failed: in the last line, or at the end of the file."""
    opened, inside = last, False
    for number in range(first, last + 1):
        if number == last and inside and number < len(lines):
            break
        if lines[number - 1].count('"') % 2:
            inside = not inside
            opened = number if inside else opened
    return opened


def broken_cell(columns: Iterable[str], cells: Iterable[str]) -> str:
    """The column in which a cell has several lines that can have one only: its quote closes too late. "" where none."""
    wrong = (column for column, cell in zip(columns, cells, strict=False) if "\n" in cell or "\r" in cell)
    return next((column for column in wrong if column not in _MULTILINE), "")


def check_folder(folder: Path, names: Sequence[str], profiles: str) -> None:
    """Whether the tables of an office's own are files that can be read, under their right names.

    Raises TableError, of a whole file and so without a line: a folder of that name; issuers.xlsx, Issuers.csv or
    issuers.csv.txt where issuers.csv is missing; a file where the folder `profiles` should be.
    """
    if not folder.is_dir():
        return
    for name in names:
        if (folder / name).is_dir():
            raise TableError(str(folder / name), 0, f"这是文件夹，应是表格文件 {name}")
    stems = {name.partition(".")[0]: name for name in names if not (folder / name).is_file()}
    for path in sorted(folder.iterdir()):
        right = stems.get(path.name.lower().partition(".")[0])
        if right and path.is_file():
            if path.name.lower() == right:
                raise TableError(str(path), 0, f"不能直接读，文件名的大小写不对，请改名：文件名写 {right}")
            raise TableError(str(path), 0, f"不能直接读，请用表格软件另存为“CSV UTF-8”，文件名写 {right}")
    if (folder / profiles).is_file():
        raise TableError(str(folder / profiles), 0, f"应是文件夹，里面放规则文件，例如 {profiles}/own.toml")
    for path in sorted((folder / profiles).glob("*.toml")):
        if path.is_dir():
            raise TableError(str(path), 0, "这是文件夹，应是规则文件")
