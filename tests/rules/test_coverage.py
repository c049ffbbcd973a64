"""INT-11, INT-15, INT-17: how much is interpreted, by whom, and whether drafts are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policylib import tables
from policylib.model import Office, Snapshot
from policylib.rules import all_rules, audit
from tests.rules.papers import INTERPRETATION, POLICY, findings, snapshot_of

World = Callable[[str], Snapshot]
RATE, FIRST, DRAFT = "interpretation.rate", "interpretation.first-person", "interpretation.draft"
ONE = "issuer 岚州市科学技术局  registration_number LZCR-2023-0100001  published 2023-03-01"


def test_rate_of_an_organ_in_a_year(world: World) -> None:
    snapshot = world(f"""
        policy 岚科字〔2023〕1号  《岚州市科技奖励办法》  {ONE}
        policy 岚科字〔2023〕2号  《岚州市孵化器管理办法》  {ONE}
        policy 岚科字〔2023〕3号  《岚州市人才办法》  {ONE}
        policy 岚科字〔2023〕4号  《岚州市实验室办法》  issuer 岚州市科学技术局  published 2023-03-01
        policy 岚科字〔2023〕5号  《关于某某任职的通知》  issuer 岚州市科学技术局  published 2023-03-01
        interpretation 甲  by 岚州市科学技术局  interprets 岚科字〔2023〕1号  published 2023-03-01
        exempt 岚科字〔2023〕3号  内容相同
    """)
    [finding] = findings(snapshot, RATE)
    assert (finding.result, finding.severity, finding.subject) == ("fail", "info", "岚科字〔2023〕2号")
    counted = "应解读2份，已解读1份；另有1份不能判断是否应解读，没有计入"
    wanted = f"岚州市科学技术局2023年解读率50%（按本库所存计）：{counted}"
    assert finding.message == f"{wanted}。没有解读的：《岚州市孵化器管理办法》（岚科字〔2023〕2号）"
    assert finding.about == "岚州市科学技术局2023年"


def test_a_full_rate_is_silent(world: World) -> None:
    snapshot = world(f"""
        policy 岚科字〔2023〕1号  《岚州市科技奖励办法》  {ONE}
        interpretation 甲  by 岚州市科学技术局  interprets 岚科字〔2023〕1号  published 2023-03-01
    """)
    assert findings(snapshot, RATE) == []


def test_only_unknown_ones_have_no_rate(world: World) -> None:
    snapshot = world("policy 岚科字〔2023〕4号  《岚州市实验室办法》  issuer 岚州市科学技术局  published 2023-03-01")
    assert findings(snapshot, RATE) == []


def test_what_is_not_due_yet_does_not_count(world: World) -> None:
    fields = "issuer 岚州市科学技术局  registration_number LZCR-2024-0100001  published 2024-06-27"
    assert findings(world(f"policy 岚科字〔2024〕1号  《岚州市科技奖励办法》  {fields}"), RATE) == []


@pytest.mark.parametrize(
    ("title", "count"),
    [("局长解读《岚州市科技奖励办法》", 0), ("副局长解读《岚州市科技奖励办法》", 1), ("《岚州市科技奖励办法》解读", 1)],
)
def test_first_person(world: World, title: str, count: int) -> None:
    snapshot = world(f"""
        policy 岚科字〔2023〕1号  《岚州市科技奖励办法》  {ONE}
        interpretation 甲  {title if title.startswith("《") else f"《{title}》"}  interprets 岚科字〔2023〕1号
    """)
    found = findings(snapshot, FIRST)
    assert [(one.severity, one.subject) for one in found] == [("info", "岚科字〔2023〕1号")] * count


def test_first_person_in_the_text() -> None:
    policy = POLICY.replace("2024", "2023")
    told = INTERPRETATION.replace("2024", "2023").replace("现解读如下", "市科学技术局局长接受采访时作了说明")
    papers = {"办法.txt": f"登记号：LZCR-2023-0100001\n{policy}", "解读.txt": told}
    assert findings(snapshot_of(papers), FIRST) == []
    silent = papers | {"解读.txt": told.replace("局长", "有关科室")}
    [fault] = findings(snapshot_of(silent), FIRST)
    said = [(one.path, one.quote) for one in fault.evidence]
    assert (fault.result, said) == ("fail", [
        ("办法.txt", "LZCR-2023-0100001"), ("解读.txt", "《岚州市科技奖励办法》解读"),
    ])  # fmt: skip


def test_what_others_ask_of_heads_is_a_reference(world: World, tmp_path: Path) -> None:
    snapshot = world(f"policy 岚科字〔2023〕1号  《岚州市科技奖励办法》  {ONE}")
    [finding] = findings(snapshot, FIRST)
    assert finding.message.endswith("主要负责人解读0次（可参考外地规定：每年至少1次）")
    (tmp_path / "profiles").mkdir()
    own = 'id = "own"\nregion = "东岭省"\nsource = "东岭省解读办法"\n[contents]\nfirst_person_yearly = 2\n'
    (tmp_path / "profiles" / "own.toml").write_text(own, "utf-8")
    rules = all_rules(tables.load(tmp_path), Office("东岭省/岚州市", rules_on=(FIRST,)))
    [ruled] = [one for one in audit(snapshot, rules).findings if one.rule == FIRST]
    assert ruled.message.endswith("主要负责人解读0次（东岭省解读办法：至少2次）")


def test_a_year_that_is_not_over_asks_nobody(world: World) -> None:
    fields = ONE.replace("2023", "2024")
    assert findings(world(f"policy 岚科字〔2024〕1号  《岚州市科技奖励办法》  {fields}"), FIRST) == []


DRAFT_NOTICE = """\
关于公开征求《岚州市科技奖励办法（征求意见稿）》意见的公告
为了做好科技奖励工作，我局起草了《岚州市科技奖励办法（征求意见稿）》，现向社会公开征求意见。
{}
岚州市科学技术局
2024年1月5日
"""


def test_a_draft_without_grounds() -> None:
    [finding] = findings(snapshot_of({"公告.txt": DRAFT_NOTICE.format("")}), DRAFT)
    assert (finding.result, finding.severity) == ("fail", "info")


def test_a_draft_with_grounds() -> None:
    assert findings(snapshot_of({"公告.txt": DRAFT_NOTICE.format("附件：起草说明")}), DRAFT) == []


@pytest.mark.parametrize(
    "words",
    ["一、修订的必要性\n原办法将于2024年6月30日期满。", "二、主要变化\n（一）增加奖项。", "要点有三：一是增加奖项。"],
)
def test_a_notice_that_explains_its_draft_itself(words: str) -> None:
    assert findings(snapshot_of({"公告.txt": DRAFT_NOTICE.format(words)}), DRAFT) == []


def test_a_draft_whose_text_is_not_at_hand(world: World) -> None:
    [finding] = findings(world("other 甲  《关于公开征求〈科技奖励办法〉意见的公告》  dated 2024-01-05"), DRAFT)
    assert finding.result == "unknown"


def test_first_person_and_drafts_are_asked_only_on_demand(world: World) -> None:
    assert {rule.id for rule in all_rules() if not rule.on} >= {FIRST, DRAFT}
    snapshot = world(f"policy 岚科字〔2023〕1号  《岚州市科技奖励办法》  {ONE}")
    assert {one.rule for one in audit(snapshot).findings} == {"interpretation.missing", RATE}
