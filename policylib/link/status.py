"""What holds on a day: a pure fold over effects (domain.md §5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from policylib.model import Effect, State, Status, Work

_TERMINAL: Final = {"repeal": State.REPEALED, "lapse": State.LAPSED}
_RANK: Final = {"repeal": 0, "lapse": 1, "extend": 2, "retain": 3, "effect": 4}


def status(work: Work, effects: Iterable[Effect], as_of: date) -> Status:
    """The state of `work` on `as_of`, by its effects made until then.

    A repeal beats everything; the last day of a term is still valid; being retained extends nothing; what is planned or
    rests on an uncorroborated repair decides nothing and becomes a flag.
    """
    known = [one for one in effects if one.work == work.key and (one.made is None or one.made <= as_of)]
    known.sort(key=lambda one: (one.effective or one.made or date.min, _RANK.get(one.kind, 9)))
    solid = [one for one in known if one.certainty in ("stated", "presumed") and one.kind != "plan"]
    flags = _flags(known)
    ended = [one for one in solid if one.kind in _TERMINAL and one.effective and one.effective <= as_of]
    if ended:
        last = ended[0]
        if not any(one.kind == "reinstate" and _after(one, last) for one in solid):
            return Status(work.key, as_of, _TERMINAL[last.kind], last.effective, None, last, flags)
    start = next((one for one in solid if one.kind == "effect"), None)
    if start and start.effective and as_of < start.effective:
        return Status(work.key, as_of, State.NOT_YET, None, start.effective - timedelta(days=1), start, flags)
    end, decisive = _end(solid)
    if end and as_of > end:
        return Status(work.key, as_of, State.EXPIRED, end + timedelta(days=1), None, decisive, flags)
    return _living(work, as_of, solid, start, end, flags)


def _after(one: Effect, other: Effect) -> bool:
    return (one.effective or date.min) >= (other.effective or date.min)


def _end(effects: list[Effect]) -> tuple[date | None, Effect | None]:
    """The end of the term after every extension that came before it ran out."""
    decisive = next((one for one in effects if one.kind == "expiry"), None)
    end = decisive.effective if decisive else None
    for one in effects:
        if one.kind == "extend" and one.until and (end is None or (one.made and one.made <= end)):
            end, decisive = one.until, one
    return end, decisive


def _living(
    work: Work, as_of: date, effects: list[Effect], start: Effect | None, end: date | None, flags: tuple[str, ...]
) -> Status:
    suspended = [
        one for one in effects
        if one.kind == "suspend" and one.effective and one.effective <= as_of and (one.until or as_of) >= as_of
    ]  # fmt: skip
    if suspended and not any(one.kind == "reinstate" and _after(one, suspended[-1]) for one in effects):
        return Status(work.key, as_of, State.SUSPENDED, suspended[-1].effective, end, suspended[-1], flags)
    for kind, state in (("partial", State.PARTIAL), ("amend", State.AMENDED)):
        changed = [one for one in effects if one.kind == kind and (one.effective or as_of) <= as_of]
        if changed:
            return Status(work.key, as_of, state, changed[-1].effective, end, changed[-1], flags)
    issued = start or next((one for one in effects if one.kind == "issue"), None)
    if issued is None:
        return Status(work.key, as_of, State.UNKNOWN, flags=flags)
    return Status(work.key, as_of, State.IN_FORCE, issued.effective, end, issued, flags)


def _flags(effects: Iterable[Effect]) -> tuple[str, ...]:
    names = {"plan": "拟修改或废止", "retain": "清理时保留", "extend": "已延长有效期"}
    found = {names[one.kind] for one in effects if one.kind in names}
    found |= {"依据缺损文号, 待核实" for one in effects if one.certainty == "repaired"}
    return tuple(sorted(found))
