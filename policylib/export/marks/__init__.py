"""Marked copies of originals: the same bytes with 【效力标注】本文件已废止… at the head, or on every page.

A marker is a module with `marked(data, text, path) -> bytes`, pure; it raises InputError for what must not or cannot be
marked, and says what to do. To add a format: write the module, add a row to `MARKERS`. Source: domain.md §7.2.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Final, Protocol, cast

from policylib.errors import EncryptedFile, UnsupportedFormat
from policylib.export.plain import plain_text
from policylib.readers.sniff import format_of

MARKERS: Final = {
    "docx": "policylib.export.marks.docx",
    "html": "policylib.export.marks.html",
    "pdf": "policylib.export.marks.pdf",
    "txt": "policylib.export.marks.text",
}
"""Format name (see readers.sniff.FORMATS) → the module that marks it."""
BY_HAND: Final = (
    "能标注的有 Word（docx）、PDF、网页（html）和纯文本（txt）；这份请先另存为 docx 或 PDF 再标，"
    "或把 policylib mark list 给出的标注文字贴到网站页面上"
)


class Marker(Protocol):
    """What every module in `MARKERS` offers."""

    def marked(self, data: bytes, text: str, path: str) -> bytes: ...


def marked_copy(data: bytes, text: str, path: str) -> bytes:
    """The bytes of a file called `path` with the mark `text` in it; nothing is written.

    Raises UnsupportedFormat (a format that cannot be marked, a signed file), EncryptedFile, DamagedFile.
    """
    found = format_of(data, path)
    if found.name == "encrypted":
        raise EncryptedFile(f"{path}：文件有密码，不能标注", "请另存为无密码文件后再标")
    if found.name not in MARKERS:
        raise UnsupportedFormat(f"{path}：不能在{found.title}里加标注", BY_HAND)
    return cast(Marker, import_module(MARKERS[found.name])).marked(data, plain_text(text), path)


def copy_name(path: str, word: str) -> str:
    """岚科字〔2019〕12号.docx → 岚科字〔2019〕12号（已废止）.docx."""
    name = PurePath(path)
    return f"{name.stem}（{word if word.startswith(('已', '部分')) else '已' + word}）{name.suffix}"


def signed(path: str, what: str) -> UnsupportedFormat:
    """The error of a file with a signature or an electronic seal, which any change would break."""
    return UnsupportedFormat(
        f"{path}：这份{what}有电子签名或签章，加标注会使签章失效，未做标注",
        "请把标注文字贴到网站页面上，或用未签章的版本来标",
    )
