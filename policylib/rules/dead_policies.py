"""Interpretations whose policy holds no longer, and whether their pages say so: what INT-13 finds, and what is marked.

A page says so by a mark (【效力标注】所解读的文件《…》已废止…), by its label (时效状态：已失效), or by a sentence about
that policy; of an older document a sentence may say it. Source: domain.md §6.3 INT-13, §7.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylib.extract.folding import title_key
from policylib.link.labels import Said
from policylib.model import Analysis, Relation, Snapshot, Span, Status, Work
from policylib.rules.lexicon import marks
from policylib.rules.passages import Paper

DEAD = ("废止", "失效")
"""What a page says of what holds no longer."""
_OLDER = re.compile(r"原(?!文)|旧|此前|以前")


@dataclass(frozen=True, slots=True)
class Outlived:
    """A dead policy that a work interprets."""

    policy: Work
    status: Status
    relation: Relation

    @property
    def is_sure(self) -> bool:
        return self.status.is_sure and not self.relation.repaired


def outlived(snapshot: Snapshot, work: Work) -> tuple[Outlived, ...]:
    """The dead policies that an interpretation explains, those that are surely dead first."""
    found = [
        Outlived(policy, status, one)
        for one in snapshot.outgoing.get(work.key, ())
        if one.kind == "interprets" and one.mode != "plan" and one.target in snapshot.dead
        if (policy := snapshot.by_key.get(one.target)) and policy.role == "policy"
        if (status := snapshot.statuses[one.target])
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_sure, one.policy.key)))


def says_dead(snapshot: Snapshot, work: Work, policy: Work) -> Iterator[Said]:
    """Where the files of an interpretation say that its policy holds no longer, each file once."""
    for sha256 in work.documents:
        text, analysis = snapshot.texts.get(sha256), snapshot.analyses.get(sha256)
        if text and analysis:
            page = Paper(work, sha256, analysis.source.path, text, snapshot.analyses)
            yield from _said(page, analysis, policy)


def _said(page: Paper, analysis: Analysis, policy: Work) -> Iterator[Said]:
    label = analysis.elements.status_label
    if label and (word := _word(label.value)):
        yield Said(word, page.evidence(label.span, label.rule), mark=False)
    elif mark := next((one for one in marks(page.folded) if _about(page, one, policy)), None):
        own = next((one for one in analysis.marks if one.span.start <= mark.start < one.span.end), None)
        said = page.evidence(own.span, own.rule) if own else page.sentence(mark)
        yield Said(_word(mark.of(page.folded)) or DEAD[1], said, mark=True)


def _word(words: str) -> str | None:
    return next((word for word in DEAD if word in words), None)


def _about(page: Paper, mark: Span, policy: Work) -> bool:
    sentence = page.sentence_of(mark)
    words = page.folded[sentence.start : mark.start]
    if "《" not in words:
        return not _OLDER.search(words)
    named = title_key(words[words.rfind("《") + 1 : words.rfind("》")])
    names = [title_key(name) for name in (policy.title, *policy.instruments, *policy.aliases) if name]
    return bool(named) and any(named in name or name in named for name in names)
