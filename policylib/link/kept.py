"""What people said for papers that might have ended, as far as it stands: timelines and plans of cleanups tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policylib.link.confirmed import ENDS, SPARED, last_words
from policylib.model import Judgement


def kept_by_people(judgements: Iterable[Judgement]) -> Mapping[str, tuple[Judgement, ...]]:
    """By the key of a paper the last words for it: that a clause of a cleanup result does not apply (a field of
    `SPARED`), then that an act did not end it (a rejected relation of `ENDS`)."""
    said = tuple(judgements)
    fields = {one.field for one in SPARED.values()}
    spared = {one.matter: one for one in said if one.verdict == "set" and one.field in fields}
    found: dict[str, tuple[Judgement, ...]] = {}
    for one in spared.values():
        if not one.takes_back:
            found[one.source] = (*found.get(one.source, ()), one)
    for one in last_words(said).values():
        if one.verdict == "reject" and one.kind in ENDS:
            found[one.target] = (*found.get(one.target, ()), one)
    return found
