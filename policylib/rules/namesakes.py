"""Works that are called as a draft calls one: the very title first, and which of them the number may have meant
(domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policylib.extract.folding import title_key
from policylib.extract.titles import without_trial
from policylib.link.catalogue import Catalogue
from policylib.model import Citation, DocumentNumber, Snapshot, Work

Telling = Callable[[Sequence[Work]], str]
"""How the works are written out, one after the other."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Works of the cited title. `same`: of the very title, those in force first; `others`: of a title that has （试行）
    more, or less, with the words that tell it (标题多“（试行）”)."""

    same: tuple[Work, ...] = ()
    others: tuple[tuple[str, tuple[Work, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.others)

    @property
    def works(self) -> tuple[Work, ...]:
        return (*self.same, *(work for _, works in self.others for work in works))

    def told(self, same: str, telling: Telling) -> str:
        """同名的是…；标题多“（试行）”的是…; `same` is what those of the very title are called."""
        parts = [f"{same}{telling(self.same)}"] if self.same else []
        return "；".join((*parts, *(f"{words}的是{telling(works)}" for words, works in self.others)))


def namesakes(title: str, catalogue: Catalogue, snapshot: Snapshot, wanted: Callable[[Work], bool]) -> Namesakes:
    """The works that are `wanted` and bear this title."""
    same: dict[str, Work] = {}
    others: dict[str, dict[str, Work]] = {}
    for tier, works in catalogue.by_title(title):
        for work in filter(wanted, works):
            if tier != "T4":
                same[work.key] = work
            elif work.key not in same:
                others.setdefault(_difference(title, work), {})[work.key] = work
    living = sorted(same.values(), key=lambda work: snapshot.is_dead(work.key))
    return Namesakes(tuple(living), tuple((words, tuple(found.values())) for words, found in others.items()))


def _difference(title: str, work: Work) -> str:
    """标题多“（试行）”, 标题没有“（试行）”, 标题写作“（暂行）”."""
    plain = title_key(without_trial(title))
    names = [name for name in (work.title or "", *work.aliases) if title_key(without_trial(name)) == plain]
    mine, theirs = _ending(title), _ending(names[0]) if names else ""
    if mine and theirs:
        return f"标题写作“{theirs}”"
    return f"标题没有“{mine}”" if mine else f"标题多“{theirs}”"


def _ending(title: str) -> str:
    """（试行） of 某办法（试行）."""
    return title.rstrip()[len(without_trial(title)) :].strip()


def most_likely(citation: Citation, works: Sequence[Work], snapshot: Snapshot) -> DocumentNumber | None:
    """The number that was most likely meant: the only one that is wrong in no more than its code, its year or its
    serial, of the works in force if that decides. None where several are, or where the number was repaired."""
    if citation.repaired:
        return None
    near = [
        (work, own)
        for work in works
        for own in work.numbers
        if any(one.complete and _parts_apart(one, own) == 1 for one in citation.numbers)
    ]
    living = [(work, own) for work, own in near if not snapshot.is_dead(work.key)]
    chosen = {own.key: own for _, own in (living or near)}
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _parts_apart(a: DocumentNumber, b: DocumentNumber) -> int:
    """In how many of its parts a number is another: 岚科规〔2023〕11号 is one away from 岚科规〔2023〕1号."""
    return sum((a.kind is not b.kind, a.code != b.code, a.year != b.year, (a.serial, a.infix) != (b.serial, b.infix)))
