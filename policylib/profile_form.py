"""The form of a rule set in data/profiles and `<library folder>/tables/profiles`: which settings there are, and what
each may be (policylib/data/README.md). Whoever reads a rule set that `tables.load` gave need not ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from policylib.errors import TableError
from policylib.regions import Regions, region_fault
from policylib.toml_lines import line_of

Shape = tuple[Callable[[Any], bool], str]
"""Whether a value is right, and what it should be, for the message."""


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def _is_years(value: Any) -> bool:
    return _is_pair(value) and value[0] <= value[1]


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(one) is int and one > 0 for one in value)


def _one_of(*words: str) -> Shape:
    return (lambda value: value in words, f"应为 {'、'.join(words)} 之一")


_TEXT: Shape = (lambda value: isinstance(value, str), '应为一段文字，两头有英文引号，如 "…"')
_COUNT: Shape = (lambda value: type(value) is int and value >= 0, "应为不小于 0 的整数，不加引号")
_PERCENT: Shape = (lambda value: type(value) is int and 0 <= value <= 100, "应为 0 到 100 的整数，不加引号和百分号")
_FLAG: Shape = (lambda value: isinstance(value, bool), "应为 true 或 false，不加引号")
_DAY: Shape = (
    lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "应为日期，如 2024-01-01，不加引号",
)
_WORDS: Shape = (_is_words, '应为一组词，如 ["试行"]')
_YEARS: Shape = (_is_years, "应为最短和最长的年数，如 [3, 5]")
_PAIR: Shape = (_is_pair, "应为一般文件和试行文件的年数，如 [5, 2]")
_ELEMENTS: Shape = (
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "应为一组要素",
)

_EXEMPT: Mapping[str, Shape] = {"words": _WORDS, "reason": _TEXT, "source": _TEXT}
_EXAMPLES: Mapping[str, Shape] = {"examples": _WORDS, "not_examples": _WORDS}
_SECTIONS: Mapping[str, Mapping[str, Shape]] = {
    "": {
        "id": _TEXT, "title": _TEXT, "region": _TEXT, "kinds": _WORDS, "from": _DAY, "to": _DAY, "source": _TEXT,
    },
    "validity": {
        "term_years": _YEARS, "trial_years": _YEARS, "must_state_term": _FLAG, "default_if_unstated": _PAIR,
        "auto_expire": _FLAG, "evaluate_before_months": _COUNT, "min_days_before_effect": _COUNT,
        "trial_words": _WORDS, "code_endings": _WORDS, "done_days": _COUNT,
    },
    "number": {"form_since": _DAY, "series_percent": _PERCENT, "series_least": _COUNT},
    "disclosure": {
        "since": _DAY, "mark_since": _DAY, "repost_days": _COUNT, "mark_doc_types": _WORDS, "file_suffixes": _WORDS,
    },
    "interpretation": {
        "since": _DAY, "grace_working_days": _COUNT, "limit_working_days": _COUNT, "publish_working_days": _COUNT,
        "normative_kinds": _WORDS, "normative_source": _TEXT, "outside": _WORDS,
        "outside_folders": _WORDS, "statutes": _WORDS,
    },
    "contents": {
        "required": _ELEMENTS, "when_replacing": _ELEMENTS, "when_defining": _ELEMENTS, "copied_percent": _PERCENT,
        "rate_percent": _PERCENT, "first_person_yearly": _COUNT,
    },
    "consultation": {"least_days": _COUNT, "source": _TEXT},
}  # fmt: skip
_ROWS: Mapping[str, Mapping[str, Shape]] = {
    "validity.exempt": {"rule": _TEXT, "where": _one_of("title", "clause", "text"), **_EXEMPT, **_EXAMPLES},
    "disclosure.attribute": {"name": _TEXT, "words": _WORDS, **_EXAMPLES},
    "interpretation.exempt": {
        "where": _one_of("title", "doc_type", "disclosure"), **_EXEMPT, "even_if_normative": _FLAG,
        "outside_cleanup": _FLAG, "only_within": _FLAG, "kinds": _WORDS,
    },
}  # fmt: skip
"""The arrays of tables, [[validity.exempt]] …"""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "validity.exempt": ("rule", "where", "words", "reason"),
    "disclosure.attribute": ("name", "words"),
    "interpretation.exempt": ("where", "words"),
}


def settings_there_are() -> tuple[str, ...]:
    """What a rule set may say to rules, as section and name: contents.copied_percent, validity.exempt."""
    return (*(f"{section}.{key}" for section, keys in _SECTIONS.items() if section for key in keys), *_ROWS)


def check_profile(
    profile: Mapping[str, Any], path: Path, text: str, regions: Regions, elements: Collection[str]
) -> None:
    """Whether a rule set has settings that there are, with values that they may have; `elements` are the parts that an
    interpretation can have.

    Raises TableError with the line of the first setting that is wrong.
    """
    check = _Check(path, text)
    sections = [name for name in _SECTIONS if name]
    check.settings("", {key: value for key, value in profile.items() if key not in sections}, sections)
    for name in sections:
        section = profile.get(name, {})
        if not isinstance(section, dict):
            raise check.fault(name, f"{name} 应单独写一行 [{name}]，各项写在它下面")
        arrays = [key for key in section if f"{name}.{key}" in _ROWS]
        check.settings(name, {key: value for key, value in section.items() if key not in arrays})
        for array in arrays:
            check.rows(f"{name}.{array}", section[array])
    for key, value in profile.get("contents", {}).items():
        if isinstance(value, list) and (unknown := [one for one in value if one not in elements]):
            advice = f"没有“{'、'.join(unknown)}”这种要素，可写：{'、'.join(sorted(elements))}"
            raise check.fault(f"contents.{key}", f"contents.{key}：{advice}")
    if fault := profile.get("region") and region_fault('region = "{}"', profile["region"], regions):
        raise check.fault("region", fault)
    if "from" in profile and "to" in profile and profile["from"] > profile["to"]:
        raise check.fault("to", f"to（{profile['to']}）早于 from（{profile['from']}）")


class _Check:
    """The text of one rule set, and what to say of a setting in it."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text

    def fault(self, name: str, message: str, row: int = 0) -> TableError:
        return TableError(str(self._path), line_of(name, self._text, row) or 1, message)

    def settings(self, section: str, values: Mapping[str, Any], sections: Collection[str] = ()) -> None:
        shapes = _SECTIONS[section]
        for key, value in values.items():
            name = f"{section}.{key}" if section else key
            if key not in shapes:
                known = (*shapes, *(f"[{one}]" for one in sections))
                arrays = (f"[[{one}]]" for one in _ROWS if section and one.startswith(f"{section}."))
                raise self.fault(name, f"不认识 {name}，可写 {'、'.join((*known, *arrays))}")
            self._value(name, value, shapes[key])

    def rows(self, name: str, rows: object) -> None:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault(name, f"{name} 应每项单独写一行 [[{name}]]，各项写在它下面")
        for place, row in enumerate(rows):
            for key, value in row.items():
                if key not in _ROWS[name]:
                    known = "、".join(_ROWS[name])
                    raise self.fault(f"{name}.{key}", f"{name} 有误：不认识 {key}，可写 {known}", place)
                self._value(f"{name}.{key}", value, _ROWS[name][key], place)
            if lacks := [key for key in _NEEDED[name] if not row.get(key)]:
                raise self.fault(name, f"{name} 有误：缺 {'、'.join(lacks)}", place)

    def _value(self, name: str, value: object, shape: Shape, row: int = 0) -> None:
        fits, should = shape
        if not fits(value):
            raise self.fault(name, f"{name} 的值“{shown(value)}”不对，{should}", row)


def shown(value: object) -> str:
    """A value as it is written in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(shown(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
