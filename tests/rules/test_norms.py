"""No norm is said to say more than it does: whom it binds, and what it asks (domain.md §6.1, §7.1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policylib import tables
from policylib.model import Office
from policylib.rule_sets import profiles
from policylib.rules import all_rules

ELSEWHERE = ("安顺", "平度", "辽政办", "云南", "山东", "通榆", "宿迁")
BASES = {rule.id: rule.basis for rule in all_rules()}


@pytest.mark.parametrize("rule", [rule for rule, basis in BASES.items() if "68号" in basis])
def test_the_decision_on_papers_of_the_state_council_is_an_analogy_for_others(rule: str) -> None:
    assert "参照国发〔2015〕68号对宣布失效的国务院文件的要求" in BASES[rule]


@pytest.mark.parametrize("rule", ["currency.cites-repealed", "draft.cites-dead"])
def test_what_binds_stands_before_the_analogy(rule: str) -> None:
    assert BASES[rule].startswith("党政机关公文处理工作条例第二十条")


def test_where_the_decision_says_nothing_it_is_not_named() -> None:
    assert not [rule for rule in ("validity.expired", "cleanup.order", "cleanup.old-version") if "68号" in BASES[rule]]


@pytest.mark.parametrize("rule", BASES)
def test_what_others_ask_is_named_an_example(rule: str) -> None:
    for place in ELSEWHERE:
        assert place not in BASES[rule].partition("外地的例子：")[0]


def test_the_norm_on_originals_is_an_analogy_for_the_pages_of_interpretations() -> None:
    assert BASES["cleanup.label"].startswith("国办发〔2017〕24号")
    assert BASES["interpretation.dead-policy"].startswith("参照国办发〔2017〕24号")
    assert "没有直接说到解读的页面" in BASES["interpretation.dead-policy"]


@pytest.mark.parametrize(
    ("rule", "setting", "words"),
    [
        ("interpretation.rate", "rate_percent = 90", "东岭省解读办法：解读率不低于90%"),
        ("interpretation.copied", "copied_percent = 40", "东岭省解读办法：照抄原文的不算解读"),
        ("interpretation.first-person", "first_person_yearly = 2", "东岭省解读办法：主要负责人每年至少解读2次"),
    ],
)
def test_where_the_own_region_has_a_rule_there_is_no_example(
    tmp_path: Path, rule: str, setting: str, words: str
) -> None:
    (tmp_path / "profiles").mkdir()
    own = f'id = "own"\nregion = "东岭省"\nsource = "东岭省解读办法"\n[contents]\n{setting}\n'
    (tmp_path / "profiles" / "own.toml").write_text(own, "utf-8")
    loaded = tables.load(tmp_path)
    for region, there in (("东岭省/岚州市", True), ("西岭省/云泽市", False)):
        (basis,) = (one.basis for one in all_rules(loaded, Office(region)) if one.id == rule)
        assert (words in basis, "外地的例子" in basis) == (there, not there)


def test_papers_that_the_norm_does_not_list_are_not_exempted_in_its_name() -> None:
    (national,) = profiles(tables.builtin(), "", None)
    listed = re.compile("表彰奖惩|人事任免|机构编制|工作方案|内部管理|请示、报告|会议")
    for row in national["interpretation"]["exempt"]:
        assert ("115号" in row.get("source", "")) == bool(listed.search(row["reason"])), row["reason"]
