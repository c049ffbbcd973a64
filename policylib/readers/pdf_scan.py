"""Pages of a PDF that are pictures, drawn and recognised, where the extra `policylib[ocr]` is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from policylib.readers.guard import Limits
from policylib.readers.scan_page import ScannedPage, read_page
from policylib.readers.scan_size import scale_of

HANZI = re.compile("[\u3400-\u9fff]")
FEW = 20  # hanzi: a page number, the mark of a scanning program
COVERED = 0.5  # of a page: a picture so large is the page, a smaller one stands on it
DEPTH = 2  # scanning programs draw the picture on the page, some in a form


def is_picture(page: pypdfium2.PdfPage, characters: str) -> bool:
    """Whether a page is a picture with next to no text upon it. Pictures are looked for where there is so little."""
    if sum(1 for _ in islice(HANZI.finditer(characters), FEW)) == FEW:
        return False
    try:
        return any(_share(page, picture) >= COVERED for picture in _pictures(page))
    except pypdfium2.PdfiumError:
        return False


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    yield from page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH)


def _pixels(picture: pypdfium2.PdfImage) -> int:
    width, height = picture.get_px_size()
    return int(width * height)


def _share(page: pypdfium2.PdfPage, picture: pypdfium2.PdfImage) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float((right - left) * (top - bottom) / max(page.get_width() * page.get_height(), 1))


def recognised(data: bytes, wanted: Sequence[int], limits: Limits) -> Iterator[tuple[int, ScannedPage]]:
    """The pages, each read; one that cannot be drawn has no lines."""
    document = pypdfium2.PdfDocument(data)
    try:
        for index in wanted:
            page = document[index]
            try:
                small = all(_pixels(picture) <= limits.pixels for picture in _pictures(page))
                yield index, _read(page, index) if small else ScannedPage([])
            except pypdfium2.PdfiumError:
                yield index, ScannedPage([])
            finally:
                page.close()
    finally:
        document.close()


def _read(page: pypdfium2.PdfPage, index: int) -> ScannedPage:
    """The page as it is drawn in the size in which it is read best."""
    bitmap = page.render(scale=scale_of(page.get_size()), rev_byteorder=True)
    try:
        return read_page(bitmap.to_pil(), index + 1)
    finally:
        bitmap.close()
