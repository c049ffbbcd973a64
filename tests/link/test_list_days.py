"""The day on which the papers of an annex, a table or a list end, where a sentence outside the list says it (domain.md
§5.3: an explicit day comes first)."""

from __future__ import annotations

from datetime import date

import pytest

from policylib.model import Effect, State
from tests.link.shelf import held, paper, shelve

A, B = "岚科发〔2016〕31号", "岚科发〔2015〕8号"
ITEM_A = f"1.《岚州市人才办法》（{A}）"
ITEM_B = f"1.《岚州市专家办法》（{B}）"
OF_A = f"附件1\n废止的文件目录\n{ITEM_A}"
OF_B = f"附件2\n宣布失效的文件目录\n{ITEM_B}"
FIRST, SECOND, SIGNED = date(2022, 3, 1), date(2022, 6, 1), date(2022, 2, 10)


def result(body: str, *annexes: str, title: str = "岚州市科学技术局关于公布规范性文件清理结果的通知") -> str:
    """A cleanup result of 2022-02-10 with its annexes behind it."""
    return paper(title, "岚科发〔2022〕5号", "2022-02-10", f"经清理，{body}") + "".join(f"{one}\n" for one in annexes)


def ends(*texts: str) -> dict[str, Effect]:
    """What ends which paper."""
    return {one.work: one for one in shelve(*texts).effects if one.kind in ("repeal", "lapse")}


def days(*texts: str) -> dict[str, date | None]:
    return {key: one.effective for key, one in ends(*texts).items()}


ONE_DAY = (
    "附件1所列文件自2022年3月1日起废止。",
    "附件1所列的1件规范性文件，自2022年3月1日起停止执行。",
    "废止的文件自2022年3月1日起停止执行。",
    "废止和宣布失效的文件自2022年3月1日起停止执行，不再作为行政管理的依据。",
    "决定废止下列文件，自2022年3月1日起停止执行。",
    "决定自2022年3月1日起，废止1件（目录见附件1）。",
    "决定自2022年3月1日起废止部分规范性文件。",
    "对附件所列文件予以废止，自2022年3月1日起不再作为行政管理依据。",
    "对附件所列文件宣布失效，自2022年3月1日起不再作为行政管理依据。",
    "上述文件于2022年3月1日废止。附件1所列文件目录附后。",
    "附件1所列文件执行至2022年6月30日的说法有误，应自2022年2月28日24时起废止。",
    "附件1所列文件自2022年3月1日起废止。本通知自2022年6月1日起施行。",
    "本通知自印发之日起施行，附件1所列文件自2022年3月1日起废止。",
)


@pytest.mark.parametrize("body", ONE_DAY)
def test_a_listed_paper_ends_on_the_day_that_the_text_names(body: str) -> None:
    assert days(result(body, OF_A)) == {A: FIRST}


@pytest.mark.parametrize(
    "title", ["岚州市科学技术局关于废止部分规范性文件的通知", "岚州市科学技术局关于宣布失效一批文件的决定"]
)
def test_whatever_the_result_is_called(title: str) -> None:
    assert days(result("附件1所列文件自2022年3月1日起废止。", OF_A, title=title)) == {A: FIRST}


def test_a_list_right_below_its_sentence() -> None:
    assert days(result(f"下列文件自2022年3月1日起宣布失效：\n{ITEM_A}")) == {A: FIRST}


def test_the_day_in_the_heading_of_the_list() -> None:
    assert days(result("现将结果公布如下。", f"附件1\n自2022年3月1日起废止的文件目录\n{ITEM_A}", OF_B)) == {
        A: FIRST,
        B: SIGNED,
    }


TWO_DAYS = (
    "附件1所列文件自2022年3月1日起废止，附件2所列文件自2022年6月1日起失效。",
    "附件2所列文件自2022年6月1日起停止执行；附件1所列文件自2022年3月1日起停止执行。",
    "废止的文件自2022年3月1日起停止执行；宣布失效的文件自2022年6月1日起停止执行。",
    "决定自2022年3月1日起，废止1件（目录见附件1），自2022年6月1日起，宣布失效1件（目录见附件2）。",
)


@pytest.mark.parametrize("body", TWO_DAYS)
def test_each_day_goes_to_the_rows_that_the_sentence_names(body: str) -> None:
    assert days(result(body, OF_A, OF_B)) == {A: FIRST, B: SECOND}


def test_two_lists_each_below_its_own_sentence() -> None:
    body = f"一、下列文件自2022年3月1日起废止：\n{ITEM_A}\n二、下列文件自2022年6月1日起废止：\n{ITEM_B}"
    assert days(result(body)) == {A: FIRST, B: SECOND}


def test_what_the_sentence_does_not_speak_of_ends_with_the_result() -> None:
    assert days(result("附件1所列文件自2022年3月1日起废止。", OF_A, OF_B)) == {A: FIRST, B: SIGNED}


def test_at_once_is_the_day_of_the_result() -> None:
    body = "附件1所列文件自印发之日起废止，附件2所列文件自2022年6月1日起失效。本通知自2022年4月1日起施行。"
    assert days(result(body, OF_A, OF_B)) == {A: SIGNED, B: SECOND}


UNTOLD = (
    "附件1所列文件分别自2022年3月1日和2022年6月1日起废止。",
    "废止的文件自2022年3月1日起停止执行。废止的文件自2022年6月1日起不再作为行政管理依据。",
    "决定废止文件2件，其中1件自2022年6月1日起废止。",
)


@pytest.mark.parametrize("body", UNTOLD)
def test_a_day_that_cannot_be_given_to_a_row_is_a_doubt(body: str) -> None:
    linked = shelve(result(body, OF_A), paper("岚州市科学技术局关于印发《岚州市人才办法》的通知", A, "2016-08-22"))
    status = held(linked, A, "2023-01-01")
    assert status.state is State.UNKNOWN
    assert status.doubt is not None and "看不出哪一天是它的" in status.doubt.why


OF_OTHERS = (
    "凡未列入继续有效目录的文件，自2022年5月1日起一律废止。",
    "附件1所列文件拟自2022年3月1日起废止。",
    "《岚州市奖励办法》（岚科发〔2012〕2号）自2022年3月1日起废止，附件1所列文件已有新规定。",
    "对附件1所列文件予以废止，其中《岚州市奖励办法》（岚科发〔2012〕2号）自2022年3月1日起废止。",
    "附件1所列文件不自2022年3月1日起停止执行。",
)


@pytest.mark.parametrize("body", OF_OTHERS)
def test_a_day_of_something_else_is_not_that_of_the_list(body: str) -> None:
    assert days(result(body, OF_A))[A] == SIGNED


def test_an_annex_in_a_file_of_its_own_has_its_day_from_the_paper() -> None:
    body = "附件1所列文件自2022年3月1日起废止。\n附件：1.废止的规范性文件目录"
    alone = f"附件1\n废止的规范性文件目录\n{ITEM_A}\n"
    assert days(result(body), alone) == {A: FIRST}


def test_the_sentence_stands_beside_the_row() -> None:
    one = ends(result("附件1所列文件自2022年3月1日起废止。", OF_A))[A]
    assert one.since is not None
    assert one.since.evidence.quote == "经清理，附件1所列文件自2022年3月1日起废止。"
    assert one.evidence is not None and A in one.evidence.quote
