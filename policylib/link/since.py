"""The day on which a listed paper ends, where a sentence outside the list gives it (domain.md §5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from policylib.link.cited import Spoken
from policylib.link.holdings import Holding
from policylib.link.quoting import TextOf, shown
from policylib.model import Claim, Found, ListDay, Since, Source

_ENDS: Final = ("repeals", "lapses")
_Day = tuple[Source, Found[ListDay]]


def with_days(spoken: Sequence[Spoken], holdings: Iterable[Holding], text_of: TextOf) -> list[Spoken]:
    """The claims, those of rows and items with the day that their paper gives them: an annex in a file of its own has
    its day from the paper."""
    days: dict[str, tuple[_Day, ...]] = {}
    for one in holdings:
        files = (one.analyses[0], *one.annexes)
        if said := tuple((file.source, day) for file in files for day in file.days):
            days[one.work.key] = said
    return [
        replace(item, since=_since(item.claim, item.analysis.source, told, text_of))
        if (told := days.get(item.speaker.key))
        else item
        for item in spoken
    ]


def _since(claim: Claim, source: Source, days: Sequence[_Day], text_of: TextOf) -> Since | None:
    """What the text says of the day of a row or an item, None where it says nothing.

    The closest sentence counts: one on the list that follows it (下列文件自…起废止), one that names the annex, one that
    says what becomes of the papers (废止的文件自…起停止执行), one on all of them (附件所列文件). Where that gives two
    days no day is told.
    """
    if claim.relation not in _ENDS or claim.mode != "act" or not _is_listed(claim):
        return None
    above = [
        (where, day)
        for where, day in days
        if where == source and day.value.follows and day.span.start <= claim.scope.start and _by_kind(day.value, claim)
    ]
    fitting = above[-1:]
    for fits in (_by_annex, _by_kind, _by_all, _perhaps):
        fitting = fitting or [one for one in days if fits(one[1].value, claim)]
    if not fitting:
        return None
    told = {one.value.day for _, one in fitting}
    day = told.pop() if len(told) == 1 else None
    where, sentence = fitting[0]
    return Since(day, shown(where.sha256, where.path, text_of(where.sha256), sentence.span, sentence.rule))


def _is_listed(claim: Claim) -> bool:
    """Whether a row or an item of a list says it, and no sentence."""
    cue = claim.cue
    return cue is not None and (cue.rule.startswith("cleanup.") or not claim.scope.contains(cue.span))


def _by_annex(day: ListDay, claim: Claim) -> bool:
    return claim.annex is not None and claim.annex in day.annexes


def _by_kind(day: ListDay, claim: Claim) -> bool:
    return not day.annexes and claim.relation in day.relations


def _by_all(day: ListDay, claim: Claim) -> bool:
    return not day.annexes and not day.relations


def _perhaps(day: ListDay, claim: Claim) -> bool:
    """附件1所列文件, and a list that bears no number: a notice with one annex prints none. What the sentence does to
    the papers must be what becomes of them."""
    return bool(day.annexes) and claim.annex is None and (not day.relations or claim.relation in day.relations)
