"""What a person may say of works and relations: checked before it is kept, because it is kept for good.

A judgement that cannot be applied would be obeyed by nobody, or break the next linking; so it is refused, and the
message says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from policylib.errors import JudgementError
from policylib.extract.task_heads import COMPLETION, completion_field, tasks_of
from policylib.extract.titles import DOC_TYPES, doc_type_of
from policylib.library import derived, store
from policylib.library.confirming import Confirming, no_work
from policylib.library.database import Database
from policylib.library.judgement_form import formed
from policylib.library.list_columns import outcomes
from policylib.library.organs_said import OrgansSaid
from policylib.library.search import DISCLOSURES
from policylib.model import Judgement, Office, Work
from policylib.rule_sets import disclosure_profile
from policylib.tables import Tables

FIELDS = {
    "title": "标题", "doc_type": "文种", "drafter": "起草单位", "interpreter": "解读单位",
    "registration_number": "登记号", "disclosure": "公开属性", "dated": "成文日期", "published": "公布日期",
    "effective": "施行日期", "expires": "失效日期", "number": "文号", "completion": "完成情况",
    "signed": "文件签发日期", "plan_approved": "解读方案审签日期", "text_approved": "解读材料审签日期",
    "decision": "会议决定",
}  # fmt: skip
"""The fields of a work that a person may set, and what people call them. `number` confirms a repaired number; besides,
`exempt:interpretation.missing` says why that rule does not bind the work, and `completion:` with the head of a task
what has become of that task. `decision` is what a meeting decided of the paper: it changes no status."""

_FURTHER = re.compile(r"exempt:[a-z]+\.[a-z-]+|completion:.+")

APPROVALS = ("signed", "plan_approved", "text_approved")
"""Days of the office's own procedure, which no paper states."""
_OWN_DATES = ("dated", "published", "effective", "expires")
DATES = (*_OWN_DATES, *APPROVALS)
_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T](?P<hour>\d{1,2}:\d\d(?::\d\d)?))?")
_YEARS = range(1900, 2201)
"""Years in which a paper may have been made, or may end: others are slips of the finger."""
_ONE_LINE = ("title", "doc_type", "drafter", "interpreter", "registration_number", "disclosure")
# ZBCR-2017-0020003, HFGS—2017—9, GZ0320240034, 穗府规审〔2019〕1号: signs of a number, with a figure and no sentence.
_REGISTRATION = re.compile(r"(?=.*\d)[\w〔〕\[\]【】()（）./·—–－\- ]{3,40}")


def keep(
    database: Database, judgements: Sequence[Judgement], now: datetime, tables: Tables, organs: OrgansSaid,
    office: Office,
) -> tuple[Judgement, ...]:  # fmt: skip
    """Stores what is new of them, and gives all as they stand: dates as ISO, moments in UTC, organs by their full
    names, no blanks round the value; for one that says nothing new, what stands already.

    Raises JudgementError for a work, field, value or relation that is none, and for what is no text, before anything is
    stored.
    """
    earlier, unread = list(store.judgements(database)), store.unread_judgements(database)
    confirming = Confirming(database, tables, office, tuple(earlier))
    checked = [_checked(database, formed(one), earlier, tables, organs, confirming) for one in judgements]
    _check_order(database, checked)
    confirming.check_agreement(checked)
    said = []
    for one in checked:
        stands = _standing(one, earlier, unread)
        if stands is None:
            stands = one if one.when else replace(one, when=now)
            store.save_judgement(database, stands)
            earlier.append(stands)
        said.append(stands)
    return tuple(said)


def _standing(
    judgement: Judgement, earlier: Sequence[Judgement], unread: Container[tuple[str, ...]]
) -> Judgement | None:
    """The earlier word that a judgement only says again; itself, where it takes back what nobody has said, or what was
    taken back; None where it is new. Who says the same for another reason, or in another's name, says something new.
    `unread`: what rows speak of that cannot be read (`store.unread_judgements`); that can be taken back."""
    last = next((one for one in reversed(earlier) if one.matter == judgement.matter), None)
    if judgement.takes_back:
        said = (last and not last.takes_back) or judgement.matter in unread
        return None if said else judgement
    if last is None or (last.verdict, last.value) != (judgement.verdict, judgement.value):
        return None
    again = judgement.who in ("", last.who) and judgement.why in ("", last.why)
    return last if again else None


def _checked(
    database: Database, judgement: Judgement, earlier: Sequence[Judgement], tables: Tables, organs: OrgansSaid,
    confirming: Confirming,
) -> Judgement:  # fmt: skip
    if judgement.verdict == "set":
        return _checked_value(database, judgement, earlier, tables, organs)
    if judgement.verdict not in ("accept", "reject", "withdraw"):
        known = "accept（确认）、reject（否定）、withdraw（撤回）或 set（更正）"
        raise JudgementError(f"意见只能是 {known}，不是“{judgement.verdict}”")
    confirming.check(judgement)
    return judgement


def day(text: str) -> str:
    """2024-03-01 for 2024-03-01, 2024-3-1, 2024/3/1, 2024.3.1 and 2024年3月1日, with
    or without a time. Raises JudgementError."""
    return _moment(text).date().isoformat()


def _moment(text: str) -> datetime:
    """The day with its hour, 0 where none is written."""
    match = _DAY.fullmatch(text)
    try:
        if match and int(match[1]) in _YEARS:
            hour = [int(part) for part in (match["hour"] or "0:0").split(":")]
            return datetime(*map(int, match.groups()[:3]), *hour)  # type: ignore[arg-type]
    except ValueError:
        pass
    raise JudgementError(f"日期应写明年月日，例如 2024-03-01，不是“{text}”")


def _checked_value(
    database: Database, judgement: Judgement, earlier: Sequence[Judgement], tables: Tables, organs: OrgansSaid
) -> Judgement:
    if judgement.field not in FIELDS and not _FURTHER.fullmatch(judgement.field):
        known = "、".join(f"{name}（{word}）" for name, word in FIELDS.items())
        raise JudgementError(f"没有“{judgement.field}”这一项，可更正的有：{known}")
    work = derived.works_by_key(database, [judgement.source]).get(judgement.source)
    if work is None:
        raise no_work(judgement.source)
    if not work.held:
        raise JudgementError(f"{work.label}：库中没有原文，只见于引用，不能登记意见。请先读入它的文件")
    value = judgement.value.strip()
    if judgement.field.partition(":")[0] == COMPLETION:
        _check_task(database, replace(judgement, value=value), work, earlier)
    if judgement.field in ("drafter", "interpreter") and len(value.splitlines()) == 1:
        value = organs.full(value, work)
    kept = _as_kept(judgement.field, value, work, tables) if value else ""
    return replace(judgement, value=kept, former=_held(work, judgement.field))


def _held(work: Work, field: str) -> str | None:
    """What the work has in a field of its own; "" for nothing, None for what is no field of a work."""
    if field == "drafter":
        return "、".join(work.drafter.names) if work.drafter else ""
    return str(getattr(work, field) or "") if field in (*_ONE_LINE, *_OWN_DATES) else None


def _check_task(database: Database, judgement: Judgement, work: Work, earlier: Sequence[Judgement]) -> None:
    """Raises JudgementError where the work gives no such task. What was said of one that is not read any more can be
    taken back."""
    if not judgement.value and any((one.source, one.field) == (judgement.source, judgement.field) for one in earlier):
        return
    found = tasks_of(work, partial(store.analysis_of, database), partial(store.text_of, database))
    if found is None:
        raise JudgementError(f"{work.label}：没有从中读出任务，完成情况无从登记")
    fields = dict.fromkeys(completion_field(task.item.of(found.text)) for task in found.tasks)
    if judgement.field != COMPLETION and judgement.field not in fields:
        raise JudgementError(f"{work.label}没有“{judgement.field}”这一项任务，可写：{'、'.join(fields)}")


def _as_kept(field: str, value: str, work: Work, tables: Tables) -> str:
    """A value in the form of its field. Raises JudgementError for what the field cannot be, and says what it can."""
    if field == "published" and _moment(value).time() != time():
        return _moment(value).isoformat()
    if field in DATES:
        return day(value)
    if field in _ONE_LINE and len(value.splitlines()) > 1:
        raise JudgementError(f"{FIELDS[field]}应写在一行里，中间不能换行")
    if field == "decision" and value not in outcomes():
        raise JudgementError(f"会议决定应写{'、'.join(outcomes())}之一，不是“{value}”")
    if field == "number" and value not in map(str, work.numbers):
        known = "、".join(map(str, work.numbers)) or "无"
        raise JudgementError(f"这里只能确认读出的文号（{known}），不能改成“{value}”。文号有误的，请更正原件后重新读入")
    if field == "doc_type" and doc_type_of(value) is None:
        raise JudgementError(f"没有“{value}”这个文种，可写：{'、'.join(DOC_TYPES)}，或以它们结尾的（若干措施）")
    if field == "registration_number" and not _REGISTRATION.fullmatch(value):
        raise JudgementError(f"登记号应写作 ZBCR-2017-0020003 这样带数字的编号，不是“{value}”")
    if field == "disclosure" and disclosure_profile(tables.profiles.values()).openness(value) is None:
        raise JudgementError(f"没有“{value}”这种公开属性，可写：{'、'.join(DISCLOSURES)}")
    return value


def _check_order(database: Database, judgements: Sequence[Judgement]) -> None:
    """Raises JudgementError where a work would end before it began. What is said together is looked at together."""
    said: dict[str, dict[str, str]] = {}
    for one in judgements:
        if one.verdict == "set" and one.field in ("dated", "effective", "expires"):
            said.setdefault(one.source, {})[one.field] = one.value
    for key, work in derived.works_by_key(database, list(said)).items():
        read = {name: getattr(work, name) for name in ("dated", "effective", "expires")}
        held = {name: day.isoformat() for name, day in read.items() if day and said[key].get(name) != ""}
        held |= {name: value for name, value in said[key].items() if value}
        for name in ("effective", "dated"):
            if "expires" in held and name in held and held["expires"] < held[name]:
                raise JudgementError(
                    f"{work.label}：失效日期（{held['expires']}）早于{FIELDS[name]}（{held[name]}），请核对；"
                    "两个都要更正的，请一次登记"
                )
