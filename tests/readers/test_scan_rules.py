"""Ruled tables of scanned pages, drawn; the engine is a function that knows what stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from policylib.readers.ocr import Piece
from policylib.readers.pdf_tables import Table
from policylib.readers.scan_page import ScannedPage, read_page, scan_problems

Rows = Sequence[tuple[str, ...]]
SIZE = (1131, 1600)
XS, TOP, HIGH = (150, 230, 620, 860, 1000), 300, 50
ROWS = (
    ("项目", "文件名称", "文号", "意见"),
    ("甲", "岚州市供水管理办法", "岚政发〔2014〕11号", "继续有效"),
    ("乙", "岚州市消防检查通告", "岚政告〔2009〕2号", "失效"),
    ("丙", "岚州市科技创新券办法", "岚科规〔2011〕7号", "废止"),
)
"""Without numbers, by which a table without lines is read too."""
COUNTED = (
    ("序号", "文件名称", "文号", "意见"),
    ("1", "岚州市供水管理办法", "岚政发〔2014〕11号", "继续有效"),
    ("2", "岚州市消防检查通告", "岚政告〔2009〕2号", "失效"),
    ("3", "岚州市科技创新券办法", "岚科规〔2011〕7号", "废止"),
)


def ruled(width: int = 2, ink: object = "black", top: bool = True) -> Image.Image:
    """A page with a table; its uppermost line may be lost."""
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    ys = [TOP + HIGH * place for place in range(len(ROWS) + 1)]
    for y in ys if top else ys[1:]:
        draw.line((XS[0], y, XS[-1], y), fill=ink, width=width)  # type: ignore[arg-type]
    for x in XS:
        draw.line((x, ys[0], x, ys[-1]), fill=ink, width=width)  # type: ignore[arg-type]
    return inked(page)


def inked(page: Image.Image, rows: Rows = ROWS) -> Image.Image:
    """With something black where the words are; a page without ink is blank."""
    for x, y, text in words(rows):
        for place in range(len(text)):
            ImageDraw.Draw(page).rectangle((x + 14 * place, y + 8, x + 14 * place + 6, y + 16), fill="black")
    return page


def words(rows: Rows = ROWS) -> list[tuple[int, int, str]]:
    return [
        (XS[column] + 12, TOP + HIGH * row + 14, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]


def piece(x: float, y: float, text: str, turn: float = 0.0, middles: Sequence[float] = ()) -> Piece:
    size, half = 24.0, (SIZE[0] / 2, SIZE[1] / 2)
    wide = size * sum(0.55 if character in "0123456789〔〕" and character.isascii() else 1 for character in text)

    def turned(across: float, down: float) -> tuple[float, float]:
        across, down = across - half[0], down - half[1]
        cos, sin = math.cos(turn), math.sin(turn)
        return half[0] + across * cos - down * sin, half[1] + across * sin + down * cos

    corners = turned(x, y), turned(x + wide, y), turned(x + wide, y + size), turned(x, y + size)
    return Piece(text, 0.99, corners, tuple(turned(middle, y + size / 2) for middle in middles))


def read(page: Image.Image, turn: float = 0.0) -> ScannedPage:
    """The page as read by an engine that knows its words; for a slope the page must have one long line of text."""
    sentence = piece(150, 150, "宣布失效的规范性文件目录如下，请遵照执行", turn)
    return read_page(page, 1, lambda image: [sentence, *(piece(x, y, text, turn) for x, y, text in words())])


def rows(tables: Sequence[Table]) -> list[tuple[str | None, ...]]:
    return [row for table in tables for row in table.rows]


def turned(degrees: float) -> Callable[[Image.Image], Image.Image]:
    return lambda page: page.rotate(-degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)


def compressed(page: Image.Image) -> Image.Image:
    stream = BytesIO()
    page.save(stream, "JPEG", quality=20)
    return Image.open(stream)


def shaded(page: Image.Image) -> Image.Image:
    shade = Image.linear_gradient("L").resize(page.size).point([110 + value // 2 for value in range(256)])
    return ImageChops.multiply(page.filter(ImageFilter.GaussianBlur(0.8)), shade.convert("RGB"))


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(lambda page: page, id="clean"),
        pytest.param(lambda page: page.convert("L"), id="grey"),
        pytest.param(compressed, id="compressed"),
        pytest.param(shaded, id="in the shade"),
    ],
)
def test_a_ruled_table_is_read_cell_by_cell(way: Callable[[Image.Image], Image.Image]) -> None:
    assert rows(read(way(ruled())).tables) == list(ROWS)


@pytest.mark.parametrize("degrees", [-2, 1, 3])
def test_a_table_that_lies_askew(degrees: float) -> None:
    assert rows(read(turned(degrees)(ruled()), math.radians(degrees)).tables) == list(ROWS)


@pytest.mark.parametrize(("width", "ink"), [(1, (90, 90, 90)), (4, "black"), (2, (40, 60, 160))])
def test_thin_thick_and_blue_lines(width: int, ink: object) -> None:
    assert rows(read(ruled(width, ink)).tables) == list(ROWS)


@pytest.mark.parametrize(("shade", "seen"), [(238, True), (255, False)], ids=["pale", "none: merged cells"])
def test_a_stretch_of_a_line_that_is_paler_than_the_others(shade: int, seen: bool) -> None:
    """Of the pale lines of a list, those above and below long titles were lost, and five titles stood in five rows."""
    page = ruled()
    ImageDraw.Draw(page).rectangle((233, TOP + 98, 617, TOP + 104), fill="white")
    ImageDraw.Draw(page).line((233, TOP + 100, 617, TOP + 100), fill=(shade,) * 3, width=2)
    found = rows(read(page).tables)
    assert found == list(ROWS) if seen else found[1][1] == found[2][1] == ROWS[1][1] + ROWS[2][1]


def test_a_table_without_lines_that_counts_its_rows() -> None:
    page = inked(Image.new("RGB", SIZE, "white"), COUNTED)
    found = read_page(page, 1, lambda image: [piece(x, y, text) for x, y, text in words(COUNTED)])
    assert rows(found.tables) == list(COUNTED)


def test_a_number_and_a_title_that_the_engine_took_for_one_piece() -> None:
    page = inked(Image.new("RGB", SIZE, "white"), COUNTED)

    def engine(image: Image.Image) -> list[Piece]:
        found = [piece(x, y, text) for x, y, text in words(COUNTED) if text not in ("2", COUNTED[2][1])]
        middles = [168.0, *(252.0 + 24 * place for place in range(9))]
        return [*found, piece(162, TOP + 2 * HIGH + 14, "2" + COUNTED[2][1], middles=middles)]

    assert rows(read_page(page, 1, engine).tables) == list(COUNTED)


def test_a_table_whose_uppermost_line_is_lost() -> None:
    assert rows(read(ruled(top=False)).tables) == list(ROWS)


def test_words_that_run_over_a_line_are_parted_where_the_characters_are() -> None:
    """The engine took two cells for one piece; 号 stands before the wall, 失 behind it, with nearly nothing between."""
    one = "岚政告〔2009〕2号失效"
    places = [*(640 + 19 * place for place in range(11)), 880, 904]

    def engine(image: Image.Image) -> list[Piece]:
        others = [piece(x, y, text) for x, y, text in words() if text not in ("岚政告〔2009〕2号", "失效")]
        return [*others, piece(632, TOP + 2 * HIGH + 14, one, middles=places)]

    assert rows(read_page(ruled(), 1, engine).tables) == list(ROWS)


def test_strokes_that_touch_a_line_are_no_walls() -> None:
    """Words set so tight that their upright strokes reach from line to line."""
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    for y in (300, 328, 356):
        draw.line((150, y, 750, y), fill="black", width=2)
    for x in (150, 450, 750):
        draw.line((x, 300, x, 356), fill="black", width=2)
    for x in (172, 190, 212):
        draw.line((x, 300, x, 328), fill="black", width=2)
    cells = [(160, 301, "索引号"), (460, 301, "2018"), (160, 329, "文号"), (460, 329, "岚政发")]
    found = read_page(page, 1, lambda image: [piece(x, y, text) for x, y, text in cells])
    assert rows(found.tables) == [("索引号", "2018"), ("文号", "岚政发")]


def test_a_frame_and_lines_below_words_are_no_table() -> None:
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 1000, 1500), outline="black", width=3)
    for y in range(300, 900, 60):
        draw.line((400, y, 700, y), fill="black", width=2)
    found = read_page(page, 1, lambda image: [piece(420, y - 30, "联系人") for y in range(300, 900, 60)])
    assert (found.tables, len(found.lines)) == ((), 10)


def test_a_picture_with_very_many_lines_costs_little_and_is_no_table() -> None:
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    for y in range(0, 1600, 6):
        draw.line((0, y, 1130, y), fill="black", width=2)
    for x in range(0, 1131, 6):
        draw.line((x, 0, x, 1599), fill="black", width=2)
    assert read_page(page, 1, lambda image: [piece(420, 300, "联系人")]).tables == ()


def test_a_table_that_was_read_is_not_said_to_be_unread() -> None:
    assert [problem.rule for problem in scan_problems({0: read(ruled())})] == ["OCR_USED"]
    without = read(inked(Image.new("RGB", SIZE, "white")))
    assert [problem.rule for problem in scan_problems({0: without})] == ["OCR_USED", "TABLE_UNREAD"]
