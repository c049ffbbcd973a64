"""Lines that say what the documents listed below them are: 一、制定依据; 一、废止下列文件： (domain.md §4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from policylib.extract.cues import Cue, cues
from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import fold
from policylib.extract.layout import Line
from policylib.extract.moods import is_denied, is_planned
from policylib.extract.parts import with_remark
from policylib.extract.unread_ends import UNREAD_END, is_unread_heading
from policylib.model import Claim, Found, RelationKind, Span

_BASIS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])? ?[^,。;《》]{0,10}依据:?"
)
_ITEM = re.compile(r"(?:[-—–·●]{1,3} ?|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[).、．] ?)?《")

_NUMBER: Final = r"[^。;:,《》、号\n]{2,24}[〔\[(](?:19|20)\d\d[〕\])]第?\d{1,4}号(?:文件?)?(?: ?\([^()]{1,40}\)){0,2}"
NUMBERS_ALONE: Final = re.compile(
    rf"(?:[-—–·●]{{1,3}} ?|\(?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[).、．] ?)?"
    rf"{_NUMBER}(?:[;。、,] ?(?:\(?\d{{1,3}}[).] ?)?{_NUMBER})*[;。、,]?$"
)
"""A line of a list that gives nothing but numbers: 3.岚政发〔2009〕4号（仍适用） · （1）岚政发〔2009〕4号；（2）岚政发
〔2010〕5号."""
_COUNT = re.compile(r"\(共?\d{1,3}件\)$")
_FROM = re.compile(r"[自从]((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)起")
_UNTIL = re.compile(r"[至到]((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")
_NEEDS_NO_COLON = ("。", "废止", "失效", "保留", "有效", "修改")  # 二、对下列文件予以废止
_BARE_ITEM = re.compile(_ITEM.pattern + r"[^。;]{2,200}》 ?(?:\([^()]{2,60}\) ?){0,3}[;。、,]?$")
"""An item that is a title and nothing else: 三、《丙》另行规定。 is no member of a list of what is repealed."""


@dataclass(frozen=True, slots=True)
class ListHeading:
    """What the items are to this document, and the words that say so."""

    relation: RelationKind
    cue: Found[str]
    day: str | None = None
    """From when on what is listed ends, or until when it is extended, as ISO: 下列文件自2021年10月1日起废止："""


def list_heading(line: Line, text: str, above: ListHeading | None) -> ListHeading | None:
    """The heading that governs the line, or the items below it: it reaches over lines that begin with a title, with a
    number before it or none; anything else ends the list.

    二、制定依据 · 一、废止下列规范性文件： · 下列文件继续有效： A plan opens no list (拟废止下列文件：).
    """
    headed = _may_head(line.text)
    place = (_basis(line) or _opened(line)) if headed else None
    if place is None and headed and line.text.endswith(":") and is_unread_heading(line.text):
        return ListHeading("mentions", Found(line.span.of(text), line.span, "cue.unread"), UNREAD_END)
    if place is None:
        item = _ITEM if above and above.relation == "basis" else _BARE_ITEM
        goes_on = above and (item.match(line.text) or (above.relation != "basis" and NUMBERS_ALONE.match(line.text)))
        return above if goes_on else None
    relation, span = place
    span = span.shifted(line.span.start)
    named = _FROM if relation in ("repeals", "lapses") else _UNTIL if relation == "extends" else None
    day = named.search(line.text) if named else None
    found = first_date(day[1]) if day else None
    since = as_date(found.value).isoformat() if found else None
    return ListHeading(relation, Found(span.of(text), span, f"cue.{relation}"), since)


def changes_all(title: Found[str] | None) -> ListHeading | None:
    """What 关于修改《甲》等三件文件的决定 does to the items of its text that are titles and have their changes below
    them (`is_changed`)."""
    match = _CHANGES_SEVERAL.search(fold(title.value)) if title else None
    if title is None or match is None:
        return None
    span = Span(*match.span("verb")).shifted(title.span.start)
    return ListHeading("amends", Found(match["verb"], span, "cue.amends"))


def is_changed(line: Line, below: Line) -> bool:
    """二、《乙》, or 二、《乙》修改内容, with 删去第五条。 or （一）将第三条修改为… in the line below."""
    named = any(item.match(line.text) for item in (_BARE_ITEM, _UNMARKED_ITEM, _CHANGED_ITEM))
    return named and bool(_CHANGE.match(below.text))


_CHANGES_SEVERAL = re.compile(
    r"(?P<verb>修[改订正])(?:《|部分|有关|相关|[^《》]{0,12}等)[^\n]{0,200}的(?:决定|通知|公告|命令)$"
)
_UNMARKED_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])[^《》。;,:]{4,60}\([^()]{4,40}号\)$"
)
_CHANGED_ITEM = re.compile(
    _ITEM.pattern + r"[^。;]{2,200}》 ?(?:\([^()]{2,60}\))?的?(?:修[改订](?:内容|条款|情况)|(?:作)?修[改订]如下):?$"
)
_CHANGE = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[).、] ?)?(?:删[去除]|(?:将|把|对|在)?第[一二三四五六七八九十百\d]{1,5}[条章]|"
    r"[将把][^《》]{1,40}(?:修改|调整|改)为|增加[一二三四五六七八九十两][条款项])"
)


def listed(heading: ListHeading, claim: Claim, folded: str) -> Claim:
    """The claim as an item of the list, unless its line says something else of the document."""
    if claim.relation != "mentions":
        return claim
    if heading.relation == "mentions":
        return replace(claim, detail=heading.day)
    item = replace(claim, relation=heading.relation, cue=heading.cue, detail=heading.day or claim.detail)
    return with_remark(item, folded)


def _basis(line: Line) -> tuple[RelationKind, Span] | None:
    if not line.text.endswith(("依据", "依据:")) or not _BASIS.fullmatch(line.text):
        return None
    at = line.text.rindex("依据")
    return "basis", Span(at, at + 2)


def _may_head(text: str) -> bool:
    """Written out, since it is asked of every line."""
    if text.endswith(_NEEDS_NO_COLON):
        return "下列" in text or "以下" in text or "如下" in text
    return text.endswith((":", "依据"))


_NO_COLON = re.compile(r"\[[^\]]*\]|\(\?:")


@cache
def _openers() -> tuple[Cue, ...]:
    """The cues that may open a list: those that take its colon in. 有下列情形之一的： is in every statute."""
    return tuple(one for one in cues() if one.side == "before" and ":" in _NO_COLON.sub("", one.pattern.pattern))


@cache
def _opening_words() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for cue in _openers() for word in cue.words))


def _opened(line: Line) -> tuple[RelationKind, Span] | None:
    """The cue that ends with the line's colon, or the full stop in its place: 对下列文件予以废止。"""
    if line.text.endswith("依据") or not _opening_words().search(line.text):
        return None
    words = _COUNT.sub("", line.text.rstrip(":。")) + ":"
    for cue in _openers():
        if any(word in line.text for word in cue.words):
            for match in cue.pattern.finditer(words):
                undone = is_planned(words, *match.span()) or is_denied(words[: match.start()])
                if match.end() == len(words) and not undone:
                    return cue.relation, Span(match.start(), len(line.text))
    return None
