"""How fast text is read, on one core: `python benchmarks/extraction.py [--laws DIR] [--only scan,dense]`.

scan      numbers in statutes, against a naive regular expression and against `text.count("号")`, the physical limit
analysis  the full analysis of the same texts, against decoding them once
dense     the full analysis of notices with a numbered citation every 400 characters, 8 % of the numbers damaged
linear    the full analysis of hostile shapes at n and 8n characters; 8 is linear, 9 the aim, 64 quadratic

Times are CPU times, medians of rounds in which the contenders take turns, so that a busy moment hits them all. The
statutes are those of DIR, else invented ones. Prints tables and judges nothing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Any

from policylib import analyse_text, find_numbers

LAWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "china_laws"
NAIVE = re.compile(r"[一-鿿]{1,12}〔?(?:19|20)\d\d〕?\d+号")
MEGABYTE = 1_000_000
AIM = 9  # of the ratio between 8n and n: linear is 8, and a little is noise
GUARD = 60  # seconds for one hostile shape

SHAPES: Mapping[str, str] = {
    "title opened": "《",
    "bracket opened": "〔",
    "号": "号",
    "list mark": "、",
    "digits": "2017",
    "Han": "岚州市人民政府",
    "brackets never closed": "（岚政发〔2017",
    "cue and title opened": "根据《",
    "list of numbers": "岚政发〔2017〕17号、",
    "list of citations": "《岚州市人才办法》（岚政发〔2019〕3号）、",
    "blanks": " ",
    "years opened": "〔2017",
    "signed papers": "岚州市科学技术局\n2020年3月4日\n岚科发〔2020〕3号\n",
    "ends of papers": "2014年岚州市人大会议通过的《岚州市办法》同时废止。",
}


def main() -> None:
    options = _options()
    for part in options.only.split(","):
        print(f"\n{part}")
        print("\n".join(PARTS[part](options)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--laws", type=Path, default=LAWS, metavar="DIR", help="folder of .md and .txt statutes")
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds of each measurement (5)")
    parser.add_argument("--megabytes", type=float, default=3.0, metavar="N", help="how much text to read (3)")
    parser.add_argument("--size", type=int, default=1_000_000, metavar="N", help="characters of a shape, 8n (1000000)")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


# Measuring ------------------------------------------------------------------------------------------------------

Contenders = Mapping[str, Callable[[], object]]


def interleaved(contenders: Contenders, rounds: int) -> dict[str, float]:
    """Median CPU seconds of each contender; a first round, which fills the caches, does not count."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            seconds = timed(run)
            if turn:
                spent[name].append(seconds)
    return {name: median(times) for name, times in spent.items()}


def timed(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return process_time() - start


def table(medians: Mapping[str, float], size: int, against: str) -> Iterator[str]:
    """MB of UTF-8 a second, and the time of each as a multiple of the time of `against`."""
    yield f"  {'MB/s':>9} {'ratio':>9}  contender"
    for name, seconds in medians.items():
        speed = size / MEGABYTE / seconds if seconds else float("inf")
        ratio = seconds / medians[against] if medians[against] else float("inf")
        yield f"  {speed:9.1f} {ratio:9.1f}  {name}"


def _bytes(texts: Iterable[str]) -> int:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


# Texts ----------------------------------------------------------------------------------------------------------


def statutes(folder: Path, megabytes: float) -> list[str]:
    """Statutes of the folder, every k-th so that all its kinds are there, about so many megabytes of them."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt")) if folder.is_dir() else []
    whole = sum(path.stat().st_size for path in paths) / MEGABYTE
    step = max(1, round(whole / megabytes))
    return [path.read_text(encoding="utf-8") for path in paths[::step]] or list(_invented_statutes(megabytes))


def _invented_statutes(megabytes: float) -> Iterator[str]:
    """Articles in which a number is rare, as in real statutes."""
    article = "第{}条　岚州市行政区域内的用水单位应当建立用水台账，如实记录用水情况，并接受水行政主管部门的监督检查。\n"
    basis = "根据《东岭省节约用水条例》（东岭省人民政府令第286号），制定本办法。\n"
    one = "岚州市节约用水办法\n" + basis + "".join(article.format(number) for number in range(2, 120))
    yield from [one] * max(1, round(megabytes * MEGABYTE / _bytes([one])))


FILLER = "各单位要加强组织领导，明确责任分工，细化工作措施，按时完成任务，确保各项要求落到实处。"
NAMES = ("人才引进办法", "科技奖励办法", "节约用水意见", "政务公开工作要点", "住房补贴办法", "安全生产规定")
CODES = ("岚政发", "岚政办发", "东政发", "岚科规", "国办发", "岚建发")
EVERY, DAMAGED = 400, 0.08  # characters for each citation; share of damaged numbers


def dense_notices(count: int, seed: int = 2017) -> list[str]:
    """Notices of about 4,000 characters, the same on every run."""
    chance = random.Random(seed)
    return [_notice(chance) for _ in range(count)]


def _notice(chance: random.Random) -> str:
    head = f"岚州市科学技术局关于做好有关工作的通知\n岚科发〔2020〕{chance.randint(1, 200)}号\n各县区：\n"
    return head + "\n".join(_paragraph(chance) for _ in range(10)) + "\n岚州市科学技术局\n2020年3月4日\n"


def _paragraph(chance: random.Random) -> str:
    year, serial = chance.randint(2005, 2019), chance.randint(1, 180)
    damaged = chance.random() < DAMAGED
    number = f"{chance.choice(CODES)}〔{year}{'' if damaged else '〕'}{serial}号"
    citation = f"按照《岚州市{chance.choice(NAMES)}》（{number}）要求，"
    return citation + "".join(islice(cycle(FILLER), EVERY - len(citation)))


# The parts ------------------------------------------------------------------------------------------------------


def scan(options: argparse.Namespace) -> Iterator[str]:
    texts = statutes(options.laws, options.megabytes)
    contenders: Contenders = {
        'text.count("号")': lambda: [text.count("号") for text in texts],
        "naive regex, findall": lambda: [NAIVE.findall(text) for text in texts],
        "find_numbers": lambda: [find_numbers(text) for text in texts],
    }
    yield from table(interleaved(contenders, options.rounds), _bytes(texts), 'text.count("号")')
    yield f"  {len(texts)} texts, {_bytes(texts) / MEGABYTE:.1f} MB, {sum(text.count('号') for text in texts)} 号"


def analysis(options: argparse.Namespace) -> Iterator[str]:
    yield from _analysed(statutes(options.laws, options.megabytes), options.rounds)


def dense(options: argparse.Namespace) -> Iterator[str]:
    texts = dense_notices(max(1, round(options.megabytes * MEGABYTE / 12_000 / 4)))
    yield from _analysed(texts, options.rounds)
    found = sum(len(find_numbers(text)) for text in texts)
    yield f"  {found} numbers, {sum(one.repaired for text in texts for one in find_numbers(text))} of them repaired"


def _analysed(texts: Sequence[str], rounds: int) -> Iterator[str]:
    stored = [text.encode("utf-8") for text in texts]
    contenders: Contenders = {
        "decoding": lambda: [one.decode("utf-8") for one in stored],
        "find_numbers": lambda: [find_numbers(text) for text in texts],
        "analyse_text": lambda: [analyse_text(text) for text in texts],
    }
    yield from table(interleaved(contenders, rounds), _bytes(texts), "decoding")
    yield f"  {len(texts)} texts, {_bytes(texts) / MEGABYTE:.1f} MB"


def linear(options: argparse.Namespace) -> Iterator[str]:
    yield f"  {'n, s':>9} {'8n, s':>9} {'ratio':>9}  shape, 8n = {options.size} characters"
    for name, unit in SHAPES.items():
        times = guarded(unit, options.size)
        shown = [f"{seconds:9.3f}" for seconds in times] + [f"{'stopped':>9}"] * (2 - len(times))
        ratio = times[1] / times[0] if len(times) == 2 else float("inf")
        remark = f": not done after {GUARD} s" if len(times) < 2 else "  above the aim" if ratio > AIM else ""
        yield f"  {shown[0]} {shown[1]} {ratio:9.1f}  {name}{remark}"


def guarded(unit: str, size: int) -> list[float]:
    """The times at n and at 8n, in a process of its own; those that were not done in time are missing."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_grown, args=(unit, size, sender))
    process.start()
    sender.close()
    try:
        return list(_received(receiver))
    finally:
        process.terminate()
        process.join()


def _received(receiver: Any) -> Iterator[float]:
    """What the process sends within GUARD seconds. One that dies closes its pipe: EOFError, which is shown."""
    deadline = monotonic() + GUARD
    for _ in range(2):
        if not receiver.poll(max(0.0, deadline - monotonic())):
            return
        yield receiver.recv()


def _grown(unit: str, size: int, sender: Any) -> None:
    whole = unit * (size // len(unit))
    part = whole[: len(whole) // 8]
    analyse_text(part[:2000])  # loads the tables
    sender.send(min(timed(lambda: analyse_text(part)) for _ in range(2)))
    sender.send(min(timed(lambda: analyse_text(whole)) for _ in range(2)))


PARTS: Mapping[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "scan": scan,
    "analysis": analysis,
    "dense": dense,
    "linear": linear,
}

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main()
