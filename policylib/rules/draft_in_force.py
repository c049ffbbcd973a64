"""Whether what a draft cites holds on the day: dead, not yet in force, suspended, changed (domain.md §5.3, CLN-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policylib.link.confirmed import ENDS
from policylib.model import Effect, Evidence, Finding, Severity, Snapshot, State, Status, Work
from policylib.rules.conflicts import AUTHORITY
from policylib.rules.currency import deaths_said, died, instead
from policylib.rules.disputes import disputes_of
from policylib.rules.draft_desk import Cited, Desk, Examined
from policylib.rules.excuses import excuses
from policylib.rules.rule import Rule

_ROLES = {
    "basis": "依据的", "forwards": "转发的", "supplements": "所补充的", "reference": "引用的",
    "retains": "列为继续有效的", "extends": "要延长有效期的", "": "提到的",
}  # fmt: skip
_KEPT = "请核对能否列入：已经失效的文件，要继续执行须重新制发"
_ONLY_LISTED = "请改引现行有效的文件；确需依据它的，先请制发机关延长有效期或者重新公布，只列为继续有效不够"
_UNREADY = {State.NOT_YET: "尚未施行", State.SUSPENDED: "暂停执行", State.PARTIAL: "部分失效"}


def check_dead(rule: Rule, snapshot: Snapshot, *, desk: Desk) -> Iterator[Finding]:
    for examined in desk.examined(snapshot):
        for cited in examined.cited:
            work, status = cited.found.work, cited.status_in(snapshot)
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
        doubts = tuple(one.words for one in disputes) or status.flags
        settle = "".join(f"；{one.settle}" for one in disputes)
        return rule.finding(
            "unknown", examined.draft.name, f"不能判断是否有效：{message}（{'；'.join(doubts)}）", evidence=evidence,
            related=related, remedy=f"请核对它是否仍有效{settle}",
        )  # fmt: skip
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
            work, status = cited.found.work, cited.status_in(snapshot)
            if work and status and status.state in states and cited.rested_on and not cited.dealt_with:
                yield examined, cited, work, status


def _with_act(cited: Cited, status: Status) -> tuple[Evidence, ...]:
    effect = status.decisive
    return (cited.evidence, *((effect.evidence,) if effect and effect.evidence else ()))


def _with_actor(work: Work, status: Status) -> tuple[str, ...]:
    by = status.decisive.by if status.decisive else None
    return (work.key, by) if by else (work.key,)
