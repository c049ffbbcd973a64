"""Catch-alls (未列入的一律废止): the cleanup results that have one, and the papers that it may have ended.
Source: domain.md §5.3, §7.3, CLN-12."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policylib.link.confirmed import ENDS
from policylib.model import Evidence, Snapshot, Work
from policylib.rules.cleanup_acts import acts_of, by_first_issuer, left_out, scope_of, text_of
from policylib.rules.context import Context
from policylib.rules.evidence import evidence_at

_SPARED = "exempt:cleanup.catch-all"


@dataclass(frozen=True, slots=True)
class CatchAll:
    """A cleanup result that says 未列入目录的一律废止, the sentences that say so, and the works that are in scope and
    in none of its lists. Whether they ended is for a person to say: their state stays (domain.md §5.3). `gone`: those
    that are surely dead by now all the same, and of which nothing is left to ask."""

    act: Work
    evidence: tuple[Evidence, ...]
    hit: tuple[Work, ...]
    gone: tuple[Work, ...] = ()


def catch_alls(snapshot: Snapshot, context: Context) -> tuple[CatchAll, ...]:
    """The catch-alls of the cleanup results that are held, also those that hit nothing."""
    return context.shared(snapshot, catch_alls, lambda: tuple(_catch_alls(snapshot, context)))


def _catch_alls(snapshot: Snapshot, context: Context) -> Iterator[CatchAll]:
    by_issuer, spared, denied = by_first_issuer(snapshot, context), _spared(snapshot), _denied(snapshot)
    for act in acts_of(snapshot, context):
        clauses = [one for one in act.paper.clauses if one.value == "catch_all"]
        if not clauses or (act.work.day and act.work.day > snapshot.as_of):
            continue
        text, scope = text_of(snapshot, act.paper), scope_of(act, snapshot, context)
        evidence = tuple(evidence_at(act.paper.source, text, one.span, one.rule) for one in clauses)
        hit: list[Work] = []
        gone: list[Work] = []
        for work in left_out(act, scope, snapshot, by_issuer):
            if work.key not in spared and (act.work.key, work.key) not in denied:
                status = snapshot.statuses.get(work.key)
                (gone if status and status.is_surely_dead else hit).append(work)
        yield CatchAll(act.work, evidence, tuple(hit), tuple(gone))


def _spared(snapshot: Snapshot) -> set[str]:
    """What a person said that no catch-all ended; the last word counts, an empty one takes it back."""
    said = {one.source: one.value for one in snapshot.judgements if (one.verdict, one.field) == ("set", _SPARED)}
    return {key for key, why in said.items() if why}


def _denied(snapshot: Snapshot) -> set[tuple[str, str]]:
    """The cleanup results and the works of which a person said that the one did not end the other."""
    said = {
        (one.source, one.target): one.verdict
        for one in snapshot.judgements
        if one.verdict != "set" and one.kind in ENDS
    }
    return {ends for ends, verdict in said.items() if verdict == "reject"}


def perhaps_ended(snapshot: Snapshot, context: Context) -> Mapping[str, tuple[CatchAll, ...]]:
    """By the key of a work, the catch-alls that may have ended it; not of one that is surely dead by now."""
    every = ((one, one.hit) for one in catch_alls(snapshot, context))
    return context.shared(snapshot, perhaps_ended, lambda: _by_work(every))


def swept(snapshot: Snapshot, context: Context) -> Mapping[str, tuple[CatchAll, ...]]:
    """What `perhaps_ended` gives, also of those that are surely dead by now."""
    every = ((one, (*one.hit, *one.gone)) for one in catch_alls(snapshot, context))
    return context.shared(snapshot, swept, lambda: _by_work(every))


def _by_work(found: Iterable[tuple[CatchAll, tuple[Work, ...]]]) -> dict[str, tuple[CatchAll, ...]]:
    hit: dict[str, tuple[CatchAll, ...]] = {}
    for one, works in found:
        for work in works:
            hit[work.key] = (*hit.get(work.key, ()), one)
    return hit
