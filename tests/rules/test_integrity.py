from collections.abc import Callable

import pytest

from policylib.model import Snapshot
from policylib.rules import audit

World = Callable[[str], Snapshot]

REUSED = {
    "two titles": ("《岚州市科技奖励办法》", "《岚州市人才公寓规定》", ("fail", "error")),
    "one of them repaired": ("《岚州市科技奖励办法》", "《岚州市人才公寓规定》  repaired", ("fail", "warning")),
    "notice and instrument": ("《关于印发〈岚州市科技奖励办法〉的通知》", "《岚州市科技奖励办法》", None),
    "notice without 《》": ("《岚州市科技局关于印发岚州市科技奖励办法的通知》", "《岚州市科技奖励办法》", None),
    "spaces and brackets": ("《岚州市 科技奖励办法》", "《岚州市科技奖励办法》", None),
    "a short title says nothing": ("《意见》", "《关于促进消费的若干意见》", ("fail", "error")),
    "one only cited": ("《岚州市科技奖励办法》", "《岚州市人才公寓规定》  cited", None),
    "one without a title": ("《岚州市科技奖励办法》", "", None),
}


@pytest.mark.parametrize("case", REUSED)
def test_number_reused(world: World, case: str) -> None:
    first, second, wanted = REUSED[case]
    snapshot = world(f"""
        policy 岚科字〔2016〕3号#甲  {first}  dated 2016-03-01
        policy 岚科字〔2016〕3号#乙  {second}  dated 2016-03-01
    """)
    results = [(f.result, f.severity) for f in audit(snapshot).findings if f.rule == "integrity.number-reused"]
    assert results == ([wanted] if wanted else [])


def test_shared_code_is_no_fault(world: World) -> None:
    snapshot = world("""
        policy 济政发〔2016〕3号#甲  《济南市公园管理办法》  issuer 济南市人民政府  dated 2016-03-01
        policy 济政发〔2016〕3号#乙  《济宁市市场管理办法》  issuer 济宁市人民政府  dated 2016-03-01
    """)
    assert audit(snapshot).findings == ()


def test_reused_names_all_works(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2016〕3号#1  《岚州市科技奖励办法》  dated 2016-03-01
        policy 岚科字〔2016〕3号#2  《岚州市人才公寓规定》  dated 2016-03-01
    """)
    [finding] = audit(snapshot).findings
    assert (finding.subject, finding.related) == ("岚科字〔2016〕3号#1", ("岚科字〔2016〕3号#2",))
    assert (
        finding.message == "同一文号岚科字〔2016〕3号用于2份不同的文件：《岚州市科技奖励办法》；《岚州市人才公寓规定》"
    )


UNCORROBORATED = {
    "repaired citation": ("basis 岚政发〔2010〕5号 repaired", ["岚政发〔2010〕5号"]),
    "corroborated": ("basis 岚政发〔2010〕5号 repaired corroborated", []),
    "confirmed by a person": ("basis 岚政发〔2010〕5号 repaired judged", []),
    "whole": ("basis 岚政发〔2010〕5号", []),
    "cited twice, said once": (
        "basis 岚政发〔2010〕5号 repaired  mentions 岚政发〔2010〕5号 repaired",
        ["岚政发〔2010〕5号"],
    ),
    "own number": ("repaired", ["岚科字〔2016〕3号"]),
    "own number, only cited": ("repaired  cited", []),
}


@pytest.mark.parametrize("case", UNCORROBORATED)
def test_number_uncorroborated(world: World, case: str) -> None:
    fields, wanted = UNCORROBORATED[case]
    findings = audit(world(f"policy 岚科字〔2016〕3号  dated 2016-03-01  {fields}")).findings
    assert [f.rule for f in findings] == ["integrity.number-uncorroborated"] * len(wanted)
    assert all(number in f.message and f.severity == "warning" for f, number in zip(findings, wanted, strict=True))
