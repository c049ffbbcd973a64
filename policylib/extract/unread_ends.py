"""Papers that a sentence names where it speaks of an end in words that were not understood: a person is asked, for
silence would let a dead paper live (domain.md §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.moods import FILL, is_denied, is_planned
from policylib.model import Claim

UNREAD_END: Final = "或有废止、失效的意思，没有读懂"
"""The detail of a mention in such a sentence."""
_END = re.compile(
    r"(?:废止|失效|作废|(?:停止|不再|终止)(?:执行|实施|施行|适用))(?=[。;,、:]|$)|(?:废止|停止执行|宣布失效)(?=\ue000)"
)
_OF_ANOTHER = re.compile(
    rf"{FILL}(?:第[^。;,]{{1,8}}条)?(?:所|的|已|中)?(?:规定|签订|签发|核发|颁发|发放|取得|立项|制定|设定|办理|核准|作出|公布的)|"
    r"(?:被|由)\ue000|[与同和]\ue000+相?[不抵冲]"
)
"""《X》核发的证件作废, 《X》规定的期限失效: what ends is not X."""
_NO_ACT: Final = ("repeals", "lapses", "partly_repeals", "suspends", "reinstates", "extends", "overrides", "replaces")


def with_unread_ends(claims: Sequence[Claim], masked: str, offset: int) -> Sequence[Claim]:
    """The claims of a paragraph, mentions in sentences marked that say 废止 or 失效 at the end of a clause, where no
    paper of the sentence is understood to end, to be told of or to be planned."""
    if not _speaks_of_ends(masked):
        return claims
    told = {claim.scope for claim in claims if claim.relation in _NO_ACT}
    unread = {
        claim.scope
        for claim in claims
        if claim.relation == "mentions" and claim.mode == "act" and claim.scope not in told
        and claim.citation.form in ("full", "title", "number")
    }  # fmt: skip
    marked = {one for one in unread if _may_end(masked[one.start - offset : one.end - offset])}
    return [
        replace(claim, detail=UNREAD_END) if claim.relation == "mentions" and claim.scope in marked else claim
        for claim in claims
    ]


def _speaks_of_ends(text: str) -> bool:
    """Whether one of the words stands in it. Written out: asked of every paragraph that cites something."""
    return (
        "废止" in text or "失效" in text or "停止" in text or "不再" in text or "作废" in text or "终止" in text
    )  # fmt: skip


def _may_end(sentence: str) -> bool:
    if _OF_ANOTHER.search(sentence):
        return False
    return any(
        not is_denied(sentence[: match.start()]) and not is_planned(sentence, *match.span())
        for match in _END.finditer(sentence)
    )
