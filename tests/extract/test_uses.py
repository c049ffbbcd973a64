"""Names in 《》 that are no policies: every row of the table, and names that are short for another."""

from __future__ import annotations

import re
from typing import Any

import pytest

from policylib.extract.citations import Context, find_mentions
from policylib.extract.folding import fold
from policylib.extract.numbers import find_numbers
from policylib.extract.uses import is_short
from policylib.tables import toml_rows

ROWS = [pytest.param(row, id=row["id"]) for row in toml_rows("uses.toml", array="use")]


def use_in(text: str) -> str:
    numbers = find_numbers(text)
    starts = tuple(one.span.start for one in numbers)
    context = Context(text, fold(text), numbers, starts, frozenset(), frozenset(), {})
    return find_mentions(context, 0, len(text))[0].use


@pytest.mark.parametrize("row", ROWS)
def test_examples_of_a_use(row: dict[str, Any]) -> None:
    assert {use_in(text) for text in row["examples"]} == {row["use"]}


@pytest.mark.parametrize("row", ROWS)
def test_counter_examples_of_a_use(row: dict[str, Any]) -> None:
    assert {use_in(text) for text in row["not_examples"]} == {"policy"}


@pytest.mark.parametrize("row", ROWS)
def test_a_use_is_found_in_linear_time(row: dict[str, Any]) -> None:
    """No pattern repeats an unbounded part: each match looks at a bounded stretch."""
    patterns = [row[place] for place in ("name", "paren", "before", "after") if place in row]
    assert not [pattern for pattern in patterns if re.search(r"(?<!\\)[*+]", pattern)]


[SHORT] = toml_rows("uses.toml", array="short")


@pytest.mark.parametrize("name", ["办法", *SHORT["examples"]])
def test_a_short_name_is_another_papers(name: str) -> None:
    assert is_short(name)


@pytest.mark.parametrize("name", ["法", *SHORT["not_examples"]])
def test_a_full_name_is_no_short_one(name: str) -> None:
    assert not is_short(name)
