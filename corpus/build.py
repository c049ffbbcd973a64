"""Builds the generated documents of the corpus from `sources/`: docx, pdf and damaged text, the same bytes each run.

    python corpus/build.py            writes documents/
    python corpus/build.py --check    says which documents differ from what would be written; exit 1 if any

A source is UTF-8 text, `sources/NAME.source.txt`. Its head, up to the first blank line, has `%output FILE` (the suffix
decides the form) and for damaged text `%damage yes`. Then one line is one paragraph:

    @left TEXT    flush left            @mark TEXT    发文机关标志: red, centred
    @number TEXT  发文字号, centred      @title TEXT   one line of the title; several @title lines are one title
    @head TEXT    centred, bold         @right TEXT   署名 and 成文日期, flush right
    @note TEXT    附注                   @foot TEXT    版记, between rules
    @page         a new page            @table W W …  a ruled table; widths in proportion; its rows follow as |a|b|c|,
                                                      the first one is the head and is repeated on every page
    any other     a paragraph of the body; blank lines count in damaged text only
    {）}          in damaged text: this one character stood alone in its piece of the web page (see `damage`)

The pdf bytes depend on the version of reportlab (`MADE_WITH`); a newer one may write other bytes for the same page.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
DOCUMENTS = HERE / "documents"
MADE_WITH = "reportlab 5.1.0"

CELL = re.compile(r"\|([^|]*)(?=\|)")
DIRECTIVE = re.compile(r"@(left|mark|number|title|head|right|note|foot|page|table)(?: |$)(.*)")
LONE = re.compile(r"\{(.)\}")
BETWEEN_ASCII = re.compile(r"(?<=[0-9A-Za-z])[\u0800-\uffff](?=[0-9A-Za-z]|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or one table with its rows."""

    kind: str
    text: str = ""
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    output: str
    damaged: bool
    body: str

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.body))


def read_source(text: str) -> Source:
    """The head and the body of a source file. Raises ValueError where the head names no output."""
    head, _, body = text.partition("\n\n")
    fields = dict(line[1:].split(" ", 1) for line in head.splitlines() if line.startswith("%"))
    if "output" not in fields:
        raise ValueError("a source begins with “%output FILE” and a blank line")
    return Source(fields["output"], fields.get("damage") == "yes", body)


def _lines(body: str) -> Iterator[Line]:
    pending = [line for line in body.splitlines() if line.strip()]
    position = 0
    while position < len(pending):
        line = pending[position]
        position += 1
        found = DIRECTIVE.match(line)
        if found is None:
            yield Line("body", line.strip())
        elif found[1] == "table":
            end = position
            while end < len(pending) and pending[end].startswith("|"):
                end += 1
            rows = tuple(tuple(CELL.findall(row)) for row in pending[position:end])
            yield Line("table", "", tuple(int(width) for width in found[2].split()), rows)
            position = end
        else:
            yield Line(found[1], found[2].strip())


# ---- damaged text ------------------------------------------------------------------------------------------------


def damage(text: str) -> str:
    """What a common web-text extractor leaves of a page made with Word (domain.md §2.6).

    Word wraps every run of Latin letters and digits, so that a single Chinese character or mark between two such runs
    stands alone in its piece of the page; the extractor drops pieces of one character. Marks written {）} stood alone
    for another reason (a change of font). At the end the text is folded by NFKC.
    """
    lines = (BETWEEN_ASCII.sub("", LONE.sub("", line)) for line in text.split("\n"))
    return unicodedata.normalize("NFKC", "\n".join(lines))


def whole(text: str) -> str:
    """The page as it was before the damage."""
    return LONE.sub(r"\1", text)


# ---- docx --------------------------------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# kind: (alignment, size in half points, font, bold, colour, indent of the first line in hundredths of a character)
LOOKS: dict[str, tuple[str, int, str, bool, str, int]] = {
    "left": ("left", 32, "黑体", False, "", 0),
    "mark": ("center", 64, "方正小标宋简体", False, "FF0000", 0),
    "number": ("center", 32, "仿宋_GB2312", False, "", 0),
    "title": ("center", 44, "方正小标宋简体", False, "", 0),
    "head": ("center", 36, "黑体", True, "", 0),
    "right": ("right", 32, "仿宋_GB2312", False, "", 0),
    "note": ("left", 32, "仿宋_GB2312", False, "", 200),
    "foot": ("left", 28, "仿宋_GB2312", False, "", 0),
    "body": ("both", 32, "仿宋_GB2312", False, "", 200),
    "cell": ("left", 24, "宋体", False, "", 0),
}


def docx_bytes(source: Source) -> bytes:
    """A small Word file: stored, not packed, with a fixed time, so the bytes are the same everywhere."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>'
        + "".join(_docx_line(line) for line in source.lines)
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" '
        'w:left="1588" w:header="851" w:footer="1247" w:gutter="0"/></w:sectPr></w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 12, 31, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, (DECLARATION + xml).encode())
    return packed.getvalue()


def _docx_line(line: Line) -> str:
    if line.kind == "page":
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    if line.kind == "table":
        return _docx_table(line)
    return _docx_paragraph(line.kind, line.text)


def _docx_paragraph(kind: str, text: str) -> str:
    """Chinese and Latin runs apart, as Word writes them."""
    alignment, size, font, bold, colour, indent = LOOKS[kind]
    first = f'<w:ind w:firstLineChars="{indent}" w:firstLine="{indent * size // 20}"/>' if indent else ""
    weight = "<w:b/>" if bold else ""
    paint = f'<w:color w:val="{colour}"/>' if colour else ""
    runs = []
    for run in re.findall(r"[!-~]+|[^!-~]+", text):
        hint = "" if run[0] <= "~" else ' w:hint="eastAsia"'
        look = f'<w:rFonts{hint} w:ascii="Times New Roman" w:eastAsia="{font}"/>{weight}{paint}<w:sz w:val="{size}"/>'
        runs.append(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(run)}</w:t></w:r>')
    return f'<w:p><w:pPr>{first}<w:jc w:val="{alignment}"/></w:pPr>{"".join(runs)}</w:p>'


def _docx_table(line: Line) -> str:
    widths = [8800 * width // sum(line.widths) for width in line.widths]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = []
    for number, row in enumerate(line.rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_docx_paragraph("cell", cell)}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        rows.append(f"<w:tr>{'' if number else '<w:trPr><w:tblHeader/></w:trPr>'}{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (  # a paragraph after it: Word wants one between tables and at the end
        f'<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"
    )


# ---- pdf ---------------------------------------------------------------------------------------------------------

FONT = "STSong-Light"
PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 79.4, 73.7, 104.9, 99.2  # GB/T 9704: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
PITCH = 28.8
SIZES = {"mark": 30, "title": 20, "head": 18, "foot": 14}
NEVER_FIRST = "，。、；：？！）》〉〕”’"


class Pages:
    """A pdf in the making: a canvas and the height at which the next line stands."""

    def __init__(self, title: str) -> None:
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
        from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.file = io.BytesIO()
        self.canvas: Any = Canvas(self.file, (PAGE_WIDTH, PAGE_HEIGHT), pageCompression=0, invariant=1)
        self.canvas.setTitle(title)
        self.measure = pdfmetrics.stringWidth
        self.number = 1
        self.height = PAGE_HEIGHT - TOP

    def turn(self) -> None:
        label = f"— {self.number} —"
        self.canvas.setFont(FONT, 14)
        self.canvas.drawCentredString(PAGE_WIDTH / 2, BOTTOM - 40, label)
        self.canvas.showPage()
        self.number += 1
        self.height = PAGE_HEIGHT - TOP

    def need(self, height: float) -> bool:
        """Turns the page where `height` is not left on it, and says so."""
        if self.height - height >= BOTTOM:
            return False
        self.turn()
        return True

    def wrap(self, text: str, size: float, width: float, first: float = 0) -> list[str]:
        """Lines no wider than `width`. Figures are not torn; a closing mark hangs rather than begin a line."""
        lines, line, room = [], "", width - first
        for piece in re.findall(r"[0-9A-Za-z]+|[（《〔“]?.", text):
            if line and self.measure(line + piece, FONT, size) > room and piece not in NEVER_FIRST:
                lines.append(line)
                line, room = "", width
            line += piece
        return [*lines, line]

    def paragraph(self, kind: str, text: str) -> None:
        size = SIZES.get(kind, 16)
        indent = 2 * size if kind in ("body", "note") else 0
        pitch = PITCH * size / 16 if size > 16 else PITCH
        for number, line in enumerate(self.wrap(text, size, WIDTH, indent)):
            self.need(pitch)
            self.height -= pitch
            self._draw(kind, line, size, LEFT + (0 if number else indent))

    def _draw(self, kind: str, line: str, size: float, x: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.setFillColorRGB(1 if kind == "mark" else 0, 0, 0)
        if kind in ("mark", "number", "title", "head"):
            self.canvas.drawCentredString(PAGE_WIDTH / 2, self.height, line)
        elif kind == "right":
            self.canvas.drawRightString(PAGE_WIDTH - RIGHT - 4 * size, self.height, line)
        else:
            self.canvas.drawString(x, self.height, line)
        if kind == "foot":
            self.canvas.line(LEFT, self.height - 8, PAGE_WIDTH - RIGHT, self.height - 8)

    def table(self, line: Line) -> None:
        """A ruled table; its head is repeated at the top of every page that it runs over."""
        widths = [WIDTH * width / sum(line.widths) for width in line.widths]
        head, *rows = [self._cells(row, widths) for row in line.rows]
        self._row(head, widths)
        for row in rows:
            if self.need(self._row_height(row)):
                self._row(head, widths)
            self._row(row, widths)

    def _cells(self, row: tuple[str, ...], widths: list[float]) -> list[list[str]]:
        return [self.wrap(cell, 14, width - 8) for cell, width in zip(row, widths, strict=True)]

    @staticmethod
    def _row_height(cells: list[list[str]]) -> float:
        return 20.0 * max(len(cell) for cell in cells) + 10

    def _row(self, cells: list[list[str]], widths: list[float]) -> None:
        height = self._row_height(cells)
        self.canvas.setFont(FONT, 14)
        x = LEFT
        for cell, width in zip(cells, widths, strict=True):
            self.canvas.rect(x, self.height - height, width, height)
            for number, text in enumerate(cell):
                self.canvas.drawString(x + 4, self.height - 20 - 20 * number, text)
            x += width
        self.height -= height

    def close(self) -> bytes:
        self.turn()
        self.canvas.save()
        return self.file.getvalue()


def pdf_bytes(source: Source) -> bytes:
    """A printed page after GB/T 9704, with a text layer; the font is the reader's own (STSong-Light, not embedded)."""
    pages = Pages("".join(line.text for line in source.lines if line.kind == "title"))
    for line in source.lines:
        if line.kind == "page":
            pages.turn()
        elif line.kind == "table":
            pages.height -= 10
            pages.table(line)
        else:
            pages.paragraph(line.kind, line.text)
    return pages.close()


# ---- all ---------------------------------------------------------------------------------------------------------


def build(source: Source) -> bytes:
    """The bytes of the document that a source describes."""
    match Path(source.output).suffix:
        case ".docx":
            return docx_bytes(source)
        case ".pdf":
            return pdf_bytes(source)
        case ".txt":
            return (damage(source.body) if source.damaged else whole(source.body)).encode()
    raise ValueError(f"{source.output}: docx, pdf and txt are built here")


def sources() -> tuple[Source, ...]:
    return tuple(read_source(path.read_text("utf-8")) for path in sorted(SOURCES.glob("*.source.txt")))


def main(arguments: list[str]) -> int:
    differing = []
    for source in sources():
        path, content = DOCUMENTS / source.output, build(source)
        if path.is_file() and path.read_bytes() == content:
            continue
        differing.append(source.output)
        if "--check" not in arguments:
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(content)
            part.replace(path)
    for name in differing:
        print(name)
    return int("--check" in arguments and bool(differing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
