"""Files that hang, eat the memory or kill their reader cost only themselves; results come in the order of the paths."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from policylib.library import Job, Library, Outcome, Reading
from policylib.library.reading import Failure
from policylib.library.workers import Workers
from policylib.readers import Limits
from tests.interruptible import start
from tests.readers.test_hostile import pdf_of

MEGABYTE = 1024 * 1024


def docx(words: str) -> bytes:
    import docx

    stream = BytesIO()
    document = docx.Document()
    document.add_paragraph(words)
    document.save(stream)
    return stream.getvalue()


def slow_archive(members: int) -> bytes:
    """An archive that takes seconds to read, and every limit lets pass."""
    notice = docx("\n".join(f"根据《云泽市防汛办法》（云政发〔2019〕{number}号），通知如下。" for number in range(400)))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(members):
            archive.writestr(f"{number}.docx", notice)
    return stream.getvalue()


def drawing_bomb(megabytes: int) -> bytes:
    """A PDF of one page, whose drawing unpacks to so much."""
    drawing = zlib.compress((b"BT /F 12 Tf 80 700 Td (notice) Tj ET\n" * 28_340)[:MEGABYTE] * megabytes, 9).hex()
    return pdf_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def job(path: Path, **limits: int) -> Job:
    return Job(path, path.parent / "tables", "0", Limits(**limits))


def codes(outcome: Outcome) -> list[str]:
    return [part.code if isinstance(part, Failure) else "read" for part in outcome.parts]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "通知.docx"
    file.write_bytes(docx("云泽市水利局关于防汛工作的通知"))
    return file


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    file = tmp_path / "大包.zip"
    file.write_bytes(slow_archive(900))
    return file


def test_a_file_that_takes_too_long_costs_only_itself(good: Path, slow: Path) -> None:
    with Workers(1) as workers:
        outcomes = [workers.submit(one) for one in (job(good), job(slow, seconds=3), job(good))]
        assert [codes(one.result()) for one in outcomes] == [["read"], ["TIMEOUT"], ["read"]]
        assert "3 秒" in str(outcomes[1].result().parts[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the memory of a process")
def test_a_file_that_eats_the_memory_costs_only_itself(good: Path, tmp_path: Path) -> None:
    large = tmp_path / "长文.docx"
    large.write_bytes(docx("防汛" * 5_000_000))
    with Workers(1) as workers:
        outcomes = [workers.submit(one) for one in (job(large, memory_bytes=250 * MEGABYTE), job(good))]
        assert codes(outcomes[0].result()) in (["LIMIT"], ["CRASHED"], ["DAMAGED"])  # the XML parser says: damaged
        assert codes(outcomes[1].result()) == ["read"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the memory of a process")
def test_a_page_whose_drawing_eats_the_memory_is_told_with_the_limit(good: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "公报.pdf"
    bomb.write_bytes(drawing_bomb(300))
    with Library.create(tmp_path) as library:
        report = library.add([bomb, good], limits=Limits(memory_bytes=400 * MEGABYTE))
    assert report.added == ("通知.docx",)
    (failure,) = report.failed
    assert (failure.code, failure.path) == ("LIMIT", "公报.pdf")
    assert "400 MB" in failure.message
    assert "打印为新的 PDF" in failure.remedy


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="limits a process as Linux does")
@pytest.mark.parametrize("how", ["read(path)", "perform(Job(Path(path), Path(path), '0'))"])
def test_memory_that_does_not_suffice_in_the_own_process_is_no_crash(tmp_path: Path, how: str) -> None:
    text = tmp_path / "长文.txt"
    text.write_bytes("防汛工作\n".encode() * 3_500_000)
    code = (
        "import sys\nfrom pathlib import Path\nfrom policylib.errors import TooLarge\n"
        "from policylib.library import Job, perform\nfrom policylib.library.worker import limit_memory\n"
        f"from policylib.readers import read\npath = sys.argv[1]\nlimit_memory({200 * MEGABYTE})\n"
        f"try:\n    print({how})\nexcept TooLarge as error:\n    print(error.code, error)"
    )
    told = subprocess.run([sys.executable, "-c", code, str(text)], capture_output=True, text=True, check=True).stdout
    assert "LIMIT" in told
    assert "内存不够" in told


def test_a_worker_that_is_killed_costs_only_its_file(good: Path, slow: Path) -> None:
    with Workers(1) as workers:
        outcome = workers.submit(job(slow))
        while not (children := processes_of(os.getpid())):
            time.sleep(0.01)
        time.sleep(0.2)
        os.kill(children[0], signal.SIGKILL)
        assert codes(outcome.result()) == ["CRASHED"]
        assert codes(workers.submit(job(good)).result()) == ["read"]


def processes_of(parent: int) -> list[int]:
    """The workers that a process started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"policylib.library.worker" in words and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def test_results_come_in_the_order_of_the_paths(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.docx").write_bytes(
            docx(f"云泽市水利局关于第{number}号工作的通知" * (40 * (12 - number)))
        )
    report = library.add(folder, workers=3)
    assert report.added == tuple(f"来文/{number:02}.docx" for number in range(12))


def test_one_worker_and_several_give_the_same_library(tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.docx").write_bytes(docx(f"根据《云泽市档案办法》，第{number}号工作通知如下。"))
    (folder / "再来.docx").write_bytes((folder / "3.docx").read_bytes())
    snapshots = []
    for count in (1, 4):
        home = tmp_path / str(count)
        home.mkdir()
        with Library.create(home) as library:
            report = library.add(folder, workers=count)
            snapshots.append((library.snapshot(), report))
    assert snapshots[0] == snapshots[1]


def test_few_files_are_read_by_one_worker(good: Path) -> None:
    with Workers(4) as workers:
        outcomes = [workers.submit(job(good)) for _ in range(8)]
        assert [codes(one.result()) for one in outcomes] == [["read"]] * 8
        assert len(processes_of(os.getpid())) == 1


def test_a_file_that_takes_long_does_not_keep_the_others_waiting(good: Path, slow: Path) -> None:
    with Workers(2) as workers:
        long = workers.submit(job(slow, seconds=30))
        assert codes(workers.submit(job(good)).result()) == ["read"]
        assert not long.done()
        assert len(processes_of(os.getpid())) == 2


def test_a_slow_file_is_a_failure_of_the_run(library: Library, good: Path, slow: Path) -> None:
    report = library.add([slow, good], limits=Limits(seconds=3))
    assert [(one.path, one.code) for one in report.failed] == [("大包.zip", "TIMEOUT")]
    assert report.added == ("通知.docx",)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_workers_do_not_outlive_their_parent(tmp_path: Path, slow: Path, how: signal.Signals) -> None:
    Library.create(tmp_path).close()
    code = "import sys; from policylib import Library\nwith Library.open(sys.argv[1]) as x: x.add(sys.argv[2])"
    parent = start([sys.executable, "-c", code, str(tmp_path), str(slow)], stderr=subprocess.DEVNULL)
    while not (children := processes_of(parent.pid)):
        time.sleep(0.01)
    parent.send_signal(how)
    parent.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_reading_comes_over_whole(good: Path) -> None:
    with Workers(1) as workers:
        (part,) = workers.submit(job(good)).result().parts
    assert isinstance(part, Reading)
    assert part.document.text == "云泽市水利局关于防汛工作的通知"
