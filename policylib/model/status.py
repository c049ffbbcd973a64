"""What holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from policylib.model.work import Effect


class State(StrEnum):
    """States of domain.md §5.3; the value is what users see. REVISED: the text of a statute that was made anew since
    (修订): the statute holds, this text of it does not."""

    UNKNOWN = "未知"
    NOT_YET = "尚未生效"
    IN_FORCE = "有效"
    AMENDED = "有效（已修改）"
    PARTIAL = "部分失效"
    SUSPENDED = "暂停执行"
    EXPIRED = "失效（有效期届满）"
    LAPSED = "失效（宣布）"
    REVISED = "失效（已被修订）"
    REPEALED = "废止"

    @property
    def dead(self) -> bool:
        return self in _DEAD

    @property
    def ends_basis(self) -> bool:
        """Whether who rests on such a paper has lost it: of a revised text the statute is the basis still."""
        return self.dead and self is not State.REVISED


_DEAD = frozenset((State.EXPIRED, State.LAPSED, State.REVISED, State.REPEALED))


NOT_MADE: Final = "尚未制发"
"""What is said, in place of a state, of a paper that was made after the day: nothing about it is unknown."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a state is unknown: in a word (没有原文), in a sentence, and what would decide it."""

    brief: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a work on a day, as far as this library knows, with the event that decides it.

    `since`: the first day of the state; of a dead work the first day from which it was dead without a break, whatever
    it died of. `ended`: what it died of then: the decisive event, unless the work was dead already when that came. None
    of a living work. A paper that ran out in 2015 and was repealed in 2018 is repealed, and dead since 2015.
    `losing`: the other events that bear on it and were overruled, or only flagged, the earliest first. `known`: acts
    made later than this day were not looked at. `doubt`: why the state is unknown, where it is.
    `extended`: the act that extended the term until `until`, where another event decides the state: amended in 2021,
    extended in 2023.
    `ending`: of a work that holds still, the act that is known to end it on a later day (made on 22 February, repeals
    from 1 March on); `until` is the day before, where its term does not end earlier.
    """

    work: str
    as_of: date
    state: State
    since: date | None = None
    until: date | None = None
    decisive: Effect | None = None
    flags: tuple[str, ...] = ()
    losing: tuple[Effect, ...] = ()
    known: date | None = None
    ended: Effect | None = None
    doubt: Doubt | None = None
    extended: Effect | None = None
    ending: Effect | None = None

    @property
    def is_unmade(self) -> bool:
        """Whether the paper was made after the day."""
        return self.doubt is not None and self.doubt.brief == NOT_MADE

    @property
    def open_doubt(self) -> Doubt | None:
        """The doubt, where there is something to find out: of a paper made after the day there is not."""
        return None if self.is_unmade else self.doubt

    @property
    def is_sure(self) -> bool:
        """Whether it rests on what papers say: not on a rule set's presumption, and not on a site's label."""
        return self.decisive is None or self.decisive.certainty == "stated"

    def last_day(self, stated: date | None) -> date | None:
        """The last day of the paper's term, over or not; None of one that was ended otherwise, has no end, or of which
        nobody knows. Of one that is known to be ended earlier, the day before. `stated` is what the paper itself says:
        `until` is another day where it does not hold yet, or is suspended."""
        if self.ending:
            return self.until
        if self.state is State.EXPIRED:
            return self.decided - timedelta(days=1) if self.decided else None
        if self.state in (State.NOT_YET, State.SUSPENDED):
            return self.extended.until if self.extended else stated
        return None if self.state.dead or self.state is State.UNKNOWN else self.until

    @property
    def is_surely_dead(self) -> bool:
        """Whether papers say that it holds no more, so that nothing is left to ask about its end."""
        return self.state.dead and self.is_sure

    @property
    def decided(self) -> date | None:
        """The day from which the decisive event gives the state: later than `since` where the work was dead before."""
        one = self.decisive
        if one is None or self.ended in (None, one):
            return self.since
        if self.state is not State.EXPIRED:
            return one.effective
        last = one.until if one.kind == "extend" else one.effective
        return last + timedelta(days=1) if last else self.since
