"""Text that every format can carry: no control characters, no half characters, one kind of line end."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from datetime import date, datetime

Plain = str | bool | int | float

_LINE_END = re.compile(r"\r\n?")
# What XML 1.0 forbids or discourages: controls but tab and newline, lone surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # documents must not move a terminal's cursor
_SEPARATOR = "；"


def plain_text(text: str) -> str:
    """The text with U+FFFD for what no file format carries safely. `plain_text(plain_text(t)) == plain_text(t)`."""
    return _UNPRINTABLE.sub("\ufffd", _LINE_END.sub("\n", text))


def steady(text: str) -> str:
    """The text on one line, with a blank for what steers a terminal."""
    return _STEERING.sub(" ", text)


def plain_value(value: object) -> Plain | None:
    """A value as text, truth or number; None where there is nothing to say (None, "", (), not a number).

    Dates are ISO; several values are joined by “；”.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Collection) and not isinstance(value, (str, bytes)):
        parts = [str(part) for part in map(plain_value, value) if part is not None]
        return _SEPARATOR.join(parts) or None
    return plain_text(str(value)) or None
