"""The library as a whole: making, opening, asking, judging, keeping up."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from policylib.errors import (
    AmbiguousPolicy,
    LibraryError,
    LibraryLocked,
    LibraryNotFound,
    PolicyNotFound,
    QueryError,
    SchemaTooNew,
    TableError,
)
from policylib.graph import basis_chains, impact
from policylib.library import Library
from policylib.library.database import uri_of
from policylib.model import Judgement, Office
from tests.yunze import AWARD, MEASURES, REPEAL

# Making and opening --------------------------------------------------------------------------------------------


def test_a_new_library_is_empty_and_has_a_commented_configuration(tmp_path: Path) -> None:
    with Library.create(tmp_path) as library:
        assert (library.works(), library.documents(), library.search("公开").total) == ((), (), 0)
        assert library.path.name == "policies.plib"
    assert all(
        line.startswith("#") or not line for line in (tmp_path / "policylib.toml").read_text("utf-8").splitlines()
    )


def test_a_library_of_another_name(tmp_path: Path) -> None:
    Library.create(tmp_path / "2024年.plib").close()
    Library.open(tmp_path / "2024年.plib").close()


def test_no_library_here(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound, match="policylib init"):
        Library.open(tmp_path)


def test_a_library_is_not_made_twice(library: Library, papers: Path) -> None:
    library.add(papers)
    with pytest.raises(LibraryError, match="已经存在"):
        Library.create(library.path)
    assert len(library.documents()) == 4


def test_an_existing_configuration_is_kept(tmp_path: Path) -> None:
    (tmp_path / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    with Library.create(tmp_path) as library:
        assert library.office.jurisdiction == "云岭省/云泽市"


@pytest.mark.parametrize(
    "text", ["jurisdiction = 云泽市", "jurisdiction = 3", 'jurisdictoin = "云泽市"'], ids=["toml", "type", "name"]
)
def test_a_wrong_configuration_names_its_file(library: Library, text: str) -> None:
    (library.path.parent / "policylib.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"policylib\.toml"):
        Library.open(library.path)


def test_any_other_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "policies.plib").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError, match="不是 policylib 的库文件"):
        Library.open(tmp_path)


def test_another_sqlite_file_is_no_library(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "policies.plib") as other:
        other.execute("create table t (a)")
    other.close()
    with pytest.raises(LibraryError, match="不是 policylib 的库文件"):
        Library.open(tmp_path)


def test_a_library_of_a_newer_version(library: Library) -> None:
    library._database.run("pragma user_version = 999")
    with pytest.raises(SchemaTooNew, match="请升级"):
        Library.open(library.path)


def test_a_library_that_somebody_writes(library: Library, papers: Path) -> None:
    with Library.open(library.path, wait=0.05) as other, library._database.transaction():
        assert other.documents() == ()  # reading goes on
        with pytest.raises(LibraryLocked, match="正在写入"):
            other.add(papers)


def test_a_library_that_may_only_be_read(office: Library, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.close()
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the superuser may always write
    with Library.open(office.path) as library:
        assert len(library.documents()) == 4
        assert library.search("知情权").total == 1
        with pytest.raises(LibraryError, match="没有写入权限"):
            library.judge(Judgement("accept", AWARD))


def test_what_is_unchanged_is_added_to_a_library_that_may_only_be_read(
    office: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    before = office.path.read_bytes()
    os.utime(papers / "清理结果.txt", (1, 1))  # a copy of the folder has other times
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the superuser may always write
    with Library.open(office.path) as library:
        report = library.add(papers)
        assert (len(report.unchanged), report.changed) == (4, False)
        (papers / "清理结果.txt").unlink()
        with pytest.raises(LibraryError, match="没有写入权限"):
            library.add(papers)
    assert office.path.read_bytes() == before


def test_an_interrupt_that_leaves_a_transaction_open_does_no_harm(office: Library, papers: Path) -> None:
    office._database.run("begin immediate")  # interrupted here, before its first statement
    office.remove(papers / "清理结果.txt")
    assert len(office.documents()) == 3


def test_tables_that_change_while_the_program_runs(office: Library) -> None:
    before = office.tables
    office.overlay.mkdir()
    (office.overlay / "issuers.csv").write_text("代字,发文机关\n云科字,云泽市科学技术局\n", encoding="utf-8")
    with Library.open(office.path) as again:
        assert "云科字" in again.tables.codes
        assert "云科字" not in before.codes


# Asking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        AWARD,
        "云科字[2019]12号",
        "云科字〔201912号",
        "云科字﹝２０１９﹞１２号文",
        "〔2019〕12号",
        f"  {AWARD} ",
        "云泽市科学技术局关于印发《云泽市科技奖励办法》的通知",
        "云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知",
        "文件/科技奖励办法.txt",
    ],
)
def test_a_work_by_what_people_call_it(
    office: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert office.get(name).key == AWARD


def test_a_work_by_its_label(office: Library) -> None:
    for work in office.works():
        assert office.get(work.label).key == work.key or work.number is None


def test_an_unknown_name_gets_names_that_come_near(office: Library) -> None:
    with pytest.raises(PolicyNotFound, match=AWARD):
        office.get("云科字〔2019〕13号")
    with pytest.raises(PolicyNotFound, match="policylib search"):
        office.get("木芙蓉")


def test_a_name_of_several_works_lists_them(office: Library) -> None:
    with pytest.raises(AmbiguousPolicy) as caught:
        office.get("云泽市")
    assert AWARD in caught.value.candidates
    assert len(caught.value.candidates) > 1
    assert f"{AWARD}《云泽市科学技术局关于印发〈云泽市科技奖励办法〉的通知》" in str(caught.value)


def test_a_paper_without_number_and_title_has_a_bare_hash_for_its_key(holding: Callable[..., Library]) -> None:
    library = holding("同意。\n")
    (work,) = library.works()
    assert (work.number, work.title) == (None, None)
    assert work.key == work.documents[0][:12]
    assert library.get(work.key).label == "无标题文件（000.txt）"


def test_a_page_without_a_number_is_found_by_the_one_that_its_interpretation_gives(
    holding: Callable[..., Library],
) -> None:
    library = holding(
        "云泽海关关于渔获采信的公告\n本公告自2024年1月1日起执行。\n云泽海关\n2023年12月25日\n",
        "解读｜关于渔获采信的公告\n云泽海关于2023年12月25日发布云泽海关公告〔2023〕93号（关于渔获采信的公告）。"
        "现就公告内容解读如下：一、采信范围渔获可以采信。\n",
    )
    found = library.get("云泽海关公告2023年第93号")
    assert (found.title, found.numbers, found.held) == ("云泽海关关于渔获采信的公告", (), True)
    assert [hit.key for hit in library.search("number:云泽海关公告〔2023〕93号").hits] == [found.key]


def test_the_candidates_are_all_keys_and_the_message_is_short(holding: Callable[..., Library]) -> None:
    library = holding(*(f"云泽市财政局关于做好第{one}项工作的通知\n云财字〔2020〕{one}号\n" for one in range(1, 44)))
    with pytest.raises(AmbiguousPolicy) as caught:
        library.get("工作")
    error = caught.value
    assert sorted(error.candidates) == sorted(work.key for work in library.works())
    assert [library.get(key).key for key in error.candidates] == list(error.candidates)
    assert len(error.choices) == 11
    assert str(error).endswith("；等43份")
    assert f"{error.candidates[9]}《" in str(error)
    assert error.candidates[10] + "《" not in str(error)


@pytest.mark.parametrize("name", ["", " ", "，", "%", "_", '"'], ids=repr)
def test_a_name_that_says_nothing(office: Library, name: str) -> None:
    with pytest.raises(PolicyNotFound):
        office.get(name)


def test_works_by_what_they_are(office: Library) -> None:
    def keys(**conditions: object) -> set[str]:
        return {work.key for work in office.works(held=True, **conditions)}  # type: ignore[arg-type]

    assert keys(year=2019) == {AWARD}
    assert keys(year="2019..2021") >= {AWARD, MEASURES}
    assert keys(issuer="云泽市科学技术局") == {AWARD, REPEAL}
    assert keys(issuer="科技局") == {AWARD, REPEAL}
    assert keys(issuer="科技局", year=2022) == {REPEAL}
    assert keys(role="interpretation") == {work.key for work in office.works() if work.role == "interpretation"}
    assert len(keys(role="interpretation")) == 1
    with pytest.raises(QueryError):
        office.works(status="很好")


def test_works_by_their_state(office: Library) -> None:
    repealed = {work.key for work in office.works(status="废止", as_of=date(2023, 1, 1))}
    assert AWARD in repealed
    assert MEASURES not in repealed


def test_links_have_both_directions_and_their_quotes(office: Library) -> None:
    links = office.links(AWARD)
    assert links.work.key == AWARD
    (repeal,) = [relation for relation in links.incoming if relation.kind == "repeals"]
    assert repeal.source == REPEAL
    assert repeal.evidence.path == "文件/清理结果.txt"
    text = office.text(repeal.evidence.sha256)
    assert text is not None
    assert repeal.evidence.span.of(text) == repeal.evidence.quote


def test_the_snapshot_knows_the_status_of_every_work(office: Library) -> None:
    snapshot = office.snapshot(date(2023, 1, 1))
    assert set(snapshot.statuses) == {work.key for work in snapshot.works}
    assert snapshot.statuses[AWARD].state.dead
    assert not office.status(AWARD, date(2021, 1, 1)).state.dead


def test_the_graph_has_every_work(office: Library) -> None:
    graph = office.graph()
    assert set(graph.nodes) == {work.key for work in office.works()}


def test_text_and_analysis_of_a_document(office: Library) -> None:
    for held in office.documents():
        text, analysis = office.text(held.sha256), office.analysis(held.sha256)
        assert text is not None and analysis is not None
        assert analysis.source.path == held.paths[0]
        assert all(mention.span.of(text) == mention.raw for mention in analysis.numbers)
    assert (office.text("0"), office.analysis("0")) == (None, None)


# Judging and keeping up -----------------------------------------------------------------------------------------


def test_a_judgement_is_kept_through_everything(office: Library, papers: Path) -> None:
    (repeal,) = [relation for relation in office.links(AWARD).incoming if relation.kind == "repeals"]
    office.judge(Judgement("reject", repeal.source, repeal.target, repeal.kind, who="李工", why="只废止附件"))
    assert not [one for one in office.links(AWARD).incoming if one.kind == "repeals" and not one.judged]
    office.remove(papers)
    office.add(papers)
    (judgement,) = office.judgements()
    assert (judgement.who, judgement.why) == ("李工", "只废止附件")
    assert judgement.when is not None
    assert not [one for one in office.links(AWARD).incoming if one.kind == "repeals"]


def test_new_tables_analyse_stored_texts_again_without_their_files(office: Library, papers: Path) -> None:
    for file in papers.iterdir():
        file.unlink()
    office._database.run("update document set analysis = replace(analysis, '云政办发', '旧分析'), engine = 'old'")
    office.overlay.mkdir()
    (office.overlay / "issuers.csv").write_text("代字,发文机关\n云科字,云泽市科学技术局\n", encoding="utf-8")
    told: list[int] = []
    with Library.open(office.path, progress=lambda done, total, path: told.append(total)) as library:
        assert told == [4, 4, 4, 4]
        assert library.get(MEASURES).held
    told.clear()
    Library.open(office.path, progress=lambda done, total, path: told.append(total)).close()
    assert told == []


def test_a_new_jurisdiction_links_afresh(office: Library) -> None:
    before = office._database.meta("engine")
    (office.path.parent / "policylib.toml").write_text('jurisdiction = "云岭省/云泽市"\n', encoding="utf-8")
    with Library.open(office.path) as library:
        assert library._database.meta("engine") != before
        assert library.get(MEASURES).held


def test_derived_rows_that_lag_behind_are_built_on_opening(office: Library) -> None:
    whole = office.snapshot()
    with office._database.transaction():
        for table in ("work", "relation", "effect"):
            office._database.run(f"delete from {table}")
        office._database.set_meta("derived", 0)
    with Library.open(office.path) as library:
        assert library.snapshot() == whole


def test_rows_of_other_records_are_built_again_on_opening(office: Library) -> None:
    """A version that did not know a field yet wrote every row without it."""
    whole = office.snapshot()
    with office._database.transaction():
        office._database.run("update work set record = json_remove(record, '$.title', '$.issuers')")
        office._database.set_meta("shape", "before")
    assert office.get(AWARD).title is None
    with Library.open(office.path) as library:
        assert library.snapshot() == whole
    told: list[int] = []
    Library.open(office.path, progress=lambda done, total, path: told.append(total)).close()
    assert told == []


def test_rows_of_other_records_are_not_read_where_they_cannot_be_built(
    office: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office._database.transaction():
        office._database.set_meta("shape", "before")
    office.close()
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the superuser may always write
    with pytest.raises(LibraryError, match="记录的格式不同"):
        Library.open(office.path)


def test_an_index_of_another_version_is_filled_again(office: Library) -> None:
    with office._database.transaction():
        office._database.run("insert into full_text (full_text) values ('delete-all')")
        office._database.run("update document set indexed = 99")
        office._database.set_meta("derived", 0)
    with Library.open(office.path) as library:
        assert library.search("知情权").total == 1


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("jurisdiction = 3", 1, "jurisdiction 应写作"),
        ("\n[rules]\non = 'all'", 3, "rules.on 应写作一列文字"),
        ("[cleanup]\n\nuntil = '2023年底'", 3, "cleanup.until 应写作一个日期"),
        ("issuer = '甲局'\n[rules]\nof = ['x.y']", 3, "没有“rules.of”这项设置"),
        ("[cleanups]\nuntil = 2023-12-31", 1, "没有“cleanups”这项设置"),
        ("issuer = '甲局'\n\nissuer = '乙局'", 3, "“issuer”写了两次，第 1 行已经写过"),
        ("[rules]\non = ['a.b']\non = []", 3, "“rules.on”写了两次，第 2 行已经写过"),
        ("[rules]\noff = []\n[rules]\non = []", 3, r"“\[rules\]”写了两次"),
        ("issuer = 云泽市科学技术局", 1, 'issuer = "…"，用英文引号'),
    ],
    ids=["text", "list", "day", "name", "table", "twice", "twice in a table", "table twice", "no quotes"],
)
def test_a_wrong_setting_names_its_line(library: Library, text: str, line: int, advice: str) -> None:
    (library.path.parent / "policylib.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=rf"第{line}行.*{advice}"):
        Library.open(library.path)


def test_every_setting_of_the_template_is_understood(tmp_path: Path) -> None:
    with Library.create(tmp_path):
        pass
    text = (tmp_path / "policylib.toml").read_text(encoding="utf-8")
    switched = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    (tmp_path / "policylib.toml").write_text(switched, encoding="utf-8")
    with Library.open(tmp_path) as library:
        assert all(getattr(library.office, field) for field in Office.__slots__)
        assert library.office.cleanup_until == date(2023, 12, 31)


def test_a_snapshot_reads_texts_and_analyses(office: Library) -> None:
    snapshot = office.snapshot()
    work = next(work for work in snapshot.works if work.documents)
    text = snapshot.texts[work.documents[0]]
    title = snapshot.analyses[work.documents[0]].elements.title
    assert title is not None
    assert title.span.of(text)
    assert snapshot.texts.get("no such hash") is None
    assert len(snapshot.texts) == len(office.documents())


WRONG: dict[str, tuple[Callable[[Library], object], str]] = {
    "role": (lambda library: library.works(role="foo"), "没有“foo”这个类别，可写：政策文件（policy）"),
    "sort": (lambda library: library.works(sort="foo"), "可写：office、number、date、title"),
    "years": (lambda library: library.works(year="2020..2010"), "年份写反了，应从早写到晚：2010..2020"),
    "day as text": (
        lambda library: library.status(AWARD, "2021-01-01"),
        r"应写作 date\(2021, 1, 1\)，不是 '2021-01-01'",
    ),
    "known as text": (lambda library: library.status(AWARD, None, "2021-01-01"), "不是 '2021-01-01'"),
    "day with its hour": (lambda library: library.snapshot(datetime(2021, 1, 1)), "不是 datetime"),
    "workers": (lambda library: library.add([], workers=-1), "workers 应为不小于 0"),
    "limit": (lambda library: library.search("办法", limit=-1), "limit 和 offset 不能是负数"),
    "kind": (lambda library: impact(library.graph(), [AWARD], kinds=["zzz"]), "没有“zzz”这种关系，可写：basis"),
    "kind of a chain": (lambda library: basis_chains(library.graph(), AWARD, kinds="basis"), "这种关系，可写：basis"),
}


@pytest.mark.parametrize(("asked", "said"), WRONG.values(), ids=WRONG)
def test_a_word_that_means_nothing_is_told(office: Library, asked: Callable[[Library], object], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        asked(office)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/资料/policies.plib"), "file:///%E8%B5%84%E6%96%99/policies.plib"),
        (PureWindowsPath("C:\\a b\\policies.plib"), "file:///C:/a%20b/policies.plib"),
        (PureWindowsPath("\\\\server\\share\\policies.plib"), "file:////server/share/policies.plib"),
    ],
    ids=["posix", "a drive", "a share"],
)
def test_sqlite_is_told_where_the_library_is(path: PurePath, uri: str) -> None:
    assert uri_of(path) == uri
