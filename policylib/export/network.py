"""The graph → files of other tools: GraphML and GEXF (Gephi, yEd), DOT (Graphviz), JSON (node-link), csv (edges).

Every format goes through `clean`, once. GraphML and GEXF are written here and not by networkx, which raises on None
and lists, writes GEXF that nothing can read when a title holds a control character, and dates the file with today.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from policylib.export import table
from policylib.export.plain import Plain, plain_text, plain_value
from policylib.export.words import edge_label, relation_words

if TYPE_CHECKING:
    from policylib.graph import Graph

Attributes = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Node:
    """`several`: the attributes that are lists, for a format that has these, empty ones too; in `attributes` those that
    are not empty are one text (甲；乙)."""

    key: str
    attributes: Attributes
    several: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Edge:
    """`name` is unique in the graph; `key` tells the edges between two works apart."""

    name: str
    source: str
    target: str
    key: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Network:
    """A graph that every format can hold: plain text, truth values and finite numbers, one type an attribute."""

    title: str
    as_of: date
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def clean(graph: Graph, *, title: str, as_of: date) -> Network:
    """The graph with attributes that survive every format; edges get the Chinese `label` of their kind.

    Nothing-to-say attributes (None, empty) are left out. An attribute that has several types becomes text.
    """
    keys = _plain_keys(graph)
    rows = [_plain_attributes(data) for _, data in graph.nodes(data=True)]
    lists = [_lists(data) for _, data in graph.nodes(data=True)]
    ends = [(keys[source], keys[target], plain_text(str(key))) for source, target, key in graph.edges(keys=True)]
    links = [_plain_attributes(data | _labelled(data)) for _, _, data in graph.edges(data=True)]
    _one_type(rows)
    _one_type(links)
    return Network(
        plain_text(title),
        as_of,
        tuple(Node(*one) for one in zip(keys.values(), rows, lists, strict=True)),
        tuple(Edge(f"e{i}", *end, row) for i, (end, row) in enumerate(zip(ends, links, strict=True), start=1)),
    )


def graphml(network: Network) -> str:
    """GraphML 1.0, as yEd, Gephi and networkx read it; the ids of nodes are the keys of works."""
    node_types, edge_types = _types(network.nodes), _types(network.edges)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '<key id="title" for="graph" attr.name="title" attr.type="string"/>',
        '<key id="as_of" for="graph" attr.name="as_of" attr.type="string"/>',
    ]
    for scope, letter, types in (("node", "n", node_types), ("edge", "e", edge_types)):
        lines += (
            f'<key id="{letter}{i}" for="{scope}" attr.name={quoteattr(name)} attr.type="{kind}"/>'
            for i, (name, kind) in enumerate(types.items())
        )
    lines.append('<graph edgedefault="directed">')
    lines.append(f'<data key="title">{escape(network.title)}</data><data key="as_of">{network.as_of}</data>')
    for node in network.nodes:
        data = _graphml_data(node.attributes, "n", node_types)
        lines.append(f"<node id={quoteattr(node.key)}>{data}</node>")
    for edge in network.edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        lines.append(f'<edge id="{edge.name}" {ends}>{_graphml_data(edge.attributes, "e", edge_types)}</edge>')
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def gexf(network: Network) -> str:
    """GEXF 1.2, as Gephi and networkx read it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
        f'<meta lastmodifieddate="{network.as_of}"><creator>policylib</creator>'
        f"<description>{escape(network.title)}</description></meta>",
        '<graph mode="static" defaultedgetype="directed">',
    ]
    node_types, edge_types = _types(network.nodes), _types(network.edges)
    for scope, types in (("node", node_types), ("edge", edge_types)):
        lines.append(f'<attributes class="{scope}" mode="static">')
        lines += (
            f'<attribute id="{scope[0]}{i}" title={quoteattr(name)} type="{kind}"/>'
            for i, (name, kind) in enumerate(types.items())
            if name != "label"
        )
        lines.append("</attributes>")
    lines.append("<nodes>")
    for node in network.nodes:
        label = quoteattr(str(node.attributes.get("label", node.key)))
        values = _gexf_values(node.attributes, "n", node_types)
        lines.append(f"<node id={quoteattr(node.key)} label={label}>{values}</node>")
    lines.append("</nodes>\n<edges>")
    for edge in network.edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        label = quoteattr(str(edge.attributes.get("label", edge.key)))
        values = _gexf_values(edge.attributes, "e", edge_types)
        lines.append(f'<edge id="{edge.name}" {ends} label={label}>{values}</edge>')
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""])


def dot(network: Network) -> str:
    """Graphviz: boxes with number, title and status, citing works below what they cite. Dashed: not held."""
    caption = f"{network.title}\n据本库所知，截至 {network.as_of}"
    lines = [
        "digraph policies {",
        f'graph [charset="UTF-8", rankdir="BT", labelloc="t", label={_dot_text(caption)}];',
        'node [shape="box", fontname="Microsoft YaHei,Noto Sans CJK SC,SimSun", fontsize="10"];',
        'edge [fontname="Microsoft YaHei,Noto Sans CJK SC,SimSun", fontsize="9"];',
    ]
    for node in network.nodes:
        of = node.attributes
        words = "\n".join(str(of[name]) for name in ("number", "title", "status") if name in of)
        style = "solid" if of.get("held") else "dashed"
        lines.append(f'{_dot_text(node.key)} [label={_dot_text(words or node.key)}, style="{style}"];')
    for edge in network.edges:
        word = relation_words().get(str(edge.attributes.get("kind")))
        plan = edge.attributes.get("mode") == "plan"
        line = 'style="dotted", arrowhead="empty"' if plan else f'style="{word.line}"' if word else ""
        look = f', color="{word.colour}", {line}' if word else ""
        label = _dot_text(str(edge.attributes.get("label", edge.key)))
        tip = _dot_text(str(edge.attributes.get("quote", "")))
        ends = f"{_dot_text(edge.source)} -> {_dot_text(edge.target)}"
        lines.append(f"{ends} [id={edge.name}, label={label}, tooltip={tip}{look}];")
    return "\n".join([*lines, "}", ""])


def node_link(network: Network) -> str:
    """JSON in the node-link form: `networkx.node_link_graph(json.load(file), edges="edges")` reads it back.
    Issuers, paths, drafters and the like are arrays, also where there is but one, or none; other attributes that have
    nothing to say are left out."""
    data = {
        "directed": True,
        "multigraph": True,
        "graph": {"title": network.title, "as_of": network.as_of.isoformat()},
        "nodes": [{**node.attributes, **node.several, "id": node.key} for node in network.nodes],
        "edges": [
            {**edge.attributes, "source": edge.source, "target": edge.target, "key": edge.key} for edge in network.edges
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def edge_list(network: Network) -> str:
    """A csv with a row for each relation: both works, the relation, the sentence and its file."""
    titles = {node.key: node.attributes.get("title", "") for node in network.nodes}
    rows: Iterable[table.Row] = (
        {
            **edge.attributes,
            "source": edge.source,
            "source_title": titles.get(edge.source),
            "target": edge.target,
            "target_title": titles.get(edge.target),
        }
        for edge in network.edges
    )
    return table.csv_text(rows, EDGE_COLUMNS)


EDGE_COLUMNS: table.Columns = (
    ("source", "引用文件"),
    ("source_title", "引用文件标题"),
    ("label", "关系"),
    ("target", "被引文件"),
    ("target_title", "被引文件标题"),
    ("quote", "原文"),
    ("path", "所在文件"),
    ("detail", "说明"),
    ("confidence", "可信度"),
    ("tier", "匹配途径"),
    ("repaired", "文号经修复"),
    ("judged", "人工确认"),
    ("kind", "关系代码"),
    ("mode", "方式代码"),
)

FORMATS: Mapping[str, Callable[[Network], str]] = MappingProxyType(
    {".graphml": graphml, ".gexf": gexf, ".dot": dot, ".json": node_link, ".csv": edge_list}
)


def _plain_keys(graph: Graph) -> dict[str, str]:
    """Keys as plain text; two that become equal are told apart by a count."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for key in graph:
        plain = base = plain_text(key)
        count = 1
        while plain in taken:
            count += 1
            plain = f"{base}#{count}"
        taken.add(plain)
        keys[key] = plain
    return keys


def _labelled(data: Mapping[str, object]) -> dict[str, str]:
    return {"label": edge_label(data)}


def _plain_attributes(data: Mapping[str, object]) -> dict[str, Plain]:
    pairs = ((plain_text(str(name)), plain_value(value)) for name, value in data.items())
    return {name: value for name, value in pairs if value is not None}


def _lists(data: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    several = ((plain_text(str(name)), value) for name, value in data.items() if isinstance(value, tuple))
    return {name: tuple(plain_text(str(part)) for part in value) for name, value in several}


def _one_type(rows: Iterable[dict[str, Plain]]) -> None:
    """Give every attribute one type, in place: text where the rows disagree."""
    rows = list(rows)
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    mixed = {name: float if kinds == {int, float} else str for name, kinds in types.items() if len(kinds) > 1}
    for row in rows:
        for name in mixed.keys() & row.keys():
            row[name] = mixed[name](row[name])


def _types(rows: Iterable[Node | Edge]) -> dict[str, str]:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    return {name: names[type(value)] for row in rows for name, value in row.attributes.items()}


def _text(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _graphml_data(attributes: Attributes, letter: str, types: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{letter}{i}">{escape(_text(attributes[name]))}</data>'
        for i, name in enumerate(types)
        if name in attributes
    )


def _gexf_values(attributes: Attributes, letter: str, types: Mapping[str, str]) -> str:
    values = "".join(
        f'<attvalue for="{letter}{i}" value={quoteattr(_text(attributes[name]))}/>'
        for i, name in enumerate(types)
        if name in attributes and name != "label"
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _dot_text(text: str) -> str:
    """A DOT string: backslash and quote escaped, line ends as \\n."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
