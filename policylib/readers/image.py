"""Pictures (png, jpeg, tiff, bmp, gif, webp): scanned papers and photos of them, read by recognition."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from policylib.errors import DamagedFile, TooLarge
from policylib.model.document import Document, Problem, Source
from policylib.readers import ocr
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import compose
from policylib.readers.page_flow import Page, lines_of_pages, put_in_order, unparted_tables
from policylib.readers.scan_page import ScannedPage, read_page, scan_problems

logging.getLogger("PIL").addHandler(logging.NullHandler())  # it tells users in English what is wrong with a tiff
KINDS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    EOFError,
)
"""What Pillow raises on damaged pictures, seen in mutations of real ones; most of its errors are OSError."""


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a picture. Raises MissingDependency, DamagedFile, TooLarge, NoTextLayer.

    Problems: OCR_USED, OCR_UNSURE, INK_UNREAD, TABLE_UNREAD, SEAL_OVERLAP, OCR_LIMIT.
    """
    check_size(len(data), limits.package_bytes, source.path)
    more = _has_more(data, source.path, limits)
    if not ocr.available():
        raise ocr.missing(source.path)
    scans = list(scanned(data, source.path, limits))
    problems = scan_problems(dict(enumerate(scans)))
    if more:
        what = f"图片多于 {limits.ocr_pages} 页，只识别了前 {limits.ocr_pages} 页（安全上限）"
        problems.append(Problem("OCR_LIMIT", f"{what}，请拆分后再读"))
    pages = [_page(place, scan) for place, scan in enumerate(scans)]
    return compose(lines_of_pages(pages), source, [*problems, *unparted_tables(pages)])


def _page(place: int, scan: ScannedPage) -> Page:
    page = Page(place, round(scan.width), scan.lines, list(scan.tables), scanned=True)
    put_in_order(page)
    return page


def scanned(data: bytes, path: str, limits: Limits) -> Iterator[ScannedPage]:
    """The pages in a picture, read; for readers of packages too that hold pages as pictures. Only a tiff has several.

    Raises DamagedFile, TooLarge. The extra must be `ocr.available`.
    """
    for place, image in enumerate(pictures(data, path, limits)):
        yield read_page(image, place + 1)


def pictures(data: bytes, path: str, limits: Limits) -> Iterator[Image.Image]:
    """The pages in a picture, upright as the camera noted, as many as may be recognised.

    Raises DamagedFile, TooLarge.
    """
    with _opened(data, path, limits) as file:
        for place, frame in enumerate(ImageSequence.Iterator(file)):
            if place == limits.ocr_pages or (place and file.format != "TIFF"):
                return
            _check(frame, path, limits)
            yield _on_white(ImageOps.exif_transpose(frame))


@contextmanager
def _opened(data: bytes, path: str, limits: Limits) -> Iterator[Image.Image]:
    """The picture, of which nothing is unpacked yet. Raises DamagedFile, TooLarge, then and while it is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata; the pixels are counted here
            file = Image.open(BytesIO(data), formats=KINDS)
        with file:
            _check(file, path, limits)
            yield file
    except Image.DecompressionBombError as error:
        raise _too_large(path, "像素过多", limits) from error
    except FAULTS as error:
        raise DamagedFile(f"{path}：图片不完整或已损坏", "请重新扫描或下载") from error


def _check(frame: Image.Image, path: str, limits: Limits) -> None:
    if frame.width * frame.height > limits.pixels:
        raise _too_large(path, f" {frame.width} × {frame.height} 像素", limits)


def _has_more(data: bytes, path: str, limits: Limits) -> bool:
    """Whether there are more pages than may be recognised. They are not counted: a small file may hold millions."""
    with _opened(data, path, limits) as file:
        if file.format != "TIFF":
            return False
        try:
            file.seek(limits.ocr_pages)
        except EOFError:
            return False
        return True


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in red, green and blue, on paper where it is transparent."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def _too_large(path: str, what: str, limits: Limits) -> TooLarge:
    return TooLarge(f"{path}：图片{what}，超过安全上限 {limits.pixels} 像素", "请用较低的分辨率重新扫描")
