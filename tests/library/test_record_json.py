"""Records go to JSON and come back the same."""

from __future__ import annotations

from dataclasses import dataclass, field, make_dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from policylib.library.record_json import decode, encode, shape
from policylib.model import (
    Block,
    Document,
    DocumentNumber,
    Drafter,
    Effect,
    Evidence,
    Judgement,
    NumberKind,
    Problem,
    Relation,
    Source,
    Span,
    Unresolved,
    Work,
    plain_document,
)

EVIDENCE = Evidence("ab", "文件/甲.txt", Span(3, 9), "〔2019〕12号", "废止", "。", "claim.repeal")
RECORDS = [
    Work("《甲》", "policy", False),
    Work(
        "云政发〔2021〕5号",
        "policy",
        True,
        title="甲",
        numbers=(DocumentNumber.parse("云政发〔2021〕5号"), DocumentNumber.parse("YZCR-2021-0010001")),
        issuers=("云泽市人民政府",),
        drafter=Drafter(("市科技局",), "E1", "stated", EVIDENCE),
        dated=date(2021, 3, 4),
        published=datetime(2021, 3, 5, 9, 30, tzinfo=UTC),
        expires=date(2026, 3, 31),
        number_repaired=True,
        documents=("ab", "cd"),
    ),
    Relation("repeals", "甲", "乙", EVIDENCE, 0.9, "T1", "plan", "第三条", True, "题名相同", True),
    Effect("repeal", "乙", date(2022, 1, 20), None, "甲", None, "reported", None, EVIDENCE),
    Unresolved("甲", "basis", "《乙》", ("乙#1", "乙#2"), "同名", EVIDENCE),
    Judgement("set", "甲", field="drafter", value="市科技局", who="李工", when=datetime(2024, 5, 6, tzinfo=UTC)),
    Problem("layout.page-lost", "第3页没有文字", Span(0, 1)),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_there_and_back(record: object) -> None:
    assert decode(type(record), encode(record)) == record


@dataclass(frozen=True)
class Inner:
    day: date | None = None


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    kind: NumberKind = NumberKind.ORDER


def other(name: str, *fields: tuple[str, object] | tuple[str, object, Any]) -> type:
    return make_dataclass(name, fields, frozen=True)


def test_the_shape_of_a_record_is_that_of_its_fields_and_of_what_they_hold() -> None:
    day, kind = ("day", date | None, field(default=None)), ("kind", NumberKind, field(default=NumberKind.ORDER))
    inner = other("Inner", day)
    same = other("Outer", ("inner", tuple[inner, ...]), kind)  # type: ignore[valid-type]
    assert shape(same) == shape(Outer)
    wider = other("Inner", day, ("until", date | None, field(default=None)))
    changed = [
        other("Outer", ("inner", tuple[wider, ...]), kind),  # type: ignore[valid-type]
        other("Outer", ("inner", tuple[inner, ...]), ("kind", NumberKind, field(default=NumberKind.BARE))),  # type: ignore[valid-type]
        other("Outer", ("inner", tuple[inner, ...]), ("sort", NumberKind, field(default=NumberKind.ORDER))),  # type: ignore[valid-type]
        other("Outer", ("inner", tuple[inner, ...]), ("kind", str, field(default="order"))),  # type: ignore[valid-type]
        other("Outer", ("inner", tuple[inner, ...]), kind, ("more", str, field(default=""))),  # type: ignore[valid-type]
    ]
    assert len({shape(Outer), *map(shape, changed)}) == 6


def test_a_tuple_of_blocks() -> None:
    document: Document = plain_document("甲\n\n 乙\t丙", Source("甲", "ab", "text/plain", "txt"))
    blocks = (*document.blocks, Block("row", Span(0, 3), 2, (Span(0, 1), Span(2, 3))))
    assert decode(tuple[Block, ...], encode(blocks)) == blocks


def test_defaults_are_left_out() -> None:
    assert encode(Work("甲", "policy", False)) == '{"key":"甲","role":"policy","held":false}'
