"""A statute of which two texts are held: the later one's history tells that it replaced the earlier one."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.link.cascade import cascade
from policylib.link.status import LABEL_CONFLICT
from policylib.model import State
from policylib.rules import all_rules, audit
from policylib.rules.context import Context
from policylib.rules.proposals import proposals
from tests.link.shelf import TABLES, held, said, shelve, snapshot

TITLE = "岚州市保密条例"
MADE = "1988年9月5日　岚州市第七届人民代表大会常务委员会第三次会议通过"
FIRST = "2010年4月29日　岚州市第十一届人民代表大会常务委员会第十四次会议第一次修订"
SECOND = "2024年2月27日　岚州市第十四届人民代表大会常务委员会第八次会议第二次修订）"


def statute(*history: str, start: str, label: str = "") -> str:
    head = f"有效性：{label}\n" if label else ""
    return head + "\n".join(
        (TITLE, *history, "第一条 为了保守秘密，制定本条例。", f"第六十条 本条例自{start}起施行。\n")
    )


EARLIER = statute(MADE, FIRST, start="2010年10月1日", label="现行有效")
LATER = statute(MADE, FIRST, SECOND, start="2024年5月1日", label="现行有效")


def key_of(day: str, *texts: str) -> str:
    [found] = [one.key for one in shelve(*texts).works if one.held and str(one.day) == day]
    return found


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-02-26", State.IN_FORCE),
        ("2024-04-30", State.IN_FORCE),
        ("2024-05-01", State.REVISED),
    ],
)
def test_the_earlier_text_holds_until_the_revised_one_takes_effect(day: str, state: State) -> None:
    key = key_of("2010-04-29", EARLIER, LATER)
    assert held(shelve(EARLIER, LATER), key, day).state is state
    assert held(shelve(EARLIER, LATER, reverse=True), key, day).state is state


def test_the_history_of_the_later_text_says_so() -> None:
    linked = shelve(EARLIER, LATER, read="2024-06-08")
    old, new = key_of("2010-04-29", EARLIER, LATER), key_of("2024-02-27", EARLIER, LATER)
    assert said(linked, "replaces") == [(new, "replaces", old)]
    found = held(linked, old, "2024-06-30")
    assert found.decisive and found.decisive.evidence
    assert (found.decisive.by, found.decisive.made, found.since) == (new, date(2024, 2, 27), date(2024, 5, 1))
    assert found.decisive.evidence.quote.startswith("2024年2月27日")
    assert LABEL_CONFLICT in found.flags
    assert held(linked, new, "2024-06-30").state is State.IN_FORCE


@pytest.mark.parametrize(
    "later",
    [
        statute(MADE, SECOND, start="2024年5月1日"),
        statute(
            MADE,
            FIRST,
            "根据2024年2月27日岚州市人大常委会《关于修改〈岚州市保密条例〉的决定》修正",
            start="2010年10月1日",
        ),
        LATER.replace(TITLE, "岚州市档案条例"),
        LATER.replace("岚州市第", "云泽市第"),
    ],
    ids=["it does not know the earlier text", "amended in parts", "another statute", "another city"],
)
def test_no_other_text_ends_it(later: str) -> None:
    linked = shelve(EARLIER, later)
    assert not said(linked, "replaces")
    assert all(held(linked, one.key, "2024-06-30").state is State.IN_FORCE for one in linked.works if one.held)


def test_a_text_that_was_revised_twice_is_followed_by_the_next() -> None:
    oldest = statute(MADE, start="1989年5月1日")
    texts = (oldest, EARLIER, LATER)
    first, second, third = (key_of(day, *texts) for day in ("1988-09-05", "2010-04-29", "2024-02-27"))
    assert said(shelve(*texts), "replaces") == sorted([(second, "replaces", first), (third, "replaces", second)])
    key = key_of("1988-09-05", oldest, LATER)
    found = held(shelve(oldest, LATER), key, "2024-06-30")
    assert (found.state, found.since) == (State.REVISED, date(2010, 4, 29))


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("现行有效", "2010年修订的文本已于2024-05-01被修订后的文本替代，本库所存文件仍标注“现行有效”"),
        ("已被修订", None),
        ("失效", None),
    ],
)
def test_the_label_of_the_earlier_text(label: str, message: str | None) -> None:
    seen = snapshot(statute(MADE, FIRST, start="2010年10月1日", label=label), LATER, read="2024-06-08")
    found = [one for one in audit(seen, all_rules(TABLES, seen.office)).findings if one.rule == "cleanup.label"]
    assert [(one.result, one.message) for one in found] == ([("fail", message)] if message else [])


def test_who_rests_on_a_statute_has_not_lost_it_when_its_text_is_revised() -> None:
    below = (
        "岚州市科学技术局关于保密工作的通知\n岚科发〔2015〕9号\n各有关单位：\n"
        "根据《岚州市保密条例》，现通知如下。\n岚州市科学技术局\n2015年3月2日\n"
    )
    seen = snapshot(EARLIER, LATER, below)
    assert "currency.rests-on-repealed" not in {
        one.rule for one in audit(seen, all_rules(TABLES, seen.office)).findings
    }
    [paper] = proposals(seen, Context(TABLES, seen.office), ())
    assert (paper.work.key, paper.outcome) == ("岚科发〔2015〕9号", "retain")
    assert cascade(seen, [key_of("2010-04-29", EARLIER, LATER)]) == ()
    assert ("岚科发〔2015〕9号", "basis", key_of("2010-04-29", EARLIER, LATER)) in said(shelve(EARLIER, LATER, below))


ORDER = "2014年1月17日　岚州市人民政府令第46号公布"
AGAIN = "2024年7月10日　岚州市人民政府令第86号修订"


@pytest.mark.parametrize("reverse", [False, True])
def test_two_texts_under_the_number_of_the_first_order_are_two_of_which_the_later_one_holds(reverse: bool) -> None:
    title = "岚州市保密条例实施办法"
    texts = [
        statute(*history, start=start).replace(TITLE, title)
        for history, start in (((ORDER,), "2014年3月1日"), ((ORDER, AGAIN), "2024年9月1日"))
    ]
    linked = shelve(*texts, reverse=reverse)
    found = {one.dated: one for one in linked.works if one.held}
    assert {day: one.effective for day, one in found.items()} == {
        date(2014, 1, 17): date(2014, 3, 1),
        date(2024, 7, 10): date(2024, 9, 1),
    }
    states = [held(linked, found[day].key, "2024-09-01").state for day in sorted(found, key=str)]
    assert states == [State.REVISED, State.IN_FORCE]


def test_the_other_steps_of_a_history_stand_in_the_timeline_and_decide_nothing() -> None:
    amended = "2026年1月9日　岚州市第十四届人民代表大会常务委员会第二十次会议《关于修改〈岚州市保密条例〉的决定》修正"
    linked = shelve(statute(MADE, FIRST, amended, start="2010年10月1日"))
    steps = [(str(one.effective), one.detail) for one in linked.effects if one.kind == "history"]
    assert steps == [("1988-09-05", "通过"), ("2026-01-09", "修正")]
    [key] = [one.key for one in linked.works if one.held]
    found = held(linked, key, "2026-06-30")
    assert (found.state, found.since, found.flags) == (State.IN_FORCE, date(2010, 10, 1), ())
    assert all("〉的决定》修正" in one.evidence.quote for one in found.losing if one.detail == "修正" and one.evidence)
