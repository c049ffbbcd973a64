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
from policylib.link.corrected import said_by_person
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
    if asked := _question(kind, target.key, unresolved):
        return asked.evidence
    if kind not in ENDS:
        return None
    unread = next((one for one in read if one.kind == "mentions" and one.detail == UNREAD_END), None)
    if unread:
        return unread.evidence
    if _to_be_amended(read):
        return _clause(CONDITIONAL, ends, paper, text_of)
    return None if read else _clause(CATCH_ALL, ends, paper, text_of)  # what it names, it has not left out


def _question(kind: str, target: str, unresolved: Iterable[Unresolved]) -> Unresolved | None:
    """The open citation of which somebody is asked whether it means this paper."""
    return next((one for one in unresolved if one.kind == kind and target in one.candidates), None)


def told_by_person(judgement: Judgement, source: Work, target: Work) -> bool:
    """Whether this is a word that needs no hint: which held paper an interpretation explains, whoever has read both
    knows."""
    explains = judgement.kind == "interprets" and source.role == "interpretation"
    return explains and source.held and target.held and target.role not in ("interpretation", "draft")


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
    """The relations that are there because a person accepted what was only suggested, or told what nothing suggests
    (`told_by_person`)."""
    made = {one.edge for one in relations}
    asked = [one for one in last_words(judgements).values() if one.verdict == "accept" and one.edge not in made]
    papers = {one.work.key: one.analyses[0] for one in holdings} if asked else {}
    for one in asked:
        source, target = catalogue.works.get(one.source), catalogue.works.get(one.target)
        if source is None or target is None:
            continue
        between = [each for each in relations if (each.source, each.target) == (one.source, one.target)]
        open_ = [each for each in unresolved if each.source == one.source]
        words = ground(one.kind, (source, target), between, open_, papers.get(one.source), text_of)
        if words is None and told_by_person(one, source, target):
            words = said_by_person(one, f"解读的是{target.label}")
        if words:
            yield _made(one, words, _question(one.kind, one.target, open_), _to_be_amended(between))


def _made(judgement: Judgement, words: Evidence, asked: Unresolved | None, plan: Relation | None) -> Relation:
    day = condition_day(words.quote, plan) if words.rule == CONDITIONAL else None
    detail = asked.detail if asked else day.isoformat() if day else None
    return Relation(
        judgement.kind, judgement.source, judgement.target, words, 1.0, JUDGED,  # type: ignore[arg-type]
        mode=asked.mode if asked else "act", detail=detail, judged=True, since=asked.since if asked else None,
    )  # fmt: skip


def answered(
    relations: Sequence[Relation],
    unresolved: Sequence[Unresolved],
    confirmed: Sequence[Relation],
    works: Mapping[str, Work],
    judgements: Iterable[Judgement],
) -> tuple[list[Relation], list[Unresolved]]:
    """What was read, and what is still asked, once people have answered. Who said that a held paper is the one meant
    (`confirmed`) said that the one of the other name, which is not held, is none: its relation goes with the question.
    What was denied is not proposed again; a citation that has nothing else to mean stays open, and says so."""
    said = last_words(judgements)
    made = {(*one.edge, one.evidence) for one in confirmed}
    settled = {
        _matter(one)
        for one in unresolved
        if any((one.source, key, one.kind, one.evidence) in made for key in one.candidates)
    }
    unheld = {
        one.edge: (one.source, one.kind, works[one.target].label) for one in relations if not works[one.target].held
    }
    linked = set(unheld.values())
    asked = []
    for one in unresolved:
        words = {key: word.verdict for key in one.candidates if (word := said.get((one.source, key, one.kind)))}
        left = tuple(key for key in one.candidates if key not in words)
        done = words and not left and ("accept" in words.values() or _matter(one) in linked)
        if _matter(one) not in settled and not done:
            reason = one.reason if left or not words else "提示过的都已人工否定"
            asked.append(replace(one, candidates=left, reason=reason))
    return [one for one in relations if unheld.get(one.edge) not in settled], asked


def _matter(open_: Unresolved) -> tuple[str, str, str]:
    """What a question is about: of one paper, what it calls another, and for what."""
    return open_.source, open_.kind, open_.wanted


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
