"""What a paper's own title says of others: 关于转发《A》的通知, 关于废止《B》的决定 (domain.md §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.folding import fold
from policylib.extract.parts import PART, SOME_END, of_part, part_named
from policylib.extract.roles import DRAFT_MARK
from policylib.extract.titles import TitleParts, doc_type_of, forwards
from policylib.model import Citation, Claim, Found, Mode, RelationKind, Span

_NOT_DONE: Final = "".join(f"(?<!{word})" for word in ("不再", "不予", "暂不", "暂缓", "取消"))
_LATER: Final = r"(?!后|前|情况|听证|评估|工作|意见|建议)"
"""关于做好《A》废止后衔接工作的通知, 关于开展《A》废止听证的公告 do not do it."""
_ENDS: Final = rf"(?:{_NOT_DONE}废止{_LATER}|(?:停止|终止|不再)(?:执行|实施|施行){_LATER})"
# The first row whose pattern is found in the title outside its marks wins.
_RULES: Final[tuple[tuple[RelationKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern))  # type: ignore[misc]
    for kind, pattern in (
        ("draft_of", r"征求.*意见|公开征集|征求意见"),
        ("forwards", r"转发|批转"),
        (
            "partly_repeals",
            rf"{SOME_END}|废止.*部分|{_ENDS}[^\ue000]{{0,8}}\ue000+》?{PART}",
        ),
        ("republishes", r"重新(?:印发|公布|发布)"),
        ("extends", rf"{_NOT_DONE}延长.*有效期|有效期.*延|延续"),
        ("supplements", r"补充(?:通知|规定|公告|意见)"),
        ("repeals", rf"{_ENDS}|撤销(?=《?\ue000)"),
        ("lapses", rf"(?<!\()失效{_LATER}"),
        (
            "amends",
            r"(?:修改|修订|修正|调整)(?!的?(?:意见|建议|工作|方案|听证|情况|后评估))",
        ),  # 报送《…（送审稿）》修改意见的函 amends nothing
        ("suspends", r"暂停(?:执行|实施|施行)"),
        ("reinstates", r"恢复(?:执行|实施|施行)"),
        ("answers", r"批复|复函|答复"),
        ("issues", r"(?:印发|公布|发布|下发)(?=[^\ue000]{0,8}\ue000)"),
        ("basis", r"贯彻|落实|实施|执行|适用|按照|根据"),
    )
)


_ACTS: Final = ("repeals", "lapses", "amends", "suspends", "reinstates", "republishes")
"""What a title may do to one paper beside another: 关于废止《A》和修改《B》的决定."""
_PROPOSES = re.compile(
    r"(?:拟|建议|申请|提请|商请|请求|责令|限期)(?:废止|修[改订正]|停止|延长|撤销|暂停)|的?(?:请示|议案|公示|听证(?:会)?的?公告)$"
)
"""关于废止《A》的请示, 关于拟修改《A》的公示: what is wished, and not yet done."""
_PLAN_FOR = re.compile(r"》?的?工作(?:方案|计划)")
_VERSION = re.compile(r"\((?:(?:19|20)\d\d年?)?(?:修订|修正|修改|修订版|修正版)?\)$")
"""…的通知(2021修订): a data base tells its versions apart; the title says nothing of another paper (domain.md §3.1)."""


def title_claims(text: str, title: Found[str], parts: TitleParts, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """A claim for each 《》 of the title, and for the object of 转发 that stands without marks."""
    scope = title.span
    outside = _outside(fold(scope.of(text)).replace("\n", " "), scope, mentions)
    said = _relation(outside, scope)
    position = 0
    mode: Mode = "plan" if _PROPOSES.search(outside) else "act"
    for mention in mentions:
        start, end = mention.extent.start - scope.start, mention.extent.end - scope.start
        own = _relation(outside, scope, position, start)
        relation, cue = said = own if own[0] in _ACTS and len(mentions) > 1 else said
        position = end
        sent_on = relation == "forwards"  # 转发《…榜单》: what is sent on is a paper, whatever its name ends in
        if sent_on or mention.use in ("own", "policy", "short"):
            citation, done = _pointed(mention.citation, relation), of_part(outside, relation, end)
            stands = mode if relation in _ACTS or relation in ("partly_repeals", "extends") else "act"
            if stands == "act" and relation in _ACTS and _PLAN_FOR.match(outside, end):
                done, cue = "mentions", None
            yield Claim(citation, done, scope, cue, stands, detail=part_named(outside, relation, end))
    if not mentions and forwards(parts):
        for name in parts.objects:
            yield Claim(_unmarked(text, scope, name), "forwards", scope, said[1])


def _outside(folded: str, scope: Span, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        span = mention.citation.title_span
        if span:
            start, end = span.start - scope.start, span.end - scope.start
            folded = folded[:start] + "\ue000" * (end - start) + folded[end:]
    return folded


def _relation(
    outside: str, scope: Span, start: int = 0, end: int | None = None
) -> tuple[RelationKind, Found[str] | None]:
    version = _VERSION.search(outside)
    last = end if end is not None else version.start() if version else len(outside)
    for kind, pattern in _RULES:
        if match := pattern.search(outside, start, last):
            span = Span(scope.start + match.start(), scope.start + match.end())
            return kind, Found(re.sub("\ue000+", "…", match.group()), span, f"title.{kind}")
    return "mentions", None


_MARKED = re.compile(rf"[（(](?:公开)?(?:草案)?(?:{DRAFT_MARK}|征求意见)[）)]")


def _pointed(citation: Citation, relation: RelationKind) -> Citation:
    """A draft points to the policy that it may become: 《X（征求意见稿）》 -> 《X》."""
    if relation != "draft_of" or citation.title is None:
        return citation
    return replace(citation, title=_MARKED.sub("", citation.title))


def _unmarked(text: str, scope: Span, name: str) -> Citation:
    """转发省人力资源社会保障厅等部门关于…的意见的通知: issuer and title of the forwarded paper stand without marks."""
    folded, wanted = fold(scope.of(text)), fold(name)
    at = max(folded.find(wanted), 0)
    issuer, _, rest = name.partition("关于")
    span = Span(scope.start + at, min(scope.start + at + len(name), scope.end))
    title = f"关于{rest}" if rest and doc_type_of(name) else name
    return Citation(span, "title", title=title, title_span=span, issuer=issuer.strip() or None if rest else None)
