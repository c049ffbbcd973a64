"""Sentences that end a paper without its name: 本办法自2022年7月1日起施行，原办法同时废止 (domain.md §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from policylib.model import Citation, Claim, Elements, Found, Problem, Span

_AROUND: Final = 160  # characters either side of the clause on when the paper takes effect
_UNNAMED = re.compile(
    r"(?:^|[,。;:\n])(?P<said>(?:原(?:试行|暂行)?|旧|老|试行|暂行)的?(?:实施)?(?:办法|规定|细则|意见|方案|规程|版本?)"
    r"(?:[自从][^,。;]{2,20}起)?(?:也|亦|即|则|同时|同步|相应|随之|即行|一并|予以){0,3}"
    r"(?:废止|失效|作废|(?:停止|不再|终止)(?:执行|施行|实施|试行|使用)))(?=[。;,\n]|$)"
)


def unnamed_ends(folded: str, effective: Found[date] | None, claims: Sequence[Claim]) -> Iterator[Problem]:
    """A problem where, near the clause on when the paper takes effect, 原办法, 旧规定 or 试行版 ends, and no paper that
    the sentence names."""
    if effective is None:
        return
    start, end = effective.span.start, effective.span.end
    for found in _UNNAMED.finditer(folded, max(0, start - _AROUND), min(len(folded), end + _AROUND)):
        where = Span(*found.span("said"))
        if not any(one.relation in _TOLD and one.scope.contains(where) for one in claims):
            message = f"这里写着“{found['said']}”，没有写出是哪一份文件；请查明是哪一份，它在本库或许还显示为有效"
            yield Problem("end.unnamed", message, where)


_NAMESAKE = re.compile(
    r"(?:(?:此前|以前|先前|原|已)?(?:公布|发布|印发|制定|颁布|出台)?的)?(?P<said>原?同名的?(?:文件|规则|办法|规定|细则|意见|方案|通知|规范|制度)"
    r"(?:[自从][^,。;]{2,20}起)?(?:也|亦|即|则|同时|同步|相应|随之|即行|一并|予以){0,3}"
    r"(?:废止|失效|作废|停用|(?:停止|不再|终止)(?:执行|施行|实施|使用|适用)))(?=[。;,\n]|$)"
)


def namesake_end(folded: str, elements: Elements) -> Claim | None:
    """此前公布的同名规则停用: the paper of this one's own name and organ that was made before ends. No paper is made
    up where none is held."""
    names = (*elements.instruments, *((elements.title,) if elements.title else ()))
    found = _NAMESAKE.search(folded) if names and "同名" in folded else None
    if found is None:
        return None
    where = Span(*found.span("said"))
    start = max(folded.rfind(mark, 0, where.start) for mark in "。;\n") + 1
    issuer = elements.issuers[0].value if elements.issuers else None
    citation = Citation(where, "short", title=names[0].value, issuer=issuer)
    return Claim(citation, "repeals", Span(start, where.end), Found(found["said"], where, "cue.repeals"), "act")


_TOLD: Final = ("repeals", "lapses", "replaces")
