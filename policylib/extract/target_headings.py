"""The policy that the heading of an interpretation names (domain.md §6.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from policylib.extract.folding import fold
from policylib.extract.roles import DRAFT_MARK, TELLS
from policylib.model import Citation, Found, Span

IN_WORDS: Final = "words."
"""The rules that tell a policy in words, without 《》, begin so: words may retell a title."""
WRAPPER = re.compile(
    r"^(?:【[^】]{2,6}】|(?:政策|公告|文件|文字|一图)?(?:解读|图解|读懂)|"
    r"(?:[部门专家媒体权威漫画动视频图文简明]{2,4}|[^《》,。;:关于]{2,8}(?:局|厅|委|部|办))解读(?=[:|\-丨]))[\s:|\-—丨·]*"
)
_SUFFIX = re.compile(
    r"的?\(?(?:政策|公告|文字|文件)?解读\)?(?:[—\-].*)?$|答记者问$|政策问答$|来[了啦]!?(?:一图[读看]懂)?$"
)
ABOUT = re.compile(r"关于(?:发布|公布|印发|修改|修订|调整|废止|转发|延长|公开)?$")


@dataclass(frozen=True, slots=True)
class Target:
    """What an interpretation explains: a citation of the text, or a title taken from its own heading."""

    citation: Citation
    rule: str
    confidence: float

    @property
    def is_named(self) -> bool:
        """Whether a title in marks, a heading's own title, or a number tells it, and not words that may retell one."""
        return not self.rule.startswith(IN_WORDS) or any(number.complete for number in self.citation.numbers)


def heading_target(title: Found[str] | None) -> Target | None:
    """The title that the heading names: 《X》政策解读, 解读：关于…的公告, X办法解读; None for none or several."""
    if title is None:
        return None
    text = fold(title.value)
    if wrapper := WRAPPER.match(text):
        return _after_wrapper(text[wrapper.end() :], title)
    if quoted := _outermost(text):
        begin, end = quoted[0]
        name, outside = text[begin + 1 : end - 1], text[:begin] + text[end:]
        if len(quoted) > 1 or _NUMBER_ALONE.fullmatch(name) or not TELLS.search(outside):
            return None  # 《甲》《乙》政策解读 explains two
        if ABOUT.search(text, 0, begin) and (after := _OF_KIND.match(text, end)):
            return _target(text[: after.end()], title, "heading.words", 0.9)
        return _target(_DRAFT_MARK.sub("", name), title, "heading.quoted", 1.0)
    rest = _SUFFIX.sub("", text).strip(' “”"')
    if rest == text:
        return None
    if re.search(r"关于.+的[^的,。]{0,4}(?:公告|通知|意见|决定|办法|规定|批复|通告|方案)$", rest):
        return _target(rest, title, "heading.words", 0.7)
    called = _RULES_NAME.fullmatch(rest) or _FULL_NAME.fullmatch(rest)
    return _target(rest, title, "heading.name", 0.6) if called else None


def _outermost(text: str) -> list[tuple[int, int]]:
    """Where the outermost 《》 stand, by depth: titles in titles are nested with either mark."""
    found: list[tuple[int, int]] = []
    depth = begin = 0
    for match in re.finditer("[《》]", text):
        opens = match.group() == "《"
        begin = match.start() if opens and not depth else begin
        depth = max(0, depth + (1 if opens else -1))
        if not opens and not depth and text[begin] == "《":
            found.append((begin, match.end()))
    return found


_DRAFT_MARK = re.compile(rf"\([^()]{{0,4}}{DRAFT_MARK}[^()]{{0,4}}\)$")
_NUMBER_ALONE = re.compile(r"[^《》]{2,30}[〔\[(]\d{4}[〕\])]\d{1,4}号")
_OF_KIND = re.compile(r"[^《》,]{0,12}?的(?:公告|通知|通告|决定|意见|批复)")


_RULES_NAME = re.compile(r"(?!.*(?:关于|有关|最新|新版|[^市县区]新))[^《》,。;: ]{4,36}(?:办法|条例|规定|细则|规则)")
"""岚州市人才办法解读: a set of rules is called by its own name. Announcements are retold freely: …有关事宜公告解读."""


_FULL_NAME = re.compile(
    r"(?!关于|有关|最新|[我本全各近])(?:(?:19|20)\d\d年)?(?:[^《》,。;:!?| ]{2,7}?(?:省|市|县|区|自治州|自治区)"
    r"|中华人民共和国|国家)[^《》,。;:!?| ]{4,40}"
    r"(?:办法|条例|规定|细则|规则|方案|计划|规划|措施|若干政策|要点|清单|目录|预案|意见)(?:\([^()]{1,12}\))?"
)
"""一图读懂 | 岚州市促进消费若干措施: with its region, a name is the policy's own and not retold."""


def _after_wrapper(rest: str, title: Found[str]) -> Target | None:
    rest = re.sub(r"[\s　]+(?:19|20)\d\d-\d{1,2}-\d{1,2}$", "", rest).strip(" 　")
    if rest.startswith("《") and len(named := _outermost(rest)) == 1 and not _OF_KIND.match(rest, named[0][1]):
        return _target(rest[1 : named[0][1] - 1], title, "heading.quoted", 1.0)
    if quoted := re.fullmatch(
        r"(?:[^《》（(]{0,40}[（(]|关于|[^《》:]{2,20}:)?《(.+)》[）)]?(?:的?(?:政策)?解读)?", rest
    ):
        return _target(quoted[1], title, "heading.quoted", 1.0)
    if about := re.search(r"[（(](关于.+的(?:公告|通知|通告|决定|意见))[）)]$", rest):
        return _target(about[1], title, "heading.named", 0.9)
    if not re.search(r"关于.+(?:公告|通知|通告|决定|意见|办法|规定|方案)$", rest):
        return _target(rest, title, "heading.name", 0.6) if _FULL_NAME.fullmatch(rest) else None
    if "《" in rest and not re.search(r"(?:发布|公布|印发|修改|修订|调整|废止|转发)《", rest):
        return None  # the 《》 is an inner object: 关于推进《…清单》无纸化工作的公告 (`worded_targets`)
    return _target(rest, title, "heading.words", 0.8)


def _target(name: str, title: Found[str], rule: str, sure: float) -> Target:
    at = fold(title.value).find(name)
    written = title.value[at : at + len(name)] if at >= 0 else name
    start = title.span.start + max(at, 0)
    span = Span(start, min(start + len(name), title.span.end)) if at >= 0 else title.span
    return Target(Citation(span, "title", title=written.strip(), title_span=span), rule, sure)
