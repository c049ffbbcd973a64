"""That those who ended a paper could not end it (CLN-10), as a flag on its status. The state stays: whether the organ
that made the paper agreed is for a person to find out."""

from __future__ import annotations

from dataclasses import replace

from policylib.library import Library, Links
from policylib.model import Status

_RULE = "cleanup.authority"


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
        f"{one.message}（{rules[0].code}），效力待核实"
        for one in audit(library.snapshot(status.as_of), rules).findings
        if one.subject == links.work.key and one.result in ("fail", "unknown") and makers.intersection(one.related)
    )
    return replace(status, flags=(*status.flags, *told))
