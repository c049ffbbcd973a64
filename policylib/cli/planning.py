"""tasks, drafts: who does what until when; what became of the papers that asked for comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click

from policylib.cli.common import (
    Count,
    Day,
    OutputFile,
    as_of_option,
    command,
    format_option,
    say,
    typed_again,
    with_library,
)
from policylib.cli.output import cell, write_rows, write_text
from policylib.cli.saving import save_table
from policylib.export import TABLE_SUFFIXES
from policylib.export.findings import quotation
from policylib.export.words import state_word
from policylib.extract.responsible import is_class
from policylib.library import Library
from policylib.model import DeadlineNature, Snapshot, Work
from policylib.own_tables import DRAFTS, TASKS
from policylib.rules.context import Context
from policylib.rules.drafts import Draft, consultation_profile, drafts
from policylib.rules.duties import Duty, Match, concerns, may_mean, plans

_NOTES: dict[Match, str] = {
    "same": "", "subunit": "系其内设机构", "successor": "机构改革后的名称", "predecessor": "机构改革前的名称",
    "class": "没有点名，系所说的各机关之一",
}  # fmt: skip
_NATURES: dict[DeadlineNature, str] = {"returning": "定期办理", "standing": "长期", "at_once": "即时办理"}
_UNWRITTEN = "未写时限"


@command("tasks", "列出任务分工：哪项任务、谁牵头、谁配合、最迟哪一天，附原文。",
         "policylib tasks\npolicylib tasks 岚政发〔2015〕22号\npolicylib tasks --unit 科技局 --by 2024-06-30\n"
         "policylib tasks --due 30 -o 任务分工.xlsx",
         "不写文号则列全库的：本单位的文件在前，再是本地区的，再是其他的，新的在前；\n"
         "写了 --by、--due 的，最早到期的在前。已经废止、失效的文件，其任务不列（--all 也列）。\n"
         "--unit 简称、全称都行，机构改革前后的也算；只写“各部门”的不算。\n"
         "“公布后30个工作日内”按本库所知的公布日期和国务院的放假安排推算；推算不出的写“时限不明”。\n"
         "序号照文件里的先后；文件自己编的号另写作“原文（三）”。\n"
         "办完的用 policylib judge 文号 --set 完成情况2=已办结 登记（2 是序号；写 完成情况（三） 也行），\n"
         "整份办完的不写序号。\n"
         "退出码：0 有任务，或者这些天没有到期的；1 没有读到这个单位、这份文件的任务。")  # fmt: skip
@click.argument("names", metavar="[文号或标题...]", nargs=-1)
@click.option("--unit", metavar="单位", help="只列这个单位牵头或者配合的，例如 科技局。")
@click.option("--by", "latest", type=Day(), metavar="日期", help="只列最迟不晚于这一天、没有登记办完的，含已过时限的。")
@click.option("--due", "days", type=Count(), metavar="天数", help="只列这么多天之内到期、没有登记办完的。")
@click.option("--all", "everything", is_flag=True, help="也列出已经废止、失效的文件的任务。")
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="另存为 .csv、.xlsx 或 .json。")  # fmt: skip
@as_of_option
@format_option
@with_library
def tasks_command(
    library: Library, names: tuple[str, ...], unit: str | None, latest: date | None, days: int | None,
    everything: bool, output: Path | None, as_of: date | None, form: str,
) -> int:  # fmt: skip
    snapshot = library.snapshot(as_of)
    context = Context(library.tables, library.office)
    asked = _Asked(names, unit, latest, days, everything, as_of)
    every = _duties(library, snapshot, [library.get(name) for name in names] if names else None)
    shared = [(one, note) for one in every if (note := _shares(one, unit, context)) is not None]
    noted = [one for one in shared if _is_wanted(one[0], snapshot, asked)]
    if asked.by_day:
        noted.sort(key=lambda one: one[0].latest or date.max)
    rows = [_row(one, note, snapshot) for one, note in noted]
    if output is not None:
        save_table(rows, TASKS, output, "任务分工")
        say(f"已存入 {output}")
    elif form != "text":
        write_rows(rows, TASKS, form)
    elif noted:
        write_text("\n".join(_page(noted, snapshot)))
    _tell(noted, snapshot)
    for line in _left_out(shared, noted, asked, snapshot):
        say(line)
    if unit and (unnamed := _unnamed(every, shared, unit, asked, snapshot, context)):
        say(f"另有 {unnamed} 项只写“各部门”“有关单位”等，是否包括它，请看原文（不写 --unit 可看到）")
    return 0 if noted or (shared and asked.by_day) else 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed: of which papers and whose tasks are asked for, until which day, within how many days, and whether
    those of dead papers are too, as of which day."""

    names: tuple[str, ...]
    unit: str | None
    latest: date | None
    days: int | None
    everything: bool
    as_of: date | None

    @property
    def dead(self) -> bool:
        return self.everything or bool(self.names)

    @property
    def by_day(self) -> bool:
        return self.latest is not None or self.days is not None

    def until(self, day: date) -> str:
        """The command that lists the same until a day: policylib tasks --unit 科技局 --by 2024-06-30."""
        options = (("--unit", self.unit), ("--by", day), ("--as-of", self.as_of))
        return typed_again("policylib tasks", self.names, options)


def _duties(library: Library, snapshot: Snapshot, works: Sequence[Work] | None) -> list[Duty]:
    """The tasks of the works that are named, in their order; of all, in the library's."""
    found = dict(plans(snapshot, works))
    ordered = found if works is not None else library.order().sorted(found)
    return [duty for work in ordered for duty in found[work]]


def _is_wanted(duty: Duty, snapshot: Snapshot, asked: _Asked) -> bool:
    if not asked.by_day:
        return asked.dead or not _death(duty.work, snapshot)
    return _is_due(duty, snapshot) and _is_within(duty, snapshot, asked)


def _is_due(duty: Duty, snapshot: Snapshot) -> bool:
    """Whether it has a last day, and is to be done still."""
    return duty.latest is not None and not duty.done and not _death(duty.work, snapshot)


def _is_within(duty: Duty, snapshot: Snapshot, asked: _Asked) -> bool:
    day = duty.latest or date.max
    soon = asked.days is None or snapshot.as_of <= day <= snapshot.as_of + timedelta(asked.days)
    return soon and (asked.latest is None or day <= asked.latest)


def _shares(duty: Duty, unit: str | None, context: Context) -> str | None:
    """What is to be said of the unit's part in it; None where it has none."""
    if unit is None:
        return ""
    match = concerns(duty, unit, context)
    return _NOTES[match] if match else None


def state_of(duty: Duty, snapshot: Snapshot) -> str:
    """已办结 · 已过时限 · 未到时限 · 定期办理 · 长期 · 即时办理 · 时限不明 · 未写时限; of a dead plan: 文件已废止."""
    if duty.done:
        return duty.done
    if death := _death(duty.work, snapshot):
        return f"文件已{death}"
    if not duty.deadline:
        return _UNWRITTEN
    if duty.latest is None:
        return _NATURES.get(duty.nature, "时限不明")
    return "已过时限" if duty.is_late(snapshot.as_of) else "未到时限"


def _death(work: Work, snapshot: Snapshot) -> str:
    status = snapshot.statuses.get(work.key)
    return state_word(status.state, work.role) if status and status.state.dead else ""


def _page(noted: Sequence[tuple[Duty, str]], snapshot: Snapshot) -> Iterator[str]:
    above = ""
    for duty, note in noted:
        if duty.work.key != above:
            yield from ([""] if above else [])
            yield cell(duty.work.label)
            above = duty.work.key
        own = f"原文{duty.number}：" if duty.number not in ("", str(duty.place)) else ""
        yield f"{duty.place:>3}. {own}{cell(duty.head)}"
        shares = [f"牵头：{_names(duty.lead) or '未写明'}"]
        shares += [f"配合：{_names(duty.support)}"] * bool(duty.support)
        yield f"     {'；'.join(shares)}{f'（{note}）' if note else ''}"
        yield f"     时限：{cell(_when(duty, snapshot))}"
        yield f"     {quotation(duty.evidence)} —— {cell(duty.evidence.path)}"


def _names(units: Sequence[str]) -> str:
    """市民政局、各区县（统称）: a group is nobody by name, and a reader must ask who belongs to it."""
    return cell("、".join(f"{name}（统称）" if is_class(name) else name for name in units))


def _groups(duty: Duty) -> str:
    """“各起草部门”是统称，没有逐个写明."""
    groups = "、".join(f"“{name}”" for name in (*duty.lead, *duty.support) if is_class(name))
    return f"{groups}是统称，没有逐个写明" if groups else ""


def _when(duty: Duty, snapshot: Snapshot) -> str:
    """2017-08-08，已过时限（本方案公布后30个工作日内，自2017-06-27起算）; 未写时限（文件已废止）."""
    state = state_of(duty, snapshot)
    if not duty.deadline:
        return state if state == _UNWRITTEN else f"{_UNWRITTEN}（{state}）"
    words = "，".join(filter(None, (duty.deadline, duty.note)))
    return f"{f'{duty.latest}，' if duty.latest else ''}{state}（{words}）"


def _tell(noted: Sequence[tuple[Duty, str]], snapshot: Snapshot) -> None:
    shown = [one for one, _ in noted]
    if shown:
        late = sum(state_of(one, snapshot) == "已过时限" for one in shown)
        unknown = sum(state_of(one, snapshot) == "时限不明" for one in shown)
        papers = len({one.work.key for one in shown})
        say(f"共 {papers} 份文件 {len(shown)} 项任务；已过时限 {late}，时限不明 {unknown}（截至 {snapshot.as_of}）")


def _left_out(
    shared: Sequence[tuple[Duty, str]], noted: Sequence[tuple[Duty, str]], asked: _Asked, snapshot: Snapshot
) -> Iterator[str]:
    """Why there is nothing, and what there is beside what is listed: tasks that are late, those of dead papers."""
    late = sum(_is_due(one, snapshot) and one.is_late(snapshot.as_of) for one, _ in shared)
    if not shared:
        yield "没有符合条件的任务。能读出的是写明谁负责的任务：（甲局牵头，乙局配合）、责任单位：甲局、任务分工表等"
    elif not noted:
        yield f"没有{_span(asked)}{'任务' if asked.by_day else '现行文件的任务'}"
    if asked.days is not None and late:
        yield f"另有 {late} 项已过时限，用 {asked.until(snapshot.as_of - timedelta(1))} 查看"
    dead = [one for one, _ in shared if not asked.by_day and _death(one.work, snapshot)]
    if dead and not asked.dead:
        papers = len({one.work.key for one in dead})
        yield f"另有 {papers} 份已经废止、失效的文件的 {len(dead)} 项没有列，用 --all 查看"


def _span(asked: _Asked) -> str:
    """30天内到期的; 2024-06-30以前到期、没有登记办完的."""
    if asked.days is not None:
        return f"{asked.days}天内到期的"
    return f"{asked.latest}以前到期、没有登记办完的" if asked.by_day else ""


def _unnamed(
    every: Sequence[Duty], shared: Sequence[tuple[Duty, str]], unit: str, asked: _Asked, snapshot: Snapshot,
    context: Context,
) -> int:  # fmt: skip
    """How many tasks of those asked for name some units of which this may be one."""
    named = {(one.work.key, one.place) for one, _ in shared}
    others = (one for one in every if (one.work.key, one.place) not in named and _is_wanted(one, snapshot, asked))
    return sum(may_mean(one, unit, context) for one in others)


def _row(duty: Duty, note: str, snapshot: Snapshot) -> dict[str, object]:
    work = duty.work
    return {
        "place": duty.place,
        "own": duty.number or None,
        "item": duty.item,
        "lead": list(duty.lead),
        "support": list(duty.support),
        "latest": duty.latest.isoformat() if duty.latest else None,
        "state": state_of(duty, snapshot),
        "deadline": duty.deadline or None,
        "note": "；".join(filter(None, (duty.note, note, _groups(duty)))) or None,
        "number": str(work.number) if work.number else None,
        "title": work.title,
        "quote": quotation(duty.evidence),
        "path": duty.evidence.path,
        "key": work.key,
    }


# Drafts ------------------------------------------------------------------------------------------------------------


@command("drafts", "列出征求意见稿：征求了几天、后来的正式文件、有没有公布意见反馈。",
         "policylib drafts\npolicylib drafts --format csv > 征求意见.csv\npolicylib drafts -o 征求意见.xlsx",
         "天数首尾两天都算；没写从哪天起的，从页面公布那天算起。\n"
         "“未见正式文件”“未见意见反馈”是说本库没有，不等于没有公布。")  # fmt: skip
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="另存为 .csv、.xlsx 或 .json。")  # fmt: skip
@as_of_option
@format_option
@with_library
def drafts_command(library: Library, output: Path | None, as_of: date | None, form: str) -> None:
    snapshot = library.snapshot(as_of)
    context = Context(library.tables, library.office)
    found = [one for one in drafts(snapshot) if one.work.day is None or one.work.day <= snapshot.as_of]
    rows = [_draft_row(one, context.ruled(one.work, consultation_profile).least_days, snapshot) for one in found]
    if output is not None:
        save_table(rows, DRAFTS, output, "征求意见")
        say(f"已存入 {output}")
    elif form == "text":
        write_text("\n\n".join("\n".join(_draft_lines(one, row)) for one, row in zip(found, rows, strict=True)))
    else:
        write_rows(rows, DRAFTS, form)
    open_ = sum(one.final is None for one in found)
    say(f"共 {len(found)} 份，未见正式文件 {open_}（据本库所知，截至 {snapshot.as_of}）" if found else "没有征求意见稿")


def _draft_lines(draft: Draft, row: dict[str, object]) -> Iterator[str]:
    yield cell(draft.work.label)
    spell = f"{row['first'] or '？'} 至 {row['last'] or '？'}，{row['days']} 天" if draft.days else "没有读出起止日期"
    yield f"  征求意见：{spell}{'（' + str(row['enough']) + '）' if row['enough'] else ''}"
    if draft.evidence:
        yield f"    {quotation(draft.evidence)} —— {cell(draft.evidence.path)}"
    yield f"  正式文件：{cell(row['final'])}{'，' + str(row['since']) if row['since'] else ''}"
    yield f"  意见反馈：{cell(row['feedback'])}"


def _draft_row(draft: Draft, least: int, snapshot: Snapshot) -> dict[str, object]:
    work, final = draft.work, draft.final
    ended = draft.last or work.day
    waited = (snapshot.as_of - ended).days if ended else 0
    missing = "未见正式文件" + (f"，已过 {waited} 天" if waited > 0 else "")
    return {
        "title": work.title,
        "published": work.published_on or work.dated,
        "first": draft.first,
        "last": draft.last,
        "days": draft.days,
        "enough": _enough(draft, least),
        "final": final.label if final else missing,
        "since": final.day if final else None,
        "feedback": [one.label for one in draft.feedback] or "未见意见反馈",
        "quote": quotation(draft.evidence) if draft.evidence else None,
        "path": draft.evidence.path if draft.evidence else work.paths[0] if work.paths else None,
        "key": work.key,
    }


def _enough(draft: Draft, least: int) -> str | None:
    if draft.days is None:
        return None
    if draft.days >= least:
        return f"满 {least} 天"
    return f"不到 {least} 天" + ("，已说明理由" if draft.shortened else "")
