"""A file read and analysed: a pure function of the file and the tables, whose result pickles."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from policylib.errors import InputError, cause
from policylib.model import Analysis, Block, Document, Problem
from policylib.own_tables import CREATOR, HEAD_ROWS, is_own_head, is_own_text
from policylib.readers import DEFAULT_LIMITS, Limits, Unread, missing, no_memory, read_each
from policylib.tables import Tables, load

OWN_TABLE_REMEDY = "填好的清单用 policylib judge --from 读回"
_BETWEEN = re.compile(r"[\t,]")
LITTLE_TEXT = "LITTLE_TEXT"
FEW = 8  # hanzi: the shortest title and the name of its issuer have more
_HANZI = re.compile("[㐀-鿿\U00020000-\U0003ffff]")
_HEAD_LENGTH = 500  # characters of a head; the longest of ours has some 90
_PROPERTIES = 8192  # bytes of a workbook's properties: a page of XML


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
class OwnTable:
    """A table that policylib wrote: no paper, whether it was filled in or not."""

    path: str


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

    parts: tuple[Reading | Failure | OwnTable, ...]
    container: bool = False
    sha256: str = ""


@lru_cache(maxsize=4)
def tables_of(overlay: Path, engine: str) -> Tables:
    """The tables with a library's own rows over them, read once for each `engine`: a mark of what they hold."""
    return load(overlay)


def perform(job: Job) -> Outcome:
    """Reads and analyses the file of a job. Whatever is wrong with the file is a failure in the outcome."""
    try:
        return perform_in_bounds(job)
    except MemoryError:
        return Outcome((failure(str(job.path), no_memory(str(job.path))),))


def perform_in_bounds(job: Job) -> Outcome:
    """As `perform`, where the memory has a bound that the caller names. Raises MemoryError."""
    path = str(job.path)
    parts: list[Reading | Failure | OwnTable] = []
    try:
        parts.extend(_part(found, job) for found in read_each(job.path, job.limits))
    except (InputError, OSError, UnicodeError) as error:
        parts.append(failure(path, error))
    own = (path, _shown(path))
    container = any(_path(part) not in own for part in parts)
    return Outcome(tuple(parts), container, hash_of(job.path) if container else "")


def _part(found: Document | Unread, job: Job) -> Reading | Failure | OwnTable:
    if isinstance(found, Unread):
        return failure(found.path, found.error)
    if _is_own_table(found, job.path):
        return OwnTable(found.source.path)
    from policylib.extract import analyse

    if little := _little_text(found.text):
        found = replace(found, problems=(little, *found.problems))
    return Reading(found, analyse(found, tables_of(job.overlay, job.engine)))


def _little_text(text: str) -> Problem | None:
    """The problem of a file that holds one byte, or less than a title: most of the paper is missing."""
    found = sum(1 for _ in islice(_HANZI.finditer(text), FEW))
    if found == FEW:
        return None
    return Problem(
        LITTLE_TEXT, f"只有{f'几个字（{found} 个汉字）' if found else '几个字符，没有汉字'}，请核对文件是否完整"
    )


def _is_own_table(document: Document, path: Path) -> bool:
    """Whether one of the first rows heads a table of policylib, also one that was sent to a file of text, or the text
    is what it says on the screen. A workbook in an archive is known by its whole head."""
    heads = [_cells(block, document.text) for block in islice(document.blocks, HEAD_ROWS)]
    marked = document.source.reader == "xlsx" and document.source.path == str(path) and made_by_us(path)
    said = document.source.reader == "txt" and is_own_text(document.text)
    return said or any(is_own_head(cells, marked) for cells in heads if len(cells) > 1)


def _cells(block: Block, text: str) -> list[str]:
    return [span.of(text) for span in block.cells] or _BETWEEN.split(block.span.of(text)[:_HEAD_LENGTH])


def heads_own_table(line: str, marked: bool) -> bool:
    """Whether a line of text, its cells parted by tabs or commas, heads a table of policylib."""
    cells = _BETWEEN.split(line[:_HEAD_LENGTH])
    return len(cells) > 1 and is_own_head(cells, marked)


def made_by_us(path: Path) -> bool:
    """Whether the properties of a workbook name policylib as its creator."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as part:
            return f">{CREATOR}</dc:creator>".encode() in part.read(_PROPERTIES)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False


def _path(part: Reading | Failure | OwnTable) -> str:
    return part.document.source.path if isinstance(part, Reading) else part.path


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def failure(path: str, error: InputError | OSError | UnicodeError) -> Failure:
    """The error of a file, in words for staff."""
    shown = _shown(path)
    if isinstance(error, InputError):
        return Failure(shown, error.code, error.message.removeprefix(f"{path}："), error.remedy)
    if isinstance(error, FileNotFoundError):
        return failure(path, missing(Path(path)))
    if isinstance(error, OSError):
        return Failure(shown, "UNREADABLE", f"无法打开（{cause(error, '读取')}）", "请核对权限，或关闭正在使用它的程序")
    return Failure(shown, "ENCODING", "文件名或正文里有不成字的编码", "请改用普通文件名，或重新下载、另存一份")


def _shown(path: str) -> str:
    """A path as it can be stored and printed: bytes that are no text in their encoding become a mark."""
    return path.encode(errors="replace").decode()
