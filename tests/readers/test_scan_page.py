"""Scanned pages without an engine: what is made of the words that one gives. Here it is a function of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from policylib.readers.grey_seals import grey_seals
from policylib.readers.ocr import LONG_SIDE, Piece
from policylib.readers.page_flow import Page, lines_of_pages
from policylib.readers.page_lines import TextLine
from policylib.readers.red_ink import red_areas, without_red
from policylib.readers.scan_lines import Sheet, piece_lines, printed_lines, slope_of
from policylib.readers.scan_page import ScannedPage, read_page, scan_problems, turn_of
from policylib.readers.scan_size import scale_of, sized, strips

RED, PAPER = (214, 32, 32), "white"
SHEET = Sheet((1131, 1600), 595)
Corners = tuple[float, float, float, float]


def piece(text: str, left: float, top: float, size: float = 30, score: float = 0.99, slope: float = 0.0) -> Piece:
    """A piece as wide as its hanzi, on a page turned clockwise about its middle."""
    right, bottom = left + size * sum(0.55 if character.isascii() else 1 for character in text), top + size
    middle = SHEET.pixels[0] / 2, SHEET.pixels[1] / 2

    def turned(x: float, y: float) -> tuple[float, float]:
        across, down = x - middle[0], y - middle[1]
        cos, sin = math.cos(slope), math.sin(slope)
        return middle[0] + across * cos - down * sin, middle[1] + across * sin + down * cos

    return Piece(text, score, (turned(left, top), turned(right, top), turned(right, bottom), turned(left, bottom)))


def upended(text: str, score: float) -> Piece:
    return Piece(text, score, ((100, 100), (130, 100), (130, 700), (100, 700)))


def page() -> Image.Image:
    """A page with some black upon it, so that it is not blank."""
    image = Image.new("RGB", (1131, 1600), PAPER)
    ImageDraw.Draw(image).rectangle((200, 900, 700, 920), fill="black")
    return image


def lines(pieces: Sequence[Piece], number: int = 1) -> list[TextLine]:
    return printed_lines(piece_lines(pieces, SHEET, number))


def texts(pieces: Sequence[Piece]) -> list[str]:
    return [line.text for line in lines(pieces)]


def test_pieces_that_touch_are_one_line() -> None:
    assert texts([piece("岚政发", 200, 100), piece("〔2018〕8号", 300, 104)]) == ["岚政发〔2018〕8号"]


def test_pieces_far_apart_stay_apart() -> None:
    found = lines([piece("废止", 800, 100), piece("岚科字〔2010〕5号", 200, 100)], 3)
    assert [(line.text, line.page) for line in found] == [("岚科字〔2010〕5号", 3), ("废止", 3)]
    assert found[0].middle == found[1].middle


def test_latin_words_keep_a_space() -> None:
    assert texts([piece("Lan", 200, 100), piece("Zhou", 270, 100)]) == ["Lan Zhou"]


@pytest.mark.parametrize("degrees", [-3, -1, 2])
def test_a_page_that_lies_askew_is_set_straight(degrees: float) -> None:
    words = ["为进一步规范科技计划项目管理，", "现将有关事项通知如下，请认真贯彻"]
    pieces = [piece(text, 200, 100 + 300 * place, slope=math.radians(degrees)) for place, text in enumerate(words)]
    assert math.degrees(slope_of(pieces)) == pytest.approx(degrees)
    first, second = lines(pieces)
    assert first.left == pytest.approx(second.left)
    assert first.middle - second.middle == pytest.approx(300 * 595 / 1131)
    assert first.top - first.bottom == pytest.approx(30 * 595 / 1131)


def test_boxes_that_fit_loosely_are_one_size_of_type() -> None:
    pieces = [piece("根据有关规定制定本办法", 200, 100, 30), piece("科技局", 200, 200, 33), piece("通知", 400, 300, 48)]
    sizes = [line.em for line in lines(pieces)]
    assert sizes[0] == sizes[1] < sizes[2]


def test_the_last_words_of_a_paragraph_are_of_its_size_in_whatever_box() -> None:
    tall = Piece("工作。", 0.99, ((200, 200), (291, 200), (291, 248), (200, 248)))
    sizes = [line.em for line in lines([piece("根据有关规定制定本办法", 200, 100, 30), tall])]
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize(
    ("pieces", "turn"),
    [
        pytest.param([piece("岚州市人民政府", 200, 100)], None, id="upright"),
        pytest.param([piece("彐ㅂ口", 200, 100, score=0.6)], Image.Transpose.ROTATE_180, id="on its head"),
        pytest.param([upended("岚州市人民政府", 0.99)], Image.Transpose.ROTATE_90, id="read by the engine's own turn"),
        pytest.param([upended("彐ㅂ口", 0.6)], Image.Transpose.ROTATE_270, id="not read by it"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_how_a_page_is_to_be_turned(pieces: list[Piece], turn: Image.Transpose | None) -> None:
    assert turn_of(pieces) == turn


def test_the_turn_that_reads_more_is_taken() -> None:
    def engine(image: Image.Image) -> list[Piece]:
        if image.width > image.height:
            return [upended("岚州市人民政府关于", 0.99)]
        return [piece("岚州市人民政府关于清理的通知", 100, 100)]

    turned = read_page(page().rotate(90, expand=True), 1, engine)
    assert ([line.text for line in turned.lines], turned.width) == (["岚州市人民政府关于清理的通知"], 595)


def test_a_bad_page_is_not_turned_for_nothing() -> None:
    def engine(image: Image.Image) -> list[Piece]:
        return [piece("字迹不清的一页", 100, 100, score=0.7)] if image.getpixel((300, 910)) == (0, 0, 0) else []

    assert [line.text for line in read_page(page(), 1, engine).lines] == ["字迹不清的一页"]


def test_blank_pages_are_not_shown_to_the_engine() -> None:
    def engine(image: Image.Image) -> list[Piece]:
        raise AssertionError("asked")

    assert read_page(Image.new("L", (600, 800), 250), 1, engine).blank


def test_pages_get_the_size_in_which_they_are_read_best() -> None:
    assert sized(Image.new("1", (2480, 3508))).size == (1131, LONG_SIDE)
    assert sized(Image.new("L", (100, 30))).size == (200, 60)


def test_long_screens_are_cut_between_their_lines() -> None:
    image = Image.new("L", (500, 4000), 255)
    draw = ImageDraw.Draw(image)
    for top in range(10, 3980, 50):
        draw.rectangle((40, top, 460, top + 30), fill=0)
    found = list(strips(image))
    assert [top for top, _ in found] == [0, *(bottom for _, bottom in found[:-1])]
    assert found[-1][1] == 4000
    assert all(bottom - top <= LONG_SIDE for top, bottom in found)
    assert all(image.getpixel((250, cut)) == 255 for cut, _ in found[1:])


def test_words_on_long_screens_keep_their_places() -> None:
    image = Image.new("L", (1131, 4000), 255)
    draw = ImageDraw.Draw(image)
    for top in (100, 2100, 3900):
        draw.rectangle((40, top, 460, top + 30), fill=0)

    def engine(strip: Image.Image) -> list[Piece]:
        rows = [row for row in range(strip.height) if strip.getpixel((100, row)) == (0, 0, 0)]
        return [piece("正文一行正文一行", 40, rows[0])] if rows else []

    tops = [round(line.top * 1131 / 595) for line in read_page(image, 1, engine).lines]
    assert tops == [3900, 1900, 100]


def test_the_longest_page_fits_into_the_memory() -> None:
    width, height = 10.0, 14_400.0
    assert width * height * scale_of((width, height)) ** 2 < 26_000_000


def sealed_page() -> Image.Image:
    """A red head on a page, a seal over black words."""
    image = page()
    draw = ImageDraw.Draw(image)
    for place in range(8):
        draw.rectangle((200 + 90 * place, 150, 270 + 90 * place, 220), outline=RED, width=12)
    draw.ellipse((600, 1000, 830, 1230), outline=RED, width=9)
    draw.rectangle((560, 1112, 900, 1124), fill="black")
    return image


def test_red_ink_is_as_white_as_paper_and_what_it_covers_is_black() -> None:
    image = without_red(sealed_page())
    assert [image.getpixel(place) for place in ((205, 155), (601, 1105), (700, 1120))] == [255, 255, 0]


def test_seals_are_told_from_heads() -> None:
    areas = red_areas(sealed_page())
    assert not any(area.seal for area in areas if area.top < 300)
    seal = next(area for area in areas if area.seal)
    assert seal.holds(601, 1105)
    assert not seal.holds(300, 180)


def test_two_seals_side_by_side_are_no_head() -> None:
    image = page()
    for left in (400, 600):
        ImageDraw.Draw(image).ellipse((left, 1200, left + 210, 1410), outline=RED, width=9)
    assert [area.seal for area in red_areas(image)] == [True]


@pytest.mark.parametrize("ink", ["black", (20, 40, 160), (190, 170, 150)], ids=["black", "blue", "yellowed"])
def test_other_ink_is_not_red(ink: object) -> None:
    image = Image.new("RGB", (1131, 1600), PAPER)
    ImageDraw.Draw(image).rectangle((200, 200, 600, 600), fill=ink)  # type: ignore[arg-type]
    assert red_areas(image) == []


def test_the_head_comes_from_the_red_ink_and_the_words_of_the_seal_do_not() -> None:
    """An engine that reads what it sees: black words in the red channel, everything in the page itself."""

    def engine(image: Image.Image) -> list[Piece]:
        if image.mode == "L":
            return [piece("岚州市科学技术局", 560, 1105), piece("正文一行", 200, 895)]
        if image.height < 400:
            return [piece("岚州市科学技术局文件", 200, 30, size=60)]
        raise AssertionError("the whole page in colour, or a seal")

    read = read_page(sealed_page(), 1, engine)
    assert [line.text for line in read.lines] == ["岚州市科学技术局文件", "正文一行", "岚州市科学技术局"]
    assert read.sealed


def test_words_read_in_black_are_not_read_again_in_red() -> None:
    def engine(image: Image.Image) -> list[Piece]:
        return [piece("岚州市科学技术局文件", 200, 160 if image.mode == "L" else 30, size=60)]

    assert len(read_page(sealed_page(), 1, engine).lines) == 1


@pytest.mark.parametrize("grey", [False, True])
def test_a_seal_in_grey_is_told_and_cannot_be_taken_off(grey: bool) -> None:
    image = sealed_page().convert("L") if grey else sealed_page()
    signature = piece("岚州市科学技术局", 480, 1000)
    read = read_page(image, 1, lambda _: [signature])
    assert (read.sealed, read.grey_sealed) == (not grey, grey)
    told = next(problem.message for problem in scan_problems({0: read}) if problem.rule == "SEAL_OVERLAP")
    assert ("已滤去红色" in told, "无法滤去" in told) == (not grey, grey)


def test_broad_type_and_shaded_cells_are_no_grey_seal() -> None:
    image = Image.new("L", (1131, 1600), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 700, 560, 960), fill=200)
    draw.rectangle((600, 700, 860, 960), fill=20)
    draw.rectangle((100, 1100, 1000, 1130), fill=90)
    assert grey_seals(image) == []


def scan(score: float = 0.99, sealed: bool = False) -> ScannedPage:
    return ScannedPage(lines([piece("正文", 100, 100)]), score=score, sealed=sealed)


def test_what_is_said_of_recognised_pages() -> None:
    found = scan_problems({0: scan(), 1: scan(0.8), 3: scan(sealed=True), 5: ScannedPage([], blank=True)})
    assert [(problem.rule, problem.message.split("，")[0]) for problem in found] == [
        ("OCR_USED", "第 1、2、4 页经文字识别（OCR）读入"),
        ("OCR_UNSURE", "第 2 页字迹不清"),
        ("SEAL_OVERLAP", "第 4 页有印章压住文字"),
    ]
    assert "平均可信度 0.93" in found[0].message


def test_tables_are_told() -> None:
    cells = [
        piece(text, left, top) for top in (100, 160) for left, text in ((100, "序号"), (400, "文号"), (800, "意见"))
    ]
    (told,) = [one for one in scan_problems({0: ScannedPage(lines(cells))}) if one.rule != "OCR_USED"]
    assert (told.rule, told.message[:9]) == ("TABLE_UNREAD", "第 1 页像有表格")
    signed = [piece("联系人：某某", 100, 100), piece("电话：0599-8123456", 600, 100)]
    assert len(scan_problems({0: ScannedPage(lines(signed))})) == 1


def test_nothing_recognised_nothing_said() -> None:
    assert scan_problems({0: ScannedPage([], blank=True)}) == []


def test_paragraphs_are_whole_on_the_pages_of_a_book_whose_margins_change_by_turns() -> None:
    """GB 18483-2001: text begins at 45 and 90 points by turns, and on every other page each line stood alone."""
    places = "甲乙丙丁"

    def texts(index: int) -> tuple[str, str]:
        return (
            f"{places[index]}市规定饮食业单位油烟的最高允许排放浓度和净化设施的最低去除效率，",
            f"由{places[index]}市的单位执行。",
        )

    def page_of(index: int) -> Page:
        found = []
        full, rest = texts(index)
        for place, (text, indent) in enumerate([(full, 20), (rest, 0)] * 8):
            left, top = (45.0 if index % 2 else 90.0) + indent, 700.0 - 15 * place
            found.append(TextLine(text, left, top - 10, left + 10 * len(text), top, 10, index + 1))
        return Page(index, 595, found, scanned=True)

    assert [line.text for line in lines_of_pages([page_of(index) for index in range(4)])] == [
        "".join(texts(index)) for index in range(4) for _ in range(8)
    ]
