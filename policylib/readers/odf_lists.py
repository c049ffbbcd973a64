"""Automatic numbers of OpenDocument texts, written out: 一、 （一） 1. 第一条.

A list style says how each level counts and writes (OpenDocument 1.3 part 3, 16.30 and 19.500, style:num-format).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from policylib.readers.docx_numbering import Node, attribute, format_number, local, parted

FORMATS = {
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "１": "decimalFullWidth", "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional", "子": "ideographZodiac", "〇": "ideographDigital",
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "0": "decimalZero", "1": "decimal",
}  # fmt: skip
"""The first character of style:num-format (`一, 二, 三, ...`) → the format of the same look in Word."""
PLACEHOLDER = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list style: how it counts, and how it writes with %1% for the number of level 1."""

    style: str
    pattern: str
    start: int


@dataclass(slots=True)
class Counters:
    """How far one list has counted, by level; level 1 is the outermost."""

    levels: dict[int, Level]
    counted: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, start: str = "") -> str:
        """The number of the next item of a level, with what parts it from the text; "" for a bullet or none."""
        current = self.levels.get(level)
        before = self.counted.get(level, (current.start if current else 1) - 1)
        self.counted[level] = int(start) if start.isdecimal() and len(start) < 6 else before + 1
        for deeper in [place for place in self.counted if place > level]:
            del self.counted[deeper]
        return parted(PLACEHOLDER.sub(self._number, current.pattern)) if current else ""

    def _number(self, match: re.Match[str]) -> str:
        place = int(match[1])
        level = self.levels.get(place)
        return format_number(self.counted.get(place, level.start), level.style) if level and level.style else ""


def read_levels(style: Node) -> dict[int, Level]:
    """The numbered levels of a list style or of the outline."""
    levels = {}
    for node in style:
        if local(node) in ("list-level-style-number", "outline-level-style"):
            place = _figure(attribute(node, "level"), 1)
            number_format = attribute(node, "num-format")
            if number_format or attribute(node, "num-prefix"):
                style_name = FORMATS.get(number_format[:1], "decimal") if number_format else ""
                levels[place] = Level(style_name, _pattern(node, place), _figure(attribute(node, "start-value"), 1))
    return levels


def _pattern(node: Node, place: int) -> str:
    """%1%、 as newer files write it, or put together from prefix, suffix and the number of levels shown."""
    written = attribute(node, "num-list-format")
    if written:
        return written
    shown = min(max(_figure(attribute(node, "display-levels"), 1), 1), place)
    numbers = ".".join(f"%{level}%" for level in range(place - shown + 1, place + 1))
    return attribute(node, "num-prefix") + numbers + attribute(node, "num-suffix")


def _figure(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


@dataclass(slots=True)
class Lists:
    """The lists of one document: its list styles, and the counters that a later list may carry on."""

    styles: dict[str, dict[int, Level]]
    outline: Counters
    by_id: dict[str, Counters] = field(default_factory=dict)
    by_style: dict[str, Counters] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: Iterable[Node]) -> Lists:
        found: dict[str, dict[int, Level]] = {}
        outline: dict[int, Level] = {}
        for style in styles:
            if local(style) == "list-style":
                found[attribute(style, "name")] = read_levels(style)
            elif local(style) == "outline-style":
                outline = read_levels(style)
        return cls(found, Counters(outline))

    def begin(self, node: Node, style: str) -> Counters:
        """The counters of an outermost text:list: those of the list that it continues, or new ones."""
        carried = self.by_id.get(attribute(node, "continue-list"))
        if carried is None and attribute(node, "continue-numbering") == "true":
            carried = self.by_style.get(style)
        counters = carried or Counters(self.styles.get(style, {}))
        self.by_style[style] = counters
        if name := attribute(node, "id"):
            self.by_id[name] = counters
        return counters
