"""The cue words of data/cues.toml, and which of them a text has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policylib.model import RelationKind
from policylib.tables import toml_rows


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of data/cues.toml. side before: the cue stands before what it governs; after: behind it."""

    relation: RelationKind
    side: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    only: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            row["relation"],
            row["side"],
            tuple(row["words"]),
            re.compile(row["pattern"]),
            frozenset(row.get("roles", ())),
        )
        for row in toml_rows("cues.toml")
    )


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[int, ...]]:
    """For each word of the cues, the places in `cues()` of those that have it."""
    words = {word for cue in cues() for word in cue.words}
    return {word: tuple(place for place, cue in enumerate(cues()) if word in cue.words) for word in words}


def spoken(text: str) -> list[Cue]:
    """The cues one of whose words stands in the text, in order. Each word is asked for once, though cues share it."""
    places = {place for word, having in _by_word().items() if word in text for place in having}
    return [cues()[place] for place in sorted(places)]
