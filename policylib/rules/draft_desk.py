"""A draft on the desk: read against the works of a library, citation by citation (domain.md §3.3).

Nothing here knows more than the library: what it does not hold is to be looked up, and is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylib.link.catalogue import Catalogue
from policylib.link.holdings import hold
from policylib.link.quoting import quote
from policylib.link.resolve import Resolution, Speaker, resolve
from policylib.link.similar_titles import similar
from policylib.model import (
    DEALS_WITH,
    Citation,
    Claim,
    Draft,
    Evidence,
    RelationKind,
    Snapshot,
    Span,
    Status,
    Work,
    nested,
)
from policylib.rules.context import Context

_SILENT: tuple[RelationKind, ...] = ("none", "issues", "annex_of", "draft_of")
# What must hold for the draft to be right; the rest is mentioned. The order is that of their weight.
_RESTS_ON = ("basis", "forwards", "supplements", "reference")
_KEEPS = ("retains", "extends")
_CONTEXT = 40  # characters either side of a citation: most of its sentence


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a draft cites: all that the draft says of it, the weightiest first, and what the library has."""

    claims: tuple[Claim, ...]
    citation: Citation
    found: Resolution
    evidence: Evidence

    @property
    def name(self) -> str:
        """As the draft writes it: 《岚州市某办法》（岚科发〔2016〕31号）."""
        return named(self.citation)

    @property
    def dealt_with(self) -> bool:
        """Whether the draft itself repeals, amends or replaces it."""
        return any(claim.relation in DEALS_WITH and claim.relation not in _KEEPS for claim in self.claims)

    @property
    def kept(self) -> str:
        """retains, extends: how the draft keeps it alive; "" where it does not."""
        return next((claim.relation for claim in self.claims if claim.relation in _KEEPS), "")

    @property
    def rested_on(self) -> str:
        """How the draft rests on it: basis, forwards …; "" where it only mentions it."""
        first = self.claims[0].relation
        return first if first in _RESTS_ON else ""

    def status_in(self, snapshot: Snapshot) -> Status | None:
        """What holds for the work that is meant; None where nobody knows which that is."""
        return snapshot.statuses.get(self.found.work.key) if self.found.work else None


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft read against a library. `work` is what the draft would be there; `itself` are the works that it is."""

    draft: Draft
    work: Work
    cited: tuple[Cited, ...]
    itself: frozenset[str]


class Desk:
    """The drafts of a snapshot, each read against its works once, however many rules ask."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.catalogue = Catalogue(())
        self._snapshot: Snapshot | None = None
        self._examined: tuple[Examined, ...] = ()

    def examined(self, snapshot: Snapshot) -> tuple[Examined, ...]:
        if snapshot is not self._snapshot:
            self.catalogue = Catalogue(snapshot.works if snapshot.drafts else ())
            self._examined = tuple(self._examine(draft, snapshot) for draft in snapshot.drafts)
            self._snapshot = snapshot
        return self._examined

    def _examine(self, draft: Draft, snapshot: Snapshot) -> Examined:
        work = hold((draft.analysis,), self.context.organs, as_final=True)[0].work
        itself = frozenset(_itself(draft, work, snapshot, self.catalogue))
        organ = work.issuers[0] if work.issuers else self.context.office.issuer
        speaker = Speaker(min(itself, default=work.key), organ, snapshot.as_of)
        return Examined(draft, work, tuple(self._cited(draft, speaker, itself)), itself)

    def _cited(self, draft: Draft, speaker: Speaker, itself: frozenset[str]) -> Iterator[Cited]:
        groups: dict[str, list[tuple[Claim, Citation, Resolution]]] = {}
        for claim in draft.analysis.claims:
            citation = _meant(claim, draft.analysis.claims)
            if citation is None or claim.relation in _SILENT:
                continue
            found = resolve(citation, speaker, self.catalogue, self.context.organs)
            if found.work is None or found.work.key not in itself:
                key = found.work.key if found.work else named(citation)
                groups.setdefault(key, []).append((claim, citation, found))
        for group in groups.values():
            group.sort(key=lambda one: (_weight(one[0]), one[0].citation.span))
            first, citation, found = group[0]
            evidence = quoted(draft, first.citation.span, first.cue.rule if first.cue else "mention")
            yield Cited(tuple(claim for claim, _, _ in group), citation, found, evidence)


def named(citation: Citation) -> str:
    """《岚州市某办法》（岚科发〔2016〕31号）, as far as it is written."""
    title = f"《{nested(citation.title)}》" if citation.title else ""
    numbers = "、".join(map(str, citation.numbers))
    return f"{title}（{numbers}）" if title and numbers else title or numbers or citation.raw


def quoted(draft: Draft, span: Span, rule: str) -> Evidence:
    """Some words of the draft with what stands beside them in their line."""
    source = draft.analysis.source
    return quote(source.sha256, source.path, draft.text, span, rule, context=_CONTEXT, in_line=True)


def _itself(draft: Draft, work: Work, snapshot: Snapshot, catalogue: Catalogue) -> Iterator[str]:
    """The works of a library that are the draft's own: its file is held, or a paper of its number and title is."""
    source = draft.analysis.source.sha256
    yield from (one.key for one in snapshot.works if source in one.documents)
    for number in work.numbers:
        alike = (one for one in catalogue.by_number(number) if similar(one.title or "", work.title or ""))
        yield from (one.key for one in alike)


def _meant(claim: Claim, claims: Sequence[Claim]) -> Citation | None:
    """The citation that names the document; None for one that has no name of its own (及其实施细则)."""
    citation = claim.citation
    if citation.form == "anaphor" and citation.refers_to is not None and citation.refers_to < len(claims):
        citation = claims[citation.refers_to].citation
    return None if citation.form in ("anaphor", "tail") or not (citation.title or citation.numbers) else citation


def _weight(claim: Claim) -> int:
    return _RESTS_ON.index(claim.relation) if claim.relation in _RESTS_ON else len(_RESTS_ON)
