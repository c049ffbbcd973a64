"""What cleanup results may have ended without a word on each paper, as the rules look at it: found once a snapshot.
Source: domain.md §5.3, §7.3, CLN-08, CLN-12."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from policylib.link.open_ends import OpenEnd, catch_all, conditions
from policylib.model import Snapshot, Work
from policylib.rules.cleanup_acts import acts_of, issuers_policies
from policylib.rules.context import Context


def catch_alls(snapshot: Snapshot, context: Context) -> tuple[OpenEnd, ...]:
    """The catch-alls of the cleanup results that are held, also those that hit nothing."""
    return tuple(one for one in open_ends(snapshot, context) if one.kind == "catch_all")


def open_ends(snapshot: Snapshot, context: Context) -> tuple[OpenEnd, ...]:
    """What `catch_alls` gives, and the conditions whose day has come."""
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
    """What `perhaps_ended` gives, also of those that are surely dead by now."""
    return context.shared(snapshot, swept, lambda: _by_work(snapshot, context, lambda one: one.asked))


def _by_work(
    snapshot: Snapshot, context: Context, works: Callable[[OpenEnd], Iterable[Work]]
) -> dict[str, tuple[OpenEnd, ...]]:
    hit: dict[str, tuple[OpenEnd, ...]] = {}
    for one in open_ends(snapshot, context):
        for work in works(one):
            hit[work.key] = (*hit.get(work.key, ()), one)
    return hit
