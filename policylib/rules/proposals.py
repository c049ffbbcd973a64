"""What a cleanup could conclude of each policy, and why: proposals that change nothing (domain.md §7, §9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

from policylib.extract.folding import title_key
from policylib.link.cascade import cascade
from policylib.link.flags import planned_word
from policylib.link.open_ends import OpenEnd
from policylib.link.status import END_UNREAD, TERM_UNREAD
from policylib.model import Effect, Evidence, Finding, Relation, Snapshot, State, Status, Work
from policylib.model.analysis import RelationKind
from policylib.rules.context import Context
from policylib.rules.currency import deaths_said, died, with_end
from policylib.rules.evidence import unread_terms
from policylib.rules.excuses import spoken_for
from policylib.rules.on_day import on_day
from policylib.rules.one_time import completed, perhaps_completed
from policylib.rules.open_ends import swept
from policylib.rules.scope import interpretation_profile, outside_cleanup

Outcome = Literal["retain", "amend", "repeal", "lapse", "ask"]
_OTHER_BASIS: Final = "，另有别的依据"
SOON: Final = timedelta(days=183)  # half a year: 有效期届满前六个月内评估 (domain.md §5.2)
_ENDS: Final = ("expiry", "extend")
_FOLLOWS: Final[Mapping[str, str]] = MappingProxyType({"republishes": "重新公布", "replaces": "替代"})
_AMENDS: Final = ("validity.term-missing", "validity.term-out-of-range", "currency.cites-repealed")
"""Rules whose remedy is another wording: nothing but an amendment gives a paper a term, a fit one, a living basis."""
_OF_OTHERS: Final = "interpretation."  # these faults are mended in the interpretation, or by making one
_CHANGES: Final[Mapping[str, str]] = MappingProxyType(
    {"extend": "延长有效期", "amend": "修改", "partial": "部分废止", "republish": "重新公布"}
)
_MENDS: Final = ("amend", "republish")
_WANTED: Final[Mapping[RelationKind | None, Outcome]] = MappingProxyType({"repeals": "repeal", "lapses": "lapse"})


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, and the sentences that it stands on."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a policy: to retain, amend, repeal it, to declare it void, or to ask first, with its
    grounds, the one that decides first. `bases` are the relations to what it rests on, `faults` what the rules find
    wrong with it."""

    work: Work
    status: Status
    outcome: Outcome
    grounds: tuple[Ground, ...]
    bases: tuple[Relation, ...] = ()
    faults: tuple[Finding, ...] = ()

    @property
    def reason(self) -> str:
        return _joined(self.grounds)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(words for one in self.grounds for words in one.evidence)


def _joined(grounds: Iterable[Ground]) -> str:
    return "；".join(one.reason for one in grounds)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A policy of the office that a cleanup of 规范性文件 does not deal with, and why."""

    work: Work
    reason: str


def proposals(snapshot: Snapshot, context: Context, findings: Iterable[Finding] = ()) -> tuple[Proposal, ...]:
    """One proposal for every policy in scope that has not been repealed or declared void, by key. `findings` are those
    of an audit of the same snapshot: no paper is said to be without fault of which a rule says otherwise.

    In scope: held, issued in the office's region or by those that its `policylib.toml` names, made until the day that
    it names, and no order, appointment, award or answer (`left_out`).
    """
    snapshot = on_day(snapshot).snapshot
    faults = _faults(findings)
    newer = _newer(snapshot)
    ended = [key for key, status in snapshot.statuses.items() if status.is_surely_dead]
    lost = {resting.work.key for resting in cascade(snapshot, ended)}
    spoken = spoken_for(snapshot)
    found = []
    for work, status in _asked_about(snapshot, context):
        if _why_not(work, context):
            continue
        bases = tuple(one for one in snapshot.outgoing.get(work.key, ()) if (one.kind, one.mode) == ("basis", "act"))
        wrong = faults.get(work.key, ())
        answer = next(_answers(snapshot, work, status, bases, newer.get(work.key), work.key in lost, wrong))
        grounds = _with_more(answer, snapshot, work, bases)
        outcome, grounds = _asked(answer[0], grounds, status, swept(snapshot, context).get(work.key, ()))
        if not status.state.dead:
            grounds = (*map(Ground, spoken.get(work.key, ())), *grounds)
        found.append(Proposal(work, status, outcome, grounds, bases, wrong))
    return tuple(found)


def left_out(snapshot: Snapshot, context: Context) -> tuple[LeftOut, ...]:
    """What the office would be asked about, were it 规范性文件: orders, appointments, awards, answers."""
    found = ((work, _why_not(work, context)) for work, _ in _asked_about(on_day(snapshot).snapshot, context))
    return tuple(LeftOut(work, reason) for work, reason in found if reason)


def without_original(snapshot: Snapshot, context: Context) -> tuple[LeftOut, ...]:
    """What the office would be asked about, were its original held, and of which nothing says for sure that it is
    dead: what is known of it (没有原文; 部分失效). Only what its issuer, number or title says to be ours: papers of
    other places cite guides and plans of others."""
    seen = on_day(snapshot).snapshot
    return tuple(
        LeftOut(work, status.state.value + (f"（{status.doubt.brief}）" if status.doubt else ""))
        for work in seen.works
        if not work.held and _is_told_in_scope(work, context) and not _why_not(work, context)
        if (status := seen.statuses.get(work.key)) and not status.is_surely_dead
    )


def _why_not(work: Work, context: Context) -> str | None:
    return outside_cleanup(work, context.ruled(work, interpretation_profile))


def _asked_about(snapshot: Snapshot, context: Context) -> Iterator[tuple[Work, Status]]:
    """The policies of the office that nobody has ended, nor made the act that will; those whose term is over among
    them."""
    for work in snapshot.works:
        status = snapshot.statuses.get(work.key)
        if (
            status
            and not status.ending
            and work.held
            and _in_scope(work, context)
            and (not status.state.dead or status.state is State.EXPIRED)
        ):
            yield work, status


def _faults(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """The errors and warnings on single papers; a note is nobody's fault."""
    found: dict[str, tuple[Finding, ...]] = {}
    for one in findings:
        if one.result == "fail" and one.severity != "info" and not one.about:
            found[one.subject] = (*found.get(one.subject, ()), one)
    return found


def _in_scope(work: Work, context: Context) -> bool:
    office = context.office
    if work.role != "policy" or (work.day and office.cleanup_until and work.day > office.cleanup_until):
        return False
    if office.cleanup_issuers:
        return any(issuer in office.cleanup_issuers for issuer in work.issuers)
    return context.is_ours(work)


def _is_told_in_scope(work: Work, context: Context) -> bool:
    return _in_scope(work, context) and (bool(context.office.cleanup_issuers) or context.is_told_ours(work))


_Answer = tuple[Outcome, str, tuple[Evidence, ...]]


def _asked(
    outcome: Outcome, grounds: tuple[Ground, ...], status: Status, sweeping: tuple[OpenEnd, ...]
) -> tuple[Outcome, tuple[Ground, ...]]:
    """The same of one that a clause of a cleanup result may have ended: it must not be kept before somebody knows
    whether it lives; of one whose term is over, it may have died before."""
    if not sweeping:
        return outcome, grounds
    doubt = f"{'；'.join(_doubts(sweeping, status.is_surely_dead, _joined(grounds)))}，请先确认"
    words = tuple(said for one in sweeping for said in one.evidence)
    if outcome != "retain":
        return outcome, (*grounds, Ground(doubt, words))
    known = tuple(said for one in grounds for said in one.evidence)
    return "ask", (Ground(doubt, (*known, *words)),)


def _doubts(sweeping: tuple[OpenEnd, ...], settled: bool, reason: str) -> Iterator[str]:
    """未列入《某结果》，可能因其中的兜底条款已经失效; 可能已因《某结果》列为需修改、逾期未重新公布而失效. What has only
    extended it is named where the reason has not."""
    if acts := "、".join(one.act.label for one in sweeping if one.kind == "catch_all"):
        yield f"未列入{acts}，" + ("此前可能已因其中的兜底条款失效" if settled else "可能因其中的兜底条款已经失效")
    for one in sweeping:
        if one.kind == "conditional":
            named = all(work.label in reason for work in one.extended_by)
            only = "" if named else one.only_extended
            yield f"{'此前' if settled else ''}可能已因{one.act.label}{one.because}失效（{one.since}起）{only}"


def _answers(
    snapshot: Snapshot, work: Work, status: Status, bases: tuple[Relation, ...], newer: Work | None, lost: bool,
    faults: tuple[Finding, ...],
) -> Iterator[_Answer]:  # fmt: skip
    """The reasons in the order of their weight; the first one is proposed."""
    if status.state is State.EXPIRED and status.decided:
        presumed = "" if status.is_sure else "（文中没有规定，按规定推定）"
        new, words = _followed(snapshot, work)
        ended = f"有效期{presumed}已于{status.decided - timedelta(days=1)}届满{new}"
        yield "lapse", ended, (*_said(status.decisive), *words)
    if newer is not None:
        where = (newer.number_evidence,) if newer.number_evidence else ()
        yield "repeal", f"同名的新文件{newer.label}已印发，未见废止本文件", where
    if done := completed(snapshot, work):
        yield "lapse" if done.sure else "ask", done.reason, done.evidence
    if lost:
        yield from (("amend", reason, evidence) for reason, evidence in _dead_bases(snapshot, bases))
    yield from _planned(snapshot, work, status)
    yield from _amended(faults)
    yield from (("ask", reason, evidence) for reason, evidence in _forwarding(snapshot, work))
    if status.state is State.UNKNOWN:
        yield "ask", "效力不明，请核实后再定", _said(status.decisive)
    if status.state is not State.NOT_YET and status.until and status.until <= snapshot.as_of + SOON:
        ends = snapshot.effects.get(work.key, ())
        end = next((one for one in ends if status.until in (one.until, one.effective) and one.kind in _ENDS), None)
        yield "retain", f"将于{status.until}届满，应先评估，需要继续执行的按规定延长", _said(end)
    if TERM_UNREAD in status.flags:
        yield "ask", f"{TERM_UNREAD}；确已届满的，列入失效", unread_terms(snapshot, work)
    if END_UNREAD in status.flags:
        doubted = [one for effect in status.losing if effect.kind == "unread" for one in _said(effect)]
        yield "ask", f"{END_UNREAD}；确已废止的，用 policylib judge 那份文件 --accept 废止 本文件 登记", tuple(doubted)
    if maybe := perhaps_completed(snapshot, work):
        yield "ask", maybe.reason, maybe.evidence
    own = [one for one in faults if not one.rule.startswith(_OF_OTHERS)]
    doubt = "，但检查发现的问题应当先核对" if own else ""
    yield "retain", f"本库未见应当修改、废止的情形{doubt}", tuple(words for one in own for words in one.evidence[:1])


def _planned(snapshot: Snapshot, work: Work, status: Status) -> Iterator[_Answer]:
    """An earlier cleanup wanted it amended or ended: whether that came, what was done since (岚建发〔2018〕26号, to be
    amended: the next month its term was extended)."""
    plan = next((one for one in status.losing if one.kind == "plan"), None)
    if plan is None:
        return
    since = [
        one
        for one in snapshot.effects.get(work.key, ())
        if one.kind in _CHANGES and one.by not in (None, plan.by) and one.certainty == "stated" and not one.undone
        and one.made and plan.made and one.made >= plan.made
    ]  # fmt: skip
    if any(one.kind in _MENDS for one in since):
        return  # what was planned has come
    done = "".join(dict.fromkeys(f"；此后{_change(snapshot, one)}" for one in since))
    wanted = planned_word(plan)
    missing = f"未见{wanted.removeprefix('拟')}的文件" if since or plan.planned in _WANTED else "未见新的文件"
    named = f"{_name(snapshot, plan.by) or '此前的清理'}列为{wanted}"
    evidence = (*_said(plan), *(words for one in since for words in _said(one)))
    yield _WANTED.get(plan.planned, "amend"), f"{named}{done}，{missing}", evidence


def _change(snapshot: Snapshot, effect: Effect) -> str:
    """《某通知》（岚建发〔2023〕31号）已延长有效期至2026-12-31."""
    until = f"至{effect.until}" if effect.until else ""
    return f"{_name(snapshot, effect.by)}已{_CHANGES[effect.kind]}{until}"


def _name(snapshot: Snapshot, key: str | None) -> str:
    work = snapshot.by_key.get(key or "")
    return work.label if work else key or ""


def _amended(faults: Iterable[Finding]) -> Iterator[_Answer]:
    """What only another wording cures."""
    found = [one for one in faults if one.rule in _AMENDS]
    if found:
        reason = "；".join(one.message for one in found)
        yield "amend", reason, tuple(dict.fromkeys(words for one in found for words in one.evidence))


_Reason = tuple[str, tuple[Evidence, ...]]


def _forwarding(snapshot: Snapshot, work: Work) -> Iterator[_Reason]:
    """It passes on what is dead. Whether it asks for something of its own besides, a person reads."""
    for one in snapshot.outgoing.get(work.key, ()):
        status = snapshot.statuses.get(one.target)
        if (one.kind, one.mode) == ("forwards", "act") and status and status.state.dead and status.is_sure:
            gone = f"所转发的{snapshot.by_key[one.target].label}{died(snapshot, status)}"
            yield f"{gone}；本文件没有别的要求仍在执行的，列入失效", (one.evidence, *deaths_said(status))


def _dead_bases(snapshot: Snapshot, bases: tuple[Relation, ...]) -> Iterator[_Reason]:
    """The bases that surely hold no longer, each with what it died of, and whether there is another."""
    known = {one.target: found for one in bases if (found := snapshot.statuses.get(one.target))}
    ends = {key: found for key, found in known.items() if found.is_sure and found.state.ends_basis}
    if ends:
        said = "、".join(with_end(snapshot, snapshot.by_key[key]) for key in ends)
        whole = len(ends) == len({one.target for one in bases})
        words = [one.evidence for one in bases if one.target in ends]
        words += [one for found in ends.values() for one in deaths_said(found)]
        yield f"所依据的{said}不能再作依据{'，没有别的依据' if whole else _OTHER_BASIS}", tuple(words)


def _with_more(answer: _Answer, snapshot: Snapshot, work: Work, bases: tuple[Relation, ...]) -> tuple[Ground, ...]:
    """The answer's own ground, with what else speaks against the paper, where the reason has not told it; and of what
    is to end, how many others would lose their basis."""
    outcome, reason, evidence = answer
    grounds = [Ground(reason, evidence)]
    for more, words in (*_forwarding(snapshot, work), *_dead_bases(snapshot, bases)):
        if more not in _joined(grounds) and not more.endswith(_OTHER_BASIS):
            quoted = {one.quote for ground in grounds for one in ground.evidence}
            grounds.append(Ground(more, tuple(one for one in words if one.quote not in quoted)))
    if outcome in ("repeal", "lapse") and (resting := cascade(snapshot, [work.key])):
        name = work.number or work.key
        grounds.append(Ground(f"有{len(resting)}份现行文件以它为依据，见 policylib impact {name}"))
    return tuple(grounds)


def _followed(snapshot: Snapshot, work: Work) -> tuple[str, tuple[Evidence, ...]]:
    """，已由《某通知》（岚科规〔2023〕1号）重新公布, and the words that say so; nothing where nobody did."""
    found = [
        (by, one)
        for one in snapshot.incoming.get(work.key, ())
        if one.kind in _FOLLOWS and one.mode == "act" and (not one.repaired or one.corroboration or one.judged)
        if (by := snapshot.by_key.get(one.source)) and not (by.day and by.day > snapshot.as_of)
    ]
    done = "".join(dict.fromkeys(f"，已由{by.label}{_FOLLOWS[one.kind]}" for by, one in found))
    return done, tuple(one.evidence for _, one in found)


def _said(effect: Effect | None) -> tuple[Evidence, ...]:
    return (effect.evidence,) if effect and effect.evidence else ()


def _newer(snapshot: Snapshot) -> dict[str, Work]:
    """Of works of one name and one first issuer, for each the next one made after it."""
    groups: dict[tuple[str, str], list[Work]] = {}
    for work in snapshot.works:
        if work.role == "policy" and work.held and work.title and work.issuers and work.dated:
            groups.setdefault((title_key(work.title), work.issuers[0]), []).append(work)
    found: dict[str, Work] = {}
    for works in groups.values():
        ordered = sorted(works, key=lambda work: (work.dated, work.key))
        for earlier, later in pairwise(ordered):
            if earlier.dated != later.dated:
                found[earlier.key] = later
    return found
