"""Where a row stands in a cleanup result, as a clerk would look it up: 附件2（废止的规范性文件目录）第3行."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policylib.link.reconcile import ListedRow
from policylib.model import Analysis

_HEAD = re.compile(
    r"[ \t\u3000]*(?P<name>附[件表] ?(?P<number>[\d一二三四五六七八九十]{0,3}))"
    r"(?P<mark>[ \t\u3000:：.．、]*)(?P<title>.{0,60})$"
)
_TITLE = re.compile(r"(?:目录|清单|名单|一览表|汇总表|文件)(?:[（(][^（）()]{1,20}[)）])?$")
_LONGEST = 60
_ENUMERATES = re.compile(r"^\d{1,2}[.．、]")  # 附件：1.继续有效的文件目录: what the paper has, and no head of it


@dataclass(frozen=True, slots=True)
class RowPlace:
    """The annex in which a row stands, "" where it stands in the paper itself, and its number there, from 1."""

    annex: str
    number: int

    def __str__(self) -> str:
        return f"{self.annex}第{self.number}行"


def row_places(rows: Sequence[ListedRow], texts: Mapping[str, str]) -> tuple[RowPlace, ...]:
    """The place of each row. An annex is told by its head, or is a file of its own."""
    first = rows[0].analysis.source.sha256 if rows else ""
    heads: dict[str, list[tuple[int, str]]] = {}
    counted: Counter[tuple[str, int]] = Counter()
    found = []
    for row in rows:
        sha256 = row.analysis.source.sha256
        if sha256 not in heads:
            heads[sha256] = list(_heads(texts.get(sha256, "")))
        at = bisect_right(heads[sha256], (row.claim.scope.start, "\U0010ffff"))
        counted[sha256, at] += 1
        named = heads[sha256][at - 1][1] if at else "" if sha256 == first else _file(row.analysis)
        found.append(RowPlace(named, counted[sha256, at]))
    return tuple(found)


def together(one: RowPlace, other: RowPlace) -> str:
    """附件2（…）第1行、第3行 of two rows of one annex."""
    return f"{one}、第{other.number}行" if one.annex == other.annex else f"{one}、{other}"


def _heads(text: str) -> Iterator[tuple[int, str]]:
    """附件2, alone or with its title behind or below it; 附件所列文件 is a sentence."""
    start = 0
    above: tuple[int, str] | None = None
    for line in text.split("\n"):
        if above and line.strip():
            yield above[0], _named(above[1], line.strip())
            above = None
        head = _HEAD.fullmatch(line)
        title = head["title"].strip() if head else ""
        if head and not title:
            above = start, head["name"]
        elif head and (head["number"] or head["mark"]) and not _ENUMERATES.match(title):
            yield start, _named(head["name"], title)
        start += len(line) + 1


def _named(name: str, title: str) -> str:
    name = name.replace(" ", "")
    return f"{name}（{title}）" if _TITLE.search(title) and len(title) <= _LONGEST else name


def _file(analysis: Analysis) -> str:
    title = analysis.elements.title
    return f"《{title.value}》" if title else analysis.source.path.rsplit("/", 1)[-1]
