"""依据失效: what loses its basis when a policy dies. Source: domain.md §7.3; 国发〔2015〕68号, of documents of the
State Council: what was declared void is no basis.

Only 根据、依据 make a basis. A paper that forwards another, or refers to it (参照、按照……要求), stands without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from policylib.model import Relation, RelationKind, Snapshot, State, Work

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
        resting = {work.key for work, _ in resting_on(snapshot, key)}
        for citation in snapshot.incoming.get(key, ()):
            work = _standing(snapshot, citation, "reference")
            if work and work.key not in resting and work.key not in asked:
                found.setdefault(work.key, Resting(work, (citation,), ()))
    return tuple(found.values())


def resting_on(snapshot: Snapshot, key: str) -> Iterator[tuple[Work, Relation]]:
    """What rests on a work and can lose it, with the citations that say so."""
    for citation in snapshot.incoming.get(key, ()):
        if work := losing(snapshot, citation):
            yield work, citation


def losing(snapshot: Snapshot, citation: Relation) -> Work | None:
    """The work that says here that it rests on another, if it can lose that: no statute by a revision of its text."""
    status = snapshot.statuses.get(citation.target)
    return None if status and status.state is State.REVISED else _standing(snapshot, citation, "basis")


def _standing(snapshot: Snapshot, citation: Relation, kind: RelationKind) -> Work | None:
    """The work whose own act this citation of a kind is, where it stands: a policy that is held, was made by that day,
    and is not dead."""
    work = snapshot.by_key.get(citation.source) if citation.kind == kind and citation.mode == "act" else None
    if work is None or work.role != "policy" or not work.held or snapshot.is_dead(work.key):
        return None
    day = work.day
    return work if day is None or day <= snapshot.as_of else None


def living_bases(snapshot: Snapshot, work: Work) -> tuple[str, ...]:
    """The keys of what a work names as its bases and is not dead, each once; a statute of which the text was revised
    holds."""
    cited = snapshot.outgoing.get(work.key, ())
    named = dict.fromkeys(one.target for one in cited if one.kind == "basis" and one.mode == "act")
    statuses = ((key, snapshot.statuses.get(key)) for key in named)
    return tuple(key for key, status in statuses if status is None or not status.state.ends_basis)
