"""A plain text with the mark as its first line; every other byte is as it was."""

from __future__ import annotations

from policylib.readers.encoding import BYTE_ORDER_MARKS, decode


def marked(data: bytes, text: str, path: str) -> bytes:
    """The text with the mark and a blank line above it, in its own encoding and with its own line ends."""
    found = decode(data)
    start = next((len(mark) for mark, _ in BYTE_ORDER_MARKS if data.startswith(mark)), 0)
    end = next((end for end in ("\r\n", "\n", "\r") if end in found.text), "\n")
    return data[:start] + f"{text}{end}{end}".encode(found.encoding, errors="replace") + data[start:]
