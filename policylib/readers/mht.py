"""Web pages saved as one file (MHT), also as Word makes them and as "download as Word" buttons hide them in docx."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from policylib.errors import DamagedFile
from policylib.model.document import Document, Source
from policylib.readers import html
from policylib.readers.guard import Limits, check_size


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of the page in an MHT file. Raises DamagedFile when there is no page in it."""
    check_size(len(data), limits.plain_bytes, source.path)
    page = page_of(data)
    if page is None:
        raise DamagedFile(f"{source.path}: 单文件网页（MHT）内没有正文", "请重新保存网页")
    return html.read(page, source, limits)


def page_of(data: bytes) -> bytes | None:
    """The bytes of the first HTML part of an MHT file."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else None
    return None
