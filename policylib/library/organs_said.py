"""Organs that people name (起草单位, 解读单位), as they are kept: under their full names, and none that is a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from policylib.errors import JudgementError
from policylib.library import derived
from policylib.library.database import Database
from policylib.link.misspelt_organs import misspelt
from policylib.link.organ_names import level_word
from policylib.link.organs import Registry
from policylib.model import Work

_SEPARATOR = re.compile(r"[、,，;；/\n]")


class OrgansSaid:
    """The organs that the tables and the library know, for what a person says of a work. `new`: the person has said
    that an organ which comes near a known one is another, and new."""

    def __init__(self, database: Database, registry: Registry, *, new: bool = False) -> None:
        self._database = database
        self._registry = registry
        self._new = new

    def full(self, text: str, work: Work) -> str:
        """岚州市财政局、岚州市科学技术局 for 市财政局，市科技局. A name that cannot be spelled out stays as it is.

        Raises JudgementError for one that is one or two characters from a known one, and names that.
        """
        return "、".join(dict.fromkeys(self._full(name, work) for name in parted(text)))

    def _full(self, name: str, work: Work) -> str:
        context = next((issuer for issuer in work.issuers if self._registry.region_of(issuer)), "")
        full = self._registry.canonical(name, context or self._registry.jurisdiction) or name
        if self._new or self._registry.knows(full):
            return full
        if near := misspelt(self._placed(full, context), self._registry, self._known):
            meant = "”还是“".join(near)
            raise JudgementError(
                f"不认得“{name}”，是不是“{meant}”？写对了再登记；确是另外一个单位的，加上 --new 照写登记"
            )
        return full

    def _placed(self, name: str, context: str) -> str:
        """岚州市教育居 for 市教育居: what ends like no organ is spelled out by nothing else."""
        word = level_word(name)
        place = self._registry.parted(context)[0] if word else ""
        return place + name[len(word or "") :] if word and place.endswith(word) else name

    @cached_property
    def _known(self) -> frozenset[str]:
        works = derived.works(self._database)
        issuers = {name for work in works for name in work.issuers}
        drafters = {name for work in works if work.drafter for name in work.drafter.names}
        return frozenset((*issuers, *drafters, *(work.interpreter for work in works if work.interpreter)))


def parted(text: str) -> Sequence[str]:
    """The names in a cell, however they are parted."""
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
