"""One work for one policy, however many files of it there are; two where numbers or titles say two (§3.2)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.extract.folding import title_key
from policylib.link.catalogue import Catalogue
from policylib.link.similar_titles import similar
from policylib.model import Work
from tests.link.shelf import held, paper, said, shelve, work

TALENT = "岚州市科学技术局关于印发《岚州市人才办法》的通知"


def keys(*texts: str) -> list[str]:
    return [one.key for one in shelve(*texts).works if one.held]


ONE_WORK = {
    "the same, differently set": (
        paper(TALENT, "岚科发〔2020〕8号", "2020-03-04"),
        paper("岚州市科学技术局\n关于印发《岚州市人才办法》的通知", "岚科发[2020]8号", "2020-03-04"),
    ),
    "one without its number": (
        paper(TALENT, "岚科发〔2020〕8号", "2020-03-04"),
        paper(TALENT, "", "2020-03-04"),
    ),
    "one without issuer in the title": (
        paper(TALENT, "岚科发〔2020〕8号", "2020-03-04"),
        paper("关于印发《岚州市人才办法》的通知", "岚科发〔2020〕8号", "2020-03-04"),
    ),
    "one with a damaged number": (
        paper(TALENT, "岚科发〔2020〕8号", "2020-03-04"),
        paper(TALENT, "岚科发〔20208号", "2020-03-04"),
    ),
    "neither has a number": (
        paper(TALENT, "", "2020-03-04", body="甲文本。"),
        paper(TALENT, "", "2020-03-04", body="乙文本。"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "reversed"])
@pytest.mark.parametrize("case", ONE_WORK)
def test_one_work(case: str, reverse: bool) -> None:
    linked = shelve(*ONE_WORK[case], reverse=reverse)
    [found] = [one for one in linked.works if one.held]
    assert len(found.documents) == 2
    assert found.title
    if "neither" not in case:
        assert found.key == "岚科发〔2020〕8号"
        assert not found.number_repaired


TWO_WORKS = {
    "two numbers, one title": (
        paper(TALENT, "岚科发〔2016〕31号", "2016-08-22"),
        paper(TALENT, "岚科规〔2021〕2号", "2021-08-16"),
    ),
    "two titles, one number": (
        paper("岚州市住建局关于做好防汛工作的通知", "岚建发〔2020〕9号", "2020-03-20"),
        paper("岚州市住建局关于补贴细则的补充通知", "岚建发〔2020〕9号", "2020-03-16"),
    ),
    "titles that differ in the year": (
        paper("岚州市科技局2016年政务公开工作要点", "", "2016-04-01"),
        paper("岚州市科技局2017年政务公开工作要点", "", "2017-04-01"),
    ),
    "one title, two days": (
        paper("岚州市科技局关于开展检查的通知", "", "2016-04-01"),
        paper("岚州市科技局关于开展检查的通知", "", "2017-04-01"),
    ),
    "one title, two organs": (
        paper("关于开展检查的通知", "", "2016-04-01", issuer="岚州市科学技术局"),
        paper("关于开展检查的通知", "", "2016-04-01", issuer="岚州市财政局"),
    ),
    "a policy and what explains it": (
        paper(TALENT, "岚科发〔2020〕8号", "2020-03-04"),
        f"文号：岚科发〔2020〕8号\n《{TALENT}》解读\n近日印发了《{TALENT}》。\n一、背景\n为吸引人才。\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "reversed"])
@pytest.mark.parametrize("case", TWO_WORKS)
def test_two_works(case: str, reverse: bool) -> None:
    linked = shelve(*TWO_WORKS[case], reverse=reverse)
    found = [one for one in linked.works if one.held]
    assert len({one.key for one in found}) == 2
    assert all(len(one.documents) == 1 for one in found)


@pytest.mark.parametrize("title", ["废止", "规定", "??办法", "锟斤拷"])
def test_a_garbled_citation_makes_no_absent_paper(title: str) -> None:
    body = "根据《{}》、《岚州市科普条例》和《民法典》，现通知如下。"
    linked = shelve(paper("岚州市科学技术局关于做好科普工作的通知", day="2024-03-01", body=body.format(title)))
    assert {one.key for one in linked.works if not one.held} == {"《岚州市科普条例》", "《民法典》"}


def test_of_a_garbled_title_the_number_is_left() -> None:
    body = "根据《废止》（岚科规〔2021〕2号），现通知如下。"
    linked = shelve(paper("岚州市科学技术局关于做好科普工作的通知", day="2024-03-01", body=body))
    [cited] = [one for one in linked.works if not one.held]
    assert (cited.key, cited.title) == ("岚科规〔2021〕2号", None)


def test_two_works_of_one_number_have_keys_apart() -> None:
    found = keys(*TWO_WORKS["two titles, one number"])
    assert len(set(found)) == 2
    assert all(key.startswith("岚建发〔2020〕9号#") for key in found)


def test_a_third_file_goes_to_its_own_title() -> None:
    flood, supplement = TWO_WORKS["two titles, one number"]
    again = paper("岚州市住建局关于做好防汛工作的通知", "岚建发〔2020〕9号", "2020-03-20", body="请认真执行！")
    linked = shelve(flood, supplement, again)
    assert sorted(len(one.documents) for one in linked.works if one.held) == [1, 2]


def test_names_of_a_notice() -> None:
    [found] = shelve(
        paper("岚州市科学技术局关于印发《岚州市人才办法（试行）》的通知", "岚科发〔2020〕8号", "2020-03-04")
    ).works
    assert {"关于印发《岚州市人才办法（试行）》的通知", "岚州市人才办法（试行）", "岚州市人才办法"} <= set(
        found.aliases
    )
    assert found.instruments == ("岚州市人才办法（试行）",)
    assert found.issuers == ("岚州市科学技术局",)


def test_relative_issuer_becomes_the_organ() -> None:
    linked = shelve(paper("关于做好某事的通知", "岚科发〔2020〕8号", "2020-03-04", issuer="市科技局"))
    assert work(linked, "岚科发〔2020〕8号").issuers == ("岚州市科学技术局",)


DRAFTERS = {
    "a bureau's own": ("岚州市科学技术局", "请执行。", ("岚州市科学技术局",), "E5", "presumed"),
    "the first of several": (
        "岚州市科学技术局\n岚州市财政局", "请执行。", ("岚州市科学技术局",), "E6", "presumed"),
    "the text says": (
        "岚州市人民政府", "本办法由市财政局起草。", ("岚州市财政局",), "E2", "stated"),
    "ask there": (
        "岚州市人民政府", "执行中遇到问题，请径向市财政局反映。", ("岚州市财政局",), "E4", "proxy"),
}  # fmt: skip


@pytest.mark.parametrize("case", DRAFTERS)
def test_drafter(case: str) -> None:
    issuer, body, names, ladder, certainty = DRAFTERS[case]
    linked = shelve(paper("关于做好某事的通知", "岚政发〔2020〕8号", "2020-03-04", body=body, issuer=issuer))
    drafter = work(linked, "岚政发〔2020〕8号").drafter
    assert drafter
    assert (drafter.names, drafter.ladder, drafter.certainty) == (names, ladder, certainty)


@pytest.mark.parametrize("issuer", ["岚州市人民政府", "岚州市人民政府办公室"])
def test_a_governments_drafter_is_not_presumed(issuer: str) -> None:
    linked = shelve(paper("关于做好某事的通知", "岚政发〔2020〕8号", "2020-03-04", issuer=issuer))
    assert work(linked, "岚政发〔2020〕8号").drafter is None


SIMILAR = {
    "without issuer": ("岚州市科技局关于做好某事的通知", "关于做好某事的通知", True),
    "marks and blanks": ("关于印发《岚州市人才办法》的通知", "关于印发〈岚州市 人才办法〉的通知", True),
    "a slip of the pen": (
        "关于加强全市城市供水和节约用水管理工作的若干意见",
        "关于加强全市城市供水与节约用水管理工作的若干意见",
        True,
    ),
    "another year": ("2016年岚州市政务公开工作要点", "2017年岚州市政务公开工作要点", False),
    "another subject": ("关于做好防汛工作的通知", "关于做好抗旱工作的通知", False),
}


@pytest.mark.parametrize("case", SIMILAR)
def test_similar(case: str) -> None:
    one, other, wanted = SIMILAR[case]
    assert similar(one, other) is wanted
    assert similar(other, one) is wanted


# Annexes ---------------------------------------------------------------------------------------------------------

NOTICE = paper(
    "岚州市人民政府关于公布规范性文件清理结果的通知", "岚政发〔2022〕16号", "2022-06-20",
    "现将清理结果公布如下。\n附件：1.废止的规范性文件目录\n2.继续有效的规范性文件目录", "岚州市人民政府",
)  # fmt: skip
LIST = "附件1\n废止的规范性文件目录\n1.《岚州市供水办法》（岚政发〔2010〕3号）\n"


def test_a_list_in_a_file_of_its_own_belongs_to_the_notice_that_names_it() -> None:
    linked = shelve(NOTICE, LIST)
    notice = work(linked, "岚政发〔2022〕16号")
    assert len(notice.documents) == len(notice.annexes) == 1
    assert said(linked, "repeals") == [("岚政发〔2022〕16号", "repeals", "岚政发〔2010〕3号")]
    assert held(linked, "岚政发〔2010〕3号", "2023-01-01").since == date(2022, 6, 20)
    assert [one.key for one in linked.works if one.role == "cleanup"] == ["岚政发〔2022〕16号"]


def test_a_list_that_two_notices_name_stays_alone() -> None:
    other = NOTICE.replace("〔2022〕16号", "〔2018〕28号").replace("2022年", "2018年")
    linked = shelve(NOTICE, other, LIST)
    assert said(linked, "repeals") == [("《废止的规范性文件目录》", "repeals", "岚政发〔2010〕3号")]


def test_the_title_says_whose_paper_is_cited() -> None:
    """青政发 is the code of 青岛, and of 青田 as well."""
    linked = shelve(
        paper(
            "岚州市科学技术局关于学习外地经验的通知", "岚科发〔2022〕5号", "2022-03-01",
            "请学习《青田县人民政府关于公布规范性文件清理结果的通知》（青政发〔2017〕159号）。",
        )
    )  # fmt: skip
    assert work(linked, "青政发〔2017〕159号").issuers == ("青田县人民政府",)


# Endings --------------------------------------------------------------------------------------------------------

NAMES = st.text("岚州办法细则《》 ", max_size=6)


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), max_size=6), NAMES)
def test_what_ends_with_a_title_is_found_as_by_looking_at_each(named: list[tuple[str, list[str]]], end: str) -> None:
    works = [
        Work(str(place), "policy", held=True, title=title, aliases=tuple(aliases))
        for place, (title, aliases) in enumerate(named)
    ]
    ends = [
        one.key
        for one in works
        if one.title and title_key(end)
        if any(title_key(name).endswith(title_key(end)) for name in (one.title, *one.aliases))
    ]
    assert Catalogue(works).ending(end) == ends


def test_a_work_that_came_later_is_found_by_its_ending() -> None:
    catalogue = Catalogue([Work("甲", "policy", held=True, title="岚州市人才办法实施细则")])
    assert catalogue.ending("《人才办法》实施细则") == ["甲"]
    catalogue.add(Work("乙", "policy", held=False, title="《人才办法》实施细则"))
    assert catalogue.ending("《人才办法》实施细则") == ["乙", "甲"]
