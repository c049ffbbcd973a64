"""OpenDocument packages: their parts, opened with care, and what their styles hide."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from policylib.errors import DamagedFile, EncryptedFile
from policylib.readers.docx_numbering import Node, attribute, child, children, local
from policylib.readers.guard import ZIP_FAULTS, Limits, check_package, over_bounds

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Package:
    """The roots of content.xml and styles.xml; the second may be missing."""

    content: Node
    styles: Node | None

    def body(self, kind: str) -> Node:
        """The element of office:body that holds the document."""
        body = child(child(self.content, "body"), kind)
        return self.content if body is None else body

    def all_styles(self) -> Iterator[Node]:
        """The styles of the office:styles and office:automatic-styles of both parts."""
        for root in (self.styles, self.content):
            for group in root if root is not None else ():
                if local(group) in ("styles", "automatic-styles"):
                    yield from group

    def hidden_styles(self) -> frozenset[str]:
        """The styles whose text, paragraphs or sheets are not shown, themselves or by the style that they rest on."""
        own: dict[str, str] = {}
        parents: dict[str, str] = {}
        for style in self.all_styles():
            if local(style) != "style":
                continue
            name = attribute(style, "name")
            parents[name] = attribute(style, "parent-style-name")
            for properties in style:
                if local(properties) in ("text-properties", "table-properties", "section-properties"):
                    own[name] = attribute(properties, "display", own.get(name, ""))
        return frozenset(name for name in parents if _inherited(name, own, parents) in ("none", "false"))


def _inherited(name: str, own: dict[str, str], parents: dict[str, str]) -> str:
    for _ in range(len(parents)):
        if own.get(name) or name not in parents:
            break
        name = parents[name]
    return own.get(name, "")


def open_package(data: bytes, path: str, limits: Limits) -> Package:
    """The parts of an OpenDocument file. Raises DamagedFile, EncryptedFile, TooLarge."""
    check_package(data, path, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise EncryptedFile(f"{path}：文件有密码，无法读取", "请另存为无密码文件")
            content = etree.fromstring(archive.read("content.xml"), PARSER)
            styles = etree.fromstring(archive.read("styles.xml"), PARSER) if "styles.xml" in names else None
    except (*ZIP_FAULTS, KeyError, etree.LxmlError) as error:
        damaged = DamagedFile(f"{path}：不是完整的 ODF 文档", "请重新下载，或用 WPS、LibreOffice 打开后另存")
        raise over_bounds(error, path) or damaged from error
    return Package(content, styles)


def repeats(node: Node, name: str, most: int) -> int:
    """How often a cell, row or space stands for itself: an attribute such as number-columns-repeated, bounded."""
    text = attribute(node, name, "1")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def headers(styles: Node | None) -> Iterator[Node]:
    """The running heads and feet of all page styles."""
    for masters in children(styles, "master-styles"):
        for page in children(masters, "master-page"):
            for node in page:
                if local(node).startswith(("header", "footer")) and attribute(node, "display", "true") != "false":
                    yield node
