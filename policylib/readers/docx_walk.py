"""The body of a Word document in reading order: paragraphs, tables in place, text boxes before their anchor.

python-docx's own `.paragraphs` loses text boxes (the red header with the issuing body), smart-tag dates, inserted text
and content controls without a word; this walk keeps them. Deleted and hidden text is left out and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from policylib.model.document import Problem
from policylib.readers.docx_numbering import (
    Node,
    Numbering,
    attribute,
    child,
    is_on,
    local,
    value_of,
)
from policylib.readers.layout import Line

TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
GONE = frozenset(
    """del moveFrom delText delInstrText instrText fldData
    rPr pPr sectPr tblPr trPr tcPr tblGrid""".split()  # noqa: SIM905
)
SPACED = frozenset(("tab", "ptab"))
BROKEN = frozenset(("br", "cr"))
ANCHORS = frozenset(("pict", "drawing", "object"))
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Walk:
    """One walk over a document: its lists and styles, and what it met on the way."""

    numbering: Numbering
    headings: frozenset[str] = frozenset()
    hidden_styles: frozenset[str] = frozenset()
    chunk: Callable[[str], Iterable[Line]] = lambda relation: ()
    tracked: bool = False
    hidden: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # one an open field: whether its result has begun

    def problems(self) -> list[Problem]:
        """What staff should know of the text that was read."""
        found = []
        if self.tracked:
            found.append(Problem("TRACKED_CHANGES", "文档含未处理的修订, 已按“接受全部修订”读取"))
        if self.hidden:
            found.append(Problem("HIDDEN_TEXT", "文档含隐藏文字, 未读入正文"))
        return found

    def lines(self, container: Node) -> Iterator[Line]:
        """The lines of a body, cell, text box, header or note."""
        carried: list[str] = []
        for node in _blocks(container):
            name = local(node)
            if name == "p":
                yield from self._paragraph(node, carried)
            elif name == "tbl":
                yield from (Line("row", cells=row) for row in self.rows(node))
            elif name == "altChunk":
                yield from self.chunk(attribute(node, "id"))
        if carried:
            yield Line("paragraph", "".join(carried))

    def _paragraph(self, node: Node, carried: list[str]) -> Iterator[Line]:
        """A paragraph; `carried` holds the text before it when its predecessor's mark was deleted in a revision."""
        properties = child(node, "pPr")
        boxes: list[Node] = []
        text = "".join(self._text(node, boxes))
        for box in boxes:
            yield from self.lines(box)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None:
            self.tracked = True
            carried.append(text)
            return
        label = self.numbering.label(properties)  # an empty paragraph counts too
        text = "".join(carried) + text
        carried.clear()
        heading = value_of(properties, "pStyle") in self.headings
        for part in (label + text).split("\n") if text.strip() else ():
            yield Line("heading" if heading else "paragraph", part)

    def _text(self, node: Node, boxes: list[Node]) -> Iterator[str]:
        """The texts in a paragraph, runs in any wrapping. Iterative: smart tags nest deep in hostile files."""
        stack: list[Iterator[Node]] = [iter(node)]
        while stack:
            inner = next(stack[-1], None)
            if inner is None:
                stack.pop()
                continue
            name = local(inner)
            self.tracked = self.tracked or name in TRACKED
            if name in GONE or not name:
                continue
            if name == "fldChar":
                self._field(attribute(inner, "fldCharType"))
            elif name in ANCHORS:
                boxes.extend(_boxes(inner))
            elif name == "AlternateContent":
                stack.append(iter(_preferred(inner)))
            elif name in REFERENCES:
                self.notes.append((REFERENCES[name], attribute(inner, "id")))
            elif name == "r" and self._is_hidden(inner):
                continue
            elif name == "ruby":
                base = child(inner, "rubyBase")
                stack.append(iter(base if base is not None else ()))
            elif all(self.fields):
                yield _character(inner, name)
                if name not in ("t", "sym"):
                    stack.append(iter(inner))
            else:
                stack.append(iter(inner))

    def _field(self, kind: str) -> None:
        """Between `begin` and `separate` stands the instruction of a field, after it the result Word computed last."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _is_hidden(self, run: Node) -> bool:
        properties = child(run, "rPr")
        own = child(properties, "vanish")
        hidden = is_on(own) if own is not None else value_of(properties, "rStyle") in self.hidden_styles
        if hidden and any(local(part) == "t" for part in run):
            self.hidden = True
        return hidden

    def rows(self, table: Node) -> Iterator[tuple[str, ...]]:
        """The rows of a table. A cell merged sideways stands once, one merged down in every row that it covers."""
        above: dict[int, str] = {}
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.tracked = True
                continue
            column = _figure(value_of(properties, "gridBefore"), 0)
            cells: list[str] = []
            current: dict[int, str] = {}
            for cell in _inside(row, "tc"):
                settings = child(cell, "tcPr")
                merge = child(settings, "vMerge")
                continues = merge is not None and attribute(merge, "val", "continue") == "continue"
                if value_of(settings, "hMerge") == "continue":
                    continue
                text = self._cell(cell)
                text = above.get(column, text) if continues and not text else text
                if merge is not None:
                    current[column] = text
                cells.append(text)
                column += _figure(value_of(settings, "gridSpan"), 1)
            above = current
            if any(cells):
                yield tuple(cells)

    def _cell(self, cell: Node) -> str:
        parts = [line.flat.strip() for line in self.lines(cell)]
        return " ".join(part for part in parts if part)


def _blocks(container: Node) -> Iterator[Node]:
    """Paragraphs, tables and chunks under a container, through content controls, custom XML and accepted insertions."""
    stack = [iter(container)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif local(node) in ("p", "tbl", "altChunk"):
            yield node
        elif local(node) == "AlternateContent":
            stack.append(iter(_preferred(node)))
        elif local(node) in (
            "sdt",
            "sdtContent",
            "customXml",
            "ins",
            "moveTo",
            "smartTag",
            "sect",
            "body",
            "sub-section",
        ):
            stack.append(iter(node))


def _inside(parent: Node, name: str) -> Iterator[Node]:
    """Rows of a table or cells of a row, through content controls."""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(node, name)


def _preferred(alternate: Node) -> Node:
    """The one reading of an mc:AlternateContent that is taken: a second one would double the text."""
    chosen = child(alternate, "Choice")
    fallback = child(alternate, "Fallback")
    if chosen is not None and (fallback is None or any(local(node) in ("t", "txbxContent") for node in chosen.iter())):
        return chosen
    return fallback if fallback is not None else alternate


def _boxes(anchor: Node) -> Iterator[Node]:
    """The outermost text boxes in a drawing."""
    stack = [iter(anchor)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif local(node) == "txbxContent":
            yield node
        elif local(node) == "AlternateContent":
            stack.append(iter(_preferred(node)))
        else:
            stack.append(iter(node))


def _character(node: Node, name: str) -> str:
    """What one element of a run puts on the page."""
    if name == "t":
        return node.text or ""
    if name in SPACED:
        return " "
    if name in BROKEN:
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        return _symbol(attribute(node, "char"))
    return ""


def _figure(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "\N{REPLACEMENT CHARACTER}" if number in PRIVATE_USE or number > 0xFFFF else chr(number)
