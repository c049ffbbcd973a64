"""The last day that a page prints beside a paper, against the term that the paper gives itself (domain.md §5.1).

Now and then a page counts from one day to the same day a year later (2025-06-01, 有效期1年: 失效日期 2026-06-01): that
is the day on which the paper holds no longer. One that is further off is told, and the paper is followed; unless the
page says why: 有效（延续实施）, 失效（提前废止）.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.validity import last_of, stated_months
from policylib.model import Found, Problem

DAY_AFTER: Final = ".day_after"
"""With which the rule of a last day ends that is the first on which the paper holds no longer."""
CONFLICT: Final = "conflict.expires"
_CHANGED = re.compile(r"延续|延长|继续|提前|废止|修改")
_INCLUSIVE = "有效期至"
_DAY = timedelta(days=1)


def stated_end(text: str, start: Found[date]) -> Found[date] | None:
    """The last day of the term that a paper gives (本通知有效期1年), counted from a day that only its page gives."""
    term = stated_months(text)
    return Found(last_of(start.value, term.value), term.span, term.rule, start.confidence) if term else None


def settled_end(
    on_page: Found[date] | None, stated: Found[date] | None, start: Found[date] | None, label: Found[str] | None
) -> tuple[Found[date] | None, tuple[Problem, ...]]:
    """The last day to go by, and what is in doubt. `stated` and `start` are the paper's own, `label` what the page says
    of its validity. A term that begins with 印发 or 公布, or whose first day only the page gives, begins on a day that
    the page may know better."""
    if on_page is None or stated is None:
        return on_page or stated, ()
    apart = on_page.value - stated.value
    first = start.rule if start and stated.rule == "validity.term" else ""
    if apart == _DAY and not on_page.rule.endswith(_INCLUSIVE) and not first.endswith(".event"):
        return replace(on_page, rule=on_page.rule + DAY_AFTER), ()
    known_better = first.endswith(".event") or first.startswith("metadata.")
    if abs(apart) <= _DAY or known_better or (label and _CHANGED.search(label.value)):
        return on_page, ()
    message = f"页面所标失效日期{on_page.value}与文件写明的有效期（至{stated.value}）不一致，请核对"
    return stated, (Problem(CONFLICT, message, on_page.span),)
