"""Effects of acts on works, and what holds on a day (domain.md §5.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policylib.link.status import LABEL_CONFLICT, LABEL_ONLY, PRESUMED, TERM_UNREAD, status
from policylib.link.terms import term_ends
from policylib.model import Effect, EffectKind, State, Work
from policylib.model.analysis import RelationKind

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
    "plan": "拟修改或废止（2018-01-01）",
    "retain": "列为继续有效（2018-01-01）",
    "extend": "已延长有效期（2018-01-01）",
}


@pytest.mark.parametrize("kind", FLAGS)
def test_flag(kind: EffectKind) -> None:
    found = status(WORK, [ISSUE, effect(kind, "2018-01-01", "2030-01-01")], date(2019, 1, 1))
    assert FLAGS[kind] in found.flags


@pytest.mark.parametrize(
    ("planned", "word"),
    [("amends", "拟修改"), ("repeals", "拟废止"), ("lapses", "拟宣布失效"), (None, "拟修改或废止")],
)
def test_a_plan_is_called_by_what_it_wants(planned: RelationKind | None, word: str) -> None:
    plan = replace(effect("plan", "2018-01-01"), planned=planned)
    assert status(WORK, [ISSUE, plan], date(2019, 1, 1)).flags == (f"{word}（2018-01-01）",)


RETAINED = {
    "kept after its repeal": ((ISSUE, effect("repeal", "2018-01-01"), effect("retain", "2018-06-01")), "废止"),
    "kept after it was declared void": (
        (ISSUE, effect("lapse", "2018-01-01"), effect("retain", "2018-06-01")), "宣布失效"),
    "kept after its term": (
        (*term("2013-04-01", "2017-12-31"), effect("retain", "2018-06-01")), "有效期届满"),
    "kept the day after its term": (
        (*term("2013-04-01", "2017-12-31"), effect("retain", "2018-01-01")), "有效期届满"),
    "kept on the last day of its term": ((*term("2013-04-01", "2017-12-31"), effect("retain", "2017-12-31")), None),
    "kept first and repealed later": ((ISSUE, effect("retain", "2018-01-01"), effect("repeal", "2018-06-01")), None),
    "kept, and in force": ((ISSUE, effect("retain", "2018-01-01")), None),
    "kept after a repeal that was taken back": (
        (ISSUE, effect("repeal", "2017-01-01"), effect("reinstate", "2017-06-01"), effect("retain", "2018-01-01")),
        None),
}  # fmt: skip


@pytest.mark.parametrize("case", RETAINED)
def test_to_keep_what_is_dead_is_a_contradiction(case: str) -> None:
    effects, died = RETAINED[case]
    kept = next(one for one in effects if one.kind == "retain")
    found = status(WORK, effects, date(2019, 1, 1))
    alone = () if found.state.dead else (f"列为继续有效（{kept.made}）",)  # to be kept and to die later says nothing
    assert found.flags == ((f"列为继续有效（{kept.made}），与{died}矛盾，待核实",) if died else alone)


def by(act: str, one: Effect, planned: RelationKind | None = None) -> Effect:
    return replace(one, by=act, planned=planned)


SUPERSEDED: dict[str, tuple[tuple[Effect, ...], tuple[str, ...]]] = {
    "kept by one cleanup, to be amended by two, to be repealed by a letter between": (
        (by("岚政发〔2018〕28号", effect("retain", "2018-11-23")),
         by("岚政办字〔2021〕47号", effect("plan", "2021-11-15"), "repeals"),
         by("岚政发〔2022〕16号", effect("plan", "2022-06-20"), "amends"),
         by("岚政发〔2023〕21号", effect("plan", "2023-09-18"), "amends")),
        ("拟修改（2023-09-18，岚政发〔2023〕21号）",)),
    "to be repealed, and kept later": (
        (by("甲", effect("plan", "2018-01-01"), "repeals"), by("乙", effect("retain", "2019-01-01"))),
        ("列为继续有效（2019-01-01，乙）",)),
    "kept and to be amended by one act": (
        (by("甲", effect("retain", "2018-01-01")), by("甲", effect("plan", "2018-01-01"), "amends")),
        ("列为继续有效（2018-01-01，甲）", "拟修改（2018-01-01，甲）")),
    "to be amended, and amended": (
        (by("甲", effect("plan", "2018-01-01"), "amends"), by("乙", effect("amend", "2019-01-01"))), ()),
    "to be amended, and only extended": (
        (by("甲", effect("plan", "2018-01-01"), "amends"), by("乙", effect("extend", "2019-01-01", "2030-01-01"))),
        ("已延长有效期（2019-01-01，乙）", "拟修改（2018-01-01，甲）")),
    "kept, and repealed two years later": (
        (by("甲", effect("retain", "2022-06-20")), by("乙", effect("repeal", "2024-08-01"))), ()),
    "kept by a notice that shares its title with another": (
        (by("《关于公布清理结果的公告》#822fc0", effect("retain", "2018-01-01")),),
        ("列为继续有效（2018-01-01，《关于公布清理结果的公告》）",)),
    "kept by a paper without number and title": (
        (by("822fc0a3ba0a", effect("retain", "2018-01-01")),), ("列为继续有效（2018-01-01）",)),
    "published anew by what repeals it": (
        (by("乙", effect("republish", "2024-03-01")), by("乙", effect("repeal", "2024-03-01"))),
        ("曾重新公布（2024-03-01，乙）",)),
    "extended twice": (
        (by("甲", effect("extend", "2018-01-01", "2020-01-01")),
         by("乙", effect("extend", "2019-06-01", "2030-01-01"))),
        ("已延长有效期（2019-06-01，乙）",)),
}  # fmt: skip


@pytest.mark.parametrize("case", SUPERSEDED)
def test_a_flag_bears_day_and_paper_and_gives_way_to_what_came_later(case: str) -> None:
    effects, told = SUPERSEDED[case]
    assert status(WORK, [ISSUE, *effects], date(2025, 1, 1)).flags == tuple(sorted(told))


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
    assert "有效期届满后才延长，其间曾失效" in found.flags
    assert status(WORK, effects, date(2024, 7, 15), known=date(2025, 1, 1)).state is State.EXPIRED


def test_a_repeal_without_a_day_leaves_the_state_unknown() -> None:
    undated = Effect("repeal", "甲", None, None)
    found = status(WORK, [ISSUE, undated], date(2019, 1, 1))
    assert (found.state, found.decisive) == (State.UNKNOWN, undated)
    assert "有文件废止或宣布失效，但日期不明" in found.flags


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


def test_the_act_that_extended_the_term_decides() -> None:
    """Its own clause says until 2023: only the extension keeps it alive, and is not among what decided nothing."""
    longer = effect("extend", "2023-11-21", "2026-12-31", made="2023-11-20")
    events = [*term("2019-01-10", "2023-12-31"), longer]
    found = status(WORK, events, date(2024, 6, 1))
    assert (found.state, found.since, found.until) == (State.IN_FORCE, date(2019, 1, 10), date(2026, 12, 31))
    assert (found.decisive, found.extended) == (longer, None)
    assert longer not in found.losing and events[2] in found.losing
    before = status(WORK, events, date(2023, 6, 1))
    assert (before.decisive, before.until) == (events[1], date(2023, 12, 31))


ENDING = effect("repeal", "2024-03-01", made="2024-02-22")


@pytest.mark.parametrize(
    ("day", "known", "until", "ending"),
    [
        ("2024-02-21", None, "2024-03-31", None),
        ("2024-02-22", None, "2024-02-29", ENDING),
        ("2024-02-29", None, "2024-02-29", ENDING),
        ("2024-02-29", "2024-02-21", "2024-03-31", None),
        ("2024-03-01", None, None, None),
    ],
)
def test_the_last_day_is_the_one_before_a_repeal_that_was_made_already(
    day: str, known: str | None, until: str | None, ending: Effect | None
) -> None:
    events = [*term("2019-04-01", "2024-03-31"), ENDING]
    found = status(WORK, events, date.fromisoformat(day), date.fromisoformat(known) if known else None)
    assert (found.until, found.ending) == (date.fromisoformat(until) if until else None, ending)
    assert ENDING not in found.losing or ending is None
    assert found.last_day(date(2024, 3, 31)) == found.until


def test_a_term_that_ends_before_the_repeal_bites_ends_the_paper() -> None:
    events = [*term("2019-04-01", "2024-02-25"), ENDING]
    found = status(WORK, events, date(2024, 2, 23))
    assert (found.until, found.ending) == (date(2024, 2, 25), None)


def test_a_paper_without_a_term_has_a_last_day_where_its_repeal_was_made() -> None:
    found = status(WORK, [ISSUE, ENDING], date(2024, 2, 23))
    assert (found.state, found.until, found.ending) == (State.IN_FORCE, date(2024, 2, 29), ENDING)


@pytest.mark.parametrize("kind", ["amend", "partial", "suspend", "reinstate"])
def test_what_another_event_decides_names_the_extension_beside_it(kind: EffectKind) -> None:
    longer = effect("extend", "2023-11-21", "2026-12-31", made="2023-11-20")
    other = effect(kind, "2021-05-01")
    found = status(WORK, [*term("2019-01-10", "2023-12-31"), longer, other], date(2024, 6, 1))
    assert (found.decisive, found.extended, found.until) == (other, longer, date(2026, 12, 31))
    assert not {longer, other}.intersection(found.losing)


def test_the_ends_of_a_term_that_was_extended_in_time_and_too_late() -> None:
    first = effect("extend", "2023-11-21", "2026-12-31", made="2023-11-20")
    late = effect("extend", "2027-03-01", "2028-12-31")
    ends = term_ends([late, *term("2019-01-10", "2023-12-31"), first])
    assert [(one.day, one.moved) for one in ends] == [
        (date(2023, 12, 31), date(2026, 12, 31)), (date(2026, 12, 31), None), (date(2028, 12, 31), None),
    ]  # fmt: skip
    assert [one.day for one in term_ends([first, *term("2019-01-10", "2023-12-31")], date(2022, 1, 1))] == [
        date(2023, 12, 31)
    ]


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
    assert (found.state, found.until, found.flags) == (
        State.IN_FORCE,
        date(2025, 12, 31),
        ("已延长有效期（2020-01-01）",),
    )


def test_a_presumed_end_is_doubted_where_the_paper_was_kept_later() -> None:
    start, began, end = term("2014-07-01", "2019-06-30")
    end = replace(end, certainty="presumed")
    kept = effect("retain", "2020-12-20")
    assert on("2021-01-01", start, began, end, kept) is State.UNKNOWN
    assert on("2020-01-01", start, began, end, kept) is State.EXPIRED, "on that day nobody knew"
    assert on("2021-01-01", start, began, end, effect("retain", "2017-12-20")) is State.EXPIRED


# Why it is unknown --------------------------------------------------------------------------------------------------


def test_a_repeal_of_an_unknown_day_names_the_act() -> None:
    found = status(WORK, [ISSUE, Effect("lapse", "甲", None, None, by="乙")], date(2020, 1, 1))
    assert found.doubt and (found.doubt.brief, "“乙”" in found.doubt.why) == ("宣布失效日期不明", True)


def test_what_holds_in_no_sense_has_no_doubt() -> None:
    reading = Work(key="《甲》解读", role="interpretation", held=True)
    assert status(reading, [], date(2020, 1, 1)).doubt is None


def test_a_term_that_was_not_understood_is_flagged_while_no_end_is_known() -> None:
    work = replace(WORK, problems=("term.unread",))
    start = (effect("issue", "2020-01-01"), effect("effect", "2020-01-01"))
    day = date(2024, 1, 1)
    assert status(work, start, day).flags == (TERM_UNREAD,)
    assert status(work, (*start, effect("extend", "2023-01-01", "2026-12-31")), day).flags == (
        "已延长有效期（2023-01-01）",
    )
    assert TERM_UNREAD not in status(work, (*start, effect("repeal", "2023-01-01")), day).flags
    assert status(WORK, start, day).flags == ()
