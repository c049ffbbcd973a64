"""Numbers that held papers bear and their files lack, as interpretations of them say (domain.md §3.3).

Pages of announcements often print no number. 岚州海关关于进口渔获采信要求的公告 of 2023-12-25 is held, and its
interpretation says 海关于2023年12月25日发布岚州海关公告〔2023〕93号（关于进口渔获采信要求的公告）. Name, organ and a
day agree, so that this number means the held paper and no second one. It stays what the interpretation says
(`Work.cited_as`): it is no number of the paper's own, and gives it no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policylib.extract.dates import as_date, first_date
from policylib.extract.folding import fold, title_key
from policylib.extract.titles import parse_title
from policylib.link.catalogue import Catalogue
from policylib.link.cited import Spoken
from policylib.link.organs import Registry
from policylib.link.quoting import TextOf, shown
from policylib.link.resolve import UNPRINTED, number_of
from policylib.model import Citation, DocumentNumber, Evidence, NumberKind, Relation, Span, Work

_DAY: Final = r"(?P<day>(?:19|20)\d\d年 ?\d{1,2} ?月 ?\d{1,2} ?日)"
_MADE: Final = re.compile(
    rf"{_DAY},?[^。;,《》\d]{{0,16}}?(?:印发|公布|发布|出台|下发|颁布)了?[^。;,《》\d]{{0,16}}《?$"
)
"""岚州海关于2023年12月25日发布岚州海关, before its number or its name."""
_STARTS: Final = re.compile(rf"[^。;《》\n]{{0,80}}?[自从于]{_DAY}起?(?:正式)?(?:施行|实施|执行|生效)")
"""（关于…的公告），决定…，自2024年1月1日起施行, behind its number and its name."""
_OF_RULES: Final = re.compile(r"(?P<name>.{4,}?)的?(?P<kind>公告|通告|通知|决定|令)")
"""《X备案办法的公告》: short for 关于发布《X备案办法》的公告."""
_BESIDE: Final = 6  # characters between a name and its number: 》（
_ENDS: Final = "。;\n"


@dataclass(frozen=True, slots=True)
class Attested:
    """That a held paper bears a number which its file lacks. `words`: what agrees, in Chinese."""

    number: DocumentNumber
    work: str
    speaker: str
    evidence: Evidence
    words: str


def attested(
    spoken: Sequence[Spoken], catalogue: Catalogue, registry: Registry, text_of: TextOf
) -> tuple[Attested, ...]:
    """What interpretations attest; nothing where they give one number to two papers, or one paper two numbers."""
    found = [one for item in spoken for one in _of_claim(item, catalogue, registry, text_of)]
    works: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    for one in found:
        works.setdefault(one.number.key, set()).add(one.work)
        numbers.setdefault(one.work, set()).add(one.number.key)
    return tuple(one for one in found if len(works[one.number.key]) == len(numbers[one.work]) == 1)


def explained(relation: Relation, said: Mapping[tuple[str, str], Attested]) -> Relation:
    """The relation of an interpretation to the paper whose number it attests, on the sentence that does. `said`: by
    the ends of that relation."""
    one = said.get((relation.source, relation.target)) if relation.kind == "interprets" else None
    return (
        replace(relation, evidence=one.evidence, detail=one.words) if one and relation.tier == UNPRINTED else relation
    )


def _of_claim(item: Spoken, catalogue: Catalogue, registry: Registry, text_of: TextOf) -> Iterator[Attested]:
    claim, citation = item.claim, item.claim.citation
    number = number_of(citation)
    if claim.relation != "interprets" or not citation.title or citation.repaired or number is None:
        return
    if catalogue.by_number(number):
        return
    organs = _organs(citation, number, item, registry)
    named = [work for work in _called(citation.title, catalogue) if _is_of(work, organs, number, registry)]
    source = item.analysis.source
    text = text_of(source.sha256) if named else ""
    folded = fold(text)
    for place in _places(number, item) if named else ():
        days = _days_said(folded, place, fold(citation.title))
        fitting = [(work, words) for work in named if (words := days.agree_with(work, number.year))]
        if len(fitting) == 1:
            work, words = fitting[0]
            evidence = shown(source.sha256, source.path, text, days.sentence, "interprets.unprinted")
            yield Attested(number, work.key, item.speaker.key, evidence, words)
            return


def _called(title: str, catalogue: Catalogue) -> Iterator[Work]:
    """The held papers without a number that are called so: by their title, or by the rules that they bring."""
    found = {work.key: work for _, works in catalogue.by_title(title) for work in works}
    if match := _OF_RULES.fullmatch(title):
        rules = title_key(match["name"])
        for _, works in catalogue.by_title(match["name"]):
            for work in works:
                if work.doc_type == match["kind"] and rules in map(title_key, work.instruments):
                    found[work.key] = work
    yield from (work for work in found.values() if work.held and not work.numbers)


def _organs(citation: Citation, number: DocumentNumber, item: Spoken, registry: Registry) -> tuple[str, ...]:
    """Whose paper it is, as the interpretation says: by the organ before the title or in it, and by the number."""
    code = number.code or ""
    organs = re.sub("(?:联合)?(?:公告|通告)?$", "", code)
    names = [*registry.split(citation.issuer or ""), *registry.split(parse_title(citation.title or "").issuers)]
    if number.kind is NumberKind.DOCUMENT and organs == code:
        known = registry.issuers_of_code(code, registry.region_of(item.speaker.organ))
        names += known if len(known) == 1 else ()
    else:
        names += registry.split(organs)
    return tuple(dict.fromkeys(registry.canonical(name, item.speaker.organ) or name for name in names if name))


def _is_of(work: Work, organs: Sequence[str], number: DocumentNumber, registry: Registry) -> bool:
    """Whether the paper is of these organs. Announcements of several are counted apart from those of one: all of its
    makers are named."""
    announced = number.kind is NumberKind.ANNOUNCEMENT or (number.code or "").endswith(("公告", "通告"))
    counted = work.issuers if announced else work.issuers[:1]
    named = all(any(registry.same(organ, maker) == "same" for organ in organs) for maker in counted)
    return (
        named
        and bool(work.issuers)
        and all(any(registry.same(organ, maker) == "same" for maker in work.issuers) for organ in organs)
    )


def _places(number: DocumentNumber, item: Spoken) -> Iterator[Span]:
    """Where the interpretation has the number, with its organ or without (公告〔2023〕196号)."""
    for mention in item.analysis.numbers:
        known = mention.number
        same = known is not None and (known.year, known.serial) == (number.year, number.serial)
        if known and same and not mention.repaired and (known.key == number.key or not known.complete):
            yield mention.span


@dataclass(frozen=True, slots=True)
class _Days:
    """What a sentence says of a paper: when it was made public, and its first day."""

    sentence: Span
    made: date | None
    starts: date | None

    def agree_with(self, work: Work, year: int | None) -> str:
        """Which of the days are the paper's, in Chinese; "" where none is, or where one, or the number's year, cannot
        be."""
        own = {day for day in (work.dated, work.published_on) if day}
        years = {day.year for day in (self.made, *own) if day}
        of_year = year is None or not years or year in years
        early = self.made is not None and work.dated is not None and self.made < work.dated
        if early or not of_year or (self.starts and work.effective and self.starts != work.effective):
            return ""
        same = [f"发布日期（{self.made}）"] if self.made in own else []
        same += [f"施行日期（{self.starts}）"] if self.starts and self.starts == work.effective else []
        return f"所存文件没有文号，文号是解读写的；标题、机关、{'、'.join(same)}相同" if same else ""


def _days_said(folded: str, number: Span, title: str) -> _Days:
    """The days in the sentence of a number, beside it and the title that stands next to it."""
    start = max(folded.rfind(mark, 0, number.start) for mark in _ENDS) + 1
    ends = [end for mark in _ENDS if (end := folded.find(mark, number.end)) >= 0]
    sentence = Span(start, min(ends, default=len(folded)))
    first, last = number.start, number.end
    at = folded.find(title, sentence.start, sentence.end)
    if at >= 0 and max(at - last, first - at - len(title)) <= _BESIDE:
        first, last = min(first, at), max(last, at + len(title))
    made = _MADE.search(folded, sentence.start, first)
    starts = _STARTS.match(folded, last, sentence.end)
    return _Days(sentence, _day(made), _day(starts))


def _day(match: re.Match[str] | None) -> date | None:
    found = first_date(match["day"]) if match else None
    return as_date(found.value) if found else None
