"""What `add` does with files that are new, changed, moved, gone or bad."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylib import read
from policylib.cli.main import main
from policylib.errors import AmbiguousPolicy, FileMissing, InputError
from policylib.library import Failure, Job, Library, Moved, perform
from policylib.model import State


def paths(library: Library) -> list[str]:
    return [path for held in library.documents() for path in held.paths]


def test_new_files_are_added_in_order(library: Library, papers: Path) -> None:
    report = library.add(papers)
    assert report.added == tuple(sorted(f"文件/{file.name}" for file in papers.iterdir()))
    assert report.failed == ()


def test_files_that_did_not_change_are_not_read_again(office: Library, papers: Path) -> None:
    for file in papers.iterdir():
        state = file.stat()
        file.write_bytes(b"\0" * state.st_size)  # would be an error if it were read
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    report = office.add(papers)
    assert (len(report.unchanged), report.changed, report.failed) == (4, False, ())


def test_new_time_and_same_content_is_unchanged(office: Library, papers: Path) -> None:
    os.utime(papers / "清理结果.txt", ns=(1, 1))
    assert "文件/清理结果.txt" in office.add(papers).unchanged


def test_a_label_is_of_the_day_on_which_its_page_was_saved(library: Library, papers: Path) -> None:
    page = papers / "旧网页.txt"
    page.write_text("有效性：废止\n云泽市园林局关于木芙蓉栽培的通知\n云园字〔2010〕1号\n", encoding="utf-8")
    saved = datetime(2021, 3, 5, 12, tzinfo=UTC).timestamp()
    os.utime(page, (saved, saved))
    library.add(page)
    name = "云园字〔2010〕1号"
    assert library.status(name, date(2021, 3, 5)).state is State.REPEALED
    assert library.status(name, date(2021, 3, 4)).state is State.UNKNOWN
    os.utime(page, (saved + 86400, saved + 86400))  # saved once more: it says the same, of a later day
    library.add(page)
    assert library.status(name, date(2021, 3, 5)).state is State.UNKNOWN
    assert library.status(name, date(2021, 3, 6)).state is State.REPEALED


def test_a_file_without_a_day_counts_from_the_first(library: Library, papers: Path) -> None:
    """Archives of Windows unpack files of which no time is known to the year 1601, or 1979."""
    page = papers / "旧网页.txt"
    page.write_text("有效性：废止\n云泽市园林局关于木芙蓉栽培的通知\n云园字〔2010〕1号\n", encoding="utf-8")
    os.utime(page, (-5e9, -5e9))
    library.add(page)
    assert library.status("云园字〔2010〕1号", date(1990, 1, 1)).state is State.REPEALED


def test_a_clock_that_is_ahead_dates_no_label(library: Library, papers: Path) -> None:
    page = papers / "旧网页.txt"
    page.write_text("有效性：废止\n云泽市园林局关于木芙蓉栽培的通知\n云园字〔2010〕1号\n", encoding="utf-8")
    os.utime(page, (4e9, 4e9))
    library.add(page)
    assert library.status("云园字〔2010〕1号", datetime.now(UTC).date()).state is State.REPEALED


def test_new_content_replaces_the_old(office: Library, papers: Path) -> None:
    file = papers / "科技奖励办法.txt"
    file.write_text(file.read_text(encoding="utf-8") + "另附木芙蓉图样一张。\n", encoding="utf-8")
    report = office.add(file)
    assert report.updated == ("文件/科技奖励办法.txt",)
    assert len(office.documents()) == 4
    assert office.search("木芙蓉").total == 1


def test_a_word_of_the_old_content_is_found_no_more(library: Library, papers: Path) -> None:
    file = papers / "便笺.txt"
    file.write_text("关于木芙蓉栽培的通知\n云园字〔2020〕1号\n", encoding="utf-8")
    library.add(file)
    file.write_text("关于香樟栽培的通知\n云园字〔2020〕1号\n", encoding="utf-8")
    library.add(file)
    assert (library.search("木芙蓉").total, library.search("香樟").total) == (0, 1)


def test_what_was_renamed_now_is_not_put_down_to_what_was_deleted_before(office: Library, papers: Path) -> None:
    same = (papers / "清理结果.txt").read_bytes()
    (papers / "甲.txt").write_bytes(same)
    office.add(papers)
    (papers / "清理结果.txt").unlink()
    assert office.add(papers).vanished == ("文件/清理结果.txt",)
    (papers / "甲.txt").rename(papers / "丙.txt")
    assert office.add(papers).moved == (Moved("文件/甲.txt", "文件/丙.txt", copy=False),)


def test_hidden_files_are_in_no_list_unless_they_are_named(office: Library, papers: Path) -> None:
    text = (papers / "清理结果.txt").read_text(encoding="utf-8")
    for name in (".草稿.txt", "~$通知.docx"):
        (papers / name).write_text(text + name, encoding="utf-8")
    report = office.add(papers)
    assert len(report.unchanged) == 4
    assert (report.changed, report.failed, report.skipped) == (False, (), ())
    assert office.add(papers / ".草稿.txt").added == ("文件/.草稿.txt",)


def test_a_moved_file_keeps_its_document(office: Library, papers: Path) -> None:
    (papers / "旧文件").mkdir()
    (papers / "清理结果.txt").rename(papers / "旧文件" / "清理结果.txt")
    report = office.add(papers)
    assert report.moved == (Moved("文件/清理结果.txt", "文件/旧文件/清理结果.txt", copy=False),)
    assert report.vanished == ()
    assert "文件/清理结果.txt" not in paths(office)


def test_a_copied_file_is_one_document_at_two_paths(office: Library, papers: Path) -> None:
    (papers / "副本.txt").write_bytes((papers / "清理结果.txt").read_bytes())
    report = office.add(papers)
    assert report.moved == (Moved("文件/清理结果.txt", "文件/副本.txt", copy=True),)
    assert len(office.documents()) == 4
    assert ("文件/副本.txt", "文件/清理结果.txt") in [held.paths for held in office.documents()]


def test_two_new_files_of_one_content(library: Library, papers: Path) -> None:
    (papers / "副本.txt").write_bytes((papers / "清理结果.txt").read_bytes())
    report = library.add(papers)
    assert len(report.added) == 4
    assert len(report.moved) == 1
    assert len(library.documents()) == 4


def test_a_vanished_file_is_reported_once_and_its_facts_stay(office: Library, papers: Path) -> None:
    (papers / "清理结果.txt").unlink()
    assert office.add(papers).vanished == ("文件/清理结果.txt",)
    assert office.add(papers).vanished == ()
    assert office.get("云科字〔2022〕3号").held
    assert [held.missing for held in office.documents() if held.missing] == [("文件/清理结果.txt",)]


def test_a_vanished_file_that_comes_back(office: Library, papers: Path) -> None:
    file = papers / "清理结果.txt"
    content = file.read_bytes()
    file.unlink()
    office.add(papers)
    file.write_bytes(content)
    assert "文件/清理结果.txt" in office.add(papers).unchanged
    assert all(not held.missing for held in office.documents())


def test_a_folder_that_is_gone_altogether_loses_nothing(office: Library, papers: Path) -> None:
    papers.rename(papers.with_name("别处"))
    report = office.add(papers)
    assert [(failure.path, failure.code) for failure in report.failed] == [("文件", "MISSING")]
    assert report.vanished == ()


def test_only_the_added_folder_is_looked_at(office: Library, papers: Path) -> None:
    (papers / "清理结果.txt").unlink()
    other = papers.with_name("另一处")
    other.mkdir()
    assert office.add(other).vanished == ()


def test_bad_files_are_listed_with_a_remedy_and_the_run_goes_on(library: Library, papers: Path) -> None:
    (papers / "坏.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (papers / "空.txt").write_bytes(b"")
    report = library.add([papers, papers / "没有.docx"])
    failed = {failure.path: failure for failure in report.failed}
    assert set(failed) == {"文件/坏.pdf", "文件/空.txt", "文件/没有.docx"}
    assert all(failure.message and failure.remedy and failure.code for failure in report.failed)
    assert not any("/" in failure.message for failure in report.failed)  # the path has a column of its own
    assert len(report.added) == 4


@pytest.mark.skipif(os.getuid() == 0 if hasattr(os, "getuid") else True, reason="the superuser may read everything")
def test_a_file_without_permission_is_a_bad_file(library: Library, papers: Path) -> None:
    (papers / "清理结果.txt").chmod(0)
    assert [failure.path for failure in library.add(papers).failed] == ["文件/清理结果.txt"]


def test_what_is_no_document_is_passed_over(library: Library, papers: Path, tmp_path: Path) -> None:
    for name in (".隐藏.txt", "~$通知.docx", "Thumbs.db", "desktop.ini", "图.PNG", "样式.css", "版式.woff2"):
        (papers / name).write_text("x", encoding="utf-8")
    (papers / "图.html").write_text('<html><meta name="generator" content="policylib">', encoding="utf-8")
    (papers / ".回收站").mkdir()
    (papers / ".回收站" / "旧.txt").write_text("x", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "issuers.csv").write_text("code,issuer\n云科字,云泽市科学技术局\n", encoding="utf-8")
    report = library.add(tmp_path)  # the folder of the library itself
    assert len(report.added) == 4
    assert report.failed == ()
    assert report.skipped == ("文件/图.PNG", "文件/图.html", "文件/样式.css", "文件/版式.woff2")


def test_what_is_named_is_tried_whatever_its_suffix(library: Library, papers: Path) -> None:
    (papers / "清理结果.txt").rename(papers / "清理结果.csv")
    assert library.add(papers).skipped == ("文件/清理结果.csv",)
    report = library.add(papers / "清理结果.csv")
    assert (report.added, report.skipped) == (("文件/清理结果.csv",), ())


def test_a_link_that_leads_nowhere_and_a_pipe_are_bad_files(library: Library, papers: Path) -> None:
    (papers / "断链.txt").symlink_to(papers / "没有.txt")
    os.mkfifo(papers / "管道.txt")
    assert {failure.path for failure in library.add(papers).failed} == {"文件/断链.txt", "文件/管道.txt"}


def test_a_name_that_is_no_unicode_is_a_bad_file(library: Library, papers: Path) -> None:
    bad = os.fsencode(papers) + b"/\xff\xfe.txt"
    try:
        Path(os.fsdecode(bad)).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system allows Unicode names only")
    report = library.add(papers)
    assert [failure.code for failure in report.failed] == ["ENCODING"]
    assert report.failed[0].path.encode()


def test_order_of_arrival_does_not_matter(tmp_path: Path, papers: Path) -> None:
    files = sorted(papers.iterdir())
    snapshots = []
    for turn, order in enumerate((files, files[::-1], files[2:] + files[:2])):
        home = tmp_path / f"库{turn}"
        home.mkdir()
        with Library.create(home) as library:
            for file in order:
                library.add(file)
            snapshots.append(library.snapshot())
    assert snapshots[0] == snapshots[1] == snapshots[2]
    assert snapshots[0].works


def test_progress_tells_every_file(library: Library, papers: Path) -> None:
    told: list[tuple[int, int]] = []
    library.add(papers, progress=lambda done, total, path: told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_problems_inside_files_are_reported(library: Library, papers: Path) -> None:
    (papers / "清理结果.txt").rename(papers / "清理结果.html")  # a text that calls itself a page
    problems = library.add(papers).problems
    assert "文件/清理结果.html" in [problem.path for problem in problems]


def test_a_reading_pickles(papers: Path, tmp_path: Path) -> None:
    outcome = perform(Job(papers / "清理结果.txt", tmp_path / "tables", "0"))
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_remove_forgets_a_file_and_a_folder(office: Library, papers: Path) -> None:
    report = office.remove(papers / "清理结果.txt")
    assert report.removed == ("文件/清理结果.txt",)
    assert office.search("决定废止").total == 0
    assert len(office.documents()) == 3
    (papers / "科技奖励办法.txt").unlink()
    report = office.remove([papers, papers / "没有.txt"])
    assert len(report.removed) == 3
    assert len(report.unknown) == 1
    assert (office.documents(), office.works()) == ((), ())


def test_a_path_that_the_library_reports_is_taken_back_from_anywhere(
    office: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    path = "文件/科技奖励办法.txt"
    assert office.get(path).paths == (path,)
    assert office.links(path).work.paths == (path,)
    assert office.remove(path).removed == (path,)
    assert office.remove([path, "文件"]).unknown == (path,)
    assert office.works() == ()


def test_a_path_from_here_is_taken_as_well(office: Library, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(papers)
    assert office.get("科技奖励办法.txt").paths == ("文件/科技奖励办法.txt",)
    assert office.remove("科技奖励办法.txt").removed == ("文件/科技奖励办法.txt",)
    assert len(office.remove(".").removed) == 3  # the present folder, and not that of the library


def test_a_path_that_means_two_files_is_asked_back(
    office: Library, tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "旧" / "文件"
    inner.mkdir(parents=True)
    (inner / "科技奖励办法.txt").write_text("云泽市水利局关于节水的通知\n云水字〔2018〕4号\n\n请节约用水。\n", "utf-8")
    office.add(inner)
    monkeypatch.chdir(tmp_path / "旧")
    with pytest.raises(AmbiguousPolicy) as asked:
        office.remove("文件")
    assert asked.value.candidates == (str(papers.resolve()), str(inner.resolve()))
    with pytest.raises(AmbiguousPolicy):
        office.get("文件/科技奖励办法.txt")
    assert len(office.documents()) == 5
    assert office.remove("./文件").removed == ("旧/文件/科技奖励办法.txt",)


def test_an_empty_path_is_not_the_present_folder(
    office: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(papers)
    for change in (office.add, office.remove):
        with pytest.raises(InputError, match="路径是空的"):
            change(["文件", ""])
    assert len(office.documents()) == 4
    for command in ("add", "remove"):
        seen = CliRunner().invoke(main, [command, "", "--library", str(office.path)])
        assert seen.exit_code == 2
        assert "路径是空的" in seen.stderr


def test_library_and_papers_move_together(office: Library, tmp_path: Path, papers: Path) -> None:
    office.close()
    new = tmp_path.with_name(tmp_path.name + "-搬家")
    tmp_path.rename(new)
    try:
        with Library.open(new) as moved:
            assert len(moved.add(new / "文件").unchanged) == 4
    finally:
        new.rename(tmp_path)


def test_what_is_wrong_is_counted_once_by_add_and_by_the_list_of_problems(library: Library, papers: Path) -> None:
    broken = "云泽市科学技术局关于开会的通知\n云科字〔2024〕7号\n".encode("gbk") + b"\xff\xff\n"
    (papers / "缺字.txt").write_bytes(broken)
    report = library.add(papers)
    assert {one.path for one in report.problems} == {"文件/清理结果.txt", "文件/缺字.txt"}
    assert sorted(map(str, report.problems)) == sorted(map(str, library.problems()))


def test_a_wrong_name_is_told_of_the_file_that_bears_it_and_of_no_twin(library: Library, papers: Path) -> None:
    """Whichever of the two is read first."""
    (papers / "清理结果.docx").write_bytes((papers / "清理结果.txt").read_bytes())
    (papers / "甲.pdf").write_bytes((papers / "科技奖励办法.txt").read_bytes())
    report = library.add(papers)
    for told in (report.problems, library.problems()):
        wrong = [one for one in told if one.problem.rule == "EXT_MISMATCH"]
        assert [one.path for one in wrong] == ["文件/清理结果.docx", "文件/甲.pdf"]
        assert [one.problem.message.partition("，")[0] for one in wrong] == ["文件名后缀是 .docx", "文件名后缀是 .pdf"]


def test_a_file_that_is_not_there_has_one_code_wherever_it_is_asked_for(library: Library, papers: Path) -> None:
    gone, link = papers / "没有.txt", papers / "断链.txt"
    link.symlink_to(gone)
    for path in (gone, link):
        with pytest.raises(FileMissing) as error:
            read(path)
        [peeked] = library.peek(path)
        [added] = library.add(path).failed
        assert isinstance(peeked, Failure)
        assert peeked == added
        assert (error.value.code, error.value.message) == ("MISSING", f"{path}：{added.message}")
    [found] = library.add(papers).still_failed
    assert found.message == f"这是一个链接，所指的 {gone} 不在了"


def test_a_file_of_hardly_any_text_is_a_problem_of_each_of_its_paths(library: Library, papers: Path) -> None:
    for name in ("附件1.txt", "附件2.txt"):
        (papers / name).write_bytes(b"x")
    library.add(papers)
    few = [one for one in library.problems() if one.problem.rule == "LITTLE_TEXT"]
    assert [one.path for one in few] == ["文件/附件1.txt", "文件/附件2.txt"]
    assert few[0].problem.message == "只有几个字符，没有汉字，请核对文件是否完整"
    work = library.get("文件/附件1.txt")
    assert library.files(work) == ("文件/附件1.txt", "文件/附件2.txt")


@pytest.mark.parametrize(
    ("text", "told"), [("附件：目录", True), ("附件1：规范性文件目录", False), ("2019-03-01 " * 50, True)]
)
def test_how_much_is_hardly_any_text(library: Library, papers: Path, text: str, told: bool) -> None:
    (papers / "短.txt").write_text(text, encoding="utf-8")
    assert any(one.problem.rule == "LITTLE_TEXT" for one in library.add(papers / "短.txt").problems) == told
