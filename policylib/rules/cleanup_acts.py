"""Cleanup results as the rules look at them: their rows, whose papers they deal with, and which they leave out.
Source: domain.md §7.3, CLN-01."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import fold
from policylib.link.reconcile import ListedRow, listed_rows, parts_of
from policylib.link.status import status
from policylib.model import Analysis, Effect, Evidence, Snapshot, Span, Work
from policylib.rules.context import Context
from policylib.rules.evidence import evidence_at

OUTCOMES: Final = {
    "repeals": "废止", "lapses": "宣布失效", "partly_repeals": "部分废止", "retains": "继续有效", "extends": "继续有效",
    "amends": "修改",
}  # fmt: skip
"""What a row of a cleanup result decides, as such lists are headed."""
_SCOPE = re.compile(r"[^。\n]{0,120}清理[^。\n]{0,120}?(?:。|如下[:：])")  # a title and a heading end otherwise
_CUTOFF = re.compile(r"(?:截至|截止)?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:以|之)?前")


@dataclass(frozen=True, slots=True)
class Act:
    """A cleanup result: the paper, its annexes that are files of their own (`parts`, the paper first), and its rows."""

    work: Work
    parts: tuple[Analysis, ...]
    rows: tuple[ListedRow, ...]

    @property
    def paper(self) -> Analysis:
        return self.parts[0]


def acts_of(snapshot: Snapshot, context: Context) -> tuple[Act, ...]:
    """The cleanup results that are held, each with its rows."""
    return context.shared(snapshot, acts_of, lambda: tuple(_acts(snapshot)))


def _acts(snapshot: Snapshot) -> Iterator[Act]:
    for work in snapshot.works:
        if work.role == "cleanup" and work.held and (parts := parts_of(snapshot, work)):
            yield Act(work, parts, tuple(listed_rows(parts)))


def text_of(snapshot: Snapshot, analysis: Analysis) -> str:
    return snapshot.texts.get(analysis.source.sha256, "")


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose papers, made until when, a cleanup deals with, and the sentence that says so."""

    issuers: frozenset[str]
    until: date | None
    evidence: tuple[Evidence, ...] = field(default=())


def scope_of(act: Act, snapshot: Snapshot, context: Context) -> _Scope:
    """What the office says of its cleanups; else the issuers of the act, and the day that the act names or bears."""
    text = text_of(snapshot, act.paper)
    said = _SCOPE.search(text, text.find("\n"))
    cutoff = _CUTOFF.search(fold(said.group())) if said else None
    named = first_date(cutoff[1]) if cutoff else None
    days = [context.office.cleanup_until, as_date(named.value) if named else None, act.work.day]
    until = min((day for day in days if day), default=None)
    evidence = (evidence_at(act.paper.source, text, Span(*said.span()), "cleanup.scope"),) if said else ()
    return _Scope(frozenset(context.office.cleanup_issuers or act.work.issuers), until, evidence)


def left_out(act: Act, scope: _Scope, snapshot: Snapshot, by_issuer: Mapping[str, list[Work]]) -> Iterator[Work]:
    """The policies that the cleanup had to deal with and does not name: of its issuers, made until its day, and alive
    the day before."""
    named = _named_by(act, snapshot)
    for issuer in sorted(scope.issuers):
        for work in by_issuer.get(issuer, ()):
            early = work.day and scope.until and work.day <= scope.until and work.key != act.work.key
            if early and work.key not in named and not _died_before(work, act, snapshot):
                yield work


def _died_before(work: Work, act: Act, snapshot: Snapshot) -> bool:
    if act.work.day is None:
        return True
    others = [one for one in snapshot.effects.get(work.key, ()) if one.by != act.work.key]
    if not any(may_have_ended(one, act.work.day) for one in others):
        return False  # as most papers: nothing has happened to them yet
    return status(work, others, act.work.day).state.dead


def may_have_ended(effect: Effect, day: date) -> bool:
    """Whether an event can have ended a work before a day: not its issue, no later act, no term still to run out."""
    end = effect.effective if effect.kind == "expiry" else effect.until if effect.kind == "extend" else None
    later = effect.made is not None and effect.made > day
    return effect.kind not in ("issue", "effect") and not later and not (end and end >= day)


def by_first_issuer(snapshot: Snapshot, context: Context) -> Mapping[str, list[Work]]:
    """The held policies, by who issued them."""
    return context.shared(snapshot, by_first_issuer, lambda: _by_first_issuer(snapshot))


def _by_first_issuer(snapshot: Snapshot) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = {}
    for work in snapshot.works:
        if work.role == "policy" and work.held:
            for issuer in work.issuers[:1]:
                found.setdefault(issuer, []).append(work)
    return found


def _named_by(act: Act, snapshot: Snapshot) -> set[str]:
    """The works that the act deals with, or that one of its rows may mean."""
    found = {one.target for one in snapshot.outgoing.get(act.work.key, ())}
    return found | {key for one in snapshot.unresolved_of.get(act.work.key, ()) for key in one.candidates}


def is_cut(act: Act) -> bool:
    return any(one.rule == "TRUNCATED" for part in act.parts for one in part.problems)
