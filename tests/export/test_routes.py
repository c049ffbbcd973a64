"""Whoever follows a line of the picture arrives at the paper that it speaks of: no line passes a box of other papers.

`layout.js` and `routes.js` lay the picture out in the browser; here the same files run under Node.js, and the laws are
checked on what they answer: over the sample corpus, cities of several sizes, and graphs that dice made.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from policylib import Library
from policylib.export.html import page
from policylib.export.lanes import LANES
from policylib.graph import build, focus
from policylib.model import Snapshot

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "policylib" / "export" / "assets"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="the picture is laid out by JavaScript: needs Node.js")

WINDOWS = ((1600, 900), (1100, 700))  # the stage of a window of 1920 and of 1400
HALF_WIDTH, HALF_HEIGHT, MARK = 73.0, 44.0, 8.5  # of a box, and what of the mark of its state hangs below it
CLEAR = 5.0  # a line that is so far from a box does not seem to touch it
Point = tuple[float, float]
Piece = tuple[Point, Point]
Records = list[dict[str, Any]]

HARNESS = """
const answer = ({ nodes, edges, lanes, width, height, wide, mark }) => {
  const linksOf = nodes.map(() => []);
  edges.forEach((edge, i) => { linksOf[edge.s].push(i); if (edge.t !== edge.s) linksOf[edge.t].push(i); });
  const world = { nodes, edges, linksOf, lanes };
  const marks = new Map(nodes.map((_, i) => [i, mark]));
  const plan = layout(world, new Set(nodes.keys()), edges, { width, height }, marks, wide);
  const place = nodes.map((_, i) => plan.place.get(i));
  const shapes = edges.map(({ s, t }, n) => shape(plan.paths[n], place[s], place[t]));
  return { place, paths: plan.paths, words: plan.words, zoom: plan.zoom, shapes };
};
process.stdout.write(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(answer)));
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the browser would draw it. `boxes` by number of paper; `paths` and `words` by number of relation."""

    ends: tuple[tuple[int, int], ...]
    boxes: tuple[Point, ...]
    paths: tuple[tuple[Point, ...], ...]
    words: tuple[dict[str, Any], ...]
    shapes: tuple[dict[str, Any], ...]


def pictures(worlds: Records) -> list[Picture]:
    script = "".join((ASSETS / name).read_text("utf-8") for name in ("routes.js", "layout.js")) + HARNESS
    asked = json.dumps(worlds)
    answer = subprocess.run([str(NODE), "-e", script], input=asked, capture_output=True, encoding="utf-8", check=True)

    def point(of: dict[str, float]) -> Point:
        return of["x"], of["y"]

    return [
        Picture(
            tuple((edge["s"], edge["t"]) for edge in world["edges"]),
            tuple(map(point, told["place"])),
            tuple(tuple(map(point, path)) for path in told["paths"]),
            tuple(told["words"]),
            tuple(told["shapes"]),
        )
        for world, told in zip(worlds, json.loads(answer.stdout), strict=True)
    ]


def world(nodes: Records, edges: Records, window: tuple[int, int], *, wide: bool) -> dict[str, Any]:
    """What the page passes on: one line for each kind between two papers, none from a paper to itself."""
    lines = {(edge["s"], edge["t"], edge["label"]): edge for edge in edges if edge["s"] != edge["t"]}
    size = {"width": window[0], "height": window[1], "mark": 60 if wide else 130}
    return {"nodes": nodes, "edges": list(lines.values()), "lanes": LANES, "wide": wide, **size}


def of_snapshot(snapshot: Snapshot, window: tuple[int, int], round_: str | None = None) -> dict[str, Any]:
    whole = build(snapshot)
    graph = focus(whole, [round_]) if round_ else whole
    embedded = re.search(r'<script id="data"[^>]*>(.*?)</script>', page(graph, title="图", as_of=snapshot.as_of))
    assert embedded
    data = json.loads(embedded[1])
    return world(data["nodes"], data["edges"], window, wide=len(data["edges"]) <= 90)


def diced(seed: int) -> dict[str, Any]:
    """A graph without any sense: sparse and dense, hubs, relations both ways, years that nobody knows."""
    dice = Random(seed)
    size = dice.choice((2, 3, 7, 15, 40, 80))
    hubs = range(dice.randrange(1, 4))
    kinds = ("依据", "废止", "参照引用", "解读（待核实）", "延长有效期×12")
    nodes = [
        {
            "year": dice.choice((None, *range(2015, 2015 + dice.randrange(1, 9)))),
            "day": "",
            "lane": dice.randrange(5) if seed % 2 else 2,
            "role": dice.choice(("policy", "policy", "interpretation", "cleanup")),
        }
        for _ in range(size)
    ]
    edges = [
        {
            "s": dice.randrange(size),
            "t": dice.choice(hubs) % size if dice.random() < 0.3 else dice.randrange(size),
            "label": dice.choice(kinds),
            "kind": dice.choice(("basis", "interprets")),
        }
        for _ in range(round(size * dice.choice((0.5, 1, 1.5, 3))))
    ]
    return world(nodes, edges, dice.choice((*WINDOWS, (400, 300))), wide=size < 40)


@cache
def corpus_snapshot(folder: Path) -> Snapshot:
    shutil.copytree(ROOT / "corpus" / "tables", folder / "tables")
    with Library.create(folder) as library:
        library.add(ROOT / "corpus" / "documents")
        return library.snapshot(date(2024, 12, 31))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return corpus_snapshot(tmp_path_factory.mktemp("岚州"))


@pytest.fixture(scope="module", params=["corpus", "papers round one", "cities", "dice"])
def drawn(request: pytest.FixtureRequest, corpus: Snapshot, city: Callable[[int], Snapshot]) -> list[Picture]:
    some = [work.key for work in corpus.works if work.held][::8]
    worlds = {
        "corpus": lambda: [of_snapshot(corpus, window) for window in WINDOWS],
        "papers round one": lambda: [
            of_snapshot(corpus, window, key) for key in ("岚科发〔2016〕31号", *some) for window in WINDOWS
        ],
        "cities": lambda: [of_snapshot(city(size), window) for size in (1, 15, 60, 130) for window in WINDOWS],
        "dice": lambda: [diced(seed) for seed in range(80)],
    }
    return pictures(worlds[request.param]())


def pieces(path: tuple[Point, ...]) -> Iterator[Piece]:
    return (pair for pair in pairwise(path) if pair[0] != pair[1])


def meets(piece: Piece, box: Point, margin: float, below: float = MARK) -> bool:
    """Whether a piece of a line, which is level or upright, comes so near to a box with its mark."""
    (ax, ay), (bx, by) = piece
    x, y = box
    return (
        min(ax, bx) < x + HALF_WIDTH + margin
        and max(ax, bx) > x - HALF_WIDTH - margin
        and min(ay, by) < y + HALF_HEIGHT + below + margin
        and max(ay, by) > y - HALF_HEIGHT - margin
    )


def side(point: Point, box: Point) -> str:
    x, y = point[0] - box[0], point[1] - box[1]
    if abs(abs(x) - HALF_WIDTH) < 0.01 and abs(y) < HALF_HEIGHT:
        return "left" if x < 0 else "right"
    if abs(x) < HALF_WIDTH and (abs(y + HALF_HEIGHT) < 0.01 or -0.01 < y - HALF_HEIGHT < MARK + 0.01):
        return "top" if y < 0 else "bottom"
    return "none"


def test_no_line_passes_a_box_that_is_not_its_end(drawn: list[Picture]) -> None:
    for picture in drawn:
        for ends, path in zip(picture.ends, picture.paths, strict=True):
            others = [box for i, box in enumerate(picture.boxes) if i not in ends]
            assert not [box for piece in pieces(path) for box in others if meets(piece, box, CLEAR)]


def test_a_line_touches_its_own_boxes_at_its_ends_only(drawn: list[Picture]) -> None:
    for picture in drawn:
        for (source, target), path in zip(picture.ends, picture.paths, strict=True):
            first, last = picture.boxes[source], picture.boxes[target]
            assert "none" not in (side(path[0], first), side(path[-1], last))
            steps = list(pieces(path))
            assert not [piece for piece in steps if meets(piece, first, -0.01, 0) or meets(piece, last, -0.01, 0)]
            assert not [piece for piece in steps[1:] if meets(piece, first, CLEAR)]
            assert not [piece for piece in steps[:-1] if meets(piece, last, CLEAR)]


def test_lines_meet_in_crossings_only(drawn: list[Picture]) -> None:
    """Two lines on each other would be read as one that forks."""
    for picture in drawn:
        level: list[tuple[float, float, float, int]] = []
        upright: list[tuple[float, float, float, int]] = []
        for n, path in enumerate(picture.paths):
            for (ax, ay), (bx, by) in pieces(path):
                assert ax == bx or ay == by, "a line is level or upright"
                (level if ay == by else upright).append(
                    (ay, min(ax, bx), max(ax, bx), n) if ay == by else (ax, min(ay, by), max(ay, by), n)
                )
        for group in (level, upright):
            for a, b in combinations(sorted(group), 2):
                assert a[3] == b[3] or b[0] - a[0] > 0.5 or a[1] > b[2] or b[1] > a[2]


def test_boxes_stand_apart(drawn: list[Picture]) -> None:
    for picture in drawn:
        for (ax, ay), (bx, by) in combinations(picture.boxes, 2):
            assert abs(ax - bx) > 2 * HALF_WIDTH + CLEAR or abs(ay - by) > 2 * HALF_HEIGHT + MARK + CLEAR


def test_words_stand_on_their_own_line_and_hide_nothing(drawn: list[Picture]) -> None:
    for picture in drawn:
        shown = [(n, word) for n, word in enumerate(picture.words) if not word["hidden"]]
        for n, word in shown:
            x, y, wide, high = word["x"], word["y"], word["w"], word["h"]

            def covered(piece: Piece, x: float = x, y: float = y, wide: float = wide, high: float = high) -> bool:
                (ax, ay), (bx, by) = piece
                across = min(ax, bx) < x + wide and max(ax, bx) > x - wide
                return across and min(ay, by) < y + high and max(ay, by) > y - high

            assert any(map(covered, pieces(picture.paths[n])))
            assert not [m for m, path in enumerate(picture.paths) if m != n and any(map(covered, pieces(path)))]
            for box_x, box_y in picture.boxes:
                assert abs(x - box_x) >= wide + HALF_WIDTH or abs(y - box_y) >= high + HALF_HEIGHT
        for (_, a), (_, b) in combinations(shown, 2):
            assert abs(a["x"] - b["x"]) >= a["w"] + b["w"] or abs(a["y"] - b["y"]) >= a["h"] + b["h"]


def test_words_of_the_corpus_find_room(corpus: Snapshot) -> None:
    worlds = [of_snapshot(corpus, window, key) for window in WINDOWS for key in ("岚科发〔2016〕31号", None)]
    for picture in pictures(worlds):
        assert len(picture.words) in (18, 136)
        hidden = [word for word in picture.words if word["hidden"]]
        assert len(hidden) <= (0 if len(picture.words) == 18 else 7), "of the whole a few words find no room"


def test_the_drawing_engine_gets_the_same_path(drawn: list[Picture]) -> None:
    """Cytoscape takes corners as parts along and beside the line between the middles of both boxes."""
    for picture in drawn:
        for (source, target), path, shape in zip(picture.ends, picture.paths, picture.shapes, strict=True):
            (ax, ay), (bx, by) = picture.boxes[source], picture.boxes[target]
            length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
            corners = [
                (
                    ax + (bx - ax) * along - (by - ay) / length * beside,
                    ay + (by - ay) * along + (bx - ax) / length * beside,
                )
                for along, beside in zip(shape["weights"], shape["distances"], strict=True)
            ]
            assert len(corners) == len(path) - 2
            for corner, point in zip(corners, path[1:-1], strict=True):
                assert corner == pytest.approx(point, abs=0.01)
            for told, middle, point in ((shape["from"], (ax, ay), path[0]), (shape["to"], (bx, by), path[-1])):
                dx, dy = (float(part.removesuffix("px")) for part in told.split(" "))
                assert (middle[0] + dx, middle[1] + dy) == pytest.approx(point, abs=0.01)
