"""The labelled cases are well made, and the library reads no fewer of them than it once did."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import Any

import pytest

from policylib import DocumentNumber
from tests.accuracy.scoring import ACCEPTED, CASES, FLOORS, PARTS, UNPINNED, Row, fallen, rows, score, span_of

FEWEST = {"numbers": 120, "citations": 100, "elements": 60, "targets": 40}
ALL = [pytest.param(part, row, id=f"{part}:{row['id']}") for part in PARTS for row in rows(part)]


def floors() -> dict[str, dict[str, float]]:
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", PARTS)
def test_no_figure_falls(part: str) -> None:
    below = [f"{figure.name} {figure.value:.4f} < {floor}" for figure, floor in fallen(score(part).figures, floors())]
    assert not below, f"{below}: python benchmarks/accuracy.py --only {part} --show 5"


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_has_a_floor(part: str) -> None:
    figures = {figure.name for figure in score(part).figures} - UNPINNED
    assert figures == {f"{part}.{name}" for name in floors()[part]}


@pytest.mark.parametrize("part", PARTS)
def test_enough_cases_with_ids_of_their_own(part: str) -> None:
    found = Counter(row["id"] for row in rows(part))
    assert found.total() == len(found) >= FEWEST[part]


def test_every_file_of_cases_is_scored() -> None:
    assert {path.stem for path in CASES.glob("*.jsonl")} == set(PARTS)


@pytest.mark.parametrize(("part", "row"), ALL)
def test_case_is_well_made(part: str, row: Row) -> None:
    assert row["why"].endswith(".")
    for canonical in _numbers(part, row):
        assert str(DocumentNumber.parse(canonical)) == canonical
    for quoted in (*row.get("citations", ()), *row.get("not_edges", ())):
        start, end = span_of(row, quoted)
        assert row["text"][start:end] == quoted["quote"]


def _numbers(part: str, row: Row) -> list[str]:
    if part == "citations":
        return [number for one in row["citations"] for number in one["numbers"]]
    if part == "elements":
        return [row["elements"]["number"]] if row["elements"].get("number") else []
    return [*row["numbers"], *row.get("repaired", ()), *row.get("candidates", ())]


# The scoring itself, on answers that are known ------------------------------------------------------------------


def citation(**changed: Any) -> dict[str, Any]:
    label = {"quote": "《岚州市人才办法》", "relation": "basis", "title": "岚州市人才办法", "numbers": []}
    return {**label, **changed}


def figures(part: str, **row: Any) -> dict[str, tuple[int, int]]:
    made = score(part, [{"id": "one", "why": "A test.", **row}])
    return {figure.name.partition(".")[2]: (figure.right, figure.total) for figure in made.figures}


TEXT = "根据《岚州市人才办法》，制定本细则。"


def test_a_right_answer_counts_in_every_figure() -> None:
    found = figures("citations", text=TEXT, citations=[citation()])
    assert found == {
        "parts_exact": (1, 1), "relation_accuracy": (1, 1), "relation_exact": (1, 1),
        "precision": (1, 1), "recall": (1, 1), "f1": (2, 2),
    }  # fmt: skip


def test_a_near_relation_is_accurate_and_not_exact() -> None:
    assert "basis" in ACCEPTED["reference"]
    found = figures("citations", text=TEXT, citations=[citation(relation="reference")])
    assert (found["relation_accuracy"], found["relation_exact"]) == ((1, 1), (0, 1))


def test_a_citation_that_no_label_wants_is_spurious() -> None:
    found = figures("citations", text=TEXT, citations=[])
    assert (found["precision"], found["recall"], found["f1"]) == ((0, 1), (0, 0), (0, 1))


def test_a_number_of_another_paper_is_an_inexact_part() -> None:
    found = figures("citations", text=TEXT, citations=[citation(numbers=["岚政发〔2019〕3号"])])
    assert found["parts_exact"] == (0, 1)


def test_a_citation_at_the_place_of_a_silent_label_is_not_kept_out() -> None:
    silent = [{"quote": "《岚州市人才办法》", "what": "own"}]
    assert figures("citations", text=TEXT, citations=[], not_edges=silent)["non_edges_kept_out"] == (0, 1)


def test_numbers_are_counted_one_by_one() -> None:
    found = figures("numbers", text="岚政发〔2019〕3、4号", numbers=["岚政发〔2019〕3号", "岚政发〔2019〕5号"])
    assert found == {"string_exact": (0, 1), "precision": (1, 2), "recall": (1, 2)}


VERDICTS = {
    "right": ("《岚州市人才办法》政策解读", "岚州市人才办法"),
    "abstained": ("政策解读", "岚州市人才办法"),
    "wrong": ("《岚州市人才办法》政策解读", "岚州市科技办法"),
    "named where none is": ("《岚州市人才办法》政策解读", None),
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_verdict(verdict: str) -> None:
    heading, target = VERDICTS[verdict]
    found = figures("targets", text=f"{heading}\n现解读如下。", target=target, numbers=[])
    names = {name for name in ("right", "wrong", "abstained") if found[name] == (1, 1)}
    assert names == {verdict if verdict in found else "wrong"}
