"""Cleanup results as the rules look at them: what several rules ask of one snapshot is found once.
Source: domain.md §7.3, CLN-01, CLN-08, CLN-12."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from policylib.link.cleanup_acts import Act, act_of, by_first_issuer
from policylib.link.open_ends import OpenEnd, catch_all, conditions
from policylib.model import Snapshot, Work
from policylib.rules.context import Context


def acts_of(snapshot: Snapshot, context: Context) -> tuple[Act, ...]:
    """The cleanup results that are held, each with its rows."""
    found = (act_of(snapshot, work) for work in snapshot.works)
    return context.shared(snapshot, acts_of, lambda: tuple(act for act in found if act))


def issuers_policies(snapshot: Snapshot, context: Context) -> Mapping[str, list[Work]]:
    """The held policies, by who issued them."""
    return context.shared(snapshot, issuers_policies, lambda: by_first_issuer(snapshot))


def is_cut(act: Act) -> bool:
    return any(one.rule == "TRUNCATED" for part in act.parts for one in part.problems)


def catch_alls(snapshot: Snapshot, context: Context) -> tuple[OpenEnd, ...]:
    """The catch-alls of the cleanup results that are held, also those that hit nothing."""
    return tuple(one for one in open_ends(snapshot, context) if one.kind == "catch_all")


def open_ends(snapshot: Snapshot, context: Context) -> tuple[OpenEnd, ...]:
    """The same, and the conditions whose day has come."""
    return context.shared(snapshot, open_ends, lambda: tuple(_open_ends(snapshot, context)))


def _open_ends(snapshot: Snapshot, context: Context) -> Iterator[OpenEnd]:
    by_issuer = issuers_policies(snapshot, context)
    for act in acts_of(snapshot, context):
        if swept := catch_all(act, snapshot, context.office, by_issuer):
            yield swept
        yield from conditions(act, snapshot)


def perhaps_ended(snapshot: Snapshot, context: Context) -> Mapping[str, tuple[OpenEnd, ...]]:
    """By the key of a work, the clauses that may have ended it; not of one that is surely dead by now."""
    return context.shared(snapshot, perhaps_ended, lambda: _by_work(snapshot, context, lambda one: one.hit))


def swept(snapshot: Snapshot, context: Context) -> Mapping[str, tuple[OpenEnd, ...]]:
    """The same, also of those that are surely dead by now."""
    return context.shared(snapshot, swept, lambda: _by_work(snapshot, context, lambda one: one.asked))


def _by_work(
    snapshot: Snapshot, context: Context, works: Callable[[OpenEnd], Iterable[Work]]
) -> dict[str, tuple[OpenEnd, ...]]:
    hit: dict[str, tuple[OpenEnd, ...]] = {}
    for one in open_ends(snapshot, context):
        for work in works(one):
            hit[work.key] = (*hit.get(work.key, ()), one)
    return hit
