"""How far the labelled cases are read right: `python benchmarks/accuracy.py [--only numbers,citations] [--show 5]`.

Prints one figure a line for tests/accuracy/cases; a figure is a share, 1 is perfect (targets.wrong and
targets.abstained are better when lower). --show prints misses: what was wanted, what was got, and why it is wanted.
--floors compares with tests/accuracy/floors.toml and exits 1 when a figure has fallen; --pin raises the floors to a
little below the figures of today, and never lowers one (write it by hand if you must).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.accuracy.scoring import FLOORS, PARTS, UNPINNED, Figure, Miss, fallen, score

STEP = 0.005  # floors are multiples of it
MARGIN = 0.001  # below today's figure before rounding down, so that a perfect figure is pinned at 0.995

Floors = Mapping[str, Mapping[str, float]]


def main() -> int:
    options = _options()
    scores = [score(part) for part in options.only.split(",")]
    figures = [figure for one in scores for figure in one.figures]
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    print("\n".join(_table(figures, floors if options.floors else {})))
    print(*_misses([miss for one in scores for miss in one.misses], options.show), sep="\n", end="")
    if options.pin:
        FLOORS.write_text("\n".join(pinned(figures, floors)) + "\n", encoding="utf-8")
    below = list(fallen(figures, floors)) if options.floors else []
    for figure, floor in below:
        print(f"fallen: {figure.name} {figure.value:.4f} < {floor:.3f}", file=sys.stderr)
    return 1 if below else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses of each figure")
    parser.add_argument("--floors", action="store_true", help="compare with floors.toml; exit 1 when one has fallen")
    parser.add_argument("--pin", action="store_true", help="raise floors.toml to the figures of today")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _table(figures: Sequence[Figure], floors: Floors) -> Iterator[str]:
    for figure in figures:
        part, _, name = figure.name.partition(".")
        floor = floors.get(part, {}).get(name)
        pinned_at = f"  floor {floor:.3f}" if floor is not None else ""
        yield f"{figure.name:30} {figure.value:7.4f}  {figure.right:4} of {figure.total:<4}{pinned_at}"


def _misses(misses: Sequence[Miss], limit: int) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for miss in misses:
        seen[miss.figure] += 1
        if seen[miss.figure] <= limit:
            yield f"\n{miss.figure}: {miss.case}\n  wanted {_shown(miss.wanted)}\n  got    {_shown(miss.got)}"
            yield f"  why    {miss.why}\n"


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def pinned(figures: Sequence[Figure], floors: Floors) -> Iterator[str]:
    """floors.toml with the higher of the old floor and the new one for each figure."""
    yield "# The lowest share that each figure may have: a little below what was reached. Raise them with"
    yield "# `python benchmarks/accuracy.py --pin`; lower one only by hand, and say in the commit what it bought."
    values = {part: dict(old) for part, old in floors.items()}
    for figure in figures:
        part, _, name = figure.name.partition(".")
        if figure.name not in UNPINNED:
            new = max(0.0, math.floor((figure.value - MARGIN) / STEP) * STEP)
            old = values.setdefault(part, {}).get(name, 0.0)
            values[part][name] = round(max(old, new), 3)
    for part, floor in values.items():
        yield f"\n[{part}]"
        yield from (f"{name} = {value}" for name, value in floor.items())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
