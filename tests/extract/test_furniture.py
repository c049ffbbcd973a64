"""What a page lists beside its text is not said by the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policylib.extract import analyse
from policylib.model import Document
from policylib.readers import read_bytes

POLICY = """<p>青岚市科学技术局关于印发《创新券管理办法》的通知</p><p>青科字〔2017〕3号</p><p>各区科技局：</p>
<p>根据《青岚市科技条例》（青府发〔2016〕1号），现将《创新券管理办法》印发给你们，请遵照执行。
《旧办法》（青科字〔2010〕5号）同时废止。</p><p>青岚市科学技术局</p><p>2017年6月27日</p><p>（此件主动公开）</p>
<p>联系人：科技局办公室</p>"""
INTERPRETATION = """<p>《创新券管理办法》解读</p>
<p>近日，市科技局印发《创新券管理办法》（青科字〔2017〕3号）。现解读如下，供参考。</p>
<p>一、出台背景</p><p>为了落实要求，制定本办法。</p>"""
LISTS = """<h3>政策解读</h3><ul>
<li><a href=/j/1.html>【文字解读】废止《人才办法》（青科字〔2012〕8号）的解读 发布时间：2018-01-01</a></li>
<li><a href=/j/2.html>关于公布规范性文件清理结果的政策解读</a></li></ul>
<h3>附件下载</h3><a href=/f/1.doc>附件9：登记号：QL-9.doc</a>"""


def page_of(text: str, lists: str) -> Document:
    return read_bytes(f"<html><body><div id=zoom>{text}</div>{lists}</body></html>".encode(), "页面.html")


@pytest.mark.parametrize("text", [POLICY, INTERPRETATION], ids=["policy", "interpretation"])
def test_lists_beside_the_text_change_nothing_of_its_analysis(text: str) -> None:
    alone, listed = page_of(text, ""), page_of(text, LISTS)
    assert [block.kind for block in listed.blocks].count("furniture") == 5
    assert analyse(replace(listed, source=alone.source)) == analyse(alone)
