"""Mutated files into every reader: `python benchmarks/fuzz_readers.py [--count 100000] [--format pdf] [--data DIR]`.

Each input is a whole file with a few bytes changed, doubled, left out or cut off; in a package mostly those of a
member, which is packed again: a wrong checksum stops all else. What must come out is documents or an InputError, in
time. Small files of DIR (../shared/data) are changed too; pictures are recognised where `policylib[ocr]` is installed.
Prints a line a format: how many were read, refused (by code), slow (over --slow seconds), and what else was
raised, with the seed that makes it again. Exit 1 when anything else was raised, or hung for --hang seconds.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from time import perf_counter
from types import FrameType
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from policylib.errors import InputError  # noqa: E402
from policylib.readers import read_each_bytes  # noqa: E402

IN_MEMBER = 0.8
SMALL = 60_000  # bytes of a file of DIR


class Hung(BaseException):
    """No Exception, so that no reader catches it."""


@dataclass
class Tally:
    """What came of the inputs of one format."""

    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    slow: int = 0
    slowest: float = 0.0
    raised: list[str] = field(default_factory=list)


def main() -> int:
    options = _options()
    signal.signal(signal.SIGALRM, _hung)
    found = seeds_of(options.data)
    seeds = {name: files for name, files in found.items() if not options.format or name in options.format}
    names = sorted(seeds)
    tallies = {name: Tally() for name in names}
    chance = random.Random(options.seed)
    for number in range(options.count):
        name = names[number % len(names)]
        seed = chance.randrange(2**32)
        _try(name, mutated(random.Random(seed), seeds[name]), seed, tallies[name], options)
    for name, tally in tallies.items():
        refused = " ".join(f"{code} {count}" for code, count in tally.refused.most_common())
        print(f"{name:9} read {tally.read:6}  slow {tally.slow:3} (slowest {tally.slowest:5.2f} s)  {refused}")
        for line in tally.raised[:10]:
            print("   ", line)
    return int(any(tally.raised for tally in tallies.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, metavar="N", help="inputs in all (100000)")
    parser.add_argument("--format", action="append", metavar="NAME", help="only these formats")
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of more files to change")
    parser.add_argument("--seed", type=int, default=17, metavar="N", help="of the chance that mutates (17)")
    parser.add_argument("--slow", type=float, default=2.0, metavar="S", help="seconds above which one is slow (2)")
    parser.add_argument("--hang", type=int, default=30, metavar="S", help="seconds after which one hangs (30)")
    return parser.parse_args()


def _hung(number: int, frame: FrameType | None) -> None:
    raise Hung


def _try(name: str, data: bytes, seed: int, tally: Tally, options: argparse.Namespace) -> None:
    start = perf_counter()
    signal.alarm(options.hang)
    try:
        for _ in read_each_bytes(data, f"文件.{name}"):
            pass
        tally.read += 1
    except InputError as error:
        tally.refused[error.code] += 1
    except Hung:
        tally.raised.append(f"seed {seed}: hung for {options.hang} s")
    except Exception as error:
        tally.raised.append(f"seed {seed}: {type(error).__name__}: {error}"[:200])
    finally:
        signal.alarm(0)
    seconds = perf_counter() - start
    tally.slow += seconds > options.slow
    tally.slowest = max(tally.slowest, seconds)


def mutated(chance: random.Random, files: Sequence[bytes]) -> bytes:
    """One of the files with one to eight changes, in a package mostly of one of its members."""
    whole = chance.choice(files)
    if whole.startswith(b"PK") and chance.random() < IN_MEMBER:
        return _repacked(whole, chance)
    return _changed(whole, chance)


def _repacked(whole: bytes, chance: random.Random) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(whole)) as old, ZipFile(stream, "w") as new:
        names = old.namelist()
        unlucky = chance.choice(names)
        for name in names:
            new.writestr(name, _changed(old.read(name), chance) if name == unlucky else old.read(name))
    return stream.getvalue()


def _changed(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        start = chance.randrange(len(data))
        stop = start + chance.choice((1, 1, 2, 4, 16, 64, 512))
        _change(data, start, stop, chance)
    return bytes(data) or b"x"


def _change(data: bytearray, start: int, stop: int, chance: random.Random) -> None:
    kinds: tuple[Callable[[], None], ...] = (
        lambda: data.__setitem__(start, chance.randrange(256)),
        lambda: data.__setitem__(start, data[start] ^ (1 << chance.randrange(8))),
        lambda: data.__setitem__(slice(start, stop), bytes(stop - start)),
        lambda: data.__setitem__(slice(start, stop), b"\xff" * (stop - start)),
        lambda: data.__setitem__(slice(start, stop), data[start:stop] * 2),
        lambda: data.__delitem__(slice(start, stop)),
        lambda: data.__delitem__(slice(start, None)) if start > len(data) // 2 else None,
    )
    chance.choice(kinds)()


def seeds_of(data: Path | None = None) -> dict[str, list[bytes]]:
    """Whole files of every format: the corpus, the cleanup result that the tests make in each, those of a folder."""
    from tests.readers.test_cleanup_tables import MAKERS
    from tests.readers.test_containers import mail, zipped

    seeds: dict[str, list[bytes]] = {name: [make()] for name, make in MAKERS.items()}
    for file in sorted((ROOT / "corpus" / "documents").iterdir()):
        seeds.setdefault(file.suffix[1:], []).append(file.read_bytes())
    papers = [(f"{place}.{name}", files[0]) for place, (name, files) in enumerate(list(seeds.items())[:4])]
    seeds |= {"zip": [zipped(*papers)], "eml": [mail(*papers)], **dict(_pages(seeds)), **_xml(), **dict(_pictures())}
    for file in sorted(data.rglob("*.*")) if data else ():
        if file.suffix[1:] in seeds and file.stat().st_size <= SMALL:
            seeds[file.suffix[1:]].append(file.read_bytes())
    return seeds


def _xml() -> dict[str, list[bytes]]:
    """Papers and tables that programs save as one file of XML."""
    from tests.readers.test_sheets import exported
    from tests.readers.test_word_xml import flat, paragraph, run, word_2003

    body = "".join(paragraph(run(f"第{number}条　本办法自印发之日起施行。")) for number in range(1, 9))
    return {"word.xml": [word_2003(body)], "flat.xml": [flat(body)], "excel.xml": [exported()]}


def _pictures() -> Iterator[tuple[str, list[bytes]]]:
    """A few lines that are no words in every kind of picture, which cost an engine little."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (160, 120), "white")
    for top in range(10, 110, 20):
        ImageDraw.Draw(image).rectangle((10, top, 20 + top, top + 3), fill=(top, 0, 0))
    for name, kind in {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "gif": "GIF", "bmp": "BMP", "webp": "WEBP"}.items():
        stream = BytesIO()
        image.save(stream, kind)
        yield name, [stream.getvalue()]


def _pages(seeds: dict[str, list[bytes]]) -> Iterator[tuple[str, list[bytes]]]:
    """A page saved as one file."""
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    head += b"--x\r\nContent-Type: text/html\r\n\r\n"
    yield "mht", [head + page + b"\r\n--x--\r\n" for page in seeds["html"][:3]]


if __name__ == "__main__":
    sys.exit(main())
