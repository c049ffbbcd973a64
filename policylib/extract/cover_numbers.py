"""The number of a paper that stands on its cover: on a line of its own, or before or behind the title on the same line
(domain.md §1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policylib.extract.folding import fold
from policylib.extract.organ_names import is_organ, split_organs, unspaced
from policylib.extract.reading import Reading
from policylib.extract.roles import TELLS
from policylib.extract.titles import doc_type_of, parse_title
from policylib.model import DocumentNumber, Found, NumberKind, NumberMention, Span

_YEAR_AND_SERIAL = re.compile(r"[ \n]{0,3}[(〔\[](?P<year>(?:19|20)\d\d)年第?(?P<serial>\d{1,4})号[)〕\]]$")
_ANNOUNCES = ("公告", "通告")
_ENACTED = re.compile(r"\((?:19|20)\d\d年[^()]{4,200}(?:公布|发布|颁布|通过|批准)")
_OPENS = (" ", "\u3000", "\n", "（", "(")
_EDGE = " (（〔)）〕\n\u3000"


def title_alone(title: Found[str], reading: Reading) -> Found[str]:
    """The title without the number on its line.

    …的通知国发〔2019〕3号, 国发〔2019〕3号《…的通知》, …的通知（抚政办发〔2017〕24号）;
    …的公告2021年 第35号, …的通告（2021年第14号）;
    海关总署公告2024年第110号（关于…的公告）; …条例（2017年5月28日…令第681号公布）.
    """
    text, start, end = reading.text, title.span.start, title.span.end
    folded = fold(text[start:end])
    if match := _ENACTED.search(folded):
        return _cut(title, text, start, start + match.start()) or title
    for one in reading.numbers:
        if not title.span.contains(one.span) or one.number is None or TELLS.search(folded, one.span.end - start):
            continue  # 《…的通知》（…7号）政策解读: the number is that of the paper it explains
        shared = one.number.code is None and text.startswith(_ANNOUNCES, one.span.start)
        stop = one.span.start + len(_ANNOUNCES[0]) if shared else one.span.start
        if found := _cut(title, text, start, stop):
            return found
        behind = text[one.span.end : end]
        if one.span.start == start and behind.startswith("《") and behind.endswith("》"):
            return _cut(title, text, one.span.end + 1, end - 1) or title
        if one.span.start == start and behind.startswith((*_OPENS, "关于")):
            return _cut(title, text, one.span.end, end) or title
    if match := _YEAR_AND_SERIAL.search(folded):
        before = text[start : start + match.start()]
        return _cut(title, text, start, start + match.start()) or title if before.endswith(_ANNOUNCES) else title
    return title


def _cut(title: Found[str], text: str, start: int, end: int) -> Found[str] | None:
    """The part of the title in `text[start:end]`, when that is a title by itself."""
    rest = text[start:end]
    inner = rest.strip(_EDGE)
    opened = inner.count("（") + inner.count("(") - inner.count("）") - inner.count(")")
    if opened > 0 and rest.strip(" \n\u3000").endswith((")", "）")):
        inner += rest[rest.find(inner) + len(inner)]  # the bracket that closes …（试行） is the title's own
    value = joined(inner)
    if not inner or not doc_type_of(value) or value.count("《") != value.count("》"):
        return None
    at = start + rest.find(inner)
    return Found(value, Span(at, at + len(inner)), title.rule, title.confidence)


def joined(text: str) -> str:
    """A title that stood on several lines: joined without space (domain.md §1.1); inner single spaces stay, but words
    with a blank between all their characters are closed up. The mark of a heading in Markdown (# 继承编) is no part."""
    return "".join(unspaced(_HEADING_MARK.sub("", line).strip(" \u3000")) for line in re.split(r"\n+", text))


_HEADING_MARK = re.compile(r"^ {0,3}# ")


def cover_numbers(reading: Reading, title: Found[str] | None) -> Iterator[Found[DocumentNumber]]:
    """The numbers of number lines, then those beside the title. An announcement takes the organ of the title."""
    lines = [line.span for line in reading.layout.lines if line.role == "number"]
    for span in lines:
        yield from _complete(
            (one, _announced(one.number, title) if title else one.number)
            for one in reading.numbers
            if span.overlaps(one.span)
        )
    whole = reading.layout.title
    if title is None or whole is None:
        return
    beside = [one for one in reading.numbers if whole.overlaps(one.span) and not title.span.contains(one.span)]
    yield from _complete((one, _with_organ(one.number, title)) for one in beside)
    if match := _YEAR_AND_SERIAL.fullmatch(fold(reading.text[title.span.end : whole.end])):
        word = "通告" if title.value.endswith("通告") else ""
        bare = DocumentNumber(None, int(match["year"]), int(match["serial"]), NumberKind.ANNOUNCEMENT, word)
        number = _with_organ(bare, title)
        if number and number.complete:
            span = Span(match.start("year"), match.end("serial") + 1).shifted(title.span.end)
            yield Found(number, span, "cover.number", 0.9)


def awaits_number(reading: Reading) -> bool:
    """Whether the number on the cover is still to be given out: 岚政规〔2022〕  号."""
    lines = [line.span for line in reading.layout.lines if line.role == "number"]
    blank = [one for one in reading.numbers if one.rule == "number.no_serial"] if lines else []
    return any(span.overlaps(one.span) for span in lines for one in blank)


def _complete(pairs: Iterable[tuple[NumberMention, DocumentNumber | None]]) -> Iterator[Found[DocumentNumber]]:
    for one, number in pairs:
        if number and number.code and number.serial is not None and number.kind is not NumberKind.REGISTRATION:
            yield Found(number, one.span, "repair.cover.number" if one.repaired else "cover.number", one.confidence)


def _announced(number: DocumentNumber | None, title: Found[str]) -> DocumentNumber | None:
    """2023年第4号 on a line below 岚州市水利局关于…的公告 is 岚州市水利局公告2023年第4号."""
    if number and number.kind is NumberKind.BARE and number.year and title.value.endswith(_ANNOUNCES):
        word = "通告" if title.value.endswith("通告") else ""
        number = replace(number, kind=NumberKind.ANNOUNCEMENT, infix=word)
    return _with_organ(number, title)


def _with_organ(number: DocumentNumber | None, title: Found[str]) -> DocumentNumber | None:
    """岚州市药监局关于…的公告2021年第35号 is 岚州市药监局公告2021年第35号."""
    if number is None or number.code or number.kind is not NumberKind.ANNOUNCEMENT:
        return number
    organs = [name for name, _ in split_organs(parse_title(title.value).issuers)]
    return replace(number, code="、".join(organs)) if organs and all(map(is_organ, organs)) else number
