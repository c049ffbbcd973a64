"""What holds of every text: spans, damage and its repair, independence of what follows, and that all input ends."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylib.extract import analyse_text
from policylib.extract.numbers import find_numbers
from policylib.model import Analysis, DocumentNumber, Found, Span
from policylib.tables import builtin

# Texts that look like papers ------------------------------------------------------------------------------------

PIECES = (
    """
岚州市人民政府 岚州市科学技术局 关于印发 《岚州市人才办法》 《关于印发〈岚州市科技办法〉的通知》 《办法 的通知
根据 参照 同时废止 修改为 有效期延长至2025年12月31日 现将 印发给你们 ， 、 。 ⏎ ⏎ ⏎ ：
（岚政发〔2019〕3号） 岚政办发〔201717号 国务院令第711号 令第20、21号 （以下简称《办法》） 及其实施细则
2019年3月4日 2017627 二〇一九年三月四日 （此件公开发布） 附件：1.目录 解读 自印发之日起施行，有效期5年
LZCR-2019-0010003 发文字号： 〔责任单位：市财政局〕 国办发(fā)〔2018〕115号 岚政发〔⏎2019〕3号 ␣ ␣␣
""".strip()
    .replace("\n", " ")
    .split(" ")
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(
    lambda pieces: "".join(pieces).replace("⏎", "\n").replace("␣␣", "\u3000").replace("␣", " ")
)


def plain(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def founds(analysis: Analysis) -> list[Found[str]]:
    elements = analysis.elements
    single = (elements.title, elements.registration_number, elements.index_number, elements.drafter)
    lists = (elements.issuers, elements.addressees)
    return [one for one in (*single, *(one for group in lists for one in group)) if one]


@settings(max_examples=400)
@given(TEXTS)
def test_every_span_slices_to_what_is_stored(text: str) -> None:
    analysis = analyse_text(text)
    for mention in analysis.numbers:
        assert mention.span.of(text) == mention.raw
    for claim in analysis.claims:
        citation = claim.citation
        assert citation.span.of(text) == citation.raw
        assert 0 <= claim.scope.start <= claim.scope.end <= len(text)
        if citation.title and citation.title_span and claim.relation != "draft_of":
            assert plain(citation.title) in plain(citation.title_span.of(text))
        if claim.cue and claim.cue.rule.startswith("cue."):
            assert claim.cue.span.of(text) == claim.cue.value
    for found in founds(analysis):
        assert plain(found.span.of(text)).replace(" ", "") == plain(found.value).replace(" ", "")


@settings(max_examples=200)
@given(TEXTS)
def test_numbers_are_in_order_and_apart(text: str) -> None:
    mentions = find_numbers(text)
    for before, after in itertools.pairwise(mentions):
        assert before.span.end <= after.span.start


@settings(max_examples=100)
@given(TEXTS)
def test_the_same_text_gives_the_same_analysis(text: str) -> None:
    assert analyse_text(text) == analyse_text(text)


@settings(max_examples=200)
@given(TEXTS)
def test_tails_point_to_a_citation_before_them(text: str) -> None:
    claims = analyse_text(text).claims
    for index, claim in enumerate(claims):
        if claim.citation.form == "tail":
            assert claim.citation.refers_to is not None
            assert claims[claim.citation.refers_to].citation.title
            assert claim.citation.refers_to < index


# What follows changes nothing before ----------------------------------------------------------------------------

PAPERS = (
    "岚州市科技局关于做好某事的通知\n岚科发〔2020〕8号\n各单位：\n根据《岚州市人才办法》（岚政发〔2015〕1号）及其实施细则，现通知如下。\n"
    "一、任务\n符合岚政发〔201617号的规定。\n岚州市科技局\n2020年3月4日\n",
    "岚州市科技局关于印发《岚州市人才办法》的通知\n各单位：\n现将《岚州市人才办法》印发给你们，《岚州市旧办法》同时废止。\n岚州市科技局\n2020年3月4日\n",
    "根据岚政发〔2015〕1号、2号和东政发〔2016〕3号，制定本办法。\n国务院令第711号公布的《某条例》适用本办法。\n",
)
UNRELATED = (
    "春天的岚河两岸柳絮纷飞。",
    "本市另有三条公交线路经过农科所。",
    "天气晴朗，适宜出行。",
    "食堂供应午餐。",
    "联系电话：0533-1234567。",
)


@pytest.mark.parametrize("sentence", UNRELATED)
@pytest.mark.parametrize("paper", range(len(PAPERS)))
def test_an_unrelated_last_paragraph_changes_nothing(paper: int, sentence: str) -> None:
    before, after = analyse_text(PAPERS[paper]), analyse_text(f"{PAPERS[paper]}{sentence}\n")
    assert after.numbers == before.numbers
    assert after.claims == before.claims
    assert after.elements == before.elements


# Damage (domain.md §2.6) ----------------------------------------------------------------------------------------

CODES = [*sorted(code for code in builtin().codes if len(code) <= 6)[::7], "岚政办发", "岚科规", "岚财教", "岚人社函"]
SERIALS = (*range(1, 30), *range(95, 120), 201, 209, 311, 640, 999)
YEARS = (1985, 1999, 2001, 2009, 2010, 2012, 2017, 2020, 2021, 2024)


def damaged(text: str) -> str:
    """What an extractor does that drops text nodes of a single wide character between digits, or at the line's end."""
    return re.sub(r"(?<=[0-9A-Za-z])[\u0800-\uffff](?=[0-9A-Za-z]|$)", "", text)


DAMAGES: dict[str, Callable[[str], str]] = {
    "〕 lost": lambda text: damaged(text.rstrip("号")) + "号",
    "〕 and 号 lost": damaged,
    "both brackets lost": lambda text: text.replace("〔", "").replace("〕", ""),
    "号 lost": lambda text: text.rstrip("号"),
    "〔 lost": lambda text: text.replace("〔", ""),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damage_never_makes_another_number(case: str) -> None:
    """A few thousand numbers: repaired to the same, refused, ambiguous or not seen, never read as another."""
    repaired, wrong = 0, []
    for index, code in enumerate(CODES):
        for serial in SERIALS:
            number = DocumentNumber(code, YEARS[(index + serial) % len(YEARS)], serial)
            for mention in find_numbers(f"（{DAMAGES[case](str(number))}"):
                repaired += mention.number == number
                if mention.number not in (None, number):
                    wrong.append((mention.raw, str(mention.number)))
                elif mention.number is None and mention.candidates:
                    assert number in mention.candidates
                elif mention.number:
                    assert mention.repaired
    assert wrong == []
    assert repaired > len(CODES)


ANY_CODES = (*sorted(builtin().codes), *CODES[-4:], "岚科（社）函", "岚价[费]字", "岚江区府办发")
BEFORE = ("", "（", "根据", "按照", "\n", "、", "的通知", "《岚州市人才办法》（", "2018年5月1日", "和", "（以下简称")
BEHIND = ("", "\n", "）", "）。", "，", "；", "规定", "文件", "的通知", "、岚科发〔2019〕3号", "和令第3号")


def test_damage_of_any_number_in_running_text() -> None:
    """Twenty thousand numbers, known and unknown codes: the same number, none, or candidates that hold it."""
    draw = random.Random(2017)
    wrong, repaired = [], 0
    for _ in range(20_000):
        number = DocumentNumber(
            draw.choice(ANY_CODES), draw.randint(1950, 2026), draw.choice((draw.randint(1, 999), draw.randint(1, 9999)))
        )
        before, written = draw.choice(BEFORE), DAMAGES[draw.choice(sorted(DAMAGES))](str(number))
        place = Span(len(before), len(before) + len(written))
        found = find_numbers(before + written + draw.choice(BEHIND), latest_year=draw.choice((2015, 2027)))
        for mention in (mention for mention in found if mention.span.overlaps(place)):
            readings = [one.key for one in (mention.number, *mention.candidates) if one]
            repaired += mention.number is not None
            if not mention.repaired or (readings and number.key not in readings) or not place.contains(mention.span):
                wrong.append((str(number), before + written, readings))
    assert wrong == []
    assert repaired > 6_000


# Hostile input --------------------------------------------------------------------------------------------------

LONG = 30_000
# Beginning, what is repeated, end.
HOSTILE = {
    "opening marks": ("", "《", ""),
    "closing marks": ("", "》", ""),
    "pairs of marks": ("", "《》", ""),
    "angles": ("", "〈", ""),
    "six-cornered": ("", "〔", ""),
    "six-cornered pairs": ("", "〔〕", ""),
    "six-cornered with a year": ("", "〔2017", ""),
    "号": ("", "号", ""),
    "年号": ("", "2019年号", ""),
    "commas": ("", "、", ""),
    "digits": ("", "1", ""),
    "years": ("", "2017", ""),
    "Han": ("", "岚", ""),
    "Han and 号": ("", "岚", "号"),
    "blanks": ("", " ", ""),
    "line breaks": ("", "\n", ""),
    "round": ("", "(", ""),
    "round pairs": ("", "()", ""),
    "根据": ("", "根据", ""),
    "根据 and marks": ("", "根据《", ""),
    "同时废止": ("", "同时废止", ""),
    "废止": ("", "废止", ""),
    "修改为": ("将", "修改为", ""),
    "numbers": ("", "岚政发〔2017〕17号、", ""),
    "serials": ("岚政发〔2017〕", "17、", "号"),
    "serials with 号": ("岚政发〔2017〕1号", "、17号", ""),
    "damaged numbers": ("", "岚政发〔201717号", ""),
    "titles": ("", "《岚州市人才办法》", ""),
    "titles and numbers": ("", "《岚州市人才办法》（岚政发〔2019〕3号）、", ""),
    "titles in 根据": ("根据", "《岚州市人才办法》、", "，制定本办法。"),
    "titles in 同时废止": ("", "《岚州市人才办法》、", "同时废止。"),
    "orders": ("", "令第1号", ""),
    "announcements": ("", "公告第", ""),
    "organs": ("", "岚州市科学技术局、", "令第3号"),
    "glosses": ("", "发(fā)", ""),
    "dates": ("", "2017年6月27日", ""),
    "Han dates": ("", "二〇一七年六月二十七日", ""),
    "validity": ("", "自印发之日起施行，有效期", ""),
    "lines of titles": ("", "关于某事的通知\n", ""),
    "lines of organs": ("", "岚州市科技局\n", ""),
    "lines of dates": ("", "2017年6月27日\n", ""),
    "lines of labels": ("", "发文字号：\n", ""),
    "lines of paragraphs": ("", "根据《岚州市人才办法》（岚政发〔2019〕3号），制定本办法。\n", ""),
    "an interpretation": ("《岚州市人才办法》解读\n", "印发了《岚州市人才办法》", ""),
    "blanks in a title": ("ArticleTitle：岚州市人才办法", " ", "乙\n正文。"),
    "items under 依据": ("一、制定依据\n", "（一）《岚州市人才办法》；", ""),
    "drafters": ("", "由岚、", "起草"),
    "registration": ("", "LZCR-", ""),
    "letters": ("", "A", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_read_to_its_end(case: str) -> None:
    beginning, repeated, end = HOSTILE[case]
    text = beginning + repeated * (LONG // len(repeated)) + end
    analysis = analyse_text(text)
    assert all(mention.span.of(text) == mention.raw for mention in analysis.numbers)
