"""The sentences that findings stand on, taken from the papers when a finding is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.validity import UNREAD_TERM
from policylib.link.quoting import CONTEXT, LONGEST, shown
from policylib.model import Analysis, Evidence, Snapshot, Source, Span, Work

SENTENCE: Final = "。！？!?\n"
CLAUSE: Final = "。；\n"
"""The marks that end a sentence, or a clause of one."""

# What a page says behind a paper, on one line with it where the page was saved as text: 2023年11月21日公告下载链接：….
_OF_THE_PAGE: Final = re.compile(r"(?:公告|附件|文件)?下载链接[：:]|浏览次数[：:]|打印本页|关闭本页|扫一扫")


def evidence_at(source: Source, text: str, span: Span, rule: str) -> Evidence:
    """These words of a file that was analysed, as many of them as can be shown, with what stands round them."""
    return shown(source.sha256, source.path, text, span, rule)


def sentence(source: Source, text: str, span: Span, rule: str) -> Evidence:
    """The clause in which these words stand, as much of it as is short enough to show."""
    return evidence_at(source, text, sentence_at(text, span, CLAUSE), rule)


def sentence_at(text: str, span: Span, ends: str) -> Span:
    """What stands round a place from one of the marks `ends` to the next, without these; or so much of it as can be
    shown."""
    room = max(0, LONGEST - (span.end - span.start)) // 2
    first, last = max(0, span.start - room), min(len(text), span.end + room)
    start = max(first, *(text.rfind(mark, first, span.start) + 1 for mark in ends))
    end = min((end for mark in ends if (end := text.find(mark, span.end, last)) >= 0), default=last)
    page = _OF_THE_PAGE.search(text, span.end, end)
    return Span(start, page.start() if page else end)


def in_sentence(snapshot: Snapshot, evidence: Evidence) -> Evidence:
    """The sentence in which the quoted words stand: 本办法由市科技局起草, and not 市科技局 alone. Unchanged where its
    text is not at hand: a person's word, a row of a list."""
    text = snapshot.texts.get(evidence.sha256)
    if text is None:
        return evidence
    found = sentence_at(text, evidence.span, CLAUSE)
    page = _OF_THE_PAGE.search(text, found.start, evidence.span.start)
    if page and evidence.quote in text[found.start : page.start()]:
        found = Span(found.start, page.start())  # the sign-off names the organ, and not only a file to download
    whole = shown(evidence.sha256, evidence.path, text, found, evidence.rule)
    return replace(whole, witness=evidence.witness) if evidence.witness else whole


def analyses_of(snapshot: Snapshot, work: Work) -> tuple[Analysis, ...]:
    """What its files say, the best one first; those that the snapshot has."""
    found = (snapshot.analyses.get(sha256) for sha256 in work.documents)
    return tuple(one for one in found if one is not None)


def element_evidence(snapshot: Snapshot, work: Work, name: str) -> tuple[Evidence, ...]:
    """Where the paper gives an element (dated, disclosure); empty where it does not, its text is not at hand, or a
    person has said something else."""
    return _element(snapshot, work, analyses_of(snapshot, work), name)


def _element(snapshot: Snapshot, work: Work, analyses: tuple[Analysis, ...], name: str) -> tuple[Evidence, ...]:
    for analysis in analyses:
        found = getattr(analysis.elements, name)
        if isinstance(found, tuple):
            found = found[0] if found else None
        elif found and found.value != getattr(work, name):
            continue
        if found:
            return words_at(snapshot, analysis, found.span, found.rule)
    return ()


def own_marks(
    snapshot: Snapshot, work: Work, *names: str, of: tuple[Analysis, ...] | None = None
) -> tuple[Evidence, ...]:
    """Where the paper gives these elements (title, number, registration_number), by which people know it; those that it
    gives. `of`: its analyses, if they are at hand."""
    analyses = analyses_of(snapshot, work) if of is None else of
    return tuple(found for name in names for found in _element(snapshot, work, analyses, name))


def together(snapshot: Snapshot, quoted: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The same words, those as one that stand so near each other that either would be shown with the other round it:
    【岚州市科学技术局关于…的通知 登记号：LZCR-2023-0100001】."""
    found: list[Evidence] = []
    for one in quoted:
        last = found[-1] if found else None
        text = snapshot.texts.get(one.sha256) if last and last.sha256 == one.sha256 else None
        if last and text is not None:
            whole = Span(min(last.span.start, one.span.start), max(last.span.end, one.span.end))
            between = whole.end - whole.start - (last.span.end - last.span.start) - (one.span.end - one.span.start)
            if between <= CONTEXT and whole.end - whole.start <= LONGEST:
                found[-1] = shown(one.sha256, one.path, text, whole, last.rule)
                continue
        found.append(one)
    return tuple(found)


def proof_of_duty(work: Work) -> str:
    """The element that makes a paper a 规范性文件, which must be interpreted: its registration number, else the number
    of the order that promulgates it."""
    return "registration_number" if work.registration_number else "number"


def words_at(snapshot: Snapshot, analysis: Analysis, span: Span, rule: str = "") -> tuple[Evidence, ...]:
    """The words of a document at a span; empty where its text is not at hand."""
    text = snapshot.texts.get(analysis.source.sha256)
    return () if text is None else (evidence_at(analysis.source, text, span, rule),)


def unread_terms(snapshot: Snapshot, work: Work) -> tuple[Evidence, ...]:
    """The sentences of a work that may give its term in words that were not understood."""
    if UNREAD_TERM not in work.problems:
        return ()
    return tuple(
        words
        for analysis in analyses_of(snapshot, work)
        for problem in analysis.problems
        if problem.rule == UNREAD_TERM and problem.span
        for words in words_at(snapshot, analysis, problem.span, problem.rule)
    )


def own_clause(snapshot: Snapshot, work: Work, kind: str) -> tuple[Evidence, ...]:
    """The words by which the work itself says from when (`effect`) or until when (`expiry`) it holds."""
    return _clauses(snapshot, work, (kind,))


def own_clauses(snapshot: Snapshot, work: Work) -> tuple[Evidence, ...]:
    """Both of them; once, where one holds the other: 自印发之日起施行，有效期3年."""
    both = {(one.sha256, one.span): one for one in _clauses(snapshot, work, ("effect", "expiry"))}.values()
    return tuple(one for one in both if not any(_holds(other, one) for other in both))


def _holds(outer: Evidence, inner: Evidence) -> bool:
    return outer is not inner and outer.sha256 == inner.sha256 and outer.span.contains(inner.span)


def _clauses(snapshot: Snapshot, work: Work, kinds: tuple[str, ...]) -> tuple[Evidence, ...]:
    effects = snapshot.effects.get(work.key, ())
    return tuple(one.evidence for one in effects if one.kind in kinds and one.by is None and one.evidence)
