"""A file read and analysed: a pure function of the file and the tables, whose result pickles."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policylib.errors import InputError
from policylib.extract import analyse
from policylib.model import Analysis, Document
from policylib.readers import DEFAULT_LIMITS, Limits, Unread, read_each
from policylib.tables import Tables, load


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read. `code` is stable; message and remedy are for staff."""

    path: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, read and analysed."""

    document: Document
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and what its analysis rests on."""

    path: Path
    overlay: Path
    engine: str
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file holds: one document, or those of a container. A file that cannot be read is one failure.

    sha256: of the file itself, where it is a container.
    """

    parts: tuple[Reading | Failure, ...]
    container: bool = False
    sha256: str = ""


@lru_cache(maxsize=4)
def tables_of(overlay: Path, engine: str) -> Tables:
    """The tables with a library's own rows over them, read once for each `engine`: a mark of what they hold."""
    return load(overlay)


def perform(job: Job) -> Outcome:
    """Reads and analyses the file of a job. Whatever is wrong with the file is a failure in the outcome."""
    path = str(job.path)
    parts: list[Reading | Failure] = []
    try:
        parts.extend(_part(found, job) for found in read_each(job.path, job.limits))
    except (InputError, OSError, UnicodeError) as error:
        parts.append(failure(path, error))
    container = any(_path(part) != path for part in parts)
    return Outcome(tuple(parts), container, hash_of(job.path) if container else "")


def _part(found: Document | Unread, job: Job) -> Reading | Failure:
    if isinstance(found, Unread):
        return failure(found.path, found.error)
    return Reading(found, analyse(found, tables_of(job.overlay, job.engine)))


def _path(part: Reading | Failure) -> str:
    return part.path if isinstance(part, Failure) else part.document.source.path


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def failure(path: str, error: InputError | OSError | UnicodeError) -> Failure:
    """The error of a file, in words for staff."""
    shown = path.encode(errors="replace").decode()
    if isinstance(error, InputError):
        return Failure(shown, error.code, error.message.removeprefix(f"{path}: "), error.remedy)
    if isinstance(error, OSError):
        return Failure(
            shown, "UNREADABLE", f"无法打开（{error.strerror or error}）", "请核对权限，或关闭正在使用它的程序"
        )
    return Failure(shown, "ENCODING", "文件名或正文里有不成字的编码", "请改用普通文件名，或重新下载、另存一份")
