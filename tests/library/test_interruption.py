"""kill -9 and Ctrl-C at any moment leave the library as it was before or after a file."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policylib.library import Library
from policylib.model import Snapshot
from tests.interruptible import start

PAPERS = 60
ADD = """
import sys
from policylib.library import Library
with Library.open(sys.argv[1]) as library:
    library.add(sys.argv[2], progress=lambda done, total, path: print(done, flush=True))
"""


@pytest.fixture
def many_papers(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    for number in range(1, PAPERS + 1):
        cited = f"云政发〔2020〕{number - 1}号" if number > 1 else "《云泽市档案条例》"
        text = f"云泽市人民政府关于第{number}项工作的通知\n云政发〔2020〕{number}号\n\n根据{cited}，通知如下。\n"
        (folder / f"{number:03}.txt").write_text(text * 3, encoding="utf-8")
    return folder


@pytest.fixture
def undisturbed(tmp_path: Path, many_papers: Path) -> Snapshot:
    home = tmp_path / "无人打扰"
    home.mkdir()
    with Library.create(home) as library:
        library.add(many_papers)
        return library.snapshot()


def stop_during_add(home: Path, papers: Path, how: signal.Signals, chance: random.Random) -> None:
    """Starts `add` in a process of its own and stops it after a random number of files and a moment more."""
    command = [sys.executable, "-c", ADD, str(home), str(papers)]
    process = start(command, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    for _ in range(chance.randrange(PAPERS + 2)):
        process.stdout.readline()
    time.sleep(chance.random() * 0.02)
    process.send_signal(how)
    process.stdout.close()
    process.wait()


def check(home: Path, papers: Path, at_least: int) -> int:
    """Whether the library is whole: every file that it knows has its text, and everything derived fits. Its size."""
    with Library.open(home) as library:
        assert library._database.rows("pragma integrity_check") == [("ok",)]
        assert library._database.rows("pragma foreign_key_check") == []
        library._database.run("insert into full_text (full_text) values ('integrity-check')")
        held = library.documents()
        assert len(held) >= at_least
        for document in held:
            assert library.text(document.sha256) == (home / document.paths[0]).read_text(encoding="utf-8")
            assert document.works
        assert library.search('"通知如下"', limit=0).total == len(held)
        assert library.snapshot().works == () or held
        return len(held)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_stopped_at_any_moment_and_gone_on(
    tmp_path: Path, many_papers: Path, undisturbed: Snapshot, how: signal.Signals
) -> None:
    chance = random.Random(20210304)
    Library.create(tmp_path).close()
    size = 0
    for _ in range(6):
        stop_during_add(tmp_path, many_papers, how, chance)
        size = check(tmp_path, many_papers, size)
    with Library.open(tmp_path) as library:
        library.add(many_papers)
        snapshot = library.snapshot(undisturbed.as_of)
    assert {work.key for work in snapshot.works} == {work.key for work in undisturbed.works}
    assert len(snapshot.relations) == len(undisturbed.relations)


def test_stopped_while_content_changes(tmp_path: Path, many_papers: Path) -> None:
    """Every file is changed, and the run that reads them again is killed: old or new, never neither."""
    chance = random.Random(7)
    with Library.create(tmp_path) as library:
        library.add(many_papers)
    for round_ in range(3):
        for file in many_papers.iterdir():
            file.write_text(file.read_text(encoding="utf-8") + f"第{round_}次补充。\n", encoding="utf-8")
        stop_during_add(tmp_path, many_papers, signal.SIGKILL, chance)
        with Library.open(tmp_path) as library:
            assert len(library.documents()) == PAPERS
            assert library.search("通知如下", limit=0).total == PAPERS
            library.add(many_papers)
            assert library.search(f"第{round_}次补充", limit=0).total == PAPERS


def test_interrupted_init_can_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "policies.plib").touch()
    Library.create(tmp_path).close()
    Library.open(tmp_path).close()


def test_two_processes_add_at_once(tmp_path: Path, many_papers: Path, undisturbed: Snapshot) -> None:
    Library.create(tmp_path).close()
    command = [sys.executable, "-c", ADD, str(tmp_path), str(many_papers)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert check(tmp_path, many_papers, PAPERS) == PAPERS
