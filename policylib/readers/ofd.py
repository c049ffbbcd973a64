"""OFD files (GB/T 33190), the fixed layout of Chinese offices: one document or several in a package.

The format is told by files that real programs wrote, because the standard is not to be had freely: 67 of them, of which
five have XML that is not well formed and four are nothing but pictures. Signatures are counted, not verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from policylib.errors import DamagedFile, InputError, NoTextLayer, TooLarge
from policylib.model.document import Document, Problem, Source
from policylib.readers import Unread
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import Line, compose
from policylib.readers.metadata import label_of
from policylib.readers.ofd_lines import printed
from policylib.readers.ofd_package import ENTRY, Node, Package, Part, child, children, content, local
from policylib.readers.ofd_page import POINTS, Box, Budget, Drawing, box_of, draw, units_of
from policylib.readers.page_flow import (
    Page,
    is_struck,
    lines_of_pages,
    names,
    put_in_order,
    reordered,
    struck_text,
    unparted_tables,
    unread_tables,
)
from policylib.readers.page_lines import Glyph
from policylib.readers.pdf_grid import nets_of
from policylib.readers.pdf_tables import tables_of
from policylib.readers.scan_page import ScannedPage
from policylib.readers.scans import recognise
from policylib.readers.sniff import FORMATS, suffix_mismatch

A4: Box = (0.0, 0.0, 210.0, 297.0)  # millimetres
GARBLED = Problem("GARBLED", "OFD 字体编码损坏，读出的文字不可信，请先做文字识别（OCR）或换用原始文件")
HIDDEN_TEXT = Problem("HIDDEN_TEXT", "OFD 内有不显示的文字（设为不可见，或在页面之外），未读入")


@dataclass(slots=True)
class _Page(Page):
    """A page of an OFD. `pictures`: the resources of the pictures on it; `texts`: those of its objects, by ID."""

    pictures: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    unread_table: bool = False
    missing: bool = False


def read_each(data: bytes, source: Source, limits: Limits, depth: int) -> Iterator[Document | Unread]:
    """The document of an OFD, under its own path; where it holds several, each as 文件.ofd/1, 文件.ofd/2 and so on.

    Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer. Problems: SIGNATURE_NOT_VERIFIED, ATTACHMENT_UNREAD,
    PAGE_MISSING, HIDDEN_TEXT, GARBLED, TABLE_UNREAD, COLUMNS_REORDERED, STRUCK_TEXT, EXT_MISMATCH, and those of
    recognition.
    """
    check_size(len(data), limits.package_bytes, source.path)
    package = Package(data, source.path, limits)
    entry = package.part("", ENTRY)
    bodies = list(children(entry.root, "DocBody")) if entry else []
    if not entry or not bodies:
        raise DamagedFile(f"{source.path}：OFD 的入口文件 {ENTRY} 缺失或已损坏", "请重新下载")
    if len(bodies) > limits.members:
        raise TooLarge(f"{source.path}：内有 {len(bodies)} 份文件，超过安全上限 {limits.members} 份", "请核对来源")
    budget = Budget(limits, source.path)
    mismatch = suffix_mismatch(FORMATS["ofd"], source.path)
    for number, body in enumerate(bodies, 1):
        own = source
        if len(bodies) > 1:
            sha256 = hashlib.sha256(data + f"/{number}".encode()).hexdigest()
            own = replace(source, path=f"{source.path}/{number}", sha256=sha256)
        try:
            document = _Reader(package, budget, own).read(entry.path, body)
        except InputError as error:
            if len(bodies) == 1:
                raise
            yield Unread(own.path, error)
            continue
        yield replace(document, problems=(mismatch, *document.problems)) if mismatch else document


class _Reader:
    """Reads one document of a package."""

    def __init__(self, package: Package, budget: Budget, source: Source) -> None:
        self.package, self.budget, self.source = package, budget, source

    def read(self, entry: str, body: Node) -> Document:
        found = self.package.part(entry, content(child(body, "DocRoot")))
        if found is None:
            raise DamagedFile(f"{self.source.path}：OFD 的 Document.xml 缺失或已损坏", "请重新下载")
        if not any(children(holder, "Page") for holder in children(found.root, "Pages")):
            raise DamagedFile(
                f"{self.source.path}：OFD 的入口所指的 {found.path} 里没有列出任何页面，文件已损坏", "请重新下载"
            )
        common = child(found.root, "CommonData")
        resources = self._resources(found, common)
        self.pictures = _pictures_of(resources)
        pages = self._pages(found, common, units_of(part.root for part in resources))
        problems = [*self._signatures(entry, body), *self._attachments(found)]
        scans = recognise(pages, self.package.limits, lambda wanted: self._recognised(pages, wanted))
        if not any(page.lines for page in pages):
            raise NoTextLayer(f"{self.source.path}：{len(pages)} 页均无文字层，可能是扫描件", scans.remedy)
        for page in pages:
            put_in_order(page)
        problems += [
            *scans.problems,
            *_missing([page.index for page in pages if page.missing]),
            *([HIDDEN_TEXT] if any(page.hidden for page in pages) else []),
            *([GARBLED] if scans.garbled else []),
            *unread_tables([page.index for page in pages if page.unread_table and page.index not in scans.pages]),
            *unparted_tables(pages),
            *reordered(pages),
            *struck_text(pages),
        ]
        lines = [*_custom_data(body), *self._tags(found, pages), *lines_of_pages(pages)]
        return compose(lines, self.source, problems)

    def _resources(self, document: Part, common: Node | None) -> list[Part]:
        """The parts that define composites and pictures."""
        places = (content(node) for node in children(common, "PublicRes", "DocumentRes"))
        return [part for place in places if (part := self.package.part(document.path, place))]

    def _pages(self, document: Part, common: Node | None, units: Mapping[str, Node]) -> list[_Page]:
        """The pages, each with the templates that it stands on."""
        limits = self.package.limits
        box = box_of(child(common, "PageArea")) or A4
        templates = {node.get("ID", "").strip(): node.get("BaseLoc", "") for node in children(common, "TemplatePage")}
        named = [node for holder in children(document.root, "Pages") for node in children(holder, "Page")]
        if len(named) > limits.pages:
            raise TooLarge(f"{self.source.path}：共 {len(named)} 页，超过安全上限 {limits.pages} 页", "请拆分后再读")
        pages = []
        for index, node in enumerate(named):
            part = self.package.part(document.path, node.get("BaseLoc", ""))
            if part is None:
                pages.append(_Page(index, round(box[2] * POINTS), [], missing=True))
                continue
            own = box_of(child(part.root, "Area")) or box
            drawings = [draw(part.root, own, self._units(part, units), self.budget)]
            for template in children(part.root, "Template"):
                place = templates.get(template.get("TemplateID", "").strip())
                below = self.package.part(document.path, place) if place else None
                if below:
                    drawings.append(draw(below.root, own, self._units(below, units), self.budget))
            pages.append(self._page(index, own, drawings))
        return pages

    def _units(self, page: Part, units: Mapping[str, Node]) -> Mapping[str, Node]:
        """The composites that a page may name: those of the document, and those that it brings."""
        own = [part for node in children(page.root, "PageRes") if (part := self.package.part(page.path, content(node)))]
        self.pictures |= _pictures_of(own)
        return {**units, **units_of(part.root for part in own)} if own else units

    def _page(self, index: int, box: Box, drawings: Sequence[Drawing]) -> _Page:
        drawn = [glyph for drawing in drawings for glyph in drawing.glyphs]
        on_page = _on_page(drawn, box)
        lines, glyphs = printed(on_page, index + 1)
        page = _Page(index, round(box[2] * POINTS), lines, characters="".join(glyph.text for glyph in glyphs))
        edges = [edge for drawing in drawings for edge in drawing.edges]
        few = len(edges) <= self.package.limits.ruled_paths
        nets = nets_of(edges) if lines and few else []
        tables = tables_of(nets, lines, lambda line: glyphs[slice(*line.place)])
        page.tables = [table for net, table in tables.items() if net.clean]
        page.unread_table = not few or len(page.tables) < len(tables)
        page.struck = few and is_struck(edges, lines)
        page.pictures = [picture for drawing in drawings for picture in drawing.pictures]
        page.picture = not lines and bool(page.pictures or any(drawing.paths for drawing in drawings))
        page.hidden = len(on_page) < len(drawn) or any(drawing.hidden for drawing in drawings)
        for drawing in drawings:
            page.texts |= drawing.texts
        return page

    def _recognised(self, pages: Sequence[_Page], wanted: Sequence[int]) -> Iterator[tuple[int, ScannedPage]]:
        """What the largest picture on each page shows; nothing where it cannot be opened, or letters are drawn."""
        from policylib.readers.image import scanned  # loads Pillow

        for index in wanted:
            files = [data for name in pages[index].pictures if (data := self._picture(name))]
            found = ScannedPage([])
            if files:
                with suppress(InputError):  # a picture that cannot be read is a page without text
                    found = next(scanned(max(files, key=len), self.source.path, self.package.limits), found)
            yield index, replace(found, lines=[line._replace(page=index + 1) for line in found.lines])

    def _picture(self, name: str) -> bytes:
        where = self.pictures.get(name)
        place = self.package.locate(*where) if where else None
        return self.package.bytes(place) if place else b""

    def _tags(self, document: Part, pages: Sequence[_Page]) -> Iterator[Line]:
        """The custom tags whose names are labels of documents (发文字号), with the texts that they point to."""
        texts = {name: text for page in pages for name, text in page.texts.items()}
        for place in children(document.root, "CustomTags"):
            listed = self.package.part(document.path, content(place))
            for tag in children(listed.root, "CustomTag") if listed else ():
                part = self.package.part(listed.path, content(child(tag, "FileLoc"))) if listed else None
                for node in part.root.iter() if part else ():
                    label = label_of(local(node))
                    value = "".join(texts.get(content(one), "") for one in children(node, "ObjectRef")) if label else ""
                    if value:
                        yield Line("metadata", f"{label}：{value}")

    def _signatures(self, entry: str, body: Node) -> Iterator[Problem]:
        listed = self.package.part(entry, content(child(body, "Signatures")))
        count = len(list(children(listed.root, "Signature"))) if listed else 0
        if count:
            yield Problem("SIGNATURE_NOT_VERIFIED", f"文件有 {count} 个电子签章，未作验证，请用版式阅读器核验")

    def _attachments(self, document: Part) -> Iterator[Problem]:
        """Files that are attached, such as the editable 附件 of a notice."""
        listed = self.package.part(document.path, content(child(document.root, "Attachments")))
        found = [node.get("Name", "") for node in children(listed.root, "Attachment")] if listed else []
        if found:
            named = "、".join(name for name in found[:5] if name)
            yield Problem(
                "ATTACHMENT_UNREAD", f"文件内嵌 {len(found)} 个附件（{named}），未读入，请用版式阅读器另存后再读"
            )


def _on_page(drawn: Sequence[Glyph], box: Box) -> Sequence[Glyph]:
    """The characters that are seen on a page of this box: an invoice names its writer once more far below. Where most
    of them lie outside, the box is wrong."""
    width, height = box[2] * POINTS, box[3] * POINTS
    seen = [one for one in drawn if one.right > 0 and one.left < width and one.top > 0 and one.bottom < height]
    return seen if 2 * len(seen) >= len(drawn) else drawn


def _missing(pages: Sequence[int]) -> list[Problem]:
    return [Problem("PAGE_MISSING", f"第 {names(pages)} 页缺失或已损坏，未读入，请重新下载")] if pages else []


def _pictures_of(resources: Sequence[Part]) -> dict[str, tuple[str, str]]:
    """The files of the pictures that resources define, by ID: the part that says so, and how it names the file."""
    found = {}
    for part in resources:
        folder = part.root.get("BaseLoc", "").strip().replace("\\", "/").strip("/")
        for holder in children(part.root, "MultiMedias"):
            for node in children(holder, "MultiMedia"):
                file = content(child(node, "MediaFile"))
                name = f"{folder}/{file}" if folder and not file.startswith("/") else file
                found[node.get("ID", "").strip()] = (part.path, name)
    return found


def _custom_data(body: Node) -> Iterator[Line]:
    """What the package says of the document under a label of documents. Its CreationDate is that of the file."""
    for holder in children(child(body, "DocInfo"), "CustomDatas"):
        for node in children(holder, "CustomData"):
            label, value = label_of(node.get("Name", "")), content(node)
            if label and value:
                yield Line("metadata", f"{label}：{value}")
