"""RTF documents, also as WPS and Word write them for .doc.

An own reader: striprtf keeps deleted and hidden text, which would read as law in force, and loses text boxes, in which
the red head with the issuing body stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from policylib.model.document import Document, Problem, Source
from policylib.readers.docx_numbering import parted
from policylib.readers.encoding import damaged_encoding
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import HIDDEN_TEXT, TRACKED_CHANGES, Line, compose, running_heads
from policylib.readers.metadata import with_metadata
from policylib.readers.rtf_flow import Flow
from policylib.readers.rtf_tokens import CHARSETS, CHINESE, DOUBLE_BYTE, code_page, page_of, tokens

HEADING_NAMES = ("heading ", "title", "标题")
SKIPPED = frozenset(
    """colortbl info pict nonshppict shprslt fldinst private xe tc tcn txe rxe filetbl nonesttables comment mmathPict
    datafield""".split()  # noqa: SIM905
)
FLOWS = {
    "footnote": "note", "shptxt": "box", "dptxbxtext": "box", "listtext": "label", "pntext": "label",
    **{place + page: "header" for place in ("header", "footer") for page in ("", "l", "r", "f")},
}  # fmt: skip
"""Destination → the stream that it opens."""
PASSED = frozenset(("shpinst", "do", "upr"))
"""Destinations whose own text is no text of the page, but which hold some that is."""
CHARACTERS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "softline": "\n", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "nestcell": " ", "nestrow": " ",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-"}
ESCAPED = frozenset((b"\\", b"{", b"}"))


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of an RTF file. Raises TooLarge, NoTextLayer.

    Problems: TRACKED_CHANGES, HIDDEN_TEXT, ENCODING_GUESSED, TRUNCATED.
    """
    check_size(len(data), limits.plain_bytes, source.path)
    reading = _Reading(code_page(data))
    reading.run(data)
    return compose(reading.lines(), source, reading.problems())


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it. `skips`: how many characters replace a \\u for old programs."""

    destination: str = "text"  # or skip, pass, fonts, styles
    font: int = -1
    east_asian: bool = False  # the next font is that of the hanzi
    hidden: bool = False
    deleted: bool = False
    skips: int = 1
    in_table: bool = False
    style: int = -1


@dataclass(slots=True)
class _Reading:
    """The reading of one file."""

    page: str
    state: _State = field(default_factory=_State)
    outer: list[tuple[_State, bool]] = field(default_factory=list)  # states around, and whether the group is a stream
    flows: list[Flow] = field(default_factory=lambda: [Flow("body")])
    notes: list[Line] = field(default_factory=list)
    headers: list[Line] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    style_name: str = ""
    pending: bytearray = field(default_factory=bytearray)
    fresh: bool = False  # nothing but \* has stood in the group yet
    starred: bool = False
    left_out: int = 0  # replacement characters still to leave out
    tracked: bool = False
    hidden: bool = False
    lost: int = 0
    whole: bool = False

    def run(self, data: bytes) -> None:
        for kind, name, figure in tokens(data, self.page):
            if kind == "bytes":
                self._bytes(name)
            elif kind == "word":
                self._word(name.decode("ascii"), figure)
            elif kind == "open":
                self._open()
            elif kind == "symbol":
                self._symbol(name)
            elif self._close():
                self.whole = True
                break
        self._flush()
        while len(self.flows) > 1:
            self._end_flow()

    def lines(self) -> list[Line]:
        return [*with_metadata(self.flows[0].finish()), *self.notes, *running_heads(self.headers)]

    def problems(self) -> list[Problem]:
        found = []
        if not self.whole:
            found.append(Problem("TRUNCATED", "文件末尾不完整，文字可能不全；请重新下载"))
        if self.tracked:
            found.append(TRACKED_CHANGES)
        if self.hidden:
            found.append(HIDDEN_TEXT)
        if self.lost:
            found.append(damaged_encoding(self.page, self.lost))
        return found

    def _open(self) -> None:
        self._flush()
        self.outer.append((replace(self.state), False))
        self.fresh, self.starred, self.left_out = True, False, 0

    def _close(self) -> bool:
        """Whether that was the end of the document."""
        self._flush()
        self.left_out = 0
        if not self.outer:
            return True
        if self.state.destination == "styles" and self.style_name.strip().lower().startswith(HEADING_NAMES):
            self.headings.add(self.state.style)
        self.style_name = ""
        self.state, is_flow = self.outer.pop()
        if is_flow:
            self._end_flow()
        return not self.outer

    def _end_flow(self) -> None:
        flow = self.flows.pop()
        parent = self.flows[-1]
        if flow.kind == "label":
            label = flow.take().strip()
            if any(character.isalnum() for character in label):  # others are bullets
                parent.pieces.append(parted(label))
        elif flow.kind == "note":
            self.notes.extend(Line("note", line.flat) for line in flow.finish())
        elif flow.kind == "header":
            self.headers.extend(flow.finish())
        else:
            parent.put(flow.finish(), self.state.in_table)

    def _bytes(self, text: bytes) -> None:
        self.fresh = False
        if self.state.destination in ("skip", "pass", "fonts"):
            return
        if self.left_out:
            left_out = min(self.left_out, len(text))
            self.left_out -= left_out
            text = text[left_out:]
        self.pending += text

    def _symbol(self, name: bytes) -> None:
        if name == b"*":
            self.starred = self.fresh
        elif name in ESCAPED:
            self._bytes(name)
        elif name in b"\r\n":
            self._word("par", None)
        elif name in SYMBOLS:
            self._flush()
            self._put(SYMBOLS[name])

    def _word(self, name: str, figure: int | None) -> None:
        self._flush()
        self.left_out = 0
        if self.fresh:
            self.fresh = False
            if self._destination(name):
                return
        if self.state.destination == "skip":
            return
        if name in CHARACTERS:
            self._put(CHARACTERS[name])
        elif name == "u" and figure is not None:
            self._put(chr(figure & 0xFFFF))
            self.left_out = self.state.skips
        elif self.state.destination == "fonts":
            self._font_table(name, figure)
        elif action := ACTIONS.get(name):
            action(self, 1 if figure is None else figure)

    def _destination(self, name: str) -> bool:
        """Whether the first word of a group turns its text elsewhere."""
        state, starred = self.state, self.starred
        self.starred = False
        if state.destination == "skip":
            return True
        if name in FLOWS and state.destination in ("text", "pass"):
            self.flows.append(Flow(FLOWS[name]))
            self.outer[-1] = (self.outer[-1][0], True)
            self.state = replace(state, destination="text", in_table=False, style=-1)
        elif name in PASSED:
            state.destination = "pass"
        elif name == "ud" and state.destination == "pass":
            state.destination = "text"
        elif name == "fonttbl":
            state.destination = "fonts"
        elif name == "stylesheet":
            state.destination = "styles"
        elif starred or name in SKIPPED:
            state.destination = "skip"
        else:
            return False
        return True

    def _font_table(self, name: str, figure: int | None) -> None:
        if name == "f" and figure is not None:
            self.state.font = figure
        elif name == "fcharset" and figure in CHARSETS:
            self.fonts[self.state.font] = CHARSETS[figure]
        elif name == "fcharset" and figure == 0 and self.page not in DOUBLE_BYTE:
            self.fonts[self.state.font] = "cp1252"
        elif name == "cpg" and figure:
            self.fonts[self.state.font] = page_of(figure)

    def _flush(self) -> None:
        """The bytes that wait, as text in the code page of their font."""
        if self.pending:
            text = self._decoded(bytes(self.pending))
            self.pending.clear()
            self._put(text)

    def _decoded(self, data: bytes) -> str:
        for page in (self.fonts.get(self.state.font, self.page), self.page, CHINESE):
            try:
                return data.decode(page)
            except UnicodeDecodeError:
                continue
        text = data.decode(self.page, errors="replace")
        self.lost += text.count("\N{REPLACEMENT CHARACTER}")
        return text

    def _put(self, text: str) -> None:
        state = self.state
        if state.destination == "styles":
            self.style_name += text
        elif state.destination != "text":
            return
        elif state.deleted:
            self.tracked = True
        elif state.hidden:
            self.hidden = self.hidden or bool(text.strip())
        else:
            self.flows[-1].pieces.append(text)

    def end_paragraph(self) -> None:
        if self.state.deleted:
            self.tracked = True
        elif self.state.destination == "text":
            heading = self.state.style in self.headings
            self.flows[-1].end_paragraph(self.state.in_table, "heading" if heading else "paragraph")

    def reset_paragraph(self) -> None:
        self.state.in_table, self.state.style = False, -1

    def reset_characters(self) -> None:
        self.state.hidden = self.state.deleted = self.state.east_asian = False

    def set_associated_font(self, font: int) -> None:
        """\\dbch\\af13: the font of the hanzi that follow; other associated fonts are for other scripts."""
        if self.state.east_asian:
            self.state.font, self.state.east_asian = font, False

    def mark_inserted(self, figure: int) -> None:
        self.tracked = self.tracked or bool(figure)

    def in_flow(self, act: Callable[[Flow], None]) -> None:
        """An act upon the table of the stream being read."""
        if self.state.destination == "text":
            act(self.flows[-1])


def _sets(name: str, of: Callable[[int], object]) -> Callable[[_Reading, int], None]:
    return lambda reading, figure: setattr(reading.state, name, of(figure))


def _merges(how: str) -> Callable[[_Reading, int], None]:
    return lambda reading, _: reading.in_flow(lambda flow: setattr(flow, "merge", how))


ACTIONS: dict[str, Callable[[_Reading, int], None]] = {
    "par": lambda reading, _: reading.end_paragraph(),
    "sect": lambda reading, _: reading.end_paragraph(),
    "pard": lambda reading, _: reading.reset_paragraph(),
    "plain": lambda reading, _: reading.reset_characters(),
    "intbl": _sets("in_table", bool),
    "itap": _sets("in_table", bool),
    "s": _sets("style", int),
    "v": _sets("hidden", bool),
    "deleted": _sets("deleted", bool),
    "f": _sets("font", int),
    "dbch": _sets("east_asian", lambda _: True),
    "af": lambda reading, figure: reading.set_associated_font(figure),
    "uc": _sets("skips", lambda figure: max(figure, 0)),
    "revised": lambda reading, figure: reading.mark_inserted(figure),
    "cell": lambda reading, _: reading.in_flow(Flow.end_cell),
    "row": lambda reading, _: reading.in_flow(Flow.end_row),
    "trowd": lambda reading, _: reading.in_flow(Flow.define_row),
    "trleft": lambda reading, figure: reading.in_flow(lambda flow: setattr(flow, "left", figure)),
    "cellx": lambda reading, figure: reading.in_flow(lambda flow: flow.define_cell(figure)),
    "clvmgf": _merges("first"),
    "clvmrg": _merges("down"),
    "clmrg": _merges("left"),
}
"""Control words that change what is read; the others are looks."""
