"""Rules over a `Snapshot`: what is broken, what cannot be told, what is exempt. Pure.

audit(snapshot)            every rule with the built-in tables
all_rules(tables, office)   the rules with an office's own tables and settings
"""

from policylib.rules.registry import EXEMPT, all_rules, audit
from policylib.rules.rule import Rule

__all__ = ["EXEMPT", "Rule", "all_rules", "audit"]
