"""Where a value stands, and which rule saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points of `Document.text`: `text[span.start:span.end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """An extracted value: what, where, by which rule, how sure (0 to 1).

    A repaired value has a rule that begins with `repair.`; it stays a suspicion until something corroborates it.
    """

    value: T
    span: Span
    rule: str
    confidence: float = 1.0
