from collections.abc import Callable
from dataclasses import replace

import pytest

from policylib.model import Judgement, Problem, Snapshot
from policylib.rule_sets import Attribute, disclosure_profile
from policylib.rules import audit
from policylib.rules.context import Context
from policylib.tables import builtin
from tests.rules.notices import findings, paper, papers, results

World = Callable[[str], Snapshot]
IMPRINT = "抄送：市委办公室，市人大常委会办公室。\n岚州市科学技术局办公室　　2024年3月4日印发"
PROFILE = Context(builtin()).ruled(None, disclosure_profile)


def verdicts(snapshot: Snapshot, rule: str) -> list[tuple[str, str]]:
    return [(one.result, one.severity) for one in audit(snapshot).findings if one.rule == rule]


# disclosure.missing (OPN-01) -----------------------------------------------------------------------------------

UNMARKED = paper(note="", imprint=IMPRINT)
MISSING = {
    "marked": ({"甲.docx": paper(imprint=IMPRINT)}, None),
    "nothing between sign-off and imprint": ({"甲.docx": UNMARKED}, ("fail", "warning")),
    "as pdf": ({"甲.pdf": UNMARKED}, ("fail", "warning")),
    "a web page may leave it out": ({"甲.html": UNMARKED}, None),
    "so may plain text": ({"甲.txt": UNMARKED}, None),
    "no imprint": ({"甲.docx": paper(note="")}, ("unknown", "info")),
    "no sign-off": (
        {"甲.docx": paper(note="", dated="", page="成文日期：2024-03-04", imprint=IMPRINT)}, ("unknown", "info")),
    "before 2016": (
        {"甲.docx": paper("岚科发〔2012〕3号", note="", dated="2012年3月5日", imprint=IMPRINT)}, ("exempt", "info")),
    "before 2016, and not read whole": (
        {"甲.docx": paper("岚科发〔2012〕3号", note="", dated="2012年3月5日")}, ("exempt", "info")),
    "before 2008": ({"甲.docx": paper("岚科发〔2006〕3号", note="", dated="2006年3月6日", imprint=IMPRINT)}, None),
    "the page marks it": ({"甲.docx": paper(note="", page="公开方式：主动公开", imprint=IMPRINT)}, None),
    "another file of it is marked": ({"甲.docx": UNMARKED, "甲.html": paper()}, None),
    "an announcement is public by itself": (
        {"甲.docx": paper("", note="", title="岚州市科学技术局关于开放实验室的公告", imprint=IMPRINT)}, None),
    "a report to those above": (
        {"甲.docx": paper(note="", title="岚州市科学技术局关于实验室建设的请示", imprint=IMPRINT)}, None),
    "of another region": ({"甲.docx": paper("国科发〔2024〕3号", note="", issuer="科学技术部", imprint=IMPRINT)}, None),
    "marked in two ways": ({"甲.docx": paper(page="公开方式：依申请公开")}, ("fail", "warning")),
    "marked twice alike": ({"甲.docx": paper(page="公开方式：主动公开")}, None),
    "with parts left out, and public": (
        {"甲.docx": paper(note="（此件删减后公开）", page="公开方式：主动公开")}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSING)
def test_missing(case: str) -> None:
    files, wanted = MISSING[case]
    assert results(papers(files), "disclosure.missing") == ([wanted] if wanted else [])


def test_missing_shows_the_place_where_nothing_stands() -> None:
    [finding] = findings(papers({"甲.docx": UNMARKED}), "disclosure.missing")
    assert [one.quote for one in finding.evidence] == ["2024年3月4日", "抄送：市委办公室，市人大常委会办公室。"]


@pytest.mark.parametrize(("text", "lacks"), [
    (paper(note=""), "原件没有读到版记"),
    (paper(note="", dated="", page="成文日期：2024-03-04"), "原件没有读到落款日期和版记"),
    ("成文日期：2024-03-04\n关于印发《岚州市实验室开放办法》的通知\n各区县科技局：\n现印发给你们，请认真遵照执行。\n2024年3月4日\n",
     "原件没有读到署名和版记"),
    (paper(note="", page="成文日期：2024-03-04"), "原件没有读到版记"),
])  # fmt: skip
def test_what_was_not_read_is_said(text: str, lacks: str) -> None:
    [finding] = findings(papers({"甲.docx": text}), "disclosure.missing")
    assert finding.message == f"不能判断有没有标注公开属性：{lacks}，附注可能没有收全"


def test_a_picture_is_said_to_be_one() -> None:
    snapshot = papers({"甲.docx": UNMARKED})
    seen = {key: replace(one, problems=(Problem("OCR_USED", ""),)) for key, one in snapshot.analyses.items()}
    [finding] = findings(replace(snapshot, analyses=seen), "disclosure.missing")
    assert finding.message.endswith("：原件的文字是识别出来的，附注的小字可能没有认出")


def test_the_file_that_was_judged_is_quoted() -> None:
    [finding] = findings(papers({"甲.docx": paper(note=""), "甲.html": paper(note="")}), "disclosure.missing")
    assert [one.path for one in finding.evidence] == ["甲.docx"]


def test_marked_in_two_ways_shows_both() -> None:
    [finding] = findings(papers({"甲.docx": paper(page="公开方式：依申请公开")}), "disclosure.missing")
    assert finding.message == "公开属性一处标为“依申请公开”，一处标为“主动公开”，请核对"
    assert [one.quote for one in finding.evidence] == ["依申请公开", "（此件公开发布）"]


def test_a_heading_in_the_text_contradicts_nothing() -> None:
    text = paper(clause="公开的方式有：\n主动公开\n依申请公开\n本办法自2024年5月1日起施行，有效期5年。")
    assert results(papers({"甲.docx": text}), "disclosure.missing") == []


def test_a_person_has_said_which() -> None:
    said = Judgement("set", "岚科规〔2024〕3号", field="disclosure", value="主动公开")
    text = paper(page="公开方式：依申请公开")
    assert results(papers({"甲.docx": text}, judgements=(said,)), "disclosure.missing") == []


# disclosure.late (OPN-02) --------------------------------------------------------------------------------------

LATE = {
    "20 working days": ("disclosure 主动公开  dated 2024-03-04  published 2024-04-01", None),
    "21 working days": ("disclosure 主动公开  dated 2024-03-04  published 2024-04-02", ("fail", "warning")),
    "over the Spring Festival": ("disclosure 主动公开  dated 2024-01-29  published 2024-02-29", None),
    "parts left out": ("disclosure 主动公开（删减）  dated 2024-03-04  published 2024-06-04", ("fail", "warning")),
    "on application": ("disclosure 依申请公开  dated 2024-03-04  published 2024-06-04", None),
    "unmarked": ("dated 2024-03-04  published 2024-06-04", None),
    "years later": ("disclosure 主动公开  dated 2018-03-04  published 2024-06-04", ("unknown", "info")),
    "before the regulation": ("disclosure 主动公开  dated 2007-03-04  published 2007-09-04", None),
    "no holiday notice yet": ("disclosure 主动公开  dated 2033-03-01  published 2033-04-01", None),
    "surely late without one": ("disclosure 主动公开  dated 2033-03-01  published 2033-06-01", ("fail", "warning")),
    "published first": ("disclosure 主动公开  dated 2024-03-04  published 2024-03-01", None),
    "date damaged": ("disclosure 主动公开  problem repair.date  dated 2024-03-04  published 2024-06-04", None),
    "undated": ("disclosure 主动公开  published 2024-06-04", None),
}  # fmt: skip


@pytest.mark.parametrize("case", LATE)
def test_late(world: World, case: str) -> None:
    line, wanted = LATE[case]
    snapshot = world(f"as_of 2033-12-31\npolicy 岚科字〔2024〕3号  {line}")
    assert verdicts(snapshot, "disclosure.late") == ([wanted] if wanted else [])


def test_what_is_published_later_is_not_late_yet(world: World) -> None:
    """Asked about May, a paper of March that went up in June had not been published late: that came after."""
    line = "policy 岚科字〔2024〕3号  disclosure 主动公开  dated 2024-03-04  published 2024-06-04"
    assert verdicts(world(f"as_of 2024-05-31\n{line}"), "disclosure.late") == []
    assert verdicts(world(f"as_of 2024-06-04\n{line}"), "disclosure.late") == [("fail", "warning")]


def test_late_counts_and_shows_both_days() -> None:
    text = paper(page="公开方式：主动公开\n发布日期：2024-04-10")
    [finding] = findings(papers({"甲.html": text}), "disclosure.late")
    assert finding.message == "2024-03-04成文，2024-04-10公开，隔26个工作日，期限20个工作日"
    assert [one.quote for one in finding.evidence] == ["2024年3月4日", "2024-04-10"]


# disclosure.inconsistent (OPN-03) ------------------------------------------------------------------------------

FORWARDED = {
    "more open": ("主动公开", "disclosure 依申请公开", ("fail", "warning")),
    "of what is closed": ("依申请公开", "disclosure 不予公开", ("fail", "warning")),
    "alike": ("主动公开", "disclosure 主动公开", None),
    "less open": ("依申请公开", "disclosure 主动公开", None),
    "with parts left out": ("主动公开", "disclosure 主动公开（删减）", None),
    "the forwarded one is unmarked": ("主动公开", "", None),
    "a mark that says none": ("主动公开", "disclosure 其他", None),
}


@pytest.mark.parametrize("case", FORWARDED)
def test_forwarded(world: World, case: str) -> None:
    ours, theirs, wanted = FORWARDED[case]
    snapshot = world(f"""
        policy 岚科字〔2024〕3号  disclosure {ours}  forwards 岚政发〔2024〕5号
        policy 岚政发〔2024〕5号  {theirs}
    """)
    assert verdicts(snapshot, "disclosure.inconsistent") == ([wanted] if wanted else [])


def test_what_is_only_cited_may_be_closed(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  disclosure 主动公开  basis 岚政发〔2024〕5号
        policy 岚政发〔2024〕5号  disclosure 依申请公开
    """)
    assert verdicts(snapshot, "disclosure.inconsistent") == []


def test_forwarded_says_what_is_what(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2024〕3号  disclosure 主动公开  forwards 岚政发〔2024〕5号
        policy 岚政发〔2024〕5号  《人才意见》  disclosure 依申请公开
    """)
    [finding] = [one for one in audit(snapshot).findings if one.rule == "disclosure.inconsistent"]
    assert finding.message == "本文件主动公开，所转发的《人才意见》（岚政发〔2024〕5号）是依申请公开"
    assert finding.related == ("岚政发〔2024〕5号",)


def test_copies_of_a_joint_paper_differ() -> None:
    files = {"牵头.docx": paper(), "联合.docx": paper(note="（此件依申请公开）")}
    [finding] = findings(papers(files), "disclosure.inconsistent")
    assert "“主动公开”" in finding.message
    assert "“依申请公开”" in finding.message
    assert {one.path for one in finding.evidence} == {"牵头.docx", "联合.docx"}
    assert results(papers({"牵头.docx": paper(), "联合.pdf": paper()}), "disclosure.inconsistent") == []


# The attributes of the national profile ------------------------------------------------------------------------


@pytest.mark.parametrize("attribute", PROFILE.attributes, ids=lambda attribute: attribute.name)
def test_the_words_fit_their_examples(attribute: Attribute) -> None:
    places = [PROFILE.openness(example) for example in attribute.examples]
    assert attribute.examples
    assert places == [PROFILE.attributes.index(attribute)] * len(places)
