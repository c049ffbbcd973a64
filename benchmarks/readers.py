"""Whether every format is read right, and how fast: `python benchmarks/readers.py [--format pdf] [--show 3]`.

truth   the real files of DIR, each against what it is known to say; a table of formats
speed   the readers against the usual libraries on the same files, and ruled tables against pdfplumber's

Text is right when, aligned with the true text, recall and precision are at least 0.995 (scans and images 0.97); see
tests/readers/truth.py. title, number and date are those that `analyse` finds, of the papers where they are known.
A format that is not read shows the code of its error. Times are CPU times; a ratio compares with the peer named in
PEERS on the same files in the same run, below 1 is faster. --show prints the worst files of each format with the first
places where they differ. Prints tables and judges nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reader_peers import (
    FLOORS,
    LIST_ROWS,
    PEERS,
    all_of,
    interleaved,
    list_rows,
    rows_by_pdfplumber,
    ruled_list,
    ruled_rows,
)
from reader_samples import Sample, alike, samples

from policylib import analyse
from policylib.errors import InputError
from policylib.model import Document
from policylib.readers import read_bytes
from tests.readers.page_truth import Cells
from tests.readers.truth import Agreement, agreement, bare

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SHOWN = 5  # differences of one file
CUT = 60  # characters of a difference


def main() -> None:
    options = _options()
    for part in options.only.split(","):
        print(f"\n{part}")
        print("\n".join(PARTS[part](options)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="the real files (../shared/data)")
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--format", default="", metavar="NAMES", help="some formats of the table: docx,pdf")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N worst files of each format")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of timing (5)")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


# Truth ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `code` and `clear` tell of an error; `peer` is how long the usual library took."""

    sample: Sample
    seconds: float
    code: str = ""
    clear: bool = True
    agreement: Agreement | None = None
    paragraphs: tuple[int, int] = (0, 0)
    rows: tuple[int, int] = (0, 0)
    elements: Mapping[str, bool] = field(default_factory=dict)
    peer: float = 0.0

    @property
    def right(self) -> bool:
        if self.sample.refused:
            return self.code == self.sample.refused
        return self.agreement is not None and self.agreement.lower >= self.sample.bar


def truth(options: argparse.Namespace) -> Iterator[str]:
    chosen = _chosen(options)
    if not chosen:
        yield f"  nothing to measure: no such files in {options.data}"
        return
    for _, group in groupby(chosen, key=lambda sample: sample.format):
        judged(next(group))  # loads what the format needs
    results = [judged(sample) for sample in chosen]
    yield (
        f"  {'format':9}{'files':>6}{'read':>6}{'right':>6}{'of':>4}  {'recall':^13}  {'precision':^13} {'title':>7}"
        f" {'number':>7} {'date':>7} {'paragraphs':>10} {'rows':>10} {'docs/s':>7} {'ratio':>6}  errors"
    )
    grouped = {name: list(group) for name, group in groupby(results, key=lambda result: result.sample.format)}
    for name, group in grouped.items():
        yield _line(name, group)
    for name, group in grouped.items():
        worst = sorted((one for one in group if not _fine(one)), key=_badness)
        yield from (line for result in worst[: options.show] for line in _shown(name, result))


def _chosen(options: argparse.Namespace) -> list[Sample]:
    """The files of the formats that were asked for, grouped by format in the order of the table."""
    names = set(options.format.split(",")) if options.format else set()
    found = [sample for sample in samples(options.data) if not names or sample.format in names]
    order = list(dict.fromkeys(sample.format for sample in found))
    return sorted(found, key=lambda sample: order.index(sample.format))


def judged(sample: Sample) -> Result:
    data = sample.path.read_bytes()
    start = process_time()
    try:
        document = read_bytes(data, str(sample.path))
    except InputError as error:
        clear = error.message.startswith(str(sample.path)) and bool(error.remedy)
        return Result(sample, process_time() - start, error.code, clear)
    except Exception as error:  # a reader that lets one out is what this measure is to find
        return Result(sample, process_time() - start, type(error).__name__, clear=False)
    seconds = process_time() - start
    if sample.refused:
        codes = [problem.rule for problem in document.problems]
        return Result(sample, seconds, sample.refused if sample.refused in codes else "read", sample.refused in codes)
    found = agreement(sample.truth.text, document, sample.permitted) if sample.truth else None
    return Result(
        sample,
        seconds,
        agreement=found,
        paragraphs=paragraphs_right(sample.truth.paragraphs, document) if sample.truth else (0, 0),
        rows=rows_right(sample.truth.rows, document) if sample.truth else (0, 0),
        elements=dict(elements_right(sample.labels, document)),
        peer=_peer_seconds(sample, data),
    )


def paragraphs_right(expected: Sequence[str], document: Document) -> tuple[int, int]:
    """How many of the true paragraphs are a block, neither cut nor joined, and how many there are."""
    found = Counter(bare(block.span.of(document.text)) for block in document.blocks)
    return (Counter(expected) & found).total(), len(expected)


def rows_right(expected: Sequence[tuple[Cells, Cells]], document: Document) -> tuple[int, int]:
    """How many of the true rows were read cell by cell, and how many there are. Empty cells are left out: which columns
    a merged cell covers is no matter of the page alone, whose grid has columns that nobody sees."""
    found = Counter(_filled(tuple(bare(cell.of(document.text)) for cell in block.cells)) for block in document.blocks)
    right = 0
    for forms in expected:
        form = next((form for form in map(_filled, forms) if found[form]), None)
        if form is not None:
            found[form] -= 1
            right += 1
    return right, len(expected)


def _filled(row: Cells) -> Cells:
    return tuple(filter(None, row))


def elements_right(labels: Mapping[str, Any], document: Document) -> Iterator[tuple[str, bool]]:
    """Title, number and date, each where the labels are certain of it."""
    if not labels:
        return
    found = analyse(document).elements
    if labels.get("title"):
        yield "title", found.title is not None and alike(found.title.value) == alike(labels["title"])
    if "doc_number" in labels:
        number = str(found.number.value) if found.number else None
        yield "number", number == labels.get("doc_number_canonical")
    if labels.get("written_date"):
        written = date.fromisoformat(labels["written_date"])
        yield "date", found.dated is not None and found.dated.value == written


def _peer_seconds(sample: Sample, data: bytes) -> float:
    """How long the usual library took; 0 where there is none, or where it finds less than half of the text."""
    if sample.format not in PEERS or sample.truth is None:
        return 0.0
    start = process_time()
    text = PEERS[sample.format](data)
    seconds = process_time() - start
    return seconds if len(bare(text)) > len(bare(sample.truth.text)) / 2 else 0.0


# The table ------------------------------------------------------------------------------------------------------


def _line(name: str, group: Sequence[Result]) -> str:
    read = [one for one in group if not one.code]
    known = [one for one in group if one.agreement]
    judgeable = [one for one in group if one.sample.truth or one.sample.refused]
    columns = [_share(one.agreement.recall for one in known if one.agreement)]
    columns.append(_share(one.agreement.precision for one in known if one.agreement))
    elements = " ".join(f"{_of(one.elements.get(key) for one in group):>7}" for key in ("title", "number", "date"))
    counts = " ".join(f"{_sum(getattr(one, key) for one in group):>10}" for key in ("paragraphs", "rows"))
    seconds = sum(one.seconds for one in read)
    ratio = _ratio([one for one in read if one.peer])
    return (
        f"  {name:9}{len(group):6}{len(read):6}{sum(one.right for one in group):6}{len(judgeable):4}"
        f"  {columns[0]}  {columns[1]} {elements} {counts}"
        f" {f'{len(read) / seconds:.1f}' if read else '':>7} {ratio:>6}  {_errors(group)}"
    )


def _share(values: Iterable[float]) -> str:
    found = list(values)
    return f"{mean(found):.4f} {min(found):.4f}" if found else " " * 13


def _of(answers: Iterable[bool | None]) -> str:
    known = [answer for answer in answers if answer is not None]
    return f"{sum(known)}/{len(known)}" if known else ""


def _sum(shares: Iterable[tuple[int, int]]) -> str:
    right, total = map(sum, zip(*shares, strict=True))
    return f"{right}/{total}" if total else ""


def _ratio(group: Sequence[Result]) -> str:
    return f"{sum(one.seconds for one in group) / sum(one.peer for one in group):.2f}" if group else ""


def _errors(group: Sequence[Result]) -> str:
    codes = Counter(one.code for one in group if one.code)
    told = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
    unclear = sum(1 for one in group if not one.clear)
    verb = "" if not codes or group[0].sample.refused else "not read: "
    return f"{verb}{told}{f'; {unclear} unclear' if unclear else ''}"


def _fine(result: Result) -> bool:
    if not (result.code or result.agreement):
        return True  # read, and nobody has written down what it says
    return result.right and result.rows[0] == result.rows[1] and all(result.elements.values())


def _badness(result: Result) -> float:
    return result.agreement.lower if result.agreement else -1.0


def _shown(name: str, result: Result) -> Iterator[str]:
    wrong = "".join(f" {key} wrong" for key, right in result.elements.items() if not right)
    figures = (
        f"recall {result.agreement.recall:.4f} precision {result.agreement.precision:.4f}" if result.agreement else ""
    )
    rows = f" rows {result.rows[0]}/{result.rows[1]}" if result.rows[0] < result.rows[1] else ""
    yield f"\n  {name} {result.sample.name}: {result.code or figures}{rows}{wrong}"
    differences = result.agreement.differences if result.agreement else ()
    for one in differences[:SHOWN]:
        yield f"    …{one.before}\n      wanted {_cut(one.expected)}\n      got    {_cut(one.got)}"
    if len(differences) > SHOWN:
        yield f"    … and {len(differences) - SHOWN} more"


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[:CUT]}… ({len(text)})"


# Speed ---------------------------------------------------------------------------------------------------------------


def speed(options: argparse.Namespace) -> Iterator[str]:
    yield f"  {'policylib':>12} {'peer':>12} {'ratio':>6}  CPU s, medians of {options.rounds} interleaved rounds"
    chosen = [sample for sample in _chosen(options) if sample.format in PEERS and sample.truth]
    for name, peer in PEERS.items():
        files = [sample.path.read_bytes() for sample in chosen if sample.format == name and judged(sample).peer]
        if files:
            readers = (partial(read_bytes, path="岚州"), peer, *([FLOORS[name]] if name in FLOORS else []))
            ours, theirs, *floor = interleaved([partial(all_of, reader, files) for reader in readers], options.rounds)
            yield _compared((ours, theirs), f"{len(files)} {name}, {peer.__name__}")
            for seconds in floor:
                yield _compared((seconds, theirs), f"the same, {FLOORS[name].__name__} instead of policylib")
    if not options.format or "pdf" in options.format.split(","):
        yield from _tables(options.rounds)


def _tables(rounds: int) -> Iterator[str]:
    wanted = Counter(list_rows())
    data = ruled_list(list_rows())
    contenders = (lambda: ruled_rows(data), lambda: rows_by_pdfplumber(data))
    try:
        exact = [(wanted & Counter(contender())).total() for contender in contenders]
    except InputError as error:
        yield f"  the ruled list is not read: {error.code}"
        return
    yield _compared(interleaved(contenders, rounds), f"1 ruled list of {LIST_ROWS} rows, extract_tables")
    yield f"  {exact[0]:12} {exact[1]:12}         rows read exactly, of {LIST_ROWS}"


def _compared(seconds: Sequence[float], what: str) -> str:
    ours, theirs = seconds
    return f"  {ours:12.3f} {theirs:12.3f} {ours / theirs:6.3f}  {what}"


PARTS: Mapping[str, Callable[[argparse.Namespace], Iterator[str]]] = {"truth": truth, "speed": speed}

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
