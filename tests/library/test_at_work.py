"""Several programs at one library: who reads sees the last state that was linked, at once, and hears of its end."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylib import audit
from policylib.cli.main import main
from policylib.errors import LibraryError, LibraryLocked
from policylib.library import Library, ingest
from policylib.library.at_work import at_work, is_anybody_at_work
from policylib.library.upkeep import engine
from policylib.model import Judgement
from tests.yunze import MEASURES

NEW = "云泽市人民政府关于防汛工作的通知\n云政发〔2023〕7号\n\n根据《云泽市档案条例》，通知如下。\n"
WORK = """
import sys, time
from pathlib import Path
from policylib.library.at_work import at_work
with at_work(Path(sys.argv[1])):
    print("at work", flush=True)
    time.sleep(60)
"""


@contextmanager
def somebody_at_work(library: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that is at work until it is killed."""
    command = [sys.executable, "-c", WORK, str(library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def take_in(library: Library, papers: Path) -> None:
    """What a run of `add` has done before it links: a new paper is stored, and nothing follows from it yet."""
    (papers / "防汛.txt").write_text(NEW, encoding="utf-8")
    ingest.add_files(library._database, [papers], ingest.Settings(engine(library.overlay)))


# Who is at work ------------------------------------------------------------------------------------------------


def test_somebody_is_at_work_until_the_last_one_ends(tmp_path: Path) -> None:
    library = tmp_path / "policies.plib"
    assert not is_anybody_at_work(library)
    with at_work(library):
        with at_work(library):
            assert is_anybody_at_work(library)
        assert is_anybody_at_work(library)
    assert not is_anybody_at_work(library)
    assert list(tmp_path.iterdir()) == []


def test_who_is_killed_is_at_work_no_more(tmp_path: Path) -> None:
    with somebody_at_work(tmp_path / "policies.plib") as process:
        assert is_anybody_at_work(tmp_path / "policies.plib")
        process.kill()
        process.wait()
        assert not is_anybody_at_work(tmp_path / "policies.plib")


def test_where_no_file_can_be_made_the_work_is_done_all_the_same(tmp_path: Path) -> None:
    with at_work(tmp_path / "没有这个文件夹" / "policies.plib"):
        assert not is_anybody_at_work(tmp_path / "没有这个文件夹" / "policies.plib")


# Who opens it meanwhile ----------------------------------------------------------------------------------------


def test_who_opens_it_while_another_adds_sees_what_was_linked_last(office: Library, papers: Path) -> None:
    before = office.snapshot()
    take_in(office, papers)
    with at_work(office.path):
        with Library.open(office.path) as reader:
            assert reader.is_behind
            assert reader.snapshot(before.as_of) == before
            assert reader.search("防汛").total == 0
        seen = CliRunner().invoke(main, ["list", "--library", str(office.path)])
        assert "另一个程序正在更新这个库" in seen.stderr
        assert seen.exit_code == 0
    with Library.open(office.path) as reader:  # nobody is at work: the run was interrupted
        assert not reader.is_behind
        assert reader.search("防汛").total == 1


def state(library: Library) -> tuple[object, ...]:
    """What a reader sees."""
    paper = library.get(MEASURES)
    return (
        library.works(),
        library.documents(),
        library.files(paper),
        library.search("档案").total,
        library.links(paper.key),
    )


def test_a_reader_sees_one_state_until_the_other_has_linked(office: Library, papers: Path) -> None:
    """A paper comes in, one is replaced, one is gone: nothing of it is seen before it is linked, and then all."""
    with Library.open(office.path) as reader, Library.open(office.path) as other:
        before = state(reader)
        assert not reader.is_behind
        (papers / "科技奖励办法.txt").write_text(NEW.replace("7号", "8号"), encoding="utf-8")
        (papers / "清理结果.txt").unlink()
        take_in(other, papers)
        with at_work(office.path), Library.open(office.path) as late:
            assert (state(reader), reader.is_behind) == (before, True)
            assert (state(late), late.is_behind) == (before, True)
            office._upkeep.catch_up(None)
            assert state(reader) == state(late) != before
            assert not reader.is_behind
            assert not late.is_behind
        held = reader.documents()
        assert sorted(path for one in held for path in one.paths) == sorted(
            f"文件/{one.name}" for one in papers.iterdir()
        )
        assert [path for one in held for path in one.missing] == ["文件/清理结果.txt"]


def test_an_interrupted_run_leaves_a_reader_behind_until_it_is_finished(office: Library, papers: Path) -> None:
    with Library.open(office.path) as reader:
        take_in(office, papers)
        assert reader.is_behind
        Library.open(office.path).close()
        assert not reader.is_behind


def test_a_run_that_was_killed_is_finished_by_who_opens_it_next(office: Library, papers: Path) -> None:
    take_in(office, papers)
    with somebody_at_work(office.path) as process:
        Library.open(office.path).close()
        process.kill()
        process.wait()
        with Library.open(office.path) as library:
            assert (library.is_behind, library.search("防汛").total) == (False, 1)


def test_who_opens_it_does_not_wait_for_any_other_program_that_writes(office: Library, papers: Path) -> None:
    take_in(office, papers)
    with office._database.transaction(), Library.open(office.path) as reader:
        assert reader.is_behind
        assert reader.get(MEASURES).held


def test_a_library_that_is_being_filled_for_the_first_time_is_empty(library: Library, papers: Path) -> None:
    take_in(library, papers)
    with at_work(library.path), Library.open(library.path) as reader:
        assert (reader.is_behind, reader.works()) == (True, ())


def test_rows_of_another_version_are_not_read_while_they_are_built_again(office: Library) -> None:
    with office._database.transaction():
        office._database.set_meta("shape", "before")
    with at_work(office.path), pytest.raises(LibraryLocked, match="新版本"):
        Library.open(office.path, wait=0.1)
    assert not Library.open(office.path).is_behind


def test_two_may_work_at_once_and_both_find_what_they_did(office: Library, papers: Path) -> None:
    (papers / "防汛.txt").write_text(NEW, encoding="utf-8")
    with somebody_at_work(office.path):
        office.add(papers)
        office.judge(Judgement("set", MEASURES, field="drafter", value="云泽市司法局"))
        assert office.search("防汛").total == 1
        drafter = office.get(MEASURES).drafter
        assert drafter is not None
        assert drafter.names == ("云泽市司法局",)


def test_who_waits_in_vain_for_a_lock_hears_it_before_the_work(library: Library, papers: Path) -> None:
    told: list[str] = []
    with Library.open(library.path, wait=0.2) as other, library._database.transaction():
        began = time.monotonic()
        with pytest.raises(LibraryLocked, match="正在写入"):
            other.add(papers, progress=lambda done, total, path: told.append(path))
        assert told == []
        assert time.monotonic() - began < 5  # 0.2 and a slow machine; it was the time of the work and then the wait


def test_what_was_stored_is_kept_when_another_holds_the_lock_at_the_end(office: Library, papers: Path) -> None:
    (papers / "防汛.txt").write_text(NEW, encoding="utf-8")

    def hold_at_the_end(done: int, total: int, path: str) -> None:
        if path == "":
            office._database.run("begin immediate")

    with Library.open(office.path, wait=0.1) as other:
        with pytest.raises(LibraryLocked, match="已经保存，不必重做"):
            other.add(papers, progress=hold_at_the_end)
        office._database.run("rollback")
    with Library.open(office.path) as library:
        assert library.search("防汛").total == 1


# What was taken out of it before ---------------------------------------------------------------------------------


def test_a_snapshot_of_papers_that_were_removed_says_so(office: Library, papers: Path) -> None:
    snapshot = office.snapshot()
    (gone,) = snapshot.by_key[MEASURES].documents
    with Library.open(office.path) as other:
        other.remove(papers)
    with pytest.raises(LibraryError, match="已经过时"):
        snapshot.texts[gone]
    with pytest.raises(LibraryError, match="已经过时"):
        snapshot.analyses.get(gone)
    with pytest.raises(LibraryError, match="已经过时"):
        len(snapshot.links)
    with pytest.raises(LibraryError, match="已经过时"):
        audit(snapshot)


def test_a_snapshot_is_good_while_papers_only_come_in(office: Library, papers: Path) -> None:
    snapshot = office.snapshot()
    before = audit(snapshot).findings
    (papers / "防汛.txt").write_text(NEW, encoding="utf-8")
    with Library.open(office.path) as other:
        other.add(papers)
    assert audit(snapshot).findings == before


def test_a_document_that_was_never_held_is_no_sign_of_age(office: Library) -> None:
    assert office.snapshot().texts.get("0") is None


def test_what_is_read_together_is_of_one_state(office: Library, papers: Path) -> None:
    with office._database.reading():
        before = office.works()
        with Library.open(office.path) as other:
            other.remove(papers)
        assert office.works() == before
    assert office.works() == ()


# Threads, and what is closed -----------------------------------------------------------------------------------


def test_a_library_is_of_one_thread(office: Library) -> None:
    raised: list[BaseException] = []

    def elsewhere() -> None:
        for ask in (office.works, office.snapshot, office.close, lambda: office.add([])):
            try:
                ask()
            except Exception as error:
                raised.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert [type(one) for one in raised] == [LibraryError] * 4
    assert all("每个线程里各自 Library.open" in str(one) for one in raised)
    assert office.get(MEASURES).held


def test_a_closed_library_says_so(office: Library) -> None:
    office.close()
    with pytest.raises(LibraryError, match="已经关闭"):
        office.works()
