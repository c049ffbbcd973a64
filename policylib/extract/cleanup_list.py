"""Rows and listed lines of a cleanup result: one row, one relation; the outcome stands in the heading above or in a
column (domain.md §7)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policylib.extract.cleanup_columns import TICKED, columns_of
from policylib.extract.cleanup_outcomes import Outcome, heading_outcome, outcome_of, outcomes_in
from policylib.extract.dates import as_date, first_date
from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.extract.layout import Line
from policylib.extract.list_days import annex_label
from policylib.extract.list_headings import NUMBERS_ALONE
from policylib.extract.organ_names import are_organs
from policylib.extract.parts import ARTICLES, with_remark
from policylib.extract.split_rows import is_cut_number, is_open_title, joined_cells, rest_of, whole_number
from policylib.extract.titles import doc_type_of
from policylib.model import Citation, Claim, Found, NumberMention, Problem, RelationKind, Span

_TICK = re.compile(r" *(?:[√✓✔●○◯☑Vv]|是) *")
_ANY_DAY = re.compile(r"((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")
_KEPT_UNTIL = re.compile(rf"(?:至|到){_ANY_DAY.pattern}")
_ITEM = re.compile(
    r"^(?:[-—–·●]{1,3} ?|\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?=[.、)]))(?:[.、)] ?| ))?"
    r"(?:《(?P<quoted>.+)》|(?P<bare>[^《》。;]{5,90}?|"
    r"[^《》。;]{2,40}《[^《》。;]{2,60}》[^《》。;]{1,20}?))(?: ?\([^()]+\)){0,3}[;。、]?$"
)
_TO_AMEND = re.compile(r"修[改订].{0,20}(?:重新)?(?:公布|发布|印发)|(?:完成|进行)修[改订]|修[改订]工作")
_GROUP = re.compile(r"[^,。;:《》]{1,20}$")  # 社会保险: the name of a group of rows that goes over the whole table
_SUM = re.compile(r"合 *计|总 *计|小 *计|注[:：]|备注")
_LEAST_TITLE: Final = 5
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of the table being read, and the outcome that its heading gives."""

    columns: dict[str, int]
    outcome: Outcome | None
    above: Outcome | None = None
    """What the last row says that has an outcome: a class that is written once is merged over the rows below it."""


def cleanup_claims(
    text: str, lines: Sequence[Line], numbers: Sequence[NumberMention], year: int | None = None
) -> Iterator[Claim | Problem]:
    """A claim for each row or listed line that names a document: repeals, lapses, retains, amends (a plan), with its
    reason and the last day of the plan (year-end means that of `year`); a problem for a row that names none that can be
    told."""
    labels = [(line.span.start, label) for line in lines if (label := _label(text, line))]
    starts = [start for start, _ in labels]
    above: tuple[str, Claim] | None = None
    for first_cell, found in _read(text, lines, numbers, year):
        if isinstance(found, Problem):
            yield found
            continue
        place = bisect_right(starts, found.scope.start)
        found = replace(found, annex=labels[place - 1][1]) if place else found
        if above and first_cell and _goes_on(above, (first_cell, found)):
            above = first_cell, replace(above[1], reason=_together(above[1].reason, found.reason))
        else:
            if above:
                yield above[1]
            above = first_cell, found
    if above:
        yield above[1]


def _label(text: str, line: Line) -> str | None:
    """附件1, on a line of its own or in the first cell of a row that has no other."""
    if line.role != "row":
        return annex_label(line.text) if line.role in ("body", "annex", "title") else None
    cells = [fold(cell.of(text)).strip() for cell in line.cells]
    return annex_label(cells[0]) if _is_alone(cells) else None


def _read(
    text: str, lines: Sequence[Line], numbers: Sequence[NumberMention], year: int | None
) -> Iterator[tuple[str, Claim | Problem]]:
    """What each row or listed line says, with the first cell of the row."""
    if not lines:
        return
    table = _Table({}, None)
    folded = fold(text)
    until = next(filter(None, (_amended_until(folded, line, year) for line in lines if line.role != "row")), None)
    done = 0
    for index, line in enumerate(lines):
        if index < done:
            continue
        if line.role != "row":
            heading = heading_outcome(line)
            kept = table.columns if heading is None and _GROUP.match(line.text) else {}
            table = _Table(kept, heading or table.outcome)
            if heading is None:
                yield from (("", _dated(claim, until)) for claim in _listed(text, folded, line, table, numbers))
            continue
        cells = [fold(cell.of(text)).strip() for cell in line.cells]
        columns = columns_of(cells)
        if columns:
            table = _Table(columns, table.outcome)
        elif _is_alone(cells) and table.columns.get("title") != 0 and (heading := heading_outcome(line)):
            table = replace(table, outcome=heading)
        elif rest := rest_of(text, lines, index, cells, table.columns):
            done = index + 1 + len(rest)
            yield cells[0], _split_row(text, line, cells, rest, table, numbers)
        elif claim := _row(text, line, cells, table := _with_class(cells, line, table), numbers):
            column = table.columns.get("deadline")
            own = _latest(folded, line.cells[column], year) if column is not None and column < len(cells) else None
            yield cells[0], _dated(claim, own or until)
        elif _names_something(cells, table):
            words = "  ".join(filter(None, cells))[:_SHOWN]
            yield cells[0], Problem("cleanup.row-unread", f"清理目录有一行没有读懂：{words}，请对照原件", line.span)


def _split_row(
    text: str, line: Line, cells: Sequence[str], rest: Sequence[Line], table: _Table, numbers: Sequence[NumberMention]
) -> Claim | Problem:
    """What a row says whose title, or whose number, goes on in the rows below it; a problem where they make no title
    or no number together."""
    title, number = table.columns["title"], table.columns.get("number")
    where = line.cells[title]
    inside = _row_numbers(line, where, table, numbers)
    name = joined_cells(text, (line, *rest), title)
    written = joined_cells(text, (line, *rest), number) if number is not None else ""
    known = tuple(one.number for one in inside if one.number) or whole_number(written)
    span = Span(line.span.start, rest[-1].span.end)
    outcome = _cell_outcome(cells, line, table) or table.outcome
    if outcome is None or is_open_title(fold(name)) or (written and not known and is_cut_number(fold(written))):
        words = f"{name}  {written}".strip()[:_SHOWN]
        return Problem("cleanup.row-unread", f"清理目录有一行没有读懂：{words}，请对照原件", span)
    citation = replace(_cited(name.strip("《》"), where, inside), numbers=known, form="full" if known else "title")
    return replace(_decided(text, line, cells, table, outcome, citation), scope=span)


def _goes_on(above: tuple[str, Claim], row: tuple[str, Claim]) -> bool:
    """Whether a row is more of the one above: its document is merged over both, which give two reasons. A document that
    is listed twice has two serial numbers."""
    (serial, first), (other, second) = above, row
    return (
        serial == other
        and (first.relation, first.mode, first.detail) == (second.relation, second.mode, second.detail)
        and first.citation.title == second.citation.title
        and first.citation.numbers == second.citation.numbers
    )


def _together(first: str | None, second: str | None) -> str | None:
    return first if second in (None, first) else f"{first}；{second}" if first else second


def _is_alone(cells: Sequence[str]) -> bool:
    """Whether a row has words in its first cell only: it heads a group (社会保险, 二、废止的文件), merged over all."""
    return bool(cells and cells[0]) and not any(cells[1:])


def _names_something(cells: Sequence[str], table: _Table) -> bool:
    """Whether a row below a head has a title, and does not head a group of rows."""
    place = table.columns.get("title")
    if place is None or place >= len(cells) or len(cells[place]) < _LEAST_TITLE:
        return False
    return sum(map(bool, cells)) > 1 and not _SUM.match(cells[0] or cells[place])


def _dated(claim: Claim, until: str | None) -> Claim:
    return replace(claim, detail=until) if claim.mode == "plan" and claim.relation == "amends" else claim


def _amended_until(folded: str, line: Line, year: int | None) -> str | None:
    """The last day of 应于2020年12月31日前修改后重新公布, as ISO."""
    return _latest(folded, line.span, year) if _TO_AMEND.search(line.text) else None


def _latest(folded: str, where: Span, year: int | None) -> str | None:
    found = deadline_in(folded, where.start, where.end, year)
    return found.value.latest.isoformat() if found and found.value.latest else None


def _row(text: str, line: Line, cells: Sequence[str], table: _Table, numbers: Sequence[NumberMention]) -> Claim | None:
    if "title" not in table.columns and "outcome" in table.columns:
        return _numbered_row(line, cells, table, numbers)
    place = table.columns.get("title")
    if place is None or place >= len(cells):
        if _is_alone(cells):
            return None
        place = max(
            range(len(cells)), key=lambda index: len(cells[index]) if doc_type_of(cells[index]) else 0, default=None
        )
    if place is None:
        return None
    where = _beside_number(text, line.cells[place], numbers)
    inside = _row_numbers(line, where, table, numbers)
    name = where.of(text).strip(" \n\u3000《》")
    if len(name) < _LEAST_TITLE or not (inside or doc_type_of(name)):
        return None
    outcome = _cell_outcome(cells, line, table) or table.outcome
    if outcome is None:
        return None
    return _decided(text, line, cells, table, outcome, _cited(name, where, inside))


def _decided(text: str, line: Line, cells: Sequence[str], table: _Table, outcome: Outcome, citation: Citation) -> Claim:
    """What a row decides of its paper, with what its other columns say."""
    relation, mode, cue = outcome
    detail = _detail(relation, cells, table)
    if relation == "retains" and detail:
        relation = "extends"
    reason = table.columns.get("reason")
    why = cells[reason] or None if reason is not None and reason < len(cells) else None
    by = _drafter(text, line, table)
    return Claim(citation, relation, line.span, cue, mode, detail=detail, reason=why, drafter=by)


def _numbered_row(line: Line, cells: Sequence[str], table: _Table, numbers: Sequence[NumberMention]) -> Claim | None:
    """A row of a table that gives numbers and no titles: 废止 | 岚旅发〔2011〕3号."""
    column, outcome = table.columns["number"], _cell_outcome(cells, line, table)
    found = [one for one in numbers if column < len(cells) and line.cells[column].contains(one.span) and one.number]
    if outcome is None or len(found) != 1:
        return None
    relation, mode, cue = outcome
    return Claim(_cited_by(found[0]), relation, line.span, cue, mode, detail=_detail(relation, cells, table))


def _beside_number(text: str, cell: Span, numbers: Sequence[NumberMention]) -> Span:
    """The title of a cell that has the number before it, or behind: 岚教发〔2013〕27号 民办幼儿园年检办法."""
    [*inside] = (one.span for one in numbers if one.number and cell.contains(one.span))
    if len(inside) != 1:
        return cell
    ahead, behind = Span(cell.start, inside[0].start), Span(inside[0].end, cell.end)
    if not ahead.of(text).strip(" \u3000（(") and behind.of(text).strip(" \u3000）)"):
        return _stripped(text, behind)
    return _stripped(text, ahead) if not behind.of(text).strip(" \u3000）)") else cell


def _stripped(text: str, where: Span) -> Span:
    words = where.of(text)
    kept = words.strip(" \n\t\u3000（()）")
    start = where.start + words.find(kept)
    return Span(start, start + len(kept))


def _drafter(text: str, line: Line, table: _Table) -> Found[str] | None:
    """Who drafted the row's document, as a column of that name says (domain.md §6.2 E2); not whoever carries it out."""
    column = table.columns.get("drafter")
    if column is None or column >= len(line.cells):
        return None
    cell = line.cells[column]
    words = cell.of(text).strip()
    start = cell.start + cell.of(text).find(words)
    whole = re.sub(r"\s*\n\s*", "", words)
    return Found(whole, Span(start, start + len(words)), "drafter.list") if are_organs(whole) else None


def _listed(text: str, folded: str, line: Line, table: _Table, numbers: Sequence[NumberMention]) -> tuple[Claim, ...]:
    """1.《岚州市城市供水办法》（岚政发〔2014〕11号） below 一、废止下列规范性文件.

    A title without marks needs its number; a line of numbers alone gives them all.
    """
    if table.outcome is None:
        return ()
    if NUMBERS_ALONE.match(line.text):
        relation, mode, cue = table.outcome
        cited = (_cited_by(one) for one in numbers if line.span.contains(one.span) and one.number)
        return tuple(with_remark(Claim(one, relation, line.span, cue, mode), folded) for one in cited)
    claim = _item(text, line, table.outcome, numbers)
    return (with_remark(claim, folded),) if claim else ()


def _item(text: str, line: Line, outcome: Outcome, numbers: Sequence[NumberMention]) -> Claim | None:
    match = _ITEM.match(line.text)
    if match is None or not (match["quoted"] or doc_type_of(match["bare"].strip())):
        return _by_number(line, outcome, numbers)
    group = "quoted" if match["quoted"] else "bare"
    where = Span(*match.span(group)).shifted(line.span.start)
    inside = [one for one in numbers if line.span.contains(one.span) and one.number and not where.contains(one.span)]
    name = where.of(text).strip(" \u3000")
    if not doc_type_of(name) or not (inside or match["quoted"]) or len(inside) > 1:
        return _by_number(line, outcome, numbers)
    relation, mode, cue = outcome
    return Claim(_cited(name, where, inside), relation, line.span, cue, mode)


_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、)] ?[^。;:]{5,120}[;。]?$")


def _by_number(line: Line, outcome: Outcome, numbers: Sequence[NumberMention]) -> Claim | None:
    """1.岚政发〔2015〕18号 岚州市房屋租赁管理办法: an item whose form is not known, of one number, and with no word of
    its own on what becomes of it."""
    inside = [one for one in numbers if line.span.contains(one.span) and one.number]
    if len(inside) != 1 or not _NUMBERED.match(line.text) or outcomes_in(line.text):
        return None
    relation, mode, cue = outcome
    return Claim(_cited_by(inside[0]), relation, line.span, cue, mode)


def _cited_by(one: NumberMention) -> Citation:
    numbered = (one.number,) if one.number else ()
    return Citation(span=one.span, form="number", numbers=numbered, repaired=bool(one.repaired))


def _cited(name: str, where: Span, numbers: Sequence[NumberMention]) -> Citation:
    return Citation(
        span=Span(where.start, max([where.end, *(one.span.end for one in numbers)])),
        form="full" if numbers else "title",
        title=re.sub(r"\s*\n\s*", "", name),
        title_span=where,
        numbers=tuple(one.number for one in numbers if one.number),
        repaired=any(one.repaired for one in numbers),
    )


def _row_numbers(line: Line, title: Span, table: _Table, numbers: Sequence[NumberMention]) -> list[NumberMention]:
    """The numbers of the row's own document: those of the number column, else any that stand outside the title."""
    found = [one for one in numbers if line.span.contains(one.span) and one.number and not title.contains(one.span)]
    column = table.columns.get("number")
    if column is not None and column < len(line.cells):
        found = [one for one in found if line.cells[column].contains(one.span)] or found
    return found


def _cell_outcome(cells: Sequence[str], line: Line, table: _Table) -> Outcome | None:
    column = table.columns.get("outcome")
    if column is not None:
        said = outcome_of(cells[column], line.cells[column]) if column < len(cells) else None
        return said or (table.above if _is_below(cells, table) else None)
    ticked = [
        (name.removeprefix(TICKED), line.cells[place])
        for name, place in table.columns.items()
        if name.startswith(TICKED) and place < len(cells) and _TICK.fullmatch(cells[place])
    ]
    return outcome_of(*ticked[0]) if len(ticked) == 1 else None


def _is_below(cells: Sequence[str], table: _Table) -> bool:
    """Whether a row leaves the class blank that stands ahead of its papers: 废止 | 岚旅发〔2009〕3号, and below it
    nothing | 岚旅发〔2011〕3号."""
    column = table.columns.get("outcome")
    named = table.columns.get("title", table.columns.get("number"))
    return column is not None and named is not None and column < named and column < len(cells) and not cells[column]


def _with_class(cells: Sequence[str], line: Line, table: _Table) -> _Table:
    return table if _is_below(cells, table) else replace(table, above=_cell_outcome(cells, line, table))


def _detail(relation: RelationKind, cells: Sequence[str], table: _Table) -> str | None:
    """The new last day of what is kept; the articles of what ends in part."""
    if relation == "retains":
        return _kept_until(cells, table)
    column = table.columns.get("outcome")
    if relation != "partly_repeals" or column is None or column >= len(cells):
        return None
    return "、".join(ARTICLES.findall(cells[column])) or None


def _kept_until(cells: Sequence[str], table: _Table) -> str | None:
    """The new last day of what is kept, as ISO: 继续有效，有效期至2027年12月31日, or a column 有效期延长至. What is in
    a column 有效期 the paper may say of itself."""
    for name, words in (("outcome", _KEPT_UNTIL), ("until", _ANY_DAY)):
        column = table.columns.get(name)
        match = words.search(cells[column]) if column is not None and column < len(cells) else None
        if match and (found := first_date(match[1])):
            return as_date(found.value).isoformat()
    return None
