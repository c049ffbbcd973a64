"""What a text says of the documents it mentions: relation, cue, and whether it is an act, a plan or a report
(domain.md §4). Cues are rows of data/cues.toml; scope is the sentence, the clause list, the paragraph's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import title_key
from policylib.extract.moods import FILL as _FILL
from policylib.extract.moods import MAX_BETWEEN, Place, is_denied, is_denied_of, mode_of
from policylib.extract.parts import ALL_BUT, ARTICLES, CLAUSE_ENDS, PARTS_BEHIND, of_part, part_named
from policylib.extract.reach import OBJECT, TOO_FAR, carries_over, reaches
from policylib.extract.stoppages import is_for_a_time
from policylib.extract.unread_ends import UNREAD_END, with_unread_ends
from policylib.model import Claim, Found, Mode, RelationKind, Span
from policylib.tables import toml_rows

REACH: Final = 2000  # a list of 40 titles between a cue and its last member; keeps hostile text linear
_LOOSE_LIST = re.compile(rf"[{_FILL}、,和及与以等有关相关规定文件政策 。]*")
_OWN_VERB = re.compile(
    r"(?<![适及]时)(?<!(?:加快|抓紧|推动|推进|启动|正在|尽快|争取))"
    r"(?P<done>(?:制定|制订|起草|修订|编制|拟定|拟订|草拟|研究提出|组织修订)"
    r"(?:形成|完成|出台|并?(?:印发|发布|公布|实施)|[和并]?完善)*了?)(?:[我本][省市区县旗局部委厅院]?|全[省市区县]|统一的?|新的?)*$"
)
_OWN_AFTER = re.compile(
    r"(?:已经|业经|经)[^。;《》]{0,40}?(?:同意|批准|审议通过|讨论通过|通过)[^。;]{0,40}?(?:印发|公布|发布|颁布|施行)|"
    r"进行了?(?:全面|部分|相应|重新|进一步)?(?:修订|修改|调整|完善)(?:完善)?,(?:[^。;,\ue000]{2,24},)?现(?:予以?)?(?:重新)?(?:印发|公布|发布)|"
    r",?现(?:予以)?(?:印发|公布|发布)|,(?:予以)?(?:印发|公布|发布)(?=[给。;,]|$)"
)
_APPROVED = re.compile(
    r"(?:已经|业经|经)[^。;《》]{0,40}?(?:同意|批准|通过),请(?:认真|严格|你们|各地|各单位|切实|抓好|结合实际|遵照|,){0,4}"
    r"(?:组织|贯彻|执行|落实|实施)"
)
"""《X》已经市政府批复同意，请认真组织实施. With an organ before it, 国家发展改革委《X》, it is that organ's."""
_ASKED_OF = re.compile(
    r"(?:公开|广泛|书面|再次|向(?:社会|全社会|公众|社会公众|社会各界))*(?:征求|征集)|(?:一并)?(?:呈上|呈报|上报|报上|报来|报请|报送|送上)"
)
"""现对《X（征求意见稿）》公开征求意见; 现将《X》报请审议."""
_TELLS = re.compile(r"(?:组织)?修订|制订.*|.*出台了?")
_SENDS = re.compile(r"现(?!行|有|状)|印发|公布|发布|征求|以下简称")
_HEREBY = re.compile(r"(?<![实出发体呈展表])现(?![行有状场代金]|阶段)")
_COUNTED = re.compile(
    r"等[\d一二两三四五六七八九十]{1,3}[个件项部份](?:[^。;,]{0,12}(?:文件|制度|规定|办法|规章|方案))?"
)
_ISSUES = re.compile(r"印发|公布|予以发布|现予发布|下发给|发给你")
_ISSUES_HEREBY = re.compile(r"现予(?:公布|发布|印发)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of data/cues.toml. side before: the cue stands before what it governs; after: behind it."""

    relation: RelationKind
    side: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text with its mentions, and where it stands. opening: before the first numbered part ends."""

    span: Span
    opening: bool
    role: str
    mentions: tuple[Mention, ...]


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            row["relation"],
            row["side"],
            tuple(row["words"]),
            re.compile(row["pattern"]),
            frozenset(row.get("roles", ())),
        )
        for row in toml_rows("cues.toml")
    )


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[int, ...]]:
    """For each word of the cues, the places in `cues()` of those that have it."""
    words = {word for cue in cues() for word in cue.words}
    return {word: tuple(place for place, cue in enumerate(cues()) if word in cue.words) for word in words}


def _spoken(text: str) -> list[Cue]:
    """The cues one of whose words stands in the text, in order. Each word is asked for once, though cues share it."""
    places = {place for word, having in _by_word().items() if word in text for place in having}
    return [cues()[place] for place in sorted(places)]


def claims_of(text: str, folded: str, paragraph: Paragraph) -> Sequence[Claim]:
    """One claim for each mention of the paragraph, in order."""
    masked = _masked(folded, paragraph)
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
    for cue in _spoken(masked):
        if not cue.only or role in cue.only:
            spans = [match.span() for left, right in stretches for match in cue.pattern.finditer(masked, left, right)]
            if spans:
                found.append(_Cued(cue, *map(tuple, zip(*spans, strict=True))))
    return tuple(found)


def _masked(folded: str, paragraph: Paragraph) -> str:
    """The paragraph with every mention blanked out, same length, so that no cue is read inside a title."""
    start, out = paragraph.span.start, []
    position = start
    for mention in paragraph.mentions:
        if mention.extent.start < position:
            continue
        out.append(folded[position : mention.extent.start])
        out.append(_FILL * (mention.extent.end - mention.extent.start))
        position = mention.extent.end
    out.append(folded[position : paragraph.span.end])
    masked = "".join(out)
    masked = masked.replace(",以及", "、以及")
    if "(二)" in masked:
        masked = _ITEM.sub(lambda match: "、" * len(match.group()), masked)
    if ";" in masked and _BASIS_NAMED.search(masked):
        masked = _BASIS_ITEM.sub(lambda match: match.group().replace(";", "、").replace("。", "、"), masked)
    if f"{_FILL};{_FILL}" in masked and (_LIST_OPENS.search(masked) or _LIST_ENDS.search(masked)):
        masked = _BETWEEN_ITEMS.sub("、", masked)
    return _as_one_list(masked) if f"{_FILL},{_FILL}" in masked else masked


_LIST_OPENS = re.compile(
    r"(?:(?:以下|下列|如下)[^。;《》]{0,20}|(?:废止|失效|有效|保留|修改)的?(?:规范性|政策)?文件[^。;《》]{0,12}):"
)
_LIST_ENDS = re.compile(rf";{_FILL}+(?:均|一律|同时|一并|予以){{1,3}}(?:废止|失效|停止执行|继续有效)")
_BETWEEN_ITEMS = re.compile(rf"(?<={_FILL});(?={_FILL})")
"""下列文件宣布失效：《甲》；《乙》。"""
_ITEM = re.compile(rf"(?<={_FILL})[。;] ?(?=\([一二三四五六七八九十]{{1,3}}\) ?{_FILL})")
"""检验检疫依据（一）《甲》；（二）《乙》。（三）《丙》: items that are titles and nothing else are one sentence."""
_BASIS_NAMED = re.compile("依据:")
_BASIS_ITEM = re.compile(
    rf"(?<={_FILL})(?:第[^。;,、{_FILL}]{{1,12}}[条款项])?[;。] ?"
    rf"(?=(?:\(?[\d一二三四五六七八九十]{{1,2}}[.、)]+ ?)?{_FILL})"
)
"""处罚依据：《甲》第九条；《乙》。 法律依据：1.《甲》；2.《乙》。"""
_ENDS_LIST = re.compile(r"等|的?(?:有关|相关)?(?:规定|要求|精神)|,(?:结合|并?经|特?制定|现[就将])")


def _as_one_list(masked: str) -> str:
    """依据《甲》，《乙》，《丙》等规定: commas between titles are list marks where the last title ends a list. In
    依据《甲》，《乙》同时废止 it begins a clause of its own."""
    first, *parts = _BETWEEN_TITLES.split(masked)
    pieces, ends = [], False
    for part in reversed(parts):
        clause = part.lstrip(_MEMBERS)
        ends = bool(_ENDS_LIST.match(clause)) if clause else ends
        pieces += [part, "、" if ends else ","]
    return "".join((first, *reversed(pieces)))


_BETWEEN_TITLES = re.compile(rf"(?<={_FILL}),(?={_FILL})")


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
    relation, cue_start, cue_end = found
    if relation in _ENDINGS and _is_old_wording(masked, left, begin, end):
        return Claim(mention.citation, "mentions", scope, mode=report)
    if relation in _ENDINGS and cue_start >= end and _SHARED_OUT.search(masked, end, cue_start):
        return Claim(mention.citation, "mentions", scope, mode=report, detail=UNREAD_END)
    if relation == "partly_repeals" and _WHOLE_MEMBER.match(masked, end, cue_start) and masked[cue_start] in "第附":
        relation = "repeals"
    if relation in ("repeals", "partly_repeals"):
        ahead, behind = _FILLS.sub(_FILL, masked[left:cue_start]), masked[cue_end : cue_end + MAX_BETWEEN]
        if is_for_a_time(ahead, masked[cue_start:cue_end], behind):
            relation = "suspends"
    but = ALL_BUT.search(masked, left, begin) if relation in ("repeals", "lapses") else None
    if but:
        relation = "partly_repeals"
    named = part_named(masked, relation, end) if cue_end <= begin or relation in ("suspends", "reinstates") else None
    if relation == "extends" and cue_start >= end and PARTS_BEHIND.match(masked, end):
        return Claim(mention.citation, "mentions", scope, mode=report)  # 《X》第三条有效期延长至…
    relation = of_part(masked, relation, end) if cue_end <= begin else relation
    if relation == "mentions":
        return Claim(mention.citation, "mentions", scope, mode=report)
    if relation == "retains" and _KEPT_UNTIL.match(masked, cue_end, right):
        relation = "extends"
    for_now = relation == "retains" and cue_start >= end and _KEPT_FOR_NOW.search(masked, end, cue_start)
    cue = Found(
        text[offset + cue_start : offset + cue_end], Span(offset + cue_start, offset + cue_end), f"cue.{relation}"
    )
    mode: Mode = report
    if relation not in ("basis", "reference", "issues") and paragraph.role != "interpretation":
        at = Place(masked, left, begin, end, cue_start, cue_end)
        mode = mode_of(at, cue.value, paragraph.span.start, paragraph.mentions, report)
    if relation == "basis" and not paragraph.opening:
        relation = "reference"
    detail = (
        (but and but["but"])
        or named
        or (KEPT_FOR_NOW if for_now else None)
        or _detail(relation, cue.value, masked[left:right], cue_end - left)
    )
    return Claim(mention.citation, relation, scope, cue, mode, detail=detail)


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
        return None
    last = as_date(found.value) - timedelta(days=1 if _FIRST_DEAD.match(words) else 0)
    return last.isoformat()


# 继续有效，有效期至2027年12月31日: that gives a new end, and more than being kept.
_KEPT_UNTIL = re.compile(
    r"[,;]?(?:有效)?(?:期限?)?(?:[自从](?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日起?)?(?:为|延续|延长|顺延|延|调整)*"
    r"(?:至|到)(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|"
    r"(?:,?有效期限?为?)?(?:\d{1,2}|[一二两三四五])(?:年(?![\d半])|个月)"
)
_FIRST_DEAD = re.compile("废止|停止")  # 废止日期调整为7月1日: the last day is the one before
_UNTIL = re.compile(r"(?:至|到|为)((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")


def sentence_bounds(masked: str, begin: int, end: int) -> tuple[int, int]:
    """The sentence around `begin:end`: to the 。 ； or line break either side, or as far as a cue can reach."""
    floor, ceiling = max(0, begin - REACH), min(len(masked), end + REACH)
    lefts = [at + 1 for mark in "。;\n" if (at := masked.rfind(mark, floor, begin)) >= 0]
    rights = [at for mark in "。;\n" if (at := masked.find(mark, end, ceiling)) >= 0]
    return max(lefts, default=floor), min(rights, default=ceiling)


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
    if not numbered and (own := _own(before, after, masked[end : end + MAX_BETWEEN], basis is not None, others)):
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


_ITS_OWN_VERB = re.compile(r"(?:修[改订正]|制定|出台|并入|纳入|施行|实施|执行|适用)$")
_IN_REQUEST = re.compile("的(?:请示|报告|来函|函|申请)")
"""关于报批《X》的请示收悉: what is answered is the request, not X."""
_FILLS = re.compile(f"{_FILL}+")
_MEMBERS: Final = f"{_FILL}、和及与以"  # what stands between a member of a list and the end of the list
_SENT = re.compile("现|兹|随文|[送呈]上")
_ISSUES_IT = re.compile(
    rf"(?:(?:现(?:予以)?|兹|随文)(?:公布|发布|印发|下发|报送|呈报)|送上|呈上)[^。,;{_FILL}]{{0,10}}[{_FILL}、和及与以]*$"
)


def _own(before: str, after: str, beyond: str, governed: bool, others: bool) -> tuple[int, int] | None:
    """制定了《X》; 现将《X》印发给你们; 《X》已经同意，现印发: X is this document's own instrument.

    修订《X》 and 制定出台《X》 tell of work, unless the words `beyond` send X out. `others`: an organ
    stands before X.
    """
    match = _OWN_VERB.search(before)
    if match and not after.startswith("的") and (not _TELLS.fullmatch(match["done"]) or _SENDS.search(beyond)):
        return match.start(), match.end()
    if governed:
        return None
    listed = _FILLS.sub(_FILL, before[-REACH:])[-MAX_BETWEEN:] if _SENT.search(before) else ""
    said = (
        (_HEREBY.search(listed) and _ISSUES.search(after)) or _ISSUES_HEREBY.search(after) or _ISSUES_IT.search(listed)
    )
    if said and "转发" not in after:
        return len(before), len(before) + 1
    rest = after.lstrip(_MEMBERS)
    counted = _COUNTED.match(rest)
    rest = rest[counted.end() :] if counted else rest
    match = (
        _OWN_AFTER.match(rest)
        or (_ASKED_OF.match(rest) if _HEREBY.search(listed) else None)
        or (None if others else _APPROVED.match(rest))
    )
    if match and "转发" not in after:
        place = len(before) + len(after) - len(rest)
        return place + match.start(), place + match.end()
    return None


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
            if masked[end] in _COMPARES or (masked[end] == "的" and one.cue.relation == "reference"):
                continue  # 修订与《X》不一致的规定; 此前执行的《X》: what is revised is not X, and nobody is told to
            ends = one.cue.relation in _ENDINGS
            if reaches(gap) and not is_denied(masked[max(left, start - _NEAR) : start], at_hand=not ends):
                if best is None or (end, -start) > (best[2], -best[1]):
                    best = (one.cue.relation, start, end)
                break
    return best


_COMPARES: Final = "与同"
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
