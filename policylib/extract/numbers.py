"""发文字号 and its relatives in text: found, taken apart, repaired where damage left one reading.

The scanner looks at every 号 and reads leftwards: the window before it is reversed and matched by patterns that begin
with 号. What has no 号 is looked for at its year, so text without numbers costs six passes over it (docs/decisions.md).
What stands beside year and serial is read by `number_sides`. Source of the grammar: domain.md §2.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policylib.extract.codes import CodeBook, builtin_book
from policylib.extract.folding import HIDDEN, fold, restore, without_glosses, without_hidden
from policylib.extract.number_repair import NO_HAO, without_hao
from policylib.extract.number_shapes import MISREAD, Sighting
from policylib.extract.number_sides import sightings_at
from policylib.model import DocumentNumber, NumberKind, NumberMention, Span

HEAD: Final = 4000  # characters in which a page shows its metadata
MAX_LONE: Final = 64  # characters of a text that is little more than a number
REACH: Final = 400  # five joint issuers of an announcement take 105 characters, twelve about 250
NEAR_LEFT: Final = 96  # characters left of 号: year to 号 take 56, a code 22; so much is enough for nearly all
NEAR_RIGHT: Final = 32  # behind 号, or of a year whose 号 is lost
CLUSTER: Final = 200  # characters behind a 2 that are searched at once: digits stand in clusters
MARGIN: Final = 24  # characters; what comes closer to the end of what was read may go on behind it
LATEST_REPAIR: Final = 2048  # a hundred years; there is no clock here, and a year further off is itself damaged
_REGISTRATION = re.compile(
    r"(?<![A-Za-z0-9\-])(?P<code>[A-Z]{3,6})-(?P<year>(?:19|20)\d\d)-(?P<serial>\d{1,8})(?![\d\-])"
)
_JOINED = re.compile(r"(?<![A-Za-z0-9])(?P<code>[A-Z]{2}0[1-9])(?P<year>20\d\d)(?P<serial>\d{4})(?!\d)")
_STANDARDS = frozenset((
    "GB", "GBT", "GBZ", "GBJ", "HJT", "JGJ", "CJJ", "JTG", "DBT",
    "AQ", "QB", "NY", "WS", "YY", "ISO", "IEC", "IEEE", "EN",
))  # fmt: skip


def find_numbers(
    text: str, book: CodeBook | None = None, latest_year: int = LATEST_REPAIR
) -> tuple[NumberMention, ...]:
    """Every document number in `text`, in order, damaged ones too.

    Knows 淄政办发〔2017〕17号 with any brackets, lists (令第238、240号; 1号、2号), orders, announcements, congress
    announcements, year-first [2021]苏科提复45号, sub-registers, swapped parts, registration numbers, and the damage of
    domain.md §2.6: 〔201717号, 中办发201214号, 〔202026. `latest_year` bounds repairs: the year of the text plus one,
    where it is known.
    `book` holds the codes to go by: `code_book(tables)`, the built-in tables when none is given.
    """
    traditional = "號" in text
    anchors, years = _anchors(text, traditional), _years(text)
    if not anchors and not years and len(text) >= MAX_LONE:
        return ()
    if glossed := without_glosses(text, traditional):
        bare, origins = glossed
        inner = find_numbers(bare, book, latest_year)
        return tuple(replace(one, span=(span := restore(one.span, origins)), raw=span.of(text)) for one in inner)
    found = _scan(text, anchors, years, book or builtin_book(), latest_year)
    return _apart(found) if len(found) > 1 else tuple(found)


def _apart(found: list[NumberMention]) -> tuple[NumberMention, ...]:
    """In order; of those that overlap, the one that begins first."""
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    end = 0
    mentions: list[NumberMention] = []
    for mention in found:
        if mention.span.start >= end:
            mentions.append(mention)
            end = mention.span.end
    return tuple(mentions)


def _as_written(seen: Sighting, offset: int, text: str) -> NumberMention:
    """What was seen `offset` characters behind the beginning of the text, with its place and its words there;
    brackets inside a code stay the writer's: 陕科（社）函."""
    span = Span(seen.start + offset, seen.end + offset)
    raw, number = text[span.start : span.end], seen.number
    if number and number.code and not number.code.isalpha():
        number = _brackets_as_written(number, raw)
    candidates = tuple(_brackets_as_written(one, raw) for one in seen.candidates) if seen.candidates else ()
    rule, confidence, repaired = seen.rule, seen.confidence, seen.repaired
    if rule == "number.document" and confidence < 1 and number and number.code and _is_torn(text, span.start):
        rule, confidence, repaired = "number.code_uncertain", 0.6, not _is_bullet(text, span.start - 1)
    return NumberMention(raw, span, number, rule, confidence, repaired, candidates)


_TORN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u25a1\u2e80-\u2fd5\ue000-\uf8ff\uf900-\ufaff\ufffd\U00020000-\U0010ffff]")
"""What may be a character of a code and is not read as one: damage (\ufffd, NUL, □, private use), a radical, a rare
character outside the basic block (𠮷)."""


def _is_torn(text: str, start: int) -> bool:
    """Whether a code may have begun further left than what was read of it: 岚\ufffd|政发〔2019〕3号."""
    return start > 0 and _TORN.match(text, start - 1) is not None


_BULLET = re.compile("[□\ue000-\uf8ff]")


def _is_bullet(text: str, place: int) -> bool:
    """Whether it may be the mark of an item (□岚科发〔2019〕3号), and nothing of the code was lost."""
    return _BULLET.match(text, place) is not None and (place == 0 or not "\u3400" <= text[place - 1] <= "\u9fff")


def _brackets_as_written(number: DocumentNumber, raw: str) -> DocumentNumber:
    code = number.code
    if not code or code.isalpha() or (at := fold(raw).find(code)) < 0:
        return number
    written = raw[at : at + len(code)]
    code = "".join(old if new in "()[]〔〕" else new for old, new in zip(written, code, strict=True))
    return replace(number, code=code)


def _scan(text: str, anchors: list[int], years: list[int], book: CodeBook, latest_year: int) -> list[NumberMention]:
    """Looks only where an anchor or a year stands, and folds only there: text without numbers costs a few passes."""
    done = 0
    found: list[NumberMention] = []
    if len(text) < MAX_LONE:
        found += _joined(text, 0, len(text))
    for hao in anchors:
        if hao < HEAD and text[hao - 1 : hao] in ("编", "編"):
            found += _joined(text, hao, hao + 33)
        if hao >= done and _may_end_number(text, hao):
            for mention in _at_hao(text, hao, book, latest_year, done):
                done = max(done, mention.span.end)
                found.append(mention)
    read = tuple(found)
    ends = [mention.span.end for mention in read]
    for year in years:
        place = bisect_right(ends, year)
        if place == len(read) or year < read[place].span.start:  # else what a 号 ends has it
            found += _at_year(text, year, book, latest_year)
    return found


_BLANKS = frozenset(" \n\u3000\u00a0\u2002\u2003\u2009\r\x0b\x0c" + HIDDEN)
_OPENINGS = frozenset("〔[【〖﹝［（(〈<＜{｛「『")
_DASHES = frozenset("-—―–－−﹣‐‑")
_PLAUSIBLE = frozenset(
    "0123456789０１２３４５６７８９一二三四五六七八九十百〇零○〕])】〗〉>}」〔[）］｝﹞＞［﹝◯』" + MISREAD
)


def _anchors(text: str, traditional: bool) -> list[int]:
    """Where a 号 stands, in order; one pass at the speed of `str.find`."""
    places: list[int] = []
    for hao in "号號" if traditional else "号":
        place = text.find(hao)
        while place >= 0:
            places.append(place)
            place = text.find(hao, place + 1)
    return sorted(places) if traditional else places


def _class(characters: frozenset[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


def _twenty(two: str, nought: str) -> re.Pattern[str]:
    """20 where a year may begin. The pattern begins with one character, for which `re` looks at the speed of a loop."""
    before = rf"(?<={_class(_OPENINGS | _DASHES)}{two})|(?<={_class(_OPENINGS)}{_class(_BLANKS)}{two})"
    return re.compile(f"{two}(?:{before}){nought}")


_CENTURIES = (("1", "9", "2", _twenty("2", "0")), ("１", "９", "２", _twenty("２", "０")))


def _years(text: str) -> list[int]:
    """Where 19.. or 20.. stands behind a bracket, with a blank between or none, or behind a dash.

    Asked of every digit of every text: 19 is looked for by its 9, which is rarer than 1, and then in Python; 20, which
    begins most dates, by a pattern, but only in the clusters in which digits stand.
    """
    years: list[int] = []
    wide = "２" in text or "９" in text
    for one, nine, two, twenty in _CENTURIES if wide else _CENTURIES[:1]:
        place = text.find(nine, 2)
        while place >= 0:
            if text[place - 1] == one and _opened(text, place - 1):
                years.append(place - 1)
            place = text.find(nine, place + 3)
        place = text.find(two, 1)
        while place >= 0:
            end = place + CLUSTER  # a year that begins before it has its nought there at the latest
            if twenty.search(text, place, end + 1):
                years += [match.start() for match in twenty.finditer(text, place, end + 1)]
            place = text.find(two, end)
    return years


def _opened(text: str, year: int) -> bool:
    before = text[year - 1]
    return before in _OPENINGS or before in _DASHES or (before in _BLANKS and text[year - 2 : year - 1] in _OPENINGS)


def _at_year(text: str, year: int, book: CodeBook, latest_year: int) -> Iterator[NumberMention]:
    """What a year begins that needs no 号: 〔2019〕40 whose 号 is lost, -2017- of a registration number."""
    before = year - 1 if text[year - 1 : year] not in _BLANKS else year - 2
    if before < 0:
        return
    if text[before] in _OPENINGS:
        if not NO_HAO.match(fold(text[before : before + NEAR_RIGHT])):
            return
        start, window = _around(text, before)
        if match := NO_HAO.match(window, before - start):
            for seen in without_hao(window, match, book, latest_year):
                yield _as_written(seen, start, text)
    elif text[before] in _DASHES and before == year - 1 and text[before - 1 : before].isalpha():
        start = max(0, before - 8)
        if match := _REGISTRATION.search(fold(text[start : before + 20])):
            yield from _registration(match, start, text)


def _may_end_number(text: str, hao: int) -> bool:
    if text[hao - 1] not in _BLANKS:
        return text[hao - 1] in _PLAUSIBLE
    before = hao - 2
    while before >= 0 and text[before] in _BLANKS and hao - before < 5:
        before -= 1
    return before >= 0 and text[before] in _PLAUSIBLE


def _around(text: str, place: int) -> tuple[int, str]:
    """The folded neighbourhood of an anchor, wide enough for five joint issuers and a list of numbers."""
    start = max(0, place - REACH)
    return start, fold(text[start : place + REACH])


def _at_hao(text: str, hao: int, book: CodeBook, latest_year: int, done: int) -> list[NumberMention]:
    """The numbers that a 号 ends. Its near neighbourhood is read first; the wide one only where something found
    there touches the edge, as a long list or many joint issuers do."""
    start = max(0, hao - NEAR_LEFT)
    near = text[start : hao + NEAR_RIGHT]
    if without_hidden(near):
        return _at_hao_between_hidden(text, hao, book, latest_year, done)
    window = fold(near)
    found = sightings_at(window, hao - start, book, latest_year, max(0, done - start))
    if found and not _well_inside(found, start, window, text):
        start, window = _around(text, hao)
        found = sightings_at(window, hao - start, book, latest_year, max(0, done - start))
    return [_as_written(seen, start, text) for seen in found]


def _at_hao_between_hidden(text: str, hao: int, book: CodeBook, latest_year: int, done: int) -> list[NumberMention]:
    """The same where characters that nobody sees stand in the neighbourhood: it is read without them."""
    start = max(0, hao - REACH)
    around = text[start : hao + REACH]
    bare, origins = without_hidden(around) or (around, tuple(range(len(around) + 1)))
    floor = bisect_left(origins, max(0, done - start))
    seen = sightings_at(fold(bare), origins.index(hao - start), book, latest_year, floor)
    places = [(one, restore(Span(one.start, one.end), origins)) for one in seen]
    return [_as_written(one._replace(start=span.start, end=span.end), start, text) for one, span in places]


def _well_inside(found: list[Sighting], start: int, window: str, text: str) -> bool:
    left = start == 0 or found[0].start >= MARGIN  # they stand in order
    whole = start + len(window) == len(text)
    return left and (whole or found[-1].end <= len(window) - MARGIN)


def _joined(text: str, start: int, end: int) -> Iterator[NumberMention]:
    """GZ0320240034 has no separators: it is looked for only behind 统一编号 at the head of a page, or where it is
    nearly all there is."""
    for match in _JOINED.finditer(fold(text[start:end])):
        yield from _registration(match, start, text)


def _registration(match: re.Match[str], offset: int, text: str) -> Iterator[NumberMention]:
    """规范性文件登记号: ZBCR-2017-0020003, HFGS—2017—9, GZ0320240034. Standards are not (GB-2012-3)."""
    if match["code"] in _STANDARDS or not int(match["serial"]):
        return
    serial = match["serial"]
    number = DocumentNumber(match["code"], int(match["year"]), int(serial), NumberKind.REGISTRATION, width=len(serial))
    yield _as_written(Sighting(*match.span(), number, "number.registration", 1.0), offset, text)
