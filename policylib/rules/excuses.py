"""What people say of a rule and a work: why the one does not bind the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policylib.link.kept import kept_by_people
from policylib.model import Judgement, Snapshot

EXEMPT: Final = "exempt:"
"""`exempt:interpretation.missing` is the field under which a person says why a rule does not bind a work."""


def excuses(rule: str, snapshot: Snapshot) -> dict[str, str]:
    """Why people exempted works from the rule of this id: the last word on each; an empty one takes it back."""
    field = EXEMPT + rule
    return {one.source: one.value for one in snapshot.judgements if one.verdict == "set" and one.field == field}


def spoken_for(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """What people registered for papers that might have ended, by the papers. Of two clauses with one reason once.

    王审登记仍有效：仍在执行（2024-11-26）       a clause of a cleanup result does not apply to it
    王审登记仍有效，没有因《某决定》废止（2024-11-26）      that act did not end it
    """
    return {
        key: tuple(dict.fromkeys(_told(one, snapshot) for one in said))
        for key, said in kept_by_people(snapshot.judgements).items()
    }


def _told(judgement: Judgement, snapshot: Snapshot) -> str:
    act, why = "", judgement.value
    if judgement.verdict == "reject":
        source = snapshot.by_key.get(judgement.source)
        ended = "废止" if judgement.kind == "repeals" else "宣布失效"
        act, why = f"，没有因{source.label if source else judgement.source}{ended}", judgement.why
    day = f"（{judgement.when.astimezone():%Y-%m-%d}）" if judgement.when else ""
    return f"{judgement.who or '有人（未署名）'}登记仍有效{act}{f'：{why}' if why else ''}{day}"
