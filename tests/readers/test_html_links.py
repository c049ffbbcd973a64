"""Links of pages: those in the text and those that belong to it, absolute and once, and no navigation."""

from __future__ import annotations

import pytest

from policylib.model import Document
from policylib.readers import read_bytes
from policylib.readers.html_links import belongs

SENTENCE = "为规范创新券管理，根据有关规定，制定本办法。各单位要认真组织实施，确保落实。"
URL = "<meta name=Url content='http://www.qinglan.example/zc/art_1.html'>"


def page_of(around: str = "", text: str = "", head: str = URL) -> Document:
    body = f"<div id=zoom><p>关于印发创新券管理办法的通知</p><p>{SENTENCE}</p>{text}</div>"
    return read_bytes(f"<html><head>{head}</head><body>{body}{around}</body></html>".encode(), "页面.html")


def links_of(document: Document) -> list[tuple[str, str]]:
    return [(link.span.of(document.text), link.url) for link in document.links]


def furniture(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind == "furniture"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param(
            "<p>见<a href=b.docx>附件</a>。</p>", [("附件", "http://www.qinglan.example/zc/b.docx")], id="file"
        ),
        pytest.param(
            "<p>《甲》和<a href='/j.html'>《<b>甲</b>》</a></p>",
            [("《甲》", "http://www.qinglan.example/j.html")],
            id="words in parts",
        ),
        pytest.param(
            "<table><tr><td>附件</td><td><a href=1.xls>预算 <i>表</i></a></td></tr>"
            "<tr><td rowspan=2><a href=2.xls>决算表</a></td><td>甲</td></tr><tr><td>乙</td></tr></table>",
            [("预算 表", "http://www.qinglan.example/zc/1.xls"), ("决算表", "http://www.qinglan.example/zc/2.xls")],
            id="cells, merged ones once",
        ),
        pytest.param(
            "<pre>甲\n<a href=1.pdf>乙</a>\n<a href=2.pdf>丙</a></pre>",
            [("乙", "http://www.qinglan.example/zc/1.pdf"), ("丙", "http://www.qinglan.example/zc/2.pdf")],
            id="kept line breaks",
        ),
        pytest.param(
            "<p><a href=1.pdf>甲<br>乙</a>丙</p>",
            [("甲", "http://www.qinglan.example/zc/1.pdf"), ("乙", "http://www.qinglan.example/zc/1.pdf")],
            id="over two lines",
        ),
        pytest.param(
            "<p><a name=1>甲</a><a href='#1'>乙</a><a href='javascript:x()'>丙</a><a href='mailto:a@b.example'>丁</a>"
            "<a href='http://[1'>戊</a><a href='file:///C:/a.doc'>己</a></p>",
            [],
            id="that lead nowhere",
        ),
    ],
)
def test_links_in_the_text(text: str, links: list[tuple[str, str]]) -> None:
    document = page_of(text=text)
    assert links_of(document) == links
    assert not furniture(document)


MENU = "<ul><li><a href=/zcjd/index.html>政策解读</a></li><li><a href=/zc/2.html>关于召开动员会的通知</a></li></ul>"
LISTED = (
    "<div class=desktop><h3>政策解读</h3><ul>"
    "<li><a href='/j/1.html'>【文字解读】《创新券管理办法》解读</a><span>2017-07-01</span></li>"
    "<li><a href='/j/2.html'>一图读懂</a></li></ul></div>"
    "<div class=telephone><h3>政策解读</h3>"
    "<p><a href='https://www.qinglan.example/j/1.html'>【文字解读】《创新券管理办法》解读</a></p></div>"
)


def test_lists_beside_the_text_become_furniture_behind_it() -> None:
    document = page_of(MENU + LISTED + "<p>政策原文：<a href=/y.html>政策原文：《创新券条例》</a></p>")
    assert furniture(document) == [
        "政策解读",
        "【文字解读】《创新券管理办法》解读",
        "一图读懂",
        "政策原文：《创新券条例》",
    ]
    assert links_of(document) == [
        ("【文字解读】《创新券管理办法》解读", "http://www.qinglan.example/j/1.html"),
        ("一图读懂", "http://www.qinglan.example/j/2.html"),
        ("政策原文：《创新券条例》", "http://www.qinglan.example/y.html"),
    ]
    assert [block.kind for block in document.blocks[-4:]] == ["furniture"] * 4


def test_an_attachment_in_the_text_is_not_listed_again() -> None:
    document = page_of("<h3>附件</h3><a href=/f/1.doc>附件1.doc</a>", "<p><a href=/f/1.doc>附件1.doc</a></p>")
    assert links_of(document) == [("附件1.doc", "http://www.qinglan.example/f/1.doc")]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        pytest.param("<base href='http://b.example/f/'>" + URL, "http://b.example/f/a.doc", id="base"),
        pytest.param(
            "<link rel=canonical href='http://c.example/g/1.html'>", "http://c.example/g/a.doc", id="canonical"
        ),
        pytest.param("<meta property=og:url content='http://d.example/1'>", "http://d.example/a.doc", id="shared"),
        pytest.param("", "a.doc", id="unknown"),
    ],
)
def test_what_relative_addresses_are_relative_to(head: str, address: str) -> None:
    assert links_of(page_of(text="<p><a href=a.doc>附件</a></p>", head=head)) == [("附件", address)]


def test_the_comment_of_the_browser_that_saved_the_page() -> None:
    comment = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://www.qinglan.example/1/2.html -->\n"
    page = f"{comment}<html><body><p>{SENTENCE}<a href='../3.doc'>附件</a></p></body></html>"
    document = read_bytes(page.encode(), "页面.html")
    assert document.source.url == "https://www.qinglan.example/1/2.html"
    assert links_of(document) == [("附件", "https://www.qinglan.example/3.doc")]


@pytest.mark.parametrize(
    ("words", "address", "listed", "expected"),
    [
        ("【媒体解读】《创新券管理办法》", "/j/1.html", False, True),
        ("一图读懂", "/j/1.html", False, True),
        ("一图读懂", "/ytdd/", False, False),
        ("政策解读", "/j/1.html", False, False),
        ("新闻发布会及政策解读", "/j/1.html", False, False),
        ("市科技局答记者问：创新券怎么用", "/j/1.html", False, True),
        ("查看原文", "/y/1.html", False, True),
        ("原文化局印发的办法", "/y/1.html", False, False),
        ("相关文件：《创新券条例》", "/y/1.html", False, True),
        ("青岚市创新券条例", "/y/1.html", True, True),
        ("青岚市创新券条例", "/y/1.html", False, False),
        ("下载", "/download?file=a.docx", False, True),
        ("预算表.xls", "/download?id=7", False, True),
        ("市政府", "http://www.qinglan.example", True, False),
    ],
)
def test_which_links_belong_to_the_text(words: str, address: str, listed: bool, expected: bool) -> None:
    assert belongs(words, address, listed) is expected
