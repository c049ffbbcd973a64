"""The tree of a web page, and its lines as a browser lays them out.

Every text node is kept, above all those of one character: Word writes `〔<span lang=EN-US>2017</span>〕`, and a reader
that drops the lone 〕 turns 〔2017〕17号 into 〔201717号 (domain.md §2.6).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser as StreamParser
from typing import Literal, NamedTuple

from lxml import etree, html

from policylib.model.document import BlockKind
from policylib.readers.columns import Placed, in_columns
from policylib.readers.html_lists import NUMBERED, OrderedList, ordered_list
from policylib.readers.layout import INVISIBLE_CHARACTER, Line, Repeats, links_in

Element = etree._Element
BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre
    section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset(
    """applet area audio base button canvas datalist embed head iframe input link map meta noembed noframes noscript
    object option param script select source style svg template textarea title track video""".split()  # noqa: SIM905
)
HAN = re.compile("[\u3400-\u9fff]")
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
KEPT_BREAK = "\v"
KEPT_BREAKS = str.maketrans("\n\f", KEPT_BREAK * 2)
WIDE = "\u1100-\u11ff\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6‘’“”…—"
SEGMENT_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\f]*\n\s*(?=[{WIDE}])")
"""A line break in the source between two wide characters is nothing (CSS Text 3, 4.1.3); between elements, a space."""
COLLAPSIBLE = re.compile(r"[ \t\n\r\f]+")
Tables = Literal["data", "leaf", "none"]
INNER = {"data": ".//table//table", "leaf": ".//table"}
"""What a table of rows never contains. The bound on nesting also keeps the work linear."""
LONGEST_CELL = 600  # a cell with more text lays out a page, unless its row is one of several rows of a list
LIST_ROWS = 3
SHORT_CELL = 120


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `cut` is true when libxml2 stopped at its depth limit, so that the tree lacks text."""

    root: Element
    cut: bool


def parse(text: str) -> Page:
    """The tree of a page or a fragment, without comments: lxml walks rows of them in quadratic time. Nothing is
    fetched; DTDs are not read."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments, or not even those
        root = html.document_fromstring(b"<html></html>")
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return Page(root, cut)


@dataclass(slots=True)
class _Flow:
    """The line that is being written. `address` is of the link that is open, `link_start` the place of its first piece;
    a link over several lines is a link of each."""

    pieces: list[str] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=list)
    kept_breaks: int = 0  # how many elements around keep the line breaks of the source
    address: str = ""
    link_start: int = 0
    links: deque[tuple[str, str]] = field(default_factory=deque)
    lists: list[OrderedList | None] = field(default_factory=list)  # None: a list without numbers
    label: str = ""  # of an item, whose text has not begun

    def add(self, text: str) -> None:
        self.pieces.append(text.translate(KEPT_BREAKS) if self.kept_breaks else text)

    def open_link(self, address: str) -> None:
        self.close_link()
        self.address, self.link_start = address, len(self.pieces)

    def close_link(self) -> None:
        """Ends the link that is open, or its part on this line."""
        if self.address:
            words = join(self.pieces[self.link_start :]).split(KEPT_BREAK)
            self.links.extend((word.strip(), self.address) for word in words if word.strip())
            self.link_start = len(self.pieces)

    def flush(self) -> Iterator[Line]:
        self.close_link()
        texts = join(self.pieces).split(KEPT_BREAK)
        self.pieces.clear()
        self.link_start = 0
        for text in filter(str.strip, texts):
            kind = self.kinds[-1] if self.kinds else "paragraph"
            yield Line(kind, self._labelled(text.strip()), links=links_in(text, self.links))
        self.links.clear()

    def _labelled(self, text: str) -> str:
        """The text behind the number of its item, unless it brings its own."""
        label, self.label = self.label, ""
        return text if NUMBERED.match(text) else label + text


def lines(root: Element, tables: Tables = "data", repeats: Repeats | None = None) -> Iterator[Line]:
    """The lines of a subtree: paragraphs, headings, items and table rows, hidden parts left out.

    `tables`: which of them become rows: those that hold data; every table without a table in it (`leaf`: fits the
    label/value tables around a text); or none, their cells being paragraphs. `repeats`: what is left to the merged
    cells, where this is a part of a page only.
    """
    repeats = repeats or Repeats()
    flow = _Flow()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield from _leave(node, root, flow)
        elif node is not root and is_hidden(node):
            walk.skip_subtree()
        elif node.tag == "table" and (rows := data_rows(node, tables, repeats)):
            yield from flow.flush()
            yield from rows
            flow.kept_breaks += keeps_breaks(node)  # taken back when the table ends
            walk.skip_subtree()
        else:
            yield from _enter(node, flow)
    yield from flow.flush()


def _enter(node: Element, flow: _Flow) -> Iterator[Line]:
    if node.tag in BLOCKS or node.tag == "br":
        yield from flow.flush()
    if node.tag in HEADINGS:
        flow.kinds.append("heading")
    elif node.tag in ("ol", "ul"):
        flow.lists.append(ordered_list(node) if node.tag == "ol" else None)
    elif node.tag == "li":
        flow.kinds.append("item")
        flow.label = flow.lists[-1].label(node) if flow.lists and flow.lists[-1] else ""
    if node.tag == "img":
        flow.add(_image_label(node))
    elif node.tag == "a":
        flow.open_link((node.get("href") or "").strip())
    flow.kept_breaks += keeps_breaks(node)
    if node.text:
        flow.add(node.text)


def _leave(node: Element, root: Element, flow: _Flow) -> Iterator[Line]:
    hidden = node is not root and is_hidden(node)
    if node.tag in BLOCKS and not hidden:
        yield from flow.flush()
    if not hidden:
        flow.kept_breaks -= keeps_breaks(node)
        if node.tag == "a":
            flow.open_link("")
    if flow.kinds and not hidden and (node.tag in HEADINGS or node.tag == "li"):
        flow.kinds.pop()
        flow.label = ""
    if flow.lists and not hidden and node.tag in ("ol", "ul"):
        flow.lists.pop()
    if node is not root and node.tail:
        flow.add(node.tail)


def _image_label(node: Element) -> str:
    """gz.gov.cn draws the label 发布时间 as a picture with that title."""
    title = (node.get("title") or "").strip()
    return f"{title}：" if title in ("发布时间", "发布日期") else ""


def is_hidden(node: Element) -> bool:
    """Whether a browser shows nothing of an element."""
    if node.tag in UNSEEN or node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and HIDDEN_STYLE.search(style) is not None


def hides_text(root: Element) -> bool:
    """Whether a page hides words within an element, by style and not because no browser ever shows such elements."""
    repeats = Repeats()
    walk = etree.iterwalk(root, events=("start",))
    for _, node in walk:
        if node is root or not is_hidden(node):
            continue
        if node.tag not in UNSEEN and any(HAN.search(line.flat) for line in lines(node, repeats=repeats)):
            return True
        walk.skip_subtree()
    return False


def keeps_breaks(node: Element) -> bool:
    """Whether line breaks of the source are line breaks of the page."""
    style = node.get("style")
    return node.tag in ("pre", "listing", "xmp") or (style is not None and PRE_STYLE.search(style) is not None)


def join(pieces: list[str]) -> str:
    """Text nodes as one line: white space collapsed, ideographic and no-break spaces kept."""
    text = "".join(SEGMENT_BREAK.sub("", piece) if "\n" in piece else piece for piece in pieces)
    return COLLAPSIBLE.sub(" ", INVISIBLE_CHARACTER.sub("", text)).strip()


def data_rows(table: Element, tables: Tables, repeats: Repeats) -> list[Line]:
    """The rows of a table that holds data; nothing for a table that lays out a page.

    Data: at least two rows with two short cells that are not empty, and no cell as long as a text, but in such a row of
    a list of three. A merged cell stands in its first column (colspan) and again in every row that it covers (rowspan).
    """
    if tables == "none" or table.find(INNER[tables]) is not None:
        return []
    rows = _grid(table, repeats)
    lengths = [[len(cell or "") for cell in row.cells] for row in rows]
    wide = [sum(0 < length <= SHORT_CELL for length in row) >= 2 for row in lengths]
    for row, is_wide in zip(lengths, wide, strict=True):
        if max(row, default=0) > LONGEST_CELL and not (is_wide and sum(wide) >= LIST_ROWS):
            return []
    return rows if tables == "leaf" or sum(wide) >= 2 else []


def _grid(table: Element, repeats: Repeats) -> list[Line]:
    """Rows, empty ones left out. A link of a cell that covers several rows is a link of the first."""
    placed = [(cells, links) for cells, links in _placed_rows(table, repeats) if any(cell.text for cell in cells)]
    rows = in_columns([cells for cells, _ in placed])
    return [Line("row", cells=row, links=tuple(links)) for row, (_, links) in zip(rows, placed, strict=True)]


class _Hanging(NamedTuple):
    """A cell that covers rows below its own: so many more."""

    left: int
    text: str
    width: int


def _placed_rows(table: Element, repeats: Repeats) -> Iterator[tuple[list[Placed], list[tuple[str, str]]]]:
    """The cells of each row, their columns counted, and the links in them."""
    hanging: dict[int, _Hanging] = {}  # by column
    for row in _rows(table):
        cells: list[Placed] = []
        links: list[tuple[str, str]] = []
        column = 0
        own = deque(cell for cell in row if cell.tag in ("td", "th"))
        hung = sorted(hanging)
        while own or (hung and hung[-1] >= column):
            if column in hanging:
                left, text, width = hanging.pop(column)
                if not repeats.allow(text):
                    hanging.clear()
                    hung = []
                    continue
                if left > 1:
                    hanging[column] = _Hanging(left - 1, text, width)
            elif own:
                cell = own.popleft()
                inner = list(lines(cell, "none"))
                text, width, height = flat(inner), _count(cell, "colspan"), _count(cell, "rowspan")
                if height > 1:
                    hanging[column] = _Hanging(height - 1, text, width)
                links.extend(link for line in inner for link in line.links)
            else:
                column = hung[bisect_left(hung, column)]
                continue
            cells.append(Placed(column, column + width, text))
            column += width
        yield cells, links


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def flat(inner: Iterable[Line]) -> str:
    """The text of a cell on one line, its paragraphs separated by a space."""
    return " ".join(line.text for line in inner).strip()


def _count(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


class _Stream(StreamParser):
    """A page as a stream of texts, for pages nested deeper than libxml2 goes. No tree, so nothing can be too deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.flow = _Flow()
        self.unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title", "noscript", "textarea", "select"):
            self.unseen = self.unseen or tag
        if tag in BLOCKS or tag == "br":
            self.lines.extend(self.flow.flush())

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = ""
        if tag in BLOCKS:
            self.lines.extend(self.flow.flush())

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.flow.pieces.append(data)


def stream_lines(text: str) -> list[Line]:
    """The lines of a page of any depth, without tables."""
    stream = _Stream()
    stream.feed(text)
    stream.close()
    return [*stream.lines, *stream.flow.flush()]
