"""请补起草单位: works whose drafter nobody knows, and for which it matters. Source: domain.md §6.2.

Who interpreted a work is told beside it, for the one who answers; it is never proposed as the drafter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policylib import tables as domain
from policylib.model import Office, Snapshot, Work
from policylib.rules.context import Context
from policylib.rules.drafter import is_drafter_known, issues_for_others
from policylib.rules.interpretation import interpretations, is_of_time
from policylib.rules.scope import interpretation_profile, must_interpret, normative_kind
from policylib.tables import Tables


@dataclass(frozen=True, slots=True)
class MissingDrafter:
    """A work whose drafter is to be asked for, why it matters, and who interpreted it; or, not `needed`, one whose
    drafter nobody knows and nobody has to."""

    work: Work
    why: str
    interpreters: tuple[str, ...] = ()
    needed: bool = True


def missing_drafters(
    snapshot: Snapshot, tables: Tables | None = None, office: Office | None = None, *, everything: bool = False
) -> tuple[MissingDrafter, ...]:
    """The held policies whose drafter is unknown, in the order of their keys: those with an interpretation, and those
    of governments and their offices that must have one or may have to; `everything`: also the office's other ones."""
    context = Context(tables or domain.builtin(), office or snapshot.office)
    return tuple(one for one in _missing(snapshot, context) if everything or one.needed)


def _missing(snapshot: Snapshot, context: Context) -> Iterator[MissingDrafter]:
    for work in snapshot.works:
        if work.role != "policy" or not work.held or is_drafter_known(work, context.organs):
            continue
        sources = [snapshot.by_key.get(one.source) for one in interpretations(snapshot, work)]
        if sources:
            names = (one.interpreter or "、".join(one.issuers) for one in sources if one)
            yield MissingDrafter(work, "已有解读", tuple(dict.fromkeys(name for name in names if name)))
        elif why := _in_scope(work, context, snapshot):
            yield MissingDrafter(work, why)
        elif context.is_ours(work):
            yield MissingDrafter(work, _why_not(work, context, snapshot), needed=False)


def _in_scope(work: Work, context: Context, snapshot: Snapshot) -> str:
    """Why the drafter will be needed: the work must be interpreted, or perhaps has to be; "" where it need not."""
    if not work.issuers or not issues_for_others(work.issuers[0], context.organs) or not context.is_ours(work):
        return ""
    profile = context.ruled(work, interpretation_profile)
    duty = must_interpret(work, profile, snapshot.texts)
    if duty.verdict in ("exempt", "no") or is_of_time(work, profile) is False:
        return ""
    if duty.verdict == "yes":
        return f"应解读：{duty.why}"
    kind = normative_kind(work, profile)
    return f"标题为“{kind}”，可能应解读" if kind else ""


def _why_not(work: Work, context: Context, snapshot: Snapshot) -> str:
    """Why nobody has to know the drafter, as far as that is told: 免予解读：人事任免."""
    profile = context.ruled(work, interpretation_profile)
    duty = must_interpret(work, profile, snapshot.texts)
    if duty.verdict in ("exempt", "no") and duty.why:
        return f"不必解读：{duty.why}"
    return "早于解读制度" if is_of_time(work, profile) is False else "没有认出应当解读"
