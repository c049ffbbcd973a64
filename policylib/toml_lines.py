"""Where in a .toml text a setting stands, for messages: tomllib gives its values without their lines."""

from __future__ import annotations

import re
import tomllib

_HEAD = re.compile(r"\s*(\[\[?)\s*([\w.]+)\s*\]")
_SETTING = re.compile(r"\s*[\"']?([\w.]+)[\"']?\s*=")


def line_of(name: str, text: str, row: int = 0) -> int:
    """The line of a setting (rules.on), or else of the head of its table; 0 where it cannot be found. `row` counts the
    [[tables]] of one name."""
    table, _, key = name.rpartition(".")
    inside, above, seen = not table, 0, -1
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            seen += head[2] in (table, name) and head[1] == "[["
            inside = head[2] == table and (head[1] == "[" or seen == row)
            if head[2] == name and (head[1] == "[" or seen == row):
                return number
            above = number if inside else above
        elif (found := _SETTING.match(line)) and found[1] in ((key, name) if inside else (name,)):
            return number
    return above


def written_twice(text: str) -> tuple[int, str] | None:
    """The line of a setting, or of the head of a table, that stood above already, and what is to be said of it."""
    seen: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if (head := _HEAD.match(line)) and head[1] == "[":
            table = head[2]
            name = f"[{table}]"
        elif setting := _SETTING.match(line):
            name = f"{table}.{setting[1]}" if table else setting[1]
        else:
            continue
        if name in seen:
            return number, f"“{name}”写了两次，第 {seen[name]} 行已经写过，请删去一处"
        seen[name] = number
    return None


def line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that the error blames; the last one where it blames the end of the text."""
    line = re.search(r"line (\d+)", str(error))
    return int(line[1]) if line else max(1, len(text.splitlines()))
