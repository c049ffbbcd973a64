"""judge --set 完成情况2=…: which task a person means, by its place in `policylib tasks` or by the number that the paper
gives it, and which it was that was said to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policylib.cli.output import cell
from policylib.errors import JudgementError
from policylib.extract.folding import fold
from policylib.extract.numerals import chinese_number
from policylib.extract.task_heads import COMPLETION, completion_field
from policylib.library import Library
from policylib.model import Judgement, Work
from policylib.rules.duties import Duty, plans

# 完成情况3, 完成情况第3项; by the paper's own number 完成情况（三）, 完成情况原文三.
TASK = re.compile(
    r"完成情况\s*(?:第?(?P<place>\d{1,4})项?|(?:原文|第)?(?P<own>[(（]?[一二三四五六七八九十百]{1,4}[)）]?|[(（]\d{1,4}[)）])项?|"
    r"原文(?P<figures>\d{1,4}))"
)


def task_named(library: Library, work: Work, written: re.Match[str]) -> Duty:
    """The task of a work by its number in `policylib tasks`, or by the paper's own. Raises JudgementError."""
    tasks = _tasks(library, work)
    own = written["own"] or written["figures"]
    if own:
        found = [task for task in tasks if fold(task.number) == fold(own)]
        found = found or [task for task in tasks if _bare(task.number) == _bare(own)]
    else:
        found = [task for task in tasks if task.place == int(written["place"])]
    if len(found) == 1:
        return found[0]
    if found:
        places = "、".join(f"{task.place}（{task.head}）" for task in found)
        raise JudgementError(f"{work.label}里原文序号是{own}的有几项，请写 policylib tasks 列出的序号：{places}")
    has = f"有{len(tasks)}项任务，序号从 1 到 {len(tasks)}" if tasks else "没有读出任务"
    which = f"原文序号是{own}的任务" if own else f"第{written['place']}项任务"
    raise JudgementError(f"{work.label}没有{which}：本库从中{has}，可用 policylib tasks 查看")


def _tasks(library: Library, work: Work) -> list[Duty]:
    return [task for _, found in plans(library.snapshot(), [work]) for task in found]


def _bare(number: str) -> str:
    return fold(number).strip("()")


def task_lines(library: Library, judgement: Judgement, works: Mapping[str, Work], by_place: bool) -> Iterator[str]:
    """Which task it is that was said to be done: its place is soon mistaken for the number that the paper has."""
    if not judgement.field.startswith(f"{COMPLETION}:") or judgement.source not in works:
        return
    tasks = _tasks(library, works[judgement.source])
    for task in tasks:
        if completion_field(task.item) == judgement.field:
            yield f"  {task.named}；牵头：{cell('、'.join(task.lead)) or '未写明'}；原文：{cell(task.item)}"
            for other in tasks if by_place else ():
                if other.place != task.place and chinese_number(_bare(other.number)) == task.place:
                    yield f"  请核对：原文{other.number}是第{other.place}项，不是这一项"
