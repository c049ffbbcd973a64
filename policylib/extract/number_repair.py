"""Damaged numbers: the one reading that the digits allow, several, or none (domain.md §2.6).

With four-digit years the split of 〔201717号 is unique; a serial of 1000 and more may be a list that lost its 、, so
it is never chosen; a serial never begins with 0. What is repaired stays a suspicion until the same number turns up
whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policylib.extract.codes import CodeBook, LeftPart, code_before
from policylib.extract.number_shapes import OPEN, Core, Sighting
from policylib.model import DocumentNumber

# 号 is gone: 〔202026 at a line's end, 〔2019〕406, [2015]-176
NO_HAO = re.compile(
    rf"{OPEN} ?(?P<year>(?:19|20)\d\d)年? ?(?P<close>[〕\])】]{{1,2}}|) ?(?P<mark>第|-)? ?"
    r"(?P<serial>\d{1,5})(?![\d号年月日.\-%]|[ \n]{1,3}(?:\d{1,4}[ \n]{0,3})?号)"
)
# No code holds them: a seal printed over the bracket, 桂政办发民政府2009〕88号, or an organ in the place of a code.
_ORGAN_INSIDE = re.compile(r"民政府|委员会|办公[厅室]")
_CODE_ENDINGS = ("发", "函", "字", "办", "规", "通", "复", "电", "秘")


def repaired(seen: Sighting, core: Core, part: LeftPart, latest_year: int) -> Sighting | None:
    """The only reading of a damaged number; several readings become candidates; none is refused (§2.6)."""
    number = seen.number
    if number is None or number.year is None or number.serial is None or number.code is None:
        return None
    digits = str(number.serial)
    inside = "〔" in core.lost and not part.known and _ORGAN_INSIDE.search(number.code)
    if number.year > latest_year or len(digits) > 4 or number.serial == 0 or core.padded or inside:
        return seen._replace(number=None, rule="repair.refused", confidence=0.0, repaired=True)
    lost = "bracket" if len(core.lost) == 1 else "brackets"
    if number.serial >= 1000 and core.lost != ("digits",):
        halves = (replace(number, serial=int(digits[:2])), replace(number, serial=int(digits[2:])))
        candidates = (number, *(half for half in halves if half.serial))
        return seen._replace(number=None, rule="repair.ambiguous", confidence=0.3, repaired=True, candidates=candidates)
    confidence = 0.8 if part.known else 0.6
    rule = f"repair.{core.lost[0]}" if core.lost in (("year",), ("digits",)) else f"repair.{lost}"
    return seen._replace(rule=rule, confidence=confidence, repaired=True)


def without_hao(folded: str, match: re.Match[str], book: CodeBook, latest_year: int) -> Iterator[Sighting]:
    """号 lost: only with a code that is known or well shaped, of a round bracket both (赣环辐射字(2023) 5545), or where
    the number fills its line."""
    year, digits = int(match["year"]), match["serial"]
    part = code_before(folded, match.start(), book)
    if not 1949 <= year <= 2100 or not int(digits):
        return
    at_end = folded[match.end() : match.end() + 1] in ("", "\n", ")", "】", "]", "》", ",", "。", ";", "、", " ")
    if not part.text:
        line_start = folded.rfind("\n", 0, match.start()) + 1
        if match["mark"] == "-" and folded[line_start : match.start()].strip(" (") == "" and at_end:
            yield Sighting(*match.span(), DocumentNumber(None, year, int(digits)), "repair.hao", 0.3, True)
        return
    glued = not match["close"]
    if not at_end or digits[0] == "0" or year > latest_year or len(digits) > 4 or match["mark"] == "-":
        return
    shaped = len(part.text) >= 3 and part.text.endswith(_CODE_ENDINGS)
    regional = part.regional and shaped if folded[match.start()] == "(" else part.regional or shaped
    if not (part.known or regional):
        return
    number = DocumentNumber(part.text, year, int(digits))
    rule = "repair.bracket_and_hao" if glued else "repair.hao"
    confidence = 0.4 if glued else 0.6
    start, end = part.start, match.end()
    if glued and int(digits) >= 1000:
        yield Sighting(start, end, None, "repair.ambiguous", 0.2, True, (number,))
    else:
        yield Sighting(start, end, number, rule, confidence, True)
