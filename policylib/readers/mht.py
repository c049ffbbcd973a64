"""Web pages saved as one file (MHT), also as Word makes them and as "download as Word" buttons hide them in docx."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policylib.errors import DamagedFile, NoTextLayer
from policylib.model.document import Document, Source
from policylib.readers import html
from policylib.readers.guard import Limits, check_size


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page in an MHT file, and where it was, if the file says so."""

    markup: bytes
    address: str | None


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of the first page with text in an MHT file: before it may stand a frame set. Raises DamagedFile when
    there is no page in it, NoTextLayer when none has text."""
    check_size(len(data), limits.plain_bytes, source.path)
    empty: NoTextLayer | None = None
    try:
        pages = list(pages_of(data))
    except RecursionError as error:  # of the email package, on parts in parts some hundred deep
        raise DamagedFile(f"{source.path}：单文件网页（MHT）各部分嵌套过深，无法读取", "请重新保存网页") from error
    for page in pages:
        try:
            return html.read(page.markup, replace(source, url=page.address), limits)
        except NoTextLayer as error:
            empty = error
    raise empty or DamagedFile(f"{source.path}：单文件网页（MHT）内没有正文", "请重新保存网页")


def pages_of(data: bytes) -> Iterator[SavedPage]:
    """The HTML parts of an MHT file that are not empty."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                address = str(part.get("Content-Location") or "").strip()
                yield SavedPage(payload, address if address.startswith(("http://", "https://")) else None)
