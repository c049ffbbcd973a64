"""A Word document with the mark as its first paragraph and in the head of every page; no other part is touched.

The mark stands in each header that the document has. Where a section has none of a kind that its pages use (first
page, even pages), a header with the mark alone is added; what a section takes over from the one before stays so.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from typing import Final

from lxml import etree

from policylib.errors import DamagedFile
from policylib.export.marks import signed
from policylib.readers.docx_numbering import is_on
from policylib.readers.docx_package import Package, main_part, open_package, related, tree
from policylib.readers.guard import DEFAULT_LIMITS, ZIP_FAULTS

STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
HEADER_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEADER: Final = "policylib-mark.xml"
IDENTITY: Final = "policylibMark"
RED: Final = "C00000"
PLAIN: Final[dict[str, str]] = {None: RELATIONS}  # type: ignore[dict-item]  # the stubs know no default namespace
Node = etree._Element


def marked(data: bytes, text: str, path: str) -> bytes:
    """The document with the mark. Raises DamagedFile, EncryptedFile, TooLarge, UnsupportedFormat for a signed one."""
    package = open_package(data, path, DEFAULT_LIMITS)
    if any(name.startswith("_xmlsignatures/") for name in package.members):
        raise signed(path, " Word 文档")
    try:
        parts = _Marking(package, main_part(package), text, path).parts()
    except etree.LxmlError as error:
        raise _no_document(path) from error
    try:
        return _written(data, parts)
    except ZIP_FAULTS as error:
        raise _no_document(path) from error


def _no_document(path: str) -> DamagedFile:
    return DamagedFile(f"{path}：不是完整的 Word 文档，不能标注", "请用 WPS 或 Word 打开后另存，再标")


class _Marking:
    """The parts of one package that the mark changes or adds."""

    def __init__(self, package: Package, name: str, text: str, path: str) -> None:
        self.package, self.name, self.text, self.path = package, name, text, path
        self.root = self._tree(name)
        self.main = etree.QName(self.root).namespace or ""
        self.office = STRICT_OFFICE if self.main == STRICT else OFFICE
        self.relations = package.relations(name)
        self.changed: dict[str, bytes] = {}

    def parts(self) -> dict[str, bytes]:
        """Each part that is not as it was, by its name."""
        body = self.root.find(f"{{{self.main}}}body")
        if body is None:
            raise _no_document(self.path)
        body.insert(0, self._paragraph(24))
        for name in related(self.relations, "header"):
            if self.package.has(name):
                header = self._tree(name)
                header.insert(0, self._paragraph(18))
                self.changed[name] = _xml(header)
        if self._add_references(body):
            self._add_header()
        self.changed[self.name] = _xml(self.root)
        return self.changed

    def _tree(self, name: str) -> Node:
        found = tree(self.package.read(name), self.path)
        if found is None:
            raise _no_document(self.path)
        return found

    def _add_references(self, body: Node) -> bool:
        """Refers to the added header from the first section that uses a kind of header and has taken over none;
        whether any did."""
        have: set[str] = set()
        added = False
        for section in self._sections(body):
            have |= {self._attribute(one, "type") or "default" for one in section.iter(self._w("headerReference"))}
            for kind in self._kinds(section) - have:
                reference = etree.Element(self._w("headerReference"))
                reference.set(self._w("type"), kind)
                reference.set(f"{{{self.office}}}id", IDENTITY)
                section.insert(0, reference)
                have.add(kind)
                added = True
        return added

    def _sections(self, body: Node) -> Iterator[Node]:
        found = list(body.iter(self._w("sectPr")))
        kept = [
            one for one in found if (parent := one.getparent()) is not None and parent.tag != self._w("sectPrChange")
        ]
        if not any(one.getparent() is body for one in kept):
            kept.append(etree.SubElement(body, self._w("sectPr")))
        yield from kept

    def _kinds(self, section: Node) -> set[str]:
        kinds = {"default"}
        title = section.find(self._w("titlePg"))
        if title is not None and is_on(title):
            kinds.add("first")
        if self._even_pages():
            kinds.add("even")
        return kinds

    def _even_pages(self) -> bool:
        name = next(related(self.relations, "settings"), "")
        settings = tree(self.package.read(name), self.path) if name else None
        found = None if settings is None else settings.find(f"{{{self.main}}}evenAndOddHeaders")
        return found is not None and is_on(found)

    def _add_header(self) -> None:
        """The added header, its relation and its content type."""
        folder, _, base = self.name.rpartition("/")
        header = etree.Element(self._w("hdr"), nsmap={"w": self.main})
        header.append(self._paragraph(18))
        self.changed[f"{folder}/{HEADER}" if folder else HEADER] = _xml(header)
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        root = tree(self.package.read(rels), self.path)
        root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap=PLAIN) if root is None else root
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=IDENTITY, Type=f"{self.office}/header", Target=HEADER)
        self.changed[rels] = _xml(root)
        types = self._tree("[Content_Types].xml")
        place = f"/{folder}/{HEADER}" if folder else f"/{HEADER}"
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=place, ContentType=HEADER_TYPE)
        self.changed["[Content_Types].xml"] = _xml(types)

    def _w(self, name: str) -> str:
        return f"{{{self.main}}}{name}"

    def _attribute(self, node: Node, name: str) -> str:
        return node.get(self._w(name), "")

    def _paragraph(self, half_points: int) -> Node:
        """The mark as a paragraph: red, bold, in a frame, whatever the styles of the document are."""
        paragraph = etree.Element(self._w("p"), nsmap={"w": self.main})
        properties = self._under(paragraph, "pPr")
        borders = self._under(properties, "pBdr")
        for side in ("top", "left", "bottom", "right"):
            self._under(borders, side, val="single", sz="12", space="4", color=RED)
        self._under(properties, "spacing", before="0", after="120", line="240", lineRule="auto")
        self._under(properties, "ind", left="0", right="0", firstLine="0", firstLineChars="0")
        self._under(properties, "jc", val="center")
        run = self._under(paragraph, "r")
        looks = self._under(run, "rPr")
        self._under(looks, "rFonts", ascii="SimHei", hAnsi="SimHei", eastAsia="黑体", hint="eastAsia")
        self._under(looks, "b")
        self._under(looks, "color", val=RED)
        self._under(looks, "sz", val=str(half_points))
        self._under(looks, "szCs", val=str(half_points))
        self._under(run, "t").text = self.text
        return paragraph

    def _under(self, parent: Node, name: str, **attributes: str) -> Node:
        node = etree.SubElement(parent, self._w(name))
        for key, value in attributes.items():
            node.set(self._w(key), value)
        return node


def _xml(root: Node) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _written(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with these parts: the others in their order, with their times; new ones at the end."""
    left = {name.lower(): content for name, content in changed.items()}
    names = {name.lower(): name for name in changed}
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as original, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for member in original.infolist():
            key = member.filename.replace("\\", "/").lstrip("/").lower()
            content = left.pop(key, None)
            package.writestr(copy(member), original.read(member) if content is None else content)
        for key, content in left.items():
            package.writestr(zipfile.ZipInfo(names[key], (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
