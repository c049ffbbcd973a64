"""Rows and listed lines of a cleanup result: one row, one relation; the outcome stands in the heading above or in a
column (domain.md §7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policylib.extract.dates import as_date, first_date
from policylib.extract.deadlines import deadline_in
from policylib.extract.folding import fold
from policylib.extract.layout import Line
from policylib.extract.list_headings import NUMBERS_ALONE
from policylib.extract.organ_names import are_organs
from policylib.extract.parts import ARTICLES, ENDS_IN_PART, with_remark
from policylib.extract.titles import doc_type_of
from policylib.model import Block, Citation, Claim, Document, Found, Mode, NumberMention, Problem, RelationKind, Span

_OUTCOMES: Final[tuple[tuple[RelationKind, Mode, re.Pattern[str]], ...]] = (
    (
        "partly_repeals",
        "act",
        ENDS_IN_PART,
    ),
    ("retains", "act", re.compile(r"(?:不|不予|不宜|不再|暂缓)废止")),
    ("amends", "plan", re.compile(r"拟?修[改订](?!后)|需修改|修改后重新|重新制定")),
    ("retains", "act", re.compile(r"继续有效|(?<!不再)(?<!不予)保留|继续执行|现行有效|有效")),
    (
        "repeals",
        "plan",
        re.compile(
            r"(?:拟|建议|适时)(?:予以)?废止|(?:待|征求意见|出台|发布|实施|修订|完成)[^;,。]{0,20}?后(?:再行?|予以)?废止"
        ),
    ),
    ("repeals", "act", re.compile(r"废止|(?:停止|不再)(?:执行|施行|适用)")),
    ("lapses", "act", re.compile(r"失效")),
)
_TICKED: Final = "ticked:"  # 废止 | 失效 | 继续有效: columns of outcomes, of which a row has one ticked
_TICK = re.compile(r" *(?:[√✓✔●○◯☑Vv]|是) *")
_ANY_DAY = re.compile(r"((?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")
_KEPT_UNTIL = re.compile(rf"(?:至|到){_ANY_DAY.pattern}")
_HEADING = re.compile(
    r"(?:目录|清单|文件|名单|一览表|汇总表)(?:\(?(?:共)?\d*件?\)?)?$|"
    r"^(?P<ordinal>\(?[一二三四五六七八九十]{1,2}[、)] ?)?(?:本次|此次|其中,?|共|予以|决定|宣布|全文|拟){0,3}"
    r"(?:保留|修改|废止|失效|继续有效)类?(?:\(?共?\d{1,3}[件个项份部]\)?:?|:|(?<=类)|(?(ordinal)|(?!)))$"
)
_ANNOUNCES = re.compile(r"(?:如下|下列[^。;]{0,20})[。:]?$")
_ITEM = re.compile(
    r"^(?:[-—–·●]{1,3} ?|\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?=[.、)]))(?:[.、)] ?| ))?"
    r"(?:《(?P<quoted>.+)》|(?P<bare>[^《》。;]{5,90}?|"
    r"[^《》。;]{2,40}《[^《》。;]{2,60}》[^《》。;]{1,20}?))(?: ?\([^()]+\)){0,3}[;。、]?$"
)
_TO_AMEND = re.compile(r"修[改订].{0,20}(?:重新)?(?:公布|发布|印发)|(?:完成|进行)修[改订]|修[改订]工作")
_GROUP = re.compile(r"[^,。;:《》]{1,20}$")  # 社会保险: the name of a group of rows that goes over the whole table
_SUM = re.compile(r"合 *计|总 *计|小 *计|注[:：]|备注")
LEAST_TITLE: Final = 5
SHOWN: Final = 60
MAX_HEADING: Final = 60  # characters of 继续有效的市政府规范性文件目录（共120件）
_COLUMNS: Final = {
    "title": re.compile(r"文件名称|名称|标题|文件题目|规范性文件$|^文件$"),
    "number": re.compile(r"文号|发文字号|文件编号|字号"),
    "outcome": re.compile(
        r"清理(?:结果|意见|结论)|处理(?:意见|结果|方式)|^(?:结果|意见|结论|处理|清理|类别|效力|效力状态)$|"
        r"(?:保留|废止|修改|失效|继续有效)[/、或](?:保留|废止|修改|失效|继续有效)"
    ),
    "until": re.compile(r"有效期.{0,4}(?:延长|延续|延)|(?:延长|延续).{0,4}(?:有效期|至)"),
    "deadline": re.compile(r"时限|期限|完成时间"),
    "reason": re.compile(r"理由|原因|依据|备注"),
    # 起草（实施）部门 does not say which of the two.
    "drafter": re.compile(r"^(?:牵头|原)?起草(?:部门|单位|机关|科室|处室)$"),
    "issuer": re.compile(r"制定机关|发文机关|起草|实施部门|责任单位|制定单位"),
}


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of the table being read, and the outcome that its heading gives."""

    columns: dict[str, int]
    outcome: tuple[RelationKind, Mode, Found[str]] | None
    above: tuple[RelationKind, Mode, Found[str]] | None = None
    """What the last row says that has an outcome: a class that is written once is merged over the rows below it."""


def cleanup_claims(
    text: str, lines: Sequence[Line], numbers: Sequence[NumberMention], year: int | None = None
) -> Iterator[Claim | Problem]:
    """A claim for each row or listed line that names a document: repeals, lapses, retains, amends (a plan), with its
    reason and the last day of the plan (year-end means that of `year`); a problem for a row that names none that can be
    told."""
    above: tuple[str, Claim] | None = None
    for first_cell, found in _read(text, lines, numbers, year):
        if isinstance(found, Problem):
            yield found
        elif above and first_cell and _goes_on(above, (first_cell, found)):
            above = first_cell, replace(above[1], reason=_together(above[1].reason, found.reason))
        else:
            if above:
                yield above[1]
            above = first_cell, found
    if above:
        yield above[1]


def _read(
    text: str, lines: Sequence[Line], numbers: Sequence[NumberMention], year: int | None
) -> Iterator[tuple[str, Claim | Problem]]:
    """What each row or listed line says, with the first cell of the row."""
    if not lines:
        return
    table = _Table({}, None)
    folded = fold(text)
    until = next(filter(None, (_amended_until(folded, line, year) for line in lines if line.role != "row")), None)
    for line in lines:
        if line.role != "row":
            heading = heading_outcome(line)
            kept = table.columns if heading is None and _GROUP.match(line.text) else {}
            table = _Table(kept, heading or table.outcome)
            if heading is None:
                yield from (("", _dated(claim, until)) for claim in _listed(text, folded, line, table, numbers))
            continue
        cells = [fold(cell.of(text)).strip() for cell in line.cells]
        columns = _header(cells)
        if columns:
            table = _Table(columns, table.outcome)
        elif _is_alone(cells) and table.columns.get("title") != 0 and (heading := heading_outcome(line)):
            table = replace(table, outcome=heading)
        elif claim := _row(text, line, cells, table := _with_class(cells, line, table), numbers):
            column = table.columns.get("deadline")
            own = _latest(folded, line.cells[column], year) if column is not None and column < len(cells) else None
            yield cells[0], _dated(claim, own or until)
        elif _names_something(cells, table):
            words = "  ".join(filter(None, cells))[:SHOWN]
            yield cells[0], Problem("cleanup.row-unread", f"清理目录有一行没有读懂：{words}，请对照原件", line.span)


_CELL = re.compile(r"[^ \t]+(?: [^ \t]+)*")
_TAB = re.compile("\t")
_LEAST_CELLS: Final = 3
_LEAST_TABBED: Final = 2  # 类别 | 文号, with a tab between
_TITLED: Final = ("名称", "标题", "文件题目", "规范性文件", "文件\t", "\t文号")
"""One of them heads the column of titles, or of numbers."""


def with_typed_rows(document: Document, folded: str) -> Document:
    """The document, with the rows of a table that was typed with tabs or wide blanks as rows: below a head of at least
    three columns, title and outcome among them, whatever has as many."""
    if not ("\t" in folded or "  " in folded) or not any(word in folded for word in _TITLED):
        return document
    made: list[Block] = []
    least = width = 0
    above = ""
    for block in document.blocks:
        words = block.span.of(folded).strip() if block.kind != "row" else ""
        cells = _typed_cells(folded, block.span) if "  " in words or "\t" in words else []
        indented = "\t" in folded[max(0, block.span.start - 1) : block.span.start]
        tabbed = _between_tabs(folded, _whole_line(folded, block.span)) if width and (indented or "\t" in words) else []
        if width and least <= len(tabbed) <= width:
            cells = tabbed
        elif len(cells) != width:
            enough = len(cells) >= (_LEAST_TABBED if "\t" in words else _LEAST_CELLS)
            head = _header([one.of(folded) for one in cells]) if enough else {}
            width = len(cells) if _has_outcome(head) or ("title" in head and _heads_rows(above)) else 0
            least = max(width, 1) if "\t\t" in words else 1 + _last_needed(head)
        if len(cells) < _LEAST_CELLS:
            above = words or above
        made.append(replace(block, kind="row", cells=tuple(cells)) if width and cells else block)
    return replace(document, blocks=tuple(made))


def _heads_rows(words: str) -> bool:
    """予以废止的文件目录, above a table whose columns give no outcome."""
    return len(words) <= MAX_HEADING and bool(_HEADING.search(words)) and len(outcomes_in(words)) == 1


def _typed_cells(folded: str, where: Span) -> list[Span]:
    return [Span(*one.span()) for one in _CELL.finditer(folded, where.start, where.end)]


def _whole_line(folded: str, where: Span) -> Span:
    """A row from the start of its line: that of an empty first cell begins with a tab."""
    start = folded.rfind("\n", 0, where.start) + 1
    return Span(start, where.end) if not folded[start : where.start].strip() else where


def _between_tabs(folded: str, where: Span) -> list[Span]:
    """The cells of a row that was copied from a table, one tab between two; an empty cell has nothing between them."""
    ends = [match.start() for match in _TAB.finditer(folded, where.start, where.end)] + [where.end]
    return [Span(start, end) for start, end in zip([where.start, *(end + 1 for end in ends)], ends, strict=False)]


def _has_outcome(head: Mapping[str, int]) -> bool:
    """Whether the head of a table has a title, and an outcome or several of which a row has one ticked."""
    if "title" not in head:
        return "number" in head and "outcome" in head
    return "outcome" in head or sum(name.startswith(_TICKED) for name in head) > 1


def _last_needed(head: Mapping[str, int]) -> int:
    """The place of the last column without which a row says nothing."""
    first = [place for name, place in head.items() if name.startswith(_TICKED)]
    return max([head.get("title", head.get("number", 0)), head.get("outcome", 0), min(first, default=0)])


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
    if place is None or place >= len(cells) or len(cells[place]) < LEAST_TITLE:
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


def heading_outcome(line: Line) -> tuple[RelationKind, Mode, Found[str]] | None:
    """The outcome of all that is listed below: 废止的规范性文件目录, 决定废止下列文件：."""
    if len(line.text) <= MAX_HEADING and _HEADING.search(line.text):
        return outcome_of(line.text, line.span)
    if len(line.text) > 2 * MAX_HEADING or "《" in line.text or not _ANNOUNCES.search(line.text):
        return None
    return outcome_of(line.text, line.span) if len(outcomes_in(line.text)) == 1 else None


def outcomes_in(words: str) -> set[RelationKind]:
    """All the outcomes that words speak of: 废止和宣布失效 -> repeals, lapses."""
    return {relation for relation, _, pattern in _OUTCOMES if pattern.search(words)}


def outcome_of(words: str, where: Span) -> tuple[RelationKind, Mode, Found[str]] | None:
    """废止的规范性文件目录 -> repeals; 继续有效 -> retains; 拟修改 -> amends, planned; None for other words."""
    for relation, mode, pattern in _OUTCOMES:
        if match := pattern.search(words):
            span = Span(where.start + match.start(), where.start + match.end())
            return relation, mode, Found(match.group(), span, f"cleanup.{relation}")
    return None


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Column names to positions when the row is a header; it may repeat on every page."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if len(cell) > 16:
            return {}
        words = cell.replace(" ", "").replace("\n", "")
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.search(words):
                found[name] = index
                break
        else:
            if len(outcomes_in(words)) == 1:
                found[f"{_TICKED}{words}"] = index
    columns = len(found) + ("序号" in [cell.replace(" ", "") for cell in cells])
    return found if columns > 1 and ("title" in found or {"number", "outcome"} <= found.keys()) else {}


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
    if len(name) < LEAST_TITLE or not (inside or doc_type_of(name)):
        return None
    outcome = _cell_outcome(cells, line, table) or table.outcome
    if outcome is None:
        return None
    relation, mode, cue = outcome
    detail = _detail(relation, cells, table)
    if relation == "retains" and detail:
        relation = "extends"
    reason = table.columns.get("reason")
    why = cells[reason] or None if reason is not None and reason < len(cells) else None
    by = _drafter(text, line, table)
    return Claim(_cited(name, where, inside), relation, line.span, cue, mode, detail=detail, reason=why, drafter=by)


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


def _item(
    text: str, line: Line, outcome: tuple[RelationKind, Mode, Found[str]], numbers: Sequence[NumberMention]
) -> Claim | None:
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


def _by_number(
    line: Line, outcome: tuple[RelationKind, Mode, Found[str]], numbers: Sequence[NumberMention]
) -> Claim | None:
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


def _cell_outcome(cells: Sequence[str], line: Line, table: _Table) -> tuple[RelationKind, Mode, Found[str]] | None:
    column = table.columns.get("outcome")
    if column is not None:
        said = outcome_of(cells[column], line.cells[column]) if column < len(cells) else None
        return said or (table.above if _is_below(cells, table) else None)
    ticked = [
        (name.removeprefix(_TICKED), line.cells[place])
        for name, place in table.columns.items()
        if name.startswith(_TICKED) and place < len(cells) and _TICK.fullmatch(cells[place])
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
