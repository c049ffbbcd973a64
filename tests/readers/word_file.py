"""Word 97-2003 files made from paragraphs, as small as they can be, by [MS-DOC]. No library writes them.

The text is cut into a piece of one byte a character wherever it is ASCII (or one of ü“”…), and of UTF-16 elsewhere:
so every test reads across pieces.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Any

from tests.readers.compound_file import compound_file

TEXT_AT, PAGE = 2048, 512
STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
STYLES, SECTIONS, RUNS, PARAGRAPHS, PIECES, ANCHORS, BOXES, LISTS, LIST_USES = 1, 6, 12, 13, 33, 40, 56, 73, 74


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    properties: bytes = b""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    properties: bytes = b""
    style: int = 0
    depth: int = 0  # of the table that it is in


def switch(code: int, value: int = 1) -> bytes:
    return struct.pack("<HB", code, value)


def deleted(text: str) -> Run:
    return Run(text, switch(0x0800))


def inserted(text: str) -> Run:
    return Run(text, switch(0x0801))


def hidden(text: str, value: int = 1) -> Run:
    return Run(text, switch(0x083C, value))


def symbol(code: int) -> Run:
    return Run("(", struct.pack("<HHH", 0x6A09, 0, code))


def field(instruction: str, result: str) -> str:
    return f"\x13 {instruction} \x14{result}\x15"


def paragraph(
    *runs: str | Run,
    mark: str | Run = "\r",
    properties: bytes = b"",
    style: int = 0,
    numbered: tuple[int, int] | None = None,
) -> Paragraph:
    """A paragraph; `numbered` by a use of a list, counted from 1, at a level."""
    if numbered:
        properties += struct.pack("<HHHB", 0x460B, numbered[0], 0x260A, numbered[1])
    made = [Run(run) if isinstance(run, str) else run for run in (*runs, mark)]
    return Paragraph(tuple(replace(run, text=_units(run.text)) for run in made), properties, style)


def row(
    *cells: str | Run | Sequence[Paragraph],
    flags: Sequence[int] = (),
    widths: Sequence[int] = (),
    depth: int = 1,
    mark: str | Run = "",
) -> list[Paragraph]:
    """A row; a cell may hold paragraphs and rows of a deeper table. `flags` say how each cell is merged, `widths` how
    far it reaches; `mark` is that of the row, where it is a run of its own."""
    sign = "\x07" if depth == 1 else "\r"
    cell_end, row_end = (b"", switch(0x2417)) if depth == 1 else (switch(0x244B), switch(0x244B) + switch(0x244C))
    made: list[Paragraph] = []
    for cell in cells:
        inner = [paragraph(cell, mark=sign)] if isinstance(cell, str | Run) else list(cell)
        inner[-1] = replace(inner[-1], properties=inner[-1].properties + cell_end)
        made += (replace(one, depth=one.depth or depth) for one in inner)
    edges = [*accumulate(widths or [1000] * len(cells), initial=0)]
    layout = struct.pack(f"<B{len(edges)}h", len(cells), *edges)
    layout += b"".join(struct.pack("<H18x", flag) for flag in flags)
    last = paragraph(mark=mark or sign, properties=row_end + struct.pack("<HH", 0xD608, len(layout) + 1) + layout)
    return [*made, replace(last, depth=depth)]


def level(style: int, pattern: str, *, start: int = 1, legal: bool = False, follow: int = 0) -> bytes:
    """A level of a list: the number of its format, and its text with %1 for the first level's number."""
    text = pattern
    for place in range(9):
        text = text.replace(f"%{place + 1}", chr(place))
    head = struct.pack("<IBB9sB8x4B", start, style, 4 * legal, bytes(9), follow, 0, 0, 0, 0)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def word_streams(
    *text: Paragraph | list[Paragraph],
    lists: Sequence[Sequence[bytes]] = (),
    uses: Sequence[tuple[int, dict[int, int]]] = (),
    styles: Sequence[bytes] = (),
    anchors: Sequence[tuple[int, int]] = (),
    boxes: Sequence[tuple[int, Sequence[Paragraph]]] = (),
    sections: Sequence[int] = (),
    changes: bytes = b"",
    version: int = 0xC1,
    flags: int = 0,
    **stories: Sequence[Paragraph],
) -> dict[str, bytes]:
    """The streams of a file. `anchors` are positions of text boxes by shape, `boxes` the shapes and what they hold,
    `changes` what a fast save set over the last piece, `lists` levels, `uses` a list and the levels that begin anew."""
    stories["text"] = [one for part in text for one in (part if isinstance(part, list) else [part])]
    stories["boxes"] = [one for _, content in boxes for one in content]
    paragraphs = [one for name in STORIES for one in stories.get(name, ())]
    whole = "".join(run.text for one in paragraphs for run in one.runs)
    pieces = ["".join(group) for _, group in groupby(whole, key=_is_narrow)]
    encoded = [
        piece.encode("cp1252") if _is_narrow(piece) else piece.encode("utf-16-le", "surrogatepass") for piece in pieces
    ]
    offsets = [*accumulate(map(len, encoded), initial=TEXT_AT)]
    offset_of = _offsets(pieces, offsets)
    word = bytearray(TEXT_AT) + b"".join(encoded)
    areas = {
        RUNS: _pages(word, _runs(paragraphs, offset_of), 10, 1),
        PARAGRAPHS: _pages(word, _paragraphs(paragraphs, offset_of), 3, 13),
        PIECES: _clx(pieces, offsets, changes),
        STYLES: struct.pack("<9H2x", 18, len(styles), 10, *[0] * 6) + b"".join(styles) if styles else b"",
        SECTIONS: _plc([0, *sections], [bytes(12)] * len(sections)),
        ANCHORS: _plc([*(place for place, _ in anchors), 0], [struct.pack("<I22x", shape) for _, shape in anchors]),
        BOXES: _plc(
            [*accumulate((_length(content) for _, content in boxes), initial=0)],
            [struct.pack("<14xI4x", shape) for shape, _ in boxes],
        ),
        LIST_USES: _uses(uses),
        LISTS: _lists(lists),  # last: the levels follow behind it, and are not counted in
    }
    table = bytearray(16)
    for which, area in areas.items():
        size = 2 + 28 * len(lists) if which == LISTS else len(area)
        struct.pack_into("<II", word, 0x9A + 8 * which, len(table), size)
        table += area
    struct.pack_into("<HH", word, 0, 0xA5EC, version)
    struct.pack_into("<H", word, 0x0A, flags)
    struct.pack_into("<8I", word, 0x4C, *(_length(stories.get(name, ())) for name in STORIES))
    return {"WordDocument": bytes(word), "1Table" if flags & 0x0200 else "0Table": bytes(table)}


def word_file(*text: Paragraph | list[Paragraph], **more: Any) -> bytes:
    """The file of `word_streams`."""
    return compound_file(word_streams(*text, **more))


def style(built_in: int, parent: int = 0xFFF, properties: bytes = b"") -> bytes:
    """A paragraph style: the number of the built-in one that it is, the place of its parent."""
    data = struct.pack("<5H", built_in, parent << 4 | 1, 2, 0, 0) + struct.pack("<HHH", 1, ord("a"), 0)
    data += struct.pack("<HH", 2 + len(properties), 0) + properties
    data += b"\0" * (len(data) % 2)
    return struct.pack("<H", len(data)) + data


def _is_narrow(text: str) -> bool:
    return all(character < "\x80" or character in "ü“”…" for character in text)


def _units(text: str) -> str:
    """The text with a character for each unit of UTF-16, which is how Word counts."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def _length(content: Iterable[Paragraph]) -> int:
    return sum(len(run.text) for one in content for run in one.runs)


def _offsets(pieces: Sequence[str], offsets: Sequence[int]) -> list[int]:
    """The byte at which each character begins, and the one behind the last."""
    found = [
        offset + place * (1 if _is_narrow(piece) else 2)
        for piece, offset in zip(pieces, offsets, strict=False)
        for place in range(len(piece))
    ]
    return [*found, offsets[-1]]


def _runs(paragraphs: Iterable[Paragraph], offset_of: Sequence[int]) -> list[tuple[int, int, bytes]]:
    runs = [run for one in paragraphs for run in one.runs if run.text]
    bounds = pairwise(accumulate((len(run.text) for run in runs), initial=0))
    return [
        (offset_of[start], offset_of[end], bytes([len(run.properties)]) + run.properties if run.properties else b"")
        for run, (start, end) in zip(runs, bounds, strict=True)
    ]


def _paragraphs(paragraphs: Sequence[Paragraph], offset_of: Sequence[int]) -> list[tuple[int, int, bytes]]:
    bounds = pairwise(accumulate((_length([one]) for one in paragraphs), initial=0))
    made = []
    for one, (start, end) in zip(paragraphs, bounds, strict=True):
        in_table = struct.pack("<HBHi", 0x2416, 1, 0x6649, one.depth) if one.depth else b""
        data = struct.pack("<H", one.style) + in_table + one.properties
        size = bytes([len(data) // 2 + 1]) if len(data) % 2 else bytes([0, len(data) // 2])
        made.append((offset_of[start], offset_of[end], size + data))
    return made


def _pages(word: bytearray, entries: Sequence[tuple[int, int, bytes]], most: int, size: int) -> bytes:
    """Pages of properties, put behind the text; the table that finds them."""
    places = []
    for first in range(0, len(entries), most):
        part = entries[first : first + most]
        page = bytearray(PAGE)
        struct.pack_into(f"<{len(part) + 1}I", page, 0, *(entry[0] for entry in part), part[-1][1])
        page[-1] = len(part)
        at = PAGE - 2
        for place, (_, _, data) in enumerate(part):
            if data:
                at = (at - len(data)) // 2 * 2
                page[at : at + len(data)] = data
                page[4 * (len(part) + 1) + size * place] = at // 2
        assert at >= 4 * (len(part) + 1) + size * len(part), "more properties than a page holds"
        word += b"\0" * (-len(word) % PAGE)
        places.append(len(word) // PAGE)
        word += page
    return _plc([*range(len(places) + 1)], [struct.pack("<I", place) for place in places])


def _clx(pieces: Sequence[str], offsets: Sequence[int], changes: bytes) -> bytes:
    items = [
        struct.pack("<HIH", 0, (2 * offset | 1 << 30) if _is_narrow(piece) else offset, 0)
        for piece, offset in zip(pieces, offsets, strict=False)
    ]
    before = b""
    if changes:
        items[-1] = items[-1][:6] + struct.pack("<H", 1)
        before = struct.pack("<BH", 1, len(changes)) + changes
    table = _plc([*accumulate(map(len, pieces), initial=0)], items)
    return before + struct.pack("<BI", 2, len(table)) + table


def _plc(positions: Sequence[int], items: Sequence[bytes]) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(items) if items else b""


def _lists(lists: Sequence[Sequence[bytes]]) -> bytes:
    heads = b"".join(struct.pack("<I22xBx", name, len(levels) == 1) for name, levels in enumerate(lists, 1))
    padded = [[*levels, *[level(0, "")] * (9 - len(levels))] if len(levels) > 1 else levels for levels in lists]
    return struct.pack("<H", len(lists)) + heads + b"".join(part for levels in padded for part in levels)


def _uses(uses: Sequence[tuple[int, dict[int, int]]]) -> bytes:
    heads = b"".join(struct.pack("<I8xB3x", name, len(starts)) for name, starts in uses)
    data = b"".join(
        bytes(4) + b"".join(struct.pack("<II", start, place | 0x10) for place, start in starts.items())
        for _, starts in uses
    )
    return struct.pack("<I", len(uses)) + heads + data if uses else b""
