"""The steps of legislation that stand at the head of a statute (题注), for the rules that tell of them."""

from __future__ import annotations

from collections.abc import Iterable

from policylib.extract.legislation import Step, history_of
from policylib.model import Evidence, Snapshot, Work
from policylib.rules.evidence import analyses_of, words_at


def steps_of(snapshot: Snapshot, work: Work) -> tuple[Step, ...]:
    """What the best file of a work tells of its history, in order."""
    return tuple(
        step
        for analysis in analyses_of(snapshot, work)[:1]
        for step in history_of(snapshot.texts.get(analysis.source.sha256, ""))
    )


def last_revision(steps: Iterable[Step]) -> Step | None:
    """The last step by which a statute was changed: 2022年3月29日 …第二次修订."""
    found = [step for step in steps if step.revises]
    return max(found, key=lambda step: step.day.value) if found else None


def step_said(snapshot: Snapshot, work: Work, step: Step) -> tuple[Evidence, ...]:
    """The words of a step."""
    return tuple(
        words
        for analysis in analyses_of(snapshot, work)[:1]
        for words in words_at(snapshot, analysis, step.span, "history")
    )
