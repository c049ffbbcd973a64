"""The JSON form of an analysis says all of it: reading it back gives the same analysis."""

from __future__ import annotations

import contextlib
import copy
import functools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policylib
from policylib.errors import PolicylibError
from policylib.extract import analyse, analyse_text
from policylib.model import Analysis, Elements, Found, Source, Span

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def read_back(analysis: Analysis) -> Analysis:
    return Analysis.from_dict(json.loads(json.dumps(analysis.to_dict(), ensure_ascii=False)))


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_corpus_documents_come_back(path: Path) -> None:
    analysis = analyse(policylib.read(path))
    assert read_back(analysis) == analysis


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_what_is_read_as_asked_is_the_same(path: Path) -> None:
    analysis = analyse(policylib.read(path))
    asked = Analysis.read_as_asked(analysis.stored(), analysis.source.path)
    assert asked.elements == analysis.elements
    assert replace(asked.elements, title=None) == replace(analysis.elements, title=None)
    assert asked == analysis


def test_what_is_stored_is_the_json_object_with_each_part_on_a_line() -> None:
    analysis = analyse_text("岚政发〔2019〕3号\n根据《东岭省人才条例》，制定本办法。")
    stored = analysis.stored()
    assert json.loads(stored) == analysis.to_dict()
    assert len(stored.splitlines()) == len(analysis.to_dict()) + 2
    assert Analysis.read_as_asked(stored, "搬到/别处.txt").source.path == "搬到/别处.txt"


def test_an_analysis_that_an_earlier_version_stored_on_one_line_is_read() -> None:
    analysis = analyse_text("岚政发〔2019〕3号\n根据《东岭省人才条例》，制定本办法。")
    assert Analysis.read_as_asked(json.dumps(analysis.to_dict()), analysis.source.path) == analysis


def test_words_that_look_like_the_names_of_parts_are_words() -> None:
    told = Analysis(
        Source("1.txt", "1" * 64, "text/plain", "text"),
        Found("policy", Span(0, 1), "test"),
        Elements(title=Found('办法","drafter":{"value":"局"}\n"citations":[', Span(0, 9), '"number":')),
    )
    asked = Analysis.read_as_asked(told.stored(), "1.txt")
    assert asked.elements.drafter is None
    assert asked == told


PIECES = st.sampled_from(
    """
岚州市人民政府关于印发《岚州市人才办法》的通知⏎|岚政发〔2019〕3号⏎|各区县人民政府：⏎|根据《东岭省人才条例》|（岚政发〔201717号）
及其实施细则|，制定本办法。|本办法自2024年3月4日起施行，有效期5年。|同时废止。|岚州市人民政府⏎2019年3月4日⏎|2017627⏎
（此件公开发布）⏎|令第20号|国务院令第711号|公告〔15届〕第19号⏎|第3号⏎|HFGS—2022—7⏎|岚科函〔2022〕号|岚政办发〔20171718号
（以下简称《办法》）|《岚州市人才办法》解读⏎|附件：1.目录⏎
""".strip()
    .replace("\n", "|")
    .replace("⏎", "\n")
    .split("|")
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_comes_back(text: str) -> None:
    analysis = analyse_text(text)
    assert read_back(analysis) == analysis


@pytest.mark.parametrize("text", ["令第20号", "第145号令", "公告〔15届〕第19号", "62号公告", "〔2019〕第4号"])
def test_numbers_without_an_organ_come_back(text: str) -> None:
    analysis = analyse_text(f"见{text}。\n{text}\n")
    assert analysis.numbers
    assert read_back(analysis).numbers == analysis.numbers


def test_the_contract_keys() -> None:
    data = analyse_text("根据《岚州市人才办法》（岚政发〔2019〕3号），制定本细则。").to_dict()
    assert data["schema"] == "policylib.analysis/1"
    assert set(data) == {
        "schema", "source", "role", "elements", "numbers", "citations", "problems", "clauses", "tasks", "counts",
        "days", "marks",
    }  # fmt: skip
    assert {
        "raw",
        "start",
        "end",
        "canonical",
        "code",
        "year",
        "serial",
        "kind",
        "repaired",
        "rule",
        "confidence",
    } <= set(data["numbers"][0])
    assert {"raw", "start", "end", "title", "numbers", "issuer", "form", "relation", "cue", "tail", "alias"} <= set(
        data["citations"][0]
    )


def test_another_schema_is_refused() -> None:
    data = analyse_text("岚政发〔2019〕3号").to_dict() | {"schema": "policylib.analysis/2"}
    with pytest.raises(PolicylibError, match="analysis/2"):
        Analysis.from_dict(data)


FULL = analyse_text(
    "岚州市人民政府关于印发《岚州市人才办法》的通知\n岚政发〔2019〕3号\n各区县人民政府：\n根据《东岭省人才条例》"
    "（岚政发〔20171718号），由市财政局牵头，于2020年6月底前完成。同时废止《岚州市旧办法》。\n岚州市人民政府\n2019年3月4日\n"
).to_dict()


def places(data: object, way: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The way to every value in a JSON object."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*way, key)
        yield from places(value, (*way, key))


@settings(max_examples=400)
@given(
    st.sampled_from(list(places(FULL))),
    st.sampled_from([None, "", "x", -1, 1.5, True, [], {}, [1], [{}], {"value": 1}, "2019-13-45"]),
    st.booleans(),
)
def test_a_damaged_object_is_read_or_refused_with_one_error(way: tuple[Any, ...], other: object, lost: bool) -> None:
    data = copy.deepcopy(FULL)
    place = functools.reduce(lambda part, key: part[key], way[:-1], data)
    if lost:
        del place[way[-1]]
    else:
        place[way[-1]] = other
    with contextlib.suppress(PolicylibError):
        assert isinstance(Analysis.from_dict(data), Analysis)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({"numbers": [{"raw": "岚政发"}]}, "分析结果不完整：numbers 里缺 'start'"),
        ({"citations": None}, "citations 里有不合格式的值"),
        ({"elements": {}}, "elements 里缺 'title'"),
        ({"role": {"value": "policy", "start": "0", "end": 1, "rule": "r", "confidence": 1}}, "role 里有不合格式的值"),
        ({"role": {"value": "policy", "start": 3, "end": 1, "rule": "r", "confidence": 1}}, "start=3, end=1"),
        ({"role": {"value": "poem", "start": 0, "end": 1, "rule": "r", "confidence": 1}}, "value='poem'"),
        ({"marks": [{"value": 5, "start": 0, "end": 1, "rule": "r", "confidence": 1}]}, "marks.*value=5"),
    ],
)
def test_what_is_wrong_with_an_object_is_said(damage: dict[str, object], said: str) -> None:
    with pytest.raises(PolicylibError, match=said):
        Analysis.from_dict(FULL | damage)


@pytest.mark.parametrize("data", [[], None, "x", 3])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(PolicylibError, match=r"不是 policylib\.analysis/1 格式"):
        Analysis.from_dict(data)  # type: ignore[arg-type]
