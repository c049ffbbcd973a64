"""What year and serial make with what stands on both sides of them: code, organ, 令 and 公告, the rest of a list.

Everything here reads folded text. Which shapes year and serial have is told by `number_shapes`, where to look for them
by `numbers`. Source of the grammar: domain.md §2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policylib.extract.codes import CodeBook, LeftPart, code_before, organ_before, year_before
from policylib.extract.number_repair import repaired
from policylib.extract.number_shapes import CLOSE, HAN, OPEN, Core, Sighting, core_at
from policylib.model import DocumentNumber, NumberKind

_CARRY = re.compile(
    rf" ?(?:、|,|和|及|与|以及) ?(?P<own>(?P<plain>(?:19|20)\d\d)年|{OPEN}(?P<year>(?:19|20)\d\d){CLOSE})?"
    r"(?P<ordinal>第)?(?P<serial>\d{1,5})号"
)
_ADJACENT = re.compile(rf"({HAN}{{2,4}})(\d{{1,4}})号")
_CASE_CODE = re.compile(r"[民刑行执赔破].{0,2}(?:[初终再申监特异复抗更]|[初终再申监]字)$|委赔|仲.?案|商初|知初")
_NOT_CODE = re.compile(r"(?:许证字|食健字|准字|国用|集用|证|执照|证书|合同|协议|编号|图|标段|批次|项目|名单|^第)$|^度")
_LICENCE = re.compile(r"证|照|许可|备|登|险|权|档|药")
_PROPOSAL = re.compile(" ?(?:提案|建议|议案)")
"""第20211012号提案: proposals are counted with the year before the serial."""
_KINDS = {"令": NumberKind.ORDER, "公告": NumberKind.ANNOUNCEMENT, "通告": NumberKind.ANNOUNCEMENT}
_WORDS = tuple(_KINDS)
_LONE = re.compile(r"(?:19|20)\d\d年第?\d{1,5}号|第(?:\d{1,5}|[一二三四五六七八九十百〇零]{1,5})号")


def sightings_at(folded: str, hao: int, book: CodeBook, latest_year: int, floor: int) -> list[Sighting]:
    """The numbers of the folded text that end in the 号 at `hao`: one, or all that a list of serials names. What was
    read before `floor` is no organ's name."""
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
    end = core.others[-1].end if core.others else core.end
    after = folded[end : end + 4].lstrip(" ")
    if (
        not after.startswith(_WORDS)
        or after[2:3] in _BOARDS
        or (core.shape == "bracket" and _own_code(folded, core, book))
    ):
        return ""
    return _word(after[:2])


_BOARDS = ("栏", "牌", "板")  # 沿河路12号公告栏


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
        return _announcement_with_bracket(core, organ, word, end)
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


def _announcement_with_bracket(core: Core, organ: LeftPart, word: str, end: int) -> Sighting:
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
    if code and core.year_digits == 2 and code.endswith(_ORGANS) and infix.endswith(("字", "发", "函")):
        return _year_first(core, infix)  # 卫生部(81)卫防字26号
    if core.shape == "bracket" and infix and not _plausible_infix(infix):
        return None
    if (code is None and core.shape != "bracket") or core.serial == 0:
        return None
    if core.shape in ("plain", "glued", "closed", "turned") and not (part.known or part.bounded):
        return None
    if core.shape == "glued" and (part.text.endswith("第") or _PROPOSAL.match(folded, core.end)):
        return None
    number = DocumentNumber(code, core.year, core.serial, infix=infix)
    start, sure = (part.start, 1.0 if part.known else 0.9) if code else (core.start, 0.6)
    seen = Sighting(start, end, number, "number.document", sure)
    if core.lost:
        return repaired(seen, core, part, latest_year)
    if core.serial is None:
        return seen._replace(rule="number.no_serial", confidence=0.5)
    return seen if not part.uncertain else seen._replace(rule="number.code_uncertain", confidence=0.6)


_ORGANS = ("部", "委", "局", "厅", "院", "署", "政府")


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
    end = max(seen.end, core.others[-1].end) if core.others else seen.end
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
