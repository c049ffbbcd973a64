"""The order by which a statute was made anew: its number is known, and the text of each order is a text of its own."""

from __future__ import annotations

import pytest

from policylib.model import State
from tests.link.shelf import held, paper, said, shelve, work

TITLE = "岚州市密码管理条例"
MADE = "1999年10月7日 岚州市人民政府令第27号发布"
REVISED = "2023年4月27日 岚州市人民政府令第76号修订）"


def statute(*history: str, title: str = TITLE, start: str) -> str:
    return "\n".join((title, *history, "第一条 为了加强密码管理，制定本条例。", f"第二十七条 本条例{start}施行。\n"))


EARLIER = statute(MADE, start="自发布之日起")
LATER = statute(MADE, REVISED, start="自2023年7月1日起")
ORDER = "岚州市人民政府令第76号"
FIRST_ORDER = "岚州市人民政府令第27号"


def keys(*texts: str) -> dict[str, str]:
    return {str(one.day): one.key for one in shelve(*texts).works if one.held}


def citing(name: str, day: str, number: str = "岚科发〔2024〕3号") -> str:
    return paper("岚州市科学技术局关于做好密码工作的通知", number, day, f"根据{name}，现就有关事项通知如下。")


def test_the_number_of_the_order_that_revised_it_means_it_and_is_not_its_own() -> None:
    [found] = [one for one in shelve(LATER).works if one.held]
    assert (str(found.number), [str(one) for one in found.revised_by]) == (FIRST_ORDER, [ORDER])
    linked = shelve(LATER, citing(f"《{TITLE}》（{ORDER}）", "2024-03-01"))
    assert said(linked, "basis") == [("岚科发〔2024〕3号", "basis", found.key)]
    assert not linked.unresolved


def test_an_order_that_promulgates_what_a_meeting_revised_counts_too() -> None:
    history = (MADE, "2011年8月24日岚州市人民政府第169次常务会议修订通过 2011年8月31日岚州市人民政府令第60号公布")
    [found] = shelve(statute(*history, start="自2011年10月1日起")).works
    assert [str(one) for one in found.revised_by] == ["岚州市人民政府令第60号"]


@pytest.mark.parametrize(
    "step",
    [
        "2014年6月29日 岚州市人民政府令第132号《岚州市人民政府关于修改部分规章的决定》修正",
        "2014年6月29日 岚州市人民政府令第132号修正",
    ],
    ids=["by a decision", "in parts"],
)
def test_the_number_of_what_changed_parts_is_not_that_of_the_statute(step: str) -> None:
    [found] = shelve(statute(MADE, step, start="自1999年12月1日起")).works
    assert found.revised_by == ()


def test_an_order_that_is_held_itself_is_meant_by_its_bare_number() -> None:
    decision = paper("岚州市人民政府关于修改部分规章的决定", ORDER, "2023-04-27", issuer="岚州市人民政府")
    linked = shelve(
        LATER,
        decision,
        citing(ORDER, "2024-03-01"),
        citing(f"《{TITLE}》（{ORDER}）", "2024-03-01", "岚科发〔2024〕4号"),
    )
    first, second = (target for _, _, target in sorted(said(linked, "basis")))
    assert work(linked, first).title == "岚州市人民政府关于修改部分规章的决定"
    assert work(linked, second).title == TITLE


def test_the_texts_of_two_orders_are_two_and_the_later_one_ends_the_earlier() -> None:
    found = keys(EARLIER, LATER)
    assert sorted(found) == ["1999-10-07", "2023-04-27"]
    old, new = found["1999-10-07"], found["2023-04-27"]
    for reverse in (False, True):
        linked = shelve(EARLIER, LATER, reverse=reverse)
        assert said(linked, "replaces") == [(new, "replaces", old)]
        assert held(linked, old, "2023-06-30").state is State.IN_FORCE
        assert held(linked, old, "2023-07-01").state is State.REVISED
        assert held(linked, new, "2024-06-30").state is State.IN_FORCE


@pytest.mark.parametrize(("day", "text"), [("2020-03-01", "1999-10-07"), ("2024-03-01", "2023-04-27")])
@pytest.mark.parametrize("name", [f"《{TITLE}》（{FIRST_ORDER}）", f"《{TITLE}》", FIRST_ORDER])
def test_the_number_that_both_bear_means_the_text_of_the_citing_day(name: str, day: str, text: str) -> None:
    linked = shelve(EARLIER, LATER, citing(name, day))
    assert [target for _, _, target in said(linked, "basis")] == [keys(EARLIER, LATER)[text]]


def test_a_paper_that_tells_only_from_when_it_holds_cites_the_text_of_that_day() -> None:
    rules = f"岚州市数据管理办法\n第一条 根据《{TITLE}》，制定本办法。\n第二条 本办法自2025年1月1日起施行。\n"
    linked = shelve(EARLIER, LATER, rules)
    assert [target for _, kind, target in said(linked, "basis")] == [keys(EARLIER, LATER)["2023-04-27"]]


def test_passing_and_promulgation_make_no_second_text() -> None:
    passed = statute(
        "1999年9月20日岚州市人民政府第9次常务会议通过",
        "1999年10月7日 岚州市人民政府令第27号发布",
        start="自1999年12月1日起",
    )
    assert len(keys(passed, statute(MADE, start="自1999年12月1日起"))) == 1
