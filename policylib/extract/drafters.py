"""Who drafted a policy, as far as its text says (domain.md §6.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policylib.extract.folding import fold
from policylib.extract.layout import Layout
from policylib.extract.organ_names import are_organs, split_organs
from policylib.model import Found, Span

# The rung, how sure, a word without which the pattern cannot match, and the pattern.
_DRAFTER: Final = tuple(
    (rule, sure, word, re.compile(pattern))
    for rule, sure, word, pattern in (
        (
            "drafter.E2",
            0.9,
            "起草",
            r"由(?P<who>[\u3400-\u9fff、]{2,40}?)(?:牵头|负责|组织|联合|共同|会同[\u3400-\u9fff、]{2,30})?起草",
        ),
        (
            "drafter.E2",
            0.9,
            "起草",
            r"(?:^|[。,;])(?P<who>[\u3400-\u9fff、]{2,30}?)(?:会同[\u3400-\u9fff、]{2,30}?)?"
            r"(?:牵头|组织|负责|代[省市县区州旗](?:人民)?政府){0,2}起草(?:了?《|了?本(?:办法|规定|意见|方案|通知|细则|条例))",
        ),
        ("drafter.E2", 0.9, "起草了", r"(?:^|[。,;])(?P<who>[我本][局委厅部])(?:牵头|组织)?起草了"),
        ("drafter.E2", 0.8, "起草的《", r"(?:^|[。,;])(?P<who>[\u3400-\u9fff、]{2,30}?)起草的《"),
        ("drafter.E4", 0.6, "请", r"请(?:径|直接)?向(?P<who>[\u3400-\u9fff、]{2,40}?)(?:反映|反馈|联系)"),
        ("drafter.E4", 0.6, "解释", r"由(?P<who>[\u3400-\u9fff、]{2,40}?)(?:负责)?解释"),
        ("drafter.E4", 0.5, "承担", r"具体工作由(?P<who>[\u3400-\u9fff、]{2,40}?)承担"),
    )
)
_SELF = frozenset(f"{word}{kind}" for word in "我本" for kind in "局委厅部")
_NOBODY = re.compile(r"^(?:相关|有关|各|本|主管|上级|同级)|部门$|我们|单位$")


_FORWARDED = re.compile(
    r"(?:转发|批转)《?(?P<who>[\u3400-\u9fff、]{2,60}?)关于.+(?:意见|办法|方案|规定|请示|报告)》?的通知$"
)
_GOVERNMENT = re.compile(r"(?:国务院|人民政府|[省市县区州旗]政府)(?:办公[厅室])?$")
_LEVEL = re.compile(r"国务院|(?P<level>自治区|[省市县区州旗])(?:人民)?政府")
_OF_REGION = re.compile(r"[\u3400-\u9fff]{0,8}?(?P<level>自治区|[省市县区州旗])(?=[\u3400-\u9fff])")


def find_drafter(
    text: str, layout: Layout, title: Found[str] | None = None, issuers: Sequence[Found[str]] = ()
) -> Found[str] | None:
    """The drafter that the text names, by its rung: E2 says so (由X起草), E3 is whose paper a government forwards
    (市政府办公室转发市财政局等部门关于…意见的通知), E4 is a proxy (请径向X反映, 由X负责解释).

    Who interpreted a policy, and who published the page, say nothing of who drafted it.
    """
    found = _said(text, layout)
    if found and found.rule == "drafter.E2":
        return found
    return _forwarded(text, title, issuers) or found


def _forwarded(text: str, title: Found[str] | None, issuers: Sequence[Found[str]]) -> Found[str] | None:
    """The departments whose paper their own government passes on. None where another level's is passed on (自治区工信
    厅等5部门, by a city): its departments drafted nothing of this one; nor where a government's own is."""
    forwarded = _FORWARDED.search(fold(title.value)) if title else None
    issuer = issuers[0].value if len(issuers) == 1 else ""
    level = _LEVEL.search(issuer) if _GOVERNMENT.search(issuer) else None
    if title is None or forwarded is None or level is None:
        return None
    who = forwarded["who"]
    parts = split_organs(who)
    if not are_organs(who) or any(_GOVERNMENT.search(name) for name, _ in parts):
        return None
    place = text.find(who, title.span.start, title.span.end)
    if place < 0 or not all(_is_of_level(name, issuer, level["level"]) for name, _ in parts):
        return None
    return Found(who, Span(place, place + len(who)), "drafter.E3", 0.9)


def _is_of_level(name: str, issuer: str, level: str | None) -> bool:
    """Whether a department is one of the government that issues: 市财政局 and 岚州市财政局 of 岚州市人民政府; 财政部 of
    国务院. One that names no region may be a ministry of the State."""
    region = _OF_REGION.match(name)
    if level is None:
        return region is None
    if region is None:
        return False
    words = region.group()
    return words == level or issuer.startswith(words)


def _said(text: str, layout: Layout) -> Found[str] | None:
    """What the sentences say, the highest rung first."""
    bodies = layout.of("body", "note")
    said = "\n".join(line.text for line in bodies)
    for rule, sure, word, pattern in _DRAFTER:
        for line in [line for line in bodies if word in line.text] if word in said else ():
            for match in pattern.finditer(line.text):
                if not _NOBODY.search(match["who"]) and (are_organs(match["who"]) or match["who"] in _SELF):
                    span = Span(line.span.start + match.start("who"), line.span.start + match.end("who"))
                    return Found(span.of(text), span, rule, sure)
    return None
