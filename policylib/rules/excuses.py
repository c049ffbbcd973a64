"""What people say of a rule and a work: why the one does not bind the other."""

from __future__ import annotations

from typing import Final

from policylib.model import Snapshot

EXEMPT: Final = "exempt:"
"""`exempt:interpretation.missing` is the field under which a person says why a rule does not bind a work."""


def excuses(rule: str, snapshot: Snapshot) -> dict[str, str]:
    """Why people exempted works from the rule of this id: the last word on each; an empty one takes it back."""
    field = EXEMPT + rule
    return {one.source: one.value for one in snapshot.judgements if one.verdict == "set" and one.field == field}
