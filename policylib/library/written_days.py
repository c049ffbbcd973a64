"""Days as people write them, in options, lists and judgements."""

from __future__ import annotations

import re
from datetime import datetime

from policylib.errors import JudgementError

_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T](?P<hour>\d{1,2}:\d\d(?::\d\d)?))?")
_YEARS = range(1900, 2201)
"""Years in which a paper may have been made, or may end: others are slips of the finger."""


def written_day(text: str) -> str:
    """2024-03-01 for 2024-03-01, 2024-3-1, 2024/3/1, 2024.3.1 and 2024年3月1日, with or without a time.

    Raises JudgementError.
    """
    return written_moment(text).date().isoformat()


def written_moment(text: str) -> datetime:
    """The day with its hour, 0 where none is written. Raises JudgementError."""
    match = _DAY.fullmatch(text)
    try:
        if match and int(match[1]) in _YEARS:
            hour = [int(part) for part in (match["hour"] or "0:0").split(":")]
            return datetime(*map(int, match.groups()[:3]), *hour)  # type: ignore[arg-type]
    except ValueError:
        pass
    raise JudgementError(f"日期应写明年月日，例如 2024-03-01，不是“{text}”")
