"""The last day that an act gives the term of another paper: by name, by length, or by rewriting its article (domain.md
§5.1, §5.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from policylib.extract.dates import as_date, find_dates
from policylib.extract.numerals import chinese_number
from policylib.extract.validity import last_named_day, last_of
from policylib.model import Effect, Relation, Work

_DAY: Final = r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
_UNTIL = re.compile(r"(?:[至到][“\"]?|为[“\"])((?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日|[底末])?|[底末]))")
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
_REWRITTEN = re.compile(r"(?:修改|修订|调整|变更|改)为[：:]?\s*[“\"]([^“”\"]{4,400})")
_TERM_OF_ARTICLE = re.compile(
    rf"(?:[自从](?:{_DAY}|(?:印发|公布|发布)之日)起?(?:施行|实施|执行|生效)[，。；,]\s?(?:本[\u3400-\u9fff]{{2,6}}?的?)?|"
    rf"本[\u3400-\u9fff]{{2,6}}?的?)(?:有效|试行|施行)期限?为?(?:{_COUNT}|[至到]{_DAY})"
)
"""第三十条改为“本办法自2020年8月1日起施行，有效期至2028年7月31日”: the first day where it is named, and the term."""
_NEXT_PAPER = re.compile(r"\n\s*(?:[一二三四五六七八九十]{1,3}、|《)")
_CHANGES_REACH: Final = 4000  # characters of what a decision changes of one paper
_RENEWED = re.compile(rf"重新(?:公布|发布|印发)[^。；《》]{{0,30}}有效期限?为?(?:{_COUNT}|[至到]{_DAY})")
ISO = re.compile(r"\d{4}-\d\d-\d\d")


def rewritten_terms(
    relations: Sequence[Relation], by_key: Mapping[str, Work], text_of: Callable[[str], str]
) -> Iterator[tuple[Relation, date | None]]:
    """The last days that decisions give by rewriting the article on the term, each with the amendment that does it.
    Of a decision that changes one paper all its text is read; of one that changes several, what stands between a
    paper's name and the next."""
    targets: dict[str, set[str]] = {}
    for one in relations:
        targets.setdefault(one.source, set()).add(one.target)
    for one in relations:
        target = by_key.get(one.target)
        if target is None or _TERM_AMENDED.search(one.evidence.quote):
            continue
        start = one.evidence.span.start
        words = text_of(one.evidence.sha256)[start : start + _CHANGES_REACH]
        if len(targets[one.source]) > 1:
            stop = _NEXT_PAPER.search(words, one.evidence.span.end - start)
            words = words[: stop.start()] if stop else words
        for article in _REWRITTEN.finditer(words):
            if term := _TERM_OF_ARTICLE.search(article[1]):
                yield one, _term_of_article(term, target)


def amended_term(words: str, target: Work | None) -> tuple[date | None] | None:
    """将第十五条“有效期3年”修改为“有效期5年”: the last day, None in its place where it is not known; None where no
    term is changed."""
    term = _TERM_AMENDED.search(words)
    return (_total(term, target),) if term else None


def _term_of_article(term: re.Match[str], target: Work) -> date | None:
    if term[4]:
        return last_named_day(term[4])
    count = chinese_number(term[2]) or 0
    first = next(find_dates(term[1]), None) if term[1] else None
    since = as_date(first.value) if first else target.effective
    return last_of(since, count * (12 if term[3] == "年" else 1)) if since else None


def counted_on(effects: Sequence[Effect]) -> list[Effect]:
    """The effects, those that extend a term by so many years counted from the end that an earlier one gave it."""
    ends: dict[str, date] = {}
    made: dict[int, Effect] = {}
    order = sorted(range(len(effects)), key=lambda place: effects[place].made or date.min)
    for place in order:
        one = effects[place]
        if one.kind != "extend" or one.certainty != "stated":
            continue
        words = one.evidence.quote if one.evidence else ""
        term = _TERM.search(words) if one.work in ends and _is_counted_on(one, words) else None
        if term:
            one = made[place] = replace(one, until=last_of(ends[one.work] + timedelta(days=1), _months(term)))
        if one.until:
            ends[one.work] = one.until
    return [made.get(place, one) for place, one in enumerate(effects)]


def _is_counted_on(effect: Effect, words: str) -> bool:
    """Whether an extension names neither its last day nor a new term as a whole."""
    named = effect.detail and ISO.fullmatch(effect.detail)
    return not (
        named or _UNTIL.search(words) or _TOTAL.search(words) or _GOES_ON.search(words) or _RENEWED.search(words)
    )


def _named_end(words: str) -> date | None:
    match = _UNTIL.search(words)
    return last_named_day(match[1]) if match else None


def new_end(relation: Relation, target: Work | None) -> date | None:
    text = relation.evidence.quote
    if relation.detail and ISO.fullmatch(relation.detail):
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


def renewed_until(relation: Relation, since: date | None) -> date | None:
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
