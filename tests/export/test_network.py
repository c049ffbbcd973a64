"""Every file of the graph reads back complete, whatever the titles hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.export.network import FORMATS, Network, clean, dot, edge_list, gexf, graphml, node_link
from policylib.export.plain import plain_text, plain_value
from policylib.graph import build
from policylib.model import Snapshot

AS_OF = date(2024, 6, 30)


@pytest.fixture(params=["made-up", "hostile", "empty"])
def network(request: pytest.FixtureRequest, city: Callable[[int], Snapshot], hostile_city: Snapshot) -> Network:
    snapshot = {"made-up": city(30), "hostile": hostile_city, "empty": Snapshot(AS_OF)}[request.param]
    return clean(build(snapshot), title="岚州市 <关系图> & \x07", as_of=AS_OF)


def works(network: Network) -> dict[str, dict[str, Any]]:
    return {node.key: dict(node.attributes) for node in network.nodes}


def relations(network: Network) -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(((e.name, e.source, e.target, dict(e.attributes)) for e in network.edges), key=lambda e: e[0])


def read_edges(graph: Any, drop: str = "") -> list[tuple[str, str, str, dict[str, Any]]]:
    rows = (
        (key, a, b, {k: v for k, v in of.items() if k != drop}) for a, b, key, of in graph.edges(keys=True, data=True)
    )
    return sorted(rows, key=lambda e: e[0])


def test_a_plan_to_repeal_is_drawn_otherwise_than_a_repeal(city: Callable[[int], Snapshot]) -> None:
    lines = dot(clean(build(city(70)), title="图", as_of=AS_OF)).splitlines()
    plans, acts = ([line for line in lines if f'label="{word}' in line] for word in ("拟废止", "废止"))
    assert plans and all('style="dotted", arrowhead="empty"' in line for line in plans)
    assert acts and not any("arrowhead" in line for line in acts)


def test_graphml_reads_back(network: Network) -> None:
    graph = networkx.parse_graphml(graphml(network), force_multigraph=True)
    assert dict(graph.nodes(data=True)) == works(network)
    assert read_edges(graph) == relations(network)
    assert graph.graph["as_of"] == "2024-06-30"
    assert graph.graph["title"] == network.title


def test_gexf_reads_back(network: Network) -> None:
    graph = networkx.read_gexf(io.BytesIO(gexf(network).encode()))
    assert dict(graph.nodes(data=True)) == works(network)
    if graph.is_multigraph():
        assert read_edges(graph, drop="id") == relations(network)
    else:
        assert sorted(of["id"] for _, _, of in graph.edges(data=True)) == [e[0] for e in relations(network)]


def test_json_reads_back(network: Network) -> None:
    graph = networkx.node_link_graph(json.loads(node_link(network)), edges="edges")
    lists = {node.key: {name: list(values) for name, values in node.several.items()} for node in network.nodes}
    assert dict(graph.nodes(data=True)) == {key: {**of, **lists[key]} for key, of in works(network).items()}
    lists = ("issuers", "paths", "drafter", "aliases", "flags")
    assert all(isinstance(of[name], list) for _, of in graph.nodes(data=True) for name in lists)
    assert sorted(graph.edges(keys=True)) == sorted((e.source, e.target, e.key) for e in network.edges)
    for edge in network.edges:
        assert graph.edges[edge.source, edge.target, edge.key] == dict(edge.attributes)


def test_csv_reads_back(network: Network) -> None:
    text = edge_list(network)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    read = [tuple(row[name].removeprefix("'") for name in ("引用文件", "被引文件", "关系", "原文")) for row in rows]
    assert read == [(e.source, e.target, e.attributes["label"], e.attributes["quote"]) for e in network.edges]
    assert text.startswith("\ufeff")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


def test_dot_holds_every_work_and_relation(network: Network) -> None:
    string = r'"((?:[^"\\]|\\.)*)"'
    lines = dot(network).removesuffix("\n").split("\n")
    nodes = [line for line in lines if re.fullmatch(rf"{string} \[label={string}, style={string}\];", line)]
    edges = [line for line in lines if re.match(rf"{string} -> {string} \[id=e\d+, label={string}, tooltip=", line)]
    assert (len(nodes), len(edges)) == (len(network.nodes), len(network.edges))
    assert len(lines) == len(nodes) + len(edges) + 5


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_graph_same_bytes(suffix: str, city: Callable[[int], Snapshot]) -> None:
    first, second = (clean(build(city(30)), title="图", as_of=AS_OF) for _ in range(2))
    assert FORMATS[suffix](first).encode() == FORMATS[suffix](second).encode()


def test_clean_tells_works_apart_that_become_equal(hostile_city: Snapshot) -> None:
    network = clean(build(hostile_city), title="图", as_of=AS_OF)
    assert len({node.key for node in network.nodes}) == len(network.nodes) == len(hostile_city.works) + 1


def test_clean_gives_every_attribute_one_type() -> None:
    graph: Any = networkx.MultiDiGraph()
    graph.add_node("甲", mixed=1, number=1, nothing=None, empty=(), many=("一", "二"), odd=float("nan"))
    graph.add_node("乙", mixed="二", number=0.5, nothing=None)
    first, second = clean(graph, title="图", as_of=AS_OF).nodes
    assert first.attributes == {"mixed": "1", "number": 1.0, "many": "一；二"}
    assert second.attributes == {"mixed": "二", "number": 0.5}


@pytest.mark.parametrize(
    ("mode", "repaired", "judged", "label"),
    [
        pytest.param("act", False, False, "废止", id="act"),
        pytest.param("plan", False, False, "拟废止", id="plan"),
        pytest.param("report", False, False, "废止（转述）", id="report"),
        pytest.param("act", True, False, "废止（待核实）", id="repaired"),
        pytest.param("act", True, True, "废止", id="repaired-and-judged"),
    ],
)
def test_label_of_an_edge(mode: str, repaired: bool, judged: bool, label: str) -> None:
    graph: Any = networkx.MultiDiGraph()
    graph.add_edge("甲", "乙", kind="repeals", mode=mode, repaired=repaired, judged=judged)
    assert clean(graph, title="图", as_of=AS_OF).edges[0].attributes["label"] == label


@given(st.text(st.characters()))
def test_plain_text_is_settled_and_fits_xml(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert plain.encode().decode() == plain
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", plain)


@pytest.mark.parametrize("value", [None, "", (), float("nan"), float("inf"), ("",)], ids=repr)
def test_nothing_to_say(value: object) -> None:
    assert plain_value(value) is None


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4), st.text(st.characters()))
def test_any_title_survives_xml(keys: list[str], title: str) -> None:
    graph: Any = networkx.MultiDiGraph()
    for key in keys:
        graph.add_edge(key, keys[0], kind="basis", quote=title)
        graph.nodes[key]["title"] = title
    network = clean(graph, title=title, as_of=AS_OF)
    assert dict(networkx.parse_graphml(graphml(network)).nodes(data=True)) == works(network)
    read = networkx.read_gexf(io.BytesIO(gexf(network).encode()))
    assert [of.get("title") for of in dict(read.nodes(data=True)).values()] == [
        w.get("title") for w in works(network).values()
    ]
