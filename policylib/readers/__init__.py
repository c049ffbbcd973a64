"""Files into `Document`s. The only place that opens source files; one module a format, found by content.

A reader is a module with `read(data, source, limits) -> Document`; a container (an archive, a mail) is a module with
`read_each(data, source, limits, depth) -> Iterator[Document | Unread]`. Either is imported on first use, so that asking
for `--help` does not load a PDF engine. To add a format: write the module, add a row to `READERS` or `CONTAINERS`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from policylib.errors import (
    DamagedFile,
    EncryptedFile,
    FileMissing,
    InputError,
    TooLarge,
    TruncatedFile,
    UnsupportedFormat,
    cause,
)
from policylib.model.document import Document, Source
from policylib.readers.guard import DEFAULT_LIMITS, Limits, check_size
from policylib.readers.sniff import HEAD, Format, by_name, format_of, incomplete, suffix_mismatch

__all__ = [
    "CONTAINERS", "DEFAULT_LIMITS", "READERS", "Container", "Limits", "Reader", "Unread", "bytes_of", "is_plain",
    "missing", "no_memory", "read", "read_bytes", "read_each", "read_each_bytes", "read_member",
]  # fmt: skip

READERS = {
    "txt": "policylib.readers.text",
    "html": "policylib.readers.html",
    "mht": "policylib.readers.mht",
    "docx": "policylib.readers.docx",
    "doc": "policylib.readers.doc",
    "pdf": "policylib.readers.pdf",
    "wordxml": "policylib.readers.word_xml",
    "rtf": "policylib.readers.rtf",
    "odt": "policylib.readers.odt",
    "ods": "policylib.readers.ods",
    "xlsx": "policylib.readers.xlsx",
    "xls": "policylib.readers.xls",
    "excelxml": "policylib.readers.excel_xml",
    "csv": "policylib.readers.csv",
    **dict.fromkeys(("png", "jpeg", "tiff", "gif", "bmp", "webp"), "policylib.readers.image"),
}
"""Format name (see sniff.FORMATS) → the module that reads it."""
CONTAINERS = {
    "zip": "policylib.readers.archive",
    "rar": "policylib.readers.archive",
    "eml": "policylib.readers.mail",
    "ofd": "policylib.readers.ofd",
}
"""Format name → the module that reads the documents in it, each with the path `container/member`."""
PLAIN = 1024 * 1024  # bytes of a text or a page up to which it is read in no time
LONG_PATH = 260  # characters from which on Windows lists files that it does not open


@dataclass(frozen=True, slots=True)
class Unread:
    """A document of a container that could not be read, and why; the others are read all the same."""

    path: str
    error: InputError


class Reader(Protocol):
    """What every module in `READERS` offers."""

    def read(self, data: bytes, source: Source, limits: Limits) -> Document: ...


class Container(Protocol):
    """What every module in `CONTAINERS` offers. It hands its members to `read_each_bytes` with `depth` raised by one;
    `Limits.nesting` says how deep that may go."""

    def read_each(self, data: bytes, source: Source, limits: Limits, depth: int) -> Iterator[Document | Unread]: ...


def read(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file, whatever the file is called. A container must hold exactly one: see `read_each`.

    Raises InputError (UnsupportedFormat, DamagedFile, EncryptedFile, NoTextLayer, TooLarge, MissingDependency), whose
    message names the file and says what to do. Faults that do not stop the reading are `Document.problems`.
    """
    return read_bytes(bytes_of(path, limits), str(path), limits)


def read_bytes(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in some bytes that are called `path`. Raises as `read` does."""
    try:
        found = list(read_each_bytes(data, path, limits))
    except MemoryError as error:
        raise no_memory(path) from error
    if len(found) != 1:
        raise UnsupportedFormat(
            f"{path}：内有 {len(found)} 份文件，不能当作一份来读", "请解压后逐份读取，或用 policylib add 整包读入"
        )
    if isinstance(found[0], Unread):
        raise found[0].error
    return found[0]


def read_each(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Document | Unread]:
    """The documents in a file: one, or those of a container, in its order. Raises as `read` does when the file itself
    cannot be read; a bad member costs only itself."""
    yield from read_each_bytes(bytes_of(path, limits), str(path), limits)


def read_each_bytes(
    data: bytes, path: str, limits: Limits = DEFAULT_LIMITS, depth: int = 0
) -> Iterator[Document | Unread]:
    """The documents in some bytes that are called `path`. `depth` counts the containers around them."""
    check_size(len(data), limits.package_bytes, path)
    found = format_of(data, path)
    cut = incomplete(found, data, path)
    if cut:
        raise TruncatedFile(f"{path}：{cut}不完整或已损坏，多半是没有下载完", "请重新下载")
    source = Source(path, hashlib.sha256(data).hexdigest(), found.media_type, found.name)
    if found.name in CONTAINERS:
        container = cast(Container, import_module(CONTAINERS[found.name]))
        yield from container.read_each(data, source, limits, depth)
        return
    document = _reader(found, path).read(data, source, limits)
    mismatch = suffix_mismatch(found, path)
    yield replace(document, problems=(mismatch, *document.problems)) if mismatch else document


def read_member(data: bytes, path: str, limits: Limits, depth: int) -> Iterator[Document | Unread]:
    """The documents in a member of a container. One that cannot be read costs only itself."""
    try:
        yield from read_each_bytes(data, path, limits, depth)
    except InputError as error:
        yield Unread(path, error)


def is_plain(path: Path) -> bool:
    """Whether a file is a text or a page by its first bytes, and small: such files are read in no time, and nothing
    in them reaches a parser that could hang."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return path.stat().st_size <= PLAIN and format_of(head).name in ("txt", "html")


def bytes_of(path: str | Path, limits: Limits) -> bytes:
    """The bytes of a file. Raises FileMissing, DamagedFile where it cannot be opened, TooLarge."""
    file = Path(path)
    try:
        if not file.exists():
            raise missing(file)
        if not file.is_file():
            raise DamagedFile(f"{file}：是文件夹或设备，不是普通文件", "请核对路径")
        check_size(file.stat().st_size, limits.package_bytes, str(path))
        return file.read_bytes()
    except OSError as error:
        raise DamagedFile(f"{file}：无法打开（{cause(error, '读取')}）", "请核对权限和路径") from error


def missing(file: Path) -> FileMissing:
    """What is said of a path where nothing is."""
    if os.path.islink(file):  # unlike Path.is_symlink, it takes a name of any length  # noqa: PTH114
        return FileMissing(f"{file}：这是一个链接，所指的 {file.readlink()} 不在了", "请找回所指的文件，或删去这个链接")
    if len(str(file.absolute())) >= LONG_PATH:
        remedy = f"请核对路径；Windows 打不开全路径长于 {LONG_PATH - 1} 字的文件，请移到浅一些的文件夹，或缩短文件名"
        return FileMissing(f"{file}：找不到这个文件或文件夹", remedy)
    return FileMissing(f"{file}：找不到这个文件或文件夹", "请核对路径")


def no_memory(path: str) -> TooLarge:
    """What is said of a file that this machine, or the limit of this process, has too little memory to read."""
    return TooLarge(f"{path}：内存不够，没有读完", "请关闭其他程序，或拆分文件后再试")


def _reader(found: Format, path: str) -> Reader:
    if found.name == "encrypted":
        raise EncryptedFile(f"{path}：文件有密码，无法读取", found.remedy)
    if found.name not in READERS:
        found = by_name(found, path)
        raise UnsupportedFormat(f"{path}：暂不支持{found.title}", found.remedy)
    return cast(Reader, import_module(READERS[found.name]))
