"""What a reader gives: the text of a file, never rewritten, and its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from policylib.model.span import Span

BlockKind = Literal["metadata", "heading", "paragraph", "item", "row", "note", "header", "furniture"]
"""metadata: a label and its value (索引号：…), whether the page shows them or hides them in its head.
row: a table row, `Block.cells` gives its cells, the third one of the third column: columns that a cell merged sideways
covers are empty cells behind it. header: running head or foot of a page. furniture: navigation, and the lists of
related pages (interpretations, attachments) beside the text."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from. `sha256` is of the bytes, and is its identity."""

    path: str
    sha256: str
    media_type: str
    reader: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the layout: one paragraph, table row or metadata line. Blocks are in reading order, disjoint, and
    separated in the text by a newline."""

    kind: BlockKind
    span: Span
    page: int | None = None
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a document, as data. `rule` is stable; `message` is for staff, in Chinese."""

    rule: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page or a paper: the words that carry it, and where it leads, as an absolute address where the page
    says its own."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. `text` is the blocks joined by newlines; every offset anywhere counts its code points."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    links: tuple[Link, ...] = ()


_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LINE_END = re.compile("[\v\f\x85\u2028\u2029]|\r(?!\n)")
_LINE_ENDS = "\v\f\x85\u2028\u2029\r"


def with_plain_ends(text: str) -> str:
    """The text with a newline for what ends a line beside it: ends of pages, lines that Word breaks by hand, ends that
    Unicode and mainframes write, and those of old Macs. Each is one character, so that offsets stay what they are."""
    return _LINE_END.sub("\n", text) if any(mark in text for mark in _LINE_ENDS) else text


def plain_document(text: str, source: Source) -> Document:
    """A document whose blocks are the lines of `text` that are not blank, without their margins. Whatever ends a line
    is a newline in its text."""
    text = with_plain_ends(text)
    lines = _LINE.finditer(text)
    return Document(source, text, tuple(Block("paragraph", Span(*line.span())) for line in lines))
