"""What the words mean that people write for a field of a search or a list: 解读, 2017..2019, 有效."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from policylib.errors import JudgementError, QueryError
from policylib.library.index import comparable
from policylib.library.written_days import written_day
from policylib.model import Role, State

ROLES: Mapping[str, Role] = {
    "政策文件": "policy",
    "政策": "policy",
    "解读": "interpretation",
    "清理结果": "cleanup",
    "稿件": "draft",
    "清理": "cleanup",
    "其他": "other",
}
DISCLOSURES = ("主动公开", "依申请公开", "不予公开", "删减后公开")
"""公开属性, as papers mark it (domain.md §1.4)."""
UNMARKED = "未注明"
NO_REASONS = frozenset(
    ("理由", "原因", "说明", "为什么", "具体理由", "写明理由", "请写理由", "无", "没有", "略", "同上", "待补", "暂无")
)
"""What stands in the place of a reason in a hint, or in a cell that nobody filled in, and is none."""
_BETWEEN = ("..", "至", "到")  # the first day and the last
_YEARS = re.compile(r"([0-9]{4})?年?(?:(\.\.|-|—|－|至|到)([0-9]{4})?年?)?")


def role_meant(text: str) -> Role:
    """The role of that name, in English or in Chinese (解读). Raises QueryError."""
    found = next((role for word, role in ROLES.items() if text in (word, role)), None)
    if found is None:
        raise QueryError(
            f"没有“{text}”这个类别，可写：{'、'.join(f'{word}（{role}）' for word, role in ROLES.items())}"
        )
    return found


def years(text: str) -> tuple[int, int]:
    """2017, 2017..2019, 2017.., ..2019, 2017-2019 as first and last year. Raises QueryError."""
    match = _YEARS.fullmatch(comparable(text).strip())
    if match is None or not (match[1] or match[3]):
        raise QueryError(f"年份应写作 2017 或 2017..2019，不是“{text}”")
    if not match[2]:
        return int(match[1]), int(match[1])
    first, last = int(match[1] or 0), int(match[3] or 9999)
    if first > last:
        raise QueryError(f"年份写反了，应从早写到晚：{last}..{first}")
    return first, last


def states(text: str) -> frozenset[State]:
    """The states a word means: 有效 is in force, amended or not; 失效 expired or declared so. Raises QueryError."""
    found = frozenset(state for state in State if state.value.startswith(text) or text.lower() == state.name.lower())
    if not found:
        raise QueryError(f"没有“{text}”这个状态，可写：{'、'.join(dict.fromkeys(_short(state) for state in State))}")
    return found


def _short(state: State) -> str:
    return state.value.partition("（")[0]


def days_meant(text: str, as_of: date) -> tuple[date, date]:
    """..2025-06-30 (from the day that is asked about), 2025-01-01..2025-06-30, 2025-01-01.., 2025, 2025-06-30 as first
    and last day.

    Raises QueryError.
    """
    bare = text.strip()
    sign = next((one for one in _BETWEEN if one in bare), None)
    if sign is None:
        return _part(bare, text)
    before, _, after = (part.strip() for part in bare.partition(sign))
    if not (before or after):
        raise QueryError(_should(text))
    first = _part(before, text)[0] if before else as_of
    last = _part(after, text)[1] if after else date.max
    if before and first > last:
        raise QueryError(f"日期写反了，应从早写到晚：{after}..{before}")
    return first, last


def _part(part: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a year, or of a day."""
    year = part.removesuffix("年")
    if len(year) == 4 and year.isascii() and year.isdecimal() and int(year):
        first = date(int(year), 1, 1)
        return first, date(int(year), 12, 31)
    try:
        one = date.fromisoformat(written_day(part))
    except JudgementError:
        raise QueryError(_should(whole)) from None
    return one, one


def _should(text: str) -> str:
    return f"有效期应写作 ..2025-06-30、2025-01-01..2025-06-30 或 2025，不是“{text}”"
