"""What a person is asked whether it is the paper meant (T6): never a link."""

from __future__ import annotations

import pytest

from policylib.link import Linked
from policylib.link.similar_titles import may_be_meant
from tests.link.shelf import paper, said, shelve

RULINGS = paper("岚州海关关于发布2024年归类决定（Ⅱ）的公告", day="2024-09-12", issuer="岚州海关")
RULINGS_KEY = "《岚州海关关于发布2024年归类决定（Ⅱ）的公告》"


def explaining(batch: str) -> str:
    return (
        f"关于2024年{batch}有关归类决定的政策解读\n为便于申报，近日岚州海关公布2024年{batch}归类决定。"
        "现就有关归类决定解读如下：一、脱水苹果粒归入干果。\n"
    )


def asked(linked: Linked) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.wanted, one.candidates) for one in linked.unresolved if one.kind == "interprets"]


def test_one_of_a_series_that_is_named_in_words_is_asked_for() -> None:
    linked = shelve(RULINGS, explaining("第二批"))
    assert asked(linked) == [("2024年第二批归类决定", (RULINGS_KEY,))]
    assert said(linked, "interprets") == []


def test_another_of_the_series_is_not_asked_for() -> None:
    assert asked(shelve(RULINGS, explaining("第三批"))) == []


@pytest.mark.parametrize("title", ["归类决定（Ⅱ）", "归类决定（II）", "归类决定（二）", "归类决定(2)", "第2批归类决定"])
def test_places_in_a_series_are_counted_in_many_ways(title: str) -> None:
    assert may_be_meant(
        "2024年第二批归类决定", f"岚州海关关于发布2024年{title}的公告".replace("2024年第2批", "第2批2024年")
    )
    assert not may_be_meant("2024年第十二批归类决定", f"岚州海关关于发布2024年{title}的公告")


# Another place's paper -------------------------------------------------------------------------------------------

HELD = "优化停车服务条例\n{made}\n第一条 为了规范停车，制定本条例。\n"
RESTING = paper(
    "某局关于做好停车工作的通知",
    day="2024-03-01",
    body="根据《辽宁省优化停车服务条例》，现通知如下。",
    issuer="岚州海关",
)


@pytest.mark.parametrize(("made", "asked_for"), [
    ("2019年10月22日 中华人民共和国国务院令第999号公布", False),
    ("2019年7月30日 辽宁省第十三届人民代表大会常务委员会第十二次会议通过", True),
])  # fmt: skip
def test_a_paper_of_a_province_is_none_of_the_state_council(made: str, asked_for: bool) -> None:
    assert bool(shelve(HELD.format(made=made), RESTING).unresolved) is asked_for


# The same papers end ---------------------------------------------------------------------------------------------

TRANSIT = paper(
    "岚州海关关于简化转运货物单证的公告",
    day="2024-08-23",
    body="自公布之日起施行。岚州海关公告2015年第57号、2016年第52号同时废止。",
    issuer="岚州海关",
)
TRANSIT_KEY = "《岚州海关关于简化转运货物单证的公告》"
OLD = "《直接运输公告》（岚州海关公告2015年第57号）、《港口中转公告》（岚州海关公告2016年第52号）"


def telling(old: str = OLD, number: str = "岚州海关公告2024年第110号") -> str:
    return (
        f"政策解读——岚州海关关于便利原产货物享惠的公告\n岚州海关发布了《关于便利原产货物享惠的公告》（{number}）。"
        f"现解读如下：一、背景自{old}实施以来，企业提出更多诉求。\n"
    )


def test_a_held_paper_that_ends_what_the_interpretation_tells_of_is_asked_for() -> None:
    linked = shelve(TRANSIT, telling())
    assert asked(linked) == [("《岚州海关关于便利原产货物享惠的公告》（岚州海关公告2024年第110号）", (TRANSIT_KEY,))]
    assert TRANSIT_KEY not in [target for _, _, target in said(linked, "interprets")]


NOT_ASKED = {
    "of one of them only": (TRANSIT, telling("《直接运输公告》（岚州海关公告2015年第57号）")),
    "of another year": (TRANSIT, telling(number="岚州海关公告2023年第110号")),
    "of another organ": (
        TRANSIT,
        telling(number="东岭海关公告2024年第110号").replace("——岚州", "——东岭").replace("岚州海关发布", "东岭海关发布"),
    ),
    "one paper that ends": (TRANSIT.replace("、2016年第52号", ""), telling()),
    "it has its own number": (TRANSIT.replace("公告\n", "公告\n岚州海关公告2024年第98号\n", 1), telling()),
}


@pytest.mark.parametrize("case", NOT_ASKED)
def test_less_asks_nobody(case: str) -> None:
    assert asked(shelve(*NOT_ASKED[case])) == []
