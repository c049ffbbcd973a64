"""Ink that no words cover, on drawn pages: hanzi are squares of strokes, the engine is a function of the picture."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from policylib.readers.ocr import Piece
from policylib.readers.scan_ink import unread_areas
from policylib.readers.scan_lines import piece_lines
from policylib.readers.scan_page import ScannedPage, read_page, scan_problems
from tests.readers.test_scan_page import RED, SHEET, piece

Drawing = Callable[[ImageDraw.ImageDraw], None]
SEEN, MISSED = piece("一、主题内容", 160, 300, 24), piece("二、引用标准", 160, 340, 24)


def words(draw: ImageDraw.ImageDraw, left: int, top: int, count: int = 6, size: int = 20) -> None:
    """So many characters of a line, each three strokes across and two down."""
    for start in range(left, left + count * (size + 4), size + 4):
        for stroke in (0, size // 2, size - 2):
            draw.rectangle((start, top + stroke, start + size, top + stroke + 1), fill="black")
            draw.rectangle((start + stroke, top, start + stroke + 1, top + size), fill="black")


def paper(*drawings: Drawing) -> Image.Image:
    """A page with a line of words, and what else is drawn."""
    image = Image.new("RGB", SHEET.pixels, "white")
    draw = ImageDraw.Draw(image)
    words(draw, 162, 302)
    for drawing in drawings:
        drawing(draw)
    return image


def second(draw: ImageDraw.ImageDraw) -> None:
    words(draw, 162, 342)


def engine(image: Image.Image) -> list[Piece]:
    """One that overlooks the second line beside the first: it sees it where the first is not."""
    if image.convert("L").crop((160, 300, 300, 326)).getextrema()[0] < 128 and image.height == SHEET.pixels[1]:
        return [SEEN]
    top = image.convert("L").point(lambda value: 255 - value).getbbox()
    return [piece("二、引用标准", 160, top[1] - 2, 24)] if top else []


def test_a_line_that_was_overlooked_is_read_alone() -> None:
    read = read_page(paper(second), 1, engine)
    assert [line.text for line in read.lines] == ["一、主题内容", "二、引用标准"]
    assert read.lines[1].top == pytest.approx(piece_lines([MISSED], SHEET, 1)[0].top, abs=2)
    assert not read.unread


def test_what_is_never_read_is_told_with_its_place() -> None:
    read = read_page(paper(second, lambda draw: words(draw, 600, 1200)), 1, lambda image: [SEEN])
    assert read.unread == (6, 22)
    problems = {problem.rule: problem.message for problem in scan_problems({0: ScannedPage([]), 2: read})}
    assert "第 3 页距页顶约 6、22 厘米处有字迹没有识别出来" in problems["INK_UNREAD"]
    assert "对照原件" in problems["INK_UNREAD"]


def dots(draw: ImageDraw.ImageDraw) -> None:
    for left in range(310, 1000, 8):
        draw.rectangle((left, 312, left + 2, 314), fill="black")


NO_LINES: dict[str, Drawing] = {
    "a rule": lambda draw: draw.rectangle((160, 500, 960, 503), fill="black"),
    "a short underline": lambda draw: draw.rectangle((160, 330, 230, 332), fill="black"),
    "a ruled table": lambda draw: [draw.rectangle((160, top, 560, top + 40), outline="black") for top in (500, 540)],
    "dots of contents": dots,
    "a bar": lambda draw: draw.rectangle((160, 900, 700, 925), fill="black"),
    "a picture": lambda draw: [words(draw, 300, 700 + 22 * row) for row in range(8)],
    "a seal": lambda draw: draw.ellipse((600, 1000, 830, 1230), outline=RED, width=9),
    "a hole at the edge": lambda draw: draw.ellipse((4, 700, 30, 716), fill="black"),
    "specks": lambda draw: [
        draw.rectangle((90 * at, 61 * at, 90 * at + 3, 61 * at + 3), fill="black") for at in range(12)
    ],
}


@pytest.mark.parametrize("drawing", NO_LINES.values(), ids=list(NO_LINES))
def test_other_ink_is_no_line(drawing: Drawing) -> None:
    read = read_page(paper(drawing), 1, lambda image: [SEEN] if image.mode == "L" or image.height > 400 else [])
    assert not read.unread


@pytest.mark.parametrize("degrees", [-1.5, 1.0])
def test_a_leaning_page_is_set_straight_first(degrees: float) -> None:
    leaning = paper(second, lambda draw: draw.rectangle((160, 700, 960, 703), fill="black")).rotate(
        degrees, Image.Resampling.BICUBIC, fillcolor="white"
    )
    slope = -math.radians(degrees)
    seen = piece("一、主题内容", 160, 300, 24, slope=slope)
    (area,) = unread_areas(leaning, piece_lines([seen], SHEET, 1), slope, SHEET)
    assert area.top == pytest.approx(342, abs=8)
    assert area.bottom == pytest.approx(362, abs=8)
