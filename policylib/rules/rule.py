"""What a rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policylib.model import Evidence, Finding, Result, Severity, Snapshot

Check = Callable[["Rule", Snapshot], Iterable[Finding]]
_SIGNS = re.compile(r"[\s“”\"'，,、：:；;。（）()]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `code` is its name in domain.md §6.3, `severity` the worst that it reports, `exemptions` says in
    words what it does not bind. `check` gives findings for what fails, is unknown, is exempt, or passes with a note;
    works that pass, and works that the rule does not concern, give none. `on`: whether it is asked; `exempted` is what
    is said of a work that a person exempted. `matter`: what it asks about, the heading of what passes with a note,
    for the title is a reproach: 谁起草、谁解读. `asks`: in a sentence, what it looks at, and of whom or from when."""

    id: str
    code: str
    title: str
    severity: Severity
    basis: str
    remedy: str
    check: Check
    asks: str
    exemptions: tuple[str, ...] = ()
    exempted: str = "不适用"
    on: bool = True
    matter: str = ""

    @property
    def short_code(self) -> str:
        """INT-02 of INT-02、INT-03、INT-04: one name for one fault, where people read it; it is found by all."""
        return self.code.partition("、")[0]

    @property
    def of_drafts(self) -> bool:
        """Whether it speaks of drafts that are put to a library, and not of the library's works."""
        return self.id.startswith("draft.")

    def finding(
        self,
        result: Result,
        subject: str,
        message: str,
        *,
        severity: Severity | None = None,
        evidence: tuple[Evidence, ...] = (),
        related: tuple[str, ...] = (),
        remedy: str | None = None,
        about: str = "",
    ) -> Finding:
        """A finding of this rule, with its basis; its severity and its remedy unless others are given. What does not
        fail is for information."""
        return Finding(
            rule=self.id,
            result=result,
            severity=severity or (self.severity if result == "fail" else "info"),
            subject=subject,
            message=message,
            evidence=evidence,
            basis=self.basis,
            remedy=self.remedy if remedy is None else remedy,
            related=related,
            about=about,
        )


def is_named(rule: Rule, names: Sequence[str]) -> bool:
    """Whether one of the names is that of the rule itself: its id, one of its codes, its title."""
    return any(
        name == rule.id or name.upper() in (rule.code, *rule.code.split("、")) or bare(name) == bare(rule.title)
        for name in names
    )


def bare(title: str) -> str:
    """A title without the signs that nobody types alike."""
    return _SIGNS.sub("", title)
