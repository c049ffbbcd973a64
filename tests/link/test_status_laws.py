"""Laws of the status, and a slow reference that agrees with it on ten thousand histories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from policylib.link.status import LABEL_CONFLICT, status
from policylib.model import Effect, EffectKind, State, Work

WORK = Work(key="甲", role="policy", held=True)

KINDS: tuple[EffectKind, ...] = (
    "issue", "effect", "expiry", "extend", "amend", "partial", "suspend", "reinstate", "repeal", "lapse", "revise",
    "retain", "plan", "history",
)  # fmt: skip
DAYS = st.dates(date(2010, 1, 1), date(2024, 12, 31))
EFFECTS = st.builds(
    lambda kind, made, later, until: Effect(
        kind, "甲", made, made + timedelta(later), until=made + timedelta(until) if kind == "extend" else None
    ),
    st.sampled_from(KINDS), DAYS, st.integers(0, 400), st.integers(0, 2000),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(EFFECTS, max_size=4), DAYS)
def test_order_of_effects_does_not_matter(effects: list[Effect], day: date) -> None:
    states = {status(WORK, order, day).state for order in permutations(effects)}
    assert len(states) == 1


@settings(max_examples=200)
@given(st.lists(EFFECTS, max_size=6), DAYS)
def test_status_is_constant_between_events(effects: list[Effect], day: date) -> None:
    """The state changes only on a day that an effect names, or on the day after a last day."""
    named = {one for e in effects for one in (e.made, e.effective, e.until) if one}
    turning = named | {one + timedelta(1) for one in named}
    following = day + timedelta(1)
    if following not in turning:
        assert status(WORK, effects, day).state == status(WORK, effects, following).state


@settings(max_examples=200)
@given(st.lists(EFFECTS, max_size=6), DAYS)
def test_what_is_made_later_is_not_known_today(effects: list[Effect], day: date) -> None:
    known = [one for one in effects if one.made and one.made <= day]
    assert status(WORK, effects, day) == status(WORK, known, day)


# A slow reference: the days one after the other, as a clerk with a calendar would do it -----------------------------


def by_calendar(effects: list[Effect], as_of: date, known: date) -> State:
    there = [one for one in effects if one.made <= known]
    if there and all(one.kind == "label" for one in there):
        return by_label([one for one in there if one.made <= as_of])
    solid = [one for one in there if one.kind not in ("plan", "label", "history")]
    if any(one.kind == "extend" for one in solid):
        solid = [one for one in solid if one.certainty == "stated"]
    dead: State | None = None
    suspended: list[date] = []
    changed: set[str] = set()
    for day in sorted({one.effective for one in solid if one.effective <= as_of}):
        today = {one.kind: one for one in solid if one.effective == day}
        ends = {"repeal": State.REPEALED, "lapse": State.LAPSED, "revise": State.REVISED}
        dead = next((state for kind, state in ends.items() if kind in today), dead)
        suspended += [one.until or date.max for one in solid if one.effective == day and one.kind == "suspend"]
        if "reinstate" in today:
            dead, suspended = None, []
        changed |= today.keys() & {"partial", "amend"}
    if dead:
        return dead
    starts = sorted(one.effective for one in solid if one.kind == "effect")
    if starts and as_of < starts[0]:
        return State.NOT_YET
    if over(solid, as_of):
        return State.UNKNOWN if treated_as_living(solid) else State.EXPIRED
    if any(as_of <= until for until in suspended):
        return State.SUSPENDED
    if changed:
        return State.PARTIAL if "partial" in changed else State.AMENDED
    return State.IN_FORCE if starts or any(one.kind == "issue" for one in solid) else State.UNKNOWN


def over(solid: list[Effect], as_of: date) -> bool:
    """Whether the term has run out: extensions in the order in which they were made, each seen on the day it was."""
    ends = sorted(one.effective for one in solid if one.kind == "expiry")
    end = ends[0] if ends else None
    for one in sorted((one for one in solid if one.kind == "extend"), key=lambda one: (one.made, one.until)):
        if end is None or one.made <= end or as_of >= one.effective:
            end = one.until
        else:
            break
    return end is not None and as_of > end


def treated_as_living(solid: list[Effect]) -> bool:
    """Whether the term is a rule set's, and somebody dealt with the paper as a living one after it had run out."""
    if any(one.kind == "extend" for one in solid):
        return False
    first = min((one for one in solid if one.kind == "expiry"), key=lambda one: one.effective)
    kinds = ("retain", "amend", "partial", "suspend", "reinstate", "republish")
    return first.certainty == "presumed" and any(one.kind in kinds and one.made > first.effective for one in solid)


SAYS = {
    "废止": State.REPEALED, "失效": State.LAPSED, "部分失效": State.PARTIAL, "已修改": State.AMENDED,
    "有效": State.IN_FORCE,
}  # fmt: skip


def by_label(labels: list[Effect]) -> State:
    """What the pages say that were read last, if they agree whether it is dead."""
    last = max((one.made for one in labels), default=None)
    said = [SAYS[one.detail] for one in labels if one.made == last]
    if not said or len({one.dead for one in said}) > 1:
        return State.UNKNOWN
    return min(said, key=list(SAYS.values()).index)


def contradicted(effects: list[Effect], as_of: date, known: date) -> bool:
    """Whether a page said what was neither so when it was read nor is now; alone, whether the last ones quarrel."""
    there = [one for one in effects if one.made <= known]
    labels = [one for one in there if one.kind == "label" and one.made <= as_of]
    if all(one.kind == "label" for one in there):  # those read by the day, whatever was read until `known`
        last = max((one.made for one in labels), default=None)
        return len({SAYS[one.detail].dead for one in labels if one.made == last}) > 1
    others = [one for one in effects if one.kind != "label"]
    now = by_calendar(others, as_of, known)
    return any(not one_fits(one.detail, now, by_calendar(others, one.made, one.made)) for one in labels)


def one_fits(says: str, *states: State) -> bool:
    living = {State.IN_FORCE, State.AMENDED, State.PARTIAL, State.SUSPENDED, State.NOT_YET}
    fitting = living if says == "有效" else {State.PARTIAL, State.AMENDED}
    if says == "已修改":
        fitting = {State.PARTIAL, State.AMENDED, State.REVISED}
    if SAYS[says].dead:
        fitting = {State.REPEALED, State.LAPSED, State.EXPIRED, State.REVISED}
    return any(state in {*fitting, State.UNKNOWN} for state in states)


def history(chance: Random) -> list[Effect]:
    def day() -> date:
        return date(2010, 1, 1) + timedelta(chance.randrange(0, 400))

    kinds = (*KINDS, "label") if chance.random() < 0.9 else ("label",)
    found = []
    for one in [day() for _ in range(chance.randrange(0, 8))]:
        kind = chance.choice(kinds)
        effective = one if kind == "label" else one + timedelta(chance.choice((0, 0, 1, 30)))
        until = one + timedelta(chance.randrange(0, 300)) if kind in ("extend", "suspend") else None
        sure = "labelled" if kind == "label" else "stated"
        says = chance.choice(list(SAYS)) if kind == "label" else None
        found.append(Effect(kind, "甲", one, effective, until=until, certainty=sure, detail=says))
    presumed = chance.random() < 0.3  # of a paper that states no term a rule set may give one
    return [replace(one, certainty="presumed") if presumed and one.kind == "expiry" else one for one in found]


def test_ten_thousand_histories_agree_with_the_calendar() -> None:
    chance = Random(2017)
    for _ in range(10_000):
        effects = history(chance)
        as_of = date(2010, 1, 1) + timedelta(chance.randrange(0, 500))
        known = chance.choice((as_of, as_of + timedelta(60)))
        found = status(WORK, effects, as_of, known)
        assert found.state == by_calendar(effects, as_of, known), (effects, as_of, known)
        assert (LABEL_CONFLICT in found.flags) == contradicted(effects, as_of, known), (effects, as_of, known)


def test_a_dead_work_is_dead_since_the_first_day_of_its_death() -> None:
    """Day by day backwards, by what papers say: what a rule set presumes, or a page, makes no day earlier."""
    chance = Random(2018)
    asked = 0
    while asked < 400:
        effects = [one for one in history(chance) if one.certainty == "stated"]
        as_of = date(2010, 1, 1) + timedelta(chance.randrange(0, 500))
        found = status(WORK, effects, as_of)
        known = [one for one in effects if one.made <= as_of]
        if not found.state.dead:
            assert found.ended is None
            continue
        asked += 1
        day = as_of
        while by_calendar(known, day - timedelta(1), as_of).dead:
            day -= timedelta(1)
        assert found.since == day, (effects, as_of)
        assert found.ended in known
