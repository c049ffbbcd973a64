"""The parts of a document that an act ends or suspends in place of the whole: 废止《X》第三条、第五条 leaves X in force
(domain.md §4, `partially_repeals`)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from policylib.model import Claim, RelationKind

_NUMBER: Final = r"[一二三四五六七八九十百〇零\d]{1,6}"
ARTICLE: Final = rf"第{_NUMBER}[条章节](?:第{_NUMBER}款)?(?:第?[（(]?{_NUMBER}[）)]?项)?"
_ONE: Final = rf"{ARTICLE}|附[件表]\d{{0,2}}"
PART: Final = (
    rf"(?:中|的)*(?:{_ONE}|(?:有关|相关|部分|个别)(?:规定|条款|内容|条文)|"
    r"(?:有关|关于)[^。;,、《》\n\ue000]{1,40}的?(?:规定|条款|内容|条文|标准))"
)
"""What stands behind the name of a document whose parts alone are meant."""
ARTICLES: Final = re.compile(_ONE)
PARTS_BEHIND: Final = re.compile(
    rf"(?:文件?)?(?:{PART}|中的?[^。;,、《》\n\ue000]{{1,20}}(?:规定|条款|内容|条文|标准))"
)
_ENDS: Final = "(?:废止|失效|停止(?:执行|适用))"
SOME_END: Final = rf"部分(?:条款|内容|规定)?的?{_ENDS}"
ENDS_IN_PART: Final = re.compile(
    rf"{SOME_END}|(?:{_ENDS}|删[除去])[^;,。]{{0,6}}?{ARTICLE}|(?:{ARTICLE})[^;,。]{{0,12}}{_ENDS}"
)
"""What the cell of a cleanup result says of a document that ends in part: 部分条款废止, 废止第三条, 第三条失效."""
CLAUSE_ENDS: Final = re.compile(rf"(?:{PART}(?:[、和及与]{_ONE})*)?,")
"""施行《X》第三条，… : the comma ends what is said of X."""
_SOME: Final = rf"(?:第{_NUMBER}[条章节款项]|附[件表]|涉及|有关|关于|规定)[^。;\n\ue000]{{0,40}}?"
ALL_BUT: Final = re.compile(rf"(?P<but>除(?!另有|法律|国家|省){_SOME}外),[原\ue000]*$")
"""除第三条外，《X》同时废止 leaves the third article; 除另有规定外 nothing."""
_SAID_THERE = re.compile(r"(?:文件?)?(?:中|所)*(?:规定|确定|设定|设立|明确|公布|列明|载明|要求)的")
_OF_PARTS: Final[dict[RelationKind, RelationKind]] = {
    "repeals": "partly_repeals", "lapses": "partly_repeals", "partly_repeals": "partly_repeals",
    "suspends": "suspends", "reinstates": "reinstates",
}  # fmt: skip
_NEAR: Final = 120  # characters of a list of articles behind a name


def of_part(text: str, relation: RelationKind, end: int) -> RelationKind:
    """What is done to a document that ends at `end` of the text, by a cue before it: 废止《X》第三条 ends a part of X,
    停止执行《X》规定的收费 a fee, and nothing of X."""
    if relation not in _OF_PARTS:
        return relation
    if PARTS_BEHIND.match(text, end):
        return _OF_PARTS[relation]
    return "mentions" if _SAID_THERE.match(text, end) else relation


def part_named(text: str, relation: RelationKind, end: int) -> str | None:
    """The parts behind a document, as they are written: 第三条、第五条; 附件2; 有关规定."""
    part = PARTS_BEHIND.match(text, end) if relation in _OF_PARTS else None
    if part is None:
        return None
    behind = re.split("[。;,《\n\ue000]", text[end : end + _NEAR], maxsplit=1)[0]
    return "、".join(ARTICLES.findall(behind)) or part.group().lstrip("文件中的")


_PARENS = re.compile(r"》?(?:文件)?(?: ?\([^()]{1,80}\)){1,3}")
_KEPT = re.compile(
    r"(?P<what>[^(),;。]{0,40}?)(?P<kept>仍(?:然|旧)?(?:适用|有效|执行)|继续(?:有效|执行|适用|保留|施行)|(?<!不)(?:予以)?保留|除外|"
    r"(?:暂不|不|不予)(?:废止|失效))"
)
_BUT: Final = re.compile(r"除[^(),;。]{1,30}外")
_OF_PART: Final = re.compile(r"其中|部分|内容|规定|条款|附[件表]|第[^()]{1,8}[条章节款项]")


def with_remark(claim: Claim, folded: str) -> Claim:
    """The claim that a document ends, as the remark in brackets behind it has it: （仍适用） keeps it,
    （其中器材移交部分继续执行的除外） a part of it, 除第三条外 another."""
    if claim.relation not in ("repeals", "lapses") or claim.citation.form not in ("full", "title", "number"):
        return claim
    named = claim.citation.title_span or claim.citation.span
    behind = _PARENS.match(folded, named.end)
    kept = (_BUT.search(behind.group()) or _KEPT.search(behind.group())) if behind else None
    if kept is None:
        return claim
    if kept.re is _BUT or _OF_PART.search(kept.group()):
        return replace(claim, relation="partly_repeals", detail=kept.group())
    return replace(claim, relation="retains", detail=None)
