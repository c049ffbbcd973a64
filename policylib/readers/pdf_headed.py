"""Rows and columns of a ruled row that nothing parts: the items of an invoice, under heads of their own in one box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policylib.readers.page_lines import CJK, Glyph, TextLine, line_of
from policylib.readers.pdf_columns import from_the_top, rows_from_the_top
from policylib.readers.pdf_rows import FIGURE, Column, figures, rows_beside, serials

LEAST_HEADS = 3  # two lines of two pieces are a label and its value
Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Headed:
    """Rows, the heads first, and where their columns begin."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Column, ...], ...]


def headed(lines: Sequence[TextLine], glyphs: Callable[[TextLine], Iterable[Glyph]]) -> Headed | None:
    """The rows that stand under heads in one cell; None where it is not certain that they do.

    Every word stands under one head, the columns do not touch, and serial numbers or amounts beside amounts count the
    rows.
    """
    heads, *below = rows_from_the_top(lines) or [[]]
    if len(heads) < LEAST_HEADS or not all(CJK.search(head.text) and not FIGURE.search(head.text) for head in heads):
        return None
    words = [word for row in below for line in row for word in _words(line, glyphs)]
    bands = _bands(heads, words)
    if not bands or any(before[1] >= after[0] for before, after in pairwise(bands)):
        return None
    columns = [from_the_top([word for word in words if _over(word, [band])]) for band in bands]
    counted = serials(columns) or figures(columns)
    rows = rows_beside(counted, columns) if counted else []
    if not rows:
        return None
    return Headed(tuple(low for low, _ in bands), (tuple((head,) for head in heads), *rows))


def _words(line: TextLine, glyphs: Callable[[TextLine], Iterable[Glyph]]) -> Iterator[TextLine]:
    """The words of a line, which may be of several columns that nearly touch: 1 4197.17."""
    if " " not in line.text:
        yield line
        return
    run: list[Glyph] = []
    for glyph in (*(line.glyphs or glyphs(line)), None):
        if glyph is None or glyph.text.isspace():
            if run:
                yield line_of(run, line.page)
            run = []
        else:
            run.append(glyph)


def _bands(heads: Sequence[TextLine], words: Sequence[TextLine]) -> list[Band]:
    """How far the columns reach: heads, words under one of them, and then those that lie beside. Empty where a word
    stands under two heads."""
    bands = [(head.left, head.right) for head in heads]
    beside = []
    for word in words:
        over = _over(word, [(head.left, head.right) for head in heads])
        if len(over) > 1:
            return []
        if over:
            bands[over[0]] = _wider(bands[over[0]], word)
        else:
            beside.append(word)
    for word in beside:
        nearest = min(
            range(len(bands)), key=lambda place: max(bands[place][0] - word.right, word.left - bands[place][1])
        )
        bands[nearest] = _wider(bands[nearest], word)
    return bands


def _wider(band: Band, word: TextLine) -> Band:
    return min(band[0], word.left), max(band[1], word.right)


def _over(word: TextLine, bands: Sequence[Band]) -> list[int]:
    """The bands over which a word lies."""
    return [place for place, (low, high) in enumerate(bands) if word.left < high and word.right > low]
