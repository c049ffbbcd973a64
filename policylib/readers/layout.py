"""Lines of a layout, as readers collect them, made into a `Document`. The only place where offsets are counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policylib.errors import NoTextLayer
from policylib.model.document import Block, BlockKind, Document, Problem, Source
from policylib.model.span import Span

INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x09), *range(0x0E, 0x20), 0x7F]
)
"""What nobody sees on the page, and what would split a number: soft hyphens, zero-width spaces, controls."""
BREAKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))
PAGE_NUMBER = re.compile(
    r"[-—–―－_·.\s]*(?:\d{1,4}|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d{1,4})"
    r"[-—–―－_·.\s]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One block to be: its kind, its text, and for a row its cells instead."""

    kind: BlockKind
    text: str = ""
    cells: tuple[str, ...] = ()
    page: int | None = None

    @property
    def flat(self) -> str:
        """The text, or the cells on one line."""
        return " ".join(self.cells) if self.cells else self.text


def is_page_number(text: str) -> bool:
    """— 1 —, - 1 -, 1, 第1页, 第 1 页 共 5 页, 1/5."""
    return len(text) <= 24 and PAGE_NUMBER.fullmatch(text.strip()) is not None


def running_heads(lines: Iterable[Line]) -> list[Line]:
    """Running heads and feet, each text once, without page numbers."""
    texts = dict.fromkeys(clean(line.flat) for line in lines)
    return [Line("header", text) for text in texts if text and not is_page_number(text)]


def clean(text: str) -> str:
    """A text without invisible characters, line breaks, tabs and margins."""
    return text.translate(INVISIBLE).translate(BREAKS).strip()


def cleaned(lines: Iterable[Line]) -> list[Line]:
    """The lines that have something to see."""
    kept = []
    for line in lines:
        ready = replace(line, text=clean(line.text), cells=tuple(clean(cell) for cell in line.cells))
        if ready.text or any(ready.cells):
            kept.append(ready)
    return kept


def compose(lines: Iterable[Line], source: Source, problems: Sequence[Problem] = ()) -> Document:
    """A document of these lines, metadata first. Raises NoTextLayer when there is nothing but metadata."""
    kept = cleaned(lines)
    if all(line.kind in ("metadata", "header", "furniture") for line in kept):
        raise no_text(source.path)
    kept.sort(key=lambda line: line.kind != "metadata")
    pieces: list[str] = []
    blocks: list[Block] = []
    start = 0
    for line in kept:
        piece = "\t".join(line.cells) if line.cells else line.text
        blocks.append(Block(line.kind, Span(start, start + len(piece)), line.page, _cell_spans(line.cells, start)))
        pieces.append(piece)
        start += len(piece) + 1
    return Document(source, "\n".join(pieces), tuple(blocks), tuple(problems))


def no_text(path: str) -> NoTextLayer:
    """The error of a file in which not one character was found: 0 characters are never a success."""
    return NoTextLayer(f"{path}: 未取得任何文字, 可能是扫描件或图片", "请先做文字识别（OCR）, 或提供可复制文字的版本")


def _cell_spans(cells: tuple[str, ...], start: int) -> tuple[Span, ...]:
    spans = []
    for cell in cells:
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)
