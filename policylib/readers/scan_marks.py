"""Printed marks as recognition writes them, set right: ( for （, ] for 〕, a space in a year.

The engine knows no widths: it writes `:` for ： and `(试行）` for （试行）. Chinese text is set in full width, so that
is how a mark is written that touches a hanzi; a scan cannot tell more. The year of a number stands in 〔〕
(GB/T 9704-2012, 7.2.5), of which the engine takes each for any other bracket.
"""

from __future__ import annotations

import re

HANZI = "\u3007\u3400-\u9fff"
FULL = "，。、；：？！（）［］｛｝《》〈〉「」『』【】〔〕“”‘’…—"
WIDE = re.compile(f"[{HANZI}{FULL}×％＋－＝～]")
MARKS = str.maketrans(",;:?!()[]", "，；：？！（）［］")
PAIRS = {"(": ")", "[": "]", "（": "）", "［": "］"}
CLOSING = frozenset(PAIRS.values())
KIND = str.maketrans("（）［］", "()[]")
STOPS = re.compile("[,;:?!]")
BLANKS = re.compile(" +")
YEAR = re.compile(
    r"(?P<open>[〔\[［【〖｛{「(（]) {0,2}(?P<year>(?:1[ :：.·]{0,2}9|2[ :：.·]{0,2}0)(?:[ :：.·]{0,2}\d){2}) {0,2}"
    r"(?:(?P<close>[〕\]］】〗｝}」)）]{1,2})|(?P<lost> )(?=\d{1,4} ?号))"
)
"""The year of a number in its brackets; or behind one, where the other was taken for a space."""
INNER = re.compile(r"\D")
NEAR = 40  # characters beside a mark: no line of a page has so many blanks within it
ROUND = frozenset("(（)）")


def as_printed(text: str) -> str:
    """A line with its marks as they are printed.

    国办函[2004]7号 国办函〔2004]7号 国办函〔20 04〕7号 国办函〔2：004〕7号 国办函〔2004 7号 are 国办函〔2004〕7号;
    教育部: is 教育部：; (试行）is （试行）. What touches no hanzi stays: 10:30, 1,000, f(x).
    """
    text = _in_pairs(YEAR.sub(_year, text))
    text = STOPS.sub(_stop, text)
    return BLANKS.sub(_blank, text)


def _year(match: re.Match[str]) -> str:
    """Years in round brackets stay in them: papers have those too."""
    year = INNER.sub("", match["year"])
    if match["open"] in ROUND and match["close"] and set(match["close"]) <= ROUND:
        return f"{match['open']}{year}{match['close'][0]}"
    return f"〔{year}〕"


def _in_pairs(text: str) -> str:
    """The text with brackets in full width where they touch a wide character, stand in such a pair, or pair with one
    in full width."""
    mates = _mates(text)
    characters = list(text)
    around: list[int] = []  # where the pairs in full width end that one is in
    for place, character in enumerate(text):
        while around and place > around[-1]:
            around.pop()
        if character not in PAIRS and character not in CLOSING:
            continue
        mate = mates.get(place)
        if mate is not None and mate < place:
            continue
        own = [place] if mate is None else [place, mate]
        if around or any(characters[one] in FULL or _touches_wide(text, one) for one in own):
            for one in own:
                characters[one] = characters[one].translate(MARKS)
            around.append(len(text) if mate is None else mate)
    return "".join(characters)


def _mates(text: str) -> dict[int, int]:
    """The place of the other bracket of each pair. One that is alone, as at the break of a line, has none."""
    mates: dict[int, int] = {}
    waiting: list[int] = []
    for place, character in enumerate(text):
        if character in PAIRS:
            waiting.append(place)
        elif character in CLOSING and waiting and _fit(text[waiting[-1]], character):
            opening = waiting.pop()
            mates[opening], mates[place] = place, opening
    return mates


def _fit(opening: str, closing: str) -> bool:
    return PAIRS[opening].translate(KIND) == closing.translate(KIND)


def _touches_wide(text: str, place: int) -> bool:
    """Whether a wide character stands beside a place, or behind blanks beside it."""
    before, after = text[max(0, place - NEAR) : place], text[place + 1 : place + 1 + NEAR]
    return bool(WIDE.match(before.rstrip(" ")[-1:]) or WIDE.match(after.lstrip(" ")[:1]))


def _stop(match: re.Match[str]) -> str:
    """, ; : ? ! in full width where they touch a wide character; not within a number or a word."""
    return match[0].translate(MARKS) if _touches_wide(match.string, match.start()) else match[0]


def _blank(match: re.Match[str]) -> str:
    """No blank beside a mark in full width, which brings its own."""
    text, (start, end) = match.string, match.span()
    beside = text[start - 1 : start] if start else "", text[end : end + 1]
    return "" if any(one and one in FULL for one in beside) else match[0]
