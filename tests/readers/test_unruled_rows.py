"""Tables that rule their columns but not their rows, in pdf and ofd: a row for each number, where that is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from policylib.model import Document
from policylib.readers import read_bytes
from tests.readers import ofd_file

MILLIMETRE = 72 / 25.4
XS = (28.0, 48.0, 118.0, 170.0)  # millimetres
TOP, PITCH, SIZE = 60.0, 6.0, 4.0
Word = tuple[float, int, str]
"""A line of a cell: how many lines below the top, in which column, and its text."""
HEAD: tuple[Word, ...] = ((0, 0, "序号"), (0, 1, "文件名称"), (0, 2, "文号"))
FIRST = ("1", "岚州市城市供水管理办法", "岚政发〔2014〕11号")
SECOND = ("2", "岚州市科技创新券管理办法", "岚政规〔2011〕3号")
THIRD = ("3", "岚州市城市排水管理办法", "岚政发〔2013〕8号")


def beside(line: float, cells: Iterable[str]) -> list[Word]:
    return [(line, column, text) for column, text in enumerate(cells) if text]


def as_ofd(words: Iterable[Word], rules: Iterable[float]) -> bytes:
    ends = list(rules)
    drawn = [ofd_file.rule(XS[0], TOP + line * PITCH - 1, XS[-1], TOP + line * PITCH - 1) for line in ends]
    drawn += [ofd_file.rule(x, TOP + min(ends) * PITCH - 1, x, TOP + max(ends) * PITCH - 1) for x in XS]
    drawn += [ofd_file.text(text, XS[at] + 1, TOP + line * PITCH, size=SIZE) for line, at, text in words]
    return ofd_file.ofd(ofd_file.page(ofd_file.lines(["附件1 规范性文件目录"]) + "".join(drawn)))


def as_pdf(words: Iterable[Word], rules: Iterable[float]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("STSong-Light", SIZE * MILLIMETRE)
    ends = list(rules)

    def height(line: float) -> float:
        return float(A4[1] - (TOP + line * PITCH - 1) * MILLIMETRE)

    canvas.drawString(XS[0] * MILLIMETRE, A4[1] - 40 * MILLIMETRE, "附件1 规范性文件目录")
    for line in ends:
        canvas.line(XS[0] * MILLIMETRE, height(line), XS[-1] * MILLIMETRE, height(line))
    for x in XS:
        canvas.line(x * MILLIMETRE, height(min(ends)), x * MILLIMETRE, height(max(ends)))
    for line, column, text in words:
        canvas.drawString((XS[column] + 1) * MILLIMETRE, height(line) - (SIZE + 1) * MILLIMETRE, text)
    canvas.save()
    return stream.getvalue()


Maker = Callable[[Iterable[Word], Iterable[float]], bytes]
MAKERS: dict[str, Maker] = {"pdf": as_pdf, "ofd": as_ofd}
every_format = pytest.mark.parametrize("suffix", MAKERS)


def read(suffix: str, words: Iterable[Word], rules: Iterable[float]) -> Document:
    return read_bytes(MAKERS[suffix](words, rules), f"目录.{suffix}")


def rows_of(document: Document) -> list[tuple[str, ...]]:
    return [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks if block.kind == "row"]


def problems(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


@every_format
@pytest.mark.parametrize("rules", [(0, 1, 6), (0, 6)], ids=["head ruled off", "frame and columns only"])
def test_a_row_for_each_number(suffix: str, rules: tuple[float, ...]) -> None:
    words = [*HEAD, *beside(1, FIRST), *beside(2, SECOND), *beside(3, THIRD), *beside(5, ("合计", "3件"))]
    document = read(suffix, words, rules)
    assert rows_of(document) == [("序号", "文件名称", "文号"), FIRST, SECOND, THIRD, ("合计", "3件", "")]
    assert not problems(document)


@every_format
def test_further_lines_of_a_title_belong_to_the_number_above(suffix: str) -> None:
    words = [
        *HEAD, *beside(1, FIRST), (2, 1, "（试行）"), *beside(3.5, SECOND), *beside(5, THIRD), (6, 1, "（暂行）")
    ]  # fmt: skip
    document = read(suffix, words, (0, 1, 8))
    assert rows_of(document)[1:] == [
        (FIRST[0], f"{FIRST[1]}（试行）", FIRST[2]), SECOND, (THIRD[0], f"{THIRD[1]}（暂行）", THIRD[2]),
    ]  # fmt: skip
    assert not problems(document)


UNCERTAIN: dict[str, list[Word]] = {
    "numbers at the middle of two lines": [
        *(word for row, cells in enumerate((FIRST, SECOND, THIRD)) for word in beside(2.5 * row + 2, (cells[0], ""))),
        *(
            (2.5 * row + 1.5 + half, 1, cells[1][5 * half : 5 + 20 * half])
            for row, cells in enumerate((FIRST, SECOND, THIRD))
            for half in (0, 1)
        ),
    ],
    "numbers at the middle of three lines, one line above": [
        *beside(1, FIRST), (2.5, 1, "甲"), *beside(3.5, SECOND), (4.5, 1, "乙"), *beside(6, THIRD),
    ],
    "lines all equally far apart": [*beside(1, FIRST), (2, 1, "（试行）"), *beside(3, SECOND), *beside(4, THIRD)],
    "words above the first number": [(1, 1, "甲"), *beside(2, FIRST), *beside(3, SECOND), *beside(4, THIRD)],
}  # fmt: skip


@every_format
@pytest.mark.parametrize("case", UNCERTAIN)
def test_what_is_uncertain_stays_one_row_and_is_told(suffix: str, case: str) -> None:
    words = UNCERTAIN[case]
    document = read(suffix, [*HEAD, *words], (0, 1, 10))
    head, row = rows_of(document)
    assert head == ("序号", "文件名称", "文号")
    for column, cell in enumerate(row):
        own = sorted((line, text) for line, at, text in words if at == column)
        assert cell == "".join(text for _, text in own)
    assert problems(document) == ["TABLE_UNREAD"]


@every_format
@pytest.mark.parametrize(
    "numbers", [("1", "2", ""), ("2013", "2014", "2015"), ("3", "9", "4"), ("甲", "乙", "丙")],
    ids=["12 in a narrow cell", "years", "figures", "words"],
)  # fmt: skip
def test_a_row_of_several_lines_that_nothing_counts_is_one_row(suffix: str, numbers: tuple[str, ...]) -> None:
    lines = ("岚州市城市供水", "管理办法", "（试行）")
    words = [word for place, cells in enumerate(zip(numbers, lines, strict=True), 1) for word in beside(place, cells)]
    document = read(suffix, [*HEAD, *words], (0, 1, 5))
    assert rows_of(document)[1:] == [("".join(numbers), "".join(lines), "")]
    assert not problems(document)


@every_format
def test_amounts_beside_amounts_are_rows(suffix: str) -> None:
    words: list[Word] = [
        (0, 0, "项目"), (0, 1, "金额"), (0, 2, "税额"), *beside(1, ("餐饮", "10000.00", "600.00")),
        *beside(3, ("合计", "¥10,000.00", "¥600.00")),
    ]  # fmt: skip
    document = read(suffix, words, (0, 4, 5))
    assert rows_of(document)[:3] == [
        ("项目", "金额", "税额"), ("餐饮", "10000.00", "600.00"), ("合计", "¥10,000.00", "¥600.00"),
    ]  # fmt: skip
    assert not problems(document)


@every_format
def test_years_below_each_other_in_one_column_are_one_cell(suffix: str) -> None:
    words: list[Word] = [*HEAD, (1, 0, "1"), (1, 1, "岚州年鉴"), (1, 2, "2014"), (2, 2, "2015"), *beside(4, SECOND)]
    assert ("1", "岚州年鉴", "20142015") in rows_of(read(suffix, words, (0, 1, 3, 5)))


def as_ofd_without_columns(lines: Iterable[Iterable[tuple[float, str]]]) -> Document:
    """Three ruled rows, of which the first has no columns and holds words at these millimetres."""
    drawn = [ofd_file.rule(20, y, 190, y) for y in (60, 90, 100, 110)]
    drawn += [ofd_file.rule(x, 60, x, 110) for x in (20, 190)] + [ofd_file.rule(80, 90, 80, 110)]
    for place, line in enumerate(lines):
        drawn += [ofd_file.text(word, x, 62 + place * 8, size=SIZE) for x, word in line]
    for x, y, word in ((25, 93, "备注"), (85, 93, "无"), (25, 103, "开票人"), (85, 103, "于某")):
        drawn.append(ofd_file.text(word, x, y, size=SIZE))
    return read_bytes(ofd_file.ofd(ofd_file.page("".join(drawn))), "发票.ofd")


def test_a_list_that_rules_no_columns_is_told() -> None:
    head = [(25.0, "项目名称"), (70.0, "单价"), (110.0, "金额")]
    document = as_ofd_without_columns([head, [(25.0, "技术服务"), (70.0, "4197.17"), (110.0, "4197.17")]])
    assert "项目名称 单价 金额 技术服务 4197.17 4197.17" in document.text
    assert [problem.message for problem in document.problems] == [
        "第 1 页有表格各列之间没有竖线，几格读成了一格，请对照原件"
    ]


def pdf_without_lines(words: Iterable[Word], above: str = "附件1 规范性文件目录") -> Document:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("STSong-Light", SIZE * MILLIMETRE)
    for line, column, text in [*words, (-2, 0, above)]:
        canvas.drawString(XS[column] * MILLIMETRE, A4[1] - (TOP + line * PITCH) * MILLIMETRE, text)
    canvas.save()
    return read_bytes(stream.getvalue(), "目录.pdf")


def ofd_without_lines(words: Iterable[Word], above: str = "附件1 规范性文件目录") -> Document:
    drawn = [ofd_file.text(text, XS[at], TOP + line * PITCH, size=SIZE) for line, at, text in [*words, (-2, 0, above)]]
    return read_bytes(ofd_file.ofd(ofd_file.page("".join(drawn))), "目录.ofd")


without_lines = pytest.mark.parametrize("read_words", [pdf_without_lines, ofd_without_lines], ids=["pdf", "ofd"])
Reader = Callable[..., Document]


@without_lines
def test_a_table_without_any_line_has_a_row_for_each_number(read_words: Reader) -> None:
    words = [
        *HEAD, *beside(1.5, FIRST), (2.5, 1, "（试行）"), *beside(4, SECOND), *beside(5.5, THIRD), (6.5, 1, "（暂行）"),
    ]  # fmt: skip
    document = read_words([*words, (9, 0, "岚州市人民政府办公室负责解释。")])
    assert rows_of(document) == [
        ("序号", "文件名称", "文号"), (FIRST[0], f"{FIRST[1]}（试行）", FIRST[2]), SECOND,
        (THIRD[0], f"{THIRD[1]}（暂行）", THIRD[2]),
    ]  # fmt: skip
    shown = [block.span.of(document.text) for block in document.blocks]
    assert (shown[0], shown[-1]) == ("附件1 规范性文件目录", "岚州市人民政府办公室负责解释。")


@without_lines
def test_where_rows_without_lines_are_uncertain_no_line_is_joined_to_another(read_words: Reader) -> None:
    words = [*HEAD, *beside(1, FIRST), (2, 1, "（试行）"), *beside(3, SECOND), *beside(4, THIRD)]
    document = read_words(words)
    assert not rows_of(document)
    assert document.text.splitlines()[-2:] == [" ".join(SECOND), " ".join(THIRD)]


@without_lines
def test_a_sentence_among_the_rows_parts_no_columns(read_words: Reader) -> None:
    wide = "以下文件自公布之日起停止执行，由原起草单位负责做好后续工作。"
    document = read_words([*HEAD, *beside(1, FIRST), *beside(2, SECOND), (3, 0, wide), *beside(4, THIRD)])
    assert not rows_of(document)
    assert wide in document.text.splitlines()


@without_lines
def test_numbered_paragraphs_are_no_table(read_words: Reader) -> None:
    words = [(place, 0, f"{place}. 岚州市供水管理办法（岚政发〔2014〕{place}号）") for place in (1, 2, 3, 4)]
    assert not rows_of(read_words(words))
