"""Whether a sentence does what it speaks of, wishes it, or tells it of others (domain.md §4). The words are rows of
data/moods.toml."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from policylib.extract.citations import Mention
from policylib.extract.masking import FILL
from policylib.model import Mode
from policylib.tables import toml_rows

MAX_BETWEEN: Final = 60  # characters from a document to 修改为, 补充如下, 收悉, 转发给你们


@dataclass(frozen=True, slots=True)
class Mood:
    """A row of data/moods.toml."""

    mode: Mode | Literal["none"]
    place: str
    reach: int
    pattern: re.Pattern[str]
    cues: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention (`begin:end`) and its cue stand in a masked paragraph, in the sentence that begins at `left`."""

    masked: str
    left: int
    begin: int
    end: int
    cue_start: int
    cue_end: int


@cache
def moods() -> tuple[Mood, ...]:
    """The rows, in their order."""
    return tuple(
        Mood(row["mode"], row["place"], row["reach"], re.compile(row["pattern"]), *_optional(row))
        for row in toml_rows("moods.toml")
    )


def _optional(row: Mapping[str, str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    cues, behind = (re.compile(row[name]) if name in row else None for name in ("cues", "behind"))
    return cues, behind


def mode_of(at: Place, cue: str, offset: int, mentions: Sequence[Mention], otherwise: Mode) -> Mode:
    """plan: 拟废止, 建议对《X》予以废止, 待新办法出台后《X》同时废止, 关于废止《X》，我局意见如下.
    report: 国务院已于2019年废止《X》, 撤销市科技局关于废止《X》的决定, which are only told.
    `offset`: where the paragraph of the mentions begins.
    """
    for mood in moods():
        if mood.mode != "none" and _fits(mood, at, cue):
            return mood.mode
    return "plan" if _waits_for_other(at, offset, mentions) else otherwise


def _fits(mood: Mood, at: Place, cue: str) -> bool:
    if mood.cues and not mood.cues.search(cue):
        return False
    if mood.behind and not (at.cue_end <= at.begin and mood.behind.match(at.masked, at.end)):
        return False
    stop = at.begin if mood.place == "name" else at.cue_start
    last = at.cue_end + mood.reach if mood.place == "around" else stop
    return mood.pattern.search(at.masked[max(at.left, stop - mood.reach) : last]) is not None


_AT_HAND: Final = 8  # characters before a cue


@cache
def _denials() -> tuple[Mood, ...]:
    return tuple(mood for mood in moods() if mood.mode == "none" and mood.place == "cue")


@cache
def _denials_at_hand() -> tuple[Mood, ...]:
    return tuple(mood for mood in _denials() if mood.reach <= _AT_HAND)


@cache
def _denials_of() -> tuple[Mood, ...]:
    return tuple(mood for mood in moods() if mood.mode == "none" and mood.place == "name")


def is_denied(before: str, *, at_hand: bool = False) -> bool:
    """Whether the words before a cue deny it: 不予, 暂缓, 是否; and from afar, 不得以机构改革为由, unless only those
    `at_hand` are asked."""
    near = _denials_at_hand() if at_hand else _denials()
    return any(mood.pattern.search(before[-mood.reach :]) for mood in near)


def is_denied_of(before: str) -> bool:
    """Whether the words before a document deny what is said behind it: 任何单位不得宣布《X》失效."""
    return any(mood.pattern.search(before[-mood.reach :]) for mood in _denials_of())


def is_planned(words: str, start: int, end: int) -> bool:
    """Whether the cue at `start:end` of a heading is wished or to come: 拟废止下列文件：, 下列文件予以修改或者废止："""
    return any(
        mood.mode == "plan" and mood.place != "name" and _fits(mood, Place(words, 0, end, end, start, end), "")
        for mood in moods()
        if mood.cues is None and mood.behind is None
    )


_FROM_OTHER = re.compile(rf"[自从](?P<other>{FILL}{{1,100}})(?:正式)?(?:出台|发布|印发|公布|实施|施行|生效)之日起")


def _waits_for_other(at: Place, offset: int, mentions: Sequence[Mention]) -> bool:
    """《X》自《Y》施行之日起废止, where Y is no paper of this one: the day is not known here."""
    match = _FROM_OTHER.search(at.masked, at.end, at.cue_start) if at.end < at.cue_start else None
    if match is None:
        return False
    start = match.start("other") + offset
    place = bisect_left(mentions, start, key=lambda one: one.extent.start)
    return place < len(mentions) and mentions[place].extent.start == start and mentions[place].use == "policy"
