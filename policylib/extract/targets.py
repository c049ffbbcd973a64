"""Which policy an interpretation explains (domain.md §6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from policylib.extract.citations import Mention
from policylib.extract.explained_mentions import Interpretation, extended, is_basis, is_former, is_published
from policylib.extract.folding import title_key
from policylib.extract.target_headings import Target, heading_target
from policylib.extract.target_numbers import number_target, numbered
from policylib.extract.worded_targets import worded_target
from policylib.model import Found

_SIMILAR: Final = 0.9


def find_target(paper: Interpretation) -> Target | None:
    """The one policy that an interpretation explains; None when heading and opening do not name it.

    The opening names it best (海关总署发布了《X》（…公告2024年第27号）); the heading agrees or stands alone.
    Numbers nearby are often those of the basis or of the repealed predecessor: only one that stands with the very
    title counts.
    """
    heading = heading_target(paper.title)
    target = (
        _opening_target(paper, heading)
        or heading
        or _heading_number(paper.title, paper.mentions)
        or number_target(paper)
        or _drafted_target(paper.mentions, paper.folded)
        or worded_target(paper.title, paper.folded, paper.opening)
    )
    return target and numbered(target, paper)


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


def _opening_target(paper: Interpretation, heading: Target | None) -> Target | None:
    opening, folded = paper.opening, paper.folded
    if opening is None:
        return None
    wanted = heading.citation.title or "" if heading else ""
    named = [
        (mention, extended(mention.citation, folded))
        for mention in paper.mentions
        if opening.contains(mention.citation.span)
        and mention.citation.title
        and mention.use in ("policy", "own", "short")
    ]
    for mention, whole in sorted(named, key=lambda one: not _same(wanted, one[1].title or "")):
        name, former = whole.title or "", is_former(folded, mention)
        if heading and _same(wanted, name):
            return Target(replace(whole, numbers=()) if former else whole, "opening", 0.95)
        if former or (heading and (not _agrees(wanted, name) or is_basis(folded, mention))):
            continue
        if heading or (is_published(folded, mention, opening) and mention.use != "short"):
            return Target(whole, "opening", 0.95 if heading else 0.9)
    return None


def _same(one: str, other: str) -> bool:
    return title_key(one) == title_key(other)


def _agrees(heading: str, name: str) -> bool:
    a, b = title_key(heading), title_key(name)
    if not a or not b or len(b) < 5:
        return False
    if b in a and _OF_INSTRUMENT.search(a.replace(b, "\ue000", 1)):
        return True
    if a in b:
        return not _OTHER_PAPER.search(b.replace(a, "\ue000", 1))
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _SIMILAR:
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


def _drafted_target(mentions: Sequence[Mention], folded: str) -> Target | None:
    """区司法局组织起草《X》（以下简称《决定》）, where neither heading nor opening names the policy."""
    for mention in mentions:
        citation = mention.citation
        before = folded[max(0, mention.extent.start - 6) : mention.extent.start]
        if citation.title and citation.alias and re.search(r"(?:起草|制定|拟定|草拟)了?$", before):
            return Target(citation, "drafted", 0.7)
    return None
