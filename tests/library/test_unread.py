"""Files that could not be read: told once, tried again where that may help, forgotten when they are mended or gone."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from policylib.library import AddReport, Library
from policylib.readers import DEFAULT_LIMITS

NOTICE = "云泽市科学技术局关于开展检查的通知\n云科发〔2019〕3号\n各区科技局：\n　　请按时报送。\n2019年3月1日\n"
BROKEN = b"%PDF-1.7 and nothing more"


@pytest.fixture
def bad(library: Library, papers: Path) -> Path:
    """A broken file among the papers, which `add` met once."""
    file = papers / "坏.pdf"
    file.write_bytes(BROKEN)
    assert told(library.add(papers)) == (["文件/坏.pdf"], [])
    return file


def told(report: AddReport) -> tuple[list[str], list[str]]:
    """The files that are news, and those that are not."""
    return [one.path for one in report.failed], [one.path for one in report.still_failed]


def test_a_bad_file_is_news_once(library: Library, bad: Path) -> None:
    for _ in range(2):
        report = library.add(bad.parent)
        assert told(report) == ([], ["文件/坏.pdf"])
        assert not report.changed
    assert [(one.path, one.code) for one in library.unread()] == [("文件/坏.pdf", "DAMAGED")]
    assert report.still_failed == library.unread()


def test_a_new_bad_file_stands_alone(library: Library, bad: Path) -> None:
    (bad.parent / "又坏.pdf").write_bytes(BROKEN + b".")
    assert told(library.add(bad.parent)) == (["文件/又坏.pdf"], ["文件/坏.pdf"])


def test_a_bad_file_that_is_as_it_was_is_not_read_again(library: Library, bad: Path) -> None:
    state = bad.stat()
    bad.write_bytes(NOTICE.encode()[: len(BROKEN)])  # other bytes, and no sign of it
    os.utime(bad, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert told(library.add(bad.parent)) == ([], ["文件/坏.pdf"])


def test_a_bad_file_that_changed_is_tried_again(library: Library, bad: Path) -> None:
    bad.write_bytes(BROKEN + b" at all")
    assert told(library.add(bad.parent)) == (["文件/坏.pdf"], [])
    bad.write_text(NOTICE, encoding="utf-8")
    report = library.add(bad.parent)
    assert (report.added, told(report)) == (("文件/坏.pdf",), ([], []))
    assert library.unread() == ()


def test_who_names_a_bad_file_hears_of_it_again(library: Library, bad: Path) -> None:
    assert told(library.add(bad)) == (["文件/坏.pdf"], [])


def test_a_program_that_reads_otherwise_tries_again(library: Library, bad: Path) -> None:
    bad.write_text(NOTICE, encoding="utf-8")
    narrow = replace(DEFAULT_LIMITS, plain_bytes=10)
    assert told(library.add(bad.parent, limits=narrow)) == (["文件/坏.pdf"], [])
    assert told(library.add(bad.parent, limits=narrow)) == ([], ["文件/坏.pdf"])
    report = library.add(bad.parent)
    assert (report.added, told(report)) == (("文件/坏.pdf",), ([], []))


def test_what_the_file_itself_does_not_show_is_tried_each_time_and_told_once(library: Library, papers: Path) -> None:
    link = papers / "断链.txt"
    link.symlink_to(papers.parent / "没有.txt")
    assert told(library.add(papers)) == (["文件/断链.txt"], [])
    assert told(library.add(papers)) == ([], ["文件/断链.txt"])
    (papers.parent / "没有.txt").write_text(NOTICE, encoding="utf-8")
    assert library.add(papers).added == ("文件/断链.txt",)
    assert library.unread() == ()


def test_a_bad_file_that_is_gone_is_forgotten(library: Library, bad: Path) -> None:
    bad.unlink()
    assert told(library.add(bad.parent)) == ([], [])
    assert library.unread() == ()


def test_a_bad_file_of_a_folder_that_is_gone_altogether_is_kept(library: Library, bad: Path) -> None:
    bad.parent.rename(bad.parent.with_name("别处"))
    library.add(bad.parent)
    assert [one.path for one in library.unread()] == ["文件/坏.pdf"]


def test_a_bad_file_may_be_removed(library: Library, bad: Path) -> None:
    assert library.remove(bad).removed == ("文件/坏.pdf",)
    assert library.unread() == ()


def test_a_bad_member_is_told_once_and_the_archive_is_left_alone(library: Library, papers: Path) -> None:
    with zipfile.ZipFile(papers / "包.zip", "w") as package:
        package.writestr("通知.txt", NOTICE)
        package.writestr("空.txt", "")
    assert told(library.add(papers)) == (["文件/包.zip/空.txt"], [])
    report = library.add(papers)
    assert told(report) == ([], ["文件/包.zip/空.txt"])
    assert "文件/包.zip/通知.txt" in report.unchanged
    assert not report.changed
