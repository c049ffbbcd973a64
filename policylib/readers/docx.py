"""Word documents (docx, docm). python-docx opens the package, the walk of `docx_walk` reads it.

What it keeps that other readers lose: text boxes, smart-tag dates, content controls, inserted text, cached fields,
automatic numbers, and whole texts in `altChunk` (31 of 31 statutes of one collection: every library read 0 characters).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import BadZipFile

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from policylib.errors import DamagedFile
from policylib.model.document import Document, Problem, Source
from policylib.readers import html, metadata, mht, sniff, text
from policylib.readers.docx_numbering import Node, attribute, child, children, is_on, local, read_numbering, value_of
from policylib.readers.docx_walk import Walk
from policylib.readers.guard import Limits, check_package, refuse_declarations
from policylib.readers.layout import Line, compose, running_heads

PACKAGE_FAULTS = (
    PythonDocxError,
    OpcError,
    etree.LxmlError,
    BadZipFile,
    KeyError,
    ValueError,
    OSError,
    AttributeError,
    TypeError,
)
"""What python-docx, zipfile and lxml raise on packages that are no Word documents, seen in 300 mutations."""
NESTING = 2  # a chunk may be a docx with chunks; deeper is not seen
HEADING_NAMES = ("heading ", "title", "标题")


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a docx. Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer.

    Problems: TRACKED_CHANGES, HIDDEN_TEXT, ALTCHUNK, MACRO.
    """
    lines, problems = _read(data, source.path, limits, NESTING)
    return compose(lines, source, problems)


def _read(data: bytes, path: str, limits: Limits, depth: int) -> tuple[list[Line], list[Problem]]:
    check_package(data, path, limits)
    try:
        main = Package.open(BytesIO(data)).main_document_part
    except PACKAGE_FAULTS as error:
        raise _no_document(path) from error
    if not isinstance(main, Part):
        raise _no_document(path)
    try:
        return _Reading(main, path, limits, depth).run()
    except RecursionError as error:
        raise DamagedFile(f"{path}: 表格或标记嵌套过深, 无法读取", "请用办公软件另存后再试") from error
    except etree.LxmlError as error:
        raise _no_document(path) from error


def _no_document(path: str) -> DamagedFile:
    return DamagedFile(f"{path}: 不是完整的 Word 文档", "请重新下载, 或用 WPS、Word 打开后另存")


class _Reading:
    """The reading of one package: its parts by the kind of their relation, and the problems met."""

    def __init__(self, main: Part, path: str, limits: Limits, depth: int) -> None:
        self.main, self.path, self.limits, self.depth = main, path, limits, depth
        self.problems: dict[str, Problem] = {}

    def run(self) -> tuple[list[Line], list[Problem]]:
        styles = self._related("styles")
        walk = Walk(
            read_numbering(self._related("numbering"), styles),
            headings(styles),
            hidden_styles(styles),
            self._chunk,
        )
        root = _root(self.main)
        body = child(root, "body")
        lines = metadata.headed([*walk.lines(body if body is not None else root)])
        lines.extend(self._notes(walk))
        lines.extend(running_heads(self._headers(walk, root)))
        found = [*self.problems.values(), *walk.problems()]
        if any(kind == "vbaProject" for kind, _ in _parts(self.main)):
            found.append(Problem("MACRO", "文档含宏, 未执行"))
        return lines, found

    def _related(self, kind: str) -> Node | None:
        part = next((part for found, part in _parts(self.main) if found == kind), None)
        return None if part is None else _root(part)

    def _notes(self, walk: Walk) -> Iterator[Line]:
        """Footnotes, then endnotes, in the order of their references."""
        for kind in ("footnote", "endnote"):
            wanted = list(dict.fromkeys(key for found, key in walk.notes if found == kind))
            root = self._related(f"{kind}s") if wanted else None
            notes = {attribute(note, "id"): note for note in children(root, kind)}
            for key in wanted:
                if key in notes:
                    yield from (Line("note", line.flat) for line in walk.lines(notes[key]))

    def _headers(self, walk: Walk, root: Node) -> Iterator[Line]:
        """What stands in the running heads and feet."""
        used = {attribute(node, "id") for node in root.iter() if local(node) in ("headerReference", "footerReference")}
        for relation in self.main.rels.values():
            if not relation.is_external and relation.rId in used:
                yield from walk.lines(_root(relation.target_part))

    def _chunk(self, relation: str) -> list[Line]:
        """The lines of a part in another format that the document takes in."""
        found = self.main.rels.get(relation)
        if found is None or found.is_external:
            return []
        self.problems["ALTCHUNK"] = Problem("ALTCHUNK", "正文以嵌入网页（altChunk）方式存放, 已读取嵌入部分")
        return self._chunk_lines(found.target_part.blob)

    def _chunk_lines(self, data: bytes) -> list[Line]:
        name = sniff.format_of(data).name
        readers: dict[str, Callable[[], list[Line]]] = {
            "mht": lambda: html.markup_lines(mht.page_of(data) or b""),
            "html": lambda: html.markup_lines(data),
            "txt": lambda: [Line("paragraph", line) for line in text.decode(data)[0].splitlines()],
            "docx": lambda: _read(data, self.path, self.limits, self.depth - 1)[0] if self.depth else [],
        }
        if name not in readers:
            self.problems["ALTCHUNK"] = Problem(
                "ALTCHUNK", f"正文嵌入的{sniff.FORMATS[name].title}未能读取, 文字可能不全"
            )
            return []
        return readers[name]()


def _parts(main: Part) -> Iterator[tuple[str, Part]]:
    """The parts of a document by the last word of their relation's type, the same in strict and transitional files."""
    for relation in main.rels.values():
        if not relation.is_external:
            yield relation.reltype.rpartition("/")[2], relation.target_part


def _root(part: Part) -> Node:
    """The tree of a part. python-docx parses only some; the rest with the same caution."""
    element = getattr(part, "element", None)
    if isinstance(element, etree._Element):
        return element
    refuse_declarations(part.blob, str(part.partname))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part.blob, parser)


def headings(styles: Node | None) -> frozenset[str]:
    """The styles of headings and titles."""
    return frozenset(
        attribute(style, "styleId")
        for style in children(styles, "style")
        if value_of(style, "name").lower().startswith(HEADING_NAMES)
    )


def hidden_styles(styles: Node | None) -> frozenset[str]:
    """The styles whose text is not shown."""
    return frozenset(
        attribute(style, "styleId")
        for style in children(styles, "style")
        if is_on(child(child(style, "rPr"), "vanish"))
    )
