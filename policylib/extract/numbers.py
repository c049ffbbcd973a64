"""发文字号 and its relatives in text: found, taken apart, repaired where damage left one reading.

The scanner looks at every 号 and reads leftwards: the window before it is reversed and matched by patterns that begin
with 号, so text without numbers costs one `str.find` (docs/decisions.md). What is left of year and serial, 机关代字 or
an organ's name, is read by `codes`. Source of the grammar: domain.md §2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policylib.extract.codes import CodeBook, LeftPart, builtin_book, code_before, organ_before
from policylib.extract.folding import fold, restore, without_glosses
from policylib.extract.number_repair import NO_HAO, repaired, without_hao
from policylib.extract.number_shapes import CLOSE, HAN, OPEN, Core, core_at
from policylib.model import DocumentNumber, NumberKind, NumberMention, Span

HEAD: Final = 4000  # characters in which a page shows its metadata
REACH: Final = 400  # five joint issuers of an announcement take 105 characters, twelve about 250
_CARRY = re.compile(
    rf" ?(?:、|,|和|及|与|以及) ?(?:(?P<plain>(?:19|20)\d\d)年|{OPEN}(?P<year>(?:19|20)\d\d){CLOSE})?"
    r"(?P<ordinal>第)?(?P<serial>\d{1,5})号"
)
_REGISTRATION = re.compile(
    r"(?<![A-Za-z0-9\-])(?P<code>[A-Z]{3,6})-(?P<year>(?:19|20)\d\d)-(?P<serial>\d{1,8})(?![\d\-])"
)
_JOINED = re.compile(r"(?<![A-Za-z0-9])(?P<code>[A-Z]{2}0[1-9])(?P<year>20\d\d)(?P<serial>\d{4})(?!\d)")
_STANDARDS = frozenset(
    [
        "GB",
        "GBT",
        "GBZ",
        "GBJ",
        "HJT",
        "JGJ",
        "CJJ",
        "JTG",
        "DBT",
        "ISO",
        "IEC",
        "IEEE",
        "EN",
        "AQ",
        "QB",
        "NY",
        "WS",
        "YY",
    ]
)
_CASE_CODE = re.compile(r"[民刑行执赔破].{0,2}[初终再申监特异复抗更]$|委赔|仲.?案|商初|知初")
_NOT_CODE = re.compile(r"(?:证|执照|证书|合同|协议|编号|图|标段|批次|项目|名单)$")
_LICENCE = re.compile(r"证|照|许可|备|登|险|权|档")
_LONE = re.compile(r"(?:19|20)\d\d年第?\d{1,5}号|第(?:\d{1,5}|[一二三四五六七八九十百〇零]{1,5})号")


def find_numbers(text: str, book: CodeBook | None = None, latest_year: int = 2100) -> tuple[NumberMention, ...]:
    """Every document number in `text`, in order, damaged ones too.

    Knows 淄政办发〔2017〕17号 with any brackets, lists (令第238、240号; 1号、2号), orders, announcements, congress
    announcements, year-first [2021]苏科提复45号, sub-registers, swapped parts, registration numbers, and the damage of
    domain.md §2.6: 〔201717号, 中办发201214号, 〔202026. `latest_year` bounds repairs (year of the text plus one).
    `book` holds the codes to go by: `code_book(tables)`, the built-in tables when none is given.
    """
    if glossed := without_glosses(text):
        bare, origins = glossed
        inner = find_numbers(bare, book, latest_year)
        return tuple(replace(one, span=(span := restore(one.span, origins)), raw=span.of(text)) for one in inner)
    found = _scan(text, book or builtin_book(), latest_year)
    mentions: list[NumberMention] = []
    for mention in sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)):
        if not mentions or mention.span.start >= mentions[-1].span.end:
            mentions.append(_as_written(mention, text))
    return tuple(mentions)


def _as_written(mention: NumberMention, text: str) -> NumberMention:
    """With the raw text; brackets inside a code stay the writer's: 陕科（社）函."""
    raw, number = mention.span.of(text), mention.number
    if number and number.code and (at := fold(raw).find(number.code)) >= 0:
        written = raw[at : at + len(number.code)]
        code = "".join(old if new in "()[]〔〕" else new for old, new in zip(written, number.code, strict=True))
        number = replace(number, code=code)
    return replace(mention, raw=raw, number=number)


def _scan(text: str, book: CodeBook, latest_year: int) -> Iterator[NumberMention]:
    """Looks only where an anchor stands, and folds only there: text without numbers costs a few `str.find`."""
    done = 0
    for hao in _anchors(text, "号號"):
        if hao >= done and _may_end_number(text, hao):
            start, window = _around(text, hao)
            for mention in _at(window, hao - start, book, latest_year):
                moved = replace(mention, span=mention.span.shifted(start))
                done = max(done, moved.span.end)
                yield moved
    for opening in _anchors(text, "〔["):
        if text[opening + 1 : opening + 2] in _BEFORE_YEAR:
            start, window = _around(text, opening)
            if match := NO_HAO.match(window, opening - start):
                for mention in without_hao(window, match, book, latest_year):
                    yield replace(mention, span=mention.span.shifted(start))
    yield from _registrations(text)


_BEFORE_YEAR = frozenset("12１２ 　\n")
_PLAUSIBLE = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百〇零○〕])】〉>}」〔[）］｝﹞＞［﹝")


def _anchors(text: str, characters: str) -> list[int]:
    """Where any of the characters stands, in order; each is one pass at the speed of `str.find`."""
    places: list[int] = []
    for character in characters:
        place = text.find(character)
        while place >= 0:
            places.append(place)
            place = text.find(character, place + 1)
    return sorted(places)


def _may_end_number(text: str, hao: int) -> bool:
    before = hao - 1
    while before >= 0 and text[before] in " \n\u3000\u00a0" and hao - before < 5:
        before -= 1
    return before >= 0 and text[before] in _PLAUSIBLE


def _around(text: str, place: int) -> tuple[int, str]:
    """The folded neighbourhood of an anchor, wide enough for five joint issuers and a list of numbers."""
    start = max(0, place - REACH)
    return start, fold(text[start : place + REACH])


def _registrations(text: str) -> Iterator[NumberMention]:
    for dash in _anchors(text, "-—"):
        if text[dash - 1 : dash].isalpha() and text[dash + 1 : dash + 2].isdigit():
            start = max(0, dash - 8)
            if match := _REGISTRATION.search(fold(text[start : dash + 20])):
                yield from _registration(match, start)
    if len(text) < 64:
        yield from _joined(text, 0)
    else:
        for label in _anchors(text[:HEAD], "编"):
            yield from _joined(text[label : label + 34], label)


def _joined(text: str, offset: int) -> Iterator[NumberMention]:
    """GZ0320240034 has no separators: it is looked for only behind 统一编号 at the head of a page, or where it is
    nearly all there is."""
    for match in _JOINED.finditer(fold(text)):
        yield from _registration(match, offset)


def _at(folded: str, hao: int, book: CodeBook, latest_year: int) -> Iterator[NumberMention]:
    core = core_at(folded, hao)
    if core is None:
        return
    mention = _interpret(folded, core, book, latest_year)
    if mention is None:
        return
    yield mention
    number = mention.number
    if number is None:
        return
    for start, end, serial in core.others:
        yield replace(mention, span=Span(start, end), number=replace(number, serial=serial), rule="number.list")
    yield from _carried(folded, mention, book)


def _interpret(folded: str, core: Core, book: CodeBook, latest_year: int) -> NumberMention | None:
    """The mention that the core makes with what stands on both sides of it, or None when it is no document number."""
    after = folded[core.end : core.end + 3].lstrip(" ")
    before = (
        folded[: core.start].rstrip(" \n") if core.start < 40 else folded[core.start - 40 : core.start].rstrip(" \n")
    )
    if core.shape == "boxed" and folded[core.end : core.end + 1] not in ("]", ")", "〕"):
        return None
    for word, kind in (("令", NumberKind.ORDER), ("公告", NumberKind.ANNOUNCEMENT), ("通告", NumberKind.ANNOUNCEMENT)):
        if before.endswith(word) and not core.lost:
            return _named(folded, core, kind, word, folded.rindex(word, 0, core.start), core.end, book)
        if after.startswith(word) and core.shape in ("bracket", "plain", "ordinal") and not core.middle:
            end = folded.index(word, core.end) + len(word)
            return _named(folded, core, kind, word, core.start, end, book)
    if core.shape in ("ordinal", "boxed", "session"):
        return _without_year(folded, core, book)
    if (
        core.shape == "plain"
        and not core.middle
        and not (core.ordinal and folded[core.start + 4 : core.start + 5] != "年")
    ):
        return _lone(folded, core)
    return _with_code(folded, core, book, latest_year)


def _named(
    folded: str, core: Core, kind: NumberKind, word: str, left: int, end: int, book: CodeBook
) -> NumberMention | None:
    """Orders and announcements: the organ's full name stands where the code would."""
    organ = organ_before(folded, left, organs=book.organs)
    if kind is NumberKind.ANNOUNCEMENT and core.shape == "bracket" and left < core.start:
        return _announcement_with_bracket(folded, core, organ, word, end)
    if core.shape == "ordinal" and core.year is None and not organ.text and left >= core.start and not core.ordinal:
        weak = 0.5  # 62号公告: year and organ must come from the context
    else:
        weak = 1.0 if organ.text else 0.8
    infix = word if word == "通告" else ""
    end += core.shape == "boxed"
    if kind is NumberKind.ANNOUNCEMENT and organ.text.endswith(("人民代表大会", "常务委员会", "人大常委会", "人大")):
        kind = NumberKind.CONGRESS
    if core.shape == "session":
        kind, infix = NumberKind.CONGRESS, core.middle
    year = core.year
    number = DocumentNumber(organ.text or None, year, core.serial, kind, infix)
    return NumberMention("", Span(min(organ.start, core.start), end), number, f"number.{kind.value}", weak)


def _announcement_with_bracket(folded: str, core: Core, organ: LeftPart, word: str, end: int) -> NumberMention:
    """税委会公告〔2019〕6号: bracketed year, so the word 公告 belongs to a 字号."""
    code = organ.text + word
    number = DocumentNumber(code, core.year, core.serial, NumberKind.DOCUMENT)
    return NumberMention("", Span(min(organ.start, core.start - len(word)), end), number, "number.document", 0.9)


def _without_year(folded: str, core: Core, book: CodeBook) -> NumberMention | None:
    """晋政发第49号, 北京市人民代表大会常务委员会第11号, and a line that is 第三号 and nothing else."""
    left = folded[max(0, core.start - 10) : core.start]
    if core.ordinal and left.endswith(("常务委员会", "人大常委会")):
        organ = organ_before(folded, core.start)
        number = DocumentNumber(organ.text, None, core.serial, NumberKind.CONGRESS)
        return NumberMention("", Span(organ.start, core.end), number, "number.congress", 0.8)
    if core.ordinal and core.shape == "ordinal" and left.endswith(("发", "字", "函", "规")):
        part = code_before(folded, core.start, book)
        if 3 <= len(part.text) <= 8 and not _LICENCE.search(part.text) and (part.known or part.bounded):
            number = DocumentNumber(part.text, None, core.serial)
            return NumberMention("", Span(part.start, core.end), number, "number.no_year", 0.6)
    return _lone(folded, core)


def _lone(folded: str, core: Core) -> NumberMention | None:
    """A bare number is one only where it fills its line."""
    line_start = folded.rfind("\n", 0, core.start) + 1
    line_end = folded.find("\n", core.end)
    line = folded[line_start : line_end if line_end >= 0 else len(folded)].strip(" ")
    if not _LONE.fullmatch(line.replace(" ", "")):
        return None
    number = DocumentNumber(None, core.year, core.serial, NumberKind.BARE)
    return NumberMention("", Span(core.start, core.end), number, "number.bare", 0.6)


def _with_code(folded: str, core: Core, book: CodeBook, latest_year: int) -> NumberMention | None:
    part = code_before(folded, core.start, book)
    infix, end = core.middle, core.end
    if infix == "-":
        infix = ""
    if not part.text and infix:
        return _year_first(core, infix)
    infix = infix.removesuffix("第")
    code = part.text or None
    if code and (_CASE_CODE.search(code) or _NOT_CODE.search(code)):
        return None
    if core.shape == "bracket" and infix and not _plausible_infix(infix):
        return None
    if (code is None and core.shape != "bracket") or core.serial == 0:
        return None
    if core.shape in ("plain", "glued", "closed") and not (part.known or part.bounded):
        return None
    number = DocumentNumber(code, core.year, core.serial, infix=infix)
    start, sure = (part.start, 1.0 if part.known else 0.9) if code else (core.start, 0.6)
    mention = NumberMention("", Span(start, end), number, "number.document", sure)
    if core.lost:
        return repaired(mention, core, part, latest_year)
    if core.serial is None:
        return replace(mention, rule="number.no_serial", confidence=0.5)
    return mention if not part.uncertain else replace(mention, rule="number.code_uncertain", confidence=0.6)


def _plausible_infix(infix: str) -> bool:
    return len(infix) <= 2 or infix.endswith(("字", "字发", "发", "函"))


def _year_first(core: Core, middle: str) -> NumberMention | None:
    """[2021]苏科提复45号, (2021)国科科函字第99号. Court cases (2018)粤民终12号 have the same shape."""
    code = middle.removesuffix("第")
    if _CASE_CODE.search(code) or _NOT_CODE.search(code) or len(code) < 2 or code[0] in "年第度月":
        return None
    number = DocumentNumber(code, core.year, core.serial)
    return NumberMention("", Span(core.start, core.end), number, "number.year_first", 0.9)


def _carried(folded: str, mention: NumberMention, book: CodeBook) -> Iterator[NumberMention]:
    """The rest of A号、B号和C号: what follows shares code, and year unless it names its own."""
    number, end = mention.number, mention.span.end
    while number is not None and (match := _CARRY.match(folded, end)):
        year = match["year"] or match["plain"]
        carried = replace(
            number, serial=int(match["serial"]), year=int(year) if year else number.year, infix=number.infix
        )
        end = match.end()
        yield replace(mention, span=Span(match.start("plain") if match["plain"] else match.start("serial"), end),
                      number=carried, rule="number.carried", confidence=0.9)  # fmt: skip
    adjacent = re.compile(rf"({HAN}{{2,4}})(\d{{1,4}})号").match(folded, end)
    if number is not None and adjacent and book.knows(adjacent[1]):
        carried = DocumentNumber(adjacent[1], number.year, int(adjacent[2]))
        yield replace(mention, span=Span(*adjacent.span()), number=carried, rule="number.carried", confidence=0.7)


def _registration(match: re.Match[str], offset: int) -> Iterator[NumberMention]:
    """规范性文件登记号: ZBCR-2017-0020003, HFGS—2017—9, GZ0320240034. Standards are not (GB-2012-3)."""
    if match["code"] in _STANDARDS:
        return
    serial = match["serial"]
    number = DocumentNumber(match["code"], int(match["year"]), int(serial), NumberKind.REGISTRATION, width=len(serial))
    yield NumberMention("", Span(*match.span()).shifted(offset), number, "number.registration", 1.0)
