"""Claims to relations, relations to effects. The result does not depend on the order in which files arrived."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policylib.extract.folding import title_key
from policylib.extract.organ_names import STATE
from policylib.extract.worded_targets import is_worded
from policylib.link.catalogue import Catalogue
from policylib.link.cited import Spoken, add_cited
from policylib.link.confirmed import accepted, answered, judged, last_words
from policylib.link.corrected import corrected
from policylib.link.corroborate import Intact, corroboration, intact_numbers
from policylib.link.default_terms import DefaultTerms
from policylib.link.drafts import relations_of_drafts
from policylib.link.effects import effects_of
from policylib.link.history import history_effects
from policylib.link.holdings import Holding, hold
from policylib.link.labels import label_effects
from policylib.link.listed_drafters import with_listed_drafters
from policylib.link.organs import Registry
from policylib.link.quoting import LONGEST, TextOf, cut_at_marks, quote
from policylib.link.resolve import Speaker, resolve
from policylib.link.revised import relations_of_revised, with_revising_numbers
from policylib.link.since import with_days
from policylib.link.suggested import ending_the_same, listed_so, nearly_named, worded_so
from policylib.link.unprinted import Attested, attested, explained
from policylib.model import Analysis, Effect, Evidence, Judgement, Relation, Span, Unresolved, Work, nested
from policylib.tables import Tables

_SILENT: Final = ("none", "issues", "annex_of")


@dataclass(frozen=True, slots=True)
class Linked:
    """All that is derived from facts and judgements, sorted."""

    works: tuple[Work, ...]
    relations: tuple[Relation, ...]
    effects: tuple[Effect, ...]
    unresolved: tuple[Unresolved, ...]


def link(
    analyses: Sequence[Analysis],
    text_of: TextOf,
    judgements: Sequence[Judgement],
    tables: Tables,
    jurisdiction: str = "",
    *,
    profile: str = "",
    read_on: Callable[[str], date | None] = lambda sha256: None,
) -> Linked:
    """Works, relations and effects of these documents, as people have judged them.

    Works that are cited but not held become works too (`held` false): the same number, or the same title, is one.
    `profile` is the rule set that the office has chosen. `read_on` tells when a file was fetched: of that day a site's
    label speaks, and without it no label becomes an event.
    """
    registry = Registry(tables, jurisdiction)
    holdings = with_revising_numbers(_as_people_say(hold(analyses, registry), judgements), text_of)
    catalogue = Catalogue(holding.work for holding in holdings)
    drafts = [one for one in holdings if one.work.role == "draft"]  # what they say is not said yet
    spoken = [item for one in holdings if one.work.role != "draft" for item in _spoken(one)]
    said = _not_denied(attested(spoken, catalogue, registry, text_of), judgements)
    holdings = _with_numbers(holdings, said, catalogue)
    add_cited(spoken, catalogue, registry)
    made, unresolved = _resolved(with_days(spoken, holdings, text_of), catalogue, registry, text_of)
    attests = {(one.speaker, one.work): one for one in said}
    made = [(item, explained(relation, attests)) for item, relation in made]
    finals = relations_of_drafts(((one.work, one.analyses[0]) for one in drafts), catalogue, text_of)
    revised = relations_of_revised(holdings, text_of)
    named = _merged([*(one for _, one in made), *finals, *revised])
    unresolved += [*ending_the_same(named, catalogue, registry), *_listed(named, catalogue, judgements)]
    relations, unresolved = _answered(named, unresolved, holdings, catalogue, judgements, text_of)
    intact = intact_numbers(holdings)
    relations = [_corroborated(one, catalogue, intact) for one in relations]
    catalogue.replace(_number_checked(holding.work, intact) for holding in holdings)
    rows = [(item, relation) for item, relation in made if item.claim.drafter]
    catalogue.replace(list(with_listed_drafters(catalogue, rows, relations, registry, text_of)))
    catalogue.replace(list(_called(made, {one.edge for one in relations}, catalogue)))
    works = _in_use(catalogue, relations, unresolved, judgements)
    terms = DefaultTerms(tables, registry, jurisdiction, profile)
    besides = [effect for one in holdings for effect in _besides(one, catalogue, terms, read_on, text_of)]
    effects = tuple(effects_of(works, relations, besides, text_of))
    ordered = tuple(sorted(relations, key=lambda one: (*one.edge, one.evidence.span)))
    return Linked(works, ordered, effects, _first_of_each(unresolved))


def _answered(
    named: Sequence[Relation],
    unresolved: Sequence[Unresolved],
    holdings: Sequence[Holding],
    catalogue: Catalogue,
    judgements: Sequence[Judgement],
    text_of: TextOf,
) -> tuple[list[Relation], list[Unresolved]]:
    """The relations, with those that people confirmed and without those that they denied; and what is still asked."""
    confirmed = list(accepted(named, unresolved, holdings, catalogue, judgements, text_of))
    kept, asked = answered(named, unresolved, confirmed, catalogue.works, judgements)
    return judged(_merged([*kept, *confirmed]), judgements), asked


def _as_people_say(holdings: Sequence[Holding], judgements: Iterable[Judgement]) -> tuple[Holding, ...]:
    said: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        said.setdefault(judgement.source, []).append(judgement)
    return tuple(
        replace(one, work=corrected(one.work, said[one.work.key])) if one.work.key in said else one for one in holdings
    )


def _with_numbers(holdings: Sequence[Holding], said: Iterable[Attested], catalogue: Catalogue) -> tuple[Holding, ...]:
    """The holdings with the numbers that their files lack, by which the catalogue knows them from now on."""
    numbers = {one.work: one.number for one in said}
    known = tuple(
        replace(one, work=replace(one.work, cited_as=(numbers[one.work.key],))) if one.work.key in numbers else one
        for one in holdings
    )
    for holding in known if numbers else ():
        if holding.work.cited_as:
            catalogue.attribute(holding.work)
    return known


def _not_denied(said: Iterable[Attested], judgements: Iterable[Judgement]) -> tuple[Attested, ...]:
    """What interpretations say of the numbers of papers, but where a person denied that they explain them."""
    denied = {edge for edge, word in last_words(judgements).items() if word.verdict == "reject"}
    return tuple(one for one in said if (one.speaker, one.work, "interprets") not in denied)


def _in_use(
    catalogue: Catalogue,
    relations: Iterable[Relation],
    unresolved: Iterable[Unresolved],
    judgements: Iterable[Judgement],
) -> tuple[Work, ...]:
    """The works that are held or that anything names, sorted. What only a judgement names stays, or nobody could take
    back what denied the only mention of a work."""
    named = {one.target for one in relations} | {key for one in unresolved for key in one.candidates}
    named |= {one.target for one in judgements}
    return tuple(sorted((w for w in catalogue.works.values() if w.held or w.key in named), key=lambda work: work.key))


def _called(
    made: Iterable[tuple[Spoken, Relation]], kept: Container[tuple[str, str, str]], catalogue: Catalogue
) -> Iterator[Work]:
    """The held works whose files print no title, under the one that their interpretations give them beside the number:
    《岚州海关风险管理办法》（岚州海关令第7号）. None where these give two. `kept`: what nobody has denied."""
    titles: dict[str, dict[str, str]] = {}
    for item, relation in made:
        title = item.claim.citation.title
        if relation.kind == "interprets" and relation.edge in kept and title and item.claim.citation.numbers:
            titles.setdefault(relation.target, {}).setdefault(title_key(title), title)
    for key, named in titles.items():
        work = catalogue.works[key]
        if work.held and work.title is None and len(named) == 1:
            yield replace(work, called=next(iter(named.values())))


def _listed(relations: Sequence[Relation], catalogue: Catalogue, judgements: Sequence[Judgement]) -> list[Unresolved]:
    """The rows of cleanup results that people have said mean a paper nearly called so."""
    said = [word for word in last_words(judgements).values() if word.verdict == "accept"]
    ends = [(one.kind, catalogue.works.get(one.source), catalogue.works.get(one.target)) for one in said]
    return [
        row
        for kind, source, target in ends
        if source and target
        for row in listed_so(kind, source, target, relations, catalogue.works)
    ]


def _first_of_each(unresolved: Sequence[Unresolved]) -> tuple[Unresolved, ...]:
    """Of the citations of one wording in a paper the first."""
    first = {(one.source, one.kind, one.wanted): one for one in reversed(unresolved)}
    return tuple(sorted(first.values(), key=lambda one: (one.source, one.evidence.span)))


def _besides(
    holding: Holding,
    catalogue: Catalogue,
    terms: DefaultTerms,
    read_on: Callable[[str], date | None],
    text_of: TextOf,
) -> Iterator[Effect]:
    """What the files and the rule sets say of a work besides its own words and what others do to it."""
    work = catalogue.works[holding.work.key]
    yield from terms.of(work, holding.analyses, text_of)
    yield from history_effects(work, holding.analyses[0], text_of)
    for analysis in holding.analyses:
        yield from label_effects(work, analysis, read_on(analysis.source.sha256), text_of)


def _spoken(holding: Holding) -> Iterator[Spoken]:
    """The claims of the fullest file of a work, and of its annexes; other files of the same work say the same."""
    work = holding.work
    organ = work.issuers[0] if work.issuers else ""
    for analysis in (holding.analyses[0], *holding.annexes):
        for claim in analysis.claims:
            if claim.relation not in _SILENT:
                yield Spoken(claim, Speaker(work.key, organ, work.day or work.effective), analysis)


# Relations ------------------------------------------------------------------------------------------------------


def _resolved(
    spoken: Iterable[Spoken], catalogue: Catalogue, registry: Registry, text_of: TextOf
) -> tuple[list[tuple[Spoken, Relation]], list[Unresolved]]:
    """The relations that the claims make, each with its claim; and what stays open, or is to be looked at."""
    made: list[tuple[Spoken, Relation]] = []
    unresolved: list[Unresolved] = []
    for item in spoken:
        found = _relation(item, catalogue, registry, text_of)
        if isinstance(found, Relation):
            made.append((item, found))
            unresolved += nearly_named(found, catalogue, registry)
        elif found is not None:
            unresolved.append(found)
    return made, unresolved


def _relation(item: Spoken, catalogue: Catalogue, registry: Registry, text_of: TextOf) -> Relation | Unresolved | None:
    claim, citation = item.claim, item.claim.citation
    evidence = evidence_of(item, text_of)
    if citation.form == "tail":
        return _tail(item, catalogue, evidence) if claim.relation != "mentions" else None
    if citation.form == "anaphor" or (citation.form == "short" and citation.refers_to is not None):
        citation = item.analysis.claims[citation.refers_to or 0].citation
    found = resolve(citation, item.speaker, catalogue, registry, draft=claim.relation == "draft_of")
    wanted = "".join((f"《{nested(citation.title)}》" if citation.title else "", *map(str, citation.numbers)))
    if found.work is None and is_worded(claim) and not found.candidates:
        return worded_so(item.speaker.key, citation, evidence, catalogue, registry)
    if found.work is None:
        if not found.candidates or claim.relation == "mentions":
            return None
        return Unresolved(
            item.speaker.key, claim.relation, wanted, found.candidates, found.reason, evidence,
            claim.mode, claim.detail or claim.reason, item.since,
        )  # fmt: skip
    if found.work.key == item.speaker.key:
        return None
    sure = min(found.confidence, claim.cue.confidence if claim.cue else 1.0)
    explains = found.work.held and is_worded(claim)
    return Relation(
        kind="interprets" if explains else claim.relation,
        source=item.speaker.key,
        target=found.work.key,
        evidence=evidence,
        confidence=sure,
        tier=found.tier,
        mode=claim.mode,
        detail=claim.detail or claim.reason,
        repaired=citation.repaired,
        since=item.since,
    )


def _tail(item: Spoken, catalogue: Catalogue, evidence: Evidence) -> Relation | Unresolved | None:
    """及其实施细则: the work whose title says 《B》实施细则, held or not; none is made up."""
    citation = item.claim.citation
    parents = item.analysis.claims
    if citation.refers_to is None or citation.refers_to >= len(parents):
        return None
    parent = parents[citation.refers_to].citation
    kind = re.sub(r"^及其?(?:配套的?)?", "", citation.tail or "")
    name = (parent.title or "").removeprefix(STATE)
    fitting = catalogue.ending(f"{name}{kind}")
    label = f"《{nested(parent.title or '')}》的{kind}"
    if len(fitting) == 1 and fitting[0] != item.speaker.key:
        return Relation(item.claim.relation, item.speaker.key, fitting[0], evidence, 0.7, "T7", item.claim.mode)
    reason = "只写“及其…”而未写名称，本库中" + ("有多份可能" if fitting else "没有这份文件")
    return Unresolved(item.speaker.key, item.claim.relation, label, tuple(fitting), reason, evidence, item.claim.mode)


def evidence_of(item: Spoken, text_of: TextOf) -> Evidence:
    """The sentence or row that a claim stands on, as far as it can be shown."""
    source = item.analysis.source
    text = text_of(source.sha256)
    scope = item.claim.scope
    span = item.claim.citation.span
    if scope.end - scope.start > LONGEST:
        near = Span(max(scope.start, span.start - LONGEST // 2), min(scope.end, span.end + LONGEST // 2))
        scope = cut_at_marks(text, near, scope, span)
    rule = item.claim.cue.rule if item.claim.cue else "mention"
    return quote(source.sha256, source.path, text, scope, rule)


def _merged(relations: Iterable[Relation]) -> list[Relation]:
    """One relation a kind between two works, on its best evidence; mentions fall away beside anything stronger."""
    best: dict[tuple[str, str, str], Relation] = {}
    for one in relations:
        key = one.edge
        other = best.get(key)
        if other is None or _rank(one) < _rank(other):
            best[key] = (
                replace(one, detail=one.detail or other.detail, since=one.since or other.since) if other else one
            )
        else:
            best[key] = replace(other, detail=other.detail or one.detail, since=other.since or one.since)
    strong = {(one.source, one.target) for one in best.values() if one.kind != "mentions"}
    return [
        one
        for key, one in best.items()
        if (one.kind != "mentions" or key[:2] not in strong) and (one.judged or not _is_said_better(one, best))
    ]


def _is_said_better(one: Relation, best: Mapping[tuple[str, str, str], Relation]) -> bool:
    """A reference to what a paper rests on; and 关于修订《X》的通知, which brings a new X and repeals the old one."""
    if one.kind == "reference":
        return (one.source, one.target, "basis") in best
    repealed = best.get((one.source, one.target, "repeals"))
    return (
        one.evidence.rule == "title.amends" and one.kind == "amends" and repealed is not None and repealed.mode == "act"
    )


def _rank(relation: Relation) -> tuple[bool, bool, bool, float, Span]:
    """Acts before plans; whole numbers before repaired; a sentence that names its day before one that does not."""
    undated = _DAY.search(relation.evidence.quote) is None
    return relation.mode != "act", relation.repaired, undated, -relation.confidence, relation.evidence.span


_DAY = re.compile(
    r"自[^。；]{0,12}(?:19|20)\d\d年[^。；]{0,8}日起?(?:废止|失效|停止|暂停|施行|执行)|(?:至|到)(?:19|20)\d\d年\d{1,2}月"
)


def _corroborated(relation: Relation, catalogue: Catalogue, intact: Intact) -> Relation:
    if not relation.repaired:
        return relation
    number = catalogue.works[relation.target].number
    words = corroboration(number, relation.source, intact) if number else None
    return replace(relation, corroboration=words, confidence=0.95 if words else relation.confidence)


def _number_checked(work: Work, intact: Intact) -> Work:
    if not work.number_repaired or work.number is None:
        return work
    return replace(work, number_corroboration=corroboration(work.number, work.key, intact))
