"""Automatic numbers of Word 97-2003 files: the lists in the table stream, made into the `Numbering` of docx files.

By [MS-DOC] 2.9.181 (PlfLst), 2.9.182 (PlfLfo), 2.9.150 (LVLF), 2.9.133 (LFOLVL); formats by [MS-OSHARED] 2.2.1.3, which
counts the names of ECMA-376 ST_NumberFormat in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policylib.readers.doc_pieces import LIST_USES, LISTS, Header, number
from policylib.readers.docx_numbering import MAX_LEVEL, Level, Numbering

FORMATS = """
decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital
japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand
decimalEnclosedCircle decimalFullWidth aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung
decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional
ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand
taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand
""".split()  # noqa: SIM905
NO_NUMBER = 0xFF
LIST_SIZE, USE_SIZE, LEVEL_SIZE, OVERRIDE_SIZE = 28, 16, 28, 8
LONGEST_PATTERN = 64  # Word takes 31; a hostile one would stand before every paragraph
SIMPLE = 0x01  # a list of one level
LEGAL, NO_RESTART = 0x04, 0x08
FOLLOWED_BY = {0: "tab", 1: "space", 2: "nothing"}
STARTS, FORMATTED = 0x10, 0x20  # what an override says anew


@dataclass(slots=True)
class _Cursor:
    """A place in a stream where structures of any length follow each other."""

    data: bytes
    at: int

    def take(self, size: int) -> bytes:
        taken = self.data[self.at : self.at + size]
        self.at += size
        return taken

    def more(self) -> bool:
        return self.at < len(self.data)


def read_numbering(header: Header) -> Numbering:
    """The lists of a file. Their names are the numbers by which paragraphs use them, from 1."""
    lists = dict(_lists(header)) if header.area(LISTS) else {}
    result = Numbering()
    for use, (name, starts, levels) in enumerate(_uses(header), 1):
        if name in lists:
            result.lists[str(use)] = (name, lists[name] | levels)
            result.overrides[str(use)] = starts
    return result


def _lists(header: Header) -> Iterator[tuple[str, dict[int, Level]]]:
    """The lists by name, with their levels, which follow behind the last of them."""
    area = header.area(LISTS)
    heads = [area[at : at + LIST_SIZE] for at in range(2, 2 + LIST_SIZE * number(area, 0), LIST_SIZE)]
    levels = _Cursor(header.table, header.start(LISTS) + 2 + LIST_SIZE * len(heads))
    for head in heads:
        count = 1 if number(head, 26, 1) & SIMPLE else MAX_LEVEL + 1
        yield head[:4].hex(), {place: _level(levels) for place in range(count) if levels.more()}


def _uses(header: Header) -> Iterator[tuple[str, dict[int, int], dict[int, Level]]]:
    """The uses of lists: the name of the list, the levels that begin anew and where, the levels formatted anew."""
    area = header.area(LIST_USES)
    count = min(number(area, 0, 4), len(area) // USE_SIZE)
    overrides = _Cursor(area, 4 + USE_SIZE * count)
    for place in range(count):
        head = area[4 + USE_SIZE * place : 4 + USE_SIZE * (place + 1)]
        overrides.take(4)
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for _ in range(number(head, 12, 1)):
            if not overrides.more():
                break
            override = overrides.take(OVERRIDE_SIZE)
            flags = number(override, 4)
            if flags & FORMATTED:
                levels[flags & 0xF] = _level(overrides)
            if flags & STARTS:
                starts[flags & 0xF] = levels[flags & 0xF].start if flags & FORMATTED else number(override, 0, 4)
        yield head[:4].hex(), starts, levels


def _level(cursor: _Cursor) -> Level:
    """The next level: how it counts, then modifiers that are skipped, then the text around its number."""
    head = cursor.take(LEVEL_SIZE)
    cursor.take(number(head, 24, 1) + number(head, 25, 1))
    pattern = cursor.take(2 * number(cursor.take(2), 0)).decode("utf-16-le", "replace")[:LONGEST_PATTERN]
    kind, flags = number(head, 4, 1), number(head, 5, 1)
    return Level(
        start=number(head, 0, 4),
        style="none" if kind == NO_NUMBER else FORMATS[kind] if kind < len(FORMATS) else "decimal",
        pattern="".join(f"%{ord(sign) + 1}" if ord(sign) <= MAX_LEVEL else sign for sign in pattern),
        legal=bool(flags & LEGAL),
        suffix=FOLLOWED_BY.get(number(head, 15, 1), "tab"),
        restart=number(head, 26, 1) if flags & NO_RESTART else None,
    )
