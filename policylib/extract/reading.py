"""What elements are read from: the text, its layout, the page's metadata, the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from policylib.extract.layout import Layout
from policylib.extract.metadata import Entry
from policylib.model import NumberMention

Metadata = dict[str, list[Entry]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What elements are read from."""

    text: str
    layout: Layout
    metadata: Metadata
    numbers: tuple[NumberMention, ...]

    def value(self, entry: Entry) -> str:
        return entry.span.of(self.text)
