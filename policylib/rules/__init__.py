"""Rules over a `Snapshot`: what is broken, what cannot be told, what is exempt. Pure.

audit(snapshot)            every rule with the built-in tables
all_rules(tables, office)   the rules with an office's own tables and settings
missing_drafters(snapshot, tables, office)   whose drafter is to be asked for: 请补起草单位
"""

from policylib.rules.missing_drafters import MissingDrafter, missing_drafters
from policylib.rules.registry import EXEMPT, FAMILIES, all_rules, audit
from policylib.rules.rule import Rule, is_named
from policylib.rules.switches import switch_fault, switched

__all__ = [
    "EXEMPT",
    "FAMILIES",
    "MissingDrafter",
    "Rule",
    "all_rules",
    "audit",
    "is_named",
    "missing_drafters",
    "switch_fault",
    "switched",
]
