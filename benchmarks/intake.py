"""How fast `add` takes files in, and how much memory it needs: `python benchmarks/intake.py [--files 10000]`.

Made papers of an invented city, a third of them docx and the rest txt and html, are added to a new library: with one
worker, and with one for each processor. Prints seconds, files a second, and the largest resident set of the process and
of its workers. Linking and indexing of the whole library is part of it. Prints a table and judges nothing.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter

MEGABYTE = 1024
BODY = "各单位要加强组织领导，明确责任分工，细化工作措施，按时完成任务，确保各项要求落到实处。" * 12


def main() -> None:
    options = _options()
    if options.home:
        _add(options.home, options.workers)
        return
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "文件"
        papers.mkdir()
        for number in range(options.files):
            _write(papers, number)
        print(f"{'workers':>8} {'seconds':>8} {'files/s':>8} {'MB, parent':>11} {'MB, workers':>12}")
        for workers in dict.fromkeys((1, options.workers or _processors())):
            home = Path(folder) / str(workers)
            home.mkdir()
            command = [sys.executable, __file__, "--home", str(home), "--workers", str(workers)]
            shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, own, others = map(float, shown.split())
            print(f"{workers:8} {seconds:8.1f} {options.files / seconds:8.0f} {own:11.0f} {others:12.0f}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000, metavar="N", help="how many (10000)")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="in the second run (one a processor)")
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _processors() -> int:
    from policylib.library.workers import processors

    return processors()


def _add(home: Path, workers: int) -> None:
    """One run, in a process of its own; what it cost, to stdout."""
    from policylib.library import Library

    start = perf_counter()
    with Library.create(home) as library:
        report = library.add(home.parent / "文件", workers=workers)
    assert not report.failed
    usage = [resource.getrusage(who).ru_maxrss / MEGABYTE for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(perf_counter() - start, *usage)


def _write(folder: Path, number: int) -> None:
    title = f"岚州市人民政府关于第{number}项工作的通知"
    cited = f"《岚州市人民政府关于第{number - 1}项工作的通知》（{_number(number - 1)}）"
    basis = f"根据{cited}，现就有关事项通知如下。"
    lines = [title, _number(number), "各区县人民政府：", basis, BODY, "岚州市人民政府", "2020年3月4日"]
    if number % 3 == 0:
        (folder / f"{number:05}.docx").write_bytes(_docx(lines))
    elif number % 3 == 1:
        (folder / f"{number:05}.txt").write_text("\n".join(lines), encoding="utf-8")
    else:
        page = "".join(f"<p>{line}</p>" for line in lines)
        (folder / f"{number:05}.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")


def _number(place: int) -> str:
    return f"岚政发〔{2000 + place // 999}〕{place % 999 + 1}号"


def _docx(lines: list[str]) -> bytes:
    import docx

    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    main()
