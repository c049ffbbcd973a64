"""Word documents in one XML file: Word 2003 XML, which is often renamed .doc, and flat OPC, a docx without its zip.

Both go the way of docx. A flat package is packed again; the elements of 2003 are given the names of docx where those
differ, and then walked by local name.
"""

from __future__ import annotations

import base64
import binascii
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from policylib.errors import DamagedFile
from policylib.model.document import Document, Source
from policylib.readers import docx
from policylib.readers.docx_numbering import Node, Numbering, attribute, child, children, local, parted
from policylib.readers.docx_styles import headings, hidden
from policylib.readers.docx_walk import Walk
from policylib.readers.guard import Limits, check_xml, over_bounds
from policylib.readers.layout import Line, compose, running_heads
from policylib.readers.metadata import with_metadata

REVISIONS = {"Word.Insertion": "ins", "Word.Deletion": "del"}
"""aml:annotation by its type → the element of docx that is read alike."""
NOTES = ("footnote", "endnote")
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a Word XML file. Raises DamagedFile, TooLarge, NoTextLayer. Problems as for docx."""
    check_xml(data, source.path, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.strip(), parser)
        if local(root) == "package":
            return docx.read(_packed(root), source, limits)
        return _read_2003(root, source)
    except (etree.LxmlError, ValueError, binascii.Error, RecursionError) as error:
        damaged = DamagedFile(
            f"{source.path}：不是完整的 Word XML 文档", "请重新下载，或用 WPS、Word 打开后另存为 .docx"
        )
        raise over_bounds(error, source.path) or damaged from error


def _packed(root: Node) -> bytes:
    """The zip of a flat package."""
    types = etree.Element(f"{{{CONTENT_TYPES}}}Types")
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in children(root, "part"):
            name = attribute(part, "name")
            if not name.strip("/"):
                continue  # damaged: no other part can name it
            etree.SubElement(
                types, f"{{{CONTENT_TYPES}}}Override", PartName=name, ContentType=attribute(part, "contentType")
            )
            archive.writestr(name.lstrip("/"), _content(part))
        archive.writestr("[Content_Types].xml", etree.tostring(types))
    return stream.getvalue()


def _content(part: Node) -> bytes:
    markup, binary = child(part, "xmlData"), child(part, "binaryData")
    if markup is not None and len(markup):
        return etree.tostring(markup[0], encoding="UTF-8", xml_declaration=True, with_tail=False)
    return b"" if binary is None else base64.b64decode(binary.text or "")


class WrittenNumbers(Numbering):
    """The automatic numbers of Word 2003 XML, which each paragraph brings as they were last shown."""

    def label(self, properties: Node | None) -> str:
        """The number of a paragraph, with what parts it from the text; "" for a bullet or none."""
        label = attribute(child(child(properties, "listPr"), "t"), "val").strip()
        return parted(label) if any(character.isalnum() for character in label) else ""


def _read_2003(root: Node, source: Source) -> Document:
    styles, found = child(root, "styles"), child(root, "body")
    body = found if found is not None else root
    notes = list(_prepared(body))
    walk = Walk(WrittenNumbers(), headings(styles), hidden(styles))
    lines = with_metadata([*walk.lines(body)])
    lines.extend(Line("note", line.flat) for note in notes for line in walk.lines(note))
    heads = [node for node in body.iter() if local(node) in ("hdr", "ftr")]
    lines.extend(running_heads(line for node in heads for line in walk.lines(node)))
    return compose(lines, source, walk.problems())


def _prepared(body: Node) -> Iterator[Node]:
    """The notes of a body, which loses them and the comments, and whose revisions are named as in docx."""
    for node in list(body.iter()):
        name, kind, parent = local(node), attribute(node, "type"), node.getparent()
        if name == "annotation" and kind in REVISIONS:
            node.tag = REVISIONS[kind]
        elif name == "content":
            node.tag = "sdtContent"
        elif parent is not None and (name in NOTES or (name == "annotation" and kind == "Word.Comment")):
            parent.remove(node)
            if name in NOTES:
                yield node
