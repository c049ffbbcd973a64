"""Plain text."""

from __future__ import annotations

from dataclasses import replace

from policylib.model.document import Document, Source, plain_document
from policylib.readers.encoding import decode
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import no_text


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """A document whose blocks are the lines of the text. Raises NoTextLayer when there are only blanks.
    Problems: ENCODING_GUESSED."""
    check_size(len(data), limits.plain_bytes, source.path)
    found = decode(data)
    if not found.text.strip():
        raise no_text(source.path)
    return replace(plain_document(found.text.replace("\r\n", "\n"), source), problems=found.problems)
