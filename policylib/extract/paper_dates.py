"""The days of a paper: when it was signed, printed, and shown on its page (domain.md §1.1, §1.5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from policylib.extract.dates import as_date, find_damaged_dates, first_date, settle
from policylib.extract.legislation import Step
from policylib.extract.reading import Reading
from policylib.extract.validity import START_EVENT
from policylib.model import Found, Problem

_PRINTED = re.compile(r"^(?P<organ>.{2,40}?) *(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日) *印发$")
_PAGE_TIME = re.compile(r"发布|点击|浏览|来源:|(?:发稿|发表|上传|更新)(?:时间|日期)")
"""What a line says beside a day when the page went up; 时间 alone may be that of a meeting."""


def find_published(reading: Reading) -> Found[datetime] | Found[date] | None:
    """When its page went up, with the hour where the page gives one."""
    for entry in reading.metadata.get("published", ()):
        if found := first_date(reading.text, entry.span.start, entry.span.end):
            return Found(found.value, found.span, f"metadata.{entry.label}")
    for line in reading.layout.of("furniture", "title", "date"):
        found = first_date(reading.text, line.span.start, line.span.end)
        if found and (isinstance(found.value, datetime) or _PAGE_TIME.search(line.text)):
            return Found(found.value, found.span, "page.time", 0.9)
    return None


def promulgated(
    on_page: Found[datetime] | Found[date] | None, made: Step | None
) -> tuple[Found[datetime] | Found[date] | None, tuple[Problem, ...]]:
    """The day of publication where the history of a statute tells of its promulgation (1999年1月22日国务院令第258号
    发布): what a database prints as published is often the day on which it was passed, or that of the first text. None
    where the text was made later than the page says and its history tells of no promulgation (2024年2月27日…修订).
    That a page prints the day on which a meeting passed it is told, and the page followed."""
    if on_page is None or made is None:
        return on_page, ()
    day, said = as_date(on_page.value), f"页面所标公布日期{as_date(on_page.value)}"
    if day < made.day.value:
        follows = "以题注为准" if made.promulgates else "是以前的日期，不作为公布日期"
        message = f"{said}早于题注的{made.verb}日期{made.day.value}，{follows}"
        published = replace(made.day, rule="history.published") if made.promulgates else None
        return published, (Problem("conflict.published", message, on_page.span),)
    if day == made.day.value and made.passed_inside:
        message = f"{said}就是题注的{made.verb}日期，会议通过以后才公布，请核对公布日期"
        return on_page, (Problem("conflict.published", message, on_page.span),)
    return on_page, ()


START_UNSURE = "start.unsure"
"""The rule of a first day that counts from a day of publication which is doubted."""


def unsure_start(
    effective: Found[date] | None, published: Found[datetime] | Found[date] | None, made: Step | None
) -> tuple[Problem, ...]:
    """That a text holds from its publication (自发布之日起), where the page gives the day of the meeting for that."""
    if effective is None or published is None or made is None or effective.rule != START_EVENT:
        return ()
    day = as_date(published.value)
    if not made.passed_inside or made.day.value != day:
        return ()
    message = f"施行日期{effective.value}是从公布日期{day}算起的，公布日期待核对，施行日期也待核对"
    return (Problem(START_UNSURE, message, effective.span),)


def metadata_date(reading: Reading, field: str) -> Found[date] | None:
    """The day in a field of the page."""
    for entry in reading.metadata.get(field, ()):
        if found := first_date(reading.text, entry.span.start, entry.span.end):
            return Found(as_date(found.value), found.span, f"metadata.{entry.label}")
    return None


def find_dated(
    reading: Reading, published: Found[datetime] | Found[date] | None
) -> tuple[Found[date] | None, tuple[Problem, ...]]:
    """成文日期, by the page or by the signature; a problem where they differ, or where figures are missing."""
    on_page = metadata_date(reading, "dated")
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


def find_printed(reading: Reading) -> Found[date] | None:
    """印发日期, of the imprint: 岚州市人民政府办公室 2024年3月4日印发."""
    for line in reading.layout.of("imprint"):
        if _PRINTED.match(line.text) and (found := first_date(reading.text, line.span.start, line.span.end)):
            return Found(as_date(found.value), found.span, "imprint")
    return None
