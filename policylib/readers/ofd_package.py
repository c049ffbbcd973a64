"""The parts of an OFD package: found by the paths that its writers give, parsed though their marks are broken.

Real packages have backslashes, wrong case, absolute paths and GBK names; parts without a namespace, with prefixes that
nobody declared (`<:eInvoice xmlns:="">` in 5 of 67 files), and a byte order mark before the declaration.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from policylib.errors import DamagedFile, EncryptedFile, TooLarge
from policylib.readers.encoding import decode
from policylib.readers.guard import ZIP_FAULTS, Limits, check_package, refuse_declarations

Node = etree._Element
ENTRY = "OFD.xml"
ENCRYPTED_ENTRY = "encryptions.xml"
UTF8_NAME = 0x800  # flag of a zip member whose name is UTF-8; without it the name is in the code page of the writer
BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """The tree of a part, its path in the package, and whether marks were lost in reading it."""

    path: str
    root: Node
    damaged: bool = False


class Package:
    """An opened package. Raises DamagedFile, EncryptedFile or TooLarge for one that cannot be read safely."""

    def __init__(self, data: bytes, path: str, limits: Limits) -> None:
        check_package(data, path, limits)
        self.path, self.limits, self.parsed = path, limits, 0
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.names: dict[str, zipfile.ZipInfo] = {}
        for member in self.archive.infolist():
            name = normal(_name(member))
            self.names.setdefault(name, member)
            self.names.setdefault(name.casefold(), member)
        if ENCRYPTED_ENTRY in self.names:
            raise EncryptedFile(f"{path}：OFD 已加密（Encryptions.xml），无法读取", "请用原阅读器另存为未加密的文件")

    def locate(self, base: str, location: str) -> str | None:
        """The path of the part that `base` calls `location`; None where there is none.

        A path is relative to the part that names it; some writers mean the root of the package and leave out the slash.
        """
        wanted = location.strip().replace("\\", "/")
        folder = base.rpartition("/")[0]
        for candidate in (
            (normal(wanted),) if wanted.startswith("/") else (normal(f"{folder}/{wanted}"), normal(wanted))
        ):
            for name in (candidate, candidate.casefold()):
                if name in self.names:
                    return name
        return None

    def part(self, base: str, location: str) -> Part | None:
        """The part that `base` calls `location`; None where it is missing or no XML at all."""
        found = self.locate(base, location) if location.strip() else None
        if found is None:
            return None
        data = self.bytes(found)
        self.parsed += len(data)
        if self.parsed > self.limits.total_bytes:
            raise TooLarge(
                f"{self.path}：各页反复引用的内容超过安全上限 {self.limits.total_bytes} 字节，疑为炸弹文件",
                "请核对来源",
            )
        refuse_declarations(data, self.path)
        return _parsed(data.lstrip(BEFORE_MARKUP), found)

    def bytes(self, name: str) -> bytes:
        """The bytes of a part that `locate` found."""
        try:
            return self.archive.read(self.names[name])
        except ZIP_FAULTS as error:
            raise DamagedFile(f"{self.path}：文件不完整或已损坏，无法解包", "请重新下载") from error


def normal(path: str) -> str:
    """A path without backslashes, empty steps, `.` and `..`; one that leaves the package ends at its root."""
    steps: list[str] = []
    for step in path.replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member: what zipfile takes for code page 437 is GBK in packages that were made in China."""
    if member.flag_bits & UTF8_NAME or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _parsed(data: bytes, path: str) -> Part | None:
    """A part, first strictly, then with whatever can be saved. Prefixes that nobody declared cost nothing."""
    try:
        return Part(path, etree.fromstring(data, _parser()))
    except etree.XMLSyntaxError:
        pass
    parser = _parser(recover=True, encoding="utf-8")
    try:
        root = etree.fromstring(decode(data).text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    return Part(path, root, any(error.domain_name != "NAMESPACE" for error in parser.error_log))


def _parser(recover: bool = False, encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        encoding=encoding,
    )


def local(node: Node) -> str:
    """The name of an element without its namespace or prefix."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def children(node: Node | None, *names: str) -> Iterator[Node]:
    """The child elements of these names."""
    return (found for found in (node if node is not None else ()) if local(found) in names)


def child(node: Node | None, name: str) -> Node | None:
    """The first child element of a name."""
    return next(children(node, name), None)


def content(node: Node | None) -> str:
    """The text of an element without margins; "" where there is none."""
    return (node.text or "").strip() if node is not None else ""
