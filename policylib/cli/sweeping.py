"""A catch-all (未列入目录的，一律废止) that may have ended a paper, as a flag on its status. The state stays: whether
the paper was left out on purpose is for a person to say (docs/decisions.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policylib.cli.output import cell
from policylib.library import Library
from policylib.model import State, Status, Work
from policylib.rules.cleanup_acts import CatchAll, perhaps_ended
from policylib.rules.context import Context

_SETTLED = (State.REPEALED, State.LAPSED)


def with_catch_alls(library: Library, work: Work, status: Status) -> Status:
    """The status with a flag for each catch-all that may have ended the work, as far as it was known on that day; of
    one that is repealed or declared void by name there is nothing to ask."""
    known = status.known or status.as_of
    if work.role != "policy" or status.state in _SETTLED or not any(_sweeping(library, work, known)):
        return status
    snapshot = library.snapshot(status.as_of)
    found = perhaps_ended(snapshot, Context(library.tables, library.office)).get(work.key, ())
    flags = tuple(_flag(one) for one in found if one.act.day and one.act.day <= known)
    return replace(status, flags=(*status.flags, *flags))


def _flag(one: CatchAll) -> str:
    return f"可能因{one.act.label}的兜底条款失效，待确认：“{said(one)}”"


def said(one: CatchAll) -> str:
    """The sentences of the catch-all, as they stand there."""
    return cell("".join(words.quote for words in one.evidence))


def _sweeping(library: Library, work: Work, known: date) -> Iterator[Work]:
    """The cleanup results that say such a thing and are later than the work: few libraries have one, and only for them
    the whole library is read."""
    for act in library.works(role="cleanup", held=True):
        if act.day and work.day and work.day <= act.day <= known:
            analyses = (library.analysis(sha256) for sha256 in act.documents)
            if any(one.value == "catch_all" for found in analyses if found for one in found.clauses):
                yield act
