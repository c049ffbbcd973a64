"""Clauses that bear on validity and name no document: every row of the table, and where they count."""

from __future__ import annotations

import re
from typing import Any

import pytest

from policylib.extract import analyse_text
from policylib.tables import toml_rows

PAPER = """岚州市人民政府关于印发科技创新办法的通知
岚政发〔2019〕8号
各区县：
{}
请认真组织实施。
岚州市人民政府
2019年3月4日
"""
ROWS = [pytest.param(row, id=row["id"]) for row in toml_rows("clauses.toml")]


@pytest.mark.parametrize("row", ROWS)
def test_examples_of_a_clause(row: dict[str, Any]) -> None:
    for words in row["examples"]:
        text = PAPER.format(f"{words.removesuffix('。')}。")
        (found,) = analyse_text(text).clauses
        assert found.value == row["kind"]
        assert found.span.of(text) in text
        assert any(word in found.span.of(text) for word in row["words"])


@pytest.mark.parametrize("row", ROWS)
def test_counter_examples_of_a_clause(row: dict[str, Any]) -> None:
    for words in row["not_examples"]:
        assert row["kind"] not in [one.value for one in analyse_text(PAPER.format(words)).clauses]


def test_an_interpretation_tells_of_clauses_and_makes_none() -> None:
    text = "《岚州市科技创新办法》政策解读\n一、主要内容\n与本办法不一致的，以本办法为准。\n"
    assert analyse_text(text).clauses == ()


@pytest.mark.parametrize("row", ROWS)
def test_a_clause_is_found_in_linear_time(row: dict[str, Any]) -> None:
    """No pattern repeats an unbounded part: each match looks at a bounded stretch."""
    assert not re.search(r"(?<!\\)[*+]", row["pattern"])
