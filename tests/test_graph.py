"""The graph of a snapshot and the questions asked of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import PolicyNotFound
from policylib.graph import Step, basis_chains, build, focus, impact, summary
from policylib.model import DocumentNumber, Evidence, Relation, RelationKind, Snapshot, Span, State, Status, Work
from policylib.model.analysis import Mode

AS_OF = date(2024, 6, 30)


def work(key: str, **more: object) -> Work:
    return Work(**({"key": key, "role": "policy", "held": True} | more))  # type: ignore[arg-type]


def edge(source: str, kind: RelationKind, target: str, mode: Mode = "act") -> Relation:
    evidence = Evidence("0" * 64, f"{source}.docx", Span(3, 7), f"根据{target}", "前文", "后文", "cue.basis")
    return Relation(kind, source, target, evidence, 0.9, "T0", mode)


def world(*lines: str) -> Snapshot:
    """A snapshot from a ledger: “甲 basis 乙”, “甲 repeals 乙 plan”, or “甲” alone."""
    rows = [line.split() for line in lines]
    relations = tuple(edge(*row) for row in rows if len(row) > 1)  # type: ignore[arg-type]
    keys = sorted({end for row in rows for end in (row[0], *row[2:3])})
    return Snapshot(AS_OF, tuple(map(work, keys)), tuple(sorted(relations, key=lambda r: (r.source, r.target))))


CHAIN = world(
    "细则 basis 办法", "办法 basis 条例", "条例 basis 法", "解读 interprets 细则", "通知 repeals 细则", "孤件"
)
CIRCLE = world("甲 basis 乙", "乙 basis 丙", "丙 basis 甲", "丁 basis 甲")


def test_node_holds_what_is_known_of_a_work() -> None:
    number = DocumentNumber.parse("岚政发〔2019〕5号")
    known = work(
        "岚政发〔2019〕5号",
        title="岚州市招商办法",
        numbers=(number,),
        issuers=("岚州市人民政府",),
        dated=date(2019, 3, 1),
    )
    status = Status(known.key, AS_OF, State.REPEALED, since=date(2022, 1, 1))
    of = build(Snapshot(AS_OF, (known,), statuses={known.key: status})).nodes[known.key]
    assert of["label"] == "《岚州市招商办法》（岚政发〔2019〕5号）"
    assert (of["number"], of["code"], of["year"], of["dated"]) == (
        "岚政发〔2019〕5号",
        "岚政发",
        2019,
        date(2019, 3, 1),
    )
    assert (of["status"], of["since"], of["held"], of["role"]) == ("废止", date(2022, 1, 1), True, "policy")
    assert of["issuers"] == ("岚州市人民政府",)


def test_edge_holds_its_evidence() -> None:
    of = build(CHAIN).edges["细则", "办法", "basis"]
    assert (of["kind"], of["mode"], of["confidence"], of["tier"], of["repaired"]) == ("basis", "act", 0.9, "T0", False)
    assert (of["before"], of["quote"], of["after"], of["path"]) == ("前文", "根据办法", "后文", "细则.docx")


def test_several_relations_between_two_works_stay() -> None:
    graph = build(world("甲 basis 乙", "甲 repeals 乙", "甲 basis 乙", "乙 basis 甲"))
    assert sorted(graph.edges(keys=True)) == [
        ("乙", "甲", "basis"), ("甲", "乙", "basis"), ("甲", "乙", "basis#2"), ("甲", "乙", "repeals"),
    ]  # fmt: skip


def test_end_that_is_no_work_is_not_held() -> None:
    graph = build(Snapshot(AS_OF, (work("甲"),), (edge("甲", "basis", "乙"),)))
    assert graph.nodes["乙"]["held"] is False
    assert graph.nodes["乙"]["status"] == "未知"


@pytest.mark.parametrize(
    ("hops", "near"),
    [(0, ["办法"]), (1, ["办法", "条例", "细则"]), (2, ["办法", "条例", "法", "细则", "解读", "通知"])],
    ids=["itself", "one-step", "two-steps"],
)
def test_focus(hops: int, near: list[str]) -> None:
    part = focus(build(CHAIN), ["办法"], hops)
    assert sorted(part) == sorted(near)
    assert all(source in part and target in part for source, target in part.edges())
    assert part.nodes["办法"] == build(CHAIN).nodes["办法"]


def test_focus_keeps_the_order_and_the_edges_of_the_graph() -> None:
    graph = build(world("丙 basis 甲", "丙 repeals 甲", "乙 basis 丙", "丁"))
    part = focus(graph, ["甲"])
    assert list(part) == [key for key in graph if key != "丁"]
    assert list(part.edges(keys=True)) == list(graph.edges(keys=True))


def test_basis_chains_lead_back_to_the_start() -> None:
    assert basis_chains(build(CHAIN), "细则") == (
        Step("办法", 1, "细则", ("basis",)),
        Step("条例", 2, "办法", ("basis",)),
        Step("法", 3, "条例", ("basis",)),
    )
    assert len(basis_chains(build(CHAIN), "细则", limit=2)) == 2
    assert basis_chains(build(CHAIN), "法") == ()


def test_impact_tells_direct_from_deeper() -> None:
    assert impact(build(CHAIN), ["条例"]) == (
        Step("办法", 1, "条例", ("basis",)),
        Step("细则", 2, "办法", ("basis",)),
        Step("解读", 3, "细则", ("interprets",)),
    )


def test_one_work_needs_no_list() -> None:
    graph = build(CHAIN)
    assert impact(graph, "办法") == impact(graph, ["办法"]) != ()
    assert list(focus(graph, "办法", 1)) == list(focus(graph, ["办法"], 1))


def test_walks_end_in_a_circle() -> None:
    graph = build(CIRCLE)
    assert [(step.key, step.depth) for step in basis_chains(graph, "甲")] == [("乙", 1), ("丙", 2)]
    assert [(step.key, step.depth) for step in impact(graph, ["甲"])] == [("丁", 1), ("丙", 1), ("乙", 2)]


def test_plans_carry_no_impact() -> None:
    assert impact(build(world("甲 basis 乙 plan")), ["乙"]) == ()


@pytest.mark.parametrize(
    "ask", [lambda g: focus(g, ["没有"]), lambda g: basis_chains(g, "没有"), lambda g: impact(g, ["没有"])],
    ids=["focus", "basis", "impact"],
)  # fmt: skip
def test_unknown_work(ask: Callable[[object], object]) -> None:
    with pytest.raises(PolicyNotFound, match="关系图中没有“没有”"):
        ask(build(CHAIN))


def test_summary() -> None:
    figures = summary(build(CHAIN))
    assert (figures.works, figures.held, figures.relations, figures.isolated) == (7, 7, 5, 1)
    assert figures.kinds == (("basis", 3), ("interprets", 1), ("repeals", 1))
    assert figures.roles == (("policy", 7),)
    assert figures.statuses == (("未知", 7),)
    assert figures.components == (6, 1)
    assert figures.most_cited[0] == ("细则", 2)
    assert figures.cycles == ()


def test_summary_finds_circles() -> None:
    assert summary(build(CIRCLE)).cycles == (tuple(sorted("甲乙丙")),)


def test_empty() -> None:
    figures = summary(build(Snapshot(AS_OF)))
    assert (figures.works, figures.relations, figures.components, figures.most_cited) == (0, 0, (), ())


keys = st.sampled_from("甲乙丙丁戊己庚辛")


@given(st.lists(st.tuples(keys, keys), min_size=1, max_size=30))
def test_basis_and_impact_are_two_views_of_one_thing(pairs: list[tuple[str, str]]) -> None:
    graph = build(world(*(f"{source} basis {target}" for source, target in pairs)))
    rests_on = {(key, step.key, step.depth) for key in graph for step in basis_chains(graph, key)}
    bears = {(step.key, key, step.depth) for key in graph for step in impact(graph, [key])}
    assert rests_on == bears


def test_graph_module_loads_without_networkx() -> None:
    code = "import sys, policylib.graph, policylib.export; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
