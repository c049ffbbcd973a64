"""Marks that a page bears beside its text (【效力标注】本文件已废止…), kept as running heads, so that the text is read
as before the page was marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policylib.marks import HEAD, LONGEST, own_mark
from policylib.readers.html_tree import Element, lines
from policylib.readers.page_lines import TextLine

ATTRIBUTE: Final = "data-policylib"
VALUE: Final = "mark"
"""By which the banner of a marked page is known: `<div data-policylib="mark">`."""
FEW: Final = 4  # letters by which a line of a stamp is told
_NO_LETTER = re.compile("[^\u3400-\u9fff0-9]")


def without_marks(printed: Sequence[TextLine]) -> tuple[list[TextLine], list[str]]:
    """The printed lines of a page without those of marks, and the marks, each on one line: a stamp is printed on
    several, from 【效力标注】 to the first line that ends with 。"""
    if not any(line.text.startswith(HEAD) for line in printed):
        return list(printed), []
    kept: list[TextLine] = []
    marks: list[str] = []
    place = 0
    while place < len(printed):
        mark, taken = _mark_from(printed, place)
        if mark:
            marks.append(mark)
        else:
            kept.append(printed[place])
        place += taken
    return kept, marks


def _mark_from(printed: Sequence[TextLine], place: int) -> tuple[str, int]:
    """The mark that begins with a line, and how many lines it takes; "" and 1 where none does."""
    if printed[place].text.startswith(HEAD):
        said = ""
        for end in range(place, len(printed)):
            said += printed[end].text
            if len(said) > LONGEST:
                break
            if said.endswith("。"):
                return (said, end + 1 - place) if own_mark(said) else ("", 1)
    return "", 1


def without_stamps(recognised: Sequence[TextLine], marks: Sequence[str]) -> list[TextLine]:
    """The lines of a page that was drawn and recognised without those of the stamps upon it, whose words are known."""
    said = [_letters(mark) for mark in marks]
    return [line for line in recognised if not ((words := _letters(line.text)) and any(words in one for one in said))]


def _letters(text: str) -> str:
    """Hanzi and digits, for recognition confuses marks. Nothing of a short line: 号 is in any mark."""
    letters = _NO_LETTER.sub("", text)
    return letters if len(letters) >= FEW else ""


def take_banners(root: Element) -> list[str]:
    """The banners of policylib in a page, which are taken out of its tree: their punctuation would tell against the
    text of a short notice."""
    found = [element for element in root.iter("*") if element.get(ATTRIBUTE) == VALUE and element is not root]
    texts = []
    for element in found:
        text = "".join(line.flat for line in lines(element))
        if own_mark(text):
            texts.append(text)
            _drop(element)
    return texts


def _drop(element: Element) -> None:
    """Takes an element out, and leaves the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)
