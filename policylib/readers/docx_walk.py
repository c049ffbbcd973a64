"""The body of a Word document in reading order: paragraphs, tables in place, text boxes before their anchor.

python-docx's own `.paragraphs` loses text boxes (the red header with the issuing body), smart-tag dates, inserted text
and content controls without a word; this walk keeps them. Deleted and hidden text is left out and reported.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

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
from policylib.readers.layout import REPEATED, Line, links_in

TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
GONE = frozenset(
    """del moveFrom delText delInstrText fldData
    rPr pPr sectPr tblPr trPr tcPr tblGrid sdtPr sdtEndPr""".split()  # noqa: SIM905
)
SPACED = frozenset(("tab", "ptab"))
BROKEN = frozenset(("br", "cr"))
MATHEMATICAL = {"den": "/", "sup": "^"}  # a fraction of 1 and 2 is 1/2, not 12
ANCHORS = frozenset(("pict", "drawing", "object"))
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
PRIVATE_USE = range(0xE000, 0xF900)
SYMBOL_FONTS = ("wingdings", "webdings", "symbol")  # their 00A8 is a box, not a diaeresis
HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
LONGEST_INSTRUCTION = 4000
LONGEST_OFFICIAL = 300  # of 30,211 titles the longest has 254 characters; a longer field is no field but a stretch
MOST_MARKS = 50  # open at once: what never ends is looked at again at every end of a paragraph
MARKING = frozenset(("hyperlink", "fldSimple", "sdt", "bookmarkStart", "bookmarkEnd"))
OFFICIAL = frozenset(
    """标题 主送机关 成文日期 印发日期 印发机关 发文机关署名 发文机关代字 年份 发文顺序号 密级 保密期限 紧急程度
    签发人 附注""".split()  # noqa: SIM905
)
"""Names of the official-document fields (公文域) of WPS, as bookmarks or content controls carry them."""


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    begun: bool = False


@dataclass(slots=True)
class Mark:
    """What is open in a paragraph: a link with its address, or a named field, from a piece of the text on."""

    start: int
    address: str = ""
    name: str = ""


@dataclass(slots=True)
class Walk:
    """One walk over a document: its lists and styles, and what it met on the way. `chunk` gives the lines of an
    embedded part, `address` where a relation leads, both by the relation's id."""

    numbering: Numbering
    headings: frozenset[str] = frozenset()
    hidden_styles: frozenset[str] = frozenset()
    chunk: Callable[[str], Iterable[Line]] = lambda relation: ()
    address: Callable[[str], str] = lambda relation: ""
    can_hide: bool = True  # false where no run and no style hides text: to ask every run costs a fifth of the time
    tracked: bool = False
    hidden: bool = False
    commands: bool = False  # DDE: fields that would start a program
    notes: list[tuple[str, str]] = field(default_factory=list)
    official: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    muted: int = 0  # open fields whose result has not begun
    marks: dict[str, Mark] = field(default_factory=dict)
    repeated: int = 0

    def lines(self, container: Node) -> Iterator[Line]:
        """The lines of a body, cell, text box, header or note."""
        carried: list[str] = []
        for node in _blocks(container):
            name = local(node)
            if name == "p":
                yield from self._paragraph(node, carried)
            elif name == "tbl":
                yield from self.rows(node)
            elif name == "altChunk":
                yield from self.chunk(attribute(node, "id"))
        if carried:
            yield Line("paragraph", "".join(carried))

    def _paragraph(self, node: Node, carried: list[str]) -> Iterator[Line]:
        """A paragraph; `carried` holds the text before it when its predecessor's mark was deleted in a revision."""
        properties = child(node, "pPr")
        settings = named(properties)
        style = attribute(settings.get("pStyle"), "val")
        boxes: list[Node] = []
        links: deque[tuple[str, str]] = deque()
        text = self._text(node, boxes, links, style in self.hidden_styles)
        for box in boxes:
            yield from self._box(box)
        if child(settings.get("rPr"), "del") is not None:
            self.tracked = True
            carried.append(text)
            return
        label = self.numbering.label(properties)  # an empty paragraph counts too
        text = "".join(carried) + text
        carried.clear()
        for part in (label + text).split("\n") if text.strip() else ():
            yield Line("heading" if style in self.headings else "paragraph", part, links=links_in(part, links))

    def _box(self, box: Node) -> Iterator[Line]:
        if local(box) == "textpath":  # WordArt, in which some offices write the red header
            yield Line("paragraph", attribute(box, "string"))
        else:
            yield from self.lines(box)

    def _text(self, node: Node, boxes: list[Node], links: deque[tuple[str, str]], hidden: bool) -> str:
        """The text of a paragraph, runs in any wrapping. Iterative: smart tags nest deep in hostile files."""
        pieces: list[str] = []
        stack: list[Iterator[Node]] = [iter(node)]
        while stack:
            inner = next(stack[-1], None)
            if inner is None:
                stack.pop()
                if self.marks:
                    self._close(f"#{len(stack)}", pieces, links)
                continue
            name = local_name(inner.tag)
            if name == "rPr":
                continue
            if name == "t":
                if not self.muted:
                    pieces.append(inner.text or "")
                continue
            if name == "r":
                if not (self.can_hide and self._is_hidden(inner, hidden)):
                    stack.append(iter(inner))
                continue
            if name in TRACKED:
                self.tracked = True
            if name in GONE or not name:
                continue
            following = self._special(inner, name, len(stack), pieces, boxes, links)
            if following is not None:
                stack.append(iter(following))
        for key, mark in list(self.marks.items()):
            self._close(key, pieces, links)
            if mark.name:  # goes on in the next paragraph
                self._open(key, Mark(0, name=mark.name))
        return "".join(pieces)

    def _special(
        self, node: Node, name: str, depth: int, pieces: list[str], boxes: list[Node], links: deque[tuple[str, str]]
    ) -> Iterable[Node] | None:
        """What is to be read of an element that is no text: its children, those of another, or nothing."""
        if name == "fldChar":
            self._field(attribute(node, "fldCharType"), pieces, links)
        elif name == "instrText":
            if self.fields and len(self.fields[-1].instruction) < LONGEST_INSTRUCTION:
                self.fields[-1].instruction += node.text or ""
        elif name in ANCHORS:
            boxes.extend(_boxes(node))
        elif name in REFERENCES:
            self.notes.append((REFERENCES[name], attribute(node, "id")))
        elif name == "AlternateContent":
            return _preferred(node)
        elif name == "ruby":
            return child(node, "rubyBase")
        else:
            if name in MARKING:
                self._mark(node, name, depth, pieces, links)
            if not self.muted:
                pieces.append(_character(node, name))
            return node
        return None

    def _mark(self, node: Node, name: str, depth: int, pieces: list[str], links: deque[tuple[str, str]]) -> None:
        """Opens or closes what is told of a stretch of text: where it leads, or which official field it fills."""
        if name == "hyperlink":
            if address := self.address(attribute(node, "id")):
                self._open(f"#{depth}", Mark(len(pieces), address))
        elif name == "fldSimple":
            if address := self._command(attribute(node, "instr")):
                self._open(f"#{depth}", Mark(len(pieces), address))
        elif name == "sdt":
            properties = child(node, "sdtPr")
            titles = [value_of(properties, kind) for kind in ("alias", "tag")]
            if known := next((title for title in titles if title in OFFICIAL), ""):
                self._open(f"#{depth}", Mark(len(pieces), name=known))
        elif name == "bookmarkEnd":
            self._close(f"bookmark {attribute(node, 'id')}", pieces, links)
        elif (known := attribute(node, "name")) in OFFICIAL:
            self._open(f"bookmark {attribute(node, 'id')}", Mark(len(pieces), name=known))

    def _open(self, key: str, mark: Mark) -> None:
        if len(self.marks) < MOST_MARKS:
            self.marks[key] = mark

    def _close(self, key: str, pieces: list[str], links: deque[tuple[str, str]]) -> None:
        mark = self.marks.pop(key, None)
        if mark is None:
            return
        words = "".join(pieces[mark.start :])
        if mark.address:
            links.extend((part.strip(), mark.address) for part in words.split("\n") if part.strip())
        if mark.name and words.strip() and len(self.official.get(mark.name, "")) <= LONGEST_OFFICIAL:
            self.official[mark.name] = self.official.get(mark.name, "") + words.strip()

    def _field(self, kind: str, pieces: list[str], links: deque[tuple[str, str]]) -> None:
        """Between `begin` and `separate` stands the instruction of a field, after it the result Word computed last."""
        key = f"field {len(self.fields)}"
        if kind == "begin":
            self.fields.append(Field())
            self.muted += 1
        elif self.fields and kind == "separate" and not self.fields[-1].begun:
            self.fields[-1].begun = True
            self.muted -= 1
            if address := self._command(self.fields[-1].instruction):
                self._open(key, Mark(len(pieces), address))
        elif self.fields and kind == "end":
            closed = self.fields.pop()
            if not closed.begun:
                self.muted -= 1
                self._command(closed.instruction)
            self._close(key, pieces, links)

    def _command(self, instruction: str) -> str:
        """Where the instruction of a field leads, if it is a link."""
        self.commands = self.commands or DDE.match(instruction) is not None
        match = HYPERLINK.match(instruction)
        return match[1] if match else ""

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
        """The rows of a table. A cell merged sideways stands once, one merged down in every row that it covers."""
        above: dict[int, str] = {}
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.tracked = True
                continue
            column = _figure(value_of(properties, "gridBefore"), 0)
            cells: list[str] = []
            links: list[tuple[str, str]] = []
            current: dict[int, str] = {}
            for cell in _inside(row, "tc"):
                settings = named(child(cell, "tcPr"))
                merge = settings.get("vMerge")
                if attribute(settings.get("hMerge"), "val") == "continue":
                    continue
                inner = list(self.lines(cell))
                text = _flat(inner)
                links.extend(link for line in inner for link in line.links)
                if merge is not None:
                    if not text and attribute(merge, "val", "continue") == "continue":
                        text = self._repeat(above.get(column, ""))
                    current[column] = text
                cells.append(text)
                column += _figure(attribute(settings.get("gridSpan"), "val"), 1)
            above = current
            if any(cells):
                yield Line("row", cells=tuple(cells), links=tuple(links))

    def _repeat(self, text: str) -> str:
        """The text of a merged cell, as long as that does not make gigabytes of a small file."""
        self.repeated += len(text)
        return text if self.repeated < REPEATED else ""


def _flat(inner: Iterable[Line]) -> str:
    parts = (" ".join(line.cells) if line.cells else line.text for line in inner)
    return " ".join(part.strip() for part in parts if part.strip())


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
        number = int(code, 16)
    except ValueError:
        return ""
    pictorial = number in PRIVATE_USE or font.lower().startswith(SYMBOL_FONTS)
    return "\N{REPLACEMENT CHARACTER}" if pictorial or not 0x20 <= number < 0xD800 else chr(number)
