"""Tables as plain text: fields parted by commas, tabs or semicolons, in any encoding that Chinese offices use."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from policylib.errors import DamagedFile
from policylib.model.document import Document, Source
from policylib.readers.encoding import decode
from policylib.readers.guard import Limits, check_size
from policylib.readers.layout import compose
from policylib.readers.sheet import row_lines, too_many_cells

DELIMITERS = (",", "\t", ";")
SAMPLE = 100_000  # characters at the head of a text that tell whether it is a table
COMMON_SHARE = 0.5  # of the rows that have several fields: those that have as many fields as most


def read(data: bytes, source: Source, limits: Limits) -> Document:
    """The document of a table. Raises DamagedFile, TooLarge, NoTextLayer. Problems: ENCODING_GUESSED."""
    check_size(len(data), limits.plain_bytes, source.path)
    found = decode(data)
    delimiter = delimiter_of(found.text) or DELIMITERS[0]
    return compose(row_lines(_bounded(found.text, delimiter, source.path, limits)), source, found.problems)


def _bounded(text: str, delimiter: str, path: str, limits: Limits) -> Iterator[list[str]]:
    cells = 0
    try:
        for row in rows(text, delimiter):
            cells += len(row)
            if cells > limits.sheet_cells:
                raise too_many_cells(path, limits)
            yield row
    except csv.Error as error:
        raise DamagedFile(f"{path}：表格文本不完整，多半是引号不成对", "请用表格软件打开后另存") from error


def rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The fields of each line, quoted ones with their line breaks."""
    yield from csv.reader(StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)


def delimiter_of(text: str) -> str | None:
    """What parts the fields of a table, or None where the text is no table: prose has commas too, but never as many in
    most of its lines. A title of one field above the table, or a remark below, is no objection."""
    best, most = None, 1
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for row in rows(text[:SAMPLE], delimiter):
                widths[len(row)] += any(field.strip() for field in row)
        except csv.Error:
            continue
        several = {width: count for width, count in widths.items() if width > 1 and count}
        agreeing = max(several.values(), default=0)
        if agreeing > most and agreeing > sum(several.values()) * COMMON_SHARE:
            best, most = delimiter, agreeing
    return best
