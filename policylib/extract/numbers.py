"""发文字号 and its relatives in text: found, taken apart, repaired where damage left one reading.

The scanner looks at every 号 and reads leftwards: the window before it is reversed and matched by patterns that begin
with 号. What has no 号 is looked for at its year, so text without numbers costs six passes over it (docs/decisions.md).
What is left of year and serial, 机关代字 or an organ's name, is read by `codes`. Source of the grammar: domain.md §2.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from policylib.extract.codes import CodeBook, LeftPart, builtin_book, code_before, organ_before, year_before
from policylib.extract.folding import HIDDEN, fold, restore, without_glosses, without_hidden
from policylib.extract.number_repair import NO_HAO, repaired, without_hao
from policylib.extract.number_shapes import CLOSE, HAN, MISREAD, OPEN, Core, Sighting, core_at
from policylib.model import DocumentNumber, NumberKind, NumberMention, Span

HEAD: Final = 4000  # characters in which a page shows its metadata
MAX_LONE: Final = 64  # characters of a text that is little more than a number
REACH: Final = 400  # five joint issuers of an announcement take 105 characters, twelve about 250
NEAR_LEFT: Final = 96  # characters left of 号: year to 号 take 56, a code 22; so much is enough for nearly all
NEAR_RIGHT: Final = 32  # behind 号, or of a year whose 号 is lost
MARGIN: Final = 24  # characters; what comes closer to the end of what was read may go on behind it
LATEST_REPAIR: Final = 2048  # a hundred years; there is no clock here, and a year further off is itself damaged
_CARRY = re.compile(
    rf" ?(?:、|,|和|及|与|以及) ?(?P<own>(?P<plain>(?:19|20)\d\d)年|{OPEN}(?P<year>(?:19|20)\d\d){CLOSE})?"
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
_KINDS = {"令": NumberKind.ORDER, "公告": NumberKind.ANNOUNCEMENT, "通告": NumberKind.ANNOUNCEMENT}
_WORDS = tuple(_KINDS)
_LONE = re.compile(r"(?:19|20)\d\d年第?\d{1,5}号|第(?:\d{1,5}|[一二三四五六七八九十百〇零]{1,5})号")


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
    if glossed := without_glosses(text, traditional):
        bare, origins = glossed
        inner = find_numbers(bare, book, latest_year)
        return tuple(replace(one, span=(span := restore(one.span, origins)), raw=span.of(text)) for one in inner)
    found = _scan(text, traditional, book or builtin_book(), latest_year)
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


def _scan(text: str, traditional: bool, book: CodeBook, latest_year: int) -> list[NumberMention]:
    """Looks only where an anchor stands, and folds only there: text without numbers costs a few passes."""
    done = 0
    found: list[NumberMention] = []
    if len(text) < MAX_LONE:
        found += _joined(text, 0, len(text))
    for hao in _anchors(text, traditional) if traditional or "号" in text else ():
        if hao < HEAD and text[hao - 1 : hao] in ("编", "編"):
            found += _joined(text, hao, hao + 33)
        if hao >= done and _may_end_number(text, hao):
            for mention in _at_hao(text, hao, book, latest_year, done):
                done = max(done, mention.span.end)
                found.append(mention)
    for year in _years(text):
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


_CENTURIES = (("1", "9", _twenty("2", "0")), ("１", "９", _twenty("２", "０")))


def _years(text: str) -> list[int]:
    """Where 19.. or 20.. stands behind a bracket, with a blank between or none, or behind a dash.

    Asked of every digit of every text: 19 is looked for by its 9, which is rarer than 1, and then in Python; 20, which
    begins most dates, by a pattern.
    """
    years: list[int] = []
    wide = "２" in text or "９" in text
    for one, nine, twenty in _CENTURIES if wide else _CENTURIES[:1]:
        place = text.find(nine, 2)
        while place >= 0:
            if text[place - 1] == one and _opened(text, place - 1):
                years.append(place - 1)
            place = text.find(nine, place + 3)
        if twenty.search(text):
            years += [match.start() for match in twenty.finditer(text)]
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
    found = _at(window, hao - start, book, latest_year, max(0, done - start))
    if found and not _well_inside(found, start, window, text):
        start, window = _around(text, hao)
        found = _at(window, hao - start, book, latest_year, max(0, done - start))
    return [_as_written(seen, start, text) for seen in found]


def _at_hao_between_hidden(text: str, hao: int, book: CodeBook, latest_year: int, done: int) -> list[NumberMention]:
    """The same where characters that nobody sees stand in the neighbourhood: it is read without them."""
    start = max(0, hao - REACH)
    around = text[start : hao + REACH]
    bare, origins = without_hidden(around) or (around, tuple(range(len(around) + 1)))
    floor = bisect_left(origins, max(0, done - start))
    seen = _at(fold(bare), origins.index(hao - start), book, latest_year, floor)
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


def _at(folded: str, hao: int, book: CodeBook, latest_year: int, floor: int) -> list[Sighting]:
    core = core_at(folded, hao)
    seen = _interpret(folded, core, book, latest_year, floor) if core else None
    if core is None or seen is None:
        return []
    number = seen.number
    if number is None:
        return [seen]
    found = [seen]
    for start, end, serial in core.others:
        if serial:
            listed = replace(number, serial=serial)
            found.append(seen._replace(start=start, end=end, number=listed, rule="number.list"))
    found += _carried(folded, seen, number, core, book)
    return found


def _interpret(folded: str, core: Core, book: CodeBook, latest_year: int, floor: int) -> Sighting | None:
    """What the core makes with what stands on both sides of it, or None when it is no document number."""
    if core.serial == 0:
        return None
    if core.shape == "boxed" and folded[core.end : core.end + 1] not in ("]", ")", "〕"):
        return None
    start = max(0, core.start - 40)
    before = folded[start : core.start].rstrip(" \n")
    front = _word(before[-2:]) if before.endswith(_WORDS) and not core.lost else ""
    behind = "" if front == "令" else _word_behind(folded, core, book)  # 公告第5号令 is an order
    if front and (not behind or _WORDS.index(front) <= _WORDS.index(behind)):
        return _named(folded, core, front, start + len(before) - len(front), core.end, book, floor)
    if behind:
        end = core.end if core.others else folded.index(behind, core.end) + len(behind)
        return _named(folded, core, behind, core.start, end, book, floor)
    if core.shape in ("ordinal", "boxed", "session"):
        return _without_year(folded, core, book, floor)
    if core.shape == "plain" and not core.middle and core.nian and (core.year_digits == 4 or not core.ordinal):
        return _lone(folded, core)
    return _with_code(folded, core, book, latest_year)


def _word(text: str) -> str:
    """令, 公告 or 通告 out of the two characters that have it."""
    return text if text in _KINDS else "令"


def _word_behind(folded: str, core: Core, book: CodeBook) -> str:
    """令, 公告 or 通告 behind the number where it is a part of it."""
    if core.shape not in ("bracket", "plain", "ordinal") or core.middle:
        return ""
    end = core.others[-1][1] if core.others else core.end
    after = folded[end : end + 3].lstrip(" ")
    if not after.startswith(_WORDS) or (core.shape == "bracket" and _own_code(folded, core, book)):
        return ""
    return _word(after[:2])


def _own_code(folded: str, core: Core, book: CodeBook) -> bool:
    """国办发〔2019〕3号公告: what follows a complete number is not a part of it."""
    code = code_before(folded, core.start, book).text
    return code in book.codes or (len(code) >= 3 and code.endswith(("发", "函", "字", "规", "告")))


def _named(folded: str, core: Core, word: str, left: int, end: int, book: CodeBook, floor: int) -> Sighting | None:
    """Orders and announcements: the organ's full name stands where the code would."""
    kind, year = _KINDS[word], core.year
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
    start = min(organ.start, core.start)
    return Sighting(start, end, number, f"number.{kind}", weak, bool(core.lost))


def _announcement_with_bracket(folded: str, core: Core, organ: LeftPart, word: str, end: int) -> Sighting:
    """税委会公告〔2019〕6号: bracketed year, so the word 公告 belongs to a 字号."""
    code = organ.text + word
    number = DocumentNumber(code, core.year, core.serial, NumberKind.DOCUMENT)
    return Sighting(min(organ.start, core.start - len(word)), end, number, "number.document", 0.9)


def _without_year(folded: str, core: Core, book: CodeBook, floor: int) -> Sighting | None:
    """晋政发第49号, 北京市人民代表大会常务委员会第11号, and a line that is 第三号 and nothing else."""
    left = folded[max(0, core.start - 10) : core.start]
    if core.ordinal and left.endswith(("常务委员会", "人大常委会")):
        organ = organ_before(folded, core.start, floor, book.organs)
        session = core.middle if core.shape == "session" else ""
        number = DocumentNumber(organ.text, None, core.serial, NumberKind.CONGRESS, session)
        end = core.end + (core.shape == "boxed")
        return Sighting(organ.start, end, number, "number.congress", 0.8)
    if core.ordinal and core.shape == "ordinal" and left.endswith(("发", "字", "函", "规")):
        part = code_before(folded, core.start, book)
        if 3 <= len(part.text) <= 8 and not _LICENCE.search(part.text) and (part.known or part.bounded):
            number = DocumentNumber(part.text, None, core.serial)
            return Sighting(part.start, core.end, number, "number.no_year", 0.6)
    return _lone(folded, core)


def _lone(folded: str, core: Core) -> Sighting | None:
    """A bare number is one only where it fills its line."""
    line_start = folded.rfind("\n", 0, core.start) + 1
    line_end = folded.find("\n", core.end)
    line = folded[line_start : line_end if line_end >= 0 else len(folded)].strip(" ")
    if not _LONE.fullmatch(line.replace(" ", "")):
        return None
    number = DocumentNumber(None, core.year, core.serial, NumberKind.BARE)
    return Sighting(core.start, core.end, number, "number.bare", 0.6)


def _with_code(folded: str, core: Core, book: CodeBook, latest_year: int) -> Sighting | None:
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
    seen = Sighting(start, end, number, "number.document", sure)
    if core.lost:
        return repaired(seen, core, part, latest_year)
    if core.serial is None:
        return seen._replace(rule="number.no_serial", confidence=0.5)
    return seen if not part.uncertain else seen._replace(rule="number.code_uncertain", confidence=0.6)


def _plausible_infix(infix: str) -> bool:
    return len(infix) <= 2 or infix.endswith(("字", "字发", "发", "函"))


def _year_first(core: Core, code: str) -> Sighting | None:
    """[2021]苏科提复45号, (2021)国科科函字第99号. Court cases (2018)粤民终12号 have the same shape."""
    if _CASE_CODE.search(code) or _NOT_CODE.search(code) or len(code) < 2 or code[0] in "年第度月":
        return None
    number = DocumentNumber(code, core.year, core.serial)
    return Sighting(core.start, core.end, number, "number.year_first", 0.9, bool(core.lost))


def _carried(folded: str, seen: Sighting, number: DocumentNumber, core: Core, book: CodeBook) -> Iterator[Sighting]:
    """The rest of A号、B号和C号: what follows shares code, and year until one
    names its own: 〔2016〕31号、〔2017〕12号、15号."""
    end = max(seen.end, core.others[-1][1]) if core.others else seen.end
    if core.others and number.kind is not NumberKind.DOCUMENT:
        end = _behind_word(folded, end)[1]
    while (match := _CARRY.match(folded, end)) and int(match["serial"]):
        year = int(match["year"] or match["plain"] or number.year or 0) or None
        word, right = _behind_word(folded, match.end())
        if (year and not 1949 <= year <= 2100) or (word and _KINDS[word] is not number.kind):
            return
        number = replace(number, serial=int(match["serial"]), year=year)
        start = match.start("own" if match["own"] else "serial")
        yield seen._replace(start=start, end=match.end(), number=number, rule="number.carried", confidence=0.9)
        end = right
    adjacent = _ADJACENT.match(folded, end)
    if adjacent and book.knows(adjacent[1]) and int(adjacent[2]):
        carried = DocumentNumber(adjacent[1], number.year, int(adjacent[2]))
        start, end = adjacent.span()
        yield seen._replace(start=start, end=end, number=carried, rule="number.carried", confidence=0.7)


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
    yield _as_written(Sighting(*match.span(), number, "number.registration", 1.0), offset, text)
