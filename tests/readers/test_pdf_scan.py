"""Scanned pages of PDF files, read with the extra `policylib[ocr]` (`make test-ocr`), told of without it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from policylib import find_numbers
from policylib.errors import NoTextLayer
from policylib.model import Document
from policylib.readers import Limits, ocr, read, read_bytes

DATA = Path(__file__).parents[3] / "shared" / "data"
FONT = "STSong-Light"
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra policylib[ocr] is not installed: make test-ocr")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real sample files (../shared/data) are not at hand")


@pytest.fixture
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def read_pdf(*pages: Callable[[Canvas], None], limits: Limits | None = None) -> Document:
    """The document of a file with these pages, each drawn by a function."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in pages:
        canvas.setFont(FONT, 16)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read_bytes(stream.getvalue(), "文件.pdf", limits or Limits())


def scan(text: str, size: tuple[int, int] = (827, 1170)) -> Callable[[Canvas], None]:
    """A page that is a picture of some Latin words."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((100, 200), text, fill=0, font_size=40)
    return lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, *A4)


def words(text: str) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawString(80, 700, text)


def both(*draw: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    return lambda canvas: [one(canvas) for one in draw] and None


def told(document: Document) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message.split("页")[0]) for problem in document.problems]


def placed(document: Document) -> list[tuple[int | None, str]]:
    return [(block.page, block.span.of(document.text).replace(" ", "")) for block in document.blocks]


def test_a_scan_that_bears_a_stamp_of_its_program_is_told(no_recognition: None) -> None:
    document = read_pdf(words("通知如下。"), both(scan("Lanzhou"), words("由某扫描程序生成")))
    assert told(document) == [("NO_TEXT_PAGE", "第 2 ")]
    assert placed(document) == [(1, "通知如下。"), (2, "由某扫描程序生成")]


def test_a_picture_on_a_page_is_no_scan(no_recognition: None) -> None:
    image = ImageReader(Image.new("L", (80, 80), 90))
    document = read_pdf(both(lambda canvas: canvas.drawImage(image, 100, 100, 200, 200), words("示意图如下。")))
    assert document.problems == ()


def test_text_upon_a_picture_is_no_scan(no_recognition: None) -> None:
    text = "本通知自印发之日起施行，由市科学技术局负责解释。"
    assert read_pdf(both(scan(""), words(text))).problems == ()


@needs_ocr
def test_scanned_pages_stand_in_their_place() -> None:
    document = read_pdf(words("第一条。"), scan("1. (Lanzhou)"), words("第三条。"))
    assert placed(document) == [(1, "第一条。"), (2, "1.(Lanzhou)"), (3, "第三条。")]
    assert told(document) == [("OCR_USED", "第 2 ")]


@needs_ocr
def test_a_scan_alone_is_a_document() -> None:
    assert placed(read_pdf(scan("Lanzhou 2018"))) == [(1, "Lanzhou2018")]


@needs_ocr
def test_blank_backs_of_scanned_sheets_are_no_problem() -> None:
    assert told(read_pdf(scan("Lanzhou 2018"), scan(""))) == [("OCR_USED", "第 1 ")]


@needs_ocr
def test_scanned_pages_beyond_the_limit_are_told() -> None:
    document = read_pdf(*map(scan, ("Alpha", "Beta", "Gamma")), limits=Limits(ocr_pages=1))
    assert placed(document) == [(1, "Alpha")]
    assert told(document) == [("OCR_USED", "第 1 "), ("OCR_LIMIT", "第 2、3 ")]
    assert "1 页的上限" in document.problems[1].message


@needs_ocr
def test_a_picture_too_large_is_not_drawn() -> None:
    document = read_pdf(words("第一条。"), scan("Lanzhou"), limits=Limits(pixels=500_000))
    assert told(document) == [("NO_TEXT_PAGE", "第 2 ")]


@needs_ocr
def test_no_words_at_all_are_no_success() -> None:
    with pytest.raises(NoTextLayer, match="1 页均无文字层"):
        read_pdf(scan(""))


@needs_ocr
@needs_data
def test_pages_with_a_broken_font_table_are_read_by_their_looks() -> None:
    document = read(DATA / "format_samples" / "gw_notounicode.pdf")
    assert "OCR_USED" in [problem.rule for problem in document.problems]
    assert "GARBLED" not in [problem.rule for problem in document.problems]
    assert "淄科发〔2017〕17号" in [str(mention.number) for mention in find_numbers(document.text)]


@needs_ocr
@needs_data
@pytest.mark.parametrize("name", ["song_150dpi.png", "song_jpeg20.jpg"])
def test_a_sealed_paper_is_read_whole(name: str) -> None:
    document = read(DATA / "format_samples" / name)
    assert [block.span.of(document.text) for block in document.blocks][-2:] == ["淄博市人民政府办公室", "2017年6月27日"]
    assert len({str(mention.number) for mention in find_numbers(document.text)}) >= 19
    assert [problem.rule for problem in document.problems] == ["OCR_USED", "SEAL_OVERLAP"]
