"""请补起草单位: whom to ask for, and for what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policylib.model import Office, Snapshot
from policylib.rules import audit, missing_drafters

World = Callable[[str], Snapshot]
GOVERNMENT = "岚政办发〔2020〕13号  《岚州市见习补贴办法》  issuer 岚州市人民政府办公室  dated 2020-09-14"


@pytest.mark.parametrize(
    ("ledger", "why"),
    [
        pytest.param(f"policy {GOVERNMENT}", "标题为“办法”，可能应解读", id="perhaps to be interpreted"),
        pytest.param(
            f"policy {GOVERNMENT}  registration_number LZCR-2020-0020005",
            "应解读：有规范性文件登记号LZCR-2020-0020005",
            id="to be interpreted",
        ),
        pytest.param(
            f"policy {GOVERNMENT}\ninterpretation 甲  by 岚州市财政局  interprets 岚政办发〔2020〕13号",
            "已有解读",
            id="interpreted",
        ),
        pytest.param(f"policy {GOVERNMENT}  drafter 岚州市财政局", None, id="known"),
        pytest.param(f"policy {GOVERNMENT}  cited", None, id="not held"),
        pytest.param(
            "policy 岚财发〔2020〕1号  《岚州市补贴办法》  issuer 岚州市财政局  dated 2020-09-14",
            None,
            id="a department drafts what it issues",
        ),
        pytest.param(
            "policy 岚政发〔2020〕1号  《关于表彰先进的决定》  issuer 岚州市人民政府  dated 2020-09-14",
            None,
            id="nobody interprets a commendation",
        ),
        pytest.param(
            "policy 岚政发〔2020〕1号  《关于春节值班的通知》  issuer 岚州市人民政府  dated 2020-09-14",
            None,
            id="a notice that lays down nothing",
        ),
        pytest.param(
            "policy 岚政发〔2010〕1号  《岚州市补贴办法》  issuer 岚州市人民政府  dated 2010-09-14",
            None,
            id="before the duty",
        ),
    ],
)
def test_what_is_asked_for(world: World, ledger: str, why: str | None) -> None:
    assert [one.why for one in missing_drafters(world(ledger))] == ([why] if why else [])


def test_the_interpreter_is_told_and_never_taken_for_the_drafter(world: World) -> None:
    snapshot = world(f"policy {GOVERNMENT}\ninterpretation 甲  by 岚州市财政局  interprets 岚政办发〔2020〕13号")
    (found,) = missing_drafters(snapshot)
    assert (found.interpreters, found.work.drafter) == (("岚州市财政局",), None)


def test_papers_of_other_regions_are_asked_for_only_where_they_are_interpreted(world: World) -> None:
    ours = Office("东岭省/岚州市")
    foreign = "policy 鲁政办发〔2020〕13号  《山东省补贴办法》  issuer 山东省人民政府办公厅  dated 2020-09-14"
    assert missing_drafters(world(foreign), office=ours) == ()
    interpreted = f"{foreign}\ninterpretation 甲  by 山东省财政厅  interprets 鲁政办发〔2020〕13号"
    assert [one.why for one in missing_drafters(world(interpreted), office=ours)] == ["已有解读"]


def test_every_drafter_that_a_rule_misses_is_asked_for(world: World) -> None:
    snapshot = world(f"""
        policy {GOVERNMENT}
        policy 岚政发〔2021〕2号  issuer 岚州市人民政府
        interpretation 甲  by 岚州市财政局  interprets 岚政办发〔2020〕13号
        interpretation 乙  interprets 岚政发〔2021〕2号
    """)
    missed = {
        one.subject for one in audit(snapshot).findings
        if one.rule == "interpretation.not-by-drafter" and one.result == "unknown" and one.remedy == "请补起草单位"
    }  # fmt: skip
    assert missed == {one.work.key for one in missing_drafters(snapshot)}
