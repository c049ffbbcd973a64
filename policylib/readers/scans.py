"""Pages that are pictures, recognised where the extra `policylib[ocr]` is installed, and what is to be said of them.
How a page is drawn is known to the reader of its format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policylib.model.document import Problem
from policylib.readers import ocr
from policylib.readers.garbled import is_garbled
from policylib.readers.guard import Limits
from policylib.readers.page_flow import Page, names
from policylib.readers.scan_page import SURE, ScannedPage, scan_problems

RECOGNISE = f"请先做文字识别，或提供可复制文字的版本；要由 policylib 识别，{ocr.INSTALL}"
RESCAN = "请核对原件，或重新扫描"

Recognised = Callable[[Sequence[int]], Iterator[tuple[int, ScannedPage]]]


@dataclass(frozen=True, slots=True)
class Scans:
    """Pages that were recognised, by their index. `problems`: with them, and with those that were not. `remedy`: for
    a file of which nothing was read. `garbled`: the characters that are left are still not those that one sees."""

    pages: dict[int, ScannedPage] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remedy: str = RECOGNISE
    garbled: bool = False


def recognise(pages: Sequence[Page], limits: Limits, recognised: Recognised) -> Scans:
    """Reads, each by `recognised`, the pages that are pictures, then those whose characters are not what one sees.
    Their lines take the place of what was there."""
    pictures = [page.index for page in pages if page.picture]
    broken = _are_garbled(pages)
    garbled = [page.index for page in pages if broken and not page.picture and is_garbled(page.characters)]
    scans = _read(pictures, garbled, limits, recognised)
    for page in pages:
        scan = scans.pages.get(page.index)
        if scan:
            page.lines, page.width, page.characters = scan.lines, round(scan.width), scan.characters
            page.tables, page.scanned = list(scan.tables), True
    return replace(scans, garbled=_are_garbled(pages) if scans.pages else broken)


def _are_garbled(pages: Sequence[Page]) -> bool:
    return is_garbled("".join(page.characters for page in pages))


def _read(pictures: Sequence[int], garbled: Sequence[int], limits: Limits, recognised: Recognised) -> Scans:
    if not pictures and not garbled:
        return Scans()
    if not ocr.available():
        return Scans(problems=tuple(_unread(pictures)))
    wanted = [*pictures, *garbled]
    boxes = frozenset(garbled)  # where fonts are not embedded, the page may show boxes only: see pdf_fonts
    found = dict(recognised(sorted(wanted[: limits.ocr_pages])))
    read = {index: scan for index, scan in found.items() if scan.lines and not (index in boxes and scan.score < SURE)}
    empty = [index for index, scan in found.items() if not scan.lines and not scan.blank]
    problems = [*scan_problems(read), *_empty(empty), *_beyond(wanted[limits.ocr_pages :], limits)]
    return Scans(read, tuple(problems), RESCAN)


def _unread(pages: Sequence[int]) -> list[Problem]:
    if not pages:
        return []
    what = f"第 {names(pages)} 页无文字层（共 {len(pages)} 页），可能是扫描页，其内容未读入"
    return [Problem("NO_TEXT_PAGE", f"{what}。{ocr.INSTALL}")]


def _empty(pages: Sequence[int]) -> list[Problem]:
    return (
        [Problem("NO_TEXT_PAGE", f"第 {names(pages)} 页无文字层，文字识别（OCR）也未读出文字，请核对原件")]
        if pages
        else []
    )


def _beyond(pages: Sequence[int], limits: Limits) -> list[Problem]:
    if not pages:
        return []
    what = f"第 {names(pages)} 页（共 {len(pages)} 页）超出每份文件识别 {limits.ocr_pages} 页的上限，未识别"
    return [Problem("OCR_LIMIT", f"{what}，请拆分后再读")]
