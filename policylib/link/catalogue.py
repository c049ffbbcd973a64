"""Works as they are looked up by those who cite them: by number, title, and other names (domain.md §3.3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, takewhile
from typing import Final

from policylib.extract.folding import title_key
from policylib.extract.titles import parse_title, without_trial
from policylib.link.similar_titles import may_be_meant
from policylib.model import DocumentNumber, NumberKind, Work

_NEVER_CITED: Final = ("interpretation", "draft")  # by title: it is the policy's that is meant
COMMON_RUN: Final = 200  # works; a run of characters in more titles than that tells nothing


_OF_RULES = re.compile(r"关于(?!发布|公布).+的(?:公告|通告)$")
"""关于《X办法》的公告: short for 关于发布《X办法》的公告."""


class Catalogue:
    """Works by number, title, name of the instrument, and name without (试行): the tiers of domain.md §3.3."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {}
        self._numbers: dict[str, list[str]] = {}
        self._revised: dict[str, list[str]] = {}
        self._orders: dict[int | None, list[str]] = {}
        self._titles: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        self._plain: dict[str, list[str]] = {}
        self._runs: Mapping[str, tuple[str, ...]] | None = None
        self._endings: list[tuple[str, str]] = []
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        self.works[work.key] = work
        self._endings = []
        for number in (*work.numbers, *work.cited_as):
            _enter(self._numbers, number.key, work.key)
            if number.kind is NumberKind.ORDER:
                self._orders.setdefault(number.serial, []).append(work.key)
        for number in work.revised_by:
            _enter(self._revised, number.key, work.key)
        if work.role in _NEVER_CITED:
            return
        if work.title:
            _enter(self._titles, title_key(work.title), work.key)
            _enter(self._plain, title_key(without_trial(work.title)), work.key)
        for name in work.aliases:
            _enter(self._names, title_key(name), work.key)
            _enter(self._plain, title_key(without_trial(name)), work.key)

    def attribute(self, work: Work) -> None:
        """The same work with a number by which others cite it and that it does not print."""
        self.works[work.key] = work
        for number in work.cited_as:
            _enter(self._numbers, number.key, work.key)

    def replace(self, works: Iterable[Work]) -> None:
        """The same works with more known of them; their names and numbers are as they were."""
        for work in works:
            self.works[work.key] = work

    def by_number(self, number: DocumentNumber) -> tuple[Work, ...]:
        return self._found(self._numbers, number.key)

    def revised_by(self, number: DocumentNumber) -> tuple[Work, ...]:
        """The statutes of which the text was made anew by the order of this number; one order may revise several."""
        return self._found(self._revised, number.key)

    def orders(self, serial: int | None) -> tuple[Work, ...]:
        """The orders that bear this serial number, whoever made them."""
        return tuple(self.works[key] for key in dict.fromkeys(self._orders.get(serial, ())))

    def by_title(self, title: str) -> tuple[tuple[str, tuple[Work, ...]], ...]:
        """Works by the tiers that look at the title, best first, each with its works; empty tiers are left out."""
        key = title_key(title)
        bare = title_key(parse_title(title).subject) if "印发" in title or _OF_RULES.match(title) else ""
        tiers = (
            ("T1", self._found(self._titles, key)),
            ("T3", self._found(self._names, key)),
            ("T3", self._found(self._names, bare) if bare else ()),
            ("T4", self._found(self._plain, title_key(without_trial(title)))),
        )
        return tuple((tier, works) for tier, works in tiers if works)

    def ending(self, title: str) -> list[str]:
        """The keys of the works whose title, or another name, ends with this one. Looked up among all names written
        backwards, in order: a large library has thousands of 及其实施细则."""
        wanted = title_key(title)[::-1]
        if not wanted:
            return []
        if not self._endings:
            self._endings = sorted(
                (title_key(name)[::-1], work.key)
                for work in self.works.values()
                if work.title
                for name in (work.title, *work.aliases)
            )
        found = islice(self._endings, bisect_left(self._endings, (wanted, "")), None)
        return sorted({key for _, key in takewhile(lambda entry: entry[0].startswith(wanted), found)})

    def suggest(self, title: str) -> tuple[str, ...]:
        """Held works whose title is nearly this one (T6): a hint for a person, never a link. What carries out, explains
        or amends a paper is not that paper.

        Only works that share rare runs of four characters are compared, so a large library stays quick.
        """
        wanted = title_key(title)
        shared: Counter[str] = Counter()
        for run in set(_runs(wanted)):
            works = self._shingles().get(run, ())
            if len(works) <= COMMON_RUN:
                shared.update(works)
        near = (key for key, _ in shared.most_common(8))
        return tuple(sorted(key for key in near if may_be_meant(title, self.works[key].title or "")))

    def _shingles(self) -> Mapping[str, tuple[str, ...]]:
        if self._runs is None:
            runs: dict[str, list[str]] = {}
            for work in self.works.values():
                if work.held and work.title and work.role not in _NEVER_CITED:
                    for run in set(_runs(title_key(work.title))):
                        runs.setdefault(run, []).append(work.key)
            self._runs = {run: tuple(keys) for run, keys in runs.items()}
        return self._runs

    def _found(self, index: Mapping[str, list[str]], key: str) -> tuple[Work, ...]:
        return tuple(self.works[name] for name in index.get(key, ()))


def _runs(key: str) -> Iterator[str]:
    return (key[start : start + 4] for start in range(len(key) - 3))


def _enter(index: dict[str, list[str]], key: str, name: str) -> None:
    """A work's names are entered one after the other, so that only the last can be its own."""
    names = index.setdefault(key, []) if key else [name]
    if names[-1:] != [name]:
        names.append(name)
