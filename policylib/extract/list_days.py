"""From which day on the papers of an annex, a table or a list end, as the text of a cleanup result says it (domain.md
§5.3: an explicit day comes first)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from policylib.extract.cleanup_outcomes import heading_outcome
from policylib.extract.dates import as_date, first_date
from policylib.extract.layout import Line
from policylib.extract.masking import FILL
from policylib.extract.moods import is_denied, is_planned
from policylib.extract.numerals import chinese_number
from policylib.extract.sentences import sentence_pattern
from policylib.model import ClauseKind, Found, ListDay, RelationKind, Span

_DAY: Final = r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
_AT_ONCE: Final = r"(?:一律|予以|同时|全部|正式|均){0,2}(?:废止|失效|停止|终止|作废|不再)"
_FROM = re.compile(
    rf"(?:[自从](?P<since>{_DAY})(?P<late>24时)?(?:零时|0时)?(?:起|开始|(?={_AT_ONCE}))|(?P<bare>{_DAY})(?:零时|0时)?(?:起|开始)|"
    rf"于(?P<on>{_DAY})(?P<over>24时)?(?={_AT_ONCE})|自(?P<event>本?[^,。;自]{{0,4}}(?:印发|发布|公布|下发)之日)(?:起|(?={_AT_ONCE})))"
    r"(?!,?(?:正式|全面)?(?:施行|实施|执行|生效|试行)|[至到])"
)
_ENDS = re.compile(r"废止|失效|作废|(?:停止|终止)(?:执行|施行|实施|使用|适用)|不再(?:执行|施行|实施|适用|作为|有效)")
_VOID: Final[tuple[tuple[str, RelationKind], ...]] = (("废止", "repeals"), ("作废", "repeals"), ("失效", "lapses"))
_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_ANNEXES = re.compile(rf"附件? ?{_NUMBER}(?:[、,和及与至\-—](?:附件?)? ?{_NUMBER})*(?![件个条项份部年月])")
_WHOLE = re.compile(r"附件(?! ?[\d一二三四五六七八九十])(?:中?所?列|中|的|目录|清单)|上述|前述|以上|这些|该批")
_FOLLOWS = re.compile("下列|以下")
_LISTED = re.compile(
    r"附件|附表|下列|以下|上述|前述|以上|所列|列入|目录|清单|名单|一览表|一批|部分|这些|该批|其余|其他|"
    r"[\d一二三四五六七八九十百]{1,4}(?:件|部|项|份)|(?:废止|失效)的[^,。;]{0,16}(?:文件|规章|规定)"
)
_EACH: Final = "分别"
_EACH_FROM = re.compile(rf"{_EACH}[自从于]")
_A_DAY = re.compile(_DAY)
_UNTOLD = re.compile(r"其中|(?<!附件)第[\d一二三四五六七八九十、至\-]{1,12}项|部分(?:条款|内容)")
"""其中1件自3月1日起废止, 第3项自3月1日起废止: which row that is, only a person can tell."""
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”")
_OPEN_CLAUSES: Final = ("catch_all", "conditional")
_LABEL = re.compile(rf"附件? ?({_NUMBER})(?![件个条项份部年月号、,和及])")
_LABEL_REACH: Final = 60  # characters of a line that heads an annex
_LEAST_WRAPPED: Final = 16  # characters of a line that a program may have broken


def annex_label(text: str) -> str | None:
    """The number of the annex that a line heads, in figures: 附件1, 附件二：废止的文件目录; None of other lines."""
    label = _LABEL.match(text) if len(text) <= _LABEL_REACH and text.startswith("附") else None
    return str(chinese_number(label[1])) if label else None


def list_days(
    folded: str, lines: Sequence[Line], clauses: Sequence[Found[ClauseKind]], issued: date | None
) -> tuple[Found[ListDay], ...]:
    """The days that sentences give to what is listed elsewhere, in order.

    附件1所列文件自2022年3月1日起废止 · 决定废止下列文件，自2022年3月1日起停止执行 · 自2022年3月1日起，废止1件.
    自印发之日起 is the day `issued`. A paper that the sentence names has its day from there, and 本决定自…起施行 is the
    start of this one. What a catch-all or a condition ends is in no list.
    """
    found: list[Found[ListDay]] = []
    bars = [one.span for one in clauses if one.value in _OPEN_CLAUSES]
    begun, over = sorted(bar.start for bar in bars), sorted(bar.end for bar in bars)
    for span, heads in _paragraphs(lines):
        words = _QUOTED.sub(lambda quoted: FILL * len(quoted.group()), span.of(folded).replace("\n", " "))
        if "日" not in words or not _ENDS.search(words):
            continue
        for stretch, day in _stretches(words):
            where = stretch.shifted(span.start)
            if bisect_left(begun, where.end) > bisect_right(over, where.start):
                continue  # a bar has begun that is not over
            if value := _list_day(words, stretch, day, issued, heads):
                found.append(Found(value, where, "cleanup.day"))
    return tuple(found)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Span, bool]]:
    """The lines of text, those put together that a program broke; and whether a line heads a list."""
    start, end, size = -1, -1, 0
    for line in lines:
        if line.role not in ("body", "annex", "note"):
            if heading_outcome(line) and line.role == "row":
                yield line.span, True
            continue
        heads = heading_outcome(line) is not None and not line.text.endswith("。")
        if start >= 0 and (heads or size < _LEAST_WRAPPED or line.span.start - end > 2):
            yield Span(start, end), False
            start = -1
        if heads:
            yield line.span, True
            continue
        start, end, size = (line.span.start if start < 0 else start), line.span.end, len(line.text)
        if line.text.endswith(("。", ";", ":")):
            yield Span(start, end), False
            start = -1
    if start >= 0:
        yield Span(start, end), False


def _stretches(words: str) -> Iterator[tuple[Span, re.Match[str]]]:
    """Each day with the words that it governs: its sentence; of several days in one sentence, each until its own
    clause ends."""
    for sentence in sentence_pattern("。;").finditer(words):
        days = list(_FROM.finditer(words, sentence.start(), sentence.end()))
        start = sentence.start()
        if days and _is_shared_out(sentence.group()):
            days = days[-1:]
        for place, day in enumerate(days):
            if place + 1 == len(days):
                end = sentence.end()
            else:
                behind = words.startswith(",", day.end())
                comma = words.find(",", day.end() + behind, days[place + 1].start())
                end = comma if comma >= 0 else days[place + 1].start()
            yield Span(start, end), day
            start = end + words.startswith(",", end)


def _list_day(words: str, stretch: Span, day: re.Match[str], issued: date | None, heads: bool) -> ListDay | None:
    said = stretch.of(words)
    clause = words[max(stretch.start, words.rfind(",", stretch.start, day.start()) + 1) : day.start()]
    if not (heads or _LISTED.search(said)) or (FILL in clause and not _LISTED.search(clause)):
        return None
    without_day = words[stretch.start : day.start()] + words[day.end() : stretch.end]  # 拟自2022年3月1日起废止
    bare = _ENDS.search(without_day)
    if bare is None or is_denied(without_day[: bare.start()]) or is_planned(without_day, *bare.span()):
        return None
    since = _day_of(day, issued)
    if since is None:
        return None
    annexes = tuple(dict.fromkeys(one for named in _ANNEXES.finditer(said) for one in _numbers(named.group())))
    relations = tuple(dict.fromkeys(relation for word, relation in _VOID if word in said))
    if _is_shared_out(said) or (_UNTOLD.search(said) and not annexes):
        return ListDay(None, relations, annexes)
    whole = _WHOLE.search(said) is not None and len(relations) < 2
    follows = heads or (_FOLLOWS.search(said) is not None and not annexes)
    return ListDay(since, () if whole and not annexes else relations, annexes, follows)


def _is_shared_out(words: str) -> bool:
    """Whether several days are given to several papers: 分别自3月1日和4月1日起废止. Which ends when, only a person can
    tell."""
    first = words.find(_EACH)
    return first >= 0 and (_EACH_FROM.search(words, first) is not None or len(_A_DAY.findall(words, first)) > 1)


def _day_of(day: re.Match[str], issued: date | None) -> date | None:
    if day["event"]:
        return issued
    found = first_date(day["since"] or day["bare"] or day["on"])
    return as_date(found.value) + timedelta(days=1 if day["late"] or day["over"] else 0) if found else None


def _numbers(words: str) -> Iterator[str]:
    """附件1、2 -> 1, 2; 附件1至3 -> 1, 2, 3."""
    figures = [chinese_number(one) or 0 for one in re.findall(_NUMBER, words)]
    if re.search(r"[至\-—]", words) and len(figures) == 2:
        figures = list(range(figures[0], min(figures[1], figures[0] + 20) + 1))
    yield from map(str, figures)
