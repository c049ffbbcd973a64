"""Running heads: what stands in the same place on many pages, and the numbers of the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from math import inf

from policylib.readers.layout import is_page_number
from policylib.readers.page_lines import TextLine

HEAD_LINES = 2  # how many lines at the top and the bottom of a page may be running heads
HEAD_SHIFT = 12  # points by which a running head may be moved from page to page: paper is laid upon scanners by hand
BARE_SHARE = 0.4  # of the pages; a number alone is a page number only if it counts with the pages, else a table cell
REPEATS = 3  # on how many pages a line must stand in the same place to be a running head
MARKS = re.compile(r"[\W_]")  # of which recognition takes one for another: 〔2020] and 〔2020〕


def running_heads(pages: Sequence[Sequence[TextLine]]) -> set[tuple[int, int]]:
    """The places (page, line) of page numbers and of lines that stand in the same place on many pages."""
    places: dict[str, list[tuple[float, int, int]]] = {}
    bare: dict[int, list[tuple[int, int]]] = {}
    found: set[tuple[int, int]] = set()
    for page, lines in enumerate(pages):
        for rank, place in _edges(lines):
            text = lines[place].text.strip()
            if not text:
                continue
            if text.isdecimal() and len(text) <= 4:
                if rank == 0:
                    bare.setdefault(int(text) - page, []).append((page, place))
            elif is_page_number(text):
                found.add((page, place))
            else:
                # the very same text: 附件1, 附件2, 附件3 at the head of three pages are no running head
                places.setdefault(MARKS.sub("", text), []).append((lines[place].middle, page, place))
    for seen in chain.from_iterable(map(_together, places.values())):
        if len(seen) >= REPEATS or (len(seen) == len(pages) == 2):
            found.update(seen)
    for offset, seen in bare.items():
        if len(seen) >= max(2, len(pages) * BARE_SHARE) or (len(pages) == 1 and offset == 1):
            found.update(seen)
    return found


def _together(seen: list[tuple[float, int, int]]) -> list[list[tuple[int, int]]]:
    """The places (page, line) of equal lines, those of one height together."""
    groups: list[list[tuple[int, int]]] = []
    before = -inf
    for middle, page, place in sorted(seen):
        if middle - before > HEAD_SHIFT:
            groups.append([])
        groups[-1].append((page, place))
        before = middle
    return groups


def _edges(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """The lowest and the highest lines of a page with their rank from the edge, wherever they come in drawing order."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].bottom + lines[place].top)
    ranks: dict[int, int] = {}
    for side in (order, order[::-1]):
        for rank, place in enumerate(side[:HEAD_LINES]):
            ranks[place] = min(rank, ranks.get(place, rank))
    return [(rank, place) for place, rank in ranks.items()]
