"""Snapshot → networkx.MultiDiGraph, and the questions that people ask of it. Pure: no disk, no screen.

An edge runs from the work that speaks to the work spoken of, as in `Relation`; several relations between two works
stay several edges. Cycles are real (two notices that cite each other), so every walk here remembers where it was.
networkx takes a quarter of a second to import: it is loaded by the functions that need it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from policylib.errors import PolicyNotFound, QueryError
from policylib.model.analysis import RelationKind
from policylib.model.snapshot import Snapshot
from policylib.model.status import State, Status
from policylib.model.work import Relation, Work

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    Graph: TypeAlias = MultiDiGraph[str]

BASIS: frozenset[str] = frozenset({"basis"})
"""What a work rests on in law: 根据《…》制定本办法."""

DEPENDENCE: frozenset[str] = frozenset(
    {"basis", "reference", "forwards", "supplements", "interprets", "draft_of", "annex_of"}
)
"""Relations whose source has to be looked at again when the target is changed or repealed."""

MOST_CITED = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A work that a walk reached: `depth` relations from the start, first from `via` and by these kinds of relation."""

    key: str
    depth: int
    via: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a graph. Counted pairs are sorted by count, then by name.

    `most_cited` counts citing works, not citations. `components` are the sizes of the separate parts, largest first.
    `cycles` are the groups of works that rest on each other, directly or in a circle.
    """

    works: int
    held: int
    relations: int
    kinds: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    components: tuple[int, ...]
    isolated: int
    most_cited: tuple[tuple[str, int], ...]
    cycles: tuple[tuple[str, ...], ...]


def build(snapshot: Snapshot) -> Graph:
    """The graph of a snapshot: a node a work, an edge a relation, in the snapshot's order.

    An end of a relation that is no work of the snapshot becomes a node that is not held. Edge keys are the kind, with
    `#2`, `#3` … for further relations of that kind between the same two works.
    """
    from networkx import MultiDiGraph

    graph: Graph = MultiDiGraph(as_of=snapshot.as_of)
    seen: Counter[tuple[str, str, str]] = Counter()
    for work in snapshot.works:
        graph.add_node(work.key, **_work_attributes(work, snapshot.statuses.get(work.key)))
    for relation in snapshot.relations:
        for end in (relation.source, relation.target):
            if end not in graph:
                graph.add_node(end, **_work_attributes(Work(key=end, role="other", held=False), None))
        place = (relation.source, relation.target, relation.kind)
        seen[place] += 1
        key = f"{relation.kind}#{seen[place]}" if seen[place] > 1 else relation.kind
        graph.add_edge(relation.source, relation.target, key, **_relation_attributes(relation))
    return graph


def focus(graph: Graph, keys: str | Iterable[str], hops: int = 2) -> Graph:
    """The part of the graph within `hops` relations of a work, or of several, in either direction. A new graph.

    Raises PolicyNotFound for a key that is not in the graph.
    """
    starts = _known(graph, keys)
    near = set(starts)
    edge_of = near
    for _ in range(hops):
        edge_of = {other for key in edge_of for other in _neighbours(graph, key)} - near
        near |= edge_of
    return _induced(graph, near)


def basis_chains(graph: Graph, key: str, limit: int = 1000, kinds: Collection[str] = BASIS) -> tuple[Step, ...]:
    """What a work rests on, nearest first: its bases, their bases, and so on. `via` leads back to the start.

    At most `limit` steps; each work once, at its smallest depth. Raises PolicyNotFound, QueryError.
    """
    return tuple(islice(_walk(graph, _known(graph, key), _kinds(kinds), graph.successors, outgoing=True), limit))


def impact(graph: Graph, keys: str | Iterable[str], kinds: Collection[str] = DEPENDENCE) -> tuple[Step, ...]:
    """What rests on a work, or on several, nearest first: depth 1 speaks of one of them itself, the others through
    `via`. `kinds`: along which relations.

    Raises PolicyNotFound, QueryError for a kind of relation that there is not.
    """
    return tuple(_walk(graph, _known(graph, keys), _kinds(kinds), graph.predecessors, outgoing=False))


def summary(graph: Graph) -> Summary:
    """The figures of a graph: how many of what, its parts, its most cited works and its circles of basis."""
    import networkx

    nodes = [data for _, data in graph.nodes(data=True)]
    cited = Counter({key: sum(other != key for other in graph.predecessors(key)) for key in graph})
    kinds = [(source, target, data["kind"]) for source, target, data in graph.edges(data=True)]
    basis: networkx.DiGraph[str] = networkx.DiGraph((a, b) for a, b, kind in kinds if kind in BASIS)
    circles = (tuple(sorted(part)) for part in networkx.strongly_connected_components(basis) if len(part) > 1)
    return Summary(
        works=len(nodes),
        held=sum(bool(data["held"]) for data in nodes),
        relations=graph.number_of_edges(),
        kinds=_counted(kind for _, _, kind in kinds),
        roles=_counted(data["role"] for data in nodes),
        statuses=_counted(data["status"] for data in nodes),
        components=tuple(sorted(map(len, networkx.weakly_connected_components(graph)), reverse=True)),
        isolated=sum(degree == 0 for _, degree in graph.degree()),
        most_cited=tuple(pair for pair in _ranked(cited)[:MOST_CITED] if pair[1]),
        cycles=tuple(sorted(circles)),
    )


def _work_attributes(work: Work, status: Status | None) -> dict[str, Any]:
    number = work.number
    return {
        "label": work.label,
        "title": work.title,
        "number": str(number) if number else None,
        "code": number.code if number else None,
        "role": work.role,
        "issuers": work.issuers,
        "doc_type": work.doc_type,
        "dated": work.dated,
        "year": work.day.year if work.day else number.year if number else None,
        "status": (status.state if status else State.UNKNOWN).value,
        "since": status.since if status else None,
        "until": status.until if status else None,
        "flags": status.flags if status else (),
        "held": work.held,
        "drafter": work.drafter.names if work.drafter else (),
        "interpreter": work.interpreter,
        "effective": work.effective,
        "expires": work.expires,
        "disclosure": work.disclosure,
        "registration_number": work.registration_number,
        "number_repaired": work.number_repaired,
        "number_corroboration": work.number_corroboration,
        "aliases": work.aliases,
        "paths": work.paths,
    }


def _relation_attributes(relation: Relation) -> dict[str, Any]:
    evidence = relation.evidence
    return {
        "kind": relation.kind,
        "mode": relation.mode,
        "confidence": relation.confidence,
        "tier": relation.tier,
        "repaired": relation.repaired,
        "judged": relation.judged,
        "witness": str(evidence.witness) if evidence.witness else None,
        "detail": relation.detail,
        "corroboration": relation.corroboration,
        "before": evidence.before,
        "quote": evidence.quote,
        "after": evidence.after,
        "path": evidence.path,
        "sha256": evidence.sha256,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "rule": evidence.rule,
    }


def _known(graph: Graph, keys: str | Iterable[str]) -> tuple[str, ...]:
    starts = (keys,) if isinstance(keys, str) else tuple(dict.fromkeys(keys))
    for key in starts:
        if key not in graph:
            raise PolicyNotFound(f"关系图中没有“{key}”，请用 policylib search 查找它的文号或标题")
    return starts


def _kinds(kinds: Collection[str]) -> Collection[str]:
    known = get_args(RelationKind)
    if unknown := [kind for kind in kinds if kind not in known]:
        raise QueryError(f"没有“{'、'.join(unknown)}”这种关系，可写：{'、'.join(known)}")
    return kinds


def _neighbours(graph: Graph, key: str) -> Iterator[str]:
    yield from graph.successors(key)
    yield from graph.predecessors(key)


def _induced(graph: Graph, keys: Collection[str]) -> Graph:
    """As `graph.subgraph(keys).copy()`, but always in the order of the graph."""
    part = graph.__class__(**graph.graph)
    part.add_nodes_from((key, data) for key, data in graph.nodes(data=True) if key in keys)
    for source, target, key, data in graph.out_edges(list(part), keys=True, data=True):
        if target in keys:
            part.add_edge(source, target, key, **data)
    return part


def _walk(
    graph: Graph,
    starts: tuple[str, ...],
    kinds: Collection[str],
    following: Callable[[str], Iterator[str]],
    *,
    outgoing: bool,
) -> Iterator[Step]:
    """Breadth first along relations of these kinds; plans (拟修改) are left out; every work once."""
    seen = set(starts)
    queue = deque((key, 0) for key in starts)
    while queue:
        here, depth = queue.popleft()
        for other in following(here):
            if other in seen:
                continue
            ends = (here, other) if outgoing else (other, here)
            found = _kinds_between(graph, *ends, kinds)
            if found:
                seen.add(other)
                queue.append((other, depth + 1))
                yield Step(other, depth + 1, here, found)


def _kinds_between(graph: Graph, source: str, target: str, kinds: Collection[str]) -> tuple[str, ...]:
    edges = graph[source][target].values()
    return tuple(sorted({data["kind"] for data in edges if data["kind"] in kinds and data["mode"] != "plan"}))


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(_ranked(Counter(values)))


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
