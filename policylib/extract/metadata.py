"""Label and value lines of a page or of a form: the reader's metadata blocks, or lines of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policylib.extract.layout import Line
from policylib.model import Span
from policylib.tables import toml_rows

HEAD_LINES: Final = 40
FOOT_LINES: Final = 14
LONGEST: Final = 300  # characters; a line with labels that is longer is text
_FOOT_FIELDS: Final = ("interpreter", "drafter", "disclosure", "registration_number")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the page's metadata. rank: lower wins where several labels fill one field."""

    field: str
    label: str
    span: Span
    rank: int


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, tuple[str, int]]:
    return {label: (row["field"], row["rank"]) for row in toml_rows("elements.toml") for label in row["labels"]}


@lru_cache(maxsize=2)
def _pattern(of_page: bool = False) -> re.Pattern[str]:
    """A label and its colon; `of_page`: in what a page says beside its text, where some labels mean more."""
    page_only = {label for row in toml_rows("elements.toml") if row.get("page_only") for label in row["labels"]}
    labels = _labels() if of_page else _labels().keys() - page_only
    spaced = (" *".join(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[ •·\[【(\t>]))(?P<label>{'|'.join(spaced)})(?:[】\] ]*:|】)[ \t]*")


def read_metadata(lines: Sequence[Line]) -> dict[str, list[Entry]]:
    """Entries by field, the best label first. Empty values are left out; a label alone on its line takes the next."""
    entries: dict[str, list[Entry]] = {}
    given = [line for line in lines if line.role == "metadata"]
    foot = [
        line for line in lines[-FOOT_LINES:] if line.role in ("body", "imprint", "furniture") and len(line.text) < 80
    ]
    for entry in (
        *_entries(given or lines[:HEAD_LINES]),
        *(_entries([line for line in lines[:HEAD_LINES] if is_strip(line)]) if given else ()),
        *(one for one in _entries(foot) if one.field in _FOOT_FIELDS),
    ):
        if all(entry.span != known.span for known in entries.get(entry.field, ())):
            entries.setdefault(entry.field, []).append(entry)
    for found in entries.values():
        found.sort(key=lambda entry: entry.rank)
    return entries


def is_strip(line: Line) -> bool:
    """A line of the text that is nothing but labels and values: 文号：… 实施日期：… 失效日期：…; one label may be a
    sentence's."""
    if line.role in ("row", "metadata", "furniture") or len(line.text) > LONGEST or line.text.endswith("。"):
        return False
    places = [match.start() for match in _labelled(line)]
    return len(places) > 1 and _begins(line, places[0])


_SOME_LABEL = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff ]{1,7}:")


def _begins(line: Line, place: int) -> bool:
    """Whether a line begins with its first label, at `place`, or with one that fills no element: 主题词： | 文号：…."""
    return place <= 2 or bool(_SOME_LABEL.match(line.text) and "。" not in line.text[:place])


def metadata_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines of the text itself that are label and value, so that they are not read as title or text."""
    if any(line.role == "metadata" for line in lines):
        return {index for index, line in enumerate(lines[:HEAD_LINES]) if is_strip(line)}
    found: set[int] = set()
    for index, line in enumerate(lines[:HEAD_LINES]):
        match = next(_labelled(line), None) if line.role != "row" and len(line.text) < LONGEST else None
        if match and (match.start() <= 2 or is_strip(line)) and not line.text.endswith("。"):
            found.add(index)
            alone = match.end() == len(line.text) and index + 1 < len(lines)
            if alone and _may_be_value(match["label"], lines[index + 1]):
                found.add(index + 1)
    return found | _stacked(lines[:HEAD_LINES])


LEAST: Final = 3  # labels one below the other, each above its value; fewer may be words of a form


def _stacked(lines: Sequence[Line]) -> set[int]:
    """Indexes of a block whose labels stand alone on their lines without a colon, each above its value."""
    run: list[int] = []
    index = known = 0
    while index < len(lines):
        label = _bare_label(lines[index])
        ends = index + 2 >= len(lines) or not _bare_label(lines[index + 2])
        if not label and (not run or len(lines[index].text) > LEAST + 3 or ends):
            if known >= LEAST:
                break
            run, known, index = [], 0, index + 1
            continue
        run.append(index)
        known += bool(label)
        index += 1
        if index < len(lines) and not _bare_label(lines[index]):
            run.append(index)
            index += 1
    return set(run) if known >= LEAST else set()


def _bare_label(line: Line) -> str:
    """The label that the line is, and nothing else, or ""."""
    bare = line.text.replace(" ", "") if len(line.text) < 20 and line.role not in ("row", "furniture") else ""
    return bare if bare in _labels() else ""


def _labelled(line: Line, of_page: bool = False) -> Iterator[re.Match[str]]:
    """The labels of a line, with their colons; on a line of several (索引号 K-1 文号 岚函〔2024〕4号) blanks do."""
    if ":" in line.text or "】" in line.text:
        yield from _pattern(of_page).finditer(line.text)
    elif line.text[:1] in _openings() and line.text.startswith(_heads()):
        matches = list(_blank_pattern().finditer(line.text))
        ends = [*(match.start() for match in matches[1:]), len(line.text)]
        if len(matches) > 1 and all(match.end() < end for match, end in zip(matches, ends, strict=True)):
            yield from matches  # 文件名称 文号 发布日期, without values, are the heads of a table


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    """The labels of a paper's own text, the longest first."""
    page_only = {label for row in toml_rows("elements.toml") if row.get("page_only") for label in row["labels"]}
    return tuple(sorted(_labels().keys() - page_only, key=len, reverse=True))


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """With what the labels begin: asked before them of every line."""
    return frozenset(label[0] for label in _heads())


@lru_cache(maxsize=1)
def _blank_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[ \t|]))(?P<label>{'|'.join(_heads())})(?:[ \t]+|$)")


_DAYS: Final = ("dated", "published", "effective", "expires")


def _may_be_value(label: str, line: Line) -> bool:
    """Whether the line below a lone label is its value: no label itself, and for a day one that has a figure."""
    if _pattern().search(line.text) or line.text in ("•", "·"):
        return False
    field, _ = _labels()[label.replace(" ", "")]
    return field not in _DAYS or len(line.text) < 12 or any(map(str.isdigit, line.text))


_OTHER_LABEL = re.compile(r" +[\u3400-\u9fff]{2}[\u3400-\u9fff ]{0,6}:")
"""The next label on a line, one that fills no element: 索引号：K-1　公开范围：面向社会."""


def _entries(lines: Sequence[Line]) -> Iterator[Entry]:
    for index, line in enumerate(lines):
        matches = list(_labelled(line, line.role in ("metadata", "furniture")))
        if label := _bare_label(line) if line.role == "metadata" else "":
            if index + 1 < len(lines) and not _bare_label(lines[index + 1]):
                field, rank = _labels()[label]
                yield Entry(field, label, lines[index + 1].span, rank)
            continue
        first = matches[0].start() if matches else 0
        begins = first <= 2 or ((len(matches) > 1 or line.role == "furniture") and _begins(line, first))
        if not matches or (line.role != "metadata" and (not begins or line.text.endswith("。"))):
            continue
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            end = following.start() if following else len(line.text)
            other = _OTHER_LABEL.search(line.text, match.end(), end)
            end = other.start() if other else end
            value, start = line.text[match.end() : end].rstrip(" •·|"), match.end()
            if value.startswith("| "):  # a cell's edge
                value, start = value[2:], start + 2
            if value.endswith(")") and value.count("(") < value.count(")"):
                value = value[:-1]  # （起草单位：市科技局）
            if len(value) > 2 and value[0] == value[-1] == '"':
                value, start = value[1:-1], start + 1  # title: "岚州市节约用水条例"
            span = Span(line.span.start + start, line.span.start + start + len(value))
            if not value and following is None and index + 1 < len(lines):
                if not _may_be_value(match["label"], lines[index + 1]):
                    continue
                span, value = lines[index + 1].span, lines[index + 1].text
            if value:
                field, rank = _labels()[match["label"].replace(" ", "")]
                yield Entry(field, match["label"], span, rank)
