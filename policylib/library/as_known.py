"""What a library knew on a day: nothing that people registered later (two clocks, domain.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from policylib.library import derived, store
from policylib.library.database import Database
from policylib.library.derived import Grounds
from policylib.library.links import Links
from policylib.model import Judgement

if TYPE_CHECKING:
    from policylib.link import Linked


def registered_after(judgements: Iterable[Judgement], day: date) -> tuple[Judgement, ...]:
    """What people said later than on the day, on the clock of this machine."""
    return tuple(one for one in judgements if one.when and one.when.astimezone().date() > day)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one library knew. A later word may have hidden what the papers say (a rejected repeal, a day set anew), so
    they are linked once more without it; only where it bears on the work that is asked for."""

    database: Database
    grounds: Callable[[], Grounds]
    _linked: dict[tuple[str, date], Linked] = field(default_factory=dict, init=False, repr=False)

    def until(self, links: Links, day: date) -> Links:
        """The work with its corrections, effects and judgements as they were on the day; its relations as they are."""
        concerned = {links.work.key, *(one.by for one in links.effects)}
        later = registered_after(store.judgements(self.database), day)
        if not any({one.source, one.target} & concerned for one in later):
            return links
        linked = self._without(later, day)
        key = links.work.key
        return replace(
            links,
            work=next((one for one in linked.works if one.key == key), links.work),
            effects=tuple(one for one in linked.effects if one.work == key),
            judgements=tuple(one for one in links.judgements if one not in later),
        )

    def _without(self, later: tuple[Judgement, ...], day: date) -> Linked:
        place = self.database.meta("facts"), day
        if place not in self._linked:
            self._linked.clear()  # of one day and state: who asks for a list of days pays for each
            self._linked[place] = derived.linked(self.database, self.grounds(), but=later)
        return self._linked[place]
