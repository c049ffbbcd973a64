"""What holds on a day: a pure fold over effects (domain.md §5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.claims import KEPT_FOR_NOW
from policylib.extract.validity import UNREAD_TERM
from policylib.link.deciding import day_of, in_effect, in_order, made_by, solid_effects
from policylib.link.doubt import doubt_of
from policylib.link.flags import event_flags
from policylib.link.terms import Term, term_of
from policylib.model import Effect, State, Status, Work

_TERMINAL: Final = {"repeal": State.REPEALED, "lapse": State.LAPSED, "revise": State.REVISED}
_CHANGED: Final = {"partial": State.PARTIAL, "amend": State.AMENDED}
_BIRTH: Final = ("issue", "effect")
_TREATED_AS_LIVING: Final = ("retain", "amend", "partial", "suspend", "reinstate", "republish")
_LABELS: Final = {
    "废止": State.REPEALED, "失效": State.LAPSED, "部分失效": State.PARTIAL, "已修改": State.AMENDED,
    "有效": State.IN_FORCE,
}  # fmt: skip
"""The state that a label gives; of several that go together the first (有效 and 已修改 do)."""
AMENDED_UNSEEN: Final = "有文件修改过它"
"""Of a paper that is not held and that others have amended: whether it still holds hangs on its own term, which nobody
has read. That it ended, wholly or in part, or was suspended, stands without the original."""
LABEL_CONFLICT: Final = "网站标注与其他依据不符，待核实"
LABEL_ONLY: Final = "仅据网站标注，待核实"
TERM_UNREAD: Final = "文中有一句或许写的是有效期，没有读懂，待核实"
PRESUMED: Final = "文中没有规定有效期，按规定推定"
EXTENSION_UNREAD: Final = "有效期被延长或者调整过，到哪一天没有读懂，待核实"
END_UNREAD: Final = "另有文件提到它，或有废止、失效的意思，没有读懂，待核实"
DAY: Final = timedelta(days=1)


def status(work: Work, effects: Iterable[Effect], as_of: date, known: date | None = None) -> Status:
    """The state of `work` on `as_of`, by the acts made until `known`: until `as_of` itself when none is given.

    So `known` asks what could have been known on a day: an act of 2024 that repeals from 2020 on changes 2021 only for
    those who know it. A repeal beats everything; the last day of a term is still valid; being retained extends nothing;
    what is planned, only reported, or rests on an uncorroborated repair decides nothing and becomes a flag; so does
    what an act wanted that was itself repealed before. Of a paper that is not held others may say that it ended, not
    that it lives. A repeal without a day leaves the state unknown. A term that a rule set presumes gives way to every
    act that deals with the paper as a living one. What sites print beside a paper decides only where nothing else is
    known, and is flagged; else it agrees, or is flagged too. What is unknown says why (`doubt`). What another paper
    says in words that were not understood is flagged. Where the act that will end it has been made, its last day is the
    one before.
    """
    horizon = as_of if known is None else known
    seen = sorted((one for one in effects if one.work == work.key and made_by(one, horizon)), key=in_order)
    labels = [one for one in seen if one.kind == "label"]
    solid = solid_effects(seen, horizon)
    verdict = _verdict(solid, as_of)
    if labels and all(one.kind in ("label", "unread") for one in seen):
        verdict = _labelled(labels, as_of)
    elif not work.held and verdict.state is State.AMENDED:
        verdict = _Verdict(State.UNKNOWN, flags=(AMENDED_UNSEEN,))
    elif any(_contradicts(one, verdict.state, seen, as_of) for one in labels):
        verdict = replace(verdict, flags=(*verdict.flags, LABEL_CONFLICT))
    since, ended = _death(solid, verdict, as_of)
    ending = _ending(solid, verdict, as_of)
    extended = None if ending else verdict.extended
    decided = (verdict.decisive, extended, ending)
    losing = tuple(one for one in seen if one not in decided and one.kind not in _BIRTH)
    told = event_flags(seen, horizon, verdict.state, since)
    unread = (*_unread_term(work, verdict), *_unread_end(seen, verdict, as_of))
    flags = tuple(sorted({*told, *verdict.flags, *unread}))
    doubt = doubt_of(work, verdict.decisive, as_of, horizon) if verdict.state is State.UNKNOWN else None
    until = ending.effective - DAY if ending and ending.effective else verdict.until
    return Status(
        work.key, as_of, verdict.state, since, until, verdict.decisive, flags, losing, horizon, ended, doubt, extended,
        ending,
    )  # fmt: skip


def _ending(effects: Iterable[Effect], verdict: _Verdict, as_of: date) -> Effect | None:
    """What has been made already and ends a living work later, before its term is over: repealed on 22 February from
    1 March on (岚环发〔2024〕5号)."""
    if verdict.state.dead or verdict.state in (State.UNKNOWN, State.NOT_YET):
        return None
    to_come = (one for one in effects if one.kind in _TERMINAL and one.effective and one.effective > as_of)
    first = next(to_come, None)  # they come in the order of their days
    late = first is None or (verdict.until and first.effective and first.effective > verdict.until)
    return None if late else first


def _unread_term(work: Work, verdict: _Verdict) -> Iterator[str]:
    """Of a paper that holds, as far as is known, without an end: that it may give one which was not understood."""
    living = not verdict.state.dead and verdict.state is not State.UNKNOWN
    if living and verdict.until is None and UNREAD_TERM in work.problems:
        yield TERM_UNREAD


def _unread_end(effects: Iterable[Effect], verdict: _Verdict, as_of: date) -> Iterator[str]:
    """Of a paper that is not dead: that another may end it by now in words that were not understood. Of a paper whose
    last day is known, 到期自然失效 says nothing new."""
    told = [one for one in effects if one.kind == "unread" and day_of(one) <= as_of]
    if verdict.until:
        told = [one for one in told if not (one.evidence and _BY_ITSELF.search(one.evidence.quote))]
    if told and not verdict.state.dead:
        yield END_UNREAD


_BY_ITSELF = re.compile("(?:到期|期满|届满)(?:之?后|即|时)?(?:自然|自动|自行)(?:失效|废止|终止)")


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one question of the fold answers."""

    state: State
    since: date | None = None
    until: date | None = None
    decisive: Effect | None = None
    flags: tuple[str, ...] = ()
    extended: Effect | None = None


def _verdict(effects: Sequence[Effect], as_of: date) -> _Verdict:
    return next(verdict for verdict in _verdicts(effects, as_of) if verdict)


def _verdicts(effects: Sequence[Effect], as_of: date) -> Iterator[_Verdict | None]:
    """The questions of the fold in their order; the first answer decides."""
    yield _terminal(effects, as_of)
    yield _before_start(effects, as_of)
    term = term_of(effects, as_of)
    if term.end and term.decisive and as_of > term.end:
        yield _run_out(effects, term.end, term.decisive)
    yield _suspended(effects, as_of, term)
    yield _undated(effects)
    yield _living(effects, as_of, term)


def _terminal(effects: Sequence[Effect], as_of: date) -> _Verdict | None:
    """Repealed or declared without force, and not reinstated since. Of several the last decides, of one day's the
    repeal."""
    ended = [one for one in effects if one.kind in _TERMINAL and one.effective and one.effective <= as_of]
    if not ended:
        return None
    day = max(one.effective or date.min for one in ended)
    last = next(one for one in ended if one.effective == day)
    back = [one for one in in_effect(effects, "reinstate", as_of) if day_of(one) >= day]
    return None if back else _Verdict(_TERMINAL[last.kind], day, None, last)


def _undated(effects: Sequence[Effect]) -> _Verdict | None:
    """A repeal of which no day is known may have come already."""
    undated = next((one for one in effects if one.kind in _TERMINAL and one.effective is None), None)
    if undated is None:
        return None
    return _Verdict(State.UNKNOWN, decisive=undated, flags=("有文件废止或宣布失效，但日期不明",))


def _before_start(effects: Sequence[Effect], as_of: date) -> _Verdict | None:
    start = next((one for one in effects if one.kind == "effect"), None)
    if start is None or start.effective is None or as_of >= start.effective:
        return None
    return _Verdict(State.NOT_YET, None, start.effective - DAY, start)


def _run_out(effects: Sequence[Effect], end: date, decisive: Effect) -> _Verdict:
    """The term is over; perhaps not, where a later act has extended it to a day that was not understood, or, of a
    presumed one, treats the paper as living."""
    unread = [one for one in effects if one.kind == "extend" and one.until is None]
    if unread and (decisive.kind != "extend" or (unread[-1].made or date.min) > (decisive.made or date.min)):
        return _Verdict(State.UNKNOWN, decisive=unread[-1], flags=(EXTENSION_UNREAD,))
    kept = next((one for one in effects if one.kind == "retain" and one.detail == KEPT_FOR_NOW), None)
    if kept and (kept.made or date.min) <= end:
        return _Verdict(State.UNKNOWN, decisive=kept, flags=(EXTENSION_UNREAD,))
    if decisive.certainty != "presumed":
        return _Verdict(State.EXPIRED, end + DAY, None, decisive)
    treated = next((one for one in effects if one.kind in _TREATED_AS_LIVING and one.made and one.made > end), None)
    if treated:
        return _Verdict(State.UNKNOWN, decisive=treated, flags=("推定有效期已满，此后仍按有效文件处理，待核实",))
    return _Verdict(State.EXPIRED, end + DAY, None, decisive, (PRESUMED,))


def _suspended(effects: Sequence[Effect], as_of: date, term: Term) -> _Verdict | None:
    """Suspended as a whole: articles that are (`detail`) leave the rest in force, and are flagged."""
    whole = [one for one in in_effect(effects, "suspend", as_of) if not one.detail]
    running = [one for one in whole if one.until is None or as_of <= one.until]
    if not running:
        return None
    last = running[-1]
    if any(day_of(one) >= day_of(last) for one in in_effect(effects, "reinstate", as_of)):
        return None
    until = last.until or term.end
    return _Verdict(State.SUSPENDED, day_of(last), until, last, extended=None if last.until else term.extended_by)


def _living(effects: Sequence[Effect], as_of: date, term: Term) -> _Verdict:
    """In force, whole or not. Of a paper that another has extended, that act decides: its own clause names a day that
    counts no longer. Where something else gives the state, the act stands beside it, for the last day is its day."""
    extended = term.extended_by
    flags = ("有效期届满后才延长，其间曾失效",) if term.gap else ()
    if term.decisive and term.decisive.certainty == "presumed":
        flags = (PRESUMED,)
    for kind, state in _CHANGED.items():
        if changed := in_effect(effects, kind, as_of):
            return _Verdict(state, day_of(changed[-1]), term.end, changed[-1], flags, extended)
    start = next((one for kind in ("effect", "issue") for one in effects if one.kind == kind), None)
    if start is None:
        return _Verdict(State.UNKNOWN)
    back = in_effect(effects, "reinstate", as_of)
    since = max([one for one in (start.effective, term.gap, *map(day_of, back)) if one], default=None)
    if extended and not back:
        return _Verdict(State.IN_FORCE, since, term.end, extended, flags)
    return _Verdict(State.IN_FORCE, since, term.end, back[-1] if back else start, flags, extended)


# Since when it is dead --------------------------------------------------------------------------------------------


def _death(effects: Sequence[Effect], verdict: _Verdict, as_of: date) -> tuple[date | None, Effect | None]:
    """The first day from which the work was dead without a break, and what it died of then; of a living work the first
    day of its state. The last repeal decides (domain.md §5.3), and a repeal beats the end of a term; but who cites a
    paper between its first repeal and its second cites a dead one. What a rule set only presumes makes no day earlier.
    """
    if not verdict.state.dead or verdict.decisive is None or verdict.decisive.kind == "label":
        return verdict.since, None
    stated = [one for one in effects if one.certainty == "stated"]
    since, ended = _killed(stated if verdict.decisive.certainty == "stated" else effects, as_of) or (None, None)
    while since and since > date.min and (before := _killed(stated, since - DAY)):
        since, ended = before
    return since, ended


def _killed(effects: Sequence[Effect], day: date) -> tuple[date, Effect] | None:
    """Of what a work is dead on a day, and from which day on it is by that alone; None of one that lives."""
    if last := _terminal(effects, day):
        back = max((day_of(one) for one in in_effect(effects, "reinstate", day)), default=date.min)
        ends = (one for one in effects if one.kind in _TERMINAL and one.effective and one.effective <= day)
        first = next((one for one in ends if one.effective and one.effective > back), last.decisive)
        return (first.effective, first) if first and first.effective else None
    term = term_of(effects, day)
    if term.end is None or term.decisive is None or day <= term.end or _before_start(effects, day):
        return None
    start = next((one for one in effects if one.kind == "effect"), None)
    began = start.effective if start and start.effective else date.min
    return max(term.end + DAY, term.settled, began), term.decisive


# What sites print -------------------------------------------------------------------------------------------------


def _labelled(labels: Sequence[Effect], as_of: date) -> _Verdict:
    """Nothing but labels is known: those read last count, and only from the day on which they were read; from which
    day the state holds they do not say. Several that contradict each other say nothing."""
    there = [one for one in labels if one.effective and one.effective <= as_of]
    last = [one for one in there if one.effective == there[-1].effective]
    said = {one.detail for one in last}
    if not said:
        return _Verdict(State.UNKNOWN)
    if len({_is_dead(one) for one in said}) > 1:
        return _Verdict(State.UNKNOWN, flags=(LABEL_CONFLICT,))
    words, state = next((words, state) for words, state in _LABELS.items() if words in said)
    decisive = next(one for one in last if one.detail == words)
    return _Verdict(state, decisive=decisive, flags=(LABEL_ONLY,))


def _is_dead(says: str | None) -> bool:
    return _LABELS.get(says or "", State.UNKNOWN).dead


def _contradicts(label: Effect, state: State, effects: Sequence[Effect], as_of: date) -> bool:
    """Whether a label fits neither what holds on the day nor what held, as far as acts had been made, when it was read:
    有效 was right before the repeal, and stays on many a page."""
    read = label.effective
    if read is None or read > as_of or _fits(label.detail, state):
        return False
    return not _fits(label.detail, _verdict(solid_effects(effects, read), read).state)


def _fits(says: str | None, state: State) -> bool:
    if state is State.UNKNOWN:
        return True
    if says == "有效":
        return not state.dead
    if _is_dead(says):
        return state.dead
    changed = (State.PARTIAL, State.AMENDED)
    return state in ((*changed, State.REVISED) if says == "已修改" else changed)
