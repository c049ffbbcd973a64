from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policylib import tables
from policylib.errors import TableError
from policylib.model import Office
from policylib.rule_sets import disclosure_profile, number_profile, validity_profile
from policylib.rules import all_rules
from policylib.rules.context import Context


def profile(folder: Path, lines: str) -> Context:
    """The rules of an office whose own rule set says this."""
    (folder / "profiles").mkdir()
    (folder / "profiles" / "own.toml").write_text(
        f'id = "own"\nregion = "东岭省"\nsource = "东岭省规定"\n{lines}\n', encoding="utf-8"
    )
    return Context(tables.load(folder), Office("东岭省/岚州市"))


@pytest.mark.parametrize(
    ("lines", "read", "fault"),
    [
        ("[validity]\nterm = 3", validity_profile, "不认识 validity.term，可写 term_years"),
        ("[validity]\nterm_years = 5", validity_profile, "应为最短和最长的年数"),
        ("[validity]\nterm_years = [5, 3]", validity_profile, "应为最短和最长的年数"),
        ('[validity]\nmust_state_term = "是"', validity_profile, "应为 true 或 false"),
        ("[validity]\nevaluate_before_months = -1", validity_profile, "不小于 0"),
        ("[validity]\nmin_days_before_effect = true", validity_profile, "不小于 0"),
        ('[validity]\ntrial_words = "试行"', validity_profile, "应为一组词"),
        ('[[validity.exempt]]\nrule = "validity.expired"', validity_profile, "缺 where、words、reason"),
        (
            '[[validity.exempt]]\nrule = "x"\nwhere = "标题"\nwords = ["x"]\nreason = "x"',
            validity_profile,
            "where 应为",
        ),
        ('[[validity.exempt]]\nrule = "x"\nwhere = "title"\nwords = "x"\nreason = "x"', validity_profile, "words"),
        ("[number]\nform_since = 2000", number_profile, "应为日期"),
        ("[disclosure]\nrepost = 3", disclosure_profile, "不认识 disclosure.repost"),
        ('[[disclosure.attribute]]\nname = "主动公开"', disclosure_profile, "缺 words"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, lines: str, read: Callable[..., Any], fault: str) -> None:
    with pytest.raises(TableError, match="profiles 中的 own") as error:
        profile(tmp_path, lines).ruled(None, read)
    assert fault in str(error.value)


def test_a_wrong_setting_is_told_before_anything_is_checked(tmp_path: Path) -> None:
    context = profile(tmp_path, "[validity]\nterm = 3")
    with pytest.raises(TableError):
        all_rules(context.tables, context.office)


def test_an_office_adds_its_own_terms(tmp_path: Path) -> None:
    found = profile(tmp_path, "[validity]\nterm_years = [1, 5]\ndefault_if_unstated = [5, 2]").ruled(
        None, validity_profile
    )
    assert (found.term_years, found.default_if_unstated, found.source) == ((1, 5), (5, 2), "东岭省规定")
    assert found.trial_words == ("试行", "暂行")  # what it leaves out is the nation's


def test_an_office_adds_words_to_an_attribute(tmp_path: Path) -> None:
    lines = '[[disclosure.attribute]]\nname = "依申请公开"\nwords = ["限本系统公开"]'
    found = profile(tmp_path, lines).ruled(None, disclosure_profile)
    assert found.openness("限本系统公开") == found.openness("依申请公开")
    assert [one.name for one in found.attributes] == ["不予公开", "依申请公开", "主动公开"]


def test_without_a_rule_set_nothing_is_known_of_terms() -> None:
    found = Context(tables.builtin()).ruled(None, number_profile)
    assert found.form_since.year == 2000
    shandong = Context(tables.builtin(), Office("山东省/淄博市")).ruled(None, validity_profile)
    assert (shandong.term_years, shandong.trial_years, shandong.evaluate_before_months) == ((3, 5), (1, 2), 6)
    elsewhere = Context(tables.builtin(), Office("浙江省")).ruled(None, validity_profile)
    assert (elsewhere.term_years, elsewhere.source) == ((), "")
