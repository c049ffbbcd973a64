"""The draft gate: a paper put to a library before it goes out. Where the two wings meet for the user's own Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path, PurePosixPath

from policylib.library import Failure, Library, Reading
from policylib.library.listing import absolute, list_files, stored_path
from policylib.model import Draft, Finding, Report, Snapshot
from policylib.office_rules import office_rules
from policylib.rules import Rule, audit

_NO_PAPER = "无法判断：读出了文字，但没有认出标题、文号、日期，也没有引用文件，看不出是公文的稿件"
_NO_PAPER_REMEDY = "请核对是不是交错了文件；是稿件的，把标题单独写成一行放在最前面，连同正文再查一次"


@dataclass(frozen=True, slots=True)
class Gated:
    """What the gate says. `snapshot` is the library with the drafts before it, `unread` what could not be read or is no
    paper, `held` what stands in the folders and in the library too: that is no draft, and was passed over."""

    report: Report
    snapshot: Snapshot
    unread: tuple[Failure, ...] = ()
    held: tuple[str, ...] = ()

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

    The files are read and not added; the library stays as it is. A folder means the files below it. `as_of` is the day
    on which what they cite must hold. Without `rules`: those of drafts that the office has on.
    """
    listed, held = _listed(library, [paths] if isinstance(paths, str | Path) else paths)
    parts = [_paper(part) for path in listed for part in library.peek(path)]
    read = (Draft(one.analysis, one.document.text) for one in parts if isinstance(one, Reading))
    drafts = tuple({draft.name: draft for draft in read}.values())
    snapshot = replace(library.snapshot(as_of), drafts=drafts)
    asked = office_rules(library) if rules is None else rules
    found = audit(snapshot, [rule for rule in asked if rule.of_drafts]).findings
    order = {draft.name: index for index, draft in enumerate(drafts)}
    report = Report(tuple(sorted(found, key=lambda one: (order[one.subject], *_place(one)))))
    return Gated(report, snapshot, tuple(one for one in parts if isinstance(one, Failure)), held)


def _paper(part: Reading | Failure) -> Reading | Failure:
    """A reading as it is; of one in which nothing of a paper was read, that it cannot be checked: to find no fault in
    it would be no news."""
    if isinstance(part, Failure):
        return part
    analysis = part.analysis
    told = (getattr(analysis.elements, one.name) for one in fields(analysis.elements))
    if analysis.claims or analysis.numbers or analysis.tasks or any(told):
        return part
    return Failure(part.document.source.path, "NO_PAPER", _NO_PAPER, _NO_PAPER_REMEDY)


def _listed(library: Library, paths: Iterable[str | Path]) -> tuple[list[str | Path], tuple[str, ...]]:
    """The files that are drafts, and those of folders that the library holds: of these `check .` would say that their
    numbers are used already, by themselves."""
    drafts: list[str | Path] = []
    held: list[str] = []
    known: set[str] = set()
    for given in paths:
        if not os.path.isdir(given):  # unlike Path.is_dir, it takes a name of any length  # noqa: PTH112
            drafts.append(given)
            continue
        known = known or _known(library)
        top = absolute(given)
        for file in list_files([top], library.path.parent).files:
            shown = Path(given) / file.relative_to(top)
            if stored_path(file, library.path.parent) in known:
                held.append(str(shown))
            else:
                drafts.append(shown)
    return drafts, tuple(held)


def _known(library: Library) -> set[str]:
    """The paths of papers in the library, and of the archives in which they are; a draft there is a draft still."""
    drafts = {path for work in library.works(role="draft") for path in work.paths}
    paths = [PurePosixPath(path) for one in library.documents() for path in one.paths if path not in drafts]
    return {str(place) for path in paths for place in (path, *path.parents)}


def _place(finding: Finding) -> tuple[int, str, str]:
    """Where in its draft a finding stands; those of the paper as a whole come last."""
    start = finding.evidence[0].span.start if finding.evidence else sys.maxsize
    return start, finding.rule, finding.message
