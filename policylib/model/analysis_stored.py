"""An `Analysis` as a library keeps it: its JSON object, a line for each part, which is read when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from policylib.model.analysis import Analysis, Elements
from policylib.model.analysis_json import ELEMENTS, PARTS, encode

R = TypeVar("R")
_value_at = json.JSONDecoder().raw_decode


def encode_stored(analysis: Analysis) -> str:
    """The JSON object as text: `decode_as_asked` parses those of its parts that are asked for."""
    return _lines(encode(analysis))


def _lines(parts: Mapping[str, Any]) -> str:
    return "{\n" + ",\n".join(f'"{name}":{_json(part)}' for name, part in parts.items()) + "\n}"


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def decode_as_asked(text: str, path: str) -> Analysis:
    """The analysis that `encode_stored` wrote, of a file that is now at `path`. Each part and each element is read when
    it is asked for: who wants a page's title has no use for its hundred citations, which take twenty times as long."""
    return _unread(_AnalysisAsAsked, _Stored(text, path))


class _Stored(Mapping[str, Any]):
    """The JSON object of a stored analysis, each part parsed when it is asked for, where it stands. One that an earlier
    version stored on one line is laid out so first."""

    __slots__ = ("_path", "_text")

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._text = text if text.startswith("{\n") else _lines(json.loads(text))

    def __getitem__(self, name: str) -> Any:
        place = self._place(name)
        if name == "elements":
            return _StoredElements(self._text, place)
        part, _ = _value_at(self._text, place)
        return {**part, "path": self._path} if name == "source" else part

    def _place(self, name: str) -> int:
        """Where the value of a part begins. A line begins with its name, and no string holds the end of a line."""
        key = f'\n"{name}":'
        found = self._text.find(key)
        if found < 0:
            raise KeyError(name)
        return found + len(key)

    def __iter__(self) -> Iterator[str]:
        return (line[1 : line.index('":')] for line in self._text[2:-2].split(",\n"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _StoredElements(Mapping[str, Any]):
    """The line of the elements, each parsed when it is asked for. `"title":` is the name of one wherever it stands: in
    a string its quotation marks would have strokes, and what is inside an element has other names."""

    __slots__ = ("_end", "_start", "_text")

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start, self._end = text, start, text.find("\n", start)

    def __getitem__(self, name: str) -> Any:
        key = f'"{name}":'
        found = self._text.find(key, self._start, self._end)
        if found < 0:
            raise KeyError(name)
        return _value_at(self._text, found + len(key))[0]

    def __iter__(self) -> Iterator[str]:
        return iter(_value_at(self._text, self._start)[0])

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _AsAsked:
    """A record of which nothing has been read yet: Python calls `__getattr__` for the slots that are empty."""

    __slots__ = ()
    _data: Mapping[str, Any]
    _record: ClassVar[type[Analysis] | type[Elements]]

    def __getattr__(self, name: str) -> Any:
        if name not in self._record.__dataclass_fields__:
            raise AttributeError(name)
        value = self._read(name)
        object.__setattr__(self, name, value)
        return value

    def _read(self, name: str) -> Any:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, self._record):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._record.__dataclass_fields__)

    def __hash__(self) -> int:
        """That of a record all of which has been read, to which it is equal."""
        return hash(tuple(getattr(self, name) for name in self._record.__dataclass_fields__))


class _AnalysisAsAsked(_AsAsked, Analysis):
    __slots__ = ("_data",)
    _record = Analysis

    def _read(self, name: str) -> Any:
        data = self._data
        return _unread(_ElementsAsAsked, data["elements"]) if name == "elements" else PARTS[name](data)


class _ElementsAsAsked(_AsAsked, Elements):
    __slots__ = ("_data",)
    _record = Elements

    def _read(self, name: str) -> Any:
        return ELEMENTS[name](self._data[name])


def _unread(kind: type[R], data: Mapping[str, Any]) -> R:
    record = object.__new__(kind)
    object.__setattr__(record, "_data", data)
    return record
