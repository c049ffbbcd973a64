"""The real files that `readers.py` reads, each with what is known of it. Nothing here uses a reader of the library,
except that the same sample paper in five formats is measured against its docx."""

from __future__ import annotations

import email
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import policylib
from policylib.model import Document
from tests.readers.page_truth import Truth, page_truth
from tests.readers.truth import bare

TEXT_BAR, SCAN_BAR = 0.995, 0.97
PAGE_NUMBER = re.compile(r"[-—\s]*\d+[-—\s]*")
PASSAGE = 12  # characters that occur once in a paper


@dataclass(frozen=True, slots=True)
class Sample:
    """A file; its truth, where it is known; its title, number and date; or the code with which it must be refused."""

    path: Path
    format: str
    truth: Truth | None = None
    permitted: tuple[str, ...] = ()
    labels: dict[str, Any] = field(default_factory=dict)
    bar: float = TEXT_BAR
    refused: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def samples(data: Path) -> list[Sample]:
    """Every file at hand, in the order of the collections. What is absent is left out."""
    labels = {row["file"]: row for row in _rows(data / "gold" / "meta.jsonl")}
    found = [sample for collection in COLLECTIONS for sample in collection(data)]
    return [_labelled(sample, data, labels) for sample in found if sample.path.is_file()]


def _labelled(sample: Sample, data: Path, labels: dict[str, dict[str, Any]]) -> Sample:
    row = sample.labels or labels.get(sample.path.relative_to(data).as_posix(), {})
    title = row.get("title")
    if not title or sample.truth is None:
        return replace(sample, labels=row)
    printed = alike(title) in alike(sample.truth.text + sample.truth.around)
    return replace(sample, labels=row if printed else {**row, "title": None}, permitted=(*sample.permitted, title))


def alike(title: str) -> str:
    """A title as a database and the paper may both write it: without 《》 and quotation marks, widths made one."""
    return bare(unicodedata.normalize("NFKC", title).translate(MARKS))


MARKS = str.maketrans("", "", '《》〈〉<>“”"')


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


# The collections ------------------------------------------------------------------------------------------------


def derived(data: Path) -> Iterator[Sample]:
    """Papers laid out as docx and converted; their text is that of the page from which they were made."""
    labels = {row["file"]: row for row in _rows(data / "gold" / "meta.jsonl")}
    for row in _rows(data / "derived_binaries" / "index.jsonl"):
        known = labels.get(row["gold_file"], {})
        body = _page(_body_of(data / row["gold_file"]))
        truth = Truth(body.text, body.paragraphs)  # the tables were lost: each cell became a paragraph
        top = tuple(_table_on_top(known)) if row["variant"].startswith("metadata table") else ()
        for suffix in row["formats"]:
            path = data / "derived_binaries" / f"{row['base']}.{suffix}"
            sample = Sample(path, suffix, truth, top, known)
            yield _scan(sample) if suffix == "scan.pdf" else sample


def _table_on_top(labels: Mapping[str, Any]) -> Iterator[str]:
    """What stands in the table that was put above the text, where its rows are not taken for metadata."""
    yield from ("索引号", "发文机关", "发文字号", "成文日期", *(labels.get("issuers") or ()))
    yield from filter(None, map(labels.get, ("index_number", "doc_number", "written_date")))


def _scan(sample: Sample) -> Sample:
    """A scan has three pages at most: the truth ends where they end in its twin with text."""
    import pypdfium2

    truth = sample.truth
    assert truth
    scan, twin = sample.path, sample.path.with_name(sample.path.name.replace(".scan", ""))
    labels = dict(sample.labels)
    with pypdfium2.PdfDocument(scan) as pictures, pypdfium2.PdfDocument(twin) as pages:
        if len(pictures) < len(pages):
            text, last = bare(truth.text), bare(pages[len(pictures) - 1].get_textpage().get_text_range())
            passages = {last[start : start + PASSAGE] for start in range(len(last) - PASSAGE + 1)}
            end = max(text.find(passage) + PASSAGE for passage in passages if text.count(passage) == 1)
            truth = Truth(text[:end], tuple(one for one in truth.paragraphs if one in text[:end]))
            labels.pop("written_date", None)  # it stands at the end of the paper
    return replace(sample, format="scan", truth=truth, labels=labels, bar=SCAN_BAR)


def _body_of(path: Path) -> Path:
    """gov.cn pages have a twin with the body alone."""
    twin = path.parents[1] / "content_html" / path.name
    return twin if twin.is_file() else path


def _page(path: Path, whole: bool = False) -> Truth:
    return page_truth(path.read_text(encoding="utf-8"), whole)


def pages(data: Path) -> Iterator[Sample]:
    for folder in ("govcn_2019/html", "wanxiang_lawdb/fulltext_html", "guangzhou_tianhe/html"):
        for path in sorted((data / folder).glob("*.html")):
            body = _page(_body_of(path))
            yield Sample(path, "html", replace(body, around=_page(path, whole=True).text))


def plain_texts(data: Path) -> Iterator[Sample]:
    for folder in ("customs_gacc/text", "customs_gacc/interpretations", "web_excerpts"):
        for path in sorted((data / folder).glob("*.txt")):
            yield Sample(path, "txt", Truth(path.read_text(encoding="utf-8")))


def statutes(data: Path) -> Iterator[Sample]:
    """docx that hold a web page (altChunk), and the prints of the same page."""
    for path in sorted((data / "real_binaries").glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            mail = email.message_from_bytes(package.read("word/afchunk.mht"))
        part = next(part for part in mail.walk() if part.get_content_type() == "text/html")
        truth = page_truth(part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8"))
        yield Sample(path, "docx", truth)
        yield Sample(path.with_suffix(".pdf"), "pdf", truth)


def untold(data: Path) -> Iterator[Sample]:
    """Files of which nobody has written down what they say; a letter in ofd is measured against ofdkit where it is
    installed. Invoices are not: every library reads their boxes in an order of its own."""
    for path in sorted((data / "real_binaries").glob("*")):
        if path.suffix == ".doc" or path.name.startswith("GB-"):
            yield Sample(path, "scan" if path.suffix == ".pdf" else "doc", bar=SCAN_BAR)
    for folder, known in (("real_binaries", False), ("format_samples", True)):
        for path in sorted((data / folder).glob("*.ofd")):
            yield Sample(path, "ofd", _by_ofdkit(path) if known else None)


def _by_ofdkit(path: Path) -> Truth | None:
    try:
        import ofdkit  # type: ignore[import-not-found]
    except ModuleNotFoundError:
        return None
    lines = ofdkit.extract_text(path).splitlines()
    return Truth("\n".join(line for line in lines if not PAGE_NUMBER.fullmatch(line)))


def format_samples(data: Path) -> Iterator[Sample]:
    """Made by hand for the hard features of each format, and to do harm."""
    folder = data / "format_samples"
    known = json.loads((folder / "truth.json").read_text(encoding="utf-8")) if folder.is_dir() else {}
    for name, told in known.items():
        yield Sample(folder / name, "image", Truth("".join(told["lines"])), bar=SCAN_BAR)
    if (folder / "gw.docx").is_file():
        document = policylib.read(folder / "gw.docx")
        for suffix, changes in CONVERTED.items():
            yield Sample(folder / f"gw.{suffix}", suffix, _twin(document, changes))
    if (folder / "gazette_seq.pdf").is_file():
        truth = Truth(_columns(folder / "gazette_seq.pdf"))
        heads = ("淄博市人民政府公报2017年第3期",)
        yield from (Sample(folder / name, "pdf", truth, heads) for name in ("gazette.pdf", "gazette_seq.pdf"))
    yield Sample(folder / "html_as.doc", "html", Truth("淄政办发〔2017〕17号废止"))
    yield Sample(folder / "mht_as.doc", "mht", Truth("淄政办发〔2017〕17号废止"))
    yield Sample(folder / "xml2003.doc", "xml 2003", Truth("淄政办发〔2017〕17号"))
    yield Sample(folder / "dim.xlsx", "xlsx", Truth("文号淄科发〔2012〕8号"))
    yield Sample(folder / "corner.xlsx", "xlsx", Truth("文号角落"))
    for name, code in REFUSED.items():
        yield Sample(folder / name, "refused", refused=code)


REFUSED = {
    "enc.docx": "ENCRYPTED",
    "gw_enc_user.pdf": "ENCRYPTED",
    "laugh.docx": "DAMAGED",
    "xxe.docx": "DAMAGED",
    "gw_notounicode.pdf": "GARBLED",
}


CONTROL = "（块级内容控件：此件公开发布）"
DATE = ("鲁办发〔2016〕43号", "11/22/26")
CONVERTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "doc": (DATE, (CONTROL, CONTROL * 4)),
    "odt": (DATE,),
    "rtf": (DATE, (CONTROL, CONTROL * 4), ("淄博市科学技术局文件", "")),
    "pdf": (DATE, ("原文件同时", "原文件继续有效同时")),
}
"""What the office program made of the sample paper in docx: a field anew, a content control four times, the text box of
the red head lost, deleted text printed. The files say so; it is not for a reader to undo."""


def _twin(document: Document, changes: Iterable[tuple[str, str]]) -> Truth:
    """What another format of the same paper must say."""
    rows = [tuple(bare(cell.of(document.text)) for cell in block.cells) for block in document.blocks if block.cells]
    text = document.text
    paragraphs = [block.span.of(text) for block in document.blocks if block.kind == "paragraph"]
    for old, new in changes:
        text, paragraphs = text.replace(old, new, 1), [one.replace(old, new) for one in paragraphs]
    return Truth(text, tuple(filter(None, map(bare, paragraphs))), tuple((row, row) for row in rows))


def _columns(path: Path) -> str:
    """The text of a pdf in the order in which it was drawn, which for this sample is the right one."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "".join(leaf.get_textpage().get_text_range() for leaf in document)


COLLECTIONS: tuple[Callable[[Path], Iterator[Sample]], ...] = (
    derived, pages, plain_texts, statutes, untold, format_samples,
)  # fmt: skip
