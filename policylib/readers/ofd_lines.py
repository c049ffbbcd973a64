"""The characters that an OFD page draws, as printed lines: OFD draws in any order, and knows no lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylib.readers.page_lines import SAME_LINE, WIDE_GAP, Glyph, TextLine, line_of

BOLD = 0.3  # of its width by which a character is moved that is drawn twice to look bold
GAP = 0.35  # ems between two pieces that is a gap; a narrow letter is narrower than the half em that it is given


def printed(glyphs: Sequence[Glyph], page: int) -> tuple[list[TextLine], list[Glyph]]:
    """The lines from top to bottom, and the characters in their order: `place` of a line says which are its own. Pieces
    with a wide gap between them are lines of their own."""
    lines: list[TextLine] = []
    ordered: list[Glyph] = []
    for row in _rows(glyphs):
        for piece in _pieces(row):
            line = line_of(piece, page)
            if line.text:
                lines.append(line._replace(place=(len(ordered), len(ordered) + len(piece))))
                ordered.extend(piece)
    return lines, ordered


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand beside each other, from top to bottom."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -(glyph.bottom + glyph.top)):
        if row and not _beside(row[0], glyph):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _beside(first: Glyph, second: Glyph) -> bool:
    shared = min(first.top, second.top) - max(first.bottom, second.bottom)
    return shared > SAME_LINE * min(first.top - first.bottom, second.top - second.bottom)


def _pieces(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """A row from left to right: what was drawn twice once, spaces where there are gaps, apart where they are wide."""
    piece: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if piece:
            last = piece[-1]
            if glyph.text == last.text and glyph.left - last.left < BOLD * (last.right - last.left):
                continue
            gap = (glyph.left - last.right) / max(last.top - last.bottom, glyph.top - glyph.bottom, 1.0)
            if gap > WIDE_GAP:
                yield piece
                piece = []
            elif gap > GAP and not last.text.isspace() and not glyph.text.isspace():
                piece.append(Glyph(" ", last.right, glyph.bottom, glyph.left, glyph.top, generated=True))
        piece.append(glyph)
    if piece:
        yield piece
