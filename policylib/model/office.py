"""What an office says of itself; every part may be left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """The office that keeps a library, as its `policylib.toml` says.

    jurisdiction: its region from the province down, 东岭省/岚州市. issuer: its full name. profile: the id of the rule
    set that binds it where its region and the day do not tell. rules_on, rules_off: rules, by id, code or title, that
    it wants besides or does not want. cleanup_issuers, cleanup_until: whose papers a cleanup must deal with, and those
    made until when.
    """

    jurisdiction: str = ""
    issuer: str = ""
    profile: str = ""
    rules_on: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    cleanup_issuers: tuple[str, ...] = ()
    cleanup_until: date | None = None
