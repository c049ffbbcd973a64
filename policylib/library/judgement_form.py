"""The form of a person's word: text is text, a moment is a moment. Asked before anything else is, and again of what was
stored, because one word that cannot be read must not keep a library from opening.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

from policylib.errors import JudgementError
from policylib.model import Judgement

_TEXTS = {
    "verdict": "意见", "source": "文件（source）", "target": "对方（target）", "kind": "关系（kind）",
    "field": "更正的项（field）", "value": "值（value）", "who": "谁的意见（who）", "why": "理由（why）",
}  # fmt: skip
_LONGEST = 2000  # characters: the longest of 30,211 titles has 254, and a reason seldom fills a page of 800
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SHOWN = 20  # characters of what is refused


def formed(judgement: Judgement) -> Judgement:
    """The judgement with its moment in UTC, as all are kept, so that they can be put in order.

    Raises JudgementError where a part is of another type than its own, is no text that can be written down (half a
    character, a control character), or is longer than anybody would read.
    """
    if not isinstance(judgement, Judgement):
        raise JudgementError(f"意见应是 Judgement(…)，不是 {type(judgement).__name__}")
    for name, label in _TEXTS.items():
        _check_text(label, getattr(judgement, name))
    return replace(judgement, when=moment(judgement.when))


def _check_text(label: str, text: object) -> None:
    if not isinstance(text, str):
        raise JudgementError(f"{label}应是文字，不是 {type(text).__name__}；没有的写空文字")
    if len(text) > _LONGEST:
        raise JudgementError(f"{label}有 {len(text)} 个字，最多 {_LONGEST} 个：“{text[:_SHOWN]}……”")
    if wrong := _NO_TEXT.search(text):
        raise JudgementError(
            f"{label}第 {wrong.start() + 1} 个字符不是文字（U+{ord(wrong[0]):04X}），多半是编码错误，请重新输入"
        )


def moment(when: date | datetime | None) -> datetime | None:
    """A moment in UTC. One without a zone is that of this machine, a day is its beginning there.

    Raises JudgementError.
    """
    if when is None:
        return None
    if not isinstance(when, date):
        raise JudgementError(f"何时登记（when）应写作 datetime(2024, 3, 1, 9, 30)，不是 {when!r:.{_SHOWN * 2}}")
    try:
        return (when if isinstance(when, datetime) else datetime.combine(when, time())).astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        raise JudgementError(f"何时登记（when）不能是 {when.isoformat()}，请核对年份") from None
