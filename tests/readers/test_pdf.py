"""PDF files: lines joined into paragraphs, page furniture out, ruled tables as rows, faults named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfgen.canvas import Canvas

from policylib.errors import DamagedFile, EncryptedFile, InputError, NoTextLayer, TooLarge
from policylib.model import Document
from policylib.readers import Limits, read_bytes
from policylib.readers.page_lines import join

FONT = "STSong-Light"
LEFT, SIZE, WIDE = 80, 16, 27
"""27 characters of 16 points fill the line of an A4 page with margins of 80 points."""


@pytest.fixture(autouse=True, scope="module")
def font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def drawn(draw: Callable[[Canvas], None], encrypt: StandardEncryption | None = None) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=encrypt)
    canvas.setFont(FONT, SIZE)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def set_text(canvas: Canvas, paragraphs: list[str], top: float = 760) -> float:
    """Paragraphs set as in an official paper: two characters indented, 27 characters a line."""
    for paragraph in paragraphs:
        text = "　　" + paragraph
        while text:
            line, text = text[:WIDE], text[WIDE:]
            indent = len(line) - len(line.lstrip("　"))
            canvas.drawString(LEFT + indent * SIZE, top, line.lstrip("　"))
            top -= 28
    return top


def read_pdf(draw: Callable[[Canvas], None]) -> Document:
    return read_bytes(drawn(draw), "文件.pdf")


def shown(document: Document, *kinds: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if not kinds or block.kind in kinds]


BODY = [
    "为进一步做好创新券管理工作，根据市政府办公厅关于印发管理要点的通知（青政办发〔2017〕17号）要求，结合我市实际，制定本办法，请认真执行。",
    "一、各区县要加强领导，确保落实。",
    "（一）本办法自2017年6月27日起施行，有效期五年，由市科技局负责解释，此前有关规定与本办法不一致的，以本办法为准，各单位要严格执行。",
]


def test_lines_become_paragraphs() -> None:
    document = read_pdf(lambda canvas: set_text(canvas, BODY))
    assert shown(document) == BODY
    assert {block.page for block in document.blocks} == {1}


@pytest.mark.parametrize("indent", [0, 2], ids=["flush", "indented"])
def test_a_sentence_that_fills_its_line_ends_a_paragraph_where_none_is_indented(indent: int) -> None:
    full = "国务院专利行政部门作出的决定应当及时通知专利权人并公告。"[-WIDE:]
    rest = "给予许可的决定，应当规定实施的范围和时间。"
    opened = "　" * indent + "第一条　申请专利，适用本法的有关规定。"

    def draw(canvas: Canvas) -> None:
        for place, line in enumerate([opened, full, rest] * 12):
            bare = line.lstrip("　")
            canvas.drawString(LEFT + (len(line) - len(bare)) * SIZE, 800 - place * 20, bare)

    found = shown(read_pdf(draw))
    assert found.count(full if indent == 0 else full + rest) == 12


@pytest.mark.parametrize(
    ("tags", "joined"), [((0, 1, 1, 2), True), ((0, 1, 2, 3), False)], ids=["one tag", "a tag each"]
)
def test_a_tagged_page_says_which_full_sentence_goes_on(tags: tuple[int, ...], joined: bool) -> None:
    """The print of 专利法 第十二条: the first sentence of its only paragraph fills the line."""
    full = "国务院专利行政部门作出的决定应当及时通知专利权人并公告。"[-WIDE:]
    texts = ["第一条　申请专利，适用本法的规定。", full, "给予许可的决定，应当规定实施的范围。", "第二条　从其规定。"]

    def draw(canvas: Canvas) -> None:
        canvas._doc.Catalog.__NoDefault__ = [*canvas._doc.Catalog.__NoDefault__, "MarkInfo"]
        canvas._doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        for place, text in enumerate(texts * 6):
            canvas._code.append(f"/P <</MCID {place // 4 * 4 + tags[place % 4]}>> BDC")
            canvas.drawString(LEFT, 800 - place * 20, text)
            canvas._code.append("EMC")

    found = shown(read_pdf(draw))
    assert found.count(full + texts[2]) == (6 if joined else 0)
    assert found.count(texts[0]) == found.count(texts[3]) == 6


def test_a_line_that_ends_with_a_hyphen_is_not_one_with_the_next() -> None:
    formula = "罚款幅度分为三类档次，以上至最高数额减去最低数额（X-"
    lines = [formula, "Y）以下；", "其余的从其规定。"]

    def draw(canvas: Canvas) -> None:
        for place, line in enumerate(lines):
            canvas.drawString(LEFT, 760 - place * 28, line)

    assert shown(read_pdf(draw)) == [formula + "Y）以下；", "其余的从其规定。"]


def test_a_number_broken_over_lines_is_joined() -> None:
    text = "甲" * 20 + "青科〔2017〕17号，现予印发，请认真贯彻执行，并将有关情况及时报告市科技局。"
    document = read_pdf(lambda canvas: set_text(canvas, [text, *BODY]))
    assert "青科〔2017〕17号" in shown(document)[0]


def test_characters_that_stand_alone_in_a_font_that_no_machine_has() -> None:
    def draw(canvas: Canvas) -> None:
        for place, character in enumerate("岚州市清理结果〔"):
            canvas.drawString(LEFT + place * SIZE, 760, character)

    assert shown(read_pdf(draw)) == ["岚州市清理结果〔"]


def test_title_number_and_signature_stand_alone() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(A4[0] / 2, 780, "青岚市科学技术局关于印发")
        canvas.drawCentredString(A4[0] / 2, 745, "创新券管理办法的通知")
        canvas.setFont(FONT, SIZE)
        canvas.drawCentredString(A4[0] / 2, 710, "青科字〔2017〕3号")
        canvas.drawString(LEFT, 680, "各区县科技局：")
        bottom = set_text(canvas, BODY, 652)
        canvas.drawRightString(A4[0] - LEFT, bottom - 40, "青岚市科学技术局")
        canvas.drawRightString(A4[0] - LEFT, bottom - 68, "2017年6月27日")

    assert shown(read_pdf(draw)) == [
        "青岚市科学技术局关于印发", "创新券管理办法的通知", "青科字〔2017〕3号", "各区县科技局：",
        *BODY, "青岚市科学技术局", "2017年6月27日",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 3 页"])
def test_page_numbers_are_dropped_and_running_heads_kept_apart(number: str) -> None:
    def draw(canvas: Canvas) -> None:
        for page in (1, 2, 3):
            canvas.setFont(FONT, SIZE)
            canvas.drawString(LEFT, 810, "青岚市人民政府公报")
            set_text(canvas, [f"第{page}项工作，由市科技局负责落实。"])
            canvas.drawCentredString(A4[0] / 2, 40, number.format(page))
            canvas.showPage()

    document = read_pdf(draw)
    assert shown(document, "paragraph") == [f"第{page}项工作，由市科技局负责落实。" for page in (1, 2, 3)]
    assert shown(document, "header") == ["青岚市人民政府公报"]
    assert [block.page for block in document.blocks] == [1, 2, 3, 1]


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = "甲" * 24 + "乙" * 26

    def draw(canvas: Canvas) -> None:
        set_text(canvas, [*BODY, text[:25]])
        canvas.showPage()
        canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT, 760, text[25:])
        canvas.drawString(LEFT + 2 * SIZE, 732, "下一段。")

    assert shown(read_pdf(draw))[-2:] == [text, "下一段。"]


def test_a_number_in_a_cell_at_the_foot_is_no_page_number() -> None:
    def draw(canvas: Canvas) -> None:
        for count in (45, 90):
            canvas.setFont(FONT, SIZE)
            set_text(canvas, BODY[:1])
            canvas.drawString(LEFT, 60, str(count))
            canvas.showPage()

    assert {"45", "90"} <= set(shown(read_pdf(draw)))


def draw_grid(canvas: Canvas) -> None:
    """A cleanup table: 序号 | 文号 | 意见, the opinion merged over two rows, the sum over two columns."""
    xs, ys = [80, 140, 330, 500], [600, 560, 520, 480, 440]
    canvas.drawString(LEFT, 640, "附件：清理结果")
    for y in ys:
        canvas.line(xs[0], y, xs[2] if y == 520 else xs[3], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[3] if x == 140 else ys[-1])
    rows = [
        ["序号", "文号", "意见"],
        ["1", "青科字〔2010〕5号", "废止"],
        ["2", "青科字〔2011〕6号", ""],
        ["合计", "", "2件"],
    ]
    for row, top in zip(rows, ys, strict=False):
        for text, x in zip(row, xs, strict=False):
            canvas.drawString(x + 4, top - 26, text)
    canvas.drawString(LEFT, 400, "青岚市科学技术局")


def test_ruled_tables_are_rows_in_their_place() -> None:
    document = read_pdf(draw_grid)
    assert shown(document) == [
        "附件：清理结果", "序号\t文号\t意见", "1\t青科字〔2010〕5号\t废止", "2\t青科字〔2011〕6号\t废止", "合计\t\t2件",
        "青岚市科学技术局",
    ]  # fmt: skip
    assert [cell.of(document.text) for cell in document.blocks[2].cells] == ["1", "青科字〔2010〕5号", "废止"]


def test_a_table_in_a_cell_is_words_of_that_cell() -> None:
    def net(canvas: Canvas, xs: list[int], ys: list[int]) -> None:
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])

    def draw(canvas: Canvas) -> None:
        net(canvas, [80, 140, 400, 500], [600, 560, 420, 380])
        net(canvas, [150, 210, 270], [530, 500, 470])
        for top, cells in (
            (574, ("序号", "名称", "结果")),
            (540, ("1", "岚州市办法", "废止")),
            (390, ("2", "规定", "保留")),
        ):
            for x, text in zip((84, 144, 404), cells, strict=True):
                canvas.drawString(x, top, text)
        for x, y, text in (
            (154, 507, "甲"),
            (214, 507, "乙"),
            (154, 477, "丙"),
            (214, 477, "丁"),
            (144, 440, "（试行）"),
        ):
            canvas.drawString(x, y, text)

    assert shown(read_pdf(draw)) == ["序号\t名称\t结果", "1\t岚州市办法 甲 乙 丙 丁 （试行）\t废止", "2\t规定\t保留"]


@pytest.fixture
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra `policylib[ocr]` is not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def test_pages_without_text_are_told(no_recognition: None) -> None:
    def draw(canvas: Canvas) -> None:
        set_text(canvas, BODY)
        canvas.showPage()
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()

    document = read_pdf(draw)
    assert [problem.rule for problem in document.problems] == ["NO_TEXT_PAGE"]
    assert "第 2 页" in document.problems[0].message
    assert 'pip install "policylib[ocr]"' in document.problems[0].message


def test_pictures_only_need_recognition(no_recognition: None) -> None:
    with pytest.raises(NoTextLayer, match=r"文件\.pdf：1 页均无文字层") as caught:
        read_pdf(lambda canvas: canvas.rect(100, 100, 200, 200))
    assert 'pip install "policylib[ocr]"' in caught.value.remedy


def test_user_password() -> None:
    data = drawn(lambda canvas: set_text(canvas, BODY), StandardEncryption("用户", canPrint=0))
    with pytest.raises(EncryptedFile, match="有密码"):
        read_bytes(data, "密.pdf")


def test_owner_password_reads() -> None:
    data = drawn(lambda canvas: set_text(canvas, BODY), StandardEncryption("", ownerPassword="x", canCopy=0))
    assert shown(read_bytes(data, "限.pdf")) == BODY


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>"])
def test_damage(data: bytes) -> None:
    with pytest.raises(DamagedFile, match="PDF 不完整或已损坏"):
        read_bytes(data, "坏.pdf")


@pytest.mark.parametrize("seed", range(100))
def test_a_mutated_file_is_read_or_refused(seed: int) -> None:
    dice = Random(seed)
    data = bytearray(drawn(draw_grid))
    for _ in range(dice.choice((1, 5, 40))):
        place = dice.randrange(len(data))
        data[place : place + dice.randrange(3)] = dice.choice((b"", b"9", b"\xff", data[:place][-30:]))
    with suppress(InputError):
        assert read_bytes(bytes(data), "坏.pdf").text


def test_a_page_box_that_is_no_box_costs_the_tables_of_its_page() -> None:
    """pdfplumber raises an error of its own for it; a net with holes is asked of pdfplumber."""
    from policylib.readers.pdf_plumber import tables_on

    data = drawn(draw_grid).replace(b"595.2756 841.8898 ]", b"595.2756 (abcdef) ]")
    assert b"(abcdef)" in data
    assert tables_on(data, {0: []}) == ({}, [0])


def test_too_many_pages() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(3):
            canvas.drawString(LEFT, 700, "页")
            canvas.showPage()

    with pytest.raises(TooLarge, match="共 3 页"):
        read_bytes(drawn(draw), "长.pdf", Limits(pages=2))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("环发", "[1999]285 号", "环发[1999]285 号"),
        ("青科字〔20", "17〕3号", "青科字〔2017〕3号"),
        ("regu-", "lation", "regulation"),
        ("（X-", "Y）", "（X-Y）"),
        ("open", "data", "open data"),
    ],
)
def test_joining_lines(first: str, second: str, joined: str) -> None:
    assert join(first, second) == joined


# Reading order --------------------------------------------------------------------------------------------------


def draw_columns(canvas: Canvas, rows: int, by_row: bool) -> None:
    canvas.drawCentredString(A4[0] / 2, 790, "青岚市人民政府公报")
    canvas.setFont(FONT, 10)
    places = [(side, row) for row in range(rows) for side in (0, 1)] if by_row else [
        (side, row) for side in (0, 1) for row in range(rows)
    ]  # fmt: skip
    for side, row in places:
        words = f"{'左右'[side]}{row:02}各区县要加强领导确保各项要求落到实处抓紧"
        canvas.drawString((60, 320)[side], 750 - row * 17, words)


@pytest.mark.parametrize("by_row", [True, False], ids=["drawn row by row", "drawn column by column"])
def test_two_columns_are_read_one_after_the_other(by_row: bool) -> None:
    document = read_pdf(lambda canvas: draw_columns(canvas, 20, by_row))
    text = document.text
    order = [text.index(f"{side}{row:02}") for side in "左右" for row in range(20)]
    assert order == sorted(order)
    assert text.startswith("青岚市人民政府公报")
    assert [problem.rule for problem in document.problems] == ["COLUMNS_REORDERED"]


def test_paragraphs_of_a_column_go_on_below_a_wide_head() -> None:
    paragraphs = [
        "为进一步做好政务公开工作，结合我市实际，制定本办法，" * 9 + "请执行。",
        "各区县要加强领导，" * 14 + "落实责任。",
    ]
    lines = [("　　" + text)[start : start + 14] for text in paragraphs for start in range(0, len(text) + 2, 14)]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 800, "青岚市人民政府公报二〇一七年第三期总第一百零八期")
        canvas.setFont(FONT, 15)
        for place, line in enumerate(lines):
            indent = 15 * (len(line) - len(line.lstrip("　")))
            canvas.drawString(60 + 250 * (place // 16) + indent, 760 - 22 * (place % 16), line.lstrip("　"))

    assert shown(read_pdf(draw)) == ["青岚市人民政府公报二〇一七年第三期总第一百零八期", *paragraphs]


@pytest.mark.parametrize("height", [808, 790], ids=["in the margin", "below it"])
def test_the_name_of_a_gazette_in_the_margin_is_a_running_head(height: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(A4[0] / 2, height, "青岚市人民政府公报　二〇一七年第三期")
        canvas.drawCentredString(A4[0] / 2, 24, "— 5 —")
        canvas.setFont(FONT, 10)
        for place in range(40):
            words = f"{'左右'[place // 20]}{place % 20:02}各区县要加强领导确保各项要求落到实处抓紧"
            canvas.drawString((60, 320)[place // 20], 740 - place % 20 * 17, words)

    heads = shown(read_pdf(draw), "header")
    assert heads == (["青岚市人民政府公报　二〇一七年第三期"] if height > 800 else [])


def test_a_list_of_two_columns_without_full_lines_is_read_in_rows() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(12):
            canvas.drawString(80, 760 - row * 28, f"{row}号企业")
            canvas.drawString(320, 760 - row * 28, "合格" if row % 3 else "不合格，需要限期整改并重新申报")

    document = read_pdf(draw)
    assert document.problems == ()
    assert document.text.index("0号企业") < document.text.index("不合格") < document.text.index("1号企业")


def test_a_red_head_that_is_drawn_last_stands_first() -> None:
    def draw(canvas: Canvas) -> None:
        set_text(canvas, BODY, 700)
        canvas.drawCentredString(A4[0] / 2, 780, "青岚市科学技术局文件")

    assert shown(read_pdf(draw))[0] == "青岚市科学技术局文件"


def test_paragraphs_that_only_a_gap_sets_apart() -> None:
    """No indent, and lines that end just before the margin: as word processors lay out what has space behind it."""
    texts = [word * (2 * WIDE + 20) + "。" for word in "甲乙丙丁"] + ["戊" * (WIDE - 1) + "。", "己" * 9 + "。"]

    def draw(canvas: Canvas) -> None:
        top = 760
        for text in texts:
            for start in range(0, len(text), WIDE):
                canvas.drawString(LEFT, top, text[start : start + WIDE])
                top -= 20
            top -= 10

    assert shown(read_pdf(draw)) == texts


# Tables over pages ----------------------------------------------------------------------------------------------

HEAD = ("序号", "文件名称", "文号", "结果")


def draw_table(canvas: Canvas, rows: list[tuple[str, ...]], top: float = 760) -> None:
    canvas.setFont(FONT, SIZE)
    xs = [60, 110, 320, 460, 540]
    for number in range(len(rows) + 1):
        canvas.line(xs[0], top - 30 * number, xs[-1], top - 30 * number)
    for x in xs:
        canvas.line(x, top, x, top - 30 * len(rows))
    for number, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            canvas.drawString(x + 4, top - 30 * number - 22, cell)


def test_a_table_over_two_pages_is_one_table_with_one_head() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, [HEAD, ("1", "节水管理办法", "青政发〔2010〕1号", "废止")])
        canvas.showPage()
        draw_table(canvas, [HEAD, ("2", "供水管理办法", "青政发〔2011〕2号", "保留")])

    rows = [block for block in read_pdf(draw).blocks if block.kind == "row"]
    assert len(rows) == 3


def test_a_row_that_the_page_break_cuts_is_put_together() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(
            canvas, [HEAD, ("1", "节水管理办法", "青政发〔2010〕1号", "废止"), ("2", "城市供水和", "青政发〔20", "保")]
        )
        canvas.showPage()
        draw_table(canvas, [("", "用水管理办法", "11〕2号", "留"), ("3", "排水管理办法", "青政发〔2012〕3号", "保留")])

    document = read_pdf(draw)
    assert shown(document, "row")[2:] == [
        "2\t城市供水和用水管理办法\t青政发〔2011〕2号\t保留",
        "3\t排水管理办法\t青政发〔2012〕3号\t保留",
    ]


def test_a_cell_whose_font_changes_and_whose_two_lines_pdfium_takes_for_one() -> None:
    """As LibreOffice sets a narrow cell: 第 8 批 in three pieces, a quarter of a character apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        for place, text in enumerate(("序号", "文号")):
            canvas.drawString(64 + 140 * place, 738, text)
        canvas.drawString(64, 708, "8")
        canvas.drawString(204, 708, "青政办发")
        x = 200.0
        for text, font in (("〔", FONT), ("2009", "Helvetica"), ("〕", FONT), ("8", "Helvetica"), ("号", FONT)):
            canvas.setFont(font, SIZE)
            canvas.drawString(x, 690, text)
            x += canvas.stringWidth(text, font, SIZE) + SIZE / 4
        for y in (760, 730, 680):
            canvas.line(60, y, 340, y)
        for x in (60, 200, 340):
            canvas.line(x, 760, x, 680)

    assert shown(read_pdf(draw), "row") == ["序号\t文号", "8\t青政办发〔2009〕8号"]


def test_a_border_drawn_cell_by_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        for row in range(20):
            for column in range(4):
                canvas.rect(60 + 110 * column, 730 - 30 * row, 110, 30)
                canvas.drawString(64 + 110 * column, 738 - 30 * row, f"{row}之{column}")

    assert shown(read_pdf(draw)) == ["\t".join(f"{row}之{column}" for column in range(4)) for row in range(20)]


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        for step in range(500):
            canvas.line(4 * step, 0, 4 * step, 2000)
            canvas.line(0, 4 * step, 2000, 4 * step)
        canvas.drawString(LEFT, 700, "示意图")

    assert shown(read_pdf(draw)) == ["示意图"]


def test_a_list_of_300_rows_over_many_pages() -> None:
    rows = [(str(number), f"第{number}号办法", f"青政发{number}号", "废止") for number in range(1, 301)]

    def draw(canvas: Canvas) -> None:
        for start in range(0, len(rows), 20):
            draw_table(canvas, [HEAD, *rows[start : start + 20]])
            canvas.showPage()

    document = read_pdf(draw)
    assert [tuple(cell.of(document.text) for cell in block.cells) for block in document.blocks] == [HEAD, *rows]


def test_a_table_open_at_its_sides() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, [HEAD, ("1", "节水管理办法", "青政发〔2010〕1号", "废止")])

    closed = shown(read_pdf(draw), "row")

    def draw_open(canvas: Canvas) -> None:
        for y in (760, 730, 700):
            canvas.line(60, y, 540, y)
        for x in (110, 320, 460):
            canvas.line(x, 760, x, 700)
        for y, row in ((738, HEAD), (708, ("1", "节水管理办法", "青政发〔2010〕1号", "废止"))):
            for x, cell in zip((60, 110, 320, 460), row, strict=True):
                canvas.drawString(x + 4, y, cell)

    assert shown(read_pdf(draw_open), "row") == closed


def test_a_file_whose_owner_forbids_to_copy_is_read_and_says_so() -> None:
    encryption = StandardEncryption("", ownerPassword="青岚", canCopy=0)
    document = read_bytes(drawn(lambda canvas: set_text(canvas, BODY), encryption), "文件.pdf")
    assert shown(document) == BODY
    assert [problem.rule for problem in document.problems] == ["COPY_RESTRICTED"]


@pytest.mark.parametrize(
    ("height", "start", "end", "told"),
    [
        pytest.param(0.38, 3, 7, True, id="through some words"),
        pytest.param(0.38, 0, 9, True, id="through the whole line"),
        pytest.param(-0.12, 3, 7, False, id="below the words"),
        pytest.param(0.38, 9, 12, False, id="a dash behind the words"),
        pytest.param(0.38, -2, 12, False, id="right across the page"),
    ],
)
def test_words_that_are_struck_out_are_told(height: float, start: int, end: int, told: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 700, "原文件继续有效或废止")
        canvas.line(LEFT + start * SIZE, 700 + height * SIZE, LEFT + end * SIZE, 700 + height * SIZE)

    found = read_pdf(draw)
    assert [problem.rule for problem in found.problems] == (["STRUCK_TEXT"] if told else [])


def test_the_lines_of_a_table_strike_nothing_out() -> None:
    assert read_pdf(draw_grid).problems == ()


def test_quotation_marks_drawn_late_stand_before_their_words() -> None:
    """Some programs draw marks of another font behind the word that they stand before."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 700, "关于印发高校毕业生")
        canvas.drawString(LEFT + 9.5 * SIZE, 700, "三")
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(LEFT + 9 * SIZE, 700, "“")
        canvas.drawString(LEFT + 13.5 * SIZE, 700, "”")
        canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT + 10.5 * SIZE, 700, "支一扶")
        canvas.drawString(LEFT + 14 * SIZE, 700, "计划的通知")

    assert shown(read_pdf(draw)) == ["关于印发高校毕业生“三支一扶”计划的通知"]
