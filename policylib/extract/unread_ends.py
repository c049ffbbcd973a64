"""Papers that a clause names where it speaks of an end in words that were not understood: a person is asked, for
silence would let a dead paper live (domain.md §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from policylib.extract.masking import FILL
from policylib.extract.moods import is_denied, is_denied_of, is_planned
from policylib.model import Claim

UNREAD_END: Final = "或有废止、失效的意思，没有读懂"
"""The detail of a mention in such a clause."""
_SAYS: Final = r"(?:废止|失效|作废|废除|(?:停止|不再|终止)(?:执行|实施|施行|适用))"
_HINTS: Final = (
    r"(?:停用|取消|终止|清退|搁置|叫停|作罢|剔除|除名|(?:作|按)(?:废止|失效|作废|取消)处理|"
    r"(?:停止|不再|终止|退出|暂缓|缓期|延缓|推迟|延期|中止|暂停|停|不予?)(?:单独|单列|继续)?(?:执行|实施|施行|试行|使用|沿用|采用|保留|生效|有效)|"
    r"(?:失去|丧失|没有|不具有?|不再具有|不再产生)(?:法律|行政)?(?:效力|约束力)|退出历史舞台|完成了?其?历史使命|"
    r"不再作为[^,。;]{0,12}(?:依据|文件|标准))"
)
"""Words that end much besides papers: they count only where nothing but adverbs stands between them and the name."""
_ADVERBS: Final = "(?=[自从即现目予均一全同将应也不已暂经决停失退作]|取消)"
_END = re.compile(rf"{_SAYS}(?=[。;,、:外]|$)|(?:废止|停止执行|宣布失效)(?={FILL})")
_HINT_BEHIND = re.compile(
    rf"(?:(?<=[{FILL})])(?!{FILL})|(?<=,){_ADVERBS})[^,。;:{FILL}的后者证费]{{0,16}}?(?P<end>{_HINTS})(?=[。;,外]|$)"
)
_HINT_AHEAD = re.compile(
    rf"(?P<end>取消|停用|清退|搁置|叫停|剔除|(?:不再|停止|终止|中止|暂停)(?:使用|沿用|保留))了?"
    rf"(?=[{FILL}、和及与以等原\d件份项个文]+(?:[。;,]|$))(?={FILL})"
)
_CLASS = re.compile(rf"{_SAYS}[^,。;:{FILL}]{{0,12}}:(?={FILL})")
_ANY_END = re.compile(f"{_SAYS}|{_HINTS}")
_HEADING: Final = 60  # characters of 市政府决定取消下列文件：
_LISTED = re.compile(r"(?:下列|以下|如下)[^。;《]{0,40}:")
_PAPERS = re.compile("文件|规章|办法|规定|政策")
_OF_ANOTHER = re.compile(
    rf"{FILL}(?:第[^。;,]{{1,8}}条|(?:施行|实施|执行|有效)(?:期间|期内|以来|前|后))?(?:所|的|已|中)?(?:规定|签订|签发|核发|颁发|发放|取得|立项|制定|设定|设立|办理|核准|作出|"
    rf"公布的|确定|认定|评定|开具|约定)|(?:被|由){FILL}|[与同和]{FILL}+相?[不抵冲]"
)
"""《X》核发的证件作废, 《X》规定的期限失效: what ends is not X."""
_NO_ACT: Final = ("repeals", "lapses", "partly_repeals", "suspends", "reinstates", "extends", "overrides", "replaces")
_DIE: Final = ("repeals", "lapses", "suspends")
_MEMBER_ENDS = re.compile(r"(?:文件?)?[、和及与以]")
_BARE: Final = f"{FILL}、和及与以原 "  # what a clause is made of that only goes on with a list


def with_unread_ends(claims: Sequence[Claim], masked: str, offset: int) -> Sequence[Claim]:
    """The claims of a paragraph, mentions marked where their part of the sentence says 废止 or 失效 at the end of a
    clause, and no paper of that part is understood to end, to be told of or to be planned; and where a list goes on
    with a paper that ends: 岚科发〔2016〕31号、市教育局原来的《乙》同时废止."""
    if not any(map(_is_unread, claims)) or not _speaks_of_ends(masked):
        return claims
    made = list(claims)
    for places in _by_scope(claims):
        for place in _asked(claims, places, masked, offset):
            made[place] = replace(claims[place], detail=UNREAD_END)
    return made


def _asked(claims: Sequence[Claim], places: Sequence[int], masked: str, offset: int) -> Iterator[int]:
    """Of the claims of a sentence, the places of those that a person is asked about."""
    scope = claims[places[0]].scope
    sentence = masked[scope.start - offset : scope.end - offset]
    if not _speaks_of_ends(sentence):
        return
    begins = [claims[place].citation.span.start - scope.start for place in places]
    for first, last, start, end in _parts(sentence, begins):
        group = places[first:last]
        if any(claims[place].relation in _NO_ACT for place in group):
            asked = _left_in_list(claims, group, masked, offset)
        else:
            asked = list(group) if _may_end(sentence[start:end]) else []
        for place in asked:
            if _is_unread(claims[place]) and not _is_excepted(
                sentence, claims[place].citation.span.start - scope.start
            ):
                yield place


def is_unread_heading(text: str) -> bool:
    """Whether a line that ends with a colon ends the papers listed below it in words that no cue knows:
    市政府决定取消下列文件："""
    if not ("下列" in text or "以下" in text or "如下" in text):
        return False
    words = text[max(map(text.rfind, "。;")) + 1 :]
    if not _speaks_of_ends(words) or not (_LISTED.search(words) and _PAPERS.search(words)):
        return False
    ends = _ANY_END.search(words)
    return (
        ends is not None
        and len(words) <= _HEADING
        and not is_denied(words[: ends.start()])
        and not is_planned(words, *ends.span())
    )


def _is_unread(claim: Claim) -> bool:
    return claim.relation == "mentions" and claim.mode == "act" and claim.citation.form in ("full", "title", "number")


def _by_scope(claims: Sequence[Claim]) -> Iterator[list[int]]:
    """The places of the claims of each sentence that has an unread one, in order."""
    places: list[int] = []
    for place, claim in enumerate(claims):
        if places and claim.scope != claims[places[0]].scope:
            if any(_is_unread(claims[one]) for one in places):
                yield places
            places = []
        places.append(place)
    if any(_is_unread(claims[one]) for one in places):
        yield places


def _parts(sentence: str, begins: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """The parts of a sentence that speak of papers, as first and last place among the mentions, and start and end: from
    one that is named to the next that is named in a clause of its own. 《甲》，《乙》同时废止 is one part;
    《甲》同步失效，《乙》仍按原规定执行 are two."""
    first, start, head = 0, 0, 0
    for place in range(1, len(begins)):
        comma = sentence.rfind(",", begins[place - 1], begins[place])
        if comma < 0:
            continue
        clause_of_name = sentence[head:comma]
        if clause_of_name.strip(_BARE) and not sentence.startswith("除", comma + 1):
            yield first, place, start, comma
            first, start = place, comma + 1
        head = comma + 1
    yield first, len(begins), start, len(sentence)


def _left_in_list(claims: Sequence[Claim], group: Sequence[int], masked: str, offset: int) -> list[int]:
    """The members of a list, the next of which ends by words behind it."""
    left = []
    for place, following in pairwise(group):
        one, cue = claims[following], claims[following].cue
        ends = claims[place].citation.span.end
        behind = one.relation in _DIE and cue is not None and cue.span.start >= one.citation.span.end
        at = ends - offset
        while at < len(masked) and masked[at] in (FILL, ")", "）"):
            at += 1
        if behind and _MEMBER_ENDS.match(masked, at):
            left.append(place)
    return left


def _speaks_of_ends(text: str) -> bool:
    """Whether one of the words stands in it. Written out: asked of every paragraph that cites something."""
    return (
        "废" in text or "效" in text or "停" in text or "不再" in text or "不予" in text or "不执行" in text
        or "作" in text or "止" in text or "取消" in text or "退" in text or "缓" in text or "推迟" in text
        or "搁置" in text or "剔除" in text or "使命" in text or "延期" in text or "除名" in text
    )  # fmt: skip


def _is_excepted(sentence: str, begin: int) -> bool:
    """上述文件除《X》外均予废止"""
    end = begin + len(sentence[begin:]) - len(sentence[begin:].lstrip(FILL))
    return sentence[:begin].endswith("除") and sentence.startswith("外", end)


def _may_end(words: str) -> bool:
    if _OF_ANOTHER.search(words):
        return False
    return any(
        not is_denied(words[:start]) and not _denied_name(words, start) and not is_planned(words, start, end)
        for start, end in _ends_in(words)
    )


def _denied_name(words: str, end: int) -> bool:
    """任何单位不得宣布《X》失效"""
    name = words.rfind(FILL, 0, end)
    return name >= 0 and is_denied_of(words[: name + 1].rstrip(_BARE))


def _ends_in(words: str) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(words):
        yield match.span()
    for match in _CLASS.finditer(words):
        yield match.span()
    for pattern in (_HINT_BEHIND, _HINT_AHEAD):
        for match in pattern.finditer(words):
            yield match.span("end")
    listed = _LISTED.search(words)
    if listed and is_unread_heading(words[: listed.end()]):
        yield listed.end() - 1, listed.end()
