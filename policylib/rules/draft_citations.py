"""What a draft cites: is it there, do number and title agree (domain.md §3.3). Whether it holds is in
`draft_in_force`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from policylib.extract.codes import code_book
from policylib.extract.folding import title_key
from policylib.extract.loose_numbers import loose_numbers
from policylib.extract.titles import doc_type_of
from policylib.link.catalogue import Catalogue
from policylib.link.similar_titles import similar
from policylib.link.status import AMENDED_UNSEEN, END_UNREAD, TERM_UNREAD
from policylib.link.suggested import near
from policylib.model import (
    DocumentNumber,
    Evidence,
    Finding,
    Result,
    Severity,
    Snapshot,
    State,
    Work,
    nested,
)
from policylib.rules.currency import with_end
from policylib.rules.draft_desk import Cited, Desk, Examined, quoted
from policylib.rules.evidence import unread_terms
from policylib.rules.namesakes import Namesakes, most_likely, namesakes
from policylib.rules.open_ends import perhaps_ended
from policylib.rules.rule import Rule

_SWEPT = (
    "请向制发机关确认：已失效的，换用现行文件，并登记；仍有效的，也请登记，不再提示。怎样登记，见 policylib status {}"
)


# Is it there --------------------------------------------------------------------------------------------------------


def check_citation(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        for cited in examined.cited:
            if _disagreement(snapshot, cited, desk.catalogue) is None:
                yield from _existence(rule, snapshot, examined, cited, desk)
        yield from _unread_numbers(rule, snapshot, examined, desk)


def _unread_numbers(rule: Rule, snapshot: Snapshot, examined: Examined, desk: Desk) -> Iterator[Finding]:
    """What a reader takes for a number and the grammar does not: 岚政办发2017年26号. Else it would pass unseen."""
    taken = [one.span for one in examined.draft.analysis.numbers]
    for loose in loose_numbers(examined.draft.text, code_book(desk.context.tables)):
        works = desk.catalogue.by_number(loose.number)
        if not (loose.known or works) or any(span.overlaps(loose.span) for span in taken):
            continue
        known = f"本库有{_names(snapshot, works)}" if works else "本库没有这个文号"
        yield rule.finding(
            "unknown", examined.draft.name,
            f"“{loose.raw}”像是文号，写法不对，没有当作引用核对；引用的文号应写作{loose.number}，{known}",
            evidence=(quoted(examined.draft, loose.span, "loose"),), related=tuple(one.key for one in works),
            remedy="请对照原件改正文号，再查一遍",
        )  # fmt: skip


def _existence(rule: Rule, snapshot: Snapshot, examined: Examined, cited: Cited, desk: Desk) -> Iterator[Finding]:
    work, status = cited.found.work, cited.status_in(snapshot)
    related: tuple[str, ...] = (work.key,) if work else cited.found.candidates
    evidence: tuple[Evidence, ...] = (cited.evidence,)
    remedy = None
    result: Result = "unknown"
    if work is None and cited.found.candidates:
        labels = _labels(snapshot, cited.found.candidates)
        message = f"不能确定{cited.name}是哪一份（{cited.found.reason}）：{labels}"
        remedy = "请在稿件中写明发文机关、标题和发文字号"
    elif work is None:
        if not _is_document(cited):
            return
        message, related = _missing(snapshot, cited, desk)
    elif status and status.state.dead:
        return
    elif not work.held:
        changed = f"（{AMENDED_UNSEEN}）" if status and AMENDED_UNSEEN in status.flags else ""
        message = f"本库没有{work.label}的原文，只见于其他文件的引用{changed}，请核对标题、文号和效力"
    elif work.role in ("policy", "cleanup") and cited.rested_on and (not status or status.state is State.UNKNOWN):
        later = work.day is not None and work.day > snapshot.as_of
        unsure = f"它成文于{work.day}，{snapshot.as_of}还没有" if later else "日期等不明，不能判断是否有效"
        message = f"本库有{work.label}，但{unsure}"
        remedy = "请核对：稿件在那一天之后才写成的，--as-of 写它的日期" if later else None
    elif cited.rested_on and status and TERM_UNREAD in status.flags:
        message = f"不能判断{work.label}是否仍然有效：{TERM_UNREAD}"
        evidence, remedy = (*evidence, *unread_terms(snapshot, work)), "请看原文这一句：写有期限的，登记它的失效日期"
    elif cited.rested_on and status and END_UNREAD in status.flags:
        said = tuple(one.evidence for one in status.losing if one.kind == "unread" and one.evidence)
        message = f"不能判断{work.label}是否仍然有效：{END_UNREAD}"
        evidence, remedy = (*evidence, *said), "请看那份文件的这一句：废止了它的，换用现行文件"
    else:
        sweeping = perhaps_ended(snapshot, desk.context).get(work.key, ())
        acts = "、".join(f"{one.act.label}{one.because}" for one in sweeping)
        doubt = f"可能因{acts}失效，待确认" if sweeping else ""
        evidence = (*evidence, *(words for one in sweeping for words in one.evidence))
        related = (work.key, *(one.act.key for one in sweeping))
        if sweeping and (cited.rested_on or cited.kept):
            message, remedy = f"不能判断{work.label}是否仍然有效：{doubt}", _SWEPT.format(work.number or work.key)
        else:
            state = f"，{status.state.value}" if status and status.state is not State.UNKNOWN else ""
            result, message, remedy = "pass", f"本库有{work.label}{state}{f'（{doubt}）' if doubt else ''}", ""
    yield rule.finding(result, examined.draft.name, message, evidence=evidence, related=related, remedy=remedy)


def _missing(snapshot: Snapshot, cited: Cited, desk: Desk) -> tuple[str, tuple[str, ...]]:
    works, title = desk.catalogue.works, cited.citation.title
    found = near(title, desk.catalogue, desk.context.organs) if title else ()
    hint = f"；标题相近的有：{'；'.join(with_end(snapshot, works[key]) for key in found)}" if found else ""
    return f"本库没有{cited.name}，请核对{hint}", found


def _is_document(cited: Cited) -> bool:
    """Whether it is surely a paper that can be looked up: 《红楼梦》, which the text only mentions, is none."""
    used = cited.rested_on or cited.dealt_with or cited.kept
    return bool(cited.citation.numbers or used or doc_type_of(cited.citation.title or ""))


# Do number and title agree ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """What the draft's number means, what its title means, and how sure it is that the draft is wrong."""

    message: str
    works: tuple[str, ...]
    result: Result
    severity: Severity


def check_number_and_title(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        for cited in examined.cited:
            found = _disagreement(snapshot, cited, desk.catalogue)
            if found:
                yield rule.finding(
                    found.result, examined.draft.name, found.message, evidence=(cited.evidence,), related=found.works,
                    severity=found.severity,
                )  # fmt: skip


def _disagreement(snapshot: Snapshot, cited: Cited, catalogue: Catalogue) -> _Disagreement | None:
    """Wrong for sure only where the library holds the paper of that number; what others call it may be their slip."""
    citation = cited.citation
    if not (citation.title and citation.numbers):
        return None
    if cited.found.work is not None:
        return _inexact(snapshot, cited, cited.found.work, citation.title)
    bearers = [one for number in citation.numbers if number.complete for one in catalogue.by_number(number)]
    if not bearers:
        return _other_number(snapshot, cited, citation.title, catalogue)
    if any(similar(one.title or "", citation.title) for one in bearers):
        return None  # several papers of this number, one of them rightly called
    whole = all(one.held and not one.number_repaired for one in bearers) and not citation.repaired
    number = "、".join(map(str, citation.numbers))
    title = f"《{nested(citation.title)}》"
    message = f"文号与标题不符：稿件写{title}（{number}），{number}在本库是{_names(snapshot, bearers)}"
    others = namesakes(citation.title, catalogue, snapshot, lambda one: one not in bearers and bool(one.numbers))
    if others:
        message += f"；{others.told(f'本库的{title}是', partial(_numbers, snapshot))}{_likely(snapshot, cited, others)}"
    keys = tuple(dict.fromkeys(one.key for one in (*bearers, *others.works)))
    return _Disagreement(message, keys, "fail" if whole else "unknown", "error" if whole else "info")


def _likely(snapshot: Snapshot, cited: Cited, found: Namesakes) -> str:
    number = most_likely(cited.citation, found.same, snapshot)
    return f"，多半是{number}" if number else ""


def _inexact(snapshot: Snapshot, cited: Cited, work: Work, title: str) -> _Disagreement | None:
    """A title that nearly is the one of its number: a word too many or too few. A short form of it is none."""
    wanted = title_key(title)
    keys = [title_key(name) for name in (work.title or "", *work.aliases, *work.instruments)]
    exact = any(wanted in key or key in wanted for key in keys if key)
    if cited.found.tier != "T0" or not work.held or exact:
        return None
    message = f"请核对标题：稿件写{cited.name}，本库是{with_end(snapshot, work)}"
    return _Disagreement(message, (work.key,), "fail", "warning")


def _other_number(snapshot: Snapshot, cited: Cited, title: str, catalogue: Catalogue) -> _Disagreement | None:
    """A number that nobody bears, with a title that the library has under another. In one series and year that is most
    likely a slip; else it may be another version, which the library does not hold."""
    found = namesakes(title, catalogue, snapshot, lambda one: one.held and bool(one.numbers))
    if not found:
        return None
    slip = not cited.citation.repaired and any(
        _one_series(mine, one) for mine in cited.citation.numbers for work in found.same for one in work.numbers
    )
    told = found.told("同名的是", partial(_names, snapshot)) + _likely(snapshot, cited, found)
    message = f"请核对文号：稿件写{cited.name}，本库没有这个文号，{told}"
    keys = tuple(dict.fromkeys(one.key for one in found.works))
    return _Disagreement(message, keys, "fail" if slip else "unknown", "warning" if slip else "info")


def _one_series(a: DocumentNumber, b: DocumentNumber) -> bool:
    return a.code is not None and (a.code, a.year, a.kind) == (b.code, b.year, b.kind)


def _labels(snapshot: Snapshot, keys: Iterable[str]) -> str:
    return "；".join(with_end(snapshot, snapshot.by_key[key]) if key in snapshot.by_key else key for key in keys)


def _names(snapshot: Snapshot, works: Iterable[Work]) -> str:
    return "；".join(dict.fromkeys(with_end(snapshot, work) for work in works))


def _numbers(snapshot: Snapshot, works: Iterable[Work]) -> str:
    """岚科规〔2023〕1号、岚科规〔2020〕1号（已失效）."""
    told = (f"{work.number}{'（已失效）' if snapshot.is_dead(work.key) else ''}" for work in works)
    return "、".join(dict.fromkeys(told))
