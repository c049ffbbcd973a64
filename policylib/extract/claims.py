"""What a text says of the documents it mentions: relation, cue, and whether it is an act, a plan or a report
(domain.md §4). Cues are rows of data/cues.toml; scope is the sentence, the clause list, the paragraph's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.cues import Cue, spoken
from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import title_key
from policylib.extract.masking import FILL as _FILL
from policylib.extract.masking import FILLS, REACH, masked_paragraph, sentence_bounds
from policylib.extract.moods import MAX_BETWEEN, Place, is_denied, is_denied_of, mode_of
from policylib.extract.own_instruments import own_instrument
from policylib.extract.parts import ALL_BUT, ARTICLES, CLAUSE_ENDS, PARTS_BEHIND, of_part, part_named, with_remark
from policylib.extract.reach import OBJECT, TOO_FAR, carries_over, reaches
from policylib.extract.stoppages import is_for_a_time
from policylib.extract.unread_ends import UNREAD_END, with_unread_ends
from policylib.model import Claim, Found, Mode, RelationKind, Span

_LOOSE_LIST = re.compile(rf"[{_FILL}、,和及与以等有关相关规定文件政策 。]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text with its mentions, and where it stands. opening: before the first numbered part ends."""

    span: Span
    opening: bool
    role: str
    mentions: tuple[Mention, ...]


def claims_of(text: str, folded: str, paragraph: Paragraph) -> Sequence[Claim]:
    """One claim for each mention of the paragraph, in order."""
    masked = masked_paragraph(folded, paragraph.span, paragraph.mentions)
    offset = paragraph.span.start
    sentences = [
        sentence_bounds(masked, mention.extent.start - offset, mention.extent.end - offset)
        for mention in paragraph.mentions
    ]
    cued = _cued(masked, paragraph.role, sentences)
    claims = [
        _claim(text, masked, cued, paragraph, mention, sentence)
        for mention, sentence in zip(paragraph.mentions, sentences, strict=True)
    ]
    if any(claim.relation == "issues" for claim in claims):
        claims = _with_own(claims)
    if "(" in masked:
        claims = [with_remark(claim, folded) for claim in claims]
    return claims if paragraph.role == "interpretation" else with_unread_ends(claims, masked, offset)


def _with_own(claims: Sequence[Claim]) -> list[Claim]:
    """《甲》已进行修订。现将修订后的《甲》印发给你们: what the paper issues is its own in every sentence.

    A mention with a number is not: a paper does not print its own.
    """
    own = {title_key(claim.citation.title or "") for claim in claims if claim.relation == "issues"}
    return [
        replace(claim, relation="issues")
        if claim.relation in ("amends", "mentions")
        and not claim.citation.numbers
        and title_key(claim.citation.title or "") in own
        else claim
        for claim in claims
    ]


@dataclass(frozen=True, slots=True)
class _Cued:
    """Where a cue stands in the sentences that mention a document: spans that do not overlap, in order."""

    cue: Cue
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def _cued(masked: str, role: str, sentences: Sequence[tuple[int, int]]) -> tuple[_Cued, ...]:
    """Every cue of the sentences, found in one pass a cue however many documents a sentence mentions."""
    stretches: list[tuple[int, int]] = []
    for left, right in sentences:
        if stretches and left < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(right, stretches[-1][1]))
        else:
            stretches.append((left, right))
    found: list[_Cued] = []
    for cue in spoken(masked):
        if not cue.only or role in cue.only:
            spans = [match.span() for left, right in stretches for match in cue.pattern.finditer(masked, left, right)]
            if spans:
                found.append(_Cued(cue, *map(tuple, zip(*spans, strict=True))))
    return tuple(found)


def _claim(
    text: str,
    masked: str,
    cued: tuple[_Cued, ...],
    paragraph: Paragraph,
    mention: Mention,
    sentence: tuple[int, int],
) -> Claim:
    offset = paragraph.span.start
    begin, end = mention.extent.start - offset, mention.extent.end - offset
    left, right = sentence
    scope = Span(left + offset, right + offset)
    report: Mode = "report" if paragraph.role in ("interpretation", "other") else "act"
    ended = mention.use == "own" and _cue_after(masked, cued, left, begin, end, right)
    spoken_of = mention.use == "policy" or (mention.use == "short" and report == "act")
    if not spoken_of and not (ended and ended[0] in ("repeals", "lapses")):
        relation: RelationKind = "issues" if mention.use == "own" else "annex_of" if mention.use == "annex" else "none"
        return Claim(mention.citation, relation, scope, mode=report)
    numbered, others = bool(mention.citation.numbers), mention.citation.issuer is not None
    found = _governing(masked, cued, left, begin, end, right, numbered=numbered, others=others)
    if found is None:
        nothing: RelationKind = "none" if mention.use == "short" else "mentions"
        return Claim(mention.citation, nothing, scope, mode=report)
    _, cue_start, cue_end = found
    relation, detail = _touched(masked, found, sentence, begin, end)
    if relation == "mentions":
        return Claim(mention.citation, "mentions", scope, mode=report, detail=detail)
    cue = Found(
        text[offset + cue_start : offset + cue_end], Span(offset + cue_start, offset + cue_end), f"cue.{relation}"
    )
    mode: Mode = report
    if relation not in ("basis", "reference", "issues") and paragraph.role != "interpretation":
        at = Place(masked, left, begin, end, cue_start, cue_end)
        mode = mode_of(at, cue.value, paragraph.span.start, paragraph.mentions, report)
    if relation == "basis" and not (paragraph.opening or _MAKES_THIS.search(masked, end, right)):
        relation = "reference"
    detail = detail or _detail(relation, cue.value, masked[left:right], cue_end - left)
    return Claim(mention.citation, relation, scope, cue, mode, detail=detail)


_MAKES_THIS = re.compile(
    r"(?:制定|制订|修订)(?:了|出)?本(?:实施)?(?:规则|办法|规定|细则|条例|制度|规程|方案|意见|决定|标准|准则|章程)"
)
"""新一届政府根据《X》，制定本规则: on what the paper rests, wherever it stands (domain.md §4)."""


def _touched(
    masked: str, found: tuple[RelationKind, int, int], sentence: tuple[int, int], begin: int, end: int
) -> tuple[RelationKind, str | None]:
    """What the cue that governs the mention at `begin:end` does to it: to the whole, to parts that are named, for a
    time; a mention where it does nothing to it. With the words on what is touched, or kept."""
    (left, right), (relation, cue_start, cue_end) = sentence, found
    if relation in (*_ENDINGS, "amends") and _is_old_wording(masked, left, begin, end):
        return "mentions", None
    if relation in _ENDINGS and cue_start >= end and _SHARED_OUT.search(masked, end, cue_start):
        return "mentions", UNREAD_END
    if relation == "partly_repeals" and _WHOLE_MEMBER.match(masked, end, cue_start) and masked[cue_start] in "第附":
        relation = "repeals"
    if relation in ("repeals", "partly_repeals"):
        ahead, behind = FILLS.sub(_FILL, masked[left:cue_start]), masked[cue_end : cue_end + MAX_BETWEEN]
        if is_for_a_time(ahead, masked[cue_start:cue_end], behind):
            relation = "suspends"
    but = ALL_BUT.search(masked, left, begin) if relation in ("repeals", "lapses") else None
    if but:
        relation = "partly_repeals"
    named = part_named(masked, relation, end) if cue_end <= begin or relation in ("suspends", "reinstates") else None
    if relation == "extends" and cue_start >= end and PARTS_BEHIND.match(masked, end):
        return "mentions", None  # 《X》第三条有效期延长至…
    relation = of_part(masked, relation, end) if cue_end <= begin else relation
    if relation == "mentions":
        return relation, None
    if relation == "retains" and _KEPT_UNTIL.match(masked, cue_end, right):
        relation = "extends"
    for_now = relation == "retains" and cue_start >= end and _KEPT_FOR_NOW.search(masked, end, cue_start)
    return relation, (but and but["but"]) or named or (KEPT_FOR_NOW if for_now else None)


KEPT_FOR_NOW: Final = "新的规定出台以前"
_KEPT_FOR_NOW = re.compile(r"(?<!期)(?:出台|公布|发布|印发|施行|实施|修订|制定)(?:完成)?(?:之)?(?:前|以前)")
"""《X》在新办法出台前继续执行: perhaps for longer than its term."""
_SHARED_OUT = re.compile(r"分别|在(?!全|本|我)[^,。;\ue000]{1,12}(?:[县区市镇乡局]|单位|范围)内?$")
"""《甲》和《乙》分别废止和暂停执行; 该意见在你县停止执行: which of them, and how far, a person has to say."""
_WHOLE_MEMBER = re.compile(rf"(?:文件?)?[、和及与以]+原?{_FILL}")
"""《甲》，以及《乙》第六条同时废止: the article is of 乙, and 甲 ends as a whole."""
_OLD_WORDING = re.compile(r"[”\"](?:的?(?:规定|表述|内容|字样|一句))?(?:统一|相应|均)?(?:修改|修订|调整|变更|改|删)")


_STRUCK = re.compile(r"删[去除]\ue000*[^。;“”]{0,20}$")


def _is_old_wording(masked: str, left: int, begin: int, end: int) -> bool:
    """将第二十条“《X》同时废止”修改为…: what an article says that is changed is not done by the change."""
    opened = masked.rfind("“", left, begin)
    if opened < 0 or masked.find("”", opened, begin) >= 0:
        return False
    if _STRUCK.search(masked[max(left, opened - len(TOO_FAR)) : opened]):
        return True
    closed = masked.find("”", end, end + REACH)
    return closed >= 0 and _OLD_WORDING.match(masked, closed) is not None


def _detail(relation: RelationKind, words: str, sentence: str, behind: int) -> str | None:
    """The articles that a partial repeal or an amendment touches (第五条、第六条); the day to which a term is extended,
    as ISO."""
    if relation in ("partly_repeals", "amends"):
        named = "、".join(ARTICLES.findall(words)) or None
        return f"除{named}外" if named and f"{named}外" in words else named
    until = (_UNTIL.search(sentence, behind - 1) or _UNTIL.search(sentence)) if relation == "extends" else None
    found = first_date(until[1]) if until else None
    if found is None:
        return (
            MADE_FORMAL if relation == "extends" and _MADE_FORMAL.search(words) and "有效期" not in sentence else None
        )
    last = as_date(found.value) - timedelta(days=1 if _FIRST_DEAD.match(words) else 0)
    return last.isoformat()


MADE_FORMAL: Final = "由试行转为正式"
"""The detail of what takes the term of a trial away and gives none."""
_MADE_FORMAL = re.compile("试行期?转为正式")
# 继续有效，有效期至2027年12月31日: that gives a new end, and more than being kept.
_KEPT_UNTIL = re.compile(
    r"[,;]?(?:有效)?(?:期限?)?(?:[自从](?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日起?)?(?:为|延续|延长|顺延|延|调整)*"
    r"(?:至|到)(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|"
    r"(?:,?有效期限?为?)?(?:\d{1,2}|[一二两三四五])(?:年(?![\d半])|个月)"
)
_FIRST_DEAD = re.compile("废止|停止")  # 废止日期调整为7月1日: the last day is the one before
_UNTIL = re.compile(r"(?:至|到|为)[“\"]?((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")


def _governing(
    masked: str, cued: tuple[_Cued, ...], left: int, begin: int, end: int, right: int, numbered: bool, others: bool
) -> tuple[RelationKind, int, int] | None:
    """The cue that governs the mention at `begin:end`, the closest kind first: an act behind, a cue before."""
    before, after = masked[left:begin], masked[end:right]
    basis = _cue_before(masked, cued, left, begin)
    follows = _cue_after(masked, cued, left, begin, end, right)
    if basis and follows and follows[0] in ("repeals", "lapses") and _describes(masked, left, basis[1], begin):
        basis = None  # 对已无执行对象的《甲》予以废止: the cue stands in what describes 甲
    if follows is not None and CLAUSE_ENDS.match(after) and _ITS_OWN_VERB.search(before):
        follows = None  # 修订《甲》，《乙》同时废止: the comma ends what is said of 甲
    if follows is not None and (follows[0] == "overrides" or (basis is None and follows[0] in ("repeals", "lapses"))):
        return follows  # 现将《甲》印发给你们，原《甲》同时废止: the act behind is closer
    if basis is None and follows is not None and follows[0] == "amends" and numbered and OBJECT.search(before):
        return follows  # 对2004年印发的《甲》（…48号）进行了修订，现予印发: the number is that of the one before
    if not numbered and (
        own := own_instrument(before, after, masked[end : end + MAX_BETWEEN], basis is not None, others)
    ):
        return "issues", left + own[0], left + own[1]
    if basis is not None:
        return basis
    if follows is not None and not (follows[0] == "answers" and _IN_REQUEST.match(after)):
        return follows
    if _LOOSE_LIST.fullmatch(masked[left:right]) and masked[left:right].count(_FILL) > 1 and "规定" in after:
        at = left + masked[left:right].rfind("规定")
        return "basis", at, at + 2
    return None


def _describes(masked: str, left: int, cue: int, begin: int) -> bool:
    return masked[begin - 1] == "的" and OBJECT.search(masked[left:cue]) is not None


_ITS_OWN_VERB = re.compile(r"(?:(?:修[改订正]|制定|出台|通过|公布|发布|颁布|印发)了?|并入|纳入|施行|实施|执行|适用)$")
_IN_REQUEST = re.compile("的(?:请示|报告|来函|函|申请)")
"""关于报批《X》的请示收悉: what is answered is the request, not X."""


def _cue_before(masked: str, cued: tuple[_Cued, ...], left: int, begin: int) -> tuple[RelationKind, int, int] | None:
    """The last cue before the mention that reaches it: between them only list members and organ names."""
    best: tuple[RelationKind, int, int] | None = None
    for one in cued:
        if one.cue.side != "before":
            continue
        for place in range(bisect_right(one.ends, begin) - 1, -1, -1):
            start, end = one.starts[place], one.ends[place]
            gap = masked[end:begin].replace(_FILL, "") if start >= left else TOO_FAR
            if len(gap) >= len(TOO_FAR):
                break
            if _TITLED_NOTICE.search(gap) and masked.endswith("关于", 0, start):
                continue  # 关于废止部分文件的通知（…50号）: the number is the notice's own
            if masked[end] in _COMPARES or (masked[end] == "的" and one.cue.relation in _DESCRIBES):
                continue  # 修订与《X》不一致的规定; 此前执行的《X》, 暂停执行的《X》: what is revised is not X
            ends = one.cue.relation in _ENDINGS
            if reaches(gap) and not is_denied(masked[max(left, start - _NEAR) : start], at_hand=not ends):
                if best is None or (end, -start) > (best[2], -best[1]):
                    best = (one.cue.relation, start, end)
                break
    return best


_TITLED_NOTICE = re.compile(r"(?:部分|一批|有关|相关|\d+件)[^。;,]{0,20}(?:文件|规章)的(?:通知|决定|公告|通告)[ (]*$")
_COMPARES: Final = "与同"
_DESCRIBES: Final = ("reference", "suspends", "reinstates", "repeals")
_NEAR: Final = 24  # characters before a cue in which it is denied


def _cue_after(
    masked: str, cued: tuple[_Cued, ...], left: int, begin: int, end: int, right: int
) -> tuple[RelationKind, int, int] | None:
    """The first cue behind the mention that reaches back to it."""
    best: tuple[RelationKind, int, int] | None = None
    for one in cued:
        place = bisect_left(one.starts, end)
        if one.cue.side != "after" or place == len(one.starts) or one.ends[place] > right:
            continue
        start = one.starts[place]
        between = masked[end:start]
        if (
            (best is None or start < best[1])
            and not is_denied(between[-_NEAR:], at_hand=one.cue.relation not in _ENDINGS)
            and carries_over(one.cue.relation, masked[left:begin], between)
            and (one.cue.relation != "overrides" or masked[start] in _SUBJECT or _compared(masked[left:begin]))
            and (one.cue.relation not in _ENDINGS or not _undone(masked, left, begin, one.ends[place]))
        ):
            best = (one.cue.relation, start, one.ends[place])
    return best


_ENDINGS: Final = ("repeals", "lapses", "partly_repeals", "suspends")


def _undone(masked: str, left: int, begin: int, end: int) -> bool:
    """Whether a verb that ends at `end` has an object of its own, 保留《甲》，废止《乙》, or is denied before the name,
    不得宣布《甲》失效."""
    return masked[end : end + 1] == _FILL or is_denied_of(masked[max(left, begin - _NEAR) : begin])


_SUBJECT: Final = "中与同和"  # with which 《X》(中)与本办法不一致的 begins behind its subject
_THIS_PAPER = re.compile(
    r"(?:(?:^|[,:) 条])(?:[如若凡])?|本[\u3400-\u9fff]{1,8}(?:的?(?:有关|相关)?(?:规定|内容|条款))?)[与同]$"
)


def _compared(before: str) -> bool:
    """Whether this paper is compared with what follows: 本办法与《X》不一致的, and no contract is:
    合同与《X》不一致的."""
    return _THIS_PAPER.search(before[-REACH:].rstrip(f"{_FILL}、和及以")[-24:]) is not None
