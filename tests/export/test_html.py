"""The page is one file that loads nothing, and document text is never markup in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from policylib.errors import PolicylibError, PolicyNotFound
from policylib.export import GRAPH_SUFFIXES, write_graph
from policylib.export.html import page
from policylib.graph import build
from policylib.model import Snapshot

AS_OF = date(2024, 6, 30)


class Reader(HTMLParser):
    """The elements of a page, and the text in each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inlined: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if tag in ("script", "style") and data.strip():
            self.inlined.append((attributes.get("id") or tag, data))

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(dict(self.inlined)["data"])  # type: ignore[no-any-return]


@pytest.fixture(params=["made-up", "hostile", "empty"])
def text(request: pytest.FixtureRequest, city: Callable[[int], Snapshot], hostile_city: Snapshot) -> str:
    snapshot = {"made-up": city(70), "hostile": hostile_city, "empty": Snapshot(AS_OF)}[request.param]
    title = "图 </title><script>alert(1)</script> {{script}}" if request.param == "hostile" else "岚州市政策关系图"
    return page(build(snapshot), title=title, as_of=AS_OF)


def test_nothing_is_loaded(text: str) -> None:
    reader = Reader(text)
    assert not [e for e in reader.elements if {"src", "href", "srcset", "action", "poster"} & e[1].keys()]
    assert not [e for e in reader.elements if e[0] in ("link", "iframe", "object", "embed", "base", "form", "img")]
    own = re.sub(r"(?s)<script>/\*\*.*?</script>", "", text)
    assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|WebSocket|importScripts|@import|url\(", own)


def test_policy_forbids_the_network_and_allows_only_what_is_inlined(text: str) -> None:
    reader = Reader(text)
    policy = next(a["content"] or "" for tag, a in reader.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    for _, inlined in (pair for pair in reader.inlined if pair[0] != "data"):
        assert base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode() in policy


def test_text_of_documents_is_never_markup(text: str) -> None:
    reader = Reader(text)
    assert [a.get("id") for tag, a in reader.elements if tag == "script"] == ["data", None, None]
    embedded = dict(reader.inlined)["data"]
    assert not set("<>&\u2028\u2029") & set(embedded)


@pytest.mark.parametrize("name", ["routes.js", "layout.js", "graph.js"])
def test_own_script_writes_text_only(name: str) -> None:
    script = (Path(__file__).parents[2] / "policylib/export/assets" / name).read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)


def test_the_page_calls_things_as_the_commands_do(text: str) -> None:
    assert '"notApplicable":"不适用"' in text.replace('": "', '":"')
    assert "未收文件" not in text and "未入库" in text
    assert "状态" not in text and "<summary>效力</summary>" in text
    assert "（转述）：说的是别的文件做的事" in text


def test_every_work_and_relation_is_in_the_page(city: Callable[[int], Snapshot]) -> None:
    snapshot = city(70)
    data = Reader(page(build(snapshot), title="图", as_of=AS_OF)).data
    assert [node["key"] for node in data["nodes"]] == [work.key for work in snapshot.works]
    assert len(data["edges"]) == len(snapshot.relations)
    edge, relation = data["edges"][0], snapshot.relations[0]
    assert (data["nodes"][edge["s"]]["key"], data["nodes"][edge["t"]]["key"]) == (relation.source, relation.target)
    assert (edge["quote"], edge["path"]) == (relation.evidence.quote, relation.evidence.path)
    assert data["asOf"] == "2024年6月30日"
    assert set(data["kinds"]) == {relation.kind for relation in snapshot.relations}


def test_a_plan_to_repeal_is_no_repeal(city: Callable[[int], Snapshot]) -> None:
    """A line of its own and a row of its own in the legend: 拟废止 changes nothing."""
    snapshot = city(70)
    data = Reader(page(build(snapshot), title="图", as_of=AS_OF)).data
    plans = [edge for edge in data["edges"] if edge["plan"]]
    assert len(plans) == sum(one.mode == "plan" for one in snapshot.relations) > 0
    assert {edge["label"].partition("（")[0] for edge in plans} == {data["kinds"]["repeals"]["planned"]} == {"拟废止"}
    assert all(not edge["label"].startswith("拟") for edge in data["edges"] if not edge["plan"])


def test_hostile_text_arrives_as_it_was(hostile_city: Snapshot) -> None:
    data = Reader(page(build(hostile_city), title="图", as_of=AS_OF)).data
    assert data["nodes"][0]["title"].startswith("</script><img src=x onerror=alert(1)>\"'&\ufffd\ufffd\ufffd\u2028")
    assert "{{data}}" in data["nodes"][0]["title"]


def test_same_graph_same_bytes(city: Callable[[int], Snapshot]) -> None:
    first, second = (page(build(city(70)), title="图", as_of=AS_OF).encode() for _ in range(2))
    assert first == second


def test_empty_graph_says_so() -> None:
    text = page(build(Snapshot(AS_OF)), title="图", as_of=AS_OF)
    assert "本库暂无关系" in text
    assert Reader(text).data["nodes"] == []


def test_page_opens_on_the_focus(city: Callable[[int], Snapshot]) -> None:
    snapshot = city(70)
    key = snapshot.works[5].key
    assert Reader(page(build(snapshot), title="图", as_of=AS_OF, start=key)).data["focus"] == 5
    assert Reader(page(build(snapshot), title="图", as_of=AS_OF)).data["focus"] is None
    with pytest.raises(PolicyNotFound, match="关系图中没有“没有这份”"):
        page(build(snapshot), title="图", as_of=AS_OF, start="没有这份")


@pytest.mark.parametrize("suffix", GRAPH_SUFFIXES)
def test_write_graph(tmp_path: Path, city: Callable[[int], Snapshot], suffix: str) -> None:
    path = tmp_path / f"关系图{suffix}"
    write_graph(build(city(12)), path, title="岚州市", as_of=AS_OF)
    assert "国办发〔2013〕1号" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_focus_of_a_file_holds_two_steps(tmp_path: Path, city: Callable[[int], Snapshot]) -> None:
    graph, path, key = build(city(70)), tmp_path / "关系图.json", "国发〔2013〕34号"
    write_graph(graph, path, title="岚州市", as_of=AS_OF, focus=[key])
    near = len(json.loads(path.read_text("utf-8"))["nodes"])
    assert 1 < near < len(graph)
    write_graph(graph, web := tmp_path / "关系图.html", title="岚州市", as_of=AS_OF, focus=[key])
    whole = web.read_bytes()
    write_graph(graph, web, title="岚州市", as_of=AS_OF, focus=key)
    assert web.read_bytes() == whole
    data = Reader(web.read_text("utf-8")).data
    assert (len(data["nodes"]), data["nodes"][data["focus"]]["key"]) == (near, key)


@pytest.mark.parametrize("name", ["图.svg", "图.png", "图.pdf", "图"])
def test_unsupported_suffix_lists_what_is_supported(tmp_path: Path, name: str) -> None:
    with pytest.raises(PolicylibError, match=r"支持的后缀：\.graphml \.gexf \.dot \.json \.csv \.html"):
        write_graph(build(Snapshot(AS_OF)), tmp_path / name, title="图", as_of=AS_OF)
    assert not list(tmp_path.iterdir())
