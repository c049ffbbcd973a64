"""What a cleanup result decides of papers, by the words of its headings, columns and cells (domain.md §7)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.layout import Line
from policylib.extract.parts import ENDS_IN_PART
from policylib.model import Found, Mode, RelationKind, Span

Outcome = tuple[RelationKind, Mode, Found[str]]
"""What becomes of a paper, whether that is done or planned, and the word that says so."""
_OUTCOMES: Final[tuple[tuple[RelationKind, Mode, re.Pattern[str]], ...]] = (
    ("partly_repeals", "act", ENDS_IN_PART),
    ("retains", "act", re.compile(r"(?:不|不予|不宜|不再|暂缓)废止")),
    ("amends", "plan", re.compile(r"拟?修[改订](?!后)|需修改|修改后重新|重新制定")),
    ("retains", "act", re.compile(r"继续有效|(?<!不再)(?<!不予)保留|继续执行|现行有效|有效")),
    (
        "repeals",
        "plan",
        re.compile(
            r"(?:拟|建议|适时)(?:予以)?废止|(?:待|征求意见|出台|发布|实施|修订|完成)[^;,。]{0,20}?后(?:再行?|予以)?废止"
        ),
    ),
    ("repeals", "act", re.compile(r"废止|(?:停止|不再)(?:执行|施行|适用)")),
    ("lapses", "act", re.compile(r"失效")),
)
_MAX_HEADING: Final = 60  # characters of 继续有效的市政府规范性文件目录（共120件）
_HEADING = re.compile(
    r"(?:目录|清单|文件|名单|一览表|汇总表)(?:\(?(?:共)?\d*件?\)?)?$|"
    r"^(?P<ordinal>\(?[一二三四五六七八九十]{1,2}[、)] ?)?(?:本次|此次|其中,?|共|予以|决定|宣布|全文|拟){0,3}"
    r"(?:保留|修改|废止|失效|继续有效)类?(?:\(?共?\d{1,3}[件个项份部]\)?:?|:|(?<=类)|(?(ordinal)|(?!)))$"
)
_ANNOUNCES = re.compile(r"(?:如下|下列[^。;]{0,20})[。:]?$")


def heading_outcome(line: Line) -> Outcome | None:
    """The outcome of all that is listed below: 废止的规范性文件目录, 决定废止下列文件：."""
    if len(line.text) <= _MAX_HEADING and _HEADING.search(line.text):
        return outcome_of(line.text, line.span)
    if len(line.text) > 2 * _MAX_HEADING or "《" in line.text or not _ANNOUNCES.search(line.text):
        return None
    return outcome_of(line.text, line.span) if len(outcomes_in(line.text)) == 1 else None


def outcomes_in(words: str) -> set[RelationKind]:
    """All the outcomes that words speak of: 废止和宣布失效 -> repeals, lapses."""
    return {relation for relation, _, pattern in _OUTCOMES if pattern.search(words)}


def outcome_of(words: str, where: Span) -> Outcome | None:
    """废止的规范性文件目录 -> repeals; 继续有效 -> retains; 拟修改 -> amends, planned; None for other words."""
    for relation, mode, pattern in _OUTCOMES:
        if match := pattern.search(words):
            span = Span(where.start + match.start(), where.start + match.end())
            return relation, mode, Found(match.group(), span, f"cleanup.{relation}")
    return None


def heads_rows(words: str) -> bool:
    """予以废止的文件目录, above a table whose columns give no outcome."""
    return len(words) <= _MAX_HEADING and bool(_HEADING.search(words)) and len(outcomes_in(words)) == 1
