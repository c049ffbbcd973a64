"""Which rules an office has on: what `policylib.toml` says under [rules], by id, code (VAL-04) or title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from policylib.model import Office
from policylib.rules.rule import Rule, is_named


def switched(rules: Sequence[Rule], office: Office) -> tuple[Rule, ...]:
    """The rules as the office has them."""
    return tuple(
        replace(rule, on=not is_named(rule, office.rules_off) and (rule.on or is_named(rule, office.rules_on)))
        for rule in rules
    )


def switch_fault(rules: Sequence[Rule], office: Office) -> tuple[str, str] | None:
    """The setting (rules.on, rules.off) that names no rule, or one that the other names too, and what is to be said."""
    for setting, names in (("rules.on", office.rules_on), ("rules.off", office.rules_off)):
        for name in names:
            if not any(is_named(rule, [name]) for rule in rules):
                near = "、".join(_near(rules, name))
                advice = f"是不是：{near}" if near else "全部规则见 policylib rules"
                return setting, f"{setting}：没有“{name}”这条规则，{advice}"
    for rule in rules:
        if is_named(rule, office.rules_on) and is_named(rule, office.rules_off):
            return "rules.off", f"规则 {rule.id}（{rule.title}）同时写在 on 和 off 里，请删去一处"
    return None


def _near(rules: Sequence[Rule], name: str) -> Iterator[str]:
    """The rules of a family, or those that are written nearly so."""
    family = [rule.id for rule in rules if rule.id.partition(".")[0] == name.partition(".")[0]]
    titled = [rule.id for rule in rules if len(name) > 1 and name in rule.title]
    near = get_close_matches(name, [rule.id for rule in rules], n=3) or titled or family
    titles = {rule.id: rule.title for rule in rules}
    return (f"{one}（{titles[one]}）" for one in near)
