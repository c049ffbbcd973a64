"""A scanned page read: turned upright, seals taken off, lines put together; and what is to be said of such pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import dist
from statistics import fmean

from PIL import Image

from policylib.model.document import Problem
from policylib.readers.grey_seals import grey_seals
from policylib.readers.ocr import Piece, pieces_of
from policylib.readers.page_flow import free_lines, names
from policylib.readers.page_lines import TextLine
from policylib.readers.pdf_grid import nets_of
from policylib.readers.pdf_tables import Table, tables_of
from policylib.readers.red_ink import Area, red_areas, without_red
from policylib.readers.scan_ink import shown_alone, unread_areas
from policylib.readers.scan_lines import Sheet, looks_tabular, piece_lines, printed_lines, slope_of, spread
from policylib.readers.scan_rules import rules_of
from policylib.readers.scan_size import sized, strips
from policylib.readers.unruled import unruled_tables

A4 = (595.0, 842.0)  # points; what a page says of its size is often wrong: pixels that were taken for points
CENTIMETRE = 72 / 2.54  # points
DARK = 128
BLANK_SHARE = 0.0002  # of dark pixels on a page; one line of text has ten times as many
UPRIGHT = 0.85  # a mean score: pages that stand on their head have less than 0.7
SURE = 0.9  # a mean score; below it lines were lost or wrong
CERTAIN = 0.7  # the score of a piece that is text, of red ink and of ink that was overlooked
AROUND = 12  # pixels around red ink: boxes of the engine are a little larger than their words

Recognise = Callable[[Image.Image], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The lines of a page in points from the lower left, as if it were as wide as A4: `width`, across or along; those
    in its ruled tables are the pieces of which the `tables` are made. `score`: the mean of the engine's, by characters.
    `sealed`: a red seal stood over some of the lines; `grey_sealed`: a grey one, which cannot be taken off. `blank`:
    there is nothing to read. `unread`: centimetres from the top of the page to where ink is that was not read."""

    lines: list[TextLine]
    width: float = A4[0]
    score: float = 1.0
    sealed: bool = False
    grey_sealed: bool = False
    blank: bool = False
    tables: tuple[Table, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def characters(self) -> str:
        return "".join(line.text for line in self.lines)


def read_page(image: Image.Image, page: int, recognise: Recognise = pieces_of) -> ScannedPage:
    """The page that a picture shows. `page` is its number, from 1."""
    image = sized(image)
    if _is_blank(image):
        return ScannedPage([], blank=True)
    areas = red_areas(image)
    turn, pieces = _upright(without_red(image) if areas else image, recognise)
    if turn is not None:
        image = image.transpose(turn)
        areas = red_areas(image)
    black = without_red(image) if areas else image
    sealed = _is_sealed([area for area in areas if area.seal], pieces)
    grey = _is_sealed(grey_seals(black), pieces)
    pieces = [*pieces, *_red_pieces(image, areas, pieces, recognise)]
    sheet = Sheet(image.size, A4[image.width > image.height])
    slope = slope_of(pieces)
    lines = piece_lines(pieces, sheet, page)
    unread = unread_areas(black, lines, slope, sheet)
    if unread:
        more = _overlooked(shown_alone(black, unread, slope), unread, recognise)
        lines = piece_lines(pieces, sheet, page, more)
        pieces = [*pieces, *more]
        unread = unread_areas(black, lines, slope, sheet)
    tables = _tables(black, lines, slope, sheet)
    tables += unruled_tables(free_lines(lines, tables))
    free = free_lines(lines, tables)
    held = [line for line in lines if any(table.holds(line) for table in tables)]
    places = tuple(dict.fromkeys(round(area.top * sheet.scale / CENTIMETRE) for area in unread))
    return ScannedPage(
        [*printed_lines(free), *held],
        sheet.width,
        mean_score(pieces),
        sealed,
        grey,
        tables=tuple(tables),
        unread=places,
    )


def _overlooked(shown: Image.Image, areas: Sequence[Area], recognise: Recognise) -> list[Piece]:
    """The words in areas that are shown alone: where little stands beside them the engine finds what it overlooked."""
    return [piece for piece in _read_bands(shown, _bands(areas, shown.height), recognise) if piece.score >= CERTAIN]


def _is_sealed(seals: Sequence[Area], pieces: Sequence[Piece]) -> bool:
    """Whether a seal stands over words."""
    return any(_stands_in(piece, seal) for seal in seals for piece in pieces)


def _tables(image: Image.Image, lines: Sequence[TextLine], slope: float, sheet: Sheet) -> list[Table]:
    """The ruled tables of a page whose lines part it into boxes; of others the words are read line by line."""
    nets = [net for net in nets_of(rules_of(image, slope, sheet, lines)) if net.clean]
    return list(tables_of(nets, lines, spread).values())


def mean_score(pieces: Sequence[Piece]) -> float:
    """How sure the engine is, by characters; 0 where there are none."""
    return sum(piece.score * len(piece.text) for piece in pieces) / max(sum(len(piece.text) for piece in pieces), 1)


def _is_blank(image: Image.Image) -> bool:
    dark = sum(image.convert("L").histogram()[:DARK])
    return dark <= BLANK_SHARE * image.width * image.height


def _upright(image: Image.Image, recognise: Recognise) -> tuple[Image.Transpose | None, Sequence[Piece]]:
    """How a page is to be turned, and the words on it then: as it stands, unless the engine reads more of it turned."""
    pieces = list(_read_bands(image, strips(image), recognise))
    turn = turn_of(pieces)
    if turn is None:
        return None, pieces
    turned = recognise(image.transpose(turn))
    return (turn, turned) if _amount(turned) > _amount(pieces) else (None, pieces)


def turn_of(pieces: Sequence[Piece]) -> Image.Transpose | None:
    """The turn that would set a page upright, by what was read of it as it stands.

    The engine turns upended lines to the left by itself: if it could read them then, so must be the page.
    """
    sure = mean_score(pieces) >= UPRIGHT
    if 2 * sum(_is_upended(piece) for piece in pieces) > len(pieces):
        return Image.Transpose.ROTATE_90 if sure else Image.Transpose.ROTATE_270
    return Image.Transpose.ROTATE_180 if pieces and not sure else None


def _amount(pieces: Sequence[Piece]) -> float:
    """Characters read in lines that lie, each for as much as the engine is sure beyond guessing."""
    return sum(len(piece.text) * max(piece.score - 0.5, 0) for piece in pieces if not _is_upended(piece))


def _is_upended(piece: Piece) -> bool:
    first, second, third, _ = piece.corners
    return dist(second, third) > 1.5 * dist(first, second)


def _red_pieces(image: Image.Image, areas: Sequence[Area], black: Sequence[Piece], recognise: Recognise) -> list[Piece]:
    """The words in red: the head of a paper. What a seal says is none of the paper's words."""
    heads = [area for area in areas if not area.seal]
    found = []
    for piece in _read_bands(image, _bands(heads, image.height), recognise):
        x, y = _middle(piece)
        red = any(area.holds(x, y) for area in heads)
        if red and piece.score >= CERTAIN and not any(_covers(other, x, y) for other in black):
            found.append(piece)
    return found


def _read_bands(image: Image.Image, bands: Iterable[tuple[int, int]], recognise: Recognise) -> Iterator[Piece]:
    """The words in some bands of a page, from top to bottom of each, with their places on the page."""
    for top, bottom in bands:
        for piece in recognise(image.crop((0, top, image.width, bottom))):
            first, second, third, fourth, *middles = ((x, y + top) for x, y in (*piece.corners, *piece.middles))
            yield replace(piece, corners=(first, second, third, fourth), middles=tuple(middles))


def _bands(areas: Sequence[Area], height: int) -> list[tuple[int, int]]:
    """The parts of the page, from top to bottom, in which there is red ink."""
    bands: list[tuple[int, int]] = []
    for area in areas:
        top, bottom = max(area.top - AROUND, 0), min(area.bottom + AROUND, height)
        if bands and top <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _middle(piece: Piece) -> tuple[float, float]:
    return sum(x for x, _ in piece.corners) / 4, sum(y for _, y in piece.corners) / 4


def _covers(piece: Piece, x: float, y: float) -> bool:
    across, down = zip(*piece.corners, strict=True)
    return min(across) <= x <= max(across) and min(down) <= y <= max(down)


def _stands_in(piece: Piece, area: Area) -> bool:
    across, down = zip(*piece.corners, strict=True)
    return min(across) < area.right and max(across) > area.left and min(down) < area.bottom and max(down) > area.top


def scan_problems(pages: Mapping[int, ScannedPage]) -> list[Problem]:
    """What is to be said of the pages that were recognised: OCR_USED, OCR_UNSURE, INK_UNREAD, TABLE_UNREAD,
    SEAL_OVERLAP."""
    read = {page: scan for page, scan in pages.items() if scan.lines}
    if not read:
        return []
    mean = fmean(scan.score for scan in read.values())
    problems = [
        Problem("OCR_USED", f"第 {names(list(read))} 页经文字识别（OCR）读入，平均可信度 {mean:.2f}，引用前请对照原件")
    ]
    unsure = [page for page, scan in read.items() if scan.score < SURE]
    if unsure:
        problems.append(Problem("OCR_UNSURE", f"第 {names(unsure)} 页字迹不清，识别结果可信度低，请对照原件或重新扫描"))
    places = [
        f"第 {page + 1} 页距页顶约 {'、'.join(map(str, scan.unread))} 厘米处"
        for page, scan in read.items()
        if scan.unread
    ]
    if places:
        problems.append(Problem("INK_UNREAD", f"{'；'.join(places)}有字迹没有识别出来，未读入，请对照原件补上"))
    tabular = [page for page, scan in read.items() if looks_tabular(free_lines(scan.lines, scan.tables))]
    if tabular:
        what = f"第 {names(tabular)} 页像有表格，识别时只按行读取，各栏文字可能混在一起"
        problems.append(Problem("TABLE_UNREAD", f"{what}，请对照原件"))
    sealed = [page for page, scan in read.items() if scan.sealed]
    if sealed:
        problems.append(
            Problem("SEAL_OVERLAP", f"第 {names(sealed)} 页有印章压住文字，已滤去红色后识别，请对照原件核对署名和日期")
        )
    grey = [page for page, scan in read.items() if scan.grey_sealed]
    if grey:
        problems.append(
            Problem(
                "SEAL_OVERLAP", f"第 {names(grey)} 页有灰色印章压住文字，无法滤去，印章下的文字可能有误，请对照原件"
            )
        )
    return problems
