"""Rows on a terminal. Nothing is cut: what does not fit goes on below. Where every column has room enough to be read:

    文号                标题                      类别      效力  成文日期
    岚科发〔2016〕31号  岚州市科学技术局关于印发  政策文件  废止  2016-08-22
                        《岚州市…》的通知

Elsewhere one record after the other:

    岚科发〔2016〕31号  政策文件  废止  成文日期：2016-08-22
      岚州市科学技术局关于印发《岚州市…》的通知
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from policylib.cli.width import folded, padded, width

GAP = "  "
# Cells of a number, a date, a state, a short organ; what is longer may be folded, but no narrower than this.
_SHORT = 24
_NUMBER = 32  # cells of what stands first in a record: 岚州市人民政府公告2021年第3号, interpretation.not-by-drafter
_INDENT = "  "
# Values that say themselves what they are. The others are named where no column head stands above them.
_PLAIN = frozenset({"文号", "标题", "类别", "效力", "事项", "程度", "结果", "代号", "谁", "意见"})

_STATES = frozenset({"效力", "事项", "程度", "结果", "关系", "建议结论"})  # columns of which a word says good or bad


def lines_of(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """The rows as lines of at most `room` cells. Columns in which no row has anything are left out."""
    if not rows:
        return
    used = [at for at in range(len(heads)) if any(row[at] for row in rows)] or [0]
    heads = [heads[at] for at in used]
    rows = [[row[at] for at in used] for row in rows]
    natural = [max(map(width, (head, *(row[at] for row in rows)))) for at, head in enumerate(heads)]
    wide = _fitted(natural, room)
    if wide is not None:
        yield from _table(heads, rows, wide)
        return
    short = [_usual(rows, at) <= (_SHORT if at else _NUMBER) for at in range(len(heads))]
    for row in rows:
        yield from _record(heads, row, short, room)


# Table -------------------------------------------------------------------------------------------------------------


def _fitted(natural: Sequence[int], room: int) -> list[int] | None:
    """The widths of the columns, the widest narrowed until all fit; None where they would be too narrow to be read."""
    wide = list(natural)
    over = sum(wide) + len(GAP) * (len(wide) - 1) - room
    if over > sum(max(0, cells - _SHORT) for cells in wide):
        return None
    for _ in range(max(0, over)):
        wide[wide.index(max(wide))] -= 1
    return wide


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int]) -> Iterator[str]:
    yield click.style(
        GAP.join(padded(head, cells) for head, cells in zip(heads, wide, strict=True)).rstrip(), bold=True
    )
    for row in rows:
        columns = [folded(one, cells) for one, cells in zip(row, wide, strict=True)]
        for place in range(max(map(len, columns))):
            parts = [column[place] if place < len(column) else "" for column in columns]
            shown = [padded(part, cells) for part, cells in zip(parts, wide, strict=True)]
            shown[-1] = parts[-1]
            yield GAP.join(map(_coloured, shown, heads, row)).rstrip()


def _usual(rows: Sequence[Sequence[str]], at: int) -> int:
    """The width that four values of five in a column do not pass: one long name does not make a column a long one."""
    return sorted(width(row[at]) for row in rows)[(len(rows) - 1) * 4 // 5]


# Records -----------------------------------------------------------------------------------------------------------


def _record(heads: Sequence[str], row: Sequence[str], short: Sequence[bool], room: int) -> Iterator[str]:
    """What a row is known by and its short values on the first line; its name, the first long value, below; then what
    is left."""
    name = next((at for at in range(1, len(row)) if not short[at]), None) if short[0] else None
    values = {at: _named(heads[at], one, at in (0, name)) for at, one in enumerate(row) if one}
    title = values.pop(name, "") if name is not None else ""
    lead: list[int] = []
    for at in values:
        fits = short[0] and short[at] and width(GAP.join(values[one] for one in (*lead, at))) <= room
        if fits or not lead:
            lead.append(at)
    inner = room - len(_INDENT)
    head = GAP.join(values[at] for at in lead)
    below = [*(folded(title, inner) if title else ()), *_packed([values[at] for at in values if at not in lead], inner)]
    first, *more = folded(head, room if width(head) <= room else inner) if lead else (below or [""])
    yield click.style(first, bold=True)
    yield from (f"{_INDENT}{line}" for line in (*more, *(below if lead else ())))


def _named(head: str, value: str, known: bool) -> str:
    return value if known or head in _PLAIN else f"{head}：{value}"


def _packed(values: Sequence[str], room: int) -> Iterator[str]:
    """The values one behind the other, as many to a line as fit."""
    line = ""
    for value in values:
        joined = f"{line}{GAP}{value}" if line else value
        if line and width(joined) > room:
            yield from folded(line, room)
            joined = value
        line = joined
    if line:
        yield from folded(line, room)


def _coloured(text: str, head: str, value: str) -> str:
    """A line of a cell, in the colour of the whole value: a sentence that goes on below with 废止 is no state."""
    if head not in _STATES or not text.strip():
        return text
    if value.startswith(("废止", "失效", "错误")):
        return click.style(text, fg="red")
    return click.style(text, fg="green") if value.startswith("有效") and not value.startswith("有效期") else text
