"""该细则, 上述文件: words that point back to a document named before (domain.md §3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.folding import title_key
from policylib.extract.titles import doc_type_of
from policylib.model import Citation, Claim, Span

_KINDS: Final = "办法|规定|细则|通知|意见|方案|条例|决定|公告|通告|规则|措施|政策|文件|规划|目录|批复"
_ANAPHOR = re.compile(rf"(?:该|上述|以上|前述|前款)(?P<kind>(?:实施)?(?:{_KINDS}))(?!明)")
_IT = re.compile(r"(?<=将)其(?=(?:予以|全文|一并|同时)?(?:废止|停止[执施]行|宣布失效))")
_FAR: Final = 200  # claims back; nobody says 该办法 of what was named pages before
IT: Final = "其"
_NAMED: Final = ("full", "title", "number")


def find_anaphors(folded: str, start: int, end: int) -> Iterator[Mention]:
    """Every 该办法, 上述文件 of `folded[start:end]`."""
    for match in _ANAPHOR.finditer(folded, start, end):
        span = Span(match.start(), match.end())
        yield Mention(Citation(span, "anaphor", alias=match["kind"].removeprefix("实施")), span, "policy")
    for match in _IT.finditer(folded, start, end):
        span = Span(match.start(), match.end())
        yield Mention(Citation(span, "anaphor", alias=IT), span, "policy")


def antecedent(anaphor: Citation, claims: Sequence[Claim]) -> int | None:
    """The index of the last document named before, of the kind that the anaphor names; None when there is none."""
    for index in range(len(claims) - 1, max(-1, len(claims) - 1 - _FAR), -1):
        citation = claims[index].citation
        if citation.form not in _NAMED or claims[index].relation in ("none", "issues", "annex_of"):
            continue
        if citation.span.start >= anaphor.span.start:
            continue
        if anaphor.alias == "文件" or (doc_type_of(citation.title or "") or "").endswith(anaphor.alias or ""):
            return index
    return None


def _subject(anaphor: Citation, claims: Sequence[Claim]) -> int | None:
    """What 《X》已不适应需要，现将其废止 speaks of: the only document of its sentence that is no basis of it."""
    near = [
        index
        for index, claim in enumerate(claims[-_FAR:], max(0, len(claims) - _FAR))
        if claim.scope.contains(anaphor.span) and claim.relation == "mentions" and claim.citation.form in _NAMED
    ]
    return near[0] if len(near) == 1 else None


def named_in_short(short: Citation, claims: Sequence[Claim]) -> int | None:
    """The claim on the document to which the text has given this short name: 《X》（以下简称《办法》）."""
    key = title_key(short.title or "")
    for index, claim in enumerate(claims[:_FAR]):
        if claim.citation.alias and title_key(claim.citation.alias) == key and claim.citation.form in _NAMED:
            return index if claim.relation not in ("none", "issues", "annex_of") else None
    return None


_PLURAL = re.compile("上述|以上|前述")
_ITEM_GAP: Final = 8
"""Characters between two items of a list: the line break, a number."""


def antecedents(anaphor: Citation, claims: Sequence[Claim], words: str) -> tuple[int, ...]:
    """Those that the words stand for: of 上述文件 the whole list that stands before it, in its order; else the last."""
    last = _subject(anaphor, claims) if anaphor.alias == IT else antecedent(anaphor, claims)
    if last is None:
        return ()
    places = [last]
    if anaphor.alias == "文件" and _PLURAL.match(words):
        for index in range(last - 1, -1, -1):
            below, claim = claims[places[-1]], claims[index]
            near = claim.scope == below.scope or 0 <= below.scope.start - claim.scope.end <= _ITEM_GAP
            if claim.relation != "mentions" or claim.citation.form not in _NAMED or not near:
                break
            places.append(index)
    return tuple(reversed(places))


def changes_something(claim: Claim) -> bool:
    """Whether the sentence does more to the document than to mention it or to rest on it."""
    return claim.cue is not None and claim.relation not in ("mentions", "basis", "reference", "issues", "none")
