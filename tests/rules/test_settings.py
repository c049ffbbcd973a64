"""The settings of a rule set: each is told with the rules that go by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policylib import Library
from policylib.extract import analyse
from policylib.model import Draft, Snapshot
from policylib.profile_form import settings_there_are
from policylib.readers import read_bytes
from policylib.rule_sets import profiles
from policylib.rules import all_rules, audit
from policylib.rules.settings import SETTINGS, present, settings_of
from policylib.tables import Tables, builtin
from tests.regold import CORPUS

# A value that changes what is found in the sample papers, for each setting for which there is one.
OTHERWISE: dict[str, Any] = {
    "interpretation.since": date(2023, 1, 1),
    "interpretation.grace_working_days": 0,
    "interpretation.limit_working_days": 0,
    "interpretation.publish_working_days": 0,
    "interpretation.normative_kinds": ["通知"],
    "interpretation.outside": ["局", "人民政府", "办公室"],
    "interpretation.statutes": ["办法", "规定", "细则", "通知", "方案"],
    "interpretation.exempt": [
        {"where": "title", "words": ["办法", "通知", "的", "规定"], "reason": "试试", "even_if_normative": True}
    ],
    "contents.required": ["新旧差异", "关键词", "背景依据"],
    "contents.when_replacing": ["背景依据", "关键词"],
    "contents.copied_percent": 0,
    "contents.rate_percent": 0,
    "contents.first_person_yearly": 5,
    "consultation.least_days": 90,
    "number.form_since": date(2030, 1, 1),
    "number.series_percent": 100,
    "number.series_least": 99,
    "disclosure.since": date(2030, 1, 1),
    "disclosure.mark_since": date(2030, 1, 1),
    "disclosure.repost_days": 1,
    "disclosure.mark_doc_types": ["令"],
    "disclosure.file_suffixes": [".txt", ".html"],
    "validity.term_years": [1, 1],
    "validity.must_state_term": False,
    "validity.default_if_unstated": [1, 1],
    "validity.auto_expire": False,
    "validity.evaluate_before_months": 60,
    "validity.min_days_before_effect": 300,
    "validity.trial_words": ["办法"],
    "validity.code_endings": ["发"],
    "validity.exempt": [
        {"rule": rule, "where": "text", "words": ["。"], "reason": "试试"}
        for rule in ("validity.term-missing", "validity.notice-short", "validity.term-out-of-range")
    ],
}


@pytest.fixture(scope="module")
def with_drafts(story_library: Library) -> Snapshot:
    drafts = []
    for path in sorted((CORPUS / "drafts").iterdir()):
        document = read_bytes(path.read_bytes(), path.name)
        drafts.append(Draft(analyse(document, story_library.tables), document.text))
    return replace(story_library.snapshot(date(2024, 12, 31)), drafts=tuple(drafts))


@pytest.fixture(scope="module")
def as_it_is(story_library: Library, with_drafts: Snapshot) -> dict[str, list[Any]]:
    return asked(story_library, with_drafts, story_library.tables)


def asked(library: Library, snapshot: Snapshot, tables: Tables) -> dict[str, list[Any]]:
    """What every rule finds, those that are off too."""
    off = tuple(rule.id for rule in all_rules() if not rule.on)
    rules = all_rules(tables, replace(library.office, rules_on=off))
    found: dict[str, list[Any]] = {rule.id: [] for rule in rules}
    for one in audit(snapshot, rules).findings:
        found[one.rule].append(one)
    return found


def test_every_setting_that_a_rule_set_may_have_is_told_of_a_rule() -> None:
    assert sorted(one.key for one in SETTINGS) == sorted(settings_there_are())
    registered = {rule.id for rule in all_rules()}
    for one in SETTINGS:
        assert one.rules
        assert set(one.rules) <= registered, one.key


@pytest.mark.parametrize("key", OTHERWISE)
def test_a_rule_that_goes_by_a_setting_tells_it(
    key: str, story_library: Library, with_drafts: Snapshot, as_it_is: dict[str, list[Any]]
) -> None:
    section, _, name = key.partition(".")
    tables = story_library.tables
    local = dict(tables.profiles["dongling"])
    local[section] = {**local.get(section, {}), name: OTHERWISE[key]}
    found = asked(story_library, with_drafts, replace(tables, profiles={**tables.profiles, "dongling": local}))
    other = {rule for rule in found if found[rule] != as_it_is[rule]}
    assert other
    assert other <= {rule for rule in found if key in {one.key for one in settings_of(rule)}}


def test_the_value_is_that_of_the_nearest_rule_set(story_library: Library) -> None:
    tables = story_library.tables
    sets = tuple(profiles(tables, "东岭省/岚州市", date(2024, 12, 31)))
    values = {one.key: present(one, sets) for one in SETTINGS}
    assert values["validity.term_years"] == ([3, 5], "东岭省行政规范性文件管理办法（虚构）")
    assert values["contents.copied_percent"] == (60, "全国通用")


def test_what_no_rule_set_says_has_an_example() -> None:
    sets = tuple(profiles(builtin(), "", date(2024, 12, 31)))
    for one in SETTINGS:
        assert one.example or present(one, sets)[0] is not None, one.key
