"""Why nobody can tell from a library whether a work holds, and what would settle it (domain.md §5.3: unknown is a
result, and a result needs its reason)."""

from __future__ import annotations

from datetime import date

from policylib.model import Doubt, Effect, Work
from policylib.model.status import NOT_MADE

_RULED = ("policy", "cleanup")  # an interpretation or a news item is in force in no sense


def doubt_of(work: Work, undated_end: Effect | None, as_of: date, known: date) -> Doubt | None:
    """The reason for which the state of `work` is unknown, by the acts made until `known`; None for what holds in no
    sense. `undated_end` is what repeals it, or extends its term, on a day that nobody knows.

    没有原文 · 没有日期 · 尚未制发 · 废止日期不明 · 期满后存疑
    """
    if work.role not in _RULED:
        return None
    if undated_end is not None:
        return _open(undated_end) if undated_end.kind not in ("repeal", "lapse") else _undated(undated_end)
    if not work.held:
        return _ABSENT
    if work.day is not None and work.day > known:
        return _later(work.day, as_of, known)
    return _dateless(work)


_ABSENT = Doubt(
    "没有原文",
    "本库没有它的原文，只见于别的文件引用，不知道它何时公布施行、有效期到哪天",
    "把原文读入本库（policylib add）；历次清理结果也请读入",
)


def _undated(end: Effect) -> Doubt:
    word = "宣布失效" if end.kind == "lapse" else "废止"
    by = f"“{end.by}”" if end.by else "那份文件"
    if end.since:
        return Doubt(
            f"{word}日期不明",
            f"{by}把它列为{word}，正文写了从哪一天起，但看不出哪一天是它的，也许已经{word}",
            f"对照{by}正文和附件，是哪一天起{word}的，用 policylib judge 登记",
        )
    return Doubt(
        f"{word}日期不明",
        f"{by}{word}了它，但不知道从哪一天起，也许已经{word}",
        f"查明{by}的成文日期、施行日期：没有原文的读入原文，有原文的用 policylib judge 登记",
    )


def _open(act: Effect) -> Doubt:
    by = f"“{act.by}”" if act.by else "有一份文件"
    did = "延长或者调整了它的有效期，没有读懂到哪一天" if act.kind == "extend" else "在它期满后仍按有效文件处理它"
    return Doubt(
        "期满后存疑",
        f"照已知的有效期它已经期满，但{by}{did}",
        f"对照{by}原文，登记失效日期：policylib judge 文号或标题 --set 失效日期=2027-12-31",
    )


def _later(day: date, as_of: date, known: date) -> Doubt:
    asked = "--as-of" if known == as_of else "--known"
    return Doubt(NOT_MADE, f"它成文于 {day}，{known} 还没有这份文件", f"要问它的效力，{asked} 请写 {day} 以后的日期")


def _dateless(work: Work) -> Doubt:
    year = f"；文号是 {work.number.year} 年的" if work.number and work.number.year else ""
    until = f"；只知道有效期至 {work.expires}" if work.expires else ""
    return Doubt(
        "没有日期",
        f"没有读到成文日期、公布日期、施行日期，不知道它是否已经公布施行{year}{until}",
        "对照原件，登记其中一个日期：policylib judge 文号或标题 --set 成文日期=2024-03-01",
    )
