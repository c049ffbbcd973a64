"""What a person may confirm although no sentence names it, and what people have confirmed or rejected.

    凡未列入继续有效目录的，一律废止。      a catch-all: that it ended this paper is for a person to say
    逾期未重新公布的，自2024年7月1日起宣布失效。 a condition on what the result lists as 需要修改
    《甲办法》……                            an ending that was not understood, a citation that fits several papers

Source: domain.md §4 (catch_all_repeal names nobody: a note, no edge), §5.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from policylib.extract.unread_ends import UNREAD_END
from policylib.link.catalogue import Catalogue
from policylib.link.effects import named_day
from policylib.link.holdings import Holding
from policylib.link.quoting import TextOf, quote
from policylib.model import CATCH_ALL, CONDITIONAL, Analysis, Evidence, Judgement, Relation, Unresolved, Work

ENDS: Final = ("repeals", "lapses")
"""The relations by which a catch-all ends a paper."""


class Sparing(NamedTuple):
    """The field in which a person says that a paper holds all the same, and the code of the rule that asks."""

    field: str
    code: str


SPARED: Final[Mapping[str, Sparing]] = MappingProxyType(
    {
        CATCH_ALL: Sparing("exempt:cleanup.catch-all", "CLN-12"),
        CONDITIONAL: Sparing("exempt:cleanup.amendment-overdue", "CLN-08"),
    }
)
"""By the rules of the clauses that end papers without a word on each."""
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
    target = ends[1]
    read = [one for one in between if one.tier != JUDGED]
    for one in unresolved:
        if one.kind == kind and target.key in one.candidates:
            return one.evidence
    if kind not in ENDS:
        return None
    unread = next((one for one in read if one.kind == "mentions" and one.detail == UNREAD_END), None)
    if unread:
        return unread.evidence
    if _to_be_amended(read):
        return _clause(CONDITIONAL, ends, paper, text_of)
    return None if read else _clause(CATCH_ALL, ends, paper, text_of)  # what it names, it has not left out


def _to_be_amended(between: Iterable[Relation]) -> Relation | None:
    return next((one for one in between if (one.kind, one.mode) == ("amends", "plan")), None)


def _clause(rule: str, ends: tuple[Work, Work], paper: Analysis | None, text_of: TextOf) -> Evidence | None:
    """The clause of a cleanup result that ends papers which were there by then, and which it does not name there."""
    source, target = ends
    if source.role != "cleanup" or paper is None or not target.held:
        return None
    clause = next((one for one in paper.clauses if one.rule == rule), None)
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
    asked = [one for one in last_words(judgements).values() if one.verdict == "accept" and one.edge not in made]
    papers = {one.work.key: one.analyses[0] for one in holdings} if asked else {}
    for one in asked:
        works = catalogue.works.get(one.source), catalogue.works.get(one.target)
        if works[0] is None or works[1] is None:
            continue
        between = [each for each in relations if (each.source, each.target) == (one.source, one.target)]
        open_ = (each for each in unresolved if each.source == one.source)
        words = ground(one.kind, (works[0], works[1]), between, open_, papers.get(one.source), text_of)
        if words:
            day = condition_day(words.quote, _to_be_amended(between)) if words.rule == CONDITIONAL else None
            yield Relation(
                one.kind, one.source, one.target, words, 1.0, JUDGED, judged=True,  # type: ignore[arg-type]
                detail=day.isoformat() if day else None,
            )  # fmt: skip


def condition_day(clause: str, plan: Relation | None) -> date | None:
    """The day from which a clause ends what was not amended in time: the one that it names, else the one behind the
    last day for it. None where neither is told."""
    if named := named_day(clause):
        return named
    try:
        return date.fromisoformat((plan and plan.detail) or "") + timedelta(days=1)
    except ValueError:
        return None


def judged(relations: Iterable[Relation], judgements: Iterable[Judgement]) -> list[Relation]:
    """The relations without those that people rejected, each accepted one with who accepted it."""
    said = last_words(judgements)
    kept = []
    for relation in relations:
        word = said.get(relation.edge)
        if word is None:
            kept.append(replace(relation, judged=False))
        elif word.verdict == "accept":
            evidence = replace(relation.evidence, witness=word.witness)
            kept.append(replace(relation, judged=True, evidence=evidence))
    return kept


def last_words(judgements: Iterable[Judgement]) -> Mapping[tuple[str, str, str], Judgement]:
    """The last word on each relation, by its ends and kind; not those that were taken back."""
    last = {one.edge: one for one in judgements if one.verdict != "set"}
    return {edge: one for edge, one in last.items() if not one.takes_back}
