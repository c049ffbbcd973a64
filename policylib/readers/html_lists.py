"""Numbers that a browser writes before the items of an <ol>, and that stand nowhere in the text of the page.

The editors of site systems make such lists of 一、 and 1. in legal texts; without them 第一项 cannot be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from policylib.readers.docx_numbering import format_number

LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
STYLES = {
    "decimal": ("decimal", "{}. "),
    "decimal-leading-zero": ("decimalZero", "{}. "),
    "lower-alpha": ("lowerLetter", "{}. "),
    "lower-latin": ("lowerLetter", "{}. "),
    "upper-alpha": ("upperLetter", "{}. "),
    "upper-latin": ("upperLetter", "{}. "),
    "lower-roman": ("lowerRoman", "{}. "),
    "upper-roman": ("upperRoman", "{}. "),
    "cjk-ideographic": ("chineseCounting", "{}、"),
    "simp-chinese-informal": ("chineseCounting", "{}、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "{}、"),
    "none": ("none", ""),
    # the classes of UEditor, which draws the numbers as pictures
    "custom_num": ("decimal", "{}. "),
    "custom_num1": ("decimal", "{}）"),
    "custom_num2": ("decimal", "（{}）"),
    "custom_cn": ("chineseCounting", "{}、"),
    "custom_cn1": ("chineseCounting", "{}）"),
    "custom_cn2": ("chineseCounting", "（{}）"),
}
NUMBERED = re.compile(
    r"[（(\[]?(?:\d{1,3}|[一二三四五六七八九十百]{1,5}|[a-zA-Z])(?:[、．)）\]]|\.(?!\d))|第[一二三四五六七八九十百\d]{1,7}[条章节款项]|[①-⑳]"
)
"""An item that brings its number along; the page then hides the one of the list by a style sheet."""


@dataclass(slots=True)
class OrderedList:
    """A list that is open: how it counts, and how far it has."""

    style: str
    pattern: str
    last: int

    def label(self, item: etree._Element) -> str:
        """The number of its next item."""
        own = item.get("value") or ""
        self.last = int(own) if own.isdecimal() and len(own) < 5 else self.last + 1
        return self.pattern.format(format_number(self.last, self.style)) if self.pattern else ""


def ordered_list(node: etree._Element) -> OrderedList:
    """The list that an <ol> opens."""
    match = LIST_STYLE.search(node.get("style") or "")
    names = [
        *(node.get("class") or "").split(),
        match[1].lower() if match else "",
        TYPES.get(node.get("type") or "", ""),
    ]
    style, pattern = STYLES[next((name for name in names if name in STYLES), "decimal")]
    start = node.get("start") or ""
    return OrderedList(style, pattern, int(start) - 1 if start.isdecimal() and len(start) < 5 else 0)
