"""Papers as rules read them: the fullest file of a work with its text, its sentences, and evidence that points into it.

Only texts that a rule asks for are read; a snapshot without texts gives none, and the rule has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from policylib.extract.folding import fold
from policylib.extract.sentences import sentence_pattern, sentences_with
from policylib.link.quoting import cut_at_marks, shown
from policylib.model import Analysis, Evidence, Snapshot, Span, Work
from policylib.rules.evidence import SENTENCE, sentence_at

# The first lines of a page: a label and its value. 问：为什么 is none, for a label has at least two characters.
_LABEL = re.compile(r"(?:>|首页|[^:。《]{2,14}:)[^。]{0,80}$")
_DAMAGED = re.compile(r"〔\d{5,}")


@dataclass(frozen=True)
class Paper:
    """The fullest file of a work. Its analysis is read when it is asked for: most rules look at the text only."""

    work: Work
    sha256: str
    path: str
    text: str
    analyses: Mapping[str, Analysis] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """The text with variant characters unified, offset for offset."""
        return fold(self.text)

    @cached_property
    def analysis(self) -> Analysis | None:
        return self.analyses.get(self.sha256)

    @cached_property
    def body(self) -> Span:
        """The text without the labels at the head of a page."""
        start = 0
        for line in self.folded.split("\n"):
            if line.strip() and not _LABEL.match(line.strip()):
                break
            start += len(line) + 1
        return Span(min(start, len(self.text)), len(self.text))

    @property
    def damaged(self) -> bool:
        """Whether characters are missing between figures (domain.md §2.6): what it names may be misread."""
        problems = self.analysis.problems if self.analysis else ()
        return any(one.rule.startswith("repair") for one in problems) or bool(_DAMAGED.search(self.folded))

    def sentences(self) -> Iterator[Span]:
        """The sentences of the body, in order."""
        body = self.body
        return (Span(*found.span()) for found in sentence_pattern(SENTENCE).finditer(self.text, body.start, body.end))

    def sentences_with(self, words: Iterable[str]) -> Iterator[Span]:
        """Those of the sentences that have one of these words, in order."""
        return sentences_with(words, self.folded, SENTENCE, self.body.start, self.body.end)

    def sentence_of(self, span: Span) -> Span:
        """The sentence round a place with the mark that ends it, or so much of it as can be shown."""
        found = sentence_at(self.text, span, SENTENCE)
        return Span(found.start, found.end + self.text.startswith(tuple(SENTENCE), found.end))

    def sentence(self, span: Span, rule: str = "") -> Evidence:
        """The sentence round a place as evidence, cut at a mark where it is too long to show."""
        found = self.sentence_of(span)
        first = found.start - (found.start > 0 and self.text[found.start - 1] not in SENTENCE)
        last = found.end + (found.end < len(self.text) and self.text[found.end - 1] not in SENTENCE
                            and self.text[found.end] not in SENTENCE)  # fmt: skip
        return self.evidence(cut_at_marks(self.text, found, Span(first, last), span), rule)

    def evidence(self, span: Span, rule: str = "") -> Evidence:
        """The words at a place, shortened where they run on, with what stands beside them."""
        start, end = span.start, span.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return shown(self.sha256, self.path, self.text, Span(start, end), rule)


def paper(snapshot: Snapshot, work: Work | None) -> Paper | None:
    """The fullest file of a work that has a text; None where there is none."""
    if work is None:
        return None
    for sha256, path in zip(work.documents, work.paths, strict=False):
        text = snapshot.texts.get(sha256)
        if text:
            return Paper(work, sha256, path, text, snapshot.analyses)
    return None
