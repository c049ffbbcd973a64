"""Effects of acts on works, and what holds on a day (domain.md §5.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylib.link.status import LABEL_CONFLICT, LABEL_ONLY, PRESUMED, status
from policylib.model import Effect, EffectKind, State, Work
from tests.link.shelf import held, paper, shelve, work

WORK = Work("甲", "policy", True)


def effect(kind: EffectKind, day: str, until: str | None = None, made: str | None = None) -> Effect:
    end = date.fromisoformat(until) if until else None
    return Effect(kind, "甲", date.fromisoformat(made or day), date.fromisoformat(day), until=end)


def on(day: str, *effects: Effect) -> State:
    return status(WORK, effects, date.fromisoformat(day)).state


# The events say what, when, until; an expiry is known from the day of issue.
ISSUE = effect("issue", "2013-04-01")


def term(start: str, end: str) -> tuple[Effect, Effect, Effect]:
    return effect("issue", start), effect("effect", start), effect("expiry", end, made=start)


STATES: dict[str, tuple[tuple[Effect, ...], str, State]] = {
    "repeal beats the term": (
        (*term("2021-04-16", "2026-04-15"), effect("repeal", "2023-06-01")), "2024-01-01", State.REPEALED),
    "extended": (
        (*term("2021-12-06", "2026-12-05"), effect("extend", "2026-11-01", "2029-12-06")),
        "2027-01-01", State.IN_FORCE),
    "the last day is inclusive": (term("2019-07-01", "2024-06-30"), "2024-06-30", State.IN_FORCE),
    "the day after": (term("2019-07-01", "2024-06-30"), "2024-07-01", State.EXPIRED),
    "being retained extends nothing": (
        (*term("2013-05-01", "2018-04-30"), effect("retain", "2017-12-20")), "2018-06-01", State.EXPIRED),
    "拟废止 changes nothing": (
        (effect("effect", "2015-01-01"), effect("plan", "2018-01-01")), "2019-01-01", State.IN_FORCE),
    "not yet": (
        (effect("issue", "2024-12-26"), effect("effect", "2025-02-01", made="2024-12-26")),
        "2024-12-31", State.NOT_YET),
    "the first day": (
        (effect("issue", "2024-12-26"), effect("effect", "2025-02-01", made="2024-12-26")),
        "2025-02-01", State.IN_FORCE),
    "repeal decided, not yet in effect": (
        (effect("effect", "2019-01-01"), effect("repeal", "2024-03-01", made="2024-02-22")),
        "2024-02-25", State.IN_FORCE),
    "the day of the repeal": (
        (effect("effect", "2019-01-01"), effect("repeal", "2024-03-01", made="2024-02-22")),
        "2024-03-01", State.REPEALED),
    "declared without force": ((ISSUE, effect("lapse", "2018-11-23")), "2019-01-01", State.LAPSED),
    "repealed after the term": (
        (*term("2010-01-01", "2014-12-31"), effect("repeal", "2018-01-01")), "2019-01-01", State.REPEALED),
    "repealed and declared on one day": (
        (ISSUE, effect("lapse", "2018-11-23"), effect("repeal", "2018-11-23")), "2019-01-01", State.REPEALED),
    "reinstated": (
        (ISSUE, effect("repeal", "2018-11-23"), effect("reinstate", "2019-11-23")), "2020-01-01", State.IN_FORCE),
    "between repeal and reinstatement": (
        (ISSUE, effect("repeal", "2018-11-23"), effect("reinstate", "2019-11-23")), "2019-01-01", State.REPEALED),
    "extended too late": (
        (*term("2019-07-01", "2024-06-30"), effect("extend", "2024-08-01", "2027-06-30")), "2024-07-15", State.EXPIRED),
    "extended twice": (
        (*term("2019-07-01", "2021-06-30"), effect("extend", "2021-05-01", "2023-06-30"),
         effect("extend", "2023-05-01", "2025-06-30")),
        "2025-01-01", State.IN_FORCE),
    "suspended": ((ISSUE, effect("suspend", "2020-02-01")), "2020-03-01", State.SUSPENDED),
    "suspended until a day": (
        (ISSUE, effect("suspend", "2020-02-01", "2020-06-30")), "2020-07-01", State.IN_FORCE),
    "resumed": (
        (ISSUE, effect("suspend", "2020-02-01"), effect("reinstate", "2020-05-01")), "2020-06-01", State.IN_FORCE),
    "amended": ((ISSUE, effect("amend", "2020-08-01")), "2020-09-01", State.AMENDED),
    "amended tomorrow": ((ISSUE, effect("amend", "2020-08-01", made="2020-07-20")), "2020-07-31", State.IN_FORCE),
    "in part": ((ISSUE, effect("partial", "2023-08-01")), "2024-01-01", State.PARTIAL),
    "in part and amended": (
        (ISSUE, effect("amend", "2020-08-01"), effect("partial", "2023-08-01")), "2024-01-01", State.PARTIAL),
    "nothing known": ((), "2024-01-01", State.UNKNOWN),
    "issued later": ((effect("issue", "2025-01-01"),), "2024-01-01", State.UNKNOWN),
    "only retained": ((effect("retain", "2018-11-23"),), "2019-01-01", State.UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_state(case: str) -> None:
    effects, day, wanted = STATES[case]
    assert on(day, *effects) == wanted


FLAGS = {
    "plan": "拟修改或废止",
    "retain": "清理时保留",
    "extend": "已延长有效期",
}


@pytest.mark.parametrize("kind", FLAGS)
def test_flag(kind: EffectKind) -> None:
    found = status(WORK, [ISSUE, effect(kind, "2018-01-01", "2030-01-01")], date(2019, 1, 1))
    assert FLAGS[kind] in found.flags


def test_an_uncorroborated_repair_decides_nothing() -> None:
    doubtful = Effect("repeal", "甲", date(2018, 1, 1), date(2018, 1, 1), certainty="repaired")
    found = status(WORK, [ISSUE, doubtful], date(2019, 1, 1))
    assert found.state is State.IN_FORCE
    assert found.flags


def test_what_is_only_reported_decides_nothing() -> None:
    reported = Effect("repeal", "甲", date(2018, 1, 1), date(2018, 1, 1), certainty="reported")
    assert status(WORK, [ISSUE, reported], date(2019, 1, 1)).state is State.IN_FORCE


def test_effects_on_others_decide_nothing() -> None:
    other = Effect("repeal", "乙", date(2018, 1, 1), date(2018, 1, 1))
    assert status(WORK, [ISSUE, other], date(2019, 1, 1)).state is State.IN_FORCE


def test_what_could_be_known_on_a_day() -> None:
    """An act of 2024 repeals from 2020 on: in 2021 nobody knew it, and today we know that it held no more."""
    retroactive = effect("repeal", "2020-01-01", made="2024-03-01")
    assert status(WORK, [ISSUE, retroactive], date(2021, 6, 1)).state is State.IN_FORCE
    assert status(WORK, [ISSUE, retroactive], date(2021, 6, 1), known=date(2024, 3, 1)).state is State.REPEALED
    assert status(WORK, [ISSUE, retroactive], date(2021, 6, 1), known=date(2024, 2, 29)).state is State.IN_FORCE


def test_between_a_term_and_its_late_extension_the_work_was_dead() -> None:
    effects = [*term("2019-07-01", "2024-06-30"), effect("extend", "2024-08-01", "2027-06-30")]
    assert on("2024-08-01", *effects) is State.IN_FORCE
    found = status(WORK, effects, date(2025, 1, 1))
    assert (found.since, found.until) == (date(2024, 8, 1), date(2027, 6, 30))
    assert "有效期届满后才延长, 其间曾失效" in found.flags
    assert status(WORK, effects, date(2024, 7, 15), known=date(2025, 1, 1)).state is State.EXPIRED


def test_a_repeal_without_a_day_leaves_the_state_unknown() -> None:
    undated = Effect("repeal", "甲", None, None)
    found = status(WORK, [ISSUE, undated], date(2019, 1, 1))
    assert (found.state, found.decisive) == (State.UNKNOWN, undated)
    assert "有文件废止或宣布失效, 但日期不明" in found.flags


def test_what_lost_is_shown() -> None:
    repeal, retain = effect("repeal", "2021-01-01"), effect("retain", "2020-01-01")
    start, first, end = term("2019-07-01", "2024-06-30")
    found = status(WORK, [start, first, end, retain, repeal], date(2025, 1, 1))
    assert (found.decisive, found.losing) == (repeal, (retain, end))


def test_since_until_and_the_act_that_decides() -> None:
    start, first, end = term("2019-07-01", "2024-06-30")
    found = status(WORK, [start, first, end], date(2020, 1, 1))
    assert (found.since, found.until) == (date(2019, 7, 1), date(2024, 6, 30))
    found = status(WORK, [start, first, end], date(2025, 1, 1))
    assert (found.since, found.decisive) == (date(2024, 7, 1), end)
    repeal = effect("repeal", "2021-01-01")
    found = status(WORK, [start, first, end, repeal], date(2025, 1, 1))
    assert (found.since, found.decisive) == (date(2021, 1, 1), repeal)


# Dead twice -----------------------------------------------------------------------------------------------------


def test_the_last_repeal_decides_and_the_first_day_counts() -> None:
    """Repealed in 2022 and again in 2024: whoever cited it in 2023 cited a dead paper."""
    first, second = effect("repeal", "2022-03-01"), effect("repeal", "2024-05-01")
    found = status(WORK, [ISSUE, first, second], date(2024, 6, 30))
    assert (found.decisive, found.decided) == (second, date(2024, 5, 1)), "domain.md §5.3: the last one decides"
    assert (found.ended, found.since) == (first, date(2022, 3, 1))
    between = status(WORK, [ISSUE, first, second], date(2023, 1, 1))
    assert (between.state, between.since, between.ended) == (State.REPEALED, date(2022, 3, 1), first)


def test_a_paper_that_had_run_out_when_it_was_repealed() -> None:
    start, began, end = term("2010-01-01", "2014-12-31")
    found = status(WORK, [start, began, end, effect("repeal", "2018-01-01")], date(2019, 1, 1))
    assert (found.state, found.since, found.ended) == (State.REPEALED, date(2015, 1, 1), end)
    assert found.decided == date(2018, 1, 1)


def test_death_is_counted_from_the_last_time_it_lived() -> None:
    effects = [ISSUE, effect("repeal", "2015-01-01"), effect("reinstate", "2016-01-01"), effect("repeal", "2018-01-01")]
    assert status(WORK, effects, date(2019, 1, 1)).since == date(2018, 1, 1)


def test_what_is_presumed_makes_no_death_earlier() -> None:
    start, began, end = term("2010-01-01", "2014-12-31")
    repeal = effect("repeal", "2018-01-01")
    found = status(WORK, [start, began, replace(end, certainty="presumed"), repeal], date(2019, 1, 1))
    assert (found.since, found.ended) == (date(2018, 1, 1), repeal)


# Labels of sites ------------------------------------------------------------------------------------------------


def label(says: str, read: str) -> Effect:
    return replace(effect("label", read), certainty="labelled", detail=says)


@pytest.mark.parametrize(
    ("says", "state"),
    [("有效", State.IN_FORCE), ("废止", State.REPEALED), ("失效", State.LAPSED), ("部分失效", State.PARTIAL),
     ("已修改", State.AMENDED)],
)  # fmt: skip
def test_where_nothing_else_is_known_a_label_gives_the_state(says: str, state: State) -> None:
    seen = label(says, "2021-03-05")
    found = status(WORK, [seen], date(2022, 1, 1))
    assert (found.state, found.decisive, found.flags) == (state, seen, (LABEL_ONLY,))
    assert (found.since, found.is_sure) == (None, False), "since when, a label does not say"


def test_a_label_speaks_of_the_day_on_which_it_was_read() -> None:
    seen = label("失效", "2021-03-05")
    assert status(WORK, [seen], date(2021, 3, 4)).state is State.UNKNOWN
    assert status(WORK, [seen], date(2021, 3, 4), known=date(2022, 1, 1)).state is State.UNKNOWN
    assert status(WORK, [seen], date(2022, 1, 1), known=date(2021, 3, 4)).state is State.UNKNOWN


def test_the_label_that_was_read_last_counts() -> None:
    assert on("2022-01-01", label("有效", "2020-01-01"), label("废止", "2021-03-05")) is State.REPEALED


def test_labels_that_contradict_each_other_say_nothing() -> None:
    found = status(WORK, [label("有效", "2021-03-05"), label("废止", "2021-03-05")], date(2022, 1, 1))
    assert (found.state, found.flags) == (State.UNKNOWN, (LABEL_CONFLICT,))
    assert len(found.losing) == 2
    assert on("2022-01-01", label("有效", "2021-03-05"), label("已修改", "2021-03-05")) is State.AMENDED


def test_a_label_never_outweighs_a_clause() -> None:
    said = label("失效", "2021-03-05")
    found = status(WORK, [*term("2019-07-01", "2024-06-30"), said], date(2022, 1, 1))
    assert (found.state, found.flags) == (State.IN_FORCE, (LABEL_CONFLICT,))
    assert said in found.losing
    said = label("有效", "2025-01-01")
    found = status(WORK, [*term("2019-07-01", "2024-06-30"), said], date(2025, 6, 1))
    assert (found.state, found.flags) == (State.EXPIRED, (LABEL_CONFLICT,))


def test_a_label_that_was_right_when_it_was_read_contradicts_nothing() -> None:
    found = status(WORK, [ISSUE, label("有效", "2019-01-01"), effect("repeal", "2020-01-01")], date(2022, 1, 1))
    assert (found.state, found.flags) == (State.REPEALED, ())
    early = label("废止", "2019-06-01")  # the page knew before the library's act was made, and is right by now
    assert status(WORK, [ISSUE, early, effect("repeal", "2020-01-01")], date(2022, 1, 1)).flags == ()


# Terms that a rule set presumes -----------------------------------------------------------------------------------


def test_a_presumed_term_ends_and_is_flagged() -> None:
    start, began, end = term("2019-07-01", "2024-06-30")
    end = replace(end, certainty="presumed")
    found = status(WORK, [start, began, end], date(2024, 6, 30))
    assert (found.state, found.until, found.flags) == (State.IN_FORCE, date(2024, 6, 30), (PRESUMED,))
    found = status(WORK, [start, began, end], date(2024, 7, 1))
    assert (found.state, found.decisive, found.flags, found.is_sure) == (State.EXPIRED, end, (PRESUMED,), False)


def test_who_extends_a_term_knows_of_another_one() -> None:
    start, began, end = term("2014-07-01", "2019-06-30")
    later = effect("extend", "2020-01-01", "2025-12-31")
    found = status(WORK, [start, began, replace(end, certainty="presumed"), later], date(2021, 1, 1))
    assert (found.state, found.until, found.flags) == (State.IN_FORCE, date(2025, 12, 31), ("已延长有效期",))


def test_a_presumed_end_is_doubted_where_the_paper_was_kept_later() -> None:
    start, began, end = term("2014-07-01", "2019-06-30")
    end = replace(end, certainty="presumed")
    kept = effect("retain", "2020-12-20")
    assert on("2021-01-01", start, began, end, kept) is State.UNKNOWN
    assert on("2020-01-01", start, began, end, kept) is State.EXPIRED, "on that day nobody knew"
    assert on("2021-01-01", start, began, end, effect("retain", "2017-12-20")) is State.EXPIRED


# Laws -----------------------------------------------------------------------------------------------------------

KINDS: tuple[EffectKind, ...] = (
    "issue", "effect", "expiry", "extend", "amend", "partial", "suspend", "reinstate", "repeal", "lapse", "retain",
    "plan",
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
    solid = [one for one in there if one.kind not in ("plan", "label")]
    if any(one.kind == "extend" for one in solid):
        solid = [one for one in solid if one.certainty == "stated"]
    dead: State | None = None
    suspended: list[date] = []
    changed: set[str] = set()
    for day in sorted({one.effective for one in solid if one.effective <= as_of}):
        today = {one.kind: one for one in solid if one.effective == day}
        if "repeal" in today or "lapse" in today:
            dead = State.REPEALED if "repeal" in today else State.LAPSED
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
    if len(labels) == len(there) and labels:
        last = max(one.made for one in labels)
        return len({SAYS[one.detail].dead for one in labels if one.made == last}) > 1
    if all(one.kind == "label" for one in there):
        return False
    others = [one for one in effects if one.kind != "label"]
    now = by_calendar(others, as_of, known)
    return any(not one_fits(one.detail, now, by_calendar(others, one.made, one.made)) for one in labels)


def one_fits(says: str, *states: State) -> bool:
    living = {State.IN_FORCE, State.AMENDED, State.PARTIAL, State.SUSPENDED, State.NOT_YET}
    fitting = living if says == "有效" else {State.PARTIAL, State.AMENDED}
    if SAYS[says].dead:
        fitting = {State.REPEALED, State.LAPSED, State.EXPIRED}
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


# From papers ----------------------------------------------------------------------------------------------------

OLD = paper(
    "岚州市科学技术局关于印发《岚州市人才办法》的通知", "岚科发〔2016〕31号", "2016-08-22",
    "本办法自2016年9月1日起施行，有效期至2021年8月31日。",
)  # fmt: skip
KEY = "岚科发〔2016〕31号"


def act(title: str, body: str, day: str = "2020-05-06") -> str:
    return paper(title, "岚科发〔2020〕30号", day, body)


ACTS = {
    "nothing": ("", "2020-12-31", State.IN_FORCE, date(2016, 9, 1)),
    "the term ends": ("", "2021-09-01", State.EXPIRED, date(2021, 9, 1)),
    "repealed with the new one": (
        act("岚州市科学技术局关于印发《岚州市新人才办法》的通知",
            "本办法自2020年6月1日起施行，《岚州市人才办法》（岚科发〔2016〕31号）同时废止。"),
        "2020-12-31", State.REPEALED, date(2020, 6, 1)),
    "not before the new one takes effect": (
        act("岚州市科学技术局关于印发《岚州市新人才办法》的通知",
            "本办法自2020年6月1日起施行，《岚州市人才办法》（岚科发〔2016〕31号）同时废止。"),
        "2020-05-31", State.IN_FORCE, date(2016, 9, 1)),
    "a day of its own": (
        act("岚州市科学技术局关于废止《岚州市人才办法》的通知", "《岚州市人才办法》自2020年7月1日起废止。"),
        "2020-06-30", State.IN_FORCE, date(2016, 9, 1)),
    "extended by years": (
        act("岚州市科学技术局关于做好人才工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）有效期延长2年。"),
        "2023-08-31", State.IN_FORCE, date(2016, 9, 1)),
    "extended by years, over": (
        act("岚州市科学技术局关于做好人才工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）有效期延长2年。"),
        "2023-09-01", State.EXPIRED, date(2023, 9, 1)),
    "extended to a day": (
        act("岚州市科学技术局关于延长《岚州市人才办法》有效期的通知", "将该办法有效期延长至2024年12月31日。"),
        "2024-12-31", State.IN_FORCE, date(2016, 9, 1)),
    "amended": (
        act("岚州市科学技术局关于修改《岚州市人才办法》的通知", "将《岚州市人才办法》第三条修改为：“第三条……”。"),
        "2020-12-31", State.AMENDED, date(2020, 5, 6)),
    "in part": (
        act("岚州市科学技术局关于做好人才工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）第三条同时废止。"),
        "2020-12-31", State.PARTIAL, date(2020, 5, 6)),
    "suspended": (
        act("岚州市科学技术局关于做好人才工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）暂停执行。"),
        "2020-12-31", State.SUSPENDED, date(2020, 5, 6)),
    "only planned": (
        act("岚州市科学技术局关于做好清理工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）拟废止。"),
        "2020-12-31", State.IN_FORCE, date(2016, 9, 1)),
    "only told": (
        "《岚州市新人才办法》解读\n近日印发了《岚州市新人才办法》。\n一、背景\n《岚州市人才办法》（岚科发〔2016〕31号）同时废止。\n",
        "2020-12-31", State.IN_FORCE, date(2016, 9, 1)),
}  # fmt: skip


@pytest.mark.parametrize("case", ACTS)
def test_act(case: str) -> None:
    text, day, state, since = ACTS[case]
    found = held(shelve(*(one for one in (OLD, text) if one)), KEY, day)
    assert (found.state, found.since) == (state, since)


def test_the_act_that_decides_is_named_with_its_words() -> None:
    text, day, _, _ = ACTS["repealed with the new one"]
    found = held(shelve(OLD, text), KEY, day)
    assert found.decisive
    assert found.decisive.by == "岚科发〔2020〕30号"
    assert found.decisive.evidence
    assert "同时废止" in found.decisive.evidence.quote


def test_the_work_s_own_clause_is_quoted() -> None:
    linked = shelve(OLD)
    (start,) = (one for one in linked.effects if one.kind == "effect")
    (end,) = (one for one in linked.effects if one.kind == "expiry")
    assert start.evidence and end.evidence
    assert (start.evidence.before[-4:], start.evidence.quote) == ("本办法自", "2016年9月1日起施行")
    assert end.evidence.quote == "有效期至2021年8月31日"


def test_a_work_that_is_only_cited_has_the_status_that_others_give_it() -> None:
    body = "本通知自2020年7月1日起施行，岚科发〔2011〕5号同时废止。"
    linked = shelve(act("岚州市科学技术局关于做好人才工作的通知", body))
    assert held(linked, "岚科发〔2011〕5号", "2020-12-31").state is State.REPEALED
    assert held(linked, "岚科发〔2011〕5号", "2020-06-30").state is State.UNKNOWN


# Why it is unknown --------------------------------------------------------------------------------------------------


def test_what_is_unknown_says_why() -> None:
    cited = shelve(act("岚州市科学技术局关于做好人才工作的通知", "根据岚科发〔2011〕5号，制定本通知。"))
    absent = held(cited, "岚科发〔2011〕5号", "2020-12-31").doubt
    assert absent and (absent.brief, "读入本库" in absent.remedy) == ("没有原文", True)
    linked = shelve(OLD)
    early = held(linked, KEY, "2010-01-01").doubt
    assert early and early.brief == "当时还没有" and "--as-of" in early.remedy
    unseen = status(work(linked, KEY), linked.effects, date(2020, 1, 1), known=date(2010, 1, 1)).doubt
    assert unseen and unseen.brief == "当时还没有" and "--known" in unseen.remedy
    assert held(linked, KEY, "2020-01-01").doubt is None


def test_a_paper_without_a_date_asks_for_one() -> None:
    linked = shelve(paper("岚州市科学技术局关于做好人才工作的通知", "岚科发〔2011〕5号"))
    found = held(linked, "岚科发〔2011〕5号", "2020-12-31")
    assert found.doubt and found.doubt.brief == "没有日期"
    assert "2011" in found.doubt.why and "--set 成文日期=" in found.doubt.remedy


def test_a_repeal_of_an_unknown_day_names_the_act() -> None:
    found = status(WORK, [ISSUE, Effect("lapse", "甲", None, None, by="乙")], date(2020, 1, 1))
    assert found.doubt and (found.doubt.brief, "“乙”" in found.doubt.why) == ("宣布失效日期不明", True)


def test_what_holds_in_no_sense_has_no_doubt() -> None:
    reading = Work(key="《甲》解读", role="interpretation", held=True)
    assert status(reading, [], date(2020, 1, 1)).doubt is None


# Acts that end each other ------------------------------------------------------------------------------------------

LATER = act(
    "岚州市科学技术局关于废止《岚州市人才办法》的通知", "《岚州市人才办法》（岚科发〔2016〕31号）自2021年1月1日起废止。"
)
STOP = paper(
    "岚州市科学技术局关于废止有关通知的决定", "岚科发〔2020〕45号", "2020-10-08",
    "《岚州市科学技术局关于废止〈岚州市人才办法〉的通知》（岚科发〔2020〕30号）自即日起废止。",
)  # fmt: skip


def test_a_repeal_that_was_itself_repealed_before_it_took_effect() -> None:
    assert held(shelve(OLD, LATER), KEY, "2021-02-01").state is State.REPEALED
    linked = shelve(OLD, LATER, STOP)
    found = held(linked, KEY, "2021-02-01")
    assert (found.state, found.flags) == (State.IN_FORCE, ("所据的文件在生效前已被废止",))
    earlier = status(work(linked, KEY), linked.effects, date(2021, 2, 1), known=date(2020, 9, 1))
    assert earlier.state is State.REPEALED


def test_a_repeal_stands_when_its_act_is_repealed_later() -> None:
    late = STOP.replace("2020年10月8日", "2021年3月1日")
    assert held(shelve(OLD, LATER, late), KEY, "2021-06-01").state is State.REPEALED


def test_what_was_to_end_an_act_may_be_ended_too() -> None:
    """甲 is to repeal on 1 January; 乙 repeals 甲 from 1 December; 丙 repeals 乙 in November: so 甲 stands."""
    stop = STOP.replace("自即日起废止", "自2020年12月1日起废止")
    undo = paper(
        "岚州市科学技术局关于废止有关决定的通知", "岚科发〔2020〕50号", "2020-11-02",
        "《岚州市科学技术局关于废止有关通知的决定》（岚科发〔2020〕45号）自即日起废止。",
    )  # fmt: skip
    assert held(shelve(OLD, LATER, stop), KEY, "2021-02-01").state is State.IN_FORCE
    assert held(shelve(OLD, LATER, stop, undo), KEY, "2021-02-01").state is State.REPEALED
