"""A paragraph in which every mention of a document is blanked out, so that cues are read in what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policylib.extract.citations import Mention
from policylib.model import Span

FILL: Final = "\ue000"
"""Stands for each character of a mention where cues are searched for."""
REACH: Final = 2000  # a list of 40 titles between a cue and its last member; keeps hostile text linear
_LIST_OPENS = re.compile(
    r"(?:(?:以下|下列|如下)[^。;《》]{0,20}|(?:废止|失效|有效|保留|修改)的?(?:规范性|政策)?文件[^。;《》]{0,12}|"
    r"(?:废止|失效|有效|保留)(?:\(?共?\d{1,3}[件个项份部]\)?)?):"
)
_LIST_ENDS = re.compile(rf";{FILL}+(?:均|一律|同时|一并|予以){{1,3}}(?:废止|失效|停止执行|继续有效)")
_BETWEEN_ITEMS = re.compile(rf"(?<={FILL})(\([^();{FILL}]{{1,40}}\))?;(?={FILL})")
"""下列文件宣布失效：《甲》；《乙》（继续有效）；《丙》。"""
_ITEM = re.compile(rf"(?<={FILL})[。;] ?(?=\([一二三四五六七八九十]{{1,3}}\) ?{FILL})")
"""检验检疫依据（一）《甲》；（二）《乙》。（三）《丙》: items that are titles and nothing else are one sentence."""
_BASIS_NAMED = re.compile("依据:")
_BASIS_ITEM = re.compile(
    rf"(?<={FILL})(?:第[^。;,、{FILL}]{{1,12}}[条款项])?[;。] ?"
    rf"(?=(?:\(?[\d一二三四五六七八九十]{{1,2}}[.、)]+ ?)?{FILL})"
)
"""处罚依据：《甲》第九条；《乙》。 法律依据：1.《甲》；2.《乙》。"""
_ENDS_LIST = re.compile(r"等|的?(?:有关|相关)?(?:规定|要求|精神)|,(?:结合|并?经|特?制定|现[就将])")
_BETWEEN_TITLES = re.compile(rf"(?<={FILL}),(?={FILL})")
FILLS = re.compile(f"{FILL}+")
MEMBERS: Final = f"{FILL}、和及与以"  # what stands between a member of a list and the end of the list


def masked_paragraph(folded: str, span: Span, mentions: Sequence[Mention]) -> str:
    """The paragraph with every mention blanked out, same length, so that no cue is read inside a title."""
    position, out = span.start, []
    for mention in mentions:
        if mention.extent.start < position:
            continue
        out.append(folded[position : mention.extent.start])
        out.append(FILL * (mention.extent.end - mention.extent.start))
        position = mention.extent.end
    out.append(folded[position : span.end])
    masked = "".join(out)
    masked = masked.replace(",以及", "、以及")
    if "(二)" in masked:
        masked = _ITEM.sub(lambda match: "、" * len(match.group()), masked)
    if ";" in masked and _BASIS_NAMED.search(masked):
        masked = _BASIS_ITEM.sub(lambda match: match.group().replace(";", "、").replace("。", "、"), masked)
    if f";{FILL}" in masked and (_LIST_OPENS.search(masked) or _LIST_ENDS.search(masked)):
        masked = _BETWEEN_ITEMS.sub(lambda match: f"{match[1] or ''}、", masked)
    return _as_one_list(masked) if f"{FILL},{FILL}" in masked else masked


def _as_one_list(masked: str) -> str:
    """依据《甲》，《乙》，《丙》等规定: commas between titles are list marks where the last title ends a list. In
    依据《甲》，《乙》同时废止 it begins a clause of its own."""
    first, *parts = _BETWEEN_TITLES.split(masked)
    pieces, ends = [], False
    for part in reversed(parts):
        clause = part.lstrip(MEMBERS)
        ends = bool(_ENDS_LIST.match(clause)) if clause else ends
        pieces += [part, "、" if ends else ","]
    return "".join((first, *reversed(pieces)))


def sentence_bounds(masked: str, begin: int, end: int) -> tuple[int, int]:
    """The sentence around `begin:end`: to the 。 ； or line break either side, or as far as a cue can reach."""
    floor, ceiling = max(0, begin - REACH), min(len(masked), end + REACH)
    lefts = [at + 1 for mark in "。;\n" if (at := masked.rfind(mark, floor, begin)) >= 0]
    rights = [at for mark in "。;\n" if (at := masked.find(mark, end, ceiling)) >= 0]
    return max(lefts, default=floor), min(rights, default=ceiling)
