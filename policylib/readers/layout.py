"""Lines of a layout, as readers collect them, made into a `Document`. The only place where offsets are counted."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from policylib.errors import NoTextLayer
from policylib.model.document import Block, BlockKind, Document, Link, Problem, Source
from policylib.model.span import Span
from policylib.readers.columns import Cells, own_cells

INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x09), *range(0x0E, 0x20), 0x7F]
)
"""What nobody sees on the page, and what would split a number: soft hyphens, zero-width spaces, controls."""
INVISIBLE_CHARACTER = re.compile(f"[{re.escape(''.join(map(chr, INVISIBLE)))}]")
BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
LINE_BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]+")
REPEATED = 1_000_000
"""Characters of merged cells that one document repeats, all its tables together. Real ones repeat a few thousand; a
small file of thousands of tables could ask for gigabytes. Beyond it a merged cell stands in its first row alone."""
COVERED = 1_000_000
"""Columns that merged cells of one document cover. Beyond them the cells of a row follow each other without any."""
PAGE_NUMBER = re.compile(
    r"[-—–―－_·.\s]*(?:\d{1,4}|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d{1,4})"
    r"[-—–―－_·.\s]*"
)

TRACKED_CHANGES = Problem("TRACKED_CHANGES", "文档含未处理的修订，已按“接受全部修订”读取")
HIDDEN_TEXT = Problem("HIDDEN_TEXT", "文档含隐藏文字，未读入正文")
MACRO = Problem("MACRO", "文档含宏，未执行")
DDE = Problem("DDE", "文档含会启动其他程序的域（DDE），未执行，只读取了原有结果")


@dataclass(frozen=True, slots=True)
class Line:
    """One block to be: its kind, its text, and for a row its cells instead, None for a column that another cell covers.
    `links`: words of it and their addresses, in their order."""

    kind: BlockKind
    text: str = ""
    cells: Cells = ()
    page: int | None = None
    links: tuple[tuple[str, str], ...] = ()

    @property
    def flat(self) -> str:
        """The text, or the cells on one line."""
        return " ".join(own_cells(self.cells)) if self.cells else self.text


@dataclass(slots=True)
class Repeats:
    """What the merged cells of one document may still repeat."""

    left: int = REPEATED

    def allow(self, text: str) -> bool:
        """Whether a text may stand in one more row, which is counted; an empty cell counts too."""
        self.left -= len(text) + 1
        return self.left > 0


def is_page_number(text: str) -> bool:
    """— 1 —, - 1 -, 1, 第1页, 第 1 页 共 5 页, 1/5."""
    return len(text) <= 24 and PAGE_NUMBER.fullmatch(text.strip()) is not None


def running_heads(lines: Iterable[Line]) -> list[Line]:
    """Running heads and feet, each text once, without page numbers."""
    texts = dict.fromkeys(clean(line.flat) for line in lines)
    return [Line("header", text) for text in texts if text and not is_page_number(text)]


def clean(text: str) -> str:
    """A text without invisible characters, line breaks, tabs and margins."""
    if text.isprintable():  # then it has none of them, as most lines
        return text.strip()
    return BREAK.sub(" ", INVISIBLE_CHARACTER.sub("", text)).strip()


def _parted(line: Line) -> Iterator[Line]:
    """The lines that a line is, where something within its text ends one. A row stays one: its cells have several."""
    if line.cells or line.text.isprintable() or not LINE_BREAKS.search(line.text):
        yield line
        return
    waiting = deque(
        (words, address) for several, address in line.links for words in LINE_BREAKS.split(several) if words
    )
    for part in LINE_BREAKS.split(line.text):
        yield replace(line, text=part, links=links_in(part, waiting))


def cleaned(lines: Iterable[Line]) -> list[Line]:
    """The lines that have something to see."""
    kept = []
    for line in chain.from_iterable(map(_parted, lines)):
        text, cells = clean(line.text), tuple(cell and clean(cell) for cell in line.cells) if line.cells else ()
        if text or any(cells):
            same = text == line.text and cells == line.cells
            kept.append(line if same else Line(line.kind, text, cells, line.page, line.links))
    return kept


def links_in(text: str, waiting: deque[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The next of the waiting links whose words stand in a line, in order; they wait no longer."""
    found: list[tuple[str, str]] = []
    cursor = 0
    while waiting and (place := text.find(waiting[0][0], cursor)) >= 0:
        cursor = place + len(waiting[0][0])
        found.append(waiting.popleft())
    return tuple(found)


def compose(lines: Iterable[Line], source: Source, problems: Sequence[Problem] = ()) -> Document:
    """A document of these lines, metadata first and furniture last. Raises NoTextLayer when there is nothing else.

    Because furniture is last, the text without it is a beginning of the text, and spans in it stay as they are.
    """
    kept = cleaned(lines)
    kinds = {line.kind for line in kept}
    if kinds <= {"metadata", "header", "furniture"}:
        raise no_text(source.path)
    if kinds & {"metadata", "furniture"}:
        kept.sort(key=lambda line: (line.kind != "metadata", line.kind == "furniture"))
    pieces: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    start = covered = 0
    for line in kept:
        piece = line.text
        spans: tuple[Span, ...] = ()
        if line.cells:
            covered += line.cells.count(None)
            cells = tuple(cell or "" for cell in line.cells) if covered <= COVERED else own_cells(line.cells)
            piece, spans = "\t".join(cells), _cell_spans(cells, start)
        blocks.append(Block(line.kind, Span(start, start + len(piece)), line.page, spans))
        if line.links:
            links.extend(_placed(line.links, piece, start))
        pieces.append(piece)
        start += len(piece) + 1
    return Document(source, "\n".join(pieces), tuple(blocks), tuple(problems), tuple(links))


def _placed(links: tuple[tuple[str, str], ...], piece: str, start: int) -> Iterator[Link]:
    """The links of a line where they stand in its piece of the text. Each is looked for behind the one before it."""
    cursor = 0
    for words, address in links:
        wanted = clean(words)
        found = piece.find(wanted, cursor) if wanted else -1
        if found >= 0:
            cursor = found + len(wanted)
            yield Link(Span(start + found, start + cursor), address)


def lines_of(document: Document) -> list[Line]:
    """The lines that a document was composed of, without their links: what a reader gave, for another to go on with."""
    text = document.text
    return [
        Line(block.kind, "" if block.cells else block.span.of(text), tuple(cell.of(text) for cell in block.cells))
        for block in document.blocks
    ]


def no_text(path: str) -> NoTextLayer:
    """The error of a file in which not one character was found: 0 characters are never a success."""
    return NoTextLayer(f"{path}：未取得任何文字，可能是扫描件或图片", "请先做文字识别（OCR），或提供可复制文字的版本")


def _cell_spans(cells: tuple[str, ...], start: int) -> tuple[Span, ...]:
    spans = []
    for cell in cells:
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)
