"""The tasks of a table 任务分工表: a row a task, its columns named in the head (domain.md §8).

序号 | 重点任务 | 工作措施 | 牵头单位 | 配合单位 | 完成时限
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policylib.extract.deadlines import deadline_in, limit_in
from policylib.extract.layout import Line
from policylib.extract.responsible import Units, responsible
from policylib.model import Found, Span, Task

_UNIT: Final = "(?:单位|部门|科室|处室|机关)"
_COLUMNS: Final = {
    "lead": re.compile(rf"牵头(?:负责|责任)?{_UNIT}"),
    "duty": re.compile(rf"(?:责任|主办|承办|负责|落实|实施){_UNIT}"),
    "support": re.compile(rf"(?:配合|协办|协助|参与|参加|支持){_UNIT}"),
    "deadline": re.compile(r"时限|完成时间|(?:完成|整改)期限|时间节点|时间要求|时间安排"),
    "item": re.compile(r"任务|事项|措施|工作内容|主要内容|重点工作|工作要求|举措|^内容$|^项目$"),
}
_LONGEST_HEAD: Final = 16
_NAME: Final = re.compile(r"[^、,;。\n ]+")
_LEADS: Final = re.compile(r"[(](?:牵头|主办)[)]")
_WORD: Final = re.compile(r"[\u3400-\u9fff]{2}")  # the head says that it is a unit: whatever it is called, it counts
_BLANK: Final = re.compile(r"\s")
_NOBODY: Final = frozenset(("待定", "待明确", "待确定", "暂无"))
# A ledger without a column for anybody: 序号 | 整改任务 | 完成时限. 办事事项 | 办理时限 is how an office works.
_TASK: Final = re.compile(r"任务|措施|举措|问题|重点工作")
_DONE_BY: Final = re.compile(r"完成(?:时[限间]|期限)|整改(?:时限|期限)|时间节点")


def table_tasks(folded: str, rows: Sequence[Line], year: int | None) -> Iterator[Task]:
    """The tasks of the rows below a head that names tasks and those who answer for them. A row without anybody is one
    too: its `lead` is empty."""
    columns: Mapping[str, int] = {}
    above: Span | None = None
    for row in rows:
        head = _head([cell.of(folded) for cell in row.cells])
        if head is not None:
            columns, above = head, None
            continue
        cells = {name: row.cells[place] for name, place in columns.items() if place < len(row.cells)}
        item = _trimmed(folded, cells["item"]) if "item" in cells else None
        item = item or above  # a cell that spans several rows
        # The name of a group of tasks stands alone in its row, or in every cell of it.
        if item is not None and len({words for cell in row.cells if (words := cell.of(folded).strip())}) > 1:
            above = item
            yield _task(folded, item, cells, year)


def _head(cells: Sequence[str]) -> Mapping[str, int] | None:
    """The columns of a head; nothing of the table is read where it names no task or nobody. None for any other row."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        words = _BLANK.sub("", cell)
        for name, pattern in _COLUMNS.items():
            if len(words) <= _LONGEST_HEAD and pattern.search(words):
                if name == "item" or name not in found:
                    found[name] = index  # of several columns for the task, the last is the nearest: 工作措施
                break
    reads = "item" in found and ("lead" in found or "duty" in found or _is_ledger(cells, found))
    if "序号" in [_BLANK.sub("", cell) for cell in cells] or len(found) > 2:
        return found if reads else {}
    return found if reads else None


def _is_ledger(cells: Sequence[str], found: Mapping[str, int]) -> bool:
    """Whether a head that names nobody is that of tasks all the same."""
    item, limit = (_BLANK.sub("", cells[found[name]]) if name in found else "" for name in ("item", "deadline"))
    return bool(_TASK.search(item) and _DONE_BY.fullmatch(limit))


def _task(folded: str, item: Span, cells: Mapping[str, Span], year: int | None) -> Task:
    first, second = ("lead", "duty") if "lead" in cells else ("duty", "lead")
    lead, helping = _units(folded, cells.get(first))
    for name in (second, "support"):
        helping = (*helping, *(one for found in _units(folded, cells.get(name)) for one in found))
    limit = cells.get("deadline")
    until = limit_in(folded, limit.start, limit.end, year) if limit else None
    return Task(item, lead, helping, until or deadline_in(folded, item.start, item.end, year))


def _units(folded: str, cell: Span | None) -> tuple[Units, Units]:
    """甲局、乙局 · 甲局牵头，乙局配合 · 甲局（牵头）、乙局: those who lead, and those who support where it tells."""
    if cell is None or not cell.of(folded).strip():
        return (), ()
    spoken = responsible(folded, cell)
    if any(spoken):
        return spoken
    marks = list(_LEADS.finditer(folded, cell.start, cell.end))
    found = [Span(*match.span()) for match in _NAME.finditer(folded, cell.start, cell.end)]
    named = [(_bare(folded, span), any(span.contains(Span(*mark.span())) for mark in marks)) for span in found]
    units = [
        (Found(words, span, "task.table"), leads)
        for span, leads in named
        if _WORD.search(words := span.of(folded)) and words not in _NOBODY
    ]
    if not marks:
        return tuple(unit for unit, _ in units), ()
    return tuple(unit for unit, leads in units if leads), tuple(unit for unit, leads in units if not leads)


def _bare(folded: str, span: Span) -> Span:
    """The name without what stands in brackets behind it."""
    open_at = folded.find("(", span.start, span.end)
    return Span(span.start, open_at) if open_at > span.start else span


def _trimmed(folded: str, cell: Span) -> Span | None:
    words = cell.of(folded)
    bare = words.strip()
    start = cell.start + len(words) - len(words.lstrip())
    return Span(start, start + len(bare)) if bare else None
