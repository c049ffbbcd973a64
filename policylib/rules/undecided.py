"""Whether a paper must be interpreted where its marks do not tell: what is said of it by the kind of its maker, and the
sentence by which it binds. Source: domain.md §6.3 INT-01.

Only papers of local organs bear a registration number (登记号); those of the State Council and its departments have
none, and nobody can add one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylib.extract.folding import fold
from policylib.model import Analysis, Evidence, Snapshot, Span, Work
from policylib.rules.context import Context
from policylib.rules.evidence import CLAUSE, analyses_of, evidence_at, own_marks
from policylib.rules.outsiders import binding, is_weak, reach_shown
from policylib.rules.passages import paper
from policylib.rules.scope import Duty

_ASK = "不能判断是否需要解读："
_LOOK = "属于规范性文件的，补登记号或者解读；不属于的，登记不需解读的理由"
_LOOK_INSIDE = "给公民、企业规定了权利义务的，请找到起草部门的解读读入；没有规定的，登记不需解读的理由"
_ENDS_OTHERS = re.compile(r"关于(?:废止|宣布废止|停止执行|宣布)[^，。]{0,4}《")
# What such a paper says besides: that the other is ended, and from when.
_OF_THE_END = re.compile(r"废止|失效|不再执行|停止执行|施行|实施|执行|生效")
_MADE_KNOWN = ("公告", "通告")
_DEEP = 3  # brackets with marks in them before the words
_FILE_NAME = "page.download"
# （四）市政府认为应当备案的其他决定: an item that says what counts, not what is to be done.
_DEFINES = re.compile(r"\s*\([一二三四五六七八九十\d]{1,3}\)[^。;,]*(?:应当|必须|不得|禁止)[^。;,]{1,16}的[^。;,]*$")
_ENDS: tuple[str, ...] = (*CLAUSE, ";", "：", ":")
_END = re.compile(f"[{''.join(_ENDS)}]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a person, and what to do."""

    message: str
    remedy: str


def question(work: Work, duty: Duty, snapshot: Snapshot, context: Context) -> Question:
    """Why nobody can tell whether a work must be interpreted, and what would."""
    if duty.reach is None and _only_ends(snapshot, work):
        said = "只废止、宣布失效别的文件，没有新的规定，一般不必另写解读"
        return Question(_ASK + said, "核对无误的，登记不需解读的理由")
    issuer = work.issuers[0] if work.issuers else ""
    if issuer and context.organs.level_of(issuer) == "central":
        kind = work.doc_type if work.doc_type in _MADE_KNOWN else "文件"
        said = f"{issuer}的{kind}不编规范性文件登记号，是不是规范性文件要看内容"
        return Question(_ASK + said, _LOOK_INSIDE)
    return Question(_ASK + duty.why, _LOOK)


def question_shown(snapshot: Snapshot, work: Work, duty: Duty) -> tuple[Evidence, ...]:
    """The title, and the words by which the paper reaches others, or the first sentence that binds. A title that only
    the name of a file gives is quoted where nothing else can be."""
    analyses = analyses_of(snapshot, work)
    title = own_marks(snapshot, work, "title", of=analyses)
    said = reach_shown(snapshot, work, duty.reach) if duty.reach else tuple(_first_binding(snapshot, analyses))
    return (*(one for one in title if one.rule != _FILE_NAME), *said) or _opening(snapshot, work) or title


def _first_binding(snapshot: Snapshot, analyses: Sequence[Analysis]) -> Iterator[Evidence]:
    for analysis in analyses[:1]:
        text = snapshot.texts.get(analysis.source.sha256, "")
        folded = fold(text)
        if span := _plainest(_bindings(analysis, folded), folded):
            yield evidence_at(analysis.source, text, span, "binding")


def _plainest(spans: Iterable[Span], folded: str) -> Span | None:
    """The first of those that tell most of what is laid down: of a long paper the rest need not be looked for."""
    best: tuple[int, Span] | None = None
    for span in spans:
        little = _tells(span.of(folded))
        if not little:
            return span
        if best is None or little < best[0]:
            best = little, span
    return best[1] if best else None


def _tells(clause: str) -> int:
    """How little a clause that binds tells of what is laid down."""
    if is_weak(clause):
        return 1
    return 2 if _DEFINES.match(clause) else 0


def _opening(snapshot: Snapshot, work: Work) -> tuple[Evidence, ...]:
    text = paper(snapshot, work)
    first = next(text.sentences(), None) if text else None
    return (text.evidence(first, "opening"),) if text and first else ()


def _only_ends(snapshot: Snapshot, work: Work) -> bool:
    """Whether a paper ends others and does nothing else: 关于废止《X》的通知, of one sentence."""
    if not work.title or not _ENDS_OTHERS.search(work.title):
        return False
    analyses = analyses_of(snapshot, work)[:1]
    folded = [fold(snapshot.texts.get(one.source.sha256, "")) for one in analyses]
    return bool(analyses) and all(
        _OF_THE_END.search(span.of(text))
        for one, text in zip(analyses, folded, strict=True)
        for span in _bindings(one, text)
    )


def _bindings(analysis: Analysis, folded: str) -> Iterator[Span]:
    """The clauses that lay something down, in order, of the paper itself: below its title, where that heads it."""
    title = analysis.elements.title
    start = title.span.end if title and title.rule.startswith("cover.") else 0
    done = start
    for found in binding().finditer(folded, start):
        if found.start() >= done:
            first = _beginning(folded, done, found.start())
            end = _END.search(folded, found.end())
            done = end.start() if end else len(folded)
            yield Span(max(first, start), done)


def _beginning(folded: str, least: int, place: int) -> int:
    """Where the clause begins that has something at `place`: behind the last mark that stands in no bracket which
    closes before it: 将“氧化锆块”（编号：W2020-56）的范围限定为…."""
    first = place
    for _ in range(_DEEP):
        first = max(folded.rfind(mark, least, place) + 1 for mark in _ENDS)
        if folded.count(")", first, place) <= folded.count("(", first, place):
            break
        place = max(folded.rfind("(", least, first), least)
    return max(first, least)
