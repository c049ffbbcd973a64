"""公开属性, by the page of a paper and by its notes (domain.md §1.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policylib.extract.reading import Reading
from policylib.model import Found, Problem

_DISCLOSURE: Final = (
    (re.compile(r"此件删减后公开"), "主动公开（删减）"),
    (re.compile(r"此件(?:主动)?公开发布|此件主动公开|^主动公开$|信息公开选项: ?主动公开"), "主动公开"),
    (re.compile(r"此件依申请公开|^依申请公开$"), "依申请公开"),
    (re.compile(r"此件不予公开|^不予公开$|此件不公开"), "不予公开"),
)


def find_disclosure(reading: Reading) -> tuple[Found[str] | None, tuple[Problem, ...]]:
    """公开属性 by the page, else by the paper; a problem where they, or two notes of the paper, name different ones.
    主动公开 alone on a line may be a heading, and contradicts nothing."""
    marks = [*_page_disclosures(reading), *_noted_disclosures(reading)]
    if not marks:
        return None, ()
    first, text = marks[0], reading.text
    told = [mark for mark in marks if mark.rule != "note.disclosure" or "此件" in mark.span.of(text)]
    for other in told[1:] if told[:1] == [first] else ():
        ours, theirs = (_attribute(mark.value) for mark in (first, other))
        if ours and theirs and ours != theirs:
            message = f"公开属性一处标为“{first.value}”，一处标为“{other.value}”，请核对"
            return first, (Problem("conflict.disclosure", message, other.span),)
    return first, ()


def _attribute(mark: str) -> str | None:
    """Which of the three it is; a paper that is public with parts left out is public."""
    return next((name for name in ("不予公开", "依申请公开", "主动公开") if mark.startswith(name)), None)


def _page_disclosures(reading: Reading) -> Iterator[Found[str]]:
    for entry in reading.metadata.get("disclosure", ())[:1]:
        yield Found(reading.value(entry), entry.span, f"metadata.{entry.label}")


def _noted_disclosures(reading: Reading) -> Iterator[Found[str]]:
    for line in reading.layout.of("note", "body", "imprint"):
        if "公开" in line.text and (len(line.text) < 24 or line.text.startswith(("(此件", "此件"))):
            words = line.text.strip("()")
            if value := next((value for pattern, value in _DISCLOSURE if pattern.search(words)), None):
                yield Found(value, line.span, "note.disclosure")
