"""Quotations end where words do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policylib.link.quoting import cut_at_marks
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
