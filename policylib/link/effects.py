"""Dated events on works, from their own clauses and from what others do to them (domain.md §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.dates import as_date, find_dates
from policylib.extract.stoppages import window
from policylib.extract.unread_ends import UNREAD_END
from policylib.link.new_terms import ISO, amended_term, counted_on, new_end, renewed_until, rewritten_terms
from policylib.link.quoting import quote
from policylib.link.revised import REVISED
from policylib.model import Effect, EffectKind, Evidence, Relation, Since, Work

_KINDS: Final[dict[str, EffectKind]] = {
    "repeals": "repeal", "lapses": "lapse", "partly_repeals": "partial", "amends": "amend", "extends": "extend",
    "suspends": "suspend", "reinstates": "reinstate", "retains": "retain", "republishes": "republish",
    "replaces": "repeal",
}  # fmt: skip
_ENDS: Final = ("repeal", "lapse")
_DAY: Final = r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
_VERBS: Final = (
    "(?:(?:予以|同时|均|自动|自行|正式|全部|全面){0,2}(?:废止|失效|宣布|停止|终止|不再|暂停|暂缓|中止|恢复|作废)|"
    "(?:施行|实施|执行|生效)(?![的)）]))"
)
_FROM = re.compile(
    rf"[自从于]{_DAY}(?P<over>24时)?(?:零时)?(?:起|开始)?{_VERBS}|[自从]?{_DAY}(?:零时)?(?:起|开始)(?:至{_DAY}止?)?[，,]?(?={_VERBS}|《|对)|"
    rf"(?:废止|失效|停止(?:执行|施行|实施)|终止)的?(?:时间|日期)[为是：:]{_DAY}|"
    rf"(?:至|到){_DAY}止?[，,](?P<after>自?(?:次|翌)日起?|到期后|期满后){_VERBS}"
)
"""自2021年9月1日起废止 · 于2021年9月1日废止 · 自2021年9月1日起，《X》停止执行 · 停止执行的时间为2021年9月1日; not
自2016年9月1日起施行的《X》.

于2021年8月31日24时废止 and 执行至2021年8月31日，次日起废止 end it from the day after on."""
_AT_ONCE = re.compile(
    r"自(?:本(?:通知|公告|决定|通告|文件|令)?)?(?:印发|发布|公布|下发)之日起[，,]?(?:予以|同时)?(?:废止|失效|停止|终止|不再)"
)
_MOVED = re.compile("(?:废止|失效|停止执行|终止)(?:日期|时间|日)")


def effects_of(
    works: Sequence[Work], relations: Iterable[Relation], besides: Iterable[Effect], text_of: Callable[[str], str]
) -> Iterator[Effect]:
    """Effects in the order of works, then days. Plans and reports change nothing and give no effect but `plan`.
    `besides`: what neither the works nor their relations say: labels of sites, terms that a rule set presumes."""
    by_key = {work.key: work for work in works}
    relations = tuple(relations)
    read = {(one.source, one.target) for one in relations if one.kind in _KINDS}
    told = [one for one in relations if _tells(one) or _is_left_open(one, by_key, read)]
    found: list[Effect] = [*besides, *(effect for work in works for effect in _own(work, text_of))]
    found += [effect for one in told for effect in _done(one, by_key)]
    found = [_with_its_day(one, by_key, text_of) for one in found]
    found += _terms_rewritten(told, by_key, text_of)
    dated = _undone(_moved(counted_on(found)))
    yield from sorted(dated, key=lambda one: (one.work, one.made or date.min, one.kind, one.by or ""))


def _tells(relation: Relation) -> bool:
    return relation.kind in _KINDS or (relation.kind == "mentions" and relation.detail == UNREAD_END)


def _is_left_open(relation: Relation, by_key: Mapping[str, Work], read: Set[tuple[str, str]]) -> bool:
    """Whether a cleanup result names a paper of its own issuer and nothing was understood of what it decides of it."""
    actor, target = by_key.get(relation.source), by_key.get(relation.target)
    return (
        (relation.kind, relation.mode) == ("mentions", "act")
        and actor is not None
        and target is not None
        and actor.role == "cleanup"
        and not {*actor.issuers}.isdisjoint(target.issuers)
        and (relation.source, relation.target) not in read
    )


def _undone(effects: Iterable[Effect]) -> Iterator[Effect]:
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


def _moved(effects: Sequence[Effect]) -> Iterator[Effect]:
    """The effects, those that end a work with the day to which another act moved that: 《X》废止日期调整为7月1日."""
    moves = [
        one
        for one in effects
        if one.kind == "extend" and one.until and one.evidence and _MOVED.search(one.evidence.quote)
    ]
    for one in effects:
        if one.kind in _ENDS and one.effective and one.made:
            later = [
                move for move in moves if move.work == one.work and move.made and one.made <= move.made <= one.effective
            ]
            if later and (last := max(later, key=lambda move: move.made or date.min).until):
                one = replace(one, effective=last + timedelta(days=1))
        yield one


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


def _done(relation: Relation, by_key: dict[str, Work]) -> Iterator[Effect]:
    """What a relation does, most often one thing; an amendment of the term changes it, too."""
    actor = by_key.get(relation.source)
    if actor is None or relation.mode == "report":
        return
    if relation.evidence.rule == REVISED:
        yield _revised(relation)
        return
    target = by_key.get(relation.target)
    made = actor.day
    kind = "plan" if relation.mode == "plan" else _KINDS.get(relation.kind, "unread")
    effective = _bites(relation, actor, made, target)
    effect = Effect(
        kind,
        relation.target,
        made,
        effective,
        by=relation.source,
        certainty="stated" if _is_sure(relation) else "repaired",
        detail=relation.detail,
        evidence=relation.evidence,
        planned=relation.kind if kind == "plan" else None,
        since=relation.since if kind in _ENDS and not _own_day(relation, made, target) else None,
    )
    if kind == "suspend":
        first, last = window(relation.evidence.quote, effective)
        effect = replace(effect, effective=first or effective, until=last)
    elif kind == "extend":
        effect = replace(effect, until=new_end(relation, target))
    elif kind == "republish" and (last := renewed_until(relation, effective)):
        effect = replace(effect, kind="extend", until=last)
    yield effect
    if kind == "amend" and (term := amended_term(relation.evidence.quote, target)):
        yield replace(effect, kind="extend", until=term[0], detail=None)


def _revised(relation: Relation) -> Effect:
    """A text that was made anew ends on the day that the relation bears; made known was that by the step of the history
    that tells of it."""
    made = next(find_dates(relation.evidence.quote), None)
    return Effect(
        "revise",
        relation.target,
        as_date(made.value) if made else None,
        date.fromisoformat(relation.detail) if relation.detail else None,
        by=relation.source,
        evidence=relation.evidence,
    )


def _with_its_day(effect: Effect, by_key: Mapping[str, Work], text_of: Callable[[str], str]) -> Effect:
    """The end of a revised text with the clause of the new one that says from when that holds."""
    later = by_key.get(effect.by or "") if effect.kind == "revise" else None
    if later is None or later.effective is None or later.effective != effect.effective:
        return effect
    words = _words(later.effective_evidence, text_of)
    return replace(effect, since=Since(later.effective, words)) if words else effect


def _is_sure(relation: Relation) -> bool:
    return not relation.repaired or bool(relation.corroboration or relation.judged)


def _terms_rewritten(
    relations: Iterable[Relation], by_key: dict[str, Work], text_of: Callable[[str], str]
) -> Iterator[Effect]:
    amending = [one for one in relations if one.kind == "amends" and one.mode == "act" and _is_sure(one)]
    for one, until in rewritten_terms(amending, by_key, text_of):
        if actor := by_key.get(one.source):
            bites = _bites(one, actor, actor.day, by_key.get(one.target))
            yield Effect("extend", one.target, actor.day, bites, one.source, until, evidence=one.evidence)


def _bites(relation: Relation, actor: Work, made: date | None, target: Work | None) -> date | None:
    """The day that the row, the sentence or the heading of the list names; else the one that another sentence gives to
    what is listed, None where it cannot be told which of them; else the day on which the act itself takes effect, else
    the day it was made."""
    if named := _own_day(relation, made, target):
        return named
    if relation.since and relation.kind in _DATED_BY_DETAIL:
        return relation.since.day
    return actor.effective or made


def _own_day(relation: Relation, made: date | None, target: Work | None) -> date | None:
    """The day that the heading of a list or the sentence names, the first behind the document before the last ahead of
    it."""
    if relation.kind in _DATED_BY_DETAIL and relation.detail and ISO.fullmatch(relation.detail):
        return date.fromisoformat(relation.detail)
    words = relation.evidence.quote
    place = _place_of(target, words)
    if _AT_ONCE.search(words, place):
        return made
    return named_day(words, place)


def named_day(words: str, place: int = 0) -> date | None:
    """The day from which a sentence ends something: the first behind a place, else the last ahead of it."""
    behind = _FROM.search(words, place)
    named = behind or next(reversed(list(_FROM.finditer(words, 0, place))), None)
    found = next(find_dates(named[1] or named[3] or named[5] or named[6]), None) if named else None
    over = named and (named["over"] or named["after"])
    return as_date(found.value) + timedelta(days=1 if over else 0) if found else None


_DATED_BY_DETAIL: Final = ("repeals", "lapses")


def _place_of(target: Work | None, words: str) -> int:
    """Where the sentence names the document, by its number or its title; its beginning where it does not."""
    names = (*map(str, target.numbers), target.title or "", *target.aliases) if target else ()
    return next((place for name in names if name and (place := words.find(name)) >= 0), 0)
