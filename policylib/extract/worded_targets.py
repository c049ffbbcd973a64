"""The policy that an interpretation names in words, without 《》 (domain.md §6.1). Words may retell a title, so they
make a link only where a held paper bears that very title (`link.relate`)."""

from __future__ import annotations

import re
from typing import Final

from policylib.extract.folding import fold, title_key
from policylib.extract.target_headings import IN_WORDS, WRAPPER, Target
from policylib.model import Citation, Claim, Found, Span

_KIND: Final = "(?:公告|通告|通知|决定|意见)"
_PUBLISHED: Final = re.compile(
    rf"(?:发布|公布|印发|出台)了?(?P<name>关于[^《》。;,:\n]{{4,90}}?的{_KIND}|"
    r"(?:(?:19|20)\d\d年)?第[一二三四五六七八九十\d]{1,3}批[^《》。;,:\n]{2,40}?(?:决定|目录|名录|清单|名单|公告))(?=[,。;(])"
)
_WITH_OBJECT: Final = re.compile(rf"关于[^《》]{{1,40}}《[^《》]{{2,60}}》[^《》]{{1,40}}的{_KIND}$")
_FILLERS: Final = re.compile("的|有关|相关")


def worded_target(title: Found[str] | None, folded: str, opening: Span | None) -> Target | None:
    """海关总署发布了关于实施预裁定展期等有关事项的公告, below 关于实施预裁定展期等有关事项公告的解读; or 公告解读：
    关于推进《载货清单》无纸化工作的公告, where what stands in the marks is the policy's object; or one of a series,
    公布第二批归类决定, below 关于第二批有关归类决定的解读. None where heading and opening do not agree, for
    the opening tells of other papers too."""
    if title is None:
        return None
    heading = fold(title.value)
    wrapper = WRAPPER.match(heading)
    if wrapper and (whole := _WITH_OBJECT.fullmatch(heading, wrapper.end())):
        span = Span(title.span.start + whole.start(), title.span.end)
        return Target(_cited(whole.group(), span), f"{IN_WORDS}heading", 0.8)
    key = _retold(heading)
    for match in _PUBLISHED.finditer(folded, opening.start, opening.end) if opening else ():
        if _retold(match["name"]) in key:
            return Target(_cited(match["name"], Span(*match.span("name"))), f"{IN_WORDS}opening", 0.8)
    return None


def is_worded(claim: Claim) -> bool:
    """Whether an interpretation names its policy so: a held paper of that very title is it."""
    return claim.cue is not None and claim.cue.rule.startswith(f"interprets.{IN_WORDS}")


def _retold(name: str) -> str:
    """What is left of a title in a heading that retells it: 关于…事项的公告 is …有关事项公告."""
    return _FILLERS.sub("", title_key(name).removeprefix("关于"))


def _cited(name: str, span: Span) -> Citation:
    return Citation(span, "title", title=name, title_span=span)
