"""Safety limits for files that strangers made: sizes, zip bombs, hostile XML.

Every reader goes through this module before it hands bytes to a parser, so that a bad file costs a message, never the
machine. The figures are those at which each library was seen to hang, to eat gigabytes, or to lose text silently.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from policylib.errors import DamagedFile, EmptyFile, EncryptedFile, HostileFile, InputError, QueryError, TooLarge

MEGABYTE = 1024 * 1024
CHUNK = 1024 * 1024
ENCRYPTED_FLAG = 0x1
DIRECTORY_END, ENTRY_START = b"PK\x05\x06", b"PK\x01\x02"
DIRECTORY_TAIL = struct.Struct("<10xHLL2x")  # how many members, how many bytes, from which byte
ENTRY = struct.Struct("<28xHHH12x")  # the lengths of a name, of extra fields, of a comment
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError, RuntimeError)
"""What zipfile raises on damaged or hostile archives, seen in 300 mutations of real files."""


_OF_WORKERS = ("seconds", "memory_bytes")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. The defaults let the longest code of law (刑法, 1 MB of XML) pass many times over.

    `seconds` and `memory_bytes` are kept by a worker, a process that can be killed: by `Library.add` alone, and there
    of all but short texts and pages, which are read at once. Whoever reads in his own process (`read`, `peek`) is not
    stopped by them.

    Raises QueryError for a number below 0, and for no time or no memory at all.
    """

    package_bytes: int = 200 * MEGABYTE  # pdf and zip packages: scans are large
    plain_bytes: int = 50 * MEGABYTE  # txt, html
    zip_entries: int = 20_000
    part_bytes: int = 64 * MEGABYTE  # one member of a package, counted while it is unpacked
    total_bytes: int = 512 * MEGABYTE  # all members together
    part_tags: int = 4_000_000  # six million empty paragraphs fit into 0.6 MB of zip
    nesting: int = 2  # containers in containers: a zip in a mail in a zip, a docx in a docx
    members: int = 1_000  # documents in one container
    pages: int = 5_000
    doc_characters: int = 5_000_000  # of a .doc (Word 97-2003) only: its pieces may name one stretch again and again
    doc_pieces: int = 200_000  # of a .doc only; a thousand fast saves leave some thousands
    seconds: int = 300  # `Library.add` only, for one file: thirty scanned pages take half of that
    memory_bytes: int = 2048 * MEGABYTE  # `Library.add` only, for the worker, on systems that can limit it
    sheet_cells: int = 3_000_000  # of a workbook, repeated and empty ones too; a list of 30,000 files has 360,000
    pixels: int = 50_000_000  # of one picture: A3 at 400 dpi has 31 million, and takes 90 MB
    ocr_pages: int = 30  # recognised in one file; a page takes 2 to 5 seconds of a processor
    ruled_paths: int = 20_000  # drawn lines on one page, above which tables are not looked for
    drawn: int = 2_000_000  # characters and objects of one ofd document, whose composites may name each other

    def __post_init__(self) -> None:
        for name in self.__slots__:
            least = 1 if name in _OF_WORKERS else 0
            if (value := getattr(self, name)) < least:
                raise QueryError(f"limits：{name} 应为不小于 {least} 的数，不是 {value}")


DEFAULT_LIMITS = Limits()


def check_size(size: int, allowed: int, path: str) -> None:
    """Nothing, if a file of `size` bytes may be read. Raises EmptyFile, or TooLarge when over the limit."""
    if size == 0:
        raise EmptyFile(f"{path}：文件为空（0 字节）", "请重新下载或向来源单位索取原件")
    if size > allowed:
        raise TooLarge(f"{path}：文件大小 {_megabytes(size)} 超过安全上限 {_megabytes(allowed)}", "请拆分后再读")


def check_package(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Nothing, if a zip package (docx, xlsx, ofd …) is whole, small enough to unpack, and free of DTDs and passwords.

    Raises DamagedFile, EncryptedFile or TooLarge. Declared sizes are not believed: the bytes are counted.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_members(archive, path, limits)
    except ZIP_FAULTS as error:
        raise DamagedFile(f"{path}：文件不完整或已损坏，无法解包", "请重新下载") from error


def check_xml(data: bytes, path: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Nothing, if a document in one XML file may be parsed. Raises DamagedFile or TooLarge."""
    check_size(len(data), limits.plain_bytes, path)
    refuse_declarations(data, path)
    if data.count(b"<") > limits.part_tags:
        raise _too_many_tags("文件", path, limits)


def check_directory(archive: zipfile.ZipFile, path: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Nothing, if the members that a package declares are few and small enough and have no password."""
    members = archive.infolist()
    if len(members) > limits.zip_entries:
        raise TooLarge(f"{path}：压缩包内有 {len(members)} 个文件，超过安全上限 {limits.zip_entries} 个", "请核对来源")
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise EncryptedFile(f"{path}：文件有密码，无法读取", "请另存为无密码文件")
    _check_total(sum(member.file_size for member in members), path, limits)


def member_names(data: bytes) -> list[str]:
    """The names in the directory of a zip package as they stand, in ASCII and what else looks so; none where the
    directory is not plain, for zipfile to read. Made to tell formats: zipfile takes longer to open a paper than to
    unpack it."""
    end = data.rfind(DIRECTORY_END)
    if end < 0 or len(data) - end < DIRECTORY_TAIL.size:
        return []
    count, size, place = DIRECTORY_TAIL.unpack_from(data, end)
    if place + size != end:
        return []
    names = []
    for _ in range(count):
        if place + ENTRY.size > end or data[place : place + 4] != ENTRY_START:
            return []
        name, extra, comment = ENTRY.unpack_from(data, place)
        place += ENTRY.size
        names.append(data[place : place + name].decode("latin-1"))
        place += name + extra + comment
    return names if place == end else []


def _check_members(archive: zipfile.ZipFile, path: str, limits: Limits) -> None:
    check_directory(archive, path, limits)
    total = 0
    for member in archive.infolist():
        total += sum(map(len, _checked_chunks(archive, member, path, limits)))
        _check_total(total, path, limits)


def _check_total(total: int, path: str, limits: Limits) -> None:
    if total > limits.total_bytes:
        raise TooLarge(f"{path}：解压后超过安全上限 {_megabytes(limits.total_bytes)}，疑为压缩炸弹", "请核对来源")


def read_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a member, counted while they are unpacked; XML of the package without DTD and with few enough tags.

    Raises TooLarge, DamagedFile. For a reader that needs some members only, and has called `check_directory`.
    """
    try:
        return b"".join(_checked_chunks(archive, member, path, limits))
    except ZIP_FAULTS as error:
        raise DamagedFile(f"{path}：文件已损坏，{member.filename} 无法解包", "请重新下载") from error


def _checked_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, limits: Limits) -> Iterator[bytes]:
    """The bytes that a member really holds."""
    if member.file_size > limits.part_bytes:
        raise _part_too_large(member, path, limits)
    size = tags = 0
    markup: bool | None = None
    overlap = b""
    for chunk in _chunks(archive, member):
        size += len(chunk)
        if size > limits.part_bytes:
            raise _part_too_large(member, path, limits)
        if markup is None:
            markup = is_package_xml(member.filename, chunk)
        if markup:
            tags += chunk.count(b"<")
            if tags > limits.part_tags:
                raise _too_many_tags(member.filename, path, limits)
            refuse_declarations(overlap + chunk if overlap else chunk, path)
            overlap = chunk[-32:]
        yield chunk


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def is_package_xml(name: str, start: bytes) -> bool:
    """Whether a member is XML of the package itself, not a web page that it carries (altChunk)."""
    return name.lower().endswith((".xml", ".rels", ".vml")) or b"<?xml" in start[:64].replace(b"\0", b"")


def refuse_declarations(xml: bytes, path: str) -> None:
    """Nothing, if there is no <!DOCTYPE and no <!ENTITY, in any encoding. Raises HostileFile.

    No word processor writes them into a package; they serve to read other files or to blow up a small one.
    """
    if b"<" not in xml or b"!" not in xml:
        return
    plain = xml.replace(b"\0", b"") if b"\0" in xml else xml
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise HostileFile(
            f"{path}：文件里有正常公文不会有的内容，可能用来窃取电脑上的其他文件或者拖垮电脑，没有读",
            "来历不明的不要打开；确是本单位的文件，请用办公软件另存后再试",
        )


def too_deep(path: str) -> DamagedFile:
    return DamagedFile(f"{path}：表格或标记嵌套过深，无法读取", "请用办公软件另存后再试")


def over_bounds(error: BaseException, path: str) -> InputError | None:
    """What is said of XML that libxml2 or Python gave up because it is nested too deep (256 elements), or because one
    text in it is too long (10 MB); None for any other fault."""
    if isinstance(error, RecursionError) or "Excessive depth" in str(error):
        return too_deep(path)
    if "too long" in str(error):
        return TooLarge(f"{path}：有一段文字超过安全上限 10 MB，疑为炸弹文件", "请核对来源，或用办公软件拆分后再试")
    return None


def _too_many_tags(where: str, path: str, limits: Limits) -> TooLarge:
    return TooLarge(f"{path}：{where} 内的标记多于 {limits.part_tags} 个，疑为炸弹文件", "请核对来源")


def _part_too_large(member: zipfile.ZipInfo, path: str, limits: Limits) -> TooLarge:
    return TooLarge(
        f"{path}：内部文件 {member.filename} 解压后超过安全上限 {_megabytes(limits.part_bytes)}，疑为压缩炸弹",
        "请核对来源",
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:g} MB" if size % MEGABYTE == 0 else f"{size / MEGABYTE:.1f} MB"
