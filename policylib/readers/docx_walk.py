"""The body of a Word document in reading order: paragraphs, tables in place, text boxes before their anchor.

python-docx's own `.paragraphs` loses text boxes (the red header with the issuing body), smart-tag dates, inserted text
and content controls without a word; this walk keeps them. Deleted and hidden text is left out and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from policylib.model.document import BlockKind, Problem
from policylib.readers.columns import Placed, in_columns
from policylib.readers.docx_numbering import (
    Node,
    Numbering,
    attribute,
    child,
    is_on,
    local,
    local_name,
    named,
    value_of,
)
from policylib.readers.docx_writing import MARKING, Writing
from policylib.readers.layout import DDE, HIDDEN_TEXT, TRACKED_CHANGES, Line, Repeats, links_in

TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
GONE = frozenset(
    """del moveFrom delText delInstrText fldData
    rPr pPr sectPr tblPr trPr tcPr tblGrid sdtPr sdtEndPr""".split()  # noqa: SIM905
)
BLOCKS = frozenset(("p", "tbl", "altChunk", "bookmarkStart", "bookmarkEnd"))
AROUND_BLOCKS = frozenset("sdt sdtContent customXml ins moveTo smartTag sect body sub-section".split())  # noqa: SIM905
SPACED = frozenset(("tab", "ptab"))
BROKEN = frozenset(("br", "cr"))
MATHEMATICAL = {"den": "/", "sup": "^"}  # a fraction of 1 and 2 is 1/2, not 12
ANCHORS = frozenset(("pict", "drawing", "object"))
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
PRIVATE_USE = range(0xE000, 0xF900)
SYMBOL_FONTS = ("wingdings", "webdings", "symbol")  # their 00A8 is a box, not a diaeresis


@dataclass(slots=True)
class Walk:
    """One walk over a document: its lists and styles, and what it met on the way. `chunk` gives the lines of an
    embedded part by the id of its relation."""

    numbering: Numbering
    headings: frozenset[str] = frozenset()
    hidden_styles: frozenset[str] = frozenset()
    chunk: Callable[[str], Iterable[Line]] = lambda relation: ()
    can_hide: bool = True  # false where no run and no style hides text: to ask every run costs a fifth of the time
    tracked: bool = False
    hidden: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    writing: Writing = field(default_factory=Writing)
    repeats: Repeats = field(default_factory=Repeats)

    def problems(self) -> list[Problem]:
        """What staff should know of the text that was read."""
        met = ((self.tracked, TRACKED_CHANGES), (self.hidden, HIDDEN_TEXT), (self.writing.commands, DDE))
        return [problem for seen, problem in met if seen]

    def lines(self, container: Node) -> Iterator[Line]:
        """The lines of a body, cell, text box, header or note."""
        carried: list[str] = []
        for name, node in _blocks(container):
            if name == "p":
                yield from self._paragraph(node, carried)
            elif name == "tbl":
                yield from self.rows(node)
            elif name == "altChunk":
                yield from self.chunk(attribute(node, "id"))
            else:
                self.writing.mark(node, name)
        if carried:
            yield Line("paragraph", "".join(carried))

    def _paragraph(self, node: Node, carried: list[str]) -> Iterator[Line]:
        """A paragraph; `carried` holds the text before it when its predecessor's mark was deleted in a revision."""
        properties = child(node, "pPr")
        settings = named(properties)
        style = attribute(settings.get("pStyle"), "val") if settings else ""
        boxes = self._write(node, style in self.hidden_styles)
        text, links = self.writing.finish()
        for box in boxes:
            yield from self._box(box)
        if "rPr" in settings and child(settings["rPr"], "del") is not None:
            self.tracked = True
            carried.append(text)
            return
        label = self.numbering.label(properties)  # an empty paragraph counts too
        text = "".join(carried) + text
        carried.clear()
        kind: BlockKind = "heading" if style in self.headings else "paragraph"
        for part in (label + text).split("\n") if text.strip() else ():
            yield Line(kind, part, links=links_in(part, links) if links else ())

    def _box(self, box: Node) -> Iterator[Line]:
        if local(box) == "textpath":  # WordArt, in which some offices write the red header
            yield Line("paragraph", attribute(box, "string"))
        else:
            yield from self.lines(box)

    def _write(self, node: Node, hidden: bool) -> list[Node]:
        """Writes the text of a paragraph, runs in any wrapping, and gives its text boxes. Iterative: smart tags nest
        deep in hostile files."""
        boxes: list[Node] = []
        around: list[Iterator[Node]] = []
        inside: Iterator[Node] = iter(node)
        while True:
            for inner in inside:
                name = local_name(inner.tag)
                if name == "t":
                    self.writing.add(inner.text or "")
                elif name in ANCHORS:
                    boxes.extend(_boxes(inner))
                elif name in GONE or not name:
                    self.tracked = self.tracked or name in TRACKED
                elif name != "r" or not (self.can_hide and self._is_hidden(inner, hidden)):
                    self.tracked = self.tracked or name in TRACKED
                    content = inner if name == "r" else self._special(inner, name, len(around) + 1)
                    around.append(inside)
                    inside = iter(content)
                    break
            else:
                self.writing.leave(len(around))
                if not around:
                    return boxes
                inside = around.pop()

    def _special(self, node: Node, name: str, depth: int) -> Iterable[Node]:
        """What is to be read of an element that is no text: its children, those of another, or nothing."""
        if name == "fldChar":
            self.writing.field(attribute(node, "fldCharType"))
        elif name == "instrText":
            self.writing.instruct(node.text or "")
        elif name in REFERENCES:
            self.notes.append((REFERENCES[name], attribute(node, "id")))
        elif name == "AlternateContent":
            return _preferred(node)
        elif name == "ruby":
            base = child(node, "rubyBase")
            return () if base is None else base
        else:
            if name in MARKING:
                self.writing.mark(node, name, depth)
            self.writing.add(_character(node, name))
        return node

    def _is_hidden(self, run: Node, paragraph_hidden: bool) -> bool:
        properties = next(iter(run), None)  # w:rPr, where there is one, is the first child
        if properties is None or local_name(properties.tag) != "rPr":
            hidden = paragraph_hidden
        elif (own := child(properties, "vanish")) is not None:
            hidden = is_on(own)
        else:
            hidden = paragraph_hidden or value_of(properties, "rStyle") in self.hidden_styles
        if hidden and any(local(part) == "t" for part in run):
            self.hidden = True
        return hidden

    def rows(self, table: Node) -> Iterator[Line]:
        """The rows of a table. A cell merged sideways stands in its first column, one merged down in every row that it
        covers."""
        placed = [(cells, links) for cells, links in self._placed_rows(table) if any(cell.text for cell in cells)]
        for row, (_, links) in zip(in_columns([cells for cells, _ in placed]), placed, strict=True):
            yield Line("row", cells=row, links=tuple(links))

    def _placed_rows(self, table: Node) -> Iterator[tuple[list[Placed], list[tuple[str, str]]]]:
        """The cells of each row, the columns of the grid counted, and the links in them."""
        above: dict[int, str] = {}
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.tracked = True
                continue
            column = _figure(value_of(properties, "gridBefore"), 0)
            cells: list[Placed] = []
            links: list[tuple[str, str]] = []
            current: dict[int, str] = {}
            for cell in _inside(row, "tc"):
                settings = named(child(cell, "tcPr"))
                start, column = column, column + _figure(attribute(settings.get("gridSpan"), "val"), 1)
                if attribute(settings.get("hMerge"), "val") == "continue":
                    cells[-1:] = [replace(last, right=column) for last in cells[-1:]]
                    continue
                inner = list(self.lines(cell))
                text = _flat(inner)
                links.extend(link for line in inner for link in line.links)
                merge = settings.get("vMerge")
                if merge is not None:
                    if not text and attribute(merge, "val", "continue") == "continue":
                        text = above.get(start, "")
                        text = text if self.repeats.allow(text) else ""
                    current[start] = text
                cells.append(Placed(start, column, text))
            above = current
            yield cells, links


def _flat(inner: Iterable[Line]) -> str:
    parts = (line.flat.strip() for line in inner)
    return " ".join(part for part in parts if part)


def _blocks(container: Node) -> Iterator[tuple[str, Node]]:
    """Paragraphs, tables, chunks and bookmarks with their names, through content controls, custom XML and accepted
    insertions."""
    stack = [iter(container)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        name = local_name(node.tag)
        if name in BLOCKS:
            yield name, node
        elif name == "AlternateContent":
            stack.append(iter(_preferred(node)))
        elif name in AROUND_BLOCKS:
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
    """The outermost text boxes and the WordArt of a drawing."""
    stack = [iter(anchor)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif local(node) == "txbxContent" or (local(node) == "textpath" and attribute(node, "string").strip()):
            yield node
        elif local(node) == "AlternateContent":
            stack.append(iter(_preferred(node)))
        else:
            stack.append(iter(node))


def _character(node: Node, name: str) -> str:
    """What one element of a run puts on the page."""
    if name in SPACED:
        return " "
    if name in BROKEN:
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        return _symbol(attribute(node, "char"), attribute(node, "font"))
    return MATHEMATICAL.get(name, "")


def _figure(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _symbol(code: str, font: str) -> str:
    try:
        return symbol(int(code, 16), font)
    except ValueError:
        return ""


def symbol(number: int, font: str = "") -> str:
    """A character of a symbol font; U+FFFD for one that only the font knows."""
    pictorial = number in PRIVATE_USE or font.lower().startswith(SYMBOL_FONTS)
    return "\N{REPLACEMENT CHARACTER}" if pictorial or not 0x20 <= number < 0xD800 else chr(number)
