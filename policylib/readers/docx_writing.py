"""The text of one paragraph of a Word document while it is read, and what is told of stretches of it: links, fields."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from policylib.readers.addresses import absolute
from policylib.readers.docx_numbering import Node, attribute, child, value_of

HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
PROPERTY = re.compile(r"\s*(?:DOCPROPERTY|DOCVARIABLE|MERGEFIELD)\s+\"?([^\s\"\\]+)", re.IGNORECASE)
DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
MARKING = frozenset(("hyperlink", "fldSimple", "sdt", "bookmarkStart", "bookmarkEnd"))
OFFICIAL = frozenset(
    """标题 主送机关 成文日期 印发日期 印发机关 发文机关署名 发文机关代字 年份 发文顺序号 密级 保密期限 紧急程度
    签发人 附注""".split()  # noqa: SIM905
)
"""Names of the official-document fields (公文域) of WPS, as bookmarks, content controls or fields carry them."""
LONGEST_INSTRUCTION = 4000
LONGEST_OFFICIAL = 300  # of 30,211 titles the longest has 254 characters; a longer field is no field but a stretch
MOST_MARKS = 50  # open at once: what never ends is looked at again at every end of a paragraph


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    begun: bool = False


@dataclass(slots=True)
class Mark:
    """A stretch that is open, from a piece of the text on: a link with its address, or an official field."""

    start: int
    address: str = ""
    name: str = ""


@dataclass(slots=True)
class Writing:
    """The paragraph that is being read. `address` tells where a relation leads.

    Fields and bookmarks may go on over paragraphs; links end with theirs.
    """

    address: Callable[[str], str] = lambda relation: ""
    pieces: list[str] = field(default_factory=list)
    links: deque[tuple[str, str]] = field(default_factory=deque)
    official: dict[str, str] = field(default_factory=dict)
    commands: bool = False  # DDE: fields that would start a program
    muted: int = 0  # open fields whose result has not begun
    fields: list[Field] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)

    def finish(self) -> tuple[str, deque[tuple[str, str]]]:
        """The text and the links of the paragraph, which is at its end."""
        for key, mark in list(self.marks.items()) if self.marks else ():
            self._close(key)
            if mark.name:
                self.marks[key] = Mark(0, name=mark.name)
        text, links = "".join(self.pieces), self.links
        self.pieces, self.links = [], deque()
        return text, links

    def add(self, text: str) -> None:
        if not self.muted:
            self.pieces.append(text)

    def mark(self, node: Node, name: str, depth: int = 0) -> None:
        """Opens or closes what an element of `MARKING` tells of a stretch of text."""
        if name == "hyperlink":
            self._open(f"#{depth}", self.address(attribute(node, "id")))
        elif name == "fldSimple":
            self._open(f"#{depth}", self._command(attribute(node, "instr")))
        elif name == "sdt":
            properties = child(node, "sdtPr")
            titles = [value_of(properties, kind) for kind in ("alias", "tag")]
            self._open(f"#{depth}", name=next((title for title in titles if title in OFFICIAL), ""))
        elif name == "bookmarkEnd":
            self._close(f"bookmark {attribute(node, 'id')}")
        elif (known := attribute(node, "name")) in OFFICIAL:
            self._open(f"bookmark {attribute(node, 'id')}", name=known)

    def leave(self, depth: int) -> None:
        """Closes what the element at this depth has opened."""
        if self.marks:
            self._close(f"#{depth}")

    def instruct(self, text: str) -> None:
        if self.fields and len(self.fields[-1].instruction) < LONGEST_INSTRUCTION:
            self.fields[-1].instruction += text

    def field(self, kind: str) -> None:
        """Between `begin` and `separate` stands the instruction of a field, after it the result Word computed last."""
        key = f"field {len(self.fields)}"
        if kind == "begin":
            self.fields.append(Field())
            self.muted += 1
        elif self.fields and kind == "separate" and not self.fields[-1].begun:
            self.fields[-1].begun = True
            self.muted -= 1
            match = PROPERTY.match(self.fields[-1].instruction)
            named = match[1] if match and match[1] in OFFICIAL else ""
            self._open(key, self._command(self.fields[-1].instruction), named)
        elif self.fields and kind == "end":
            closed = self.fields.pop()
            if not closed.begun:
                self.muted -= 1
                self._command(closed.instruction)
            self._close(key)

    def _command(self, instruction: str) -> str:
        """Where the instruction of a field leads, if it is a link."""
        self.commands = self.commands or DDE.match(instruction) is not None
        match = HYPERLINK.match(instruction)
        return absolute("", match[1]) if match else ""

    def _open(self, key: str, address: str = "", name: str = "") -> None:
        if (address or name) and len(self.marks) < MOST_MARKS:
            self.marks[key] = Mark(len(self.pieces), address, name)

    def _close(self, key: str) -> None:
        mark = self.marks.pop(key, None)
        if mark is None:
            return
        words = "".join(self.pieces[mark.start :])
        if mark.address:
            self.links.extend((part.strip(), mark.address) for part in words.split("\n") if part.strip())
        if mark.name and words.strip() and len(self.official.get(mark.name, "")) <= LONGEST_OFFICIAL:
            self.official[mark.name] = self.official.get(mark.name, "") + words.strip()
