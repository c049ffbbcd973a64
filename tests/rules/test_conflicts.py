"""What several acts do to one document goes together, or does not (domain.md §7.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policylib.model import Snapshot
from tests.link.shelf import paper, snapshot
from tests.rules.test_cleanup import CITY, GONE, GONE_LIST, KEPT, KEPT_LIST, cleanup, found, listed, policy, results

World = Callable[[str], Snapshot]
OLD = "岚政发〔2018〕28号"
NEW = "岚政发〔2022〕16号"


def test_kept_and_repealed_by_one_act() -> None:
    seen = snapshot(cleanup(KEPT_LIST, listed("附件2\n废止的规范性文件目录", KEPT)), policy(KEPT, "2019-02-01"))
    [clash] = found(seen, "cleanup.contradiction")
    assert (clash.result, clash.severity, clash.subject, clash.related) == ("fail", "error", KEPT[1], (NEW,))
    assert len(clash.evidence) == 2
    assert f"既将《{KEPT[0]}》（{KEPT[1]}）列为继续有效，又将其废止" in clash.message


def test_kept_after_it_was_repealed() -> None:
    early = cleanup(listed("附件\n废止的规范性文件目录", GONE), day="2018-11-23", number=OLD)
    late = cleanup(listed("附件\n继续有效的规范性文件目录", GONE))
    [clash] = found(snapshot(early, late, policy(GONE, "2012-01-01")), "cleanup.contradiction")
    assert clash.related == (OLD, NEW)
    assert f"（{OLD}）已将《{GONE[0]}》（{GONE[1]}）废止，" in clash.message  # it is not the act that is repealed
    assert clash.message.endswith(f"（{NEW}）又将其列为继续有效")


def test_kept_and_then_repealed_is_the_course_of_things() -> None:
    early = cleanup(listed("附件\n继续有效的规范性文件目录", GONE), day="2018-11-23", number=OLD)
    late = cleanup(listed("附件\n废止的规范性文件目录", GONE))
    assert found(snapshot(early, late, policy(GONE, "2012-01-01")), "cleanup.contradiction") == []


def test_the_old_version_was_kept() -> None:
    new = paper(
        "岚州市人民政府关于印发岚州市供水办法的通知", "岚政发〔2021〕7号", "2021-03-01",
        "本办法自2021年4月1日起施行，《岚州市供水办法》（岚政发〔2019〕3号）同时废止，以本办法代替。", CITY,
    )  # fmt: skip
    seen = snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01"), new)
    assert results(seen, "cleanup.contradiction") + results(seen, "cleanup.old-version")
    assert found(snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01")), "cleanup.old-version") == []


def test_a_government_may_repeal_what_those_below_it_made_and_nothing_of_those_above() -> None:
    title, number = GONE
    by_county = ("岚州市澄江区人民政府关于废止有关文件的决定", "澄政发〔2022〕5号", "2022-03-01")
    by_province = ("东岭省人民政府关于废止有关文件的决定", "东政发〔2022〕5号", "2022-03-01")
    words = f"决定废止《{title}》（{number}）。"
    county = snapshot(paper(*by_county, words, "岚州市澄江区人民政府"), policy(GONE, "2012-01-01"))
    [beyond] = found(county, "cleanup.authority")
    assert beyond.message.startswith("岚州市澄江区人民政府是下级机关，在")
    province = snapshot(paper(*by_province, words, "东岭省人民政府"), policy(GONE, "2012-01-01"))
    assert found(province, "cleanup.authority") == []


def test_a_department_cannot_repeal_a_paper_of_the_government() -> None:
    title, number = GONE
    words = f"决定废止《{title}》（{number}）。"
    made = ("岚州市科学技术局关于废止有关文件的决定", "岚科发〔2022〕5号", "2022-03-01")
    [beyond] = found(snapshot(paper(*made, words), policy(GONE, "2012-01-01")), "cleanup.authority")
    assert (beyond.result, beyond.severity, beyond.subject, beyond.related) == ("fail", "warning", number, (made[1],))
    assert beyond.message == (
        f"岚州市科学技术局是部门，在《{made[0]}》（{made[1]}）里废止了岚州市人民政府的这份文件"
        "，文中没有写明经制发机关或者它的上级同意"
    )
    agreed = paper(*made, f"经市人民政府同意，{words}")
    assert found(snapshot(agreed, policy(GONE, "2012-01-01")), "cleanup.authority") == []
    assert found(snapshot(cleanup(GONE_LIST), policy(GONE, "2012-01-01")), "cleanup.authority") == []


def test_repealed_before_it_was_made_and_repealed_twice() -> None:
    early = cleanup(listed("附件\n废止的规范性文件目录", GONE), day="2018-11-23", number=OLD)
    [order] = found(snapshot(early, policy(GONE, "2019-01-01")), "cleanup.order")
    assert order.message.startswith("废止在前、制发在后：这份文件成文于2019-01-01，而废止它的《")
    assert order.message.endswith(f"（{OLD}）是2018-11-23的，比它还早")
    late = cleanup(listed("附件\n废止的规范性文件目录", GONE))
    [twice] = found(snapshot(early, late, policy(GONE, "2012-01-01")), "cleanup.order")
    assert (twice.subject, twice.related) == (GONE[1], (OLD, NEW))
    assert twice.message.startswith("这份文件被废止了两次：第一次是2018-11-23的《")
    assert twice.message.index(f"（{OLD}），第二次是") < twice.message.index(f"（{NEW}）")
    assert "以哪一次为准" in twice.remedy
    assert found(snapshot(late, policy(GONE, "2012-01-01")), "cleanup.order") == []


# CLN-14 ------------------------------------------------------------------------------------------------------------

LINE = """
    policy 岚科规〔2020〕1号  《岚州市创新券办法》  dated 2020-04-27
    policy 岚科规〔2023〕1号  《岚州市创新券办法》  dated 2023-05-17  replaces 岚科规〔2020〕1号
    interpretation 解读  interprets 岚科规〔2020〕1号
    status 岚科规〔2020〕1号  废止 2023-07-01 by 岚科规〔2023〕1号
"""
ENDED = "status 岚科规〔2023〕1号  废止 2024-05-01"
NEWEST = "policy 岚科规〔2024〕4号  《岚州市创新券办法》  dated 2024-04-01  replaces 岚科规〔2023〕1号"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        pytest.param("", "岚科规〔2023〕1号", id="the new one is not explained"),
        pytest.param(ENDED, None, id="the new one is dead too"),
        pytest.param(f"{ENDED}\n{NEWEST}", "岚科规〔2024〕4号", id="and that has a successor"),
        pytest.param(
            f"{ENDED}\n{NEWEST}\ninterpretation 新解读  interprets 岚科规〔2024〕4号", None, id="which is explained"
        ),
    ],
)
def test_only_what_holds_today_wants_a_new_explanation(world: World, more: str, wanted: str | None) -> None:
    told = found(world(f"{LINE}\n{more}"), "interpretation.outdated")
    assert [one.related for one in told] == ([("岚科规〔2020〕1号", wanted)] if wanted else [])
