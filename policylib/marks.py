"""The words by which an original says of itself that it no longer holds, or not as it stands: 标注 (domain.md §7.2).

    【效力标注】本文件已废止：据《某决定》（岚政发〔2018〕28号），自2018年11月23日起废止。      what policylib writes
    该文件已被岚政发〔2018〕28号废止。      …的通知（已废止）      有效性：废止            what sites write

A mark tells whether a page is marked; of a status it decides only where nothing else is known. The words are rows of
data/marks.toml; readers keep the lines that are marks, `extract` takes them out of the text that is analysed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from policylib.model.span import Span
from policylib.tables import toml_rows

HEAD: Final = "【效力标注】"
FOLDER: Final = "标注"
"""Where marked copies are put, and not read again unless the folder is named."""
"""How a mark of policylib begins. It is one sentence, and ends at its first 。"""
OWN: Final = "mark.own."
"""How the rules of marks of policylib begin."""
LONGEST: Final = 3200  # characters of a mark; the longest of ours names some dozen amendments
_WORDS = re.compile("废止|失效|停止执行|修[改订正]")  # one of them stands in every mark; most lines of a page have none
_SPACE = re.compile(r"\s+")
_BRACKETS = str.maketrans("()[]", "（）（）")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says (废止, 失效, 部分失效, 已修改), and the row by which it was known."""

    says: str
    rule: str


def own_mark(line: str) -> Mark | None:
    """The mark of policylib that a line is."""
    return _whole(line, "own") if HEAD in line else None


def banner(line: str) -> Mark | None:
    """The mark that a line above a title is, whether policylib wrote it or a site."""
    return own_mark(line) or _whole(line, "banner")


def in_title(title: str) -> tuple[Mark, Span] | None:
    """The mark in brackets at the end of a title or before it, and where it stands."""
    for rule, says, pattern in _rows()["title"]:
        for match in pattern.finditer(title):
            ends = not title[match.end() :].strip() or not title[: match.start()].strip()
            if ends and match.end() - match.start() < len(title.strip()):
                return Mark(says, rule), Span(*match.span())
    return None


def label_says(value: str) -> str | None:
    """What a page's own label says: 有效, 废止, 失效, 部分失效, 已修改. None for any other words."""
    return _labels().get(_bare(value))


def _whole(line: str, place: str) -> Mark | None:
    if len(line) > LONGEST:
        return None
    bare = _SPACE.sub("", line)
    if not _WORDS.search(bare):
        return None
    return next((Mark(says, rule) for rule, says, pattern in _rows()[place] if pattern.fullmatch(bare)), None)


def _bare(value: str) -> str:
    return _SPACE.sub("", value).strip("。；;").translate(_BRACKETS)


@cache
def _rows() -> Mapping[str, tuple[tuple[str, str, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {"own": [], "banner": [], "title": []}
    for row in toml_rows("marks.toml", array="mark"):
        found[row["place"]].append((f"mark.{row['id']}", row["says"], re.compile(row["pattern"])))
    return {place: tuple(rows) for place, rows in found.items()}


@cache
def _labels() -> Mapping[str, str]:
    return {_bare(word): row["says"] for row in toml_rows("marks.toml", array="label") for word in row["words"]}
