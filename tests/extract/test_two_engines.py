"""Two engines, one answer: the fast scanner and the slow reference read the same numbers in everything we have."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from policylib import read
from policylib.extract.codes import builtin_book
from policylib.extract.numbers import find_numbers
from policylib.model import DocumentNumber, NumberMention
from tests.extract.reference import find_numbers_slowly

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
CASES = Path(__file__).parents[1] / "accuracy" / "cases" / "numbers.jsonl"
GENERATED = 50_000


def read_off(mentions: Iterable[NumberMention]) -> list[tuple[object, ...]]:
    """What both engines must agree on: not the rule and the confidence."""
    return [(one.raw, one.span, one.number, one.repaired, one.candidates) for one in mentions]


def disagreements(texts: Iterable[str]) -> list[str]:
    """Each text that is read in two ways, with both."""
    found = []
    for text in texts:
        fast, slow = find_numbers(text), find_numbers_slowly(text)
        if read_off(fast) != read_off(slow):
            found.append(f"{text!r}\n  fast {_shown(fast)}\n  slow {_shown(slow)}")
    return found


def _shown(mentions: Iterable[NumberMention]) -> str:
    return " ".join(
        f"[{one.raw!r} {one.number or [*map(str, one.candidates)]}{' repaired' if one.repaired else ''}]"
        for one in mentions
    )


# Texts that people wrote ------------------------------------------------------------------------------------------


def fields(path: Path, name: str) -> list[str]:
    """What each line of a JSON-lines file has under that name."""
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with path.open(encoding="utf-8") as lines:
        return [record[name] for record in map(json.loads, lines) if record[name]]


def files(folder: Path, pattern: str, step: int = 1) -> list[str]:
    """The text of every `step`-th file."""
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not here")
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern))[::step]]


WRITTEN: dict[str, Callable[[], list[str]]] = {
    "corpus": lambda: [read(path).text for path in sorted((ROOT / "corpus" / "documents").iterdir())],
    "cases": lambda: fields(CASES, "text"),
    "numbers of the gold set": lambda: fields(SHARED / "gold" / "docnum_strings.jsonl", "raw"),
    "citations of the gold set": lambda: fields(SHARED / "gold" / "citations.jsonl", "text"),
    "laws": lambda: files(SHARED / "china_laws" / "md", "*.md", step=20),
    "announcements of the customs": lambda: files(SHARED / "customs_gacc", "*.txt"),
}


@pytest.mark.parametrize("source", WRITTEN)
def test_engines_agree_on_written_texts(source: str) -> None:
    texts = WRITTEN[source]()
    assert disagreements(texts) == []
    assert any(map(find_numbers, texts))


# Hard inputs ----------------------------------------------------------------------------------------------------

# Input, what it says by domain.md §2, and what a scanner that goes by anchors gets wrong there.
HARD = {
    "国务院令第238号和海关总署令第240号": (["国务院令第238号", "海关总署令第240号"], "organ runs into 238号"),
    "国务院第1号令、第2号令、第3号令": (["国务院令第1号", "国务院令第2号", "国务院令第3号"], "list ends at 令"),
    "国务院第1号令、第2号公告": (["国务院令第1号", "公告第2号"], "公告 listed as 令"),
    "国务院令第238、第240号": (["国务院令第238号", "国务院令第240号"], "no 第 before the last of a list"),
    "国务院令第1、第2、3号": ([f"国务院令第{serial}号" for serial in (1, 2, 3)], "raw of the first: 国务院令第1、"),
    "海关总署第238、240号令": (["海关总署令第238号", "海关总署令第240号"], "令 sought behind the first serial"),
    "岚政发〔2019〕1、2、3号、4号": ([f"岚政发〔2019〕{serial}号" for serial in (1, 2, 3, 4)], "list, then 号、4号"),
    "岚政发〔2019〕3号、〔1912〕4号": (["岚政发〔2019〕3号"], "a year out of range is carried"),
    "国务院令第1号、第0号": (["国务院令第1号"], "serial 0"),
    "国务院令第0号": ([], "serial 0"),
    "[2021]岚科提复0号": ([], "serial 0"),
    "HFGS-2022-0": ([], "serial 0"),
    "国办发﹝2019﹞40": (["国办发〔2019〕40号"], "号 lost behind brackets other than 〔["),
    "国办发（2019）40": (["国办发〔2019〕40号"], "号 lost behind brackets other than 〔["),
    "岚政发〔2019〕3\r\n号": (["岚政发〔2019〕3号"], "blanks that fold to a space are no blanks before 号"),
    "岚政发〔201717 号": (["岚政发〔2017〕17号"], "a blank is taken for a leading zero"),
    "岚政发[893]5号": ([], "1893 is no year"),
    "[993]岚科复45号": (["岚科复〔1993〕45号"], "a lost digit is not marked as repaired"),
    "HFGS－2017－9": (["HFGS-2017-9"], "dashes that fold to - are no anchors"),
    "岚州市人大常委会〔15届〕第11号": (["岚州市人大常委会公告〔15届〕第11号"], "session lost"),
    "岚州市人大常委会公告（十三届第59号）": (["岚州市人大常委会公告〔13届〕第59号"], "term in Chinese"),
    "岚州市人大常委会公告\n（第十五届）第8号": (["岚州市人大常委会公告〔15届〕第8号"], "第 before the term"),
    "中发〔一九八二〕十二号": (["中发〔1982〕12号"], "year in Chinese numerals"),
    "岚政告〔2016〕2号通告": (["岚政告〔2016〕2号"], "organ 岚政告 announces"),
    "岚州市人大常委会[第11号]": (["岚州市人大常委会公告第11号"], "raw without its bracket"),
    "岚州市人大常委会通告第3号": (["岚州市人大常委会通告第3号"], "canonical 公告〔通告〕 does not parse"),
    "岚州市人大常委会公告2019年第3号": (["岚州市人大常委会公告2019年第3号"], "canonical loses the year"),
    "岚政发1994年房字第231号": (["岚政发〔1994〕房字231号"], "年 in the sub-register"),
    "见下：\n62号公告": (["公告第62号"], "raw begins with the line break"),
    "岚科发〔2019〕3号公告": (["岚科发〔2019〕3号"], "organ 岚科发 announces"),
    "岚科（社）函〔20171718号": (
        [f"岚科（社）函〔2017〕{serial}号" for serial in (1718, 17, 18)],
        "candidates lose the writer's brackets",
    ),
    "国务院令〔2015〕号": ([], "canonical 〔2015〕第号 does not parse"),
    "岚州市公告〔2015〕号": (["岚州市公告〔2015〕号"], "canonical 2015年第号 does not parse"),
    "岚州 2024463号公告": ([], "the last six of seven digits"),
    "根据岚政\u202e发〔2019〕3号、\u20664号": (["岚政发〔2019〕3号", "岚政发〔2019〕4号"], "a direction mark"),
    "岚政发\u2066〔2019\u2069〕\u200e3\ufeff号": (["岚政发〔2019〕3号"], "what has no width parts the number"),
    "岚\u200d政发〔2019〕3号": (["岚政发〔2019〕3号"], "a joiner cuts the code"),
    "海关总\u200b署公告2015年第57号": (["海关总署公告2015年第57号"], "a break without width cuts the organ"),
}  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_reference_reads(text: str) -> None:
    numbers = [one for mention in find_numbers_slowly(text) for one in (mention.number, *mention.candidates) if one]
    assert [str(number) for number in numbers] == HARD[text][0]
    assert [DocumentNumber.parse(str(number)) for number in numbers] == numbers


@pytest.mark.parametrize("text", HARD)
def test_engines_agree_on(text: str) -> None:
    assert disagreements([text]) == []


# Generated texts ------------------------------------------------------------------------------------------------

ORGANS = [
    "国务院",
    "商务部",
    "海关总署",
    "财政部",
    "岚州市人民政府",
    "岚州市科学技术局",
    "岚州市人民代表大会常务委员会",
    "岚州市人大常委会",
    "原国家质量监督检验检疫总局",
]
UNKNOWN = [
    "岚政发",
    "岚政办发",
    "岚科规",
    "岚财教",
    "岚人社函",
    "岚科（社）函",
    "岚财(教)指标",
    "岚价[费]字",
    "岚江区府办发",
    "岚证字",
    "岚环审字",
    "法",
    "岚",
]
LEFT = [
    "根据",
    "按照",
    "（以下简称",
    "将",
    "原",
    "自",
    "由",
    "和",
    "及",
    "、",
    "，",
    "。",
    "《岚州市人才办法》（",
    "（",
    "(",
    "文号：",
    "2018年5月1日",
    "\n",
    "的通知",
    "我局",
    "经",
    "以",
    "见",
]
RIGHT = [
    "号文",
    "）",
    ")",
    "。",
    "，",
    "、",
    "\n",
    "规定",
    "修改的",
    "印发",
    "公布",
    "同时废止",
    "令",
    "公告",
    "通告",
    "》",
    "；",
    "建议",
    "民事判决",
    "）。",
]
HAN = "岚州市人才工作年月日第号字届发函办规令一二十百〇第号"
SEPARATORS = ["、", "，", ",", "和", "及", "与", "以及", "、第", "和第", "、", "、"]
OPENING, CLOSING = "〔〔〔〔[[(（﹝［【〖〈<{「『", "〕〕〕〕]])）﹞］】〗〉>}」』[〔j"
MIDDLES = ("宣字", "字", "房字", "发", "社", "[户]", "（教）", "市管字", "苏科提复", "岚科函字", "第", "年")
BLANKS = ("", "", "", "", "", "", "", "", " ", "\u3000", "\n", "  ", "\r\n")
CODES = sorted(builtin_book().codes)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TRADITIONAL = str.maketrans("发号办财价动关总务会国园见", "發號辦財價動關總務會國園見")


class Writer:
    """Writes texts that look like numbers, whole and damaged, well and ill."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.one = self.random.choice

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def maybe(self, piece: str, share: float = 0.5) -> str:
        return piece if self.chance(share) else ""

    def blank(self) -> str:
        return self.one(BLANKS)

    def year(self) -> str:
        kind = self.random.random()
        if kind < 0.85:
            return str(self.random.randint(1980, 2026))
        if kind < 0.93:
            return self.one(("二〇二六", "一九九五", "二○一七", "二〇〇九"))
        return self.one(("94", "93", "993", "12", "1848", "2150", "20", "893"))

    def serial(self) -> str:
        kind = self.random.random()
        if kind < 0.8:
            return str(self.random.choice((self.random.randint(1, 29), self.random.randint(1, 999))))
        if kind < 0.9:
            return self.one(("三", "十", "二十五", "一百零五", "三十六"))
        return self.one(("03", "0", "007", "1718", "2706", "12345", "123456", "1234567", "2019"))

    def serials(self) -> str:
        listed = [self.serial()]
        while self.chance(0.15):
            listed += [self.one(SEPARATORS), self.serial()]
        return "".join(listed)

    def code(self) -> str:
        return self.one(CODES) if self.chance(0.5) else self.one(UNKNOWN)

    def bracketed(self, inside: str) -> str:
        opening = self.random.randrange(len(OPENING))
        closing = CLOSING[opening] if self.chance(0.8) else self.one(CLOSING) * self.random.randint(0, 2)
        return OPENING[opening] + inside + closing

    def document(self) -> str:
        year = self.bracketed(self.blank() + self.year() + self.maybe("年", 0.05) + self.blank())
        middle = self.maybe(self.one(MIDDLES), 0.1)
        return self.maybe(self.code(), 0.9) + self.blank() + year + self.blank() + middle + self.hao()

    def hao(self) -> str:
        return self.maybe("第", 0.2) + self.blank() + self.serials() + self.blank() + self.maybe("号", 0.95)

    def unbracketed(self) -> str:
        word = self.one(("", "令", "公告", "通告", "令", "公告"))
        year = self.maybe(self.year() + self.maybe("年", 0.8))
        middle = self.maybe(self.one(("字", "房字", "-", *MIDDLES)), 0.1)
        number = self.bracketed(self.hao()) if self.chance(0.1) else self.hao()
        owner = self.maybe(self.one((*ORGANS, self.code())), 0.8)
        if self.chance(0.3):
            return owner + self.blank() + year + middle + number + word
        return owner + self.blank() + word + self.blank() + year + middle + number

    def session(self) -> str:
        term = self.one((str(self.random.randint(5, 20)), "十三", "第十五", "九", "第12"))
        session = f"{term}届"
        return (
            self.one(ORGANS)
            + self.maybe("公告", 0.7)
            + (self.bracketed(session) if self.chance(0.7) else session)
            + self.hao()
        )

    def listing(self) -> str:
        first = self.document() if self.chance(0.6) else self.unbracketed()
        rest = ""
        for _ in range(self.random.randint(1, 4)):
            year = self.one(("", "", "", f"{self.year()}年", self.bracketed(self.year())))
            rest += self.one(SEPARATORS) + year + self.hao()
        return first + rest

    def swapped(self) -> str:
        return self.code() + self.year() + self.bracketed(self.serial()) + "号"

    def registration(self) -> str:
        dash = self.one("----—－–")
        code = self.one(("LZCR", "HFGS", "GB", "ISO", "LZ", "AB1", "SDPRX"))
        if self.chance(0.2):
            return self.maybe("统一编号：") + f"LZ03{self.random.randint(2000, 2026)}{self.random.randint(1, 9999):04}"
        return f"{code}{dash}{self.year()}{dash}{self.random.randint(0, 99999):0{self.random.randint(1, 8)}}"

    def worn(self) -> str:
        """A good number that lost a bracket, both, its 号, or what stands between digits (domain.md §2.6), or whose
        digits, brackets or year were written otherwise or twice."""
        number = f"{self.code()}〔{self.random.randint(1980, 2026)}〕{self.serial()}号"
        if self.chance(0.2):
            return number.replace("〕", self.one((" ", "\n", "  ")))
        if self.chance(0.2):
            return re.sub(rf"(〔{'.' * self.random.randint(1, 3)})", rf"\1{self.one((' ', '：', '  '))}", number)
        if self.chance(0.1):
            return re.sub("[01]", lambda digit: self.one(("01", "Oo", "lI")[int(digit.group()) + 1] + "01"), number)
        if self.chance(0.1):
            return re.sub("〔(....)〕", self.one((r"〔〔\1〕〕", r"〔\1〕〔\1〕", r"\1〔\1〕", r"〔\1\1〕")), number)
        lost = self.one(("(?<=[0-9])〕(?=[0-9])", "〔", "[〔〕]", "号", "〕|号"))
        return re.sub(lost, "", number)

    def noise(self) -> str:
        return "".join(self.one(HAN) for _ in range(self.random.randint(1, 6)))

    def number(self) -> str:
        kinds = (
            self.document,
            self.document,
            self.document,
            self.unbracketed,
            self.unbracketed,
            self.listing,
            self.session,
            self.swapped,
            self.registration,
            self.worn,
            self.worn,
        )
        return self.one(kinds)()

    def damaged(self, text: str) -> str:
        """By the mechanism of domain.md §2.6, or a single stroke."""
        if self.chance(0.6):
            return re.sub(r"(?<=[0-9A-Za-z])[\u0800-\uffff](?=[0-9A-Za-z]|$)", "", text, flags=re.MULTILINE)
        if self.chance(0.5):
            return re.sub(r"[〔〕\[\]()]", "", text)
        place = self.random.randrange(len(text) + 1)
        return (
            text[:place]
            + self.one(("", " ", "\n", "?", self.one(HAN), self.one("0123456789〔〕[]")))
            + text[place + 1 :]
        )

    def text(self) -> str:
        pieces = []
        for _ in range(self.random.randint(1, 2)):
            pieces += [self.one(LEFT) if self.chance(0.5) else self.noise(), self.number(), self.one(RIGHT)]
        text = "".join(pieces)
        if self.chance(0.4):
            text = self.damaged(text)
        if self.chance(0.05):
            text = text.translate(WIDE)
        if self.chance(0.05):
            text = text.translate(TRADITIONAL)
        return text


def generated(count: int = GENERATED) -> Iterator[str]:
    writer = Writer(2017)
    return (writer.text() for _ in range(count))


def test_engines_agree_on_generated_texts() -> None:
    found = disagreements(generated())
    assert not found, "\n".join([f"{len(found)} of {GENERATED}", *found[:20]])


def test_generated_texts_are_worth_reading() -> None:
    """Most hold a number, many a damaged one, and a good part only what looks like one."""
    readings = [find_numbers_slowly(text) for text in generated(2_000)]
    numbered = sum(map(bool, readings)) / len(readings)
    repaired = sum(any(one.repaired for one in mentions) for mentions in readings) / len(readings)
    assert 0.6 < numbered < 0.9
    assert repaired > 0.05
