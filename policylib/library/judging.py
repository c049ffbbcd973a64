"""What a person may say of works and relations: checked before it is kept, because it is kept for good.

A judgement that cannot be applied would be obeyed by nobody, or break the next linking; so it is refused: values of
fields by `correcting`, relations by `confirming`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime

from policylib.errors import JudgementError
from policylib.library import store
from policylib.library.confirming import Confirming
from policylib.library.correcting import Correcting
from policylib.library.database import Database
from policylib.library.judgement_form import formed
from policylib.library.organs_said import OrgansSaid
from policylib.model import Judgement, Office
from policylib.tables import Tables


class Judging:
    """A library, and what people have said in it so far."""

    def __init__(self, database: Database, tables: Tables, office: Office, organs: OrgansSaid) -> None:
        self._database = database
        self._earlier = list(store.judgements(database))
        self._correcting = Correcting(database, tables, organs, tuple(self._earlier))
        self._confirming = Confirming(database, tables, office, tuple(self._earlier))

    def keep(self, judgements: Sequence[Judgement], now: datetime) -> tuple[Judgement, ...]:
        """Stores what is new of them, and gives all as they stand: moments in UTC, values as `Correcting` keeps them;
        for one that says nothing new, what stands already.

        Raises JudgementError for a work, field, value or relation that is none, and for what is no text, before
        anything is stored.
        """
        unread = store.unread_judgements(self._database)
        checked = [self._checked(formed(one)) for one in judgements]
        self._correcting.check_order(checked)
        self._confirming.check_agreement(checked)
        return tuple(self._kept(one, now, unread) for one in checked)

    def _checked(self, judgement: Judgement) -> Judgement:
        if judgement.verdict == "set":
            return self._correcting.checked(judgement)
        if judgement.verdict not in ("accept", "reject", "withdraw"):
            known = "accept（确认）、reject（否定）、withdraw（撤回）或 set（更正）"
            raise JudgementError(f"意见只能是 {known}，不是“{judgement.verdict}”")
        self._confirming.check(judgement)
        return judgement

    def _kept(self, judgement: Judgement, now: datetime, unread: Container[tuple[str, ...]]) -> Judgement:
        stands = _standing(judgement, self._earlier, unread)
        if stands is None:
            stands = judgement if judgement.when else replace(judgement, when=now)
            store.save_judgement(self._database, stands)
            self._earlier.append(stands)
        return stands


def _standing(
    judgement: Judgement, earlier: Sequence[Judgement], unread: Container[tuple[str, ...]]
) -> Judgement | None:
    """The earlier word that a judgement only says again; itself, where it takes back what nobody has said, or what was
    taken back; None where it is new. Who says the same for another reason, or in another's name, says something new.
    `unread`: what rows speak of that cannot be read (`store.unread_judgements`); that can be taken back."""
    last = next((one for one in reversed(earlier) if one.matter == judgement.matter), None)
    if judgement.takes_back:
        said = (last and not last.takes_back) or judgement.matter in unread
        return None if said else judgement
    if last is None or (last.verdict, last.value) != (judgement.verdict, judgement.value):
        return None
    again = judgement.who in ("", last.who) and judgement.why in ("", last.why)
    return last if again else None
