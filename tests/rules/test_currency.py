from collections.abc import Callable

import pytest

from policylib.link.cascade import cascade
from policylib.model import Finding, Snapshot, State
from policylib.rules import audit
from tests.link.shelf import paper, snapshot

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


# Dead twice -------------------------------------------------------------------------------------------------------

OLD = paper("岚州市科学技术局关于印发岚州市人才办法的通知", "岚科发〔2012〕8号", "2012-03-01")
CITED = "《岚州市科学技术局关于印发岚州市人才办法的通知》（岚科发〔2012〕8号）"
FIRST = paper(
    "岚州市科学技术局关于废止部分文件的通知", "岚科发〔2022〕5号", "2022-03-01", f"{CITED}自即日起废止。"
)  # fmt: skip
AGAIN = paper(
    "岚州市科学技术局关于废止一批文件的通知", "岚科发〔2024〕2号", "2024-05-01", f"{CITED}自即日起废止。"
)  # fmt: skip


def citing(day: str) -> str:
    return paper(
        "岚州市科学技术局关于做好人才工作的通知", f"岚科发〔{day[:4]}〕60号", day, f"根据{CITED}，现通知如下。"
    )


def found(rule: str, *texts: str) -> list[Finding]:
    return [one for one in audit(snapshot(*texts)).findings if one.rule == rule]


def test_a_paper_that_was_repealed_twice_was_dead_between() -> None:
    [wrong] = found(RULE, OLD, FIRST, AGAIN, citing("2023-01-10"))
    assert (wrong.result, wrong.severity) == ("fail", "error")
    assert "已于2022-03-01废止（据《岚州市科学技术局关于废止部分文件的通知》（岚科发〔2022〕5号））" in wrong.message
    assert "2024-05-01又废止（据《岚州市科学技术局关于废止一批文件的通知》（岚科发〔2024〕2号））" in wrong.message
    assert len(wrong.evidence) == 3
    assert found(RULE, OLD, FIRST, AGAIN, citing("2021-01-10")) == []


def test_what_rested_on_it_lost_its_basis_with_the_first_repeal() -> None:
    """A paper of 2023 never had a living basis: it is accused of citing, and not told that its basis died later."""
    assert found("currency.rests-on-repealed", OLD, FIRST, AGAIN, citing("2023-01-10")) == []
    [lost] = found("currency.rests-on-repealed", OLD, FIRST, AGAIN, citing("2021-01-10"))
    assert "已于2022-03-01废止" in lost.message


def test_on_a_day_between_it_is_dead() -> None:
    seen = snapshot(OLD, FIRST, AGAIN, citing("2021-01-10"), on="2023-06-30")
    status = seen.statuses["岚科发〔2012〕8号"]
    assert (status.state, str(status.since)) == (State.REPEALED, "2022-03-01")
    [resting] = cascade(seen, ["岚科发〔2012〕8号"])
    assert resting.work.key == "岚科发〔2021〕60号"
