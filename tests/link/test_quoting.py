"""Quotations end where words do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policylib.link.quoting import cut_at_marks, to_mark
from policylib.model import Span

TEXT = "为加强管理，根据《岚州市节约用水条例》，结合本市实际，制定本办法。用水单位应当建立台账。"


def test_a_cut_end_is_drawn_in_to_a_mark() -> None:
    title = Span(TEXT.index("《"), TEXT.index("》") + 1)
    cut = cut_at_marks(TEXT, Span(3, title.end + 6), Span(0, len(TEXT)), title)
    assert cut.of(TEXT) == "根据《岚州市节约用水条例》，"


def test_what_is_whole_stays_whole() -> None:
    whole = Span(0, len(TEXT))
    assert cut_at_marks(TEXT, whole, whole, Span(5, 9)) == whole


@given(st.text("甲乙，。", max_size=40), st.data())
def test_it_is_a_part_that_has_what_is_kept(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    part, keep, whole = Span(places[0], places[3]), Span(places[1], places[2]), Span(0, len(text))
    cut = cut_at_marks(text, part, whole, keep)
    assert part.contains(cut) and cut.contains(keep)


def test_a_cut_end_opens_no_bracket() -> None:
    text = "参照《关于维修业务的公告》，对《维修办法》（岚州市科学技术局、岚州市财政局联合公告第59号）作了修订"
    keep = Span(0, text.index("，"))
    cut = cut_at_marks(text, Span(0, text.index("联合")), Span(0, len(text)), keep)
    assert cut.of(text) == "参照《关于维修业务的公告》，对《维修办法》"


def cut_behind(text: str, word: str) -> str:
    """What is shown of a text that is cut behind a word, and keeps its first words."""
    return cut_at_marks(text, Span(0, text.index(word)), Span(0, len(text)), Span(0, 4)).of(text)


def test_a_cut_quotation_ends_where_a_sentence_does() -> None:
    assert cut_behind("近日，市商务局发布公告。内容，如下所述", "所述") == "近日，市商务局发布公告。"


def test_a_cut_quotation_names_no_half_of_a_list() -> None:
    text = "近日，市商务局发布公告，主要内容如下：一、背景是市商务局、市财政局、市税务局联合发布"
    assert cut_behind(text, "税务局") == "近日，市商务局发布公告，主要内容如下："
    assert cut_behind(text.replace("：", ""), "税务局") == "近日，市商务局发布公告，"


def test_a_heading_is_drawn_out_to_the_mark_that_ends_it() -> None:
    text = "一、修订企业要求的内容，企业应在监管之下。"
    assert to_mark(text, Span(0, 7)).of(text) == "一、修订企业要求的内容"
    assert to_mark(text, Span(0, text.index("，"))).of(text) == "一、修订企业要求的内容"


def test_without_a_mark_near_it_is_drawn_in() -> None:
    text = f"符合下列条件的农场：检疫{'限' * 80}"
    assert to_mark(text, Span(0, 20)).of(text) == "符合下列条件的农场"


def test_a_question_is_whole() -> None:
    text = "三、对动物疫病有哪些要求？首先，须无疫病。"
    assert to_mark(text, Span(0, text.index("？"))).of(text) == "三、对动物疫病有哪些要求"


@given(st.text("甲乙，。？", max_size=120), st.data())
def test_a_quoted_place_begins_where_it_began(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    found = to_mark(text, span)
    assert found.start == start <= found.end <= len(text)
