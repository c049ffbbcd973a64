"""cleanup plan: what the next cleanup could conclude of each paper, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from policylib.cli.common import OutputFile, as_of_option, command, format_option, say, tell_doubts, with_library
from policylib.cli.decided import carried_out, contradiction, decided_words, decisions
from policylib.cli.output import cell, counted, write_rows, write_text
from policylib.cli.saving import save_table
from policylib.cli.status_words import dated_words, status_words
from policylib.export import TABLE_SUFFIXES
from policylib.export.findings import quotation
from policylib.export.sheet import Form
from policylib.export.words import state_word
from policylib.library import Library
from policylib.library.decisions_said import choices
from policylib.model import Judgement, Office, Snapshot
from policylib.office_rules import office_rules
from policylib.own_tables import PROPOSALS, drafter_cell
from policylib.rules import audit
from policylib.rules.context import Context
from policylib.rules.proposals import LeftOut, Proposal, left_out, proposals, without_original

_OUTCOMES = {"retain": "继续有效", "amend": "修改", "repeal": "废止", "lapse": "宣布失效", "ask": "待核实"}
_RANKS = {word: place for place, word in enumerate(("废止", "宣布失效", "修改", "延长有效期", "继续有效", "待议"))}
_ORDER = ("repeal", "lapse", "amend", "ask", "retain")  # what is to be done comes first


@command("plan", "为下一次清理，给范围内的每份文件提一个建议结论，写明理由。",
         "policylib cleanup plan\npolicylib cleanup plan --as-of 2024-12-31 -o 清理建议.csv",
         "只是建议，不改动库中的效力。范围（哪些机关、哪天以前）写在 policylib.toml 的 [cleanup] 下。\n"
         "已经废止、宣布失效的不列；表里的“会议决定”一栏留给会上填，\n"
         "填好了用 policylib judge --from 读回来。")  # fmt: skip
@as_of_option
@click.option("--all", "everything", is_flag=True, help="也列出建议继续有效而没有别的情形的，以及没有列入的。")
@click.option("-o", "--output", type=OutputFile(TABLE_SUFFIXES), metavar="文件",
              help="全部建议另存为 .csv、.xlsx 或 .json，屏幕上只说件数。")  # fmt: skip
@format_option
@with_library
def plan_command(library: Library, as_of: date | None, everything: bool, output: Path | None, form: str) -> None:
    context = Context(library.tables, library.office)
    plan = _plan(library, library.snapshot(as_of), context)
    if output is not None:
        _save(plan, output)
    if form != "text":
        write_rows(plan.rows(), PROPOSALS, form)
        return
    shown = [one for one in plan.proposals if everything or one.outcome != "retain" or one.evidence]
    for place, one in enumerate(shown if output is None else (), 1):
        write_text("\n".join(plan.lines(place, one)))
    outside = left_out(plan.snapshot, context)
    if everything and outside and output is None:
        write_text("\n".join(_left_out_lines("不是规范性文件，没有列入：", outside)))
    absent = without_original(plan.snapshot, context)
    if everything and absent and output is None:
        write_text("\n".join(_left_out_lines("范围内的文件没有原文、效力还没有定论，没有列入：", absent)))
    if met := [judged for one in plan.proposals if (judged := plan.decided.get(one.work.key))]:
        say(_met_words(met, plan.snapshot.as_of))
    if over := [*carried_out(plan.snapshot, plan.decided, {one.work.key for one in plan.proposals})]:
        say(f"会议决定过、现在已经废止或者失效而不再列入的 {len(over)} 件：")
        for line in over:
            say(line)
    tell_doubts(library)
    say(_scope_words(library.office))
    kinds = counted(_OUTCOMES[one.outcome] for one in plan.proposals)
    say(f"范围内 {len(plan.proposals)} 件：{kinds or '没有文件'}（据本库所知）")
    if len(shown) < len(plan.proposals) and output is None:
        say(f"另有 {len(plan.proposals) - len(shown)} 件继续有效，用 --all 列出")
    how = "" if everything and output is None else "，用 --all 在屏幕上列出"
    if outside:
        say(f"不是规范性文件，没有列入的 {len(outside)} 件{how}")
    if absent:
        say(f"范围内的文件没有原文、效力还没有定论，没有列入的 {len(absent)} 件{how}")


def _met_words(met: Sequence[Judgement], as_of: date) -> str:
    """会议已决定 3 件：废止 1，继续有效 2；…, and how many of these were entered after the day that is asked about."""
    ranked = sorted((one.value for one in met), key=lambda word: (_RANKS.get(word, len(_RANKS)), word))
    later = sum(one.when is not None and one.when.astimezone().date() > as_of for one in met)
    since = f"；其中 {later} 件是 {as_of} 以后登记的，那一天还没有" if later else ""
    return f"会议已决定 {len(met)} 件：{counted(ranked)}；决定要印发文件才生效{since}"


def _scope_words(office: Office) -> str:
    """范围：岚州市的机关（含所辖的），成文日期不限；…: whose papers are asked about, and where to say so."""
    place = office.jurisdiction.rpartition("/")[2]
    whose = "、".join(office.cleanup_issuers) or (f"{place}的机关（含所辖的）" if place else "库里的全部机关")
    until = f"成文不晚于 {office.cleanup_until}" if office.cleanup_until else "成文日期不限"
    return f"范围：{whose}，{until}；要改，在 policylib.toml 的 [cleanup] 下写 issuers（机关）、until（截止日期）"


@dataclass(frozen=True, slots=True)
class _Plan:
    """The proposals of a day, what is to be done first. `decided`: what meetings have said of works, by key; `rules`:
    what rules are called, by id."""

    snapshot: Snapshot
    proposals: Sequence[Proposal]
    decided: Mapping[str, Judgement]
    rules: Mapping[str, str]

    def rows(self) -> list[dict[str, object]]:
        return [self._row(place, one) for place, one in enumerate(self.proposals, 1)]

    def lines(self, place: int, one: Proposal) -> Iterator[str]:
        yield f"{place}. [{_OUTCOMES[one.outcome]}] {cell(one.work.label)}"
        yield f"   效力：{status_words(one.status, one.work.role)}"
        for number, ground in enumerate(one.grounds):
            yield f"   {'另外' if number else '理由'}：{cell(ground.reason)}"
            yield from (f"     原文：{quotation(words)} —— {cell(words.origin)}" for words in ground.evidence)
        if faults := self._faults(one):
            yield f"   检查发现：{cell('、'.join(faults))}"
        if said := decided_words(self.decided.get(one.work.key)):
            yield f"   此前会议决定：{cell(said)}"
        if note := contradiction(one.work, one.status, self.decided.get(one.work.key)):
            yield f"   请注意：{cell(note)}"

    def _row(self, place: int, one: Proposal) -> dict[str, object]:
        work, by_key, statuses = one.work, self.snapshot.by_key, self.snapshot.statuses
        bases = [(by_key[base.target], statuses[base.target]) for base in one.bases]
        return {
            "place": place, "title": work.title, "number": str(work.number) if work.number else None,
            "dated": dated_words(work, self.snapshot.judgements), "effective": work.effective,
            "expires": one.status.last_day(work.expires),
            "drafter": drafter_cell(work.drafter) if work.drafter else None,
            "bases": [f"{base.label}：{state_word(status.state, base.role)}" for base, status in bases],
            "state": status_words(one.status, work.role), "outcome": _OUTCOMES[one.outcome], "reason": one.reason,
            "faults": self._faults(one), "evidence": [words.quote for words in one.evidence],
            "earlier": decided_words(self.decided.get(work.key)), "decision": None, "key": work.key,
        }  # fmt: skip

    def _faults(self, one: Proposal) -> list[str]:
        """没有规定有效期（VAL-01): each rule once."""
        return list(dict.fromkeys(self.rules.get(fault.rule, fault.rule) for fault in one.faults))


def _plan(library: Library, snapshot: Snapshot, context: Context) -> _Plan:
    rules = [rule for rule in office_rules(library) if not rule.of_drafts]
    found = proposals(snapshot, context, audit(snapshot, rules).failures)
    places = library.order().by_key
    return _Plan(
        snapshot,
        sorted(found, key=lambda one: (_ORDER.index(one.outcome), places[one.work.key])),
        decisions(snapshot.judgements),
        {rule.id: f"{rule.title}（{rule.short_code}）" for rule in rules},
    )


def _save(plan: _Plan, output: Path) -> None:
    if plan.proposals:
        form = Form(choices={"decision": choices()}, hidden=("key",))
        save_table(plan.rows(), PROPOSALS, output, "清理建议", fill_in=("drafter", "decision"), form=form)
        say(f"已存入 {output}")
    else:
        say(f"没有可写的，没有写 {output}")


def _left_out_lines(head: str, outside: Sequence[LeftOut]) -> Iterator[str]:
    yield head
    for one in outside:
        yield f"  {cell(one.work.label)}：{cell(one.reason)}"
