"""The number of the policy that an interpretation explains: numbers nearby are often those of the basis or of the
predecessor (domain.md §6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.codes import organ_before
from policylib.extract.explained_mentions import Interpretation, extended, is_former, name_start
from policylib.extract.folding import fold, title_key
from policylib.extract.organ_names import is_organ
from policylib.extract.target_headings import Target
from policylib.extract.titles import parse_title
from policylib.model import Citation, DocumentNumber, NumberKind, NumberMention, Span

_ORGANLESS: Final = (None, "公告", "通告")
_NEW = re.compile(r"(?:(?:修订|修改|修正)后的?|新(?:修订|制定|印发|出台|公布|发布)的?|重新(?:印发|公布|发布|修订)了?)$")
_REVISED = re.compile(r"》\(?(?:的?(?:修改|修订|修正))\)?(?:的|政策|文件)?解读")
"""《X》修订解读: the first number in the text is as a rule that of the version before."""


def numbered(target: Target, paper: Interpretation) -> Target:
    """The target with the number that is its own, by the page or by the text."""
    mentions, folded, page_number = paper.mentions, paper.folded, paper.page_number
    target = _with_number_before(target, mentions)
    if not target.citation.numbers and page_number:
        target = replace(target, citation=replace(target.citation, numbers=(page_number.value,)))
    if not target.citation.numbers and (number := _its_number(target, paper)):
        target = replace(target, citation=replace(target.citation, numbers=(number,)))
    if not page_number:
        target = replace(target, citation=_newest(target.citation, mentions, folded))
        if paper.title and _REVISED.search(fold(paper.title.value)) and not _is_new(target.citation, mentions, folded):
            target = replace(target, citation=replace(target.citation, numbers=()))
    return replace(target, citation=_with_organ(_completed(target.citation, paper.numbers), folded))


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


def number_target(paper: Interpretation) -> Target | None:
    """海关总署发布了62号公告: named by its number only."""
    opening, folded = paper.opening, paper.folded
    for mention in paper.mentions:
        citation = mention.citation
        if opening and opening.contains(citation.span) and citation.form == "number" and citation.numbers:
            before = folded[max(opening.start, citation.span.start - 4) : citation.span.start]
            raw = folded[citation.span.start : citation.span.end]
            if re.search(r"(?:发布|公布|印发)了?$", before) or re.search(r"(?:发布|公布|印发)了?(?=\d)", raw):
                return Target(citation, "opening.number", 0.8)
    return None


def _its_number(target: Target, paper: Interpretation) -> DocumentNumber | None:
    key, folded = title_key(target.citation.title or ""), paper.folded
    for mention in paper.mentions:
        if mention.citation.form == "number" and folded[target.citation.span.end : mention.extent.start] == "(":
            return mention.citation.numbers[0] if mention.citation.numbers else None
        before = folded[max(0, mention.extent.start - 3) : mention.extent.start]
        same = key and _of_organ(key, title_key(extended(mention.citation, folded).title or ""))
        told = re.search(r"参照|根据|依据|按照|原$", before) or is_former(folded, mention)
        if mention.citation.numbers and same and not told:
            return mention.citation.numbers[0]
    found = number_target(paper)
    return found.citation.numbers[0] if found and target.rule.startswith("heading.words") else None


def _of_organ(key: str, name: str) -> bool:
    """Whether the name is the title, or the title without its organ: 岚州市水利局关于…的通知, 关于…的通知."""
    return key == name or (name.startswith("关于") and key.endswith(name) and is_organ(key.removesuffix(name)))


def _is_new(citation: Citation, mentions: Sequence[Mention], folded: str) -> bool:
    """Whether the number is that of what the text calls new, or later than another of the same title."""
    key = title_key(citation.title or "")
    same = [one for one in mentions if one.citation.numbers and title_key(one.citation.title or "").startswith(key)]
    if any(_NEW.search(folded[max(0, one.extent.start - 8) : name_start(one)]) for one in same):
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
        if key and title_key(mention.citation.title or "") == key and not is_former(folded, mention)
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
