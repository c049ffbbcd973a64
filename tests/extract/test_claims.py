"""What a text says of the documents it names: every row of the cues, every relation of domain.md §4."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract import analyse_text
from policylib.model import Claim
from policylib.tables import toml_rows

# A paper around the sentence in question.
PAPER = """岚州市科学技术局关于做好某项工作的通知
岚科发〔2020〕8号
各有关单位：
{opening}
一、工作任务
{middle}
二、其他事项
{closing}
岚州市科学技术局
2020年3月4日
"""

CUES = toml_rows("cues.toml")
SIGNS = sorted({sign for row in CUES for sign in row["pattern"] if not sign.isascii()} | {"\ue000", ",", ":", "7"})
RELATIONS = toml_rows("relations.toml")


def relations_in(sentence: str) -> set[str]:
    text = PAPER.format(opening=sentence, middle="按期完成。", closing="请认真执行。")
    return {claim.relation for claim in analyse_text(text).claims}


def cases(rows: Any, key: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("relation", "text"),
        [
            pytest.param(row["relation"], text, id=f"{row['id']}-{index}")
            for row in rows
            for index, text in enumerate(row[key])
        ],
    )


# The rows of the table say what they find -----------------------------------------------------------------------


@cases(CUES, "examples")
def test_example_of_a_cue(relation: str, text: str) -> None:
    assert relation in relations_in(text)


@cases(CUES, "not_examples")
def test_counter_example_of_a_cue(relation: str, text: str) -> None:
    assert relation not in relations_in(text)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in CUES])
@given(data=st.data())
def test_whatever_a_cue_matches_has_one_of_its_words(row: dict[str, Any], data: st.DataObject) -> None:
    matched = re.search(row["pattern"], data.draw(st.from_regex(row["pattern"], alphabet=st.sampled_from(SIGNS))))
    assert matched is None or any(word in matched.group() for word in row["words"])


@pytest.mark.parametrize("row", [pytest.param(row, id=row["kind"]) for row in RELATIONS])
def test_example_of_a_relation(row: dict[str, Any]) -> None:
    """What the users read as an example of a relation is found as that relation, or as nothing, but never as another
    act; and its counter-example is not found."""
    text = PAPER.format(opening=row["example"], middle="按期完成。", closing="请认真执行。")
    found = {claim.relation for claim in analyse_text(text).claims if claim.mode == "act"}
    assert found <= {row["kind"], "mentions", "none"}
    assert row["kind"] not in relations_in(row["not_example"])


def said(opening: str = "现通知如下。", middle: str = "按期完成。", closing: str = "请认真执行。") -> list[Claim]:
    text = PAPER.format(opening=opening, middle=middle, closing=closing)
    return [claim for claim in analyse_text(text).claims if claim.relation not in ("none", "issues")]


def pairs(claims: list[Claim]) -> list[tuple[str, str, str]]:
    """relation, number or title, mode of each claim"""
    return [
        (one.relation, str(one.citation.numbers[0]) if one.citation.numbers else one.citation.title or "", one.mode)
        for one in claims
    ]


A, B, C = "《岚州市人才办法》（岚政发〔2015〕1号）", "《岚州市科技办法》（岚政发〔2016〕2号）", "《岚州市创新办法》"
NUMBER_A, NUMBER_B = "岚政发〔2015〕1号", "岚政发〔2016〕2号"

OPENINGS = {
    "根据": (f"根据{A}，制定本办法。", [("basis", NUMBER_A, "act")]),
    "one cue governs a list": (
        f"根据{A}、{B}和{C}等规定，现通知如下。",
        [("basis", NUMBER_A, "act"), ("basis", NUMBER_B, "act"), ("basis", "岚州市创新办法", "act")],
    ),
    "为贯彻落实": (f"为贯彻落实{A}，现通知如下。", [("basis", NUMBER_A, "act")]),
    "为深入贯彻": (f"为深入贯彻{A}精神，现通知如下。", [("basis", NUMBER_A, "act")]),
    "按照 … 要求": (f"按照{A}要求，现通知如下。", [("basis", NUMBER_A, "act")]),
    "number only": ("根据岚政发〔2015〕1号文件精神，现通知如下。", [("basis", NUMBER_A, "act")]),
    "joint issuers before each": (
        "根据市委办公室、市政府办公室《岚州市人才办法》（岚办发〔2015〕1号）和市科技局、市财政局《岚州市科技办法》（岚科发〔2016〕2号），现通知如下。",
        [("basis", "岚办发〔2015〕1号", "act"), ("basis", "岚科发〔2016〕2号", "act")],
    ),
    "参照 is weaker": (f"参照{A}，结合本市实际，制定本办法。", [("reference", NUMBER_A, "act")]),
    "two cues, two relations": (
        f"根据{A}，参照{B}，制定本办法。", [("basis", NUMBER_A, "act"), ("reference", NUMBER_B, "act")]),
    "the cue does not reach over a sentence": (
        f"根据有关规定，现通知如下。{A}已经印发。", [("mentions", NUMBER_A, "act")]),
    "a title says 根据 inside": (
        "《岚州市根据实际贯彻落实〈人才办法〉的意见》已经印发。",
        [("mentions", "岚州市根据实际贯彻落实〈人才办法〉的意见", "act")],
    ),
    "答复": ("你局《关于人才办法的请示》（岚人社〔2020〕1号）收悉。", [("answers", "岚人社〔2020〕1号", "act")]),
    "转发": (f"现将{A}转发给你们，请贯彻执行。", [("forwards", NUMBER_A, "act")]),
    "补充": (f"现就{A}有关事项补充通知如下。", [("supplements", NUMBER_A, "act")]),
}  # fmt: skip


@pytest.mark.parametrize("case", OPENINGS)
def test_opening(case: str) -> None:
    text, wanted = OPENINGS[case]
    assert pairs(said(opening=text)) == wanted


MIDDLES = {
    "根据 in the middle is a reference": (f"根据{A}开展评审。", [("reference", NUMBER_A, "act")]),
    "符合": (f"应当符合{A}的要求。", [("reference", NUMBER_A, "act")]),
    "不按 is no cue": ("不按期完成的，予以通报。", []),
    "named only": (f"各单位要学习{A}。", [("mentions", NUMBER_A, "act")]),
}


@pytest.mark.parametrize("case", MIDDLES)
def test_middle(case: str) -> None:
    text, wanted = MIDDLES[case]
    assert pairs(said(middle=text)) == wanted


CLOSINGS = {
    "同时废止": (f"本办法自印发之日起施行，{A}同时废止。", [("repeals", NUMBER_A, "act")]),
    "list 同时废止": (
        f"{A}、{B}和{C}同时废止。",
        [("repeals", NUMBER_A, "act"), ("repeals", NUMBER_B, "act"), ("repeals", "岚州市创新办法", "act")],
    ),
    "numbers 同时废止": (
        "岚政发〔2015〕1号、岚政发〔2016〕2号同时废止。",
        [("repeals", NUMBER_A, "act"), ("repeals", NUMBER_B, "act")]),
    "停止执行": (f"自本通知印发之日起，{A}停止执行。", [("repeals", NUMBER_A, "act")]),
    "不再执行": (f"{A}不再执行。", [("repeals", NUMBER_A, "act")]),
    "废止 before": (f"决定废止{A}。", [("repeals", NUMBER_A, "act")]),
    "version by issuer and day": (
        "2001年12月14日岚州市人民政府发布的《岚州市备案条例》同时废止。", [("repeals", "岚州市备案条例", "act")]),
    "from a day": (f"{A}自2020年7月1日起废止。", [("repeals", NUMBER_A, "act")]),
    "number from a day": ("岚政发〔2015〕1号自2020年7月1日起废止。", [("repeals", NUMBER_A, "act")]),
    "宣布失效": (f"{A}宣布失效。", [("lapses", NUMBER_A, "act")]),
    "one article": (f"{A}第三条同时废止。", [("partly_repeals", NUMBER_A, "act")]),
    "some articles": (f"{A}部分条款失效。", [("partly_repeals", NUMBER_A, "act")]),
    "delete articles": (f"删去{A}第七条、第九条。", [("partly_repeals", NUMBER_A, "act")]),
    "修改为": (f"将{A}第三条修改为：“第三条……”。", [("amends", NUMBER_A, "act")]),
    "作如下修改": (f"对{A}作如下修改。", [("amends", NUMBER_A, "act")]),
    "代替": (f"本公告代替{A}。", [("replaces", NUMBER_A, "act")]),
    "延长": (f"{A}有效期延长至2025年12月31日。", [("extends", NUMBER_A, "act")]),
    "有效期延至": (f"{A}有效期延至2025年12月31日。", [("extends", NUMBER_A, "act")]),
    "暂停执行": (f"{A}暂停执行。", [("suspends", NUMBER_A, "act")]),
    "暂停执行 before": (f"暂停执行{A}。", [("suspends", NUMBER_A, "act")]),
    "建议对…予以废止 is a plan": (f"建议对{A}予以废止。", [("repeals", NUMBER_A, "plan")]),
    "what waits for another paper is a plan": (f"待省办法出台后，{A}同时废止。", [("repeals", NUMBER_A, "plan")]),
    "what waits for the end of the term is a plan": (f"本办法期满后，{A}自行废止。", [("repeals", NUMBER_A, "plan")]),
    "what may come is a plan": (f"如省里另有规定，{A}停止执行。", [("repeals", NUMBER_A, "plan")]),
    "its own promulgation is no wait": (f"本办法颁布施行后，{A}即行废止。", [("repeals", NUMBER_A, "act")]),
    "what another did is told": (f"国务院已于2019年废止{A}。", [("repeals", NUMBER_A, "report")]),
    "a reason is no act": (f"不得以{A}废止为由拒绝办理。", [("mentions", NUMBER_A, "act")]),
    "before the end is no act": (f"{A}废止前已经受理的，继续办理。", [("mentions", NUMBER_A, "act")]),
    "what disagrees is not all": (f"{A}与本办法不一致的规定停止执行。", [("partly_repeals", NUMBER_A, "act")]),
    "kept with a new end is extended": (f"{A}继续有效，有效期至2027年12月31日。", [("extends", NUMBER_A, "act")]),
    "继续执行至": (f"{A}继续执行至2027年12月31日。", [("extends", NUMBER_A, "act")]),
    "延期至": (f"{A}延期至2027年12月31日。", [("extends", NUMBER_A, "act")]),
    "重新公布 before": (f"重新公布{A}。", [("republishes", NUMBER_A, "act")]),
    "以本办法为准": (f"{A}与本办法不一致的，以本办法为准。", [("overrides", NUMBER_A, "act")]),
    "this paper first": (f"本办法与{A}不一致的，以本办法为准。", [("overrides", NUMBER_A, "act")]),
    "a list with 以本办法为准": (
        f"{A}、{B}等文件中与本办法不一致的规定，以本办法为准。",
        [("overrides", NUMBER_A, "act"), ("overrides", NUMBER_B, "act")]),
    "the other prevails": (f"本办法与{A}不一致的，以该文件为准。", [("mentions", NUMBER_A, "act")]),
    "of two others one prevails": (
        f"{A}与{B}不一致的，以岚政发〔2016〕2号为准。",
        [("mentions", NUMBER_A, "act"), ("mentions", NUMBER_B, "act"), ("mentions", NUMBER_B, "act")]),
    "contracts that disagree": (f"合同与{A}不一致的，以本办法为准。", [("mentions", NUMBER_A, "act")]),
    "what is unnamed disagrees": (
        f"{A}继续执行，此前规定与本办法不一致的，以本办法为准。", [("retains", NUMBER_A, "act")]),
    "恢复执行": (f"{A}自6月1日起恢复执行。", [("reinstates", NUMBER_A, "act")]),
    "恢复执行 before": (f"恢复执行{A}。", [("reinstates", NUMBER_A, "act")]),
    "废止 of an article": (f"废止{A}第三条、第五条。", [("partly_repeals", NUMBER_A, "act")]),
    "废止 of an annex": (f"废止{A}附件2。", [("partly_repeals", NUMBER_A, "act")]),
    "停止执行 of some rules": (f"停止执行{A}的有关规定。", [("partly_repeals", NUMBER_A, "act")]),
    "废止 of rules on a matter": (f"废止{A}中关于收费的规定。", [("partly_repeals", NUMBER_A, "act")]),
    "暂停执行 of an article": (f"暂停执行{A}第三条。", [("suspends", NUMBER_A, "act")]),
    "停止执行 of what it lays down": (f"停止执行{A}规定的收费项目。", [("mentions", NUMBER_A, "act")]),
    "废止 of one and of an article of another": (
        f"废止{A}和{B}第三条。", [("repeals", NUMBER_A, "act"), ("partly_repeals", NUMBER_B, "act")]),
    "an annex 废止": (f"{A}附件废止。", [("partly_repeals", NUMBER_A, "act")]),
    "终止执行": (f"终止执行{A}。", [("repeals", NUMBER_A, "act")]),
    "作废": (f"{A}同时作废。", [("repeals", NUMBER_A, "act")]),
    "撤销": (f"{A}予以撤销。", [("repeals", NUMBER_A, "act")]),
    "文件废止": ("岚政发〔2015〕1号、岚政发〔2016〕2号文件废止。",
        [("repeals", NUMBER_A, "act"), ("repeals", NUMBER_B, "act")]),
    "no basis any more": (f"{A}不再作为行政管理的依据。", [("lapses", NUMBER_A, "act")]),
    "重新公布": (f"{A}经修订后重新公布。", [("republishes", NUMBER_A, "act")]),
    "继续有效": (f"{A}继续有效。", [("retains", NUMBER_A, "act")]),
    "拟废止 is a plan": (f"{A}拟废止。", [("repeals", NUMBER_A, "plan")]),
    "应予废止 is a plan": (f"{A}应予废止。", [("repeals", NUMBER_A, "plan")]),
    "研究废止 is a plan": (f"抓紧研究废止{A}。", [("repeals", NUMBER_A, "plan")]),
    "what was agreed after study is an act": (f"经市政府研究同意，废止{A}。", [("repeals", NUMBER_A, "act")]),
    "what was decided after study is an act": (f"经研究，决定废止{A}。", [("repeals", NUMBER_A, "act")]),
    "建议废止 is a plan": (f"建议废止{A}。", [("repeals", NUMBER_A, "plan")]),
    "未废止": (f"{A}尚未废止。", [("mentions", NUMBER_A, "act")]),
    "不停止执行": (f"复议期间{A}不停止执行。", [("mentions", NUMBER_A, "act")]),
    "作为依据 after 废止": (f"{A}废止前签订的合同继续履行。", [("mentions", NUMBER_A, "act")]),
    "a class, no name": ("以前有关规定与本办法不一致的，不再适用。", []),
    "a qualification": (f"依{A}取得的企业资格继续有效。", [("reference", NUMBER_A, "act")]),
    "a contract": (f"按照{A}签订的合同停止执行。", [("reference", NUMBER_A, "act")]),
    "a licence": ("许可证失效的，应当重新申请。", []),
    "its repeal is another's": (
        "《岚州市关于废止〈人才办法〉的通知》（岚政发〔2015〕1号）已经印发。", [("mentions", NUMBER_A, "act")]),
    "quoted as a bad example": ("不得用“以前有关规定一律废止”一类的话。", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CLOSINGS)
def test_closing(case: str) -> None:
    text, wanted = CLOSINGS[case]
    assert pairs(said(closing=text)) == wanted


def test_the_cue_and_the_sentence_are_where_they_say() -> None:
    text = PAPER.format(opening=f"根据{A}，现通知如下。", middle="按期完成。", closing=f"{B}同时废止。")
    claims = [claim for claim in analyse_text(text).claims if claim.cue]
    assert len(claims) == 2
    for claim in claims:
        assert claim.cue
        assert claim.cue.span.of(text) == claim.cue.value
        assert claim.scope.contains(claim.cue.span)
        assert claim.scope.contains(claim.citation.span)


def test_articles_of_a_partial_repeal_are_its_detail() -> None:
    [claim] = [one for one in said(closing=f"{A}第五条同时废止。") if one.relation == "partly_repeals"]
    assert claim.detail == "第五条"


# The own instrument ---------------------------------------------------------------------------------------------

OWN = {
    "印发给你们": "现将《岚州市人才办法》印发给你们，请认真贯彻执行。",
    "制定了": "根据有关规定，我局制定了《岚州市人才办法》，现印发给你们。",
    "审议通过": "《岚州市人才办法》已经市政府同意，现印发给你们。",
    "予以公布": "现将《岚州市人才办法》予以公布。",
}


@pytest.mark.parametrize("case", OWN)
def test_own_instrument_is_issued(case: str) -> None:
    title = "岚州市科技局关于印发《岚州市人才办法》的通知"
    text = f"{title}\n岚科发〔2020〕8号\n各单位：\n{OWN[case]}\n岚州市科技局\n2020年3月4日\n"
    assert {claim.relation for claim in analyse_text(text).claims} <= {"issues", "none"}


# Titles ---------------------------------------------------------------------------------------------------------

TITLES = {
    "岚州市政府关于废止《岚州市人才办法》的决定": "repeals",
    "岚州市政府关于宣布《岚州市人才办法》失效的通知": "lapses",
    "岚州市政府关于修改《岚州市人才办法》的决定": "amends",
    "岚州市商务局关于报送《岚州市人才办法（送审稿）》修改意见和建议的函": "mentions",
    "岚州市政府关于延长《岚州市人才办法》有效期的通知": "extends",
    "岚州市政府关于重新公布《岚州市人才办法》的通知": "republishes",
    "岚州市政府关于《岚州市人才办法》的补充通知": "supplements",
    "岚州市政府关于转发《岚州市人才办法》的通知": "forwards",
    "岚州市政府关于暂停执行《岚州市人才办法》的通知": "suspends",
    "岚州市政府关于《岚州市人才办法》部分条款失效的通知": "partly_repeals",
    "岚州市政府关于废止《岚州市人才办法》第三条的决定": "partly_repeals",
    "岚州市政府关于停止执行《岚州市人才办法》有关规定的通知": "partly_repeals",
    "岚州市政府关于停止执行《岚州市人才办法》的通知": "repeals",
    "岚州市政府关于撤销《岚州市人才办法》的决定": "repeals",
    "岚州市政府关于恢复执行《岚州市人才办法》的通知": "reinstates",
    "岚州市政府关于贯彻落实《岚州市人才办法》的通知": "basis",
    "岚州市政府关于印发《岚州市人才办法》的通知": "issues",
    "关于公开征求《岚州市人才办法（征求意见稿）》意见的公告": "draft_of",
    "岚州市政府关于《岚州市人才办法》的通知": "mentions",
    "岚州市政府关于《关于废止〈岚州市人才办法〉的决定》的通知": "mentions",
}


@pytest.mark.parametrize("title", TITLES)
def test_title(title: str) -> None:
    text = f"{title}\n岚政发〔2020〕8号\n各单位：\n请认真执行。\n岚州市人民政府\n2020年3月4日\n"
    claims = analyse_text(text).claims
    assert {claim.relation for claim in claims} == {TITLES[title]}


@pytest.mark.parametrize(
    ("title", "relations"),
    [
        ("岚州市政府关于废止《岚州市人才办法》和修改《岚州市住房办法》的决定", ["repeals", "amends"]),
        (
            "岚州市政府关于修改《岚州市人才办法》和废止《岚州市住房办法》《岚州市创新办法》的决定",
            ["amends", "repeals", "repeals"],
        ),
        ("岚州市政府关于《岚州市人才办法》《岚州市住房办法》废止的公告", ["repeals", "repeals"]),
    ],
)
def test_each_paper_of_a_title_has_its_own_verb(title: str, relations: list[str]) -> None:
    text = f"{title}\n岚政发〔2020〕8号\n各单位：\n请认真执行。\n岚州市人民政府\n2020年3月4日\n"
    assert [claim.relation for claim in analyse_text(text).claims] == relations


DETAILS = {
    f"废止{A}第三条、第五条。": "第三条、第五条",
    f"废止{A}附件2。": "附件2",
    f"停止执行{A}的有关规定。": "有关规定",
    f"暂停执行{A}第三条。": "第三条",
    f"删去{A}第七条第二款。": "第七条第二款",
    f"{A}除第三条外废止。": "除第三条外",
    f"废止{A}。": None,
}


@pytest.mark.parametrize("sentence", DETAILS)
def test_the_parts_that_are_meant_are_told(sentence: str) -> None:
    [claim] = [one for one in said(closing=sentence) if one.relation != "none"]
    assert claim.detail == DETAILS[sentence]


def test_the_draft_points_to_the_policy_without_its_suffix() -> None:
    text = "关于公开征求《岚州市人才办法（征求意见稿）》意见的公告\n现公开征求意见。\n岚州市科技局\n2020年3月4日\n"
    [claim] = [one for one in analyse_text(text).claims if one.relation == "draft_of"]
    assert claim.citation.title == "岚州市人才办法"


def test_forwarded_paper_without_marks() -> None:
    title = "岚州市科技局转发市人社局等部门关于做好就业工作的意见的通知"
    text = f"{title}\n岚科发〔2020〕8号\n各单位：\n请认真执行。\n岚州市科技局\n2020年3月4日\n"
    [claim] = [one for one in analyse_text(text).claims if one.relation == "forwards"]
    assert claim.citation.title == "关于做好就业工作的意见"
    assert claim.citation.issuer == "市人社局等部门"
    assert claim.citation.span.of(text) == "市人社局等部门关于做好就业工作的意见"


# Who speaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["《岚州市创新办法》政策解读", "岚州市科技局负责人就《岚州市创新办法》答记者问"])
def test_an_interpretation_only_reports(title: str) -> None:
    text = f"{title}\n近日，市科技局印发了{C}。\n一、新旧衔接\n根据{B}，{A}同时废止。\n二、其他\n没有其他变化。\n"
    modes = {(claim.relation, claim.mode) for claim in analyse_text(text).claims if claim.relation == "repeals"}
    assert modes == {("repeals", "report")}


def test_extension_of_a_title_takes_its_day_from_the_text() -> None:
    text = (
        "岚州市政府关于延长《岚州市人才办法》有效期的通知\n岚政发〔2020〕8号\n各单位：\n"
        "经评估，决定将该办法的有效期延长至2026年12月31日。\n岚州市人民政府\n2020年3月4日\n"
    )
    [title, anaphor] = [one for one in analyse_text(text).claims if one.relation == "extends"]
    assert title.detail == "2026-12-31"
    assert anaphor.citation.form == "anaphor"
    assert anaphor.citation.refers_to == 0
