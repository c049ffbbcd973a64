"""The lexicon of interpretations: rows of data/interpretation.toml put to a paper (domain.md §6.3, below the table).

elements()      the parts of the contents: 背景依据, 目标任务, 主要内容 …
form_of(title)  文字, 图解, 音视频, 问答 …
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from policylib.extract.folding import fold
from policylib.model import Span
from policylib.rules.passages import Paper
from policylib.tables import toml_rows

TABLE = "interpretation.toml"
_HEADING_LENGTH = 24  # characters after the ordinal; longer ones are sentences
_SHORT_LINE = 30
# 一、 and （二） also in texts whose lines were run together; 1. only at the beginning of a line. What must stand
# before a shape is asked after its first character, which alone the search has to find, so that it leaps over others;
# figures are written out there, those of mathematical fonts too, since with \d each character is looked up by itself.
_ORDINAL = re.compile(
    r"[一二三四五六七八九十(问0-9𝟎-𝟿]"
    r"(?:(?<![第十].)(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}、"
    r"|(?<=\()[一二三四五六七八九十]{1,3}\)|(?<=问):|(?<=\n\d)\d?[.、])"
    rf" ?(?=([^。;!?\n]{{1,{_HEADING_LENGTH}}}))"
)
TEXT = "文字"


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the contents of an interpretation. `near`: headings that tell of it better than a sentence does."""

    id: str
    name: str
    headings: re.Pattern[str]
    cues: tuple[re.Pattern[str], ...]
    near: re.Pattern[str] | None = None

    def seen(self, paper: Paper, headings: Iterable[Span], body: Span) -> Span | None:
        """Where the paper has it: a heading, else the first sentence that speaks of it; None where nothing does."""
        for asked in (self.headings, self.near) if self.near else (self.headings,):
            for span in headings:
                if asked.search(paper.folded, span.start, span.end):
                    return span
        found = (cue.search(paper.folded, body.start, body.end) for cue in self.cues)
        first = min((Span(*one.span()) for one in found if one), key=lambda span: span.start, default=None)
        return paper.sentence_of(first) if first else None


@dataclass(frozen=True, slots=True)
class Form:
    """How an interpretation is told. `wordless`: by a picture or a film, whatever its file says."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    wordless: bool = False


_WRITTEN = Form("text", TEXT)


@cache
def elements() -> Mapping[str, Element]:
    """Every element by its name, in the order of the table."""
    return {row["name"]: _element(row) for row in toml_rows(TABLE, array="element")}


def _element(row: Mapping[str, Any]) -> Element:
    headings = re.compile("|".join(map(re.escape, row["headings"])))
    near = re.compile("|".join(map(re.escape, row["near"]))) if "near" in row else None
    return Element(row["id"], row["name"], headings, tuple(map(re.compile, row["cues"])), near)


@cache
def _forms() -> tuple[Form, ...]:
    rows = toml_rows(TABLE, array="form")
    return tuple(Form(row["id"], row["name"], tuple(row["words"]), row.get("wordless", False)) for row in rows)


@cache
def _patterns(array: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.MULTILINE) for row in toml_rows(TABLE, array=array))


def form_of(title: str) -> Form:
    """The form that a title tells: 一图读懂《X》 图解; written words where it tells none. What stands in 《》 is the
    policy's own name and tells nothing."""
    outside = re.sub(r"《[^》]*》?", "", fold(title))
    return next((form for form in _forms() if any(word in outside for word in form.words)), _WRITTEN)


@dataclass(frozen=True)
class Headings:
    """The headings and questions of a text: 一、出台背景; 问：为什么…; then the short lines by themselves, which few
    texts are asked for, since most have their parts under numbered headings."""

    paper: Paper
    body: Span

    def __iter__(self) -> Iterator[Span]:
        yield from self._numbered
        yield from self._short

    @cached_property
    def _numbered(self) -> tuple[Span, ...]:
        found = _ORDINAL.finditer(self.paper.folded, self.body.start, self.body.end)
        return tuple([Span(*one.span(1)) for one in found])

    @cached_property
    def _short(self) -> tuple[Span, ...]:
        found: list[Span] = []
        start = self.body.start
        for line in self.paper.folded[start : self.body.end].split("\n"):
            if "。" not in line and 1 < len(line.strip()) <= _SHORT_LINE:
                found.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(found)


def attached_at(paper: Paper, body: Span) -> int:
    """Where the original text begins that is printed below the interpretation; the end of the body where none is."""
    starts = [
        found.start()
        for pattern in _patterns("attached")
        for found in pattern.finditer(paper.folded, body.start, body.end)
    ]
    return min((start for start in starts if start > body.start), default=body.end)


def marks(folded: str) -> Iterator[Span]:
    """The places where a text says that something holds no longer: 时效状态：失效; 现已废止."""
    return (Span(*found.span()) for pattern in _patterns("mark") for found in pattern.finditer(folded))


def tells_grounds(folded: str) -> bool:
    """Whether a notice that asks for comments explains its draft: 修订的必要性, 主要变化, or 起草说明 as an annex."""
    return any(pattern.search(folded) for pattern in _patterns("grounds"))
