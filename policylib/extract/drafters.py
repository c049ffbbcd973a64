"""Who drafted a policy, as far as its text says (domain.md §6.2)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.layout import Layout
from policylib.extract.organ_names import are_organs
from policylib.model import Found, Span

# The rung, how sure, a word without which the pattern cannot match, and the pattern.
_DRAFTER: Final = tuple(
    (rule, sure, word, re.compile(pattern))
    for rule, sure, word, pattern in (
        (
            "drafter.E2",
            0.9,
            "起草",
            r"由(?P<who>[\u3400-\u9fff、]{2,40}?)(?:牵头|负责|组织|会同[\u3400-\u9fff、]{2,30})?起草",
        ),
        (
            "drafter.E2",
            0.9,
            "起草",
            r"(?:^|[。,;])(?P<who>[\u3400-\u9fff、]{2,30}?)(?:牵头|组织|代[省市县区]政府)?起草了?《",
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


def find_drafter(text: str, layout: Layout) -> Found[str] | None:
    """The drafter that the text names, by its rung: E2 says so (由X起草), E4 is a proxy (请径向X反映, 由X负责解释).

    Who interpreted a policy, and who published the page, say nothing of who drafted it.
    """
    bodies = layout.of("body", "note")
    said = "\n".join(line.text for line in bodies)
    for rule, sure, word, pattern in _DRAFTER:
        for line in [line for line in bodies if word in line.text] if word in said else ():
            for match in pattern.finditer(line.text):
                if not _NOBODY.search(match["who"]) and (are_organs(match["who"]) or match["who"] in _SELF):
                    span = Span(line.span.start + match.start("who"), line.span.start + match.end("who"))
                    return Found(span.of(text), span, rule, sure)
    return None
