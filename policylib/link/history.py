"""What the history of a statute (题注) tells besides the step that made its text, as events: they stand in its timeline
and decide nothing, for the text that is held has them in it (domain.md §5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from policylib.extract.legislation import HISTORY_DAY, history_of
from policylib.link.quoting import TextOf, quote
from policylib.model import Analysis, Effect, Work


def history_effects(work: Work, analysis: Analysis, text_of: TextOf) -> Iterator[Effect]:
    """通过, 修正, 修订 and 公布 on other days than that by which the work is dated: 食品安全法 of 2015 was amended in
    2018 and in 2021. Only of a work that is dated by its history."""
    dated = analysis.elements.dated
    if dated is None or dated.rule != HISTORY_DAY or work.role != "policy":
        return
    source = analysis.source
    text = text_of(source.sha256)
    for step in history_of(text):
        day = step.day.value
        if step.verb != "施行" and day != work.dated:
            words = quote(source.sha256, source.path, text, step.span, "history", in_line=True)
            yield Effect("history", work.key, day, day, detail=step.verb, evidence=words)
