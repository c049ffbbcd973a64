"""The list 请补起草单位 as it comes back: rows that people filled in, as judgements. A wrong row costs that row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policylib.errors import AmbiguousPolicy, JudgementError, PolicyNotFound
from policylib.extract.folding import title_key
from policylib.library import derived, names, store
from policylib.library.schema import Database
from policylib.link.catalogue import similar
from policylib.model import Judgement, Work
from policylib.readers.rows import Row
from policylib.tables import Tables

COLUMNS = (
    ("key", "编号"), ("number", "文号"), ("title", "标题"), ("issuers", "发文机关"), ("interpreters", "解读单位"),
    ("drafter", "起草单位"), ("who", "填报人"), ("why", "说明"),
)  # fmt: skip
"""The columns of the list, as it goes out. It may come back with any of them moved, and with others beside them."""

_HEADS = {head: key for key, head in COLUMNS} | {"发文字号": "number", "文件标题": "title", "文件名称": "title"}
_HEAD_ROWS = 20  # a title and remarks may stand above the head
_BRACKETED = re.compile(r"[（(].*|\s")
_SEPARATOR = re.compile(r"\s*[、,，;；/\n]\s*")
# What people write who do not know either.
_NO_ORGAN = ("无", "不详", "不明", "未知", "不清楚", "不知道", "待定", "待查", "暂无", "没有", "同上", "略")
_HAN = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was not taken over, by its number in the sheet, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned sheet gave. `unchanged` rows say what was known already, `blank` ones nothing."""

    judgements: tuple[Judgement, ...] = ()
    unchanged: int = 0
    blank: int = 0
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    line: int
    judgement: Judgement


def answers(database: Database, rows: Sequence[Row], tables: Tables, who: str, sheet: str) -> Returned:
    """The judgements that the rows ask for; nothing is stored here. `who` is meant where a row names nobody.

    Raises JudgementError where the sheet has no column for the drafter or none that names the work.
    """
    head, body = _head(rows, sheet)
    filled = [(row.line, _values(row, head)) for row in body]
    asked = [(line, values) for line, values in filled if values.get("drafter")]
    faults: list[RowFault] = []
    found: list[_Answer] = []
    by_key = derived.works_by_key(database, {values["key"] for _, values in asked if values.get("key")})
    for line, values in asked:
        try:
            work = _work(database, values, by_key, tables)
            said = Judgement(
                "set", work.key, field="drafter", value=_organs(values["drafter"]), who=values.get("who") or who,
                why=values.get("why") or f"见{sheet}",
            )  # fmt: skip
            found.append(_Answer(line, said))
        except (JudgementError, PolicyNotFound, AmbiguousPolicy) as error:
            faults.append(RowFault(line, str(error)))
    agreed, split = _agreed(found)
    said_before = [one for one in store.judgements(database) if one.verdict == "set" and one.field == "drafter"]
    new, late = _new(agreed, said_before)
    return Returned(
        judgements=tuple(new),
        unchanged=len(found) - len(split) - len(new) - len(late),
        blank=len(filled) - len(asked),
        faults=tuple(sorted((*faults, *split, *late), key=lambda one: one.line)),
    )


def _head(rows: Sequence[Row], sheet: str) -> tuple[Mapping[int, str], Sequence[Row]]:
    """What each column is, and the rows below the head."""
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        head = {
            column: _HEADS[name] for column, text in row.cells.items() if (name := _BRACKETED.sub("", text)) in _HEADS
        }
        if "drafter" in head.values() and {"key", "number", "title"}.intersection(head.values()):
            return head, rows[at + 1 :]
    raise JudgementError(
        f"{sheet}: 没有找到表头。表头要有“起草单位”，还要有“编号”“文号”或“标题”；"
        "可用 policylib drafters 重新导出一张来填"
    )


def _values(row: Row, head: Mapping[int, str]) -> dict[str, str]:
    """The cells by their meaning, without the apostrophe that keeps a csv cell from being a formula."""
    return {key: row.cells[column].lstrip("'").strip() for column, key in head.items() if column in row.cells}


def _work(database: Database, values: Mapping[str, str], by_key: Mapping[str, Work], tables: Tables) -> Work:
    """The work of a row. Number and title must be its own too: a sheet that was sorted by one column only is wrong in
    every row. Raises JudgementError, PolicyNotFound, AmbiguousPolicy."""
    key, number, title = (values.get(name, "") for name in ("key", "number", "title"))
    if key and key not in by_key:
        raise JudgementError(f"库中没有编号为“{key}”的文件")
    work = by_key[key] if key else _named(database, number, title, tables)
    if not work.held:
        raise JudgementError(f"{work.label}：库中没有原文，只见于引用，不能登记")
    numbers = {one.key for one in names.number_of(number, tables)}
    wrong_number = numbers and work.numbers and not numbers & {one.key for one in work.numbers}
    if wrong_number or (title and work.title and not similar(work.title, title)):
        raise JudgementError(f"编号、文号、标题说的不是同一份文件（编号的文件是{work.label}），多半是排序时错了行")
    return work


def _named(database: Database, number: str, title: str, tables: Tables) -> Work:
    if not number and not title_key(title):
        raise JudgementError("没有写是哪份文件")
    return names.find_work(database, number or title, tables)


def _organs(text: str) -> str:
    """岚州市财政局、岚州市科学技术局, however they are parted. Raises JudgementError for what is no organ."""
    parts = [part for part in _SEPARATOR.split(text.strip()) if part]
    wrong = next((part for part in parts if part in _NO_ORGAN or not _HAN.search(part)), None)
    if wrong or not parts:
        raise JudgementError(f"“{wrong or text}”不是单位名称；不知道的请空着")
    return "、".join(parts)


def _agreed(found: Sequence[_Answer]) -> tuple[list[_Answer], list[RowFault]]:
    """One answer a work; where rows contradict each other, none of them counts."""
    groups: dict[str, list[_Answer]] = {}
    for one in found:
        groups.setdefault(one.judgement.source, []).append(one)
    agreed: list[_Answer] = []
    split: list[RowFault] = []
    for group in groups.values():
        if len({one.judgement.value for one in group}) == 1:
            agreed.append(group[0])
        else:
            others = "、".join(str(one.line) for one in group)
            split += [RowFault(one.line, f"同一份文件在第 {others} 行填的起草单位不一样") for one in group]
    return agreed, split


def _new(agreed: Sequence[_Answer], earlier: Sequence[Judgement]) -> tuple[list[Judgement], list[RowFault]]:
    """What was not said before. A sheet that is read again later does not undo what was said since."""
    new: list[Judgement] = []
    late: list[RowFault] = []
    for one in agreed:
        said = [old for old in earlier if old.source == one.judgement.source]
        if said and said[-1].value == one.judgement.value:
            continue
        if any((old.value, old.who) == (one.judgement.value, one.judgement.who) for old in said):
            now = f"改成了“{said[-1].value}”" if said[-1].value else "撤回了"
            late.append(RowFault(one.line, f"这一条登记过，后来{now}，没有再改；要改请用 policylib judge"))
        else:
            new.append(one.judgement)
    return new, late
