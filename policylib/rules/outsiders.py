"""Whom a paper reaches besides the organs below its maker, citizens and firms, and by which words it binds: by
data/outsiders.toml (domain.md §6.3 B6). 各幼儿园：, or what such people must fulfil: 招生对象为具有本区户籍的儿童."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from policylib.extract.folding import fold
from policylib.model import Evidence, Snapshot, Span, Work
from policylib.rules.evidence import analyses_of, sentence, words_at
from policylib.tables import toml_rows

_TABLE = "outsiders.toml"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a paper is sent to (`addressee`), else the words at `span` of its file that bind others."""

    words: str
    addressee: bool
    sha256: str = ""
    span: Span | None = None

    @property
    def why(self) -> str:
        """主送“各幼儿园” · 正文写有“招生对象”."""
        return f"主送“{self.words}”" if self.addressee else f"正文写有“{self.words}”"


def reach(work: Work, texts: Mapping[str, str]) -> Reach | None:
    """Whom a paper reaches besides organs; None where nothing shows that it reaches anybody."""
    for name in work.addressees:
        if is_outsider(name):
            return Reach(name, addressee=True)
    for sha256 in work.documents[:1]:
        text = texts.get(sha256, "")
        if found := _one("condition").search(fold(text)):
            span = Span(*found.span())
            return Reach(span.of(text), addressee=False, sha256=sha256, span=span)
    return None


def is_outsider(name: str) -> bool:
    """各幼儿园, 各有关企业; not 局属各幼儿园."""
    bare = fold(name)
    return bool(_one("addressee").search(bare)) and not _one("own").search(bare)


def reach_shown(snapshot: Snapshot, work: Work, found: Reach) -> tuple[Evidence, ...]:
    """The words by which it reaches them."""
    for analysis in analyses_of(snapshot, work):
        if found.addressee:
            named = (one for one in analysis.elements.addressees if one.value == found.words)
            return tuple(words for one in named for words in words_at(snapshot, analysis, one.span, one.rule))
        if found.span and analysis.source.sha256 == found.sha256:
            return (sentence(analysis.source, snapshot.texts[found.sha256], found.span, "condition"),)
    return ()


def binding() -> re.Pattern[str]:
    """The words by which a sentence lays something down: 应当, 不得, 允许, 自…起施行."""
    return _one("binding")


def is_weak(clause: str) -> bool:
    """Whether a clause that binds, on folded text, only tells that something holds or ends: 自发布之日起执行."""
    return not _one("binding", weak=False).search(clause)


@cache
def _one(array: str, *, weak: bool = True) -> re.Pattern[str]:
    """All patterns of an array as one, with those that are `weak` or without."""
    rows = (row for row in toml_rows(_TABLE, array=array) if weak or not row.get("weak"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows))
