"""RTF documents: hanzi in every way of writing them, what is not on the page left out, tables, notes, text boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import InputError, NoTextLayer
from policylib.model import Document
from policylib.readers import read_bytes

from .mutation import survives

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset2 Symbol;}}"
)
STYLES = r"{\stylesheet{\s1\qc heading 1;}{\s2 \'b1\'ea\'cc\'e2 2;}{\*\cs10 Default;}{\s5 Body;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0") -> bytes:
    return f"{{\\rtf1{head}{FONTS}{STYLES}{{\\info{{\\title hidden}}}}\\pard\\plain {body}}}".encode("latin-1")


def hexed(text: str) -> str:
    r"""\'c7\'e0 …"""
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def coded(text: str) -> str:
    r"""\u-26780? …, signed as RTF wants it."""
    units = text.encode("utf-16-le")
    pairs = (int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2))
    return "".join(f"\\u{unit}?" for unit in pairs)


def read(body: str, head: str = r"\ansi\ansicpg936\deff0") -> Document:
    return read_bytes(rtf(body, head), "文件.rtf")


def shown(document: Document) -> list[tuple[str, ...]]:
    return [
        (block.kind, *[cell.of(document.text) for cell in block.cells or (block.span,)]) for block in document.blocks
    ]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


NUMBER = "青科字〔2017〕3号"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        pytest.param(rf"\f1 {hexed(NUMBER)}\par", r"\ansi\ansicpg936", id="bytes"),
        pytest.param(rf"{hexed(NUMBER)}\par", r"\ansi", id="bytes, no code page"),
        pytest.param(rf"\loch\af0\hich\af0\dbch\af1 {hexed(NUMBER)}\par", r"\ansi\ansicpg1252", id="font of the hanzi"),
        pytest.param(rf"\f1 {hexed(NUMBER)}\par", r"\ansi\ansicpg1252", id="font under a western page"),
        pytest.param(NUMBER.encode("gbk").decode("latin-1") + r"\par", r"\ansi\ansicpg936", id="raw bytes"),
        pytest.param(rf"{coded(NUMBER)}\par", r"\ansi\ansicpg1252", id="Unicode"),
        pytest.param(rf"\uc2 {coded('青').replace('?', hexed('青'))}{{\uc0 {coded(NUMBER[1:]).replace('?', ' ')}}}\par",
                     r"\ansi\ansicpg936", id="Unicode with two bytes for old programs, then none"),
        pytest.param(rf"{{\b {hexed('青科字〔')}}}{{\i 2017}}{hexed('〕')}3{hexed('号')}" + "\r\n" + r"\par",
                     r"\ansi\ansicpg936", id="split over runs and lines"),
        pytest.param(rf"{{\upr{{?????}}{{\*\ud{{{coded(NUMBER)}}}}}}}\par", r"\ansi", id="in both forms"),
    ],
)  # fmt: skip
def test_hanzi_however_they_are_written(body: str, head: str) -> None:
    document = read(body, head)
    assert document.text == NUMBER
    assert not document.problems


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x2FA1F, categories=["Lo"]), min_size=1))
def test_any_hanzi_comes_back(text: str) -> None:
    assert read(coded(text) + r"\par").text == text


def test_second_byte_that_looks_like_markup() -> None:
    text = "歕侺個厎亅"  # second bytes { } \ of GBK and their like
    raw = rtf(r"X\par").replace(b"X", text.encode("gb18030"))
    assert read_bytes(raw, "文件.rtf").text == text


def test_characters_by_name_and_beyond_the_plane() -> None:
    body = rf"\ldblquote A\rdblquote\emdash B\~C\_D\{{E\}}\\{coded('𠮷')}\par"
    assert read(body).text == "“A”—B\u00a0C-D{E}\\𠮷"


def test_lines_headings_and_soft_breaks() -> None:
    body = (
        rf"\pard\s1 {hexed('总则')}\par\pard\s2 {hexed('目标')}\par\pard\s5 {hexed('正文')}\line {hexed('下行')}\par"
        rf"\pard\plain {hexed('末')}"
    )
    assert shown(read(body)) == [
        ("heading", "总则"), ("heading", "目标"), ("paragraph", "正文"), ("paragraph", "下行"), ("paragraph", "末"),
    ]  # fmt: skip


def test_deleted_and_hidden_text_is_left_out_and_told() -> None:
    body = (
        rf"{hexed('原文件')}{{\deleted\revauth1 {hexed('继续有效')}}}{{\revised {hexed('同时废止')}}}"
        rf"{{\v {hexed('秘密')}\v0 {hexed('。')}}}\par"
    )
    document = read(body)
    assert document.text == "原文件同时废止。"
    assert rules(document) == ["TRACKED_CHANGES", "HIDDEN_TEXT"]


def test_a_deleted_paragraph_mark_joins() -> None:
    assert read(r"A{\deleted\par}B\par").text == "AB"


def test_fields_give_what_they_showed() -> None:
    body = rf"{{\field{{\*\fldinst {{ DATE }}}}{{\fldrslt {hexed('2016年3月1日')}}}}}{hexed('印发')}\par"
    assert read(body).text == "2016年3月1日印发"


@pytest.mark.parametrize("name", ["listtext", "pntext"])
def test_automatic_numbers_are_kept_and_bullets_not(name: str) -> None:
    body = "".join(
        rf"{{\{name}\pard\plain {label}\tab}}{{\*\pn\pntxta .}}{hexed(text)}\par "
        for label, text in ((hexed("一、"), "总则"), ("1.", "目标"), (r"\f2\'b7", "要点"))
    )
    assert read(body).text == "一、总则\n1. 目标\n要点"


def test_the_red_head_in_a_text_box_stands_before_its_anchor() -> None:
    box = rf"{{\shptxt\pard {hexed('青岚市科学技术局文件')}\par}}"
    body = (
        rf"{{\shp{{\*\shpinst\shpleft0{{\sp{{\sn shapeType}}{{\sv 202}}}}{box}}}{{\shprslt{{\*\do{{\dptxbxtext "
        rf"{hexed('青岚市科学技术局文件')}\par}}}}}}}}{hexed('正文')}\par"
    )
    assert read(body).text == "青岚市科学技术局文件\n正文"


def test_notes_and_headers_stand_at_the_end() -> None:
    body = (
        rf"{{\header\pard {hexed('内部资料')}\par}}{{\footer\pard \emdash  1 \emdash\par}}"
        rf"{{\headerl {hexed('内部资料')}\par}}"
        rf"{hexed('正文')}{{\super\chftn{{\footnote\pard {hexed('此处指市级。')}\par}}}}\par"
    )
    assert shown(read(body)) == [("paragraph", "正文"), ("note", "此处指市级。"), ("header", "内部资料")]


def row(*cells: str, merge: tuple[str, ...] = ()) -> str:
    merges = merge or ("",) * len(cells)
    edges = "".join(rf"{how}\cellx{place + 1}000" for place, how in enumerate(merges))
    return rf"\trowd{edges}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "


def test_tables_in_place_with_merged_cells() -> None:
    first, second = (("", "", r"\clvmgf"), ("", "", r"\clvmrg"))
    body = (
        rf"A\par {row(hexed('序号'), hexed('文号'), hexed('意见'))}"
        + row("1", rf"{hexed('青科字')}\par {hexed('〔2010〕5号')}", hexed("废止"), merge=first)
        + row("2", hexed("青科字〔2011〕6号"), "", merge=second)
        + row(hexed("合计"), "", hexed("2件"), merge=(r"\clmgf", r"\clmrg", ""))
        + r"\pard B\par"
    )
    assert shown(read(body)) == [
        ("paragraph", "A"), ("row", "序号", "文号", "意见"), ("row", "1", "青科字 〔2010〕5号", "废止"),
        ("row", "2", "青科字〔2011〕6号", "废止"), ("row", "合计", "", "2件"), ("paragraph", "B"),
    ]  # fmt: skip


def test_a_table_in_a_cell() -> None:
    inner = r"\par\itap2 C\nestcell D\nestcell{\*\nesttableprops\trowd\cellx9\nestrow}{\nonesttables\par}\itap1 "
    assert shown(read(row("A", "B" + inner))) == [("row", "A", "B C D")]


def test_pictures_and_binary_data_are_passed_over() -> None:
    assert read(r"A{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result B}}\bin3 {{{C\par").text == "ABC"


def test_a_file_that_breaks_off_is_told() -> None:
    document = read_bytes(rtf(hexed(NUMBER) + r"\par{\b")[:-2], "文件.rtf")
    assert document.text == NUMBER
    assert rules(document) == ["TRUNCATED"]


def test_bytes_of_no_encoding_are_told() -> None:
    document = read(r"A\'ff\'ffB\par")
    assert document.text.startswith("A\N{REPLACEMENT CHARACTER}")
    assert rules(document) == ["ENCODING_GUESSED"]


def test_no_text_is_no_success() -> None:
    with pytest.raises(NoTextLayer):
        read(r"{\pict 00}\par")


def test_depth_is_no_danger() -> None:
    assert read("{" * 100_000 + "A" + "}" * 100_000).text == "A"


def test_a_renamed_file_is_read() -> None:
    document = read_bytes(rtf(hexed(NUMBER)), "通知.doc")
    assert document.text == NUMBER
    assert document.source.reader == "rtf"


def test_damaged_files_raise_input_errors_only() -> None:
    body = row("1", hexed(NUMBER), merge=("", r"\clvmgf")) + r"\pard {\shp{\*\shpinst{\shptxt A\par}}}B\par"
    assert survives(rtf(body * 5), "文件.rtf")


@pytest.mark.parametrize(
    "tail", ["}" * 9, r"\u", r"\'", r"\'4", "\\", r"\u99999999", r"\cell\row", r"{\fonttbl", r"\bin-1"]
)
def test_odd_ends(tail: str) -> None:
    try:
        assert "A" in read_bytes(b"{\\rtf1 A" + tail.encode(), "文件.rtf").text
    except InputError as error:
        assert str(error).startswith("文件.rtf：")
