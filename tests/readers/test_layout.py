"""Lines that hold the end of a line: what every reader but that of plain texts hands to the layout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policylib.model import Source
from policylib.readers import read_bytes
from policylib.readers.layout import Line, compose
from tests.readers import opendocument
from tests.readers.test_docx import paragraph, run, saved
from tests.readers.test_word_xml import flat

TITLE, NUMBER = "岚州市科学技术局关于公布创新券名单的通知", "岚科字〔2017〕3号"
SOURCE = Source("通知", "", "", "")
MAKERS: dict[str, Callable[[str], bytes]] = {
    "docx": lambda text: saved(paragraph(run(text))),
    "xml": lambda text: flat(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
    "odt": lambda text: opendocument.package("text", opendocument.paragraph(text)),
    "html": lambda text: f"<html><body><p>{text}</p></body></html>".encode(),
}


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
@pytest.mark.parametrize("kind", MAKERS)
def test_an_end_of_line_within_a_paragraph_ends_it(kind: str, end: str) -> None:
    document = read_bytes(MAKERS[kind](f"{TITLE}{end}{NUMBER}"), f"通知.{kind}")
    assert [block.span.of(document.text) for block in document.blocks] == [TITLE, NUMBER]


@pytest.mark.parametrize("end", ["\f", "\v", "\n"], ids=["FF", "VT", "newline"])
def test_pages_of_a_kept_text_end_its_lines(end: str) -> None:
    document = read_bytes(f"<html><body><pre>{TITLE}{end}{NUMBER}</pre></body></html>".encode(), "通知.html")
    assert document.text == f"{TITLE}\n{NUMBER}"


def test_a_row_stays_one_and_its_cell_has_a_blank() -> None:
    document = compose([Line("row", cells=("1", f"{TITLE}\u2028{NUMBER}"))], SOURCE)
    assert document.text == f"1\t{TITLE} {NUMBER}"


def test_links_go_with_their_words() -> None:
    words = [("甲办法", "https://example.cn/1"), ("乙\u2028办法", "https://example.cn/2")]
    document = compose([Line("paragraph", "见甲办法\u2028和乙\u2028办法", links=tuple(words))], SOURCE)
    found = [(link.span.of(document.text), link.url[-1]) for link in document.links]
    assert document.text == "见甲办法\n和乙\n办法"
    assert found == [("甲办法", "1"), ("乙", "2"), ("办法", "2")]
