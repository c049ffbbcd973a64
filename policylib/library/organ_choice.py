"""Which organs a person means by a name that may be short: 科技局, 市财政局, 人民政府.

A name without a place means the organ of the office's own region, where the office names one: 科技局 is
岚州市科学技术局 and no other city's. Where that has none, its districts are asked, then those above it (省科技厅),
then all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from policylib.extract.folding import abbreviates
from policylib.library.index import comparable
from policylib.link.organs import Registry

_NEAR = 3  # organs that are named for one that nobody knows
_SHORTEST = 3  # of two characters, one that is right says nothing
_AS_GOOD = 0.1  # 岚州市民政厅局 is 岚州市民政局 (0.92), and hardly 岚州市人民政府办公厅 (0.71)


@dataclass(frozen=True, slots=True)
class OrganChoice:
    """What `name` was taken for: `taken` are the organs meant, `former` those of them that others were before a
    reorganisation, `left` those elsewhere whose name it fits too. `local`: whether the office's region was known, and
    so decided. `near`: where it fits none, those whose name is one character off."""

    name: str
    taken: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    local: bool = False
    former: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()

    def joined(self, other: OrganChoice) -> OrganChoice:
        taken = self.taken | other.taken
        left = (self.left | other.left) - taken
        near = () if taken else tuple(dict.fromkeys((*self.near, *other.near)))[:_NEAR]
        return OrganChoice(self.name, taken, left, self.local or other.local, self.former | other.former, near)


def organs_meant(organs: Iterable[str], name: str, registry: Registry | None = None) -> OrganChoice:
    """Those whose name holds `name`; where none does, those that it may shorten: 科技局 is short for 淄博市科学技术局,
    whose characters it has in their order. With the `registry` of an office, a name without a place means those of its
    region."""
    wanted = comparable(name)
    known = frozenset(organs)
    holding = frozenset(organ for organ in known if wanted in comparable(organ))
    shortened = frozenset(organ for organ in known if abbreviates(wanted, comparable(organ)))
    everywhere = holding or shortened
    if not everywhere and not (registry and registry.canonical(name) in known):
        return OrganChoice(name, near=_likest(known, wanted, registry))
    if registry is None:
        return OrganChoice(name, everywhere)
    told = bool(registry.jurisdiction)
    if name in known and registry.canonical(name) == name:  # 岚州市人民政府 in full is not its office
        return _with_former(OrganChoice(name, frozenset((name,)), local=told), known, registry)
    if not told or registry.region_of(name):
        return _with_former(OrganChoice(name, everywhere, local=told), known, registry)
    full = registry.canonical(name)
    exact = frozenset(organ for organ in known if full and registry.canonical(organ) == full)
    # Characters in their order say little: those of 民政厅 are in 岚州市人民政府办公厅, so they are asked last.
    tiers = (frozenset(filter(lies, fit)) for fit in (holding | exact, shortened) for lies in _outwards(registry))
    taken = next((tier for tier in tiers if tier), everywhere)
    here = next(_outwards(registry))
    left = frozenset(organ for organ in everywhere - taken if not here(organ))
    return _with_former(OrganChoice(name, taken, left, local=True), known, registry)


def _likest(known: frozenset[str], wanted: str, registry: Registry | None) -> tuple[str, ...]:
    """The organs that a name with one character wrong, or one too many, may mean: the likest,
    those of the office's own region before the others. 科技庭: 岚州市科学技术局."""
    parts = {wanted[:place] + wanted[place + 1 :] for place in range(len(wanted))} if len(wanted) >= _SHORTEST else ()
    fitting = [organ for organ in known if any(abbreviates(part, comparable(organ)) for part in parts)]
    if registry is not None and registry.jurisdiction:
        here = next(_outwards(registry))
        fitting = [organ for organ in fitting if here(organ)] or fitting
    likeness = {organ: SequenceMatcher(None, wanted, comparable(organ)).ratio() for organ in fitting}
    best = max(likeness.values(), default=0.0)
    likest = (organ for organ, ratio in likeness.items() if ratio >= best - _AS_GOOD)
    return tuple(sorted(likest, key=lambda organ: (-likeness[organ], organ))[:_NEAR])


def _with_former(choice: OrganChoice, known: frozenset[str], registry: Registry) -> OrganChoice:
    """With what the organs meant were called before: 岚州市人民政府办公厅 was the same office until 2019."""
    former = frozenset(
        organ
        for organ in known - choice.taken
        if any(registry.same(one, organ) == "predecessor" for one in choice.taken)
    )
    return replace(choice, taken=choice.taken | former, left=choice.left - former, former=former)


def _outwards(registry: Registry) -> Iterator[Callable[[str], bool]]:
    """Whether an organ is one of the office's own region; of a region in it; of one that it is in."""
    own = registry.jurisdiction

    def region(organ: str) -> str:
        return registry.region_of(registry.canonical(organ) or organ)

    yield lambda organ: region(organ) == own
    yield lambda organ: region(organ).startswith(f"{own}/")
    yield lambda organ: bool(region(organ)) and own.startswith(f"{region(organ)}/")
