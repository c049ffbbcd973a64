"""The query language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import QueryError
from policylib.library.names import numbers_in
from policylib.library.query import All, AnyOf, Field, Node, Without, Words, parse
from policylib.model import Span
from policylib.tables import builtin

甲, 乙, 丙 = Words("甲"), Words("乙"), Words("丙")


def numbers(text: str) -> list[Span]:
    return [mention.span for mention in numbers_in(text, builtin())]


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        pytest.param("甲", 甲, id="word"),
        pytest.param("甲 乙", All((甲, 乙)), id="words are all wanted"),
        pytest.param("甲　乙", All((甲, 乙)), id="wide space"),
        pytest.param("甲 AND 乙", All((甲, 乙)), id="and"),
        pytest.param("甲 OR 乙", AnyOf((甲, 乙)), id="or"),
        pytest.param("甲 或 乙", AnyOf((甲, 乙)), id="or in Chinese"),
        pytest.param("甲 NOT 乙", All((甲, Without(乙))), id="not"),
        pytest.param("甲 非 乙", All((甲, Without(乙))), id="not in Chinese"),
        pytest.param("NOT 甲", Without(甲), id="only not"),
        pytest.param("(甲 OR 乙) 丙", All((AnyOf((甲, 乙)), 丙)), id="group"),
        pytest.param("（甲 OR 乙） 丙", All((AnyOf((甲, 乙)), 丙)), id="wide group"),
        pytest.param("甲 NOT (乙 丙)", All((甲, Without(All((乙, 丙))))), id="not of a group"),
        pytest.param('"甲 乙，丙"', Words("甲 乙，丙", exact=True), id="phrase"),
        pytest.param("“甲 乙，丙”", Words("甲 乙，丙", exact=True), id="wide quotes"),
        pytest.param('"AND"', Words("AND", exact=True), id="a quoted operator is a word"),
        pytest.param("title:甲", Field("title", "甲"), id="field"),
        pytest.param("标题：甲 乙", All((Field("title", "甲"), 乙)), id="Chinese field and colon"),
        pytest.param("TITLE: 甲", Field("title", "甲"), id="space behind the colon"),
        pytest.param('发文机关:"市 局"', Field("issuer", "市 局"), id="field with a phrase"),
        pytest.param("title:(甲 OR 乙)", AnyOf((Field("title", "甲"), Field("title", "乙"))), id="field of a group"),
        pytest.param("年份:2017..2019", Field("year", "2017..2019"), id="range"),
        pytest.param("附件：甲", Words("附件：甲"), id="a wide colon may be text"),
        pytest.param(
            "云政发(2017)17号 甲", All((Words("云政发(2017)17号", exact=True), 甲)), id="number with brackets"
        ),
        pytest.param("云政发 〔2017〕 17号", Words("云政发 〔2017〕 17号", exact=True), id="number with spaces"),
        pytest.param("文号:云政发(2017)17号", Field("number", "云政发(2017)17号"), id="number field with brackets"),
    ],
)
def test_trees(query: str, tree: Node) -> None:
    assert parse(query, numbers) == tree


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param("", "请写出", id="nothing"),
        pytest.param(" 　", "请写出", id="spaces"),
        pytest.param("()", "请写出", id="empty group"),
        pytest.param("甲 ()", "括号里没有内容", id="empty group beside a word"),
        pytest.param('""', "引号里没有内容", id="empty phrase"),
        pytest.param('"甲', "引号没有成对", id="one quote"),
        pytest.param("(甲", "右括号", id="open group"),
        pytest.param("甲)", "括号没有成对", id="closed group"),
        pytest.param("甲 OR", "两边都要写", id="or without right"),
        pytest.param("OR 甲", "两边都要写", id="or without left"),
        pytest.param("甲 AND OR 乙", "两边都要写", id="two operators"),
        pytest.param("甲 NOT", "后面要写", id="not without right"),
        pytest.param("title:", "后面要写内容", id="field without value"),
        pytest.param("作者:甲", "没有“作者”这个检索项", id="unknown field"),
        pytest.param("http://a.cn", "请加中文引号", id="address"),
        pytest.param("(" * 30 + "甲" + ")" * 30, "套得太深", id="deep"),
        pytest.param("甲" * 1001, "太长", id="long"),
    ],
)
def test_errors_say_what_to_write(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse(query, numbers)


@given(st.text(alphabet='甲乙 ()（）"“”:：ORNTAD与或非a19〔〕《》*?~^[]{}\\+-.title', max_size=40))
def test_anything_typed_gives_a_tree_or_a_query_error(query: str) -> None:
    try:
        parse(query, lambda text: [])
    except QueryError as error:
        assert any("\u4e00" <= character <= "\u9fff" for character in str(error))
