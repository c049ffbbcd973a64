"""Cleanup results: their rows, whose papers they deal with, and what they had to deal with and do not name.
Source: domain.md §7.3, CLN-01, CLN-12."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import fold
from policylib.link.quoting import shown
from policylib.link.reconcile import ListedRow, listed_rows, parts_of
from policylib.link.status import status
from policylib.model import Analysis, Effect, Evidence, Office, Snapshot, Span, Status, Work

_SCOPE = re.compile(r"[^。\n]{0,120}清理[^。\n]{0,120}?(?:。|如下[:：])")  # a title and a heading end otherwise
_CUTOFF = re.compile(r"(?:截至|截止)?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:以|之)?前")

Outside = Literal["no policy", "another's", "later", "named", "dead"]
"""Why a cleanup result need not deal with a paper, or has dealt with it. dead: it had ended before."""


@dataclass(frozen=True, slots=True)
class Act:
    """A cleanup result: the paper, its annexes that are files of their own (`parts`, the paper first), and its rows."""

    work: Work
    parts: tuple[Analysis, ...]
    rows: tuple[ListedRow, ...]

    @property
    def paper(self) -> Analysis:
        return self.parts[0]


def act_of(snapshot: Snapshot, work: Work) -> Act | None:
    """The cleanup result that a work is, with its rows; None where it is none, or is not held."""
    parts = parts_of(snapshot, work) if work.role == "cleanup" and work.held else ()
    return Act(work, parts, tuple(listed_rows(parts))) if parts else None


def text_of(snapshot: Snapshot, analysis: Analysis) -> str:
    return snapshot.texts.get(analysis.source.sha256, "")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose papers, made until when, a cleanup deals with, and the sentence that says so."""

    issuers: frozenset[str]
    until: date | None
    evidence: tuple[Evidence, ...] = field(default=())


def scope_of(act: Act, snapshot: Snapshot, office: Office) -> Scope:
    """What the office says of its cleanups; else the issuers of the act, and the day that the act names or bears."""
    text = text_of(snapshot, act.paper)
    said = _SCOPE.search(text, text.find("\n"))
    cutoff = _CUTOFF.search(fold(said.group())) if said else None
    named = first_date(cutoff[1]) if cutoff else None
    days = [office.cleanup_until, as_date(named.value) if named else None, act.work.day]
    until = min((day for day in days if day), default=None)
    source = act.paper.source
    evidence = (shown(source.sha256, source.path, text, Span(*said.span()), "cleanup.scope"),) if said else ()
    return Scope(frozenset(office.cleanup_issuers or act.work.issuers), until, evidence)


def left_out(act: Act, scope: Scope, snapshot: Snapshot, by_issuer: Mapping[str, list[Work]]) -> Iterator[Work]:
    """The policies that the cleanup had to deal with and does not name: of its issuers, made until its day, and alive
    the day before."""
    named = named_by(act, snapshot)
    for issuer in sorted(scope.issuers):
        for work in by_issuer.get(issuer, ()):
            if outside(work, act, scope, snapshot, named) is None:
                yield work


def outside(work: Work, act: Act, scope: Scope, snapshot: Snapshot, named: Set[str]) -> Outside | None:
    """Why a work is none of those; None of one that is. `named`: what the act names (`named_by`)."""
    if work.role != "policy" or not work.held:
        return "no policy"
    if not scope.issuers.intersection(work.issuers[:1]):
        return "another's"
    if not (work.day and scope.until and work.day <= scope.until):
        return "later"
    if work.key in named:
        return "named"
    return "dead" if _died_before(work, act, snapshot) else None


def _died_before(work: Work, act: Act, snapshot: Snapshot) -> bool:
    if act.work.day is None:
        return True
    if not any(may_have_ended(one, act.work.day) for one in _by_others(work, act, snapshot)):
        return False  # as most papers: nothing has happened to them yet
    return before_act(work, act, act.work.day, snapshot).state.dead


def before_act(work: Work, act: Act, day: date, snapshot: Snapshot) -> Status:
    """What held for a work on a day, by what others than the act had done to it."""
    return status(work, _by_others(work, act, snapshot), day)


def _by_others(work: Work, act: Act, snapshot: Snapshot) -> list[Effect]:
    return [one for one in snapshot.effects.get(work.key, ()) if one.by != act.work.key]


def may_have_ended(effect: Effect, day: date) -> bool:
    """Whether an event can have ended a work before a day: not its issue, no later act, no term still to run out."""
    end = effect.effective if effect.kind == "expiry" else effect.until if effect.kind == "extend" else None
    later = effect.made is not None and effect.made > day
    return effect.kind not in ("issue", "effect", "history") and not later and not (end and end >= day)


def by_first_issuer(snapshot: Snapshot) -> dict[str, list[Work]]:
    """The held policies, by who issued them."""
    found: dict[str, list[Work]] = {}
    for work in snapshot.of_role.get("policy", ()):
        for issuer in work.issuers[:1]:
            found.setdefault(issuer, []).append(work)
    return found


def named_by(act: Act, snapshot: Snapshot) -> Set[str]:
    """The works that the act deals with, or that one of its rows may mean; the act itself."""
    found = {one.target for one in snapshot.outgoing.get(act.work.key, ())}
    found |= {key for one in snapshot.unresolved_of.get(act.work.key, ()) for key in one.candidates}
    return found | {act.work.key}
