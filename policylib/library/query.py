"""The query language: what people type, as a tree. whoosh parses it; `search` answers it.

    政务公开 解读            both words                    "政府信息公开"        exactly so, marks included
    甲 OR 乙   甲 或 乙      either                        甲 NOT 乙   甲 非 乙  without
    (甲 OR 乙) 丙            groups                        issuer:科技局         a field, 发文机关:科技局 too
    year:2017..2019          a range of years              淄政办发[2017]17号    a number in any spelling

Full-width quotes, colons, brackets and spaces do as well as the narrow ones: a Chinese keyboard gives them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from policylib.errors import QueryError
from policylib.model import Span

if TYPE_CHECKING:
    from whoosh.qparser import QueryParser

MAX_QUERY = 1000  # characters; a pasted title has at most 254
MAX_DEPTH = 20

FIELDS = {
    "title": "title", "标题": "title", "名称": "title",
    "number": "number", "文号": "number", "发文字号": "number", "字号": "number",
    "issuer": "issuer", "发文机关": "issuer", "机关": "issuer",
    "year": "year", "年份": "year", "年": "year",
    "type": "type", "文种": "type",
    "status": "status", "状态": "status", "效力": "status",
    "role": "role", "类别": "role",
    "disclosure": "disclosure", "公开属性": "disclosure", "公开方式": "disclosure",
}  # fmt: skip
_HELP = "标题：文号：发文机关：年份：文种：状态：类别：公开属性:"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text. `exact`: it was quoted, so its marks and spaces count."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: Node


Node: TypeAlias = "Words | Field | All | AnyOf | Without"
Numbers: TypeAlias = Callable[[str], Sequence[Span]]

_PARTS = re.compile(r'"[^"]*"|[()]|[^\s()"]+')
_AND, _OR, _NOT = ("AND", "与"), ("OR", "或"), ("NOT", "非")
_NAME = re.compile(r"(?<![^\s(（])([A-Za-z_]+|[\u4e00-\u9fff]{1,6})[:：][ ]*(?=\S|$)")
_OPEN, _CLOSE = re.compile(r"(?:(?<=[\s(:])|^)（"), re.compile(r"）(?=[\s)]|$)")


def parse(query: str, numbers: Numbers) -> Node:
    """The tree of a query. `numbers` gives where document numbers stand in a text.

    Raises QueryError, which says what to write.
    """
    prepared = _prepared(query, numbers)
    _check(prepared)
    return _node(_parser().parse(prepared, normalize=False), prepared)


def words(node: Node) -> tuple[Words, ...]:
    """The stretches of text that a hit should show: those that are asked for, not those that are shut out."""
    match node:
        case Words():
            return (node,)
        case All(parts) | AnyOf(parts):
            return tuple(one for part in parts for one in words(part))
    return ()


# What people type --------------------------------------------------------------------------------------------------


def _prepared(query: str, numbers: Numbers) -> str:
    if len(query) > MAX_QUERY:
        raise QueryError(f"检索式太长（{len(query)}字），请缩短到{MAX_QUERY}字以内")
    text = query.translate(_NARROW).strip()
    if text.count('"') % 2:
        raise QueryError("引号没有成对，请补上另一半，例如 “政务公开”")
    text = _outside_quotes(text, lambda part: _quote_numbers(part, numbers))
    return _outside_quotes(text, _narrow_marks).strip()


_NARROW = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "＂": '"', "\u3000": " ", "\u00a0": " ", "\n": " ", "\t": " ", "\r": " "}
)


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    parts = text.split('"')
    return '"'.join(part if index % 2 else change(part) for index, part in enumerate(parts))


def _quote_numbers(text: str, numbers: Numbers) -> str:
    """Quotes round the numbers that spaces or brackets would tear apart: 淄政办发 (2017) 17号."""
    done = 0
    out: list[str] = []
    for span in sorted(numbers(text)):
        if span.start >= done and re.search(r"[\s()（）]", span.of(text)):
            out += [text[done : span.start], '"', span.of(text), '"']
            done = span.end
    return "".join([*out, text[done:]])


def _narrow_marks(text: str) -> str:
    text = _CLOSE.sub(")", _OPEN.sub("(", text))
    return _NAME.sub(_known_field, text)


def _known_field(match: re.Match[str]) -> str:
    name = match[1].lower()
    if name not in FIELDS:
        if "：" in match[0]:
            return match[0]  # 附件：… is text
        raise QueryError(
            f"没有“{match[1]}”这个检索项。可用：{_HELP}。要查带冒号的原文，请加中文引号，例如 “{match[1]}:…”"
        )
    return f"{FIELDS[name]}:"


def _check(text: str) -> None:
    """Raises QueryError for what whoosh would silently read as words."""
    tokens = _PARTS.findall(text)
    if not any(token not in ("(", ")") for token in tokens):
        raise QueryError("请写出要查的内容，例如：政务公开 发文机关:科技局")
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if depth < 0 or depth > MAX_DEPTH:
            raise QueryError("括号没有成对，请检查" if depth < 0 else f"括号套得太深，请不要超过{MAX_DEPTH}层")
    if depth:
        raise QueryError("括号没有成对，请补上右括号")
    infix = (*_AND, *_OR)
    for before, token, after in zip(["(", *tokens], tokens, [*tokens[1:], ")"], strict=False):
        if token in infix and (before in ("(", *infix, *_NOT) or after in (")", *infix)):
            raise QueryError(f"“{token}”两边都要写检索词，例如：甲 {token} 乙。要查这个词本身，请加中文引号")
        if token in _NOT and after in (")", *infix, *_NOT):
            raise QueryError(f"“{token}”后面要写检索词，例如：甲 {token} 乙。要查这个词本身，请加中文引号")
        if token == "(" and after == ")":
            raise QueryError("括号里没有内容，请写出检索词")
        if token.rstrip(":") in FIELDS.values() and token.endswith(":") and after[0] not in '("':
            raise QueryError(f"“{token}”后面要写内容，例如：{token}…")


# whoosh --------------------------------------------------------------------------------------------------------


def _parser() -> QueryParser:
    with warnings.catch_warnings():  # whoosh 2.7.4 has escapes that Python 3.12 complains of
        warnings.simplefilter("ignore", SyntaxWarning)
        from whoosh.qparser import AndGroup, QueryParser, plugins

    operators = plugins.OperatorsPlugin(
        And=rf"(?<=\s)(?:{'|'.join(_AND)})(?=[\s(])",
        Or=rf"(?<=[\s)])(?:{'|'.join(_OR)})(?=[\s(])",
        Not=rf"(?:^|(?<=[\s()]))(?:{'|'.join(_NOT)})(?=[\s(])",
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    fields = plugins.FieldsPlugin(expr=rf"(?P<text>{'|'.join(sorted(set(FIELDS.values())))}):", remove_unknown=False)
    tools = [
        plugins.WhitespacePlugin(),
        plugins.PhrasePlugin(expr='"(?P<text>[^"]*)"(?P<slop>(?!))?'),
        plugins.GroupPlugin(),
    ]
    return QueryParser("text", schema=None, plugins=[*tools, operators, fields], group=AndGroup)


def _node(parsed: Any, text: str) -> Node:
    from whoosh import query

    match parsed:
        case query.And():
            return _group(All, parsed, text)
        case query.Or():
            return _group(AnyOf, parsed, text)
        case query.Not():
            return Without(_node(parsed.query, text))
        case query.Phrase():
            start, end = (parsed.char_ranges[0][0], parsed.char_ranges[-1][1]) if parsed.char_ranges else (0, 0)
            return _leaf(parsed.fieldname, text[start:end], exact=True)
        case query.Term():
            return _leaf(parsed.fieldname, parsed.text, exact=False)
    raise QueryError("看不懂这个检索式，请给含有特殊符号的部分加上中文引号")


def _group(kind: type[All] | type[AnyOf], parsed: Any, text: str) -> Node:
    parts = tuple(_node(part, text) for part in parsed)
    return parts[0] if len(parts) == 1 else kind(parts)


def _leaf(field: str, text: str, exact: bool) -> Node:
    if not text.strip():
        raise QueryError("引号里没有内容，请写出要查的文字")
    return Words(text, exact) if field == "text" else Field(field, text)
