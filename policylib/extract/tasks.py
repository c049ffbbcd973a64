"""Who does what, with whom and until when: the responsibility brackets of plans (domain.md §8).

（组织人事科牵头，各相关科室配合落实） · （牵头单位：甲局；配合单位：乙局） · 〔责任单位：甲局、乙局〕
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from policylib.extract.dates import make_date
from policylib.extract.layout import Line
from policylib.extract.number_shapes import chinese_number
from policylib.extract.organ_names import is_organ
from policylib.model import Deadline, Found, Span, Task

LONGEST: Final = 300  # characters of a bracket that names those responsible: some forty short names
_BRACKETS: Final = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
_OPENING: Final = re.compile(r"[(\[〔【]")
_DUTY: Final = re.compile(r"牵头|责任|负责|主办|承办|配合|协办|参与|参加")
_LABEL: Final = re.compile(
    r"(?P<lead>(?:牵头|责任|主办|承办|主体|负责)(?:单位|部门|科室|处室|机关))|"
    r"(?P<support>(?:配合|协办|协助|参与|参加|支持)(?:单位|部门|科室|处室|机关))|"
    r"(?P<other>(?:责任|分管|牵头|联系|负责)(?:领导|人)|完成时[限间]|时限|联系电话)"
)
_COLON: Final = re.compile(r" *:")
_CLAUSE: Final = re.compile(r"[^,;。]+")
_VERB: Final = re.compile(
    r"(?:等(?:部门|单位)?)?(?:共同|分别|具体|按照?(?:各自)?职责(?:分工)?)*(?:分别|共同)?"
    r"(?:(?P<lead>牵头负责|牵头|负责|主办|承办)|(?P<support>配合|协助|协办|参与|参加))(?:落实|实施|推进|办理|完成)?$"
)
_TOGETHER: Final = "会同"
_NAMES: Final = re.compile(r"[^、,;]+")
_CLASS: Final = re.compile(r"^(?:各|有关|相关|其他|市政府各|省政府各|局属|区属|县属)")  # 各相关科室, 各区县政府
_COMPLETES: Final = frozenset(("单位", "部门", "直属机构", "科室"))  # 市政府各部门、单位 is one name
_FIRST_LEADS: Final = re.compile(r"(?:排在)?第一位的?(?:部门|单位)?为牵头|列(?:在)?第一位的?(?:部门|单位)?为牵头")
_DAY_NUMBER: Final = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_BY_DAY: Final = re.compile(
    r"(?<!\d)(?<!每年)(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>\d{1,2})日|(?P<end>底|末))(?:之前|以前|前)"
)
_BY_YEAR: Final = re.compile(r"(?:(?P<year>20\d\d)年年?|(?<!每)(?<!每年)年)(?:底|末)(?:之前|以前|前)|年内")
_WITHIN: Final = re.compile(
    rf"(?P<event>[\u3400-\u9fff]{{1,12}}?)(?:之日起|之后|后|起)(?P<count>{_DAY_NUMBER})个?(?P<unit>工作日|日|天|月)(?:之内|以内|内)"
)
_UNITS: Final = {"工作日": "workday", "日": "day", "天": "day", "月": "month"}
_EVENT_HEAD: Final = re.compile(r"^.*(?:在|自|于|应当?|并|须|要)(?=.)")


def find_tasks(folded: str, lines: Sequence[Line], year: int | None) -> tuple[Task, ...]:
    """The tasks whose responsibility is printed behind them in brackets, in order. `year` is the paper's, for 年底前.

    A bracket that the damage left open at the end of its line is closed there (domain.md §2.6).
    """
    first_leads = _FIRST_LEADS.search(folded) is not None
    found: list[Task] = []
    for index, line in enumerate(lines):
        position = line.span.start
        for bracket in _brackets(line):
            inner = Span(bracket.start + 1, bracket.end)
            lead, support = _responsible(folded, inner)
            if not lead and not support:
                continue
            item = _item(folded, position, bracket.start, lines[index - 1] if index else None)
            position = bracket.end
            if first_leads and not support and len(lead) > 1:
                lead, support = lead[:1], lead[1:]
            found.append(Task(item, lead, support, deadline_in(folded, item.start, bracket.end, year)))
    return tuple(found)


def _brackets(line: Line) -> Iterator[Span]:
    """The outermost brackets of a line that speak of duties, from the opening mark to behind the closing one."""
    text, place = line.text, 0
    while match := _OPENING.search(text, place):
        close = _close(text, match.start())
        place = close
        inside = text[match.start() + 1 : close]
        if _DUTY.search(inside):
            yield Span(match.start(), close).shifted(line.span.start)


def _close(text: str, start: int) -> int:
    """Behind the mark that closes the bracket, else the end of the line or of the longest bracket there is."""
    opening, depth = text[start], 0
    closing = _BRACKETS[opening]
    limit = min(len(text), start + LONGEST)
    for place in range(start, limit):
        if text[place] == opening:
            depth += 1
        elif text[place] == closing:
            depth -= 1
            if not depth:
                return place + 1
    return limit


def _item(folded: str, start: int, end: int, above: Line | None) -> Span:
    """The words before the bracket; the line above where the bracket stands alone on its own."""
    words = folded[start:end]
    if words.strip(" 。;,") or above is None:
        return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
    return above.span


def _responsible(folded: str, inner: Span) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Those who lead and those who support, by labels (牵头单位：…) or by verbs (…牵头，…配合)."""
    text = _without_nested(folded[inner.start : inner.end])
    labels = [match for match in _LABEL.finditer(text) if _COLON.match(text, match.end())]
    parts = list(_labelled(text, labels) if labels else _spoken(text))
    return (
        tuple(one for kind, start, end in parts if kind == "lead" for one in _names(text, start, end, inner.start)),
        tuple(one for kind, start, end in parts if kind == "support" for one in _names(text, start, end, inner.start)),
    )


def _without_nested(text: str) -> str:
    """The inside of a bracket with the brackets in it blanked, same length: 各区县政府（含高新区，下同）."""
    out, depth = [], 0
    for character in text:
        depth += character in _BRACKETS
        closes = character in _BRACKETS.values()
        out.append(" " if depth or closes else character)
        depth -= closes and depth > 0
    return "".join(out)


def _labelled(text: str, labels: Sequence[re.Match[str]]) -> Iterator[tuple[str, int, int]]:
    ends = [*(match.start() for match in labels[1:]), len(text)]
    for match, end in zip(labels, ends, strict=True):
        yield str(match.lastgroup), text.index(":", match.end()) + 1, end


def _spoken(text: str) -> Iterator[tuple[str, int, int]]:
    """The clauses with a verb; one without belongs to the next (甲局，乙局负责)."""
    start: int | None = None
    for clause in _CLAUSE.finditer(text):
        start = clause.start() if start is None else start
        words = clause.group().rstrip()
        verb = _VERB.search(words)
        if verb is None:
            continue
        end = clause.start() + verb.start()
        together = text.find(_TOGETHER, start, end)
        if together >= 0:
            yield "support", together + len(_TOGETHER), end
            end = together
        yield str(verb.lastgroup), start, end
        start = None


def _names(text: str, start: int, end: int, offset: int) -> Iterator[Found[str]]:
    """The names of a list, each with its place; none where one of them is no organ and no class of organs."""
    spans: list[Span] = []
    for match in _NAMES.finditer(text, start, end):
        words = match.group().strip(" 。").removeprefix("由").removesuffix("等")
        at = match.start() + match.group().find(words)
        if words in _COMPLETES and spans and "各" in text[spans[-1].start : spans[-1].end]:
            spans[-1] = replace(spans[-1], end=at + len(words))
        elif words:
            spans.append(Span(at, at + len(words)))
    names = [Found(span.of(text), span.shifted(offset), "task") for span in spans]
    if all(is_organ(one.value) or _CLASS.match(one.value) for one in names):
        yield from names


def deadline_in(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    """The first day or term by which something is to be done: 2019年3月底前, 年底前, 公布后30个工作日内.

    `latest` where a calendar is enough; a term counts from an event, whose day the caller knows. Returning duties
    (每年3月底前) have none.
    """
    found = [
        one
        for one in (_by_day(folded, start, end, year), _by_year(folded, start, end, year), _within(folded, start, end))
        if one
    ]
    return min(found, key=lambda one: one.span.start, default=None)


def _by_day(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    match = _BY_DAY.search(folded, start, end)
    own = int(match["year"]) if match and match["year"] else year
    if match is None or own is None:
        return None
    month = int(match["month"])
    day = make_date(own, month, int(match["day"]) if match["day"] else monthrange(own, month)[1])
    return Found(Deadline(day), Span(*match.span()), "deadline.day") if day else None


def _by_year(folded: str, start: int, end: int, year: int | None) -> Found[Deadline] | None:
    match = _BY_YEAR.search(folded, start, end)
    own = int(match["year"]) if match and match["year"] else year
    return Found(Deadline(date(own, 12, 31)), Span(*match.span()), "deadline.year") if match and own else None


def _within(folded: str, start: int, end: int) -> Found[Deadline] | None:
    match = _WITHIN.search(folded, start, end)
    count = chinese_number(match["count"]) if match else None
    if match is None or not count:
        return None
    event = _EVENT_HEAD.sub("", match["event"])
    return Found(Deadline(None, count, _UNITS[match["unit"]], event), Span(*match.span()), "deadline.term")
