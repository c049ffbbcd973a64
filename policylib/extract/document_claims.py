"""What a document says of others, from its title to its annexes: line by line, each with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policylib.extract.anaphors import antecedents, changes_something, find_anaphors, named_in_short
from policylib.extract.citations import Context, Mention, find_mentions, tails
from policylib.extract.claims import Paragraph, claims_of
from policylib.extract.dates import as_date, first_date
from policylib.extract.explained_mentions import Interpretation, opening_of
from policylib.extract.folding import fold, title_key
from policylib.extract.layout import Layout, Line
from policylib.extract.list_headings import ListHeading, changes_all, is_changed, list_heading, listed
from policylib.extract.several import annexes_of_others, forwarded_from
from policylib.extract.target_headings import Target
from policylib.extract.targets import find_target
from policylib.extract.title_claims import title_claims
from policylib.extract.titles import parse_title
from policylib.extract.unread_ends import UNREAD_END
from policylib.model import Claim, Elements, Found, RelationKind, Role, Span

_OPENING_END = ("一、", "第二条", "(一)", "1.", "1、")
_CHANGES = (
    "repeals", "lapses", "partly_repeals", "amends", "extends", "suspends", "reinstates", "republishes", "replaces",
)  # fmt: skip
_ONLY_PLANS = re.compile(r"(?:工作要点|(?:制定|立法|工作)计划|会议纪要|请示|议案|公示)(?:》?的通知)?$")
"""关于废止《A》的请示, 2021年工作要点: what stands there is wished or agreed, and another paper does it."""
_EXTENSION = re.compile(
    r"有效期[^。;]{0,12}?(?:延长|延续|延期|延至|顺延|调整)[^。;]{0,6}?(?:至|到)((?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)


def document_claims(
    context: Context, layout: Layout, elements: Elements, role: Found[Role], rows: Sequence[Claim]
) -> tuple[list[Claim], Target | None]:
    """The claims of the title, of the rows of its lists, and of each line; of an interpretation also what it explains.
    `rows` are those of a cleanup result, which were read as rows."""
    claims, target = _all_claims(context, layout, elements, role, rows)
    claims = _without_annexes_of_others(_of_the_notice(claims, layout), layout)
    only_plans = elements.title is not None and _ONLY_PLANS.search(fold(elements.title.value))
    return (list(map(_as_plan, claims)) if only_plans else claims), target


def _all_claims(
    context: Context, layout: Layout, elements: Elements, role: Found[Role], rows: Sequence[Claim]
) -> tuple[list[Claim], Target | None]:
    explains = role.value == "interpretation"
    claims: list[Claim] = []
    if elements.title and not explains and not elements.title.rule.startswith("metadata"):
        claims += _from_title(context, elements.title)
    claims += rows
    covered = _covered(claims, layout)
    body = _unbroken(layout.of("body", "row", "note", "annex", *(("title",) if explains else ())), context.folded)
    mentions: list[Mention] = []
    opening = True
    heading: ListHeading | None = None
    changed = changes_all(elements.title)
    for index, line in enumerate(body):
        opening = opening and not (index and line.text.startswith(_OPENING_END))
        heading = list_heading(line, context.text, heading)
        if not _may_cite(context, line, claims) or line.span in covered:
            continue
        found, made = _line_claims(context, line, opening, role.value, claims)
        mentions += found
        above = changed if changed and index + 1 < len(body) and is_changed(line, body[index + 1]) else heading
        claims += [listed(above, claim, context.folded) for claim in made] if above else made
    if not explains:
        return _without_doubles(claims), None
    spans = [line.span for line in layout.lines if line.role in ("body", "annex")]
    opening_words = opening_of(context.folded, spans)
    target = find_target(
        Interpretation(elements.title, mentions, context.folded, opening_words, context.numbers, elements.number)
    )
    return (_with_target(claims, target) if target else [_reported(claim) for claim in claims]), target


def _covered(claims: Sequence[Claim], layout: Layout) -> frozenset[Span]:
    """The lines that were read as rows or as a title; a row whose title goes on in the next covers both."""
    scopes = {claim.scope.start: claim.scope for claim in claims}
    covered = set(scopes.values())
    end = 0
    for line in layout.lines:
        end = max(end, scopes[line.span.start].end) if line.span.start in scopes else end
        if line.span.end <= end:
            covered.add(line.span)
    return frozenset(covered)


def _of_the_notice(claims: list[Claim], layout: Layout) -> list[Claim]:
    """The claims of a paper, those of a notice that forwards another without what that one rests on: the 请示 behind it
    was drawn up by its grounds, and the notice only mentions them."""
    forwarded = [one.citation for one in claims if one.relation == "forwards" and one.mode == "act"]
    start = forwarded_from(layout, (one.title for one in forwarded if one.title)) if forwarded else None
    if start is None or all(one.span.start > start for one in forwarded):
        return claims
    return [
        replace(one, relation="mentions") if one.relation == "basis" and one.citation.span.start > start else one
        for one in claims
    ]


def _without_annexes_of_others(claims: list[Claim], layout: Layout) -> list[Claim]:
    """The claims of a paper, those in an annex that another organ wrote as mentions: 我部 rests on it, and not the
    reply that has 我部's report behind it."""
    others = annexes_of_others(layout)
    if not others:
        return claims
    return [
        replace(one, relation="mentions") if _is_said(one) and any(span.contains(one.scope) for span in others) else one
        for one in claims
    ]


def _is_said(claim: Claim) -> bool:
    return claim.relation in ("basis", "reference", *_CHANGES)


def _as_plan(claim: Claim) -> Claim:
    if claim.relation == "mentions" and claim.detail == UNREAD_END:
        return replace(claim, detail=None)  # what is only wished ends nothing, in whatever words
    return replace(claim, mode="plan") if claim.mode == "act" and claim.relation in _CHANGES else claim


def _unbroken(lines: Sequence[Line], folded: str) -> list[Line]:
    """The lines, those put together that break inside a title: 《关于加强⏎节水工作的意见》."""
    whole: list[Line] = []
    for line in lines:
        if "》" in line.text and whole and _breaks(whole[-1], line):
            span = Span(whole[-1].span.start, line.span.end)
            whole[-1] = replace(line, span=span, text=span.of(folded))
        else:
            whole.append(line)
    return whole


def _breaks(above: Line, below: Line) -> bool:
    adjacent = above.role == below.role == "body" and below.span.start - above.span.end <= 2
    return adjacent and _left_open(above.text) == 1 and _left_open(below.text) == -1


def _left_open(text: str) -> int:
    return text.count("《") - text.count("》")


def _without_doubles(claims: list[Claim]) -> list[Claim]:
    """Without the paper that the title forwards, where the text names it in full: 现将《X》（…号）转发给你们."""
    first = claims[0] if claims else None
    if first is None or first.relation != "forwards" or first.citation.numbers:
        return claims
    if not any(one.relation == "forwards" and one.scope != first.scope for one in claims):
        return claims
    return [replace(first, relation="none"), *claims[1:]]


def _speaks_back(text: str) -> bool:
    return "该" in text or "述" in text or "以上" in text or "将其" in text  # asked of every line


def _may_cite(context: Context, line: Line, before: Sequence[Claim]) -> bool:
    if "《" in line.text or (before and _speaks_back(line.text)):
        return True
    return bool(context.numbers) and context.has_number(line.span)


def _line_claims(
    context: Context, line: Line, opening: bool, role: str, before: Sequence[Claim]
) -> tuple[list[Mention], list[Claim]]:
    """What one line says: a claim a mention, then one for each tail. `before` are the claims of the lines above."""
    named = find_mentions(context, line.span.start, line.span.end)
    back = find_anaphors(context.folded, line.span.start, line.span.end)
    found = sorted((*named, *back), key=lambda mention: mention.extent.start)
    if not found:
        return [], []  # most lines that 该 or 述 stands in
    paragraph = Paragraph(line.span, opening, role, tuple(found))
    mentions: list[Mention] = []
    made: list[Claim] = []
    extra: list[Claim] = []
    known = list(before) if any(one.citation.form == "anaphor" or one.use == "short" for one in found) else []
    for mention, claim in zip(found, claims_of(context.text, context.folded, paragraph), strict=True):
        if mention.citation.form == "anaphor":
            words = mention.extent.of(context.folded)
            places = antecedents(mention.citation, known, words) if changes_something(claim) else ()
            if not places:
                continue
            *others, place = places
            extra += [replace(claim, citation=replace(claim.citation, refers_to=one)) for one in others]
            claim = replace(claim, citation=replace(claim.citation, refers_to=place))
        elif mention.use == "short" and claim.relation != "none":
            meant = named_in_short(mention.citation, known) if changes_something(claim) else None
            called = replace(claim.citation, form="short", refers_to=meant)
            claim = replace(claim, relation="none", cue=None) if meant is None else replace(claim, citation=called)
        elif line.role == "title" and claim.cue:
            claim = replace(claim, relation="mentions", cue=None)
        mentions.append(mention)
        made.append(claim)
        known.append(claim)
    hanging = [
        replace(made[place], citation=replace(tail, refers_to=len(before) + place)) for place, tail in tails(mentions)
    ]
    return mentions, made + hanging + extra


def _from_title(context: Context, title: Found[str]) -> Iterator[Claim]:
    outside = replace(context, own_titles=context.own_titles - {title_key(title.value)})
    mentions = find_mentions(outside, title.span.start, title.span.end)
    for claim in title_claims(context.text, title, parse_title(title.value), mentions):
        if claim.relation == "extends" and (until := _extension(context.folded)):
            yield replace(claim, detail=until)
        else:
            yield claim


def _extension(folded: str) -> str | None:
    """The new last day that an extending notice names, as ISO."""
    match = _EXTENSION.search(folded)
    found = first_date(match[1]) if match else None
    return as_date(found.value).isoformat() if found else None


def _with_target(claims: Sequence[Claim], target: Target) -> list[Claim]:
    """The claim of the target becomes `interprets`; a title that only the heading has becomes a claim of its own. One
    that is told in words stays a mention, which the library makes an interpretation of a held paper of that title."""
    relation: RelationKind = "interprets" if target.is_named else "mentions"
    cue = Found(target.citation.title or "", target.citation.span, f"interprets.{target.rule}", target.confidence)
    made: list[Claim] = []
    done = False
    for claim in claims:
        same = claim.citation.span.overlaps(target.citation.span)
        if same and not done and claim.citation.form != "tail":
            made.append(Claim(target.citation, relation, claim.scope, cue))
            done = True
        else:
            made.append(_reported(claim))
    return made if done else [Claim(target.citation, relation, target.citation.span, cue), *_shifted(made)]


def _reported(claim: Claim) -> Claim:
    """An interpretation issues nothing: what it says was issued, another paper issued."""
    return replace(claim, relation="mentions") if claim.relation == "issues" else claim


def _shifted(claims: Sequence[Claim]) -> Iterator[Claim]:
    for claim in claims:
        refers = claim.citation.refers_to
        yield claim if refers is None else replace(claim, citation=replace(claim.citation, refers_to=refers + 1))
