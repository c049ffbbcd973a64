"""The sentences that findings stand on: whole where they are short, the words themselves where they are not."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policylib.link.quoting import quote
from policylib.model import Snapshot, Source, Span
from policylib.rules.evidence import CLAUSE, SENTENCE, evidence_at, in_sentence, sentence_at

TEXT = "第一条　为了节约用水；制定本办法。\n第二条　本办法自2021年1月1日起施行；有效期5年！"
SOURCE = Source("文件/办法.txt", "a" * 64, "text/plain", "text")


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_a_sentence_and_a_clause_of_it() -> None:
    assert sentence_at(TEXT, place("有效期"), SENTENCE).of(TEXT) == "第二条　本办法自2021年1月1日起施行；有效期5年"
    assert sentence_at(TEXT, place("有效期"), CLAUSE).of(TEXT) == "有效期5年！"


SAVED = "特此公告。岚州海关2023年11月21日公告下载链接：岚州海关关于口岸的公告.doc浏览次数：打印本页关闭"


def test_what_the_page_says_is_no_part_of_the_sentence() -> None:
    day = Span(SAVED.index("2023"), SAVED.index("公告下载"))
    assert sentence_at(SAVED, day, SENTENCE).of(SAVED) == "岚州海关2023年11月21日"


def test_an_organ_is_quoted_from_its_sign_off_and_not_from_a_file_to_download() -> None:
    link = Span(SAVED.index("岚州海关关于"), SAVED.index("关于口岸"))
    named = quote("a" * 64, "公告.txt", SAVED, link, "page.download")
    snapshot = Snapshot(date(2024, 6, 30), texts={"a" * 64: SAVED})
    assert in_sentence(snapshot, named).quote == "岚州海关2023年11月21日"


@given(st.text("岚州。；\n", max_size=700), st.data())
def test_the_sentence_round_a_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, min(len(text), start + 240))))
    found = sentence_at(text, span, SENTENCE)
    before, after = text[found.start : span.start], text[span.end : found.end]
    assert found.contains(span)
    assert not set(before + after) & set(SENTENCE)
    assert found.end - found.start <= 240
    room = (240 - (span.end - span.start)) // 2
    assert len(before) == room or text[: found.start][-1:] in {"", *SENTENCE}
    assert len(after) == room or text[found.end :][:1] in {"", *SENTENCE}


def test_long_words_are_cut_and_shown_with_what_is_beside_them() -> None:
    text = f"{'前' * 40}{'中' * 300}{'后' * 40}"
    shown = evidence_at(SOURCE, text, Span(40, 340), "rule")
    assert (shown.before, shown.quote, shown.after) == ("前" * 30, "中" * 240, "中" * 30)
    assert shown.span == Span(40, 280)


def test_a_quotation_within_its_line() -> None:
    span = place("制定本办法")
    wide = quote("", "", TEXT, span, "rule")
    assert (wide.before[-3:], wide.after[:3]) == ("用水；", "。\n第")
    narrow = quote("", "", TEXT, place("第二条"), "rule", context=4, in_line=True)
    assert (narrow.before, narrow.quote, narrow.after) == ("", "第二条", "　本办法")
