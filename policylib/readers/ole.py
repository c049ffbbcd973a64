"""Streams of OLE compound files, in which Office kept documents from 1997 to 2003: a small file system in one file."""

from __future__ import annotations

import struct
from io import BytesIO

import olefile

from policylib.errors import DamagedFile

FAULTS = (OSError, ValueError, RecursionError, struct.error, IndexError)
"""What olefile raises on damaged files: its own OleFileError (an OSError) and the next two in 20,000 mutations; the
others its unpacking may raise."""


def root_names(data: bytes) -> list[str]:
    """The names of the streams and storages at the root of an OLE file; none if it is too damaged to tell."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return [path[0] for path in file.listdir(storages=True) if len(path) == 1]
    except FAULTS:
        return []


class Compound:
    """An OLE file that was opened. Raises DamagedFile when it cannot be."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        try:
            self.file = olefile.OleFileIO(BytesIO(data))
        except FAULTS as error:
            raise self._damaged() from error

    def has(self, name: str) -> bool:
        """Whether a stream or a storage of that name stands at the root."""
        try:
            return bool(self.file.exists(name))
        except FAULTS:
            return False

    def stream(self, name: str) -> bytes:
        """The bytes of a stream at the root, b"" where there is none. Raises DamagedFile when its sectors are gone."""
        if not self.has(name):
            return b""
        try:
            with self.file.openstream(name) as stream:
                return bytes(stream.read())
        except FAULTS as error:
            raise self._damaged() from error

    def _damaged(self) -> DamagedFile:
        return DamagedFile(f"{self.path}：文件不完整或已损坏，无法打开", "请重新下载，或用 WPS、Word 打开后另存")
