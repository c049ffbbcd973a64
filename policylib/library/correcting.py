"""Whether a person may set a field of a work to a value, and how the value is kept: what nobody could apply is
refused, and the message says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from functools import partial

from policylib.errors import JudgementError
from policylib.extract.task_heads import COMPLETION, completion_field, tasks_of
from policylib.extract.titles import DOC_TYPES, doc_type_of
from policylib.library import derived, store
from policylib.library.confirming import no_work
from policylib.library.database import Database
from policylib.library.decisions_said import FURTHER, outcome_said, outcomes
from policylib.library.field_words import DISCLOSURES, NO_REASONS
from policylib.library.organs_said import OrgansSaid
from policylib.library.written_days import written_day, written_moment
from policylib.model import Judgement, Work
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

_OF_OTHERS = ("exempt:cleanup.authority",)
"""What is said of the acts of others, and needs no original: that a bureau may end a paper of the government."""
_FURTHER = re.compile(r"exempt:[a-z]+\.[a-z-]+|completion:.+")

APPROVALS = ("signed", "plan_approved", "text_approved")
"""Days of the office's own procedure, which no paper states."""
_OWN_DATES = ("dated", "published", "effective", "expires")
_DATES = (*_OWN_DATES, *APPROVALS)
_ONE_LINE = ("title", "doc_type", "drafter", "interpreter", "registration_number", "disclosure")
# ZBCR-2017-0020003, HFGS—2017—9, GZ0320240034, 穗府规审〔2019〕1号: signs of a number, with a figure and no sentence.
_REGISTRATION = re.compile(r"(?=.*\d)[\w〔〕\[\]【】()（）./·—–－\- ]{3,40}")


class Correcting:
    """What a library knows of the works that people correct. `earlier`: what they have said before."""

    def __init__(self, database: Database, tables: Tables, organs: OrgansSaid, earlier: Sequence[Judgement]) -> None:
        self._database = database
        self._tables = tables
        self._organs = organs
        self._earlier = earlier

    def checked(self, judgement: Judgement) -> Judgement:
        """The judgement with its value as it is kept: dates as ISO, organs by their full names, no blanks round it.

        Raises JudgementError for a work or field that is none, and for a value that the field cannot be.
        """
        if judgement.field not in FIELDS and not _FURTHER.fullmatch(judgement.field):
            known = "、".join(f"{name}（{word}）" for name, word in FIELDS.items())
            raise JudgementError(f"没有“{judgement.field}”这一项，可更正的有：{known}")
        work = derived.works_by_key(self._database, [judgement.source]).get(judgement.source)
        if work is None:
            raise no_work(judgement.source)
        if not work.held and judgement.field not in _OF_OTHERS:
            raise JudgementError(f"{work.label}：库中没有原文，只见于引用，不能登记意见。请先读入它的文件")
        value = judgement.value.strip()
        if judgement.field.partition(":")[0] == COMPLETION:
            self._check_task(replace(judgement, value=value), work)
        if judgement.field in ("drafter", "interpreter") and len(value.splitlines()) == 1:
            value = self._organs.full(value, work)
        kept = _as_kept(judgement.field, value, work, self._tables) if value else ""
        return replace(judgement, value=kept, former=_held(work, judgement.field))

    def _check_task(self, judgement: Judgement, work: Work) -> None:
        """Raises JudgementError where the work gives no such task. What was said of one that is not read any more can
        be taken back."""
        if not judgement.value and any(one.matter == judgement.matter for one in self._earlier):
            return
        found = tasks_of(work, partial(store.analysis_of, self._database), partial(store.text_of, self._database))
        if found is None:
            raise JudgementError(f"{work.label}：没有从中读出任务，完成情况无从登记")
        fields = dict.fromkeys(completion_field(task.item.of(found.text)) for task in found.tasks)
        if judgement.field != COMPLETION and judgement.field not in fields:
            raise JudgementError(f"{work.label}没有“{judgement.field}”这一项任务，可写：{'、'.join(fields)}")

    def check_order(self, judgements: Iterable[Judgement]) -> None:
        """Raises JudgementError where a work would end before it began. What is said together is looked at together."""
        said: dict[str, dict[str, str]] = {}
        for one in judgements:
            if one.verdict == "set" and one.field in ("dated", "effective", "expires"):
                said.setdefault(one.source, {})[one.field] = one.value
        for key, work in derived.works_by_key(self._database, list(said)).items():
            read = {name: getattr(work, name) for name in ("dated", "effective", "expires")}
            held = {name: day.isoformat() for name, day in read.items() if day and said[key].get(name) != ""}
            held |= {name: value for name, value in said[key].items() if value}
            for name in ("effective", "dated"):
                if "expires" in held and name in held and held["expires"] < held[name]:
                    raise JudgementError(
                        f"{work.label}：失效日期（{held['expires']}）早于{FIELDS[name]}（{held[name]}），请核对；"
                        "两个都要更正的，请一次登记"
                    )


def _held(work: Work, field: str) -> str | None:
    """What the work has in a field of its own; "" for nothing, None for what is no field of a work."""
    if field == "drafter":
        return "、".join(work.drafter.names) if work.drafter else ""
    return str(getattr(work, field) or "") if field in (*_ONE_LINE, *_OWN_DATES) else None


def _decision(value: str) -> str:
    """修改 for 拟修改. What is written behind it (废止，另行制定) would be lost, and belongs to the reason. Raises
    JudgementError."""
    said = outcome_said(value)
    if said is None or FURTHER.search(value):
        behind = f"；后面的话写在 --why 里：--set 会议决定={said} --why …" if said else ""
        raise JudgementError(f"会议决定应写{'、'.join(outcomes())}之一，不是“{value}”{behind}")
    return said


def _says_nothing(reason: str) -> bool:
    """理由, 【说明】, ……, xxx: what holds the place of a reason."""
    words = "".join(one for one in reason.casefold() if one.isalnum()).strip("x某")
    return not words or words in NO_REASONS


def _as_kept(field: str, value: str, work: Work, tables: Tables) -> str:
    """A value in the form of its field. Raises JudgementError for what the field cannot be, and says what it can."""
    if field.startswith("exempt:") and _says_nothing(value):
        raise JudgementError(
            f"“{value}”不是理由，没有登记：提示里的“理由”两个字请换成实际的理由，例如 --exempt 行业自律标准，"
            "经分管领导同意不单独解读。以后查到这份文件，写的就是它"
        )
    if field == "published" and written_moment(value).time() != time():
        return written_moment(value).isoformat()
    if field in _DATES:
        return written_day(value)
    if field in _ONE_LINE and len(value.splitlines()) > 1:
        raise JudgementError(f"{FIELDS[field]}应写在一行里，中间不能换行")
    if field == "decision":
        return _decision(value)
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
