"""What a person may confirm although no sentence names it, and what people have confirmed or rejected.

    凡未列入继续有效目录的，一律废止。      a catch-all: that it ended this paper is for a person to say
    《甲办法》……                            an ending that was not understood, a citation that fits several papers

Source: domain.md §4 (catch_all_repeal names nobody: a note, no edge), §5.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from policylib.extract.unread_ends import UNREAD_END
from policylib.link.catalogue import Catalogue
from policylib.link.holdings import Holding
from policylib.link.quoting import TextOf, quote
from policylib.model import CATCH_ALL, Analysis, Evidence, Judgement, Relation, Unresolved, Work

ENDS: Final = ("repeals", "lapses")
"""The relations by which a catch-all ends a paper."""
JUDGED: Final = "judged"
"""The tier of a relation that is there because a person says so."""


def ground(
    kind: str,
    ends: tuple[Work, Work],
    between: Iterable[Relation],
    unresolved: Iterable[Unresolved],
    paper: Analysis | None,
    text_of: TextOf,
) -> Evidence | None:
    """The words on which a person may confirm the relation of this kind from the first work to the second; None where
    nothing suggests it. `between` are the relations from the one to the other, `unresolved` the open citations of the
    first, `paper` is what its best file says."""
    source, target = ends
    read = [one for one in between if one.tier != JUDGED]
    for one in unresolved:
        if one.kind == kind and target.key in one.candidates:
            return one.evidence
    if kind not in ENDS:
        return None
    unread = next((one for one in read if one.kind == "mentions" and one.detail == UNREAD_END), None)
    if unread or read:
        return unread.evidence if unread else None  # what it names otherwise, it has not left out
    return _catch_all(source, target, paper, text_of)


def _catch_all(source: Work, target: Work, paper: Analysis | None, text_of: TextOf) -> Evidence | None:
    """The clause of a cleanup result that ends what it does not list, of papers that were there by then."""
    if source.role != "cleanup" or paper is None or not target.held:
        return None
    clause = next((one for one in paper.clauses if one.rule == CATCH_ALL), None)
    if clause is None or source.day is None or target.day is None or target.day > source.day:
        return None
    file = paper.source
    return quote(file.sha256, file.path, text_of(file.sha256), clause.span, clause.rule, in_line=True)


def accepted(
    relations: Sequence[Relation],
    unresolved: Sequence[Unresolved],
    holdings: Iterable[Holding],
    catalogue: Catalogue,
    judgements: Iterable[Judgement],
    text_of: TextOf,
) -> Iterator[Relation]:
    """The relations that are there because a person accepted what was only suggested."""
    made = {one.edge for one in relations}
    asked = [one for one in _last(judgements).values() if one.verdict == "accept" and one.edge not in made]
    papers = {one.work.key: one.analyses[0] for one in holdings} if asked else {}
    for one in asked:
        works = catalogue.works.get(one.source), catalogue.works.get(one.target)
        if works[0] is None or works[1] is None:
            continue
        between = (each for each in relations if (each.source, each.target) == (one.source, one.target))
        open_ = (each for each in unresolved if each.source == one.source)
        words = ground(one.kind, (works[0], works[1]), between, open_, papers.get(one.source), text_of)
        if words:
            yield Relation(one.kind, one.source, one.target, words, 1.0, JUDGED, judged=True)  # type: ignore[arg-type]


def judged(relations: Iterable[Relation], judgements: Iterable[Judgement]) -> list[Relation]:
    """The relations without those that people rejected, each accepted one with who accepted it."""
    said = _last(judgements)
    kept = []
    for relation in relations:
        word = said.get(relation.edge)
        if word is None:
            kept.append(replace(relation, judged=False))
        elif word.verdict == "accept":
            evidence = replace(relation.evidence, witness=word.witness)
            kept.append(replace(relation, judged=True, evidence=evidence))
    return kept


def _last(judgements: Iterable[Judgement]) -> Mapping[tuple[str, str, str], Judgement]:
    """The last word on each relation, by its ends and kind."""
    return {one.edge: one for one in judgements if one.verdict != "set"}
