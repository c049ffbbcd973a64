"""稿件: papers in the library that have not gone out, told by the ends of their titles or of their files' names.

关于印发《某办法》的通知（送审稿）      关于报送《某办法（送审稿）》的函 is a paper, about a draft
某办法-征求意见稿v2.docx              某办法草案解读.html is none
某办法送审稿二.docx、某办法定稿前.docx

Source: domain.md §4 draft_of, §8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from policylib.extract.folding import fold
from policylib.extract.roles import DRAFT_MARK
from policylib.link.catalogue import Catalogue
from policylib.link.quoting import TextOf, quote
from policylib.link.similar_titles import similar
from policylib.model import Analysis, Relation, Work

_COUNT: Final = r"\([^()]{1,3}\)"  # 送审稿（二）
_TITLED = re.compile(rf"\([^()]{{0,6}}{DRAFT_MARK}[^()]{{0,6}}(?:{_COUNT})?\)(?:{_COUNT})?$")
# After the mark stand versions and days only: 送审稿v2, 送审稿二, 征求意见稿(2024.12.3修改), 讨论稿 - 副本,
# 送审稿（按市司法局意见修改）; 送审稿说明 and 征求意见稿反馈 are papers about a draft.
_FILED = re.compile(
    rf"(?:{DRAFT_MARK}|(?:定稿|签发|印发)前)(?>\([^()]{{1,20}}(?:修改|修订|稿|版)\)|"
    r"[\s\-_.()\[\]【】vV\d一二三四五六七八九十年月日第次版终定最后修改订校清洁新旧复件副本]){0,24}$"
)
_FIRST = re.compile(rf"^[\[(【]?{DRAFT_MARK}[\])】\s\-_.:]")
_BUDGET = re.compile(r"(?:预算|计划|规划)草案")  # lies before the congress, and is public as it is


def is_draft(analysis: Analysis) -> bool:
    """Whether a paper that would be a policy says by its title, or by the name of its file, that it is a draft. What is
    put to the public (征求意见稿) is a page of its own kind, and stays one; a numbered 暂行规定（草案） went out."""
    title = analysis.elements.title
    told = analysis.role.rule == "title.draft" and title is not None and "征求" not in title.value
    if not told and analysis.role.value not in ("policy", "cleanup"):
        return False
    name = analysis.source.path.replace("\\", "/").rpartition("/")[2]
    stem = fold(name.rpartition(".")[0] or name)
    filed = (_FILED.search(stem) or _FIRST.match(stem)) and not _BUDGET.search(stem)
    titled = _TITLED.search(fold(title.value).rstrip()) if title else None
    numbered = titled and "稿" not in titled.group() and analysis.elements.number
    return bool(filed or (titled and not numbered))


def key_of_draft(key: str) -> str:
    """《某办法》（稿件）: no citation means it, and the paper that goes out has the plain key."""
    return f"{key}（稿件）"


def relations_of_drafts(
    drafts: Iterable[tuple[Work, Analysis]], catalogue: Catalogue, text_of: TextOf
) -> Iterator[Relation]:
    """What became of each draft, where the library holds one paper of its number and title, or else of its title."""
    for work, analysis in drafts:
        title, number = analysis.elements.title, analysis.elements.number
        if title is None:
            continue
        mark = _TITLED.search(fold(title.value).rstrip())
        plain = title.value[: mark.start()] if mark else title.value
        numbered = catalogue.by_number(number.value) if number and number.value.complete else ()
        named = [one for one in numbered if one.held and similar(one.title or "", plain)]
        named = named or [one for _, works in catalogue.by_title(plain)[:1] for one in works if one.held]
        if len(named) == 1:
            source = analysis.source
            words = quote(source.sha256, source.path, text_of(source.sha256), title.span, "draft.title")
            yield Relation("draft_of", work.key, named[0].key, words, 0.9, "T0" if numbered else "T1")
