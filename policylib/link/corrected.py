"""What people said of the values of a work, in the place of what its files say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from policylib.model import Drafter, Evidence, Judgement, Span, Work


def corrected(work: Work, judgements: Iterable[Judgement]) -> Work:
    """The work with what people said of its title, drafter, interpreter, dates: `judgements` are those on it. The last
    word counts; an empty one gives back what the documents say; one that cannot be applied (a date that is none) is
    passed over."""
    read = work
    for judgement in judgements:
        field, value = judgement.field, judgement.value.strip()
        if judgement.verdict != "set":
            continue
        if field in ("title", "interpreter", "doc_type", "disclosure", "registration_number"):
            work = replace(work, **{field: value or getattr(read, field)})  # type: ignore[arg-type]
            if field == "interpreter":
                work = replace(work, interpreter_evidence=_said(judgement) if value else read.interpreter_evidence)
        elif field == "drafter":
            work = replace(work, drafter=_stated_drafter(judgement) if value else read.drafter)
        elif field in ("dated", "published", "effective", "expires"):
            with suppress(ValueError):
                work = replace(work, **{field: _date_said(field, value) if value else getattr(read, field)})  # type: ignore[arg-type]
                if field == "dated":
                    work = replace(work, dated_repaired=read.dated_repaired and not value)
                if field in ("effective", "expires"):
                    place = f"{field}_evidence"
                    said = _said(judgement) if value else getattr(read, place)
                    work = replace(work, **{place: said})  # type: ignore[arg-type]
    return work


def _date_said(field: str, value: str) -> date:
    """The day; of `published` with its hour, where one was said. Raises ValueError."""
    return datetime.fromisoformat(value) if field == "published" and "T" in value else date.fromisoformat(value)


def _stated_drafter(judgement: Judgement) -> Drafter:
    return Drafter(tuple(re.split("[、,，]", judgement.value)), "E1", "stated", _said(judgement))


def _said(judgement: Judgement) -> Evidence:
    return said_by_person(judgement, judgement.value)


def said_by_person(judgement: Judgement, what: str) -> Evidence:
    """A person's word, as evidence."""
    words = f"人工登记：{what}"
    return Evidence("", "", Span(0, len(words)), words, rule="judgement", witness=judgement.witness)
