"""judge --accept 废止 那份文件: which relation of which two works a person means, whichever of them speaks."""

from __future__ import annotations

from dataclasses import replace

from policylib.errors import JudgementError
from policylib.export.words import relation_words
from policylib.library import Library
from policylib.link.confirmed import ENDS
from policylib.model import Judgement, Relation, Work


def relation_named(library: Library, work: Work, verdict: Judgement, other: str) -> Judgement:
    """The relation of this kind between the two works, whichever of them speaks. Raises JudgementError."""
    kinds = {word.label: kind for kind, word in relation_words().items()}
    kind = kinds.get(verdict.kind, verdict.kind)
    if not verdict.kind.strip():
        raise JudgementError("请写明是哪种关系；要撤回登记过的，写 --undo 关系 对方，例如 --undo 废止 那份文件")
    if kind not in relation_words():
        raise JudgementError(f"没有“{verdict.kind}”这种关系，可写：{'、'.join(kinds)}")
    target = library.get(other)
    held = library.links(work.key)
    found = [one for one in (*held.outgoing, *held.incoming) if _joins(one, kind, work, target)]
    source, end = (found[0].source, found[0].target) if len(found) == 1 else (work.key, target.key)
    if not found:
        source, end = _earlier(library, kind, work, target) or _suggested(library, kind, work, target)
    return replace(verdict, source=source, target=end, kind=kind)


def _suggested(library: Library, kind: str, one: Work, other: Work) -> tuple[str, str]:
    """The ends of a relation that was not made: who has the other among the candidates of a citation speaks; else who
    is asked for, and of what ends a paper the later one; only an interpretation explains."""
    for source, target in ((one, other), (other, one)):
        open_ = library.links(source.key).unresolved
        if any(each.kind == kind and target.key in each.candidates for each in open_):
            return source.key, target.key
    if kind == "interprets" and other.role == "interpretation" and one.role != "interpretation":
        return other.key, one.key
    if kind in ENDS and one.day and other.day and other.day > one.day:
        return other.key, one.key
    return one.key, other.key


def _joins(relation: Relation, kind: str, one: Work, other: Work) -> bool:
    return relation.kind == kind and {relation.source, relation.target} == {one.key, other.key}


def _earlier(library: Library, kind: str, one: Work, other: Work) -> tuple[str, str] | None:
    """The ends of a relation that was rejected, and so is not there any more."""
    ends = [
        (said.source, said.target)
        for said in library.judgements()
        if said.verdict != "set" and said.kind == kind and {said.source, said.target} == {one.key, other.key}
    ]
    return ends[-1] if ends else None
