"""How many documents a cleanup result says that it keeps, repeals, voids or will amend (domain.md §7.3, CLN-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policylib.extract.cleanup_outcomes import heading_outcome, outcomes_in
from policylib.extract.layout import Line
from policylib.extract.numerals import chinese_number
from policylib.model import Found, RelationKind, Span, StatedCount

_CLAUSE = re.compile(r"[^,、。;:()]+")
_HAN: Final = "零一二三四五六七八九十百"
_COUNT = re.compile(rf"(?<![\d.{_HAN}])(\d{{1,5}}|[{_HAN}]{{1,5}})(?:件|部|项|份)(?!套)")
_ALONE = re.compile(rf"\s*(?:共|计|共计|合计)?\s*(?:\d{{1,5}}|[{_HAN}]{{1,5}})(?:件|部|项|份)\s*")
_DONE = re.compile(r"(?:均|全部)?(?:予以|宣布|决定)")
_UNLISTED = re.compile(r"另行|不予公开|不公开|涉密")


def stated_counts(lines: Sequence[Line]) -> tuple[Found[StatedCount], ...]:
    """Each count with the words that state it, in order.

    废止10件行政规范性文件, 继续有效的26件: the outcome and the number stand in one clause. 不再执行的7件宣布失效: what
    is decided stands right behind it. 目录（共120件）: the number follows the heading. 失效489件（其中107件因涉密另行
    通知）: 107 of them are in no list. A clause with two outcomes (废止和宣布失效12件) states nothing of either, and
    one with none (对152件进行了清理) nothing at all.
    """
    found: list[Found[StatedCount]] = []
    heading: RelationKind | None = None
    for line in lines:
        if line.role == "row":
            continue
        if outcome := heading_outcome(line):
            heading = outcome[0]
        for one in _in_line(line, heading):
            if one.value.relation == "none":
                _unlist(found, one)
            else:
                found.append(one)
    return tuple(found)


def _in_line(line: Line, heading: RelationKind | None) -> Iterator[Found[StatedCount]]:
    """The counts of one line; those of the relation `none` say how many of the count before them are in no list."""
    relation: RelationKind | None = None
    for clause in _CLAUSE.finditer(line.text):
        words = clause.group()
        counts = list(_COUNT.finditer(words))
        spoken = (_decided(words, counts[0]) if len(counts) == 1 else set()) or outcomes_in(words)
        relation = next(iter(spoken)) if len(spoken) == 1 else None if spoken else relation
        if len(counts) != 1:
            continue
        bracketed = line.text[clause.start() - 1 : clause.start()] == "("
        span = Span(clause.start() + counts[0].start(), clause.start() + counts[0].end()).shifted(line.span.start)
        count = chinese_number(counts[0][1]) or 0
        if len(spoken) == 1 and relation:
            yield Found(StatedCount(relation, count), span, "cleanup.count")
        elif words.lstrip().startswith("其中") and _UNLISTED.search(line.text, clause.start()):
            yield Found(StatedCount("none", count), span, "cleanup.count.unlisted")
        elif bracketed and _ALONE.fullmatch(words) and (above := relation or heading):
            yield Found(StatedCount(above, count), span, "cleanup.count")


def _decided(words: str, count: re.Match[str]) -> set[RelationKind]:
    """What is done to so many papers, as the words right behind the number say, whatever is told of them before:
    未按时修订、不再执行的规范性文件7件宣布失效."""
    return outcomes_in(words[count.end() :]) if _DONE.match(words, count.end()) else set()


def _unlist(found: list[Found[StatedCount]], part: Found[StatedCount]) -> None:
    if found and part.value.count <= found[-1].value.count:
        last = found[-1]
        value = StatedCount(last.value.relation, last.value.count, part.value.count)
        found[-1] = Found(value, Span(last.span.start, part.span.end), last.rule)
