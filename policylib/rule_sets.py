"""Which rule sets of data/profiles hold where and when, and what they say of numbers, validity and disclosure, as
checked records (domain.md §5.2). Linking asks them for the term of papers that state none, the rules for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from policylib.model import Work
from policylib.tables import Tables

Profile = Mapping[str, Any]
"""A rule set, as its file in data/profiles says it: `tables.load` has checked its form."""
Row = TypeVar("Row")

LOCAL = "本地行政规范性文件管理规定"
"""What a rule rests on where no rule set of the office's own region is known."""


def profiles(tables: Tables, region: str, on: date | None, chosen: str = "") -> Iterator[Profile]:
    """The rule sets of data/profiles that hold in a region on a day, the nearer ones last; `chosen` is the id of one
    that holds whatever its region and time, in place of others of a region."""
    for row in _by_region(tables):
        of = str(row.get("region", ""))
        if row["id"] == chosen or (_holds(row, region, on) and not (of and chosen)):
            yield row


@lru_cache(maxsize=8)
def _by_region(tables: Tables) -> tuple[Profile, ...]:
    return tuple(sorted(tables.profiles.values(), key=lambda row: (str(row.get("region", "")), str(row["id"]))))


def _holds(profile: Profile, region: str, on: date | None) -> bool:
    of = str(profile.get("region", ""))
    first, last = profile.get("from"), profile.get("to")
    here = not of or within(region, of)
    return here and (on is None or ((first is None or first <= on) and (last is None or on <= last)))


def within(region: str, wider: str) -> bool:
    return region == wider or region.startswith(wider + "/")


@dataclass(frozen=True, slots=True)
class NumberProfile:
    """From when numbers must have the form of GB/T 9704, and when a library holds enough of a series to miss one."""

    form_since: date = date(2000, 1, 1)
    series_percent: int = 80
    series_least: int = 5


@dataclass(frozen=True, slots=True)
class Attribute:
    """One of the three attributes, and the words of marks that mean it."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosureProfile:
    """The duty to mark papers and to publish them. `attributes` from closed to open. After `repost_days` the date of a
    page is hardly that of the first publication."""

    since: date = date(2008, 5, 1)
    mark_since: date = date(2016, 11, 10)
    repost_days: int = 365
    mark_doc_types: tuple[str, ...] = ()
    file_suffixes: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def openness(self, mark: str | None) -> int | None:
        """The place of a mark among the attributes, the open ones last; None where it says none of them."""
        found = (at for at, one in enumerate(self.attributes) if mark and any(word in mark for word in one.words))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Words by which a rule of validity does not bind a work. where: title, clause (sentences of validity), text."""

    rule: str
    where: str
    words: tuple[str, ...]
    reason: str
    source: str = ""
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValidityProfile:
    """How long 规范性文件 of a region hold, and from when (domain.md §5.2). What no rule set says is empty or 0, and
    the rule that would ask it is silent. `default_if_unstated`: of most works, and of those on trial. `source` is the
    rule set that says it; empty where only the national words are known."""

    term_years: tuple[int, ...] = ()
    trial_years: tuple[int, ...] = ()
    must_state_term: bool = False
    default_if_unstated: tuple[int, ...] = ()
    auto_expire: bool = False
    evaluate_before_months: int = 0
    min_days_before_effect: int = 0
    trial_words: tuple[str, ...] = ()
    code_endings: tuple[str, ...] = ()
    done_days: int = 365
    excuses: tuple[Excuse, ...] = ()
    source: str = ""

    def is_trial(self, work: Work) -> bool:
        """Whether it, or what it issues, is named 试行 or 暂行."""
        return any(word in name for name in (work.title or "", *work.instruments) for word in self.trial_words)

    def years_of(self, work: Work) -> tuple[int, ...]:
        """The shortest and the longest term of such a work; empty where the rule set says nothing of it."""
        return self.trial_years if self.trial_years and self.is_trial(work) else self.term_years

    def default_years(self, work: Work) -> int | None:
        """The term of a work that states none; None where the rule set gives it none."""
        years = self.default_if_unstated
        return years[1 if self.is_trial(work) else 0] if years else None

    def reasons(self, rule: str) -> tuple[str, ...]:
        """Why that rule may not bind a work, each said once."""
        return tuple(dict.fromkeys(row.reason for row in self.excuses if row.rule == rule))


def number_profile(profiles: Iterable[Profile]) -> NumberProfile:
    """What these rule sets say together, the later over the earlier; so do the other two."""
    return NumberProfile(**_merged(profiles, "number"))


def disclosure_profile(profiles: Iterable[Profile]) -> DisclosureProfile:
    """Words that a region adds to an attribute go to that attribute."""
    profiles = tuple(profiles)
    attributes: dict[str, Attribute] = {}
    for new in _rows(profiles, "disclosure", "attribute", Attribute):
        old = attributes.get(new.name, Attribute(new.name, ()))
        attributes[new.name] = Attribute(new.name, old.words + new.words, old.examples + new.examples)
    values = _merged(profiles, "disclosure", "attribute")
    return DisclosureProfile(**values, attributes=tuple(attributes.values()))


def validity_profile(profiles: Iterable[Profile]) -> ValidityProfile:
    profiles = tuple(profiles)
    excuses = tuple(_rows(profiles, "validity", "exempt", Excuse))
    values = _merged(profiles, "validity", "exempt")
    regional = [one for one in profiles if one.get("region") and "validity" in one]
    source = str(regional[-1].get("source") or regional[-1].get("title") or regional[-1]["id"]) if regional else ""
    return ValidityProfile(**values, excuses=excuses, source=source)


def _merged(profiles: Iterable[Profile], name: str, rows: str = "") -> dict[str, Any]:
    """What the sections of this name say together, the later over the earlier."""
    values: dict[str, Any] = {}
    for profile in profiles:
        values |= {key: _tupled(value) for key, value in profile.get(name, {}).items() if key != rows}
    return values


def _rows(profiles: Iterable[Profile], name: str, rows: str, form: type[Row]) -> Iterable[Row]:
    for profile in profiles:
        for row in profile.get(name, {}).get(rows, ()):
            yield form(**{key: _tupled(value) for key, value in row.items()})


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
