"""Plain text in every encoding: BOM, UTF-8, GB18030, UTF-16, damaged."""

from __future__ import annotations

import codecs
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib import analyse, analyse_text
from policylib.errors import NoTextLayer, UnsupportedFormat
from policylib.readers import read_bytes
from policylib.readers.encoding import Decoded, decode

NOTICE = "青岚市科学技术局文件\n青科字〔2017〕3号\n\n　　各区县科技局：\n现将《青岚市创新券管理办法》印发给你们。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(NOTICE.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + NOTICE.encode(), id="utf-8 with BOM"),
        pytest.param(NOTICE.encode("gb18030"), id="gb18030"),
        pytest.param(codecs.BOM_UTF16_LE + NOTICE.encode("utf-16-le"), id="utf-16 little end"),
        pytest.param(codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"), id="utf-16 big end"),
        pytest.param(NOTICE.replace("\n", "\r\n").encode("gb18030"), id="lines of Windows"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    document = read_bytes(data, "通知.txt")
    assert document.text == NOTICE
    assert document.source.reader == "txt"
    assert not document.problems
    assert document.blocks[2].span.of(document.text) == "各区县科技局："


PAPER = (
    "岚州市科学技术局关于公布创新券名单的通知",
    "岚科字〔2017〕3号",
    "各区县科技局：",
    "现予公布。",
    "2017年6月27日",
)
ENDS = {
    "CR of old Macs": "\r",
    "FF between pages": "\f",
    "FF behind a newline": "\n\f",
    "VT of Word": "\v",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_whatever_ends_a_line_ends_it(end: str) -> None:
    text = end.join(PAPER)
    document = read_bytes(text.encode(), "通知.txt")
    assert [block.span.of(document.text) for block in document.blocks] == list(PAPER)
    for analysis in (analyse(document), analyse_text(text)):
        assert analysis.elements.title and analysis.elements.title.value == PAPER[0]
        assert analysis.elements.number and str(analysis.elements.number.value) == PAPER[1]
        assert analysis.elements.dated and analysis.elements.dated.value == date(2017, 6, 27)


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_offsets_of_a_text_are_those_of_its_writer(end: str) -> None:
    text = end.join(PAPER)
    number = analyse_text(text).numbers[0]
    assert text[number.span.start : number.span.end] == PAPER[1]


def test_short_gbk_is_no_other_script() -> None:
    assert decode("废止".encode("gbk")) == Decoded("废止", "gb18030")
    assert decode("联通".encode("gbk")) == Decoded("联通", "gb18030")  # valid for careless readers of UTF-8


SHORT = {
    "gb18030": "岚州市科学技术局关于公布创新券名单的通知\n各区县科技局：",
    "big5": "嵐州市科學技術局關於公布創新券名單的通知\n各區縣科技局：",
    "utf-16-le": "岚州市科学技术局关于公布创新券名单的通知\n各区县科技局：",
    "utf-16-be": "岚科字〔2017〕3号\n各区县科技局：2017年6月27日",
}


@pytest.mark.parametrize("size", [8, 15, 30])
@pytest.mark.parametrize("encoding", SHORT)
def test_a_short_text_is_read_as_what_makes_sense(encoding: str, size: int) -> None:
    text = SHORT[encoding][:size]
    found = decode(text.encode(encoding))
    assert found.text == text
    assert not found.problems


def test_a_table_of_numbers_in_big5_is_no_utf16() -> None:
    text = "各省指標表\n遼寧\n90\n45\n100\n135\n135\n浙江\n45\n90\n"
    assert decode(text.encode("big5")).text == text


def test_ascii_is_never_taken_for_hanzi() -> None:
    assert decode(b"bush hid the facts") == Decoded("bush hid the facts", "utf-8")


@pytest.mark.parametrize("text", ["2017年6月27日 No. 17\n", "No. 17", "12\t30\r\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_seen_by_its_zero_bytes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_who_cannot_tell_says_so_and_names_the_rival() -> None:
    """Names of rare characters alone: neither reading is written with what papers are written with."""
    document = read_bytes("焱垚\n".encode("big5"), "名单.txt")
    (problem,) = document.problems
    assert problem.rule == "ENCODING_GUESSED"
    assert "不能确定" in problem.message
    assert "BIG5HKSCS" in problem.message
    assert "另存为 UTF-8" in problem.message


@given(st.integers(0, 2**32))
def test_bytes_of_chance_are_no_text(seed: int) -> None:
    with pytest.raises(UnsupportedFormat):
        read_bytes(random.Random(seed).randbytes(4096), "乱.txt")


def test_damaged_bytes_cost_only_themselves() -> None:
    data = bytearray("青科字〔2017〕3号，现予公布。".encode())
    data[-4] = 0xFF
    document = read_bytes(bytes(data), "坏.txt")
    assert document.text.startswith("青科字〔2017〕3号")
    assert [problem.rule for problem in document.problems] == ["ENCODING_GUESSED"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", [b"\xff" * 500, bytes(500)], ids=["ones", "zeros"])
def test_a_sector_that_is_lost_costs_only_itself(encoding: str, lost: bytes) -> None:
    data = NOTICE.encode(encoding)
    cut = data.index(b"\n")
    found = decode(data[:cut] + lost + data[cut:])
    assert found.encoding == encoding
    assert "青科字〔2017〕3号" in found.text


def test_big5_needs_no_label() -> None:
    assert decode("臺北市政府公報".encode("big5"), "gbk").text == "臺北市政府公報"


def test_blanks_are_no_success() -> None:
    with pytest.raises(NoTextLayer):
        read_bytes("\n　 \r\n".encode(), "空.txt")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


FRONT = """---
title: "岚州市节约用水条例"
publish_date: "2015-03-10"
status: "现行有效"
tags:
  - 地方性法规
---
# 岚州市节约用水条例

2015年3月6日 岚州市第十五届人民代表大会常务委员会第三次会议通过

<!-- 正文 -->

## 第一章 总则

第一条 为了节约用水，制定本条例。
"""


def test_what_a_markdown_file_says_of_itself_is_metadata_and_no_title() -> None:
    document = read_bytes(FRONT.encode(), "条例.md")
    kinds = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    assert ("metadata", 'title: "岚州市节约用水条例"') in kinds
    assert ("heading", "岚州市节约用水条例") in kinds
    assert ("heading", "第一章 总则") in kinds
    assert ("furniture", "<!-- 正文 -->") in kinds
    elements = analyse(document).elements
    assert elements.title and elements.title.value == "岚州市节约用水条例"
    assert str(elements.published.value if elements.published else None) == "2015-03-10"
    assert elements.status_label and elements.status_label.value == "现行有效"


def test_a_line_of_dashes_begins_no_front_matter() -> None:
    document = read_bytes("---\n岚政发〔2019〕3号\n第一条 内容。\n".encode(), "稿.txt")
    assert [block.kind for block in document.blocks] == ["paragraph"] * 3
