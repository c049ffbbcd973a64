"""发文机关: from the title, the signature, the page, or the number of an order (domain.md §1.1, §0 traps 2 and 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylib.extract.dates import find_dates
from policylib.extract.folding import fold
from policylib.extract.layout import LineRole
from policylib.extract.organ_names import is_organ, split_organs, without_state
from policylib.extract.reading import Reading
from policylib.extract.titles import TitleParts
from policylib.model import DocumentNumber, Found, NumberKind, Span


def find_issuers(
    reading: Reading,
    title: Found[str] | None,
    parts: TitleParts,
    number: Found[DocumentNumber] | None,
    makers: tuple[Found[str], ...],
) -> tuple[Found[str], ...]:
    """The issuers, lead first. The title names them best: a page's 发布机构 may be the one that re-posts it. `makers`:
    who made a law or a regulation by the history under its title.

    教育部等八部门关于… gives all eight where the signatures do.
    """
    named = _title_issuers(reading, title, parts)
    if named and not parts.issuers.rstrip().endswith(("部门", "单位")):
        return named
    signed = tuple(_signed(reading))
    if named:
        return signed if len(signed) > 1 else named
    on_page = tuple(_page_issuers(reading))
    paper_first = reading.layout.signoff is not None
    return (signed or on_page if paper_first else on_page or signed) or makers or _named_by(reading.text, number)


def _named_by(text: str, number: Found[DocumentNumber] | None) -> tuple[Found[str], ...]:
    """Orders and announcements are named by their organ: 岚州市人民政府令第9号; 中华人民共和国国务院令第707号 is by
    国务院."""
    if number is None or number.value.kind not in (NumberKind.ORDER, NumberKind.ANNOUNCEMENT, NumberKind.CONGRESS):
        return ()
    names = split_organs(number.value.code or "")
    written = fold(number.span.of(text))
    return tuple(
        Found(name, Span(start, start + len(name)), "number.organ", 0.8)
        for name in (without_state(name) for name, _ in names)
        if is_organ(name) and (start := number.span.start + written.find(name)) >= number.span.start
    )


def _title_issuers(reading: Reading, title: Found[str] | None, parts: TitleParts) -> tuple[Found[str], ...]:
    if title is None or not parts.issuers:
        return ()
    at = fold(reading.text).find(fold(parts.issuers[:4]), title.span.start, title.span.end)
    if at < 0:
        return ()
    found = tuple(
        Found(name, Span(at + place.start, min(at + place.end, title.span.end)), "title.issuer", 0.95)
        for name, place in split_organs(parts.issuers)
    )
    return found if found and all(is_organ(one.value) for one in found) else ()


def _page_issuers(reading: Reading) -> Iterator[Found[str]]:
    for entry in reading.metadata.get("issuers", ())[:1]:
        for name, place in split_organs(reading.value(entry)):
            if is_organ(name):
                yield Found(name, place.shifted(entry.span.start), f"metadata.{entry.label}", 0.9)


def _signed(reading: Reading) -> Iterator[Found[str]]:
    layout = reading.layout
    if layout.inline_signoff:
        text = layout.inline_signoff.of(reading.text)
        end = next(find_dates(text)).span.start
        yield from _organs_in(text[:end], layout.inline_signoff.start, "signoff.inline")
    signed = tuple(_organ_lines(reading, "signature", "signoff"))
    yield from signed or _organ_lines(reading, "masthead", "masthead")


def _organ_lines(reading: Reading, role: LineRole, rule: str) -> Iterator[Found[str]]:
    above: Span | None = None
    for line in reading.layout.of(role):
        if above and _UNIT.search(line.text) and (name := _of_unit(above, line.span, reading.text)):
            yield Found(name, Span(above.start, line.span.end), rule, 0.9)
            above = None
            continue
        if above:
            yield from _organs_in(above.of(reading.text), above.start, rule)
        above = line.span
    if above:
        yield from _organs_in(above.of(reading.text), above.start, rule)


_UNIT = re.compile(r"^[\u3400-\u9fff]{0,12}办公室$")
_ELSEWHERE = re.compile(r"[省市县区州盟旗国]|^(?:中共|中央)")


def _of_unit(above: Span, line: Span, text: str) -> str | None:
    """The organ whose own office stands on the line below its name: 岚州市财政局 | 职称改革办公室."""
    organ, unit = above.of(text).strip(), line.of(text).strip()
    head = unit.removesuffix("办公室")
    alone = is_organ(head) or _ELSEWHERE.search(head)
    return organ + unit if not alone and is_organ(organ) and is_organ(organ + unit) else None


def _organs_in(text: str, offset: int, rule: str) -> Iterator[Found[str]]:
    for name, place in split_organs(text):
        if is_organ(name):
            yield Found(name, place.shifted(offset), rule, 0.9)
