"""Rules over a `Snapshot`: what is broken, what cannot be told, what is exempt. Pure.

audit(snapshot)            every rule with the built-in tables
all_rules(tables, office)   the rules with an office's own tables and settings
missing_drafters(snapshot, tables, office)   whose drafter is to be asked for: 请补起草单位

Names load on first use: who asks for the heirs of one paper needs no other family.
"""

from typing import TYPE_CHECKING

from policylib.first_use import first_use

if TYPE_CHECKING:
    from policylib.rules.excuses import EXEMPT
    from policylib.rules.registry import FAMILIES, all_rules, audit
    from policylib.rules.rule import Rule, is_named
    from policylib.rules.switches import switch_fault, switched
    from policylib.rules.unknown_drafters import MissingDrafter, missing_drafters

__all__ = [
    "EXEMPT", "FAMILIES", "MissingDrafter", "Rule", "all_rules", "audit", "is_named", "missing_drafters",
    "switch_fault", "switched",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = first_use(
        __name__,
        {"EXEMPT": "policylib.rules.excuses"}
        | dict.fromkeys(("FAMILIES", "all_rules", "audit"), "policylib.rules.registry")
        | dict.fromkeys(("Rule", "is_named"), "policylib.rules.rule")
        | dict.fromkeys(("switch_fault", "switched"), "policylib.rules.switches")
        | dict.fromkeys(("MissingDrafter", "missing_drafters"), "policylib.rules.unknown_drafters"),
    )
