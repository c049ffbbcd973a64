"""Rules over a `Snapshot`: what is broken, what cannot be told, what is exempt. Pure.

audit(snapshot)            every rule with the built-in tables
all_rules(tables, "山东省/淄博市")   the rules with an office's own tables and jurisdiction
"""

from policylib.rules.registry import all_rules, audit
from policylib.rules.rule import Rule

__all__ = ["Rule", "all_rules", "audit"]
