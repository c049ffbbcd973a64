"""Marks taken out of a document: 【效力标注】本文件已废止…, a site's banner above the title, （已废止） after it.

What is left is the paper as it was before it was marked, so that a marked copy is read as its original is: the mark
makes no title, no citation and no status (domain.md §5.3, SITE_LABEL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.titles import doc_type_of
from policylib.marks import HEAD, banner, in_title, own_mark
from policylib.model import Block, Document, Found, Span

HEAD_LINES: Final = 4  # above the number and the text: a banner, an organ's name, a title of two lines
LONGEST_TITLE: Final = 260  # longest of 30,211 titles is 254
_TITLE_LABEL = re.compile(r"(?:标题|名称|文件名称|公文名称|信息名称|ArticleTitle)[：:]")
_ITEM = re.compile(r"\s*(?:\d|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)])")


def without_marks(document: Document) -> tuple[Document, tuple[Found[str], ...]]:
    """The document with blanks where its marks stand, so that every other place is the same, and the marks."""
    found = tuple(_marks(document))
    if not found:
        return document, ()
    text = document.text
    for mark in found:
        text = text[: mark.span.start] + " " * (mark.span.end - mark.span.start) + text[mark.span.end :]
    kept = tuple(block for block in document.blocks if block.span.of(text).strip())
    return replace(document, text=text, blocks=kept), found


def _marks(document: Document) -> Iterator[Found[str]]:
    text = document.text
    if HEAD in text:
        yield from (mark for block in document.blocks if (mark := _own(text, block)))
    for block in _head(document.blocks):
        line = block.span.of(text)
        if HEAD not in line and (said := banner(line)):
            yield Found(said.says, block.span, said.rule)
        elif block.kind != "header" and (mark := _titled(line, block)):
            yield mark


def _own(text: str, block: Block) -> Found[str] | None:
    """The mark of policylib with which a block begins; it ends at its first 。"""
    line = block.span.of(text)
    if not line.lstrip().startswith(HEAD) or block.kind == "row":
        return None
    sentence = line[: line.find("。") + 1]
    said = own_mark(sentence)
    return Found(said.says, Span(block.span.start, block.span.start + len(sentence)), said.rule) if said else None


def _head(blocks: Sequence[Block]) -> Iterator[Block]:
    """Running heads, labels, and the first lines of the text."""
    lines = 0
    for block in blocks:
        if block.kind in ("header", "metadata"):
            yield block
        elif block.kind not in ("row", "furniture"):
            lines += 1
            if lines <= HEAD_LINES:
                yield block


def _titled(line: str, block: Block) -> Found[str] | None:
    """The mark of a title, whether it stands above the text or in the page's label 标题."""
    label = _TITLE_LABEL.match(line)
    start = label.end() if label else 0
    title = line[start:]
    if len(title) > LONGEST_TITLE or "。" in title or _ITEM.match(title) or (block.kind == "metadata" and not label):
        return None
    found = in_title(title)
    if found is None:
        return None
    said, span = found
    if doc_type_of((title[: span.start] + title[span.end :]).strip()) is None:
        return None
    return Found(said.says, span.shifted(block.span.start + start), said.rule)
