"""The rules as the office of a library has them. Where the settings, which the library reads, meet the rules."""

from __future__ import annotations

from dataclasses import replace

from policylib.errors import TableError
from policylib.library import Library
from policylib.rules import Rule, all_rules, switch_fault, switched


def rule_doubts(library: Library) -> tuple[str, ...]:
    """What is wrong with the rules that its `policylib.toml` names, in words, with the line: what
    `office_rules` would raise."""
    try:
        office_rules(library)
    except TableError as error:
        return (str(error),)
    return ()


def office_rules(library: Library) -> tuple[Rule, ...]:
    """Every rule, by the library's tables, on and off as its `policylib.toml` says.

    Raises TableError, with the line, where it names a rule that there is not, or has one both on and off.
    """
    office = library.office
    rules = all_rules(library.tables, replace(office, rules_on=(), rules_off=()))
    if fault := switch_fault(rules, office):
        setting, message = fault
        raise TableError(*library.setting_place(setting), message)
    return switched(rules, office)
