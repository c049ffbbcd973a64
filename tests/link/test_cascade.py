"""依据失效: which policies in force lose their basis, and by which sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.link.cascade import cascade
from policylib.model import Evidence, Relation, Snapshot, Span, State, Status, Work

DAY = date(2024, 6, 30)


def world(*lines: str, dead: str = "", papers: str = "", absent: str = "") -> Snapshot:
    """A snapshot from a ledger: “甲 basis 乙” or “甲 basis 乙 plan”. Some keys are dead, no policies, or not held."""
    relations = []
    for line in lines:
        source, kind, target, *mode = line.split()
        evidence = Evidence("0" * 64, f"{source}.docx", Span(0, 2), f"根据{target}", "", "", "cue.basis")
        relations.append(Relation(kind, source, target, evidence, 1.0, "T0", *mode))  # type: ignore[arg-type]
    keys = sorted({key for one in relations for key in (one.source, one.target)})
    works = [Work(key=key, role="other" if key in papers else "policy", held=key not in absent) for key in keys]
    states = {key: Status(key, DAY, State.REPEALED if key in dead else State.IN_FORCE) for key in keys}
    return Snapshot(DAY, tuple(works), tuple(sorted(relations, key=lambda one: (one.source, one.target))), states)


def found(snapshot: Snapshot, *keys: str, depth: int = 1) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.work.key, one.depth, one.others) for one in cascade(snapshot, keys, depth)]


def test_a_policy_loses_its_only_basis() -> None:
    (one,) = cascade(world("乙 basis 甲"), ["甲"])
    assert (one.work.key, one.others) == ("乙", ())
    assert [relation.evidence.quote for relation in one.path] == ["根据甲"]


def test_what_was_not_made_by_that_day_loses_nothing() -> None:
    seen = world("甲 basis 乙", "丙 basis 乙")
    works = tuple(replace(work, dated=DAY + timedelta(days=1)) if work.key == "丙" else work for work in seen.works)
    assert [one.work.key for one in cascade(replace(seen, works=works), ["乙"])] == ["甲"]


def test_a_second_living_basis_keeps_a_part() -> None:
    assert found(world("乙 basis 甲", "乙 basis 丙"), "甲") == [("乙", 1, ("丙",))]


def test_a_dead_second_basis_keeps_nothing() -> None:
    assert found(world("乙 basis 甲", "乙 basis 丙", dead="丙"), "甲") == [("乙", 1, ())]


def test_bases_that_die_together_keep_nothing() -> None:
    assert found(world("乙 basis 甲", "乙 basis 丙"), "甲", "丙") == [("乙", 1, ())]


@pytest.mark.parametrize("kind", ["forwards", "reference", "mentions", "interprets", "repeals"])
def test_only_a_basis_carries(kind: str) -> None:
    assert found(world(f"乙 {kind} 甲"), "甲") == []


@pytest.mark.parametrize(
    "snapshot",
    [
        pytest.param(world("乙 basis 甲 plan"), id="planned"),
        pytest.param(world("乙 basis 甲", dead="乙"), id="dead itself"),
        pytest.param(world("乙 basis 甲", papers="乙"), id="no policy"),
        pytest.param(world("乙 basis 甲", absent="乙"), id="not held"),
    ],
)
def test_what_cannot_lose_a_basis(snapshot: Snapshot) -> None:
    assert found(snapshot, "甲") == []


def test_a_dead_policy_is_asked_about_too() -> None:
    assert found(world("乙 basis 甲", dead="甲"), "甲") == [("乙", 1, ())]


def test_deeper_on_demand_with_the_whole_path() -> None:
    keys = "甲乙丙丁戊己庚"
    ladder = world(*(f"{upper} basis {lower}" for lower, upper in pairwise(keys)))
    assert found(ladder, "甲") == [("乙", 1, ())]
    (*_, last) = cascade(ladder, ["甲"], 6)
    assert (last.work.key, last.depth) == ("庚", 6)
    assert [relation.target for relation in last.path] == list("己戊丁丙乙甲")


def test_below_a_paper_that_stays_in_force_no_basis_is_lost() -> None:
    """丙 rests on 乙 alone, and 乙 is in force whether it has another basis (丁) or none."""
    whole = cascade(world("乙 basis 甲", "丙 basis 乙", dead="甲"), ["甲"], 5)
    part = cascade(world("乙 basis 甲", "乙 basis 丁", "丙 basis 乙", dead="甲"), ["甲"], 5)
    assert [(one.work.key, one.loss) for one in whole] == [("乙", "whole"), ("丙", "shaken")]
    assert [(one.work.key, one.loss) for one in part] == [("乙", "part"), ("丙", "shaken")]


def test_who_names_the_dead_paper_itself_has_lost_it_though_it_rests_on_others_below_it_too() -> None:
    resting = cascade(world("乙 basis 甲", "丙 basis 乙", "丙 basis 甲", dead="甲"), ["甲"], 5)
    assert {(one.work.key, one.loss, one.depth) for one in resting} == {("乙", "whole", 1), ("丙", "part", 1)}


def test_a_path_does_not_lead_over_the_dead() -> None:
    assert found(world("乙 basis 甲", "丙 basis 乙", dead="乙"), "甲", depth=5) == []


PAIRS = st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from("甲乙丙丁戊")), max_size=15)


@given(PAIRS)
def test_circles_end_and_every_path_is_one(pairs: list[tuple[str, str]]) -> None:
    snapshot = world("甲 basis 甲", *(f"{source} basis {target}" for source, target in pairs))
    steps = cascade(snapshot, ["甲"], 10)
    assert len({one.work.key for one in steps}) == len(steps)
    for one in steps:
        ends = [one.work.key, *(relation.target for relation in one.path)]
        assert [relation.source for relation in one.path] == ends[:-1]
        assert ends[-1] == "甲"
