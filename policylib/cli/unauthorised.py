"""That those who ended a paper could not end it (CLN-10), as a flag on its status. The state stays: whether the organ
that made the paper agreed is for a person to find out, and to say of the paper; then the flag tells their reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policylib.errors import JudgementError
from policylib.export.words import relation_words
from policylib.library import Library, Links
from policylib.model import Judgement, Status
from policylib.rules.commands import exempting, rejecting

_RULE = "cleanup.authority"
_ACTS = ("repeals", "lapses", "amends")


def with_doubted_authority(library: Library, links: Links, status: Status) -> Status:
    """The status, with a flag where an act that decides it is of an organ which may not end such a paper."""
    acts = [library.get(one.by) for one in (status.decisive, status.ended) if one and one.by and status.state.dead]
    if all(set(act.issuers) & set(links.work.issuers) for act in acts):
        return status
    from policylib.office_rules import office_rules  # most papers are ended by those who made them
    from policylib.rules import audit

    rules = [rule for rule in office_rules(library) if rule.id == _RULE]
    makers = {act.key for act in acts}
    told = (
        one.message if one.result == "exempt" else f"{one.message}（{rules[0].code}），效力待核实"
        for one in audit(library.snapshot(status.as_of), rules).findings
        if one.subject == links.work.key and makers.intersection(one.related)
    )
    return replace(status, flags=(*status.flags, *told))


def refuse_elsewhere(library: Library, judgements: Iterable[Judgement]) -> None:
    """Nothing, unless somebody wants to settle such a doubt where it changes nothing: by confirming the relation, which
    nobody doubts, or on the act. Raises JudgementError, with what to type."""
    asked = [one for one in judgements if _confirms(one) or _excuses(one)]
    if not asked:
        return
    from policylib.rules.context import Context
    from policylib.rules.disputes import disputed_ends

    disputed = disputed_ends(library.snapshot(), Context(library.tables, library.office))
    for one in asked:
        if _confirms(one):
            papers = [one.target] if any(one.source in found.related for found in disputed.get(one.target, ())) else []
            what = "文中本来就是这样写的，确认这条关系不能说明有权这样做"
        else:
            found = ((key, each) for key, doubts in disputed.items() for each in doubts)
            papers = [] if one.source in disputed else [key for key, each in found if one.source in each.related]
            what = "有没有权限，登记在被废止、修改的那份文件上，登记在这一份上不起作用"
        for key in papers:
            paper, act = library.get(key), library.get(one.source)
            did = next(
                each.kind for each in library.links(key).incoming if each.source == act.key and each.kind in _ACTS
            )
            word = relation_words()[did].label
            raise JudgementError(
                f"{act.label}{word}{paper.label}：{what}，没有登记。经制发机关或者它的上级同意的，写 "
                f"{exempting(paper, 'CLN-10')}；没有同意的，写 {rejecting(act, word, paper)}"
            )


def _confirms(one: Judgement) -> bool:
    return one.verdict == "accept" and one.kind in _ACTS


def _excuses(one: Judgement) -> bool:
    return one.verdict == "set" and one.field == f"exempt:{_RULE}" and bool(one.value.strip())
