"""Who does what, with whom and until when, as plans print it (domain.md §8).

behind the task    （组织人事科牵头，各相关科室配合落实） · （牵头单位：甲局；配合单位：乙局） · 〔责任单位：甲局〕
below it           牵头单位：甲局  责任单位：乙局、丙局  完成时限：2024年6月
in the sentence    各局属单位要在本方案公布后30个工作日内公开实施方案。 各起草部门应当在3个工作日内作出标注。
                   列在第一位的为牵头单位，每月5日前报送进展情况。
in a table         see `task_table`
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.deadlines import deadline_in, limit_in, term_at
from policylib.extract.layout import Line
from policylib.extract.responsible import BRACKETS, Units, labels_in, names, responsible, without_nested
from policylib.extract.task_table import table_tasks
from policylib.model import Deadline, Found, Span, Task

LONGEST: Final = 300  # characters of a bracket that names those responsible: some forty short names
_OPENING: Final = re.compile(r"[(\[〔【]")
_DUTY: Final = re.compile(r"牵头|责任|负责|主办|承办|配合|协办|参与|参加|指导")
_FIRST_LEADS: Final = re.compile(r"[排列][名列在]{0,2}第一位?(?:的|者)?(?:部门|单位|者)?[为是]牵头(?:部门|单位)?")
_LEADING: Final = "牵头"
SCOPE: Final = re.compile(
    r"以下(?:各项|任务|工作|内容)?(?:均|都|皆)?(?:需|须|由)(?P<who>[^,;。()]{2,40}?)(?:负责)?落实[^。)]{0,6}不再(?:逐一)?列出"
)
"""以下均需试点城市政府落实，不再列出: those named share every task that follows."""
_SENTENCE: Final = re.compile(r"[^。;\n]+")
# The addressee of an order: 各局属单位要, 请各科室于, 各区县、市直各部门应当, 各部门制定; it begins the sentence, or
# stands behind the last day that begins it (2019年6月底前，各区县要). Applicants (申报单位于10月16日前报送) are free to
# come or not.
_ADDRESSED: Final = re.compile(
    r"(?:请|望)?(?P<who>(?!申报|申请|参评|报名|投标|(?:项目)?承担)(?:各地|[^,。;:《》\d]{1,40}?"
    r"(?:单位|部门|科室|处室|机构|中心|政府|企业|[局委办厅区县市镇乡院校所站科处])))"
    r" *(?:应当|应|要|须|需|务必|务|请|将?[于在]|(?=每)|根据|按照|结合|对照|参照|认真|"
    r"(?:抓紧|尽快)?(?:制定|制订|编制|提出|完成|建立|组织|开展|梳理|汇总|报送|上报)(?!了|的|后|情况))"
)
# Who leads is told of all, and what he is to do behind it: 列在第一位的为牵头单位，每月5日前报送.
_TOLD: Final = re.compile(
    r"[^,。;:]{2,12}[为是](?P<who>(?:牵头|责任|主办|承办)(?:单位|部门))(?:,(?=每|于|在|应|要|须|负责))"
)
# A paper in articles rules how offices work for ever: 行政机关应当在20个工作日内答复 is no task of a plan.
_ARTICLE: Final = re.compile(r"^[ \t]*第[一二三四五六七八九十百零〇\d]{1,6}条", re.MULTILINE)
_EMPTY: Final = re.compile(r"[ :;,。、_/\-—\n]*(?:无|待定|待明确|待确定)?[ ;,。、\n]*")
_TERM_ENDS: Final = re.compile("[日天月年底末度旬周][之以]?[前内]|每.{1,5}[底末初]")
_DAY_BEGINS: Final = frozenset("0123456789一二三四五六七八九十第年上下")
# What numbers an order: 三、 （二） 2. 第五条
_HEAD: Final = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,6}条|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])?\s*"
)
_CLAUSES: Final = 3
_OPENS: Final = 16  # characters of the longest last day: 二〇二一年十二月三十一日以前
_OWN_EVENT: Final = re.compile(r"(?:公布|发布|印发|下发|公开)$")


def find_tasks(folded: str, lines: Sequence[Line], year: int | None) -> tuple[Task, ...]:
    """The tasks for which a paper says who answers, in order. `year` is the paper's, for 年底前.

    A bracket that the damage left open at the end of its line is closed there (domain.md §2.6).
    """
    prose = [line for line in lines if line.role != "row"]
    first_leads = "第一" in folded and _LEADING in folded and _FIRST_LEADS.search(folded) is not None
    bracketed = list(_bracketed(folded, prose, year, first_leads))
    labelled = list(_below(folded, prose, year, first_leads))
    taken = sorted(task.item for task in (*bracketed, *labelled))
    addressed = [task for task in _addressed(folded, prose, year) if not _overlaps(task.item, taken)]
    tabled = table_tasks(folded, [line for line in lines if line.role == "row"], year)
    found = sorted((*bracketed, *labelled, *addressed, *tabled), key=lambda task: task.item.start)
    return tuple(_shared(folded, found))


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether it overlaps any of `others`, which are in order and apart."""
    last = bisect_left(others, Span(span.end, 0))
    return last > 0 and others[last - 1].overlaps(span)


def _shares(folded: str, duty: Span, first_leads: bool) -> tuple[Units, Units]:
    """Those who lead and those who support. Where a paper says 排在第一位的部门为牵头部门，下同, the first leads,
    unless the duty itself says that all do (甲部、乙部牵头)."""
    lead, support = responsible(folded, duty)
    if first_leads and not support and _LEADING not in _FIRST_LEADS.sub("", duty.of(folded)):
        return lead[:1], lead[1:]
    return lead, support


def _shared(folded: str, tasks: Sequence[Task]) -> Iterator[Task]:
    """The tasks with those who the nearest sentence before them says to share all that follow."""
    sentences = list(SCOPE.finditer(folded)) if tasks else []
    ends = [match.end() for match in sentences]
    for task in tasks:
        before = bisect_right(ends, task.item.start)
        named = names(folded, *sentences[before - 1].span("who"), 0) if before else ()
        known = {one.value for one in (*task.lead, *task.support)}
        sharing = tuple(replace(one, rule="task.scope") for one in named if one.value not in known)
        if task.lead:
            yield replace(task, support=(*task.support, *sharing))
        else:  # others only guide what those do: 市环保局指导
            yield replace(task, lead=sharing)


# Behind ----------------------------------------------------------------------------------------------------------


def _bracketed(folded: str, lines: Sequence[Line], year: int | None, first_leads: bool) -> Iterator[Task]:
    for index, line in enumerate(lines):
        position = line.span.start
        for bracket in _brackets(line) if _opens(line.text) and _DUTY.search(line.text) else ():
            lead, support = _shares(folded, Span(bracket.start + 1, bracket.end), first_leads)
            if not lead and not support:
                continue
            item = _item(folded, position, bracket.start, lines[index - 1] if index else None)
            position = bracket.end
            yield Task(item, lead, support, _until(folded, item, bracket, year))


def _opens(text: str) -> bool:
    """Whether it has an opening mark. Written out: this is asked of every line."""
    return "(" in text or "〔" in text or "[" in text or "【" in text


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
    closing = BRACKETS[opening]
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
    words = folded[start:end].rstrip()
    bare = words.lstrip(" 。;,、")  # what ended the task before
    return Span(start + len(words) - len(bare), start + len(words)) if bare or above is None else above.span


def _until(folded: str, item: Span, duty: Span, year: int | None) -> Found[Deadline] | None:
    """A time limit that is called so beside the names, else the first that the task or the duty names."""
    labels = labels_in(duty.of(folded))
    ends = [*(match.start() for match in labels[1:]), duty.end - duty.start]
    for match, end in zip(labels, ends, strict=False):
        if match.lastgroup == "limit" and (found := limit_in(folded, duty.start + match.end(), duty.start + end, year)):
            return found
    return deadline_in(folded, item.start, item.end, year) or deadline_in(folded, duty.start, duty.end, year)


# Below -----------------------------------------------------------------------------------------------------------


def _below(folded: str, lines: Sequence[Line], year: int | None, first_leads: bool) -> Iterator[Task]:
    """The tasks whose duties follow as labels without a bracket, at the end of their line or on lines of their own."""
    read = 0
    for index, line in enumerate(lines):
        if ":" not in line.text or index < read:
            continue
        first = _open_label(line)
        if first is None:
            continue
        read = index + 1
        while read < len(lines) and _open_label(lines[read]) == 0:
            read += 1
        above = lines[index - 1] if index else None
        duty = Span(line.span.start + first, lines[read - 1].span.end)
        lead, support = _shares(folded, duty, first_leads)
        item = _item(folded, line.span.start, duty.start, above)
        if lead or support or _left_blank(duty.of(folded)):
            yield Task(item, lead, support, _until(folded, item, duty, year))


def _left_blank(duty: str) -> bool:
    """Whether the place for those who answer was left empty: 牵头单位：  完成时限：2024年6月."""
    labels = labels_in(duty)
    ends = [*(match.start() for match in labels[1:]), len(duty)]
    named = [(match, duty[match.end() : end]) for match, end in zip(labels, ends, strict=True)]
    return (
        len({match.lastgroup for match, _ in named}) > 1
        and any(match.lastgroup in ("lead", "duty") for match, _ in named)
        and all(_EMPTY.fullmatch(words) for match, words in named if match.lastgroup in ("lead", "duty"))
    )


def _open_label(line: Line) -> int | None:
    """Where the first label stands that no bracket holds, if a sentence ends before it."""
    for match in labels_in(without_nested(line.text)):
        before = line.text[: match.start()].rstrip()
        if match.lastgroup != "other" and (not before or before[-1] in "。;!"):
            return match.start()
    return None


# In the sentence -------------------------------------------------------------------------------------------------


def _addressed(folded: str, lines: Sequence[Line], year: int | None) -> Iterator[Task]:
    """The orders that name who is to obey and until when. A term must count from the paper itself: 收到申请之日起15日内
    is how an office works, and no task; so are, in a paper of articles, duties that return and terms from no day."""
    of_plan = _ARTICLE.search(folded) is None
    for line in lines:
        if not _ends_a_term(line.text):
            continue
        text = without_nested(line.text)
        for sentence in _SENTENCE.finditer(text):
            words = sentence[0]
            if not _ends_a_term(words):
                continue
            head = _HEAD.match(text, *sentence.span())
            place = Span(head.end() if head else sentence.start(), sentence.end())
            opening = _opening(folded, Span(*_edges(place, line)), year)
            at = opening.span.end - line.span.start if opening else place.start
            who = _addressee(text, Span(at, place.end))
            until = opening or (who and _term(folded, Span(*_edges(Span(who.end() - 1, place.end), line)), year))
            if who and until and _binds(until.value, of_plan):
                lead = tuple(
                    replace(one, rule="task.addressed") for one in names(text, *who.span("who"), line.span.start)
                )
                if lead:
                    yield Task(place.shifted(line.span.start), lead, (), until)


def _term(folded: str, place: Span, year: int | None) -> Found[Deadline] | None:
    """Until when: the first time limit, or a term at the very beginning that says no day to count from."""
    return term_at(folded, place.start, place.end) or deadline_in(folded, place.start, place.end, year)


def _binds(limit: Deadline, of_plan: bool) -> bool:
    """Whether it makes a task of an order, in a plan or in a paper of articles."""
    if limit.latest or _OWN_EVENT.search(limit.event):
        return True
    return of_plan and (limit.nature == "returning" or bool(limit.count and not limit.event))


def _addressee(text: str, sentence: Span) -> re.Match[str] | None:
    """Who is told, at the head of the sentence or of one of its first clauses: 列为拟修改的文件，起草部门应当于."""
    at = sentence.start
    for _ in range(_CLAUSES):
        start = at + text.startswith(",", at)
        if who := _ADDRESSED.match(text, start, sentence.end) or _TOLD.match(text, start, sentence.end):
            return who
        at = text.find(",", at + 1, sentence.end)
        if at < 0:
            break
    return None


def _ends_a_term(words: str) -> bool:
    """Whether 日前, 月底前, 工作日内, 每季度末 stand in it, as in every order with a last day; 前款 and 内部 are
    everywhere."""
    return ("前" in words or "内" in words or "每" in words) and _TERM_ENDS.search(words) is not None


def _opening(folded: str, sentence: Span, year: int | None) -> Found[Deadline] | None:
    """The last day that a sentence begins with: 2019年6月底前，各区县要."""
    end = min(sentence.end, sentence.start + _OPENS)
    if folded[sentence.start : sentence.start + 1] not in _DAY_BEGINS or folded.find("前", sentence.start, end) < 0:
        return None
    found = deadline_in(folded, sentence.start, end, year)
    return found if found and found.span.start == sentence.start else None


def _edges(place: Span, line: Line) -> tuple[int, int]:
    return line.span.start + place.start, line.span.start + place.end
