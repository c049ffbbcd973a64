"""Properties of characters, paragraphs and table rows in a Word 97-2003 file.

Properties are lists of modifiers (sprm): a code, an operand. They lie in pages of 512 bytes (FKP) of the Word stream,
by the bytes of the text that they are about. By [MS-DOC] 2.6 (sprms), 2.9.33 (ChpxFkp), 2.9.174 (PapxFkp), 2.9.271
(STSH); names of the codes after each.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from policylib.readers.doc_pieces import (
    PARAGRAPHS,
    RUNS,
    STYLES,
    Header,
    Pieces,
    Value,
    number,
    positions_and_items,
)
from policylib.readers.docx_walk import symbol

PAGE = 512
OPERAND_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # by the three highest bits of a code; 0: the operand says its own size
DELETED, INSERTED, HIDDEN, SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09  # sprmCFRMarkDel, CFRMarkIns, CFVanish, CSymbol
SWITCHED_ON = (0x01, 0x81)  # 0x81: other than the style, which hides nothing as a rule
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649  # sprmPFInTable, PFTtp, PItap
INNER_CELL_END, INNER_ROW_END = 0x244B, 0x244C  # sprmPFInnerTableCell, PFInnerTtp
LEVEL, LIST_USE = 0x260A, 0x460B  # sprmPIlvl, PIlfo
ELSEWHERE = (0x6645, 0x6646)  # sprmPHugePapx: more modifiers in the stream `Data`
TABS = 0xC615  # sprmPChgTabs
ROW_LAYOUT, OLD_ROW_LAYOUT = 0xD608, 0xD606  # sprmTDefTable, TDefTable10
PARAGRAPH_ENTRY = 13  # bytes of an entry in a page about paragraphs; about characters 1
CELL_SIZE = 20
MERGED_DOWN, CONTINUES = 0x60, 0x20  # bits of a cell's flags
HEADINGS = frozenset((*range(1, 10), 62))  # built-in styles: heading 1 to 9, title
DEEPEST_TABLE = 32  # Word itself stops far above
LONGEST_DESCENT = 16  # of styles; Word allows 11 generations
NO_LIST = 0
MOST_CELLS = 64  # of one row
SIGN = 0x8000  # the first edge of a row lies, as a rule, left of the text, at -108


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The codes and operands of a list of modifiers."""
    at = 0
    while at + 2 < len(data):
        code = number(data, at)
        at += 2
        size = OPERAND_SIZES[code >> 13] or _own_size(code, data, at)
        yield code, data[at : at + size]
        at += size


def _own_size(code: int, data: bytes, at: int) -> int:
    if code in (ROW_LAYOUT, OLD_ROW_LAYOUT):
        return number(data, at) + 1
    if code == TABS and data[at] == 0xFF:
        removed = number(data, at + 1, 1)
        return 3 + 4 * removed + 3 * number(data, at + 2 + 4 * removed, 1)
    return 1 + data[at]


@dataclass(frozen=True, slots=True)
class Look:
    """What a run of characters is, as far as it decides what is read."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    symbol: str = ""


PLAIN = Look()


@lru_cache(maxsize=1024)
def _look(data: bytes) -> Look:
    look = PLAIN
    for code, operand in modifiers(data):
        if code == DELETED:
            look = replace(look, deleted=operand[:1] == b"\x01")
        elif code == INSERTED:
            look = replace(look, inserted=operand[:1] == b"\x01")
        elif code == HIDDEN:
            look = replace(look, hidden=number(operand, 0, 1) in SWITCHED_ON)
        elif code == SYMBOL:
            look = replace(look, symbol=symbol(number(operand, 2)))
    return look


def looks(header: Header, pieces: Pieces) -> list[tuple[int, int, Look]]:
    """The runs of characters that are not plain, by their positions."""
    runs = (
        (start, end, _look(page[at + 1 : at + 1 + page[at]]) if at else PLAIN)
        for page in _pages(header, RUNS)
        for start, end, at in _entries(page, 1)
    )
    found = list(pieces.spread([run for run in _disjoint(runs) if run[2] != PLAIN]))
    found.extend((piece.start, piece.end, look) for piece in pieces.pieces if (look := _look(piece.changes)) != PLAIN)
    return found


def _pages(header: Header, which: int) -> Iterator[bytes]:
    """The pages of properties, each once, however often a hostile file names it."""
    _, items = positions_and_items(header.area(which), 4)
    for place in dict.fromkeys(number(item, 0, 4) & 0x3FFFFF for item in items):
        page = header.word[place * PAGE : (place + 1) * PAGE]
        if len(page) == PAGE:
            yield page


def _entries(page: bytes, size: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of bytes that a page is about, and where in it their properties are. `size` is of an entry."""
    count = page[-1]
    first = 4 * (count + 1)
    if first + size * count < PAGE:
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for place in range(count):
            yield bounds[place], bounds[place + 1], 2 * page[first + size * place]


def _disjoint(runs: Iterable[tuple[int, int, Value]]) -> list[tuple[int, int, Value]]:
    """The runs in order, without those that run into the one before: no file has them but hostile ones."""
    kept: list[tuple[int, int, Value]] = []
    for run in sorted(runs, key=itemgetter(0)):
        if run[0] < run[1] and (not kept or kept[-1][1] <= run[0]):
            kept.append(run)
    return kept


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, with what it takes over from those below it."""

    heading: bool = False
    list_use: int = NO_LIST
    level: int = 0


def read_styles(area: bytes) -> list[Style]:
    """The styles of a file, by their number."""
    own: list[dict[int, int]] = []
    parents: list[int] = []
    headings: list[bool] = []
    at = 2 + number(area, 0)
    for _ in range(number(area, 2)):
        size = number(area, at)
        style = area[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        headings.append(bool(style) and number(style, 0) & 0xFFF in HEADINGS)
        parents.append(number(style, 2) >> 4)
        name = number(area, 4)
        properties = name + 2 + 2 * number(style, name) + 2
        data = style[properties + 4 : properties + 2 + number(style, properties)]
        is_paragraph_style = number(style, 2) & 0xF == 1
        own.append({code: number(operand, 0) for code, operand in modifiers(data)} if is_paragraph_style else {})
    return [Style(headings[place], *_inherited(place, own, parents)) for place in range(len(own))]


def _inherited(place: int, own: Sequence[dict[int, int]], parents: Sequence[int]) -> tuple[int, int]:
    """The list and the level of a style, its own or of the nearest style below."""
    found: dict[int, int] = {}
    for _ in range(LONGEST_DESCENT):
        if place >= len(own):
            break
        found = own[place] | found
        place = parents[place]
    return found.get(LIST_USE, NO_LIST), found.get(LEVEL, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its left edge and its right one, in twentieths of a point, and how it is merged."""

    edge: int
    right: int
    swallowed: bool = False
    merged_down: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a paragraph is: a heading, numbered in a list, in a table of some depth, the end of a cell or a row."""

    heading: bool = False
    list_use: int = NO_LIST
    level: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    cells: tuple[Cell, ...] = ()


class Paragraphs:
    """The settings of all paragraphs, asked by the position of the mark that ends one."""

    def __init__(self, header: Header, pieces: Pieces, data: bytes) -> None:
        self.pieces, self.data = pieces, data
        self.styles = read_styles(header.area(STYLES))
        self.runs = _disjoint(
            (start, end, _paragraph_data(page, at))
            for page in _pages(header, PARAGRAPHS)
            for start, end, at in _entries(page, PARAGRAPH_ENTRY)
        )
        self.starts = [run[0] for run in self.runs]
        self.known: dict[tuple[bytes, bytes], Settings] = {}

    def at(self, position: int) -> Settings:
        """The settings of the paragraph in which a character lies."""
        piece = self.pieces.piece_at(position)
        place = bisect_right(self.starts, piece.offset + piece.width * (position - piece.start)) - 1
        key = (self.runs[place][2] if place >= 0 else b"", piece.changes)
        if key not in self.known:
            self.known[key] = self._settings(*key)
        return self.known[key]

    def _settings(self, own: bytes, changes: bytes) -> Settings:
        style = number(own, 0)
        inherited = self.styles[style] if style < len(self.styles) else Style()
        found = dict((*self._all_modifiers(own[2:]), *modifiers(changes)))
        depth = _figure(found, DEPTH) or (1 if _figure(found, IN_TABLE) else 0)
        inner = depth > 1
        return Settings(
            inherited.heading,
            _figure(found, LIST_USE, inherited.list_use),
            _figure(found, LEVEL, inherited.level),
            min(depth, DEEPEST_TABLE),
            inner and bool(_figure(found, INNER_CELL_END)),
            bool(_figure(found, INNER_ROW_END if inner else ROW_END)),
            _cells(found),
        )

    def _all_modifiers(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The modifiers, with those of wide tables, which are kept in another stream."""
        for code, operand in modifiers(data):
            yield code, operand
            if code in ELSEWHERE:
                start = number(operand, 0, 4)
                yield from modifiers(self.data[start + 2 : start + 2 + number(self.data, start)])


def _paragraph_data(page: bytes, at: int) -> bytes:
    """The number of the style of a paragraph (two bytes) and its modifiers."""
    size = page[at]
    if not at:
        return b""
    return page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * number(page, at + 1, 1)]


def _figure(found: dict[int, bytes], code: int, default: int = 0) -> int:
    return number(found[code], 0, len(found[code])) if code in found else default


def _cells(found: dict[int, bytes]) -> tuple[Cell, ...]:
    """The cells of a row by its layout (TDefTable): edges, then 20 bytes a cell whose first two say how it is merged.

    Sources differ whether 1 or 2 begins a merger across; what stands first in a row begins one.
    """
    layout = found.get(ROW_LAYOUT, b"")
    count = min(number(layout, 2, 1), MOST_CELLS)
    details = 3 + 2 * (count + 1)
    flags = [number(layout, details + CELL_SIZE * place) for place in range(count)]
    across = [flag & 3 for flag in flags]
    edges = [(number(layout, 3 + 2 * place) ^ SIGN) - SIGN for place in range(count + 1)]
    opening = next(filter(None, across), 0)
    return tuple(
        Cell(
            edges[place],
            edges[place + 1],
            swallowed=bool(across[place]) and (across[place] == 1) != (opening == 1),
            merged_down=bool(flag & MERGED_DOWN),
            continues=flag & MERGED_DOWN == CONTINUES,
        )
        for place, flag in enumerate(flags)
    )
