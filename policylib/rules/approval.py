"""三同步: the plan and the text of the interpretation are approved no later than the paper is signed.
Source: domain.md §6.3 INT-14; 国办发〔2016〕80号. The days come from the office's own list (policylib judge --from)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from policylib.model import Evidence, Finding, Judgement, Snapshot, Span, Work
from policylib.rules.calendar import working_days
from policylib.rules.norms import TOGETHER
from policylib.rules.rule import Rule

_APPROVED = {"plan_approved": "解读方案", "text_approved": "解读材料"}
_SIGNED = "signed"


def rules() -> tuple[Rule, ...]:
    """interpretation.approval."""
    return (
        Rule(
            id="interpretation.approval",
            code="INT-14",
            title="解读没有与文件同步审签",
            asks="用 judge --from 登记了审签日期的文件，解读方案、解读材料的审签日期是不是不晚于文件的签发日期",
            severity="warning",
            basis=TOGETHER,
            remedy="今后请将解读方案、解读材料随文件代拟稿一并送审；日期登记错了的，改正清单，"
            "用 policylib judge --from 再读入一次",
            check=_check,
            exemptions=("没有提供审签日期的不查（用 policylib judge --from 读入清单）",),
        ),
    )


def _check(rule: Rule, snapshot: Snapshot) -> Iterator[Finding]:
    said = _said(snapshot)
    for key, days in sorted(said.items()):
        work = snapshot.by_key.get(key)
        approved = {field: word for field, word in _APPROVED.items() if field in days}
        if work is None or not work.held or not (approved or _SIGNED in days):
            continue
        if _SIGNED not in days or not approved:
            whose = "文件的签发日期" if approved else "解读方案、解读材料的审签日期"
            yield rule.finding(
                "unknown",
                key,
                f"不能判断是否同步审签：没有{whose}",
                evidence=_words(days),
                remedy=f"请补{whose}，填在清单里的用 policylib judge --from 再读入一次",
            )
            continue
        for field, word in approved.items():
            yield from _late(rule, work, days[field], days[_SIGNED], word)


def _said(snapshot: Snapshot) -> dict[str, dict[str, Judgement]]:
    """The last word on each day, by work and field; an empty one takes it back."""
    found: dict[str, dict[str, Judgement]] = {}
    for one in snapshot.judgements:
        if one.verdict == "set" and one.field in (*_APPROVED, _SIGNED):
            found.setdefault(one.source, {})[one.field] = one
    return {key: {field: one for field, one in days.items() if one.value} for key, days in found.items()}


def _late(rule: Rule, work: Work, approved: Judgement, signed: Judgement, word: str) -> Iterator[Finding]:
    first, second = date.fromisoformat(signed.value), date.fromisoformat(approved.value)
    if second > first:
        days = working_days(first, second)
        spell = f"{days}个工作日" if days is not None else f"{(second - first).days}天"
        message = f"{word}{second}审签，晚于文件签发（{first}）{spell}"
        yield rule.finding("fail", work.key, message, evidence=_words({approved.field: approved, _SIGNED: signed}))


def _words(days: Mapping[str, Judgement]) -> tuple[Evidence, ...]:
    """What the list says, as evidence."""
    names = {**{field: f"{word}审签日期" for field, word in _APPROVED.items()}, _SIGNED: "文件签发日期"}
    said = ((one.why or one.who or "人工登记", f"{names[one.field]} {one.value}") for one in days.values())
    return tuple(Evidence("", where, Span(0, len(quote)), quote, rule="judgement") for where, quote in said)
