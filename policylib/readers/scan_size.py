"""The size in which a picture is recognised: pages whole, long ones (screens saved from a telephone) in strips."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from PIL import Image

from policylib.readers.ocr import LONG_SIDE

SHORT_SIDE = 1131  # pixels, of A4
LONG = 2.0  # times its width that a picture must be high to be more than one page
ENLARGED = 2.0  # times at most: a picture of one line is no page
MOST = 25_000_000  # pixels of all strips together: a screen 22 pages long
CUT = 0.75  # of a strip, behind which it may end, between two lines


def scale_of(size: tuple[float, float]) -> float:
    """By how much a page is to be enlarged to be read best."""
    width, height = size
    wanted = SHORT_SIDE / max(width, 1) if height > LONG * width else LONG_SIDE / max(width, height, 1)
    return min(wanted, sqrt(MOST / max(width * height, 1)))


def sized(image: Image.Image) -> Image.Image:
    """The picture in the size in which it is read best."""
    scale = min(scale_of(image.size), ENLARGED)
    size = max(round(image.width * scale), 1), max(round(image.height * scale), 1)
    return image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def strips(image: Image.Image) -> Iterator[tuple[int, int]]:
    """Where the strips of a picture begin and end, from the top down; one strip if it is no longer than a page."""
    top = 0
    if image.height > LONG * image.width:
        light = image.convert("L").resize((1, image.height), Image.Resampling.BOX).tobytes()
        while image.height - top > LONG_SIDE:
            rows = range(top + int(LONG_SIDE * CUT), top + LONG_SIDE)
            cut = max(rows, key=lambda row: (light[row], row))
            yield top, cut
            top = cut
    yield top, image.height
