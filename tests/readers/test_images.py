"""Pictures: what is refused, and with the extra `policylib[ocr]` what is read (`make test-ocr`)."""

from __future__ import annotations

import logging
import random
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from policylib.errors import DamagedFile, InputError, MissingDependency, NoTextLayer, TooLarge
from policylib.model import Document
from policylib.readers import Limits, ocr, read_bytes
from policylib.readers.image import pictures
from policylib.readers.sniff import format_of

from . import ofd_file

KINDS = ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"]
LIMITS = Limits()
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra policylib[ocr] is not installed: make test-ocr")


def saved(*pages: Image.Image, kind: str = "PNG") -> bytes:
    stream = BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(stream, kind, **more)
    return stream.getvalue()


def page(text: str = "Lanzhou 2018", size: int = 40) -> Image.Image:
    """A page with Latin words, for which every machine has a font."""
    image = Image.new("RGB", (600, 200), "white")
    ImageDraw.Draw(image).text((40, 70), text, fill="black", font_size=size)
    return image


def count(data: bytes, limits: Limits = LIMITS) -> int:
    return len(list(pictures(data, "扫描件", limits)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_content(kind: str) -> None:
    data = saved(page(), kind=kind)
    assert format_of(data, "扫描件.doc").name == kind.lower()
    (image,) = pictures(data, "扫描件", LIMITS)
    assert (image.mode, image.size) == ("RGB", (600, 200))
    assert min(image.convert("L").tobytes()) < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_paper_is_white_and_ink_is_black_in_every_mode(mode: str) -> None:
    plain = page().convert("L")
    deep = plain.convert("I").point(lambda value: value * 257)
    image = (deep if mode.startswith("I") else plain).convert(mode)
    (read,) = pictures(saved(image, kind="TIFF"), "扫描件", LIMITS)
    assert read.getpixel((2, 2)) == (255, 255, 255)
    assert min(read.convert("L").tobytes()) < 60


def test_what_is_transparent_is_paper() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    (read,) = pictures(saved(image), "扫描件", LIMITS)
    assert read.getpixel((5, 5)) == (255, 255, 255)


def test_only_a_tiff_has_pages() -> None:
    pages = [page(str(number)) for number in range(1, 4)]
    assert count(saved(*pages, kind="TIFF")) == 3
    assert count(saved(*pages, kind="GIF")) == 1
    assert count(saved(*pages, kind="TIFF"), Limits(ocr_pages=2)) == 2


def test_a_camera_that_was_held_askew() -> None:
    image, exif = page(), Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    stream = BytesIO()
    image.save(stream, "JPEG", exif=exif)
    (read,) = pictures(stream.getvalue(), "扫描件", LIMITS)
    assert read.size == (200, 600)


def test_too_many_pixels_are_refused() -> None:
    with pytest.raises(TooLarge, match=r"^扫描件：图片 600 × 200 像素，超过安全上限 100000 像素"):
        count(saved(page()), Limits(pixels=100_000))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "GIF"])
def test_a_bomb_is_refused_before_it_is_unpacked(kind: str) -> None:
    with pytest.raises(TooLarge, match="超过安全上限 50000000 像素"):
        count(saved(Image.new("1" if kind != "GIF" else "P", (20_000, 10_000)), kind=kind))


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_bytes_raise_nothing_else(kind: str) -> None:
    data = saved(page(), kind=kind)
    chance = random.Random(9704)
    refused = 0
    for _ in range(150):
        bad = bytearray(data[: chance.choice([len(data), chance.randrange(20, len(data))])])
        for _ in range(chance.randrange(4)):
            bad[chance.randrange(8, len(bad))] = chance.randrange(256)
        try:
            count(bytes(bad), Limits(pixels=2_000_000))
        except InputError as error:
            refused += 1
            assert error.message.startswith("扫描件：")
    assert refused > 20


@pytest.mark.parametrize("package", ["rapidocr", "onnxruntime"])
def test_the_missing_extra_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency) as caught:
        read_bytes(saved(page()), "扫描件.png")
    assert caught.value.code == "NEEDS_EXTRA"
    assert str(caught.value) == (
        '扫描件.png：图片和扫描件需要文字识别（OCR），尚未安装或不能使用。请安装：pip install "policylib[ocr]"'
    )


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)


def shown(document: Document) -> list[str]:
    for block in document.blocks:
        assert block.span.of(document.text)
    return [block.span.of(document.text) for block in document.blocks]


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_read_without_a_network(kind: str, no_network: None) -> None:
    document = read_bytes(saved(page(), kind=kind), "扫描件.png")
    assert [text.replace(" ", "") for text in shown(document)] == ["Lanzhou2018"]
    assert "OCR_USED" in [problem.rule for problem in document.problems]


def test_damage_is_told_by_the_library_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    samples = b"\x15\x01\x03\x00\x01\x00\x00\x00"
    data = saved(page(), kind="TIFF").replace(samples + b"\x03\x00", samples + b"\xff\xff")
    with pytest.raises(DamagedFile):
        count(data)
    assert capsys.readouterr().err == ""


@needs_ocr
def test_pages_of_a_tiff_keep_their_numbers() -> None:
    document = read_bytes(saved(page("(Alpha)"), page(""), page("1. Gamma"), kind="TIFF"), "扫描件.tif")
    assert [block.page for block in document.blocks] == [1, 3]
    assert [text.replace(" ", "") for text in shown(document)] == ["(Alpha)", "1.Gamma"]
    assert "第 1、3 页" in document.problems[0].message


@needs_ocr
def test_a_ruled_table_is_read_cell_by_cell() -> None:
    rows = [("No", "Title", "State"), ("1", "Water supply", "valid"), ("2", "Fire safety", "repealed")]
    image = Image.new("RGB", (1000, 700), "white")
    draw = ImageDraw.Draw(image)
    for top, cells in zip((200, 270, 340), rows, strict=True):
        for (left, right), text in zip(((100, 200), (200, 600), (600, 900)), cells, strict=True):
            draw.rectangle((left, top, right, top + 70), outline="black", width=2)
            draw.text((left + 20, top + 16), text, fill="black", font_size=32)
    document = read_bytes(saved(image), "扫描件.png")
    found = [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks]
    assert (found, [problem.rule for problem in document.problems]) == (rows, ["OCR_USED"])


@needs_ocr
def test_pages_beyond_the_limit_are_told() -> None:
    data = saved(page("Alpha"), page("Beta"), kind="TIFF")
    document = read_bytes(data, "扫描件.tif", Limits(ocr_pages=1))
    assert (document.text, document.problems[-1].rule) == ("Alpha", "OCR_LIMIT")
    assert "图片多于 1 页，只识别了前 1 页" in document.problems[-1].message


@needs_ocr
@pytest.mark.parametrize("image", [Image.new("L", (600, 800), 255), Image.new("L", (600, 800), 0), page("")])
def test_no_words_are_no_success(image: Image.Image) -> None:
    with pytest.raises(NoTextLayer):
        read_bytes(saved(image), "空.png")


def test_a_truncated_picture_is_refused() -> None:
    with pytest.raises(DamagedFile, match="扫描件：图片不完整或已损坏。请重新扫描或下载"):
        count(saved(page(), kind="JPEG")[:900])


@needs_ocr
def test_a_page_of_an_ofd_that_is_a_picture() -> None:
    media = '<MultiMedia ID="9"><MediaFile>a.png</MediaFile></MultiMedia>'
    pages = {
        "text.xml": ofd_file.page(ofd_file.lines(["岚州市水利局关于做好防汛工作的通知"])),
        "scan.xml": ofd_file.page('<ofd:ImageObject ID="8" ResourceID="9" Boundary="0 0 210 297"/>'),
    }
    parts = {
        "OFD.xml": ofd_file.entry(ofd_file.root("D/Document.xml")),
        "D/Document.xml": ofd_file.document(pages, "<ofd:PublicRes>Res.xml</ofd:PublicRes>"),
        "D/Res.xml": f'<Res BaseLoc="Res"><MultiMedias>{media}</MultiMedias></Res>',
        "D/Res/a.png": saved(page()),
        **{f"D/{name}": content for name, content in pages.items()},
    }
    found = read_bytes(ofd_file.zipped(parts), "扫描件.ofd")
    assert [(block.span.of(found.text), block.page) for block in found.blocks][1:] == [("Lanzhou 2018", 2)]
    assert [problem.rule for problem in found.problems] == ["OCR_USED"]
