"""The width of text on a terminal: a Chinese character takes two cells; lines break anywhere but before a mark."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from unicodedata import category, east_asian_width

_NO_START = "，。；：、！？）〕】〗》〉”’…"
_NO_END = "（〔【〖《〈“‘"
_WORD = f"{ascii_letters}{digits}-."
_COMMAND = re.compile(r"(?:pip install|policylib)(?: [\x21-\x7e]+)+")
_LEAD = re.compile(r"(?P<blanks> *)(?P<number>\d+\. )?")
_LONGEST_WORD = 12  # 2017-06-29, 201717: what is longer is a path or a rule, and breaks anywhere


def width(text: str) -> int:
    """The cells that a text takes on a terminal: two for a Chinese character, none for a combining mark."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def shorten(text: str, cells: int, from_left: bool = False) -> str:
    """The text in at most so many cells, with … where something was left out."""
    if width(text) <= cells:
        return text
    kept: list[str] = []
    room = cells - 1
    for character in reversed(text) if from_left else text:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "…" + "".join(reversed(kept)) if from_left else "".join(kept) + "…"


def padded(text: str, cells: int) -> str:
    return text + " " * max(0, cells - width(text))


def folded(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells (4 at least). Chinese breaks anywhere; a mark that would begin a line
    takes the character before it along, one that opens something goes with what it opens, a year or a short word stays
    whole, a command too, which is copied, and no line begins with a blank."""
    cells = max(4, cells)
    lines: list[str] = []
    line, taken = "", 0
    commands = [found.span() for found in _COMMAND.finditer(text) if width(found[0]) <= cells]
    for at, character in enumerate(text):
        wide = _cells(character)
        if taken + wide > cells:
            begun = next(
                (start - at + len(line) for start, end in commands if start < at < end + (character in _NO_START)), 0
            )
            if character.isspace() and begun <= 0:
                lines.append(line)
                line, taken = "", 0
                continue
            kept = begun if begun > 0 else _break(line, character)
            if width(line[kept:]) + wide > cells:
                kept = len(line)
            lines.append(line[:kept])
            line = line[kept:]
            taken = width(line)
        line += character
        taken += wide
    return [*lines, line] if line or not lines else lines


def within(line: str, cells: int) -> list[str]:
    """A line of prose in lines of at most so many cells, those behind the first under its words: below the sentence of
    a numbered one, else two further in than it stands itself."""
    if width(line) <= cells:
        return [line]
    lead = _LEAD.match(line)
    blanks, number = (lead["blanks"], lead["number"] or "") if lead else ("", "")
    inner = len(blanks) + (width(number) or 2)
    if inner > cells // 2:
        return folded(line, cells)
    first = folded(line[len(blanks) + len(number) :], cells - len(blanks) - width(number))[0]
    rest = line[len(blanks) + len(number) + len(first) :].lstrip()
    more = folded(rest, cells - inner) if rest else []
    return [f"{blanks}{number}{first}", *(" " * inner + one for one in more)]


def _break(line: str, following: str) -> int:
    """How much of the line stays, when `following` does not fit on it."""
    place = len(line)
    if following in _NO_START:
        place -= 1
        while place > 0 and line[place] in _NO_START:
            place -= 1
    if (line + following)[place] in _WORD:
        place = len(line[:place].rstrip(_WORD))
    place = len(line[:place].rstrip(_NO_END))
    return place if place > max(0, len(line) - _LONGEST_WORD) else len(line)
