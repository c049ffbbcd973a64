"""Which works the rules of validity bind: 规范性文件 of the office's own region, under a rule set (domain.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from policylib.model import Evidence, NumberKind, Severity, Snapshot, Work
from policylib.rule_sets import ValidityProfile, validity_profile
from policylib.rules.context import Context
from policylib.rules.scope import Duty, duties, normative_kind, with_duties

_ORDERS = (NumberKind.ORDER, NumberKind.CONGRESS)
# 条例 are of congresses or of the State Council; 规范性文件 are never named so.
_NEVER = ("条例",)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a work is a 规范性文件, and why: yes by its registration number; unknown by what it calls itself."""

    verdict: Literal["yes", "unknown", "no"]
    why: str = ""


def standing_of(work: Work, duty: Duty, profile: ValidityProfile) -> Standing:
    """Laws, rules made by order, answers, and what the scope exempts are none."""
    if work.registration_number:
        return Standing("yes", f"有规范性文件登记号{work.registration_number}")
    number, code = work.number, work.code
    if (number and number.kind in _ORDERS) or duty.verdict in ("no", "exempt"):
        return Standing("no")
    if code and code.endswith(profile.code_endings):
        return Standing("unknown", f"代字“{code}”疑为规范性文件的，但未见登记号")
    kind = normative_kind(work, duty.profile)
    if kind is None or kind in _NEVER:
        return Standing("no")
    return Standing("unknown", f"标题为“{kind}”，疑为规范性文件，但未见登记号")


def gravity(work: Work, snapshot: Snapshot, context: Context) -> Severity:
    """How grave it is that the page of a dead work does not say so: an error of what is surely a 规范性文件, a warning
    of the rest, as `standing_of` has it; whether it was repealed or ran out makes no difference (VAL-04, CLN-05)."""
    return "error" if work.registration_number and work.key in duties(snapshot, context) else "warning"


Bound = tuple[Work, ValidityProfile, Standing]


def bound(snapshot: Snapshot, context: Context, *, everywhere: bool = False) -> Iterator[Bound]:
    """The living works that a rule set of validity binds, or may bind; `everywhere`: also where no region has one.
    Without a day nobody knows which set does; what is of a later day is not there yet."""
    found = context.shared(snapshot, bound, lambda: tuple(_bound(snapshot, context)))
    return (one for one in found if everywhere or one[1].source)


def _bound(snapshot: Snapshot, context: Context) -> Iterator[Bound]:
    dead = snapshot.dead
    for work, duty in with_duties(snapshot, context):
        day = work.day
        if day is None or day > snapshot.as_of or work.key in dead:
            continue
        profile = context.ruled(work, validity_profile)
        standing = standing_of(work, duty, profile)
        if standing.verdict != "no":
            yield work, profile, standing


def excuse(
    rule: str, work: Work, profile: ValidityProfile, texts: Mapping[str, str], clauses: Iterable[Evidence]
) -> str | None:
    """Why the rule does not bind this work, by the rows of the rule set; None where none says so. `texts` are those of
    its files."""
    names = (work.title or "", *work.instruments)
    sentences = [f"{one.before}{one.quote}{one.after}" for one in clauses]
    for row in profile.excuses:
        if row.rule != rule:
            continue
        places = names if row.where == "title" else sentences
        if row.where == "text":
            places = [texts.get(sha256, "") for sha256 in work.documents]
        if any(word in place for word in row.words for place in places):
            return f"{row.reason}（{row.source}）" if row.source else row.reason
    return None
