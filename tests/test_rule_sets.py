from pathlib import Path

import pytest

from policylib import tables
from policylib.errors import TableError
from policylib.model import Office
from policylib.rule_sets import disclosure_profile, number_profile, validity_profile
from policylib.rules.context import Context


def profile(folder: Path, lines: str) -> Context:
    """The rules of an office whose own rule set says this."""
    (folder / "profiles").mkdir()
    (folder / "profiles" / "own.toml").write_text(
        f'id = "own"\nregion = "东岭省"\nsource = "东岭省规定"\n{lines}\n', encoding="utf-8"
    )
    return Context(tables.load(folder), Office("东岭省/岚州市"))


@pytest.mark.parametrize(
    ("lines", "line", "fault"),
    [
        ("[validity]\nterm = 3", 5, "不认识 validity.term，可写 term_years"),
        ("[validity]\nterm_years = 5", 5, "应为最短和最长的年数"),
        ("[validity]\nauto_expire = true\nterm_years = [5, 3]", 6, "值“[5, 3]”不对，应为最短和最长的年数"),
        ('[validity]\nmust_state_term = "yes"', 5, '值“"yes"”不对，应为 true 或 false'),
        ("[validity]\nevaluate_before_months = -1", 5, "不小于 0"),
        ('[validity]\nevaluate_before_months = "6"', 5, '值“"6"”不对'),
        ("[validity]\nmin_days_before_effect = true", 5, "值“true”不对，应为不小于 0 的整数"),
        ('[validity]\ntrial_words = "试行"', 5, "应为一组词"),
        ("[contents]\nrate_percent = 200", 5, "值“200”不对，应为 0 到 100 的整数"),
        ('[[validity.exempt]]\nrule = "validity.expired"', 4, "缺 where、words、reason"),
        (
            '[[validity.exempt]]\nrule = "x"\nwhere = "标题"\nwords = ["x"]\nreason = "x"',
            6,
            'where 的值“"标题"”不对，应为 title、clause、text 之一',
        ),
        ('[[validity.exempt]]\nrule = "x"\nwhere = "title"\nwords = "x"\nreason = "x"', 7, "words"),
        (
            '[[disclosure.attribute]]\nname = "主动公开"\nwords = ["公开"]\n'
            '[[disclosure.attribute]]\nname = "主动公开"\ncolour = "红"',
            9,
            "不认识 colour",
        ),
        ("[number]\nform_since = 2000", 5, "应为日期"),
        ("[disclosure]\nrepost = 3", 5, "不认识 disclosure.repost"),
        ('[[disclosure.attribute]]\nname = "主动公开"', 4, "缺 words"),
        ("[validityy]\nterm_years = [3, 5]", 4, "不认识 validityy，可写 id、title"),
        ("validity = 3", 4, "应单独写一行 [validity]"),
        ('[validity]\nexempt = "无"', 5, "应每项单独写一行 [[validity.exempt]]"),
        ('from = "2017-01-01"', 4, 'from 的值“"2017-01-01"”不对，应为日期'),
        ("from = 2017-01-01T00:00:00", 4, "应为日期"),
        ("from = 2017-01-01\nto = 2016-12-31", 5, "to（2016-12-31）早于 from（2017-01-01）"),
        ('[contents]\nrequired = ["背景"]', 5, "没有“背景”这种要素，可写：主要内容"),
        ('[consultation]\nleast_days = "七天"', 5, "least_days"),
        ("[consultation]\nmost_days = 7", 5, "不认识 consultation.most_days"),
        ("validity.term_years = [5, 3]", 4, "应为最短和最长的年数"),
    ],
)
def test_a_wrong_setting_is_named_where_it_stands(tmp_path: Path, lines: str, line: int, fault: str) -> None:
    with pytest.raises(TableError) as error:
        profile(tmp_path, lines)
    assert (fault in error.value.message, error.value.line) == (True, line), str(error.value)
    assert error.value.path == str(tmp_path / "profiles" / "own.toml")


def test_a_region_of_a_rule_set_is_checked_as_the_office_s_own(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.toml").write_text('id = "own"\nregion = "山东省/淄搏市"\n', "utf-8")
    with pytest.raises(TableError, match='第2行：没有“山东省/淄搏市”这个地区，应写作 region = "山东省/淄博市"'):
        tables.load(tmp_path)


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
