"""What was read from a page without its pronunciation glosses, put back onto the page's own text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from policylib.extract.cover_numbers import joined
from policylib.extract.folding import restore
from policylib.model import Analysis, Claim, Elements, Found, Span, Task


def respanned(analysis: Analysis, origins: tuple[int, ...], bare: str, text: str) -> Analysis:
    """The analysis of `bare` with the spans and the words that `text` has there; `origins` tells of each character of
    `bare` where it stands in `text`."""

    def back(span: Span) -> Span:
        return restore(span, origins)

    def found_back(found: Found[Any]) -> Found[Any]:
        span = back(found.span)
        written = isinstance(found.value, str) and found.value == joined(found.span.of(bare))
        return replace(found, span=span, value=joined(span.of(text)) if written else found.value)

    def claim_back(claim: Claim) -> Claim:
        citation, cue = claim.citation, claim.cue
        where = back(citation.title_span) if citation.title_span else None
        title = where.of(text).strip("《》 ") if where else citation.title
        whole = back(citation.span)
        citation = replace(citation, span=whole, raw=whole.of(text), title_span=where, title=title)
        return replace(
            claim, scope=back(claim.scope), cue=cue and replace(cue, span=back(cue.span)), citation=citation,
            drafter=claim.drafter and found_back(claim.drafter),
        )  # fmt: skip

    return replace(
        analysis,
        claims=tuple(map(claim_back, analysis.claims)),
        numbers=tuple(replace(one, span=back(one.span), raw=back(one.span).of(text)) for one in analysis.numbers),
        problems=tuple(replace(one, span=one.span and back(one.span)) for one in analysis.problems),
        elements=_elements_back(analysis.elements, found_back),
        clauses=tuple(map(found_back, analysis.clauses)),
        counts=tuple(map(found_back, analysis.counts)),
        days=tuple(map(found_back, analysis.days)),
        tasks=tuple(
            Task(
                back(task.item), tuple(map(found_back, task.lead)), tuple(map(found_back, task.support)),
                task.deadline and found_back(task.deadline),
            )
            for task in analysis.tasks
        ),
    )  # fmt: skip


def _elements_back(elements: Elements, back: Callable[[Found[Any]], Found[Any]]) -> Elements:
    changed: dict[str, Any] = {}
    for name in Elements.__dataclass_fields__:
        value = getattr(elements, name)
        if isinstance(value, Found):
            changed[name] = back(value)
        elif isinstance(value, tuple):
            changed[name] = tuple(map(back, value))
    return replace(elements, **changed)
