"""The text of a Word 97-2003 file in reading order, as the walk of docx files gives it: paragraphs, tables in place,
text boxes before the paragraph that anchors them, automatic numbers, fields as they were last computed.

Deleted and hidden characters and the instructions of fields become NUL, which is never shown: so every position stays
what it was, and a paragraph whose mark was deleted runs on into the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policylib.errors import TooLarge
from policylib.readers.columns import Placed, in_columns
from policylib.readers.doc_pieces import ANCHORS, BOXES, SECTIONS, Header, number, positions_and_items
from policylib.readers.doc_properties import Cell, Look, Paragraphs, Settings
from policylib.readers.docx_numbering import Numbering
from policylib.readers.guard import Limits
from policylib.readers.layout import Line

FIELD_BEGIN, FIELD_RESULT, FIELD_END = "\x13", "\x14", "\x15"
FIELD_MARK = re.compile("[\x13-\x15]")
PARAGRAPH_MARK = re.compile("[\r\x07\x0c]")
CELL_MARK, PAGE_BREAK = "\x07", "\x0c"
STRUCTURE = re.compile("[^\x07\x13-\x15]")  # what goes when it was deleted: cells and fields stay whole
SEEN = re.compile("[^\r\x07\x0c\x13-\x15]")  # what goes when it is hidden: paragraphs stay apart too
ROW_OR_ANCHOR, ANCHOR = re.compile("[\x07\x08]"), re.compile("\x08")
SHOWN = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\t": " "}) | dict.fromkeys(
    [*range(9), 0x0D, *range(0x10, 0x1E)]
)
ANCHOR_SIZE, BOX_SIZE, BOX_SHAPE, SECTION_SIZE = 26, 22, 14, 12
LEGACY_NUMBERS = 0x7FF  # numbered by Word 6, without a list
LIST_USES = range(1, LEGACY_NUMBERS + 1)  # others say that a list was taken away
UNKNOWN_WIDTH = 1000  # twips of a cell that its row does not lay out
Bounds = tuple[int, int]  # the first position and the last, exclusive


@dataclass(slots=True)
class Visible:
    """The text with what nobody should read as NUL, and what was met on the way."""

    text: str
    tracked: bool = False
    hidden: bool = False
    gone: set[int] = field(default_factory=set)  # the marks of rows, and the anchors of text boxes, that went too


def visible(text: str, looks: Iterable[tuple[int, int, Look]]) -> Visible:
    """The text as it reads once all revisions are accepted."""
    text = _replaced(text, [(start, end, "\0" * (end - start)) for start, end in _instructions(text)])
    found = Visible(text)
    changes: list[tuple[int, int, str]] = []
    for start, end, look in looks:
        part = text[start:end]
        found.tracked = found.tracked or look.deleted or look.inserted
        if look.deleted or look.hidden:
            changes.append((start, end, (STRUCTURE if look.deleted else SEEN).sub("\0", part)))
            gone = ROW_OR_ANCHOR if look.deleted else ANCHOR
            found.gone.update(start + mark.start() for mark in gone.finditer(part))
            found.hidden = found.hidden or (not look.deleted and bool(_shown(part).strip()))
        elif look.symbol:
            changes.append((start, end, part.replace("(", look.symbol)))
    found.text = _replaced(text, changes)
    return found


def _shown(text: str) -> str:
    """What a stretch of the text puts on the page."""
    return text.translate(SHOWN).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _instructions(text: str) -> Iterator[tuple[int, int]]:
    """Where fields say what they compute, from their beginning to their result; the outermost of those in each other.
    A beginning without an end is damage, and hides nothing."""
    marks = list(FIELD_MARK.finditer(text))
    begun: list[int] = []
    whole: set[int] = set()
    for mark in marks:
        if mark[0] == FIELD_BEGIN:
            begun.append(mark.start())
        elif mark[0] == FIELD_END and begun:
            whole.add(begun.pop())
    results: list[tuple[int, bool]] = []  # of the fields begun: where, and whether the result has begun
    waiting = 0
    for mark in marks:
        if mark[0] == FIELD_BEGIN:
            if mark.start() in whole:
                results.append((mark.start(), False))
                waiting += 1
        elif results:
            start, has_result = results.pop()
            waiting -= not has_result
            if not has_result and not waiting:
                yield start, mark.end()
            if mark[0] == FIELD_RESULT:
                results.append((start, True))


def _replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The text with stretches replaced by others as long; where they overlap, by the one that begins first."""
    parts: list[str] = []
    done = 0
    for start, end, part in sorted(changes):
        if end > done:
            parts += text[done:start], part[max(done - start, 0) :]
            done = end
    return "".join((*parts, text[done:]))


@dataclass(slots=True)
class _Table:
    """A table that is being read: its rows, the row begun, the cell begun, and cells above that are merged down."""

    rows: list[list[Placed]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)

    def end_cell(self) -> None:
        self.cells.append(" ".join(part for part in self.parts if part))
        self.parts = []

    def end_row(self, layout: Sequence[Cell]) -> int:
        """How many characters the row has. A cell merged sideways stands in its first column, one merged down in every
        row that it covers."""
        if self.parts:
            self.end_cell()
        row: list[Placed] = []
        current: dict[int, str] = {}
        right = 0
        for place, text in enumerate(self.cells):
            cell = layout[place] if place < len(layout) else Cell(right, right + UNKNOWN_WIDTH)
            right = cell.right
            if cell.swallowed:
                row[-1:] = [replace(last, right=right) for last in row[-1:]]
                continue
            if cell.merged_down:
                text = text or (self.above.get(cell.edge, "") if cell.continues else "")
                current[cell.edge] = text
            row.append(Placed(cell.edge, right, text))
        self.cells, self.parts, self.above = [], [], current
        if any(cell.text for cell in row):
            self.rows.append(row)
        return sum(len(cell.text) for cell in row)


class Walk:
    """The walk over the stories of one file."""

    def __init__(
        self, header: Header, seen: Visible, paragraphs: Paragraphs, numbering: Numbering, path: str, limits: Limits
    ) -> None:
        self.seen, self.paragraphs, self.numbering = seen, paragraphs, numbering
        self.stories = header.stories()
        self.path, self.limits = path, limits
        self.repeated = 0  # characters of merged cells
        self.unnumbered = False
        sections, _ = positions_and_items(header.area(SECTIONS), SECTION_SIZE)
        self.section_ends = {position - 1 for position in sections}
        self.loose_boxes, self.anchored_boxes = self._boxes(header)
        self.anchors = sorted(self.anchored_boxes)

    def text(self) -> Iterator[Line]:
        """The lines of the main text, text boxes in their places; those of which no place is told come first."""
        for box in self.loose_boxes:
            yield from self.lines(*box)
        yield from self.story("text")

    def story(self, name: str) -> Iterator[Line]:
        """The lines of one story."""
        return self.lines(*self.stories[name])

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """The lines between two positions."""
        tables: list[_Table] = []
        for first, last in self._paragraph_bounds(start, end):
            settings = self.paragraphs.at(last - 1)
            at_cell_mark = self.seen.text[last - 1] == CELL_MARK
            depth = max(settings.depth, int(at_cell_mark))
            yield from _closed(tables, depth)
            own = [*self._box_lines(first, last), *self._paragraph(first, last, settings)]
            if not depth:
                yield from own
                continue
            tables.extend(_Table() for _ in range(depth - len(tables)))
            tables[-1].parts.extend(line.flat.strip() for line in own)
            if settings.ends_row:
                self._end_row(tables[-1], settings, deleted=last - 1 in self.seen.gone)
            elif at_cell_mark or settings.ends_cell:
                tables[-1].end_cell()
        yield from _closed(tables, 0)

    def _paragraph_bounds(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The first and last position (exclusive) of each paragraph, its mark included."""
        for mark in PARAGRAPH_MARK.finditer(self.seen.text, start, end):
            if mark[0] != PAGE_BREAK or mark.start() in self.section_ends:
                yield start, mark.end()
                start = mark.end()
        if start < end:
            yield start, end

    def _paragraph(self, first: int, last: int, settings: Settings) -> Iterator[Line]:
        text = _shown(self.seen.text[first:last])
        label = ""
        if settings.list_use in LIST_USES and not settings.ends_row:
            name = str(settings.list_use)
            label = self.numbering.next_label(name, settings.level)  # an empty paragraph counts too
            self.unnumbered = self.unnumbered or (name not in self.numbering.lists and bool(text.strip()))
        for part in (label + text).split("\n") if text.strip() else ():
            yield Line("heading" if settings.heading else "paragraph", part)

    def _end_row(self, table: _Table, settings: Settings, deleted: bool) -> None:
        """Puts the row that ends here to its table."""
        if deleted and not any(table.cells):  # LibreOffice sets the mark in the row before, too
            table.cells, table.parts = [], []
            return
        self.repeated -= sum(map(len, table.cells))
        self.repeated += table.end_row(settings.cells)
        if self.repeated > self.limits.doc_characters:
            message = f"合并单元格重复的文字超过安全上限 {self.limits.doc_characters} 字，疑为炸弹文件"
            raise TooLarge(f"{self.path}：{message}", "请核对来源")

    def _boxes(self, header: Header) -> tuple[list[Bounds], dict[int, list[Bounds]]]:
        """The text boxes that no drawing of the text claims, and the others by the position of their anchor."""
        shapes = _boxes_by_shape(header.area(BOXES), *self.stories["boxes"])
        anchored: dict[int, list[Bounds]] = {}
        places, anchors = positions_and_items(header.area(ANCHORS), ANCHOR_SIZE)
        for position, anchor in zip(places, anchors, strict=False):
            if position < self.stories["text"][1] and (found := shapes.pop(number(anchor, 0, 4), None)):
                anchored.setdefault(position, []).extend(found)
        return [bounds for found in shapes.values() for bounds in found], anchored

    def _box_lines(self, first: int, last: int) -> Iterator[Line]:
        """The lines of the text boxes anchored in a paragraph."""
        for place in range(bisect_left(self.anchors, first), bisect_left(self.anchors, last)):
            if self.anchors[place] not in self.seen.gone:
                for box in self.anchored_boxes[self.anchors[place]]:
                    yield from self.lines(*box)


def _boxes_by_shape(area: bytes, start: int, end: int) -> dict[int, list[Bounds]]:
    """Where in their story the text boxes lie, by the number of the shape that shows them; 0 for text of none."""
    positions, boxes = positions_and_items(area, BOX_SIZE)
    shapes: dict[int, list[Bounds]] = {}
    done = start
    for place, box in enumerate(boxes):
        last = min(start + positions[place + 1], end)
        if done < last:
            shapes.setdefault(number(box, BOX_SHAPE, 4), []).append((done, last))
            done = last
    if done < end:
        shapes.setdefault(0, []).append((done, end))
    return shapes


def _closed(tables: list[_Table], depth: int) -> Iterator[Line]:
    """The rows of tables that end here, of a table in a cell as parts of that cell; with what is left where they end
    without the end of a row, as damaged files have them."""
    while len(tables) > depth:
        table = tables.pop()
        table.end_row(())
        rows = [Line("row", cells=cells) for cells in in_columns(table.rows)]
        if tables:
            tables[-1].parts.extend(" ".join(filter(None, row.cells)) for row in rows)
        else:
            yield from rows
