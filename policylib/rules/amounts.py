"""Amounts that two texts name for the same thing, and name differently: 每平方米每月8元 and 每平方米每月9元.

The same thing: the eight characters before the figure, or those back to the last mark if there are at least six, are
the same, stand before a figure once only in either text, and the figure of one text stands nowhere in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylib.model import Span
from policylib.rules.passages import Paper

_LABEL = 8
_SHORTEST = 6
_AMOUNT = re.compile(r"(?P<figure>\d{1,9}(?:\.\d{1,4})?)(?P<unit>个工作日|个月|万元|亿元|元|%|％)")
_UNITS = ("个工作日", "个月", "元", "%", "％")  # one of these is in every amount
_FACTOR = {"万元": 10_000, "亿元": 100_000_000}
_UNIT = {"万元": "元", "亿元": "元", "％": "%"}
_MARKS = re.compile(r"[。;,、:!?()《》“”\n]")
# Sentences that compare with what was, or with what will be.
_COMPARES = re.compile(
    r"原|旧|以前|过去|此前|以往|由|从|相比|缩短|提高|降低|调整|增加|减少|压缩|改为|扩大|同比|增长|下降"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit, and the words before it."""

    span: Span
    label: str
    value: tuple[float, str]
    words: str


def differing_amounts(here: Paper, there: Paper) -> Iterator[tuple[Amount, Amount]]:
    """The amounts of `here` that `there` names differently, each beside that of `there`."""
    named = _figures(here)
    if not named or named <= (known := _figures(there)):
        return
    ours, theirs = list(_amounts(here)), list(_amounts(there))
    known |= {amount.value for amount in theirs}
    mine, other = _single(ours), _single(theirs)
    for label, amount in mine.items():
        sentence = here.sentence_of(amount.span)
        if (
            amount.value not in known
            and label in other
            and other[label].value[1] == amount.value[1]
            and not _COMPARES.search(here.folded[sentence.start : sentence.end])
        ):
            yield amount, other[label]


def _figures(paper: Paper) -> set[tuple[float, str]]:
    """The values of a text, without the words beside them; few interpretations have a unit, and so any at all."""
    if not any(unit in paper.folded for unit in _UNITS):
        return set()
    return {_value(figure, unit) for figure, unit in set(_AMOUNT.findall(paper.folded))}


def _value(figure: str, unit: str) -> tuple[float, str]:
    return float(figure) * _FACTOR.get(unit, 1), _UNIT.get(unit, unit)


def _amounts(paper: Paper) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(paper.folded):
        start = match.start()
        if start and paper.folded[start - 1] in ".-~至到0123456789":
            continue  # the end of a range, or a part of another figure
        before = _MARKS.split(paper.folded[max(0, start - _LABEL) : start])[-1].replace(" ", "")
        first = start - len(before)
        yield Amount(Span(start, match.end()), before, _value(*match.groups()), paper.text[first : match.end()])


def _single(amounts: list[Amount]) -> dict[str, Amount]:
    """Those whose label is long enough and used once."""
    seen: dict[str, list[Amount]] = {}
    for amount in amounts:
        if len(amount.label) >= _SHORTEST:
            seen.setdefault(amount.label, []).append(amount)
    return {label: group[0] for label, group in seen.items() if len(group) == 1}
