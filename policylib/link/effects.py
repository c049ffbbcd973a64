"""Dated events on works, from their own clauses and from what others do to them (domain.md §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.dates import as_date, find_dates
from policylib.extract.number_shapes import chinese_number
from policylib.extract.validity import last_day
from policylib.link.quoting import quote
from policylib.model import Effect, EffectKind, Evidence, Relation, Work

_KINDS: Final[dict[str, EffectKind]] = {
    "repeals": "repeal", "lapses": "lapse", "partly_repeals": "partial", "amends": "amend", "extends": "extend",
    "suspends": "suspend", "reinstates": "reinstate", "retains": "retain", "republishes": "republish",
    "replaces": "repeal",
}  # fmt: skip
_ENDS: Final = ("repeal", "lapse")
_FROM = re.compile(r"自((?:19|20)\d\d年\d{1,2}月\d{1,2}日)起?(?:废止|失效|宣布|停止执行|不再执行|施行|实施|执行)")
_UNTIL = re.compile(r"(?:至|到)((?:19|20)\d\d年\d{1,2}月\d{1,2}日)")
_YEARS = re.compile(r"(?:延长|延续|有效期为?)(\d{1,2}|[一二两三四五六七八九十]{1,2})年")


def effects_of(
    works: Sequence[Work], relations: Iterable[Relation], besides: Iterable[Effect], text_of: Callable[[str], str]
) -> Iterator[Effect]:
    """Effects in the order of works, then days. Plans and reports change nothing and give no effect but `plan`.
    `besides`: what neither the works nor their relations say: labels of sites, terms that a rule set presumes."""
    by_key = {work.key: work for work in works}
    found: list[Effect] = [*besides, *(effect for work in works for effect in _own(work, text_of))]
    found += [effect for one in relations if one.kind in _KINDS if (effect := _done(one, by_key))]
    yield from sorted(_undone(found), key=lambda one: (one.work, one.made or date.min, one.kind, one.by or ""))


def _undone(effects: Sequence[Effect]) -> Iterator[Effect]:
    """The effects by the day on which they bite, those marked whose act was itself repealed or declared void before.

    Only what bites earlier can undo something, so one pass settles whether the repeal itself came about.
    """
    ends: dict[str, list[Effect]] = {}
    for one in sorted(effects, key=lambda one: one.effective or date.max):
        deadly = [end.made for end in ends.get(one.by or "", ()) if end.made and _before(end, one)]
        effect = replace(one, undone=min(deadly)) if deadly else one
        if effect.kind in _ENDS and effect.certainty == "stated" and not effect.undone:
            ends.setdefault(effect.work, []).append(effect)
        yield effect


def _before(one: Effect, other: Effect) -> bool:
    return one.effective is not None and other.effective is not None and one.effective < other.effective


def _own(work: Work, text_of: Callable[[str], str]) -> Iterator[Effect]:
    day = work.day
    if not work.held or work.role not in ("policy", "cleanup"):
        return
    if day:
        yield Effect("issue", work.key, day, day)
    if work.effective:
        words = _words(work.effective_evidence, text_of)
        yield Effect("effect", work.key, day, work.effective, evidence=words)
    if work.expires:
        yield Effect("expiry", work.key, day, work.expires, evidence=_words(work.expires_evidence, text_of))


def _words(place: Evidence | None, text_of: Callable[[str], str]) -> Evidence | None:
    """The clause that says from when or until when, word for word."""
    if place is None or place.quote:
        return place
    return quote(place.sha256, place.path, text_of(place.sha256), place.span, place.rule, in_line=True)


def _done(relation: Relation, by_key: dict[str, Work]) -> Effect | None:
    actor = by_key.get(relation.source)
    if actor is None or relation.mode == "report":
        return None
    made = actor.day
    kind = "plan" if relation.mode == "plan" else _KINDS[relation.kind]
    effective = _bites(relation, actor, made)
    effect = Effect(
        kind,
        relation.target,
        made,
        effective,
        by=relation.source,
        certainty="repaired" if relation.repaired and not (relation.corroboration or relation.judged) else "stated",
        detail=relation.detail,
        evidence=relation.evidence,
    )
    if kind == "suspend":
        return replace(effect, until=_named_end(relation.evidence.quote))
    if kind == "extend":
        return replace(effect, until=_new_end(relation, by_key.get(relation.target)))
    return effect


def _bites(relation: Relation, actor: Work, made: date | None) -> date | None:
    """The day named in the sentence, else the day on which the act itself takes effect, else the day it was made."""
    if match := _FROM.search(relation.evidence.quote):
        found = next(find_dates(match[1]), None)
        if found:
            return as_date(found.value)
    return actor.effective or made


def _named_end(words: str) -> date | None:
    match = _UNTIL.search(words)
    found = next(find_dates(match[1]), None) if match else None
    return as_date(found.value) if found else None


def _new_end(relation: Relation, target: Work | None) -> date | None:
    text = relation.evidence.quote
    if relation.detail and re.fullmatch(r"\d{4}-\d\d-\d\d", relation.detail):
        return date.fromisoformat(relation.detail)
    if end := _named_end(text):
        return end
    years = _YEARS.search(text)
    if years and target and target.expires:
        end = target.expires
        return last_day(end + timedelta(days=1), chinese_number(years[1].replace("两", "二")) or 0)
    return None
