"""公文要素 of one document, with the precedence of domain.md §1.1: metadata block, else cover, else sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from policylib.extract.cover import LOUD
from policylib.extract.cover_numbers import cover_numbers, joined, title_alone
from policylib.extract.dates import as_date, find_damaged_dates, first_date, settle
from policylib.extract.drafters import find_drafter
from policylib.extract.folding import fold, title_key
from policylib.extract.issuers import find_issuers
from policylib.extract.layout import Line
from policylib.extract.legislation import Step, made_by, making_step, steps
from policylib.extract.page_term import settled_end, stated_end
from policylib.extract.reading import Reading
from policylib.extract.titles import TitleParts, doc_type_of, instruments, is_no_title, parse_title
from policylib.extract.validity import find_validity
from policylib.model import DocumentNumber, Elements, Found, NumberKind, Problem, Span

_DISCLOSURE: Final = (
    (re.compile(r"此件删减后公开"), "主动公开（删减）"),
    (re.compile(r"此件(?:主动)?公开发布|此件主动公开|^主动公开$|信息公开选项: ?主动公开"), "主动公开"),
    (re.compile(r"此件依申请公开|^依申请公开$"), "依申请公开"),
    (re.compile(r"此件不予公开|^不予公开$|此件不公开"), "不予公开"),
)
_PRINTED = re.compile(r"^(?P<organ>.{2,40}?) *(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日) *印发$")
_SITE_TAIL = re.compile(r"(?<! ) *[-_|－—] *[^-_|－—]{2,30}(?:网|门户网站|政府|局|委员会)$")


def find_elements(reading: Reading) -> tuple[Elements, tuple[Problem, ...]]:
    """The elements, and a problem for each value that the page and the paper give differently."""
    title = _title(reading)
    parts = parse_title(title.value) if title else TitleParts("", "", "", None)
    published = _published(reading)
    dated, date_problems = _dated(reading, published)
    history = _history(reading, title)
    number, number_problems = _number(reading, title, history)
    printed = _printed(reading)
    made = making_step(history, None)
    day = printed or dated or (made.day if made else None)
    effective, expires, term_problems = find_validity(reading.text, reading.layout, day, published)
    expires_on_page, status_label = _metadata_date(reading, "expires"), _plain(reading, "status_label")
    start_on_page = _metadata_date(reading, "effective")
    if expires_on_page and effective is None and start_on_page:
        expires = stated_end(reading.text, start_on_page)
    expires, end_problems = settled_end(expires_on_page, expires, effective or start_on_page, status_label)
    effective = start_on_page or effective or _into_force(history)
    made = making_step(history, effective.value if effective else None)
    disclosure, disclosure_problems = _disclosure(reading)
    elements = Elements(
        title=title,
        number=number,
        registration_number=_registration(reading),
        index_number=_plain(reading, "index_number"),
        issuers=find_issuers(reading, title, parts, number, made_by(history, made)),
        drafter=_plain(reading, "drafter", "drafter.E1") or find_drafter(reading.text, reading.layout),
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
    term_problems = end_problems if expires_on_page else term_problems
    return elements, (*date_problems, *number_problems, *term_problems, *disclosure_problems)


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
        if doc_type_of(value) or cover is None or entry.rank == 1:
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
    for step in history:
        for one in reading.numbers if step.makes else ():
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


_PAGE_TIME = re.compile(r"发布|点击|浏览|来源:|(?:发稿|发表|上传|更新)(?:时间|日期)")
"""What a line says beside a day when the page went up; 时间 alone may be that of a meeting."""


def _published(reading: Reading) -> Found[datetime] | Found[date] | None:
    for entry in reading.metadata.get("published", ()):
        if found := first_date(reading.text, entry.span.start, entry.span.end):
            return Found(found.value, found.span, f"metadata.{entry.label}")
    for line in reading.layout.of("furniture", "title", "date"):
        found = first_date(reading.text, line.span.start, line.span.end)
        if found and (isinstance(found.value, datetime) or _PAGE_TIME.search(line.text)):
            return Found(found.value, found.span, "page.time", 0.9)
    return None


def _metadata_date(reading: Reading, field: str) -> Found[date] | None:
    for entry in reading.metadata.get(field, ()):
        if found := first_date(reading.text, entry.span.start, entry.span.end):
            return Found(as_date(found.value), found.span, f"metadata.{entry.label}")
    return None


def _dated(
    reading: Reading, published: Found[datetime] | Found[date] | None
) -> tuple[Found[date] | None, tuple[Problem, ...]]:
    on_page = _metadata_date(reading, "dated")
    signed, problems = _signed_date(reading, published)
    if on_page and signed and on_page.value != signed.value and on_page.rule == "metadata.成文日期":
        message = f"页面所标成文日期{on_page.value}与落款日期{signed.value}不一致，请核对"
        problems = (*problems, Problem("conflict.dated", message, signed.span))
    if on_page and not (signed and on_page.rule.endswith(("发文日期", "发文时间"))):
        return on_page, problems
    return signed or _cover_date(reading) or on_page, problems


def _signed_date(
    reading: Reading, published: Found[datetime] | Found[date] | None
) -> tuple[Found[date] | None, tuple[Problem, ...]]:
    layout = reading.layout
    if layout.inline_signoff and (
        found := first_date(reading.text, layout.inline_signoff.start, layout.inline_signoff.end)
    ):
        return Found(as_date(found.value), found.span, "signoff.inline"), ()
    if layout.signoff is None:
        return None, ()
    span = layout.lines[layout.signoff].span
    if found := first_date(reading.text, span.start, span.end):
        return Found(as_date(found.value), found.span, "signoff"), ()
    for damaged in find_damaged_dates(reading.text, span.start, span.end):
        settled = settle(damaged, as_date(published.value) if published else None)
        readings = "或".join(map(str, damaged.candidates))
        message = f"落款日期“{damaged.span.of(reading.text)}”缺字，可读作{readings}，请核对"
        return settled, (Problem("repair.date", message, damaged.span),)
    return None, ()


def _cover_date(reading: Reading) -> Found[date] | None:
    """The date in brackets under a title: （吉政办发[2002]42号 二00二年八月二十九日）."""
    for line in reading.layout.of("number", "date")[:3]:
        if found := first_date(reading.text, line.span.start, line.span.end):
            return Found(as_date(found.value), found.span, "cover.date", 0.8)
    return None


def _printed(reading: Reading) -> Found[date] | None:
    for line in reading.layout.of("imprint"):
        if (match := _PRINTED.match(line.text)) and (found := first_date(reading.text, line.span.start, line.span.end)):
            return Found(as_date(found.value), found.span, "imprint") if match else None
    return None


def _disclosure(reading: Reading) -> tuple[Found[str] | None, tuple[Problem, ...]]:
    """公开属性 by the page, else by the paper; a problem where they, or two notes of the paper, name different ones.
    主动公开 alone on a line may be a heading, and contradicts nothing."""
    marks = [*_page_disclosures(reading), *_noted_disclosures(reading)]
    if not marks:
        return None, ()
    first, text = marks[0], reading.text
    told = [mark for mark in marks if mark.rule != "note.disclosure" or "此件" in mark.span.of(text)]
    for other in told[1:] if told[:1] == [first] else ():
        ours, theirs = (_attribute(mark.value) for mark in (first, other))
        if ours and theirs and ours != theirs:
            message = f"公开属性一处标为“{first.value}”，一处标为“{other.value}”，请核对"
            return first, (Problem("conflict.disclosure", message, other.span),)
    return first, ()


def _attribute(mark: str) -> str | None:
    """Which of the three it is; a paper that is public with parts left out is public."""
    return next((name for name in ("不予公开", "依申请公开", "主动公开") if mark.startswith(name)), None)


def _page_disclosures(reading: Reading) -> Iterator[Found[str]]:
    for entry in reading.metadata.get("disclosure", ())[:1]:
        yield Found(reading.value(entry), entry.span, f"metadata.{entry.label}")


def _noted_disclosures(reading: Reading) -> Iterator[Found[str]]:
    for line in reading.layout.of("note", "body", "imprint"):
        if "公开" in line.text and (len(line.text) < 24 or line.text.startswith(("(此件", "此件"))):
            words = line.text.strip("()")
            if value := next((value for pattern, value in _DISCLOSURE if pattern.search(words)), None):
                yield Found(value, line.span, "note.disclosure")


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
