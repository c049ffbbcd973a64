"""Word 97-2003 documents (doc, dot) and those of WPS (wps, wpt), which are the same inside.

Read here and not by a library: two of those tried lost most of the text of nine files in ten without an error, one
refused a third of them, and LibreOffice, antiword, catdoc and wv give deleted text as live. Property streams are not
read: what WPS writes into them is garbled.
"""

from __future__ import annotations

from policylib.errors import DamagedFile, EncryptedFile, TooLarge, UnsupportedFormat
from policylib.model.document import Document, Problem, Source
from policylib.readers.doc_numbering import read_numbering
from policylib.readers.doc_pieces import Header, Pieces, number
from policylib.readers.doc_properties import Paragraphs, looks
from policylib.readers.doc_walk import Walk, visible
from policylib.readers.guard import Limits
from policylib.readers.layout import HIDDEN_TEXT, MACRO, TRACKED_CHANGES, Line, compose, running_heads
from policylib.readers.metadata import with_metadata
from policylib.readers.ole import Compound
from policylib.readers.sniff import SAVE_AS_DOCX

WORD_97 = 0xC1  # the version of the header; 0x65 to 0xC0 are Word 6 and 95, built otherwise
VERSION, FLAGS = 0x02, 0x0A
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
AUTO_NUMBERS = Problem("AUTO_NUMBERS", "部分段落的自动编号（一、第一条等）未能还原，请对照原文")


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a doc or wps. Raises DamagedFile, EncryptedFile, UnsupportedFormat, TooLarge, NoTextLayer.

    Problems: TRACKED_CHANGES, HIDDEN_TEXT, AUTO_NUMBERS, MACRO.
    """
    compound = Compound(data, source.path)
    header = _header(compound, source.path)
    if max(len(header.word), len(header.table)) > limits.part_bytes:
        raise TooLarge(f"{source.path}：正文数据超过安全上限 {limits.part_bytes} 字节，疑为炸弹文件", "请核对来源")
    pieces = Pieces(header, source.path, limits)
    seen = visible(pieces.text, looks(header, pieces))
    paragraphs = Paragraphs(header, pieces, compound.stream("Data"))
    walk = Walk(header, seen, paragraphs, read_numbering(header), source.path, limits)
    lines = _lines(walk)
    problems = [
        *([TRACKED_CHANGES] if seen.tracked else []),
        *([HIDDEN_TEXT] if seen.hidden else []),
        *([AUTO_NUMBERS] if walk.unnumbered else []),
        *([MACRO] if compound.has("Macros") else []),
    ]
    return compose(lines, source, problems)


def _header(compound: Compound, path: str) -> Header:
    """The header of a file that can be read."""
    word = compound.stream("WordDocument")
    if not word:
        raise DamagedFile(f"{path}：不是完整的 Word 97-2003 文档", "请重新下载，或用 WPS、Word 打开后另存")
    if number(word, VERSION) < WORD_97:
        raise UnsupportedFormat(f"{path}：是 Word 6.0 或 Word 95 的文档，暂不支持", SAVE_AS_DOCX)
    flags = number(word, FLAGS)
    if flags & ENCRYPTED:
        raise EncryptedFile(f"{path}：文件有密码，无法读取", "请输入密码打开，另存为无密码文件后再读")
    return Header(word, compound.stream("1Table" if flags & SECOND_TABLE else "0Table"))


def _lines(walk: Walk) -> list[Line]:
    """The text, then notes, then running heads; comments are no text of the document."""
    lines = with_metadata(list(walk.text()))
    lines.extend(Line("note", line.flat) for name in ("footnotes", "endnotes") for line in walk.story(name))
    lines.extend(running_heads(line for name in ("headers", "header boxes") for line in walk.story(name)))
    return lines
