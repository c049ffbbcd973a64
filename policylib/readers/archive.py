"""Archives: zip, and rar where a tool for it is installed. Members are read in memory, each a document of its own.

Nothing is written, no path of a member is believed, no declared size either: bytes are counted as they are unpacked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from stat import S_ISLNK
from typing import Any, Protocol

from policylib.errors import DamagedFile, EncryptedFile, InputError, MissingDependency, TooLarge, UnsupportedFormat
from policylib.model.document import Document, Problem, Source
from policylib.readers import Unread, read_member
from policylib.readers.guard import CHUNK, ENCRYPTED_FLAG, MEGABYTE, ZIP_FAULTS, Limits
from policylib.readers.names import NAME_LEADS_OUT, is_document, unused

UTF8_FLAG = 0x800
LOST = "\N{REPLACEMENT CHARACTER}"
HANZI = frozenset(map(chr, range(0x4E00, 0xA000)))
_NAME_SHOWN = 100  # characters of a name that a message repeats
RESOURCE_FORKS = "__MACOSX"  # what macOS puts beside each file
Faults = tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """How archives of a kind differ: the names of members, which of them only lead to others, what reading one raises,
    what it raises where the program that unpacks is missing, and which go on in a further volume."""

    name_of: Callable[[Any], str]
    is_link: Callable[[Any], bool]
    faults: Faults
    no_program: Faults = ()
    goes_on: Callable[[Any], bool] = lambda member: False


class Archive(Protocol):
    """What zipfile and rarfile have in common."""

    def infolist(self) -> Sequence[Any]: ...

    def open(self, member: Any) -> Any: ...


def read_each(data: bytes, source: Source, limits: Limits, depth: int) -> Iterator[Document | Unread]:
    """The documents of an archive, in its order, each with the path `包.zip/目录/通知.docx`.

    A member that cannot be read is `Unread`; so is the rest of an archive that goes over a limit. What is no document
    by its name (programs, pictures, hidden files) is passed over. Raises DamagedFile, EncryptedFile, TooLarge,
    MissingDependency.
    """
    if depth >= limits.nesting:
        raise TooLarge(
            f"{source.path}：压缩包里套压缩包，超过安全上限 {limits.nesting} 层", "请先解压外层，再读其中的文件"
        )
    archive, kind = _rar(data, source.path) if source.reader == "rar" else _zip(data, source.path)
    with archive:
        yield from _members(archive, kind, source.path, limits, depth)


def _zip(data: bytes, path: str) -> tuple[zipfile.ZipFile, Kind]:
    try:
        return zipfile.ZipFile(BytesIO(data)), Kind(_zip_name, _is_zip_link, ZIP_FAULTS)
    except ZIP_FAULTS as error:
        raise _damaged(path) from error


def _rar(data: bytes, path: str) -> tuple[Any, Kind]:
    try:
        import rarfile
    except ImportError as error:
        raise MissingDependency(
            f"{path}：读取 rar 压缩包要另装组件", '请运行 pip install "policylib[archive]"，或先解压'
        ) from error
    kind = Kind(
        lambda member: str(member.filename),
        lambda member: bool(member.is_symlink()),
        (rarfile.Error, *ZIP_FAULTS),
        (rarfile.RarCannotExec,),
        lambda member: bool(member.flags & rarfile.RAR_FILE_SPLIT_AFTER),
    )
    try:
        archive = rarfile.RarFile(BytesIO(data))
        locked = archive.needs_password() and not archive.infolist()
    except rarfile.NeedFirstVolume as error:
        raise _in_volumes(path) from error
    except kind.no_program as error:  # for the remark of an archive, which is packed too
        raise _no_program(path) from error
    except kind.faults as error:
        raise _damaged(path) from error
    if locked:
        raise _locked(path)
    return archive, kind


def _members(archive: Archive, kind: Kind, source: str, limits: Limits, depth: int) -> Iterator[Document | Unread]:
    given, left = 0, limits.total_bytes
    for member, name in _documents(archive, kind):
        path = f"{source}/{name}"
        if given >= limits.members or not left:
            yield Unread(source, _too_much(source, limits))
            return
        try:
            data = _unpacked(archive, member, kind, path, min(left, limits.package_bytes))
        except InputError as error:
            given, left = given + 1, 0 if isinstance(error, TooLarge) and left < limits.package_bytes else left
            yield Unread(path, error)
            continue
        left -= len(data)
        for found in read_member(data, path, limits, depth + 1):
            given += 1
            yield _told(found, kind.name_of(member), name)
    if not given:
        raise DamagedFile(f"{source}：压缩包里没有可读的文件", "请核对来源")


def _documents(archive: Archive, kind: Kind) -> Iterator[tuple[Any, str]]:
    """The members that may be documents, each with a name that leads nowhere else and that none before it has."""
    taken: set[str] = set()
    for member in archive.infolist():
        name = _safe(kind.name_of(member))
        folder = member.filename != "" and member.is_dir()  # which fails where a damaged archive has no name
        if (
            folder
            or kind.is_link(member)
            or name.startswith(RESOURCE_FORKS)
            or not is_document(name.rpartition("/")[2] or ".")
        ):
            continue
        yield member, unused(name, taken)


def _unpacked(archive: Archive, member: Any, kind: Kind, path: str, allowed: int) -> bytes:
    """The bytes of a member, at most as many as are allowed."""
    if _is_locked(member):
        raise _locked(path)
    if kind.goes_on(member):
        raise _in_volumes(path)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise TooLarge(f"{path}：解压后超过安全上限 {allowed} 字节，疑为压缩炸弹", "请核对来源")
                pieces.append(chunk)
    except kind.no_program as error:
        raise _no_program(path) from error
    except kind.faults as error:
        raise DamagedFile(f"{path}：压缩包里的这个文件已损坏，无法解出", "请重新下载") from error
    return b"".join(pieces)


def _is_zip_link(member: zipfile.ZipInfo) -> bool:
    """Whether a member is nothing but the name of another, as Unix keeps links."""
    return S_ISLNK(member.external_attr >> 16)


def _is_locked(member: Any) -> bool:
    return bool(member.flag_bits & ENCRYPTED_FLAG) if hasattr(member, "flag_bits") else bool(member.needs_password())


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The name of a member. Where the archive does not say that it is UTF-8, Chinese Windows wrote GBK, which zipfile
    reads as code page 437; the GBK of a few words (通知) is good UTF-8 too, so that must have hanzi to be believed."""
    if member.flag_bits & UTF8_FLAG or member.filename.isascii():
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    readings = [raw.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    fits = (one for one in readings if LOST not in one and any(character in HANZI for character in one))
    return next(fits, member.filename)


def _safe(name: str) -> str:
    """A member's name without what leads out of the archive: ../, C:\\, a leading /."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))


def _told(found: Document | Unread, original: str, name: str) -> Document | Unread:
    """The same, with a word on a name that leads out of the archive: programs that unpack may follow it."""
    parts = original.replace("\\", "/").split("/")
    leads_out = not parts[0] or ".." in parts or any(part.endswith(":") for part in parts)
    if isinstance(found, Unread) or not leads_out:
        return found
    shown = original[:_NAME_SHOWN]
    problem = Problem(
        NAME_LEADS_OUT,
        f"压缩包里写的文件名“{shown}”指向压缩包以外，已按“{name}”读入；来历不明的压缩包请不要解压",
    )
    return replace(found, problems=(problem, *found.problems))


def _too_much(path: str, limits: Limits) -> TooLarge:
    return TooLarge(
        f"{path}：压缩包内的文件超过安全上限（{limits.members} 个，{limits.total_bytes // MEGABYTE} MB），其余未读",
        "请先解压，再读其中的文件",
    )


def _in_volumes(path: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"{path}：这是分卷压缩包中的一卷，单独一卷读不出", "请把各卷放在同一文件夹，解压后再读其中的文件"
    )


def _no_program(path: str) -> MissingDependency:
    return MissingDependency(f"{path}：没有能解 rar 的程序", "请安装 unar、7-Zip 或 unrar 之一，或先解压")


def _locked(path: str) -> EncryptedFile:
    return EncryptedFile(f"{path}：压缩包有密码，无法读取", "请先用密码解压，再读其中的文件")


def _damaged(path: str) -> DamagedFile:
    return DamagedFile(f"{path}：压缩包不完整或已损坏，无法解包", "请重新下载")
