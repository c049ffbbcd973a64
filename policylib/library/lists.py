"""Lists that an office keeps or that come back filled in, as judgements: 请补起草单位, 解读台账.

What they say is the highest rung of the ladder of drafters (E1, domain.md §6.2) and the days of 三同步 (INT-14). Each
judgement says in its reason where it comes from: 清单 台账.csv 第3行. A wrong row costs that row, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policylib.errors import AmbiguousPolicy, JudgementError, PolicyNotFound
from policylib.extract.folding import title_key
from policylib.library import derived, names, store
from policylib.library.correcting import FIELDS
from policylib.library.database import Database
from policylib.library.decisions_said import is_vague, outcome_said, outcomes
from policylib.library.judgement_form import formed
from policylib.library.list_columns import Column, Head, columns, head_of, is_of_tasks
from policylib.library.organs_said import OrgansSaid, parted
from policylib.library.written_days import written_day
from policylib.link.similar_titles import similar
from policylib.model import Judgement, Work
from policylib.own_tables import is_presumed
from policylib.readers.rows import Row
from policylib.tables import Tables

_PROVENANCE = "清单 "
_SUGGESTED = 20  # wrong rows that are told which names come near: a list of other papers has thousands
_TITLE_CELLS = 8  # cells or rows above the head: a title, who made the list, when
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
# 编号 heads a column of 1, 2, 3 in many an office's own list: no key of a work is such a figure.
_FIGURE = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What was not taken over of a row, and why. `line` is its number as the program shows it, `sheet` where it stands
    if the workbook has several."""

    line: int
    message: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ListReport:
    """What a list gave: the judgements that are new, how many of its values were known already, how many rows say
    nothing, what was not taken over, and the columns and sheets that nothing reads."""

    judgements: tuple[Judgement, ...] = ()
    unchanged: int = 0
    blank: int = 0
    faults: tuple[RowFault, ...] = ()
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    row: Row
    judgement: Judgement


class _Fault(NamedTuple):
    """A row that was not taken over, and why."""

    row: Row
    message: str


def read(
    database: Database, rows: Sequence[Row], tables: Tables, who: str, file: str, organs: OrgansSaid
) -> ListReport:
    """The judgements that the rows ask for; nothing is stored here. `who` is meant where a row names nobody.

    Raises JudgementError where no row is a head: a column that names the paper, and one that says something of it.
    """
    heads = list(_heads(rows))
    if not any(heads):
        raise _no_head(file, rows)
    headed = tuple(_headed(rows, heads))
    filled = [(row, head.values(row)) for row, head in headed]
    of_plans = {id(row) for row, head in headed if "decision" in head.places}
    asked = [(row, values) for row, values in filled if any(columns()[name].is_said for name in values)]
    by_key = derived.works_by_key(database, {values["key"] for _, values in asked if "key" in values})
    words: list[_Word] = []
    faults: list[_Fault] = []
    silent = 0  # rows that say back what policylib had put there, and nothing else
    for row, values in asked:
        try:
            work = _work(database, values, by_key, tables, suggest=len(faults) < _SUGGESTED)
            said = _judgements(row, values, work, who, file, id(row) in of_plans, organs)
            words += [_Word(row, one) for one in said]
            silent += not said
        except (JudgementError, PolicyNotFound, AmbiguousPolicy) as error:
            faults.append(_Fault(row, str(error)))
    agreed, split = _agreed(words)
    new, late = _new(agreed, store.judgements(database), file)
    place = {id(row): at for at, row in enumerate(rows)}
    told = sorted((*faults, *split, *late), key=lambda one: place[id(one.row)])
    return ListReport(
        judgements=tuple(new),
        unchanged=len(agreed) - len(new) - len(late),
        blank=len(filled) - len(asked) + silent,
        faults=tuple(RowFault(one.row.line, one.message, one.row.sheet) for one in told),
        idle=(*_idle_columns(headed), *_idle_sheets(rows, heads)),
    )


# What the rows are ------------------------------------------------------------------------------------------------


def _headed(rows: Sequence[Row], heads: Sequence[Head | None]) -> Iterator[tuple[Row, Head]]:
    """The rows below a head in their sheet, with it; a title above it is none. A head may come again on each page, and
    may take two rows: then the lower one, into which what is merged reaches down, is whole."""
    head: Head | None = None
    sheet = ""
    for row, own in zip(rows, heads, strict=True):
        head = own or (head if row.sheet == sheet else None)
        sheet = row.sheet
        if head and not own:
            yield row, head


def _heads(rows: Sequence[Row]) -> Iterator[Head | None]:
    """Each row as a head; what stands above the first one in its sheet is its title."""
    titles: list[str] = []
    sheet: str | None = None
    headed = False
    for row in rows:
        if row.sheet != sheet:
            titles, sheet, headed = [], row.sheet, False
        head = head_of(row, titles)
        headed = headed or head is not None
        if not headed and len(titles) < _TITLE_CELLS:
            titles += [text for text in row.cells.values() if text.strip()]
        yield head


def _no_head(file: str, rows: Sequence[Row]) -> JudgementError:
    above = [text for row in rows[:_TITLE_CELLS] for text in row.cells.values()]
    if any(is_of_tasks(row, above) for row in rows[:_TITLE_CELLS]):
        return JudgementError(
            f"{file}：这像是督查、任务台账：表中的责任单位、承办单位是办理任务的，不是文件的起草单位，没有读入。"
            "要登记起草单位的，请另加一列“起草单位”"
        )
    said = "、".join(column.labels[0] for column in columns().values() if column.is_said)
    return JudgementError(
        f"{file}：没有找到表头。请在各行上面写明各列，次序不限：要有“文号”“标题”或“编号”，"
        f"还要有登记的内容，至少一列：{said}"
    )


def _idle_columns(headed: Sequence[tuple[Row, Head]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, head in headed for name in head.idle))


def _idle_sheets(rows: Sequence[Row], heads: Sequence[Head | None]) -> tuple[str, ...]:
    """The sheets that have no head: remarks on how to fill in the others, or a list whose head nobody knows."""
    read = {row.sheet for row, head in zip(rows, heads, strict=True) if head}
    return tuple(f"工作表“{name}”（没有表头）" for name in dict.fromkeys(row.sheet for row in rows) if name not in read)


def _work(
    database: Database, values: Mapping[str, str], by_key: Mapping[str, Work], tables: Tables, suggest: bool
) -> Work:
    """The work of a row. Number and title must be its own too: a sheet that was sorted by one column only is wrong in
    every row. Raises JudgementError, PolicyNotFound, AmbiguousPolicy."""
    key, number, title = (values.get(name, "") for name in ("key", "number", "title"))
    if _FIGURE.fullmatch(key) and (number or title):
        key = ""
    if key and key not in by_key:
        raise JudgementError(f"库中没有编号为“{key}”的文件")
    numbers = {one.key for one in names.number_of(number, tables)}
    work = by_key[key] if key else _named(database, number if numbers else title or number, tables, suggest)
    if not work.held:
        raise JudgementError(f"{work.label}：库中没有原文，只见于引用，不能登记；请先读入它的文件")
    wrong_number = numbers and work.numbers and not numbers & {one.key for one in work.numbers}
    if wrong_number or not _is_called(work, title):
        raise JudgementError(
            f"编号、文号、标题说的不是同一份文件（库中这个{'编号' if key else '文号' if numbers else '标题'}的文件是"
            f"{work.label}），多半是排序时错了行，请核对"
        )
    return work


def _named(database: Database, name: str, tables: Tables, suggest: bool) -> Work:
    if not title_key(name):
        raise JudgementError("没有写是哪份文件：文号、标题都空着")
    return names.find_work(database, name, tables, suggest)


def _is_called(work: Work, title: str) -> bool:
    own = [one for one in (work.title, *work.aliases, *work.instruments) if one]
    return not title or not own or any(similar(one, title) for one in own)


# What they say ----------------------------------------------------------------------------------------------------


def _judgements(
    row: Row, values: Mapping[str, str], work: Work, who: str, file: str, of_plan: bool, organs: OrgansSaid
) -> list[Judgement]:
    """Raises JudgementError where a cell holds no organ, no day or no decision."""
    why = f"{_source(file)}{f'工作表“{row.sheet}” ' if row.sheet else ''}第{row.line}行"
    said = values.get("decision", "")
    note = "；".join(filter(None, (said if said not in outcomes() else "", values.get("why", ""))))
    return [
        formed(
            Judgement(
                "set", work.key, field=name, value=_value(columns()[name], text, values, work, organs),
                who=values.get("who") or who, why=f"{why}：{note}" if note else why,
            )
        )
        for name, text in values.items() if columns()[name].is_said and not _is_ours(name, text, work, of_plan)
    ]  # fmt: skip


def _is_ours(name: str, text: str, work: Work, of_plan: bool) -> bool:
    """Whether a cell says back what policylib had put there: the drafter in a table of proposals is nobody's word."""
    drafter = work.drafter
    if name != "drafter" or not of_plan:
        return False
    said = drafter is not None and drafter.certainty == "stated" and parted(text) == list(drafter.names)
    return said or is_presumed(text)


def _source(file: str) -> str:
    """清单 台账.csv: how the reasons of all that a list says begin."""
    return f"{_PROVENANCE}{file} "


def _value(column: Column, text: str, values: Mapping[str, str], work: Work, organs: OrgansSaid) -> str:
    if column.holds == "organs":
        return _organs(column, text, work, organs)
    if column.holds == "outcome":
        return _outcome(text, values.get("proposal", ""))
    try:
        return written_day(text)
    except JudgementError as error:
        raise JudgementError(f"{FIELDS[column.field]}写得不对：{error}") from None


def _outcome(text: str, proposed: str) -> str:
    """Raises JudgementError for words that are no decision."""
    said = outcome_said(text, proposed)
    if said is None and is_vague(text):
        raise JudgementError(
            f"会议决定“{text}”，看不出还要不要改：没有别的意见的写“同意”，改了再办的写“修改，……”，没有定下来的写“待议”"
        )
    if said is None:
        known = "、".join(outcomes())
        agreed = f"，建议结论是“{proposed or '空的'}”" if outcome_said(text, outcomes()[0]) else ""
        raise JudgementError(
            f"会议决定“{text}”{agreed}，看不出是哪一种，请写{known}之一；同意建议结论的写“同意”，另有要求的写在逗号后面"
        )
    return said


def _organs(column: Column, text: str, work: Work, organs: OrgansSaid) -> str:
    """岚州市财政局、岚州市科学技术局, however they are parted. Raises JudgementError for no organ, and for a slip."""
    parts = parted(text)
    wrong = next((part for part in parts if part in column.refused or not _HAN.search(part)), None)
    if wrong or not parts:
        raise JudgementError(f"“{wrong or text}”不是单位名称；不知道的请空着")
    return organs.full(text, work)


# What is new ------------------------------------------------------------------------------------------------------


def _agreed(words: Sequence[_Word]) -> tuple[list[_Word], list[_Fault]]:
    """The words on the works of which all rows say the same; where they contradict each other, none of them counts."""
    groups: dict[str, list[_Word]] = {}
    for one in words:
        groups.setdefault(one.judgement.source, []).append(one)
    agreed: list[_Word] = []
    split: list[_Fault] = []
    for group in groups.values():
        said: dict[str, set[str]] = {}
        for one in group:
            said.setdefault(one.judgement.field, set()).add(one.judgement.value)
        wrong = "、".join(FIELDS[name] for name, values in said.items() if len(values) > 1)
        if not wrong:
            agreed += group
            continue
        rows = list({id(one.row): one.row for one in group}.values())
        lines = "、".join(f"{row.line}（{row.sheet}）" if row.sheet else str(row.line) for row in rows)
        split += [_Fault(row, f"同一份文件在第 {lines} 行填的{wrong}不一样") for row in rows]
    return agreed, split


def _new(agreed: Sequence[_Word], earlier: Sequence[Judgement], file: str) -> tuple[list[Judgement], list[_Fault]]:
    """What was not said before. A list that is read again does not undo what was said since; what was changed in it
    counts anew."""
    said: dict[tuple[str, str], list[Judgement]] = {}
    for old in earlier:
        if old.verdict == "set":
            said.setdefault((old.source, old.field), []).append(old)
    new: dict[tuple[str, str], Judgement] = {}
    late: list[_Fault] = []
    for one in agreed:
        place = one.judgement.source, one.judgement.field
        before = said.get(place, [])
        if before and before[-1].value == one.judgement.value:
            continue
        if _is_late(one.judgement, before, file):
            now = f"改成了“{before[-1].value}”" if before[-1].value else "撤回了"
            what = f"{FIELDS[one.judgement.field]}“{one.judgement.value}”"
            late.append(_Fault(one.row, f"{what}登记过，后来{now}，以后来的为准；请改表，要改回来的用 policylib judge"))
        else:
            new.setdefault(place, one.judgement)
    return list(new.values()), late


def _is_late(word: Judgement, before: Sequence[Judgement], file: str) -> bool:
    """Whether this list said so last, and somebody had another word since; or any list said so, of which this one may
    be a copy, and a person had the last word."""
    own = [old for old in before if old.why.startswith(_source(file))]
    if own:
        return own[-1].value == word.value
    listed = any(old.value == word.value and old.why.startswith(_PROVENANCE) for old in before)
    return listed and not before[-1].why.startswith(_PROVENANCE)
