"""What kind of paper this is, and which policy an interpretation explains (domain.md §6.1, §7.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.folding import fold, title_key
from policylib.model import Citation, DocumentNumber, Found, NumberKind, NumberMention, Role, Span

_EXPLAINS = re.compile(
    r"(?:政策|文字|公告|文件|专家|媒体|音频|视频)?解读(?:材料|稿)?(?:$|[—\-:|（(【】])|^(?:【[^】]{0,6}解读】|(?:政策|公告|文件)?解读[:|\-《关丨])|图解|一图读懂|"
    r"一图看懂|答记者问|记者问|政策问答|(?:负责人|专家|处长|局长)解读|解读《"
)
_WRAPPER = re.compile(r"^(?:【[^】]{2,6}】|(?:政策|公告|文件|文字|一图)?(?:解读|图解|读懂))[\s:|\-—丨·]*")
_SUFFIX = re.compile(r"的?(?:政策|公告|文字|文件)?解读(?:[—\-].*)?$|答记者问$|政策问答$")
_EXPLAINED = re.compile(
    r"(?:作|做|进行)(?:简要|详细|如下|以下)?的?解读|解读如下|简要解读|(?:小编|带(?:大家|您|你))[^。,]{0,10}了解"
)
_CLEANUP = re.compile(
    r"清理(?:结果|意见)|(?:废止|失效|修改)[^《》]{0,16}(?:规范性文件|政策性?文件|规章|文件)|继续有效[^《》]{0,20}(?:文件|目录)|"
    r"(?:规范性文件|规章|政策文件)[^《》]{0,10}(?:目录|清理)"
)
_NOT_CLEANUP = re.compile(
    r"资格|项目清理|证明事项|企业名单|违[章法]|管理办法|管理规定|管理条例|工作的(?:通知|意见)|开展"
)
_PUBLISHES = re.compile(
    r"(?:发布|公布|印发|出台|下发|制定|制订|修订|颁布|起草)(?:了|实施了|实施)?[^。;,《》\ue000]{0,10}$|(?:修订|修改)后的$"
)
_INTRO: Final = 700  # characters within which an interpretation names what it explains
SIMILAR: Final = 0.9


@dataclass(frozen=True, slots=True)
class Target:
    """What an interpretation explains: a citation of the text, or a title taken from its own heading."""

    citation: Citation
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Face:
    """What shows the kind of a paper: title and 文种, the column of the site, whether it has a number and a signature
    with its date, its first words, and how many headings such as 背景依据 and 主要内容 it has."""

    title: Found[str] | None
    doc_type: str | None
    column: str
    numbered: bool
    signed: bool
    opening: str
    parts: int


_WORK_PAPER = re.compile(r"(?:工作|方案|制度|办法|机制|实施)的?(?:通知|意见|办法|方案|规定)$")
_LABELLED = re.compile(r"【[^】]{0,6}解读】|(?:政策|公告|文件|文字)?解读[:|丨]")
_DRAFT = re.compile(r"征求.{0,40}意见|征求意见稿|公开征集")
_FORM = re.compile(r"[X×○]{2,}")  # XX局移送案件材料清单: a form, with places for names
_NOTICES: Final = ("通知", "公告", "通告", "函", "批复", "办法", "规定", "意见", "决定")


def role_of(face: Face) -> Found[Role]:
    """The role of a document: 《X》政策解读 interpretation, …清理结果的通知 cleanup, 征求意见 other."""
    where = face.title.span if face.title else Span(0, 0)
    heading = fold(face.title.value).replace(" ", "") if face.title else ""
    outside = re.sub(r"《[^》]*》?", "", heading)
    notice = face.doc_type in _NOTICES
    explains = _EXPLAINS.search(heading) and (_LABELLED.match(heading) or not _WORK_PAPER.search(heading))
    ladder: tuple[tuple[object, Role, str, float], ...] = (
        (explains, "interpretation", "title.interpretation", 1.0),
        ("解读" in face.column and not notice, "interpretation", "page.column", 0.8),
        (_DRAFT.search(heading), "other", "title.draft", 1.0),
        (_FORM.match(heading), "other", "title.form", 0.9),
        (_CLEANUP.search(outside) and not _NOT_CLEANUP.search(outside), "cleanup", "title.cleanup", 1.0),
        (face.doc_type, "policy", "title.doc_type", 1.0),
        (face.numbered, "policy", "number", 0.8),
        (_EXPLAINED.search(face.opening), "interpretation", "opening.interpretation", 0.7),
        (face.parts >= 2, "interpretation", "headings.interpretation", 0.6),
        (face.signed, "policy", "signed", 0.6),
    )
    default: tuple[Role, str, float] = ("other", "default", 0.5)
    role, rule, sure = next(((role, rule, sure) for shown, role, rule, sure in ladder if shown), default)
    return Found(role, where, rule, sure)


def find_target(
    title: Found[str] | None,
    mentions: Sequence[Mention],
    folded: str,
    body: Sequence[Span],
    numbers: Sequence[NumberMention],
    page_number: Found[DocumentNumber] | None,
) -> Target | None:
    """The one policy that an interpretation explains; None when heading and opening do not name it.

    The opening names it best (海关总署发布了《X》（…公告2024年第27号）); the heading agrees or stands alone.
    Numbers nearby are often those of the basis or of the repealed predecessor: only one that stands with the very
    title counts.
    """
    heading = _heading_target(title)
    opening = _opening_target(mentions, folded, body, heading)
    target = opening or heading or _number_target(mentions, folded, body) or _drafted_target(mentions, folded)
    if target is None:
        return None
    target = _with_number_before(target, mentions)
    if not target.citation.numbers and page_number:
        target = replace(target, citation=replace(target.citation, numbers=(page_number.value,)))
    if not target.citation.numbers and (number := _its_number(target, mentions, folded, body)):
        target = replace(target, citation=replace(target.citation, numbers=(number,)))
    if not page_number:
        target = replace(target, citation=_newest(target.citation, mentions, folded))
    return replace(target, citation=_completed(target.citation, numbers))


def _with_number_before(target: Target, mentions: Sequence[Mention]) -> Target:
    """公告解读 | 海关总署公告2021年第5号（关于…的公告）: number and name are one citation."""
    for mention in mentions:
        named = mention.citation
        if named.form == "number" and mention.extent.contains(target.citation.span):
            span = Span(named.span.start, target.citation.span.end)
            return replace(target, citation=replace(target.citation, span=span, form="full", numbers=named.numbers))
    return target


def _heading_target(title: Found[str] | None) -> Target | None:
    if title is None:
        return None
    text, start = fold(title.value), title.span.start
    if wrapper := _WRAPPER.match(text):
        return _after_wrapper(text[wrapper.end() :], start + wrapper.end(), title)
    if quoted := re.search(r"《(.+)》", text):
        outside = text[: quoted.start()] + text[quoted.end() :]
        if _EXPLAINS.search(outside) or re.search(r"解读|答记者问|图解|读懂|问答", outside):
            return _target(quoted[1], title, "heading.quoted", 1.0)
        return None
    rest = _SUFFIX.sub("", text)
    if rest == text:
        return None
    if re.search(r"关于.+的(?:公告|通知|意见|决定|办法|规定|批复|通告|方案)$", rest):
        return _target(rest, title, "heading.words", 0.7)
    return _target(rest, title, "heading.name", 0.6) if _RULES_NAME.fullmatch(rest) else None


_RULES_NAME = re.compile(r"(?!.*(?:关于|有关|最新|新版|[^市县区]新))[^《》,。;: ]{4,36}(?:办法|条例|规定|细则|规则)")
"""岚州市人才办法解读: a set of rules is called by its own name. Announcements are retold freely: …有关事宜公告解读."""


def _after_wrapper(rest: str, start: int, title: Found[str]) -> Target | None:
    rest = re.sub(r"[\s　]+(?:19|20)\d\d-\d{1,2}-\d{1,2}$", "", rest).strip(" 　")
    if quoted := re.fullmatch(r"(?:[^《》（(]{0,40}[（(]|关于)?《(.+)》[）)]?(?:的?(?:政策)?解读)?", rest):
        return _target(quoted[1], title, "heading.quoted", 1.0)
    if named := re.search(r"[（(](关于.+的(?:公告|通知|通告|决定|意见))[）)]$", rest):
        return _target(named[1], title, "heading.named", 0.9)
    if not re.search(r"关于.+(?:公告|通知|通告|决定|意见|办法|规定|方案)$", rest):
        return None
    if "《" in rest and not re.search(r"(?:发布|公布|印发|修改|修订|调整|废止|转发)《", rest):
        return None  # the 《》 is an inner object: 关于推进《…清单》无纸化工作的公告
    return _target(rest, title, "heading.words", 0.8)


def _target(name: str, title: Found[str], rule: str, sure: float) -> Target:
    at = fold(title.value).find(name)
    written = title.value[at : at + len(name)] if at >= 0 else name
    start = title.span.start + max(at, 0)
    span = Span(start, min(start + len(name), title.span.end)) if at >= 0 else title.span
    return Target(Citation(span, "title", title=written.strip(), title_span=span), rule, sure)


def _opening(folded: str, body: Sequence[Span]) -> Span | None:
    """The text before 一、; None when the parts begin at once."""
    if not body:
        return None
    start, end = body[0].start, min(body[-1].end, body[0].start + _INTRO)
    first = folded.find("一、", start, end)
    if first > start + 20:
        return Span(start, first)
    return Span(start, min(end, start + 300)) if first < 0 else None


def _opening_target(
    mentions: Sequence[Mention], folded: str, body: Sequence[Span], heading: Target | None
) -> Target | None:
    opening = _opening(folded, body)
    if opening is None:
        return None
    for mention in mentions:
        citation = mention.citation
        if (
            not opening.contains(citation.span)
            or citation.title is None
            or mention.use not in ("policy", "own", "short")
        ):
            continue
        extended = _extended(citation, folded)
        name = extended.title or ""
        if heading and not _agrees(heading.citation.title or "", name):
            continue
        if heading or _is_published(folded, mention, opening):
            if mention.use == "short" and not heading:
                continue
            return Target(extended, "opening", 0.95 if heading else 0.9)
    return None


def _agrees(heading: str, name: str) -> bool:
    a, b = title_key(heading), title_key(name)
    if not a or not b or len(b) < 5:
        return False
    return a in b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= SIMILAR


_ISSUES_NUMBER = re.compile(r"(?:发布|公布|印发)了?(?=\d)")  # 海关总署发布2023年第28号公告（《X》）


def _is_published(folded: str, mention: Mention, opening: Span) -> bool:
    start = (mention.citation.title_span or mention.citation.span).start
    if _ISSUES_NUMBER.search(folded, mention.citation.span.start, start):
        return True
    before = folded[max(opening.start, start - 24) : start]
    after = folded[mention.extent.end : mention.extent.end + 24]
    if re.search(r"[。;]", before):
        before = re.split(r"[。;]", before)[-1]
    if _PUBLISHES.search(before) and not re.search(r"根据|依据|按照|此前|曾", before):
        return not re.match(r"(?:同时)?废止", after)
    return bool(
        re.match(
            r"予以(?:公告|公布|发布)|已(?:于|经)[^。]{0,12}(?:印发|公布|发布)|(?:正式)?(?:印发|公布|发布)[,。]", after
        )
    )


_ABOUT = re.compile(r"关于(?:发布|公布|印发|修改|修订|调整|废止|转发|延长|公开)?$")


def _extended(citation: Citation, folded: str) -> Citation:
    """发布关于《X》的公告（2023年第198号）: the policy is the whole, X only its object."""
    span = citation.title_span
    opened = _ABOUT.search(folded, max(0, span.start - 12), span.start) if span else None
    if span is None or opened is None:
        return citation
    match = re.compile(r"的(?:公告|通知|通告|决定)").match(folded, span.end)
    if match is None:
        return citation
    whole = Span(opened.start(), match.end())
    title = f"{opened.group()}《{citation.title}》{match.group()}"
    return replace(
        citation, title=title, span=whole, title_span=whole, numbers=citation.numbers or _said(folded, whole.end)
    )


_SAID = re.compile(r"\((?P<year>(?:19|20)\d\d)年第?(?P<serial>\d{1,4})号")


def _said(folded: str, place: int) -> tuple[DocumentNumber, ...]:
    """关于《X》的公告（2023年第198号）: the organ is the one that speaks."""
    match = _SAID.match(folded, place)
    if match is None or not folded.startswith(("公告", "通告"), place - 2):
        return ()
    word = "通告" if folded.startswith("通告", place - 2) else ""
    return (DocumentNumber(None, int(match["year"]), int(match["serial"]), NumberKind.ANNOUNCEMENT, word),)


def _number_target(mentions: Sequence[Mention], folded: str, body: Sequence[Span]) -> Target | None:
    """海关总署发布了62号公告: named by its number only."""
    opening = _opening(folded, body)
    for mention in mentions:
        citation = mention.citation
        if opening and opening.contains(citation.span) and citation.form == "number" and citation.numbers:
            before = folded[max(opening.start, citation.span.start - 4) : citation.span.start]
            raw = folded[citation.span.start : citation.span.end]
            if re.search(r"(?:发布|公布|印发)了?$", before) or re.search(r"(?:发布|公布|印发)了?(?=\d)", raw):
                return Target(citation, "opening.number", 0.8)
    return None


def _drafted_target(mentions: Sequence[Mention], folded: str) -> Target | None:
    """区司法局组织起草《X》（以下简称《决定》）, where neither heading nor opening names the policy."""
    for mention in mentions:
        citation = mention.citation
        before = folded[max(0, mention.extent.start - 6) : mention.extent.start]
        if citation.title and citation.alias and re.search(r"(?:起草|制定|拟定|草拟)了?$", before):
            return Target(citation, "drafted", 0.7)
    return None


def _its_number(
    target: Target, mentions: Sequence[Mention], folded: str, body: Sequence[Span]
) -> DocumentNumber | None:
    key = title_key(target.citation.title or "")
    for mention in mentions:
        if mention.citation.form == "number" and folded[target.citation.span.end : mention.extent.start] == "(":
            return mention.citation.numbers[0] if mention.citation.numbers else None
        before = folded[max(0, mention.extent.start - 3) : mention.extent.start]
        same = key and title_key(_extended(mention.citation, folded).title or "") == key
        if mention.citation.numbers and same and not re.search(r"参照|根据|依据|按照|原$", before):
            return mention.citation.numbers[0]
    found = _number_target(mentions, folded, body)
    return found.citation.numbers[0] if found and target.rule.startswith("heading.words") else None


_NEW = re.compile(r"(?:(?:修订|修改|修正)后的?|新(?:修订|制定|印发|出台|公布|发布)的?|重新(?:印发|公布|发布|修订)了?)$")


def _newest(citation: Citation, mentions: Sequence[Mention], folded: str) -> Citation:
    """Of namesakes, the one that the text calls new (修订后的《X》, 重新印发了《X》), else the one of the latest year.

    An interpretation tells of the predecessor too, and often first.
    """
    key = title_key(citation.title or "")
    same = [mention for mention in mentions if key and title_key(mention.citation.title or "") == key]
    for mention in same:
        place = mention.extent.start
        if _NEW.search(folded[max(0, place - 8) : place]):
            return replace(citation, numbers=mention.citation.numbers)
    dated = [one.citation.numbers for one in same if one.citation.numbers and one.citation.numbers[0].year]
    own = citation.numbers[0].year if citation.numbers else None
    latest = max(dated, key=lambda numbers: numbers[0].year or 0, default=None)
    return replace(citation, numbers=latest) if latest and own and (latest[0].year or 0) > own else citation


def _completed(citation: Citation, numbers: Sequence[NumberMention]) -> Citation:
    """62号公告 takes organ and year from 海关总署2022年第62号公告 elsewhere in the text, when only one fits."""
    if not citation.numbers or (citation.numbers[0].code and citation.numbers[0].year):
        return citation
    wanted = citation.numbers[0]
    fitting = {
        one.number
        for one in numbers
        if one.number and one.number.kind is wanted.kind and one.number.serial == wanted.serial and one.number.code
        and (wanted.year is None or one.number.year == wanted.year) and (one.number.year or wanted.year)
    }  # fmt: skip
    return replace(citation, numbers=(fitting.pop(), *citation.numbers[1:])) if len(fitting) == 1 else citation
