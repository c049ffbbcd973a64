"""Rows of a cleanup table whose title or number goes on in the row below (domain.md §7.1: a title may be split over
rows)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from policylib.errors import NumberSyntaxError
from policylib.extract.folding import fold
from policylib.extract.layout import Line
from policylib.extract.titles import doc_type_of
from policylib.model import DocumentNumber

_MOST: Final = 4  # rows over which one title goes
_CUT = re.compile(r"[\u3400-\u9fff]{2,24}(?:[〔\[(](?:\d{0,4}[〕\])]?(?:第?\d{0,4})?)?)?$")
"""岚科发〔2018〕, whose serial stands in the row below."""
_TAIL = re.compile(r"[\u3400-\u9fff]{0,8}(?:[〔\[(]?\d{0,4}[〕\])])?第?\d{0,5}号?$")
_EMPTY: Final = frozenset(("", "无", "-", "—", "/"))


def rest_of(
    text: str, lines: Sequence[Line], index: int, cells: Sequence[str], columns: Mapping[str, int]
) -> list[Line]:
    """The rows below a row that go on with its title, 关于印发《岚州市重点实验室 | 岚科发〔2018〕11号 and below it
    管理办法》的通知, or with its number. Such a row has neither a serial nor a number of its own, and the title above
    it is open, or its number is."""
    title, number = columns.get("title"), columns.get("number")
    if title is None or title >= len(cells) or not cells[title] or index + 1 >= len(lines):
        return []
    if title > 0 and not cells[0]:
        return []
    words, written = cells[title], _at(cells, number)
    rest: list[Line] = []
    for line in lines[index + 1 : index + 1 + _MOST]:
        if line.role != "row" or not (is_open_title(words) or is_cut_number(written)):
            break
        below = [fold(cell.of(text)).strip() for cell in line.cells]
        if not _is_rest(below, title, number, is_cut_number(written)):
            break
        rest.append(line)
        words, written = words + _at(below, title), written + _at(below, number)
    return rest


def _is_rest(cells: Sequence[str], title: int, number: int | None, cut: bool) -> bool:
    others = [cell for place, cell in enumerate(cells) if place not in (title, number)]
    tail = _at(cells, number)
    if any(others) or len(cells) <= title or not (cells[title] or tail):
        return False
    return tail == "" or (cut and _TAIL.match(tail) is not None)


def _at(cells: Sequence[str], place: int | None) -> str:
    words = cells[place] if place is not None and place < len(cells) else ""
    return "" if words in _EMPTY else words


def is_open_title(words: str) -> bool:
    """Whether a title is not at its end: 关于印发《岚州市重点实验室, 关于进一步加强."""
    return words.count("《") > words.count("》") or doc_type_of(words.strip("《》 ")) is None


def is_cut_number(words: str) -> bool:
    """岚科发〔2018〕, with its serial in the row below."""
    return _CUT.match(words) is not None


def joined_cells(text: str, rows: Sequence[Line], place: int) -> str:
    """What the rows say in one column, put together as it was before it was split."""
    parts = (row.cells[place].of(text).strip() for row in rows if place < len(row.cells))
    return re.sub(r"\s*\n\s*", "", "".join(parts))


def whole_number(words: str) -> tuple[DocumentNumber, ...]:
    """The number that was split over rows; none where the words make no number."""
    try:
        return (DocumentNumber.parse(re.sub(r"\s", "", words)),)
    except NumberSyntaxError:
        return ()
