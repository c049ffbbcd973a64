"""What a meeting decided of a paper, as people write it into a cell: the rows of lists.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from policylib.tables import toml_rows

FURTHER: Final = re.compile(r"[，,；;。（(]")
"""Where what is said besides begins: 废止，另行制定."""
_BLANK = re.compile(r"\s+")


def choices() -> tuple[str, ...]:
    """What a cell may be filled with: agreement to what is proposed, or a decision."""
    return (_words("agreed")[0], *outcomes())


def outcomes() -> tuple[str, ...]:
    """What a meeting can decide."""
    return tuple(dict.fromkeys(_outcomes().values()))


def outcome_said(cell: str, proposed: str = "") -> str | None:
    """What a meeting decided: 废止 for 予以废止；另行制定, for 废 止 and for 同意废止; for 同意 what had been
    proposed, if that is a decision (待核实 is none). None for other words."""
    word, agreed = _decided(cell), _words("agreed")
    if word in agreed:
        return proposed.strip() if proposed.strip() in outcomes() else None
    word = word.removeprefix(agreed[0])
    return _outcomes().get(word) or _outcomes().get(_without_lead(word))


def is_vague(cell: str) -> bool:
    """Whether a meeting agreed without saying to what: 原则同意."""
    return _decided(cell) in _words("vague")


def _decided(cell: str) -> str:
    """废止 of 废 止，另行制定."""
    return _BLANK.sub("", FURTHER.split(cell.strip(), maxsplit=1)[0])


def _without_lead(word: str) -> str:
    """废止 of 决定予以废止."""
    while lead := next((one for one in _words("lead") if word.startswith(one)), ""):
        word = word.removeprefix(lead)
    return word


@cache
def _outcomes() -> Mapping[str, str]:
    return {word: row["says"] for row in toml_rows("lists.toml", array="outcome") for word in row["words"]}


@cache
def _words(array: str) -> tuple[str, ...]:
    [row] = toml_rows("lists.toml", array=array)
    return tuple(row["words"])
