"""Cleanup results as the rules look at them: what several rules ask of one snapshot is found once.
Source: domain.md §7.3, CLN-01."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policylib.link.cleanup_acts import Act, act_of, by_first_issuer
from policylib.model import Snapshot, Work
from policylib.rules.context import Context

OUTCOMES: Final = {
    "repeals": "废止", "lapses": "宣布失效", "partly_repeals": "部分废止", "retains": "继续有效", "extends": "继续有效",
    "amends": "修改",
}  # fmt: skip
"""What a row of a cleanup result decides, as such lists are headed."""


def acts_of(snapshot: Snapshot, context: Context) -> tuple[Act, ...]:
    """The cleanup results that are held, each with its rows."""
    found = (act_of(snapshot, work) for work in snapshot.of_role.get("cleanup", ()))
    return context.shared(snapshot, acts_of, lambda: tuple(act for act in found if act))


def issuers_policies(snapshot: Snapshot, context: Context) -> Mapping[str, list[Work]]:
    """The held policies, by who issued them."""
    return context.shared(snapshot, issuers_policies, lambda: by_first_issuer(snapshot))


def is_cut(act: Act) -> bool:
    return any(one.rule == "TRUNCATED" for part in act.parts for one in part.problems)
