"""Whether a cleanup result is whole: its list, its counts, its rows (domain.md §7.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.link.cleanup_acts import may_have_ended
from policylib.link.organs import Registry
from policylib.link.reconcile import reconcile
from policylib.link.status import status
from policylib.model import Effect, Finding, Judgement, Office, Snapshot, Work
from policylib.model.work import Certainty, EffectKind
from policylib.rules import all_rules, audit
from policylib.rules.context import Context
from policylib.rules.open_ends import open_ends
from policylib.rules.proposals import Proposal, left_out, proposals
from policylib.tables import builtin
from tests.link.shelf import JURISDICTION, TABLES, paper, snapshot
from tests.rules import notices

CITY = "岚州市人民政府"
ACT = "岚政发〔2022〕16号"
KEPT = ("岚州市人民政府关于印发岚州市供水办法的通知", "岚政发〔2019〕3号")
GONE = ("岚州市人民政府关于印发岚州市地名办法的通知", "岚政发〔2012〕8号")


def policy(name: tuple[str, str], day: str, body: str = "请认真执行。", registered: str = "") -> str:
    title, number = name
    return (f"登记号：{registered}\n" if registered else "") + paper(title, number, day, body, CITY)


def cleanup(*lists: str, body: str = "现将清理结果公布如下。", day: str = "2022-06-20", number: str = ACT) -> str:
    return paper("岚州市人民政府关于公布规范性文件清理结果的通知", number, day, body, CITY) + "".join(lists)


def listed(heading: str, *names: tuple[str, str]) -> str:
    lines = (f"{place}.《{title}》（{number}）" for place, (title, number) in enumerate(names, 1))
    return "\n".join((heading, *lines)) + "\n"


KEPT_LIST = listed("附件1\n继续有效的规范性文件目录", KEPT)
GONE_LIST = listed("附件2\n废止的规范性文件目录", GONE)


def found(seen: Snapshot, rule: str) -> list[Finding]:
    return [one for one in audit(seen, all_rules(TABLES, seen.office)).findings if one.rule == rule]


def results(seen: Snapshot, rule: str) -> list[tuple[str, str]]:
    return [(one.result, one.subject) for one in found(seen, rule)]


# CLN-01 ------------------------------------------------------------------------------------------------------------

MISSED = ("岚州市人民政府关于印发岚州市公园办法的通知", "岚政发〔2018〕5号")
LISTED = {
    "registered, in no list": (policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005"), "fail"),
    "called 办法, not registered": (policy(MISSED, "2018-03-01"), "unknown"),
    "no normative paper": (policy(("岚州市人民政府关于召开会议的通知", MISSED[1]), "2018-03-01"), None),
    "made after the cleanup": (policy(MISSED, "2022-07-01", registered="LZCR-2022-0010005"), None),
    "expired before": (policy(MISSED, "2018-03-01", "本办法有效期至2020年12月31日。", "LZCR-2018-0010005"), None),
    "of another organ": (
        paper("岚州市科学技术局关于印发岚州市公园办法的通知", "岚科规〔2018〕5号", "2018-03-01"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTED)
def test_every_paper_in_scope_is_listed(case: str) -> None:
    other, result = LISTED[case]
    seen = snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01", registered="LZCR-2019-0010003"), other)
    assert [one.result for one in found(seen, "cleanup.not-listed")] == ([result] if result else [])


def test_a_list_of_repeals_alone_need_not_be_whole() -> None:
    seen = snapshot(cleanup(GONE_LIST), policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005"))
    assert found(seen, "cleanup.not-listed") == []


@pytest.mark.parametrize(
    "ending", ["进行了清理。", "进行了清理，现将结果公布如下：", "进行了清理，现将清理结果公布如下:"]
)
def test_the_act_says_until_when_it_looks(ending: str) -> None:
    words = f"我们对2017年12月31日前制发的规范性文件{ending}"
    seen = snapshot(cleanup(KEPT_LIST, body=words), policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005"))
    assert found(seen, "cleanup.not-listed") == []
    later = words.replace("2017", "2018")
    seen = snapshot(cleanup(KEPT_LIST, body=later), policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005"))
    [missed] = found(seen, "cleanup.not-listed")
    assert [one.quote for one in missed.evidence] == [later]


def test_the_office_says_whose_papers_and_until_when() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    early = Office(JURISDICTION, cleanup_until=date(2017, 12, 31))
    elsewhere = Office(JURISDICTION, cleanup_issuers=("岚州市财政局",))
    for office in (early, elsewhere):
        assert found(snapshot(cleanup(KEPT_LIST), other, office=office), "cleanup.not-listed") == []
    words = "我们对市政府规范性文件进行了清理。"
    [missed] = found(snapshot(cleanup(KEPT_LIST, body=words), other), "cleanup.not-listed")
    assert (missed.subject, missed.related) == (MISSED[1], (ACT,))
    assert [one.quote for one in missed.evidence] == [words]


def test_one_number_twice_in_a_list() -> None:
    [twice] = found(snapshot(cleanup(listed("附件\n废止的规范性文件目录", GONE, KEPT, GONE))), "cleanup.not-listed")
    assert (twice.result, twice.subject) == ("fail", ACT)
    assert "列了两次（附件（废止的规范性文件目录）第1行、第3行）" in twice.message
    assert len(twice.evidence) == 2


def test_rows_are_numbered_within_their_annex() -> None:
    kept = listed("附件1\n继续有效的规范性文件目录", KEPT, MISSED)
    gone = listed("附件2  废止的规范性文件目录", GONE, GONE)
    more = listed("附件3\n另行废止的规范性文件目录", KEPT, GONE)
    [twice, thrice] = found(snapshot(cleanup(kept, gone, more)), "cleanup.not-listed")
    assert "（附件2（废止的规范性文件目录）第1行、第2行）" in twice.message
    assert "（附件2（废止的规范性文件目录）第1行、附件3（另行废止的规范性文件目录）第2行）" in thrice.message


def test_rows_of_a_list_in_the_paper_itself() -> None:
    body = f"现决定废止下列文件：\n1.《{GONE[0]}》（{GONE[1]}）\n2.《{GONE[0]}》（{GONE[1]}）"
    [twice] = found(snapshot(cleanup(body=body)), "cleanup.not-listed")
    assert "列了两次（第1行、第2行）" in twice.message


def test_two_papers_of_one_number_are_listed_once_each() -> None:
    """That they share a number is their own fault (NUM-07), and the list names both."""
    namesake = ("岚州市人民政府关于做好2012年防汛工作的通知", GONE[1])
    heading = "附件\n废止的规范性文件目录"
    assert found(snapshot(cleanup(listed(heading, GONE, namesake))), "cleanup.not-listed") == []
    [twice] = found(snapshot(cleanup(listed(heading, GONE, namesake, namesake))), "cleanup.not-listed")
    assert "第2行、第3行" in twice.message


def test_a_title_may_be_shortened_when_it_is_repeated() -> None:
    shorter = (GONE[0].removeprefix(CITY), GONE[1])
    rows = listed("附件\n废止的规范性文件目录", GONE, shorter)
    assert results(snapshot(cleanup(rows)), "cleanup.not-listed") == [("fail", ACT)]


# CLN-12 ------------------------------------------------------------------------------------------------------------

CATCH_ALL = "凡未列入继续有效目录的规范性文件，一律废止。"


def test_a_catch_all_is_asked_and_not_decided() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    kept = policy(KEPT, "2019-02-01")
    [asked] = found(snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), kept, other), "cleanup.catch-all")
    assert (asked.result, asked.subject, asked.related) == ("unknown", ACT, (MISSED[1],))
    assert "未列入继续有效目录" in asked.evidence[0].quote
    assert found(snapshot(cleanup(KEPT_LIST), kept, other), "cleanup.catch-all") == []
    assert found(snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), kept), "cleanup.catch-all") == []


def test_a_paper_that_somebody_spoke_for_is_not_asked_about() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    seen = snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), policy(KEPT, "2019-02-01"), other)
    spared = Judgement("set", MISSED[1], field="exempt:cleanup.catch-all", value="仍在执行")
    assert found(replace(seen, judgements=(spared,)), "cleanup.catch-all") == []
    taken_back = replace(spared, value="")
    assert len(found(replace(seen, judgements=(spared, taken_back)), "cleanup.catch-all")) == 1


def test_the_plan_repeats_who_spoke_for_a_paper_and_why() -> None:
    other = policy(MISSED, "2018-03-01")
    seen = snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), policy(KEPT, "2019-02-01"), other)

    def reason(*said: Judgement) -> str:
        planned = proposals(replace(seen, judgements=said), Context(TABLES, seen.office))
        return next(one.reason for one in planned if one.work.key == MISSED[1])

    spared = Judgement("set", MISSED[1], field="exempt:cleanup.catch-all", value="仍在执行", who="王审")
    assert reason().startswith("未列入")
    assert reason(spared) == "王审登记仍有效：仍在执行；本库未见应当修改、废止的情形"
    on_a_day = replace(spared, who="", when=datetime(2024, 11, 26, 4, tzinfo=UTC))
    assert reason(on_a_day).startswith("有人（未署名）登记仍有效：仍在执行（2024-11-26）；")
    assert "登记" not in reason(spared, replace(spared, value=""))
    rejected = Judgement("reject", ACT, MISSED[1], "repeals", who="王审", why="不在范围")
    assert "王审登记仍有效，没有因" in reason(rejected) and "废止：不在范围；" in reason(rejected)


def test_each_case_has_its_own_remedy() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    twice = cleanup(listed("附件1\n继续有效的规范性文件目录", KEPT, KEPT))
    remedies = {one.subject: one.remedy for one in found(snapshot(twice, other), "cleanup.not-listed")}
    assert remedies[MISSED[1]] == "请核对清理范围；确属遗漏的补入清理结果并公布"
    assert "重复的删去一行" in (remedies[ACT] or "")


def test_before_the_cleanup_its_catch_all_is_unknown() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    seen = snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), policy(KEPT, "2019-02-01"), other)
    assert found(replace(seen, as_of=date(2022, 6, 19)), "cleanup.catch-all") == []


def test_what_was_left_out_of_a_list_with_a_catch_all_may_be_dead() -> None:
    other = policy(MISSED, "2018-03-01", registered="LZCR-2018-0010005")
    kept = policy(KEPT, "2019-02-01")
    [plain] = found(snapshot(cleanup(KEPT_LIST), kept, other), "cleanup.not-listed")
    [swept] = found(snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), kept, other), "cleanup.not-listed")
    assert "兜底" not in plain.message
    assert swept.message == f"{plain.message}；该文写有兜底条款，未列入的可能已因此失效"
    assert "一律废止" in swept.evidence[-1].quote


def test_a_plan_asks_before_it_keeps_what_a_catch_allmay_have_ended() -> None:
    other, kept = policy(MISSED, "2018-03-01"), policy(KEPT, "2019-02-01")
    seen = snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), kept, other)
    proposed = {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office))}
    assert proposed[KEPT[1]].outcome == "retain"
    assert proposed[MISSED[1]].outcome == "ask"
    assert "兜底条款" in proposed[MISSED[1]].reason
    assert "一律废止" in proposed[MISSED[1]].evidence[-1].quote


def test_a_plan_says_that_what_has_run_out_may_have_died_before() -> None:
    other, kept = policy(MISSED, "2018-03-01", "本办法有效期至2023年2月28日。"), policy(KEPT, "2019-02-01")
    seen = snapshot(cleanup(KEPT_LIST, body=CATCH_ALL), kept, other, on="2024-12-31")
    proposed = {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office))}[MISSED[1]]
    assert proposed.outcome == "lapse"
    assert proposed.reason.startswith("有效期已于2023-02-28届满；未列入")
    assert "此前可能已因其中的兜底条款失效" in proposed.reason
    assert "一律废止" in proposed.evidence[-1].quote


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2022-12-31", "，已由《岚州市人民政府关于重新公布〈岚州市供水办法〉的通知》（岚政发〔2022〕9号）重新公布"),
        ("2022-01-31", ""),
    ],
)
def test_a_plan_says_what_republished_that_which_has_run_out(on: str, words: str) -> None:
    again = paper(
        "岚州市人民政府关于重新公布《岚州市供水办法》的通知", "岚政发〔2022〕9号", "2022-03-01",
        "《岚州市供水办法》（岚政发〔2019〕3号）有效期已届满，现重新公布。", CITY,
    )  # fmt: skip
    seen = snapshot(policy(KEPT, "2019-02-01", "本办法有效期至2021年12月31日。"), again, on=on)
    proposed = {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office))}
    assert (proposed[KEPT[1]].outcome, proposed[KEPT[1]].reason) == ("lapse", f"有效期已于2021-12-31届满{words}")
    assert ("重新公布" in proposed[KEPT[1]].evidence[-1].quote) == bool(words)


def planned(seen: Snapshot) -> dict[str, Proposal]:
    """The plan as the command makes it: with what check finds on the same day."""
    findings = audit(seen, all_rules(TABLES, seen.office)).failures
    return {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office), findings)}


REGISTERED = "LZCR-2018-0010005"


@pytest.mark.parametrize(
    ("clause", "outcome", "reason", "rules"),
    [
        pytest.param(
            "本办法自2018年5月1日起施行，有效期至2026年4月30日。", "amend", "有效期8年，规定是3至5年",
            ["validity.term-out-of-range"], id="a term of eight years",
        ),
        pytest.param(
            "本办法自2018年5月1日起施行。", "amend", "没有规定有效期", ["validity.term-missing"], id="no term",
        ),
        pytest.param(
            "本办法自2018年3月9日起施行，有效期至2023年3月8日。", "retain",
            "本库未见应当修改、废止的情形，但检查发现的问题应当先核对", ["validity.notice-short"],
            id="too soon in force",
        ),
        pytest.param(
            "本办法自2018年5月1日起施行，有效期至2023年4月30日。", "retain", "本库未见应当修改、废止的情形", [],
            id="nothing wrong",
        ),
    ],
)  # fmt: skip
def test_a_plan_says_what_check_finds(clause: str, outcome: str, reason: str, rules: list[str]) -> None:
    one = planned(snapshot(policy(MISSED, "2018-03-01", clause, REGISTERED), on="2022-06-20"))[MISSED[1]]
    said = [fault.rule for fault in one.faults if fault.rule.startswith("validity.")]
    assert (one.outcome, said) == (outcome, rules)
    assert one.reason.endswith(reason) or f"{reason}：" in one.reason
    assert bool(one.evidence) == bool(rules)


def test_a_missing_interpretation_is_named_and_does_not_make_the_paper_doubtful() -> None:
    clause = "本办法自2018年5月1日起施行，有效期至2023年4月30日。"
    one = planned(snapshot(policy(MISSED, "2018-03-01", clause, REGISTERED), on="2022-06-20"))[MISSED[1]]
    assert [fault.rule for fault in one.faults] == ["interpretation.missing"]
    assert (one.reason, one.evidence) == ("本库未见应当修改、废止的情形", ())


FORWARDED = ("东岭省人民政府关于印发东岭省供水规划的通知", "东政发〔2017〕2号")
FORWARDING = ("岚州市人民政府转发《东岭省人民政府关于印发东岭省供水规划的通知》的通知", "岚政发〔2017〕9号")


@pytest.mark.parametrize(("on", "outcome"), [("2022-06-20", "ask"), ("2020-12-31", "retain")])
def test_a_plan_tells_of_a_paper_that_forwards_a_repealed_one(on: str, outcome: str) -> None:
    words = f"现将《{FORWARDED[0]}》（{FORWARDED[1]}）转发给你们，请认真执行。"
    original = paper(*FORWARDED, "2017-02-01", "现予印发。", "东岭省人民政府")
    ending = paper(
        "东岭省人民政府关于废止部分文件的决定", "东政发〔2021〕8号", "2021-05-20",
        f"决定废止《{FORWARDED[0]}》（{FORWARDED[1]}）。", "东岭省人民政府",
    )  # fmt: skip
    one = planned(snapshot(original, policy(FORWARDING, "2017-03-01", words), ending, on=on))[FORWARDING[1]]
    assert one.outcome == outcome
    told = "所转发的《东岭省人民政府关于印发东岭省供水规划的通知》（东政发〔2017〕2号）已于2021-05-20废止"
    assert one.reason.startswith(told) == (outcome == "ask")
    assert any("转发给你们" in words.quote for words in one.evidence) == (outcome == "ask")


OUTSIDE = {
    "an appointment": ("岚州市人民政府关于张某等同志任免职务的通知", "岚政任〔2019〕6号", "人事任免"),
    "an award": ("岚州市人民政府关于表彰先进集体的决定", "岚政发〔2019〕7号", "表彰奖惩"),
    "an answer": ("岚州市人民政府关于同意设立基金的批复", "岚政字〔2020〕33号", "批复"),
    "an order": ("岚州市供水办法", "岚州市人民政府令第9号", "以令公布的规章"),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_what_is_no_normative_document_is_apart_with_the_reason(case: str) -> None:
    title, number, reason = OUTSIDE[case]
    seen = snapshot(policy((title, number), "2020-03-01"), policy(KEPT, "2019-02-01"), on="2022-06-20")
    assert list(planned(seen)) == [KEPT[1]]
    [apart] = left_out(seen, Context(TABLES, seen.office))
    assert apart.work.title == title
    assert apart.reason.startswith(reason)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            ("岚州市人民政府关于印发《岚州市教师表彰奖励办法》的通知", "岚政发〔2019〕7号"), id="rules for awards"
        ),
        pytest.param(
            ("岚州市人民政府关于印发《岚州市2019年供水工作方案》的通知", "岚政发〔2019〕8号"), id="a work plan"
        ),
    ],
)
def test_what_lays_down_rules_or_sets_work_stays_in_the_plan(name: tuple[str, str]) -> None:
    seen = snapshot(policy(name, "2019-03-01"), on="2019-06-20")
    assert list(planned(seen)) == [name[1]]
    assert left_out(seen, Context(TABLES, seen.office)) == ()


def later(title: str, number: str, day: str, body: str) -> str:
    return paper(title, number, day, body, CITY)


SINCE = {
    "nothing came": ("", "列为拟修改，未见新的文件"),
    "its term was extended": (
        later(
            "岚州市人民政府关于延长《岚州市地名办法》有效期的通知", "岚政发〔2022〕30号", "2022-07-01",
            "《岚州市地名办法》（岚政发〔2012〕8号）有效期延长至2024年12月31日。",
        ),
        "列为拟修改；此后《岚州市人民政府关于延长〈岚州市地名办法〉有效期的通知》（岚政发〔2022〕30号）已延长有效期至2024-12-31，"
        "未见修改的文件",
    ),
    "it was amended": (
        later(
            "岚州市人民政府关于修改《岚州市地名办法》的决定", "岚政发〔2022〕31号", "2022-07-01",
            "决定将《岚州市地名办法》（岚政发〔2012〕8号）第二条修改为：“本市地名由市人民政府命名。”",
        ),
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SINCE)
def test_a_plan_names_what_was_done_since_a_cleanup_wanted_an_amendment(case: str) -> None:
    text, reason = SINCE[case]
    amended = listed("附件3\n需修改的规范性文件目录", GONE)
    one = planned(snapshot(cleanup(amended), policy(GONE, "2012-01-01"), *filter(None, [text]), on="2022-12-31"))
    assert (one[GONE[1]].outcome == "amend") == (reason is not None)
    assert one[GONE[1]].reason.endswith(reason or "本库未见应当修改、废止的情形")


# CLN-03, CLN-04, CLN-08 --------------------------------------------------------------------------------------------


def test_a_plan_asks_before_it_keeps_a_paper_whose_term_was_not_understood() -> None:
    text = notices.paper(clause="本办法自2024年5月1日起施行。\n第四条　本办法执行到期后另行研究。")
    seen = notices.papers({"甲.txt": text})
    [proposal] = proposals(seen, Context(builtin(), seen.office))
    assert proposal.outcome == "ask"
    assert "或许写的是有效期" in proposal.reason
    assert "执行到期" in proposal.evidence[0].quote


def test_number_and_title_of_two_papers() -> None:
    other = policy(MISSED, "2018-03-01")
    mixed = listed("附件\n废止的规范性文件目录", (GONE[0], MISSED[1]))
    [clash] = found(snapshot(cleanup(mixed), policy(GONE, "2012-01-01"), other), "cleanup.unmatched")
    assert "目录有一行写的是《" in clash.message
    assert (clash.result, clash.subject) == ("fail", ACT)
    assert set(clash.related) == {GONE[1], MISSED[1]}
    good = listed("附件\n废止的规范性文件目录", GONE)
    assert found(snapshot(cleanup(good), policy(GONE, "2012-01-01"), other), "cleanup.unmatched") == []


def test_the_paper_that_the_title_means_is_named_though_only_others_speak_of_it() -> None:
    other = policy(MISSED, "2018-03-01")
    mixed = listed("附件\n废止的规范性文件目录", (GONE[0], MISSED[1]))
    citing = paper(
        "岚州市人民政府关于做好地名工作的通知", "岚政发〔2020〕9号", "2020-03-01",
        f"根据《{GONE[0]}》（{GONE[1]}），通知如下。", CITY,
    )  # fmt: skip
    [clash] = found(snapshot(cleanup(mixed), citing, other), "cleanup.unmatched")
    assert clash.result == "fail"
    assert f"本库有：《{MISSED[0]}》（{MISSED[1]}）；" in clash.message
    assert clash.message.endswith(f"别的文件引用过：《{GONE[0]}》（{GONE[1]}）（本库没有原文）")
    assert [one.quote for one in clash.evidence[1:]] and GONE[1] in clash.evidence[1].quote


RETAINED = {
    "its term had run out": ("本办法有效期至2021年12月31日。", "fail"),
    "its term runs on": ("本办法有效期至2023年12月31日。", None),
    "its term ends that day": ("本办法有效期至2022年6月20日。", None),
    "it has no term": ("请认真执行。", None),
}


@pytest.mark.parametrize("case", RETAINED)
def test_what_had_expired_is_not_kept(case: str) -> None:
    body, result = RETAINED[case]
    seen = snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01", body))
    assert results(seen, "cleanup.retained-expired") == ([(result, KEPT[1])] if result else [])
    told = [one.message.partition("《")[0] for one in found(seen, "cleanup.retained-expired")]
    assert told == (["有效期2021-12-31已经届满，2022-06-20的"] if result else [])


def test_that_a_term_ends_by_itself_is_said_of_the_region_that_says_so() -> None:
    seen = snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01", RETAINED["its term had run out"][0]))
    [ours] = found(seen, "cleanup.retained-expired")
    assert ours.basis.startswith("《东岭省行政规范性文件管理办法》（东岭省人民政府令第286号）：有效期届满自动失效；")
    rules = [one for one in all_rules(builtin(), seen.office) if one.id == "cleanup.retained-expired"]
    [unruled] = audit(seen, rules).findings
    assert unruled.basis.startswith("有效期以文件自己写明的为准")


def test_what_was_extended_in_time_is_kept() -> None:
    extended = paper(
        "岚州市人民政府关于延长《岚州市供水办法》有效期的通知", "岚政发〔2021〕30号", "2021-11-01",
        "《岚州市供水办法》（岚政发〔2019〕3号）有效期延长至2024年12月31日。", CITY,
    )  # fmt: skip
    seen = snapshot(cleanup(KEPT_LIST), policy(KEPT, "2019-02-01", "本办法有效期至2021年12月31日。"), extended)
    assert results(seen, "cleanup.retained-expired") == []


AMENDED_LIST = listed("附件3\n需修改的规范性文件目录", GONE)
DUE = "需修改的，应于2022年12月31日前修改后重新公布。"


def test_an_amendment_that_did_not_come() -> None:
    seen = (cleanup(AMENDED_LIST, body=DUE), policy(GONE, "2012-01-01"))
    [late] = found(snapshot(*seen), "cleanup.amendment-overdue")
    assert late.message.startswith("《岚州市人民政府关于公布规范性文件清理结果的通知》")
    assert (late.result, late.severity, late.subject) == ("fail", "warning", GONE[1])
    assert found(snapshot(*seen, on="2022-12-31"), "cleanup.amendment-overdue") == []
    new = paper(
        "岚州市人民政府关于印发岚州市地名办法的通知", "岚政发〔2022〕30号", "2022-11-01",
        "原《岚州市地名办法》（岚政发〔2012〕8号）同时废止。", CITY,
    )  # fmt: skip
    assert found(snapshot(*seen, new), "cleanup.amendment-overdue") == []
    assert found(snapshot(cleanup(AMENDED_LIST), seen[1]), "cleanup.amendment-overdue") == []


def test_the_day_until_which_it_was_to_be_amended_is_quoted() -> None:
    [late] = found(snapshot(cleanup(AMENDED_LIST, body=DUE), policy(GONE, "2012-01-01")), "cleanup.amendment-overdue")
    assert [one.quote for one in late.evidence][1:] == [DUE[:-1]]


def test_a_row_that_has_the_day_is_quoted_alone() -> None:
    table = "序号\t文件名称\t文号\t清理结果\t完成时限\n1\t岚州市地名办法\t岚政发〔2012〕8号\t修改\t2022年12月31日\n"
    seen = snapshot(cleanup(f"附件3\n需修改的规范性文件目录\n{table}", body=DUE), policy(GONE, "2012-01-01"))
    [late] = found(seen, "cleanup.amendment-overdue")
    assert len(late.evidence) == 1
    assert "2022年12月31日" in late.evidence[0].quote


def test_what_is_void_if_not_amended_in_time_is_asked() -> None:
    words = f"{DUE}逾期未重新公布的，自2023年1月1日起宣布失效。"
    [late] = found(snapshot(cleanup(AMENDED_LIST, body=words), policy(GONE, "2012-01-01")), "cleanup.amendment-overdue")
    assert "请确认" in late.message
    assert "逾期未重新公布" in late.evidence[-1].quote


VOID = f"{DUE}逾期未重新公布的，自2023年1月1日起宣布失效。"


def void(*more: str, on: str = "2024-06-30", body: str = VOID) -> Snapshot:
    return snapshot(cleanup(AMENDED_LIST, body=body), policy(GONE, "2012-01-01"), *more, on=on)


def lapsed(seen: Snapshot) -> list[tuple[str, date | None, list[str]]]:
    """The conditions whose day has come: as what each is confirmed, since when, and of which works."""
    ends = open_ends(seen, Context(TABLES, seen.office))
    return [(one.relation, one.since, [work.key for work in one.hit]) for one in ends if one.hit]


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        pytest.param(void(), [("lapses", date(2023, 1, 1), [GONE[1]])], id="its day has come"),
        pytest.param(void(on="2023-01-01"), [("lapses", date(2023, 1, 1), [GONE[1]])], id="on the day itself"),
        pytest.param(void(on="2022-12-31"), [], id="the day before"),
        pytest.param(
            void(body=f"{DUE}逾期未修改的，予以废止。"), [("repeals", date(2023, 1, 1), [GONE[1]])],
            id="no day in the clause: the one behind the last day for it",
        ),
        pytest.param(void(body=DUE), [], id="nothing is said of those that are late"),
    ],
)  # fmt: skip
def test_what_was_not_amended_in_time_may_have_ended_on_the_day(
    seen: Snapshot, found: list[tuple[str, date | None, list[str]]]
) -> None:
    assert lapsed(seen) == found


def test_what_was_mended_or_had_ended_otherwise_has_not_lapsed() -> None:
    new = paper(
        "岚州市人民政府关于印发岚州市地名办法的通知", "岚政发〔2022〕30号", "2022-11-01",
        "原《岚州市地名办法》（岚政发〔2012〕8号）同时废止。", CITY,
    )  # fmt: skip
    assert lapsed(void(new)) == []


EXTENSION = paper(
    "岚州市人民政府关于延长《岚州市地名办法》有效期的通知", "岚政发〔2022〕31号", "2022-11-02",
    "决定将《岚州市地名办法》（岚政发〔2012〕8号）的有效期延长至2026年12月31日。", CITY,
)  # fmt: skip


def test_an_extended_term_is_no_revision() -> None:
    seen = void(EXTENSION)
    assert lapsed(seen) == [("lapses", date(2023, 1, 1), [GONE[1]])]
    [late] = found(seen, "cleanup.amendment-overdue")
    assert "关于延长〈岚州市地名办法〉有效期的通知》（岚政发〔2022〕31号）只延长了有效期" in late.message
    assert "自2023-01-01起逾期可能已经失效，请确认" in late.message
    assert any("延长至2026年12月31日" in one.quote for one in late.evidence)
    proposed = {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office))}[GONE[1]]
    assert "逾期未重新公布而失效（2023-01-01起），请先确认" in proposed.reason
    assert proposed.reason.count("岚政发〔2022〕31号") == 1


def test_an_extended_term_is_enough_where_the_clause_asks_for_no_more() -> None:
    assert lapsed(void(EXTENSION, body=f"{DUE}逾期未修改或者延长有效期的，自2023年1月1日起宣布失效。")) == []


def test_a_plan_says_that_what_is_to_be_amended_may_have_lapsed() -> None:
    seen = void()
    proposed = {one.work.key: one for one in proposals(seen, Context(TABLES, seen.office))}[GONE[1]]
    assert "逾期未重新公布而失效（2023-01-01起），请先确认" in proposed.reason
    assert "宣布失效" in proposed.evidence[-1].quote


def test_a_person_who_spoke_for_it_is_heard() -> None:
    spared = Judgement("set", GONE[1], field="exempt:cleanup.amendment-overdue", value="修改稿已送审")
    denied = Judgement("reject", ACT, GONE[1], "lapses")
    for word in (spared, denied):
        assert lapsed(replace(void(), judgements=(word,))) == []
    undone = (denied, replace(denied, verdict="withdraw"))
    assert len(lapsed(replace(void(), judgements=undone))) == 1


# CLN-09 ------------------------------------------------------------------------------------------------------------

COUNTS = {
    "as many as it says": ("废止1件，继续有效1件。", []),
    "more than are listed": ("废止2件，继续有效1件。", ["fail"]),
    "fewer than are listed": ("废止1件，继续有效0件。", ["fail"]),
    "some are listed nowhere": ("废止3件（其中2件涉密，另行通知），继续有效1件。", []),
    "a list that is not there": ("废止1件，继续有效1件，宣布失效5件。", ["unknown"]),
}


@pytest.mark.parametrize("case", COUNTS)
def test_counts(case: str) -> None:
    body, wanted = COUNTS[case]
    seen = snapshot(cleanup(KEPT_LIST, GONE_LIST, body=body))
    assert [one.result for one in found(seen, "cleanup.count")] == wanted


def test_a_count_says_what_it_stands_on() -> None:
    [wrong] = found(snapshot(cleanup(KEPT_LIST, GONE_LIST, body="经清理，废止2件，保留1件。")), "cleanup.count")
    assert wrong.message == "文中说废止2件，目录读到1行"
    assert wrong.evidence[0].quote == "经清理，废止2件，保留1件"


def test_rows_of_an_annex_of_its_own_count() -> None:
    notice = cleanup(body="经清理，废止1件，继续有效1件。\n附件：1.废止的规范性文件目录\n2.继续有效的规范性文件目录")
    gone, kept = (
        listed(heading, name) for heading, name in (("废止的规范性文件目录", GONE), ("继续有效的规范性文件目录", KEPT))
    )
    assert found(snapshot(notice, gone, kept), "cleanup.count") == []
    assert [one.result for one in found(snapshot(notice, gone), "cleanup.count")] == ["unknown"]


# Rows against the library ------------------------------------------------------------------------------------------


def test_reconciliation() -> None:
    other = ("岚州市人民政府关于印发岚州市公园办法的通知", "岚政发〔2018〕5号")
    damaged = "1.《岚州市地名办法》（岚政发〔20128号）"
    only_title = "2.《岚州市供水办法》"
    wrong = f"3.《{other[0]}》（{GONE[1]}）"
    ghost = "4.《岚州市桥梁办法》（岚政发〔2009〕1号）"
    again = f"5.《{KEPT[0]}》（{KEPT[1]}）"
    act = cleanup("\n".join(("附件\n废止的规范性文件目录", damaged, only_title, wrong, ghost, again)) + "\n")
    seen = snapshot(act, policy(GONE, "2012-01-01"), policy(KEPT, "2019-02-01"), policy(other, "2018-03-01"))
    rows = reconcile(seen, ACT, Registry(TABLES, JURISDICTION))
    assert [(row.match, row.target) for row in rows] == [
        ("repaired", GONE[1]), ("title", KEPT[1]), ("open", None), ("ghost", "岚政发〔2009〕1号"), ("exact", KEPT[1]),
    ]  # fmt: skip
    assert set(rows[2].candidates) == {GONE[1], other[1]}
    assert [row.repeats for row in rows] == [None, None, None, None, 2]
    assert all(row.evidence.quote in act for row in rows)
    assert rows == reconcile(seen, ACT, Registry(TABLES, JURISDICTION))


def test_a_paper_without_rows_has_none() -> None:
    seen = snapshot(cleanup(), policy(GONE, "2012-01-01"))
    assert reconcile(seen, ACT, Registry(TABLES, JURISDICTION)) == ()
    assert reconcile(seen, GONE[1], Registry(TABLES, JURISDICTION)) == ()


_DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))
_EVENTS = st.builds(
    Effect,
    kind=st.sampled_from(get_args(EffectKind)),
    work=st.just("甲"),
    made=st.none() | _DAYS,
    effective=st.none() | _DAYS,
    until=st.none() | _DAYS,
    certainty=st.sampled_from(get_args(Certainty)),
)


@given(st.lists(_EVENTS, max_size=4), _DAYS)
def test_what_cannot_have_ended_a_work_has_not(events, day):
    """The cleanup rule folds the status only of works that something may have ended."""
    if not any(may_have_ended(one, day) for one in events):
        assert not status(Work("甲", "policy", True), events, day).state.dead
