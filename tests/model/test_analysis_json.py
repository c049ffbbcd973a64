"""The JSON form of an analysis says all of it: reading it back gives the same analysis."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policylib
from policylib.errors import PolicylibError
from policylib.extract import analyse, analyse_text
from policylib.model import Analysis

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
    asked = Analysis.read_as_asked(analysis.to_dict())
    assert asked.elements == analysis.elements
    assert replace(asked.elements, title=None) == replace(analysis.elements, title=None)
    assert asked == analysis


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
        "marks",
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
