"""The works that the held files make: one for each policy, however many files of it there are (domain.md §3.2).

Files are one work when their numbers agree and their titles do; without a number, when title, issuer and date do. Two
titles under one number stay two works: numbers are not unique (51 of 10,993 measured carry two titles).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from policylib.extract.contributors import contributors_in
from policylib.extract.dates import as_date
from policylib.extract.folding import title_key
from policylib.extract.legislation import HISTORY_DAY
from policylib.extract.organ_names import STATE
from policylib.extract.page_term import DAY_AFTER
from policylib.extract.titles import instruments as instrument_names
from policylib.extract.titles import parse_title, without_trial
from policylib.link.drafts import is_draft, key_of_draft
from policylib.link.labels import words_of
from policylib.link.organs import Registry
from policylib.link.similar_titles import similar
from policylib.model import CONTRIBUTED, Analysis, DocumentNumber, Drafter, Evidence, Found, Work, nested


@dataclass(frozen=True, slots=True)
class Holding:
    """A work with the analyses of its files, the fullest first, and of the lists that it publishes as annexes."""

    work: Work
    analyses: tuple[Analysis, ...]
    annexes: tuple[Analysis, ...] = ()


def hold(analyses: Iterable[Analysis], registry: Registry, *, as_final: bool = False) -> tuple[Holding, ...]:
    """The held works, sorted by key; the order of `analyses` plays no part. Drafts are works by themselves, without a
    number; `as_final`: as the papers that they are to become."""
    groups: list[list[Analysis]] = []
    buckets: dict[str, list[int]] = {}
    for analysis in sorted(analyses, key=_order):
        for bucket in _buckets(analysis):
            match = next((index for index in buckets.get(bucket, ()) if _same_work(groups[index][0], analysis)), None)
            if match is not None:
                groups[match].append(analysis)
                break
        else:
            groups.append([analysis])
            match = len(groups) - 1
        for bucket in _buckets(analysis):
            buckets.setdefault(bucket, []).append(match)
    return _with_annexes(tuple(_named(groups, registry, as_final)))


def _with_annexes(holdings: Sequence[Holding]) -> tuple[Holding, ...]:
    """The lists of a cleanup result that are files of their own, without number and date, go to the paper that names
    them among its annexes: to that in their folder, else to the only one that does."""
    named: dict[str, list[int]] = {}
    for place, holding in enumerate(holdings):
        for title in {title_key(found.value) for one in holding.analyses for found in one.elements.annexes}:
            named.setdefault(title, []).append(place)
    annexes: dict[int, list[Holding]] = {}
    taken: set[int] = set()
    for place, holding in enumerate(holdings):
        work = holding.work
        if work.role == "cleanup" and not work.numbers and not work.day and work.title:
            owners = [one for one in named.get(title_key(work.title), ()) if one != place]
            near = [one for one in owners if _folders(holdings[one].work) & _folders(work)]
            if len(near or owners) == 1:
                annexes.setdefault((near or owners)[0], []).append(holding)
                taken.add(place)
    return tuple(
        _joined(holding, annexes.get(place, ())) for place, holding in enumerate(holdings) if place not in taken
    )


def _folders(work: Work) -> set[str]:
    return {path.replace("\\", "/").rpartition("/")[0] for path in work.paths}


def _joined(holding: Holding, annexes: Sequence[Holding]) -> Holding:
    if not annexes:
        return holding
    analyses = tuple(one.analyses[0] for one in annexes)
    hashes = tuple(sha256 for one in annexes for sha256 in one.work.documents)
    paths = tuple(path for one in (holding, *annexes) for path in one.work.paths)
    return Holding(replace(holding.work, annexes=hashes, paths=paths), holding.analyses, analyses)


def _order(analysis: Analysis) -> tuple[int, int, bool, str]:
    """The fullest first; of equals the later text of a statute that bears the number of its first order still
    (国务院令第646号公布, 国务院令第786号修订), then an original before its marked copy."""
    elements = analysis.elements
    told = (elements.number, elements.title, elements.dated, elements.published, elements.issuers)
    fullness = sum(1 for value in told if value)
    sure = elements.number is not None and not _is_repaired(analysis)
    dated = elements.dated
    version = dated.value.toordinal() if dated and dated.rule == HISTORY_DAY else 0
    return -(fullness + sure), -version, bool(analysis.marks), analysis.source.sha256


def _buckets(analysis: Analysis) -> Iterator[str]:
    elements = analysis.elements
    if elements.number and elements.number.value.complete:
        yield "n:" + elements.number.value.key
    if elements.title:
        yield "t:" + title_key(elements.title.value)


def _same_work(one: Analysis, other: Analysis) -> bool:
    a, b = one.elements, other.elements
    if is_draft(one) != is_draft(other):
        return False
    if one.role.value != other.role.value and "interpretation" in (one.role.value, other.role.value):
        return False
    if a.number and b.number:
        same_number = a.number.value.key == b.number.value.key
        return same_number and _titles_agree(a.title, b.title) and not _made_anew(a.dated, b.dated)
    if not (a.title and b.title) or title_key(a.title.value) != title_key(b.title.value):
        return False
    days = [as_date(moment.value) for moment in (a.dated or a.published, b.dated or b.published) if moment]
    same_day = len(days) < 2 or days[0] == days[1]
    return same_day and (not a.issuers or not b.issuers or a.issuers[0].value == b.issuers[0].value)


def _made_anew(a: Found[date] | None, b: Found[date] | None) -> bool:
    """Whether two histories (题注) tell of two texts of one statute, which bears the number of its first order still:
    国务院令第273号发布 of 1999, and 第760号修订 of 2023. Weeks lie between passing and promulgation, not years."""
    if a is None or b is None or (a.rule, b.rule) != (HISTORY_DAY, HISTORY_DAY):
        return False
    return abs(a.value - b.value) > _A_YEAR


_A_YEAR = timedelta(days=366)


def _titles_agree(a: Found[str] | None, b: Found[str] | None) -> bool:
    return a is None or b is None or similar(a.value, b.value)


def _named(groups: Sequence[Sequence[Analysis]], registry: Registry, as_final: bool) -> Iterator[Holding]:
    works = [(_work(group, registry), tuple(group)) for group in groups]
    works = [(_draft(work) if not as_final and is_draft(group[0]) else work, group) for work, group in works]
    names: dict[str, list[int]] = {}
    for index, (work, _) in enumerate(works):
        names.setdefault(work.key, []).append(index)
    for key, indexes in sorted(names.items()):
        for index in indexes:
            work, analyses = works[index]
            if len(indexes) > 1:
                work = replace(work, key=f"{key}#{work.documents[0][:6]}")
            yield Holding(work, analyses)


def _work(group: Sequence[Analysis], registry: Registry) -> Work:
    first = group[0]
    title = _first(group, "title")
    issuers = _issuers(group, registry)
    numbers = _numbers(group)
    key = str(numbers[0]) if numbers else f"《{nested(title.value)}》" if title else first.source.sha256[:12]
    dated, published = _first(group, "dated"), _first(group, "published")
    instruments = tuple(dict.fromkeys(found.value for analysis in group for found in analysis.elements.instruments))
    return Work(
        key=key,
        role=first.role.value,
        held=True,
        title=title.value if title else None,
        numbers=numbers,
        aliases=title_aliases(title.value if title else None, instruments),
        issuers=issuers,
        drafter=_drafter(group, issuers, registry),
        interpreter=_interpreter(group, issuers, registry),
        interpreter_evidence=_interpreter_evidence(group),
        doc_type=_value(_first(group, "doc_type")),
        instruments=instruments,
        registration_number=_value(_first(group, "registration_number")),
        dated=dated.value if dated else None,
        dated_repaired=dated is not None and dated.rule.startswith("repair."),
        published=published.value if published else None,
        effective=_value(_first(group, "effective")),
        expires=_last_day(_first(group, "expires")),
        effective_evidence=_place(group, "effective"),
        expires_evidence=_place(group, "expires"),
        disclosure=_value(_first(group, "disclosure")),
        addressees=tuple(dict.fromkeys(found.value for found in _longest(group, "addressees"))),
        number_repaired=_is_repaired(next((one for one in group if one.elements.number), first)),
        number_evidence=_number_evidence(group),
        status_label=_value(_first(group, "status_label")),
        said=tuple(dict.fromkeys(word for analysis in group for word in words_of(analysis))),
        tasks=max(len(analysis.tasks) for analysis in group),
        documents=tuple(analysis.source.sha256 for analysis in group),
        paths=tuple(analysis.source.path for analysis in group),
        problems=tuple(sorted({problem.rule for analysis in group for problem in analysis.problems})),
    )


def _draft(work: Work) -> Work:
    """The work as the draft that it is: its number is not given out yet."""
    title = f"《{nested(work.title)}》" if work.title else work.key
    return replace(work, key=key_of_draft(title), role="draft", numbers=(), number_evidence=None, number_repaired=False)


def _is_repaired(analysis: Analysis) -> bool:
    """Whether the paper's own number was read from damaged text, on its cover or in the page's table of metadata."""
    own = analysis.elements.number
    return own is not None and any(one.repaired for one in analysis.numbers if one.span == own.span)


def _number_evidence(group: Sequence[Analysis]) -> Evidence | None:
    for analysis in group:
        if found := analysis.elements.number:
            quote = next((one.raw for one in analysis.numbers if one.span == found.span), str(found.value))
            return Evidence(analysis.source.sha256, analysis.source.path, found.span, quote, rule=found.rule)
    return None


def _place(group: Sequence[Analysis], name: str) -> Evidence | None:
    """Where a date stands. The words are not at hand here; `effects` puts them in."""
    for analysis in group:
        if found := getattr(analysis.elements, name):
            return Evidence(analysis.source.sha256, analysis.source.path, found.span, "", rule=found.rule)
    return None


def _first(group: Sequence[Analysis], name: str) -> Any:
    return next((value for analysis in group if (value := getattr(analysis.elements, name))), None)


def _longest(group: Sequence[Analysis], name: str) -> tuple[Found[str], ...]:
    return max((getattr(analysis.elements, name) for analysis in group), key=len)


def _last_day(found: Found[date] | None) -> date | None:
    """The last day on which it holds; of a page that prints the next one, the day before that."""
    if found is None:
        return None
    return found.value - timedelta(days=1) if found.rule.endswith(DAY_AFTER) else found.value


def _value(found: Found[Any] | None) -> Any:
    return None if found is None else found.value


def _numbers(group: Sequence[Analysis]) -> tuple[DocumentNumber, ...]:
    found = (analysis.elements.number.value for analysis in group if analysis.elements.number)
    return tuple({number.key: number for number in reversed([*found]) if number.complete}.values())


def _issuers(group: Sequence[Analysis], registry: Registry) -> tuple[str, ...]:
    for analysis in group:
        if names := [found.value for found in analysis.elements.issuers]:
            context = next((full for name in names if (full := registry.canonical(name))), "")
            return tuple(dict.fromkeys(registry.canonical(name, context) or name for name in names))
    return ()


def title_aliases(title: str | None, instruments: Iterable[str]) -> tuple[str, ...]:
    """Other names of a work: without its issuer, its instruments, all of them without (试行); the laws of the State
    without 中华人民共和国."""
    names: list[str] = []
    if title:
        if title.startswith(STATE) and len(title) > len(STATE) + 2:
            names.append(title.removeprefix(STATE))
        parts = parse_title(title)
        if parts.issuers:
            names.append(title[title.find(parts.issuers) + len(parts.issuers) :])
        names.extend(instrument_names(parts))
    names.extend(instruments)
    plain = (without_trial(name) for name in (*names, *((title,) if title else ())))
    own = title_key(title) if title else ""
    unique = {title_key(name): name for name in (*names, *plain) if title_key(name) != own}
    return tuple(unique.values())


def _drafter(group: Sequence[Analysis], issuers: Sequence[str], registry: Registry) -> Drafter | None:
    """By the ladder of domain.md §6.2: words and fields first, then the department's own or the lead's name."""
    context = issuers[0] if issuers else ""
    for analysis in group:
        if found := analysis.elements.drafter:
            ladder = found.rule.removeprefix("drafter.")
            names = tuple(registry.acting(name, context) or name for name in registry.split(found.value))
            evidence = _evidence(analysis, found)
            return Drafter(names, ladder, "proxy" if ladder == "E4" else "stated", evidence)
    if not issuers or registry.is_government(context) or registry.is_government_office(context):
        return None
    source = next((a for a in group if a.elements.issuers), None)
    if source is None or group[0].role.value != "policy":
        return None
    evidence = _evidence(source, source.elements.issuers[0])
    return Drafter((issuers[0],), "E5" if len(issuers) == 1 else "E6", "presumed", evidence)


def _evidence(analysis: Analysis, found: Found[str]) -> Evidence:
    return Evidence(analysis.source.sha256, analysis.source.path, found.span, found.value, rule=found.rule)


def _interpreter(group: Sequence[Analysis], issuers: Sequence[str], registry: Registry) -> str | None:
    if group[0].role.value != "interpretation":
        return None
    for analysis in group:
        if found := analysis.elements.interpreter:
            context = issuers[0] if issuers else ""
            if found.rule.startswith(CONTRIBUTED):
                return "、".join(contributors_in(found.value))
            return registry.acting(found.value, context) or found.value
    return None


def _interpreter_evidence(group: Sequence[Analysis]) -> Evidence | None:
    if group[0].role.value != "interpretation":
        return None
    return next((_evidence(one, found) for one in group if (found := one.elements.interpreter)), None)
