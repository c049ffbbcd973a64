"""Texts of a statute that were made anew since (修订), as the history of a later text (题注) tells it.

岚州市保密条例 of 2010-04-29, and the text of 2024 under whose title stands “2010年4月29日…第一次修订
2024年2月27日…第二次修订”: the earlier text holds until the later takes effect. A statute that was amended in parts
(修正) is of the day on which it was made still, and its texts are files of one work. Source: domain.md
§5.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import dropwhile
from typing import Final

from policylib.extract.folding import title_key
from policylib.extract.legislation import HISTORY_DAY, Step, history_of
from policylib.link.holdings import Holding
from policylib.link.quoting import TextOf, quote
from policylib.model import DocumentNumber, Relation, Source, Span, Work

REVISED: Final = "history.revised"
"""The rule of a relation that stands on the history of the later text."""


@dataclass(frozen=True, slots=True)
class _Version:
    """One text of a statute, and the steps that stand under its title."""

    work: Work
    source: Source
    history: tuple[Step, ...]

    @property
    def last(self) -> date | None:
        """The day of the last step that its history tells; of a text without one, the day by which it is dated."""
        return max((step.day.value for step in self.history), default=self.work.day)


def with_revising_numbers(holdings: Sequence[Holding], text_of: TextOf) -> tuple[Holding, ...]:
    """The holdings with the numbers by which their texts were made anew: 2023年4月27日…令第760号修订. Those who cite a
    statute give the number of its last order as often as that of its first one (domain.md §1.1, §3.3)."""
    return tuple(
        replace(one, work=replace(one.work, revised_by=numbers))
        if (numbers := _revising_numbers(one, text_of))
        else one
        for one in holdings
    )


def _revising_numbers(holding: Holding, text_of: TextOf) -> tuple[DocumentNumber, ...]:
    work = holding.work
    own = {number.key for number in work.numbers}
    found: dict[str, DocumentNumber] = {}
    for analysis in holding.analyses if work.role == "policy" else ():
        dated = analysis.elements.dated
        history = history_of(text_of(analysis.source.sha256)) if dated and dated.rule == HISTORY_DAY else ()
        spans = [step.span for step in _made_anew(history)]
        for one in analysis.numbers if spans else ():
            number = one.number
            if number and number.complete and number.key not in own and _within(one.span, spans):
                found.setdefault(number.key, number)
    return tuple(found.values())


def _made_anew(history: Sequence[Step]) -> tuple[Step, ...]:
    """The steps from the first 修订 on that made the text: 2011年8月24日…修订通过 2011年8月31日…令第603号公布. A
    decision that changes parts (《…决定》修正) is a paper of its own, and its number is that paper's."""
    begun = dropwhile(lambda step: not (step.makes and step.revises), history)
    return tuple(step for step in begun if step.makes)


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def relations_of_revised(holdings: Sequence[Holding], text_of: TextOf) -> Iterator[Relation]:
    """The later text `replaces` the earlier one, of one title and one organ, that its history knows of; the nearest
    where several do. `detail` is the day from which it does."""
    named: dict[tuple[str, tuple[str, ...]], list[Holding]] = {}
    for holding in holdings:
        work = holding.work
        if work.role == "policy" and work.title and work.issuers:
            named.setdefault((title_key(work.title), work.issuers), []).append(holding)
    for group in named.values():
        if len(group) > 1:
            versions = [_version(one, text_of) for one in group]
            yield from (found for one in versions if (found := _replaced(one, versions, text_of)))


def _version(holding: Holding, text_of: TextOf) -> _Version:
    source = holding.analyses[0].source
    return _Version(holding.work, source, history_of(text_of(source.sha256)))


def _replaced(earlier: _Version, versions: Sequence[_Version], text_of: TextOf) -> Relation | None:
    found = [(step.day.value, later, step) for later in versions if (step := _revising(earlier, later))]
    if not found:
        return None
    _, later, step = min(found, key=lambda one: (one[1].last or date.max, one[1].work.key))
    start = later.work.effective
    since = start if start and start >= step.day.value and later.work.dated == step.day.value else step.day.value
    source = later.source
    words = quote(source.sha256, source.path, text_of(source.sha256), step.span, REVISED, in_line=True)
    return Relation("replaces", later.work.key, earlier.work.key, words, 0.95, "T1", "act", since.isoformat())


def _revising(earlier: _Version, later: _Version) -> Step | None:
    """The first step behind the earlier text's last by which the later text was made anew; none where the later one
    does not know the earlier one's day."""
    last = earlier.last
    if later is earlier or last is None or last not in {step.day.value for step in later.history}:
        return None
    behind = [step for step in later.history if step.makes and step.revises and step.day.value > last]
    return min(behind, key=lambda step: step.day.value, default=None)
