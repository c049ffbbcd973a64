"""Organs that people name (起草单位, 解读单位), as they are kept: under their full names. A slip, or one that nobody
knows yet, is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from policylib.errors import JudgementError
from policylib.library import derived
from policylib.library.database import Database
from policylib.link.misspelt_organs import is_known, may_be_organ, nearest
from policylib.link.organ_names import level_word
from policylib.link.organs import Registry
from policylib.model import Work

_SHORTEST: Final = 3  # characters of an organ that nobody knows yet: 财政部; 我局, 本办 are none
_SEPARATOR = re.compile(r"[、,，;；/\n]")


class OrgansSaid:
    """The organs that the tables and the library know, for what a person says of a work. `new`: the person has said
    that an organ which nobody knows is one, and new."""

    def __init__(self, database: Database, registry: Registry, *, new: bool = False) -> None:
        self._database = database
        self._registry = registry
        self._new = new

    def full(self, text: str, work: Work) -> str:
        """岚州市财政局、岚州市科学技术局 for 市财政局，市科技局. A name that cannot be spelled out stays as it is.

        Raises JudgementError for one that neither tables nor library know, with the known ones that come near; who
        insists is heard, but not on what ends like no organ (不详, 张三).
        """
        return "、".join(dict.fromkeys(self._full(name, work) for name in parted(text)))

    def _full(self, name: str, work: Work) -> str:
        context = next((issuer for issuer in work.issuers if self._registry.region_of(issuer)), "")
        full = self._canonical(name, context, work)
        if is_known(full, self._registry, self._known):
            return full
        near = nearest(self._placed(full, context), self._registry, self._known)
        asked = f"不认得“{name}”，是不是“{'”还是“'.join(near)}”？写对了再登记" if near else ""
        if not (may_be_organ(name) and len(name) >= _SHORTEST):
            asked = asked or f"“{name}”不像单位名称，没有登记"
            raise JudgementError(f"{asked}；不知道是哪个单位的请空着")
        if self._new:
            return full
        asked = asked or f"不认得“{name}”：本库的文件、机关表里都没有这个单位，也没有名称相近的。请核对"
        raise JudgementError(f"{asked}；确{'是另外一个' if near else '有这个'}单位的，加上 --new 照写登记")

    def _canonical(self, name: str, context: str, work: Work) -> str:
        """The name in full. What may be an organ of the State or of the place (发改委) is the place's, unless the
        paper is the State's own. Raises JudgementError where it may be either."""
        meant = self._registry.canonical(name, context or self._registry.jurisdiction) or name
        if not context and any(self._registry.level_of(issuer) == "central" for issuer in work.issuers):
            return meant
        local = self._registry.of_the_place(name, context or self._registry.jurisdiction)
        if local == "":
            raise JudgementError(f"“{name}”是{meant}，还是本地的单位？看不出来，没有登记，请写全称")
        return local or meant

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
