"""Which policy an interpretation explains (domain.md §6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.codes import organ_before
from policylib.extract.folding import fold, title_key
from policylib.extract.organ_names import is_organ
from policylib.extract.target_headings import ABOUT, Target, heading_target
from policylib.extract.titles import parse_title
from policylib.extract.worded_targets import worded_target
from policylib.model import Citation, DocumentNumber, Found, NumberKind, NumberMention, Span

_PUBLISHES = re.compile(
    r"(?:发布|公布|印发|出台|下发|制定|制订|修订|颁布|起草)(?:了|实施了|实施)?[^。;,《》\ue000]{0,10}$|(?:修订|修改)后的$"
)
_INTRO: Final = 700  # characters within which an interpretation names what it explains
SIMILAR: Final = 0.9


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
    heading = heading_target(title)
    opening = _opening_target(mentions, folded, body, heading)
    target = (
        opening
        or heading
        or _heading_number(title, mentions)
        or _number_target(mentions, folded, body)
        or _drafted_target(mentions, folded)
        or worded_target(title, folded, _opening(folded, body))
    )
    if target is None:
        return None
    target = _with_number_before(target, mentions)
    if not target.citation.numbers and page_number:
        target = replace(target, citation=replace(target.citation, numbers=(page_number.value,)))
    if not target.citation.numbers and (number := _its_number(target, mentions, folded, body)):
        target = replace(target, citation=replace(target.citation, numbers=(number,)))
    if not page_number:
        target = replace(target, citation=_newest(target.citation, mentions, folded))
        if title and _REVISED.search(fold(title.value)) and not _is_new(target.citation, mentions, folded):
            target = replace(target, citation=replace(target.citation, numbers=()))
    return replace(target, citation=_with_organ(_completed(target.citation, numbers), folded))


_ORGANLESS: Final = (None, "公告", "通告")


def _with_organ(citation: Citation, folded: str) -> Citation:
    """An announcement whose number says not whose it is takes the organ of its title, else the one that publishes it:
    《海关总署关于…的公告》（公告〔2023〕196号）; 海关总署发布《关于…的公告》（2023年第182号）."""
    number, span = citation.numbers[0] if citation.numbers else None, citation.title_span
    announces = number and (number.kind is NumberKind.ANNOUNCEMENT or number.code in ("公告", "通告"))
    if number is None or span is None or not announces or number.code not in _ORGANLESS:
        return citation
    before = folded[: span.start].rstrip(" 《")
    organ = parse_title((citation.title or "").strip()).issuers or organ_before(folded, len(before)).text
    if not is_organ(organ):
        return citation
    whole = replace(number, code=organ + (number.code or ""))
    return replace(citation, numbers=(whole, *citation.numbers[1:]))


def _with_number_before(target: Target, mentions: Sequence[Mention]) -> Target:
    """公告解读 | 海关总署公告2021年第5号（关于…的公告）: number and name are one citation."""
    for mention in mentions:
        named = mention.citation
        if named.form == "number" and mention.extent.contains(target.citation.span):
            span = Span(named.span.start, target.citation.span.end)
            return replace(target, citation=replace(target.citation, span=span, form="full", numbers=named.numbers))
    return target


def _heading_number(title: Found[str] | None, mentions: Sequence[Mention]) -> Target | None:
    """解读岚政办〔2023〕5号文件: the heading names the policy by its number."""
    named = [
        one.citation for one in mentions if title and title.span.contains(one.citation.span) and one.citation.numbers
    ]
    if len(named) != 1 or named[0].form != "number":
        return None
    keys = {number.key for number in named[0].numbers}
    full = (one.citation for one in mentions if one.citation.title and keys & {n.key for n in one.citation.numbers})
    return Target(next(full, named[0]), "heading.number", 0.8)


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
    wanted = heading.citation.title or "" if heading else ""
    named = [
        (mention, _extended(mention.citation, folded))
        for mention in mentions
        if opening.contains(mention.citation.span)
        and mention.citation.title
        and mention.use in ("policy", "own", "short")
    ]
    for mention, extended in sorted(named, key=lambda one: not _same(wanted, one[1].title or "")):
        name, former = extended.title or "", _is_former(folded, mention)
        if heading and _same(wanted, name):
            return Target(replace(extended, numbers=()) if former else extended, "opening", 0.95)
        if former or (heading and (not _agrees(wanted, name) or _is_basis(folded, mention))):
            continue
        if heading or (_is_published(folded, mention, opening) and mention.use != "short"):
            return Target(extended, "opening", 0.95 if heading else 0.9)
    return None


def _same(one: str, other: str) -> bool:
    return title_key(one) == title_key(other)


_FORMER_BEFORE = re.compile(
    r"(?:原|现行的?|此前|曾|旧版?|(?:19|20)\d\d年(?:公布|发布|印发|出台|制定|颁布|实施|施行|修订)的)$"
)
_FORMER_AFTER = re.compile(
    r"(?:已?(?:自|于|从)[^。;,]{0,24}(?:实施|施行|印发|发布|公布|颁布)以来|(?:施行|实施|印发|颁布|执行)[^。;,]{0,6}以来|"
    r"(?:的?有效期)?(?:已|即将|将)?(?:到期|届满|期满|满)|(?:已|将)?于[^。;,]{0,14}(?:到期|届满|期满|失效)|已不(?:能|再)?(?:适应|适用|符合))"
)


def _is_former(folded: str, mention: Mention) -> bool:
    """2016年公布的《X》（…121号）已不适应, 《X》（…14号）有效期届满: the predecessor, whatever its name."""
    start, end = _name_start(mention), mention.extent.end
    return bool(_FORMER_BEFORE.search(folded, max(0, start - 12), start) or _FORMER_AFTER.match(folded, end, end + 40))


def _name_start(mention: Mention) -> int:
    """Where the title begins; the extent may take in the organ before it."""
    return (mention.citation.title_span or mention.citation.span).start


_BASIS = re.compile(r"(?:根据|依据|依照|按照|贯彻|落实|执行|对照|参照|结合)[^。;,《》]{0,16}$")


def _is_basis(folded: str, mention: Mention) -> bool:
    start = _name_start(mention)
    return bool(_BASIS.search(folded, max(0, start - 24), start))


def _agrees(heading: str, name: str) -> bool:
    a, b = title_key(heading), title_key(name)
    if not a or not b or len(b) < 5:
        return False
    if b in a and _OF_INSTRUMENT.search(a.replace(b, "\ue000", 1)):
        return True
    if a in b:
        return not _OTHER_PAPER.search(b.replace(a, "\ue000", 1))
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < SIMILAR:
        return False
    changed = (a[i:j] + b[k:m] for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal")
    return _region(a) == _region(b) and not any(_TELLING.search(one) for one in changed)


_OF_INSTRUMENT = re.compile(r"(?:印发|发布|公布)\ue000的(?:通知|公告|通告|决定)$")
_OTHER_PAPER = re.compile(r"\d{4}年|\ue000[^的]{0,6}(?:细则|办法|规定|方案|规程|标准)|补充")
"""What makes a longer title another paper's: last year's, the 实施细则 of the one that is explained."""
_TELLING = re.compile(r"\d|[一二三四五六七八九十]|实施|细则|暂行|试行|修[订改正]|补充|[省市县区]")
"""Words by which papers of nearly one title differ: 2023年…要点 and 2024年…要点, 基准（一） and 基准（二）."""
_REGION = re.compile(r"(?:关于印发)?(.{2,7}?)[省市县区]")


def _region(key: str) -> str:
    match = _REGION.match(key)
    return match[1] if match else ""


_ISSUES_NUMBER = re.compile(r"(?:发布|公布|印发)了?(?=\d)")  # 海关总署发布2023年第28号公告（《X》）


_TO_UNDERSTAND = re.compile(r"(?:理解|了解|知晓|把握|掌握)(?:好|和执行|和把握)?$")
_EXPLAINED = re.compile(r"[^。;《》]{0,40}解读")
"""为便于企业理解《X》，现就有关内容解读如下."""
_ASKED = re.compile(r"的?(?:主要|出台|制定|[有是][哪何什]|何时|适用|起草|修订|新)[^。;《》\n]{0,40}\?")
"""问：《X》主要有哪些变化？ asks of the policy that is explained; how 《X》和《Y》 go together does not."""


def _is_published(folded: str, mention: Mention, opening: Span) -> bool:
    start = (mention.citation.title_span or mention.citation.span).start
    if _ISSUES_NUMBER.search(folded, mention.citation.span.start, start):
        return True
    before = folded[max(opening.start, start - 24) : start]
    after = folded[mention.extent.end : mention.extent.end + 24]
    if re.match(r"[、和及与]?《", after):
        return False  # 印发了《甲》《乙》: several, of which none is chosen
    if re.search(r"[。;]", before):
        before = re.split(r"[。;]", before)[-1]
    if _PUBLISHES.search(before) and not re.search(r"根据|依据|按照|此前|曾", before):
        return not re.match(r"(?:同时)?废止", after)
    if _TO_UNDERSTAND.search(before) and _EXPLAINED.match(folded, mention.extent.end):
        return True
    if before.endswith("问:") and _ASKED.match(folded, mention.extent.end):
        return True
    if re.search(r"[对就将]$", before) and re.match(
        r"(?:有关|相关|主要)?(?:内容|情况)?(?:进行|[作做])?(?:如下)?解读", after
    ):
        return True
    return bool(
        re.match(
            r"予以(?:公告|公布|发布)|已(?:于|经)[^。]{0,12}(?:印发|公布|发布)|"
            r"(?:近日|日前|今日)?(?:正式)?(?:印发|公布|发布|出台)(?:实施)?[,。]",
            after,
        )
    )


def _extended(citation: Citation, folded: str) -> Citation:
    """发布关于《X》的公告（2023年第198号）: the policy is the whole, X only its object."""
    span = citation.title_span
    opened = ABOUT.search(folded, max(0, span.start - 12), span.start) if span else None
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
        same = key and _of_organ(key, title_key(_extended(mention.citation, folded).title or ""))
        told = re.search(r"参照|根据|依据|按照|原$", before) or _is_former(folded, mention)
        if mention.citation.numbers and same and not told:
            return mention.citation.numbers[0]
    found = _number_target(mentions, folded, body)
    return found.citation.numbers[0] if found and target.rule.startswith("heading.words") else None


def _of_organ(key: str, name: str) -> bool:
    """Whether the name is the title, or the title without its organ: 岚州市水利局关于…的通知, 关于…的通知."""
    return key == name or (name.startswith("关于") and key.endswith(name) and is_organ(key.removesuffix(name)))


_NEW = re.compile(r"(?:(?:修订|修改|修正)后的?|新(?:修订|制定|印发|出台|公布|发布)的?|重新(?:印发|公布|发布|修订)了?)$")


_REVISED = re.compile(r"》\(?(?:的?(?:修改|修订|修正))\)?(?:的|政策|文件)?解读")
"""《X》修订解读: the first number in the text is as a rule that of the version before."""


def _is_new(citation: Citation, mentions: Sequence[Mention], folded: str) -> bool:
    """Whether the number is that of what the text calls new, or later than another of the same title."""
    key = title_key(citation.title or "")
    same = [one for one in mentions if one.citation.numbers and title_key(one.citation.title or "").startswith(key)]
    if any(_NEW.search(folded[max(0, one.extent.start - 8) : _name_start(one)]) for one in same):
        return True
    years = {one.citation.numbers[0].year or 0 for one in same}
    return len(years) > 1 and bool(citation.numbers) and (citation.numbers[0].year or 0) == max(years)


def _newest(citation: Citation, mentions: Sequence[Mention], folded: str) -> Citation:
    """Of namesakes, the one that the text calls new (修订后的《X》, 重新印发了《X》), else the one of the latest year.

    An interpretation tells of the predecessor too, and often first.
    """
    key = title_key(citation.title or "")
    same = [
        mention
        for mention in mentions
        if key and title_key(mention.citation.title or "") == key and not _is_former(folded, mention)
    ]
    new = [one for one in same if _NEW.search(folded[max(0, one.extent.start - 8) : one.extent.start])]
    if new:  # 新修订的《X》解读 names it without the number that the text gives
        return replace(citation, numbers=next((one.citation.numbers for one in new if one.citation.numbers), ()))
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
