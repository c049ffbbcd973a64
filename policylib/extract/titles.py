"""Titles: what stands inside 《》, and what a title says of itself (domain.md §3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policylib.extract.folding import fold, title_key
from policylib.model import Span

MAX_TITLE: Final = 400  # the longest of 30,211 measured titles has 254 characters

DOC_TYPES: Final = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "复函", "纪要", "答复", "条例", "规定", "办法", "细则", "规则", "方案", "计划", "规划", "纲要", "要点", "指南",
    "目录", "清单", "标准", "规范", "预案", "制度", "措施", "政策", "章程", "法", "解释", "基准", "须知", "指引",
    "准则", "通则", "导则", "守则", "协议", "协定",
)  # fmt: skip
_DOC_TYPE = re.compile(
    "(?:(?<!协)|(?!议案))(?:"
    + "|".join(sorted(DOC_TYPES, key=len, reverse=True))
    + r")(?=(?:[（(][^（()）]{1,20}[）)])*$)"
)
"""No 议案 is what a court decides on: 甲公司诉乙局解除行政协议案."""
_VERB = re.compile(
    r"关于(?:重新)?(?:印发|转发|批转|公布|发布|下发)?|"
    r"(?:重新)?(?:印发|转发|批转|公布|发布)(?= *[《〈<“]|.*的(?:通知|公告|通告|函|决定)$)"
)
_CARRIES: Final = ("印发", "公布", "发布", "下发")
_FORWARDS: Final = ("转发", "批转")
_VERSION = re.compile(
    r"[（(]\s*(?:(?:19|20)\d\d年?)?(?:修订|修正|修改|修订版|版|第[一二三四五六七八九十\d]+版)?[）)]$|[（(](?:19|20)\d\d[）)]$"
)
_TRIAL = re.compile(r"[（(](?:试行|暂行|试点)[）)]$")


_FIELD = re.compile(r"[\u4e00-\u9fff]{2,8} ?[:：]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class BracketedTitle:
    """《…》 in a text. `outer` takes the marks in, `inner` does not. closed: false where 》 is missing."""

    outer: Span
    inner: Span
    closed: bool = True


def is_no_title(text: str) -> bool:
    """Whether what stands at the head of a paper names nothing: the fields of a form or an invoice (电子普通发票
    发票代码：05 发票号码：12), lines of a note in Markdown (Data ## Fields), or characters that no font gives back
    (2* NO!"#$%&). A 文种 at the end makes it a title.

    Two forms with one heading are two papers, so a form has no title at all: people know it by its file's name.
    """
    if names_nothing(text):
        return True
    if doc_type_of(text):
        return False
    foreign = len(_HAN.findall(text)) < 2
    wordless = foreign and (len(_WORD.findall(text)) < 2 or "##" in text)
    return wordless or len(_FIELD.findall(text)) > 1


_SHORT: Final = ("民法典", "党章")
"""Names of papers that are shorter than a title can be."""
_LEAST: Final = 4  # characters of a title that has no 文种; 废止, 有效, 岚府规 are the words of a column
_LOST = re.compile("[\ufffd□]|锟斤拷|[?？]{2}")


def names_nothing(title: str) -> bool:
    """Whether a title is no name of a paper: a lone word (废止, 通知), too short for one without 文种 (岚府规), or one
    with characters that got lost (《锟斤拷办法》, 《??办法》). 《刑法》 and 《民法典》 are names."""
    if _LOST.search(title):
        return True
    key = title_key(title)
    kind = doc_type_of(title)
    return key == kind if kind else len(key) < _LEAST and key not in _SHORT


def find_titles(text: str, start: int = 0, end: int | None = None) -> tuple[BracketedTitle, ...]:
    """Every outermost 《…》 of `text[start:end]`, by depth; one that is never closed ends at its sentence's end.

    《A〈B〉C》, 《A《B》C》, 《A<B>》 and 《A＜B〉》 are one title each. One line break inside is part of the title.
    """
    limit = len(text) if end is None else end
    titles: list[BracketedTitle] = []
    position = text.find("《", start, limit)
    while position >= 0:
        title = _one(text, position, limit)
        titles.append(title)
        position = text.find("《", title.outer.end, limit)
    return tuple(titles)


def _one(text: str, start: int, limit: int) -> BracketedTitle:
    limit = min(limit, start + MAX_TITLE)
    depth, last_close, breaks = 0, -1, 0
    for position in range(start, limit):
        character = text[position]
        if character == "《":
            depth += 1
        elif character == "》":
            depth -= 1
            last_close = position
            if depth == 0:
                return BracketedTitle(Span(start, position + 1), Span(start + 1, position))
        elif character in "。；;" or (character == "\n" and (breaks := breaks + 1) > 1):
            limit = position
            break
    if last_close > start:  # an inner 《 was never closed: the last 》 closes all
        return BracketedTitle(Span(start, last_close + 1), Span(start + 1, last_close), closed=False)
    return BracketedTitle(Span(start, limit), Span(start + 1, limit), closed=False)


def doc_type_of(title: str) -> str | None:
    """文种 or kind of instrument that a title ends with: …的通知 -> 通知, 办法（试行） -> 办法; None for none."""
    match = _DOC_TYPE.search(without_version(fold(title).strip(" 》〉>”」")))
    return match.group() if match else None


def without_version(title: str) -> str:
    """The title without a database's version tag: …办法（2019修订） -> …办法. (试行) belongs to the name and stays."""
    return _VERSION.sub("", title.rstrip())


def without_trial(title: str) -> str:
    return _TRIAL.sub("", without_version(title))


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title taken apart. `issuers` is the text before the verb; `objects` are the instruments or forwarded papers."""

    issuers: str
    verb: str
    subject: str
    doc_type: str | None
    objects: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 14)  # linking asks it of each title some ten times
def parse_title(title: str) -> TitleParts:
    """国务院关于印发《Y》的通知 -> issuers 国务院, verb 印发, objects (Y,), 通知.

    Without inner marks the object is what stands between the verb and 的 + 文种 (31 % of 4,316 such titles).
    """
    bare = title.strip()
    match = _VERB.search(_masked(bare))
    doc_type = doc_type_of(bare)
    if match is None:
        return TitleParts("", "", bare, doc_type)
    verb = match.group().removeprefix("关于").removeprefix("重新") or "关于"
    subject = bare[match.end() :]
    if doc_type:
        cut = subject.rfind(doc_type)
        subject = subject[:cut].removesuffix("的") if cut >= 0 else subject
    return TitleParts(bare[: match.start()].strip(), verb, subject, doc_type, tuple(_objects(verb, subject, doc_type)))


def _masked(title: str) -> str:
    """The title with what stands inside marks blanked out, same length, so that an inner 关于 is not its verb."""
    depth, out = 0, []
    for character in title:
        if character in "《〈<＜":
            depth += 1
        out.append(" " if depth else character)
        if character in "》〉>＞":
            depth = max(0, depth - 1)
    return "".join(out)


def _unquoted(subject: str) -> str:
    """Without the quotation marks that hold a whole title: “关于…的通知”, 办公室“关于…的通知”; “X”决定 and “X大赛”
    keep theirs."""
    name = subject.strip()
    opening = name.rfind("“") if name.endswith("”") else -1
    if opening == 0 or (opening > 0 and doc_type_of(name[opening + 1 : -1])):
        return name[:opening] + name[opening + 1 : -1]
    return name


def _forwarded(subject: str, doc_type: str | None) -> str:
    """转发B关于做好某事的通知: the last 的通知 is B's own and the forwarder's at once."""
    name = _unquoted(subject)
    return name if doc_type is None or doc_type_of(name) else f"{name}的{doc_type}"


def _objects(verb: str, subject: str, doc_type: str | None) -> Iterator[str]:
    if verb not in _CARRIES + _FORWARDS:
        return
    inner = list(_inner_titles(subject))
    last = max(subject.rfind(mark) for mark in "》〉>＞")
    if inner and (last < 0 or not doc_type_of(subject[last + 1 :])):
        yield from inner
    elif subject:
        yield _unquoted(subject) if inner or verb not in _FORWARDS else _forwarded(subject, doc_type)


def _inner_titles(subject: str) -> Iterator[str]:
    depth, start = 0, 0
    for position, character in enumerate(subject):
        if character in "《〈<＜":
            if depth == 0:
                start = position + 1
            depth += 1
        elif character in "》〉>＞" and depth:
            depth -= 1
            if depth == 0:
                yield subject[start:position]
    if depth and start < len(subject):
        yield subject[start:]


def instruments(parts: TitleParts) -> tuple[str, ...]:
    """What a notice brings into the world: 关于印发《Y》的通知 -> Y; 关于公布清理结果的通知 brings none."""
    return tuple(one for one in parts.objects if doc_type_of(one)) if parts.verb in _CARRIES else ()


def forwards(parts: TitleParts) -> bool:
    return parts.verb in _FORWARDS
