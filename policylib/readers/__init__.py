"""Files into `Document`s. The only place that opens source files; one module a format, found by content.

A reader is a module with `read(data, source, limits) -> Document`. It is imported on first use, so that asking for
`--help` does not load a PDF engine. To add a format: write the module, add a row to `READERS`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from policylib.errors import DamagedFile, EncryptedFile, UnsupportedFormat
from policylib.model.document import Document, Source
from policylib.readers.guard import DEFAULT_LIMITS, Limits, check_size
from policylib.readers.sniff import Format, format_of, incomplete, suffix_mismatch

__all__ = ["DEFAULT_LIMITS", "READERS", "Limits", "Reader", "read", "read_bytes"]

READERS = {
    "txt": "policylib.readers.text",
    "html": "policylib.readers.html",
    "mht": "policylib.readers.mht",
    "docx": "policylib.readers.docx",
    "pdf": "policylib.readers.pdf",
}
"""Format name (see sniff.FORMATS) → the module that reads it."""


class Reader(Protocol):
    """What every module in `READERS` offers."""

    def read(self, data: bytes, source: Source, limits: Limits) -> Document: ...


def read(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file: txt, html, mht, docx, pdf with a text layer, whatever the file is called.

    Raises InputError (UnsupportedFormat, DamagedFile, EncryptedFile, NoTextLayer, TooLarge), whose message names the
    file and says what to do. Faults that do not stop the reading are `Document.problems`.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise DamagedFile(f"{file}: 找不到这个文件, 或不是普通文件", "请核对路径")
        check_size(file.stat().st_size, limits.package_bytes, str(path))
        data = file.read_bytes()
    except OSError as error:
        raise DamagedFile(f"{file}: 无法打开（{error.strerror}）", "请核对权限和路径") from error
    return read_bytes(data, str(path), limits)


def read_bytes(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in some bytes that are called `path`. Raises as `read` does."""
    check_size(len(data), limits.package_bytes, path)
    found = format_of(data)
    cut = incomplete(found, data, path)
    if cut:
        raise DamagedFile(f"{path}: {cut}不完整或已损坏, 多半是没有下载完", "请重新下载")
    source = Source(path, hashlib.sha256(data).hexdigest(), found.media_type, found.name)
    document = _reader(found, path).read(data, source, limits)
    mismatch = suffix_mismatch(found, path)
    return replace(document, problems=(mismatch, *document.problems)) if mismatch else document


def _reader(found: Format, path: str) -> Reader:
    if found.name == "encrypted":
        raise EncryptedFile(f"{path}: 文件有密码, 无法读取", found.remedy)
    if found.name not in READERS:
        raise UnsupportedFormat(f"{path}: 暂不支持{found.title}", found.remedy)
    return cast(Reader, import_module(READERS[found.name]))
