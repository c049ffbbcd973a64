"""A work as a row of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policylib.cli.status_words import state_in_brief
from policylib.export.words import ROLES, standing_word
from policylib.model import Status, Work


def work_row(work: Work, status: Status | None, issuers: Sequence[str]) -> dict[str, object]:
    """A work as a row of a listing. An interpretation is known by the day it was published, and by who interprets."""
    is_reading = work.role == "interpretation"
    published = _iso(work.published_on)
    doubt = status.open_doubt if status else None
    return {
        "key": work.key,
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "name": name_of(work) or work.label,
        "role": ROLES[work.role],
        "status": standing_word(status, work.role) if status else None,
        "state": state_in_brief(status, work.role) if status else None,
        "flags": list(status.flags) if status else [],
        "doubt": f"{doubt.brief}：{doubt.why}" if doubt else None,
        "decided_by": doubt.remedy if doubt else None,
        "dated": _iso(work.dated),
        "shown": published if is_reading and not work.dated else None,
        "issuers": list(issuers),
        "reader": work.interpreter if is_reading and work.interpreter not in work.issuers else None,
        "disclosure": work.disclosure,
        "held": work.held,
        "paths": list(work.paths),
        "published": published,
        "interpreter": work.interpreter,
        "expires": _iso(status.last_day(work.expires)) if status else None,
    }


def name_of(work: Work) -> str | None:
    """Its title; of a paper that prints none the one that its interpretation gives it, marked so: it was not read."""
    return work.title or (f"{work.called}（据解读）" if work.called else None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
