"""The graph → one offline HTML page that a review meeting projects: assets/page.html with everything put in.

The page loads nothing: scripts and styles are inlined, and a Content-Security-Policy allows exactly these by their
hashes and forbids every connection. Text of documents travels as JSON and reaches the page as text, never as markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policylib.errors import PolicyNotFound
from policylib.export.lanes import AWAY, LANES, Place, Standpoint, lanes, short_title
from policylib.export.plain import plain_text, plain_value
from policylib.export.words import (
    LOOKS,
    MODES,
    NOT_APPLICABLE,
    ROLES,
    edge_label,
    is_inferred,
    is_unsure,
    relation_label,
    relation_words,
    state_word,
)
from policylib.tables import builtin

if TYPE_CHECKING:
    from policylib.graph import Graph

_PLACE = re.compile(r"\{\{([a-z-]+)\}\}")
_FACTS = (
    ("issuers", "发文机关"),
    ("doc_type", "文种"),
    ("dated", "成文日期"),
    ("effective", "施行日期"),
    ("expires", "失效日期"),
    ("drafter", "起草单位"),
    ("interpreter", "解读单位"),
    ("registration_number", "登记号"),
    ("disclosure", "公开属性"),
    ("aliases", "别名"),
    ("paths", "文件"),
)
NOWHERE = Standpoint({}, frozenset())
_CITES_NOTHING = {"interpretation": "解读", "cleanup": "清理结果"}


def page(
    graph: Graph, *, title: str, as_of: date, start: str | None = None, asked: Collection[str] = (),
    seen_from: Standpoint = NOWHERE, note: str = "",
) -> str:  # fmt: skip
    """The page as text, the same bytes for the same graph. It opens on the work `start`, else on the policy with most
    relations; its list is in the order of `seen_from`, else those with most relations come first. The works that were
    `asked` about are shown strongest; `note` stands in its head, behind the day.

    Raises PolicyNotFound when `start` is not in the graph.
    """
    if start is not None and start not in graph:
        raise PolicyNotFound(f"关系图中没有“{start}”，请用 policylib search 查找它的文号或标题")
    script = "".join(map(_asset, ("routes.js", "layout.js", "graph.js")))
    style, engine = _asset("graph.css"), _asset("cytoscape.min.js")
    parts = {
        "title": escape(plain_text(title)),
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"script-src {_hash(engine)} {_hash(script)}",
                f"style-src {_hash(style)}",
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        "style": style,
        "engine": engine,
        "script": script,
        "data": _embedded(
            _data(graph, title, as_of, start, seen_from)
            | {"note": plain_text(note), "asked": [i for i, key in enumerate(graph) if key in asked]}
        ),
    }
    return _PLACE.sub(lambda match: parts[match[1]], _asset("page.html"))


def _data(graph: Graph, title: str, as_of: date, start: str | None, seen_from: Standpoint) -> dict[str, Any]:
    nodes = list(graph.nodes.items())
    index = {key: i for i, (key, _) in enumerate(nodes)}
    known = (Place(tuple(of["issuers"]), of["title"] or "", of["code"] or "") for _, of in nodes)
    places = lanes(known, builtin())
    kinds = Counter(str(of["kind"]) for _, _, of in graph.edges(data=True))
    return {
        "title": plain_text(title),
        "asOf": f"{as_of.year}年{as_of.month}月{as_of.day}日",
        "lanes": LANES,
        "roles": dict(ROLES),
        "notApplicable": NOT_APPLICABLE,
        "kinds": {kind: _kind(kind) for kind in relation_words() if kinds[kind]},
        "nodes": [
            _node(key, of, AWAY if key in seen_from.away else lane) | {"place": seen_from.places.get(key)}
            for (key, of), lane in zip(nodes, places, strict=True)
        ],
        "edges": [_edge(index[source], index[target], of) for source, target, of in graph.edges(data=True)],
        "focus": None if start is None else index[start],
    }


def _kind(kind: str) -> dict[str, str]:
    word = relation_words()[kind]
    return {
        "label": word.label,
        "inverse": word.inverse_by("下列文件"),
        "colour": word.colour,
        "line": word.line,
        "planned": relation_label(kind, "plan"),
    }


def _node(key: str, of: Mapping[str, Any], lane: int) -> dict[str, Any]:
    facts = [[label, plain_value(of[name])] for name, label in _FACTS]
    number = of["number"] or _CITES_NOTHING.get(of["role"], "无文号")
    return _plain(
        {
            "key": key,
            "label": of["label"],
            "number": number + ("（待核实）" if of["number_repaired"] and not of["number_corroboration"] else ""),
            "title": of["title"] or "",
            "short": short_title(of["title"] or of["label"]),
            "role": of["role"],
            "year": of["year"],
            "day": plain_value(of["dated"]) or "",
            "lane": lane,
            "status": state_word(of["status"], of["role"]),
            "period": _period(of),
            "look": LOOKS.get(of["status"], "unknown"),
            "held": of["held"],
            "facts": [fact for fact in facts if fact[1] is not None],
        }
    )


def _period(of: Mapping[str, Any]) -> str:
    ends = (("自", of["since"]), ("至", of["until"]))
    return " ".join(f"{word}{plain_value(day)}" for word, day in ends if day)


def _edge(source: int, target: int, of: Mapping[str, Any]) -> dict[str, Any]:
    notes = [
        f"方式：{MODES.get(of['mode'], of['mode'])}",
        f"可信度：{of['confidence']:.0%}",
        f"匹配途径：{of['tier']}",
        *(["文号经修复，待核实"] if is_unsure(of) else []),
        *(["原文只写“及其实施细则”一类，没有写名称，是推断的，请核对"] if is_inferred(of) else []),
        *([plain_text(f"文号经修复：{of['corroboration']}")] if of["repaired"] and of["corroboration"] else []),
        *([plain_text(f"经人工确认{'：' if of['witness'] else ''}{of['witness'] or ''}")] if of["judged"] else []),
        *([plain_text(f"说明：{of['detail']}")] if of["detail"] else []),
    ]
    return _plain(
        {
            "s": source,
            "t": target,
            "kind": of["kind"],
            "label": edge_label(of),
            "plan": of["mode"] == "plan",
            "before": of["before"],
            "quote": of["quote"],
            "after": of["after"],
            "path": of["path"],
            "notes": notes,
        }
    )


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain_text(value) if isinstance(value, str) else value for name, value in record.items()}


def _embedded(data: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element, start a comment in it, or break a line in old engines."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _asset(name: str) -> str:
    return (files("policylib.export") / "assets" / name).read_text("utf-8").replace("\r\n", "\n")


def _hash(inlined: str) -> str:
    """The source expression of Content-Security-Policy for one inlined element."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode()}'"
