"""OpenDocument texts (odt): an own walk, because odfpy loses the automatic numbers, every 第…条 of a regulation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylib.model.document import BlockKind, Document, Problem, Source
from policylib.readers.columns import Cells, Placed, in_columns
from policylib.readers.docx_numbering import Node, attribute, child, local
from policylib.readers.guard import Limits, too_deep
from policylib.readers.layout import HIDDEN_TEXT, TRACKED_CHANGES, Line, compose, running_heads
from policylib.readers.metadata import with_metadata
from policylib.readers.odf import Package, headers, open_package, repeats
from policylib.readers.odf_lists import Counters, Lists
from policylib.readers.sheet import too_many_cells

WHITE = re.compile(r"[ \t\r\n]+")
DRAWING = "drawing:1.0}"
SKIPPED = frozenset(
    """annotation annotation-end tracked-changes note-citation ruby-text number script event-listeners forms title desc
    object object-ole image binary-data sequence-decls variable-decls user-field-decls dde-connection-decls
    alphabetical-index-auto-mark-file table-of-content-source index-source""".split()  # noqa: SIM905
)
WRITTEN = {"tab": "\t", "line-break": "\n"}
MOST_SPACES = 100
MOST_COLUMNS, MOST_ROWS = 1_000, 1_000_000


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of an odt file. Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer.

    Problems: TRACKED_CHANGES, HIDDEN_TEXT.
    """
    package = open_package(data, source.path, limits)
    walk = Walk.of(package, source.path, limits)
    try:
        lines = with_metadata([*walk.lines(package.body("text"))])
        notes = [Line("note", line.flat) for note in walk.notes for line in walk.lines(note)]
        heads = running_heads(line for node in headers(package.styles) for line in walk.lines(node))
    except RecursionError as error:
        raise too_deep(source.path) from error
    return compose([*lines, *notes, *heads], source, walk.problems())


@dataclass(slots=True)
class Walk:
    """One walk over a document: its lists and hidden styles, and what it met on the way."""

    lists: Lists
    hidden_styles: frozenset[str]
    path: str
    limits: Limits
    cells: int = 0
    notes: list[Node] = field(default_factory=list)
    tracked: bool = False
    hidden: bool = False

    @classmethod
    def of(cls, package: Package, path: str, limits: Limits) -> Walk:
        return cls(Lists.of(package.all_styles()), package.hidden_styles(), path, limits)

    def problems(self) -> list[Problem]:
        found = []
        if self.tracked:
            found.append(TRACKED_CHANGES)
        if self.hidden:
            found.append(HIDDEN_TEXT)
        return found

    def lines(self, container: Node) -> Iterator[Line]:
        """The lines of a body, section, cell, text box, header or note."""
        for node in container:
            name = local(node)
            if name == "tracked-changes":  # keeps what was deleted; the text itself is as accepted
                self.tracked = self.tracked or len(node) > 0
            elif name in SKIPPED or not name or self._is_hidden(node):
                continue
            elif name in ("p", "h"):
                yield from self._paragraph(node, self._outline(node) if name == "h" else "")
            elif name == "list":
                yield from self._list(node, 1, attribute(node, "style-name"), None)
            elif name == "table":
                yield from (Line("row", cells=row) for row in self._rows(node))
            else:
                yield from self.lines(node)

    def _is_hidden(self, node: Node) -> bool:
        hidden = attribute(node, "display") == "none" or (
            local(node) in ("p", "h", "span", "section") and attribute(node, "style-name") in self.hidden_styles
        )
        if hidden and "".join(str(text) for text in node.itertext()).strip():
            self.hidden = True
        return hidden

    def _outline(self, heading: Node) -> str:
        """The number of a heading that stands in no list."""
        level = attribute(heading, "outline-level", "1")
        if attribute(heading, "is-list-header") == "true" or not level.isdecimal():
            return ""
        return self.lists.outline.next(int(level[:2]), attribute(heading, "start-value"))

    def _list(self, node: Node, level: int, style: str, counters: Counters | None) -> Iterator[Line]:
        """The lines of a list; an item that begins with a list only leads to the next level and counts for nothing."""
        counters = counters or self.lists.begin(node, style)
        for item in node:
            blocks = [block for block in item if local(block) and not self._is_hidden(block)]
            label = ""
            if local(item) == "list-item" and blocks and local(blocks[0]) != "list":
                label = counters.next(level, attribute(item, "start-value"))
            for block in blocks:
                name = local(block)
                if name in ("p", "h"):
                    yield from self._paragraph(block, label)
                    label = ""
                elif name == "list":
                    own = attribute(block, "style-name")
                    if own and own != style:
                        inner = Counters(self.lists.styles.get(own, {}), dict(counters.counted))
                        yield from self._list(block, level + 1, own, inner)
                    else:
                        yield from self._list(block, level + 1, style, counters)
                elif name not in SKIPPED:
                    yield from self.lines(block)

    def _paragraph(self, node: Node, label: str) -> Iterator[Line]:
        """The lines of a paragraph, after those of the text boxes that hang on it."""
        pieces: list[str] = []
        boxes: list[Node] = []
        self._text(node, pieces, boxes)
        for box in boxes:
            yield from self.lines(box)
        text = "".join(pieces)
        kind: BlockKind = "heading" if local(node) == "h" else "paragraph"
        for part in (label + text).split("\n") if text.strip() else ():
            yield Line(kind, part)

    def _text(self, node: Node, pieces: list[str], boxes: list[Node]) -> None:
        """The text in a paragraph, spans and fields within; white space of the source counts as one space."""
        pieces.append(WHITE.sub(" ", node.text or ""))
        for inner in node:
            name = local(inner)
            if name in WRITTEN:
                pieces.append(WRITTEN[name])
            elif name == "s":
                pieces.append(" " * repeats(inner, "c", MOST_SPACES))
            elif name == "note":
                body = child(inner, "note-body")
                self.notes.extend(() if body is None else (body,))
            elif name in ("hidden-text", "hidden-paragraph"):
                self.hidden = self.hidden or bool((inner.text or "").strip())
            elif DRAWING in str(inner.tag) and name != "a":
                boxes.append(inner)
            elif name and name not in SKIPPED and not self._is_hidden(inner):
                self._text(inner, pieces, boxes)
            pieces.append(WHITE.sub(" ", inner.tail or ""))

    def _rows(self, table: Node) -> list[Cells]:
        """The rows of a table. A cell merged sideways stands in its first column, one merged down in every row that it
        covers."""
        return in_columns([row for row in self._placed_rows(table) if any(cell.text for cell in row)])

    def _placed_rows(self, table: Node) -> Iterator[list[Placed]]:
        """The cells of each row, the columns counted."""
        hanging: dict[int, tuple[int, Placed]] = {}  # column → rows still to cover, cell
        for row in rows_of(table):
            cells: list[Placed] = []
            column = 0
            for cell in row:
                name = local(cell)
                if name not in ("table-cell", "covered-table-cell"):
                    continue
                text = self.cell(cell)
                down = repeats(cell, "number-rows-spanned", MOST_ROWS)
                across = repeats(cell, "number-columns-spanned", MOST_COLUMNS)
                count = repeats(cell, "number-columns-repeated", MOST_COLUMNS)
                self._count(count)
                for _ in range(count):
                    if name == "table-cell":
                        hanging[column] = (down, Placed(column, column + across, text))
                    if column in hanging:
                        cells.append(hanging[column][1])
                    column += 1
            hanging = {place: (left - 1, own) for place, (left, own) in hanging.items() if left > 1}
            yield cells

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > self.limits.sheet_cells:
            raise too_many_cells(self.path, self.limits)

    def cell(self, node: Node) -> str:
        """The text of a cell on one line."""
        parts = (line.flat.strip() for line in self.lines(node))
        return " ".join(part for part in parts if part)


def rows_of(table: Node) -> Iterator[Node]:
    """The rows of a table, through groups and repeated heads."""
    for node in table:
        if local(node) == "table-row":
            yield node
        elif local(node) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from rows_of(node)
