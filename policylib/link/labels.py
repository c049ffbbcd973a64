"""What files say of their validity beside the text: a site's label, a mark above the title (domain.md §5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from policylib.link.quoting import quote
from policylib.marks import OWN, label_says
from policylib.model import Analysis, Effect, Evidence, Found, Work


@dataclass(frozen=True, slots=True)
class Said:
    """What a file of a work says of its validity (有效, 废止, 失效, 部分失效, 已修改), and where. `mark`: by a mark,
    not by a label."""

    says: str
    evidence: Evidence
    mark: bool


def words_of(analysis: Analysis) -> tuple[str, ...]:
    """What one file says of its own validity, in words of data/marks.toml."""
    return tuple(says for says, _, _ in _said(analysis))


def said_by(analysis: Analysis | None, text_of: Callable[[str], str]) -> Iterator[Said]:
    """The same, each with the place where it stands."""
    if analysis is None:
        return
    for says, found, is_mark in _said(analysis):
        yield Said(says, _evidence(analysis, found, text_of), is_mark)


def _said(analysis: Analysis) -> Iterator[tuple[str, Found[str], bool]]:
    """A word, where the file says it, and whether it does by a mark."""
    yield from ((mark.value, mark, True) for mark in analysis.marks)
    label = analysis.elements.status_label
    if label and (says := label_says(label.value)):
        yield says, label, False


def label_effects(
    work: Work, analysis: Analysis, read_on: date | None, text_of: Callable[[str], str]
) -> Iterator[Effect]:
    """The labels and the marks of a page as events of the day on which it was read; none where that is not known, for
    then nobody knows of which day they speak. A mark that policylib wrote itself says what the library said before."""
    if read_on is None or work.role not in ("policy", "cleanup") or (work.day and read_on < work.day):
        return
    for said in said_by(analysis, text_of):
        if not said.evidence.rule.startswith(OWN):
            yield Effect(
                "label", work.key, read_on, read_on, certainty="labelled", detail=said.says, evidence=said.evidence
            )


def _evidence(analysis: Analysis, found: Found[str], text_of: Callable[[str], str]) -> Evidence:
    """The words with the rest of their line: 公文时效：【有效】."""
    source = analysis.source
    shown = quote(source.sha256, source.path, text_of(source.sha256), found.span, found.rule, in_line=True)
    return shown if shown.quote else replace(shown, quote=found.value)
