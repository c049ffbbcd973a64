"""Searching: nothing is missed, nothing is found too much, the best comes first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylib.errors import QueryError
from policylib.extract.folding import title_key
from policylib.library import Library, SearchResult
from policylib.library.database import Database
from policylib.library.field_words import years
from policylib.library.index import comparable, match_expression, tokens
from policylib.library.names import number_of
from policylib.library.query import Words
from policylib.library.snippets import needle, snippet
from policylib.model import Span
from policylib.readers import read

SHARED = (Path(__file__).parents[3] / "shared" / "data" / "china_laws" / "md").resolve()
CORPUS_FILES = 120


def keys(result: SearchResult) -> list[str]:
    return [hit.key for hit in result.hits]


# The office ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("群众知情权", {"云政办发〔2021〕5号"}, id="part of a sentence"),
        pytest.param("政务公开 知情权", {"云政办发〔2021〕5号"}, id="two words"),
        pytest.param("政務公開 知情權", {"云政办发〔2021〕5号"}, id="traditional characters"),
        pytest.param("２０２２年１月２０日", {"云科字〔2022〕3号"}, id="full-width digits"),
        pytest.param("知情权 OR 决定废止", {"云政办发〔2021〕5号", "云科字〔2022〕3号"}, id="or"),
        pytest.param("科技奖励办法 NOT 决定废止", {"云科字〔2019〕12号"}, id="not"),
        pytest.param('"为了推进政务公开，保障"', {"云政办发〔2021〕5号"}, id="phrase with its mark"),
        pytest.param('"为了推进政务公开。保障"', set(), id="phrase with another mark"),
        pytest.param("为了推进政务公开。保障", {"云政办发〔2021〕5号"}, id="unquoted words do not mind marks"),
        pytest.param("号）。本", {"云科字〔2022〕3号"}, id="one-character run at the end"),
        pytest.param("year:2019", {"云科字〔2019〕12号"}, id="year"),
        pytest.param("年份:2020..2021 发文机关:政府", {"云政办发〔2021〕5号"}, id="range and issuer"),
        pytest.param("标题:科技奖励 年份:..2019", {"云科字〔2019〕12号"}, id="title field"),
        pytest.param("文号:云科字 奖励办法", {"云科字〔2019〕12号", "云科字〔2022〕3号"}, id="part of a number"),
        pytest.param("木芙蓉", set(), id="nothing"),
    ],
)
def test_what_is_found(office: Library, query: str, found: set[str]) -> None:
    result = office.search(query)
    assert {hit.key for hit in result.hits if hit.path} == found


@pytest.mark.parametrize(
    "query",
    [
        "云科字〔2019〕12号",
        "云科字[2019]12号",
        "云科字(2019)12号",
        "云科字 （2019） 12 号",
        "云科字﹝２０１９﹞１２号",
        "云科字〔201912号",
        "云科字〔2019〕12号文",
        "number:云科字[2019]12号",
        '文号:"云科字 [2019] 12号"',
    ],
)
def test_a_number_in_any_spelling_finds_its_bearer_first(office: Library, query: str) -> None:
    assert keys(office.search(query))[0] == "云科字〔2019〕12号"


def test_a_number_finds_the_papers_that_damaged_it(office: Library) -> None:
    hit = {hit.key: hit for hit in office.search("云科字〔2019〕12号").hits}["云科字〔2022〕3号"]
    assert [span.of(hit.snippet) for span in hit.highlights] == ["云科字〔201912号"]


def test_a_hit_shows_where_it_stands(office: Library) -> None:
    (hit,) = office.search("知情权").hits
    assert hit.path == "文件/政务公开办法.txt"
    assert hit.number == "云政办发〔2021〕5号"
    assert [span.of(hit.snippet) for span in hit.highlights] == ["知情权"]
    assert "\n" not in hit.snippet


def test_pages_of_hits_fit_together(office: Library) -> None:
    whole = office.search("云泽市", limit=100)
    pages = [office.search("云泽市", limit=1, offset=page) for page in range(whole.total)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total} == {len(whole.hits)}


def test_a_title_counts_more_than_a_mention(office: Library) -> None:
    assert keys(office.search("政务公开办法"))[-1] != "云政办发〔2021〕5号"


@pytest.mark.parametrize("query", ["，。", '"《》"', "甲 ，"], ids=["marks", "quoted marks", "mark beside a word"])
def test_marks_alone_cannot_be_searched(office: Library, query: str) -> None:
    with pytest.raises(QueryError, match="标点"):
        office.search(query)


@pytest.mark.parametrize(
    ("query", "says"),
    [("year:去年", "2017..2019"), ("status:很好", "有效"), ("role:谁", "解读"), ("type:，", "通知")],
)
def test_wrong_values_say_what_to_write(office: Library, query: str, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        office.search(query)


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("2017", (2017, 2017)),
        ("2017年", (2017, 2017)),
        ("２０１７", (2017, 2017)),
        ("2017..2019", (2017, 2019)),
        ("2017-2019", (2017, 2019)),
        ("2017年至2019年", (2017, 2019)),
        ("2017..", (2017, 9999)),
        ("..2019", (0, 2019)),
    ],
)
def test_years(text: str, range_: tuple[int, int]) -> None:
    assert years(text) == range_


# Laws ------------------------------------------------------------------------------------------------------------


def test_tokens_of_runs() -> None:
    assert tokens("〔2017〕17号文，好") == "20 01 17 7 17 7号 号文 文 好"
    assert match_expression("17号") == '"17 7号"'
    assert match_expression("号") == '"号" *'
    assert match_expression("《办法》的") == '"办法 法" + "的" *'
    assert match_expression("，") is None


class Shelf:
    """An index of texts and nothing else, beside the plain list: the oracle is Python's `in`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.database = Database(Path("memory"), sqlite3.connect(":memory:", isolation_level=None))
        self.database.run("create virtual table full_text using fts5 (tokens, content = '', tokenize = 'ascii')")

    def put(self, text: str) -> None:
        self.database.run("insert into full_text (rowid, tokens) values (?, ?)", (len(self.texts), tokens(text)))
        self.texts.append(text)

    def found(self, wanted: str) -> set[int]:
        rows = self.database.rows("select rowid from full_text where full_text match ?", (match_expression(wanted),))
        return {identity for (identity,) in rows}

    def holding(self, wanted: str) -> set[int]:
        return {number for number, text in enumerate(self.texts) if comparable(wanted) in comparable(text)}


LETTERS = "政务公开号文12〔〕。《 \nAa発　０😀_"


@given(st.lists(st.text(alphabet=LETTERS, max_size=12), min_size=1, max_size=8), st.text(alphabet=LETTERS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_the_index_misses_nothing_and_finds_runs_exactly(texts: list[str], wanted: str) -> None:
    shelf = Shelf()
    for text in texts:
        shelf.put(text)
    if match_expression(wanted) is None:
        return
    assert shelf.found(wanted) >= shelf.holding(wanted)
    if comparable(wanted).isalnum():
        assert shelf.found(wanted) == shelf.holding(wanted)


@given(st.text(alphabet=LETTERS, min_size=1, max_size=40), st.data())
def test_a_snippet_shows_the_places_in_the_text(text: str, data: st.DataObject) -> None:
    starts = st.integers(0, len(text) - 1)
    places = sorted(
        Span(start, data.draw(st.integers(start + 1, len(text)))) for start in data.draw(st.lists(starts, min_size=1))
    )
    piece, highlights = snippet(text, places)
    assert len(piece) <= len(text)
    assert highlights
    assert all(0 <= span.start < span.end <= len(piece) for span in highlights)
    assert all(left.end < right.start for left, right in pairwise(highlights))


@given(st.text(alphabet=LETTERS, min_size=1), st.text(alphabet=LETTERS, max_size=3), st.text(alphabet=LETTERS))
def test_the_needle_is_where_the_words_are(wanted: str, before: str, after: str) -> None:
    match = needle(Words(wanted, exact=True)).search(comparable(before + wanted + after))
    assert match is not None


# The corpus -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def statutes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[str, str]]]:
    """Real statutes in a library, and the same texts as a plain dict by path."""
    if not SHARED.is_dir():
        pytest.skip("the sample data lie outside of the project: ../shared is absent")
    files = sorted(SHARED.rglob("*.md"))[::3][:CORPUS_FILES]
    with Library.create(tmp_path_factory.mktemp("法规")) as library:
        assert library.add(files).failed == ()
        yield library, {file.as_posix(): read(file).text for file in files}


def says(wanted: str, text: str) -> bool:
    return comparable(wanted) in comparable(text)


def holders(library: Library, texts: dict[str, str], matches: Callable[[str], bool], title: str) -> set[str]:
    """The oracle: works with a file whose text matches, or whose title holds the words."""
    found = {work.key for work in library.works() if any(matches(texts[path]) for path in work.paths if path in texts)}
    key = title_key(title)
    return found | {
        work.key
        for work in library.works()
        if key and any(key in title_key(name) for name in (work.title, *work.aliases, *work.instruments) if name)
    }


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_search_agrees_with_reading_everything(statutes: tuple[Library, dict[str, str]], data: st.DataObject) -> None:
    library, texts = statutes
    text = texts[data.draw(st.sampled_from(sorted(texts)))]
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : start + data.draw(st.integers(1, 12))].replace('"', "").strip()
    if match_expression(wanted) is None or "“" in wanted or "”" in wanted:
        return
    flat = " ".join(wanted.splitlines()) if "\n" in wanted else wanted
    if flat != wanted or re.search(r"[\t\r\u3000\u00a0]", wanted):
        return
    exact = bool(re.search(r"[\W_]", comparable(wanted)))
    expected = holders(library, texts, partial(says, wanted), "" if exact else wanted)
    result = library.search(f'"{wanted}"', limit=1000)
    assert {hit.key for hit in result.hits} >= expected
    assert result.total == len(result.hits)
    if not library_number(library, wanted):
        assert {hit.key for hit in result.hits} == expected


def library_number(library: Library, wanted: str) -> bool:
    return bool(number_of(wanted, library.tables))


@pytest.mark.parametrize("words", ["行政处罚", "人民政府 监督", "法律责任", "条例 实施", "道路交通安全"])
def test_words_agree_with_reading_everything(statutes: tuple[Library, dict[str, str]], words: str) -> None:
    library, texts = statutes
    each = [holders(library, texts, partial(says, one), one) for one in words.split()]
    result = library.search(words, limit=1000)
    assert {hit.key for hit in result.hits} == set.intersection(*each)


@pytest.mark.parametrize(
    ("text", "word", "begins"),
    [
        pytest.param(
            "标题：" + "某" * 18 + "办法\n发布时间：2019年5月\n现将办法印发给你们", "印发", "发布时间", id="line"
        ),
        pytest.param("会议已经开过。" + "各" * 20 + "单位要抓好知情权保障", "知情权", "各", id="sentence"),
        pytest.param("长" * 60 + "知情权", "知情权", "长" * 25 + "知情权", id="nothing near"),
        pytest.param("云泽市知情权办法", "知情权", "云泽市", id="beginning"),
    ],
)
def test_a_snippet_begins_with_a_line_or_a_sentence(text: str, word: str, begins: str) -> None:
    at = text.index(word)
    piece, (place,) = snippet(text, [Span(at, at + len(word))])
    assert piece.startswith(begins)
    assert place.of(piece) == word


PAGE = (
    "索引号：11/2023-1\n发布机构：云泽市水利局\n发文日期：2023-03-04\n\n"
    "云泽市水利局关于防汛抗旱的通知\n各单位：\n请做好防汛工作。\n云泽市水利局\n2023年3月4日\n"
)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("云泽市水利局", "云泽市水利局关于防汛抗旱的通知 各单位：", id="in the body too"),
        pytest.param("发布机构", "索引号：11/2023-1 发布机构：云泽市水利局", id="in the table alone"),
    ],
)
def test_a_snippet_is_of_the_body_where_the_words_are_there(
    office: Library, papers: Path, query: str, shown: str
) -> None:
    (papers / "防汛.txt").write_text(PAGE, encoding="utf-8")
    office.add(papers)
    [hit] = office.search(query).hits
    assert hit.snippet.startswith(shown)


def test_a_limit_is_no_negative_number(office: Library) -> None:
    for wrong in ({"limit": -1}, {"offset": -1}):
        with pytest.raises(QueryError, match="不能是负数"):
            office.search("云泽市", **wrong)
    assert len(office.search("云泽市", limit=None).hits) == office.search("云泽市", limit=0).total > 1


def test_hits_without_snippets_are_the_same_hits(office: Library) -> None:
    shown = office.search("科技奖励")
    bare = office.search("科技奖励", snippets=False)
    assert any(hit.snippet and hit.highlights for hit in shown.hits)
    assert bare.total == shown.total
    assert bare.hits == tuple(replace(hit, snippet="", highlights=()) for hit in shown.hits)
