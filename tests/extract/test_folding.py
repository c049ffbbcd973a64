"""Folding: one character to one character, so that an offset in folded text is an offset in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract.folding import fold, restore, text_key, title_key, without_glosses
from policylib.model import Span


@given(st.text())
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_folding_is_character_by_character(one: str, other: str) -> None:
    assert fold(one) + fold(other) == fold(one + other)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("﹝２０１７﹞", "〔2017〕"),
        ("國辦發", "国办发"),
        ("二○一○", "二〇一〇"),
        ("（：，；）", "(:,;)"),
        ("2013—2017", "2013-2017"),
        ("ZBCR‑2017‑0020003", "ZBCR-2017-0020003"),  # a hyphen at which word processors do not break the line
        ("①㈠℃Ⅱ", "①㈠℃Ⅱ"),
        ("。、《》", "。、《》"),
        ("\u3000\ufeff\u200b", "   "),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_newlines_stay() -> None:
    assert fold("一\n二") == "一\n二"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于印发《X办法》的通知", "关于印发〈X办法〉的通知"),
        ("X办法（试行）", "X办法(试行)"),
        ("X 办 法", "X办法"),
        ("X行动计划（2013—2017年）", "X行动计划(2013-2017年)"),
        ("關於人才的辦法", "关于人才的办法"),
    ],
)
def test_titles_compare_without_their_marks(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@given(st.text())
def test_a_text_is_compared_as_titles_are_and_not_kept(text: str) -> None:
    kept = title_key.cache_info().currsize
    key = text_key(text)
    assert title_key.cache_info().currsize == kept
    assert key == title_key(text)


def test_titles_of_two_years_differ() -> None:
    assert title_key("2016年政务公开工作要点") != title_key("2017年政务公开工作要点")


@given(st.lists(st.sampled_from(["国", "办", "发", "(fā)", "（guó）", "(2017)", "号", "(a)"]), max_size=12))
def test_glosses_are_put_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    glossed = without_glosses(text, "號" in text)
    if glossed is None:
        return
    bare, origins = glossed
    for start in range(len(bare)):
        back = restore(Span(start, start + 1), origins)
        assert back.of(text) == bare[start]


def test_no_glosses_no_change() -> None:
    assert without_glosses("国办发(2017)3号", traditional=False) is None


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("鄭州市人民政府關於印發興業辦法的通知", "郑州市人民政府关于印发兴业办法的通知"),
        ("絳政辦發〔2023〕14號", "绛政办发〔2023〕14号"),
        ("匯發[2015]7號", "汇发[2015]7号"),
        ("撫順市劉家鎮達標樓宇餘額貼息細則", "抚顺市刘家镇达标楼宇余额贴息细则"),
    ],
)
def test_traditional_pages_are_read_as_the_simplified_ones(written: str, simple: str) -> None:
    assert fold(written) == simple
