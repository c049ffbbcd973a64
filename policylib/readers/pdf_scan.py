"""Pages of a PDF that are pictures, drawn and recognised, where the extra `policylib[ocr]` is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from policylib.model.document import Problem
from policylib.readers import ocr
from policylib.readers.guard import Limits
from policylib.readers.scan_page import SURE, ScannedPage, names, read_page, scan_problems
from policylib.readers.scan_size import scale_of

HANZI = re.compile("[\u3400-\u9fff]")
FEW = 20  # hanzi: a page number, the mark of a scanning program
COVERED = 0.5  # of a page: a picture so large is the page, a smaller one stands on it
DEPTH = 2  # scanning programs draw the picture on the page, some in a form
RECOGNISE = f"请先做文字识别, 或提供可复制文字的版本; 要由 policylib 识别, {ocr.INSTALL}"
RESCAN = "请核对原件, 或重新扫描"


@dataclass(frozen=True, slots=True)
class Scans:
    """Pages that were recognised, by their index. `problems`: with them, and with those that were not. `remedy`: for
    a file of which nothing was read."""

    pages: dict[int, ScannedPage] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remedy: str = RECOGNISE


def is_picture(page: pypdfium2.PdfPage, characters: str) -> bool:
    """Whether a page is a picture with next to no text upon it."""
    if len(HANZI.findall(characters)) >= FEW:
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


def read_scans(data: bytes, pictures: Sequence[int], garbled: Sequence[int], limits: Limits) -> Scans:
    """The pages of these that could be recognised. Pictures come before pages whose text is garbled."""
    if not pictures and not garbled:
        return Scans()
    if not ocr.available():
        return Scans(problems=tuple(_unread(pictures)))
    wanted = [*pictures, *garbled]
    boxes = frozenset(garbled)  # where fonts are not embedded, the page may show boxes only: see pdf_fonts
    found = dict(_recognised(data, sorted(wanted[: limits.ocr_pages]), limits))
    read = {index: scan for index, scan in found.items() if scan.lines and not (index in boxes and scan.score < SURE)}
    empty = [index for index, scan in found.items() if not scan.lines and not scan.blank]
    problems = [*scan_problems(read), *_empty(empty), *_beyond(wanted[limits.ocr_pages :], limits)]
    return Scans(read, tuple(problems), RESCAN)


def _recognised(data: bytes, wanted: Sequence[int], limits: Limits) -> Iterator[tuple[int, ScannedPage]]:
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


def _unread(pages: Sequence[int]) -> list[Problem]:
    if not pages:
        return []
    what = f"第 {names(pages)} 页无文字层（共 {len(pages)} 页）, 可能是扫描页, 其内容未读入"
    return [Problem("NO_TEXT_PAGE", f"{what}。{ocr.INSTALL}")]


def _empty(pages: Sequence[int]) -> list[Problem]:
    return (
        [Problem("NO_TEXT_PAGE", f"第 {names(pages)} 页无文字层, 文字识别（OCR）也未读出文字, 请核对原件")]
        if pages
        else []
    )


def _beyond(pages: Sequence[int], limits: Limits) -> list[Problem]:
    if not pages:
        return []
    what = f"第 {names(pages)} 页（共 {len(pages)} 页）超出每份文件识别 {limits.ocr_pages} 页的上限, 未识别"
    return [Problem("OCR_LIMIT", f"{what}, 请拆分后再读")]
