"""Papers that are done when their work is done (data/one_time.toml): a campaign, a call. Source: domain.md §5.1, §7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.model import Deadline, Evidence, Found, Snapshot, Work
from policylib.rules.evidence import sentence
from policylib.tables import toml_rows

_SENTENCE = re.compile(r"[^。;\n]+")
_GOES_ON = ("returning", "standing")


@dataclass(frozen=True, slots=True)
class Finished:
    """The last day that a paper names, which is over, and its words. `repaired`: the day had lost its marks."""

    last: date
    evidence: Evidence
    repaired: bool


def is_one_time(title: str) -> bool:
    """Whether a title is that of a work which ends: 关于开展市级科技计划项目清理验收工作的通知."""
    bare = fold(title)
    return any(one.search(bare) for one in _patterns("kind")) and not any(
        one.search(bare) for one in _patterns("never")
    )


def finished(snapshot: Snapshot, work: Work) -> Finished | None:
    """The end of a work that is done once, where every last day which its paper names is over; None where the paper
    names none, has a term of its own, or asks for something that comes again (每月5日前) or goes on (长期坚持)."""
    if work.expires or not work.title or not is_one_time(work.title):
        return None
    for sha256 in work.documents[:1]:
        found = list(_deadlines(fold(snapshot.texts[sha256]), work.day.year if work.day else None))
        days = [(one.value.latest, one) for one in found if one.value.latest]
        if any(one.value.nature in _GOES_ON for one in found) or not days:
            return None
        last, said = max(days, key=lambda day: day[0])
        if last < snapshot.as_of:
            source = snapshot.analyses[sha256].source
            words = sentence(source, snapshot.texts[sha256], said.span, "one-time")
            return Finished(last, words, said.rule.startswith("repair."))
    return None


def _deadlines(folded: str, year: int | None) -> Iterator[Found[Deadline]]:
    for match in _SENTENCE.finditer(folded):
        if found := deadline_in(folded, match.start(), match.end(), year):
            yield found


@cache
def _patterns(array: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(str(row["pattern"])) for row in toml_rows("one_time.toml", array=array))
