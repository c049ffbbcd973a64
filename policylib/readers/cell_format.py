"""Values of spreadsheet cells as the sheet shows them: 42913 as 2017年6月27日, 5.0 as 5, 0.25 as 25%.

Number formats by ECMA-376 part 1, 18.8.30 and 18.8.31. What is not understood (fractions, powers of ten) is shown in
the general format: the figure is right, its dress may differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from policylib.readers.docx_numbering import DIGITS, chinese

Value = str | bool | int | float | datetime | date | time | timedelta
YEAR_MONTH, MONTH_DAY, LONG_DATE = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_BUILT_IN = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm",
    27: YEAR_MONTH, 28: MONTH_DAY, 29: MONTH_DAY, 30: "m-d-yy", 31: LONG_DATE,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: YEAR_MONTH, 50: YEAR_MONTH, 51: MONTH_DAY, 52: YEAR_MONTH, 53: MONTH_DAY, 54: MONTH_DAY,
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: YEAR_MONTH, 58: MONTH_DAY,
}  # fmt: skip
"""Formats that a file names by number only, as Chinese editions of Excel and WPS show them."""
EPOCH = date(1899, 12, 30)
LONGEST_PATTERN = 255  # characters that Excel allows
SIGNIFICANT = 15  # digits that a double holds
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<setting>[^\]]*)\]|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<clock>y+|m+|d+|h+|s+|e+|a{3,4}(?!/))|(?P<digits>[0#?.,]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
CURRENCY = re.compile(r"\$([^-]*)")
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a format: its kind (a group of TOKEN, `text` for what is shown as it is) and its writing."""

    kind: str
    text: str


def is_built_in_date(number: int) -> bool:
    """Whether a format known by number shows a date, though files hold no pattern for it."""
    return number in CHINESE_BUILT_IN


def shown(value: Value, pattern: str, number: int = 0) -> str:
    """A value in a number format, which its `number` names where it is one of the built-in ones."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    pattern = CHINESE_BUILT_IN.get(number, pattern)
    if isinstance(value, (int, float)):
        return _number(value, pattern)
    if isinstance(value, timedelta):
        return _elapsed(value)
    tokens = _sections(pattern)[0]
    if any(token.kind == "clock" for token in tokens):
        return _clock(value, tokens)
    return str(value.date() if isinstance(value, datetime) and value.time() == time() else value)


def _elapsed(value: timedelta) -> str:
    """30:00:00."""
    seconds = round(value.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@lru_cache(maxsize=512)
def _sections(pattern: str) -> tuple[tuple[Token, ...], ...]:
    """The parts of a format for positive, negative and zero numbers and for texts."""
    sections: list[list[Token]] = [[]]
    for match in TOKEN.finditer(pattern[:LONGEST_PATTERN]):
        kind = match.lastgroup or "space"
        text = match[kind] if kind != "space" else ""
        if kind == "setting" and (currency := CURRENCY.match(text)):
            kind, text = "text", currency[1]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append(Token("text" if kind in ("quoted", "escaped", "other") else kind, text))
    return tuple(map(tuple, sections))


def _clock(value: datetime | date | time, tokens: tuple[Token, ...]) -> str:
    """A day or a time of day by the clock tokens of a format."""
    moment = _moment(value)
    spoken = any(token.kind == "setting" and token.text.upper() == "DBNUM1" for token in tokens)
    halves = any(token.kind == "half" for token in tokens)
    clocks = [place for place, token in enumerate(tokens) if token.kind == "clock"]
    text = ""
    for place, token in enumerate(tokens):
        if token.kind == "half":
            morning, noon = ("上午", "下午") if "午" in token.text else ("AM", "PM")
            text += morning if moment.hour < 12 else noon
        elif token.kind == "clock":
            name = token.text.lower()
            if name[0] == "m" and _is_minute(tokens, clocks, clocks.index(place)):
                name = name.replace("m", "n")
            text += _part(moment, name, spoken, halves)
        elif token.kind in ("text", "digits"):
            text += token.text if token.kind == "text" or not token.text.strip("/-.,") else ""
    return text.replace("@", "").strip()


def _moment(value: datetime | date | time) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return datetime.combine(EPOCH, value)


def _is_minute(tokens: tuple[Token, ...], clocks: list[int], place: int) -> bool:
    """An m between hours and seconds counts minutes, elsewhere months."""
    before = tokens[clocks[place - 1]].text.lower() if place else ""
    after = tokens[clocks[place + 1]].text.lower() if place + 1 < len(clocks) else ""
    return before.startswith("h") or after.startswith("s")


def _part(moment: datetime, name: str, spoken: bool, halves: bool) -> str:
    """One part of a moment: yyyy, m, mm, d, aaaa …; n stands for minutes."""
    kind, width = name[0], len(name)
    if kind in "ye":
        year = f"{moment.year % 100:02d}" if kind == "y" and width < 3 else str(moment.year)
        return "".join(DIGITS[int(digit)] for digit in year) if spoken else year
    if kind == "a" or (kind == "d" and width > 2):
        day = WEEKDAYS[moment.weekday()]
        return day if name == "aaa" else f"星期{day}"
    if kind == "m" and width > 2:
        return f"{moment.month}月"
    hour = (moment.hour + 11) % 12 + 1 if halves else moment.hour
    figure = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[kind]
    return chinese(figure) if spoken else f"{figure:0{width}d}"


def _number(value: int | float, pattern: str) -> str:
    """A number by the section that its sign chooses; in the general format where that is no plain placeholder."""
    sections = _sections(pattern)
    negative = len(sections) > 1 and value < 0
    tokens = sections[2] if len(sections) > 2 and value == 0 else sections[1 if negative else 0]
    figures = [token for token in tokens if token.kind in ("digits", "general")]
    literal = "".join(token.text for token in tokens if token.kind == "text").strip()
    if not figures and value == 0 and len(sections) > 2 and "@" not in literal:
        return literal
    if len(figures) != 1 or not set(literal).isdisjoint("/E@") or any(token.kind == "clock" for token in tokens):
        return general(value)
    spoken = any(token.kind == "setting" and token.text.upper() == "DBNUM1" for token in tokens)
    text = _figures(abs(value) if negative else value, figures[0], "%" in literal, spoken)
    return "".join(text if token is figures[0] else token.text for token in tokens if token.kind != "setting").strip()


def _figures(value: int | float, token: Token, percent: bool, spoken: bool) -> str:
    """The digits of a number as a placeholder such as #,##0.00 wants them."""
    if token.kind == "general" or not token.text.strip(".,"):
        return chinese(int(value)) if spoken and 0 <= value < 10_000 and value == int(value) else general(value)
    whole, _, decimals = token.text.partition(".")
    try:
        exact = Decimal(repr(value)) * (100 if percent else 1)
        exact = exact.quantize(Decimal(1).scaleb(-min(len(decimals), 20)), ROUND_HALF_UP)
    except InvalidOperation:
        return general(value)
    text = f"{exact:,f}" if "," in whole else f"{exact:f}"
    integer, _, fraction = text.partition(".")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    fraction = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    sign, integer = ("-", integer[1:]) if integer.startswith("-") else ("", integer)
    integer = integer.rjust(min(whole.count("0"), 20), "0")
    if spoken and not fraction and integer.isdecimal() and len(integer) < 5:
        return chinese(int(integer))
    return sign + integer + ("." + fraction if fraction else "")


def general(value: int | float) -> str:
    """A number without format: 5 for 5.0, 0.3 for 0.1 + 0.2."""
    if isinstance(value, int) or (value == value and abs(value) < 1e15 and value == int(value)):
        return str(int(value))
    return f"{value:.{SIGNIFICANT}g}"
