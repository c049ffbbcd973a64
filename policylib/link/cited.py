"""Works that are cited and not held: the same number, or the same title, is one work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylib.extract.folding import title_key
from policylib.extract.organ_names import STATE
from policylib.extract.titles import doc_type_of, names_nothing, parse_title
from policylib.link.catalogue import Catalogue
from policylib.link.holdings import title_aliases
from policylib.link.organs import Registry
from policylib.link.resolve import Resolution, Speaker, number_of, resolve
from policylib.link.similar_titles import similar
from policylib.model import Analysis, Citation, Claim, DocumentNumber, Since, Work, nested


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim with the one who makes it, and what the text says elsewhere of its day."""

    claim: Claim
    speaker: Speaker
    analysis: Analysis
    since: Since | None = None


def add_cited(spoken: Sequence[Spoken], catalogue: Catalogue, registry: Registry) -> None:
    """First those with a number, with the titles that go with it; then titles alone; last the tails."""
    numbered: dict[str, list[Spoken]] = {}
    for item in spoken:
        number = number_of(item.claim.citation)
        if number and resolve(item.claim.citation, item.speaker, catalogue, registry) == Resolution():
            numbered.setdefault(number.key, []).append(item)
    for key in sorted(numbered):
        for work in _numbered_works(numbered[key], registry):
            catalogue.add(work)
    titled: dict[str, list[Spoken]] = {}
    for item in spoken:
        citation = item.claim.citation
        named = citation.form == "title" and _title(citation) and item.claim.relation != "mentions"
        if named and resolve(citation, item.speaker, catalogue, registry) == Resolution():
            titled.setdefault(title_key(citation.title or ""), []).append(item)
    for key in sorted(titled):
        if STATE + key in titled:
            continue  # 《节约用水法》 is another name of 《中华人民共和国节约用水法》
        work = _titled_work(titled[key], registry)
        if work.key not in catalogue.works:
            catalogue.add(work)


def _numbered_works(items: Sequence[Spoken], registry: Registry) -> Iterator[Work]:
    """One work for a number; two when it is cited with two titles that cannot be one paper's."""
    families: list[list[Spoken]] = []
    for item in sorted(
        items, key=lambda one: (_title(one.claim.citation) is None, one.speaker.key, one.claim.citation.span)
    ):
        title = _title(item.claim.citation)
        for family in families:
            known = next(filter(None, (_title(one.claim.citation) for one in family)), None)
            if title is None or known is None or similar(title, known):
                family.append(item)
                break
        else:
            families.append([item])
    for index, family in enumerate(families):
        citation = max((one.claim.citation for one in family), key=lambda one: len(_title(one) or ""))
        number = number_of(citation) or number_of(family[0].claim.citation)
        assert number is not None
        key = str(number) if index == 0 else f"{number}#{index + 1}"
        yield _cited_work(key, citation, (number,), family[0], registry)


def _title(citation: Citation) -> str | None:
    """The title that it names a work by; none that got lost, or is the word of a column (《废止》, 《??办法》)."""
    return citation.title if citation.title and not names_nothing(citation.title) else None


def _titled_work(items: Sequence[Spoken], registry: Registry) -> Work:
    first = min(items, key=lambda one: (one.speaker.key, one.claim.citation.span))
    citation = first.claim.citation
    return _cited_work(f"《{nested(citation.title or '')}》", citation, (), first, registry)


def _cited_work(
    key: str, citation: Citation, numbers: tuple[DocumentNumber, ...], by: Spoken, registry: Registry
) -> Work:
    title = _title(citation)
    issuers: tuple[str, ...] = ()
    if named := citation.issuer or parse_title(title or "").issuers:  # 青政发 is not 青岛's alone
        names = registry.split(named)
        issuers = tuple(registry.canonical(name, by.speaker.organ) or name for name in names)
    elif numbers and numbers[0].code:
        known = registry.issuers_of_code(numbers[0].code, registry.region_of(by.speaker.organ))
        issuers = known if len(known) == 1 else ()
    return Work(
        key=key,
        role="policy",
        held=False,
        title=title,
        numbers=numbers,
        aliases=title_aliases(title, ()),
        issuers=issuers,
        doc_type=doc_type_of(title or ""),
    )
