"""The term of a paper that states none, where a rule set gives it one (domain.md §5.2, `default_if_unstated`).

Only a paper that is surely a 规范性文件 (it has a registration number), whose closing clause was read, and in which no
sentence may be a term that was not understood: else its end stays unknown. A presumption, never the paper's own word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policylib.extract.validity import UNREAD_TERM, last_day
from policylib.link.organs import Registry
from policylib.link.quoting import TextOf
from policylib.model import Analysis, Effect, Evidence, Span, Work
from policylib.rule_sets import ValidityProfile, profiles, validity_profile, within
from policylib.tables import Tables

_RULE: Final = "validity.term-missing"  # what is excused from stating a term has none by default either
_DAMAGED: Final = "term.refused"


class DefaultTerms:
    """The default terms of the rule sets in `tables`, for an office of `jurisdiction`; `chosen`: see `profiles`."""

    def __init__(self, tables: Tables, registry: Registry, jurisdiction: str = "", chosen: str = "") -> None:
        self._tables, self._registry, self._jurisdiction, self._chosen = tables, registry, jurisdiction, chosen
        self._any = any("default_if_unstated" in row.get("validity", {}) for row in tables.profiles.values())
        self._read: dict[tuple[str, ...], ValidityProfile] = {}

    def of(self, work: Work, analyses: Sequence[Analysis], text_of: TextOf) -> Iterator[Effect]:
        """The automatic end of a work, if a rule set gives it one. Raises TableError for a wrong rule set."""
        if not self._any or not _is_silent(work):
            return
        profile = self._profile(work)
        years = profile.default_years(work)
        if years is None or not work.effective or _may_differ(work, analyses, profile, text_of):
            return
        trial = "（试行、暂行的）" if profile.is_trial(work) else ""
        words = f"{profile.source}：没有规定有效期的，有效期{trial}为{years}年"
        evidence = Evidence("", "", Span(0, len(words)), words, rule="validity.default")
        end = last_day(work.effective, years)
        yield Effect("expiry", work.key, work.day, end, certainty="presumed", evidence=evidence)

    def _profile(self, work: Work) -> ValidityProfile:
        """What binds the work: nothing, where its region cannot be told; what the office chose, only its own papers."""
        region = self._registry.region_of(work.issuers[0]) if work.issuers else ""
        if not region:
            return ValidityProfile()
        chosen = self._chosen if within(region, self._jurisdiction) else ""
        rows = tuple(profiles(self._tables, region, work.day, chosen))
        key = tuple(str(row["id"]) for row in rows)
        if key not in self._read:
            self._read[key] = validity_profile(rows)
        return self._read[key]


def _is_silent(work: Work) -> bool:
    """Whether it is a 规范性文件 beyond doubt, and its closing clause gives a start and no end."""
    return bool(
        work.held
        and work.role == "policy"
        and work.registration_number
        and work.day
        and work.expires is None
        and work.shows_its_term
        and _DAMAGED not in work.problems
        and UNREAD_TERM not in work.problems
    )


def _may_differ(work: Work, analyses: Sequence[Analysis], profile: ValidityProfile, text_of: TextOf) -> bool:
    """Whether the rule set excuses it from a term."""
    rows = [row for row in profile.excuses if row.rule == _RULE]
    names = (work.title or "", *work.instruments)
    if any(word in name for row in rows if row.where == "title" for word in row.words for name in names):
        return True
    words = [word for row in rows if row.where != "title" for word in row.words]
    texts = (text_of(analysis.source.sha256) for analysis in analyses)
    return bool(words) and any(word in text for text in texts for word in words)
