"""The files of the tables, in policylib/data and in the folder of an office: their rows, and how the one lies over the
other."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from policylib.errors import TableError
from policylib.table_files import broken_cell, csv_rows, read_text
from policylib.table_rows import (
    CodeRow,
    OrganRow,
    code_row,
    head_of,
    organ_row,
)
from policylib.toml_lines import line_of, line_of_error

DATA = Path(__file__).parent / "data"
ISSUERS = "issuers.csv"
ORGANS = "organs.csv"
PROFILES = "profiles"
TOML_ADVICE = "请核对这一行和上一行：文字两头要有英文引号，括号要成对，“=”两边都要写"
T = TypeVar("T")
Row = Mapping[str, Any]


def names(overlay: Path | None = None) -> tuple[str, ...]:
    """The tables there are: file names relative to the data folder, sorted; those of `overlay` where it may have its
    own."""
    own = (name for name in _files(overlay) if is_laid_over(name))
    return tuple(sorted({*_files(DATA), *own}))


def is_laid_over(name: str) -> bool:
    """Whether a user's rows of this table are in force."""
    return name in (ISSUERS, ORGANS) or name.startswith(f"{PROFILES}/")


def idle(overlay: Path | None) -> tuple[str, ...]:
    """The table files of the overlay that have no effect: of tables that are built in only, or of no table at all."""
    return tuple(sorted(name for name in _files(overlay) if not is_laid_over(name)))


def _files(folder: Path | None) -> set[str]:
    if folder is None or not folder.is_dir():
        return set()
    found = {path.name for path in folder.iterdir() if path.suffix in (".csv", ".toml")}
    return found | {f"{PROFILES}/{path.name}" for path in (folder / PROFILES).glob("*.toml")}


def code_rows(overlay: Path | None) -> list[tuple[Path, CodeRow]]:
    """The rows of issuers.csv, each with its file. Raises TableError."""
    return _csv(ISSUERS, overlay, code_row, lambda row: (row.code, row.kind))


def organ_rows(overlay: Path | None) -> list[tuple[Path, OrganRow]]:
    """The same of organs.csv."""
    return _csv(ORGANS, overlay, organ_row, lambda row: (row.name, row.kind))


def code_lines(folder: Path) -> Mapping[CodeRow, int]:
    """The rows of the issuers.csv in a folder, each with its line; none where there is no such file."""
    path = folder / ISSUERS
    return _csv_file(path, tuple(CodeRow.__dataclass_fields__), code_row) if path.is_file() else {}


def organ_lines(folder: Path) -> Mapping[OrganRow, int]:
    """The same of organs.csv."""
    path = folder / ORGANS
    return _csv_file(path, tuple(OrganRow.__dataclass_fields__), organ_row) if path.is_file() else {}


def _csv(
    name: str, overlay: Path | None, make: Callable[[dict[str, str]], T], key: Callable[[T], object]
) -> list[tuple[Path, T]]:
    columns = (CodeRow if name == ISSUERS else OrganRow).__dataclass_fields__
    layers = [[(path, row) for row in _csv_file(path, tuple(columns), make)] for path in places(name, overlay)]
    return _laid_over(layers, key)


def _csv_file(path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str]], T]) -> Mapping[T, int]:
    """The rows, each with its line."""
    seen: dict[T, int] = {}
    head: list[str] = []
    for line, cells in csv_rows(path):
        try:
            if not head:
                head = head_of(cells, columns)
                continue
            if any(cells[len(head) :]):
                raise ValueError(f"本行有{len(cells)}格，表头只有{len(head)}列")
            if column := broken_cell(head, cells):
                raise ValueError(f"到本行为止，{column} 一格里有好几行，多半是上面的引号没有成对")
            row = make({column: cell for column, cell in zip(head, cells, strict=False) if cell})
        except ValueError as error:
            raise TableError(str(path), line, str(error)) from None
        if row in seen:
            raise TableError(str(path), line, f"与第{seen[row]}行重复，请删去一行")
        seen[row] = line
    return seen


def toml_entries(name: str, overlay: Path | None, array: str | None = None) -> list[tuple[Path, Row]]:
    """The rows of a .toml table, or of the named array in it, each with its file. Raises TableError."""
    layers: list[list[tuple[Path, tuple[object, Row]]]] = []
    for path in places(name, overlay):
        arrays = {key: value for key, value in parsed_toml(path).items() if _is_rows(value)}
        wanted = arrays if array is None else {array: arrays.get(array, [])}
        entries = [(key, index, row) for key, group in wanted.items() for index, row in enumerate(group)]
        _no_id_twice(path, entries)
        layers.append([(path, ((key, row.get("id", (path, index))), row)) for key, index, row in entries])
    return [(path, row) for path, (_, row) in _laid_over(layers, lambda entry: entry[0])]


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _no_id_twice(path: Path, entries: Iterable[tuple[str, int, Row]]) -> None:
    seen: set[tuple[str, Any]] = set()
    for key, index, row in entries:
        if "id" in row and (key, row["id"]) in seen:
            raise TableError(
                str(path), line_of(key, read_text(path), index) or 1, f"id“{row['id']}”重复，请改名或删去一行"
            )
        seen.add((key, row.get("id")))


def parsed_toml(path: Path) -> dict[str, Any]:
    """What a .toml file says. Raises TableError, with the line."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = line_of_error(error, text)
        raise TableError(str(path), at, f"TOML 写法有误，{TOML_ADVICE}") from None


def places(name: str, overlay: Path | None) -> list[Path]:
    """The files of a table, the built-in one first. Raises TableError where there is none."""
    folders = (DATA,) if overlay is None else (DATA, overlay)
    found = [folder / name for folder in folders if (folder / name).is_file()]
    if not found:
        raise TableError("", 0, f"没有这张表：{name}。现有：{'、'.join(names(overlay))}")
    return found


def _laid_over(layers: Sequence[Sequence[tuple[Path, T]]], key: Callable[[T], object]) -> list[tuple[Path, T]]:
    """The rows of the lower layer whose keys the upper one does not name, then the rows of the upper one."""
    laid: list[tuple[Path, T]] = []
    for layer in layers:
        taken = {key(row) for _, row in layer} if laid else set()
        laid = [(path, row) for path, row in laid if key(row) not in taken] + list(layer)
    return laid


def origin(path: Path) -> str:
    """Which file a row comes from, for people."""
    return "内置" if DATA in path.parents else str(path)
