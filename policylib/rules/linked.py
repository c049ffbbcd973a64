"""The interpretation that the page of a policy links or names, while the library has no file of it (domain.md §6.1).

【文字解读】《X》政策解读 2025-05-30 · 点击查看政策解读：《X》解读 · 解读：关于《X》的解读, as a link or as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import title_key
from policylib.model import Evidence, Snapshot, Span, Work
from policylib.rules.evidence import evidence_at

_READING = re.compile("解读|图解|一图|问答|答记者问")
# A line of the page that offers it. Sentences that speak of 解读 end with a full stop; such a line has none.
_OFFERED = re.compile(
    r"^[ \u3000>·•]{0,8}(?:(?:点击|请)?(?:查看|阅读)|相关|附)?[：: ]?"
    r"(?:【[^】\n]{0,4}解读】|(?:政策|文件|文字)?解读[：:])[^。\n]{6,160}$",
    re.MULTILINE,
)
_NAME = 6  # characters by which a link can tell one policy from another
_BESIDE = 24  # characters behind a link, in which the day of the page stands


@dataclass(frozen=True, slots=True)
class Link:
    """Where the page links the interpretation, or a line of the text names it (`named`), and the day beside it."""

    evidence: Evidence
    day: date | None
    named: bool


def linked(snapshot: Snapshot, work: Work) -> Link | None:
    """The words on a page of the policy that call something its 解读, by its name: 《X》政策解读. A menu that says
    政策解读 and no more proves nothing."""
    for sha256 in work.documents:
        text = snapshot.texts.get(sha256, "")
        for span, named in _offers(snapshot, sha256, text):  # which few pages have: names and analysis are asked after
            said, analysis = title_key(span.of(text)), snapshot.analyses.get(sha256)
            if analysis and any(name in said for name in _names(work)):
                return Link(evidence_at(analysis.source, text, span, "link"), _day(text, span), named)
    return None


def _names(work: Work) -> Iterator[str]:
    called = (title_key(name) for name in (work.title, *work.instruments, *work.aliases) if name)
    return (name for name in called if len(name) >= _NAME)


def _offers(snapshot: Snapshot, sha256: str, text: str) -> Iterator[tuple[Span, bool]]:
    for link in snapshot.links.get(sha256, ()):
        if _READING.search(link.span.of(text)):
            yield link.span, False
    if "解读" in text:
        yield from ((Span(*match.span()), True) for match in _OFFERED.finditer(text))


def _day(text: str, span: Span) -> date | None:
    """The day in the words, or behind them on the same line."""
    end = text.find("\n", span.end, span.end + _BESIDE)
    found = first_date(text, span.end, end if end >= 0 else min(len(text), span.end + _BESIDE))
    inside = tuple(re.finditer(r"(?:19|20)\d\d[-年/.]", span.of(text)))
    last = first_date(text, span.start + inside[-1].start(), span.end) if inside else None
    day = last or found
    return as_date(day.value) if day else None
