from collections.abc import Callable

import pytest

from policylib.model import Snapshot
from policylib.rules import audit

World = Callable[[str], Snapshot]
RULE = "currency.cites-repealed"

CASES = {
    "died before": ("dated 2020-05-01  basis 岚政发〔2010〕5号", "废止 2018-01-01", ("fail", "error")),
    "expired before": ("dated 2020-05-01  basis 岚政发〔2010〕5号", "失效（有效期届满） 2018-01-01", ("fail", "error")),
    "lapsed before, cited elsewhere": (
        "dated 2020-05-01  reference 岚政发〔2010〕5号", "失效（宣布） 2018-01-01", ("fail", "error")),
    "died later": ("dated 2017-05-01  basis 岚政发〔2010〕5号", "废止 2018-01-01", None),
    "died on that day": ("dated 2018-01-01  basis 岚政发〔2010〕5号", "废止 2018-01-01", None),
    "alive": ("dated 2020-05-01  basis 岚政发〔2010〕5号", "有效 2010-01-01", None),
    "citing day unknown": ("basis 岚政发〔2010〕5号", "废止 2018-01-01", ("unknown", "info")),
    "day of death unknown": ("dated 2020-05-01  basis 岚政发〔2010〕5号", "废止", ("unknown", "info")),
    "published stands in": ("published 2020-05-01  basis 岚政发〔2010〕5号", "废止 2018-01-01", ("fail", "error")),
    "repaired number": ("dated 2020-05-01  basis 岚政发〔2010〕5号 repaired", "废止 2018-01-01", ("fail", "warning")),
    "repaired number, confirmed by a person": (
        "dated 2020-05-01  basis 岚政发〔2010〕5号 repaired judged", "废止 2018-01-01", ("fail", "error")),
    "only a plan": ("dated 2020-05-01  basis 岚政发〔2010〕5号 plan", "废止 2018-01-01", None),
    "only a mention": ("dated 2020-05-01  mentions 岚政发〔2010〕5号", "废止 2018-01-01", None),
    "repeals it as well": (
        "dated 2020-05-01  reference 岚政发〔2010〕5号  repeals 岚政发〔2010〕5号", "废止 2018-01-01", None),
    "takes its place": (
        "dated 2020-05-01  basis 岚政发〔2010〕5号  replaces 岚政发〔2010〕5号", "废止 2018-01-01", None),
    "once, though cited twice": (
        "dated 2020-05-01  reference 岚政发〔2010〕5号  basis 岚政发〔2010〕5号", "废止 2018-01-01", ("fail", "error")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_cites_repealed(world: World, case: str) -> None:
    fields, status, wanted = CASES[case]
    snapshot = world(f"""
        policy 岚科字〔2020〕3号  {fields}
        status 岚政发〔2010〕5号  {status}
    """)
    results = [(f.result, f.severity) for f in audit(snapshot).findings if f.rule == RULE]
    assert results == ([wanted] if wanted else [])


def test_names_the_act_and_the_successor(world: World) -> None:
    snapshot = world("""
        policy 岚科字〔2020〕3号  dated 2020-05-01  basis 岚政发〔2010〕5号
        policy 岚政发〔2018〕2号  《岚州市科技奖励办法》  repeals 岚政发〔2010〕5号  replaces 岚政发〔2010〕5号
        status 岚政发〔2010〕5号  废止 2018-01-01 by 岚政发〔2018〕2号
    """)
    [finding] = [f for f in audit(snapshot).findings if f.rule == RULE]
    assert finding.message == (
        "依据的岚政发〔2010〕5号已于2018-01-01废止（据《岚州市科技奖励办法》（岚政发〔2018〕2号）），本文件成文于2020-05-01"
    )
    assert [evidence.quote for evidence in finding.evidence] == ["basis《岚政发〔2010〕5号》", "予以废止"]
    assert finding.related == ("岚政发〔2010〕5号", "岚政发〔2018〕2号")
    assert "岚政发〔2018〕2号" in finding.remedy


def test_interpretations_may_cite_the_dead(world: World) -> None:
    snapshot = world("""
        interpretation 甲  dated 2020-05-01  basis 岚政发〔2010〕5号
        status 岚政发〔2010〕5号  废止 2018-01-01
    """)
    assert audit(snapshot).findings == ()
