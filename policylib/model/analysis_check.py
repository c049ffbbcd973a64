"""Whether the parts of an analysis that strangers wrote down have the values that they may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import get_args

from policylib.model.analysis import CitationForm, DeadlineNature, Mode, RelationKind
from policylib.model.number import DocumentNumber
from policylib.model.span import Found, Span

_WORDS: Mapping[str, frozenset[str]] = {
    "relation": frozenset(get_args(RelationKind)), "mode": frozenset(get_args(Mode)),
    "form": frozenset(get_args(CitationForm)), "nature": frozenset(get_args(DeadlineNature)),
}  # fmt: skip
_TEXTS = ("raw", "path", "sha256", "media_type", "reader", "rule", "message")
_TEXTS_OR_NONE = ("title", "issuer", "tail", "alias", "detail", "reason", "url")


def check(part: object) -> None:
    """Places are whole numbers in their order, words are those that there are. Raises ValueError, TypeError."""
    if isinstance(part, tuple):
        for one in part:
            check(one)
    elif isinstance(part, Span):
        if type(part.start) is not int or type(part.end) is not int or not 0 <= part.start <= part.end:
            raise ValueError(f"start={part.start!r}, end={part.end!r}")
    elif is_dataclass(part) and not isinstance(part, DocumentNumber):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name in _WORDS and value not in _WORDS[field.name]:
                raise ValueError(f"{field.name}={value!r}")
            if field.name in _TEXTS and not isinstance(value, str):
                raise TypeError(f"{field.name}={value!r}")
            if field.name in _TEXTS_OR_NONE and not isinstance(value, str | Found | None):
                raise TypeError(f"{field.name}={value!r}")
            if field.name == "value" and isinstance(value, int | float | list | dict | None):
                raise TypeError(f"value={value!r}")
            if field.name == "confidence" and type(value) not in (int, float):
                raise TypeError(f"confidence={value!r}")
            check(value)
