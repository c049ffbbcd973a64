"""Records of the model to compact JSON and back, by their field types. Defaults are left out.

Knows frozen dataclasses, tuples, enums, dates, and the unions of the model (`X | None`, `datetime | date`).
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from policylib.model.analysis_json import moment

Decoder = Callable[[Any], Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SIMPLE = frozenset((str, int, float, bool, type(None)))


def encode(value: object) -> str:
    """A record, or a tuple of records, as JSON."""
    return _ENCODER.encode(_plain(value))


def decode(form: Any, text: str) -> Any:
    """What `encode` was given. `form` is its type: `Work`, `tuple[Block, ...]`."""
    return _decoder(form)(json.loads(text))


@cache
def shape(*forms: Any) -> str:
    """A mark of the fields of these records, and of all that they hold: names, types, defaults. It changes when what
    `encode` wrote before would be read as something else."""
    seen: set[Any] = set()
    lines = [line for form in forms for line in _described(form, seen)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _described(form: Any, seen: set[Any]) -> Iterator[str]:
    """A line for each field of a record and each word of an enum, those of the records inside behind it."""
    if form in seen:
        return
    seen.add(form)
    if is_dataclass(form) and isinstance(form, type):
        hints = get_type_hints(form)
        for field in fields(form):
            default = "" if field.default is MISSING else f" = {_plain(field.default)!r}"
            yield f"{form.__name__}.{field.name}: {_named(hints[field.name])}{default}"
            yield from _described(hints[field.name], seen)
    elif isinstance(form, type) and issubclass(form, Enum):
        yield from (f"{form.__name__}.{one.name}: {one.value!r}" for one in form)
    elif (origin := get_origin(form)) not in (None, Literal):
        for inner in (origin, *get_args(form)):
            yield from _described(inner, seen)


def _named(form: Any) -> str:
    """A type in words that are the same under every Python, whose own `repr` is not."""
    origin, arguments = get_origin(form), get_args(form)
    if origin is Literal:
        return f"Literal{list(arguments)!r}"
    if origin in (Union, types.UnionType):
        return " | ".join(map(_named, arguments))
    if origin is not None:
        return f"{origin.__name__}[{', '.join(map(_named, arguments))}]"
    return getattr(form, "__name__", repr(form))


def _plain(value: Any) -> Any:
    form: Any = type(value)
    if form in _SIMPLE:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return {
        name: one if type(one) in _SIMPLE else _plain(one)
        for name, default in _defaults(form)
        if (one := getattr(value, name)) != default
    }


@cache
def _defaults(form: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a record, each with its default; MISSING, which nothing equals, where it has none."""
    return tuple((field.name, field.default) for field in fields(form))


@cache
def _decoder(form: Any) -> Decoder:
    origin, arguments = get_origin(form), get_args(form)
    if origin is tuple:
        one = _decoder(arguments[0])
        return tuple if one is _same else lambda values: tuple([one(value) for value in values])
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is Literal or form in (str, int, float, bool):
        return _same
    if form in (date, datetime):
        return moment
    if isinstance(form, type) and issubclass(form, Enum):
        return form
    if is_dataclass(form) and isinstance(form, type):
        return _record(form)
    raise TypeError(f"no JSON form for {form!r}")


def _record(form: type) -> Decoder:
    hints = get_type_hints(form)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(form)}
    shaped = {name: one for name, one in decoders.items() if one is not _same}

    def record(data: dict[str, Any]) -> Any:
        for name in shaped.keys() & data.keys():
            data[name] = shaped[name](data[name])
        return form(**data)

    return record


def _union(arguments: tuple[Any, ...]) -> Decoder:
    members = [member for member in arguments if member is not type(None)]
    if {date, datetime} >= set(members):
        one: Decoder = moment
    elif len(members) == 1:
        one = _decoder(members[0])
    else:
        raise TypeError(f"no JSON form for {arguments!r}")
    return _same if one is _same else lambda value: None if value is None else one(value)


def _same(value: Any) -> Any:
    return value
