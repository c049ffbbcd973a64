"""Dated events on works, from their own clauses and from what others do to them (domain.md §5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.dates import as_date, find_dates
from policylib.extract.numerals import chinese_number
from policylib.extract.stoppages import window
from policylib.extract.unread_ends import UNREAD_END
from policylib.extract.validity import last_named_day, last_of
from policylib.link.quoting import quote
from policylib.model import Effect, EffectKind, Evidence, Relation, Work

_KINDS: Final[dict[str, EffectKind]] = {
    "repeals": "repeal", "lapses": "lapse", "partly_repeals": "partial", "amends": "amend", "extends": "extend",
    "suspends": "suspend", "reinstates": "reinstate", "retains": "retain", "republishes": "republish",
    "replaces": "repeal",
}  # fmt: skip
_ENDS: Final = ("repeal", "lapse")
_DAY: Final = r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
_VERBS: Final = (
    "(?:(?:予以|同时|均|自动|自行|正式|全部|全面){0,2}(?:废止|失效|宣布|停止|终止|不再|暂停|中止|恢复|作废)|"
    "(?:施行|实施|执行|生效)(?![的)）]))"
)
_FROM = re.compile(
    rf"[自从于]{_DAY}(?P<over>24时)?(?:零时)?(?:起|开始)?{_VERBS}|[自从]?{_DAY}(?:零时)?(?:起|开始)(?:至{_DAY}止?)?[，,]?(?={_VERBS}|《|对)|"
    rf"(?:废止|失效|停止(?:执行|施行|实施)|终止)的?(?:时间|日期)[为是：:]{_DAY}"
)
"""自2021年9月1日起废止 · 于2021年9月1日废止 · 自2021年9月1日起，《X》停止执行 · 停止执行的时间为2021年9月1日; not
自2016年9月1日起施行的《X》.

于2021年8月31日24时废止 ends it from the day after on."""
_AT_ONCE = re.compile(
    r"自(?:本(?:通知|公告|决定|通告|文件|令)?)?(?:印发|发布|公布|下发)之日起[，,]?(?:予以|同时)?(?:废止|失效|停止|终止|不再)"
)
_UNTIL = re.compile(r"(?:至|到)((?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日|[底末])?|[底末]))")
_TERM = re.compile(
    r"(?:(?:延长|延续|继续|顺延)(?:执行|实施|施行|有效)?|有效期限?为?)(\d{1,2}|[一二两三四五六七八九十]{1,2})(年(?![\d半])|个月)"
)
_COUNT: Final = r"(\d{1,2}|[一二两三四五六七八九十]{1,2})(年(?![\d半])|个月)"
_TOTAL = re.compile(rf"(?:延长|延续|缩短|调整|变更|修改|修订|改|延)[为至到](?:{_COUNT})")
"""有效期由3年调整为5年: from the day on which the paper took effect, not from its former end."""
_GOES_ON = re.compile(
    rf"[自从](?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日起?(?:继续|正式|重新)(?:施行|实施|执行|有效)[，,]有效期限?为?{_COUNT}"
)
"""自2022年4月1日起继续施行，有效期5年: the day from which the new term runs is named."""
_TERM_AMENDED = re.compile(
    rf"有效期[^。；，《》]{{0,12}}(?:修改|调整|变更|改)为[：:]?[“\"]?[^。；，《》]{{0,16}}有效期限?为?{_COUNT}"
)
_RENEWED = re.compile(rf"重新(?:公布|发布|印发)[^。；《》]{{0,30}}有效期限?为?(?:{_COUNT}|[至到]{_DAY})")
_MOVED = re.compile("(?:废止|失效|停止执行|终止)(?:日期|时间|日)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def effects_of(
    works: Sequence[Work], relations: Iterable[Relation], besides: Iterable[Effect], text_of: Callable[[str], str]
) -> Iterator[Effect]:
    """Effects in the order of works, then days. Plans and reports change nothing and give no effect but `plan`.
    `besides`: what neither the works nor their relations say: labels of sites, terms that a rule set presumes."""
    by_key = {work.key: work for work in works}
    found: list[Effect] = [*besides, *(effect for work in works for effect in _own(work, text_of))]
    found += [effect for one in relations if _tells(one) for effect in _done(one, by_key)]
    yield from sorted(_undone(_moved(found)), key=lambda one: (one.work, one.made or date.min, one.kind, one.by or ""))


def _tells(relation: Relation) -> bool:
    return relation.kind in _KINDS or (relation.kind == "mentions" and relation.detail == UNREAD_END)


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
        certainty="repaired" if relation.repaired and not (relation.corroboration or relation.judged) else "stated",
        detail=relation.detail,
        evidence=relation.evidence,
        planned=relation.kind if kind == "plan" else None,
    )
    if kind == "suspend":
        first, last = window(relation.evidence.quote, effective)
        effect = replace(effect, effective=first or effective, until=last)
    elif kind == "extend":
        effect = replace(effect, until=_new_end(relation, target))
    elif kind == "republish" and (last := _renewed(relation, effective)):
        effect = replace(effect, kind="extend", until=last)
    yield effect
    if kind == "amend" and (term := _TERM_AMENDED.search(relation.evidence.quote)):
        yield replace(effect, kind="extend", until=_total(term, target), detail=None)


def _bites(relation: Relation, actor: Work, made: date | None, target: Work | None) -> date | None:
    """The day that the heading of a list or the sentence names, the first behind the document before the last ahead of
    it; else the day on which the act itself takes effect, else the day it was made."""
    if relation.kind in _DATED_BY_DETAIL and relation.detail and _ISO.fullmatch(relation.detail):
        return date.fromisoformat(relation.detail)
    words = relation.evidence.quote
    place = _place_of(target, words)
    if _AT_ONCE.search(words, place):
        return made
    if named := named_day(words, place):
        return named
    return actor.effective or made


def named_day(words: str, place: int = 0) -> date | None:
    """The day from which a sentence ends something: the first behind a place, else the last ahead of it."""
    behind = _FROM.search(words, place)
    named = behind or next(reversed(list(_FROM.finditer(words, 0, place))), None)
    found = next(find_dates(named[1] or named[3] or named[5]), None) if named else None
    return as_date(found.value) + timedelta(days=1 if named and named["over"] else 0) if found else None


_DATED_BY_DETAIL: Final = ("repeals", "lapses")


def _place_of(target: Work | None, words: str) -> int:
    """Where the sentence names the document, by its number or its title; its beginning where it does not."""
    names = (*map(str, target.numbers), target.title or "", *target.aliases) if target else ()
    return next((place for name in names if name and (place := words.find(name)) >= 0), 0)


def _named_end(words: str) -> date | None:
    match = _UNTIL.search(words)
    return last_named_day(match[1]) if match else None


def _new_end(relation: Relation, target: Work | None) -> date | None:
    text = relation.evidence.quote
    if relation.detail and _ISO.fullmatch(relation.detail):
        return date.fromisoformat(relation.detail)
    if end := _named_end(text):
        return end
    if total := _TOTAL.search(text):
        return _total(total, target)
    if anew := _GOES_ON.search(text):
        first = next(find_dates(anew.group()), None)
        return last_of(as_date(first.value), _months(anew)) if first else None
    term = _TERM.search(text)
    return last_of(target.expires + timedelta(days=1), _months(term)) if term and target and target.expires else None


def _total(term: re.Match[str], target: Work | None) -> date | None:
    """The last day of a term that is told anew as a whole."""
    return last_of(target.effective, _months(term)) if target and target.effective else None


def _renewed(relation: Relation, since: date | None) -> date | None:
    """《X》重新公布，有效期3年: the term begins anew; of what was revised before, a new version bears it."""
    words = relation.evidence.quote
    term = _RENEWED.search(words)
    if term is None or _REVISED.search(words):
        return None
    if term[3]:
        return last_named_day(term[3])
    return last_of(since, _months(term)) if since else None


_REVISED = re.compile("修[订改正]")


def _months(term: re.Match[str]) -> int:
    count = chinese_number(term[1]) or 0
    return count * (12 if term[2] == "年" else 1)
