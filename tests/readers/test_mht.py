"""Pages saved as one file."""

from __future__ import annotations

import random

import pytest

from policylib.errors import DamagedFile, InputError, NoTextLayer
from policylib.model import Document
from policylib.readers import read_bytes

TEXT = "青岚市科学技术局关于印发创新券管理办法的通知。"


def part(markup: bytes, address: str = "", encoding: str = "8bit", kind: str = "text/html") -> bytes:
    location = f"Content-Location: {address}\r\n" if address else ""
    return (
        f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{location}\r\n".encode()
        + markup
        + b"\r\n"
    )


def archive(*parts: bytes) -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    return head + b"".join(parts) + b"--x--\r\n"


def read_archive(*parts: bytes) -> Document:
    return read_bytes(archive(*parts), "页面.mht")


def page(text: str = TEXT) -> str:
    return f"<html><body><p>{text}<a href='../f/1.doc'>附件</a></p></body></html>"


def test_links_are_relative_to_where_the_page_was() -> None:
    document = read_archive(part(page().encode(), "http://www.qinglan.example/zc/1.html"))
    assert document.text == TEXT + "附件"
    assert document.source.url == "http://www.qinglan.example/zc/1.html"
    assert [link.url for link in document.links] == ["http://www.qinglan.example/f/1.doc"]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_quoted_printable_of_any_charset(charset: str) -> None:
    quoted = b"".join(b"=%02X" % byte for byte in TEXT.encode(charset))
    assert read_archive(part(b"<p>" + quoted + b"</p>", encoding="quoted-printable")).text == TEXT


def test_the_page_inside_a_frame_set() -> None:
    frames = b"<html><frameset><frame src=cid:1></frameset></html>"
    assert read_archive(part(frames), part(page().encode())).text == TEXT + "附件"


def test_no_page_and_no_text() -> None:
    with pytest.raises(DamagedFile, match="没有正文"):
        read_archive(part(b"GIF8", kind="image/gif"))
    with pytest.raises(NoTextLayer):
        read_archive(part(b"<html><body></body></html>"))


def test_damage_and_hostile_nesting_cost_a_message() -> None:
    whole = archive(part(page().encode(), "http://www.qinglan.example/zc/1.html", "quoted-printable"))
    dice = random.Random(7)
    variants = [whole[: dice.randrange(1, len(whole))] for _ in range(100)]
    for _ in range(200):
        place = dice.randrange(len(whole))
        variants.append(whole[:place] + bytes([dice.randrange(256)]) * dice.randrange(4) + whole[place + 1 :])
    nested = b"".join(b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000))
    variants.append(b"MIME-Version: 1.0\r\n" + nested + b"Content-Type: text/html\r\n\r\n<p>x</p>")
    for data in variants:
        try:
            assert read_bytes(data, "页面.mht").text
        except InputError as error:
            assert str(error).startswith("页面.mht：")
