"""The text of a Word 97-2003 file, character by character: its header (FIB), its pieces (Clx) and its stories.

A character position counts from 0 over all stories: the text, then notes, running heads, text boxes. The text lies in
pieces, each of one or two bytes a character, at offsets of the stream `WordDocument`; the positions of everything else
are in the table stream. By [MS-DOC] 2.5 (FIB), 2.8.35 (PlcPcd) and 2.9.73 (FcCompressed).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from policylib.errors import DamagedFile, TooLarge
from policylib.readers.guard import Limits

COUNTS = 0x4C  # how many characters each story has
AREAS = 0x9A  # where the structures of the table stream lie: offset and size of each
STYLES, SECTIONS, RUNS, PARAGRAPHS, PIECES, ANCHORS, BOXES, LISTS, LIST_USES = 1, 6, 12, 13, 33, 40, 56, 73, 74
STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
ONE_BYTE = 1 << 30
FOUR_BYTES = 4
PIECE_SIZE = 8
CHANGES, TEXT_PIECES = 1, 2  # the two kinds of structures in a Clx
SHORT_CHANGES = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x5C: 0x083C}
"""Changes short enough to stand in the piece itself, as far as they are read here → the property that they set."""
Value = TypeVar("Value")


def number(data: bytes, at: int, size: int = 2) -> int:
    """The unsigned number of `size` bytes at an offset; what lies behind the end counts as zero."""
    return int.from_bytes(data[at : at + size], "little")


def positions_and_items(area: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """The n+1 positions and the n items of `size` bytes of a PLC, the form of most structures."""
    count = max((len(area) - FOUR_BYTES) // (FOUR_BYTES + size), 0)
    if not count:
        return [], []
    start = FOUR_BYTES * (count + 1)
    positions = struct.unpack_from(f"<{count + 1}I", area)
    return list(positions), [area[start + size * place : start + size * (place + 1)] for place in range(count)]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a Word stream, and the table stream that it points into."""

    word: bytes
    table: bytes

    def start(self, which: int) -> int:
        """Where a structure begins in the table stream."""
        return number(self.word, AREAS + 8 * which, FOUR_BYTES)

    def area(self, which: int) -> bytes:
        """The bytes of a structure of the table stream."""
        start = self.start(which)
        return self.table[start : start + number(self.word, AREAS + 8 * which + FOUR_BYTES, FOUR_BYTES)]

    def stories(self) -> dict[str, tuple[int, int]]:
        """The first and the last position (exclusive) of each story."""
        found, start = {}, 0
        for place, name in enumerate(STORIES):
            end = start + number(self.word, COUNTS + FOUR_BYTES * place, FOUR_BYTES)
            found[name] = (start, end)
            start = end
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that lies together. `changes` are properties set later by a fast save, over all of it."""

    start: int
    end: int
    offset: int
    width: int
    changes: bytes

    def position(self, offset: int) -> int:
        """The position of the character at a byte of the Word stream, within the piece."""
        return min(max(self.start + (offset - self.offset) // self.width, self.start), self.end)


class Pieces:
    """The piece table: the whole text, and the way from positions to bytes and back."""

    def __init__(self, header: Header, path: str, limits: Limits) -> None:
        self.pieces = list(_pieces(header.area(PIECES), path, limits))
        self.starts = [piece.start for piece in self.pieces]
        length = self.pieces[-1].end if self.pieces else 0
        whole = all(
            piece.start < piece.end and piece.offset + piece.width * (piece.end - piece.start) <= len(header.word)
            for piece in self.pieces
        )
        if not length or self.starts[0] or not whole or header.stories()[STORIES[-1]][1] > length:
            raise DamagedFile(f"{path}：正文不完整，文件已损坏", "请重新下载，或用 WPS、Word 打开后另存")
        if length > limits.doc_characters:
            raise TooLarge(f"{path}：正文超过安全上限 {limits.doc_characters} 字", "请核对来源，或拆分后再读")
        self.text = "".join(_decoded(header.word, piece) for piece in self.pieces)

    def piece_at(self, position: int) -> Piece:
        """The piece in which a character lies."""
        return self.pieces[max(bisect_right(self.starts, position) - 1, 0)]

    def spread(self, runs: Sequence[tuple[int, int, Value]]) -> Iterator[tuple[int, int, Value]]:
        """Stretches of bytes, in order, with what they have → the same as stretches of characters."""
        starts = [run[0] for run in runs]
        for piece in self.pieces:
            last = piece.offset + piece.width * (piece.end - piece.start)
            for place in range(max(bisect_right(starts, piece.offset) - 1, 0), len(runs)):
                first_byte, end_byte, value = runs[place]
                if first_byte >= last:
                    break
                start, end = piece.position(first_byte), piece.position(end_byte)
                if start < end:
                    yield start, end, value


def _pieces(area: bytes, path: str, limits: Limits) -> Iterator[Piece]:
    """The pieces of a Clx, behind the changes that they refer to by number."""
    changes: list[bytes] = []
    at = 0
    while at < len(area) and area[at] == CHANGES:
        size = number(area, at + 1)
        changes.append(area[at + 3 : at + 3 + size])
        at += 3 + size
    if at >= len(area) or area[at] != TEXT_PIECES:
        return
    positions, items = positions_and_items(area[at + 5 : at + 5 + number(area, at + 1, FOUR_BYTES)], PIECE_SIZE)
    if len(items) > limits.doc_pieces:
        raise TooLarge(
            f"{path}：正文分成 {len(items)} 段，超过安全上限 {limits.doc_pieces} 段", "请用 WPS 或 Word 打开后另存"
        )
    for place, item in enumerate(items):
        offset = number(item, 2, FOUR_BYTES)
        width = 1 if offset & ONE_BYTE else 2
        offset = (offset & (ONE_BYTE - 1)) // (2 if width == 1 else 1)
        yield Piece(positions[place], positions[place + 1], offset, width, _changes(number(item, 6), changes))


def _changes(reference: int, changes: Sequence[bytes]) -> bytes:
    """The properties that a piece sets: a number of the list, or one small enough to stand in two bytes."""
    if reference & 1:
        return changes[reference >> 1] if reference >> 1 < len(changes) else b""
    name = SHORT_CHANGES.get(reference >> 1 & 0x7F)
    return b"" if name is None else struct.pack("<HB", name, reference >> 8)


def _decoded(word: bytes, piece: Piece) -> str:
    """The text of a piece, one character of `str` a position: surrogates stay apart."""
    data = word[piece.offset : piece.offset + piece.width * (piece.end - piece.start)]
    if piece.width == 1:
        return data.decode("cp1252", "replace")
    text = data.decode("utf-16-le", "surrogatepass")
    return text if len(text) == len(data) // 2 else "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
