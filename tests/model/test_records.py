"""Span, Document, Work, Snapshot: the small laws of the records."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.model import (
    DocumentNumber,
    Evidence,
    Relation,
    RelationKind,
    Snapshot,
    Source,
    Span,
    State,
    Work,
    plain_document,
)

SPANS = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 60), st.integers(0, 60))
SOURCE = Source("岚州.txt", "0" * 64, "text/plain", "text")
TEXTS = st.text("岚州市人民政府\n \t\u3000\u00a0。，《》〔〕2017号", max_size=80)


# Span -----------------------------------------------------------------------------------------------------------


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_means_a_common_character(a: Span, b: Span) -> None:
    common = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a)
    if a.start < a.end and b.start < b.end:
        assert a.overlaps(b) == bool(common)


@given(SPANS, SPANS, SPANS)
def test_containing_is_an_order(a: Span, b: Span, c: Span) -> None:
    assert a.contains(a)
    assert not (a.contains(b) and b.contains(a)) or a == b
    assert not (a.contains(b) and b.contains(c)) or a.contains(c)


@given(SPANS, SPANS, st.integers(0, 50))
def test_shifting_changes_no_relation(a: Span, b: Span, by: int) -> None:
    assert a.shifted(by).overlaps(b.shifted(by)) == a.overlaps(b)
    assert a.shifted(by).contains(b.shifted(by)) == a.contains(b)
    assert a.shifted(by).shifted(-by) == a


@given(st.text(max_size=80), SPANS)
def test_slice(text: str, span: Span) -> None:
    assert span.of(text) == text[span.start : span.end]


# Document -------------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_blocks_slice_to_their_lines(text: str) -> None:
    document = plain_document(text, SOURCE)
    assert [block.span.of(text) for block in document.blocks] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert document.text == text


@given(TEXTS)
def test_blocks_are_in_order_and_apart(text: str) -> None:
    blocks = plain_document(text, SOURCE).blocks
    for before, after in itertools.pairwise(blocks):
        assert "\n" in text[before.span.end : after.span.start]


# Work -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "number", "label"),
    [
        ("岚州市人才办法", "岚政发〔2019〕3号", "《岚州市人才办法》（岚政发〔2019〕3号）"),
        ("关于印发《岚州市人才办法》的通知", None, "《关于印发〈岚州市人才办法〉的通知》"),
        (None, "岚政发〔2019〕3号", "岚政发〔2019〕3号"),
        (None, None, "key"),
    ],
)
def test_label(title: str | None, number: str | None, label: str) -> None:
    numbers = (DocumentNumber.parse(number),) if number else ()
    assert Work("key", "policy", True, title=title, numbers=numbers).label == label


@pytest.mark.parametrize("state", list(State))
def test_the_dead(state: State) -> None:
    assert state.dead is (state.value.startswith("失效") or state.value == "废止")


# Snapshot -------------------------------------------------------------------------------------------------------


def relation(source: str, kind: RelationKind, target: str) -> Relation:
    return Relation(kind, source, target, Evidence("0", "a", Span(0, 1), "根"), 1.0, "T0")


def test_views_of_a_snapshot() -> None:
    works = tuple(Work(key, "policy", True) for key in "甲乙丙")
    relations = (relation("甲", "basis", "乙"), relation("甲", "repeals", "丙"), relation("乙", "reference", "丙"))
    snapshot = Snapshot(date(2024, 1, 1), works, relations)
    assert set(snapshot.by_key) == set("甲乙丙")
    assert snapshot.outgoing["甲"] == relations[:2]
    assert snapshot.incoming["丙"] == relations[1:]
    assert snapshot.incoming.get("甲") is None


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("甲乙丙丁")), max_size=12))
def test_both_views_hold_every_relation_once(pairs: list[tuple[str, str]]) -> None:
    relations = tuple(relation(source, "basis", target) for source, target in pairs)
    snapshot = Snapshot(date(2024, 1, 1), (), relations)
    for view in (snapshot.incoming, snapshot.outgoing):
        assert sorted((one.source, one.target) for group in view.values() for one in group) == sorted(pairs)
    assert all(one.target == key for key, group in snapshot.incoming.items() for one in group)
