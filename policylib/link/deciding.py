"""Which effects decide on a day, and in which order: those that were made by then, are sure, and were not undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from policylib.model import Effect

_RANK: Final = {"repeal": 0, "lapse": 1, "revise": 2, "extend": 3, "retain": 4, "effect": 5}  # of effects on one day


def made_by(effect: Effect, day: date) -> bool:
    return effect.made is None or effect.made <= day


def is_undone(effect: Effect, day: date) -> bool:
    return effect.undone is not None and effect.undone <= day


def in_order(effect: Effect) -> tuple[date, int, date, str]:
    """The key by which effects are sorted: by the day on which they bite; of one day the gravest first."""
    return day_of(effect), _RANK.get(effect.kind, 9), effect.made or date.min, effect.by or ""


def solid_effects(effects: Iterable[Effect], horizon: date) -> list[Effect]:
    """What decides, for those who know the acts made until the horizon; a presumed term only where no act extends the
    paper, for who extends a term knows of another one."""
    sure = [
        one
        for one in effects
        if one.certainty in ("stated", "presumed")
        and one.kind not in ("plan", "label", "unread", "history")
        and made_by(one, horizon)
        and not is_undone(one, horizon)
    ]
    extended = any(one.kind == "extend" for one in sure)
    return [one for one in sure if one.certainty == "stated" or not extended]


def in_effect(effects: Sequence[Effect], kind: str, as_of: date) -> list[Effect]:
    return [one for one in effects if one.kind == kind and (one.effective or one.made) and day_of(one) <= as_of]


def day_of(effect: Effect) -> date:
    """The day on which it bites, else that on which it was made."""
    return effect.effective or effect.made or date.min
