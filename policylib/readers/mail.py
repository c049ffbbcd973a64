"""Mails (eml): the text is a document, and so is each attachment."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message

from policylib.errors import DamagedFile, TooLarge
from policylib.model.document import Document, Source
from policylib.readers import Unread, read_member
from policylib.readers.guard import Limits, check_size
from policylib.readers.names import is_document, unused

FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the standard library's parser raises on headers and parts that are not well formed."""
SUFFIXES = {"text/html": "html", "text/plain": "txt"}


def read_each(data: bytes, source: Source, limits: Limits, depth: int) -> Iterator[Document | Unread]:
    """The text of a mail, as 邮件.eml/正文.html, then its attachments under their names. A mail that is nothing but
    attachments has no text. Raises DamagedFile, TooLarge."""
    check_size(len(data), limits.package_bytes, source.path)
    if depth >= limits.nesting:
        raise TooLarge(
            f"{source.path}：附件里套附件，超过安全上限 {limits.nesting} 层", "请把附件另存为单独的文件后再读"
        )
    try:
        parts = list(_parts(data))
    except FAULTS as error:
        raise DamagedFile(f"{source.path}：邮件格式有误，无法读取", "请把正文和附件另存为单独的文件后再读") from error
    if not parts:
        raise DamagedFile(f"{source.path}：邮件里没有正文，也没有可读的附件", "请核对来源")
    for place, (name, content) in enumerate(parts):
        if place >= limits.members:
            yield Unread(
                source.path, TooLarge(f"{source.path}：附件超过安全上限 {limits.members} 个，其余未读", "请另存后再读")
            )
            return
        yield from read_member(content, f"{source.path}/{name}", limits, depth + 1)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The text and the attachments that may be documents, with their names."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    taken: set[str] = set()
    body = message.get_body(preferencelist=("html", "plain"))
    if body is not None and (content := _bytes_of(body)).strip():
        yield unused(f"正文.{SUFFIXES.get(body.get_content_type(), 'txt')}", taken), content
    for number, part in enumerate(message.iter_attachments(), 1):
        name = (part.get_filename() or f"附件{number}").replace("\\", "/").rpartition("/")[2]
        if is_document(name) and (content := _bytes_of(part)):
            yield unused(name, taken), content


def _bytes_of(part: Message) -> bytes:
    """The bytes of a part; of a mail that is attached to the mail, the whole of it."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
