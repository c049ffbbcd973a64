"""What people say: refused when nobody could apply it, obeyed when kept, taken back by a later word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from policylib.errors import JudgementError
from policylib.library import Library, store
from policylib.model import Judgement, Relation, State
from tests.yunze import AWARD, MEASURES, REPEAL

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
    "a completion of a paper that gives no task": (value("completion", "办结"), "没有从中读出任务"),
    "a task of a paper that gives none": (value("completion:没有的任务", "办结"), "没有从中读出任务"),
    "a drafter with a zero in it": (value("drafter", "\x00a"), r"值（value）第 1 个字符不是文字（U\+0000）"),
    "half a character": (value("title", "办法\ud800"), r"第 3 个字符不是文字（U\+D800）"),
    "a drafter as long as a book": (value("drafter", "局" * 100_000), "有 100000 个字，最多 2000 个"),
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


NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def known_on(library: Library, day: date) -> tuple[State, date | None]:
    found = library.status(AWARD, date(2024, 12, 31), day)
    return found.state, found.since


def test_what_was_confirmed_later_was_not_known_before(office: Library) -> None:
    (repeal,) = repeals(office)
    ends = (repeal.source, repeal.target, repeal.kind)
    office.judge(Judgement("reject", *ends, who="张三", when=NOON - timedelta(days=5)))
    office.judge(Judgement("accept", *ends, who="李工", when=NOON))
    assert known_on(office, date(2024, 5, 5))[0] is State.IN_FORCE
    assert known_on(office, date(2024, 5, 6)) == (State.REPEALED, date(2022, 1, 20))
    assert office.status(AWARD, date(2022, 6, 1)).state is State.REPEALED, "who names no day knows all that was said"


def test_what_was_set_or_rejected_later_gives_back_what_the_papers_said(office: Library) -> None:
    (repeal,) = repeals(office)
    ends = (repeal.source, repeal.target, repeal.kind)
    office.judge(Judgement("accept", *ends, when=NOON))
    office.judge(Judgement("reject", *ends, when=NOON + timedelta(days=2)))
    office.judge(replace(value("expires", "2023-06-30"), when=NOON + timedelta(days=4)))
    assert known_on(office, date(2024, 5, 7)) == (State.REPEALED, date(2022, 1, 20))
    assert known_on(office, date(2024, 5, 9))[0] is State.IN_FORCE
    assert known_on(office, date(2024, 5, 10)) == (State.EXPIRED, date(2023, 7, 1))
    assert [one.verdict for one in office.links(AWARD, date(2024, 5, 7)).judgements] == ["accept"]


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


# The form of a word ------------------------------------------------------------------------------------------------

MISSHAPEN: dict[str, dict[str, Any]] = {
    "no value": {"value": None},
    "a figure": {"value": 5},
    "a day that is no text": {"field": "dated", "value": date(2019, 6, 11)},
    "no field": {"field": None},
    "a field that cannot be looked up": {"field": ["drafter"]},
    "nobody": {"who": None},
    "a figure for a reason": {"why": 5},
    "half a character in a name": {"who": "我\udc80"},
    "half a character in a reason": {"why": "\ud83d"},
    "a moment that is text": {"when": "x"},
    "a moment that is a figure": {"when": 5},
    "a moment before all calendars": {"when": datetime.min},
    "a work that is a list": {"source": [AWARD]},
    "no verdict": {"verdict": None},
}


@pytest.mark.parametrize("parts", MISSHAPEN.values(), ids=MISSHAPEN)
def test_what_is_no_word_is_refused_and_the_library_opens(office: Library, parts: dict[str, Any]) -> None:
    given = {"verdict": "set", "source": AWARD, "field": "drafter", "value": "云泽市财政局", **parts}
    with pytest.raises(JudgementError):
        office.judge(value("interpreter", "云泽市教育局"), Judgement(**given))
    with Library.open(office.path) as library:
        assert library.judgements() == ()
        assert library.problems() == office.problems()


def test_a_work_is_named_by_its_key_and_a_word_is_a_judgement(office: Library) -> None:
    work: Any = office.get(AWARD)
    with pytest.raises(JudgementError, match="应是文字，不是 Work"):
        office.judge(value("drafter", "云泽市财政局", work))
    with pytest.raises(JudgementError, match="不是 Work"):
        office.judge(work)


def test_moments_of_every_kind_are_kept_as_one_kind_and_can_be_sorted(office: Library) -> None:
    naive, china = datetime(2024, 3, 1, 9, 30), timezone(timedelta(hours=8))
    moments = (naive, date(2024, 3, 1), datetime(2024, 3, 1, 9, tzinfo=china), None)
    for number, when in enumerate(moments):
        moment: Any = when
        office.judge(
            Judgement("set", AWARD, field="drafter", value=f"云泽市第{number}局", when=moment), new_organs=True
        )
    with Library.open(office.path) as library:
        kept = [one.when for one in library.judgements() if one.when]
    midnight = datetime.combine(date(2024, 3, 1), time())
    assert kept[:3] == [naive.astimezone(), midnight.astimezone(), datetime(2024, 3, 1, 1, tzinfo=UTC)]
    assert {one.tzinfo for one in kept} == {UTC}
    assert sorted(kept)[-1] == kept[3]


UNREADABLE = {
    "no moment": '{"verdict":"set","source":"云科字〔2019〕12号","field":"drafter","value":"甲","when":"x"}',
    "nobody's": '{"verdict":"set","source":"云科字〔2019〕12号","field":"drafter","value":"甲局","who":null}',
    "a part that there is not": '{"verdict":"set","source":"云科字〔2019〕12号","field":"drafter","colour":"红"}',
    "no work": '{"verdict":"set","field":"drafter","value":"甲局"}',
    "no record": "[1]",
    "no JSON": "{",
}


@pytest.mark.parametrize("row", UNREADABLE.values(), ids=UNREADABLE)
def test_a_row_that_cannot_be_read_is_told_and_keeps_nothing_from_opening(office: Library, row: str) -> None:
    read = office.get(AWARD)
    with office._database.transaction():
        office._database.run("insert into judgement (record) values (?)", (row,))
        store.touch(office._database)
    with Library.open(office.path) as library:
        assert (library.get(AWARD), library.judgements()) == (read, ())
        (told,) = (one for one in library.problems() if one.problem.rule == "judgement.unread")
        assert (told.path, told.quote) == ("policies.plib", row)
        assert "第 1 条人工意见无法识别" in told.problem.message
        assert all(one.path != "policies.plib" for one in library.problems(read.documents))


def test_who_says_it_anew_hears_no_more_of_the_row_that_cannot_be_read(office: Library) -> None:
    with office._database.transaction():
        office._database.run("insert into judgement (record) values (?)", (UNREADABLE["no moment"],))
    before = len(office.problems())
    office.judge(value("title", "云泽市科技奖励办法"))
    assert len(office.problems()) == before
    office.judge(value("drafter", ""))
    assert len(office.problems()) == before - 1


PLAN = """云泽市人民政府关于印发2023年工作方案的通知
云政发〔2023〕9号

现将工作方案印发，请贯彻执行。

（一）新建助餐点20处，年底前完成。（市民政局牵头，市财政局配合）
（二）改造老旧小区5个。（市住房城乡建设局牵头）
"""
PLAN_KEY = "云政发〔2023〕9号"


def test_a_completion_is_of_a_task_that_the_paper_gives(holding: Callable[..., Library], tmp_path: Path) -> None:
    library = holding(PLAN)
    assert library.get(PLAN_KEY).tasks
    with pytest.raises(JudgementError, match="没有“completion:没有的任务”这一项任务，可写：completion:新建助餐点20处"):
        library.judge(value("completion:没有的任务", "办结", PLAN_KEY))
    library.judge(value("completion:改造老旧小区5个", "6月办结", PLAN_KEY), value("completion", "办结", PLAN_KEY))
    home = library.path.parent
    (home / "000.txt").write_text(PLAN.replace("（二）改造老旧小区5个", "（二）改造农贸市场"), encoding="utf-8")
    library.add(home)
    library.judge(value("completion:改造老旧小区5个", "", PLAN_KEY))  # what was said can be taken back
    with pytest.raises(JudgementError, match="没有“completion:改造老旧小区5个”"):
        library.judge(value("completion:改造老旧小区5个", "办结", PLAN_KEY))
