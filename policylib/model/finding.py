"""What a rule says of a work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policylib.model.work import Evidence

Result = Literal["fail", "unknown", "exempt", "pass"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one rule on one work.

    result fail: broken. unknown: cannot tell, never shown as a violation. exempt: the rule does not bind it, with the
    reason in `message`. `basis` is the regulation that the rule rests on; `remedy` is what the office should do.
    `about`: what it speaks of, where that is no single paper (岚州市科学技术局2021年); `subject` and `related` are then
    the papers that it counts.
    """

    rule: str
    result: Result
    severity: Severity
    subject: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    basis: str = ""
    remedy: str = ""
    related: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of an audit, in a fixed order, and what `policylib check` exits with."""

    findings: tuple[Finding, ...]

    @property
    def failures(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.result == "fail")

    @property
    def exit_code(self) -> int:
        return int(any(finding.severity == "error" for finding in self.failures))
