"""What speaks for a repaired number: the same number, whole, somewhere else (domain.md §2.6, 7).

That the code belongs to the printed issuer says nothing of the digits, so it corroborates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policylib.link.holdings import Holding
from policylib.model import DocumentNumber

Intact = Mapping[str, tuple[tuple[str, str], ...]]
"""Number key to the works, as (key, label), whose text has it undamaged."""


def intact_numbers(holdings: Iterable[Holding]) -> Intact:
    """Every number that stands whole in some document, with the works where it does."""
    found: dict[str, dict[str, str]] = {}
    for holding in holdings:
        for analysis in holding.analyses:
            for mention in analysis.numbers:
                if mention.number and not mention.repaired:
                    found.setdefault(mention.number.key, {})[holding.work.key] = holding.work.label
    return {key: tuple(sorted(works.items())) for key, works in found.items()}


def corroboration(number: DocumentNumber, speaker: str, intact: Intact) -> str | None:
    """Where the repaired number stands whole, in Chinese; None when nowhere. The speaker's own text counts too."""
    places = intact.get(number.key, ())
    others = [label for key, label in places if key != speaker] or [label for _, label in places]
    return f"{others[0]}中同一文号完整" if others else None
