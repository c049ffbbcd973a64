"""What people call a task, and which tasks a paper gives: by these words a person says that one is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from policylib.extract.folding import fold
from policylib.extract.task_items import with_leaderless
from policylib.model import Analysis, Task, Work

COMPLETION = "completion"
"""The field under which a person says that a work's tasks are done; `completion:<item>` says it of one task."""
_KEY = 40
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十百]{1,4}、|[(（][一二三四五六七八九十百\d]{1,4}[)）]|\d{1,3}[.．、])\s*"
)
_BLANK = re.compile(r"\s+")


class Tasks(NamedTuple):
    """The tasks of a work, as its fullest file with any has them."""

    analysis: Analysis
    text: str
    tasks: tuple[Task, ...]


def tasks_of(
    work: Work, analysis_of: Callable[[str], Analysis | None], text_of: Callable[[str], str | None]
) -> Tasks | None:
    """The tasks of a work in their order, those for which nobody answers among them; None where it gives none."""
    for sha256 in work.documents:
        analysis = analysis_of(sha256)
        if analysis and analysis.tasks:
            text = text_of(sha256) or ""
            year = work.day.year if work.day else None
            return Tasks(analysis, text, with_leaderless(fold(text), analysis.tasks, year))
    return None


def head_of(item: str) -> str:
    """The first sentence of a task, without its number: 深化权责清单、公共服务事项目录公开."""
    bare = _NUMBER.sub("", _BLANK.sub(" ", item).strip())
    first = re.split(r"[。；;]", bare, maxsplit=1)[0]
    return first if len(first) <= _KEY else first[: _KEY - 1] + "…"


def completion_field(item: str) -> str:
    """The field of the judgement on one task. It holds the task's words, so that it is never taken for another when
    tasks are counted anew."""
    return f"{COMPLETION}:{head_of(item)}"
