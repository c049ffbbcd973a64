"""Whether the page of a paper says what the library knows: repealed and not marked, or marked and never repealed.
Source: domain.md §5.3 (SITE_LABEL never outweighs an event), §7.3 CLN-05."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from policylib.marks import label_says
from policylib.model import Finding, Snapshot, State, Status, Work
from policylib.rules.context import Context
from policylib.rules.currency import DIED
from policylib.rules.expiry import dealt_with
from policylib.rules.marking import LOOK, agrees, as_printed, has_page, marking, said_of, unseen
from policylib.rules.norms import MARKED
from policylib.rules.revisions import last_revision, step_said, steps_of
from policylib.rules.rule import Rule
from policylib.rules.scope import interpretation_profile, is_no_office
from policylib.rules.standing import gravity

_ENDED = (State.REPEALED, State.LAPSED, State.REVISED)  # of policies that ran out, validity.expired tells most
_DEAD = ("废止", "失效")
_OF_OTHERS = "文件效力的标注应当与后来的文件写明的一致"
_UNSEEN = "标注说已废止或者失效，而本库没有看到废止它、宣布它失效的文件，需要核对"
_AT_THE_SOURCE = "请核对标注的来源，标错的，请通知标注的网站或者数据库更正；网站上有这份文件的，看一看标注没有"


_OF_THE_LAW = "标注也可能说的是这部法律、法规现行的文本，那就不算标错，请写明标的是哪一个文本"


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.label."""
    return (
        Rule(
            id="cleanup.label",
            code="CLN-05",
            title="标注的效力与实际不符",
            asks="已废止、宣布失效的文件，所存的网页写明了没有；网页标着“废止”“失效”的，本库有没有废止它的文件",
            severity="error",
            basis=MARKED,
            remedy="请在网页上标注，标注的话见 policylib mark list；标注过的，重新保存网页再读入",
            check=partial(_check, context=context),
            exemptions=("上级和外地的文件", "效力待核实的"),
        ),
    )


def _check(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    ended = context.of_state(snapshot, _ENDED, "policy", "cleanup")
    run_out = context.of_state(snapshot, (State.EXPIRED,), "cleanup")
    for work, status in (*ended, *run_out, *dealt_with(snapshot, context)):
        if _is_known(status):
            yield from _unmarked(rule, snapshot, work, context)
    for work in context.own(snapshot, "policy", "cleanup"):
        if work.status_label and label_says(work.status_label) in _DEAD and work.key in snapshot.statuses:
            status = snapshot.statuses[work.key]
            if not (status.state.dead and _is_known(status)):
                yield from _only_marked(_asking(rule, snapshot, work, context), snapshot, work)


def _resting(rule: Rule, snapshot: Snapshot, work: Work, context: Context) -> Rule:
    """The rule with what it rests on for this work: neither a court nor the State Council is bound by what the main
    points of a year ask of offices."""
    outside = is_no_office(work, context.ruled(work, interpretation_profile), snapshot.texts)
    return replace(rule, basis=_OF_OTHERS) if outside else rule


def _asking(rule: Rule, snapshot: Snapshot, work: Work, context: Context) -> Rule:
    """The rule with why it asks where a page alone says that a paper is dead: there is no later paper to agree with."""
    resting = _resting(rule, snapshot, work, context)
    return replace(rule, basis=_UNSEEN if resting.basis == _OF_OTHERS else f"{_UNSEEN}；{resting.basis}")


def _is_known(status: Status) -> bool:
    """Whether its end stands on more than what a page says of it."""
    return not (status.decisive and status.decisive.kind == "label")


def _unmarked(rule: Rule, snapshot: Snapshot, work: Work, context: Context) -> Iterator[Finding]:
    """What is in breach is told by the page that the library holds; without one nobody knows."""
    found = marking(snapshot, work)
    if found is None or found.doubt:
        return
    rule = _resting(rule, snapshot, work, context)
    fails = partial(rule.finding, "fail", work.key, severity=gravity(work, snapshot, context))
    decisive = found.status.decisive
    why = decisive.words if decisive else ()
    by = (decisive.by,) if decisive and decisive.by else ()
    when = f"于{found.status.decided}" if found.status.decided else ""
    ended = DIED[State.REVISED] if found.status.state is State.REVISED else found.word
    said, kept = (
        f"{_which_text(snapshot, work, found.status)}已{when}{ended}",
        "本库所存网页" if has_page(work) else "本库所存文件",
    )
    if found.standing == "contradicts":
        page = tuple(one.evidence for one in found.said)
        state = found.status.state
        contrary = next(as_printed(one) for one in found.said if not agrees(state, one.says))
        beside = any(agrees(state, one.says) for one in found.said)
        message = f"{said}，{kept}{'标明了，页面自己的标签却' if beside else ''}仍标注“{contrary}”"
        remedy = f"请在网站后台把标签“{contrary}”改为“{found.word}”；改过的，重新保存网页再读入" if beside else None
        remedy = remedy if has_page(work) else _AT_THE_SOURCE
        if state is State.REVISED:
            remedy = f"{remedy or rule.remedy}；{_OF_THE_LAW}"
        yield fails(message, evidence=(*page, *why), related=by, remedy=remedy)
    elif found.standing == "open" and has_page(work):
        yield fails(f"{said}，{kept}没有标注", evidence=why, related=by)
    elif found.standing == "open":
        message = f"不能判断网页标注没有：{said}，{unseen(work)}"
        yield rule.finding("unknown", work.key, message, evidence=why, related=by, remedy=LOOK)


def _which_text(snapshot: Snapshot, work: Work, status: Status) -> str:
    """2010年修订的文本, 1999年的文本: of a statute that was revised the one that ended; "" of all else."""
    if status.state is not State.REVISED or work.day is None:
        return ""
    step = last_revision(steps_of(snapshot, work))
    return f"{step.day.value.year}年{step.verb}的文本" if step else f"{work.day.year}年的文本"


def _only_marked(rule: Rule, snapshot: Snapshot, work: Work) -> Iterator[Finding]:
    page = tuple(one.evidence for one in said_of(snapshot, work) if one.says in _DEAD)
    if page:
        kept, wrong = (
            ("网页", "网页标错的，更正网页")
            if has_page(work)
            else ("本库所存文件", "标错的，请通知标注的网站或者数据库更正")
        )
        message = f"{kept}标注“{work.status_label}”，本库未见废止它、宣布它失效的文件"
        remedy = f"请把废止它的文件读入；{wrong}"
        if later := last_revision(steps_of(snapshot, work)):
            message += f"；文中列有后来的修订（{later.day.value}），标注说的可能是修订前的旧版本"
            remedy = f"请核对标注说的是哪一个版本；确已废止的，{remedy.removeprefix('请')}"
            page = (*page, *step_said(snapshot, work, later))
        yield rule.finding("unknown", work.key, message, evidence=page, remedy=remedy)
