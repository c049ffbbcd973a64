"""Which styles of a Word document are used, which are headings, and which hide their text."""

from __future__ import annotations

import re
from collections.abc import Callable

from policylib.readers.docx_numbering import Node, attribute, child, children, is_on, value_of

HEAD = 8192
ROOT = re.compile(rb"<((?:\w{1,20}:)?)styles(?:\s[^<>]*)?>")
STYLE_ID = re.compile(rb"\bstyleId=[\"']([^\"'<>&]*)[\"']")
BASED_ON = re.compile(rb"<[^<>\s]{0,20}basedOn\s[^<>]*?\bval=[\"']([^\"'<>&]*)[\"']")
HEADING_NAMES = ("heading ", "title", "标题")


def used(xml: bytes, document: Node) -> bytes:
    """The styles part with only the styles that a paragraph or run of the document has, and those they are based on.

    A template holds 350 KB of styles, a paper uses three. They are cut out of the bytes, because to parse all takes
    longer than the paper. A part that is not written as word processors write it is left whole.
    """
    root = ROOT.search(xml[:HEAD])
    if root is None or b"\0" in xml[:HEAD]:
        return xml
    begin, end = b"<" + root[1] + b"style ", b"</" + root[1] + b"style>"
    pieces = {}
    for piece in xml.split(end)[:-1]:
        place = piece.find(begin)
        match = STYLE_ID.search(piece, place, place + HEAD) if place >= 0 else None
        if match is None:
            return xml
        pieces[match[1]] = piece[place:] + end
    waiting = [attribute(node, "val").encode() for node in document.iter("{*}pStyle", "{*}rStyle")]
    kept: dict[bytes, bytes] = {}
    while waiting:
        name = waiting.pop()
        if name in pieces and name not in kept:
            kept[name] = pieces[name]
            waiting.extend(match[1] for match in BASED_ON.finditer(pieces[name]))
    return xml[: root.end()] + b"".join(kept.values()) + b"</" + root[1] + b"styles>"


def headings(styles: Node | None) -> frozenset[str]:
    """The ids of the heading styles: those that Word calls so, and those based on them."""
    return _inherited(styles, lambda style: value_of(style, "name").lower().startswith(HEADING_NAMES) or None)


def hidden(styles: Node | None) -> frozenset[str]:
    """The ids of the styles whose text nobody sees."""
    return _inherited(styles, _hides)


def _hides(style: Node) -> bool | None:
    own = child(child(style, "rPr"), "vanish")
    return None if own is None else is_on(own)


def _inherited(styles: Node | None, says: Callable[[Node], bool | None]) -> frozenset[str]:
    """The ids of the styles of which `says` is true; where it says nothing, the style goes after its parent."""
    said: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for style in children(styles, "style"):
        name, own = attribute(style, "styleId"), says(style)
        parents[name] = value_of(style, "basedOn")
        if own is not None:
            said[name] = own
    for name in parents:
        line: list[str] = []
        while name in parents and name not in said:
            said[name] = False  # until known: a circle says nothing
            line.append(name)
            name = parents[name]
        said.update(dict.fromkeys(line, said.get(name, False)))
    return frozenset(name for name, answer in said.items() if answer)
