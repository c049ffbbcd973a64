"""What a site prints beside a paper, as an event of the day on which the page was fetched (domain.md §5.3)."""

from __future__ import annotations

import pytest

from policylib.link.status import LABEL_CONFLICT, LABEL_ONLY
from policylib.model import State
from policylib.rules import all_rules, audit
from tests.link.shelf import TABLES, held, paper, shelve, snapshot

TITLE = "岚州市科学技术局关于印发岚州市人才办法的通知"
KEY = "岚科发〔2012〕8号"


def page(says: str, day: str = "") -> str:
    return f"有效性：{says}\n" + paper(TITLE, KEY, day)


@pytest.mark.parametrize(
    ("says", "state"), [("有效", State.IN_FORCE), ("已废止", State.REPEALED), ("已失效", State.LAPSED)]
)
def test_a_page_without_a_day_has_the_state_of_its_label(says: str, state: State) -> None:
    found = held(shelve(page(says), read="2021-03-05"), KEY, "2022-01-01")
    assert (found.state, found.flags) == (state, (LABEL_ONLY,))
    assert found.decisive and found.decisive.evidence
    assert (found.decisive.evidence.before, found.decisive.evidence.quote) == ("有效性：", says)


def test_all_the_choices_of_a_form_say_nothing() -> None:
    assert held(shelve(page("有效 失效 废止"), read="2021-03-05"), KEY, "2022-01-01").state is State.UNKNOWN


def test_nobody_knows_of_which_day_a_label_speaks_when_it_was_read_on_none() -> None:
    assert shelve(page("废止")).effects == ()


def test_a_page_cannot_be_older_than_its_paper() -> None:
    """An archive may write 1980 for any file."""
    assert [one.kind for one in shelve(page("废止", "2012-03-01"), read="1980-01-01").effects] == ["issue"]


def test_a_dated_paper_is_not_dead_because_a_page_says_so() -> None:
    found = held(shelve(page("废止", "2012-03-01"), read="2021-03-05"), KEY, "2022-01-01")
    assert (found.state, found.flags) == (State.IN_FORCE, (LABEL_CONFLICT,))
    assert [one.detail for one in found.losing] == ["废止"]


def test_a_banner_counts_and_a_mark_of_our_own_does_not() -> None:
    banner = "【该文件已被岚科发〔2020〕1号废止】\n" + paper(TITLE, KEY)
    assert held(shelve(banner, read="2021-03-05"), KEY, "2022-01-01").state is State.REPEALED
    own = "【效力标注】本文件已废止：据岚科发〔2020〕1号，自2020年1月1日起废止。\n" + paper(TITLE, KEY)
    assert held(shelve(own, read="2021-03-05"), KEY, "2022-01-01").state is State.UNKNOWN


def test_who_cites_what_only_a_label_calls_dead_is_asked() -> None:
    citing = paper(
        "岚州市科学技术局关于做好人才工作的通知",
        "岚科发〔2023〕1号",
        "2023-01-10",
        f"根据《{TITLE}》（{KEY}），现通知如下。",
    )
    seen = snapshot(page("废止"), citing, read="2021-03-05")
    rules = {one.rule: one for one in audit(seen, all_rules(TABLES, seen.office)).findings}
    cites = rules["currency.cites-repealed"]
    assert (cites.result, "仅据网站标注" in cites.message) == ("unknown", True)
    assert "currency.rests-on-repealed" not in rules
    assert rules["cleanup.label"].result == "unknown", "which paper repealed it, the library does not know"
