"""依据失效: what loses its basis when a policy dies. Source: domain.md §7.3; 国发〔2015〕68号, of documents of the
State Council: what was declared void is no basis.

Only 根据、依据 make a basis. A paper that forwards another, or refers to it (参照、按照……要求), stands without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from policylib.model import Relation, Snapshot, Work

Loss = Literal["whole", "part", "shaken", "none"]


@dataclass(frozen=True, slots=True)
class Resting:
    """A policy, not dead, that rests on one of those asked about.

    `path`: the citations that lead there, its own first. `others`: what else it names as its basis and is not dead or
    asked about; with one of them it loses its basis in part only.
    """

    work: Work
    path: tuple[Relation, ...]
    others: tuple[str, ...]

    @property
    def depth(self) -> int:
        return len(self.path)

    @property
    def loss(self) -> Loss:
        """What it loses; nothing where it only says that its matter is done by another (参照《X》执行). Only who rests
        on a dead work has lost a basis; further down the basis itself is in force, and may be put on another footing:
        no more than shaken (岚科规〔2023〕1号 below 岚财教〔2016〕18号)."""
        if self.depth > 1:
            return "shaken"
        if self.path[0].kind != "basis":
            return "none"
        return "part" if self.others else "whole"


def cascade(snapshot: Snapshot, keys: Iterable[str], depth: int = 1) -> tuple[Resting, ...]:
    """What rests on these works on the snapshot's day, through at most `depth` citations; the nearest first, each work
    once, by its shortest path. Dead works and papers that are not held are left out; a path may not lead over them.

    The works asked about may be dead, or alive: then it says what their repeal would cost.
    """
    asked = dict.fromkeys(keys)
    seen = set(asked)
    found: list[Resting] = []
    edge: list[tuple[str, tuple[Relation, ...]]] = [(key, ()) for key in asked]
    for _ in range(depth):
        further: list[tuple[str, tuple[Relation, ...]]] = []
        for key, path in edge:
            for work, citation in resting_on(snapshot, key):
                if work.key not in seen:
                    seen.add(work.key)
                    further.append((work.key, (citation, *path)))
                    others = (one for one in living_bases(snapshot, work) if one not in asked and one != key)
                    found.append(Resting(work, (citation, *path), tuple(others)))
        edge = further
    return tuple(found)


def going_by(snapshot: Snapshot, keys: Iterable[str]) -> tuple[Resting, ...]:
    """What has none of these works for its basis, and says of its matter that it is done by one of them (参照《X》执行,
    按照《X》执行): it stands when they die, and its sentence points at a dead paper."""
    asked = dict.fromkeys(keys)
    found: dict[str, Resting] = {}
    for key in asked:
        incoming = snapshot.incoming.get(key, ())
        resting = {one.source for one in _bases(incoming)}
        for citation in incoming:
            work = snapshot.by_key.get(citation.source)
            refers = citation.kind == "reference" and citation.mode == "act" and citation.source not in resting
            if work and refers and work.key not in asked and _can_lose(snapshot, work):
                found.setdefault(work.key, Resting(work, (citation,), ()))
    return tuple(found.values())


def resting_on(snapshot: Snapshot, key: str) -> Iterator[tuple[Work, Relation]]:
    """What rests on a work and can lose it, with the citations that say so."""
    for citation in _bases(snapshot.incoming.get(key, ())):
        work = snapshot.by_key.get(citation.source)
        if work and _can_lose(snapshot, work):
            yield work, citation


def living_bases(snapshot: Snapshot, work: Work) -> tuple[str, ...]:
    """The keys of what a work names as its bases and is not dead, each once."""
    named = dict.fromkeys(one.target for one in _bases(snapshot.outgoing.get(work.key, ())))
    return tuple(one for one in named if not snapshot.is_dead(one))


def _bases(relations: Iterable[Relation]) -> Iterator[Relation]:
    return (one for one in relations if one.kind == "basis" and one.mode == "act")


def _can_lose(snapshot: Snapshot, work: Work) -> bool:
    """Whether it is there to lose anything: a policy that is held, was made by that day, and is not dead."""
    made = work.day is None or work.day <= snapshot.as_of
    return work.role == "policy" and work.held and made and not snapshot.is_dead(work.key)
