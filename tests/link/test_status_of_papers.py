"""The status of papers as they are read and linked."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.link.status import AMENDED_UNSEEN, status
from policylib.model import State
from tests.link.shelf import held, paper, shelve, work

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
    "overridden where the two disagree": (
        act("岚州市科学技术局关于印发《岚州市新人才办法》的通知",
            "本办法自2020年6月1日起施行。《岚州市人才办法》（岚科发〔2016〕31号）与本办法不一致的，以本办法为准。"),
        "2020-12-31", State.IN_FORCE, date(2016, 9, 1)),
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
    "an article ended by name": (
        act("岚州市科学技术局关于做好人才工作的通知", "决定废止《岚州市人才办法》（岚科发〔2016〕31号）第三条。"),
        "2020-12-31", State.PARTIAL, date(2020, 5, 6)),
    "an article suspended": (
        act("岚州市科学技术局关于做好人才工作的通知", "暂停执行《岚州市人才办法》（岚科发〔2016〕31号）第三条。"),
        "2020-12-31", State.IN_FORCE, date(2016, 9, 1)),
    "extended by years in words": (
        act("岚州市科学技术局关于做好人才工作的通知", "《岚州市人才办法》（岚科发〔2016〕31号）有效期延长两年。"),
        "2023-08-31", State.IN_FORCE, date(2016, 9, 1)),
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


def test_what_was_suspended_goes_on_when_it_is_reinstated() -> None:
    stopped, again = (
        act("岚州市科学技术局关于做好人才工作的通知", f"{verb}《岚州市人才办法》（岚科发〔2016〕31号）。", day).replace(
            "30号", number
        )
        for verb, day, number in (("暂停执行", "2020-05-06", "30号"), ("恢复执行", "2020-09-01", "41号"))
    )
    shelf = shelve(OLD, stopped, again)
    assert held(shelf, KEY, "2020-08-31").state is State.SUSPENDED
    assert held(shelf, KEY, "2020-09-01").state is State.IN_FORCE


def test_a_suspended_article_is_flagged() -> None:
    text, day, _, _ = ACTS["an article suspended"]
    assert "第三条暂停执行" in held(shelve(OLD, text), KEY, day).flags


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


def test_an_amended_paper_without_its_original_is_not_called_living() -> None:
    """Nobody has read its term. That a part of it is void stands without the original."""
    body = "经研究，决定对《岚州市人才办法》（岚科发〔2011〕5号）作如下修改：将第三条修改为“……”。"
    linked = shelve(act("岚州市科学技术局关于修改《岚州市人才办法》的通知", body))
    found = held(linked, "岚科发〔2011〕5号", "2020-12-31")
    assert (found.state, found.since, found.decisive) == (State.UNKNOWN, None, None)
    assert found.doubt and found.doubt.brief == "没有原文"
    assert AMENDED_UNSEEN in found.flags
    assert [one.by for one in found.losing] == ["岚科发〔2020〕30号"], "what is known is shown all the same"
    part = "《岚州市人才办法》（岚科发〔2011〕5号）第三条废止。"
    linked = shelve(act("岚州市科学技术局关于废止《岚州市人才办法》部分条款的通知", part))
    assert held(linked, "岚科发〔2011〕5号", "2020-12-31").state is State.PARTIAL


def test_what_is_unknown_says_why() -> None:
    cited = shelve(act("岚州市科学技术局关于做好人才工作的通知", "根据岚科发〔2011〕5号，制定本通知。"))
    absent = held(cited, "岚科发〔2011〕5号", "2020-12-31").doubt
    assert absent and (absent.brief, "读入本库" in absent.remedy) == ("没有原文", True)
    linked = shelve(OLD)
    early = held(linked, KEY, "2010-01-01").doubt
    assert early and early.brief == "尚未制发" and "--as-of" in early.remedy
    unseen = status(work(linked, KEY), linked.effects, date(2020, 1, 1), known=date(2010, 1, 1)).doubt
    assert unseen and unseen.brief == "尚未制发" and "--known" in unseen.remedy
    assert held(linked, KEY, "2020-01-01").doubt is None


def test_a_paper_without_a_date_asks_for_one() -> None:
    linked = shelve(paper("岚州市科学技术局关于做好人才工作的通知", "岚科发〔2011〕5号"))
    found = held(linked, "岚科发〔2011〕5号", "2020-12-31")
    assert found.doubt and found.doubt.brief == "没有日期"
    assert "2011" in found.doubt.why and "--set 成文日期=" in found.doubt.remedy


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
