"""A cleanup result against the library: which work each row means, or why that cannot be told (domain.md §7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from policylib.link.catalogue import Catalogue
from policylib.link.cited import Spoken
from policylib.link.confirmed import last_words
from policylib.link.organs import Registry
from policylib.link.relate import evidence_of
from policylib.link.resolve import Resolution, Speaker, resolve
from policylib.link.suggested import near
from policylib.model import Analysis, Claim, DocumentNumber, Evidence, Mode, RelationKind, Snapshot, Work

Match = Literal["exact", "repaired", "title", "judged", "ghost", "open", "rejected"]
"""exact: by its whole number, and the title does not disagree. repaired: by a number that was damaged. title: by its
title alone. judged: a person said so. ghost: the library has no file of it. open: several works fit, or number and
title disagree. rejected: a person said that it is not this one."""

CUE: Final = "cleanup."
"""How the rules begin that see a row."""


@dataclass(frozen=True, slots=True)
class CleanupRow:
    """A row, or a listed line, of the cleanup result `act`: what it says, and which work it means.

    `mode` plan: 拟废止, 需修改; `until`: the last day of such a plan, as ISO. `target` is none where it is open; then,
    and for a ghost, `candidates` are the works that come near. `repeats`: the place, from 1, of an earlier row of the
    act that means the same work.
    """

    act: str
    outcome: RelationKind
    mode: Mode
    title: str | None
    numbers: tuple[DocumentNumber, ...]
    match: Match
    target: str | None
    evidence: Evidence
    candidates: tuple[str, ...] = ()
    note: str = ""
    reason: str | None = None
    until: str | None = None
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row or a listed line of a cleanup result, in the file that holds it: the paper, or one of its annexes."""

    claim: Claim
    analysis: Analysis


def parts_of(snapshot: Snapshot, work: Work) -> tuple[Analysis, ...]:
    """The analyses of a cleanup result and of its annexes."""
    found = (snapshot.analyses.get(sha256) for sha256 in (*work.documents[:1], *work.annexes))
    return tuple(one for one in found if one)


def listed_rows(parts: Iterable[Analysis]) -> Iterator[ListedRow]:
    """The rows and listed lines of a cleanup result, in their order; what its sentences say is left out."""
    return (
        ListedRow(claim, analysis)
        for analysis in parts
        for claim in analysis.claims
        if claim.cue and claim.cue.rule.startswith(CUE)
    )


def reconcile(snapshot: Snapshot, act: str, registry: Registry) -> tuple[CleanupRow, ...]:
    """Every row of the cleanup result with this key, in its order; none for a work without such rows. It proposes
    and changes nothing: two readings of one list give the same rows."""
    work = snapshot.by_key[act]
    listed = tuple(listed_rows(parts_of(snapshot, work)))
    if not listed:
        return ()
    catalogue = Catalogue(snapshot.works)
    speaker = Speaker(act, work.issuers[0] if work.issuers else "", work.day or work.effective)
    accepted = {replace(one.evidence, witness=None): one for one in snapshot.outgoing.get(act, ()) if one.judged}
    said = last_words(snapshot.judgements)
    rejected = {(one.target, one.kind) for one in said.values() if (one.verdict, one.source) == ("reject", act)}
    rows: list[CleanupRow] = []
    first: dict[str, int] = {}
    for one in listed:
        spoken = Spoken(one.claim, speaker, one.analysis)
        found = resolve(one.claim.citation, speaker, catalogue, registry)
        row = _row(spoken, found, catalogue, registry, snapshot)
        if made := accepted.get(row.evidence):
            row = replace(row, match="judged", target=made.target, candidates=(), note="")
        elif row.target and (row.target, row.outcome) in rejected:
            row = replace(row, match="rejected", target=None, note="人工否定")
        row = replace(row, candidates=tuple(key for key in row.candidates if (key, row.outcome) not in rejected))
        if target := row.target:
            row = replace(row, repeats=first.get(target))
            first.setdefault(target, len(rows) + 1)
        rows.append(row)
    return tuple(rows)


def _row(spoken: Spoken, found: Resolution, catalogue: Catalogue, registry: Registry, snapshot: Snapshot) -> CleanupRow:
    claim = spoken.claim
    citation = claim.citation
    match: Match = "exact"
    candidates, note = found.candidates, found.reason
    if found.work is None:
        match = "open" if candidates else "ghost"
    elif not found.work.held:
        match = "ghost"
    elif found.tier != "T0":
        match = "title"
    elif citation.repaired:
        match = "repaired"
    if match == "ghost":
        own = found.work.key if found.work else ""
        candidates = tuple(
            key for key in near(citation.title or "", catalogue, registry) if key not in (own, spoken.speaker.key)
        )
        note = "本库没有这份文件" + ("，有标题相近的，请核对是否同一份" if candidates else "")
    return CleanupRow(
        act=spoken.speaker.key,
        outcome=claim.relation,
        mode=claim.mode,
        title=citation.title,
        numbers=citation.numbers,
        match=match,
        target=found.work.key if found.work else None,
        evidence=evidence_of(spoken, lambda sha256: snapshot.texts.get(sha256, "")),
        candidates=candidates,
        note=note,
        reason=claim.reason,
        until=claim.detail,
    )
