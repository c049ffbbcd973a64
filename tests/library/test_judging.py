"""What people say: refused when nobody could apply it, obeyed when kept, taken back by a later word."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from policylib.errors import JudgementError
from policylib.library import Library, store
from policylib.model import Judgement, Relation

MEASURES = "云政办发〔2021〕5号"
AWARD = "云科字〔2019〕12号"
REPEAL = "云科字〔2022〕3号"
CITED = "《云泽市奖章制作规范》"
ANOTHER = "云泽市科学技术局关于做好奖励工作的通知\n云科字〔2023〕1号\n根据《云泽市奖章制作规范》，现通知如下。\n"


def value(field: str, said: str, key: str = AWARD) -> Judgement:
    return Judgement("set", key, field=field, value=said)


def repeals(library: Library) -> list[Relation]:
    return [one for one in library.links(AWARD).incoming if one.kind == "repeals"]


REFUSED = {
    "a month is no day": (value("dated", "2024年3月"), "2024-03-01"),
    "no day of the calendar": (value("published", "2024-02-30"), "2024-03-01"),
    "a word": (value("expires", "长期"), "2024-03-01"),
    "a year that cannot be": (value("expires", "20290-04-30"), "2024-03-01"),
    "a slip of the year": (value("dated", "0219-06-11"), "2024-03-01"),
    "an end before the beginning": (value("expires", "2000-01-01"), "失效日期（2000-01-01）早于"),
    "a title of two lines": (value("title", "云泽市科技\n奖励办法"), "标题应写在一行里"),
    "a kind of paper that there is not": (value("doc_type", "红头"), "没有“红头”这个文种，可写：决议"),
    "an attribute that there is not": (value("disclosure", "大概公开"), "可写：主动公开、依申请公开"),
    "a registration number without figures": (value("registration_number", "已登记"), "ZBCR-2017-0020003"),
    "unknown field": (value("colour", "红"), "drafter（起草单位）"),
    "unknown work": (value("drafter", "云泽市财政局", "云科字〔1999〕1号"), "没有编号为"),
    "a number that was not read": (value("number", "云科字〔2019〕13号"), "只能确认读出的文号"),
    "unknown verdict": (Judgement("maybe", AWARD, MEASURES, "basis"), "accept"),  # type: ignore[arg-type]
    "no such relation": (Judgement("reject", AWARD, MEASURES, "basis"), "没有这条关系"),
    "the relation the wrong way round": (Judgement("accept", AWARD, REPEAL, "repeals"), "没有这条关系"),
    "a relation to nobody": (Judgement("accept", AWARD, "《无》", "basis"), "没有编号为"),
}


@pytest.mark.parametrize(("said", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_applied_is_refused_and_harms_nothing(office: Library, said: Judgement, message: str) -> None:
    before = office.snapshot()
    with pytest.raises(JudgementError, match=message):
        office.judge(value("drafter", "云泽市财政局"), said)
    assert office.judgements() == ()
    assert office.snapshot() == before
    Library.open(office.path).close()


def test_a_work_that_is_only_cited_cannot_be_corrected(holding: object) -> None:
    library = holding(ANOTHER)  # type: ignore[operator]
    assert not library.get(CITED).held
    with pytest.raises(JudgementError, match="没有原文"):
        library.judge(value("drafter", "云泽市财政局", library.get(CITED).key))


@pytest.mark.parametrize("written", ["2019-06-11", "2019年6月11日", "2019-6-11", " 2019-06-11 "])
def test_dates_are_kept_as_iso(office: Library, written: str) -> None:
    office.judge(value("dated", written))
    assert office.get(AWARD).dated == date(2019, 6, 11)
    assert [one.value for one in office.judgements()] == ["2019-06-11"]


@pytest.mark.parametrize(("written", "kept"), [
    ("2019-06-11 9:30", datetime(2019, 6, 11, 9, 30)), ("2019-06-11T09:30:05", datetime(2019, 6, 11, 9, 30, 5)),
    ("2019-06-11 00:00", date(2019, 6, 11)), ("2019年6月11日", date(2019, 6, 11)),
])  # fmt: skip
def test_a_publication_keeps_its_hour(office: Library, written: str, kept: date) -> None:
    office.judge(value("published", written))
    assert office.get(AWARD).published == kept


@pytest.mark.parametrize(("field", "said"), [
    ("doc_type", "若干措施"), ("doc_type", "通知"), ("disclosure", "此件公开发布"), ("disclosure", "不予公开"),
    ("registration_number", "HFGS—2017—9"), ("registration_number", "云府规审〔2019〕1号"),
    ("registration_number", "YZ0320240034"), ("title", "云泽市　科技奖励办法"),
])  # fmt: skip
def test_what_may_be_true_is_kept(office: Library, field: str, said: str) -> None:
    office.judge(value(field, said))
    assert getattr(office.get(AWARD), field) == said


def test_dates_that_belong_together_are_corrected_together(office: Library) -> None:
    office.judge(value("expires", "2024-06-30"))
    with pytest.raises(JudgementError, match="早于施行日期（2025-01-01）"):
        office.judge(value("effective", "2025-01-01"))
    office.judge(value("effective", "2025-01-01"), value("expires", "2029-12-31"))
    with pytest.raises(JudgementError, match="早于"):
        office.judge(value("expires", "2024-12-31"))
    office.judge(value("effective", ""), value("expires", "2024-12-31"))


def test_the_last_word_counts_and_an_empty_one_takes_it_back(office: Library) -> None:
    read = office.get(AWARD)
    office.judge(value("drafter", "云泽市财政局"), value("dated", "2019-06-11"))
    office.judge(value("drafter", "云泽市教育局"))
    drafter = office.get(AWARD).drafter
    assert drafter is not None and drafter.names == ("云泽市教育局",)
    office.judge(value("drafter", ""), value("dated", ""))
    assert office.get(AWARD) == read
    assert len(office.judgements()) == 5


def test_a_rejected_relation_can_be_accepted_again(office: Library) -> None:
    (repeal,) = repeals(office)
    ends = (repeal.source, repeal.target, repeal.kind)
    office.judge(Judgement("reject", *ends))
    assert repeals(office) == []
    office.judge(Judgement("accept", *ends))
    assert [one.judged for one in repeals(office)] == [True]


def test_a_bad_word_of_an_older_version_is_passed_over(office: Library) -> None:
    read = office.get(AWARD)
    with office._database.transaction():
        store.save_judgement(office._database, value("dated", "2024年3月"))
        store.save_judgement(office._database, value("colour", "红"))
        store.save_judgement(office._database, value("title", "云泽市科技奖励办法"))
    with Library.open(office.path) as library:
        work = library.get(AWARD)
        assert (work.dated, work.title) == (read.dated, "云泽市科技奖励办法")


def test_links_name_what_was_said_of_the_work_at_either_end(office: Library) -> None:
    (repeal,) = repeals(office)
    office.judge(Judgement("accept", repeal.source, repeal.target, repeal.kind, who="李工"), value("title", "奖励办法"))
    assert [one.verdict for one in office.links(AWARD).judgements] == ["accept", "set"]
    assert [one.who for one in office.links(REPEAL).judgements] == ["李工"]
    assert office.links(MEASURES).judgements == ()
