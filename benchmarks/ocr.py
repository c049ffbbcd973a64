"""What recognition loses: `python benchmarks/ocr.py [--keep FOLDER] [--only WORD]`, with `policylib[ocr]`.

Draws papers of an invented city, with a red head and a red seal upon signature and date, as scanners and cameras make
them: turned, noisy, grey, compressed; a Chinese font is needed. Reads them, and the scans of ../shared/data where they
are at hand. Prints for each the precision and recall of characters, the numbers that came out right, whether signature
and date did, CPU seconds a page; of a list, ruled or not, how many rows were read exactly; and at the end the most
memory. Aim: 0.97 of the characters, all numbers. `--keep` leaves the pictures to look at.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from io import BytesIO
from pathlib import Path
from time import process_time

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from policylib import find_numbers
from policylib.model import Document
from policylib.readers import read, read_bytes

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FONTS = ("NotoSerifCJK-Regular.ttc", "simsun.ttc", "STSong.ttf", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc")
SIMPLIFIED = 2  # of the faces in the files of Noto
A4 = (1240, 1754)  # at 150 dpi
EM = 33  # 16 points
LEFT, RIGHT, PITCH = 164, 1088, 60
RED = (214, 32, 32)
AIM = 0.97


@dataclass(frozen=True, slots=True)
class Paper:
    head: str
    number: str
    title: str
    body: tuple[str, ...]
    signature: str
    date: str
    foot: str = "— 1 —"

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.head, self.number, self.title, *self.body, self.signature, self.date)


PAPERS = (
    Paper(
        "岚州市人民政府办公室文件",
        "岚政办发〔2018〕47号",
        "关于公布规范性文件清理结果的通知",
        (
            "各县（区）人民政府，市政府各部门：",
            "根据《关于开展规范性文件清理工作的通知》（岚政办函〔2018〕31号）要求，市政府对2017年12月31日以前的规范性"
            "文件进行了清理，现将结果公布如下：",
            "一、继续有效的文件：岚政发〔2016〕8号、岚科规〔2017〕2号、岚财教〔2016〕113号。",
            "二、废止的文件：岚政办发〔2009〕88号、岚建房〔2011〕1283号。",
            "三、宣布失效的文件：岚政发〔2015〕22号、岚人社字〔2013〕7号。",
            "凡宣布废止和失效的文件，自本通知印发之日起停止执行。",
        ),
        "岚州市人民政府办公室",
        "2018年11月20日",
    ),
    Paper(
        "岚州市科学技术局文件",
        "岚科规〔2021〕2号",
        "关于印发《岚州市科技创新券管理办法》的通知",
        (
            "各县（区）科技主管部门，各有关单位：",
            "为落实《岚州市促进科技成果转化若干规定》（岚政规〔2020〕5号），推动仪器、种子和医疗器械企业开展创新，我局"
            "制定了《岚州市科技创新券管理办法》，现印发给你们，请认真贯彻执行。",
            "本办法自2021年9月1日起施行，有效期至2026年8月31日。《关于印发科技计划项目管理办法的通知》（岚科字"
            "〔2016〕19号）同时废止。",
            "（联系人：计划科，电话：0599-8123456）",
        ),
        "岚州市科学技术局",
        "2021年8月16日",
    ),
    Paper(
        "岚州市人力资源和社会保障局",
        "岚人社发〔2022〕105号",
        "关于《学徒补贴办法》延期的通知",
        (
            "市属各企业：",
            "《岚州市企业新型学徒补贴办法》（岚人社规〔2019〕6号）将于2022年12月31日到期。经评估，决定将有效期延至"
            "2025年12月31日，期间岚财社〔2020〕41号、岚人社办〔2021〕9号一并执行。",
            "第一条　本通知由市人力资源和社会保障局负责解释。",
            "第二条　本通知自印发之日起施行。",
        ),
        "岚州市人力资源和社会保障局",
        "2022年12月1日",
    ),
)

TITLES = (
    "岚州市城市供水管理办法",
    "岚州市人民政府关于加强科技项目管理的通知",
    "关于印发《岚州市科技创新券管理办法》的通知",
)
CODES, OUTCOMES = ("岚政发", "岚科规", "岚政办发", "岚人社发"), ("废止", "宣布失效", "继续有效")
LIST = (
    ("序号", "文件名称", "文号", "清理意见"),
    *(
        (
            str(serial),
            TITLES[serial % 3],
            f"{CODES[serial % 4]}〔{2005 + serial}〕{serial * 37 % 150}号",
            OUTCOMES[serial % 3],
        )
        for serial in range(1, 15)
    ),
)
COLUMNS, CELL_EM = (70, 430, 310, 140), 27  # pixels


def main() -> None:
    options = _options()
    print(f"{'':34}准确  召回  文号   署名 日期  CPU 秒/页")
    worst = 1.0
    for name, data, lines, numbers in cases(options.only):
        if options.keep:
            (options.keep / name.replace(" ", "-")).with_suffix(
                ".jpg" if data[:2] == b"\xff\xd8" else ".png"
            ).write_bytes(data)
        worst = min(worst, measured(name, data, lines, numbers))
    for kind, draw in LISTS.items():
        for name, way in WAYS.items():
            if options.only in (case := f"list {kind} {name}"):
                print(f"{case:40}{_rows_right(way(draw())):4}/{len(LIST)} rows", flush=True)
    for name, scan, page in scans(options.only):
        worst = min(worst, measured(name, scan.read_bytes(), [_words(read(page))], ()))
    print(f"最多占用内存 {_memory()} MB; 目标 {AIM}, 最低 {worst:.3f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What recognition loses.")
    parser.add_argument("--keep", type=Path, help="a folder for the pictures")
    parser.add_argument("--only", default="", help="cases whose name has this word")
    return parser.parse_args()


def measured(name: str, data: bytes, lines: list[str], numbers: tuple[str, ...]) -> float:
    """Prints the figures of a case; the smaller of precision and recall."""
    start = process_time()
    document = read_bytes(data, name)
    spent = (process_time() - start) / max((block.page or 1 for block in document.blocks), default=1)
    got, wanted = _words(document), _bare("".join(lines))
    blocks = SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks()
    if not numbers:  # a scan of the first pages
        wanted = wanted[: max(block.b + block.size for block in blocks[:-1])]
    same = sum(block.size for block in blocks)
    precision, recall = same / len(got), same / len(wanted)
    found = {str(mention.number) for mention in find_numbers(document.text)}
    right = sum(number in found for number in numbers)
    told = [_bare(line) in got for line in lines[-2:]] if numbers else []
    ends = "    ".join("是" if one else "否" for one in told) or "        "
    print(f"{name:32}{precision:7.3f}{recall:7.3f}{right:4}/{len(numbers):<3}  {ends}{spent:8.1f}", flush=True)
    return min(precision, recall)


def _rows_right(data: bytes) -> int:
    document = read_bytes(data, "清理目录")
    found = [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks]
    return sum(row in found for row in LIST)


def _words(document: Document) -> str:
    kept = [block for block in document.blocks if block.kind != "header"]
    return _bare("".join(block.span.of(document.text) for block in kept))


def _bare(text: str) -> str:
    """Letters, digits and hanzi: the marks differ in width only, and extraction reads either."""
    return re.sub(r"[\W_]", "", text)


def _memory() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cases(only: str) -> Iterator[tuple[str, bytes, list[str], tuple[str, ...]]]:
    """Each way of scanning each paper: its name, the picture, the lines and the numbers on it."""
    for paper in PAPERS:
        for way, scan in WAYS.items():
            name = f"{paper.number} {way}"
            if only in name:
                numbers = tuple(dict.fromkeys(str(one.number) for one in find_numbers("\n".join(paper.lines))))
                yield name, scan(drawn(paper)), list(paper.lines), numbers
    truth = DATA / "format_samples" / "truth.json"
    known = json.loads(truth.read_text(encoding="utf-8")) if truth.is_file() else {}
    for picture in sorted((DATA / "format_samples").glob("song_*")):
        if only in picture.name:
            one = known.get(picture.name, known.get("song_clean300.png"))
            yield picture.name, picture.read_bytes(), one["lines"], tuple(dict.fromkeys(one["nums"]))


def scans(only: str) -> Iterator[tuple[str, Path, Path]]:
    """The scans that are at hand, each with another copy of its text."""
    for scan in sorted((DATA / "derived_binaries").glob("*.scan.pdf")):
        if only in scan.name:
            yield scan.name, scan, scan.with_name(scan.name.replace(".scan.pdf", ".docx"))


def drawn(paper: Paper) -> Image.Image:
    """The paper as it comes from the printer, with its seal."""
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    top = _centred(draw, paper.head, 150, 74 if len(paper.head) < 12 else 66, RED)
    top = _centred(draw, paper.number, top + 40, EM)
    draw.line((LEFT, top + 10, RIGHT, top + 10), fill=RED, width=4)
    top = _centred(draw, paper.title, top + 60, 45)
    top += 30
    for place, text in enumerate(paper.body):
        for line in _wrapped(("" if place == 0 else "　　") + text):
            draw.text((LEFT, top), line, font=_font(EM), fill="black")
            top += PITCH
    top += PITCH
    for text in (paper.signature, paper.date):
        draw.text((RIGHT - 60, top), text, font=_font(EM), fill="black", anchor="ra")
        top += PITCH
    draw.text((A4[0] / 2, 1640), paper.foot, font=_font(29), fill="black", anchor="ma")
    middle = RIGHT - 60 - EM * 4, top - 1.2 * PITCH
    return ImageChops.multiply(page, _seal(paper.signature, middle))


def cleanup_list(ink: object = "black", thick: int = 2, sides: bool = True) -> Image.Image:
    """A cleanup list with titles on two lines, in a table of lines so wide in this ink; without any at the `sides` of
    its cells."""
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    top = _centred(draw, "宣布失效和废止的文件目录", 120, 45) + 40
    for cells in LIST:
        lines = [list(_wrapped(cell, (width - 20) / CELL_EM)) for cell, width in zip(cells, COLUMNS, strict=True)]
        bottom, left = top + max(map(len, lines)) * (CELL_EM + 8) + 12, (A4[0] - sum(COLUMNS)) // 2
        for width, cell in zip(COLUMNS, lines, strict=True):
            for y in (top, bottom) if thick else ():
                draw.line((left, y, left + width, y), fill=ink, width=thick)  # type: ignore[arg-type]
            for x in (left, left + width) if thick and sides else ():
                draw.line((x, top, x, bottom), fill=ink, width=thick)  # type: ignore[arg-type]
            for place, line in enumerate(cell):
                draw.text((left + 8, top + 6 + place * (CELL_EM + 8)), line, font=_font(CELL_EM), fill="black")
            left += width
        top = bottom
    return page


def sealed_list() -> Image.Image:
    """The list with a seal over four of its numbers, copied in grey."""
    return ImageChops.multiply(cleanup_list(), _seal(PAPERS[0].signature, (850, 600))).convert("L").convert("RGB")


LISTS: dict[str, Callable[[], Image.Image]] = {
    "ruled": cleanup_list,
    "in pale lines": partial(cleanup_list, (200, 200, 200), 1),
    "level lines only": partial(cleanup_list, sides=False),
    "no lines": partial(cleanup_list, thick=0),
    "under a grey seal": sealed_list,
}


def _wrapped(text: str, ems: float = (RIGHT - LEFT) / EM) -> Iterator[str]:
    """The lines of a paragraph; a mark that may not begin a line stands on the line before it."""
    line, width = "", 0.0
    for character in text:
        own = 0.5 if character.isascii() else 1.0
        if width + own > ems and character not in "。，、；：）》":
            yield line
            line, width = "", 0.0
        line, width = line + character, width + own
    yield line


def _centred(draw: ImageDraw.ImageDraw, text: str, top: int, size: int, fill: object = "black") -> int:
    draw.text((A4[0] / 2, top), text, font=_font(size), fill=fill, anchor="ma")  # type: ignore[arg-type]
    return top + round(size * 1.4)


def _seal(text: str, middle: tuple[float, float], radius: int = 124) -> Image.Image:
    """A page with nothing but a round seal: a ring, a star, and the name around it."""
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=7)
    corners = [(x + r * math.sin(step * math.pi / 5), y - r * math.cos(step * math.pi / 5))
               for step, r in zip(range(10), (44, 17) * 5, strict=True)]  # fmt: skip
    draw.polygon(corners, fill=RED)
    for place, character in enumerate(text):
        angle = math.radians(-125 + 250 * place / (len(text) - 1))
        glyph = Image.new("RGB", (60, 60), "white")
        ImageDraw.Draw(glyph).text((30, 30), character, font=_font(36), fill=RED, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), fillcolor="white", resample=Image.Resampling.BICUBIC)
        r = radius - 32
        spot = round(x + r * math.sin(angle) - 30), round(y - r * math.cos(angle) - 30)
        page.paste(ImageChops.multiply(page.crop((*spot, spot[0] + 60, spot[1] + 60)), glyph), spot)
    return page


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size, index=SIMPLIFIED if name.startswith("Noto") else 0)
        except OSError:
            continue
    raise SystemExit("找不到中文字体, 请安装其一: " + "、".join(FONTS))


def _turned(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)


def _noisy(page: Image.Image) -> Image.Image:
    """Grain, grey paper, ink that ran."""
    random.seed(7)
    grain = Image.frombytes("L", page.size, random.randbytes(page.width * page.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.7)).point([210 + value * 45 // 255 for value in range(256)])
    return ImageChops.multiply(page.filter(ImageFilter.GaussianBlur(0.8)), grain.convert("RGB"))


def _saved(page: Image.Image, kind: str = "PNG", **how: int) -> bytes:
    stream = BytesIO()
    page.save(stream, kind, **how)
    return stream.getvalue()


WAYS: dict[str, Callable[[Image.Image], bytes]] = {
    "clean": _saved,
    "turned 2, noise": lambda page: _saved(_noisy(_turned(page, 2)), "JPEG", quality=60),
    "on its side": lambda page: _saved(page.transpose(Image.Transpose.ROTATE_270)),
    "on its head": lambda page: _saved(page.transpose(Image.Transpose.ROTATE_180)),
    "grey": lambda page: _saved(page.convert("L")),
    "100 dpi, jpeg 20": lambda page: _saved(page.resize((827, 1170)), "JPEG", quality=20),
}


if __name__ == "__main__":
    main()
