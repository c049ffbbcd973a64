"""Whether what a policy rests on was alive when it was made, and is still. Source: domain.md §7.3 CLN-06, CLN-07."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial

from policylib.extract.folding import title_key
from policylib.extract.titles import without_trial
from policylib.link.cascade import living_bases, losing
from policylib.model import DEALS_WITH, Effect, Evidence, Finding, Relation, Severity, Snapshot, State, Status, Work
from policylib.rules.duties import plans
from policylib.rules.norms import REVIEW, STOPPED
from policylib.rules.one_time import completed
from policylib.rules.rule import Rule

_CITES = ("basis", "reference")
DIED = {
    State.EXPIRED: "有效期届满失效", State.LAPSED: "宣布失效", State.REVISED: "被修订后的文本替代",
    State.REPEALED: "废止",
}  # fmt: skip
_OF: dict[str, State] = {
    "expiry": State.EXPIRED, "extend": State.EXPIRED, "lapse": State.LAPSED, "repeal": State.REPEALED,
    "revise": State.REVISED,
}  # fmt: skip


def rules() -> tuple[Rule, ...]:
    """currency.cites-repealed, currency.rests-on-repealed."""
    return (
        Rule(
            id="currency.cites-repealed",
            code="CLN-07",
            title="引用了已失效的文件",
            asks="每份文件作依据、引用、转发的文件，在这份文件成文那天是不是已经废止、失效",
            severity="error",
            basis=f"{REVIEW}；{STOPPED}",
            remedy="请改引现行有效的文件；所据文件已无替代的，请研究本文件是否应一并清理",
            check=_check,
            exemptions=(
                "被引文件在引用之后才失效",
                "本文件正是废止、修改或者替代它的文件",
                "一次性工作已经办结的，只作说明",
            ),
        ),
        Rule(
            id="currency.rests-on-repealed",
            code="CLN-06",
            title="所依据的文件后来失效了",
            asks="检查那天仍有效的文件，它所依据的文件在它成文以后有没有废止、失效",
            severity="warning",
            basis=STOPPED,
            remedy="请研究本文件是否应一并修改、废止，或改按新的依据重新公布",
            check=_check_basis,
            exemptions=("转发、参照、贯彻的文件", "另有依据未失效的、一次性工作已经办结的，只作说明"),
        ),
    )


def _check(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    cited: dict[str, list[Relation]] = {}
    for key in snapshot.dead:
        since = snapshot.statuses[key].since
        for one in snapshot.incoming.get(key, ()):
            if one.kind in _CITES and one.mode == "act" and not _held_then(snapshot, one, since):
                cited.setdefault(one.source, []).append(one)
    end_of = cache(partial(_end, snapshot))
    for key, relations in cited.items():
        work = snapshot.by_key[key]
        if work.role != "policy" or not work.held:
            continue
        seen = {one.target for one in snapshot.outgoing.get(key, ()) if one.kind in DEALS_WITH}
        for relation in relations:
            if relation.target not in seen:
                seen.add(relation.target)
                yield from _cites(rule, snapshot, work, relation, end_of)


def _held_then(snapshot: Snapshot, citation: Relation, since: date | None) -> bool:
    """Whether what a paper cites, which is dead `since`, held still when it was made, as with most papers."""
    work = snapshot.by_key.get(citation.source)
    day = work.day if work else None
    return work is None or bool(day and since and day <= since)


@dataclass(frozen=True, slots=True)
class _End:
    """How a paper died, the words that say so, and whether something took its place: all share it that cite it."""

    ended: str
    said: tuple[Evidence, ...]
    replaced: bool


def _end(snapshot: Snapshot, key: str) -> _End:
    status = snapshot.statuses[key]
    ended = f"{snapshot.by_key[key].label}{died(snapshot, status)}"
    return _End(ended, deaths_said(status), bool(_followers(snapshot, key)))


def _check_basis(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    """One finding a work, with all the bases that it lost. A statute that was revised is the basis still."""
    lost: dict[str, dict[str, Relation]] = {}
    for citation in snapshot.of_kind.get("basis", ()):
        key = citation.target
        work = losing(snapshot, citation) if key in snapshot.dead else None
        if work is None:
            continue
        status, day = snapshot.statuses[key], work.day
        if status.is_sure and day and status.since and day <= status.since:
            lost.setdefault(work.key, {}).setdefault(key, citation)
    end_of = cache(partial(_end, snapshot))
    for key, bases in lost.items():
        found = [(citation, end_of(target)) for target, citation in bases.items()]
        yield _lost(rule, snapshot, snapshot.by_key[key], found)


def _lost(rule: Rule, snapshot: Snapshot, work: Work, found: list[tuple[Relation, _End]]) -> Finding:
    cited = [one for one, _ in found]
    left = [snapshot.by_key[key].label for key in living_bases(snapshot, work) if key in snapshot.by_key]
    ends = "；".join(end.ended for _, end in found)
    evidence = [one.evidence for one in cited]
    for _, end in found:
        evidence += end.said
    doubtful = any(one.repaired and not one.corroboration and not one.judged for one in cited)
    message = f"{'部分失去依据' if left else '失去依据'}：{ends}" + (f"；另有依据{'、'.join(left)}" if left else "")
    left_by = [heirs(snapshot, one.target, work.key) for one, end in found if end.replaced]
    new = "、".join(dict.fromkeys(one.label for each in left_by for one in each.living))
    over = "；".join(none_left(snapshot, each) for each in left_by if each.dead and not each.living)
    remedy = "；".join(filter(None, (rule.remedy, f"替代它的有{new}" if new else "", over)))
    finding = rule.finding(
        "fail", work.key, message, severity="info" if left or doubtful else "warning",
        evidence=tuple(evidence), related=tuple(one.target for one in cited), remedy=remedy,
    )  # fmt: skip
    return _if_completed(finding, snapshot, work)


def _if_completed(finding: Finding, snapshot: Snapshot, work: Work) -> Finding:
    """A note of a paper whose work is over: nobody looks for another basis of what has been done."""
    done = completed(snapshot, work)
    if done is None or not done.sure:
        return finding
    remedy = "期限已过" if snapshot.is_dead(work.key) else "期限已过，办结了的，清理时列入宣布失效"
    late = [duty for _, duties in plans(snapshot, (work,)) for duty in duties if duty.is_late(snapshot.as_of)]
    if late:  # as tasks.overdue (TSK-03) tells: nobody has said that they are done
        rest = remedy.partition("，")[2]
        remedy = f"期限已过，有{len(late)}项任务没有登记办结，请核实{f'；{rest}' if rest else ''}"
    message = f"{finding.message}；本文件{done.reason}"
    evidence = (*finding.evidence, *done.evidence)
    return replace(finding, severity="info", message=message, evidence=evidence, remedy=remedy)


def died(snapshot: Snapshot, status: Status) -> str:
    """已于2018-11-23废止（据《某决定》（岚政发〔2018〕28号））; of one that ran out its last day, and the day after it:
    有效期至2014-12-31，自2015-01-01起失效; of what was dead before, that too: …，2018-11-23又废止（据…）."""
    decisive, first = status.decisive, status.ended
    if first in (None, decisive):
        return f"{gone(status.state, status.since)}{_by(snapshot, decisive)}"
    again = f"，{status.decided}又{DIED[status.state]}{_by(snapshot, decisive)}"
    return f"{gone(_OF[first.kind], status.since)}{_by(snapshot, first)}{again}"


def gone(state: State, since: date | None) -> str:
    """How something ended, and when: a paper holds through the last day of its term."""
    if state is State.EXPIRED and since:
        return f"有效期至{since - timedelta(days=1)}，自{since}起失效"
    return f"已{f'于{since}' if since else ''}{DIED[state]}"


def _by(snapshot: Snapshot, effect: Effect | None) -> str:
    act = snapshot.by_key.get(effect.by) if effect and effect.by else None
    if act is None or effect is None:
        return ""
    witness = effect.evidence.witness if effect.evidence else None
    clause = f"{effect.by_clause}，{witness.who or '未署名'}登记" if effect.by_clause and witness else ""
    return f"（据{act.label}{clause}）"


def deaths_said(status: Status) -> tuple[Evidence, ...]:
    """The words by which a work died: of the first time, and of the decisive one."""
    said = [words for one in (status.ended, status.decisive) if one for words in one.words]
    return tuple(dict.fromkeys(said))


def _cites(
    rule: Rule, snapshot: Snapshot, work: Work, relation: Relation, end_of: Callable[[str], _End]
) -> Iterator[Finding]:
    status, target = snapshot.statuses[relation.target], snapshot.by_key.get(relation.target)
    if target is None:
        return
    cited = work.day
    by = tuple(dict.fromkeys(one.by for one in (status.ended, status.decisive) if one and one.by))
    if work.key in by:
        return
    related = (relation.target, *by)
    if cited is None or status.since is None:
        whose = "本文件的成文日期" if cited is None else "被引文件的失效日期"
        message = f"不能判断引用时是否有效：{target.label}已{DIED[status.state]}，但{whose}不明"
        message += "" if status.is_sure else f"（{'；'.join(status.flags)}）"
        yield rule.finding(
            "unknown", work.key, message, evidence=(relation.evidence,), related=related, remedy=f"请补{whose}"
        )
    elif not status.is_sure and status.since < cited:
        message = f"不能判断引用时是否有效：{target.label}{died(snapshot, status)}（{'；'.join(status.flags)}）"
        evidence = (relation.evidence, *deaths_said(status))
        yield rule.finding("unknown", work.key, message, evidence=evidence, related=related, remedy="请核对它的有效期")
    elif status.since < cited:
        yield _dead(rule, snapshot, work, relation, end_of(target.key), related)


def _dead(
    rule: Rule, snapshot: Snapshot, work: Work, relation: Relation, end: _End, related: tuple[str, ...]
) -> Finding:
    role = "依据" if relation.kind == "basis" else "引用"
    message = f"{role}的{end.ended}，本文件成文于{work.day}"
    doubtful = relation.repaired and not relation.corroboration and not relation.judged
    severity: Severity = "warning" if doubtful else "error"
    evidence = (relation.evidence, *end.said)
    remedy = instead(snapshot, relation.target, work.key) if end.replaced else None
    finding = rule.finding(
        "fail", work.key, message, severity=severity, evidence=evidence, related=related, remedy=remedy
    )
    return _if_completed(finding, snapshot, work)


def surely_dead(snapshot: Snapshot, work: Work) -> bool:
    """Whether it surely holds no longer."""
    status = snapshot.statuses.get(work.key)
    return bool(status and status.is_surely_dead)


@dataclass(frozen=True, slots=True)
class Heirs:
    """What took the place of a work: those that hold today, the nearest first; those that died and left no heir."""

    living: tuple[Work, ...]
    dead: tuple[Work, ...]


def heirs(snapshot: Snapshot, key: str, but: str = "") -> Heirs:
    """What took the place of a work, and of that, until something holds; `but` is left out. A dead successor that has
    a successor is passed over."""
    living: list[Work] = []
    dead: list[Work] = []
    seen, row = {key, but}, [key]
    while row:
        following: list[str] = []
        for one in row:
            later = [work for work in _followers(snapshot, one) if work.key not in seen]
            seen.update(work.key for work in later)
            living += (work for work in later if not snapshot.is_dead(work.key))
            following += (work.key for work in later if snapshot.is_dead(work.key))
            if not later and one != key:
                dead.append(snapshot.by_key[one])
        row = following
    return Heirs(tuple(living), tuple(dead))


def _followers(snapshot: Snapshot, key: str) -> list[Work]:
    """What replaces or republishes a work, or ended it with an instrument of the same name: its new version."""
    work, status = snapshot.by_key.get(key), snapshot.statuses.get(key)
    incoming = snapshot.incoming.get(key, ())
    keys = {one.source for one in incoming if one.kind in ("replaces", "republishes") and one.mode == "act"}
    act = snapshot.by_key.get(status.decisive.by) if status and status.decisive and status.decisive.by else None
    if work and act and _one_name(act, work):
        keys.add(act.key)
    return [snapshot.by_key[one] for one in sorted(keys) if one in snapshot.by_key and one != key]


def _one_name(act: Work, work: Work) -> bool:
    names = [{title_key(without_trial(name)) for name in one.instruments} for one in (act, work)]
    return bool(names[0] & names[1])


def instead(snapshot: Snapshot, key: str, but: str = "") -> str | None:
    """What to cite in its place: 请改引替代它的《…》; or that what replaced it is dead too. None where nothing did."""
    found = heirs(snapshot, key, but)
    if found.living:
        return f"请改引替代它的{'、'.join(work.label for work in found.living)}"
    return f"{none_left(snapshot, found)}；确需依据的，请另找现行有效的文件" if found.dead else None


def none_left(snapshot: Snapshot, found: Heirs) -> str:
    """替代它的《…》也不再有效（有效期至2026-09-19，自2026-09-20起失效），没有现行的替代文件."""
    ends = ((work.label, died(snapshot, snapshot.statuses[work.key])) for work in found.dead)
    said = "，".join(f"{name}也{end if end.startswith('已') else f'不再有效（{end}）'}" for name, end in ends)
    return f"替代它的{said}，没有现行的替代文件"


def with_end(snapshot: Snapshot, work: Work) -> str:
    """As people call it, and when it died: 《…》（岚科规〔2021〕2号）（有效期至2026-09-19，自2026-09-20起失效）."""
    status = snapshot.statuses.get(work.key)
    if status is None or not status.state.dead:
        return work.label
    first = status.ended
    state = status.state if first in (None, status.decisive) else _OF[first.kind]  # it ran out, and was repealed later
    return f"{work.label}（{gone(state, status.since)}）"
