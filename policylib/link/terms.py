"""The term of a work (有效期): which one counts on a day, and every end that it was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylib.extract.claims import MADE_FORMAL
from policylib.link.deciding import day_of, in_order, solid_effects
from policylib.model import Effect


@dataclass(frozen=True, slots=True)
class Term:
    """The term that counts on a day: its last day, the effect that set it, and, where an extension came only after the
    term had run out, the day from which that holds (`gap`). `settled`: since when no extension has changed it."""

    end: date | None = None
    decisive: Effect | None = None
    gap: date | None = None
    settled: date = date.min

    @property
    def extended_by(self) -> Effect | None:
        """The act that extended it last, if any did."""
        return self.decisive if self.decisive and self.decisive.kind == "extend" else None


def term_of(effects: Sequence[Effect], as_of: date) -> Term:
    """The term after every extension, in the order in which they were made. One made after the term had run out holds
    from its own day on; until then the term is over."""
    first = next((one for one in effects if one.kind == "expiry" and one.effective), None)
    term = Term(first.effective, first) if first else Term()
    for one in _extensions(effects):
        late = term.end is not None and one.made is not None and one.made > term.end
        if late and as_of < day_of(one):
            break
        term = Term(
            one.until, one, day_of(one) if late else term.gap, max(term.settled, day_of(one) if late else date.min)
        )
    return term


@dataclass(frozen=True, slots=True)
class TermEnd:
    """A day on which a term ended, or was to end, and the effect that set it. `moved`: the day that another act gave
    in its place before it came."""

    day: date
    by: Effect
    moved: date | None = None


def term_ends(effects: Iterable[Effect], known: date = date.max) -> tuple[TermEnd, ...]:
    """Every end that the term of a work was given, in the order in which they were set, by the acts made until a day.

    A term until 2023-12-31, extended on 2023-11-20 until 2026-12-31: the first was moved, the second counts. Extended
    on 2024-03-01 only, it did end on 2023-12-31.
    """
    solid = solid_effects(sorted(effects, key=in_order), known)
    first = next((one for one in solid if one.kind == "expiry" and one.effective), None)
    ends = [TermEnd(first.effective, first)] if first and first.effective else []
    for one in _extensions(solid):
        if one.until is None:
            continue
        if ends and not (one.made and one.made > ends[-1].day):
            ends[-1] = replace(ends[-1], moved=one.until)
        ends.append(TermEnd(one.until, one))
    return tuple(ends)


def _extensions(effects: Iterable[Effect]) -> list[Effect]:
    """The extensions whose last day is known, or that take the term away, in the order in which they were made."""
    known = [one for one in effects if one.kind == "extend" and (one.until or one.detail == MADE_FORMAL)]
    return sorted(known, key=lambda one: (one.made or one.effective or date.min, one.until or date.min))
