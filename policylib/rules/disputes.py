"""What stands against the end of a paper that other papers state, and what a person types who has found out: it is told
wherever somebody is about to build on that end (the draft gate, the words for a page). Source: domain.md §7.3, CLN-02,
CLN-10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policylib.link.deciding import is_undone
from policylib.link.flags import kept_though_dead
from policylib.model import Effect, Finding, Snapshot, Status, Work
from policylib.rules.commands import exempting, rejecting, typed
from policylib.rules.conflicts import AUTHORITY, rules
from policylib.rules.context import Context
from policylib.rules.excuses import excuses

_ENDED: Final[Mapping[str, tuple[str, str]]] = {
    "repeal": ("废止", "废止"), "lapse": ("宣布失效", "失效"), "revise": ("替代", "被替代"),
}  # fmt: skip
"""By the kind of an event, the relation that says so, and what became of the paper."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """What stands against the end of a paper, and what a person types who has found out (`settle`)."""

    words: str
    settle: str


def disputed_ends(snapshot: Snapshot, context: Context) -> Mapping[str, tuple[Finding, ...]]:
    """By the key of a work, that those who ended or changed it could not, as far as anyone has said; a work of which a
    person said that they could is not among them."""

    def found() -> dict[str, tuple[Finding, ...]]:
        authority = next(one for one in rules(context) if one.id == AUTHORITY)
        by_work: dict[str, tuple[Finding, ...]] = {}
        settled = excuses(AUTHORITY, snapshot)
        for one in authority.check(authority, snapshot):
            if not settled.get(one.subject):
                by_work[one.subject] = (*by_work.get(one.subject, ()), one)
        return by_work

    return context.shared(snapshot, disputed_ends, found)


def disputes_of(snapshot: Snapshot, work: Work, status: Status, context: Context) -> Iterator[Dispute]:
    """Listed as 继续有效 since it ended, or ended by who may not end it (CLN-10)."""
    if not status.state.dead:
        return
    ends = [one for one in (status.decisive, status.ended) if one]
    for one in status.losing:
        words, keeper = kept_though_dead(one, status.state, status.since), snapshot.by_key.get(one.by or "")
        if words and keeper and not is_undone(one, status.known or status.as_of):
            kept = f"清理结果列错了的，写 {rejecting(keeper, '继续有效', work)}"
            longer = f"有效期延长过的，写 policylib judge {typed(work)} --set 有效期至=那一天"
            denied = next((how for end in ends if (how := _denied(snapshot, end, work))), longer)
            yield Dispute(words, f"{kept}；{denied}")
    for found in disputed_ends(snapshot, context).get(work.key, ()):
        if act := next((end for end in ends if end.by in found.related), None):
            agreed = f"经制发机关或者它的上级同意的，写 {exempting(work, 'CLN-10')}"
            yield Dispute(f"{found.message}，效力待核实", f"{agreed}；{_denied(snapshot, act, work)}")


def _denied(snapshot: Snapshot, end: Effect, work: Work) -> str:
    """没有因此废止的，写 policylib judge … --reject 废止 …; "" where no other paper ended it: its term ran out."""
    act = snapshot.by_key.get(end.by or "")
    if act is None or end.kind not in _ENDED:
        return ""
    word, became = _ENDED[end.kind]
    return f"没有因此{became}的，写 {rejecting(act, word, work)}"
