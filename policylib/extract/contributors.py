"""Who wrote an interpretation, as its last line says: 供稿单位 and its like (domain.md §6.2).

Who hands in the words is not sure to be who interprets, so it counts only where nobody else is named.
"""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.layout import Layout
from policylib.extract.organ_names import is_organ
from policylib.model import CONTRIBUTED, Found, Span

_NEAR_END: Final = 6  # lines; below them stand tools of the page
_LABELLED: Final = re.compile(
    r"(?:^|[。!?;)》”\"]) ?[(\[【]?(?P<label>(?:供稿|撰稿|报送)(?:单位|部门|处室|科室|机关)?) ?: ?"
    r"(?P<names>[\u3400-\u9fff](?:[\u3400-\u9fff、, ]|\([^()]{1,40}\)){1,80}?)"
    r"(?=[)\]】]?(?: ?(?:浏览|打印|分享|来源|责任编辑|编辑)|[。 ]?$))"
)
_GLOSS: Final = re.compile(r"[（(][^（）()]*[）)]")


def find_contributors(text: str, layout: Layout) -> Found[str] | None:
    """The names behind 供稿单位 at the end of a text, on a line of their own or behind the last sentence:

    （供稿单位：关税司、岚州海关） · …供申报参考。供稿单位：关税司、税管局（东岭、岚州）. None of persons (撰稿：张三).
    """
    lines = [line for line in layout.lines if line.role not in ("row", "header")]
    for line in reversed(lines[-_NEAR_END:]):
        for match in _LABELLED.finditer(line.text) if "稿" in line.text or "报送" in line.text else ():
            span = Span(*match.span("names")).shifted(line.span.start)
            if any(map(is_organ, contributors_in(match["names"]))):
                return Found(span.of(text), span, f"{CONTRIBUTED}{match['label']}", 0.6)
    return None


def contributors_in(names: str) -> tuple[str, ...]:
    """The names one by one, without what stands in brackets: 关税司、税管局（东岭、岚州） are two."""
    return tuple(name for name in re.split("[、，, ]", _GLOSS.sub("", names)) if name)
