"""How far the answers for the labelled cases are right: figures between 0 and 1, and every miss with its reason.

    for figure in score("citations").figures: print(figure.name, figure.value)

`cases/*.jsonl` hold the cases, one JSON object a line; README.md beside them says what each key means. A figure is a
share, right / all, so that precision, recall and f1 are shares too. `python benchmarks/accuracy.py` prints them and
`test_floors.py` holds them above `floors.toml`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policylib import DocumentNumber, analyse_text

HOME = Path(__file__).resolve().parent
CASES = HOME / "cases"
FLOORS = HOME / "floors.toml"

Row = Mapping[str, Any]

NO_EDGE = frozenset({None, "none", "issues", "annex_of"})
HANGING = frozenset({"anaphor", "tail"})  # they have no title of their own, and are compared as details of their parent
# A relation of a label -> what counts as right in `relation_accuracy`; `relation_exact` asks for the very relation.
ACCEPTED: Mapping[str, frozenset[str]] = {
    "basis": frozenset({"basis", "reference"}),
    "reference": frozenset({"basis", "reference"}),
    "mentions": frozenset({"mentions", "reference", "basis"}),
    "repeals": frozenset({"repeals", "lapses"}),
    "lapses": frozenset({"repeals", "lapses"}),
    "partly_repeals": frozenset({"partly_repeals", "amends", "replaces"}),
}
DETAILS = ("form", "issuer", "tail", "alias", "repaired")
LISTS = frozenset({"issuers", "addressees"})
UNPINNED = frozenset({"targets.wrong", "targets.abstained"})  # shares that are better when they are lower


@dataclass(frozen=True, slots=True)
class Figure:
    """A share: so many right of so many."""

    name: str
    right: int
    total: int

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong in one case. `why` is the reason of the label."""

    figure: str
    case: str
    wanted: object
    got: object
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]


class Tally:
    """Counts right and wrong answers of one part, and keeps the wrong ones."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.right: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.misses: list[Miss] = []

    def count(self, figure: str, row: Row, wanted: object, got: object, right: bool | None = None) -> bool:
        name = f"{self.part}.{figure}"
        right = wanted == got if right is None else right
        self.right[name] += right
        self.total[name] += 1
        if not right:
            self.misses.append(Miss(name, row["id"], wanted, got, row["why"]))
        return right

    def add(self, figure: str, right: int, total: int) -> None:
        self.right[f"{self.part}.{figure}"] += right
        self.total[f"{self.part}.{figure}"] += total

    def score(self) -> Score:
        figures = tuple(Figure(name, self.right[name], total) for name, total in self.total.items())
        return Score(figures, tuple(self.misses))


def rows(part: str) -> tuple[Row, ...]:
    lines = (CASES / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def score(part: str, given: Iterable[Row] | None = None) -> Score:
    """The figures of one of PARTS, from the stored cases or from those given."""
    tally = Tally(part)
    PARTS[part](tally, rows(part) if given is None else given)
    return tally.score()


def plain(title: str | None) -> str:
    """A title without blanks and marks, which typists change."""
    return re.sub(r"[\s《》〈〉<>＜＞「」『』“”\"'‘’（）()\[\]〔〕【】﹝﹞,，、。.：:；;—-]", "", title or "")


def organless(canonical: str) -> str:
    """A number without the organ of an order or announcement, which often stands outside the paragraph."""
    return re.sub(r"^.*?(?=令第|令〔|公告\d|公告第)", "", canonical)


# Numbers --------------------------------------------------------------------------------------------------------


def score_numbers(tally: Tally, cases: Iterable[Row]) -> None:
    for row in cases:
        found = analyse_text(row["text"]).to_dict()["numbers"]
        wanted = Counter(map(_taken_apart, row["numbers"]))
        got = Counter((one["code"], one["year"], one["serial"], one["kind"]) for one in found if one["canonical"])
        both = sum((wanted & got).values())
        tally.count("string_exact", row, row["numbers"], [one["canonical"] for one in found], wanted == got)
        tally.add("precision", both, sum(got.values()))
        tally.add("recall", both, sum(wanted.values()))
        if "repaired" in row:
            flagged = sorted(one["canonical"] for one in found if one["canonical"] and one["repaired"])
            tally.count("repairs_flagged", row, sorted(row["repaired"]), flagged)
        if "candidates" in row:
            offered = sorted(name for one in found for name in one["candidates"])
            tally.count("candidates_exact", row, sorted(row["candidates"]), offered)


def _taken_apart(canonical: str) -> tuple[str | None, int | None, int | None, str]:
    number = DocumentNumber.parse(canonical)
    return number.code, number.year, number.serial, number.kind.value


# Citations ------------------------------------------------------------------------------------------------------


def score_citations(tally: Tally, cases: Iterable[Row]) -> None:
    right = spurious = missed = 0
    for row in cases:
        found = [one for one in analyse_text(row["text"]).to_dict()["citations"] if one["form"] not in HANGING]
        used: set[int] = set()
        for wanted in row["citations"]:
            index = _nearest(row, wanted, found, used)
            if wanted.get("optional"):  # the title says what the text says again: once is enough
                used.update(() if index is None else (index,))
                continue
            if index is None or found[index]["relation"] in NO_EDGE:
                missed += 1
                got = None if index is None else found[index]["relation"]
                tally.misses.append(Miss("citations.recall", row["id"], wanted, got, row["why"]))
                continue
            used.add(index)
            right += 1
            _compare(tally, row, wanted, found[index])
        for index, one in enumerate(found):
            if index not in used and one["relation"] not in NO_EDGE:
                spurious += 1
                got = f"{one['relation']} {one['raw']}"
                tally.misses.append(Miss("citations.precision", row["id"], None, got, row["why"]))
        _kept_out(tally, row, [one for index, one in enumerate(found) if index not in used])
    tally.add("precision", right, right + spurious)
    tally.add("recall", right, right + missed)
    tally.add("f1", 2 * right, 2 * right + spurious + missed)


def span_of(row: Row, quoted: Row) -> tuple[int, int]:
    """Where the quote stands: its first place in the text, or the one after `nth` others."""
    start = -1
    for _ in range(quoted.get("nth", 0) + 1):
        start = row["text"].index(quoted["quote"], start + 1)
    return start, start + len(quoted["quote"])


def _overlaps(one: Row, span: tuple[int, int]) -> bool:
    return bool(one["start"] < span[1] and span[0] < one["end"])


def _nearest(row: Row, wanted: Row, found: Sequence[Row], used: set[int]) -> int | None:
    """The citation at the label's place; of several, the one with the same title."""
    span = span_of(row, wanted)
    near = [index for index, one in enumerate(found) if index not in used and _overlaps(one, span)]
    return min(near, key=lambda index: plain(found[index]["title"]) != plain(wanted["title"]), default=None)


def _compare(tally: Tally, row: Row, wanted: Row, got: Row) -> None:
    numbers = [sorted(map(organless, one["numbers"])) for one in (wanted, got)]
    same = plain(wanted["title"]) == plain(got["title"]) and numbers[0] == numbers[1]
    parts = [[one["title"], list(one["numbers"])] for one in (wanted, got)]
    tally.count("parts_exact", row, parts[0], parts[1], same)
    relation, read = wanted["relation"], got["relation"]
    tally.count("relation_accuracy", row, relation, read, read in ACCEPTED.get(relation, {relation}))
    tally.count("relation_exact", row, relation, read)
    if "mode" in wanted:
        tally.count("mode_accuracy", row, wanted["mode"], got["mode"])
    for detail in DETAILS:
        if detail in wanted:
            tally.count("details_exact", row, {detail: wanted[detail]}, {detail: got[detail]})


def _kept_out(tally: Tally, row: Row, rest: Sequence[Row]) -> None:
    for silent in row.get("not_edges", ()):
        span = span_of(row, silent)
        wrong = [one["relation"] for one in rest if one["relation"] not in NO_EDGE and _overlaps(one, span)]
        tally.count("non_edges_kept_out", row, f"{silent['what']} {silent['quote']}", wrong, not wrong)


# Elements -------------------------------------------------------------------------------------------------------


def score_elements(tally: Tally, cases: Iterable[Row]) -> None:
    for row in cases:
        analysis = analyse_text(row["text"]).to_dict()
        for field, wanted in row["elements"].items():
            tally.count(field, row, *_element(field, wanted, analysis))


def _element(field: str, wanted: Any, analysis: Row) -> tuple[object, object]:
    """The wanted value and the found one, comparable: titles without marks, days without the time of day."""
    if field == "role":
        return wanted, analysis["role"]["value"]
    found = analysis["elements"][field]
    if field in LISTS:
        return sorted(map(plain, wanted)), sorted(plain(one["value"]) for one in found)
    value = found["value"] if found else None
    if field == "title":
        return plain(wanted), plain(value)
    return wanted, value[:10] if value and field == "published" else value


# Targets --------------------------------------------------------------------------------------------------------


def score_targets(tally: Tally, cases: Iterable[Row]) -> None:
    """right: the one policy, or none where none is named. wrong: another, several, or a number of another."""
    for row in cases:
        found = [one for one in analyse_text(row["text"]).to_dict()["citations"] if one["relation"] == "interprets"]
        titles = sorted({one["title"] for one in found if one["title"]})
        numbers = sorted({number for one in found for number in one["numbers"]})
        verdict = _verdict(row, bool(found), {plain(title) for title in titles}, set(map(organless, numbers)))
        wanted, got = [row["target"], row["numbers"]], [titles, numbers]
        tally.count("right", row, wanted, got, verdict == "right")
        for name in ("wrong", "abstained"):
            tally.add(name, verdict == name, 1)
        tally.add("not_wrong", verdict != "wrong", 1)
        if verdict == "right":
            tally.count("numbers_exact", row, sorted(row["numbers"]), numbers, _same_numbers(row["numbers"], numbers))


def _verdict(row: Row, named: bool, titles: set[str], numbers: set[str]) -> str:
    if not named:
        return "abstained" if row["target"] or row["numbers"] else "right"
    if row["target"] and titles == {plain(row["target"])} and numbers <= set(map(organless, row["numbers"])):
        return "right"
    return "wrong"


def _same_numbers(wanted: Sequence[str], got: Sequence[str]) -> bool:
    return set(map(organless, wanted)) == set(map(organless, got))


PARTS: Mapping[str, Callable[[Tally, Iterable[Row]], None]] = {
    "numbers": score_numbers,
    "citations": score_citations,
    "elements": score_elements,
    "targets": score_targets,
}


def fallen(figures: Iterable[Figure], floors: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[Figure, float]]:
    """Every figure that is below its floor, or has none, with the floor."""
    for figure in figures:
        part, _, name = figure.name.partition(".")
        floor = floors.get(part, {}).get(name, 1.0)
        if figure.name not in UNPINNED and figure.value < floor:
            yield figure, floor
