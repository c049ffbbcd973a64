"""发文字号 and its relatives in text: found, taken apart, repaired where damage left one reading.

The scanner looks at every 号 and reads leftwards: the window before it is reversed and matched by patterns that begin
with 号. What has no 号 is looked for at its year, so text without numbers costs six `str.find` (docs/decisions.md).
What is left of year and serial, 机关代字 or an organ's name, is read by `codes`. Source of the grammar: domain.md §2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policylib.extract.codes import CodeBook, LeftPart, builtin_book, code_before, organ_before, year_before
from policylib.extract.folding import fold, restore, without_glosses
from policylib.extract.number_repair import NO_HAO, repaired, without_hao
from policylib.extract.number_shapes import CLOSE, HAN, MISREAD, OPEN, Core, core_at
from policylib.model import DocumentNumber, NumberKind, NumberMention, Span

HEAD: Final = 4000  # characters in which a page shows its metadata
MAX_LONE: Final = 64  # characters of a text that is little more than a number
REACH: Final = 400  # five joint issuers of an announcement take 105 characters, twelve about 250
NEAR: Final = (96, 32)  # left and right of 号: year to 号 take 56, a code 22; so much is enough for nearly all
MARGIN: Final = 24  # characters; what comes closer to the end of what was read may go on behind it
_CARRY = re.compile(
    rf" ?(?:、|,|和|及|与|以及) ?(?:(?P<plain>(?:19|20)\d\d)年|{OPEN}(?P<year>(?:19|20)\d\d){CLOSE})?"
    r"(?P<ordinal>第)?(?P<serial>\d{1,5})号"
)
_ADJACENT = re.compile(rf"({HAN}{{2,4}})(\d{{1,4}})号")
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
_CASE_CODE = re.compile(r"[民刑行执赔破].{0,2}(?:[初终再申监特异复抗更]|[初终再申监]字)$|委赔|仲.?案|商初|知初")
_NOT_CODE = re.compile(r"(?:许证字|食健字|准字|国用|集用|证|执照|证书|合同|协议|编号|图|标段|批次|项目|名单)$")
_LICENCE = re.compile(r"证|照|许可|备|登|险|权|档")
_WORDS = {"令": NumberKind.ORDER, "公告": NumberKind.ANNOUNCEMENT, "通告": NumberKind.ANNOUNCEMENT}
_LONE = re.compile(r"(?:19|20)\d\d年第?\d{1,5}号|第(?:\d{1,5}|[一二三四五六七八九十百〇零]{1,5})号")


def find_numbers(text: str, book: CodeBook | None = None, latest_year: int = 2100) -> tuple[NumberMention, ...]:
    """Every document number in `text`, in order, damaged ones too.

    Knows 淄政办发〔2017〕17号 with any brackets, lists (令第238、240号; 1号、2号), orders, announcements, congress
    announcements, year-first [2021]苏科提复45号, sub-registers, swapped parts, registration numbers, and the damage of
    domain.md §2.6: 〔201717号, 中办发201214号, 〔202026. `latest_year` bounds repairs (year of the text plus one).
    `book` holds the codes to go by: `code_book(tables)`, the built-in tables when none is given.
    """
    traditional = "號" in text
    if glossed := without_glosses(text, traditional):
        bare, origins = glossed
        inner = find_numbers(bare, book, latest_year)
        return tuple(replace(one, span=(span := restore(one.span, origins)), raw=span.of(text)) for one in inner)
    found = list(_scan(text, traditional, book or builtin_book(), latest_year))
    if len(found) > 1:
        found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    mentions: list[NumberMention] = []
    for mention in found:
        if not mentions or mention.span.start >= mentions[-1].span.end:
            mentions.append(mention)
    return tuple(mentions)


def _as_written(mention: NumberMention, offset: int, text: str) -> NumberMention:
    """A mention found `offset` characters behind the beginning of the text, with its place and its words there;
    brackets inside a code stay the writer's: 陕科（社）函."""
    span = mention.span.shifted(offset)
    raw = span.of(text)
    number = _brackets_as_written(mention.number, raw) if mention.number else None
    candidates = tuple(_brackets_as_written(one, raw) for one in mention.candidates)
    return NumberMention(raw, span, number, mention.rule, mention.confidence, mention.repaired, candidates)


def _brackets_as_written(number: DocumentNumber, raw: str) -> DocumentNumber:
    code = number.code
    if not code or code.isalpha() or (at := fold(raw).find(code)) < 0:
        return number
    written = raw[at : at + len(code)]
    code = "".join(old if new in "()[]〔〕" else new for old, new in zip(written, code, strict=True))
    return replace(number, code=code)


def _scan(text: str, traditional: bool, book: CodeBook, latest_year: int) -> Iterator[NumberMention]:
    """Looks only where an anchor stands, and folds only there: text without numbers costs a few `str.find`."""
    done = 0
    if len(text) < MAX_LONE:
        yield from _joined(text, 0, len(text))
    for hao in _anchors(text, "号號" if traditional else "号"):
        if hao < HEAD and text[hao - 1 : hao] in ("编", "編"):
            yield from _joined(text, hao, hao + 33)
        if hao >= done and _may_end_number(text, hao):
            for mention in _at_hao(text, hao, book, latest_year, done):
                done = max(done, mention.span.end)
                yield mention
    for year in _years(text):
        yield from _at_year(text, year, book, latest_year)


_BLANKS = " \n\u3000\u00a0\u2002\u2003\u2009\r\x0b\x0c\ufeff\u200b\u200c\u200d\u2060\u00ad"
_OPENINGS = frozenset("〔[【〖﹝［（(〈<＜{｛「『")
_DASHES = frozenset("-—―–－−﹣‐‑")
_BEFORE_YEAR = _OPENINGS | _DASHES
_PLAUSIBLE = frozenset(
    "0123456789０１２３４５６７８９一二三四五六七八九十百〇零○〕])】〗〉>}」〔[）］｝﹞＞［﹝◯』" + MISREAD
)


def _anchors(text: str, characters: str) -> list[int]:
    """Where any of the characters stands, in order; each is one pass at the speed of `str.find`."""
    find = text.find
    places: list[int] = []
    for character in characters:
        place = find(character)
        while place >= 0:
            places.append(place)
            place = find(character, place + 1)
    return sorted(places) if len(characters) > 1 else places


def _years(text: str) -> list[int]:
    """Where 19.. or 20.. stands behind a bracket, with a blank between or none, or behind a dash.

    Written out, because this is asked of every digit of every text; 19 is looked for by its 9, which is rarer than 1,
    and behind a 20, which nearly always begins a date, the search goes on after the date's year.
    """
    find = text.find
    places: list[int] = []
    for one, nine, two, nought in ("1920", "１９２０"):
        place = find(nine, 2)
        while place >= 0:
            if text[place - 1] == one and _opened(text, place - 1):
                places.append(place - 1)
            place = find(nine, place + 3)
        place = find(two, 1)
        while place >= 0:
            if text[place + 1 : place + 2] != nought:
                place = find(two, place + 2)
                continue
            if _opened(text, place):
                places.append(place)
            place = find(two, place + 4)
    return places


def _opened(text: str, year: int) -> bool:
    before = text[year - 1]
    return before in _BEFORE_YEAR or (before in _BLANKS and text[year - 2 : year - 1] in _OPENINGS)


def _at_year(text: str, year: int, book: CodeBook, latest_year: int) -> Iterator[NumberMention]:
    """What a year begins that needs no 号: 〔2019〕40 whose 号 is lost, -2017- of a registration number."""
    before = year - 1 if text[year - 1 : year] not in _BLANKS else year - 2
    if before < 0:
        return
    if text[before] in _OPENINGS:
        start, window = _around(text, before)
        if match := NO_HAO.match(window, before - start):
            for mention in without_hao(window, match, book, latest_year):
                yield _as_written(mention, start, text)
    elif text[before] in _DASHES and before == year - 1 and text[before - 1 : before].isalpha():
        start = max(0, before - 8)
        if match := _REGISTRATION.search(fold(text[start : before + 20])):
            yield from _registration(match, start, text)


def _may_end_number(text: str, hao: int) -> bool:
    before = hao - 1
    while before >= 0 and text[before] in _BLANKS and hao - before < 5:
        before -= 1
    return before >= 0 and text[before] in _PLAUSIBLE


def _around(text: str, place: int, left: int = REACH, right: int = REACH) -> tuple[int, str]:
    """The folded neighbourhood of an anchor, wide enough for five joint issuers and a list of numbers."""
    start = max(0, place - left)
    return start, fold(text[start : place + right])


def _at_hao(text: str, hao: int, book: CodeBook, latest_year: int, done: int) -> list[NumberMention]:
    """The numbers that a 号 ends. Its near neighbourhood is read first; the wide one only where something found
    there touches the edge, as a long list or many joint issuers do."""
    start, window = _around(text, hao, *NEAR)
    found = list(_at(window, hao - start, book, latest_year, max(0, done - start)))
    if found and not _well_inside(found, start, window, text):
        start, window = _around(text, hao)
        found = list(_at(window, hao - start, book, latest_year, max(0, done - start)))
    return [_as_written(mention, start, text) for mention in found]


def _well_inside(found: list[NumberMention], start: int, window: str, text: str) -> bool:
    left = start == 0 or min(mention.span.start for mention in found) >= MARGIN
    whole = start + len(window) == len(text)
    return left and (whole or max(mention.span.end for mention in found) <= len(window) - MARGIN)


def _joined(text: str, start: int, end: int) -> Iterator[NumberMention]:
    """GZ0320240034 has no separators: it is looked for only behind 统一编号 at the head of a page, or where it is
    nearly all there is."""
    for match in _JOINED.finditer(fold(text[start:end])):
        yield from _registration(match, start, text)


def _at(folded: str, hao: int, book: CodeBook, latest_year: int, floor: int) -> Iterator[NumberMention]:
    core = core_at(folded, hao)
    if core is None:
        return
    mention = _interpret(folded, core, book, latest_year, floor)
    if mention is None:
        return
    yield mention
    number = mention.number
    if number is None:
        return
    for start, end, serial in core.others:
        if serial:
            yield replace(mention, span=Span(start, end), number=replace(number, serial=serial), rule="number.list")
    yield from _carried(folded, mention, core, book)


def _interpret(folded: str, core: Core, book: CodeBook, latest_year: int, floor: int) -> NumberMention | None:
    """The mention that the core makes with what stands on both sides of it, or None when it is no document number."""
    if core.serial == 0:
        return None
    hao_end = core.others[-1][1] if core.others else core.end
    after = folded[hao_end : hao_end + 3].lstrip(" ") if not _own_code(folded, core, book) else ""
    before = (
        folded[: core.start].rstrip(" \n") if core.start < 40 else folded[core.start - 40 : core.start].rstrip(" \n")
    )
    if core.shape == "boxed" and folded[core.end : core.end + 1] not in ("]", ")", "〕"):
        return None
    for word, kind in _WORDS.items():
        if before.endswith(word) and not core.lost:
            return _named(folded, core, kind, word, folded.rindex(word, 0, core.start), core.end, book, floor)
        if after.startswith(word) and core.shape in ("bracket", "plain", "ordinal") and not core.middle:
            end = core.end if core.others else folded.index(word, core.end) + len(word)
            return _named(folded, core, kind, word, core.start, end, book, floor)
    if core.shape in ("ordinal", "boxed", "session"):
        return _without_year(folded, core, book, floor)
    if core.shape == "plain" and not core.middle and core.nian and (core.year_digits == 4 or not core.ordinal):
        return _lone(folded, core)
    return _with_code(folded, core, book, latest_year)


def _own_code(folded: str, core: Core, book: CodeBook) -> bool:
    """国办发〔2019〕3号公告: what follows a complete number is not a part of it."""
    if core.shape != "bracket":
        return False
    code = code_before(folded, core.start, book).text
    return code in book.codes or (len(code) >= 3 and code.endswith(("发", "函", "字", "规", "告")))


def _named(
    folded: str, core: Core, kind: NumberKind, word: str, left: int, end: int, book: CodeBook, floor: int
) -> NumberMention | None:
    """Orders and announcements: the organ's full name stands where the code would."""
    year = core.year
    if year is None and kind is NumberKind.ANNOUNCEMENT and left < core.start:
        year, left = year_before(folded, left)
    organ = organ_before(folded, left, floor, book.organs)
    if core.serial is None and word == "令":
        return None
    if kind is NumberKind.ANNOUNCEMENT and core.shape in ("bracket", "no_serial") and left < core.start:
        return _announcement_with_bracket(folded, core, organ, word, end)
    if core.shape == "ordinal" and core.year is None and not organ.text and left >= core.start and not core.ordinal:
        weak = 0.5  # 62号公告: year and organ must come from the context
    else:
        weak = 1.0 if organ.text else 0.8
    infix = word if word == "通告" else ""
    end += core.shape == "boxed"
    if word == "公告" and organ.text.endswith(
        ("人民代表大会", "常务委员会", "人大常委会", "人民代表大会常委会", "人大")
    ):
        kind = NumberKind.CONGRESS
    if core.shape == "session":
        kind, infix = NumberKind.CONGRESS, core.middle
    number = DocumentNumber(organ.text or None, year, core.serial, kind, infix)
    return NumberMention(
        "", Span(min(organ.start, core.start), end), number, f"number.{kind.value}", weak, bool(core.lost)
    )


def _announcement_with_bracket(folded: str, core: Core, organ: LeftPart, word: str, end: int) -> NumberMention:
    """税委会公告〔2019〕6号: bracketed year, so the word 公告 belongs to a 字号."""
    code = organ.text + word
    number = DocumentNumber(code, core.year, core.serial, NumberKind.DOCUMENT)
    return NumberMention("", Span(min(organ.start, core.start - len(word)), end), number, "number.document", 0.9)


def _without_year(folded: str, core: Core, book: CodeBook, floor: int) -> NumberMention | None:
    """晋政发第49号, 北京市人民代表大会常务委员会第11号, and a line that is 第三号 and nothing else."""
    left = folded[max(0, core.start - 10) : core.start]
    if core.ordinal and left.endswith(("常务委员会", "人大常委会")):
        organ = organ_before(folded, core.start, floor, book.organs)
        session = core.middle if core.shape == "session" else ""
        number = DocumentNumber(organ.text, None, core.serial, NumberKind.CONGRESS, session)
        end = core.end + (core.shape == "boxed")
        return NumberMention("", Span(organ.start, end), number, "number.congress", 0.8)
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
    infix, end = core.middle.removesuffix("-").removesuffix("第"), core.end
    if not part.text and infix:
        return _year_first(core, infix)
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


def _year_first(core: Core, code: str) -> NumberMention | None:
    """[2021]苏科提复45号, (2021)国科科函字第99号. Court cases (2018)粤民终12号 have the same shape."""
    if _CASE_CODE.search(code) or _NOT_CODE.search(code) or len(code) < 2 or code[0] in "年第度月":
        return None
    number = DocumentNumber(code, core.year, core.serial)
    return NumberMention("", Span(core.start, core.end), number, "number.year_first", 0.9, bool(core.lost))


def _carried(folded: str, mention: NumberMention, core: Core, book: CodeBook) -> Iterator[NumberMention]:
    """The rest of A号、B号和C号: what follows shares code, and year unless it names its own."""
    number = mention.number
    if number is None:
        return
    end = max(mention.span.end, core.others[-1][1] if core.others else 0)
    if core.others and number.kind is not NumberKind.DOCUMENT:
        end = _behind_word(folded, end)[1]
    while (match := _CARRY.match(folded, end)) and int(match["serial"]):
        year = int(match["year"] or match["plain"] or number.year or 0) or None
        word, right = _behind_word(folded, match.end())
        if (year and not 1949 <= year <= 2100) or (word and _WORDS[word] is not number.kind):
            return
        carried = replace(number, serial=int(match["serial"]), year=year)
        span = Span(match.start("plain" if match["plain"] else "serial"), match.end())
        yield replace(mention, span=span, number=carried, rule="number.carried", confidence=0.9)
        end = right
    adjacent = _ADJACENT.match(folded, end)
    if adjacent and book.knows(adjacent[1]) and int(adjacent[2]):
        carried = DocumentNumber(adjacent[1], number.year, int(adjacent[2]))
        yield replace(mention, span=Span(*adjacent.span()), number=carried, rule="number.carried", confidence=0.7)


_WORD = re.compile(r" {0,2}(令)| ?(公告|通告)")


def _behind_word(folded: str, position: int) -> tuple[str, int]:
    match = _WORD.match(folded, position)
    return (match[1] or match[2], match.end()) if match else ("", position)


def _registration(match: re.Match[str], offset: int, text: str) -> Iterator[NumberMention]:
    """规范性文件登记号: ZBCR-2017-0020003, HFGS—2017—9, GZ0320240034. Standards are not (GB-2012-3)."""
    if match["code"] in _STANDARDS or not int(match["serial"]):
        return
    serial = match["serial"]
    number = DocumentNumber(match["code"], int(match["year"]), int(serial), NumberKind.REGISTRATION, width=len(serial))
    yield _as_written(NumberMention("", Span(*match.span()), number, "number.registration", 1.0), offset, text)
