"""OpenDocument files made by tests."""

from __future__ import annotations

import zipfile
from io import BytesIO

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
    }.items()
)  # fmt: skip


def package(kind: str, body: str, styles: str = "", parts: str = "", manifest: str = "<manifest/>") -> bytes:
    """A file of this kind (text, spreadsheet): its body, its own styles, and what stands in styles.xml."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{parts}</office:document-styles>")
    return stream.getvalue()


def paragraph(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def row(*cells: str) -> str:
    """A row of these texts; a cell may bring its own attributes before a |, and - stands for a covered one."""
    made = ""
    for cell in cells:
        attributes, _, text = cell.rpartition("|")
        covered = "<table:covered-table-cell/>"
        content = "".join(paragraph(line) for line in text.split("\n"))
        made += covered if cell == "-" else f"<table:table-cell {attributes}>{content}</table:table-cell>"
    return f"<table:table-row>{made}</table:table-row>"


def table(*rows: str) -> str:
    return f'<table:table table:name="目录"><table:table-column/>{"".join(rows)}</table:table>'
