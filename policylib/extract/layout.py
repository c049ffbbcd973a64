"""The lines of a paper, each with its role: page furniture, cover, text, sign-off, what follows (domain.md §1.1).

`line_roles` lays a document out, `cover` knows what stands above the text, `signoff` what stands below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from policylib.extract.dates import DATE_BEGINS, find_dates
from policylib.model import Span

LineRole = Literal[
    "metadata", "furniture", "header", "masthead", "title", "number", "history", "addressee", "body", "row",
    "signature", "date", "note", "annex", "imprint",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its folded text and its place on the paper."""

    span: Span
    text: str
    role: LineRole
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Layout:
    """All lines in order, and the places that elements are read from. `signoff` is the index of the date line."""

    lines: tuple[Line, ...]
    title: Span | None = None
    signoff: int | None = None
    inline_signoff: Span | None = None
    instrument_title: Span | None = None

    @cached_property
    def _by_role(self) -> dict[LineRole, tuple[Line, ...]]:
        found: dict[LineRole, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.role, []).append(line)
        return {role: tuple(lines) for role, lines in found.items()}

    def of(self, *roles: LineRole) -> tuple[Line, ...]:
        """The lines in one of these roles, in order; a score of readers ask for them."""
        present = [role for role in roles if role in self._by_role]
        if len(present) < 2:
            return self._by_role[present[0]] if present else ()
        return tuple(line for line in self.lines if line.role in present)


def set_role(lines: list[Line], index: int, role: LineRole) -> None:
    """Puts a line with another role in its place."""
    line = lines[index]
    lines[index] = Line(line.span, line.text, role, line.cells)


def is_date_line(line: Line) -> bool:
    """Whether a line is a date and nothing else: 2021年3月5日, （二○二一年三月五日）."""
    if len(line.text) > 40:
        return False
    text = line.text.strip("() ")
    if not DATE_BEGINS.search(text, 0, 3):
        return False
    found = next(find_dates(text), None)
    return bool(found and len(text) - (found.span.end - found.span.start) <= 2)
