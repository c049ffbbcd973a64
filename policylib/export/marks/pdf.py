"""A PDF with the mark stamped on the head of every page, as an addition behind the bytes of the original.

The stamp is drawn, not an annotation: it is printed, no reader can hide it, and it is found by search. Its letters are
those of a Chinese font that every PDF reader has or replaces (STSong-Light, Adobe-GB1), so that none is shipped; a map
to Unicode lets it be copied and read back. It stands upright at the top of what is shown: crop box and rotation count.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from policylib.errors import DamagedFile, EncryptedFile
from policylib.export.marks import signed

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

FONT: Final = "/PolicylibMark"
LARGEST: Final = 11.0  # points of the type
SMALLEST: Final = 5.0
LINES: Final = 2  # as many as a mark of usual length takes: the margin of a paper has room for them
MARGIN: Final = 22.0  # points from the sides of the page
EDGE: Final = 9.0  # from its upper end
PADDING: Final = 5.0
HALF: Final = 0.5  # ems that a letter or a digit is wide
NEVER_FIRST: Final = "，。；：、）》】"  # of a line; it hangs out into the padding
LEADING: Final = 1.35
SIMPLE: Final = 0xFFFF  # the font's encoding has two bytes a character


def marked(data: bytes, text: str, path: str) -> bytes:
    """The PDF with the stamp. Raises EncryptedFile, DamagedFile, UnsupportedFormat for one with a signature."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells users in English what it mends
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise EncryptedFile(f"{path}：PDF 设有密码或权限限制，不能标注", "请另存或打印为没有密码的 PDF 后再标")
        if _is_signed(reader):
            raise signed(path, " PDF ")
        writer = PdfWriter(reader, incremental=True)
        _stamp(writer, "".join(one if ord(one) <= SIMPLE else "〓" for one in text))
        stream = BytesIO()
        writer.write(stream)
    except (PyPdfError, *_FAULTS) as error:
        raise DamagedFile(
            f"{path}：PDF 不完整或结构有误，不能标注", "请用 PDF 阅读器另存或打印为 PDF 后再标"
        ) from error
    return stream.getvalue()


_FAULTS = (KeyError, ValueError, AttributeError, TypeError, IndexError, NotImplementedError, RecursionError, OSError)
"""What pypdf raises on damaged files besides its own errors: the first four in 132 of 1,600 mutations."""


def _is_signed(reader: Any) -> bool:
    """Whether a signature field of the form is signed."""
    form = reader.trailer["/Root"].get_object().get("/AcroForm")
    form = form.get_object() if form is not None else None
    if form is None:
        return False
    if int(form.get("/SigFlags", 0)) & 1:
        return True
    fields = reader.get_fields() or {}
    return any(field.get("/FT") == "/Sig" and field.get("/V") is not None for field in fields.values())


def _stamp(writer: PdfWriter, text: str) -> None:
    font = _font(writer, text)
    opening = _stream(writer, "q\n")
    for page in writer.pages:
        closing = _stream(writer, "Q\n" + _drawing(page, text))
        _append(page, opening, closing)
        _add_font(page, font)


def _append(page: PageObject, opening: Any, closing: Any) -> None:
    """Puts the contents between the two streams: whatever the page leaves set does not move the stamp."""
    from pypdf.generic import ArrayObject, NameObject

    own = page.raw_get("/Contents") if "/Contents" in page else None
    parts = own.get_object() if own is not None else None
    inner = list(parts) if isinstance(parts, ArrayObject) else [own] if parts is not None else []
    page[NameObject("/Contents")] = ArrayObject([opening, *inner, closing])


def _add_font(page: PageObject, font: Any) -> None:
    """The page's resources, its own or those that it inherits, with the font; shared ones stay as they are."""
    from pypdf.generic import DictionaryObject, NameObject

    node: Any = page
    while node is not None and "/Resources" not in node:
        node = node["/Parent"].get_object() if "/Parent" in node else None
    resources = DictionaryObject(_entries(node["/Resources"])) if node is not None else DictionaryObject()
    fonts = DictionaryObject(_entries(resources["/Font"])) if "/Font" in resources else DictionaryObject()
    fonts[NameObject(FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _entries(held: Any) -> Any:
    return held.get_object()


def _drawing(page: PageObject, text: str) -> str:
    """The stamp in the language of PDF: a white field in a red frame at the top of the page, and the lines in it."""
    box, rotation = page.cropbox, page.rotation % 360
    left, bottom, wide, high = float(box.left), float(box.bottom), float(box.width), float(box.height)
    turn = {
        0: f"1 0 0 1 {left:.2f} {bottom:.2f}", 90: f"0 1 -1 0 {left + wide:.2f} {bottom:.2f}",
        180: f"-1 0 0 -1 {left + wide:.2f} {bottom + high:.2f}", 270: f"0 -1 1 0 {left:.2f} {bottom + high:.2f}",
    }[rotation]  # fmt: skip
    if rotation in (90, 270):
        wide, high = high, wide
    size, lines = _set(text, wide - 2 * (MARGIN + PADDING))
    field = len(lines) * size * LEADING + 2 * PADDING - size * (LEADING - 1)
    base = high - EDGE - field
    first = high - EDGE - PADDING - size * 0.88
    shown = " T*\n".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
    return (
        f"q {turn} cm 1 1 1 rg 0.75 0 0 RG 1.2 w\n"
        f"{MARGIN:.2f} {base:.2f} {wide - 2 * MARGIN:.2f} {field:.2f} re B\n"
        f"0.75 0 0 rg 0.75 0 0 RG 0.15 w 2 Tr BT {FONT} {size:.2f} Tf {size * LEADING:.2f} TL\n"
        f"{MARGIN + PADDING:.2f} {first:.2f} Td\n{shown}\nET Q\n"
    )


def _set(text: str, room: float) -> tuple[float, list[str]]:
    """The size of the type, and the text in lines of that size: as large as LINES of them allow."""
    whole = sum(map(_width, text))
    size = min(LARGEST, max(SMALLEST, room * LINES / (whole + LINES)))
    lines: list[str] = []
    start, used = 0, 0.0
    for place, character in enumerate(text):
        used += _width(character)
        if used * size > room and character not in NEVER_FIRST:
            lines.append(text[start:place])
            start, used = place, _width(character)
    return size, [*lines, text[start:]]


def _width(character: str) -> float:
    """In ems."""
    return HALF if character.isascii() else 1.0


def _stream(writer: PdfWriter, content: str) -> Any:
    from pypdf.generic import DecodedStreamObject

    stream = DecodedStreamObject()
    stream.set_data(content.encode("ascii"))
    return writer._add_object(stream)


def _font(writer: PdfWriter, text: str) -> Any:
    """STSong-Light in the encoding UniGB-UCS2-H, not embedded, with the Unicode of the characters that are used."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    def named(entries: dict[str, Any]) -> DictionaryObject:
        return DictionaryObject(
            {NameObject(key): NameObject(value) if isinstance(value, str) else value for key, value in entries.items()}
        )

    descriptor = named({"/Type": "/FontDescriptor", "/FontName": "/STSong-Light"})
    figures = {"/Flags": 6, "/ItalicAngle": 0, "/Ascent": 752, "/Descent": -271, "/CapHeight": 737, "/StemV": 58}
    descriptor.update({NameObject(key): NumberObject(value) for key, value in figures.items()})
    descriptor[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, (-25, -254, 1000, 880)))
    collection = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("GB1"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )
    letters = named({"/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/STSong-Light"})
    letters[NameObject("/CIDSystemInfo")] = collection
    letters[NameObject("/DW")] = NumberObject(1000)
    latin = (1, 95, int(HALF * 1000))  # the places of ASCII in Adobe-GB1
    letters[NameObject("/W")] = ArrayObject(map(NumberObject, latin))
    letters[NameObject("/FontDescriptor")] = writer._add_object(descriptor)
    font = named({"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/STSong-Light-UniGB-UCS2-H"})
    font[NameObject("/Encoding")] = NameObject("/UniGB-UCS2-H")
    font[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(letters)])
    font[NameObject("/ToUnicode")] = _stream(writer, _unicode_map(sorted({ord(one) for one in text})))
    return writer._add_object(font)


def _unicode_map(codes: Sequence[int]) -> str:
    """A CMap that gives each code itself."""
    rows = [f"<{code:04X}> <{code:04X}>" for code in codes]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # a block may have a hundred
    blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /PolicylibMark def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{blocks}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
