"""公文要素 of one document, with the precedence of domain.md §1.1: metadata block, else cover, else sign-off."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from policylib.extract.cover import LOUD
from policylib.extract.cover_numbers import cover_numbers, joined, title_alone
from policylib.extract.disclosure import find_disclosure
from policylib.extract.drafters import find_drafter
from policylib.extract.folding import fold, title_key
from policylib.extract.issuers import find_issuers
from policylib.extract.layout import Line
from policylib.extract.legislation import Step, made_by, making_step, steps
from policylib.extract.page_term import settled_end, stated_end
from policylib.extract.paper_dates import (
    find_dated,
    find_printed,
    find_published,
    metadata_date,
    promulgated,
    unsure_start,
)
from policylib.extract.reading import Reading
from policylib.extract.titles import TitleParts, doc_type_of, instruments, is_no_title, names_nothing, parse_title
from policylib.extract.validity import find_validity
from policylib.model import DocumentNumber, Elements, Found, NumberKind, Problem, Span

_SITE_TAIL = re.compile(r"(?<! ) *[-_|－—] *[^-_|－—]{2,30}(?:网|门户网站|政府|局|委员会)$")


def find_elements(reading: Reading) -> tuple[Elements, tuple[Problem, ...]]:
    """The elements, and a problem for each value that the page and the paper give differently."""
    title = _title(reading)
    parts = parse_title(title.value) if title else TitleParts("", "", "", None)
    published = find_published(reading)
    dated, date_problems = find_dated(reading, published)
    history = _history(reading, title)
    number, number_problems = _number(reading, title, history)
    printed = find_printed(reading)
    made = making_step(history, None)
    day = printed or dated or (made.day if made else None)
    status_label = _plain(reading, "status_label")
    published_then = promulgated(published, made)[0]
    effective, expires, term_problems = _term(reading, day, published_then, status_label, printed=printed is not None)
    effective = effective or _into_force(history)
    made = making_step(history, effective.value if effective else None)
    published, published_problems = promulgated(published, made)
    published_problems += unsure_start(effective, published, made)
    disclosure, disclosure_problems = find_disclosure(reading)
    issuers = find_issuers(reading, title, parts, number, made_by(history, made))
    drafter = _plain(reading, "drafter", "drafter.E1") or find_drafter(reading.text, reading.layout, title, issuers)
    elements = Elements(
        title=title,
        number=number,
        registration_number=_registration(reading),
        index_number=_plain(reading, "index_number"),
        issuers=issuers,
        drafter=drafter,
        interpreter=_plain(reading, "interpreter"),
        doc_type=_doc_type(title, parts),
        addressees=_addressees(reading),
        dated=dated or (made.day if made else None),
        printed=printed,
        published=published,
        effective=effective,
        expires=expires,
        disclosure=disclosure,
        status_label=status_label,
        instruments=_instruments(reading, title, parts),
        copied_to=_copied_to(reading),
        annexes=_annexes(reading),
    )
    return elements, (*date_problems, *published_problems, *number_problems, *term_problems, *disclosure_problems)


def _term(
    reading: Reading,
    day: Found[date] | None,
    published: Found[datetime] | Found[date] | None,
    label: Found[str] | None,
    *,
    printed: bool,
) -> tuple[Found[date] | None, Found[date] | None, tuple[Problem, ...]]:
    """The first day and the last, of the page where it gives them, else of the text."""
    effective, expires, problems = find_validity(reading.text, reading.layout, day, published, printed=printed)
    expires_on_page, start_on_page = metadata_date(reading, "expires"), metadata_date(reading, "effective")
    if expires_on_page and effective is None and start_on_page:
        expires = stated_end(reading.text, start_on_page)
    expires, end_problems = settled_end(expires_on_page, expires, effective or start_on_page, label)
    return start_on_page or effective, expires, end_problems if expires_on_page else problems


def _plain(reading: Reading, field: str, rule: str = "") -> Found[str] | None:
    for entry in reading.metadata.get(field, ()):
        return Found(reading.value(entry), entry.span, rule or f"metadata.{entry.label}")
    return None


def _title(reading: Reading) -> Found[str] | None:
    layout = reading.layout
    cover = None
    if layout.title:
        span = _without_mark(layout.title, reading.text)
        words = joined(span.of(reading.text))
        cover = None if is_no_title(words) else Found(words, span, "cover.title")
    for entry in reading.metadata.get("title", ()):
        value = _SITE_TAIL.sub("", reading.value(entry)) if entry.label == "ArticleTitle" else reading.value(entry)
        if cover and title_key(value) == title_key(cover.value):
            return cover
        if not names_nothing(value) and (doc_type_of(value) or cover is None or entry.rank == 1):
            return Found(value, Span(entry.span.start, entry.span.start + len(value)), f"metadata.{entry.label}")
    return (title_alone(cover, reading) if cover else None) or _enacted(reading) or _downloaded(reading)


_ENACTING: Final = (NumberKind.ORDER, NumberKind.CONGRESS)


def _enacted(reading: Reading) -> Found[str] | None:
    """The title of the rules that an order, or a congress, enacts: 岚州市人民政府令 第9号 现公布《…办法》."""
    heading = reading.layout.instrument_title
    ordered = any(one.number and one.number.kind in _ENACTING for one in reading.numbers[:1])
    return Found(joined(heading.of(reading.text)), heading, "instrument.title", 0.9) if heading and ordered else None


_DOWNLOAD = re.compile(r"(?<!附件)下载(?:链接|地址)? ?[:：] ?(?P<name>[^。:：\n]{8,200}?)\.(?:docx?|wps|pdf|ofd)")


def _downloaded(reading: Reading) -> Found[str] | None:
    """The title of a page that gives its text only, from the name of the file to download: 公告下载链接：岚州市水利局
    关于…的公告.doc. What is named as an annex or as a form is no paper."""
    line = next((one for one in reversed(reading.layout.lines) if "下载" in one.text), None)
    match = _DOWNLOAD.search(line.text) if line else None
    if line is None or match is None or "关于" not in match["name"] or not doc_type_of(match["name"]):
        return None
    span = Span(*match.span("name")).shifted(line.span.start)
    return Found(span.of(reading.text), span, "page.download", 0.8)


_MARK = re.compile(
    r"#{1,6} +|附件?[ \u3000]*[\d一二三四五六七八九十]{0,3}[ \u3000]*[:：.．]?\s+(?=\S)|附件\d{1,2}[:：.．]?(?=\D)|"
    + LOUD
)


def _without_mark(title: Span, text: str) -> Span:
    """The title without what stands before it: 附件1 of an annex that is a file of its own, # of Markdown, 重磅！."""
    mark = _MARK.match(text, title.start, title.end)
    return Span(mark.end(), title.end) if mark else title


def _history(reading: Reading, title: Found[str] | None) -> tuple[Step, ...]:
    """The steps of legislation below the title, or behind it in brackets."""
    beside = reading.layout.title.end if reading.layout.title and title else 0
    words = fold(reading.text[title.span.end : beside]) if title else ""
    lines = reading.layout.of("history")
    return (
        *(steps(words, title.span.end) if title and words else ()),
        *(step for line in lines for step in steps(line.text, line.span.start)),
    )


def _into_force(history: Sequence[Step]) -> Found[date] | None:
    return next((replace(step.day, rule="history.effective") for step in history if step.verb == "施行"), None)


def _number(
    reading: Reading, title: Found[str] | None, history: Sequence[Step]
) -> tuple[Found[DocumentNumber] | None, tuple[Problem, ...]]:
    candidates = [*_metadata_numbers(reading), *cover_numbers(reading, title), *_promulgating(reading, history)]
    if not candidates:
        return None, ()
    best = candidates[0]
    for other in candidates[1:]:
        if other.value.key != best.value.key and best.rule.startswith("metadata") and other.rule == "cover.number":
            message = f"页面所标文号{best.value}与正文文号{other.value}不一致，请核对"
            return best, (Problem("conflict.number", message, other.span),)
    return best, ()


def _metadata_numbers(reading: Reading) -> Iterator[Found[DocumentNumber]]:
    for entry in reading.metadata.get("number", ()):
        for one in reading.numbers:
            if one.number and entry.span.overlaps(one.span) and one.number.kind is not NumberKind.REGISTRATION:
                yield Found(one.number, one.span, f"metadata.{entry.label}", one.confidence)


def _promulgating(reading: Reading, history: Sequence[Step]) -> Iterator[Found[DocumentNumber]]:
    """The number of the order by which the text was promulgated, 国务院令第577号公布; a 字号 (甘政发〔1987〕139号发布)
    is that of the notice by which it was sent."""
    starts = [one.span.start for one in reading.numbers]
    for step in history if starts else ():
        inside = slice(bisect_left(starts, step.span.start), bisect_left(starts, step.span.end))
        for one in reading.numbers[inside] if step.makes else ():
            if step.span.contains(one.span) and one.number and one.number.complete and one.number.kind in _ENACTING:
                yield Found(one.number, one.span, "history.number", one.confidence)


def _registration(reading: Reading) -> Found[str] | None:
    if found := _plain(reading, "registration_number"):
        return found
    for one in reading.numbers:
        if one.number and one.number.kind is NumberKind.REGISTRATION:
            return Found(str(one.number), one.span, "number.registration")
    return None


def _doc_type(title: Found[str] | None, parts: TitleParts) -> Found[str] | None:
    if title is None or parts.doc_type is None:
        return None
    return Found(parts.doc_type, title.span, "title.doc_type")


def _addressees(reading: Reading) -> tuple[Found[str], ...]:
    lines = reading.layout.of("addressee")
    if not lines:
        return ()
    span = lines[0].span
    text = span.of(reading.text).rstrip("：: ")
    return tuple(
        Found(match.group(), Span(span.start + match.start(), span.start + match.end()), "cover.addressee")
        for match in re.finditer(r"(?:[^，,；;（(]|[（(][^）)]*[）)])+", text)
    )


def _instruments(reading: Reading, title: Found[str] | None, parts: TitleParts) -> tuple[Found[str], ...]:
    """What the notice carries. The instrument's own heading, fuller than the notice's words, wins."""
    if title is None:
        return ()
    named = instruments(parts)
    heading = reading.layout.instrument_title
    words = joined(heading.of(reading.text)) if heading else ""
    if heading and len(named) == 1 and doc_type_of(words) == doc_type_of(named[0]):
        return (Found(words, heading, "instrument.heading"),)
    return tuple(Found(one, title.span, "title.instrument", 0.9) for one in named)


def _copied_to(reading: Reading) -> tuple[Found[str], ...]:
    return tuple(
        Found(re.sub(r"^抄送 ?[：:]", "", line.span.of(reading.text)).strip(" 。"), line.span, "imprint.copied_to")
        for line in reading.layout.of("imprint")
        if line.text.startswith("抄送")
    )


def _annexes(reading: Reading) -> tuple[Found[str], ...]:
    found: list[Found[str]] = []
    expected = 0
    for index, line in enumerate(reading.layout.lines):
        match = _ANNEX.match(line.text) if line.role == "annex" else _ANNEX_ITEM.match(line.text) if expected else None
        item = int(match["item"] or 1) if match else 0
        if found and expected and not item and index < (reading.layout.signoff or 0) and _goes_on(line):
            span = Span(found[-1].span.start, line.span.end)
            found[-1] = Found(joined(span.of(reading.text)), span, "annex")
            continue
        if match is None or (expected and item != expected):
            expected = 0
            continue
        start = line.span.start + match.start("name")
        span = Span(start, start + len(match["name"]))
        found.append(Found(span.of(reading.text), span, "annex"))
        expected = item + 1
    return tuple(found)


def _goes_on(line: Line) -> bool:
    """Whether this can be the rest of an annex's name that began on the line above."""
    return line.role == "body" and len(line.text) <= 60 and not re.search(r"[。;:]|^附", line.text)


_ANNEX = re.compile(r"^附件? ?: ?(?:(?P<item>\d{1,2})[.、] ?)?(?P<name>.+)$")
_ANNEX_ITEM = re.compile(r"^(?P<item>\d{1,2})[.、] ?(?P<name>.{2,80}[^。;])$")
