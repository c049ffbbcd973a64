"""发文字号 and its relatives, as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from policylib.errors import NumberSyntaxError


class NumberKind(StrEnum):
    DOCUMENT = "document"  # 字号: 淄政办发〔2017〕17号
    ORDER = "order"  # 令: 国务院令第711号
    ANNOUNCEMENT = "announcement"  # 公告, 通告: 海关总署公告2015年第57号
    CONGRESS = "congress"  # 人大公告: 广东省人民代表大会常务委员会公告第40号
    REGISTRATION = "registration"  # 规范性文件登记号: ZBCR-2017-0020003
    BARE = "bare"  # 第3号, 2015年第8号: nothing that names a series


_HAN = "\u3007\u3400-\u9fff"
_CODE = rf"[?{_HAN}（）()\[\]〔〕、·0-9A-Z]"
_CHINESE_FIGURES = "一二三四五六七八九十百〇零○"
_INFIX = rf"(?!第[0-9]|[{_CHINESE_FIGURES}]+号)[{_HAN}]{{1,5}}?"  # neither 〔2017〕第3号 nor 〔2017〕十七号 has one
_YEAR = "(?:19[0-9]{2}|20[0-9]{2}|2100)"
_SERIAL = "[1-9][0-9]{0,4}"
_NO_CODE = re.compile(r"[（(\[〔][0-9]+[）)\]〕]|[0-9]年")  # 商务部令〔26〕第1号, 公告15年第57号: years of two digits

# The canonical forms, one a kind; `_PARTS` is tried in order and each is anchored at both ends.
_PARTS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    (NumberKind.REGISTRATION, re.compile(rf"(?P<code>[A-Z]{{2,6}})-(?P<year>{_YEAR})-(?P<serial>[0-9]{{1,8}})")),
    (NumberKind.REGISTRATION, re.compile(rf"(?P<code>[A-Z]{{2,6}}[0-9]{{2}})(?P<year>{_YEAR})(?P<serial>[0-9]{{4}})")),
    (
        NumberKind.CONGRESS,
        re.compile(
            rf"(?P<code>{_CODE}*?(?:人民代表大会|人大)(?:常务委员会|常委会)?)公告"
            rf"(?:〔(?P<infix>[0-9]{{1,2}}届)〕|(?P<year>{_YEAR})年)?第(?P<serial>{_SERIAL})号"
        ),
    ),
    (
        NumberKind.CONGRESS,
        re.compile(rf"(?P<code>{_CODE}*?)公告〔(?P<infix>[0-9]{{1,2}}届)〕第(?P<serial>{_SERIAL})号"),
    ),
    (
        NumberKind.ORDER,
        re.compile(rf"(?P<code>{_CODE}*?)令(?:〔(?P<year>{_YEAR})〕)?第(?P<serial>{_SERIAL})号"),
    ),
    (
        NumberKind.ANNOUNCEMENT,
        re.compile(rf"(?P<code>{_CODE}*?)(?P<infix>公告|通告)(?:(?P<year>{_YEAR})年)?第(?P<serial>{_SERIAL})号"),
    ),
    (NumberKind.BARE, re.compile(rf"(?:(?P<year>{_YEAR})年)?第(?P<serial>{_SERIAL})号")),
    (
        NumberKind.DOCUMENT,
        re.compile(rf"(?P<code>{_CODE}+?)??〔(?P<year>{_YEAR})〕(?P<infix>{_INFIX})?(?P<serial>{_SERIAL})?号"),
    ),
    (NumberKind.DOCUMENT, re.compile(rf"(?P<code>{_CODE}+?)第(?P<serial>{_SERIAL})号")),
)

_FOLD_KEY = str.maketrans("()[]〔〕", "（）（）（）")
_STATE_PREFIX = re.compile(r"(^|、)(?:原|中华人民共和国)+")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number, taken apart.

    code    机关代字 (淄政办发); for orders, announcements and congress the organ as written; None when none is written
    year    four digits, or None when none is written (国务院令第711号)
    serial  without leading zeros; None when the text has none (内司通〔2015〕号)
    infix   what stands beside the serial: the sub-register of 陕科协发〔2022〕宣字6号, the session of a congress
            announcement (15届), the word of an announcement when it is 通告
    width   digits of a registration number's serial, which is printed with its zeros

    `str(n)` is canonical and `DocumentNumber.parse(str(n)) == n` for each that was parsed or found in a text. The
    constructor checks nothing: what a text says may be damaged. `key` is equal for the spellings of one act.
    Source: domain.md §2.1, §2.3; GB/T 9704-2012 7.2.5.
    """

    code: str | None
    year: int | None
    serial: int | None
    kind: NumberKind = NumberKind.DOCUMENT
    infix: str = ""
    width: int = 0

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """The number that `text` is, canonically written and nothing else.

        淄政办发〔2017〕17号 · 国务院令第711号 · 商务部令〔2026〕第1号 · 海关总署公告2015年第57号 · ZBCR-2017-0020003

        Raises NumberSyntaxError with the column of the fault. Damaged and odd spellings are for `find_numbers`.
        """
        return _parsed(text)

    @classmethod
    def _from_match(cls, kind: NumberKind, part: dict[str, str | None]) -> DocumentNumber:
        infix = part.get("infix") or ""
        if kind is NumberKind.ANNOUNCEMENT and infix == "公告":
            infix = ""
        year, serial = part.get("year"), part.get("serial")
        return cls(
            code=part.get("code") or None,
            year=int(year) if year else None,
            serial=int(serial) if serial else None,
            kind=kind,
            infix=infix,
            width=len(serial or "") if kind is NumberKind.REGISTRATION else 0,
        )

    def __str__(self) -> str:
        serial = "" if self.serial is None else str(self.serial)
        code = self.code or ""
        if self.kind is NumberKind.DOCUMENT:  # as nearly all are
            return f"{code}第{serial}号" if self.year is None else f"{code}〔{self.year}〕{self.infix}{serial}号"
        match self.kind:
            case NumberKind.REGISTRATION:
                padded = serial.zfill(self.width)
                return f"{code}{self.year}{padded}" if code[-1:].isdigit() else f"{code}-{self.year}-{padded}"
            case NumberKind.ORDER:
                return f"{code}令〔{self.year}〕第{serial}号" if self.year else f"{code}令第{serial}号"
            case NumberKind.ANNOUNCEMENT:
                year = f"{self.year}年" if self.year else ""
                return f"{code}{self.infix or '公告'}{year}第{serial}号"
            case NumberKind.CONGRESS:
                counted = f"〔{self.infix}〕" if self.infix else f"{self.year}年" if self.year else ""
                return f"{code}公告{counted}第{serial}号"
            case NumberKind.BARE:
                return f"{self.year}年第{serial}号" if self.year else f"第{serial}号"

    @property
    def key(self) -> str:
        """One key for the spellings of one act: 国令第706号, 国务院令第706号 and 中华人民共和国国务院令第706号;
        海关总署公告〔2015〕57号 and 海关总署公告2015年第57号. Brackets inside a code count as one kind.

        A joint order bears the number of its lead, who is named first: 生态环境部、公安部令第23号 is
        生态环境部令第23号 and not 公安部令第23号. Joint announcements are counted apart from the lead's own."""
        if self.kind is NumberKind.REGISTRATION:
            return str(self)
        series, divided = _series(self.code or "", self.kind)
        infix = self.infix if divided else ""
        return f"{series}/{self.year or ''}/{infix}/{'' if self.serial is None else self.serial}"

    @property
    def complete(self) -> bool:
        """Whether the number can name a document without its context; 公告〔2023〕196号 does not say whose it is."""
        return self.code not in (None, "公告", "通告") and self.serial is not None

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.code or "", self.year or 0, self.serial or 0, self.infix)

    def __lt__(self, other: DocumentNumber) -> bool:
        return self.sort_key < other.sort_key


@lru_cache(maxsize=1 << 16)  # a library names the same papers again and again
def _parsed(text: str) -> DocumentNumber:
    for kind, pattern in _PARTS:
        match = pattern.fullmatch(text)
        if match and not _NO_CODE.search(match["code"] if "code" in pattern.groupindex and match["code"] else ""):
            return DocumentNumber._from_match(kind, match.groupdict())
    raise NumberSyntaxError(text, *_fault(text))


@lru_cache(maxsize=1 << 14)  # a library has few series, of many numbers each
def _series(code: str, kind: NumberKind) -> tuple[str, bool]:
    """One key for the spellings of a series, and whether what stands beside its serials tells some from others."""
    code = _STATE_PREFIX.sub(r"\1", code.translate(_FOLD_KEY))
    if kind is NumberKind.DOCUMENT and code.endswith(("公告", "通告")):
        code, kind = code[:-2], NumberKind.ANNOUNCEMENT
    if kind is NumberKind.ORDER:
        code = _lead(code)
    return f"{code}/{kind.value}", kind is not NumberKind.ANNOUNCEMENT


def _lead(organs: str) -> str:
    """Whose order it is: 规章制定程序条例 art. 30, 联合规章使用主办机关的命令序号 (domain.md §2.3)."""
    first = organs.partition("、")[0]
    return "国务院" if first == "国" else first


_OPENING = re.compile(rf"(?:[?{_HAN}]|[（(\[〔](?![{_CHINESE_FIGURES}]+[）)\]〕])[{_HAN}]{{1,4}}[）)\]〕])*")
_YEAR_STEP = (_YEAR, "四位年份")
_SERIAL_STEP = ("[1-9][0-9]{0,4}(?![0-9])", "一至五位、不带前导零的阿拉伯数字序号")
_SERIAL_STEPS = (("第", "“第”"), _SERIAL_STEP, ("号", "“号”"))
_DOCUMENT_STEPS = (
    ("〔", "“〔”"), _YEAR_STEP, ("〕", "“〕”"), _SERIAL_STEP, ("号", "“号”"),
)  # fmt: skip
# How the other forms begin, each with what has to follow.
_OTHER_FORMS: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = (
    (re.compile(r"[A-Z]{2}[0-9]{2}(?=[0-9])"), (_YEAR_STEP, ("[0-9]{4}", "四位序号"))),
    (
        re.compile(rf"[A-Z]{{2,6}}(?![A-Z{_HAN}])"),
        (("-", "“-”"), _YEAR_STEP, ("-", "“-”"), ("[0-9]{1,8}", "阿拉伯数字的序号")),
    ),
    (re.compile(rf"{_CODE}*?令(?=〔)"), (("〔", "“〔”"), _YEAR_STEP, ("〕", "“〕”"), *_SERIAL_STEPS)),
    (re.compile(rf"{_CODE}*?令(?=[第0-9])"), _SERIAL_STEPS),
    (re.compile(rf"{_CODE}*?(?:公告|通告)(?=[0-9])"), (_YEAR_STEP, ("年", "“年”"), *_SERIAL_STEPS)),
    (re.compile(r"(?=[0-9])"), (_YEAR_STEP, ("年", "“年”"), *_SERIAL_STEPS)),
    (re.compile(rf"[?{_HAN}（）()]*?(?=第)"), _SERIAL_STEPS),
)


def _fault(text: str) -> tuple[int, str]:
    """The column where a would-be number leaves the form that it is nearest to, and what should stand there."""
    found = [_first_wrong(text, head.end(), steps) for form, steps in _OTHER_FORMS if (head := form.match(text))]
    opening = _OPENING.match(text)
    if opening and opening.end() and ("〔" in text or not found):
        found.append(_first_wrong(text, opening.end(), _DOCUMENT_STEPS))
    return max(found, key=lambda fault: fault[0], default=(0, "机关代字"))


def _first_wrong(text: str, column: int, steps: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    for pattern, expected in steps:
        match = re.compile(pattern).match(text, column)
        if not match:
            return column, expected
        column = match.end()
    return column, "文字结束"
