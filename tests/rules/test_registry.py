import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib import tables
from policylib.cli.findings import findings_lines
from policylib.errors import TableError
from policylib.model import Office, Snapshot
from policylib.rules import all_rules, audit
from policylib.rules.calendar import working_days
from policylib.rules.context import Context
from policylib.rules.rule import bare
from policylib.rules.scope import interpretation_profile

World = Callable[[str], Snapshot]

LEDGER = """
    policy 岚科字〔2016〕3号#甲  《岚州市科技奖励办法》  dated 2020-03-01  basis 岚政发〔2010〕5号 repaired
    policy 岚科字〔2016〕3号#乙  《岚州市人才公寓规定》  issuer 岚州市人民政府  dated 2020-03-01
    interpretation 甲  by 市财政局  interprets 岚科字〔2016〕3号#乙  published 2021-03-01
    status 岚政发〔2010〕5号  废止 2018-01-01
"""


def test_every_rule_is_described() -> None:
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.code and rule.title and rule.basis and rule.remedy for rule in rules)


def test_every_rule_says_in_a_sentence_what_it_looks_at() -> None:
    rules = all_rules()
    unsaid = [rule.id for rule in rules if len(rule.asks) < len(rule.title) or bare(rule.title) in bare(rule.asks)]
    assert unsaid == []
    assert len({rule.asks for rule in rules}) == len(rules)
    assert [rule.id for rule in rules if rule.asks.endswith("。") or "\n" in rule.asks] == []


def test_order_of_a_snapshot_does_not_matter(world: World) -> None:
    snapshot = world(LEDGER)
    report = audit(snapshot)
    assert len({finding.rule for finding in report.findings}) > 3
    for seed in range(5):
        shuffled = [list(snapshot.works), list(snapshot.relations)]
        for things in shuffled:
            random.Random(seed).shuffle(things)  # type: ignore[arg-type]
        assert audit(replace(snapshot, works=tuple(shuffled[0]), relations=tuple(shuffled[1]))) == report  # type: ignore[arg-type]


def test_every_finding_says_basis_and_remedy(world: World) -> None:
    found = audit(world(LEDGER)).findings
    assert found
    for finding in found:
        assert finding.basis
        assert finding.remedy or finding.result != "fail"


def test_empty_library() -> None:
    report = audit(Snapshot(as_of=date(2024, 6, 30)))
    assert (report.findings, report.exit_code) == ((), 0)


def test_an_office_sets_its_own_limit(world: World, tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "lanzhou.toml").write_text(
        'id = "lanzhou"\nregion = "东岭省/岚州市"\n[interpretation]\nlimit_working_days = 10\n'
        '[[interpretation.exempt]]\nwhere = "title"\nwords = ["科技奖励"]\nreason = "本市规定"\n'
        "even_if_normative = true\n",
        encoding="utf-8",
    )
    snapshot = world("""
        policy 岚科字〔2024〕3号  《岚州市科技奖励办法》  issuer 岚州市科学技术局  published 2024-03-01
        policy 岚科字〔2024〕4号  《岚州市孵化器办法》  issuer 岚州市科学技术局  published 2024-03-01
        interpretation 甲  by 岚州市科学技术局  interprets 岚科字〔2024〕4号  published 2024-03-08
    """)
    own = all_rules(tables.load(tmp_path), Office("东岭省/岚州市"))
    assert [(f.result, f.severity) for f in audit(snapshot, own).findings] == [("exempt", "info"), ("pass", "info")]
    assert [(f.result, f.severity) for f in audit(snapshot).findings] == [("unknown", "info"), ("fail", "error")]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("[interpretation]\ngrace = 3", "grace"),
        ('[interpretation]\nlimit_working_days = "三"', "limit_working_days"),
        ('[[interpretation.exempt]]\nwhere = "标题"\nwords = ["x"]', "where"),
        ('[[interpretation.exempt]]\nwhere = "title"', "words"),
    ],
)
def test_wrong_profile(tmp_path: Path, lines: str, fault: str) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.toml").write_text(f'id = "own"\n{lines}\n', encoding="utf-8")
    with pytest.raises(TableError, match=fault):
        Context(tables.load(tmp_path)).ruled(None, interpretation_profile)


def test_working_days() -> None:
    assert working_days(date(2017, 6, 27), date(2017, 8, 8)) == 30  # domain.md §8
    assert working_days(date(2024, 2, 9), date(2024, 2, 18)) == 1  # a Sunday that is worked
    assert working_days(date(2024, 3, 4), date(2024, 3, 1)) == -1
    assert working_days(date(2033, 1, 3), date(2033, 1, 5)) is None


@given(st.dates(date(2005, 1, 1), date(2021, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_working_days_add_up(start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(first), start + timedelta(first + second)
    parts = (working_days(start, middle), working_days(middle, end), working_days(start, end))
    assert None not in parts
    assert parts[0] + parts[1] == parts[2]  # type: ignore[operator]
    assert 0 <= parts[2] <= first + second  # type: ignore[operator]


def test_an_office_turns_a_rule_off(world: World) -> None:
    office = Office(rules_off=("currency.cites-repealed",))
    found = {finding.rule for finding in audit(replace(world(LEDGER), office=office)).findings}
    assert found == {finding.rule for finding in audit(world(LEDGER)).findings} - {"currency.cites-repealed"}


def test_a_person_exempts_a_work_from_any_rule(world: World) -> None:
    exempt = next(
        finding
        for finding in audit(
            world(f"{LEDGER}\nexempt 岚科字〔2016〕3号#甲  currency.cites-repealed  上级文件只此一份")
        ).findings
        if finding.rule == "currency.cites-repealed" and finding.subject == "岚科字〔2016〕3号#甲"
    )
    assert (exempt.result, exempt.severity) == ("exempt", "info")
    assert exempt.message == "不适用：上级文件只此一份（人工登记）"


def test_what_a_person_begins_with_the_word_of_the_exemption_says_it_once(world: World) -> None:
    said = f"{LEDGER}\nexempt 岚科字〔2016〕3号#甲  currency.cites-repealed  不适用：上级文件只此一份"
    [exempt] = [one for one in audit(world(said)).findings if "上级文件" in one.message]
    assert exempt.message == "不适用：上级文件只此一份（人工登记）"
    [head, line, *_] = findings_lines([exempt], world(said), {})
    assert "[不适用]" in head and line.strip() == "上级文件只此一份（人工登记）"


def test_a_rule_is_switched_by_its_code_or_its_title() -> None:
    def on(**switches: tuple[str, ...]) -> set[str]:
        return {rule.id for rule in all_rules(office=Office(**switches)) if rule.on}

    assert on(rules_off=("int-05",)) == on(rules_off=("interpretation.late",)) == on() - {"interpretation.late"}
    assert on(rules_on=("INT-11",)) == on(rules_on=("interpretation.first-person",)) != on()


@pytest.mark.parametrize(
    ("office", "said"),
    [
        (Office(rules_off=("interpretation.lates",)), "rules.off：没有“interpretation.lates”.*interpretation.late（"),
        (Office(rules_on=("VAL-99",)), "rules.on：没有“VAL-99”这条规则，全部规则见"),
        (Office(rules_on=("INT-05",), rules_off=("interpretation.late",)), "同时写在 on 和 off 里"),
    ],
)  # fmt: skip
def test_a_switch_that_can_do_nothing_is_told(office: Office, said: str) -> None:
    with pytest.raises(TableError, match=said):
        all_rules(office=office)
