"""A web page with a banner at the head of what it shows; every other byte is as it was."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from policylib.readers.encoding import BYTE_ORDER_MARKS, decode
from policylib.readers.html import declared_charset
from policylib.readers.marks import ATTRIBUTE, VALUE

STYLE: Final = (
    "display:block;position:relative;z-index:2147483647;margin:0 0 12px;padding:10px 16px;border:2px solid #c00;"
    "background:#fff5f5;color:#c00;font:bold 16px/1.6 'Microsoft YaHei',SimHei,sans-serif;text-align:center"
)
_TAG = re.compile(r"<!--|<(?:script|style|title|textarea|noscript)(?=[\s>/])|<body(?=[\s>/])", re.IGNORECASE)
_TAG_END = re.compile(r"(?:[^<>\"']|\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'){0,4000}>")
_HEAD_MATTER = re.compile(
    r"\s+|<\?xml[^<>]{0,300}\?>|<!doctype[^<>]{0,500}>|</?(?:html|head)(?:\s[^<>]{0,1000})?>"
    r"|<(?:meta|link|base)(?=[\s>/])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_RAW = re.compile(r"<(title|style|script)(?=[\s>/])", re.IGNORECASE)


def marked(data: bytes, text: str, path: str) -> bytes:
    """The page with the banner right after its <body>; a fragment, with the banner above it, below its <meta> tags."""
    found = decode(data, declared_charset(data))
    content, encoding = found.text, found.encoding
    start = next((len(mark) for mark, _ in BYTE_ORDER_MARKS if data.startswith(mark)), 0)
    before = content[: _place(content)].encode(encoding, errors="replace")
    at = start + len(before)
    if data[start:at] != before:  # bytes that do not come back as they were: the place is found in them
        at = start + _place(data[start:].decode("latin-1"))
    # A page in ASCII may call itself gb2312: references are right in whatever a browser takes it for.
    banner = _banner(text).encode("ascii" if content.isascii() else encoding, errors="xmlcharrefreplace")
    return data[:at] + banner + data[at:]


def _banner(text: str) -> str:
    return f'<div {ATTRIBUTE}="{VALUE}" role="note" style="{escape(STYLE)}">{escape(text)}</div>'


def _place(page: str) -> int:
    """Where the banner belongs: behind <body …>, or where a page without one begins to show something."""
    at = _body(page)
    end = _TAG_END.match(page, at) if at >= 0 else None
    close = page.find(">", at) if at >= 0 else -1
    return end.end() if end else close + 1 if close >= 0 else _behind_head(page)


def _body(page: str) -> int:
    """Where the name of the <body> tag ends, -1 where there is none; one in a comment or a script is none."""
    at = 0
    while found := _TAG.search(page, at):
        word = found[0].lower()
        if word == "<body":
            return found.end()
        closing = "-->" if word == "<!--" else f"</{word[1:]}"
        end = _find(page, closing, found.end())
        if end < 0:
            break
        at = end + len(closing)
    return -1


def _behind_head(page: str) -> int:
    """The end of what stands before the text of a page without <body>: doctype, comments, <meta>, <title>, <style>."""
    at = 0
    while True:
        if found := _HEAD_MATTER.match(page, at):
            at = found.end()
        elif page.startswith("<!--", at) and (end := page.find("-->", at)) >= 0:
            at = end + 3
        elif (found := _RAW.match(page, at)) and (end := _find(page, f"</{found[1]}", found.end())) >= 0:
            close = page.find(">", end)
            at = close + 1 if close >= 0 else len(page)
        else:
            return at


def _find(page: str, closing: str, start: int) -> int:
    found = re.compile(re.escape(closing), re.IGNORECASE).search(page, start)
    return found.start() if found else -1
