"""The shapes of year and serial before 号, each read from right to left (domain.md §2.1, §2.3, §2.6).

The scanner reverses a short window that ends in 号 and matches these patterns, which begin with 号: text without
numbers then costs one `str.find` a 号.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from policylib.extract.numerals import chinese_number
from policylib.model import DocumentNumber

MAX_SERIAL: Final = 99999
_WINDOW: Final = 56  # longest run from year bracket to 号 in 11,463 measured numbers is 31, with joint serial lists 50
_SPACE = r"[ \n]{0,3}"
OPEN = r"[〔\[(【〖〈<{「『]"
_CLOSING = r"[〕\])】〗〉>}」』〔\[jJ]"
CLOSE = rf"{_CLOSING}{{1,2}}"
_YEAR = r"\d\d(?:91|02)"  # reversed
_CHINESE_DIGITS = "一二三四五六七八九十百〇零"
_CHINESE_YEAR = rf"[{_CHINESE_DIGITS}○]{{2}}[九〇零○][一二]"  # reversed: 一九八二, 二〇一八
_SERIAL = rf"(?:\d{{1,6}}|[{_CHINESE_DIGITS}]{{1,5}})"
_NUMERALS = re.compile(rf"\d+|[{_CHINESE_DIGITS}]+")
_NUMERAL = rf"[0-9{_CHINESE_DIGITS}]"
_SERIALS = rf"(?P<serial>{_SERIAL}(?:第?[、,和及与]{_SERIAL}){{0,20}})"
HAN = r"[\u3400-\u9fff]"
_MIDDLE = rf"(?P<middle>(?:{HAN}|[\])〕]{HAN}{{1,4}}[\[(〔]){{1,12}}?)"

_TERM = rf"(?:\d{{1,2}}|[{_CHINESE_DIGITS}]{{1,3}})"  # of a congress
_CUT = r"[ \n:]{0,2}"
_BREAKS = re.compile(r"[ \n:]")
_TWICE = r"(?:(?<=〔)〔|(?<=\[)\[|(?<=【)【)?"  # 〔〔2022〕〕12号
_LOST: Final = {
    "glued_bracket": ("〕",),
    "glued": ("〔", "〕"),
    "closed": ("〔",),
    "turned": ("〔",),
    "cut_year": ("year",),
    "cut_serial": ("digits",),
    "same_year": ("year",),
}
_ORDER: Final = r"号(?P<serial>[0-9]{1,5})(?P<mark>第)(?=令|告公|告通)"  # 令第356号, the commonest
# Reversed: read each from right to left. The first that fits wins.
_SHAPES: Final = tuple(
    (name, _LOST.get(name, ()), re.compile(pattern))
    for name, pattern in (
        # 〔2017〕17号 [2017]第17号 (2022年)第149号 〔2022〕宣字6号 [1992]年第5号 [1992]沪公[户]165号 [993]83号 [93]14号
        (
            "bracket",
            rf"号{_SPACE}{_SERIALS}{_SPACE}[第\-]?{_SPACE}{_MIDDLE}??年?{_SPACE}{CLOSE}"
            rf"{_SPACE}年?{_SPACE}(?P<year>{_YEAR}|\d\d[89]|\d\d|{_CHINESE_YEAR}){_SPACE}{OPEN}{_TWICE}(?!(?:{CLOSE})?(?P=year)(?!\d))",
        ),
        ("ordinal", _ORDER),
        # 〔2022〕〔2022〕122号 〔20222022〕122号 2022〔2022〕122号
        (
            "same_year",
            rf"号(?P<serial>\d{{1,4}})第?{CLOSE}(?P<year>{_YEAR})(?:{OPEN}(?:{CLOSE})?)?(?P=year)(?!\d){OPEN}?",
        ),
        ("no_serial", rf"号{_SPACE}{CLOSE}{_SPACE}(?P<year>{_YEAR}){_SPACE}{OPEN}"),  # 〔2015〕号 〔2015〕  号
        (
            "session",
            rf"号(?P<serial>{_SERIAL})第?{CLOSE}(?P<session>届{_TERM}第?){OPEN}",
        ),  # 〔15届〕第19号 (第十五届)第8号
        # 公告15届第3号 公告(十三届第59号)
        ("session", rf"号(?P<serial>{_SERIAL})第(?P<session>届{_TERM}第?){OPEN}?(?={_SPACE}告公)"),
        ("swapped", rf"号{CLOSE}(?P<serial>\d{{1,4}}){OPEN}(?P<year>{_YEAR})(?!\d)"),  # 湘科发2022〔137〕号
        # 〔201717号 〔2017 17号
        ("glued_bracket", rf"号{_SPACE}(?P<serial>\d{{1,7}}){_SPACE}(?P<year>{_YEAR}){_SPACE}{OPEN}"),
        # 〔20 18〕5号 〔2：018〕5号, as recognition writes a year at the break of a line
        (
            "cut_year",
            rf"号{_SPACE}(?P<serial>\d{{1,5}}){_SPACE}{CLOSE}{_SPACE}"
            rf"(?P<year>\d{_CUT}\d{_CUT}(?:9{_CUT}1|0{_CUT}2)){_SPACE}{OPEN}",
        ),
        # 〔2017〕1 5 8号, spread over the line
        ("cut_serial", rf"号{_SPACE}(?P<serial>\d(?: \d){{1,4}}){_SPACE}第?{_SPACE}{CLOSE}(?P<year>{_YEAR}){OPEN}"),
        ("closed", rf"号{_SPACE}(?P<serial>\d{{1,4}})第?{_SPACE}{CLOSE}(?P<year>{_YEAR})(?={HAN})"),  # 政发2009〕88号
        # 国办发〕2019〕6号, the first bracket turned
        (
            "turned",
            rf"号{_SPACE}(?P<serial>\d{{1,4}})第?{_SPACE}(?P<turned>[〕\]】])(?P<year>{_YEAR})(?P=turned)(?={HAN})",
        ),
        # 2015年第57号 2015年1号 2019第9号 94年第13号 1994房字第231号 2015-13号
        (
            "plain",
            rf"号{_SPACE}{_SERIALS}{_SPACE}(?P<mark>第)?{_SPACE}(?P<middle>字{HAN}{{0,3}}?|[\-])?{_SPACE}"
            rf"(?P<nian>年)?{_SPACE}(?P<year>{_YEAR}|\d[5-9]|[{_CHINESE_DIGITS}]{{4}})(?!\d)",
        ),
        ("glued", rf"号(?P<serial>\d{{1,5}})(?P<year>{_YEAR})(?={HAN})"),  # 中办发201214号
        ("boxed", rf"号{_SPACE}(?P<serial>{_SERIAL}){_SPACE}第[\[(〔]"),  # 令[第20号] 令(第 333 号)
        (
            "ordinal",
            rf"号{_SPACE}{_SERIALS}(?:{_SPACE}(?P<mark>第)(?![、,和及与]{_NUMERAL})|(?!第|{_NUMERAL}|[、,和及与]{_NUMERAL}))",
        ),
    )
)
_ORDERED: Final = re.compile(_ORDER)
_CLOSER = re.compile(_CLOSING)  # a set alone, which `re` looks for at once
_WITHOUT_CLOSER: Final = tuple(one for one in _SHAPES if CLOSE not in one[2].pattern and one[0] != "turned")
MISREAD: Final = "lIOo"  # what recognition makes of 1 and 0: 〔2O19〕l2号
_DIGITS = str.maketrans(MISREAD, "1100")
_LETTER = re.compile(f"[{MISREAD}]")
_BEFORE_HAO = MISREAD + _CHINESE_DIGITS + "〕])】〗〉>}」』〔["


class Serial(NamedTuple):
    """A serial, and where it stands; the last one of a number with its 号."""

    start: int
    end: int
    value: int


class Core(NamedTuple):
    """Year and serial, before what stands left of them is known. Offsets are of the folded text."""

    shape: str
    start: int
    end: int
    year: int | None
    serial: int | None
    others: tuple[Serial, ...] = ()  # of a list, the first apart
    middle: str = ""
    lost: tuple[str, ...] = ()
    ordinal: bool = False
    nian: bool = False
    year_digits: int = 4
    padded: bool = False  # digits behind a year that begin with 0: a serial never does, so the split is not certain


class Sighting(NamedTuple):
    """A number seen in a folded window, before its place in the text is known. Offsets are of the window.

    A record of the model is frozen, which makes it four times as slow to make and to change as a tuple: the mention
    is made once, when all is known.
    """

    start: int
    end: int
    number: DocumentNumber | None
    rule: str
    confidence: float
    repaired: bool = False
    candidates: tuple[DocumentNumber, ...] = ()


def core_at(folded: str, hao: int) -> Core | None:
    before = hao - 1
    while before >= 0 and folded[before] in " \n" and hao - before < 5:
        before -= 1
    if before < 0 or not (folded[before].isdigit() or folded[before] in _BEFORE_HAO):
        return None
    window = folded[max(0, hao - _WINDOW) : hao + 1][::-1]
    shapes = _SHAPES
    if not _CLOSER.search(window):
        if order := _ORDERED.match(window):  # without what `_built` asks of the others
            return Core("ordinal", hao + 1 - order.end(), hao + 1, None, int(order[1][::-1]), ordinal=True)
        shapes = _WITHOUT_CLOSER
    elif _LETTER.search(window) and (core := _misread(window, hao)):
        return core
    for shape, lost, pattern in shapes:
        match = pattern.match(window)
        if match and (core := _built(shape, lost, match, hao)):
            return core
    return None


def _misread(window: str, hao: int) -> Core | None:
    """Year and serial in whole brackets, with letters that were digits on paper."""
    shape, _, pattern = _SHAPES[0]
    match = pattern.match(window.translate(_DIGITS))
    if match is None or len(match["year"]) != 4 or not _LETTER.search(window, 0, match.end()):
        return None
    return _built(shape, ("digits",), match, hao)


def _built(shape: str, lost: tuple[str, ...], match: re.Match[str], hao: int) -> Core | None:
    part = match.groupdict("").get
    digits = part("year", "")
    if digits and not digits.isalnum():
        digits = _BREAKS.sub("", digits)
    middle, mark, nian = part("middle", "")[::-1], part("mark", ""), part("nian", "")
    year = _year(digits, shape) if digits else None
    if (digits and year is None) or (shape == "plain" and not (mark or nian or middle)):
        return None
    serials = _serials(match, hao) if part("serial") else []
    if part("serial") and not serials:
        return None
    return Core(
        shape=shape,
        start=hao + 1 - len(match.group().rstrip(" \n")),
        end=serials[0].end if serials else hao + 1,
        year=year,
        serial=serials[0].value if serials else None,
        others=tuple(serials[1:]),
        middle=_session(match["session"][::-1]) if shape == "session" else middle,
        lost=(*lost, "year") if len(digits) == 3 else lost,
        ordinal=bool(mark) or shape in ("boxed", "session"),
        nian=bool(nian),
        year_digits=len(digits) or 4,
        padded=shape in ("glued", "glued_bracket") and match["serial"].endswith("0"),
    )


def _session(written: str) -> str:
    """第十五届 as 15届, the one spelling of a number's key."""
    term = chinese_number(written.removeprefix("第").removesuffix("届"))
    return f"{term}届" if term else written


def _year(reversed_digits: str, shape: str) -> int | None:
    digits = str(chinese_number(reversed_digits[::-1]) or "")
    if len(digits) == 4:
        return int(digits) if 1949 <= int(digits) <= 2100 else None
    if len(digits) == 3:
        return 1000 + int(digits) if int(digits) >= 949 else None  # [993]: the first digit lost
    return 1900 + int(digits) if shape in ("bracket", "plain") and int(digits) >= 49 else None


def _serials(match: re.Match[str], hao: int) -> list[Serial]:
    """Serials with their spans, left to right; the last one's span takes 号 in."""
    text = match["serial"][::-1]
    whole = text.replace(" ", "")
    start = hao + 1 - match.end("serial")
    if whole.isdigit() and whole.isascii():
        return [Serial(start, hao + 1, int(whole))] if int(whole) <= MAX_SERIAL else []
    parts: list[Serial] = []
    for one in _NUMERALS.finditer(text):
        value = chinese_number(one.group())
        if value is None or value > MAX_SERIAL:
            return []
        parts.append(Serial(start + one.start(), start + one.end(), value))
    parts[-1] = parts[-1]._replace(end=hao + 1)
    return parts
