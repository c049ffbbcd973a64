"""The rules there are, and the audit that runs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policylib import tables as domain
from policylib.link.organs import Registry
from policylib.model import Finding, Report, Snapshot
from policylib.rules import currency, integrity, interpretation
from policylib.rules.rule import Rule
from policylib.tables import Tables


def all_rules(tables: Tables | None = None, jurisdiction: str = "") -> tuple[Rule, ...]:
    """Every rule, in the order of its family.

    `jurisdiction` is the region path of the library's own office: with it, the duty to interpret is asked only of
    works issued in that region; without it, of every work held.
    """
    tables = tables or domain.builtin()
    organs = Registry(tables, jurisdiction)
    return (
        *interpretation.rules(tables, organs, jurisdiction),
        *currency.rules(),
        *integrity.rules(organs, tables),
    )


def audit(snapshot: Snapshot, rules: Iterable[Rule] | None = None) -> Report:
    """What the rules find, by rule and then by work. Reorganisations are the snapshot's, if it has any."""
    if rules is None:
        tables = domain.builtin()
        rules = all_rules(replace(tables, renames=snapshot.renames) if snapshot.renames else tables)
    return Report(tuple(finding for rule in rules for finding in sorted(rule.check(rule, snapshot), key=_order)))


def _order(finding: Finding) -> tuple[str, tuple[str, ...], str, str]:
    return finding.subject, finding.related, finding.result, finding.message
