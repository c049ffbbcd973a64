"""Tables of a cleanup result that were typed with tabs or wide blanks, as rows (domain.md §7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from policylib.extract.cleanup_columns import TICKED, columns_of
from policylib.extract.cleanup_outcomes import heads_rows
from policylib.model import Block, Document, Span

_CELL = re.compile(r"[^ \t]+(?: [^ \t]+)*")
_TAB = re.compile("\t")
_LEAST_CELLS: Final = 3
_LEAST_TABBED: Final = 2  # 类别 | 文号, with a tab between
_TITLED: Final = ("名称", "标题", "文件题目", "规范性文件", "文件\t", "\t文号")
"""One of them heads the column of titles, or of numbers."""


def with_typed_rows(document: Document, folded: str) -> Document:
    """The document, with the rows of a table that was typed with tabs or wide blanks as rows: below a head of at least
    three columns, title and outcome among them, whatever has as many."""
    if not ("\t" in folded or "  " in folded) or not any(word in folded for word in _TITLED):
        return document
    made: list[Block] = []
    least = width = 0
    above = ""
    for block in document.blocks:
        words = block.span.of(folded).strip() if block.kind != "row" else ""
        cells = _typed_cells(folded, block.span) if "  " in words or "\t" in words else []
        indented = "\t" in folded[max(0, block.span.start - 1) : block.span.start]
        tabbed = _between_tabs(folded, _whole_line(folded, block.span)) if width and (indented or "\t" in words) else []
        if width and least <= len(tabbed) <= width:
            cells = tabbed
        elif len(cells) != width:
            enough = len(cells) >= (_LEAST_TABBED if "\t" in words else _LEAST_CELLS)
            head = columns_of([one.of(folded) for one in cells]) if enough else {}
            width = len(cells) if _has_outcome(head) or ("title" in head and heads_rows(above)) else 0
            least = max(width, 1) if "\t\t" in words else 1 + _last_needed(head)
        if len(cells) < _LEAST_CELLS:
            above = words or above
        made.append(replace(block, kind="row", cells=tuple(cells)) if width and cells else block)
    return replace(document, blocks=tuple(made))


def _typed_cells(folded: str, where: Span) -> list[Span]:
    return [Span(*one.span()) for one in _CELL.finditer(folded, where.start, where.end)]


def _whole_line(folded: str, where: Span) -> Span:
    """A row from the start of its line: that of an empty first cell begins with a tab."""
    start = folded.rfind("\n", 0, where.start) + 1
    return Span(start, where.end) if not folded[start : where.start].strip() else where


def _between_tabs(folded: str, where: Span) -> list[Span]:
    """The cells of a row that was copied from a table, one tab between two; an empty cell has nothing between them."""
    ends = [match.start() for match in _TAB.finditer(folded, where.start, where.end)] + [where.end]
    return [Span(start, end) for start, end in zip([where.start, *(end + 1 for end in ends)], ends, strict=False)]


def _has_outcome(head: Mapping[str, int]) -> bool:
    """Whether the head of a table has a title, and an outcome or several of which a row has one ticked."""
    if "title" not in head:
        return "number" in head and "outcome" in head
    return "outcome" in head or sum(name.startswith(TICKED) for name in head) > 1


def _last_needed(head: Mapping[str, int]) -> int:
    """The place of the last column without which a row says nothing."""
    first = [place for name, place in head.items() if name.startswith(TICKED)]
    return max([head.get("title", head.get("number", 0)), head.get("outcome", 0), min(first, default=0)])
