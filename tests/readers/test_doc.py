"""Word 97-2003 and WPS files: what is on the page, what must not be read, and what hostile bytes may cost."""

from __future__ import annotations

import random
import struct
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis.strategies import lists, text

from policylib.errors import DamagedFile, EncryptedFile, InputError, NoTextLayer, TooLarge, UnsupportedFormat
from policylib.model import Document
from policylib.readers import Limits, read_bytes
from policylib.readers.layout import clean
from tests.readers.compound_file import compound_file
from tests.readers.word_file import (
    Paragraph,
    deleted,
    field,
    hidden,
    inserted,
    level,
    paragraph,
    row,
    style,
    switch,
    symbol,
    word_file,
    word_streams,
)

RESTART, CONTINUE = 0x60, 0x20  # merged down
COUNTING, DECIMAL, LEGAL_DIGITS, BULLET, NONE = 37, 0, 38, 23, 255


def read(*text: Paragraph | list[Paragraph], **more: Any) -> Document:
    return read_bytes(word_file(*text, **more), "文件.doc")


def shown(document: Document, *kinds: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if not kinds or block.kind in kinds]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param([paragraph("岚科字〔2017〕3号")], ["岚科字〔2017〕3号"], id="number across pieces"),
        pytest.param([paragraph("甲"), paragraph(), paragraph(" "), paragraph("乙")], ["甲", "乙"], id="paragraphs"),
        pytest.param([paragraph("标题上\x0b标题下\t尾")], ["标题上", "标题下 尾"], id="soft break and tab"),
        pytest.param([paragraph("0533\x1e123\x1f45\xa06")], ["0533-12345\xa06"], id="hyphens"),
        pytest.param([paragraph("甲\x0c乙\x0e丙")], ["甲", "乙", "丙"], id="page and column breaks"),
        pytest.param([paragraph("图\x01\x08文\x02\x05")], ["图文"], id="pictures and reference marks"),
        pytest.param([paragraph("𠀀", "\U0001f600字")], ["𠀀\U0001f600字"], id="beyond the first plane"),
        pytest.param([paragraph("半\ud840个")], ["半\N{REPLACEMENT CHARACTER}个"], id="half a character"),
        pytest.param([paragraph("选", symbol(0xF0FE), symbol(0x25A1))], ["选\N{REPLACEMENT CHARACTER}□"], id="symbols"),
        pytest.param(
            [paragraph("收", field('DATE \\@ "yyyy"', "2016年3月1日"), "印发")], ["收2016年3月1日印发"], id="field"
        ),
        pytest.param(
            [paragraph(field(f"IF {field('PAGE', '1')} = 1", f"见{field('REF a', '第一条')}"), "止")],
            ["见第一条止"],
            id="fields in fields",
        ),
        pytest.param([paragraph("甲\x13 TC 乙\x15丙")], ["甲丙"], id="field without a result"),
        pytest.param([paragraph("甲\x13乙"), paragraph("丙\x14丁\x15\x15")], ["甲丁"], id="over paragraphs"),
        pytest.param([paragraph("甲\x13乙"), paragraph(field("REF", "丙"))], ["甲乙", "丙"], id="field never closed"),
    ],
)
def test_what_stands_on_the_page(content: list[Paragraph], lines: list[str]) -> None:
    document = read(*content)
    assert shown(document) == lines
    assert not document.problems


@given(lists(lists(text("岚〔2017〕“号” ，ü𠀀", max_size=9), max_size=4), min_size=1, max_size=5))
def test_the_text_is_what_was_written_however_it_is_cut(paragraphs: list[list[str]]) -> None:
    written = [line for runs in paragraphs if (line := clean("".join(runs)))]
    assume(written)
    document = read(*(paragraph(*runs) for runs in paragraphs))
    assert document.text == "\n".join(written)
    assert shown(document) == written


def test_a_text_box_stands_before_the_paragraph_that_anchors_it() -> None:
    content = [paragraph("印发"), paragraph("\x08岚科字〔2017〕3号"), paragraph("正文")]
    boxes = [(7, [paragraph("岚州市科学技术局文件")]), (8, [paragraph("内部资料")])]
    document = read(*content, anchors=[(3, 7)], boxes=boxes)
    assert shown(document) == ["内部资料", "印发", "岚州市科学技术局文件", "岚科字〔2017〕3号", "正文"]


def test_text_boxes_of_no_known_place_come_first() -> None:
    document = read(paragraph("正文"), boxes=[(7, [paragraph("岚州市人民政府文件"), paragraph("急件")])])
    assert shown(document) == ["岚州市人民政府文件", "急件", "正文"]


def test_notes_follow_the_text_then_running_heads_and_comments_are_left_out() -> None:
    document = read(
        paragraph("正文\x02"),
        footnotes=[paragraph("\x02 此处指市级。")],
        endnotes=[paragraph("\x02 见附件。")],
        headers=[
            paragraph("\x03"),
            paragraph("内部资料"),
            paragraph("内部资料"),
            paragraph("— ", field("PAGE", "1"), " —"),
        ],
        comments=[paragraph("\x05 请核实")],
        header_boxes=[paragraph("第 1 页"), paragraph("岚州市")],
    )
    assert kinds(document) == [
        ("paragraph", "正文"),
        ("note", "此处指市级。"),
        ("note", "见附件。"),
        ("header", "内部资料"),
        ("header", "岚州市"),
    ]


def test_revisions_are_read_as_accepted() -> None:
    document = read(
        paragraph("原文件", deleted("继续有效"), inserted("同时废止"), "。"),
        paragraph("岚科字〔2017〕", mark=deleted("\r")),
        paragraph("3号"),
    )
    assert shown(document) == ["原文件同时废止。", "岚科字〔2017〕3号"]
    assert rules(document) == ["TRACKED_CHANGES"]


def test_a_deleted_row_goes_whole() -> None:
    document = read(
        row("废止", "甲", flags=[RESTART, 0]),
        row(deleted(""), deleted("乙"), flags=[CONTINUE, 0], mark=deleted("\x07")),
        row("", "丙", flags=[CONTINUE, 0]),
        paragraph("后"),
    )
    assert shown(document) == ["废止\t甲", "废止\t丙", "后"]


def test_what_a_deleted_drawing_holds_is_deleted() -> None:
    document = read(paragraph(deleted("\x08"), "正文"), anchors=[(0, 7)], boxes=[(7, [paragraph("旧版头")])])
    assert shown(document) == ["正文"]


def test_a_fast_save_deletes_a_whole_piece() -> None:
    document = read(paragraph("2017"), paragraph("号作废", mark=""), changes=switch(0x0800))
    assert shown(document) == ["2017"]
    assert rules(document) == ["TRACKED_CHANGES"]


def test_hidden_text_is_left_out_and_told() -> None:
    document = read(
        paragraph("公开", hidden("秘密"), hidden("显", 0), hidden("藏", 0x81), mark=hidden("\r")), paragraph("后")
    )
    assert shown(document) == ["公开显", "后"]
    assert rules(document) == ["HIDDEN_TEXT"]


def test_a_hidden_instruction_is_no_hidden_text() -> None:
    document = read(paragraph("见", hidden('\x13 XE "词条" \x15'), "附件"))
    assert document.text == "见附件"
    assert not document.problems


def test_automatic_numbers_are_written_out() -> None:
    outline = [level(COUNTING, "%1、"), level(COUNTING, "（%2）"), level(DECIMAL, "%3.")]
    articles = [level(COUNTING, "第%1条"), level(DECIMAL, "%1.%2", legal=True, follow=2)]
    document = read(
        paragraph("总则", numbered=(1, 0)), paragraph("目标", numbered=(1, 1)), paragraph("甲", numbered=(1, 2)),
        paragraph("乙", numbered=(1, 2)), paragraph("步骤", numbered=(1, 1)), paragraph("丙", numbered=(1, 2)),
        paragraph("附则", numbered=(1, 0)), paragraph("为了", numbered=(2, 0)), paragraph("适用", numbered=(2, 0)),
        paragraph("细", numbered=(2, 1)), paragraph("接续", numbered=(3, 0)), paragraph("不编号", numbered=(0, 0)),
        lists=[outline, articles], uses=[(1, {}), (2, {}), (2, {0: 12})],
    )  # fmt: skip
    assert shown(document) == [
        "一、总则", "（一）目标", "1. 甲", "2. 乙", "（二）步骤", "1. 丙", "二、附则",
        "第一条 为了", "第二条 适用", "2.1细", "第十二条 接续", "不编号",
    ]  # fmt: skip
    assert not document.problems


@pytest.mark.parametrize(
    ("number_format", "pattern", "text"),
    [
        (DECIMAL, "%1.", "1. 文"), (1, "%1.", "I. 文"), (11, "%1、", "一、文"), (18, "%1", "① 文"), (22, "%1", "01 文"),
        (30, "%1、", "甲、文"), (LEGAL_DIGITS, "%1、", "壹、文"), (39, "第%1条", "第一条 文"), (BULLET, "\uf06c", "文"),
        (NONE, "附", "文"), (60, "%1", "1 文"),
    ],
)  # fmt: skip
def test_number_formats(number_format: int, pattern: str, text: str) -> None:
    document = read(paragraph("文", numbered=(1, 0)), lists=[[level(number_format, pattern)]], uses=[(1, {})])
    assert document.text == text


def test_a_style_may_number_and_be_a_heading() -> None:
    numbers = struct.pack("<HH", 0x460B, 1)
    styles = [style(0), style(1, properties=numbers), style(70, parent=1)]
    document = read(
        paragraph("总则", style=1), paragraph("附则", style=2), paragraph("正文"),
        styles=styles, lists=[[level(COUNTING, "第%1章")]], uses=[(1, {})],
    )  # fmt: skip
    assert kinds(document) == [("heading", "第一章 总则"), ("paragraph", "第二章 附则"), ("paragraph", "正文")]


def test_numbers_of_a_lost_list_are_told() -> None:
    assert rules(read(paragraph("总则", numbered=(4, 0)))) == ["AUTO_NUMBERS"]


def test_tables_in_place_with_merged_cells() -> None:
    inner = [*row("嵌甲", "嵌乙", depth=2), paragraph("嵌后", mark="\x07")]
    document = read(
        paragraph("前"),
        row("序号", "文号", "意见"),
        row("1", "岚科字〔2010〕5号", [paragraph("废"), paragraph("止", mark="\x07")], flags=[0, 0, RESTART]),
        row("2", "岚科字〔2011〕6号", "", flags=[0, 0, CONTINUE]),
        row("合计", "2件", widths=[2000, 1000]),
        row("甲", "吞", "乙", "空", "丙", flags=[1, 2, 1, 2, 0]),
        row("甲", "吞", "乙", "空", "丙", flags=[3, 1, 2, 1, 0]),
        row(inner, "末"),
        paragraph("后"),
    )
    assert shown(document) == [
        "前", "序号\t文号\t意见", "1\t岚科字〔2010〕5号\t废 止", "2\t岚科字〔2011〕6号\t废 止", "合计\t\t2件",
        "甲\t乙\t丙", "甲\t乙\t丙", "嵌甲 嵌乙 嵌后\t末", "后",
    ]  # fmt: skip
    assert [part.of(document.text) for part in document.blocks[2].cells] == ["1", "岚科字〔2010〕5号", "废 止"]


def test_a_wide_row_keeps_its_layout_elsewhere() -> None:
    first, second = row("甲", "乙", flags=[RESTART, 0]), row("", "丙", flags=[CONTINUE, 0])
    data = bytes(8) + struct.pack("<H", len(second[-1].properties)) + second[-1].properties
    second[-1] = paragraph(mark="\x07", properties=switch(0x2417) + struct.pack("<HI", 0x6646, 8))
    streams = word_streams(first, second, paragraph("后"))
    document = read_bytes(compound_file(streams | {"Data": data}), "文件.doc")
    assert shown(document) == ["甲\t乙", "甲\t丙", "后"]


def test_a_row_without_an_end_is_read() -> None:
    document = read(row("甲", "乙")[:-1], paragraph("后"))
    assert kinds(document) == [("row", "甲\t乙"), ("paragraph", "后")]


def test_a_table_of_elements_at_the_head_is_metadata() -> None:
    document = read(row("发文字号", "岚科字〔2017〕3号"), row("成文日期", "2017-06-27"), paragraph("正文"))
    assert shown(document, "metadata") == ["发文字号：岚科字〔2017〕3号", "成文日期：2017-06-27"]


def test_sections_end_paragraphs_and_pages_do_not() -> None:
    content = [paragraph("节一", mark="\x0c", numbered=(1, 0)), paragraph("页一\x0c页二", numbered=(1, 0))]
    document = read(*content, sections=[3, 9], lists=[[level(COUNTING, "%1、")]], uses=[(1, {})])
    assert shown(document) == ["一、节一", "二、页一", "页二"]


@pytest.mark.parametrize("name", ["文件.doc", "模板.dot", "文件.wps", "模板.wpt"])
def test_word_and_wps_files_are_one_format(name: str) -> None:
    document = read_bytes(word_file(paragraph("正文"), flags=0x0200), name)
    assert document.source.reader == "doc"
    assert not document.problems


def test_macros_are_told_and_not_run() -> None:
    data = compound_file(word_streams(paragraph("正文")), storages=("Macros",))
    assert rules(read_bytes(data, "文件.doc")) == ["MACRO"]


def test_a_short_last_sector_is_no_damage() -> None:
    data = word_file(paragraph("正文"))
    assert read_bytes(data[:-200], "文件.doc").text == "正文"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(word_file(paragraph("密"), flags=0x0100), EncryptedFile, "有密码", id="password"),
        pytest.param(word_file(paragraph("旧"), version=0x68), UnsupportedFormat, "Word 95", id="Word 95"),
        pytest.param(word_file(paragraph("\x01")), NoTextLayer, "未取得任何文字", id="picture only"),
        pytest.param(word_file(paragraph("半截"))[:3000], DamagedFile, "完整", id="broken off"),
        pytest.param(compound_file({"WordDocument": b""} | {"1Table": b""}), UnsupportedFormat, "", id="empty streams"),
        pytest.param(word_file(paragraph("长" * 99)), TooLarge, "安全上限 50 字", id="too long"),
        pytest.param(word_file(paragraph("长1" * 9)), TooLarge, "安全上限 9 段", id="too many pieces"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[InputError], words: str) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "某文件.doc", Limits(doc_characters=50, doc_pieces=9))
    assert caught.value.message.startswith("某文件.doc：")
    assert words in caught.value.message
    assert caught.value.remedy


def changed(data: bytes, at: int, *values: int) -> bytes:
    return data[:at] + struct.pack(f"<{len(values)}I", *values) + data[at + 4 * len(values) :]


def place_of(data: bytes, stream: str) -> int:
    """Where a stream of a file begins."""
    entry = data.index(stream.encode("utf-16-le"))
    return 512 + 512 * int.from_bytes(data[entry + 116 : entry + 120], "little")


WHOLE = word_file(
    paragraph("岚科字〔2017〕3号", deleted("删"), hidden("藏"), numbered=(1, 0)),
    row("甲", [*row("嵌", "套", depth=2), paragraph(mark="\x07")], flags=[RESTART, 0]),
    row("", "乙", flags=[CONTINUE, 0]),
    paragraph("见", field("REF", "附件"), "\x08"),
    lists=[[level(COUNTING, "%1、"), level(DECIMAL, "%2.")]], uses=[(1, {0: 3})], styles=[style(0), style(1)],
    anchors=[(40, 7)], boxes=[(7, [paragraph("岚州市科学技术局文件")])], footnotes=[paragraph("注")],
    headers=[paragraph("页眉")],
)  # fmt: skip


@pytest.mark.parametrize("story", range(8))
@pytest.mark.parametrize("count", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_a_story_cannot_be_longer_than_the_text(story: int, count: int) -> None:
    data = changed(WHOLE, place_of(WHOLE, "WordDocument") + 0x4C + 4 * story, count)
    with pytest.raises(DamagedFile, match="正文不完整"):
        read_bytes(data, "文件.doc")


def test_the_first_piece_begins_the_text() -> None:
    streams = word_streams(paragraph("岚州市科学技术局文件", mark=""), paragraph("1234"))
    assert streams["0Table"].count(struct.pack("<II", 0, 10)) == 1
    moved = streams["0Table"].replace(struct.pack("<II", 0, 10), struct.pack("<II", 1, 10))
    with pytest.raises(DamagedFile, match="正文不完整"):
        read_bytes(compound_file(streams | {"0Table": moved}), "文件.doc")


def test_chains_of_sectors_that_bite_their_tail() -> None:
    for sector in range(128):
        for target in (1, sector):
            try:
                read_bytes(changed(WHOLE, 512 + 4 * sector, target), "文件.doc")
            except InputError as error:
                assert error.message.startswith("文件.doc：")


def test_merged_cells_do_not_multiply_text() -> None:
    rows = [row("长" * 90, "甲", flags=[RESTART, 0]), *(row("", "乙", flags=[CONTINUE, 0]) for _ in range(9))]
    with pytest.raises(TooLarge, match="合并单元格"):
        read_bytes(word_file(*rows), "文件.doc", Limits(doc_characters=500))


def test_mutations_raise_nothing_but_input_errors() -> None:
    chance = random.Random(2003)
    for _ in range(300):
        data = bytearray(WHOLE)
        for _ in range(chance.choice([1, 4, 40])):
            at = chance.randrange(len(data)) if chance.random() < 0.5 else chance.choice(FULL)
            data[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            document = read_bytes(bytes(data), "文件.doc")
        except InputError as error:
            assert error.message.startswith("文件.doc：")
        else:
            assert document.text


FULL = [place for place, value in enumerate(WHOLE) if value]  # most of so small a file is padding
