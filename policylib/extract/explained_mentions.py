"""How an interpretation speaks of a paper in its opening: as what is published or explained, as its basis, as the
predecessor (domain.md §6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.target_headings import ABOUT
from policylib.model import Citation, DocumentNumber, Found, NumberKind, NumberMention, Span

_INTRO: Final = 700  # characters within which an interpretation names what it explains
_PUBLISHES = re.compile(
    r"(?:发布|公布|印发|出台|下发|制定|制订|修订|颁布|起草)(?:了|实施了|实施)?[^。;,《》\ue000]{0,10}$|(?:修订|修改)后的$"
)
_FORMER_BEFORE = re.compile(
    r"(?:原|现行的?|此前|曾|旧版?|(?:19|20)\d\d年(?:公布|发布|印发|出台|制定|颁布|实施|施行|修订)的)$"
)
_FORMER_AFTER = re.compile(
    r"(?:已?(?:自|于|从)[^。;,]{0,24}(?:实施|施行|印发|发布|公布|颁布)以来|(?:施行|实施|印发|颁布|执行)[^。;,]{0,6}以来|"
    r"(?:的?有效期)?(?:已|即将|将)?(?:到期|届满|期满|满)|(?:已|将)?于[^。;,]{0,14}(?:到期|届满|期满|失效)|已不(?:能|再)?(?:适应|适用|符合))"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|贯彻|落实|执行|对照|参照|结合)[^。;,《》]{0,16}$")
_ISSUES_NUMBER = re.compile(r"(?:发布|公布|印发)了?(?=\d)")  # 海关总署发布2023年第28号公告（《X》）
_TO_UNDERSTAND = re.compile(r"(?:理解|了解|知晓|把握|掌握)(?:好|和执行|和把握)?$")
_EXPLAINED = re.compile(r"[^。;《》]{0,40}(?:解读|说明如下)")
"""为便于企业理解《X》，现就有关内容解读如下."""
_ASKED = re.compile(r"的?(?:主要|出台|制定|[有是][哪何什]|何时|适用|起草|修订|新)[^。;《》\n]{0,40}\?")
"""问：《X》主要有哪些变化？ asks of the policy that is explained; how 《X》和《Y》 go together does not."""
_OF_KIND = re.compile(r"的(?:公告|通知|通告|决定)")
_SAID = re.compile(r"\((?P<year>(?:19|20)\d\d)年第?(?P<serial>\d{1,4})号")


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What is looked at for the policy that an interpretation explains: its heading, the documents that it cites, its
    text, its words before 一、, all the numbers that it gives, and the one in the fields of its page."""

    title: Found[str] | None
    mentions: Sequence[Mention]
    folded: str
    opening: Span | None
    numbers: Sequence[NumberMention]
    page_number: Found[DocumentNumber] | None


def opening_of(folded: str, body: Sequence[Span]) -> Span | None:
    """The text before 一、; None when the parts begin at once."""
    if not body:
        return None
    start, end = body[0].start, min(body[-1].end, body[0].start + _INTRO)
    first = folded.find("一、", start, end)
    if first > start + 20:
        return Span(start, first)
    return Span(start, min(end, start + 300)) if first < 0 else None


def is_former(folded: str, mention: Mention) -> bool:
    """2016年公布的《X》（…121号）已不适应, 《X》（…14号）有效期届满: the predecessor, whatever its name."""
    start, end = name_start(mention), mention.extent.end
    return bool(_FORMER_BEFORE.search(folded, max(0, start - 12), start) or _FORMER_AFTER.match(folded, end, end + 40))


def name_start(mention: Mention) -> int:
    """Where the title begins; the extent may take in the organ before it."""
    return (mention.citation.title_span or mention.citation.span).start


def is_basis(folded: str, mention: Mention) -> bool:
    """根据《X》, 落实《X》: what the policy rests on."""
    start = name_start(mention)
    return bool(_BASIS.search(folded, max(0, start - 24), start))


def is_published(folded: str, mention: Mention, opening: Span) -> bool:
    """印发了《X》, 《X》已正式印发, 现对《X》解读如下: what the paper is about, and the only one of its kind there."""
    start = name_start(mention)
    if _ISSUES_NUMBER.search(folded, mention.citation.span.start, start):
        return True
    before = folded[max(opening.start, start - 24) : start]
    after = folded[mention.extent.end : mention.extent.end + 32]
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
            r"予以(?:公告|公布|发布)|已(?:于|经)[^。]{0,12}(?:印发|公布|发布)|于[^。;,]{2,16}由[^。;,]{2,12}(?:印发|公布|发布)|"
            r"(?:近日|日前|今日)?(?:正式)?(?:印发|公布|发布|出台)(?:实施)?[,。]",
            after,
        )
    )


def extended(citation: Citation, folded: str) -> Citation:
    """发布关于《X》的公告（2023年第198号）: the policy is the whole, X only its object."""
    span = citation.title_span
    opened = ABOUT.search(folded, max(0, span.start - 12), span.start) if span else None
    if span is None or opened is None:
        return citation
    match = _OF_KIND.match(folded, span.end)
    if match is None:
        return citation
    whole = Span(opened.start(), match.end())
    title = f"{opened.group()}《{citation.title}》{match.group()}"
    return replace(
        citation, title=title, span=whole, title_span=whole, numbers=citation.numbers or _said(folded, whole.end)
    )


def _said(folded: str, place: int) -> tuple[DocumentNumber, ...]:
    """关于《X》的公告（2023年第198号）: the organ is the one that speaks."""
    match = _SAID.match(folded, place)
    if match is None or not folded.startswith(("公告", "通告"), place - 2):
        return ()
    word = "通告" if folded.startswith("通告", place - 2) else ""
    return (DocumentNumber(None, int(match["year"]), int(match["serial"]), NumberKind.ANNOUNCEMENT, word),)
