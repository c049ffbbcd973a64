"""What a draft cites: is it there, do number and title agree, does it hold (domain.md §3.3, §7.3 CLN-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from policylib.extract.codes import code_book
from policylib.extract.folding import title_key
from policylib.extract.loose_numbers import loose_numbers
from policylib.extract.titles import doc_type_of
from policylib.link.catalogue import Catalogue
from policylib.link.confirmed import ENDS
from policylib.link.similar_titles import similar
from policylib.link.status import AMENDED_UNSEEN, END_UNREAD, TERM_UNREAD
from policylib.link.suggested import near
from policylib.model import (
    DocumentNumber,
    Effect,
    Evidence,
    Finding,
    Result,
    Severity,
    Snapshot,
    State,
    Status,
    Work,
    nested,
)
from policylib.rules.conflicts import AUTHORITY
from policylib.rules.currency import deaths_said, died, instead, with_end
from policylib.rules.disputes import disputes_of
from policylib.rules.draft_desk import Cited, Desk, Examined, quoted
from policylib.rules.evidence import unread_terms
from policylib.rules.excuses import excuses
from policylib.rules.namesakes import Namesakes, most_likely, namesakes
from policylib.rules.open_ends import perhaps_ended
from policylib.rules.rule import Rule

_ROLES = {
    "basis": "依据的", "forwards": "转发的", "supplements": "所补充的", "reference": "引用的",
    "retains": "列为继续有效的", "extends": "要延长有效期的", "": "提到的",
}  # fmt: skip
_KEPT = "请核对能否列入：已经失效的文件，要继续执行须重新制发"
_ONLY_LISTED = "请改引现行有效的文件；确需依据它的，先请制发机关延长有效期或者重新公布，只列为继续有效不够"
_SWEPT = (
    "请向制发机关确认：已失效的，换用现行文件，并登记；仍有效的，也请登记，不再提示。怎样登记，见 policylib status {}"
)
_UNREADY = {State.NOT_YET: "尚未施行", State.SUSPENDED: "暂停执行", State.PARTIAL: "部分失效"}


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
    work, status = cited.found.work, _status(snapshot, cited)
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


# Does it hold -------------------------------------------------------------------------------------------------------


def check_dead(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        for cited in examined.cited:
            work, status = cited.found.work, _status(snapshot, cited)
            if work and status and status.state.dead:
                yield _dead(rule, snapshot, examined, cited, work, status, desk)


def _dead(
    rule: Rule, snapshot: Snapshot, examined: Examined, cited: Cited, work: Work, status: Status, desk: Desk
) -> Finding:
    effect = status.decisive
    act = snapshot.by_key.get(effect.by) if effect and effect.by else None
    message = f"{_ROLES[cited.rested_on or cited.kept]}{work.label}{died(snapshot, status)}"
    evidence = (cited.evidence, *deaths_said(status))
    related = (work.key, *((act.key,) if act else ()))
    if why := _entitled(snapshot, act, work):
        message += f"（有权废止：{why}，人工登记）"
    disputes = () if _ran_out(status) else tuple(disputes_of(snapshot, work, status, desk.context))
    if _ends_again(cited) and status.is_sure and not disputes and not (act and act.key in examined.itself):
        message = f"本稿废止的{work.label}{died(snapshot, status)}，不必再废止"
        return rule.finding(
            "fail", examined.draft.name, message, severity="info", evidence=evidence, related=related,
            remedy="请核对：前一次废止有疑问、要重新作出的，在稿件里写明；没有疑问的，这一处可以删去",
        )  # fmt: skip
    if cited.dealt_with or (act and act.key in examined.itself):
        message = f"{message}；本稿正是废止、修改或者替代它的文件"
        return rule.finding("pass", examined.draft.name, message, evidence=evidence, related=related, remedy="")
    if not status.is_sure or disputes:
        settle = "".join(f"；{one.settle}" for one in disputes)
        doubts = tuple(one.words for one in disputes) or status.flags
        message = f"不能判断是否有效：{message}（{'；'.join(doubts)}）"
        return rule.finding(
            "unknown",
            examined.draft.name,
            message,
            evidence=evidence,
            related=related,
            remedy=f"请核对它是否仍有效{settle}",
        )
    remedy = instead(snapshot, work.key)
    if listed := _listed_since(status):
        by = "、".join(snapshot.by_key[one.by].label for one in listed if one.by and one.by in snapshot.by_key)
        message += f"；{by}把它列为继续有效，没有延长有效期，有效期不变"
        evidence = (*evidence, *(one.evidence for one in listed if one.evidence))
        related = tuple(dict.fromkeys((*related, *(one.by for one in listed if one.by))))
        remedy = remedy or _ONLY_LISTED
    if not cited.rested_on:
        remedy = _KEPT if cited.kept else "只是叙述沿革的，不必改；引作依据的，请改引现行有效的文件"
    severity = _how_bad(examined, cited)
    return rule.finding(
        "fail", examined.draft.name, message, severity=severity, evidence=evidence, related=related, remedy=remedy
    )


def _ran_out(status: Status) -> bool:
    """Whether the paper's own term is over: to be listed as 继续有效 since extends nothing (domain.md §1, §5.3)."""
    return status.state is State.EXPIRED and status.is_sure


def _listed_since(status: Status) -> tuple[Effect, ...]:
    """The cleanups that list a paper as 继续有效 whose term was over by then."""
    day = status.since if _ran_out(status) else None
    return tuple(one for one in status.losing if one.kind == "retain" and day and one.made and one.made >= day)


def _entitled(snapshot: Snapshot, act: Work | None, work: Work) -> str:
    """Why a person says that an organ may end the paper of another; "" where nobody did, or nobody asked."""
    others = act is not None and not set(act.issuers) & set(work.issuers)
    return excuses(AUTHORITY, snapshot).get(work.key, "") if others else ""


def _ends_again(cited: Cited) -> bool:
    return any(claim.relation in ENDS and claim.mode == "act" for claim in cited.claims)


def _how_bad(examined: Examined, cited: Cited) -> Severity:
    """An interpretation retells on what its policy rests: that is not its own fault. What is doubtful is no error;
    nor is a term that is extended too late, which local rules may allow (domain.md §5.3)."""
    if not (cited.rested_on or cited.kept):
        return "info"
    doubtful = cited.citation.repaired or cited.found.tier == "T4"
    lenient = examined.work.role == "interpretation" or (not cited.rested_on and cited.kept == "extends")
    return "warning" if doubtful or lenient else "error"


def check_unready(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined, cited, work, status in _resting(snapshot, desk, _UNREADY):
        start = status.decisive.effective if status.decisive and status.state is State.NOT_YET else None
        own = examined.draft.analysis.elements.effective
        if start and own and start <= own.value:
            continue  # on the day from which the draft holds, what it rests on holds too
        when = f"，自{start}起施行" if start else f"（自{status.since}）" if status.since else ""
        message = f"{_ROLES[cited.rested_on]}{work.label}在{snapshot.as_of}{_UNREADY[status.state]}{when}"
        yield rule.finding(
            "fail", examined.draft.name, message, evidence=_with_act(cited, status), related=_with_actor(work, status)
        )


def check_amended(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined, cited, work, status in _resting(snapshot, desk, (State.AMENDED,)):
        act = snapshot.by_key.get(status.decisive.by) if status.decisive and status.decisive.by else None
        by = f"被{act.label}" if act else ""
        message = f"{_ROLES[cited.rested_on]}{work.label}已{by}修改（{status.since}）"
        yield rule.finding(
            "fail", examined.draft.name, message, evidence=_with_act(cited, status), related=_with_actor(work, status)
        )


def _resting(snapshot: Snapshot, desk: Desk, states: Iterable[State]) -> Iterator[tuple[Examined, Cited, Work, Status]]:
    """What the drafts rest on and do not deal with, where it is in one of these states."""
    for examined in desk.examined(snapshot):
        for cited in examined.cited:
            work, status = cited.found.work, _status(snapshot, cited)
            if work and status and status.state in states and cited.rested_on and not cited.dealt_with:
                yield examined, cited, work, status


def _with_act(cited: Cited, status: Status) -> tuple[Evidence, ...]:
    effect = status.decisive
    return (cited.evidence, *((effect.evidence,) if effect and effect.evidence else ()))


def _with_actor(work: Work, status: Status) -> tuple[str, ...]:
    by = status.decisive.by if status.decisive else None
    return (work.key, by) if by else (work.key,)


def _status(snapshot: Snapshot, cited: Cited) -> Status | None:
    return snapshot.statuses.get(cited.found.work.key) if cited.found.work else None


def _labels(snapshot: Snapshot, keys: Iterable[str]) -> str:
    return "；".join(with_end(snapshot, snapshot.by_key[key]) if key in snapshot.by_key else key for key in keys)


def _names(snapshot: Snapshot, works: Iterable[Work]) -> str:
    return "；".join(dict.fromkeys(with_end(snapshot, work) for work in works))


def _numbers(snapshot: Snapshot, works: Iterable[Work]) -> str:
    """岚科规〔2023〕1号、岚科规〔2020〕1号（已失效）."""
    told = (f"{work.number}{'（已失效）' if snapshot.is_dead(work.key) else ''}" for work in works)
    return "、".join(dict.fromkeys(told))
