"""Plain text."""

from __future__ import annotations

import re
from dataclasses import replace

from policylib.model.document import Block, Document, Source, plain_document
from policylib.model.span import Span
from policylib.readers.encoding import decode
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import no_text


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """A document whose blocks are the lines of the text. Raises NoTextLayer when there are only blanks.
    Problems: ENCODING_GUESSED."""
    check_size(len(data), limits.plain_bytes, source.path)
    found = decode(data)
    if not found.text.strip():
        raise no_text(source.path)
    document = plain_document(found.text.replace("\r\n", "\n"), source)
    return replace(_marked_down(document), problems=found.problems)


_FRONT_MATTER = re.compile(r"---\n(?:[^\n]{0,1000}\n){1,60}?---(?:\n|$)")
_KEY = re.compile(r"[A-Za-z_]{2,30}: *[^ ]")
_HEADING = re.compile(r"#{1,6} +(?=\S)")
_COMMENT = re.compile(r"<!--[^\n]*-->")
_MARKS = re.compile(rf"^(?:{_HEADING.pattern}|<!--)", re.MULTILINE)


def _marked_down(document: Document) -> Document:
    """The same as Markdown has it: what the file says of itself before its text (---⏎title: …⏎---) is metadata, # is no
    part of a heading, a comment no part of the text."""
    head = _FRONT_MATTER.match(document.text)
    end = head.end() if head else 0
    if not end and not _MARKS.search(document.text):
        return document

    def told(block: Block) -> Block:
        words = block.span.of(document.text)
        if block.span.end <= end:
            return replace(block, kind="metadata" if _KEY.match(words) else "furniture")
        if heading := _HEADING.match(words):
            return replace(block, kind="heading", span=Span(block.span.start + heading.end(), block.span.end))
        return replace(block, kind="furniture") if _COMMENT.fullmatch(words) else block

    return replace(document, blocks=tuple(map(told, document.blocks)))
