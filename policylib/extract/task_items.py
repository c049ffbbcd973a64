"""The numbered items of a plan, and those of them for which nobody answers though their neighbours have somebody
(domain.md §6.3 TSK-01)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from policylib.extract.deadlines import deadline_in
from policylib.extract.tasks import SCOPE
from policylib.model import Span, Task

_LEVELS: Final = (
    re.compile(r"[一二三四五六七八九十百]{1,4}、"),
    re.compile(r"\([一二三四五六七八九十百]{1,4}\)"),
    re.compile(r"\d{1,3}[.、](?!\d)"),
    re.compile(r"\(\d{1,3}\)"),
)
# As the paper has it, not folded: its brackets are shown as they stand.
_OWN: Final = re.compile(
    r"\s*([一二三四五六七八九十百]{1,4}、|[(（][一二三四五六七八九十百\d]{1,4}[)）]|\d{1,3}[.．、](?!\d))\s*"
)
_FIRST_CELL: Final = re.compile(r" *(\d{1,3}|[一二三四五六七八九十]{1,3})[ ]*\t")
LEAST_SIBLINGS: Final = 3  # of two items, one says nothing of the other
# Parts of a plan that give no task of their own; 三、保障措施 binds everybody.
_NO_TASK: Final = re.compile(
    r"总体要求|总体思路|指导思想|基本原则|工作目标|主要目标|目标任务|组织领导|组织实施|组织保障|工作要求|保障措施|督[导查促]|考核|宣传|附则"
)
_HEAD: Final = 24


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item that has none below it, from its number to the next number. `group`: the item above it, its
    level."""

    span: Span
    group: tuple[int, int]


class Leaderless(NamedTuple):
    """Items that name nobody responsible: those that no sentence covers, those that 以下均需…落实，不再列出 does."""

    bare: tuple[Span, ...]
    covered: tuple[Span, ...]


def without_lead(folded: str, tasks: Sequence[Task]) -> Leaderless:
    """The items that name nobody responsible, of three or more side by side of which at least half do."""
    places = sorted(one.span.start for task in tasks for one in (*task.lead, *task.support) if one.rule == "task")
    groups: dict[tuple[int, int], list[tuple[Span, bool]]] = {}
    for item in _items(folded):
        assigned = bisect_left(places, item.span.start) < bisect_left(places, item.span.end)
        groups.setdefault(item.group, []).append((item.span, assigned))
    covered_from = next((match.end() for match in SCOPE.finditer(folded)), len(folded))
    found = [
        _line(folded, span)
        for group in groups.values()
        if len(group) >= LEAST_SIBLINGS and 2 * sum(assigned for _, assigned in group) >= len(group)
        for span, assigned in group
        if not assigned and not _NO_TASK.search(folded, span.start, min(span.end, span.start + _HEAD))
    ]
    return Leaderless(
        bare=tuple(one for one in found if one.start < covered_from),
        covered=tuple(one for one in found if one.start >= covered_from),
    )


def with_leaderless(folded: str, tasks: Sequence[Task], year: int | None) -> tuple[Task, ...]:
    """The tasks of a paper in its order, with the items for which nobody answers: （三）新建助餐点20处 between
    （二）…（甲局牵头） and （四）…（乙局牵头）. An order within an item names who obeys, and is there already."""
    bare = without_lead(folded, tasks).bare
    starts = sorted(task.item.start for task in tasks)
    added = [
        Task(item, (), (), deadline_in(folded, item.start, item.end, year))
        for item in bare
        if bisect_left(starts, item.start) == bisect_left(starts, item.end)
    ]
    return tuple(sorted((*tasks, *added), key=lambda task: task.item.start))


def own_number(text: str, item: Span) -> str:
    """The number that the paper itself gives to a task: （三）, 2, 一; of a row of a table what its first cell numbers.
    "" where it has none. An order that is but a sentence of an item is not the item."""
    line = Span(text.rfind("\n", 0, item.start) + 1, item.end).of(text)
    before = item.start - (item.end - len(line))
    found = _OWN.match(line)
    if found and not line[found.end() : before].strip():
        return found[1].rstrip("、.．")
    found = _FIRST_CELL.match(line, 0, before)
    return found[1] if found else ""


def _items(folded: str) -> Iterator[_Item]:
    heads = list(_heads(folded))
    above: dict[int, int] = {}
    for index, (start, level) in enumerate(heads):
        end, below = heads[index + 1] if index + 1 < len(heads) else (len(folded), -1)
        parent = max((above[upper] for upper in above if upper < level), default=-1)
        above = {upper: place for upper, place in above.items() if upper < level} | {level: index}
        if below <= level:
            yield _Item(Span(start, end), (parent, level))


def _heads(folded: str) -> Iterator[tuple[int, int]]:
    """Where a line begins with a number, and the level of that number."""
    start = 0
    for line in folded.split("\n"):
        bare = line.lstrip()
        for level, pattern in enumerate(_LEVELS):
            if pattern.match(bare):
                yield start + len(line) - len(bare), level
                break
        start += len(line) + 1


def _line(folded: str, span: Span) -> Span:
    """The first line of an item."""
    end = folded.find("\n", span.start, span.end)
    return Span(span.start, span.start + len(folded[span.start : end if end >= 0 else span.end].rstrip()))
