"""Papers that are done when their work is done: which they are, and when the last day of all is over."""

from __future__ import annotations

import re
from datetime import date

import pytest

from policylib.link import link
from policylib.link.status import status
from policylib.model import Office, Snapshot
from policylib.rules import all_rules, audit
from policylib.rules.context import Context
from policylib.rules.one_time import finished, is_one_time
from policylib.rules.proposals import proposals
from policylib.rules.scope import interpretation_profile
from policylib.tables import toml_rows
from tests.link.shelf import JURISDICTION, TABLES, analysed, paper

MISSING = "interpretation.missing"
KEY = "岚科发〔2018〕12号"
BASIS = "岚科发〔2016〕31号"
TITLE = "岚州市科学技术局关于开展科技计划项目清理验收工作的通知"


def desk(*texts: str, as_of: date = date(2024, 12, 31)) -> Snapshot:
    analyses = analysed(*texts)
    by_hash = {one.source.sha256: text for one, text in zip(analyses, texts, strict=True)}
    linked = link(analyses, by_hash.__getitem__, (), TABLES, JURISDICTION)
    return Snapshot(
        as_of=as_of,
        works=linked.works,
        relations=linked.relations,
        statuses={work.key: status(work, linked.effects, as_of) for work in linked.works},
        texts=by_hash,
        analyses={one.source.sha256: one for one in analyses},
        office=Office(JURISDICTION),
    )


def last_day(body: str, title: str = TITLE, as_of: date = date(2024, 12, 31)) -> date | None:
    snapshot = desk(paper(title, KEY, "2018-04-16", body), as_of=as_of)
    done = finished(snapshot, snapshot.by_key[KEY])
    return done.last if done else None


@pytest.mark.parametrize("row", toml_rows("one_time.toml", array="kind"), ids=lambda row: str(row["id"]))
def test_kinds_of_one_time_papers(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    assert row["not_examples"]
    assert all(map(is_one_time, row["examples"]))
    assert not any(map(is_one_time, row["not_examples"]))


@pytest.mark.parametrize("row", toml_rows("one_time.toml", array="never"), ids=lambda row: str(row["id"]))
def test_what_goes_on_is_none(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    assert not any(map(is_one_time, row["examples"]))
    assert all(map(is_one_time, row["not_examples"]))


@pytest.mark.parametrize(
    ("body", "last"),
    [
        pytest.param("请于2018年5月31日前报送。承担单位于2018年6月29日前提交。", date(2018, 6, 29), id="all over"),
        pytest.param("请认真做好。", None, id="no day"),
        pytest.param("请于2018年5月31日前报送。以后每年3月底前报送一次。", None, id="comes again"),
        pytest.param(
            "请于2018年5月31日前报送，2026年6月底前全部完成。全部工作于2026年6月底前完成。", None, id="not over"
        ),
        pytest.param("请于2018年5月31日前报送。本通知有效期至2025年12月31日。", None, id="a term of its own"),
    ],
)
def test_a_one_time_paper_is_over_when_its_last_day_is(body: str, last: date | None) -> None:
    assert last_day(body) == last


def test_on_the_last_day_it_is_not_over() -> None:
    assert last_day("请于2018年5月31日前报送。", as_of=date(2018, 5, 31)) is None


def test_rules_for_all_time_are_none() -> None:
    title = "岚州市科学技术局关于印发《岚州市科技计划项目检查办法》的通知"
    assert last_day("请于2018年5月31日前报送。", title) is None


def test_it_is_proposed_to_be_declared_void_and_not_to_be_amended_for_its_dead_basis() -> None:
    old = paper("岚州市科学技术局关于印发《岚州市科技计划项目管理办法》的通知", BASIS, "2016-08-22", "现予印发。")
    job = paper(
        TITLE, KEY, "2018-04-16",
        f"根据《岚州市科技计划项目管理办法》（{BASIS}），开展清理验收。承担单位于2018年6月29日前提交材料。",
    )  # fmt: skip
    ending = paper(
        "岚州市科学技术局关于废止文件的通知", "岚科发〔2021〕5号", "2021-08-16",
        f"决定废止《岚州市科学技术局关于印发〈岚州市科技计划项目管理办法〉的通知》（{BASIS}）。",
    )  # fmt: skip
    snapshot = desk(old, job, ending)
    [found] = [one for one in proposals(snapshot, Context(TABLES, Office(JURISDICTION))) if one.work.key == KEY]
    reason, _, more = found.reason.partition("；")
    assert (found.outcome, reason) == ("lapse", "一次性工作，文中所写的最后期限2018-06-29已过")
    assert f"（{BASIS}）（已于2021-08-16废止）不能再作依据，没有别的依据" in more
    assert found.evidence[0].quote == "承担单位于2018年6月29日前提交材料"


# The year of a title ----------------------------------------------------------------------------------------------

YEARLY = "现就2018年度有关工作通知如下。"
BINDING = "起草部门报送审核时，应当一并提交起草说明。"


@pytest.mark.parametrize("array", ["task", "general", "rule"])
def test_words_of_the_task_of_a_year(array: str) -> None:
    for row in toml_rows("one_time.toml", array=array):
        pattern = re.compile(str(row["pattern"]))
        assert row["examples"]
        assert all(pattern.search(one) for one in row["examples"])
        assert not any(pattern.search(one) for one in row["not_examples"])


def planned(title: str, body: str) -> tuple[str, str, list[str]]:
    snapshot = desk(paper(title, KEY, "2018-03-11", body))
    [found] = [one for one in proposals(snapshot, Context(TABLES, Office(JURISDICTION))) if one.work.key == KEY]
    return found.outcome, found.reason, [words.quote for words in found.evidence]


@pytest.mark.parametrize(
    "title",
    [
        "岚州市科学技术局关于印发2018年科普重点工作任务分工的通知",
        "岚州市科学技术局关于开展2018年度科普设施星级评定初核的通知",
        "岚州市科学技术局关于印发《岚州市科普规划（2016—2018年）》的通知",
        "岚州市科学技术局关于组织开展2018年度科普基地申报工作的通知",
    ],
)
def test_the_task_of_a_year_ends_with_it_whatever_it_lays_down_for_it(title: str) -> None:
    outcome, reason, quoted = planned(title, f"{YEARLY}{BINDING}")
    assert (outcome, reason) == ("lapse", "标题所说的2018年已过，任务或适用期已满")
    assert len(quoted) == 1


def test_standing_rules_do_not_end_with_the_year_of_their_title() -> None:
    title = "岚州市科学技术局关于做好2018年度文件审核与解读衔接工作的通知"
    outcome, reason, quoted = planned(title, f"{YEARLY}{BINDING}")
    assert (outcome, "不随这一年结束" in reason) == ("ask", True)
    assert [one.rstrip("。") for one in quoted] == [YEARLY[:-1], BINDING[:-1]]
    assert planned(title, f"{YEARLY}请于2018年4月12日前报送计划。")[0] == "lapse"


@pytest.mark.parametrize("verb", ["转发", "关于贯彻落实"])
def test_the_year_of_a_title_that_is_passed_on_is_not_its_own(verb: str) -> None:
    title = f"岚州市科学技术局{verb}《东岭省科普规划（2016—2018年）》的通知"
    outcome, reason, quoted = planned(title, "现就有关事项通知如下。")
    assert (outcome, "标题里的2018年是所引、所转发的文件的" in reason) == ("ask", True)
    assert "2016—2018年" in quoted[0]


def test_the_year_of_a_revision_is_no_task() -> None:
    assert planned("岚州市科学技术局关于印发科普工作方案（2018年修订）的通知", "现予印发。")[0] == "retain"


def test_a_repealed_paper_that_is_passed_on_is_named_beside_another_reason() -> None:
    title = "岚州市科学技术局转发《岚州市人民政府关于印发〈岚州市科普规划（2016—2018年）〉的通知》的通知"
    plan = "岚州市人民政府关于印发《岚州市科普规划（2016—2018年）》的通知"
    seen = desk(
        paper(plan, "岚政发〔2016〕3号", "2016-01-04", "现予印发。", "岚州市人民政府"),
        paper(
            title,
            KEY,
            "2018-03-11",
            f"现将《{plan.replace('《', '〈').replace('》', '〉')}》（岚政发〔2016〕3号）转发给你们。",
        ),
        paper(
            "岚州市人民政府关于废止文件的决定",
            "岚政发〔2020〕5号",
            "2020-08-16",
            f"决定废止《{plan}》（岚政发〔2016〕3号）。",
            "岚州市人民政府",
        ),
    )
    [found] = [one for one in proposals(seen, Context(TABLES, Office(JURISDICTION))) if one.work.key == KEY]
    assert "标题里的2018年" in found.reason
    assert "所转发的" in found.reason and "已于2020-08-16废止" in found.reason


def test_that_others_rest_on_what_is_to_end_is_told() -> None:
    title = "岚州市科学技术局关于印发《岚州市科普规划（2016—2018年）》的通知"
    resting_on = paper(
        "岚州市科学技术局关于印发《岚州市科普基地管理办法》的通知", "岚科发〔2018〕13号", "2018-05-16",
        f"根据《岚州市科普规划（2016—2018年）》（{KEY}），制定本办法。",
    )  # fmt: skip
    seen = desk(paper(title, KEY, "2018-03-11", "现予印发。"), resting_on)
    found = {one.work.key: one for one in proposals(seen, Context(TABLES, Office(JURISDICTION)))}
    assert f"有1份现行文件以它为依据，见 policylib impact {KEY}" in found[KEY].reason


# What it cites, and rests on --------------------------------------------------------------------------------------


def faults(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    rules = [one for one in all_rules(TABLES, Office(JURISDICTION)) if one.id.startswith("currency.")]
    return [(one.rule, one.severity, one.remedy) for one in audit(snapshot, rules).findings if one.subject == KEY]


def resting(title: str, body: str, ended: str, as_of: date = date(2024, 12, 31)) -> Snapshot:
    """A paper of 2018-04-16 that rests on one which was repealed on a day."""
    old = paper("岚州市科学技术局关于印发《岚州市科技计划项目管理办法》的通知", BASIS, "2016-08-22", "现予印发。")
    job = paper(title, KEY, "2018-04-16", f"根据《岚州市科技计划项目管理办法》（{BASIS}），现通知如下。{body}")
    ending = paper(
        "岚州市科学技术局关于废止文件的通知", "岚科发〔2017〕5号", ended,
        f"决定废止《岚州市科学技术局关于印发〈岚州市科技计划项目管理办法〉的通知》（{BASIS}）。",
    )  # fmt: skip
    return desk(old, job, ending, as_of=as_of)


DONE = "期限已过，办结了的，清理时列入宣布失效"
OVER, CALL = "请于2018年6月29日前提交材料。", "岚州市科学技术局关于组织开展2018年度科普基地申报工作的通知"


@pytest.mark.parametrize(
    ("title", "body"), [(TITLE, OVER), (CALL, "请认真组织。")], ids=["its last day is over", "its year is over"]
)
@pytest.mark.parametrize(
    ("ended", "rule"),
    [("2017-08-16", "currency.cites-repealed"), ("2021-08-16", "currency.rests-on-repealed")],
    ids=["it cited a dead one", "its basis died later"],
)
def test_nobody_looks_for_another_basis_of_what_has_been_done(title: str, body: str, ended: str, rule: str) -> None:
    snapshot = resting(title, body, ended)
    assert faults(snapshot) == [(rule, "info", DONE)]
    ((reason, quoted),) = (
        (one.message.partition("；本文件")[2], one.evidence[-1].quote)
        for one in audit(snapshot, all_rules(TABLES, Office(JURISDICTION))).findings
        if one.rule == rule and one.subject == KEY
    )
    assert reason.endswith("已过" if body == OVER else "任务或适用期已满")
    assert (quoted == OVER[:-1]) == (body == OVER)


def test_nobody_writes_an_explanation_of_what_has_been_done_either() -> None:
    """INT-01 asks the same as CLN-06: a note where the last day is over, a fault before it."""
    title = "岚州市科学技术局关于开展科技计划项目清理验收工作的通知"
    body = "各单位应当于2018年6月30日前完成验收。"
    text = f"登记号：LZCR-2018-0010001\n{paper(title, KEY, '2018-04-16', body)}"

    def told(as_of: date) -> list[tuple[str, str]]:
        seen = desk(text, as_of=as_of)
        rules = all_rules(TABLES, Office(JURISDICTION))
        return [(one.severity, one.remedy or "") for one in audit(seen, rules).findings if one.rule == MISSING]

    [(severity, remedy)] = told(date(2024, 12, 31))
    assert (severity, "不必补写解读" in remedy) == ("info", True)
    [(severity, remedy)] = told(date(2018, 6, 30))
    assert (severity, "不必补写解读" in remedy) == ("error", False)


def test_what_the_duty_to_explain_takes_for_one_time_is_so_for_every_rule() -> None:
    """The words of the exemption from 解读 are those of a kind."""
    rows = interpretation_profile(TABLES.profiles.values()).exempt
    [row, *_] = [one for one in rows if one.reason.startswith("对特定对象的一次性") and len(one.words) > 1]
    assert [word for word in row.words if not is_one_time(f"关于2021年{word}")] == []


def test_tasks_that_nobody_told_done_are_said_beside_it() -> None:
    body = "一、建立项目台账。（市科技局牵头，2018年6月底前完成）\n二、完成验收。（市财政局牵头，2018年6月底前完成）"
    ((_, _, remedy),) = faults(resting(CALL, body, "2017-08-16"))
    assert remedy == "期限已过，有2项任务没有登记办结，请核实；办结了的，清理时列入宣布失效"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("岚州市科学技术局关于加强科技计划项目管理的通知", OVER, id="no work of one time"),
        pytest.param(TITLE, "请于2018年6月29日前提交。以后每年3月底前报送一次。", id="comes again"),
    ],
)
@pytest.mark.parametrize(("ended", "severity"), [("2017-08-16", "error"), ("2021-08-16", "warning")])
def test_what_goes_on_must_find_another(title: str, body: str, ended: str, severity: str) -> None:
    ((_, said, remedy),) = faults(resting(title, body, ended))
    assert said == severity
    assert "期限已过" not in remedy


def test_before_its_last_day_it_must_find_another_too() -> None:
    ((_, severity, _),) = faults(resting(TITLE, OVER, "2017-08-16", as_of=date(2018, 5, 1)))
    assert severity == "error"
