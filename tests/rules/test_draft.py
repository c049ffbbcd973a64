"""The draft gate: a paper put to a little world before it goes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policylib import tables
from policylib.extract import analyse_text
from policylib.link.status import TERM_UNREAD
from policylib.model import Draft, Effect, Finding, Office, Snapshot, State, Status
from policylib.rules import all_rules, audit
from policylib.rules.currency import heirs
from policylib.rules.numbers import FORM_FAULTS
from policylib.tables import Tables

World = Callable[[str], Snapshot]

LIBRARY = """
    as_of 2024-12-31
    policy 岚科发〔2016〕31号  《岚州市科技项目管理办法》  issuer 岚州市科学技术局  dated 2016-08-22
    policy 岚科规〔2021〕2号  《岚州市科技创新券管理办法》  issuer 岚州市科学技术局  dated 2021-08-16
    policy 岚政发〔2015〕22号  《岚州市人民政府关于推进科技创新的若干意见》  issuer 岚州市人民政府  dated 2015-09-18
    policy 岚科规〔2023〕7号  《岚州市人才公寓管理办法》  issuer 岚州市科学技术局  dated 2023-05-06
    policy 甲文  《岚州市节水办法》  issuer 岚州市科学技术局  dated 2019-01-01  reference 岚政发〔2012〕9号
    policy 乙文  《岚州市节水办法》  issuer 岚州市人民政府
    status 岚科发〔2016〕31号  废止 2021-09-20 by 岚科规〔2021〕2号
    status 岚科规〔2021〕2号  有效 2021-09-20
    status 岚政发〔2015〕22号  有效 2015-09-18
"""


def draft(body: str, number: str = "", title: str = "岚州市科学技术局关于开展科普工作的通知") -> Draft:
    text = f"{title}\n{number}\n\n各有关单位：\n{body}\n\n岚州市科学技术局\n2024年12月20日\n"
    return Draft(analyse_text(text), text)


def gate(snapshot: Snapshot, *drafts: Draft, own: Tables | None = None, region: str = "") -> tuple[Finding, ...]:
    rules = [rule for rule in all_rules(own, Office(region)) if rule.of_drafts]
    return audit(replace(snapshot, drafts=drafts), rules).findings


def verdicts(findings: tuple[Finding, ...], rule: str = "") -> list[tuple[str, str, str]]:
    return [(one.rule, one.result, one.severity) for one in findings if not rule or one.rule == f"draft.{rule}"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "根据《岚州市科技创新券管理办法》（岚科规〔2021〕2号），通知如下。",
            [("draft.citation", "pass", "info")],
            id="held and in force",
        ),
        pytest.param(
            "根据《岚州市农田水利办法》（岚水发〔2019〕4号），通知如下。",
            [("draft.citation", "unknown", "info")],
            id="nobody knows it",
        ),
        pytest.param(
            "根据岚政发〔2012〕9号，通知如下。",
            [("draft.citation", "unknown", "info")],
            id="only cited by others",
        ),
        pytest.param(
            "根据《岚州市节水办法》，通知如下。", [("draft.citation", "unknown", "info")], id="two of one name"
        ),
        pytest.param("会上学习了《红楼梦》。", [], id="a book is no paper"),
        pytest.param(
            "根据《岚州市科技项目管理办法》（岚科发〔2016〕31号），通知如下。",
            [("draft.cites-dead", "fail", "error")],
            id="dead basis",
        ),
        pytest.param(
            "《岚州市科技项目管理办法》（岚科发〔2016〕31号）同时废止。",
            [("draft.cites-dead", "fail", "info")],
            id="dead, and the draft repeals it once more: a note",
        ),
        pytest.param(
            "《岚州市科技项目管理办法》（岚科发〔2016〕31号）继续有效。",
            [("draft.cites-dead", "fail", "error")],
            id="dead, and the draft calls it alive",
        ),
        pytest.param(
            "《岚州市科技项目管理办法》（岚科发〔2016〕31号）有效期延长至2026年12月31日。",
            [("draft.cites-dead", "fail", "warning")],
            id="dead, and the draft extends it",
        ),
        pytest.param(
            "会上回顾了《岚州市科技项目管理办法》（岚科发〔2016〕31号）。",
            [("draft.cites-dead", "fail", "info")],
            id="dead, and only mentioned",
        ),
        pytest.param(
            "根据《岚州市人才公寓管理办法》（岚科规〔2021〕2号），通知如下。",
            [("draft.number-and-title", "fail", "error")],
            id="number of one paper, title of another",
        ),
        pytest.param(
            "根据《岚州市防汛办法》（岚科规〔2021〕2号），通知如下。",
            [("draft.number-and-title", "fail", "error")],
            id="number of one paper, title of none",
        ),
        pytest.param(
            "根据《岚州市科技创新券管理办法》（岚科规〔2021〕3号），通知如下。",
            [("draft.number-and-title", "fail", "warning")],
            id="title held, another number of the same year",
        ),
        pytest.param(
            "根据《岚州市科技创新券管理办法》（岚科规〔2024〕3号），通知如下。",
            [("draft.number-and-title", "unknown", "info")],
            id="title held, perhaps a later version",
        ),
        pytest.param(
            "根据《岚州市人民政府关于推进科技创新的意见》（岚政发〔2015〕22号），通知如下。",
            [("draft.number-and-title", "fail", "warning")],
            id="a word of the title is missing",
        ),
        pytest.param(
            "根据《岚州市防汛办法》（岚政发〔2012〕9号），通知如下。", [("draft.citation", "unknown", "info")],
            id="a number that others cite without a title",
        ),
    ],
)  # fmt: skip
def test_a_citation(world: World, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert verdicts(gate(world(LIBRARY), draft(sentence))) == expected


def test_what_others_call_a_paper_is_no_proof(world: World) -> None:
    library = f"{LIBRARY}\npolicy 岚政发〔2011〕5号  《岚州市供热办法》  cited"
    found = gate(world(library), draft("根据《岚州市防汛办法》（岚政发〔2011〕5号），通知如下。"))
    assert verdicts(found) == [("draft.number-and-title", "unknown", "info")]


def test_a_dead_basis_names_its_end_and_its_successor(world: World) -> None:
    library = f"{LIBRARY}\npolicy 岚科规〔2024〕1号  《岚州市科技项目管理细则》  replaces 岚科发〔2016〕31号"
    (found,) = gate(world(library), draft("根据《岚州市科技项目管理办法》（岚科发〔2016〕31号），通知如下。"))
    assert "已于2021-09-20废止（据《岚州市科技创新券管理办法》（岚科规〔2021〕2号））" in found.message
    assert found.remedy == "请改引替代它的《岚州市科技项目管理细则》（岚科规〔2024〕1号）"
    assert found.evidence[0].quote == "《岚州市科技项目管理办法》（岚科发〔2016〕31号）"
    assert found.evidence[0].before == "根据"


CHAIN = LIBRARY + "policy 岚科规〔2024〕1号  《岚州市科技项目管理细则》  replaces 岚科发〔2016〕31号\n"
OVER = "status 岚科规〔2024〕1号  废止 2024-10-21\n"


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        pytest.param(
            OVER,
            "替代它的《岚州市科技项目管理细则》（岚科规〔2024〕1号）也已于2024-10-21废止，没有现行的替代文件；",
            id="dead",
        ),
        pytest.param(
            f"{OVER}policy 岚科规〔2024〕9号  《岚州市项目办法》  replaces 岚科规〔2024〕1号",
            "请改引替代它的《岚州市项目办法》（岚科规〔2024〕9号）", id="followed again",
        ),
    ],
)  # fmt: skip
def test_a_dead_successor_is_not_recommended(world: World, more: str, remedy: str) -> None:
    [found] = gate(world(CHAIN + more), draft("根据《岚州市科技项目管理办法》（岚科发〔2016〕31号），通知如下。"))
    assert found.rule == "draft.cites-dead"
    assert found.remedy and found.remedy.startswith(remedy)


def test_successors_that_name_each_other_end(world: World) -> None:
    circle = f"{CHAIN}{OVER}policy 丁文  replaces 岚科规〔2024〕1号\nstatus 丁文  废止 2024-12-01\n"
    circle = circle.replace("replaces 岚科发〔2016〕31号", "replaces 丁文  replaces 岚科发〔2016〕31号")
    found = heirs(world(circle), "岚科发〔2016〕31号")
    assert (found.living, [one.key for one in found.dead]) == ((), ["丁文"])


def test_candidates_of_a_wrong_number_say_which_are_dead(world: World) -> None:
    [slip] = gate(world(LIBRARY), draft("根据《岚州市科技项目管理办法》（岚科发〔2016〕13号），通知如下。"))
    assert slip.message.endswith(
        "同名的是《岚州市科技项目管理办法》（岚科发〔2016〕31号）（已于2021-09-20废止），多半是岚科发〔2016〕31号"
    )
    [other] = gate(world(LIBRARY), draft("根据《岚州市科技项目管理办法》（岚科规〔2021〕2号），通知如下。"))
    assert other.message.endswith("本库的《岚州市科技项目管理办法》是岚科发〔2016〕31号（已失效）")


VERSIONS = f"""{LIBRARY}
    policy 岚科规〔2020〕1号  《岚州市科普办法》  issuer 岚州市科学技术局  dated 2020-03-02
    policy 岚科规〔2023〕1号  《岚州市科普办法》  issuer 岚州市科学技术局  dated 2023-03-02
    policy 岚科规〔2018〕4号  《岚州市科普办法（试行）》  issuer 岚州市科学技术局  dated 2018-03-02
    policy 岚科规〔2022〕6号  《岚州市窗口服务办法（试行）》  issuer 岚州市科学技术局  dated 2022-03-02
    status 岚科规〔2020〕1号  废止 2023-03-02
    status 岚科规〔2023〕1号  有效 2023-03-02
"""


@pytest.mark.parametrize(
    ("cited", "ends"),
    [
        pytest.param(
            "《岚州市科普办法》（岚科规〔2023〕11号）",
            "同名的是《岚州市科普办法》（岚科规〔2023〕1号）；《岚州市科普办法》（岚科规〔2020〕1号）（已于2023-03-02废止）；"
            "标题多“（试行）”的是《岚州市科普办法（试行）》（岚科规〔2018〕4号），多半是岚科规〔2023〕1号",
            id="the very title first, those in force before the dead",
        ),
        pytest.param(
            "《岚州市科普办法》（岚科规〔2021〕2号）",
            "本库的《岚州市科普办法》是岚科规〔2023〕1号、岚科规〔2020〕1号（已失效）；标题多“（试行）”的是岚科规〔2018〕4号",
            id="a number that is another paper's, far from both",
        ),
        pytest.param(
            "《岚州市窗口服务办法》（岚科规〔2022〕16号）",
            "标题多“（试行）”的是《岚州市窗口服务办法（试行）》（岚科规〔2022〕6号）",
            id="only one on trial: not of the same name",
        ),
        pytest.param(
            "《岚州市科技创新券管理办法（试行）》（岚科规〔2019〕9号）",
            "标题没有“（试行）”的是《岚州市科技创新券管理办法》（岚科规〔2021〕2号）",
            id="on trial in the draft only",
        ),
    ],
)
def test_namesakes_of_a_wrong_number(world: World, cited: str, ends: str) -> None:
    [found] = gate(world(VERSIONS), draft(f"根据{cited}，通知如下。"))
    assert found.rule == "draft.number-and-title"
    assert (
        re.split("，(?=本库没有)|；(?=本库的)", found.message, maxsplit=1)[1].removeprefix("本库没有这个文号，") == ends
    )


def test_a_candidate_that_ran_out_before_it_was_repealed_says_when_it_ran_out(world: World) -> None:
    snapshot = world(LIBRARY)
    key = "岚科发〔2016〕31号"
    ran_out = Effect("expiry", key, date(2016, 8, 22), date(2019, 8, 31))
    status = replace(snapshot.statuses[key], since=date(2019, 9, 1), ended=ran_out)
    snapshot = replace(snapshot, statuses={**snapshot.statuses, key: status})
    [slip] = gate(snapshot, draft("根据《岚州市科技项目管理办法》（岚科发〔2016〕13号），通知如下。"))
    assert "（有效期至2019-08-31，自2019-09-01起失效），多半是" in slip.message


def test_a_title_on_trial_with_another_number_is_a_question(world: World) -> None:
    """It is no slip of one figure for sure, as it is where the titles are the same."""
    found = gate(world(VERSIONS), draft("根据《岚州市窗口服务办法》（岚科规〔2022〕16号），通知如下。"))
    assert verdicts(found) == [("draft.number-and-title", "unknown", "info")]


def test_the_sentence_is_that_of_the_draft(world: World) -> None:
    paper = draft("为了节水，根据《岚州市防汛办法》（岚科规〔2021〕2号），通知如下。")
    found = [one for finding in gate(world(LIBRARY), paper) for one in finding.evidence]
    assert found
    for one in found:
        start, end = one.span.start - len(one.before), one.span.end + len(one.after)
        assert paper.text[start:end] == one.before + one.quote + one.after


def test_a_basis_whose_term_was_not_understood(world: World) -> None:
    snapshot = world(LIBRARY)
    key = "岚科规〔2021〕2号"
    flagged = replace(snapshot.statuses[key], flags=(TERM_UNREAD,))
    snapshot = replace(snapshot, statuses={**snapshot.statuses, key: flagged})
    named = "《岚州市科技创新券管理办法》（岚科规〔2021〕2号）"
    [finding] = [one for one in gate(snapshot, draft(f"根据{named}，通知如下。")) if one.rule == "draft.citation"]
    assert finding.result == "unknown"
    assert "或许写的是有效期" in finding.message
    [mentioned] = [one for one in gate(snapshot, draft(f"会上学习了{named}。")) if one.rule == "draft.citation"]
    assert mentioned.result == "pass"


@pytest.mark.parametrize(
    ("state", "rule", "severity", "words"),
    [
        (State.NOT_YET, "cites-not-in-force", "warning", "尚未施行"),
        (State.SUSPENDED, "cites-not-in-force", "warning", "暂停执行"),
        (State.PARTIAL, "cites-not-in-force", "warning", "部分失效"),
        (State.AMENDED, "cites-amended", "info", "已被《岚州市人才公寓管理办法》（岚科规〔2023〕7号）修改"),
    ],
)
def test_a_basis_that_is_not_quite_in_force(world: World, state: State, rule: str, severity: str, words: str) -> None:
    snapshot = world(LIBRARY)
    key = "岚科规〔2021〕2号"
    effect = Effect("amend", key, snapshot.as_of, snapshot.as_of, by="岚科规〔2023〕7号")
    status = Status(key, snapshot.as_of, state, since=snapshot.as_of, decisive=effect)
    snapshot = replace(snapshot, statuses={**snapshot.statuses, key: status})
    named = "《岚州市科技创新券管理办法》（岚科规〔2021〕2号）"
    found = [one for one in gate(snapshot, draft(f"根据{named}，通知如下。")) if one.rule == f"draft.{rule}"]
    assert [(one.result, one.severity) for one in found] == [("fail", severity)]
    assert words in found[0].message
    mentioned = gate(snapshot, draft(f"会上学习了{named}。"), draft(f"{named}同时废止。"))
    assert verdicts(mentioned, rule) == []


@pytest.mark.parametrize(("starts", "expected"), [("2025年3月1日", 0), ("2025年2月28日", 1)])
def test_a_basis_may_begin_with_the_draft_itself(world: World, starts: str, expected: int) -> None:
    snapshot, key = world(LIBRARY), "岚科规〔2021〕2号"
    effect = Effect("effect", key, snapshot.as_of, date(2025, 3, 1))
    status = Status(key, snapshot.as_of, State.NOT_YET, decisive=effect)
    snapshot = replace(snapshot, statuses={**snapshot.statuses, key: status})
    body = f"根据《岚州市科技创新券管理办法》（岚科规〔2021〕2号），通知如下。\n本通知自{starts}起施行。"
    assert len(verdicts(gate(snapshot, draft(body)), "cites-not-in-force")) == expected


def test_a_paper_is_judged_once_however_often_it_is_named(world: World) -> None:
    body = (
        "会上学习了《岚州市科技项目管理办法》（岚科发〔2016〕31号）。\n"
        "根据《岚州市科技项目管理办法》（岚科发〔2016〕31号），通知如下。\n"
        "按照《岚州市科技项目管理办法》执行。"
    )
    (found,) = gate(world(LIBRARY), draft(body))
    assert (found.severity, found.evidence[0].before) == ("error", "根据")


def test_a_damaged_number_is_shown_as_it_may_be_meant(world: World) -> None:
    found = gate(world(LIBRARY), draft("根据岚政发〔201522号，通知如下。"))
    (damaged,) = [one for one in found if one.rule == "draft.damaged-number"]
    assert damaged.severity == "warning"
    assert "“岚政发〔201522号”缺损，推断是岚政发〔2015〕22号，本库有《岚州市人民政府" in damaged.message
    several = gate(world(LIBRARY), draft("根据国办发〔20191012号，通知如下。"))
    assert "可能是国办发〔2019〕1012号或" in several[0].message


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        ("岚科规〔2024〕5号", []),
        ("岚科规[2024]5号", ["六角括号"]),
        ("岚科规（2024）5号", ["六角括号"]),
        ("岚科规〔2024〕第5号", ["不加“第”字"]),
        ("岚科规〔2024〕05号", ["不编虚位"]),
        ("岚科规[2024]第05号", ["六角括号", "不加“第”字", "不编虚位"]),
        ("岚科规〔２０２４〕５号", ["半角"]),
        ("岚科规〔2024〕5", ["“号”字"]),
        ("〔2024〕岚科规5号", ["机关代字应当在年份前面"]),
        ("岚州市人民政府令第9号", []),
        ("", []),
        ("岚科规〔2024〕 号", []),
    ],
)
def test_the_drafts_own_number(world: World, number: str, faults: list[str]) -> None:
    found = [one for one in gate(world(LIBRARY), draft("请执行。", number)) if one.rule == "draft.own-number"]
    assert len(found) == bool(faults)
    for one in found:
        assert "岚科规〔2024〕5号" in one.message
        assert [fault in one.message for fault in faults] == [True] * len(faults)
        assert one.message.count("；") == len(faults) - 1
        assert one.severity == ("warning" if number.endswith("5") else "error")


@pytest.mark.parametrize(("shape", "words", "example"), FORM_FAULTS, ids=[words for _, words, _ in FORM_FAULTS])
def test_each_fault_of_form_by_its_example(shape: str, words: str, example: str) -> None:
    assert re.search(shape, example)
    assert not re.search(shape, "岚科规〔2024〕5号")
    assert not re.search(shape, "陕科（社）函〔2024〕105号")


def test_a_number_that_another_paper_has(world: World) -> None:
    other = draft("请执行。", "岚科规〔2023〕7号")
    assert ("draft.number-used", "fail", "error") in verdicts(gate(world(LIBRARY), other))
    itself = draft("请执行。", "岚科规〔2023〕7号", "岚州市人才公寓管理办法")
    assert verdicts(gate(world(LIBRARY), itself)) == []
    cited = world(f"{LIBRARY}\npolicy 岚科规〔2024〕9号  《岚州市防汛办法》  cited")
    assert verdicts(gate(cited, draft("请执行。", "岚科规〔2024〕9号"))) == [("draft.number-used", "unknown", "info")]


def test_a_draft_that_is_held_does_not_cite_itself(world: World) -> None:
    paper = draft("根据《岚州市科技创新券管理办法》（岚科规〔2021〕2号），通知如下。", "岚科规〔2024〕5号")
    snapshot = world(LIBRARY)
    held = replace(snapshot.by_key["岚科规〔2021〕2号"], documents=(paper.analysis.source.sha256,))
    works = tuple(held if one.key == held.key else one for one in snapshot.works)
    assert gate(replace(snapshot, works=works), paper) == ()


def test_a_draft_for_comment_without_number_and_date_is_normal(world: World) -> None:
    text = (
        "岚州市科普基地管理规范（征求意见稿）\n\n"
        "第一条 为了推进科普，制定本规范。\n第二条 本规范自　年　月　日起施行。\n"
    )
    assert gate(world(LIBRARY), Draft(analyse_text(text), text)) == ()


# Validity -----------------------------------------------------------------------------------------------------------

PROFILE = """\
id = "lanzhou"
region = "东岭省"
from = 2020-01-01
source = "东岭省规范性文件管理办法第二十条"
[validity]
must_state_term = true
"""


@pytest.fixture
def demanding(tmp_path: Path) -> Tables:
    """The tables of a province that wants a term in every normative document."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "lanzhou.toml").write_text(PROFILE, encoding="utf-8")
    return tables.load(tmp_path)


@pytest.mark.parametrize(
    ("number", "clause", "expected"),
    [
        pytest.param(
            "岚科规〔2024〕5号", "本办法自印发之日起施行。", ["fail"], id="a normative document without a term"
        ),
        pytest.param("岚科规〔2024〕5号", "本办法自印发之日起施行，有效期5年。", [], id="years"),
        pytest.param("", "本办法自发布之日起施行，有效期至2029年12月31日。", [], id="no date of its own yet"),
        pytest.param("岚科规〔2024〕5号", "本办法自2025年1月1日起施行，试行2年。", [], id="on trial"),
        pytest.param("", "本办法自印发之日起施行。", ["unknown"], id="called 办法, and no register tells"),
        pytest.param(
            "岚科规〔2024〕5号", "许可证有效期为5年。本办法自印发之日起施行。", ["unknown"], id="the term of a licence"
        ),
    ],
)
def test_validity_is_stated(world: World, demanding: Tables, number: str, clause: str, expected: list[str]) -> None:
    paper = draft(clause, number, "岚州市科学技术局关于印发《岚州市科普基地管理办法》的通知")
    found = gate(world(LIBRARY), paper, own=demanding, region="东岭省/岚州市")
    asked = [one for one in found if one.rule == "draft.validity-unstated"]
    assert [one.result for one in asked] == expected
    assert {one.basis for one in asked} <= {"东岭省规范性文件管理办法第二十条"}
    assert verdicts(gate(world(LIBRARY), paper, region="东岭省/岚州市"), "validity-unstated") == []


ISSUED = "岚州市科学技术局关于印发《岚州市科普基地管理办法》的通知"
TRIAL = "岚州市科学技术局关于印发《岚州市科普基地管理办法（试行）》的通知"


@pytest.fixture
def ruled(tmp_path: Path) -> Tables:
    """东岭省: 3 to 5 years, 1 to 2 on trial, in force 30 days after publication."""
    (tmp_path / "profiles").mkdir()
    profile = PROFILE + "term_years = [3, 5]\ntrial_years = [1, 2]\nmin_days_before_effect = 30\n"
    (tmp_path / "profiles" / "lanzhou.toml").write_text(profile, encoding="utf-8")
    return tables.load(tmp_path)


def of_validity(world: World, own: Tables, clause: str, number: str, title: str) -> list[tuple[str, str]]:
    """What the gate says of the term and the first day, by rule, of a draft of 2024-12-20."""
    found = gate(world(LIBRARY), draft(clause, number, title), own=own, region="东岭省/岚州市")
    names = ("draft.term-out-of-range", "draft.starts-soon")
    return [(one.rule.removeprefix("draft."), one.result) for one in found if one.rule in names]


NUMBER = "岚科规〔2024〕5号"


@pytest.mark.parametrize(
    ("clause", "number", "title", "expected"),
    [
        pytest.param("本办法自2025年3月1日起施行，有效期15年。", NUMBER, ISSUED, "fail", id="fifteen years"),
        pytest.param("本办法自印发之日起施行，有效期15年。", NUMBER, ISSUED, "fail", id="from a day not named"),
        pytest.param("本办法自2025年3月1日起施行，有效期5年。", NUMBER, ISSUED, None, id="five years"),
        pytest.param("本办法自2025年3月1日起施行，有效期至2040年2月28日。", NUMBER, ISSUED, "fail", id="last day"),
        pytest.param("本办法自2025年3月1日起施行，有效期至2028年2月29日。", NUMBER, ISSUED, None, id="three years"),
        pytest.param("本办法自2025年3月1日起施行，有效期1年。", NUMBER, ISSUED, "fail", id="too short"),
        pytest.param("本办法自2025年3月1日起施行，试行期2年。", NUMBER, TRIAL, None, id="two years on trial"),
        pytest.param("本办法自2025年3月1日起施行，试行期3年。", NUMBER, TRIAL, "fail", id="three years on trial"),
        pytest.param("本办法自2025年3月1日起施行，有效期15年。", "", ISSUED, "unknown", id="perhaps no normative one"),
        pytest.param(
            "本办法自2025年3月1日起施行，有效期与《东岭省科普条例》一致，有效期至2040年2月28日。", NUMBER, ISSUED, None,
            id="as the higher paper has it",
        ),
        pytest.param("许可证有效期15年。本办法自2025年3月1日起施行。", NUMBER, ISSUED, None, id="of a licence"),
    ],
)  # fmt: skip
def test_the_term_of_a_draft(
    world: World, ruled: Tables, clause: str, number: str, title: str, expected: str | None
) -> None:
    told = of_validity(world, ruled, clause, number, title)
    assert told == ([("term-out-of-range", expected)] if expected else [])


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        pytest.param("本办法自2025年1月1日起施行，有效期5年。", True, id="after twelve days"),
        pytest.param("本办法自2025年1月18日起施行，有效期5年。", True, id="after 29 days"),
        pytest.param("本办法自2025年1月19日起施行，有效期5年。", False, id="after 30 days"),
        pytest.param("本办法自2024年11月1日起施行，有效期5年。", True, id="before it is made"),
        pytest.param("本办法自印发之日起施行，有效期5年。", False, id="no day named"),
        pytest.param(
            "因公布后不立即施行将有碍本办法的执行，本办法自2025年1月1日起施行，有效期5年。", False, id="with the reason"
        ),
    ],
)
def test_the_first_day_of_a_draft(world: World, ruled: Tables, clause: str, expected: bool) -> None:
    told = of_validity(world, ruled, clause, NUMBER, ISSUED)
    assert told == ([("starts-soon", "fail")] if expected else [])


@pytest.mark.parametrize(
    ("begins", "message"),
    [
        ("2025年1月10日", "稿件写2025-01-10起施行；即使检查当天（2024-12-31）就公布，离施行也只有10日，不足30日"),
        ("2024年11月1日", "稿件写2024-11-01起施行，比检查当天（2024-12-31）还早，稿件那时还没有公布，文中没有写明追溯"),
    ],
)
def test_the_first_day_of_a_draft_without_a_date(world: World, ruled: Tables, begins: str, message: str) -> None:
    dated = draft(f"本办法自{begins}起施行，有效期5年。", NUMBER, ISSUED)
    text = dated.text.replace("2024年12月20日\n", "")
    found = gate(world(LIBRARY), Draft(analyse_text(text), text), own=ruled, region="东岭省/岚州市")
    [start] = [one for one in found if one.rule == "draft.starts-soon"]
    assert start.message.startswith(message)


def test_where_no_rule_set_says_anything_of_terms_nothing_is_asked(world: World) -> None:
    clause = "本办法自2025年1月1日起施行，有效期15年。"
    assert of_validity(world, tables.builtin(), clause, NUMBER, ISSUED) == []


def test_a_finding_on_a_draft_shows_the_sentence_and_the_local_rule(world: World, ruled: Tables) -> None:
    paper = draft("本办法自2025年1月1日起施行，有效期15年。", NUMBER, ISSUED)
    found = {one.rule: one for one in gate(world(LIBRARY), paper, own=ruled, region="东岭省/岚州市")}
    term, start = found["draft.term-out-of-range"], found["draft.starts-soon"]
    assert term.message == "有效期15年，规定是3至5年；文号岚科规〔2024〕5号编入规范性文件"
    assert (term.severity, start.severity) == ("warning", "warning")
    assert "有效期15年" in term.evidence[0].quote and "2025年1月1日起施行" in start.evidence[0].quote
    assert start.message.startswith(
        "稿件写2025-01-01起施行；即使成文当天（2024-12-20）就公布，离施行也只有12日，不足30日"
    )
    assert term.basis.endswith("：有效期为3至5年") and start.basis.endswith("：自公布之日起30日以后施行")


@pytest.mark.parametrize(
    "title",
    ["岚州市科学技术局关于召开年会的通知", "岚州市人民政府关于表彰先进的决定", "关于征求《岚州市科普办法》意见的函"],
)
def test_validity_is_not_asked_of_other_papers(world: World, demanding: Tables, title: str) -> None:
    found = gate(world(LIBRARY), draft("请执行。", "", title), own=demanding, region="东岭省/岚州市")
    assert verdicts(found, "validity-unstated") == []


def test_rules_of_drafts_say_nothing_of_works(world: World) -> None:
    snapshot = world(LIBRARY)
    assert gate(snapshot) == ()
    assert not any(one.rule.startswith("draft.") for one in audit(snapshot).findings)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        pytest.param(
            "根据《岚州市科技创新券管理办法》（岚科规[2021]第2号），通知如下。",
            "引用的文号“岚科规[2021]第2号”应写作岚科规〔2021〕2号：年份应当用六角括号“〔〕”；序号前不加“第”字",
            id="brackets and 第",
        ),
        pytest.param(
            "根据岚政发（2015）22号，通知如下。",
            "引用的文号“岚政发（2015）22号”应写作岚政发〔2015〕22号：年份应当用六角括号“〔〕”",
            id="round brackets",
        ),
        pytest.param("根据岚政发〔2015〕22号，通知如下。", None, id="as it should be"),
        pytest.param("根据《岚州市节水条例》（岚州市人民政府令第2号），通知如下。", None, id="an order"),
    ],
)
def test_a_cited_number_in_the_wrong_form_is_noted(world: World, sentence: str, message: str | None) -> None:
    found = [one for one in gate(world(LIBRARY), draft(sentence)) if one.rule == "draft.cited-form"]
    assert [(one.message, one.result, one.severity) for one in found] == (
        [(message, "fail", "info")] if message else []
    )


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        pytest.param(
            "根据《岚州市科技项目管理办法》和岚科发2016年31号文件，通知如下。",
            "“岚科发2016年31号”像是文号，写法不对，没有当作引用核对；引用的文号应写作岚科发〔2016〕31号，"
            "本库有《岚州市科技项目管理办法》（岚科发〔2016〕31号）（已于2021-09-20废止）",
            id="a paper that is held",
        ),
        pytest.param(
            "根据国办发2017年26号文件，通知如下。",
            "“国办发2017年26号”像是文号，写法不对，没有当作引用核对；引用的文号应写作国办发〔2017〕26号，本库没有这个文号",
            id="a code that is known",
        ),
        pytest.param("会议于2017年26号楼召开。", None, id="no number"),
        pytest.param("根据海关总署公告2017年26号，通知如下。", None, id="an announcement is written so"),
    ],
)
def test_what_looks_like_a_number_is_told(world: World, sentence: str, says: str | None) -> None:
    found = [one for one in gate(world(LIBRARY), draft(sentence)) if "像是文号" in one.message]
    assert [one.result for one in found] == ["unknown"] * (says is not None)
    assert [one.message for one in found] == ([says] if says else [])
