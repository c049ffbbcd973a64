"""Whether the characters of a file with a fixed layout are those that one sees: its fonts may say others."""

from __future__ import annotations

from collections import Counter
from functools import cache

from policylib.readers.pdf_layout import HYPHENS

COMMON_SHARE = 0.6  # of hanzi; 68 real files had 0.82 and more, files with a broken font table 0.00 to 0.14
BAD_SHARE = 0.05  # of characters; real files had 0.009 and less
SAMPLE = 20  # hanzi below which a share says nothing


@cache
def _common_hanzi() -> frozenset[str]:
    """The 3,755 hanzi of GB 2312 level 1."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", errors="ignore") for code in codes) - {""}


def is_garbled(text: str) -> bool:
    """Whether so many of the characters are rare, lost or of private use that nobody wrote such a text."""
    seen = Counter("".join(text.split()))
    total = sum(seen.values())
    hanzi = sum(count for character, count in seen.items() if "\u3400" <= character <= "\u9fff")
    common = sum(count for character, count in seen.items() if character in _common_hanzi())
    bad = sum(count for character, count in seen.items() if _is_bad(character))
    rare = hanzi >= SAMPLE and common < hanzi * COMMON_SHARE
    return rare or (total >= SAMPLE and bad > total * BAD_SHARE)


def _is_bad(character: str) -> bool:
    """Whether a character is none that a paper prints: a control, one of private use, a lost one."""
    return (
        (character < " " and ord(character) not in HYPHENS)
        or "\ue000" <= character <= "\uf8ff"
        or character == "\ufffd"
    )
