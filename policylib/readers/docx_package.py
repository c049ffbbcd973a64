"""The package around a Word document: its parts by their relations, unpacked one by one as they are asked for.

python-docx unpacks and parses every part to open a package, and that is nearly all the time it takes: its own template
holds 800 KB of styles that a paper does not use.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from lxml import etree

from policylib.errors import DamagedFile
from policylib.readers.docx_numbering import Node, children, local_name
from policylib.readers.guard import ZIP_FAULTS, Limits, check_directory, read_part, refuse_declarations

DOCUMENT = "word/document.xml"  # where every word processor puts it; the relations of the package have the last word


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part of the package by its name, or an address outside. `kind` is the last word of the
    relation's type, the same in strict and transitional files."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An open package. Names of parts are compared without case, as the standard has it."""

    archive: zipfile.ZipFile
    path: str
    limits: Limits
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name.lower() in self.members

    def read(self, name: str) -> bytes:
        """The bytes of a part; none for a part that is not there."""
        member = self.members.get(name.lower())
        return b"" if member is None else read_part(self.archive, member, self.path, self.limits)

    def relations(self, name: str = "") -> dict[str, Relation]:
        """The relations of a part by their ids; without a name those of the package."""
        folder, base = posixpath.split(name)
        root = tree(self.read(posixpath.join(folder, "_rels", f"{base}.rels")), self.path)
        settings = [
            {local_name(key): str(value) for key, value in node.items()} for node in children(root, "Relationship")
        ]
        return {own.get("Id", ""): _relation(own, folder) for own in settings}


def open_package(data: bytes, path: str, limits: Limits) -> Package:
    """A package whose directory is whole. Raises DamagedFile, EncryptedFile, TooLarge."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except ZIP_FAULTS as error:
        raise DamagedFile(f"{path}：文件不完整或已损坏，无法解包", "请重新下载") from error
    check_directory(archive, path, limits)
    members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in archive.infolist()}
    return Package(archive, path, limits, members)


def main_part(package: Package) -> str:
    """The name of the document among the parts; "" for a package that has none."""
    related = (one.target for one in package.relations().values() if one.kind == "officeDocument" and not one.external)
    return next((name for name in (*related, DOCUMENT) if package.has(name)), "")


def tree(data: bytes, path: str) -> Node | None:
    """The root of a part, without comments; None for an empty part. Raises DamagedFile for a DTD, etree.LxmlError."""
    if not data:
        return None
    refuse_declarations(data, path)  # again: the first look knows parts by their names
    return etree.fromstring(data, _parser())


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def related(relations: dict[str, Relation], *kinds: str) -> Iterator[str]:
    """The names of the parts that stand in one of these relations."""
    return (one.target for one in relations.values() if one.kind in kinds and not one.external)


def _relation(own: dict[str, str], folder: str) -> Relation:
    target, external = own.get("Target", ""), own.get("TargetMode") == "External"
    if not external:
        target = _place(target.replace("\\", "/"), folder)
    return Relation(own.get("Type", "").rpartition("/")[2], target, external)


def _place(target: str, folder: str) -> str:
    """The name in the package of a part that is named from a folder: styles.xml, ../custom/item1.xml, /word/a.xml."""
    if "/." in f"/{target}" or "//" in f"/{target}/":
        return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return f"{folder}/{target}" if folder else target
