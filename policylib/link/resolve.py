"""A citation to the work it means: one, none, or several that stay several (domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from policylib.extract.folding import title_key
from policylib.extract.titles import names_nothing, parse_title
from policylib.link.catalogue import Catalogue
from policylib.link.organs import Registry
from policylib.link.similar_titles import similar
from policylib.model import Citation, DocumentNumber, NumberKind, Work


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who cites, and when: the frame for relative names and for the version in force."""

    key: str
    organ: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """work: the one meant. candidates: when several fit. reason: in Chinese, why nothing was chosen."""

    work: Work | None = None
    tier: str = ""
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    reason: str = ""


NOTHING = Resolution()
UNPRINTED: Final = "T8"
"""The tier of a held paper that is found by a number which it does not print (docs/contract.md)."""


def resolve(
    citation: Citation, speaker: Speaker, catalogue: Catalogue, registry: Registry, draft: bool = False
) -> Resolution:
    """T0 by number, T1 full title, T2 title with the issuer outside, T3 instrument, T4 without (试行), T8 by a number
    that an interpretation gives it."""
    by_number = _by_numbers(citation, catalogue) or _by_order(citation, catalogue, registry)
    if not by_number:
        return _by_title(citation, speaker, catalogue, registry, draft)
    fitting = tuple(work for work in by_number if _agrees(citation, work))
    if not fitting:
        by_title = _by_title(citation, speaker, catalogue, registry, draft)
        return _disagreement(citation, by_number, by_title, catalogue)
    if citation.title is None and citation.issuer is None and not _own_region(fitting, citation, speaker, registry):
        return Resolution(candidates=tuple(work.key for work in fitting), reason="机关代字为几个机关共用，不能确定")
    if citation.title is None and not any(_made_jointly(citation, work, registry) for work in fitting):
        return Resolution(candidates=tuple(work.key for work in fitting), reason="令号相同，联合制定的机关不符")
    if len(fitting) > 1:
        fitting = _of_issuer(fitting, citation, speaker, registry) or fitting
    if len({(title_key(work.title or work.key), work.issuers) for work in fitting}) == 1:
        fitting = _in_force(fitting, speaker.on)  # the texts of one statute, that bears the number of its first order
    if len(fitting) == 1 and fitting[0].held and not fitting[0].numbers:
        return Resolution(fitting[0], UNPRINTED, 0.7 if citation.repaired else 0.9)
    if len(fitting) == 1:
        return Resolution(fitting[0], "T0", 0.7 if citation.repaired else 1.0)
    return Resolution(candidates=tuple(work.key for work in fitting), reason="同一文号有多份文件")


def _own_region(works: Sequence[Work], citation: Citation, speaker: Speaker, registry: Registry) -> bool:
    """Whether a bare number can mean these works: 宁政发 is 南京's in Jiangsu and 宁夏's in Ningxia."""
    number = number_of(citation)
    if number is None or number.code is None or len(registry.issuers_of_code(number.code)) < 2:
        return True
    meant = registry.issuers_of_code(number.code, registry.region_of(speaker.organ))
    return len(meant) == 1 and any(meant[0] in work.issuers or not work.issuers for work in works)


def _made_jointly(citation: Citation, work: Work, registry: Registry) -> bool:
    """Whether an order that is cited with several organs, by its number alone, can be this one: they are the work's
    makers, as far as these are known. 报财政部、公安部令第23号 may mean two things."""
    number = number_of(citation)
    joint = _makers(number)[1:] if number else ()
    makers = {*work.issuers, *(name for one in work.numbers for name in _makers(one))}
    return not joint or not work.held or all(_among(name, makers, registry) for name in joint)


def _makers(number: DocumentNumber) -> tuple[str, ...]:
    """The organs whose order it is, as the number names them; none where it is no order."""
    return tuple((number.code or "").split("、")) if number.kind is NumberKind.ORDER else ()


def _among(name: str, makers: Iterable[str], registry: Registry) -> bool:
    return any(registry.same(name, maker) == "same" for maker in makers)


def _disagreement(
    citation: Citation, by_number: Sequence[Work], by_title: Resolution, catalogue: Catalogue
) -> Resolution:
    """No bearer of the number has the cited title. A damaged number gives way to the title; a whole one does not."""
    if by_title.work and citation.repaired:
        return by_title
    named = {work.key for _, works in catalogue.by_title(citation.title or "") for work in works}
    keys = tuple(dict.fromkeys((*(work.key for work in by_number), *sorted(named))))
    return Resolution(candidates=keys, reason="文号与标题指向不同文件" if named else "文号相同而标题不同")


def _by_numbers(citation: Citation, catalogue: Catalogue) -> tuple[Work, ...]:
    """Those that bear the number, and with a title beside it those that were made anew by the order of that number: the
    order may be held as a paper of its own, and alone it means that."""
    for number in citation.numbers:
        bearing = catalogue.by_number(number) if number.complete else ()
        revised = catalogue.revised_by(number) if number.complete and (citation.title or not bearing) else ()
        if works := tuple(dict.fromkeys((*bearing, *revised))):
            return works
    return ()


def _by_order(citation: Citation, catalogue: Catalogue, registry: Registry) -> tuple[Work, ...]:
    """Held orders of the same organ whose name is spelled otherwise, where nothing but the number is cited:
    住房城乡建设部令第11号 is 住房和城乡建设部令第11号."""
    number = number_of(citation)
    if citation.title or number is None or number.kind is not NumberKind.ORDER:
        return ()
    held = (work for work in catalogue.orders(number.serial) if work.held)
    return tuple(work for work in held if _order_of(number, work, registry, first=True))


def _agrees(citation: Citation, work: Work) -> bool:
    if citation.title is None or work.title is None:
        return True
    names = (work.title, *work.aliases)
    wanted = citation.title
    inner = parse_title(wanted).objects
    return any(similar(name, one) for name in names for one in (wanted, *inner))


def _by_title(
    citation: Citation, speaker: Speaker, catalogue: Catalogue, registry: Registry, draft: bool
) -> Resolution:
    if not citation.title or names_nothing(citation.title):
        return NOTHING
    for tier, works in catalogue.by_title(citation.title):
        others = tuple(work for work in works if work.key != speaker.key and _number_allows(citation, work, registry))
        if not others:
            continue
        of_year = tuple(work for work in others if _year_allows(citation, work))
        if not of_year:
            keys = tuple(sorted(work.key for work in others))
            return Resolution(candidates=keys, reason=f"引文写的是{citation.year}年发布的，同名文件不是那一年的")
        fitting = _of_issuer(of_year, citation, speaker, registry)
        if draft:
            fitting = _next(fitting, speaker.on)
        elif len({registry.region_of(work.issuers[0]) for work in fitting if work.issuers} - {""}) < 2:
            fitting = _in_force(fitting, speaker.on)  # papers of one name in two cities are no versions of each other
        if len(fitting) == 1:
            sure = {"T1": 0.95, "T3": 0.9, "T4": 0.8}[tier]
            return Resolution(fitting[0], "T2" if tier == "T3" and citation.issuer else tier, sure)
        if fitting:
            return Resolution(candidates=tuple(sorted(work.key for work in fitting)), reason="同名文件不止一份")
        return Resolution(candidates=tuple(sorted(work.key for work in others)), reason="同名文件的制定机关不符")
    return NOTHING


def _number_allows(citation: Citation, work: Work, registry: Registry) -> bool:
    """A citation that names a number means no work that bears another."""
    numbers = tuple(number for number in citation.numbers if number.complete)
    borne = (*work.numbers, *work.cited_as, *work.revised_by)
    if not numbers or not borne or not work.held:
        return True
    return any(one.key == other.key for one in numbers for other in borne) or any(
        _order_of(one, work, registry) for one in numbers
    )


def _order_of(number: DocumentNumber, work: Work, registry: Registry, first: bool = False) -> bool:
    """Whether a number of another spelling can be that of this order, as 住房城乡建设部令第11号 can be that of
    住房和城乡建设部令2020年第11号, and 公安部令第23号, of the second organ, that of 生态环境部、公安部令第23号.
    Asked where the title says so, for many organs count alike; or of the `first` organ alone, where no title is given.
    """
    for own in work.numbers:
        years = (number.year, own.year or (work.day and work.day.year))
        if number.serial == own.serial and (None in years or years[0] == years[1]):
            makers = _makers(own)[:1] if first else _makers(own)
            cited = _makers(number)[:1] if first else _makers(number)
            return any(_among(name, makers, registry) for name in cited)
    return False


def _year_allows(citation: Citation, work: Work) -> bool:
    """A citation that names the year of issue means no work of another: of its date, or of its number."""
    years = {work.day.year} if work.day else set()
    years |= {number.year for number in work.numbers if number.year}
    return citation.year is None or not years or citation.year in years


def _of_issuer(works: Sequence[Work], citation: Citation, speaker: Speaker, registry: Registry) -> tuple[Work, ...]:
    """Those whose issuer can be the one that the citation names; all, when it names none or nothing can be told."""
    if citation.issuer is None:
        return _nearest(works, speaker, registry)
    named = [registry.canonical(name, speaker.organ) for name in registry.split(citation.issuer)]
    known = [name for name in named if name]
    if not known:
        return tuple(works)
    return tuple(
        work for work in works
        if not work.issuers or any(registry.same(a, b) not in ("different",) for a in known for b in work.issuers)
    )  # fmt: skip


def _nearest(works: Sequence[Work], speaker: Speaker, registry: Registry) -> tuple[Work, ...]:
    """Of works of one name in several regions, those of the speaker's own region, when there are any."""
    if len(works) < 2 or not speaker.organ:
        return tuple(works)
    region = registry.region_of(speaker.organ)
    near = tuple(work for work in works if work.issuers and registry.region_of(work.issuers[0]) == region)
    return near or tuple(works)


def _in_force(works: Sequence[Work], on: date | None) -> tuple[Work, ...]:
    """The version that was the latest on the citing day; works without a date are kept."""
    if len(works) < 2 or on is None:
        return tuple(works)
    dated = [(day, work) for work in works if (day := work.day) and day <= on]
    if not dated or any(work.day is None for work in works):
        return tuple(works)
    latest = max(day for day, _ in dated)
    return tuple(work for day, work in dated if day == latest)


def _next(works: Sequence[Work], on: date | None) -> tuple[Work, ...]:
    """The first version that came after a draft; none when all are older."""
    later = [(day, work) for work in works if (day := work.day) and on and day >= on]
    first = min((day for day, _ in later), default=None)
    return tuple(work for day, work in later if day == first)


def number_of(citation: Citation) -> DocumentNumber | None:
    return next((number for number in citation.numbers if number.complete), None)
