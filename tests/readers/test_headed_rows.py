"""Items under heads in one box of a ruled table, as invoices of budgets and purchases have them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policylib.model import Document
from policylib.readers import read_bytes
from tests.readers import ofd_file

HEADS = (("采购项目", 30.0), ("规格", 62.0), ("数量", 90.0), ("金额", 115.0), ("税额", 150.0))
ITEMS = (
    (("*信息服务*网站运维", 29.0), ("12", 92.0), ("4197.17", 112.0), ("251.83", 147.0)),
    (("费", 29.0),),
    (("合", 36.0), ("计", 50.0), ("¥4197.17", 111.0), ("¥251.83", 146.0)),
)
ROWS = [
    ("采购项目", "规格", "数量", "金额", "税额"),
    ("*信息服务*网站运维费", "", "12", "4197.17", "251.83"),
    ("合 计", "", "", "¥4197.17", "¥251.83"),
]
Placed = Sequence[tuple[str, float]]


def form(*rows: Placed, size: float = 3.0) -> Document:
    """A table of three ruled rows: a label and its value, a box with these lines of words, a label and its value."""
    left, wall, right = 28.0, 60.0, 170.0
    ys = (40.0, 50.0, 90.0, 100.0)
    drawn = [ofd_file.rule(left, y, right, y) for y in ys]
    drawn += [ofd_file.rule(x, ys[0], x, ys[-1]) for x in (left, right)]
    drawn += [ofd_file.rule(wall, top, wall, top + 10) for top in (ys[0], ys[2])]
    labels = (
        ("采购单位", 30.0, 43.0),
        ("岚州市科学技术局", 62.0, 43.0),
        ("价税合计", 30.0, 93.0),
        ("肆仟肆佰元", 62.0, 93.0),
    )
    drawn += [ofd_file.text(words, x, y, size) for words, x, y in labels]
    for place, row in enumerate(rows):
        y = 52 + 4 * place + (20 if row[0][0] == "合" else 0)
        for words, x in row:
            step = size if not words[-1].isdigit() else size / 2
            drawn.append(
                ofd_file.text(words, x, y, size).replace(f"g {len(words) - 1} {size}", f"g {len(words) - 1} {step}")
            )
    return read_bytes(ofd_file.ofd(ofd_file.page("".join(drawn))), "验收单.ofd")


def rows(document: Document) -> list[tuple[str, ...]]:
    return [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks if block.kind == "row"]


def test_items_stand_under_their_heads() -> None:
    document = form(HEADS, *ITEMS)
    first, *items, last = rows(document)
    assert items == ROWS
    assert [cell for cell in first if cell] == ["采购单位", "岚州市科学技术局"]
    assert [cell for cell in last if cell] == ["价税合计", "肆仟肆佰元"]
    assert not document.problems


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((HEADS, ITEMS[0]), id="one amount beside another may be anything"),
        pytest.param((HEADS, (("采购项目及其规格一并说明", 30.0),), *ITEMS), id="words under two heads"),
        pytest.param((HEADS[:2], ITEMS[0][:1], ITEMS[2][:1]), id="a label and its value"),
        pytest.param(((("1", 30.0), ("2", 62.0), ("3", 90.0)), *ITEMS), id="heads that are figures"),
    ],
)
def test_what_is_not_certain_stays_as_it_is(lines: Sequence[Placed]) -> None:
    document = form(*lines)
    assert len(rows(document)) == 3
    words = "".join(text for line in lines for text, _ in line)
    assert sorted(words) == sorted("".join(rows(document)[1]).replace(" ", ""))
