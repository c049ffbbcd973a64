"""A number that a held paper does not print, given by its interpretation: it means that paper and no second one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.link.shelf import only, paper, shelve, work

OIL = paper(
    "岚州海关关于进口渔获采信要求的公告",
    day="2023-12-25",
    body="本公告自2024年1月1日起执行。",
    issuer="岚州海关",
)
OIL_KEY = "《岚州海关关于进口渔获采信要求的公告》"
FARMS = paper(
    "岚州市水利局关于发布《岚州市养殖场备案办法》的公告",
    day="2024-03-04",
    body="现予公布，自2024年4月15日起施行。",
    issuer="岚州市水利局",
)
FARMS_KEY = "《岚州市水利局关于发布〈岚州市养殖场备案办法〉的公告》"


def explaining(sentence: str, heading: str) -> str:
    rest = "一、主要内容按照岚州海关公告〔2023〕93号的附件办理。"
    return f"{heading}\n{sentence}现就有关内容解读如下：{rest}\n"


def explanation(
    made: str = "2023年12月25日", starts: str = "2024年1月1日", number: str = "岚州海关公告〔2023〕93号"
) -> str:
    sentence = f"岚州海关于{made}发布{number}（关于进口渔获采信要求的公告），决定采信，自{starts}起施行。"
    return explaining(sentence, "解读｜关于进口渔获采信要求的公告")


def test_name_organ_and_day_make_the_number_that_of_the_held_paper() -> None:
    linked = shelve(OIL, explanation())
    relation = only(linked, "interprets")
    assert (relation.target, relation.tier) == (OIL_KEY, "T8")
    assert [str(one) for one in work(linked, OIL_KEY).cited_as] == ["岚州海关公告〔2023〕93号"]
    assert work(linked, OIL_KEY).numbers == ()
    assert [one.key for one in linked.works if not one.held] == []


def test_the_evidence_is_the_sentence_that_gives_number_and_day_and_says_what_agrees() -> None:
    relation = only(shelve(OIL, explanation()), "interprets")
    assert "发布岚州海关公告〔2023〕93号（关于进口渔获采信要求的公告）" in relation.evidence.quote
    assert relation.detail == (
        "所存文件没有文号，文号是解读写的；标题、机关、发布日期（2023-12-25）、施行日期（2024-01-01）相同"
    )


def test_other_papers_that_cite_the_number_find_it_too() -> None:
    later = paper(
        "关于做好采信工作的通知", "岚科发〔2024〕9号", "2024-05-06", "根据岚州海关公告2023年第93号，现通知如下。"
    )
    linked = shelve(OIL, explanation(), later, reverse=True)
    [relation] = [one for one in linked.relations if one.source == "岚科发〔2024〕9号"]
    assert (relation.kind, relation.target, relation.tier) == ("basis", OIL_KEY, "T8")


def test_the_name_of_the_rules_with_公告_and_their_first_day() -> None:
    text = explaining(
        "市水利局于2024年3月5日发布了《岚州市养殖场备案办法的公告》（岚州市水利局公告2024年第7号），自2024年4月15日起施行。",
        "《岚州市养殖场备案办法》公告的政策解读",
    )
    relation = only(shelve(FARMS, text), "interprets")
    assert (relation.target, relation.tier) == (FARMS_KEY, "T8")
    assert relation.detail and "施行日期（2024-04-15）相同" in relation.detail


def test_the_day_may_open_the_sentence() -> None:
    told = explanation().replace("岚州海关于2023年12月25日发布", "2023年12月25日，岚州海关发布")
    told = told.replace("，自2024年1月1日起施行", "")
    assert only(shelve(OIL, told), "interprets").tier == "T8"


def test_an_announcement_of_several_is_not_in_the_series_of_one() -> None:
    joint = OIL.replace("岚州海关关于", "岚州海关 岚州市水利局关于").replace(
        "\n岚州海关\n", "\n岚州海关 岚州市水利局\n"
    )
    linked = shelve(joint, explanation())
    assert all(one.cited_as == () for one in linked.works)


NOT_THIS = {
    "no day agrees": explanation(made="2023年12月28日", starts="2024年1月1日").replace("，自2024年1月1日起施行", ""),
    "made public before it was made": explanation(made="2023年12月20日"),
    "another first day": explanation(starts="2024年2月1日"),
    "a number of another year": explanation(number="岚州海关公告〔2022〕93号"),
    "a number of another organ": explanation(number="东岭海关公告〔2023〕93号"),
    "another day of another paper": explaining(
        "《岚州市渔获办法》自2024年1月1日起施行。岚州海关发布岚州海关公告〔2023〕93号（关于进口渔获采信要求的公告）。",
        "解读｜关于进口渔获采信要求的公告",
    ),
}


@pytest.mark.parametrize("case", NOT_THIS)
def test_without_agreement_the_number_is_no_held_papers(case: str) -> None:
    linked = shelve(OIL, NOT_THIS[case])
    assert work(linked, OIL_KEY).cited_as == ()
    assert all(one.tier != "T8" for one in linked.relations)


def test_of_two_papers_that_fit_neither_is_taken() -> None:
    earlier = OIL.replace("2023年12月25日", "2023年12月20日")
    assert all(one.cited_as == () for one in shelve(OIL, earlier, explanation()).works)
    told = explanation().replace("，自2024年1月1日起施行", "")
    [taken] = [one for one in shelve(OIL, earlier, told).works if one.cited_as]
    assert taken.dated == date(2023, 12, 25)


def test_a_number_that_two_interpretations_give_to_two_papers_is_neithers() -> None:
    second = OIL.replace("渔获", "木材")
    linked = shelve(OIL, second, explanation(), explanation().replace("渔获", "木材"))
    assert all(one.cited_as == () for one in linked.works)


def test_a_paper_that_two_interpretations_number_differently_has_neither() -> None:
    other = explanation(number="岚州海关公告〔2023〕95号").replace("解读｜", "公告解读：")
    linked = shelve(OIL, explanation(), other)
    assert work(linked, OIL_KEY).cited_as == ()


def test_a_paper_that_prints_its_number_has_that_one() -> None:
    printed = paper("岚州海关关于进口渔获采信要求的公告", "岚州海关公告2023年第93号", "2023-12-25", issuer="岚州海关")
    linked = shelve(printed, explanation())
    assert only(linked, "interprets").tier == "T0"
    assert all(one.cited_as == () for one in linked.works)
