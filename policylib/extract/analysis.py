"""One document in, one `Analysis` out. Pure: the same text and tables always give the same result."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from policylib.extract.citations import Context
from policylib.extract.clauses import find_clauses
from policylib.extract.cleanup_counts import stated_counts
from policylib.extract.cleanup_list import cleanup_claims
from policylib.extract.codes import code_book
from policylib.extract.contributors import find_contributors
from policylib.extract.cover_numbers import awaits_number
from policylib.extract.dates import as_date
from policylib.extract.document_claims import document_claims
from policylib.extract.elements import find_elements
from policylib.extract.folding import fold, title_key, without_glosses
from policylib.extract.layout import Layout
from policylib.extract.line_roles import lay_out
from policylib.extract.list_days import list_days
from policylib.extract.marks import without_marks
from policylib.extract.metadata import metadata_lines, read_metadata
from policylib.extract.numbers import find_numbers
from policylib.extract.reading import Reading
from policylib.extract.respanned import respanned
from policylib.extract.roles import Face, role_of
from policylib.extract.several import annexes_of_others, next_paper
from policylib.extract.target_headings import Target
from policylib.extract.tasks import find_tasks
from policylib.extract.typed_rows import with_typed_rows
from policylib.extract.unnamed_ends import namesake_end, unnamed_ends
from policylib.extract.validity import unread_term
from policylib.model import (
    Analysis,
    Claim,
    Document,
    Elements,
    Found,
    NumberKind,
    NumberMention,
    Problem,
    Role,
    Source,
    Span,
    Task,
    plain_document,
)
from policylib.tables import Tables, builtin

SEVERAL_PAPERS: Final = "paper.several"
NO_PAPER: Final = "paper.none"
ATTACHMENT: Final = "number.attachment"
_SUFFIX: Final = re.compile(r"\.(?:docx?|wps|pdf|ofd)", re.IGNORECASE)
_NOTES: Final = (".md", ".markdown")


def analyse_text(text: str, tables: Tables | None = None) -> Analysis:
    """All that a plain text says. Spans count its code points.

    >>> analyse_text("根据《岚州市人才办法》（岚政发〔2019〕3号），制定本细则。").citations[0].title
    '岚州市人才办法'
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return analyse(plain_document(text, Source("", digest, "text/plain", "text")), tables)


def analyse(document: Document, tables: Tables | None = None) -> Analysis:
    """All that one document says: elements, numbers, claims about other documents, problems."""
    tables = tables or builtin()
    bare, marks = without_marks(_without_furniture(document))
    return replace(_analysed(bare, tables), marks=marks)


def _analysed(document: Document, tables: Tables) -> Analysis:
    glossed = without_glosses(document.text, "號" in document.text)
    if glossed:
        return _unglossed(document, glossed, tables)
    text, folded = document.text, fold(document.text)
    numbers = find_numbers(text, code_book(tables))
    layout = lay_out(with_typed_rows(document, folded), folded, numbers, metadata_lines)
    following = next_paper(layout, numbers)
    if following is not None:
        return _first_of_several(document, tables, layout, layout.lines[following].span.start)
    reading = Reading(text, layout, read_metadata(layout.lines), numbers)
    elements, problems = find_elements(reading)
    role = _role(reading, elements)
    starts = tuple(one.span.start for one in numbers)
    context = Context(text, folded, numbers, starts, _own_titles(elements), _own_numbers(elements, role), {})
    listing = layout.of("title", "row", "body", "annex") if role.value == "cleanup" else ()
    rows = tuple(cleanup_claims(text, listing, numbers, _year(elements)))
    claims, target = document_claims(context, layout, elements, role, [one for one in rows if isinstance(one, Claim)])
    namesake = namesake_end(folded, elements) if role.value == "policy" else None
    claims = [*claims, namesake] if namesake else claims
    if explains := role.value == "interpretation":
        elements = _of_interpretation(elements, target, reading)
    numbers = _checked(numbers, elements)
    own_words = layout.of("body", "annex", "note")
    clauses = () if explains else find_clauses(own_words)
    return Analysis(
        source=document.source,
        role=role,
        elements=elements,
        numbers=numbers,
        claims=tuple(_of_own_series(_quoted(claim, text), elements) for claim in claims),
        problems=(
            *document.problems,
            *problems,
            *_no_paper(document, elements),
            *_named_by_attachment(text, elements, numbers),
            *_number_problems(numbers),
            *(one for one in rows if isinstance(one, Problem)),
            *_unread_term(folded, elements, role, problems),
            *(unnamed_ends(folded, elements.effective, claims) if role.value == "policy" else ()),
        ),
        clauses=clauses,
        tasks=() if explains else _tasks(text, folded, layout, _year(elements)),
        counts=stated_counts(listing),
        days=list_days(folded, listing, clauses, _issued(elements)),
    )


def _first_of_several(document: Document, tables: Tables, layout: Layout, end: int) -> Analysis:
    """What the first paper of a file says. A notice that forwards another has that behind it, as it should be, and an
    interpretation may have what it explains."""
    blocks = tuple(block for block in document.blocks if block.span.start < end)
    first = _analysed(replace(document, text=document.text[:end], blocks=blocks), tables)
    if first.role.value == "interpretation" or any(claim.relation == "forwards" for claim in first.claims):
        return first
    rest = [line for line in layout.lines if line.span.start >= end]
    message = "这个文件里不止一份公文，只分析了第一份；请把各份分开，存成单独的文件再读入"
    told = Problem(SEVERAL_PAPERS, message, rest[0].span)
    return replace(first, problems=(*first.problems, told))


def _no_paper(document: Document, elements: Elements) -> Iterator[Problem]:
    """A note that lies beside the papers, README.md: Markdown with nothing by which people know a paper."""
    marks = (elements.title, elements.number, elements.dated, elements.issuers, elements.registration_number)
    if document.source.path.lower().endswith(_NOTES) and not any(marks):
        message = "没有读到公文的标题、文号、发文机关和日期，多半不是公文；不是的，用 policylib remove 移出"
        yield Problem(NO_PAPER, message)


def _named_by_attachment(text: str, elements: Elements, numbers: Sequence[NumberMention]) -> Iterator[Problem]:
    """The last line of a page without title and number, where it is the name of a file that has a number and nothing
    else: 岚财社〔2024〕110号.docx. It is no number of the page, but people may find the paper by it."""
    last = next(reversed(numbers), None)
    if last is None or last.number is None or elements.title or elements.number:
        return
    name = text[text.rfind("\n", 0, last.span.start) + 1 :].strip()
    if name.startswith(last.raw) and _SUFFIX.fullmatch(name, len(last.raw)):
        span = Span(last.span.start, last.span.start + len(name))
        yield Problem(ATTACHMENT, f"页面没有标题和文号，附件名为 {name}，请查原件", span)


def _role(reading: Reading, elements: Elements) -> Found[Role]:
    layout = reading.layout
    return role_of(
        Face(
            title=elements.title,
            doc_type=elements.doc_type.value if elements.doc_type else None,
            column=" ".join(reading.value(entry) for entry in reading.metadata.get("column", ())),
            numbered=elements.number is not None,
            signed=elements.dated is not None and bool(elements.issuers),
            opening="".join(line.text for line in layout.of("body")[:3])[:400],
            parts=_parts(layout),
            is_case=_is_case(layout),
            awaits_number=elements.number is None and awaits_number(reading),
        )
    )


def _of_interpretation(elements: Elements, target: Target | None, reading: Reading) -> Elements:
    """The elements of a page that explains: its number is that of the policy, who issued it is the interpreter; else,
    less surely, who contributed it."""
    interpreter = elements.interpreter
    if target and interpreter is None and elements.issuers:
        issuer = elements.issuers[0]
        interpreter = Found(issuer.value, issuer.span, f"interpreter.{issuer.rule}", 0.7)
    if interpreter is None and not elements.issuers:
        interpreter = find_contributors(reading.text, reading.layout)
    return replace(elements, number=None, interpreter=interpreter)


def _unread_term(folded: str, elements: Elements, role: Found[Role], problems: Sequence[Problem]) -> Iterator[Problem]:
    """Of a policy without a last day only, and without a term that was refused: what others say of terms is no term of
    theirs."""
    known = elements.expires or any(one.rule == "term.refused" for one in problems)
    found = unread_term(folded, elements.effective) if role.value == "policy" and not known else None
    if found:
        yield found


def _tasks(text: str, folded: str, layout: Layout, year: int | None) -> tuple[Task, ...]:
    """The tasks, with the names as the text has them; those in another organ's report behind the paper are not its."""
    others = annexes_of_others(layout)
    found = find_tasks(folded, layout.of("body", "annex", "note", "row"), year)
    return tuple(
        replace(one, lead=_as_printed(one.lead, text), support=_as_printed(one.support, text))
        for one in found
        if not any(span.contains(one.item) for span in others)
    )


def _as_printed(names: tuple[Found[str], ...], text: str) -> tuple[Found[str], ...]:
    return tuple(replace(one, value=one.span.of(text)) for one in names)


def _issued(elements: Elements) -> date | None:
    known = elements.dated or elements.published
    return as_date(known.value) if known else None


def _year(elements: Elements) -> int | None:
    """The year of the paper, which 年底前 means."""
    known = elements.dated or elements.printed or elements.published
    return as_date(known.value).year if known else None


def _without_furniture(document: Document) -> Document:
    """The document without the lists beside its text, which readers put last: the text does not cite them."""
    own = tuple(block for block in document.blocks if block.kind != "furniture")
    if len(own) == len(document.blocks):
        return document
    return replace(document, text=document.text[: own[-1].span.end if own else 0], blocks=own)


_PART = re.compile(
    r"^[一二三四五六七八九十]+、.{0,6}(?:背景|依据|主要内容|起草过程|出台意义|目标任务|新旧|亮点|适用范围|创新)"
)


def _parts(layout: Layout) -> int:
    return sum(1 for line in layout.of("body") if len(line.text) < 30 and _PART.match(line.text))


_FACTS_OF_CASE = ("基本案情", "案情简介", "简要案情")
_HOLDING = ("裁判要旨", "裁判理由", "裁判结果", "典型意义", "裁判要点")


def _is_case(layout: Layout) -> bool:
    """Whether a court tells a case: both headings, 基本案情 and 裁判要旨, on lines of their own."""
    heads = {line.text.strip("#【】 ") for line in layout.of("body", "title") if len(line.text) < 12}
    return not heads.isdisjoint(_FACTS_OF_CASE) and not heads.isdisjoint(_HOLDING)


def _own_titles(elements: Elements) -> frozenset[str]:
    titles = [elements.title] if elements.title else []
    return frozenset(title_key(found.value) for found in (*titles, *elements.instruments))


def _own_numbers(elements: Elements, role: Found[Role]) -> frozenset[str]:
    if elements.number is None or role.value == "interpretation":
        return frozenset()
    return frozenset({elements.number.value.key})


def _quoted(claim: Claim, text: str) -> Claim:
    return replace(claim, citation=replace(claim.citation, raw=claim.citation.span.of(text)))


def _of_own_series(claim: Claim, elements: Elements) -> Claim:
    """The claim, with the organ of this announcement where it names another without its organ: 2017年第5号公告."""
    own, citation = elements.number.value if elements.number else None, claim.citation
    if own is None or own.kind is not NumberKind.ANNOUNCEMENT or citation.title or citation.issuer:
        return claim
    if not any(one.kind is own.kind and one.code is None for one in citation.numbers):
        return claim
    numbers = (replace(one, code=own.code) if one.code is None else one for one in citation.numbers)
    return replace(claim, citation=replace(citation, numbers=tuple(numbers)))


def _checked(numbers: tuple[NumberMention, ...], elements: Elements) -> tuple[NumberMention, ...]:
    """Repaired numbers later than the document's own year, plus one, are refused (§2.6)."""
    known = [as_date(found.value).year for found in (elements.dated, elements.published) if found]
    if not known:
        return numbers
    limit = max(known) + 1
    return tuple(
        replace(one, number=None, rule="repair.refused", confidence=0.0)
        if one.repaired and one.number and one.number.year and one.number.year > limit
        else one
        for one in numbers
    )


def _number_problems(numbers: Sequence[NumberMention]) -> Iterator[Problem]:
    for one in numbers:
        if one.repaired and one.number and one.rule == "number.code_uncertain":
            message = f"文号“{one.raw}”前面的字缺损，机关代字可能不全，按{one.number}读取，请核对"
            yield Problem("repair.number", message, one.span)
        elif one.repaired and one.number:
            yield Problem("repair.number", f"文号“{one.raw}”缺损，按{one.number}读取，请核对", one.span)
        elif one.repaired:
            readings = "或".join(map(str, one.candidates))
            hint = f"，可能是{readings}" if readings else ""
            yield Problem("repair.number.open", f"文号“{one.raw}”缺损，无法确定{hint}，请查原件", one.span)


def _unglossed(document: Document, glossed: tuple[str, tuple[int, ...]], tables: Tables) -> Analysis:
    """A mirror page with pronunciation glosses: read without them, spans put back onto the page's own text."""
    bare, origins = glossed
    analysis = analyse(plain_document(bare, document.source), tables)
    return respanned(analysis, origins, bare, document.text)
