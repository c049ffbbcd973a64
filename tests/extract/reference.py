"""A slow number scanner that reads as a person does, to hold the fast one to.

It folds the whole text, goes to every 号, and reads the shapes of number_shapes.py forwards, from the nearest start to
the farthest. No windows, no reversed patterns, no early ways out. Source: domain.md §2, docs/decisions.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from policylib.extract.codes import CodeBook, LeftPart, builtin_book, code_before, organ_before, year_before
from policylib.extract.folding import fold, restore, without_glosses, without_hidden
from policylib.extract.numbers import LATEST_REPAIR
from policylib.extract.numerals import chinese_number
from policylib.model import DocumentNumber, NumberKind, NumberMention, Span

WIDTH: Final = 56  # from the first character of a number's year to its 号

# The shapes, written forwards ------------------------------------------------------------------------------------

GAP = r"[ \n]{0,3}"
OPEN = r"[〔\[(【〖〈<{「『]"
OPENED = rf"(?:〔〔|\[\[|【【|(?!(?<=〔)〔|(?<=\[)\[|(?<=【)【){OPEN})"  # also written twice
CLOSE = r"[〕\])】〗〉>}」』〔\[jJ]{1,2}"
CLOSE_LAST = r"[〕\])】〗〉>}」』〔\[]{1,2}"  # right before 号
FOUR = r"(?P<year>(?:19|20)[0-9]{2})"
# inside brackets, 一九八二 too
SHORT = r"(?P<year>(?:19|20)[0-9]{2}|[89][0-9]{2}|[0-9]{2}|[一二][九〇零○][○〇零一二三四五六七八九十百]{2})"
CUT = r"(?P<year>(?:1[ \n:]{0,2}9|2[ \n:]{0,2}0)[ \n:]{0,2}[0-9][ \n:]{0,2}[0-9])"
NUMERAL = "0-9一二三四五六七八九十百〇零"
CHINESE = "一二三四五六七八九十百〇零"
HAN = r"[\u3400-\u9fff]"
BARE = rf"(?P<year>(?:19|20)[0-9]{{2}}|[5-9][0-9]|[{CHINESE}]{{4}})"  # without brackets
MARK = "(?P<mark>第)?"
TERM = rf"(?:[0-9]{{1,2}}|[{CHINESE}]{{1,3}})"
BEHIND_NOTICE = r"(?:(?<=公告)|(?<=公告[ \n])|(?<=公告[ \n]{2})|(?<=公告[ \n]{3}))"  # GAP, looked back over
SERIAL = rf"(?:[0-9]{{1,6}}|[{CHINESE}]{{1,5}})"
ONE = rf"(?P<serial>{SERIAL})"
LIST = rf"(?P<serial>{SERIAL}(?:[、,和及与]第?{SERIAL}){{0,20}})"
INFIX = rf"(?P<infix>(?:{HAN}|[\[(〔]{HAN}{{1,4}}[\])〕]){{1,12}}?)"
ALONE = rf"(?<![第{NUMERAL}])(?<![{NUMERAL}][、,和及与])"  # neither a part of a numeral nor the rest of a list


def _shape(*pieces: str) -> re.Pattern[str]:
    """The pieces one after the other, with room for blanks between them."""
    return re.compile(GAP.join(pieces))


SHAPES: Final = (
    ("bracket", _shape(OPENED, SHORT, "年?", CLOSE, rf"年?{INFIX}??", "[第\\-]?", LIST, "号")),
    (
        "same_year",
        re.compile(
            rf"(?:{OPEN}|(?<![0-9{OPEN[1:-1]}])){FOUR}(?:(?:{CLOSE})?{OPEN})?(?P=year){CLOSE}第?(?P<serial>[0-9]{{1,4}})号"
        ),
    ),
    ("no_serial", _shape(OPEN, FOUR, CLOSE_LAST, "号")),
    ("session", re.compile(rf"{OPEN}(?P<session>第?{TERM}届){CLOSE}第?{ONE}号")),
    ("session", re.compile(rf"{BEHIND_NOTICE}{OPEN}?(?P<session>第?{TERM}届)第{ONE}号")),
    ("swapped", re.compile(rf"(?<![0-9]){FOUR}{OPEN}(?P<serial>[0-9]{{1,4}}){CLOSE_LAST}号")),
    ("glued_bracket", _shape(OPEN, FOUR, "(?P<serial>[0-9]{1,7})", "号")),
    ("cut_year", _shape(OPEN, CUT, CLOSE, "(?P<serial>[0-9]{1,5})", "号")),
    ("cut_serial", re.compile(rf"{OPEN}{FOUR}{CLOSE}{GAP}第?{GAP}(?P<serial>[0-9](?: [0-9]){{1,4}}){GAP}号")),
    ("closed", _shape(rf"(?<={HAN}){FOUR}{CLOSE}", "第?(?P<serial>[0-9]{1,4})", "号")),
    ("turned", re.compile(rf"(?<={HAN})(?P<turned>[〕\]】]){FOUR}(?P=turned){GAP}第?(?P<serial>[0-9]{{1,4}}){GAP}号")),
    ("plain", _shape(rf"(?<![0-9]){BARE}", "(?P<nian>年)?", rf"(?P<infix>{HAN}{{0,3}}?字|-)?", MARK, LIST, "号")),
    ("glued", re.compile(rf"(?<={HAN}){FOUR}(?P<serial>[0-9]{{1,5}})号")),
    ("boxed", re.compile(rf"[\[(〔](?P<mark>第){GAP}{ONE}{GAP}号")),
    ("ordinal", _shape(rf"(?<![{NUMERAL}][、,和及与])(?P<mark>第)", LIST, "号")),
    ("ordinal", _shape(rf"{ALONE}{LIST}", "号")),
)  # fmt: skip
BRACKET_LOST: Final = ("glued_bracket", "glued", "closed", "turned", "cut_year", "cut_serial", "same_year")


@dataclass(frozen=True, slots=True)
class Reading:
    """Year and serials as they stand before a 号. `end` is behind 号; serials are (start, end, value)."""

    shape: str
    start: int
    end: int
    year: int | None
    serials: tuple[tuple[int, int, int], ...]
    infix: str = ""
    session: str = ""
    nian: bool = False
    mark: bool = False
    year_digits: int = 4
    misread: bool = False

    @property
    def serial(self) -> int | None:
        return self.serials[0][2] if self.serials else None

    @property
    def first_end(self) -> int:
        """Behind the first serial of a list, behind 号 where there is only one."""
        return self.serials[0][1] if len(self.serials) > 1 else self.end

    @property
    def damaged(self) -> bool:
        return self.shape in BRACKET_LOST or self.year_digits == 3 or self.misread


def reading_at(folded: str, hao: int) -> Reading | None:
    """What stands before the 号 at `hao`: of the first shape that fits, the nearest start that makes sense."""
    if reading := _misread(folded, hao):
        return reading
    for shape, pattern in SHAPES:
        for start in range(hao, max(0, hao - WIDTH) - 1, -1):
            match = pattern.fullmatch(folded, start, hao + 1)
            if match and (reading := _sensible(shape, match)):
                return reading
    return None


def _misread(folded: str, hao: int) -> Reading | None:
    """〔2O19〕l2号: letters between bracket and 号 that were digits on paper."""
    digits = folded.translate(str.maketrans("lIOo", "1100"))
    shape, pattern = SHAPES[0]
    for start in range(hao, max(0, hao - WIDTH) - 1, -1):
        match = pattern.fullmatch(digits, start, hao + 1)
        if match and len(match["year"]) == 4 and re.search("[lIOo]", folded[start:hao]):
            reading = _sensible(shape, match)
            return replace(reading, misread=True) if reading else None
    return None


def _sensible(shape: str, match: re.Match[str]) -> Reading | None:
    part = match.groupdict()
    written = re.sub("[ \n:]", "", part.get("year") or "")
    year = _year(written, shape)
    if shape == "bracket" and re.search(rf"(?<![0-9]){written}(?:{CLOSE})?$", match.string[: match.start()]):
        return None  # same_year
    serials = _serials(match) if part.get("serial") else ()
    if (written and year is None) or serials is None:
        return None
    if shape == "plain" and not (part["nian"] or part["infix"] or part["mark"]):
        return None  # 201917号
    return Reading(
        shape, match.start(), match.end(), year, serials, part.get("infix") or "", _session(part.get("session") or ""),
        bool(part.get("nian")), bool(part.get("mark")) or shape == "session", len(written) or 4
    )  # fmt: skip


def _session(written: str) -> str:
    term = chinese_number(written.strip("第届")) if written else None
    return f"{term}届" if term else written


def _year(written: str, shape: str) -> int | None:
    """1949 to 2100; 93 is 1993 and 993 has lost its first digit."""
    value = chinese_number(written) if written else None
    if value is None:
        return None
    if written.isdigit():
        value += {2: 1900, 3: 1000, 4: 0}[len(written)]
    return value if 1949 <= value <= 2100 else None


def _serials(match: re.Match[str]) -> tuple[tuple[int, int, int], ...] | None:
    found: list[tuple[int, int, int]] = []
    for one in re.finditer(rf"[0-9]+(?: [0-9])*|[{CHINESE}]+", match["serial"]):
        value = chinese_number(one.group().replace(" ", ""))
        if value is None or value > 99999:
            return None
        found.append((match.start("serial") + one.start(), match.start("serial") + one.end(), value))
    last = found[-1]
    return (*found[:-1], (last[0], match.end(), last[2]))


# What the number is -----------------------------------------------------------------------------------------------

CASE = re.compile(r"[民刑行执赔破].{0,2}(?:[初终再申监特异复抗更]|[初终再申监]字)$|委赔|仲.?案|商初|知初")
NOT_CODE = re.compile(r"(?:许证字|食健字|准字|国用|集用|证|执照|证书|合同|协议|编号|图|标段|批次|项目|名单|^第)$|^度")
LICENCE = re.compile(r"证|照|许可|备|登|险|权|档|药")
CONGRESSES = ("人民代表大会", "常务委员会", "人大常委会", "人民代表大会常委会", "人大")
LINE = re.compile(rf"(?:19|20)[0-9]{{2}}年第?[0-9]{{1,5}}号|第(?:[0-9]{{1,5}}|[{CHINESE}]{{1,5}})号")
KINDS = {"令": NumberKind.ORDER, "公告": NumberKind.ANNOUNCEMENT, "通告": NumberKind.ANNOUNCEMENT}
RANK = {word: rank for rank, word in enumerate(KINDS)}  # 公告第5号令 is an order
WORD_BEHIND = re.compile(r" {0,2}(令)| ?(公告|通告)")


@dataclass(frozen=True, slots=True)
class Text:
    """The folded text and all that decisions need to know. `read` is where the numbers read so far end."""

    folded: str
    book: CodeBook
    latest_year: int
    read: int = 0

    def organ(self, position: int) -> LeftPart:
        return organ_before(self.folded, position, self.read, self.book.organs)

    def code(self, position: int) -> LeftPart:
        return code_before(self.folded, position, self.book)

    def word_before(self, position: int) -> tuple[str, int]:
        """令, 公告 or 通告 in front of the number, and where it stands."""
        before = self.folded[:position].rstrip(" \n")
        word = next((word for word in KINDS if before.endswith(word)), "")
        return word, len(before) - len(word)

    def word_behind(self, position: int) -> tuple[str, int]:
        """令, 公告 or 通告 behind the number, and where it ends."""
        match = WORD_BEHIND.match(self.folded, position)
        on_a_board = match is not None and self.folded[match.end() : match.end() + 1] in ("栏", "牌", "板")
        return (match[1] or match[2], match.end()) if match and not on_a_board else ("", position)


def _mention(start: int, end: int, number: DocumentNumber | None, repaired: bool = False) -> NumberMention:
    return NumberMention("", Span(start, end), number, "reference", 1.0, repaired)


def decided(text: Text, reading: Reading) -> NumberMention | None:
    """What kind of number the reading is, with what stands on both sides; None when it is none."""
    if reading.shape == "boxed" and text.folded[reading.end : reading.end + 1] not in ("]", ")", "〕"):
        return None
    if 0 in [value for _, _, value in reading.serials[:1]]:
        return None
    front, left = text.word_before(reading.start)
    behind, right = text.word_behind(reading.end)
    if reading.damaged and reading.shape != "bracket":
        front = behind = ""
    if reading.damaged:
        front = ""
    if reading.shape not in ("bracket", "plain", "ordinal") or reading.infix or _own_code(text, reading):
        behind = ""
    if front and (not behind or RANK[front] <= RANK[behind]):
        return _with_word_in_front(text, reading, front, left)
    if behind:
        return _with_word_behind(text, reading, behind, right)
    if reading.shape in ("ordinal", "boxed", "session"):
        return _without_year(text, reading)
    if (
        reading.shape == "plain"
        and not reading.infix
        and reading.nian
        and (reading.year_digits == 4 or not reading.mark)
    ):
        return _filling_its_line(text, reading)
    return _with_code(text, reading)


def _own_code(text: Text, reading: Reading) -> bool:
    """国办发〔2019〕3号公告: what follows a complete number is not a part of it."""
    code = text.code(reading.start).text
    typed = len(code) >= 3 and code.endswith(("发", "函", "字", "规", "告"))
    return reading.shape == "bracket" and (code in text.book.codes or typed)


def _with_word_in_front(text: Text, reading: Reading, word: str, left: int) -> NumberMention | None:
    year = reading.year
    if word != "令" and year is None:
        year, left = year_before(text.folded, left)
    organ = text.organ(left)
    end = reading.first_end + (reading.shape == "boxed")
    if not reading.serials and word == "令":
        return None
    if word != "令" and reading.shape in ("bracket", "no_serial"):  # 税委会公告〔2019〕6号: a 字号
        return _mention(organ.start, end, DocumentNumber(organ.text + word, reading.year, reading.serial))
    return _mention(organ.start, end, _worded(organ, replace(reading, year=year), word))


def _with_word_behind(text: Text, reading: Reading, word: str, right: int) -> NumberMention | None:
    organ = text.organ(reading.start)
    end = reading.first_end if len(reading.serials) > 1 else right
    return _mention(organ.start, end, _worded(organ, reading, word), reading.damaged)


def _worded(organ: LeftPart, reading: Reading, word: str) -> DocumentNumber:
    kind, infix = KINDS[word], word if word == "通告" else ""
    if word == "公告" and organ.text.endswith(CONGRESSES):
        kind = NumberKind.CONGRESS
    if reading.session:
        kind, infix = NumberKind.CONGRESS, reading.session
    return DocumentNumber(organ.text or None, reading.year, reading.serial, kind, infix)


def _without_year(text: Text, reading: Reading) -> NumberMention | None:
    before = text.folded[: reading.start]
    if reading.mark and before.endswith(("常务委员会", "人大常委会")):
        organ = text.organ(reading.start)
        number = DocumentNumber(organ.text, None, reading.serial, NumberKind.CONGRESS, reading.session)
        return _mention(organ.start, reading.first_end + (reading.shape == "boxed"), number)
    if reading.mark and reading.shape == "ordinal" and before.endswith(("发", "字", "函", "规")):
        code = text.code(reading.start)
        if 3 <= len(code.text) <= 8 and not LICENCE.search(code.text) and (code.known or code.bounded):
            return _mention(code.start, reading.first_end, DocumentNumber(code.text, None, reading.serial))
    return _filling_its_line(text, reading)


def _filling_its_line(text: Text, reading: Reading) -> NumberMention | None:
    start = text.folded.rfind("\n", 0, reading.start) + 1
    line = text.folded[start:].split("\n", 1)[0]
    if not LINE.fullmatch(line.replace(" ", "")):
        return None
    number = DocumentNumber(None, reading.year, reading.serial, NumberKind.BARE)
    return _mention(reading.start, reading.end, number)


def _with_code(text: Text, reading: Reading) -> NumberMention | None:
    part = text.code(reading.start)
    infix = reading.infix.removesuffix("-").removesuffix("第")
    if infix and not part.text:
        return _year_first(reading, infix)
    if CASE.search(part.text) or NOT_CODE.search(part.text):
        return None
    organ_before = part.text.endswith(("部", "委", "局", "厅", "院", "署", "政府"))
    if reading.year_digits == 2 and organ_before and infix.endswith(("字", "发", "函")):
        return _year_first(reading, infix)  # 卫生部(81)卫防字26号
    if reading.shape == "bracket" and len(infix) > 2 and not infix.endswith(("字", "字发", "发", "函")):
        return None
    if not part.text and (reading.shape != "bracket" or reading.damaged):
        return None
    if reading.shape in ("plain", "glued", "closed", "turned") and not (part.known or part.bounded):
        return None
    behind = text.folded[reading.first_end : reading.first_end + 3].removeprefix(" ")
    proposed = behind.startswith(("提案", "建议", "议案"))
    if reading.shape == "glued" and (proposed or part.text.endswith("第")):
        return None
    number = DocumentNumber(part.text or None, reading.year, reading.serial, infix=infix)
    mention = _mention(part.start if part.text else reading.start, reading.first_end, number)
    opened = reading.shape not in ("glued", "closed", "turned")
    if not opened and not part.known and re.search("民政府|委员会|办公[厅室]", part.text):
        return replace(mention, number=None, repaired=True)
    return _repaired(text, mention, reading) if reading.damaged else mention


def _year_first(reading: Reading, infix: str) -> NumberMention | None:
    """[2021]苏科提复45号; not the court's (2018)粤民终12号."""
    if CASE.search(infix) or NOT_CODE.search(infix) or len(infix) < 2 or infix[0] in "年第度月":
        return None
    number = DocumentNumber(infix, reading.year, reading.serial)
    return _mention(reading.start, reading.first_end, number, reading.damaged)


def _repaired(text: Text, mention: NumberMention, reading: Reading) -> NumberMention:
    """§2.6: one reading, refused, or several candidates where the serial may be two numbers run together."""
    number, serial = mention.number, reading.serial
    assert number and number.year and serial
    start = reading.serials[0][0]
    glued = reading.shape in ("glued", "glued_bracket")
    if number.year > text.latest_year or serial > 9999 or (glued and text.folded[start] == "0"):
        return replace(mention, number=None, repaired=True)
    if serial < 1000 or reading.misread or reading.shape == "cut_serial":
        return replace(mention, repaired=True)
    halves = (serial, serial // 100, serial % 100)
    candidates = tuple(replace(number, serial=half) for half in halves if half)
    return replace(mention, number=None, repaired=True, candidates=candidates)


# Lists ------------------------------------------------------------------------------------------------------------

NEXT = re.compile(
    rf" ?(?:、|,|和|及|与|以及) ?(?P<own>(?P<plain>(?:19|20)[0-9]{{2}})年|{OPEN}(?P<year>(?:19|20)[0-9]{{2}}){CLOSE})?"
    r"第?(?P<serial>[0-9]{1,5})号"
)
BESIDE = re.compile(rf"({HAN}{{2,4}})([0-9]{{1,4}})号")


def listed(text: Text, mention: NumberMention, reading: Reading) -> Iterator[NumberMention]:
    """The numbers that share what the first one says: 3、4号, then 、5号和〔2020〕7号."""
    number = mention.number
    assert number
    for start, end, serial in reading.serials[1:]:
        if serial:
            yield replace(mention, span=Span(start, end), number=replace(number, serial=serial))
    word, _ = text.word_behind(reading.end) if number.kind is not NumberKind.DOCUMENT else ("", 0)
    end = max(reading.end, mention.span.end)
    if word and len(reading.serials) > 1:
        end = text.word_behind(reading.end)[1]
    while (match := NEXT.match(text.folded, end)) and int(match["serial"]):
        year = int(match["plain"] or match["year"] or number.year or 0) or None
        behind, right = text.word_behind(match.end())
        if (year and not 1949 <= year <= 2100) or (behind and KINDS[behind] is not number.kind):
            return
        number = replace(number, serial=int(match["serial"]), year=year)
        start = match.start("own") if match["own"] else match.start("serial")
        yield replace(mention, span=Span(start, match.end()), number=number)
        end = right if behind else match.end()
    beside = BESIDE.match(text.folded, end)
    if beside and text.book.knows(beside[1]) and int(beside[2]):
        carried = DocumentNumber(beside[1], number.year, int(beside[2]))
        yield replace(mention, span=Span(*beside.span()), number=carried)


# Without 号 ---------------------------------------------------------------------------------------------------------

BROKEN_OFF = re.compile(
    rf"{OPEN} ?{FOUR}年? ?(?P<close>[〕\])】]{{1,2}}|) ?(?P<mark>第|-)? ?"
    r"(?P<serial>[0-9]{1,5})(?![0-9号年月日.\-%]|[ \n]{1,3}(?:[0-9]{1,4}[ \n]{0,3})?号)"
)
TYPES = ("发", "函", "字", "办", "规", "通", "复", "电", "秘")


def broken_off(text: Text, match: re.Match[str]) -> NumberMention | None:
    """号 lost: 国办发〔2019〕40, 府办发〔202026 at a line's end, a line that is [2015]-176."""
    year, serial, glued = int(match["year"]), int(match["serial"]), not match["close"]
    part = text.code(match.start())
    if (
        not 1949 <= year <= 2100
        or not serial
        or text.folded[match.end() : match.end() + 1] not in {"", *"\n)】]》,。;、 "}
    ):
        return None
    if not part.text:
        line = text.folded[text.folded.rfind("\n", 0, match.start()) + 1 : match.start()]
        whole = match["mark"] == "-" and not line.strip(" (")
        return _mention(*match.span(), DocumentNumber(None, year, serial), repaired=True) if whole else None
    if match["serial"].startswith("0") or year > text.latest_year or serial > 9999 or match["mark"] == "-":
        return None
    shaped = len(part.text) >= 3 and part.text.endswith(TYPES)
    likely = part.regional and shaped if match.group()[0] == "(" else part.regional or shaped
    if not (part.known or likely):
        return None
    number = DocumentNumber(part.text, year, serial)
    mention = _mention(part.start, match.end(), number, repaired=True)
    return replace(mention, number=None, candidates=(number,)) if glued and serial >= 1000 else mention


# Registration numbers ---------------------------------------------------------------------------------------------

SEPARATED = re.compile(
    r"(?<![A-Za-z0-9\-])(?P<code>[A-Z]{3,6})-(?P<year>(?:19|20)[0-9]{2})-(?P<serial>[0-9]{1,8})(?![0-9\-])"
)
JOINED = re.compile(r"(?<![A-Za-z0-9])(?P<code>[A-Z]{2}0[1-9])(?P<year>20[0-9]{2})(?P<serial>[0-9]{4})(?![0-9])")
STANDARDS = frozenset(
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


def registrations(folded: str) -> Iterator[NumberMention]:
    """HFGS-2022-7 anywhere; GZ0320240034 where it is nearly all there is, or behind 编号 at the head of a page."""
    for match in SEPARATED.finditer(folded):
        if match["code"] not in STANDARDS and int(match["serial"]):
            yield _registered(match)
    for match in JOINED.finditer(folded):
        label = folded.rfind("编", max(0, match.end() - 34), match.start())
        if len(folded) < 64 or 0 <= label < 4000:
            yield _registered(match)


def _registered(match: re.Match[str]) -> NumberMention:
    code, year, serial = match["code"], int(match["year"]), match["serial"]
    number = DocumentNumber(code, year, int(serial), NumberKind.REGISTRATION, width=len(serial))
    return _mention(*match.span(), number)


# The scanner -------------------------------------------------------------------------------------------------------


def find_numbers_slowly(
    text: str, book: CodeBook | None = None, latest_year: int = LATEST_REPAIR
) -> tuple[NumberMention, ...]:
    """What `find_numbers` should find, with rule and confidence left open."""
    stripped = without_glosses(text, "號" in text) or without_hidden(text)
    bare, origins = stripped or (text, tuple(range(len(text) + 1)))
    every = _every(Text(fold(bare), book or builtin_book(), latest_year))
    apart = _apart(sorted(every, key=lambda one: (one.span.start, -one.span.end)))
    return tuple(_as_written(replace(one, span=restore(one.span, origins)), one.span.of(bare), text) for one in apart)


def _apart(mentions: list[NumberMention]) -> Iterator[NumberMention]:
    """Of mentions that overlap, the one that begins first."""
    end = 0
    for mention in mentions:
        if mention.span.start >= end:
            yield mention
            end = mention.span.end


def _every(text: Text) -> Iterator[NumberMention]:
    for hao in [match.start() for match in re.finditer("号", text.folded)]:
        reading = reading_at(text.folded, hao) if hao >= text.read else None
        mention = decided(text, reading) if reading else None
        if reading and mention:
            found = [mention, *(listed(text, mention, reading) if mention.number else ())]
            text = replace(text, read=max(text.read, *(one.span.end for one in found)))
            yield from found
    for match in BROKEN_OFF.finditer(text.folded):
        if mention := broken_off(text, match):
            yield mention
    yield from registrations(text.folded)


def _as_written(mention: NumberMention, bare: str, text: str) -> NumberMention:
    """With the raw text, and with the writer's brackets inside codes: 陕科（社）函."""

    def written(number: DocumentNumber) -> DocumentNumber:
        at = fold(bare).find(number.code) if number.code else -1
        if at < 0 or not number.code:
            return number
        pairs = zip(bare[at:], number.code, strict=False)
        return replace(number, code="".join(old if new in "()[]〔〕" else new for old, new in pairs))

    number = written(mention.number) if mention.number else None
    candidates = tuple(written(one) for one in mention.candidates)
    return replace(mention, raw=mention.span.of(text), number=number, candidates=candidates)
