"""Numbers written in Chinese figures."""

from __future__ import annotations

_VALUES = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}


def chinese_number(text: str) -> int | None:
    """17, 一百零五, 二十, 一〇三, 两 as an integer; None when it is none of these."""
    if text.isdigit() and text.isascii():
        return int(text)
    if not set(text) & {"十", "百"}:
        if any(character not in _VALUES for character in text) or not text:
            return None
        return int("".join(str(_VALUES[character]) for character in text))
    total = current = 0
    for character in text:
        if character in _VALUES:
            current = _VALUES[character]
        elif character in ("十", "百"):
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            return None
    return total + current
