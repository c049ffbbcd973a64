"""The rules there are, and the audit that runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from policylib import tables as domain
from policylib.errors import TableError
from policylib.model import Finding, Office, Report, Snapshot
from policylib.no_collecting import no_collecting
from policylib.rules import (
    approval,
    cleanup,
    conflicts,
    contents,
    coverage,
    currency,
    disclosure,
    draft,
    drafts,
    facts,
    integrity,
    interpretation,
    labels,
    late,
    numbers,
    pairing,
    tasks,
    validity,
)
from policylib.rules.context import Context
from policylib.rules.excuses import excuses
from policylib.rules.on_day import on_day
from policylib.rules.pairs import asked_together
from policylib.rules.rule import Rule
from policylib.rules.switches import switch_fault, switched
from policylib.tables import Tables

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "解读": ("interpretation",),
        "依据": ("currency",),
        "清理": ("cleanup",),
        "文号": ("number", "integrity"),
        "有效期": ("validity",),
        "公开属性": ("disclosure",),
        "任务": ("task",),
        "征求意见": ("consultation",),
        "稿件": ("draft",),
    }
)
"""How people call the families of rules, which the first parts of their ids name."""


def all_rules(tables: Tables | None = None, office: Office | None = None) -> tuple[Rule, ...]:
    """Every rule, in the order of its family, those that are off too.

    `office` is who keeps the library: with its jurisdiction, the duty to interpret is asked only of works issued in
    that region; without it, of every work held.
    """
    context = Context(tables or domain.builtin(), office or Office())
    duty = interpretation.rules(context)
    rules = (
        *duty,
        *late.rules(context),
        *contents.rules(context),
        *pairing.rules(context),
        *facts.rules(context),
        *coverage.rules(context, missing=duty[0]),
        *approval.rules(),
        *currency.rules(),
        *cleanup.rules(context),
        *conflicts.rules(context),
        *labels.rules(context),
        *integrity.rules(context),
        *numbers.rules(context),
        *validity.rules(context),
        *disclosure.rules(context),
        *tasks.rules(context),
        *drafts.rules(context),
        *draft.rules(context),
    )
    if fault := switch_fault(rules, context.office):
        raise TableError("", 0, fault[1])
    return switched(rules, context.office)


def audit(snapshot: Snapshot, rules: Iterable[Rule] | None = None) -> Report:
    """What the rules that are on find, by rule and then by work. What a person has exempted from a rule is exempt.

    Rules of drafts see the whole library, the others what there was of it on the snapshot's day (`on_day`). Without
    rules: all, by the built-in tables, for the office of the snapshot, with its reorganisations if it has any.
    """
    if rules is None:
        tables = domain.builtin()
        tables = replace(tables, renames=snapshot.renames) if snapshot.renames else tables
        rules = all_rules(tables, snapshot.office)
    asked = [rule for rule in rules if rule.on]
    with no_collecting():
        then = snapshot if all(rule.of_drafts for rule in asked) else on_day(snapshot).snapshot
        paired = asked_together(asked, then)
        return Report(tuple(
            one for rule in asked for one in _run(rule, snapshot if rule.of_drafts else then, paired.get(rule.id))
        ))  # fmt: skip


def _run(rule: Rule, snapshot: Snapshot, found: Iterable[Finding] | None) -> Iterator[Finding]:
    """What a rule finds, or has `found`, in order, with what people have exempted."""
    why_not = excuses(rule.id, snapshot)
    for finding in sorted(rule.check(rule, snapshot) if found is None else found, key=_order):
        why = why_not.get(finding.subject)
        if why and finding.result in ("fail", "unknown"):
            message = f"{rule.exempted}：{why.removeprefix(f'{rule.exempted}：')}（人工登记）"
            finding = replace(finding, result="exempt", severity="info", message=message, remedy="")
        yield finding


def _order(finding: Finding) -> tuple[str, tuple[str, ...], str, str]:
    return finding.subject, finding.related, finding.result, finding.message
