"""Who leads and who supports, of the words in which a plan says so (domain.md §8).

组织人事科牵头，各相关科室配合落实 · 牵头单位：甲局；配合单位：乙局 · 甲局牵头，乙局、丙局按职责分工负责
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from policylib.extract.organ_names import is_organ
from policylib.model import Found, Span

Part = Literal["lead", "duty", "support", "other"]
"""What a name is said to do. duty: 责任单位, 负责, which leads where nobody is said to lead (牵头) beside it."""
Units = tuple[Found[str], ...]

BRACKETS: Final = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
_MARK: Final = re.compile(r"[()\[\]〔〕【】]")
_UNIT: Final = "(?:单位|部门|科室|处室|机关)"
LABEL: Final = re.compile(
    rf"(?P<lead>牵头(?:负责|责任)?{_UNIT})|(?P<duty>(?:责任|主办|承办|主体|负责|落实|实施){_UNIT})|"
    rf"(?P<support>(?:配合|协办|协助|参与|参加|支持|指导){_UNIT})|"
    r"(?P<other>(?:责任|分管|牵头|联系|负责)(?:领导|人)|联系电话|备注)|(?P<limit>完成时[限间]|完成期限|时限要求|时间节点|时限)"
)
_COLON: Final = re.compile(r" *:")
_CLAUSE: Final = re.compile(r"[^,;。\n]+")
_VERB: Final = re.compile(
    r"(?:等(?:部门|单位)?)?(?:共同|分别|具体|按照?(?:各自)?职责(?:分工)?)*(?:分别|共同)?"
    r"(?:(?P<lead>牵头负责|牵头)|(?P<duty>负责|主办|承办)|(?P<support>配合|协助|协办|参与|参加|指导))"
    r"(?:落实|实施|推进|办理|完成)?$"
)
_TOGETHER: Final = "会同"
_NAMES: Final = re.compile(r"[^、,;\n]+")
_CLASS: Final = re.compile(  # 各相关科室, 各区县政府; 起草部门: whoever it is
    r"^(?:各|有关|相关|其他|市政府各|省政府各|局属|区属|县属)|"
    r"^(?:起草|承办|牵头|配合|责任|主管|实施|制定|制发|主办|协办)(?:部门|单位|机关|科室)$"
)
# Classes of what is inside one organ: 各业务科室, 局属各单位, 各局直属单位; 市直各部门 are not.
_INSIDE_CLASS: Final = re.compile(r"[科处股]室|[局委厅署]直?属")
_COMPLETES: Final = frozenset(("单位", "部门", "直属机构", "科室"))  # 市政府各部门、单位 is one name
# Bodies that no organ's name ends with: 市残联, 市科协, 人民银行岚州市分行, 东陵区, 柳溪镇.
_BODY: Final = re.compile(r"^[\u3400-\u9fff·]{2,20}(?:联|科协|[分支]行|学校|大学|集团|总站|[站所馆园队])$")
_PLACE: Final = re.compile(r"^[\u3400-\u9fff]{2,5}[区县市镇乡旗]$|^[\u3400-\u9fff]{2,5}街道$")


def responsible(folded: str, inner: Span) -> tuple[Units, Units]:
    """Those who lead and those who support, by labels (牵头单位：…) or by verbs (…牵头，…配合)."""
    text = without_nested(folded[inner.start : inner.end])
    labels = labels_in(text)
    parts = list(_labelled(text, labels) if labels else _spoken(text))
    leads: Part = "lead" if any(part == "lead" for part, _, _ in parts) else "duty"
    lead: list[Found[str]] = []
    support: list[Found[str]] = []
    for part, start, end in parts:
        if part in ("lead", "duty", "support"):
            (lead if part == leads else support).extend(names(text, start, end, inner.start))
    return tuple(lead), tuple(support)


def labels_in(text: str) -> list[re.Match[str]]:
    """牵头单位：, 完成时限： and the like, in order."""
    return [match for match in LABEL.finditer(text) if _COLON.match(text, match.end())]


def is_class(name: str) -> bool:
    """各相关科室, 有关部门: some organs, none by name."""
    return bool(_CLASS.match(name))


def is_inside_class(name: str) -> bool:
    """各业务科室, 局属各单位: some parts of the organ that speaks, and nobody else."""
    return is_class(name) and _INSIDE_CLASS.search(name) is not None


def names(text: str, start: int, end: int, offset: int) -> Iterator[Found[str]]:
    """The names of a list, each with its place; none where one of them is no organ and no class of organs."""
    spans = _listed(text, start, end)
    if all(is_unit(span.of(text)) for span in spans):
        yield from (Found(span.of(text), span.shifted(offset), "task") for span in spans)


def is_unit(name: str) -> bool:
    """Whether something can be the task of what is so called: 市科技局, 各区县政府, 市残联, 东陵区."""
    return bool(is_organ(name) or _CLASS.match(name) or _BODY.match(name) or _PLACE.match(name))


def _listed(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for match in _NAMES.finditer(text, start, end):
        words = match.group().strip(" 。").removeprefix("由").removesuffix("等")
        at = match.start() + match.group().find(words)
        if words in _COMPLETES and spans and "各" in text[spans[-1].start : spans[-1].end]:
            spans[-1] = replace(spans[-1], end=at + len(words))
        elif words:
            spans.append(Span(at, at + len(words)))
    return spans


def without_nested(text: str) -> str:
    """The inside of a bracket with the brackets in it blanked, same length: 各区县政府（含高新区，下同）."""
    out: list[str] = []
    depth = done = 0
    for mark in _MARK.finditer(text):
        between = text[done : mark.start()]
        out.append(" " * len(between) if depth else between)
        out.append(" ")
        depth = depth + 1 if mark[0] in BRACKETS else max(0, depth - 1)
        done = mark.end()
    if not done:
        return text
    out.append(" " * (len(text) - done) if depth else text[done:])
    return "".join(out)


def _labelled(text: str, labels: Sequence[re.Match[str]]) -> Iterable[tuple[Part, int, int]]:
    ends = [*(match.start() for match in labels[1:]), len(text)]
    for match, end in zip(labels, ends, strict=True):
        yield _part(match), text.index(":", match.end()) + 1, end


def _spoken(text: str) -> Iterator[tuple[Part, int, int]]:
    """The clauses with a verb; one without belongs to the next (甲局，乙局负责)."""
    start: int | None = None
    for clause in _CLAUSE.finditer(text):
        start = clause.start() if start is None else start
        words = clause.group().rstrip()
        verb = _VERB.search(words)
        if verb is None:
            continue
        end = clause.start() + verb.start()
        together = text.find(_TOGETHER, start, end)
        if together >= 0:
            yield "support", together + len(_TOGETHER), end
            end = together
        yield _part(verb), start, end
        start = None


def _part(match: re.Match[str]) -> Part:
    kinds: dict[str | None, Part] = {"lead": "lead", "duty": "duty", "support": "support"}
    return kinds.get(match.lastgroup, "other")
