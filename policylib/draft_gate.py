"""The draft gate: a paper put to a library before it goes out. Where the two wings meet for the user's own Python."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policylib.library import Failure, Library, Reading
from policylib.model import Draft, Finding, Report, Snapshot
from policylib.office_rules import office_rules
from policylib.rules import Rule, audit


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate says. `snapshot` is the library with the drafts before it, `unread` what could not be read."""

    report: Report
    snapshot: Snapshot
    unread: tuple[Failure, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 where a file could not be read, else that of the report."""
        return 3 if self.unread else self.report.exit_code


def check_draft(
    library: Library,
    paths: str | Path | Iterable[str | Path],
    as_of: date | None = None,
    rules: Iterable[Rule] | None = None,
) -> Gated:
    """What is wrong in these files, and what they cite that cannot be told, in the order of their text.

    The files are read and not added; the library stays as it is. `as_of` is the day on which what they cite must hold.
    Without `rules`: those of drafts that the office has on.
    """
    parts = [part for path in _listed(paths) for part in library.peek(path)]
    read = (Draft(one.analysis, one.document.text) for one in parts if isinstance(one, Reading))
    drafts = tuple({draft.name: draft for draft in read}.values())
    snapshot = replace(library.snapshot(as_of), drafts=drafts)
    asked = office_rules(library) if rules is None else rules
    found = audit(snapshot, [rule for rule in asked if rule.of_drafts]).findings
    order = {draft.name: index for index, draft in enumerate(drafts)}
    report = Report(tuple(sorted(found, key=lambda one: (order[one.subject], *_place(one)))))
    return Gated(report, snapshot, tuple(one for one in parts if isinstance(one, Failure)))


def _listed(paths: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)


def _place(finding: Finding) -> tuple[int, str, str]:
    """Where in its draft a finding stands; those of the paper as a whole come last."""
    start = finding.evidence[0].span.start if finding.evidence else sys.maxsize
    return start, finding.rule, finding.message
