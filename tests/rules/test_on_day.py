"""check --as-of: rules look at what there was on that day (domain.md §5.3, two clocks)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from policylib.model import Finding, Snapshot, State
from policylib.rules import all_rules, audit
from policylib.rules.on_day import on_day
from tests.link.shelf import TABLES, paper, snapshot

World = Callable[[str], Snapshot]
CITY = "岚州市人民政府"
KEPT = ("岚州市人民政府关于印发岚州市供水办法的通知", "岚政发〔2019〕3号")
ACT = ("岚州市人民政府关于公布规范性文件清理结果的通知", "岚政发〔2024〕16号")
OLD = paper(*KEPT, "2019-02-01", "本办法自2019年3月1日起施行，有效期至2024年8月31日。", CITY)
LISTED = (
    paper(*ACT, "2024-10-21", "现将清理结果公布如下。继续有效的3件。", CITY)
    + f"附件1\n继续有效的规范性文件目录\n1.《{KEPT[0]}》（{KEPT[1]}）\n"
)


def rules_on(day: str, *texts: str) -> set[str]:
    seen = snapshot(*texts, on=day)
    return {one.rule for one in _failures(seen)}


def _failures(seen: Snapshot) -> tuple[Finding, ...]:
    return audit(seen, all_rules(TABLES, seen.office)).failures


def test_an_act_of_2024_accuses_nobody_in_2023() -> None:
    """It kept in 2024 what had run out in August of that year; of neither anything was known in 2023."""
    assert {"cleanup.retained-expired", "cleanup.count"} <= rules_on("2024-12-31", OLD, LISTED)
    assert not {"cleanup.retained-expired", "cleanup.count"} & rules_on("2023-01-01", OLD, LISTED)


def test_what_was_made_later_is_not_there(world: World) -> None:
    seen = world("""
        as_of 2023-01-01
        policy 岚科规〔2022〕3号  《岚州市科技奖励办法》  dated 2022-03-01
        policy 岚科规〔2024〕3号  《岚州市科技奖励办法》  dated 2024-03-01
        interpretation 甲  interprets 岚科规〔2022〕3号  published 2022-03-01
        interpretation 乙  interprets 岚科规〔2024〕3号
        policy 岚科规〔2025〕1号  《岚州市节水办法》
        policy 《岚州市旧办法》
    """)
    then = on_day(seen)
    assert {work.key for work in then.snapshot.works} == {"岚科规〔2022〕3号", "甲", "《岚州市旧办法》"}
    assert {work.key for work in then.later} == {"岚科规〔2024〕3号", "乙", "岚科规〔2025〕1号"}, (
        "by its day, by what it speaks of, by the year of its number"
    )
    assert [work.key for work in then.undated] == ["《岚州市旧办法》"]
    assert {one.source for one in then.snapshot.relations} == {"甲"}


def test_what_only_a_later_paper_names_was_not_known(world: World) -> None:
    """A law without a day that a paper of 2024 cites is no paper of 2023; one that an earlier paper cites is."""
    then = on_day(
        world("""
        as_of 2023-01-01
        policy 岚科规〔2022〕3号  《岚州市科技奖励办法》  dated 2022-03-01  basis 《早法》
        policy 岚科规〔2024〕3号  《岚州市节水办法》  dated 2024-03-01  basis 《晚法》
    """)
    )
    assert {work.key for work in then.snapshot.works} == {"岚科规〔2022〕3号", "《早法》"}
    assert [work.key for work in then.later] == ["岚科规〔2024〕3号"]


def test_on_a_day_after_everything_nothing_changes(world: World) -> None:
    seen = world("policy 岚科规〔2022〕3号  《岚州市科技奖励办法》  dated 2022-03-01")
    assert on_day(seen).snapshot is seen


def test_a_draft_is_no_later_than_what_it_became(world: World) -> None:
    """Without a day of its own, the page that asked for comments was there before the paper of 2024."""
    then = on_day(world("""
        as_of 2023-01-01
        policy 岚科规〔2024〕3号  《岚州市科技奖励办法》  dated 2024-03-01
        other 《岚州市科技奖励办法（征求意见稿）》  draft_of 岚科规〔2024〕3号
    """))  # fmt: skip
    work = then.snapshot.by_key["岚科规〔2024〕3号"]
    assert (work.held, work.documents) == (False, ()), "it is known by name only"
    assert len(then.later) == 1


def test_an_act_that_was_made_later_did_nothing_yet() -> None:
    seen = snapshot(OLD, LISTED, on="2023-01-01")
    then = on_day(seen).snapshot
    assert [one.kind for one in then.effects[KEPT[1]]] == ["effect", "expiry", "issue"]
    assert then.statuses[KEPT[1]].state is State.IN_FORCE


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-06-01", []), ("2024-03-01", [("unknown", "本库所存文件标注“废止”，本库未见废止它、宣布它失效的文件")])],
    ids=["before it ended", "of a page that nothing explains"],
)
def test_a_page_that_was_kept_later_says_what_came_later(
    world: World, day: str, expected: list[tuple[str, str]]
) -> None:
    """Its page says 废止, since it was repealed in December; of June that tells nothing."""
    repealed = "本决定自印发之日起施行，《岚州市供水办法》（岚政发〔2019〕3号）同时废止。"
    page = "有效性：废止\n" + paper(*KEPT, "2019-02-01", "请认真执行。", CITY)
    end = paper("岚州市人民政府关于废止岚州市供水办法的决定", "岚政发〔2023〕40号", "2023-12-01", repealed, CITY)
    seen = snapshot(page, end, on=day) if not expected else snapshot(page, on=day)
    assert seen.as_of == date.fromisoformat(day)
    found = audit(seen, all_rules(TABLES, seen.office)).findings
    assert [(one.result, one.message) for one in found if one.rule == "cleanup.label"] == expected
