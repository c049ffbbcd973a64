"""A stream of text in an RTF file (the body, a note, a header, a text box) that becomes lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from policylib.model.document import BlockKind
from policylib.readers.columns import Placed, in_columns
from policylib.readers.layout import Line

UNKNOWN_WIDTH = 1000
"""Twips of a cell that its row does not define."""


@dataclass(slots=True)
class Flow:
    """What has been read of a stream: finished lines, the open paragraph, the open row of a table."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # paragraphs of the open cell
    cells: list[str] = field(default_factory=list)
    edges: list[tuple[int, str]] = field(default_factory=list)  # right edge of each cell of the row, and how it merges
    left: int = 0  # edge of the row
    merge: str = ""  # of the cell that is being defined
    rows: list[list[Placed]] = field(default_factory=list)  # of the open table
    above: dict[int, str] = field(default_factory=dict)  # right edge → text, of cells merged down

    def take(self) -> str:
        """The text of the open paragraph, which is thereby closed. Characters beyond U+FFFF come in two halves."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def end_paragraph(self, in_table: bool, kind: BlockKind = "paragraph") -> None:
        text = self.take()
        if in_table:
            self.parts.extend(text.split("\n"))
            return
        self._close_table()
        self.lines.extend(Line(kind, part) for part in text.split("\n") if part.strip())

    def put(self, lines: Iterable[Line], in_table: bool) -> None:
        """Lines of a text box, before the paragraph that holds it."""
        if in_table:
            self.parts.extend(line.flat for line in lines)
        else:
            self._write_rows()
            self.lines.extend(lines)

    def define_row(self) -> None:
        self.edges.clear()
        self.merge = ""
        self.left = 0

    def define_cell(self, edge: int) -> None:
        self.edges.append((edge, self.merge))
        self.merge = ""

    def end_cell(self) -> None:
        self.end_paragraph(in_table=True)
        self.cells.append(" ".join(part.strip() for part in self.parts if part.strip()))
        self.parts.clear()

    def end_row(self) -> None:
        """A row. A cell merged sideways stands in its first column, one merged down in every row that it covers."""
        if self.pieces or self.parts:
            self.end_cell()
        row = self._placed()
        self.cells.clear()
        if any(cell.text for cell in row):
            self.rows.append(row)

    def _placed(self) -> list[Placed]:
        current: dict[int, str] = {}
        row: list[Placed] = []
        left = self.left
        for place, text in enumerate(self.cells):
            defined = place < len(self.edges)
            edge, merge = self.edges[place] if defined else (left + UNKNOWN_WIDTH, "")
            if merge == "left":
                row[-1:] = [replace(cell, right=edge) for cell in row[-1:]]
            elif text or defined or not self.edges:  # what is more than the row defines, and empty, is no cell
                shown = self.above.get(edge, text) if merge == "down" and not text else text
                if merge in ("down", "first"):
                    current[edge] = shown
                row.append(Placed(left, edge, shown))
            left = edge
        self.above = current
        return row

    def _close_table(self) -> None:
        if self.cells or self.parts:
            self.end_row()
        self.above = {}
        self._write_rows()

    def _write_rows(self) -> None:
        self.lines.extend(Line("row", cells=cells) for cells in in_columns(self.rows))
        self.rows.clear()

    def finish(self) -> list[Line]:
        """All lines, with what the file left open."""
        self.end_paragraph(in_table=bool(self.cells or self.parts))
        self._close_table()
        return self.lines
