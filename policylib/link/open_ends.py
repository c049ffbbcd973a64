"""What a cleanup result may have ended without saying it of the paper. Whether it did is for a person to say: the state
stays. Who hints at it, and who lets a person confirm it, asks here, so that both say the same.

    凡未列入继续有效目录的，一律废止。               a catch-all: the papers in scope that stand in none of its lists
    逾期未重新公布的，自2024年7月1日起宣布失效。     a condition: the papers in its list 需要修改, from that day on

Source: domain.md §5.3, §7.1, §7.3, CLN-08, CLN-12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from policylib.link.cleanup_acts import (
    Act,
    act_of,
    before_act,
    by_first_issuer,
    left_out,
    named_by,
    outside,
    scope_of,
    text_of,
)
from policylib.link.confirmed import ENDS, SPARED, condition_day, last_words
from policylib.link.quoting import shown
from policylib.model import CATCH_ALL, CONDITIONAL, Evidence, Office, Relation, RelationKind, Snapshot, Work

_RENEWALS: Final = ("amends", "replaces", "republishes", "repeals", "lapses")
"""What settles that a paper was to be amended. That its term was extended does not: nobody has mended it."""
_EXTENDED_OR: Final = "延"  # 逾期未修改或者延长有效期的: who asks for no more has got it
_LATE = re.compile(r"逾期[未不][^。；，,的]{1,16}")


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A cleanup result that ends papers without a word on each, the sentences that say so, and the works that it may
    have ended (`hit`). `gone`: those that are surely dead by now all the same, and of which nothing is left to ask.
    `denied`: those of which a person said that it did not end them. `since`: the day from which a condition ends them.
    `extended_by`: what has extended the term of these works since, which is no revision; with its words (`extending`).
    """

    act: Work
    kind: Literal["catch_all", "conditional"]
    evidence: tuple[Evidence, ...]
    hit: tuple[Work, ...] = ()
    gone: tuple[Work, ...] = ()
    denied: tuple[Work, ...] = ()
    since: date | None = None
    extended_by: tuple[Work, ...] = ()
    extending: tuple[Evidence, ...] = ()

    @property
    def rule(self) -> str:
        """The rule of the clause, `clause.catch_all`: by it `confirmed.SPARED` says who may be spared."""
        return CATCH_ALL if self.kind == "catch_all" else CONDITIONAL

    @property
    def asked(self) -> tuple[Work, ...]:
        """All that it may have ended, also of what is dead by now."""
        return (*self.hit, *self.gone)

    @property
    def because(self) -> str:
        """What stands behind the act, and before 失效: 的兜底条款, 列为需修改、逾期未重新公布而."""
        if self.kind == "catch_all":
            return "的兜底条款"
        late = next((found[0] for one in self.evidence if (found := _LATE.search(one.quote))), "逾期未修改")
        return f"列为需修改、{late}而"

    @property
    def only_extended(self) -> str:
        """；此后《某通知》（岚建发〔2023〕31号）只延长了有效期，本库没有见到修改后的文件; nothing where nobody did."""
        names = "、".join(work.label for work in self.extended_by)
        return f"；此后{names}只延长了有效期，本库没有见到修改后的文件" if names else ""

    @property
    def relation(self) -> RelationKind:
        """As what its end is confirmed: 废止, or 宣布失效 where the condition says so."""
        void = self.kind == "conditional" and any("失效" in one.quote for one in self.evidence)
        return "lapses" if void else "repeals"


# The catch-all -----------------------------------------------------------------------------------------------------


def catch_all(act: Act, snapshot: Snapshot, office: Office, by_issuer: Mapping[str, list[Work]]) -> OpenEnd | None:
    """What a result may have ended that says 未列入目录的一律废止, also where that is nothing; None of another."""
    clauses = [one for one in act.paper.clauses if one.rule == CATCH_ALL]
    if not clauses or (act.work.day and act.work.day > snapshot.as_of):
        return None
    found = left_out(act, scope_of(act, snapshot, office), snapshot, by_issuer)
    return _sorted_out(OpenEnd(act.work, "catch_all", _words(act, snapshot, CATCH_ALL)), found, snapshot)


# The condition -----------------------------------------------------------------------------------------------------


def conditions(act: Act, snapshot: Snapshot) -> Iterator[OpenEnd]:
    """What a result may have ended that says 逾期未重新公布的，宣布失效, for each day from which it does;
    nothing before that day. Works whose term was extended meanwhile come by themselves, with what extended it."""
    evidence = _words(act, snapshot, CONDITIONAL)
    alike: dict[tuple[date, tuple[Relation, ...]], list[Work]] = {}
    for plan in snapshot.outgoing.get(act.work.key, ()) if evidence else ():
        target = snapshot.by_key.get(plan.target)
        if (plan.kind, plan.mode) != ("amends", "plan") or not (target and target.held and target.role == "policy"):
            continue
        day = condition_day(evidence[0].quote, plan)
        extended = extensions(target, act.work, snapshot)
        enough = extended and _EXTENDED_OR in evidence[0].quote
        if day and day <= snapshot.as_of and not enough and not _settled_before(target, act, day, snapshot):
            alike.setdefault((day, extended), []).append(target)
    for (day, extending), works in sorted(alike.items(), key=lambda one: (one[0][0], len(one[0][1]))):
        by = tuple(snapshot.by_key[one.source] for one in extending)
        words = tuple(one.evidence for one in extending)
        end = OpenEnd(act.work, "conditional", evidence, since=day, extended_by=by, extending=words)
        yield _sorted_out(end, works, snapshot)


def _settled_before(work: Work, act: Act, day: date, snapshot: Snapshot) -> bool:
    """Whether a work had died otherwise before that day, or another has taken its place or mended it since."""
    return before_act(work, act, day, snapshot).state.dead or renewed(work, act.work, snapshot)


def renewed(work: Work, act: Work, snapshot: Snapshot) -> bool:
    """Whether a work that an act wants to be amended has been since, or another has taken its place."""
    return any(one.kind in _RENEWALS and _since(one, act, snapshot) for one in snapshot.incoming.get(work.key, ()))


def extensions(work: Work, act: Work, snapshot: Snapshot) -> tuple[Relation, ...]:
    """What has extended the term of a work since an act wanted it to be amended."""
    found = (one for one in snapshot.incoming.get(work.key, ()) if one.kind == "extends")
    return tuple(one for one in found if one.source in snapshot.by_key and _since(one, act, snapshot))


def _since(one: Relation, act: Work, snapshot: Snapshot) -> bool:
    if one.mode != "act" or one.source == act.key:
        return False
    other = snapshot.by_key.get(one.source)
    return not (other and other.day and act.day and other.day < act.day)  # surely made before the act


# How far they reach --------------------------------------------------------------------------------------------------


def unreached(work: Work, act: Work, rule: str, snapshot: Snapshot, office: Office) -> str | None:
    """Why a clause of this rule (`clause.catch_all`) in a cleanup result cannot have ended a work, in words; None where
    it may have, also where a person has said that it did not."""
    result = act_of(snapshot, act)
    if result is None:
        return "它不是读得出目录的清理结果"
    if rule == CATCH_ALL:
        swept = catch_all(result, snapshot, office, by_first_issuer(snapshot))
        ends = [swept] if swept else []
        why = _why_not_swept(work, result, snapshot, office)
    else:
        ends = list(conditions(result, snapshot))
        why = _why_not_lapsed(work, result, snapshot)
    return None if any(work in (*one.asked, *one.denied) for one in ends) else why


def _why_not_swept(work: Work, act: Act, snapshot: Snapshot, office: Office) -> str:
    scope = scope_of(act, snapshot, office)
    match outside(work, act, scope, snapshot, named_by(act, snapshot)):
        case "no policy":
            return "它不是政策文件，或者库中没有原文"
        case "another's":
            own = "、".join(work.issuers[:1]) or "不明的机关"
            return f"它由{own}制发，清理的是{'、'.join(sorted(scope.issuers))}的文件"
        case "later":
            return f"它成文于{work.day or '不明的日期'}，清理的是{scope.until}以前的文件"
        case "named":
            return "它在清理结果里另有结论"
        case "dead":
            return _died(work, act, act.work.day or snapshot.as_of, snapshot)
    return f"{snapshot.as_of}还没有这份清理结果"


def _why_not_lapsed(work: Work, act: Act, snapshot: Snapshot) -> str:
    if renewed(work, act.work, snapshot):
        return "它此后已经修改、重新公布，或者有了替代它的文件"
    clause = _words(act, snapshot, CONDITIONAL)[0].quote
    plans = (one for one in snapshot.outgoing.get(act.work.key, ()) if one.target == work.key)
    day = next((day for one in plans if (day := condition_day(clause, one))), None)
    if day and day <= snapshot.as_of:
        return _died(work, act, day, snapshot)
    return f"规定的日期（{day}）还没有到" if day else "那一条没有写明从哪天起失效"


def _died(work: Work, act: Act, day: date, snapshot: Snapshot) -> str:
    before = before_act(work, act, day, snapshot)
    since = f"（{before.since}起）" if before.since else ""
    return f"它在{day}以前已经{before.state.value}{since}，以先前的为准"


# What people have said ---------------------------------------------------------------------------------------------


def _sorted_out(end: OpenEnd, works: Iterable[Work], snapshot: Snapshot) -> OpenEnd:
    """The clause with the works that it reaches, by what became of them and what people said; without those that
    surely ended by it."""
    spared, rejected = _spared(snapshot, SPARED[end.rule].field), _rejected(snapshot)
    confirmed = {one.target for one in snapshot.outgoing.get(end.act.key, ()) if one.kind in ENDS}
    hit: list[Work] = []
    gone: list[Work] = []
    denied: list[Work] = []
    for work in works:
        if work.key in confirmed:
            continue
        if work.key in spared or (end.act.key, work.key) in rejected:
            denied.append(work)
        else:
            status = snapshot.statuses.get(work.key)
            (gone if status and status.is_surely_dead else hit).append(work)
    return replace(end, hit=tuple(hit), gone=tuple(gone), denied=tuple(denied))


def _spared(snapshot: Snapshot, field: str) -> set[str]:
    """What a person said that no such clause ended; the last word counts, an empty one takes it back."""
    said = {one.source: one for one in snapshot.judgements if (one.verdict, one.field) == ("set", field)}
    return {key for key, one in said.items() if not one.takes_back}


def _rejected(snapshot: Snapshot) -> set[tuple[str, str]]:
    """The cleanup results and the works of which a person said that the one did not end the other."""
    said = last_words(snapshot.judgements)
    return {(one.source, one.target) for one in said.values() if one.verdict == "reject" and one.kind in ENDS}


def _words(act: Act, snapshot: Snapshot, rule: str) -> tuple[Evidence, ...]:
    source, text = act.paper.source, text_of(snapshot, act.paper)
    clauses = (one for one in act.paper.clauses if one.rule == rule)
    return tuple(shown(source.sha256, source.path, text, one.span, one.rule) for one in clauses)
