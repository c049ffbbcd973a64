"""What stands beside a state and does not decide it, in the words of `status` (domain.md §5.3 flags)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from policylib.link.deciding import is_undone
from policylib.model import Effect, State
from policylib.model.analysis import RelationKind

_NAMES: Final[Mapping[str, str]] = MappingProxyType({"extend": "已延长有效期", "republish": "曾重新公布"})
_PLANNED: Final[Mapping[RelationKind | None, str]] = MappingProxyType(
    {
        "amends": "拟修改",
        "repeals": "拟废止",
        "lapses": "拟宣布失效",
        "partly_repeals": "拟部分废止",
        "extends": "拟延长有效期",
        "republishes": "拟重新公布",
    }
)
_PLAN: Final = "拟修改或废止"
RETAINED: Final = "列为继续有效"
_CONTRADICTED: Final = f"{RETAINED}，与"
DEATHS: Final[Mapping[State, str]] = MappingProxyType(
    {State.REPEALED: "废止", State.LAPSED: "宣布失效", State.EXPIRED: "有效期届满", State.REVISED: "修订"}
)
"""What a paper died of, in words."""


def planned_word(effect: Effect) -> str:
    """What a plan wants of a paper: 拟修改 where a cleanup lists it to be amended."""
    return _PLANNED.get(effect.planned, _PLAN)


def event_flags(effects: Iterable[Effect], horizon: date, state: State, since: date | None) -> Iterator[str]:
    """A flag for each event that is worth knowing; `since` is the first day of a state that is dead. That it was kept
    is told once: what contradicts its end says it, too."""
    told = tuple(_event_flags(effects, horizon, state, since))
    contradicted = any(one.startswith(_CONTRADICTED) for one in told)
    yield from (one for one in told if not (contradicted and one == RETAINED))


def _event_flags(effects: Iterable[Effect], horizon: date, state: State, since: date | None) -> Iterator[str]:
    for one in effects:
        if is_undone(one, horizon):
            yield "所据的文件在生效前已被废止"
        elif one.kind == "plan":
            yield planned_word(one)
        elif one.kind == "retain":
            yield _retained(one, state, since)
        elif one.kind in _NAMES:
            yield _NAMES[one.kind]
        elif one.kind == "suspend" and one.detail:
            yield f"{one.detail}暂停执行{f'至{one.until}' if one.until else ''}"
        if one.certainty == "repaired":
            yield "依据缺损文号，待核实"


def _retained(effect: Effect, state: State, since: date | None) -> str:
    """Who keeps what is dead contradicts what it died of; to be kept and to die afterwards is the way of all papers."""
    if not state.dead or since is None or effect.made is None or effect.made < since:
        return RETAINED
    return f"{_CONTRADICTED}{DEATHS[state]}矛盾，待核实"
