"""Plain text in every encoding: BOM, UTF-8, GB18030, UTF-16, damaged."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylib.errors import NoTextLayer
from policylib.extract import analyse
from policylib.readers import read_bytes
from policylib.readers.text import decode

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


def test_short_gbk_is_no_other_script() -> None:
    assert decode("废止".encode("gbk")) == ("废止", "gb18030", 0)


def test_utf16_without_mark_is_seen_by_its_zero_bytes() -> None:
    assert decode("2017年6月27日 No. 17\n".encode("utf-16-le"))[0] == "2017年6月27日 No. 17\n"


def test_damaged_bytes_cost_only_themselves() -> None:
    data = bytearray("青科字〔2017〕3号，现予公布。".encode())
    data[-4] = 0xFF
    document = read_bytes(bytes(data), "坏.txt")
    assert document.text.startswith("青科字〔2017〕3号")
    assert [problem.rule for problem in document.problems] == ["ENCODING_GUESSED"]


def test_big5_is_heard_when_declared() -> None:
    assert decode("臺北市政府公報".encode("big5"), "big5")[0] == "臺北市政府公報"


def test_blanks_are_no_success() -> None:
    with pytest.raises(NoTextLayer):
        read_bytes("\n　 \r\n".encode(), "空.txt")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", 0)


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
