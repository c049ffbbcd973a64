"""How long a user waits before anything happens: `python benchmarks/startup.py [ROUNDS]`.

Wall time of whole processes, the contenders one after the other in each round, so that a busy moment hits them all.
Prints medians and their ratio to `python -c pass`. Aim: 0.3 s for `import policylib` and `policylib --help`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from policylib import Library

ROUNDS = 15
AIM_MS = 300
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NUMBER = "岚科规〔2021〕2号"
BASELINE = "python -c pass"


def contenders() -> dict[str, tuple[str, ...]]:
    """What is run, by the name that the table shows."""
    policylib = ("-m", "policylib")
    return {
        BASELINE: ("-c", "pass"),
        'python -c "import click"': ("-c", "import click"),
        'python -c "import networkx"': ("-c", "import networkx"),
        'python -c "import policylib"': ("-c", "import policylib"),
        "policylib --help": (*policylib, "--help"),
        f"policylib show {NUMBER}": (*policylib, "show", NUMBER),
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with TemporaryDirectory() as folder:
        with Library.create(folder) as library:
            library.add(CORPUS / "documents")
        times = measured(rounds, Path(folder))
    print("\n".join(table({name: median(spent) for name, spent in times.items()})))
    print(f"medians of {rounds} alternating runs; aim {AIM_MS} ms")


def measured(rounds: int, folder: Path) -> dict[str, list[float]]:
    """The milliseconds of each contender; a first round, which fills the caches, does not count."""
    times: dict[str, list[float]] = {name: [] for name in contenders()}
    for turn in range(rounds + 1):
        for name, arguments in contenders().items():
            spent = milliseconds(arguments, folder)
            if turn:
                times[name].append(spent)
    return times


def milliseconds(arguments: tuple[str, ...], folder: Path) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return (perf_counter() - start) * 1000


def table(medians: dict[str, float]) -> Iterator[str]:
    yield f"{'ms':>7} {'ratio':>7}  command"
    for name, spent in medians.items():
        yield f"{spent:7.1f} {spent / medians[BASELINE]:7.2f}  {name}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
