"""The tokens of an RTF file, and the code pages of its fonts (Rich Text Format Specification 1.9.1)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal

Kind = Literal["open", "close", "word", "symbol", "bytes"]
Token = tuple[Kind, bytes, int | None]
"""Kind, name or text, and the figure of a control word. A plain tuple: a large file has millions."""
CHINESE = "gb18030"
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: CHINESE, 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""\\fcharset → code page. 0 and 1 mean the page of the document, 2 a symbol font."""
DOUBLE_BYTE = frozenset((CHINESE, "cp932", "cp949", "cp950"))
DECLARED = re.compile(rb"\\ansicpg(\d{1,5})")
HEAD = 4096
CONTROL = (
    rb"|\\([A-Za-z]{1,32})(-?\d{1,10})? ?"  # a control word with its figure
    rb"|\\'([0-9A-Fa-f]{2})"  # a byte
    rb"|\\(.)|([{}])|[\r\n]+|\\\Z"
)
SINGLE_BYTE_TOKEN = re.compile(rb"([^\\{}\r\n]+)" + CONTROL, re.DOTALL)
DOUBLE_BYTE_TOKEN = re.compile(rb"((?:[^\\{}\r\n\x81-\xfe]|[\x81-\xfe][\x40-\xfe]?)++)" + CONTROL, re.DOTALL)
"""Some programs write bytes as they are; the second one of a hanzi may be a brace or a backslash."""


def code_page(data: bytes) -> str:
    """The code page of a document; Chinese where it names none."""
    match = DECLARED.search(data[:HEAD])
    return page_of(int(match[1])) if match else CHINESE


def page_of(number: int) -> str:
    """The codec of a Windows code page."""
    if number in (936, 54936, 10008):
        return CHINESE
    try:
        return codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
    except LookupError:
        return CHINESE


def tokens(data: bytes, page: str) -> Iterator[Token]:
    """The tokens of a file in this code page, without line breaks and embedded binary data."""
    pattern = DOUBLE_BYTE_TOKEN if page in DOUBLE_BYTE else SINGLE_BYTE_TOKEN
    place = 0
    while match := pattern.match(data, place):
        place = match.end()
        text, word, figure, code, symbol, brace = match.groups()
        if text is not None:
            yield "bytes", text, None
        elif code is not None:
            yield "bytes", bytes.fromhex(code.decode("ascii")), None
        elif brace is not None:
            yield ("open" if brace == b"{" else "close"), brace, None
        elif word == b"bin":
            place += max(int(figure or 0), 0)
        elif word is not None:
            yield "word", word, None if figure is None else int(figure)
        elif symbol is not None:
            yield "symbol", symbol, None
