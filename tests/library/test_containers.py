"""Archives and mails in a library: members are documents that come, change, move and go with their archive."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from policylib.library import FileProblem, Library, Moved

NOTICE = "云泽市人民政府办公室关于做好防汛工作的通知\n云政办发〔2019〕5号\n各区县：\n请做好防汛工作。\n"
REPLY = "云泽市水利局关于防汛工作的批复\n云水函〔2019〕8号\n同意加固木芙蓉堤。\n"


def pack(file: Path, **members: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "来文").mkdir()
    return tmp_path / "来文"


@pytest.fixture
def package(folder: Path) -> Path:
    return pack(folder / "包.zip", 通知=NOTICE, 批复=REPLY)


def paths(library: Library) -> list[tuple[str, ...]]:
    return [held.paths for held in library.documents()]


def test_members_are_documents(library: Library, package: Path) -> None:
    report = library.add(package.parent)
    assert report.added == ("来文/包.zip/通知.txt", "来文/包.zip/批复.txt")
    assert library.get("云水函〔2019〕8号").paths == ("来文/包.zip/批复.txt",)
    assert library.search("木芙蓉堤").total == 1


def test_an_archive_that_did_not_change_is_not_read_again(library: Library, package: Path) -> None:
    library.add(package)
    state = package.stat()
    package.write_bytes(b"\0" * state.st_size)  # would be an error if it were read
    os.utime(package, ns=(state.st_atime_ns, state.st_mtime_ns))
    report = library.add(package.parent)
    assert (report.unchanged, report.failed) == (("来文/包.zip/批复.txt", "来文/包.zip/通知.txt"), ())


def test_new_time_and_same_content_is_unchanged(library: Library, package: Path) -> None:
    library.add(package)
    os.utime(package, ns=(1_000_000_000, 1_000_000_000))
    assert len(library.add(package).unchanged) == 2
    assert len(library.add(package).unchanged) == 2


def test_a_changed_archive(library: Library, package: Path) -> None:
    """One member new, one changed, one gone: what is gone is kept and marked, as files are."""
    library.add(package)
    pack(package, 通知=NOTICE + "另附图样。\n", 方案="云泽市防汛工作方案\n云政办发〔2019〕6号\n")
    report = library.add(package)
    assert (report.updated, report.added) == (("来文/包.zip/通知.txt",), ("来文/包.zip/方案.txt",))
    gone = [held for held in library.documents() if held.missing]
    assert [held.missing for held in gone] == [("来文/包.zip/批复.txt",)]


def test_a_moved_archive(library: Library, package: Path) -> None:
    library.add(package.parent)
    package.rename(package.with_name("改名.zip"))
    report = library.add(package.parent)
    assert Moved("来文/包.zip/通知.txt", "来文/改名.zip/通知.txt", copy=False) in report.moved
    assert (report.vanished, report.added) == ((), ())
    assert sorted(paths(library)) == [("来文/改名.zip/批复.txt",), ("来文/改名.zip/通知.txt",)]


def test_a_copied_archive_is_the_same_documents_at_two_paths(library: Library, package: Path) -> None:
    library.add(package.parent)
    shutil.copy(package, package.with_name("副本.zip"))
    library.add(package.parent)
    assert sorted(paths(library)) == [
        ("来文/副本.zip/批复.txt", "来文/包.zip/批复.txt"),
        ("来文/副本.zip/通知.txt", "来文/包.zip/通知.txt"),
    ]


def test_a_file_that_is_unpacked_beside_its_archive_is_a_copy(library: Library, package: Path) -> None:
    library.add(package)
    (package.parent / "通知.txt").write_text(NOTICE, encoding="utf-8")
    report = library.add(package.parent)
    assert report.moved == (Moved("来文/包.zip/通知.txt", "来文/通知.txt", copy=True),)


def test_a_vanished_archive_takes_its_members_along_and_brings_them_back(library: Library, package: Path) -> None:
    library.add(package.parent)
    data = package.read_bytes()
    package.unlink()
    assert library.add(package.parent).vanished == ("来文/包.zip/批复.txt", "来文/包.zip/通知.txt")
    assert library.add(package.parent).vanished == ()
    package.write_bytes(data)
    library.add(package.parent)
    assert [held.missing for held in library.documents()] == [(), ()]


def test_a_bad_member_is_told_every_time_until_it_is_mended(library: Library, folder: Path) -> None:
    package = pack(folder / "包.zip", 通知=NOTICE, 空="")
    for _ in range(2):
        assert [(one.path, one.code) for one in library.add(package).failed] == [("来文/包.zip/空.txt", "EMPTY")]
    pack(package, 通知=NOTICE, 空=REPLY)
    report = library.add(package)
    assert (report.failed, report.added) == ((), ("来文/包.zip/空.txt",))


def test_an_archive_becomes_a_document_and_a_document_an_archive(library: Library, folder: Path) -> None:
    file = pack(folder / "通知", 通知=NOTICE)
    library.add(folder)
    file.write_text(REPLY, encoding="utf-8")
    assert library.add(folder).added == ("来文/通知",)
    assert paths(library) == [("来文/通知",)]
    pack(file, 通知=NOTICE)
    library.add(folder)
    assert paths(library) == [("来文/通知/通知.txt",)]


def test_remove_forgets_an_archive_and_a_member(library: Library, package: Path) -> None:
    library.add(package)
    library.remove(package / "通知.txt")
    assert paths(library) == [("来文/包.zip/批复.txt",)]
    assert set(library.remove(package).removed) == {"来文/包.zip", "来文/包.zip/批复.txt"}
    assert library.documents() == ()
    assert len(library.add(package).added) == 2


def test_order_of_arrival_does_not_matter(tmp_path: Path, package: Path) -> None:
    (package.parent / "批复.txt").write_text(REPLY, encoding="utf-8")
    snapshots = []
    for order in (["包.zip", "批复.txt"], ["批复.txt", "包.zip"]):
        home = tmp_path / order[0]
        home.mkdir()
        with Library.create(home) as library:
            for name in order:
                library.add(package.parent / name)
            snapshots.append(library.snapshot())
    assert snapshots[0] == snapshots[1]


LEADING_OUT = "../../一.txt"


def leading_out(file: Path, **members: str) -> Path:
    """An archive with a paper under a name that leads out of it, and others."""
    pack(file, **members)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(LEADING_OUT, REPLY)
    return file


def told(problems: Iterable[FileProblem]) -> list[tuple[str, str]]:
    return [(one.path, one.problem.rule) for one in problems]


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "its content beside it"])
def test_a_name_that_leads_out_is_told_by_add_and_kept(library: Library, folder: Path, beside: bool) -> None:
    if beside:
        (folder / "一.txt").write_text(REPLY, encoding="utf-8")
    leading_out(folder / "包.zip", 通知=NOTICE)
    report = library.add(folder)
    assert told(report.problems) == [("来文/包.zip/一.txt", "NAME_LEADS_OUT")]
    assert library.problems() == report.problems
    assert LEADING_OUT in report.problems[0].problem.message
    assert library.add(folder).problems == ()


def test_a_good_name_of_the_same_paper_is_not_blamed_for_the_bad_one(library: Library, folder: Path) -> None:
    package = leading_out(folder / "包.zip")
    library.add(package)
    (folder / "一.txt").write_text(REPLY, encoding="utf-8")
    assert library.add(folder).problems == ()
    package.unlink()
    library.remove([package])
    assert library.problems() == ()


def test_a_name_that_leads_out_goes_with_its_archive(library: Library, folder: Path) -> None:
    package = leading_out(folder / "包.zip")
    library.add(folder)
    package.rename(folder / "改名.zip")
    library.add(folder)
    assert told(library.problems()) == [("来文/改名.zip/一.txt", "NAME_LEADS_OUT")]
    pack(package.with_name("改名.zip"), 一=REPLY)
    library.add(folder)
    assert library.problems() == ()


def test_what_add_counts_is_what_the_library_lists(library: Library, folder: Path) -> None:
    """Twice the same damaged paper, in an archive and beside it: one paper is told once."""
    damaged = NOTICE.replace("云政办发〔2019〕5号", "云政办发〔20195号")
    (folder / "甲.txt").write_text(damaged, encoding="utf-8")
    leading_out(folder / "包.zip", 通知=damaged, 短="通知")
    report = library.add(folder)
    assert len(report.problems) > 2
    assert report.problems == library.problems()
