"""A 发文字号 as people type it in a hurry, without its brackets: 岚科发2016年31号, 岚科发2016-31, 市政府令9号.

In the text of a paper such words may be anything (2016年31号文件), so that `numbers` does not read them; where somebody
asks for one paper, or where the code before them is known, they can mean but one thing (domain.md §2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from policylib.extract.codes import CodeBook, code_before
from policylib.extract.folding import fold
from policylib.extract.number_shapes import CLOSE, HAN, OPEN
from policylib.model import DocumentNumber, NumberKind, Span

_YEAR: Final = r"(?:19|20)\d\d"
_MARK: Final = r"[\-–—~_./·、,]"
_SERIAL: Final = r"0{0,3}(?P<serial>[1-9]\d{0,4})"
_TYPED: Final = re.compile(
    rf"(?P<code>{HAN}{{2,20}}) *(?:{OPEN})? *(?P<year>{_YEAR}) *(?:{CLOSE})? *(?:年|字)? *{_MARK}? *第? *{_SERIAL} *号?"
)
_YEAR_FIRST: Final = re.compile(rf"(?P<year>{_YEAR})年? *(?P<code>{HAN}{{2,12}}) *第? *{_SERIAL} *号?")
_ORDER: Final = re.compile(rf"(?P<code>{HAN}{{2,20}}令) *第? *{_SERIAL} *号?")
_ANNOUNCED: Final = ("公告", "通告")
_IN_TEXT: Final = re.compile(rf"(?P<year>{_YEAR})(?:年第?|[\-–—~_/]| )(?P<serial>[1-9]\d{{0,3}})号")


class Loose(NamedTuple):
    """A number that a text has in a form that no number has."""

    span: Span
    raw: str
    number: DocumentNumber
    known: bool  # its code is in the tables


def spelled_out(text: str) -> str | None:
    """The number that the whole text is, as it should be written: 岚科发〔2016〕31号 for 岚科发2016-31, 国务院令第9号
    for 国务院令9. None where it is no number; one that is well written comes back as it is."""
    typed = fold(text).strip()
    if match := _ORDER.fullmatch(typed):
        return f"{match['code']}第{match['serial']}号"
    match = _TYPED.fullmatch(typed) or _YEAR_FIRST.fullmatch(typed)
    if match is None:
        return None
    if match["code"].endswith(_ANNOUNCED):
        return f"{match['code']}{match['year']}年第{match['serial']}号"
    return f"{match['code']}〔{match['year']}〕{match['serial']}号"


def loose_numbers(text: str, book: CodeBook) -> Iterator[Loose]:
    """What in a text looks like a number and is written as none: 岚政办发2017年26号. A year and a serial may stand
    behind anything (会议2017年26号文件): look at `known`, or whether a paper bears the number."""
    folded = fold(text)
    for match in _IN_TEXT.finditer(folded):
        code = code_before(folded, match.start(), book)
        if len(code.text) < 2 or code.text.endswith(_ANNOUNCED):
            continue
        span = Span(code.start, match.end())
        number = DocumentNumber(code.text, int(match["year"]), int(match["serial"]), NumberKind.DOCUMENT)
        yield Loose(span, span.of(text), number, code.known)
