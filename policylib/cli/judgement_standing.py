"""Which of the things that people said hold now: of one matter the last word, and none that was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from policylib.model import Judgement


class Standing(StrEnum):
    """Whether a person's word counts; the value is what users see."""

    HOLDS = "有效"
    REPLACED = "已被替代"
    WITHDRAWN = "已撤回"
    WITHDRAWAL = "撤回"


def standings(judgements: Sequence[Judgement]) -> tuple[tuple[Judgement, Standing], ...]:
    """Each word with its standing, in the order given: all that was said of their matters, the oldest first."""
    following: dict[tuple[str, str, str, str], Judgement] = {}
    found: list[tuple[Judgement, Standing]] = []
    for one in reversed(judgements):
        found.append((one, _standing(one, following.get(one.matter))))
        following[one.matter] = one
    return tuple(reversed(found))


def holding_first(judgements: Sequence[Judgement]) -> Sequence[tuple[Judgement, Standing]]:
    """The same for people: what holds comes first, for that is what they look for."""
    return sorted(standings(judgements), key=lambda pair: pair[1] is not Standing.HOLDS)


def _standing(judgement: Judgement, after: Judgement | None) -> Standing:
    """`after`: the next word on the same matter."""
    if judgement.takes_back:
        return Standing.WITHDRAWAL
    if after is None:
        return Standing.HOLDS
    return Standing.WITHDRAWN if after.takes_back else Standing.REPLACED
