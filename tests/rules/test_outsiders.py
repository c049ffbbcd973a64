"""Whom a paper reaches besides organs: a 工作方案 that binds citizens or firms is no mere assignment of work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policylib.extract.folding import fold
from policylib.model import Snapshot
from policylib.rules import audit
from policylib.rules.outsiders import is_outsider, reach
from policylib.tables import toml_rows
from tests.rules.papers import audited, snapshot_of

SCHEME = """\
岚州市东陵区教育局关于印发《东陵区{year}年入园工作方案》的通知
{addressee}：
现印发给你们，请认真执行。
岚州市东陵区教育局
{year}年3月20日

东陵区{year}年入园工作方案
一、总体安排
{body}
"""
INSIDE = "各幼教专干分片包干，四月底前走访完毕，情况报区教育局。"


def scheme(addressee: str, body: str = INSIDE) -> str:
    return SCHEME.format(addressee=addressee, body=body, year=2024)


@pytest.mark.parametrize("row", toml_rows("outsiders.toml", array="addressee"), ids=lambda row: str(row["id"]))
def test_addressees(row: dict[str, list[str]]) -> None:
    assert all(map(is_outsider, row["examples"]))
    assert not any(map(is_outsider, row["not_examples"]))


@pytest.mark.parametrize("row", toml_rows("outsiders.toml", array="own"), ids=lambda row: str(row["id"]))
def test_what_is_ours_is_no_outsider(row: dict[str, list[str]]) -> None:
    assert not any(map(is_outsider, row["examples"]))
    assert all(map(is_outsider, row["not_examples"]))


def reached(text: str) -> str | None:
    snapshot = snapshot_of({"方案.txt": scheme("各区县教育局", fold(text))})
    found = reach(snapshot.works[0], snapshot.texts)
    return found.words if found else None


@pytest.mark.parametrize("row", toml_rows("outsiders.toml", array="condition"), ids=lambda row: str(row["id"]))
def test_conditions(row: dict[str, list[str]]) -> None:
    assert all(map(reached, row["examples"]))
    assert not any(map(reached, row["not_examples"]))


@pytest.mark.parametrize(("addressees", "result"), [
    ("各区县教育局", "exempt"), ("各幼儿园", "unknown"), ("局属各幼儿园", "exempt"),
    ("机关各科室、各有关企业", "unknown"),
])  # fmt: skip
def test_a_scheme_exempts_what_is_sent_to_organs(
    world: Callable[[str], Snapshot], addressees: str, result: str
) -> None:
    snapshot = world(
        f"policy 岚教字〔2024〕3号  《关于印发2024年入园工作方案的通知》  to {addressees}  dated 2024-03-20"
    )
    assert [one.result for one in audit(snapshot).findings if one.rule == "interpretation.missing"] == [result]


def test_the_addressee_is_shown() -> None:
    (found,) = audited({"方案.txt": scheme("各幼儿园")}, "interpretation.missing")
    assert found.message.startswith(
        "不能判断是否需要解读：标题有“工作方案”，但主送“各幼儿园”，不只是对下级机关布置工作"
    )
    assert any("各幼儿园" in one.quote for one in found.evidence)


def test_the_condition_is_shown() -> None:
    body = "招生对象为具有本区户籍、年满三周岁的儿童。"
    (found,) = audited({"方案.txt": scheme("各区县教育局", body)}, "interpretation.missing")
    assert found.result == "unknown"
    assert "正文写有“招生对象”" in found.message
    assert found.evidence[-1].quote == body.rstrip("。")


def test_a_scheme_for_organs_stays_exempt() -> None:
    (found,) = audited({"方案.txt": scheme("各区县教育局")}, "interpretation.missing")
    assert found.result == "exempt"
