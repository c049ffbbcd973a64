"""What a change of the extraction gained and lost: `python benchmarks/compare.py BASE HEAD [FILE ...]`.

BASE and HEAD are git revisions, or `.` for the work tree as it is. Each is run by this Python over the same papers:
corpus/documents, the cases of tests/accuracy, and the files and folders given. What both say is left out; the rest is
printed mention by mention, with the CPU time that each took and their ratio. Revisions are checked out into a
temporary folder, which goes away again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("numbers", "citations", "elements", "failures")
Place = tuple[str, int, str]  # paper, offset, what is said: the raw text of a mention or the name of an element
Said = dict[Place, str]


def main() -> None:
    options = _options()
    papers = list(_papers(options.files))
    before, after = (run(revision, papers, options.rounds) for revision in (options.base, options.head))
    for kind in options.only.split(","):
        print("\n".join(difference(kind, _said(kind, before), _said(kind, after), options.most)))
    print(f"\nCPU over {len(papers)} papers, median of {options.rounds} rounds")
    print(f"  {options.base:12} {before['seconds']:8.3f} s")
    print(f"  {options.head:12} {after['seconds']:8.3f} s   ratio {after['seconds'] / before['seconds']:.3f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE")
    parser.add_argument("head", metavar="HEAD")
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="further papers, or folders of them")
    parser.add_argument("--only", default=",".join(KINDS), metavar="KINDS", help=f"some of {','.join(KINDS)}")
    parser.add_argument("--most", type=int, default=40, metavar="N", help="print at most N mentions of each (40)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds of timing (3)")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(KINDS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    return options


def _papers(given: Iterable[Path]) -> Iterator[dict[str, str]]:
    """Each paper by name, with its path or, for a case, its text."""
    for path in sorted((ROOT / "corpus" / "documents").iterdir()):
        yield {"name": path.name, "path": str(path)}
    for cases in sorted((ROOT / "tests" / "accuracy" / "cases").glob("*.jsonl")):
        for line in cases.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield {"name": f"{cases.stem}:{case['id']}", "text": case["text"]}
    for path in given:
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        yield from ({"name": str(one), "path": str(one.resolve())} for one in inside)


# Running a revision ---------------------------------------------------------------------------------------------


def run(revision: str, papers: list[dict[str, str]], rounds: int) -> dict[str, Any]:
    """What the library of that revision says of each paper, and its CPU seconds."""
    with tree(revision) as folder:
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        order = json.dumps({"papers": papers, "rounds": rounds, "tree": str(folder)})
        command = [sys.executable, str(Path(__file__).resolve()), "--worker"]
        done = subprocess.run(command, input=order, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{revision}: {done.stderr.strip()}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@contextmanager
def tree(revision: str) -> Iterator[Path]:
    if revision == ".":
        yield ROOT
        return
    with TemporaryDirectory() as holder:
        folder = Path(holder) / "tree"
        _git("worktree", "add", "--quiet", "--detach", str(folder), revision)
        try:
            yield folder.resolve()
        finally:
            _git("worktree", "remove", "--force", str(folder))


def _git(*arguments: str) -> None:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"git {arguments[0]}: {done.stderr.strip()}")


def work() -> None:
    """The other process: reads its order from standard input and prints what the library on its path says."""
    import policylib
    from policylib.errors import PolicylibError

    order = json.load(sys.stdin)
    home = Path(policylib.__file__).resolve().parents[1]
    if home != Path(order["tree"]):
        raise SystemExit(f"policylib was taken from {home}")
    documents: list[tuple[str, Any]] = []
    answers: dict[str, Any] = {}
    for paper in order["papers"]:
        try:
            documents.append((paper["name"], policylib.read(paper["path"]) if "path" in paper else paper["text"]))
        except (PolicylibError, OSError) as error:
            answers[paper["name"]] = {"failed": f"{type(error).__name__}: {error}"}
    spent = []
    for _ in range(order["rounds"]):
        start = process_time()
        for name, document in documents:
            answers[name] = _analysed(policylib, document)
        spent.append(process_time() - start)
    json.dump({"answers": answers, "seconds": median(spent)}, sys.stdout)


def _analysed(policylib: Any, document: Any) -> dict[str, Any]:
    """The analysis as JSON. Whatever an old or half-written revision raises is part of the comparison."""
    try:
        analyse = policylib.analyse_text if isinstance(document, str) else policylib.analyse
        result: dict[str, Any] = analyse(document).to_dict()
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"}
    return result


# Comparing ------------------------------------------------------------------------------------------------------


def _said(kind: str, result: Mapping[str, Any]) -> Said:
    return {
        (paper, start, what): value
        for paper, answer in result["answers"].items()
        for start, what, value in _READ[kind](answer)
    }


Statement = tuple[int, str, str]  # offset, what, value


def _numbers(answer: Mapping[str, Any]) -> Iterator[Statement]:
    for one in answer.get("numbers", ()):
        value = one["canonical"] or f"({one['rule']})"
        yield one["start"], _line(one["raw"]), value + (" repaired" if one["repaired"] and one["canonical"] else "")


def _citations(answer: Mapping[str, Any]) -> Iterator[Statement]:
    for one in answer.get("citations", ()):
        named = f"《{one['title']}》" if one["title"] else one["tail"] or ""
        numbers = "、".join(one["numbers"])
        yield one["start"], _line(one["raw"]), f"{one['relation']} ({one['form']}) {named} {numbers}".rstrip()


def _elements(answer: Mapping[str, Any]) -> Iterator[Statement]:
    if "role" in answer:
        yield 0, "role", answer["role"]["value"]
    for name, found in answer.get("elements", {}).items():
        values = found if isinstance(found, list) else [found] if found else []
        if values:
            yield 0, name, " | ".join(_line(str(one["value"])) for one in values)


def _failures(answer: Mapping[str, Any]) -> Iterator[Statement]:
    if "failed" in answer:
        yield 0, "failed", answer["failed"]


_READ = {"numbers": _numbers, "citations": _citations, "elements": _elements, "failures": _failures}


def _line(raw: str) -> str:
    return raw.replace("\n", "⏎")


def difference(kind: str, before: Said, after: Said, most: int) -> Iterator[str]:
    """`+` what only the head says, `-` what only the base says, `~` what the two read differently."""
    places = sorted(place for place in before.keys() | after.keys() if before.get(place) != after.get(place))
    changed = [place for place in places if place in before and place in after]
    gained, lost = sum(place not in before for place in places), sum(place not in after for place in places)
    yield f"{kind}: {len(after)} said, +{gained} -{lost} ~{len(changed)}"
    for place in places[:most]:
        paper, start, what = place
        where = f"{paper}:{start}" if start else paper
        mark = "~" if place in before and place in after else "+" if place in after else "-"
        values = [said[place] for said in (before, after) if place in said]
        yield f"  {mark} {where}  {what} -> {' => '.join(values)}"
    if len(places) > most:
        yield f"  … and {len(places) - most} more (--most)"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    work() if sys.argv[1:] == ["--worker"] else main()
