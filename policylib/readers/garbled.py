"""Whether the characters of a file with a fixed layout are those that one sees: its fonts may say others."""

from __future__ import annotations

from policylib.readers.page_lines import HYPHENS

COMMON_SHARE = 0.6  # of hanzi; 68 real files had 0.82 and more, files with a broken font table 0.00 to 0.14
BAD_SHARE = 0.05  # of characters; real files had 0.009 and less
SAMPLE = 20  # hanzi below which a share says nothing
ASCII = bytes(range(0x80))
LEVEL_1 = bytes(range(0xB0, 0xD8))  # first bytes of the 3,755 common hanzi in GB 2312
HANZI = bytes(range(0x34, 0xA0))  # first bytes in UTF-16
PRIVATE = bytes(range(0xE0, 0xF9))
CONTROLS = "".join(chr(code) for code in range(0x20) if code not in HYPHENS)


def is_garbled(text: str) -> bool:
    """Whether so many of the characters are rare, lost or of private use that nobody wrote such a text.

    Counted in bytes, and so in no time: a code of law has a hundred thousand characters.
    """
    seen = "".join(text.split())
    rows = seen.encode("utf-16-be", "replace")[::2]
    hanzi = _count(rows, HANZI)
    common = _count(seen.encode("gb2312", "ignore").translate(None, ASCII)[::2], LEVEL_1)
    bad = _count(rows, PRIVATE) + seen.count("\ufffd") + sum(map(seen.count, CONTROLS))
    rare = hanzi >= SAMPLE and common < hanzi * COMMON_SHARE
    return rare or (len(seen) >= SAMPLE and bad > len(seen) * BAD_SHARE)


def _count(data: bytes, wanted: bytes) -> int:
    """How many of the bytes are among the wanted ones."""
    return len(data) - len(data.translate(None, wanted))
