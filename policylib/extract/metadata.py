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
        *(one for one in _entries(foot) if one.field in _FOOT_FIELDS),
    ):
        if all(entry.span != known.span for known in entries.get(entry.field, ())):
            entries.setdefault(entry.field, []).append(entry)
    for found in entries.values():
        found.sort(key=lambda entry: entry.rank)
    return entries


def metadata_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines of the text itself that are label and value, so that they are not read as title or text."""
    found: set[int] = set()
    for index, line in enumerate(lines[:HEAD_LINES]):
        match = _label(line.text) if line.role != "row" and len(line.text) < 300 else None
        if match and match.start() <= 2 and not line.text.endswith("。"):
            found.add(index)
            alone = match.end() == len(line.text) and index + 1 < len(lines)
            if alone and not _label(lines[index + 1].text):
                found.add(index + 1)
    return found | _stacked(lines[:HEAD_LINES])


def _label(text: str) -> re.Match[str] | None:
    """The first label with its colon."""
    return _pattern().search(text) if ":" in text or "】" in text else None


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


def _entries(lines: Sequence[Line]) -> Iterator[Entry]:
    for index, line in enumerate(lines):
        pattern = _pattern(line.role == "metadata")
        matches = list(pattern.finditer(line.text)) if ":" in line.text or "】" in line.text else []
        if label := _bare_label(line) if line.role == "metadata" else "":
            if index + 1 < len(lines) and not _bare_label(lines[index + 1]):
                field, rank = _labels()[label]
                yield Entry(field, label, lines[index + 1].span, rank)
            continue
        if not matches or (line.role != "metadata" and (matches[0].start() > 2 or line.text.endswith("。"))):
            continue
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            end = following.start() if following else len(line.text)
            value, start = line.text[match.end() : end].rstrip(" •·|"), match.end()
            span = Span(line.span.start + start, line.span.start + start + len(value))
            if not value and following is None and index + 1 < len(lines):
                if pattern.search(lines[index + 1].text) or lines[index + 1].text in ("•", "·"):
                    continue
                span, value = lines[index + 1].span, lines[index + 1].text
            if value:
                field, rank = _labels()[match["label"].replace(" ", "")]
                yield Entry(field, match["label"], span, rank)
