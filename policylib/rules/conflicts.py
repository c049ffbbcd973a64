"""Whether what several acts do to one document goes together. Source: domain.md §7.3, CLN-02, CLN-10, CLN-11, CLN-13,
CLN-14."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, partial
from itertools import chain, pairwise
from typing import Final, Literal

from policylib.model import Finding, Relation, Snapshot, Work
from policylib.rules.commands import exempting
from policylib.rules.consent import consents
from policylib.rules.context import Context
from policylib.rules.currency import heirs
from policylib.rules.interpretation import interpretations
from policylib.rules.norms import LINKED, STOPPED
from policylib.rules.rule import Rule

AUTHORITY: Final = "cleanup.authority"
_ENDS: Final = ("repeals", "lapses")
_FOLLOWS: Final = ("replaces", "republishes")
_DONE: Final = {
    "repeals": "废止",
    "lapses": "宣布失效",
    "retains": "列为继续有效",
    "replaces": "替代",
    "republishes": "重新公布",
    "amends": "修改",
}
_ONCE: Final = (
    "请对照两份原文：确是同一份文件的，请制发机关确认以哪一次为准，在另一份里更正；"
    "其实是两份文件、库中认成了一份的，用 policylib judge --reject 登记"
)
_DEPARTMENT: Final = ("局", "厅", "委员会", "部", "办公室", "中心")
_NO_DEPARTMENT: Final = ("常务委员会", "监察委员会")
_OWN_BODY = re.compile(
    r"党[组委]会?$|[局厅委部]长办公会?|^[局厅委部处我本]\w{0,6}(?:会议?|领导|班子)?$|领导班子$"
)  # 局党组, 局长办公会, 我局, 局务会议


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.contradiction, .old-version, .authority, .order; interpretation.outdated."""
    contradiction = Rule(
        id="cleanup.contradiction",
        code="CLN-02",
        title="同一文件的清理结论互相矛盾",
        asks="同一份文件，几次清理结果、废止文件对它的结论前后能不能同时成立",
        severity="error",
        basis=f"先后两份文件自己写明的结论，不能同时成立；{STOPPED}",
        remedy="请制发机关核实并更正其中一个结论；库中认错了文件的，用 policylib judge --reject 登记",
        check=partial(_check_contradiction, context=context),
        exemptions=("其间恢复执行或者重新公布的",),
    )
    old_version = Rule(
        id="cleanup.old-version",
        code="CLN-13",
        title="清理时列入的是已被替代的旧文件",
        asks="清理目录里的每份文件，清理以前是不是已经有新的文件替代它",
        severity="warning",
        basis="替代它的文件自己写明的话",
        remedy="请核对是否应列新的文件；旧文件应列为废止",
        check=partial(_check_old_version, context=context),
    )
    authority = Rule(
        id=AUTHORITY,
        code="CLN-10",
        title="废止、修改的机关不是制发机关，也不是它的上级",
        asks="废止、修改、宣布失效别的文件的每份文件，它的机关是不是那份文件的制发机关，或者制发机关的上级",
        severity="warning",
        basis="权限的一般原则：文件由制定机关或者它的上级废止、修改，部门不能废止政府的文件",
        remedy=(
            "请核实是否经制发机关同意：同意的，写 policylib judge 被废止、修改的文号 --exempt 理由 --rule CLN-10；"
            "没有同意的，提请制发机关废止"
        ),
        check=partial(_check_authority, context=context),
        exempted="有权废止、修改",
        exemptions=("写明废止、修改经制发机关或者它的上级同意、批准的", "人大、党委、法院的文件"),
    )
    order = Rule(
        id="cleanup.order",
        code="CLN-11",
        title="废止的先后对不上",
        asks="废止别的文件的每份文件，成文是不是晚于被废止的那份，有没有把自己列入废止，同一份是不是废止了两次",
        severity="warning",
        basis="两份文件自己写明的日期和结论",
        remedy="请核对两份文件的日期和文号，录错的更正后重新公布；库中认错了文件的，用 policylib judge --reject 登记",
        check=partial(_check_order, context=context),
    )
    outdated = Rule(
        id="interpretation.outdated",
        code="CLN-14",
        title="解读的是旧文件，新的文件没有解读",
        asks="有解读的政策文件后来被新的文件替代，而新的文件仍然有效的，新的文件有没有解读",
        severity="info",
        basis=f"{LINKED}（没有直接说到旧的解读，供参考）",
        remedy="请为新的文件编写解读，或在原解读页注明所解读的文件已被替代",
        check=_check_outdated,
        exemptions=("新的文件也已失效的",),
    )
    return contradiction, old_version, authority, order, outdated


def _acted(snapshot: Snapshot, context: Context, *kinds: str) -> dict[str, list[tuple[Relation, Work]]]:
    """What other works did to each work of the library, by its key, with them; plans and reports left out."""
    return context.shared(snapshot, (_acted, kinds), lambda: _found_acted(snapshot, kinds))


def _found_acted(snapshot: Snapshot, kinds: Iterable[str]) -> dict[str, list[tuple[Relation, Work]]]:
    found: dict[str, list[tuple[Relation, Work]]] = {}
    for kind in sorted(kinds):  # as the relations of one work to another are
        for one in snapshot.of_kind.get(kind, ()):
            maker = snapshot.by_key.get(one.source)
            if maker and maker.held and one.mode == "act" and one.target in snapshot.by_key:
                found.setdefault(one.target, []).append((one, maker))
    return found


def _doubtful(*relations: Relation) -> bool:
    return any(one.repaired and not (one.corroboration or one.judged) for one in relations)


# CLN-02, CLN-13: what was kept after it had ended -----------------------------------------------------------------


def _check_contradiction(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    ended = _acted(snapshot, context, *_ENDS)
    for key, kept in _acted(snapshot, context, "retains").items():
        work = snapshot.by_key[key]
        for keep, keeper in kept:
            for end, ender in ended.get(key, ()):
                if ender.key != keeper.key and not _stays_dead(snapshot, work, ender, keeper):
                    continue
                message = (  # the act first, then what it did: 《甲》已废止 would tell that 甲 itself is dead
                    f"{keeper.label}既将{work.label}{_DONE['retains']}，又将其{_DONE[end.kind]}"
                    if ender.key == keeper.key
                    else f"{ender.label}已将{work.label}{_DONE[end.kind]}，{keeper.label}又将其{_DONE['retains']}"
                )
                yield rule.finding(
                    "fail",
                    work.key,
                    message,
                    severity="warning" if _doubtful(keep, end) else "error",
                    evidence=(end.evidence, keep.evidence),
                    related=tuple(dict.fromkeys((ender.key, keeper.key))),
                )


def _stays_dead(snapshot: Snapshot, work: Work, ender: Work, keeper: Work) -> bool:
    """Whether the work ended by one act was still dead when another kept it: nobody reinstated or republished it."""
    if keeper.day is None:
        return False
    effects = snapshot.effects.get(work.key, ())
    ends = [one.effective for one in effects if one.by == ender.key and one.kind in ("repeal", "lapse")]
    if not any(day and day < keeper.day for day in ends):
        return False
    back = ("reinstate", "republish")
    return not any(one.kind in back and one.effective and one.effective <= keeper.day for one in effects)


def _check_old_version(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    followed = _acted(snapshot, context, *_FOLLOWS)
    for key, kept in _acted(snapshot, context, "retains").items() if followed else ():
        work = snapshot.by_key[key]
        for keep, keeper in kept:
            for follow, follower in followed.get(key, ()):
                if follower.key != keeper.key and _before(follower.day, keeper.day):
                    message = f"{keeper.label}{_DONE['retains']}的{work.label}，此前已由{follower.label}替代"
                    yield rule.finding(
                        "fail", work.key, message, evidence=(keep.evidence, follow.evidence),
                        related=(keeper.key, follower.key),
                    )  # fmt: skip


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


# CLN-10 ------------------------------------------------------------------------------------------------------------


def _check_authority(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    lacks = cache(partial(_lacks, context=context))  # the organs that act on each other are few
    ended, amended = _acted(snapshot, context, *_ENDS), _acted(snapshot, context, "amends")
    for key, acted in chain(ended.items(), amended.items()):
        work = snapshot.by_key[key]
        if not work.issuers:
            continue
        for relation, actor in acted:
            why = lacks(actor.issuers, work.issuers)
            if why and not _doubtful(relation):
                message = (
                    f"{'、'.join(actor.issuers)}是{why}，在{actor.label}里{_DONE[relation.kind]}了"
                    f"{work.issuers[0]}的这份文件"
                )
                yield from _without_consent(rule, snapshot, relation, actor, work, message, context)


def _without_consent(
    rule: Rule, snapshot: Snapshot, relation: Relation, actor: Work, work: Work, message: str, context: Context
) -> Iterator[Finding]:
    """Nothing where an organ agreed that may end the paper itself; a question where it cannot be told who agreed."""
    given = tuple(consents(snapshot, actor, relation.evidence))
    ranks = {one: _suffices(one.organs, actor, work, context) for one in given}
    if "yes" in ranks.values():
        return
    open_ = next((one for one in given if ranks[one] == "unknown"), None)
    told = open_ or next(iter(given), None)
    evidence = (relation.evidence, *((told.evidence,) if told else ()))
    if open_:
        who = f"“{open_.organs}”同意" if open_.organs else "同意，没有写明由谁同意"
        message = f"不能判断有没有权限：{message}；文中说经{who}"
        yield rule.finding(
            "unknown", work.key, message, evidence=evidence, related=(actor.key,),
            remedy=f"请核实是否经制发机关或者它的上级同意；同意的，写 {exempting(work, 'CLN-10')}",
        )  # fmt: skip
        return
    message += f"；文中说经{told.organs}同意，它也无权" if told else "，文中没有写明经制发机关或者它的上级同意"
    yield rule.finding("fail", work.key, message, evidence=evidence, related=(actor.key,))


def _suffices(names: str, actor: Work, work: Work, context: Context) -> Literal["yes", "no", "unknown"]:
    """Whether one of the organs that agreed made the paper, or is above those who did. 局党组, 局长办公会 are the
    actor's own; what is no organ that is known may be any."""
    organs, owner = context.organs, work.issuers[0]
    own, region = organs.region_of(owner), actor.issuers[0]
    verdicts = set()
    for name in organs.split(names) if names else ():
        full = organs.acting(name, region)
        if _OWN_BODY.search(name) or (full and full in actor.issuers):
            verdicts.add("no")
        elif full is None:
            verdicts.add("unknown")
        elif any(organs.same(full, one) != "different" for one in work.issuers):
            verdicts.add("yes")
        else:
            theirs = organs.region_of(full)
            above = not theirs or not own or own == theirs or own.startswith(theirs + "/")
            verdicts.add("yes" if above and not _is_department(full, context) else "no")
    return "yes" if "yes" in verdicts else "no" if verdicts == {"no"} else "unknown"


def _lacks(actors: tuple[str, ...], owners: tuple[str, ...], context: Context) -> str:
    """What those who act are (部门, 下级机关, 外地机关), so that they cannot end or change a work of its owners; empty
    where they can, or where nothing can be told."""
    organs, owner = context.organs, owners[0]
    if not actors or any(organs.same(one, other) != "different" for one in actors for other in owners):
        return ""
    if not all(_is_department(one, context) for one in actors):
        theirs, own = organs.region_of(actors[0]), organs.region_of(owner)
        governments = organs.is_government(actors[0]) and organs.is_government(owner)
        if not (governments and theirs and own) or theirs == own or own.startswith(theirs + "/"):
            return ""
        return "下级机关" if theirs.startswith(own + "/") else "外地机关"
    return "部门" if organs.is_government(owner) or organs.is_government_office(owner) else ""


def _is_department(name: str, context: Context) -> bool:
    above = context.organs.is_government(name) or context.organs.is_government_office(name)
    party = name.startswith("中共") or name.endswith(_NO_DEPARTMENT) or "委办公" in name
    return name.endswith(_DEPARTMENT) and not above and not party


# CLN-11 ------------------------------------------------------------------------------------------------------------


def _check_order(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for key, acted in _acted(snapshot, context, *_ENDS).items():
        work = snapshot.by_key[key]
        ended = sorted(acted, key=lambda pair: (pair[1].day or date.max, pair[1].key))
        for relation, actor in ended:
            if work.held and _before(actor.day, work.dated):
                message = (
                    f"{_DONE[relation.kind]}在前、制发在后：这份文件成文于{work.dated}，而"
                    f"{_DONE[relation.kind]}它的{actor.label}是{actor.day}的，比它还早"
                )
                yield rule.finding("fail", work.key, message, evidence=(relation.evidence,), related=(actor.key,))
        for (first, early), (second, late) in pairwise(ended):
            if _before(early.day, late.day) and not _doubtful(first, second):
                message = (  # the days of the acts: a repeal may bite later
                    f"{_twice(first, second)}：第一次是{early.day}的{early.label}，第二次是{late.day}的{late.label}"
                )
                yield rule.finding(
                    "fail", work.key, message, evidence=(first.evidence, second.evidence),
                    related=(early.key, late.key), remedy=_ONCE,
                )  # fmt: skip


def _twice(first: Relation, second: Relation) -> str:
    """这份文件被废止了两次; 这份文件先被宣布失效、又被废止."""
    one, other = _DONE[first.kind], _DONE[second.kind]
    return f"这份文件被{one}了两次" if one == other else f"这份文件先被{one}、又被{other}"


# CLN-14 ------------------------------------------------------------------------------------------------------------


def _check_outdated(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    """What replaced it, as far as that holds: of one that is dead too nobody needs an explanation."""
    for work in snapshot.interpreted:
        if not snapshot.is_dead(work.key):
            continue
        readings = interpretations(snapshot, work)
        for follower in heirs(snapshot, work.key).living:
            if follower.held and not interpretations(snapshot, follower):
                message = f"所解读的{work.label}已由{follower.label}替代，新的文件没有解读"
                evidence = tuple(one.evidence for one in readings)
                yield rule.finding(
                    "fail", readings[0].source, message, evidence=evidence, related=(work.key, follower.key)
                )
