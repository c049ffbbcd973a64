"""Word documents (docx, docm): the parts of the package, walked by `docx_walk`.

What it keeps that other readers lose: text boxes, smart-tag dates, content controls, inserted text, cached fields,
automatic numbers, and whole texts in `altChunk` (31 of 31 statutes of one collection: every library read 0 characters).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from lxml import etree

from policylib.errors import DamagedFile, InputError, TooLarge, UnsupportedFormat
from policylib.model.document import Document, Problem, Source
from policylib.readers import READERS, Reader, html, mht, sniff
from policylib.readers.addresses import absolute
from policylib.readers.docx_numbering import Node, attribute, child, children, read_numbering
from policylib.readers.docx_package import Package, main_part, open_package, related, tree
from policylib.readers.docx_styles import headings, hidden, used
from policylib.readers.docx_walk import Walk
from policylib.readers.docx_writing import LONGEST_OFFICIAL, Writing
from policylib.readers.guard import Limits, over_bounds
from policylib.readers.layout import MACRO, Line, Repeats, compose, lines_of, running_heads
from policylib.readers.metadata import with_metadata


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a docx. Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer.

    Problems: TRACKED_CHANGES, HIDDEN_TEXT, ALTCHUNK, MACRO, DDE.
    """
    lines, problems = _read(data, source, limits, limits.nesting, Repeats())
    return compose(lines, source, problems)


def _read(
    data: bytes, source: Source, limits: Limits, depth: int, repeats: Repeats
) -> tuple[list[Line], list[Problem]]:
    package = open_package(data, source.path, limits)
    try:
        name = main_part(package)
        xml = package.read(name)
        root = tree(xml, source.path)
        if root is None:
            raise _no_document(source.path)
        return _Reading(package, name, source, depth, repeats).run(root, xml)
    except (etree.LxmlError, RecursionError) as error:
        raise over_bounds(error, source.path) or _no_document(source.path) from error


def _no_document(path: str) -> DamagedFile:
    return DamagedFile(f"{path}：不是完整的 Word 文档", "请重新下载，或用 WPS、Word 打开后另存")


class _Reading:
    """The reading of one package: its document, what that refers to, and the problems met."""

    def __init__(self, package: Package, name: str, source: Source, depth: int, repeats: Repeats) -> None:
        self.package, self.source, self.depth, self.repeats = package, source, depth, repeats
        self.relations = package.relations(name)
        self.problems: dict[str, Problem] = {}
        self.followed: set[str] = set()

    def run(self, root: Node, xml: bytes) -> tuple[list[Line], list[Problem]]:
        wide = b"\0" in xml  # UTF-16, in which no name is found
        styles = self._styles(root) if wide or b"pStyle" in xml or b"rStyle" in xml else None
        listed = wide or b"numPr" in xml or styles is not None
        numbering = read_numbering(self._tree("numbering") if listed else None, styles)
        hiding = hidden(styles)
        walk = Walk(
            numbering, headings(styles), hiding, self._chunk, writing=Writing(self._address), repeats=self.repeats
        )
        walk.can_hide = bool(hiding) or wide or b"vanish" in xml
        body = child(root, "body")
        lines = with_metadata([*walk.lines(body if body is not None else root)])
        lines.extend(self._notes(walk))
        if wide or b"headerReference" in xml or b"footerReference" in xml:
            lines.extend(self._headers(walk, root))
        macros = [MACRO] if any(True for _ in related(self.relations, "vbaProject")) else []
        return [*_official(walk.writing.official), *lines], [*self.problems.values(), *walk.problems(), *macros]

    def _part(self, kind: str) -> bytes:
        """The part in this relation to the document."""
        return self.package.read(next(related(self.relations, kind), ""))

    def _tree(self, kind: str) -> Node | None:
        return tree(self._part(kind), self.source.path)

    def _styles(self, root: Node) -> Node | None:
        return tree(used(self._part("styles"), root), self.source.path)

    def _notes(self, walk: Walk) -> Iterator[Line]:
        """Footnotes, then endnotes, in the order of their references."""
        for kind in ("footnote", "endnote"):
            wanted = list(dict.fromkeys(key for found, key in walk.notes if found == kind))
            root = self._tree(f"{kind}s") if wanted else None
            notes = {attribute(note, "id"): note for note in children(root, kind)}
            for key in wanted:
                if key in notes:
                    yield from (replace(line, kind="note", text=line.flat, cells=()) for line in walk.lines(notes[key]))

    def _headers(self, walk: Walk, root: Node) -> list[Line]:
        """Running heads and feet, each text once, without page numbers."""
        used = dict.fromkeys(attribute(node, "id") for node in root.iter("{*}headerReference", "{*}footerReference"))
        names = related({key: self.relations[key] for key in used if key in self.relations}, "header", "footer")
        parts = (tree(self.package.read(name), self.source.path) for name in names)
        return running_heads(line for part in parts if part is not None for line in walk.lines(part))

    def _address(self, relation: str) -> str:
        """Where a link leads: to the web, or to a file that lay beside the document."""
        found = self.relations.get(relation)
        return absolute("", found.target) if found is not None and found.external else ""

    def _chunk(self, relation: str) -> list[Line]:
        """The lines of a part in another format that the document takes in, the first time that it does."""
        found = self.relations.get(relation)
        if found is None or found.external or relation in self.followed:
            return []
        self.followed.add(relation)
        self.problems["ALTCHUNK"] = Problem("ALTCHUNK", "正文以嵌入文件（altChunk）方式存放，已读取嵌入部分")
        try:
            return self._embedded(self.package.read(found.target))
        except InputError as error:
            message = f"正文嵌入的文件未能读取，文字可能不全（{error.message.removeprefix(self.source.path + '：')}）"
            self.problems["ALTCHUNK"] = Problem("ALTCHUNK", message)
            return []

    def _embedded(self, data: bytes) -> list[Line]:
        """The lines of an embedded part: of a page all of it, for it is the text; of others what is read."""
        found = sniff.format_of(data)
        if found.name == "html":
            return html.markup_lines(data, repeats=self.repeats)
        if found.name == "mht":
            pages = (html.markup_lines(page.markup, page.address or "", self.repeats) for page in mht.pages_of(data))
            return next(filter(None, pages), [])
        if found.name == "docx":
            if not self.depth:
                raise TooLarge(f"{self.source.path}：文件嵌入多于安全上限 {self.package.limits.nesting} 层")
            return _read(data, self.source, self.package.limits, self.depth - 1, self.repeats)[0]
        if found.name not in READERS:
            raise UnsupportedFormat(f"{self.source.path}：暂不支持{found.title}")
        reader = cast(Reader, import_module(READERS[found.name]))
        return lines_of(reader.read(data, self.source, self.package.limits))


def _official(fields: dict[str, str]) -> Iterator[Line]:
    """Metadata lines of the official-document fields of WPS; the number is put together of its three parts."""
    code, year, serial = (fields.get(name, "") for name in ("发文机关代字", "年份", "发文顺序号"))
    if code and year and serial:
        yield Line("metadata", f"发文字号：{code}〔{year.strip('〔〕[]')}〕{serial.removesuffix('号')}号")
    for name, value in fields.items():
        if name not in ("发文机关代字", "年份", "发文顺序号") and len(value) <= LONGEST_OFFICIAL:
            yield Line("metadata", f"{name}：{value}")
