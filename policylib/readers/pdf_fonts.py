"""A font of our own that pdfium takes for Chinese fonts which a PDF names but does not hold.

pdfium asks the machine for them, and skips a character alone in its text object when the font that it got has no such
glyph: without Chinese fonts 清理结果 was read as 清理结. So the text would depend on the machine. This font answers in
place of the machine's fonts, everywhere the same: one glyph, a filled box, stands for every character.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium

EAST_ASIAN = frozenset(
    (
        pdfium.FXFONT_SHIFTJIS_CHARSET,
        pdfium.FXFONT_HANGEUL_CHARSET,
        pdfium.FXFONT_GB2312_CHARSET,
        pdfium.FXFONT_CHINESEBIG5_CHARSET,
    )
)
EM = 1000
ASCENT, DESCENT = 880, -120  # of most Chinese fonts
HANDLE = 1  # pdfium only hands it back
FACE = b"policylib boxes\0"


class BoxFonts(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
    """Answers all requests for East Asian fonts; for others pdfium has fonts of its own, on every machine the same."""

    def EnumFonts(self, _: object, mapper: object) -> None:
        """No font: those of the machine stay unknown."""

    def MapFont(self, _: object, weight: int, italic: int, charset: int, *asked: object) -> int:
        return HANDLE if charset in EAST_ASIAN else 0

    def GetFont(self, _: object, face: object) -> int:
        return 0

    def GetFontData(self, _: object, font: int, table: int, buffer: ctypes.c_void_p, size: int) -> int:
        return _give(box_font() if table == 0 else b"", buffer, size)

    def GetFaceName(self, _: object, font: int, buffer: ctypes.c_void_p, size: int) -> int:
        return _give(FACE, buffer, size)

    def GetFontCharset(self, _: object, font: int) -> int:
        return int(pdfium.FXFONT_GB2312_CHARSET)

    def DeleteFont(self, _: object, font: int) -> None:
        """Nothing is held."""


def _give(data: bytes, buffer: ctypes.c_void_p, size: int) -> int:
    """The length of some data, which are copied if they fit: pdfium asks for the length first."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def use_box_fonts() -> None:
    """Let pdfium use the font from now on, in this process."""
    BoxFonts().setup()


@cache
def box_font() -> bytes:
    """The font file: TrueType with the fewest tables that FreeType takes."""
    corners = ((0, DESCENT), (0, ASCENT), (EM, ASCENT), (EM, DESCENT))
    glyph = struct.pack(">5hHH", 1, 0, DESCENT, EM, ASCENT, len(corners) - 1, 0) + bytes([1] * len(corners))
    for axis in (0, 1):
        glyph += struct.pack(">4h", *_steps([corner[axis] for corner in corners]))
    # one subtable, of format 13: a run of characters shares one glyph
    cmap = struct.pack(">4HI", 0, 1, 3, 10, 12) + struct.pack(">2H6I", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    head = struct.pack(">IIIIHH2Q4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, DESCENT, EM, ASCENT, 0, 8, 2, 1, 0)
    hhea = struct.pack(">I3hH11hH", 0x10000, ASCENT, DESCENT, 0, EM, 0, 0, EM, *(0,) * 8, 2)
    maxp = struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, *(0,) * 8)
    tables = {
        b"cmap": cmap,
        b"glyf": glyph,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">3I", 0, 0, len(glyph)),
        b"maxp": maxp,
    }
    return _packed(tables)


def _steps(places: Sequence[int]) -> list[int]:
    return [place - before for before, place in zip((0, *places), places, strict=False)]


def _packed(tables: dict[bytes, bytes]) -> bytes:
    """A font file of these tables. FreeType does not look at checksums."""
    start = 12 + 16 * len(tables)
    directory = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    body = b""
    for name, table in tables.items():
        directory += struct.pack(">4s3I", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body
