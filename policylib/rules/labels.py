"""Whether the page of a paper says what the library knows: repealed and not marked, or marked and never repealed.
Source: domain.md §5.3 (SITE_LABEL never outweighs an event), §7.3 CLN-05."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policylib.marks import label_says
from policylib.model import Finding, Snapshot, State, Status, Work
from policylib.rules.context import Context
from policylib.rules.marking import LOOK, agrees, has_page, marking, said_of, unseen
from policylib.rules.norms import MARKED
from policylib.rules.rule import Rule
from policylib.rules.standing import gravity

_ENDED = (State.REPEALED, State.LAPSED)  # what has run out is asked by validity.expired
_DEAD = ("废止", "失效")


def rules(context: Context) -> tuple[Rule, ...]:
    """cleanup.label."""
    return (
        Rule(
            id="cleanup.label",
            code="CLN-05",
            title="网页标注的效力与实际不符",
            severity="error",
            basis=MARKED,
            remedy="请在网页上标注，标注的话见 policylib mark list；标注过的，重新保存网页再读入",
            check=partial(_check, context=context),
            exemptions=("上级和外地的文件", "效力待核实的"),
        ),
    )


def _check(rule: Rule, snapshot: Snapshot, *, context: Context) -> Iterator[Finding]:
    for work, status in context.of_state(snapshot, _ENDED, "policy", "cleanup"):
        if _is_known(status):
            yield from _unmarked(rule, snapshot, work, context)
    for work in context.own(snapshot, "policy", "cleanup"):
        if work.status_label and label_says(work.status_label) in _DEAD and work.key in snapshot.statuses:
            status = snapshot.statuses[work.key]
            if not (status.state.dead and _is_known(status)):
                yield from _only_marked(rule, snapshot, work)


def _is_known(status: Status) -> bool:
    """Whether its end stands on more than what a page says of it."""
    return not (status.decisive and status.decisive.kind == "label")


def _unmarked(rule: Rule, snapshot: Snapshot, work: Work, context: Context) -> Iterator[Finding]:
    """What is in breach is told by the page that the library holds; without one nobody knows."""
    found = marking(snapshot, work)
    if found is None or found.doubt:
        return
    fails = partial(rule.finding, "fail", work.key, severity=gravity(work, snapshot, context))
    decisive = found.status.decisive
    why = (decisive.evidence,) if decisive and decisive.evidence else ()
    by = (decisive.by,) if decisive and decisive.by else ()
    when = f"于{found.status.decided}" if found.status.decided else ""
    said, kept = f"已{when}{found.word}", "本库所存网页" if has_page(work) else "本库所存文件"
    if found.standing == "contradicts":
        page = tuple(one.evidence for one in found.said)
        state = found.status.state
        contrary = next(one.says for one in found.said if not agrees(state, one.says))
        beside = any(agrees(state, one.says) for one in found.said)
        message = f"{said}，{kept}{'标明了，页面自己的标签却' if beside else ''}仍标注“{contrary}”"
        remedy = f"请在网站后台把标签“{contrary}”改为“{found.word}”；改过的，重新保存网页再读入" if beside else None
        yield fails(message, evidence=(*page, *why), related=by, remedy=remedy)
    elif found.standing == "open" and has_page(work):
        yield fails(f"{said}，{kept}没有标注", evidence=why, related=by)
    elif found.standing == "open":
        message = f"不能判断网页标注没有：{said}，{unseen(work)}"
        yield rule.finding("unknown", work.key, message, evidence=why, related=by, remedy=LOOK)


def _only_marked(rule: Rule, snapshot: Snapshot, work: Work) -> Iterator[Finding]:
    page = tuple(one.evidence for one in said_of(snapshot, work) if one.says in _DEAD)
    if page:
        kept = "网页" if has_page(work) else "本库所存文件"
        message = f"{kept}标注“{work.status_label}”，本库未见废止它、宣布它失效的文件"
        yield rule.finding(
            "unknown", work.key, message, evidence=page, remedy="请把废止它的文件读入；网页标错的，更正网页"
        )
