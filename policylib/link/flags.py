"""What stands beside a state and does not decide it, in the words of `status` (domain.md §5.3 flags)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from policylib.link.deciding import is_undone
from policylib.model import Effect, State
from policylib.model.analysis import RelationKind

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"retain": "列为继续有效", "extend": "已延长有效期", "republish": "曾重新公布"}
)
_CONCLUSIONS: Final = ("retain", "plan")  # what a cleanup concludes of a paper that goes on: the last one counts
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
_HASH = re.compile(r"(?:^|#)[0-9a-f]{1,12}$")
"""What tells works of one name apart in their keys, or is the key where a paper has neither number nor title."""
DEATHS: Final[Mapping[State, str]] = MappingProxyType(
    {State.REPEALED: "废止", State.LAPSED: "宣布失效", State.EXPIRED: "有效期届满", State.REVISED: "修订"}
)
"""What a paper died of, in words."""


def planned_word(effect: Effect) -> str:
    """What a plan wants of a paper: 拟修改 where a cleanup lists it to be amended."""
    return _PLANNED.get(effect.planned, _PLAN)


_COMES: Final[Mapping[RelationKind | None, tuple[str, ...]]] = MappingProxyType(
    {
        "partly_repeals": ("partial",),
        "extends": ("extend",),
        "republishes": ("republish",),
        "amends": ("amend", "republish"),
        None: ("amend", "republish"),
    }
)
"""The events by which what was planned has come; a paper that was to be ended is dead then."""


def event_flags(effects: Iterable[Effect], horizon: date, state: State, since: date | None) -> Iterator[str]:
    """A flag for each event that is worth knowing, with its day and the paper that did it: 列为继续有效（2022-06-20，
    岚政发〔2022〕16号）. None of an event that a later one has superseded: kept by one cleanup and to be amended by the
    next, to be amended and amended, extended and repealed. `since` is the first day of a state that is dead."""
    events = tuple(effects)
    for one in events:
        if is_undone(one, horizon):
            yield f"所据的文件在生效前已被废止{_of(one)}"
        elif words := kept_though_dead(one, state, since):
            yield words
        elif not _superseded(one, events, horizon, state, since):
            if one.kind == "plan":
                yield f"{planned_word(one)}{_of(one)}"
            elif one.kind in _NAMES:
                yield f"{_NAMES[one.kind]}{_of(one)}"
            elif one.kind == "suspend" and one.detail:
                yield f"{one.detail}暂停执行{f'至{one.until}' if one.until else ''}{_of(one)}"
        if one.certainty == "repaired":
            yield f"依据缺损文号，待核实{_of(one)}"


def kept_though_dead(effect: Effect, state: State, since: date | None) -> str | None:
    """列为继续有效（…），与废止矛盾: who keeps what is dead contradicts what it died of; to be kept and to die
    afterwards is the way of all papers."""
    if effect.kind != "retain" or not state.dead or since is None or effect.made is None or effect.made < since:
        return None
    return f"{_NAMES['retain']}{_of(effect)}，与{DEATHS[state]}矛盾，待核实"


def _superseded(one: Effect, events: Iterable[Effect], horizon: date, state: State, since: date | None) -> bool:
    """Whether something has come since that says more. That a paper was published anew is told of a dead one, too: the
    new one is to be looked at."""
    if state.dead and since and one.kind != "republish" and _made(one) < since:
        return True
    sure = (other for other in events if other.certainty == "stated" and not is_undone(other, horizon))
    after = [other for other in sure if _made(other) > _made(one)]
    if one.kind == "plan" and any(other.kind in _COMES.get(one.planned, ()) for other in after):
        return True
    rivals = _CONCLUSIONS if one.kind in _CONCLUSIONS else (one.kind,)
    return one.kind != "suspend" and any(other.kind in rivals for other in after)


def _made(effect: Effect) -> date:
    return effect.made or effect.effective or date.min


def _of(effect: Effect) -> str:
    """（2022-06-20，岚政发〔2022〕16号）: its day, and what did it, as far as known and people can read it."""
    day = effect.effective or effect.made
    told = "，".join(filter(None, (day.isoformat() if day else "", _HASH.sub("", effect.by or ""))))
    return f"（{told}）" if told else ""
