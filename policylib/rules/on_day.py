"""What there was on the snapshot's day: who asks about 2017 hears nothing of papers and acts of 2020.

`list`, `status` and `drafts` say 尚未制发 of a paper that was made later; rules do not see it. The states are of the
day already (domain.md §5.3: events with act_date <= as_of); here the papers are too, and all that they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from policylib.model import Effect, Relation, Snapshot, Work

_BEFORE_ITS_TARGET = ("draft_of",)  # a draft speaks of a paper that is still to come


@dataclass(frozen=True, slots=True)
class OnDay:
    """`snapshot`: the library as it was. `later`: the works that were made since; `undated`: those held of which nobody
    knows, and which are taken to have been there."""

    snapshot: Snapshot
    later: tuple[Work, ...] = ()
    undated: tuple[Work, ...] = ()


def on_day(snapshot: Snapshot) -> OnDay:
    """The same snapshot where nothing in it was made after its day, as on most days; else one without what was.

    A work without a day is later where its number bears a later year (岚科规〔2021〕2号 in 2020), or where it speaks
    of a later work. What earlier papers name all the same is known by name only, as what is not held; what none but
    later ones name was not known.
    """
    later = {work.key for work in snapshot.works if _is_later(work, snapshot.as_of)}
    if not later:
        return OnDay(snapshot)
    later |= _speaking_of(later, snapshot)
    relations = tuple(one for one in snapshot.relations if one.source not in later)
    named = {one.target for one in relations}
    works = tuple(
        _unheld(work) if work.key in later else _as_labelled(work, snapshot)
        for work in snapshot.works
        if (work.held and work.key not in later) or work.key in named
    )
    then = replace(
        snapshot,
        works=works,
        relations=relations,
        statuses={work.key: snapshot.statuses[work.key] for work in works if work.key in snapshot.statuses},
        unresolved=tuple(one for one in snapshot.unresolved if one.source not in later),
        effects=_until(snapshot.effects, snapshot.as_of, later),
    )
    gone = tuple(work for work in snapshot.works if work.key in later and work.held)
    undated = tuple(work for work in works if work.held and work.role not in ("other", "draft") and _day(work) is None)
    return OnDay(then, gone, undated)


def _day(work: Work) -> date | None:
    """The day by which it is known: an interpretation by the one on which it was published."""
    return work.published_on or work.dated if work.role == "interpretation" else work.day


def _is_later(work: Work, day: date) -> bool:
    made = _day(work)
    if made is not None:
        return made > day
    return any(number.year is not None and number.year > day.year for number in work.numbers)


def _speaking_of(later: set[str], snapshot: Snapshot) -> set[str]:
    """The works without a day that speak of later ones, or of such as do so."""
    undated = {work.key for work in snapshot.works if _day(work) is None}
    speaking: dict[str, list[str]] = {}
    for one in snapshot.relations:
        if one.source in undated and one.source not in later and _comes_after(one):
            speaking.setdefault(one.target, []).append(one.source)
    found: set[str] = set()
    waiting = list(later)
    while waiting:
        fresh = [key for key in speaking.pop(waiting.pop(), ()) if key not in found]
        found.update(fresh)
        waiting += fresh
    return found


def _comes_after(relation: Relation) -> bool:
    """Whether who says this comes after what it speaks of: not a draft of it, nor a plan to make it."""
    return relation.kind not in _BEFORE_ITS_TARGET and relation.mode != "plan"


def _unheld(work: Work) -> Work:
    return replace(
        work, held=False, documents=(), annexes=(), paths=(), problems=(), said=(), status_label=None, drafter=None,
        published=None,
    )  # fmt: skip


def _as_labelled(work: Work, snapshot: Snapshot) -> Work:
    """Without the label of its page, where something happened to it later: the page was kept after that."""
    if work.status_label is None:
        return work
    events = snapshot.effects.get(work.key, ())
    since = any(day > snapshot.as_of for one in events for day in (one.made, one.effective) if day)
    return replace(work, status_label=None) if since else work


def _until(effects: Mapping[str, Iterable[Effect]], day: date, later: set[str]) -> Mapping[str, tuple[Effect, ...]]:
    """The events whose acts had been made by the day, and were known."""
    return {
        key: tuple(one for one in events if one.by not in later and not (one.made and one.made > day))
        for key, events in effects.items()
    }
