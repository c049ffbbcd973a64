"""From when until when a draft is open to comments."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract.consultation import consultation_in, is_shortened
from policylib.extract.folding import fold

LAST = date(2021, 6, 16)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        pytest.param("公众可以在2021年6月16日前，通过以下方式反馈意见：", None, LAST, id="before a day"),
        pytest.param("征求意见时间：2021年5月17日至2021年6月16日。", date(2021, 5, 17), LAST, id="from, to"),
        pytest.param("公开征求意见时间为5月17日—6月16日。", date(2021, 5, 17), LAST, id="the paper's own year"),
        pytest.param("征求意见期限自即日起至2021年6月16日。", None, LAST, id="from today"),
        pytest.param("意见反馈截止时间为2021年6月16日。", None, LAST, id="closing day"),
        pytest.param("请于6月16日下午17:00前将意见反馈至邮箱。", None, LAST, id="an hour of the day"),
        pytest.param("反馈意见时间：12月20日至1月19日。", date(2021, 12, 20), date(2022, 1, 19), id="over new year"),
    ],
)
def test_days(words: str, first: date | None, last: date) -> None:
    found = consultation_in(fold(f"关于公开征求意见的公告\n为做好工作，我局起草了办法。{words}\n特此公告。"), 2021)
    assert found is not None
    assert (found.first, found.last, found.count) == (first, last, 0)


@pytest.mark.parametrize(
    ("words", "count", "working"),
    [
        ("征求意见期限为30日。", 30, False),
        ("请自本公告发布之日起7个工作日内反馈意见。", 7, True),
        ("公开征求意见时间为十五天。", 15, False),
    ],
)
def test_a_number_of_days(words: str, count: int, working: bool) -> None:
    found = consultation_in(fold(words), 2021)
    assert found is not None
    assert (found.first, found.last, found.count, found.working) == (None, None, count, working)


@pytest.mark.parametrize(
    "words",
    [
        "2016年10月1日起施行的办法将于2021年9月30日期满，拟废止。",
        "根据国务院2021年5月1日印发的意见，制定本办法。",
        "欢迎提出意见。",
        "意见反馈时间另行通知。",
    ],
)
def test_other_days_are_none(words: str) -> None:
    assert consultation_in(fold(words), 2021) is None


def test_the_sentence_is_where_it_is_said_to_be() -> None:
    text = "公告\n一、说明。 请于2021年6月16日前反馈意见；逾期不再受理。"
    found = consultation_in(fold(text), None)
    assert found is not None
    assert found.span.of(text) == "请于2021年6月16日前反馈意见"


@pytest.mark.parametrize(
    ("words", "shortened"),
    [("因情况紧急，缩短征求意见期限。", True), ("征求意见的期限缩短为7日。", True), ("征求意见期限为7日。", False)],
)
def test_a_reason_for_less_time(words: str, shortened: bool) -> None:
    assert is_shortened(words) is shortened


@given(st.text("2021年6月17日至到—前止截止期限征求意见反馈为个工作日。\n：", max_size=80))
def test_any_words_are_read_without_fault(words: str) -> None:
    found = consultation_in(fold(words), 2021)
    assert found is None or found.span.of(words).strip() == found.span.of(words) != ""
