"""What belongs to a mention: number, issuer, short name, tail; and what is mentioned that is no policy (§3.3, §4)."""

from __future__ import annotations

import pytest

from policylib.extract import analyse_text
from policylib.model import Citation, Claim

PAPER = "岚州市科技局关于做好某项工作的通知\n岚科发〔2020〕8号\n各单位：\n{}\n岚州市科技局\n2020年3月4日\n"


def claims(sentence: str) -> tuple[Claim, ...]:
    return analyse_text(PAPER.format(sentence)).claims


def first(sentence: str) -> Citation:
    return claims(sentence)[0].citation


def numbers(citation: Citation) -> list[str]:
    return [str(number) for number in citation.numbers]


# Number and title belong together -------------------------------------------------------------------------------

TOGETHER = {
    "in brackets behind": "根据《岚州市人才办法》（岚政发〔2015〕1号），",
    "half-width brackets": "根据《岚州市人才办法》(岚政发〔2015〕1号),",
    "brackets with a blank": "根据《岚州市人才办法》 （岚政发〔2015〕1号），",
    "with a short name": "根据《岚州市人才办法》（岚政发〔2015〕1号，以下简称《办法》），",
    "with 文 behind": "根据《岚州市人才办法》（岚政发〔2015〕1号文），",
    "without brackets": "根据《岚州市人才办法》岚政发〔2015〕1号，",
    "number before, title in brackets": "根据岚政发〔2015〕1号（《岚州市人才办法》），",
    "bracket never closed": "根据《岚州市人才办法》（岚政发〔2015〕1号，",
}


@pytest.mark.parametrize("case", TOGETHER)
def test_number_and_title_are_one_citation(case: str) -> None:
    found = [claim.citation for claim in claims(f"{TOGETHER[case]}制定本办法。") if claim.relation != "none"]
    assert len(found) == 1
    assert (found[0].title, numbers(found[0]), found[0].form) == ("岚州市人才办法", ["岚政发〔2015〕1号"], "full")


def test_an_order_that_published_it_belongs_to_it() -> None:
    citation = first("根据岚州市人民政府令第9号公布的《岚州市租赁办法》，现通知如下。")
    assert (citation.title, numbers(citation)) == ("岚州市租赁办法", ["岚州市人民政府令第9号"])


def test_orders_that_amended_it_do_not() -> None:
    found = claims("根据《岚州市租赁办法》（岚州市人民政府令第9号公布，岚州市人民政府令第12号修改），现通知如下。")
    basis = [claim.citation for claim in found if claim.relation == "basis"]
    assert [(one.title, numbers(one)) for one in basis] == [("岚州市租赁办法", ["岚州市人民政府令第9号"])]


def test_two_numbers_are_two_names_of_one() -> None:
    citation = first("根据《岚州市科技办法》（岚科发〔2019〕305号、岚科规字〔2019〕8号），现通知如下。")
    assert numbers(citation) == ["岚科发〔2019〕305号", "岚科规字〔2019〕8号"]


def test_the_bracket_of_the_next_is_not_its() -> None:
    found = [
        claim.citation
        for claim in claims("根据《岚州市人才办法》、《岚州市科技办法》（岚政发〔2016〕2号），现通知如下。")
    ]
    assert [numbers(one) for one in found] == [[], ["岚政发〔2016〕2号"]]


def test_a_number_inside_a_title_is_the_titles() -> None:
    found = claims("根据《关于修改岚政发〔2015〕1号文件的通知》，现通知如下。")
    assert [claim.citation.form for claim in found] == ["title"]


def test_repaired() -> None:
    citation = first("根据《岚州市人才办法》(岚政发〔201517号)，制定本办法。")
    assert (numbers(citation), citation.repaired) == (["岚政发〔2015〕17号"], True)


# Issuer outside the title ---------------------------------------------------------------------------------------

ISSUERS = {
    "根据市政府办公室《岚州市人才办法》，": "市政府办公室",
    "根据省委办公厅、省政府办公厅《岚州市人才办法》，": "省委办公厅、省政府办公厅",
    "根据住房和城乡建设部《岚州市人才办法》，": "住房和城乡建设部",
    "根据中共中央办公厅、国务院办公厅《岚州市人才办法》，": "中共中央办公厅、国务院办公厅",
    "根据岚州市财政局印发的《岚州市人才办法》，": "岚州市财政局",
    "根据《岚州市人才办法》，": None,
    "根据有关规定和《岚州市人才办法》，": None,
    "根据上级要求，《岚州市人才办法》": None,
}


@pytest.mark.parametrize("text", ISSUERS)
def test_issuer(text: str) -> None:
    assert first(f"{text}现通知如下。").issuer == ISSUERS[text]


# Short names and tails ------------------------------------------------------------------------------------------

ALIASES = {
    "根据《岚州市人才办法》（以下简称《办法》），": "办法",
    "根据《岚州市人才办法》（以下简称“人才办法”），": "人才办法",
    "根据《岚州市人才办法》（岚政发〔2015〕1号，以下简称《办法》），": "办法",
    "根据《岚州市人才办法》（以下统称《办法》），": "办法",
    "根据《岚州市人才办法》（岚政发〔2015〕1号，以下简称新《办法》），": "办法",
    "根据《岚州市人才办法》（岚政发〔2015〕1号），": None,
}


@pytest.mark.parametrize("text", ALIASES)
def test_alias(text: str) -> None:
    assert first(f"{text}现通知如下。").alias == ALIASES[text]


@pytest.mark.parametrize("later", ["《办法》同时废止。", "《人才办法》同时废止。", "请认真学习《通知》精神。"])
def test_a_short_name_makes_no_work_of_its_own(later: str) -> None:
    found = claims(f"根据《岚州市人才办法》（以下简称《人才办法》），现通知如下。{later}")
    named = [claim.citation for claim in found if claim.relation != "none"]
    assert [one.title for one in named if one.form != "short"] == ["岚州市人才办法"]
    assert all(one.refers_to == 0 for one in named if one.form == "short")


TAILS = {
    "及其实施细则": "根据《岚州市人才办法》（岚政发〔2015〕1号）及其实施细则，",
    "及实施条例": "根据《岚州市人才办法》及实施条例，",
    "及其配套规定": "根据《岚州市人才办法》及其配套规定，",
}


@pytest.mark.parametrize("tail", TAILS)
def test_tail_is_a_second_untitled_target(tail: str) -> None:
    text = PAPER.format(f"{TAILS[tail]}现通知如下。")
    whole, hanging = analyse_text(text).claims
    assert (hanging.citation.form, hanging.citation.title, hanging.citation.numbers) == ("tail", None, ())
    assert hanging.citation.span.of(text) == tail
    assert hanging.citation.refers_to == 0
    assert (whole.relation, hanging.relation) == ("basis", "basis")
    assert whole.citation.title == "岚州市人才办法"


def test_a_titled_neighbour_is_no_tail() -> None:
    found = claims("根据《岚州市人才办法》及其《实施细则的通知》，现通知如下。")
    assert [claim.citation.form for claim in found if claim.citation.form == "tail"] == []


# What is no policy ----------------------------------------------------------------------------------------------

NO_POLICY = {
    "form": "请填写《岚州市人才补贴申请表》。",
    "promise": "并提交《诚信承诺书》。",
    "certificate": "持《居住证》办理。",
    "standard": "应当符合《绿色建筑评价标准》（GB/T 50378-2019）。",
    "annex": "具体见《岚州市人才目录》（见附件1）。",
    "short name": "按照《办法》执行。",
    "the paper itself": "《岚州市科技局关于做好某项工作的通知》请一并公开。",
    "case number": "（2017）岚03民初1号判决书。",
}


def test_a_registration_number_is_no_citation() -> None:
    found = claims("请认真执行（规范性文件登记号：LZCR-2019-0010003）。")
    assert {claim.relation for claim in found} <= {"none"}


@pytest.mark.parametrize("case", NO_POLICY)
def test_no_policy(case: str) -> None:
    relations = {claim.relation for claim in claims(NO_POLICY[case])}
    assert relations <= {"none", "issues", "annex_of"}


def test_every_span_says_what_it_holds() -> None:
    text = PAPER.format(
        "根据市政府办公室《岚州市人才办法》（岚政发〔201517号，以下简称《办法》）及其实施细则、岚政发〔2016〕2号，现通知如下。"
    )
    found = [claim.citation for claim in analyse_text(text).claims]
    assert [one.form for one in found] == ["full", "title", "number", "tail"]
    for citation in found:
        assert citation.raw == citation.span.of(text)
        if citation.title_span and citation.title:
            assert citation.title_span.of(text).strip("《》").replace("\n", "") == citation.title
