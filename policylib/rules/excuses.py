"""What people say of a rule and a work: why the one does not bind the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policylib.link.confirmed import ENDS, SPARED, last_words
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
    fields = [one.field for one in SPARED.values()]
    spared = {
        (one.source, one.field): one for one in snapshot.judgements if one.verdict == "set" and one.field in fields
    }
    found: dict[str, tuple[str, ...]] = {}
    for one in spared.values():
        if not one.takes_back:
            found[one.source] = (*found.get(one.source, ()), f"{_who(one)}登记仍有效：{one.value}{_day(one)}")
    for one in last_words(snapshot.judgements).values():
        act = snapshot.by_key.get(one.source)
        if one.verdict == "reject" and one.kind in ENDS and act:
            ended = "废止" if one.kind == "repeals" else "宣布失效"
            words = f"{_who(one)}登记仍有效，没有因{act.label}{ended}{f'：{one.why}' if one.why else ''}{_day(one)}"
            found[one.target] = (*found.get(one.target, ()), words)
    return {key: tuple(dict.fromkeys(words)) for key, words in found.items()}


def _who(judgement: Judgement) -> str:
    return judgement.who or "有人（未署名）"


def _day(judgement: Judgement) -> str:
    return f"（{judgement.when.astimezone():%Y-%m-%d}）" if judgement.when else ""
